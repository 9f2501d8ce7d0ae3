"""Finished Arabic words that end in the wrong one of yeh and alef maksura: a slip, or the habit of a house.

Egyptian and Sudanese houses write no dots under a final yeh (فى, التى); that is a style. One such word in a text that
dots all others is a slip. The other way round (إلي, مستشفي) no house has a style.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from corpuslint.facts.page import Page
from corpuslint.facts.protected import touches
from corpuslint.facts.yeh import final_yeh, known_final_yeh
from corpuslint.text.characters import ALEF_MAKSURA, ARABIC_YEH, HARAKAT
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span


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


def yeh_spelling(anatomy: Page) -> YehSpelling:
    """Every known word of the Arabic lines that ends in the wrong letter, with the count of the right ones."""
    text = anatomy.text
    slips: list[YehSlip] = []
    on: list[Span] = []
    dotted = 0
    for line in anatomy.filled:
        if not any(map(line.text.__contains__, _FINALS)) or anatomy.language_of(line) != "ar":
            continue
        behind, end = line.body
        for match in _FINAL.finditer(text, behind, end):
            stretch = text[behind : match.end()].rsplit(None, 1)[-1]
            behind = match.end()
            word, right = _rightly_ended(stretch)
            if not right:
                continue
            span = Span(behind - len(word), behind)
            if word in _ON_OR_ALI:
                on.append(span)
            elif right == word:
                dotted += right[-1] == ARABIC_YEH
            elif not touches(anatomy.protected, *span) and not _KEPT_A_PROMISE.match(text, span.start):
                slips.append(YehSlip(span, word, right, right[-1]))
    return YehSpelling((*slips, *_dotted_prepositions(text, on)), dotted)


@lru_cache(maxsize=1 << 14)
def _rightly_ended(stretch: str) -> tuple[str, str]:
    """The last word of `stretch`, and how it ends where that is certain, else ""."""
    word = _WORD.findall(stretch)[-1]
    if len(word) < 2:
        return word, ""
    if word in _ON_OR_ALI:
        return word, word
    verdict = known_final_yeh(_MARK.sub("", word[:-1]))
    return word, word[:-1] + verdict.letter if verdict is not None and verdict.certain else ""


def _dotted_prepositions(text: str, words: list[Span]) -> list[YehSlip]:
    """Where a text never writes على but ever again علي before a noun: a program "repaired" it.

    One علي is a name; so is every one in a text that has على as well.
    """
    if any(text[span.end - 1] == ALEF_MAKSURA for span in words):
        return []
    found = [
        YehSlip(span, span.of(text), span.of(text)[:-1] + ALEF_MAKSURA, ALEF_MAKSURA)
        for span in words
        if final_yeh(span.of(text)[:-1], *_neighbours(text, span))[:2] == (ALEF_MAKSURA, True)
    ]
    return found if len(found) >= DOTTED_PREPOSITIONS else []


def _neighbours(text: str, word: Span) -> tuple[str, str]:
    before = _WORD_BEFORE.search(text, max(0, word.start - 30), word.start)
    after = _WORD_AFTER.match(text, word.end)
    return (before[1] if before else "", after[1] if after else "")


DOTTED_PREPOSITIONS: Final = 3
"""So many علي before nouns, and no على, are no names."""


_FINALS: Final = ALEF_MAKSURA + ARABIC_YEH
_WORD: Final = compile_re(f"[ء-ۓ{HARAKAT}]++")
_FINAL: Final = compile_re(f"[{_FINALS}](?![ء-ۓ{HARAKAT}])")
_ON_OR_ALI: Final = frozenset(("على", "علي", "وعلى", "وعلي"))
# A verb, where the word is "and in" elsewhere.
_KEPT_A_PROMISE: Final = compile_re("وفى ب(?:ال)?(?:وعو?د|عهو?د|تعهد|التزام|نذر|شرو?ط)")
_WORD_BEFORE: Final = compile_re(r"([ء-ۓ]+) $")
_WORD_AFTER: Final = compile_re(r" ([ء-ۓ]+)")
_MARK: Final = compile_re(f"[{HARAKAT}]")
