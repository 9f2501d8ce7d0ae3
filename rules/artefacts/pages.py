"""Lines of the page that stand alone: what a server says, badges, section paths, each of words of a list in `data`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpuslint import (
    Anatomy,
    Applicability,
    Diagnostic,
    Docs,
    Edit,
    EditBudget,
    Example,
    Fix,
    Line,
    RuleCode,
    RuleSpec,
    Severity,
    Triggers,
    compile_re,
    phrase_pattern,
    phrasebook,
)

_BODY = "افتتحت البلدية صباح اليوم حديقة عامة جديدة في الحي الشمالي بحضور عدد كبير من السكان.\n"
_BODY_FA = "شهرداری صبح امروز پارک تازه‌ای را در محله شمالی شهر با حضور شمار زیادی از مردم گشود.\n"
_DIGIT = "[0-9٠-٩۰-۹]"
_SIGN = r"[^\w\u0600-\u06ff\n]"
"""A character that is no letter or digit: bullets, dashes, brackets, pictures."""


def _phrases(name: str) -> tuple[str, ...]:
    return tuple(phrase for _, phrase in phrasebook.entries("artefacts", name))


def _literals(name: str) -> tuple[str, ...]:
    found = (literal for phrase in _phrases(name) for literal in phrasebook.cue_literals(phrase))
    return tuple(dict.fromkeys(found))


def _any_of(name: str) -> str:
    """A pattern for the phrases of a list, in any spelling; longer ones first."""
    return "|".join(phrase_pattern(phrase) for phrase in sorted(_phrases(name), key=len, reverse=True))


def _without(line: Line) -> tuple[Edit, ...]:
    return (Edit(line.full, ""),)


@dataclass(frozen=True)
class ErrorPage:
    """What a server or a shield says in place of an article."""

    spec: RuleSpec
    # Each sign is read in one way only, so that no line is read twice.
    _opening = compile_re(
        r"(?:[^\w\n]|[4۴٤][0۰٠][34۳۴٣٤]|5\d\d|error|http|oops|sorry|code|خطأ|خطای?|عذرا|عفوا|نعتذر|نأسف|متاسفانه"
        r"|متأسفانه|معذرت|ببخشید|ببورە|رقم|رمز)*"
        rf"(?:{_any_of('lines-error')})",
        re.IGNORECASE,
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """One finding a line: in a document of a few short lines, or where the line says nothing else."""
        lines = anatomy.filled
        alone = len(lines) <= _FEW and not any(len(line.text) > _LONG for line in lines)
        for line in lines:
            if len(line.text) > _LONG:
                continue
            match = self._opening.match(line.text)
            if match is None or (match.end() < len(line.text) and line.text[match.end()].isalnum()):
                continue
            whole = not any(map(str.isalnum, line.text[match.end() :]))
            if not alone and not (whole and len(line.text) <= _BUTTON):
                continue
            fix = None if alone else Fix("Delete the line", Applicability.UNSAFE, _without(line))
            yield self.spec.report(anatomy.document, line.body, fix=fix, found=line.text)


_FEW = 12  # an error page has its message, a way home and a menu
_LONG = 170
_BUTTON = 70

ERROR_PAGE = ErrorPage(
    RuleSpec(
        code=RuleCode("ART018"),
        name="error-page-line",
        summary="The message of a server stands where an article should be",
        message="message of a server, not of an author: {found}",
        severity=Severity.ERROR,
        triggers=Triggers(literals=_literals("lines-error")),
        budget=EditBudget(whole_lines=True),
        docs=Docs(
            finds="Lines that open with “page not found”, “access denied”, “checking your browser”, “دسترسی شما … "
            "محدود”, in a document of a few short lines; in longer ones only lines that say nothing else.",
            why="The scraper saved an error as an article. Thousands of them are one text, and no news.",
            fix_safety="In a document that has text beside it the line goes. A document that is the error alone has "
            "no fix: it should not be in the corpus.",
        ),
        invalid=(
            Example("404\nالصفحة غير موجودة\n", spans=("الصفحة غير موجودة",)),
            Example("Access Denied\nReference #18.4f\n", spans=("Access Denied",)),
            Example("متاسفانه صفحه مورد نظر شما یافت نشد\n", spans=("متاسفانه صفحه مورد نظر شما یافت نشد",)),
            Example("معذرت، صفحہ نہیں ملا\n"),
            Example(_BODY * 14 + "الصفحة غير موجودة\n", fixed=_BODY * 14),
        ),
        valid=(
            Example(
                _BODY * 14 + "الصفحة غير موجودة في النسخة المطبوعة من الكتاب، كما قال الناشر في بيانه أمس.\n",
                why="a sentence in an article",
            ),
            Example(_BODY + "وقال إن الخدمة غير متاحة في القرى البعيدة.\n", why="someone says it in the story"),
            Example("دسترسی غیرمجاز به اطلاعات شهروندان\n" + _BODY_FA, why="a headline"),
            Example(_BODY_FA + "ممکن است صفحه نمایش آن بزرگ‌تر باشد.\n", why="a screen"),
        ),
    )
)


_SPELLED = str.maketrans({"ي": "[يی]", "ی": "[يی]", "ك": "[كک]", "ک": "[كک]", "أ": "[أا]", "إ": "[إا]", "ة": "[ةه]"})
_BADGES = "|".join(phrase.translate(_SPELLED) for phrase in _phrases("lines-kicker"))
_BADGE_LINE = rf"^{_SIGN}{{0,4}}(?i:{_BADGES}){_SIGN}{{0,6}}$"


@dataclass(frozen=True)
class Kicker:
    """A badge above the headline or the text, and the line of a news ticker."""

    spec: RuleSpec
    _badge = compile_re(_BADGE_LINE)
    _ticker = compile_re(r"[^\w\n]*عاجل\s*[|:/•·*].{5,}[|•·*]\s*عاجل\s*[|:/•·*].*")

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """One finding a line."""
        lines = anatomy.filled
        if len(lines) < 3:
            return
        for index, line in enumerate(lines):
            is_badge = index < _ABOVE and len(line.text) <= _BADGE and self._badge.fullmatch(line.text)
            if not is_badge and not (len(line.text) <= 600 and self._ticker.fullmatch(line.text)):
                continue
            if is_badge and not any(len(below.text) >= _PARAGRAPH for below in lines[index + 1 : index + 9]):
                continue  # verses, lists and dialogues have short lines
            fix = Fix("Delete the line", Applicability.UNSAFE, _without(line))
            yield self.spec.report(anatomy.document, line.body, fix=fix, found=line.text)


_ABOVE = 3
_BADGE = 30
_PARAGRAPH = 60

KICKER = Kicker(
    RuleSpec(
        code=RuleCode("ART019"),
        name="badge-or-ticker-line",
        summary="A badge of the page stands above the text, or its news ticker in it",
        message="badge or ticker of the page: {found}",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=(_BADGE_LINE, r"عاجل[^\n]*عاجل")),
        budget=EditBudget(whole_lines=True),
        docs=Docs(
            finds="“عاجل”, “خاص”, “فيديو”, “اختصاصی”, “ویڈیو”, “Breaking” alone among the first three lines, and a "
            "line with “عاجل |” twice.",
            why="The badge is a picture on the page; as a line it is a headline of one word.",
            fix_safety="The line goes, and with it that the piece was marked urgent or exclusive.",
        ),
        invalid=(
            Example("عاجل\nالبلدية تفتح حديقة\n" + _BODY, spans=("عاجل",), fixed="البلدية تفتح حديقة\n" + _BODY),
            Example("پارک تازه شهر\nاختصاصی\n" + _BODY_FA, spans=("اختصاصی",), fixed="پارک تازه شهر\n" + _BODY_FA),
            Example(
                _BODY + "عاجل | حريق في الميناء ••• عاجل | إغلاق الجسر\n" + _BODY + _BODY, fixed=_BODY + _BODY + _BODY
            ),
        ),
        valid=(
            Example("رسائل\nخاص\nبروحي حنين\nلا يفارقني\n", why="a verse"),
            Example(_BODY + _BODY + _BODY + "خاص\n" + _BODY, why="inside the text"),
            Example("عاجل: حريق في الميناء\n" + _BODY + _BODY, why="a headline with its badge"),
        ),
    )
)


_TOP = 400
_SECTION_PATH = compile_re(r"\s*(?:[/\\»›>→←«‹<|]|::|&gt;)\s*")
_POINTED = compile_re(r"[^«»›>\n]{2,30}(?:\s[»›>]\s[^«»›>:،.؟!\n]{2,30}){1,3}")


@dataclass(frozen=True)
class SectionPath:
    """A path of the page's sections that does not begin at home."""

    spec: RuleSpec

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """At most one finding, among the first lines."""
        if not _SECTION_PATH.search(anatomy.text[:_TOP]):
            return
        sections = phrasebook.folded("artefacts", "words-section")
        lines = anatomy.filled
        for line in lines[:_ABOVE] if len(lines) > 1 else ():
            if len(line.text) > 80:
                continue
            sides = [phrasebook.folded_phrase(side) for side in _SECTION_PATH.split(line.text) if side.strip()]
            if not 2 <= len(sides) <= 5 or any(side.count(" ") > 2 for side in sides):
                continue
            known = sum(1 for side in sides if side in sections)
            ends = sides[0] in sections or sides[-1] in sections
            if (known >= 2 and ends) or (sides[0] in sections and _POINTED.fullmatch(line.text)):
                fix = Fix("Delete the line", Applicability.UNSAFE, _without(line))
                yield self.spec.report(anatomy.document, line.body, fix=fix, found=line.text)
                return


