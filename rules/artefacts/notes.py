"""Notes that the newsroom adds to a text: what was corrected in it, and who wrote it."""

import re
from collections.abc import Iterator, Sequence
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
    Span,
    Triggers,
    compile_re,
)

_BODY = "افتتحت البلدية صباح اليوم حديقة عامة جديدة في الحي الشمالي بحضور عدد كبير من السكان.\n"
_BODY_FA = "شهرداری صبح امروز پارک تازه‌ای را در محله شمالی شهر با حضور شمار زیادی از مردم گشود.\n"
_SIGN = r"[^\w\u0600-\u06ff\n]"
"""A character that is no letter or digit: bullets, dashes, brackets, pictures."""


_NOTE = (
    "تصحيح|تصويب|تنويه|توضيح|استدراك|ملاحظة|ملحوظة|اعتذار|تحديث|اصلاحیه|تصحیح|پوزش|توضیح|تذکر|وضاحت|معذرت|ڕاستکردنەوە"
    "|correction|clarification|editor.s note|update"
)
_OF_A_VERSION = (
    r"نسخة سابقة|النسخة السابقة|نسخة أولى|النسخة الأولى|ورد (?:خطأ|بالخطأ|سهوا)"
    r"|ورد في (?:نسخة|هذا|الخبر|المقال|التقرير|عنوان)|والصحيح|والصواب"
    r"|(?<!\w)(?:(?:جرى|تم) (?:تصحيح|تعديل|تحديث)|عدلت?|صححت?) .{0,30}"
    r"(?:الخبر|المقال|التقرير|المادة|القصة|العنوان|النص)"
    r"|ذكر (?:الخبر|المقال|التقرير) (?:خطأ|سابقا|في)"
    r"|نسخه[\u200c ]?[یٔ]? ?(?:پیشین|قبلی|اولیه)|به[\u200c ]اشتباه"
    r"|این (?:خبر|مطلب|گزارش) (?:اصلاح|به[\u200c ]?روز|ویرایش)"
    r"|غلطی سے|سابقہ ورژن|اس خبر (?:میں|کو) (?:پہلے|درست)|(?:earlier|previous) version|has been (?:corrected|updated)"
)


@dataclass(frozen=True)
class CorrectionNote:
    """A note of the newsroom on an earlier version of the text."""

    spec: RuleSpec
    _note = compile_re(rf"{_SIGN}{{0,3}}(?:{_NOTE})\s*[:：\-–—]\s*(?=.*(?:{_OF_A_VERSION})).+", re.IGNORECASE)

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """One finding a line at either end."""
        lines = anatomy.filled
        for index, line in enumerate(lines):
            if _EDGE <= index < len(lines) - _EDGE or len(line.text) > 400 or len(lines) == 1:
                continue
            if self._note.fullmatch(line.text):
                fix = Fix("Delete the note", Applicability.UNSAFE, (Edit(line.full, ""),))
                yield self.spec.report(anatomy.document, line.body, fix=fix, confidence=0.95)


_EDGE = 5

CORRECTION = CorrectionNote(
    RuleSpec(
        code=RuleCode("ART025"),
        name="correction-note",
        summary="A note on a correction stands in the text",
        message="note of the newsroom on an earlier version",
        severity=Severity.WARNING,
        triggers=Triggers(patterns=(rf"^{_SIGN}{{0,3}}(?:{_NOTE}|Correction|Clarification|Editor.s note) ?[:：–—-]",)),
        budget=EditBudget(whole_lines=True),
        docs=Docs(
            finds="A line at either end that opens with “correction:”, “تنويه:”, “اصلاحیه:” and speaks of an earlier "
            "version or of a mistake in it.",
            why="The text is corrected already; the note speaks of one that the reader never saw.",
            fix_safety="The line goes. What was wrong before is then no longer told.",
        ),
        invalid=(
            Example(
                _BODY + "تصحيح: ورد في نسخة سابقة من هذا الخبر أن الحديقة في الحي الجنوبي.\n",
                spans=("تصحيح: ورد في نسخة سابقة من هذا الخبر أن الحديقة في الحي الجنوبي.",),
                fixed=_BODY,
            ),
            Example(_BODY_FA + "اصلاحیه: در نسخه پیشین این خبر نام پارک اشتباه آمده بود.\n", fixed=_BODY_FA),
        ),
        valid=(
            Example(_BODY + "تصحيح: مسار المشروع يبدأ من الحي الشمالي\n", why="a headline"),
            Example(_BODY + "وأصدرت البلدية نسخة سابقة من الخطة قبل عام.\n", why="prose"),
        ),
    )
)

