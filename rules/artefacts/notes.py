"""The note on the author that a newsroom adds to a text."""

import re
from collections.abc import Iterator, Sequence

from corpuslint import Anatomy, DeclarativeRule, Diagnostic, Edit, Line, Span, Triggers, compile_re

_ABOUT_AUTHOR = (
    "نبذة عن الكاتبة?|عن الكاتبة?|حول الكاتبة?|عن المؤلفة?|السيرة الذاتية للكاتبة?"
    r"|درباره(?:\u200c?ی|ٔ)? نویسنده|معرفی نویسنده"
    "|مصنفہ? کے بارے میں|مصنف کا تعارف|لکھاری کے بارے میں|دەربارەی نووسەر|لەبارەی نووسەر|about the author|about author"
)
_TRADE = (
    "ناقدة?|شاعرة?|مخرجة?|محامية?|مستشارة?|محررة?|مديرة?|سفير|وزيرة?|نائبة?|رئيسة?|عضوة?|طبيبة?|مهندسة?|مترجمة?|كاتبة?|باحثة?|صحفية?|صحافية?|أكاديمية?|أستاذة?|محللة?|خبيرة?|مدونة?|روائية?|إعلامية?|دبلوماسية?|سياسية?"
    "|نویسنده|پژوهشگر|روزنامه[\u200c ]?نگار|استاد|کارشناس|مصنفہ?|کالم نگار|تجزیہ کار|صحافی|نووسەر|ڕۆژنامەنووس"
)
WAKES = Triggers(
    (
        "عن الكاتب", "حول الكاتب", "عن المؤلف", "للكاتب", "درباره نویسنده", "درباره\u200cی نویسنده", "معرفی نویسنده",
        "مصنف کے بارے", "مصنفہ کے بارے", "مصنف کا تعارف", "لکھاری کے بارے", "دەربارەی نووسەر", "لەبارەی نووسەر",
        "about author", "about the author",
    ),
    (rf"^[ \t]?[*•✱٭] ?(?:{_TRADE})",),
)  # fmt: skip
_HEADING = compile_re(rf"[^\w\n]*(?:{_ABOUT_AUTHOR})\s*(?:[:：\-–—|].*|[^\w\n]*)", re.IGNORECASE)
_STARRED = compile_re(rf"\s*[*•✱٭]\s*(?:{_TRADE})(?!\w)[^\n]{{0,110}}")
_ANY_TRADE = compile_re(rf"(?<!\w)(?:{_TRADE})(?!\w)")


def author_note(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """Who the author is, under the text."""
    lines = anatomy.filled
    for index in range(max(2, len(lines) - _NOTE_REACH), len(lines)):
        line = lines[index]
        if len(line.text) > 400:
            continue
        last = index
        if _HEADING.fullmatch(line.text):
            bare = not re.search(r"[:：\-–—|]\s*\w", line.text)
            if bare and index + 2 == len(lines) and len(lines[index + 1].text) <= 400:
                last += 1  # the note itself stands below
        elif index + 2 < len(lines) or not _STARRED.fullmatch(line.text) or _is_item(lines, index):
            continue
        edit = Edit(Span(line.span.start, lines[last].full.end), "")
        fix = rule.fix((edit,), "Delete the note")
        sure = 0.97 if _names_a_trade(" ".join(one.text for one in lines[index : last + 1])) else 0.8
        span = Span(line.body.start, lines[last].body.end)
        yield rule.report(anatomy, span, fix=fix, confidence=sure)
        return


def _names_a_trade(note: str) -> bool:
    """Whether a note says what somebody is, and tells no more of him than a caption has room for."""
    return bool(_ANY_TRADE.search(note)) and len(note.split()) <= _LONGEST_NOTE


_NOTE_REACH = 8
_LONGEST_NOTE = 7


def _is_item(lines: Sequence[Line], index: int) -> bool:
    """Whether the line above or below opens with the same sign: a list."""
    sign = lines[index].text[0]
    return any(line.text[0] == sign for line in (lines[index - 1], *lines[index + 1 : index + 2]))