SECTION_PATH = SectionPath(
    RuleSpec(
        code=RuleCode("ART038"),
        name="section-path",
        summary="The path of the page's sections stands above the text",
        message="path of the page's sections: {found}",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=(" / ", r" \| ", " » ", " › ", " > ", " « ", " ‹ ", " < ", "::", " → ", " ← ")),
        budget=EditBudget(whole_lines=True),
        docs=Docs(
            finds="Among the first three lines two to five names of sections with `/`, `|`, `»` or `>` between them, "
            "at least two of them everyday ones (“أخبار / اقتصاد / بورصة”), or the first where `»` points. A path that "
            "begins with home is ART036.",
            why="It is the site's tree.",
            fix_safety="Only the line goes, with the names of the sections.",
        ),
        invalid=(
            Example("أخبار / اقتصاد / مصارف\n" + _BODY, spans=("أخبار / اقتصاد / مصارف",), fixed=_BODY),
            Example("سیاسی » مجلس\n" + _BODY_FA, fixed=_BODY_FA),
            Example("کھیل > کرکٹ\n" + _BODY, fixed=_BODY),
            Example("سياسة | برلمان\n" + _BODY, fixed=_BODY),
            Example("ورزشی » آزادراه\n" + _BODY_FA, fixed=_BODY_FA),
        ),
        valid=(
            Example("عمّان / بترا\n" + _BODY, why="a desk line"),
            Example("اقتصاد / سامي ناصر\n" + _BODY, why="a section and a writer"),
            Example(_BODY * 4 + "سياسة / اقتصاد\n" + _BODY, why="inside the text"),
        ),
    )
)

RULES = (ERROR_PAGE, KICKER, SECTION_PATH)
