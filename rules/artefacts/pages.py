"""Lines of the page that stand alone: what a server says, badges, captions, section paths, players, page numbers.

Each is known by its shape, and by where it stands. What servers say, badges and names of sections are lists in `data`.
"""

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


@dataclass(frozen=True)
class ShapedLine:
    """Short lines that a pattern matches from end to end, none of them the only text."""

    spec: RuleSpec
    pattern: re.Pattern[str]
    longest: int
    least: int = 2

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """One finding a line."""
        lines = anatomy.filled
        if len(lines) < self.least:
            return
        for line in lines:
            if len(line.text) <= self.longest and self.pattern.fullmatch(line.text):
                fix = Fix("Delete the line", Applicability.UNSAFE, _without(line))
                yield self.spec.report(anatomy.document, line.body, fix=fix, found=line.text)


_FILE_PICTURE = (
    "(?:ال)?صورة?(?: من)?(?: ال)? ?أرشيفي?ة?|(?:ال)?صورة [إأا]رشيفي?ة?|[أا]رشيفي?ة?|من ال[أا]رشيف|صورة من ال[أا]رشيف"
    r"|(?:صورة )?تعبيرية|(?:صورة )?توضيحية"
    r"|عکس[ :]*(?:از )?(?:آرشیوی?(?: \w+)?|تزئینی(?: است)?|تزیینی(?: است)?)"
    "|آرشیوی|تصویر (?:آرشیوی|تزئینی|تزیینی)(?: است)?|فائل فوٹو|فائل تصویر|وێنەی? ?(?:ئەرشیف|ئەرشیڤ)|ئەرشیف|ئەرشیڤ"
    "|file photo|file picture|file"
)
_SOCIAL = "(?:مواقع|وسائل|شبكات) التواصل(?: الاجتماعي)?"
_CREDIT = "عکس(?: از)?|عکاس|تصویر|فوٹو|فائل فوٹو|وێنە|وێنەگر|تصوير|الصورة|صورة|عدسة|photo(?: by)?|getty images|credit"
_BEFORE_MARK = r"(?:[\w. ]{2,24}\s?[-–—/،,|]\s?)?"

