"""A cheap look at a document: could text at its end be foreign to the rest?

Measuring how paragraphs hang together costs a millisecond; most documents can be let go after some microseconds.
Foreign text begins with a paragraph that does not open like a later one ("وأضاف", "من جهته") and that has few words in
common with all the text before it. Looks go from the cheapest to the dearest, and each sees only what the one before
left: first words, words as they are written, then stems and openings, which a small fitted forest
(`data/story-glance.json`) weighs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from math import inf
from pathlib import Path

from corpuslint.facts.cohesion import LONGEST, MOST_PARAGRAPHS, SHORTEST, is_paragraph, may_be_paragraph
from corpuslint.facts.forest import Forest, read_models
from corpuslint.facts.openings import first_score, goes_on, opening_of
from corpuslint.facts.terms import fold_letters, terms_of_words, tokens_of

OPENS = -1.5
"""Below this the first word of a paragraph says that it goes on with the story."""

KNOWN = 0.2
"""Of the telling words of a foreign paragraph, about the largest share that stands in the text before it."""

GLANCE_SIGNS = (
    "first_in_own",  # of the foreign paragraphs' terms, the share known from before
    "mean_in_own",
    "most_in_own",
    "least_in_own",
    "chain",  # of the first one's terms, the share that the others have
    "before",  # how many paragraphs stand before the place, and after it
    "after",
    "title",
    "rest_first",  # how the first words of the later ones speak for a story's beginning
    "rest_first_most",
    "opening",
)

_SHORT = 3
_FEWEST = 8
_HEAD = 60
_READ = 900

_LIKELY = -3.3
"""Below these log odds the model of boundaries hardly ever sees one: of those it sees, about one in fifty is lost."""


def may_hold_a_tail(text: str, title: str = "") -> bool:
    """Whether some paragraph of `text` after the first could begin foreign text.

    >>> may_hold_a_tail("a single line")
    False
    """
    if "\n" not in text:
        return False
    paragraphs = lookalikes(text)
    # Markers and pieces of the page can bring a document below the limit of the model, but not from afar.
    if not 2 <= len(paragraphs) <= 2 * MOST_PARAGRAPHS:
        return False
    places = _places(paragraphs)
    if not places:
        return False
    forest = _forest()
    return any(
        forest.reaches((*signs, inf), _LIKELY) and forest.reaches((*signs, _opening(paragraphs[number])), _LIKELY)
        for number, signs in zip(places, _signs(paragraphs, places, title), strict=True)
    )


def lookalikes(text: str) -> list[str]:
    """The lines that look like paragraphs by their length and their end."""
    return [line for line in text.split("\n") if len(line) >= SHORTEST and may_be_paragraph(line)]


def glance_rows(paragraphs: Sequence[str], title: str) -> Iterator[tuple[int, tuple[float, ...]]]:
    """The signs (in the order of `GLANCE_SIGNS`) of each place that is looked at closely, for fitting."""
    places = _places(paragraphs)
    for number, signs in zip(places, _signs(paragraphs, places, title), strict=True):
        yield number, (*signs, _opening(paragraphs[number]))


def _places(paragraphs: Sequence[str]) -> list[int]:
    """The numbers of the paragraphs that may begin foreign text, by their first words and by how many are known."""
    places = [number for number, paragraph in enumerate(paragraphs) if number and _first(paragraph) >= OPENS]
    if not places:
        return places
    return [
        number
        for number, share in _known_words(paragraphs, places)
        if share <= KNOWN and _begins(paragraphs[number].strip())
    ]


def _begins(paragraph: str) -> bool:
    """Whether a paragraph is one at all, and does not openly go on with what was said."""
    head = paragraph[:_HEAD]
    return not goes_on(head, fold_letters(head)) and is_paragraph(paragraph)


def _known_words(paragraphs: Sequence[str], places: Sequence[int]) -> Iterator[tuple[int, float]]:
    """For each place, of the telling words its paragraph begins with the share that is written in the text before."""
    seen: set[str] = set()
    read = 0
    common = common_words()
    for number in places:
        while read < number:
            seen.update(paragraphs[read].split())
            read += 1
        words = {word for word in paragraphs[number][:_READ].split() if len(word) > _SHORT} - common
        yield number, len(words & seen) / max(_FEWEST, len(words))


def _signs(paragraphs: Sequence[str], places: Sequence[int], title: str) -> Iterator[tuple[float, ...]]:
    """The signs of each place, all but the opening, which takes longest to read."""
    terms = [terms_of_words(paragraph.split()) for paragraph in paragraphs]
    own = set(terms_of_words(title.split()))
    read = 0
    for number in places:
        own.update(*terms[read:number])
        read = number
        later = terms[number:]
        shares = [
            sum([weight for term, weight in paragraph.items() if term in own]) / (sum(paragraph.values()) or 1.0)
            for paragraph in later
        ]
        chain = -1.0
        firsts = [-1.0]
        if len(later) > 1:
            rest = set().union(*later[1:])
            chain = sum([weight for term, weight in later[0].items() if term in rest])
            chain /= sum(later[0].values()) or 1.0
            firsts = [_first(paragraph) for paragraph in paragraphs[number + 1 :]]
        yield (
            shares[0],
            sum(shares) / len(shares),
            max(shares),
            min(shares),
            chain,
            number,
            len(later),
            bool(title),
            sum(firsts) / len(firsts) if len(later) > 1 else 0.0,
            max(firsts),
        )


def _opening(paragraph: str) -> float:
    paragraph = paragraph[:LONGEST]
    folded = fold_letters(paragraph)
    return opening_of(paragraph, folded, tokens_of(folded)).score


def _first(paragraph: str) -> float:
    """How much the first word of a paragraph speaks for a story's beginning."""
    word = paragraph[:_HEAD].split(None, 1)[:1]
    return _first_word(word[0]) if word else -inf


@lru_cache(maxsize=1 << 14)
def _first_word(word: str) -> float:
    return first_score(word)


@cache
def _forest() -> Forest:
    return read_models(Path(__file__).parent / "data" / "story-glance.json")[0]["glance"]


@cache
def common_words() -> frozenset[str]:
    """The words that tell nothing because so many articles have them."""
    path = Path(__file__).parent / "data" / "story-common.txt"
    return frozenset(line for line in path.read_text("utf-8").split("\n") if line and not line.startswith("#"))
