"""Finished Arabic words that end in the wrong one of yeh and alef maksura: a slip, or the habit of a house.

Egyptian and Sudanese houses write no dots under a final yeh (فى, التى); that is a style. One such word in a text that
dots all others is a slip. The other way round (إلي, مستشفي) no house has a style.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from corpuslint.facts.protected import touches
from corpuslint.facts.yeh import known_final_yeh
from corpuslint.text.characters import ALEF_MAKSURA, ARABIC_YEH, HARAKAT, TATWEEL
from corpuslint.text.positions import Span

if TYPE_CHECKING:
    from corpuslint.facts.anatomy import Anatomy


class YehSlip(NamedTuple):
    """A word that every other text ends in the other letter. `letter` is the one it should end in."""

    span: Span
    word: str
    right: str
    letter: str


class YehSpelling(NamedTuple):
    """How a text ends its words: the slips in it, and the number of final yehs that have their dots."""

    slips: tuple[YehSlip, ...]
    dotted: int

    @property
    def undotted(self) -> tuple[YehSlip, ...]:
        """The words that lack the dots of their yeh."""
        return tuple(slip for slip in self.slips if slip.letter == ARABIC_YEH)

    @property
    def is_house_style(self) -> bool:
        """Whether leaving the dots out is what this text does, and not what happened to it once or twice."""
        undotted = len(self.undotted)
        return undotted > HOUSE_SLIPS or 4 * undotted > self.dotted


HOUSE_SLIPS: Final = 2
"""More undotted words than these are a habit."""


def yeh_spelling(anatomy: Anatomy) -> YehSpelling:
    """Every known word of the Arabic lines that ends in the wrong letter, with the count of the right ones."""
    text = anatomy.text
    slips: list[YehSlip] = []
    dotted = 0
    for line in anatomy.filled:
        if not _FINAL.search(line.text) or anatomy.language_of(line) != "ar":
            continue
        for match in _FINAL.finditer(text, *line.body):
            word = match.group()
            verdict = known_final_yeh(_MARK.sub("", word[:-1]))
            if verdict is None or not verdict.certain or len(word) < 2:
                continue
            if verdict.letter == word[-1]:
                dotted += verdict.letter == ARABIC_YEH
            elif not touches(anatomy.protected, *match.span()):
                slips.append(YehSlip(Span(*match.span()), word, word[:-1] + verdict.letter, verdict.letter))
    return YehSpelling(tuple(slips), dotted)


_FINAL: Final = re.compile(
    rf"(?<![ء-ۓ{HARAKAT}{TATWEEL}])[ء-ي{HARAKAT}]+[{ALEF_MAKSURA}{ARABIC_YEH}](?![ء-ۓ{HARAKAT}{TATWEEL}])"
)
_MARK: Final = re.compile(f"[{HARAKAT}]")