CAPTION = ShapedLine(
    RuleSpec(
        code=RuleCode("ART037"),
        name="file-picture-caption",
        summary="The caption of a file picture stands in the text",
        message="caption of a file picture: {found}",
        severity=Severity.ERROR,
        triggers=Triggers(
            literals=(
                "أرشيفية",
                "أرشيف",
                "تعبيرية",
                "توضيحية",
                "آرشیو",
                "عکس تزئینی",
                "عکس تزیینی",
                "تصویر تزئینی",
                "فائل فوٹو",
                "فائل تصویر",
                "ئەرشیف",
                "ئەرشیڤ",
                "التواصل الاجتماعي",
                "مواقع التواصل",
                "وسائل التواصل",
            ),
            patterns=(
                r"[Ff]ile [Pp](?:hoto|icture)",
                r"[(\[] ?(?:عکس|عكس|عکاس|تصویر|تصوير|فوٹو|وێنە|الصورة|صورة|عدسة)",
                r"[(\[] ?(?:[Pp]hoto|PHOTO|[Gg]etty|[Cc]redit|CREDIT)",
            ),
        ),
        budget=EditBudget(whole_lines=True),
        docs=Docs(
            finds="A line without a full stop that ends with a dash or a bracket and “file picture”: “… - أرشيفية”, "
            "“… (رويترز-أرشيف)”, “… / عکس تزئینی است”, “… (فائل فوٹو)”.",
            why="It speaks of a picture that is not there, and of another day.",
            fix_safety="The line goes. A caption can hold a fact that the text lacks.",
        ),
        invalid=(
            Example("مدخل الحديقة - أرشيفية\n" + _BODY, spans=("مدخل الحديقة - أرشيفية",), fixed=_BODY),
            Example(_BODY + "رئيس البلدية خلال جولة (رويترز-أرشيف)\n" + _BODY, fixed=_BODY + _BODY),
            Example("ورودی پارک / عکس تزئینی است\n" + _BODY_FA, fixed=_BODY_FA),
            Example("پارک کا منظر (فائل فوٹو)\n" + _BODY, fixed=_BODY),
            Example("مردم در پارک (عکس: سارا کریمی)\n" + _BODY_FA, fixed=_BODY_FA),
        ),
        valid=(
            Example(_BODY + "وعرض المتحف صورا أرشيفية\n", why="no mark before the words"),
            Example(_BODY + "وتسلمت المكتبة وثائق نادرة (من الأرشيف).\n", why="a sentence"),
            Example(_BODY + "ثالثا: وسائل التواصل الاجتماعي\n" + _BODY, why="a subhead"),
            Example(
                _BODY + "ونقل المصابون إلى المشفى. (صورة تعبيرية)\n",
                why="a paragraph of the story with a note behind it",
            ),
        ),
    ),
    compile_re(
        r"(?![^\n]*[.!؟۔][»”\"')]*\s+[\w(\[])(?:"  # a paragraph with a note behind it is no caption
        rf"[^\n]{{4,150}}?\s?[(\[]\s*(?:{_CREDIT})\s*[:/]\s*[^()\n]{{2,40}}[)\]]\s*"
        rf"|(?=[^\n]*\w)[^\n]{{4,150}}?(?:\s[-–—|/]\s*|[-–—|/:،]\s|\s?[(\[]\s*{_BEFORE_MARK})(?:{_FILE_PICTURE})\s*[)\]]?\s*"
        # "ثالثا: وسائل التواصل" is a subhead: without a bracket only what is long enough for a caption is one
        rf"|[^\n]{{4,150}}?\s?[(\[]\s*{_BEFORE_MARK}{_SOCIAL}\s*[)\]]\s*"
        rf"|(?=[^\n]*\w)[^\n]{{25,150}}?\s[-–—|/]\s*{_SOCIAL}\s*)",
        re.IGNORECASE,
    ),
    170,
)

PLAYER = ShapedLine(
    RuleSpec(
        code=RuleCode("ART048"),
        name="player-or-rating-line",
        summary="The clock of a player or the stars of a rating stand in the text",
        message="clock of a player or result of a rating: {found}",
        severity=Severity.ERROR,
        triggers=Triggers(
            patterns=(
                rf"{_DIGIT}:{_DIGIT}{{2}} ?/ ?{_DIGIT}{{1,2}}:",
                r"[★☆⭐] ?[★☆⭐] ?[★☆⭐]",
                rf"\( ?{_DIGIT}{{1,6}} ?(?:صوت|أصوات|رأی|رای|ووٹ|vote|تقييم|تقییم|دەنگ)",
            )
        ),
        budget=EditBudget(whole_lines=True),
        docs=Docs(
            finds="“0:00 / 4:12”, “★★★★☆”, “3.5 / 5 (20 صوتا)” as whole lines.",
            why="A player and a rating box are on the page, not in the text.",
            fix_safety="Only the line goes. The stars of a review, when they stand alone, go too.",
        ),
        invalid=(
            Example("0:00 / 4:12\n" + _BODY, spans=("0:00 / 4:12",), fixed=_BODY),
            Example("۰۰:۰۰ / ۰۲:۱۵\n" + _BODY_FA, fixed=_BODY_FA),
            Example(_BODY + "★★★★☆\n3.5 / 5 (20 صوتا)\n", fixed=_BODY),
        ),
        valid=(
            Example(_BODY + "وسجل العداء 1:02 / 1:05 في الجولتين.\n", why="times in a sentence"),
            Example(_BODY + "الوحدة 3 / 5 الاتفاق\n", why="a result"),
        ),
    ),
    compile_re(
        r"[^\w\n]*\d{1,2}:\d{2}(?::\d{2})?\s*/\s*\d{1,2}:\d{2}(?::\d{2})?[^\w\n]*"
        r"|[^\w\n]*(?:[★☆⭐] ?){3,10}[^\w\n]*(?:\d[\d.,/ ]{0,8})?"
        r"|(?:[^\W\d]+[:\s]\s*){0,3}\d{1,2}(?:[.,٫]\d{1,2})?\s*(?:/|من|از|out of)\s*(?:5|10|٥|١٠|۵|۱۰)"
        r"\s*[-–—]?\s*\(\s*\d{1,6}\s*(?:صوت\w*|أصوات|رأی|رای|ووٹ|votes?|تقييم\w*|دەنگ)\s*\)",
        re.IGNORECASE,
    ),
    60,
)