_ABOUT_AUTHOR = (
    "نبذة عن الكاتبة?|عن الكاتبة?|حول الكاتبة?|عن المؤلفة?|السيرة الذاتية للكاتبة?"
    r"|درباره(?:\u200c?ی|ٔ)? نویسنده|معرفی نویسنده"
    "|مصنفہ? کے بارے میں|مصنف کا تعارف|لکھاری کے بارے میں|دەربارەی نووسەر|لەبارەی نووسەر|about the author|about author"
)
_TRADE = (
    "ناقدة?|شاعرة?|مخرجة?|محامية?|مستشارة?|محررة?|مديرة?|سفير|وزيرة?|نائبة?|رئيسة?|عضوة?|طبيبة?|مهندسة?|مترجمة?|كاتبة?|باحثة?|صحفية?|صحافية?|أكاديمية?|أستاذة?|محللة?|خبيرة?|مدونة?|روائية?|إعلامية?|دبلوماسية?|سياسية?"
    "|نویسنده|پژوهشگر|روزنامه[\u200c ]?نگار|استاد|کارشناس|مصنفہ?|کالم نگار|تجزیہ کار|صحافی|نووسەر|ڕۆژنامەنووس"
)


@dataclass(frozen=True)
class AuthorNote:
    """Who the author is, under the text."""

    spec: RuleSpec
    _heading = compile_re(rf"[^\w\n]*(?:{_ABOUT_AUTHOR})\s*(?:[:：\-–—|].*|[^\w\n]*)", re.IGNORECASE)
    _starred = compile_re(rf"\s*[*•✱٭]\s*(?:{_TRADE})(?!\w)[^\n]{{0,110}}")
    _trade = compile_re(rf"(?<!\w)(?:{_TRADE})(?!\w)")

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """At most one finding: a heading with what is below it, or a line with a star."""
        lines = anatomy.filled
        for index in range(max(2, len(lines) - _NOTE_REACH), len(lines)):
            line = lines[index]
            if len(line.text) > 400:
                continue
            last = index
            if self._heading.fullmatch(line.text):
                bare = not re.search(r"[:：\-–—|]\s*\w", line.text)
                if bare and index + 2 == len(lines) and len(lines[index + 1].text) <= 400:
                    last += 1  # the note itself stands below
            elif index + 2 < len(lines) or not self._starred.fullmatch(line.text) or _is_item(lines, index):
                continue
            edit = Edit(Span(line.span.start, lines[last].full.end), "")
            fix = Fix("Delete the note", Applicability.UNSAFE, (edit,))
            sure = 0.97 if self._names_a_trade(" ".join(one.text for one in lines[index : last + 1])) else 0.8
            severity = None if sure >= 0.95 else Severity.WARNING
            span = Span(line.body.start, lines[last].body.end)
            yield self.spec.report(anatomy.document, span, fix=fix, confidence=sure, severity=severity)
            return

    def _names_a_trade(self, note: str) -> bool:
        """Whether a note says what somebody is, and tells no more of him than a caption has room for."""
        return bool(self._trade.search(note)) and len(note.split()) <= _LONGEST_NOTE


_NOTE_REACH = 8
_LONGEST_NOTE = 7


def _is_item(lines: Sequence[Line], index: int) -> bool:
    """Whether the line above or below opens with the same sign: a list."""
    sign = lines[index].text[0]
    return any(line.text[0] == sign for line in (lines[index - 1], *lines[index + 1 : index + 2]))


AUTHOR_NOTE = AuthorNote(
    RuleSpec(
        code=RuleCode("ART026"),
        name="author-note",
        summary="A note on the author stands under the text",
        message="note of the page on the author",
        severity=Severity.ERROR,
        triggers=Triggers(
            literals=(
                "عن الكاتب",
                "حول الكاتب",
                "عن المؤلف",
                "للكاتب",
                "درباره نویسنده",
                "درباره‌ی نویسنده",
                "معرفی نویسنده",
                "مصنف کے بارے",
                "مصنفہ کے بارے",
                "مصنف کا تعارف",
                "لکھاری کے بارے",
                "دەربارەی نووسەر",
                "لەبارەی نووسەر",
            ),
            patterns=(
                r"[Aa]bout (?:the )?[Aa]uthor",
                rf"^[ \t]?[*•✱٭] ?(?:{_TRADE})",
            ),
        ),
        docs=Docs(
            finds="“About the author” in any of the languages among the last lines, with what it says; and a last line "
            "with a star that opens with a trade (“* كاتب وباحث …”).",
            why="The same words under every column of the same hand.",
            fix_safety="The line goes, with what it tells of the author. A note that names no trade, or tells more "
            "than a few words, is only shown.",
        ),
        invalid=(
            Example(
                _BODY + _BODY + "عن الكاتب: صحفي يكتب عن المدن.\n",
                spans=("عن الكاتب: صحفي يكتب عن المدن.",),
                fixed=_BODY + _BODY,
            ),
            Example(_BODY_FA * 2 + "درباره نویسنده\nروزنامه‌نگار حوزه شهری\n", fixed=_BODY_FA * 2),
            Example(_BODY + _BODY + "* كاتب وباحث في شؤون المدن\n", fixed=_BODY + _BODY),
        ),
        valid=(
            Example(_BODY + _BODY + "عن الكاتب الكبير قال تلاميذه إنه لم يتغير.\n", why="a sentence"),
            Example("* كاتب وباحث\n" + _BODY + _BODY + _BODY, why="above the text"),
            Example(_BODY + _BODY + "وحضر الافتتاح:\n• رئيس البلدية\n• مدير الحدائق\n", why="a list of the article"),
        ),
    )
)

RULES = (CORRECTION, AUTHOR_NOTE)
