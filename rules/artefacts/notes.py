"""The note on the author that a newsroom adds to a text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpuslint import (
    Anatomy,
    Applicability,
    Diagnostic,
    Docs,
    Edit,
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
            span = Span(line.body.start, lines[last].body.end)
            yield self.spec.report(anatomy.document, span, fix=fix, confidence=sure)
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
                "about author",
                "about the author",
            ),
            patterns=(rf"^[ \t]?[*•✱٭] ?(?:{_TRADE})",),
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

RULES = (AUTHOR_NOTE,)
