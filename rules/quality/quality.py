"""Documents that are no whole article: too short, only the page around one, cut off, repeating themselves."""

from collections import Counter
from collections.abc import Iterator

from corpuslint import Anatomy, DeclarativeRule, Diagnostic, Role, Span, compile_re

_FEWEST_WORDS = 5
_WORDS = compile_re(r"[^\W\d_]{2,}")


def too_short(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A document of a few words."""
    if len(anatomy.text) > 120 and not anatomy.text.isspace():
        return
    count = len(_WORDS.findall(anatomy.text))
    if count < _FEWEST_WORDS:
        yield rule.report(anatomy, count=count)


def lost_spaces(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """Runs of letters that no word has, in a text of hardly any spaces."""
    text = anatomy.text
    if len(text) > _LONGEST_MEAN * (text.count(" ") + text.count("\n") + 1):
        for run in _RUN.finditer(text):
            yield rule.report(anatomy, Span(*run.span()))


_LONGEST_MEAN = 20
"""Characters from one space to the next; ordinary texts have six."""
_RUN = compile_re(r"(?:([ء-غف-يٱ-ۓە])(?!\1\1)){45,}")

_ELLIPSIS = compile_re(r"(?:(?<!\.)\.{3,}+|…)[\s»”\"')\]]*+\Z")
_OPEN_WORDS = {
    *("في", "من", "إلى", "الى", "على", "عن", "أن", "إن", "التي", "الذي", "الذين", "ثم", "أو", "و", "حتى", "كما", "لم"),
    *("لن", "قد", "بين", "مع", "ولا", "وفي", "ومن", "وأن"),
    *("از", "به", "در", "که", "با", "را", "برای", "تا", "یا", "این", "آن"),
    *("کے", "کا", "میں", "سے", "نے", "اور", "کہ", "پر"),
    *("لە", "بۆ", "کە", "لەگەڵ", "یان"),
}
"""Words that cannot end a sentence."""
_CLOSING_VERBS = tuple(
    f" {verb}"
    for verb in (
        *("است", "بود", "شد", "شود", "کند", "کنند", "کنید", "باشد", "دارد", "دارند", "نیست", "کرد"),
        *("ہے", "ہیں", "تھا", "گا", "بدهد", "گفت", "رفت", "آمد", "دید", "بكند", "كند", "ہوں", "دەکات", "بوو", "کرا"),
    )
)
"""Verbs that close a sentence in languages whose verb comes last."""
_OPEN_SIGNS = "،,؛([«“"
_LAST_WORD = compile_re(r"(?:^|\s)(\S+)\Z")


def _open_end(text: str) -> str:
    """What shows that `text` goes on: an ellipsis, a comma, a word that asks for another; "" where nothing does."""
    text = text.rstrip()
    if text.endswith(("...", "…")) or text.rstrip("»”\"')]").endswith(("...", "…")):
        match = _ELLIPSIS.search(text)
        if match is None or text[: match.start()].rstrip().endswith(_CLOSING_VERBS):
            return ""  # the sentence is whole; its author sighs
        return match[0].strip()
    if text[-1:] and text[-1] in _OPEN_SIGNS:
        return text[-1]
    last = _LAST_WORD.search(text, max(len(text) - 12, 0))
    return last[1] if last is not None and last[1] in _OPEN_WORDS else ""


def truncated(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A last paragraph that stops in the middle."""
    if not _open_end(anatomy.text[-40:]):
        return
    body = [line for line, role in zip(anatomy.lines, anatomy.roles, strict=True) if role is Role.BODY]
    long = [line for line in body if len(line.text) >= 60]
    end = _open_end(long[-1].text) if long else ""
    alike = sum(line.text.rstrip().endswith(end) for line in long)
    if not end or (not end.strip(".…") and 1 < alike <= len(long) / 2):
        return  # whoever ends some paragraphs with dots has a habit; where most end so, they are excerpts
    last = long[-1]
    at = last.body.start + last.text.rindex(end)
    yield rule.report(anatomy, Span(at, at + len(end)), end=end)


_SHORTEST_REPEATED = 30
_REPEATS = 3
_HALF = 0.5


def repetitive(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A line or a sentence that comes again and again."""
    text = anatomy.text
    parts = text.split("\n")
    if len(parts) < 4:
        parts = text.split(". ")
    if len(set(parts)) == len(parts):
        return
    counts = Counter(part.strip(" \n\r\t.") for part in parts if len(part) >= _SHORTEST_REPEATED)
    repeated = {part: count for part, count in counts.items() if count > 1}
    share = sum(len(part) * count for part, count in repeated.items()) / max(len(anatomy.text), 1)
    if share < _HALF and max(repeated.values(), default=0) < _REPEATS:
        return
    part = max(repeated, key=lambda part: (repeated[part], len(part)))
    at = anatomy.text.index(part, anatomy.text.index(part) + len(part))
    yield rule.report(
        anatomy,
        Span(at, at + len(part)),
        count=repeated[part],
        evidence={"repeated": len(repeated), "share": round(share, 2)},
    )