COPYRIGHT = ShapedLine(
    RuleSpec(
        code=RuleCode("ART027"),
        name="copyright-sign-line",
        summary="A line with the copyright sign stands in the text",
        message="copyright line of the page: {found}",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=("©",)),
        budget=EditBudget(whole_lines=True),
        docs=Docs(
            finds="Short lines that open with ©, or hold it beside a year, without a full stop: “© AFP”, “حقوق النشر "
            "© 2023 …”.",
            why="It is the foot of the page, or the credit of a picture.",
            fix_safety="The line goes, with the name in it.",
        ),
        invalid=(
            Example(_BODY + "حقوق النشر © 2023 صحيفة المنارة\n", fixed=_BODY),
            Example("© AFP\n" + _BODY, spans=("© AFP",), fixed=_BODY),
        ),
        valid=(Example(_BODY + "وكتب على الغلاف © 2020 تحت اسم المؤلف.\n", why="a sentence"),),
    ),
    compile_re(
        r"[^\n©]{0,60}(?:©\s*(?:\(?c\)?\s*)?(?:19|20)\d\d|(?:19|20)\d\d\s*©)[^\n]{0,70}(?<![.؟!۔])|©[^\n]{2,50}(?<![.؟!۔])"
    ),
    130,
)

PAGE_NUMBER = ShapedLine(
    RuleSpec(
        code=RuleCode("ART049"),
        name="page-number-line",
        summary="A page number stands in the text",
        message="page number: {found}",
        severity=Severity.ERROR,
        triggers=Triggers(
            patterns=(
                rf"^{_SIGN}{{0,3}}(?:الصفحة|صفحة|صفحه|صفحہ|لاپەڕە|لاپەڕەی|پاڼه|[Pp]age) ?[:：]? ?{_DIGIT}{{1,3}}",
            )
        ),
        budget=EditBudget(whole_lines=True),
        docs=Docs(
            finds="“صفحة 3 من 8”, “صفحه ۳ از ۸”, “Page 3 of 8” as whole lines.",
            why="A printed page or a PDF was read as one text; the number parts a sentence from its rest.",
            fix_safety="Only the line goes; the halves of a parted sentence stay on their lines.",
        ),
        invalid=(
            Example(_BODY + "صفحة 3 من 8\n" + _BODY, spans=("صفحة 3 من 8",), fixed=_BODY + _BODY),
            Example(_BODY_FA + "صفحه ۳ از ۸\n" + _BODY_FA, fixed=_BODY_FA + _BODY_FA),
        ),
        valid=(Example(_BODY + "صفحة 3 من الكتاب تروي القصة كاملة\n", why="words of its own"),),
    ),
    compile_re(
        rf"{_SIGN}{{0,3}}(?:الصفحة|صفحة|صفحه|صفحہ|لاپەڕەی?|پاڼه|page)\s*[:：]?\s*\d{{1,3}}"
        r"(?:\s*(?:من|از|میں سے|لە|د|of|/|-)\s*\d{1,3})?[^\w\n]*",
        re.IGNORECASE,
    ),
    40,
    least=3,
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

RULES = (ERROR_PAGE, KICKER, CAPTION, SECTION_PATH, PLAYER, PAGE_NUMBER, COPYRIGHT)
