"""A cheap look at a document: could text at its end be foreign to the rest?

Measuring how paragraphs hang together costs a millisecond; most documents can be let go after some microseconds.
Foreign text begins with a paragraph that does not open like a later one ("وأضاف", "من جهته") and that has few words in
common with all the text before it. Both are looked up in spellings as they come; only a paragraph that passes is
read by its terms, together with those after it.
"""

from __future__ import annotations

from functools import cache, lru_cache
from math import log
from pathlib import Path

from corpuslint.facts.cohesion import LONGEST, SHORTEST
from corpuslint.facts.openings import first_score, opening_of
from corpuslint.facts.terms import fold_letters, terms_of_words, tokens_of

OPENS = -1.5
"""Below this the first word of a paragraph says that it goes on with the story."""

KNOWN = 0.15
"""Of the telling words of a foreign paragraph, about the largest share that stands in the text before it."""

_SHORT = 3
_FEWEST = 8
_HEAD = 60
_READ = 900

_KNOWN_FIRST, _KNOWN_MEAN, _KNOWN_MOST, _OPENING, _BEFORE, _AFTER = -9.02, -10.01, -3.57, 0.98, 1.25, 0.11
"""What a share of known terms, the opening's score and the (logarithms of the) numbers of paragraphs weigh."""

_BEST_OPENING = 6.0
_LIKELY = -2.5
"""Below this sum the model of boundaries hardly ever sees one: of those that it sees, one in a hundred is lost."""


def may_hold_a_tail(text: str, title: str = "") -> bool:
    """Whether some paragraph of `text` after the first could begin foreign text.

    >>> may_hold_a_tail("a single line")
    False
    """
    if "\n" not in text:
        return False
    paragraphs = [line for line in text.split("\n") if len(line) >= SHORTEST]
    if len(paragraphs) < 2:
        return False
    seen: set[str] = set()
    read = 0
    common = common_words()
    terms: list[dict[str, float]] = []
    for number in range(1, len(paragraphs)):
        paragraph = paragraphs[number]
        first = paragraph[:_HEAD].split(None, 1)[:1]
        if not first or _opens(first[0]) < OPENS:
            continue
        while read < number:
            seen.update(paragraphs[read].split())
            read += 1
        words = {word for word in paragraph[:_READ].split() if len(word) > _SHORT} - common
        if len(words & seen) > KNOWN * max(_FEWEST, len(words)):
            continue
        terms = terms or [terms_of_words(paragraph.split()) for paragraph in paragraphs]
        if _may_begin(paragraph, terms, number, title):
            return True
    return False


def _may_begin(paragraph: str, terms: list[dict[str, float]], number: int, title: str) -> bool:
    """A closer look at one paragraph: its words by their stems and weights, those after it, and how it opens."""
    own = set(terms_of_words(title.split())).union(*terms[:number])
    shares = [
        sum([weight for term, weight in later.items() if term in own]) / (sum(later.values()) or 1.0)
        for later in terms[number:]
    ]
    likely = (
        _KNOWN_FIRST * shares[0]
        + _KNOWN_MEAN * sum(shares) / len(shares)
        + _KNOWN_MOST * max(shares)
        + _BEFORE * log(number)
        + _AFTER * log(len(shares))
    )
    if likely + _OPENING * _BEST_OPENING < _LIKELY:
        return False
    paragraph = paragraph[:LONGEST]
    folded = fold_letters(paragraph)
    opening = opening_of(paragraph, folded, tokens_of(folded)).score
    return likely + _OPENING * min(opening, _BEST_OPENING) >= _LIKELY


@lru_cache(maxsize=1 << 14)
def _opens(word: str) -> float:
    return first_score(word)


@cache
def common_words() -> frozenset[str]:
    """The words that tell nothing because so many articles have them."""
    path = Path(__file__).parent / "data" / "story-common.txt"
    return frozenset(line for line in path.read_text("utf-8").split("\n") if line and not line.startswith("#"))
