"""A cheap look at a document: could text at its end be foreign to the rest?

Measuring how paragraphs hang together costs a millisecond; most documents can be let go after some microseconds.
Foreign text begins with a paragraph that does not open like a later one ("وأضاف", "من جهته") and that has few words in
common with all the text before it. Both are looked up in spellings as they come, without folding.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from corpuslint.facts.cohesion import SHORTEST
from corpuslint.facts.openings import first_score

OPENS = -1.5
"""Below this the first word of a paragraph says that it goes on with the story."""

KNOWN = 0.15
"""Of the telling words of a foreign paragraph, about the largest share that stands in the text before it."""

_SHORT = 3
_FEWEST = 8
_HEAD = 60
_READ = 900


def may_hold_a_tail(text: str) -> bool:
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
    for number in range(1, len(paragraphs)):
        paragraph = paragraphs[number]
        first = paragraph[:_HEAD].split(None, 1)[:1]
        if not first or _opens(first[0]) < OPENS:
            continue
        while read < number:
            seen.update(paragraphs[read].split())
            read += 1
        words = {word for word in paragraph[:_READ].split() if len(word) > _SHORT} - common
        if len(words & seen) <= KNOWN * max(_FEWEST, len(words)):
            return True
    return False


@lru_cache(maxsize=1 << 14)
def _opens(word: str) -> float:
    return first_score(word)


@cache
def common_words() -> frozenset[str]:
    """The words that tell nothing because so many articles have them."""
    path = Path(__file__).parent / "data" / "story-common.txt"
    return frozenset(line for line in path.read_text("utf-8").split("\n") if line and not line.startswith("#"))
