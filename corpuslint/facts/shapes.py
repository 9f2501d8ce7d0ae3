"""Where a text is stored in shapes instead of letters, and where it is stored backwards."""

from __future__ import annotations

from typing import Final, NamedTuple

from corpuslint.facts.language import read_language
from corpuslint.facts.page import Page
from corpuslint.languages import same_letters
from corpuslint.text.characters import AE, HEH_DOACHASHMEE
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span
from corpuslint.text.shaping import FORM_RUN, in_reading_order, plain_letters, runs_backwards


class Shaped(NamedTuple):
    """A stretch of one line whose letters are stored as shapes, or last letter first, and how it reads."""

    span: Span
    plain: str
    backwards: bool


def shaped_stretches(anatomy: Page) -> tuple[Shaped, ...]:
    """Words in presentation forms, neighbours on a line together; whole lines where they run backwards."""
    found: list[Shaped] = []
    for line in anatomy.filled:
        spans = [Span(*match.span()) for match in FORM_RUN.finditer(anatomy.text, *line.body)]
        if (spans and runs_backwards([span.of(anatomy.text) for span in spans])) or _is_turned_round(line.text):
            found.append(Shaped(line.body, in_reading_order(line.text), True))
        elif spans:
            shapes = _SHAPES_OF_HEH.get(same_letters(anatomy.language_of(line)), {})
            for span in _joined(anatomy, spans):
                found.append(Shaped(span, plain_letters(span.of(anatomy.text).translate(shapes)), False))
    return tuple(found)


def _joined(anatomy: Page, spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and anatomy.text[joined[-1].end : span.start] == " ":
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _is_turned_round(line: str) -> bool:
    """Whether plain letters run backwards: words begin with teh marbuta and end with an article read from behind."""
    tail_first = len(_TAIL_FIRST.findall(line))
    if tail_first < 2 or tail_first + len(_ARTICLE_LAST.findall(line)) < 3 or _ARTICLE_FIRST.search(line):
        return False
    return read_language(in_reading_order(line)).margin > read_language(line).margin


_AS_VOWEL: Final = dict.fromkeys("\N{ARABIC LETTER HEH ISOLATED FORM}\N{ARABIC LETTER HEH FINAL FORM}", AE)
_AS_H: Final = dict.fromkeys("\N{ARABIC LETTER HEH INITIAL FORM}\N{ARABIC LETTER HEH MEDIAL FORM}", HEH_DOACHASHMEE)
_SHAPES_OF_HEH: Final = {"ckb": str.maketrans(_AS_VOWEL), "ug": str.maketrans({**_AS_VOWEL, **_AS_H})}
"""Where the isolated and final shapes of heh are a vowel, and what the others are: /h/ is another letter in Uyghur."""
_TAIL_FIRST: Final = compile_re(r"(?<![ء-ي])[ةى][ء-ي]{2,}")
_ARTICLE_LAST: Final = compile_re(r"(?<![ء-ي])[ء-ي]{2,}لا(?![ء-ي])")
_ARTICLE_FIRST: Final = compile_re(r"(?<![ء-ي])ال[ء-ي]{3,}")
