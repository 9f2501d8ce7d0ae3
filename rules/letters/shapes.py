"""Letters stored as shapes, backwards, or stretched."""

import re
from collections.abc import Iterator

from corpuslint import Anatomy, Applicability, DeclarativeRule, Diagnostic, Edit, Fix, Span, compile_re, invisible

_TATWEEL = "\N{ARABIC TATWEEL}"
_LETTER = "\u0621-\u063a\u0641-\u064a\u0671-\u06d3\u06d5"
_MARK = "\u064b-\u0652\u0670"


_STRETCHED = compile_re(
    rf"""
    [{_LETTER}][{_LETTER}{_MARK}]*
    (?:{_TATWEEL}+[{_LETTER}{_MARK}]+)+        # tatweel between the letters of a word
    (?:{_TATWEEL}{{2,}}(?![{_LETTER}]))?       # and a longer one behind them
    """,
    re.VERBOSE,
)
_STROKE = compile_re(
    rf"""
    (?<=[{_LETTER}])(?<![{invisible.NON_JOINING}])   # a letter that joins on
    [{_MARK}]*
    (?<!{_TATWEEL}[{_MARK}])(?<!{_TATWEEL}[{_MARK}]{{2}})
    ({_TATWEEL}++)
    (?![{_MARK}])                              # a vowel sign that sits on it, or between two
    """,
    re.VERBOSE,
)
# One tatweel behind a conjunction or preposition keeps it apart from a name: بـواشنطن.
_PARTICLE = compile_re(rf"[وف]?[بلك]{_TATWEEL}[^{_TATWEEL}]+")
_ERA = compile_re(rf"[0-9٠-٩۰-۹ ]ه{_TATWEEL}")


def decorative_tatweel(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """عـــاجل: a word stretched for looks."""
    text = anatomy.text
    at = 0
    while (at := text.find(_TATWEEL, at)) >= 0:
        match = _STRETCHED.match(text, _word_start(text, at))
        at = max(at + 1, match.end() if match else 0)
        if not match:
            continue
        word = match.group()
        if _PARTICLE.fullmatch(word) or _ERA.match(text, max(match.start() - 1, 0)):
            continue
        strokes = [Span(*stroke.span(1)) for stroke in _STROKE.finditer(text, match.start(), match.end())]
        span = Span(*match.span())
        if strokes and not anatomy.is_protected(span):
            edits = tuple(Edit(stroke, "") for stroke in strokes)
            fix = Fix("Delete the tatweel", Applicability.SAFE, edits)
            yield rule.report(anatomy, span, fix=fix, word=word.replace(_TATWEEL, ""))


def _word_start(text: str, at: int) -> int:
    start = _BEHIND.search(text, max(0, at - 40), at)
    return start.start() if start else at


_BEHIND = compile_re(rf"[{_LETTER}{_MARK}]*\Z")
