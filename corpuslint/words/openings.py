"""Where in a folded text something can begin that a pattern reads: the pattern, which is slow, is tried only there."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import product
from typing import Any

from corpuslint.words import kernel
from corpuslint.words.levels import SPELLING
from corpuslint.words.lexicon import Table, table_with
from corpuslint.words.store import kept_arrays

_OPENS, _STANDS_BEFORE = 1, 2


class Openings:
    """Beginnings of what a pattern matches: `openings`, each alone or behind words that may stand `before` one.

    They are parts of a folded text as it is written, "0" for any number and one blank for several; a word of several
    parts may be written together. One may follow letters of `joined` without a blank. Kept between runs by `name`.

    >>> days = Openings("example", ["monday", "0 days ago"], before=["last"], joined="x")
    >>> list(days.places("last xmonday, 12  days ago, days"))
    [0, 5, 14]
    """

    def __init__(self, name: str, openings: Iterable[str], before: Iterable[str] = (), joined: str = "") -> None:
        self._name, self._openings, self._before, self._joined = name, openings, before, joined

    @cached_property
    def _table(self) -> Table:
        openings, before = sorted(set(self._openings)), sorted(set(self._before))
        made_of = ("\n".join(words).encode() for words in (openings, before))
        kept = kept_arrays(f"openings-{self._name}", made_of, lambda: _arrays(openings, before))
        return Table(kept["slots"], kept["numbers"])

    def places(self, text: str) -> array[int]:
        """Where they stand in a text: at the beginnings of words and numbers only."""
        found = array("i", bytes(4 * (len(text) // 2 + 1)))
        table = self._table
        count = kernel.find_openings(text, SPELLING.table, self._joined, table.slots, table.numbers, found)
        del found[count:]
        return found

    def matches(self, pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
        """What `pattern` matches where they stand, in order, none within another."""
        return matches_at(self.places(text), pattern, text)


def matches_at(places: Iterable[int], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What `pattern` matches at some places, in order, none within another."""
    past = 0
    for place in places:
        if place >= past and (found := pattern.match(text, place)):
            past = found.end()
            yield found


def phrases_of(*parts: str) -> list[str]:
    """The phrases that one word of each part makes; the words of a part are separated by strokes.

    >>> phrases_of("this|next", "week|month")
    ['this week', 'this month', 'next week', 'next month']
    """
    return [" ".join(words) for words in product(*(part.split("|") for part in parts))]


def _arrays(openings: Iterable[str], before: Iterable[str]) -> dict[str, array[Any]]:
    numbers: dict[int, int] = {}
    for phrases, number in ((before, _STANDS_BEFORE), (openings, _OPENS)):
        for phrase in phrases:
            first, *more = re.sub(r"\d+", "0", phrase).split(" ")
            for blanks in product(("", " "), repeat=len(more)):
                written = first + "".join(map(str.__add__, blanks, more))
                key = 0
                for letter in written:
                    key = kernel.grown_key(key, ord(letter))
                    numbers.setdefault(key, 0)
                numbers[key] = number
    table = table_with(numbers)
    return {"slots": table.slots, "numbers": table.numbers}
