"""Many phrases looked for at once in a `Reading`, in every spelling that folds alike, and where each stands."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple

from corpuslint.words import kernel
from corpuslint.words.lexicon import Table, slots_for
from corpuslint.words.reading import LINE, SIGNS, Reading, read

_ZWNJ = "\N{ZERO WIDTH NON-JOINER}"


class Found(NamedTuple):
    """A phrase that stands in a text: its value, and the numbers of its first and last word."""

    value: int
    first: int
    last: int


class Phrases:
    """Phrases with a value each (bits, or a number of the caller's); values of phrases that fold alike are or-ed.

    Words of a phrase must follow each other with nothing but blanks between, or ZWNJ; where the phrase has signs
    between two words, the text must have signs there too. What ZWNJ joins in a phrase may be written together.

    >>> from corpuslint.words.reading import read
    >>> phrases = Phrases({"اقرأ أيضا": 1, "اقرأ": 2})
    >>> [(found.value, found.first, found.last) for found in phrases.find(read("قال: إقرأ  أيضاً هذا"))]
    [(2, 1, 1), (1, 1, 2)]
    """

    def __init__(self, phrases: Mapping[str, int]) -> None:
        self._values: list[int] = []
        states: dict[int, int] = {}  # of a beginning of phrases: twice the place of its value, odd where a phrase ends
        ends: dict[int, int] = {}
        for phrase, value in phrases.items():
            for spelling in _spellings(phrase):
                path = list(_states(read(spelling)))
                if path:
                    ends[path[-1]] = ends.get(path[-1], 0) | value
                    states.update(dict.fromkeys(path[:-1], 0))
        for state, value in ends.items():
            states[state] = len(self._values) << 1 | 1
            self._values.append(value)
        size = slots_for(len(states))
        slots, numbers = array("Q", bytes(8 * size)), array("i", bytes(4 * size))
        kernel.fill_slots(slots, numbers, array("Q", states))
        of_index = list(states.values())
        for place in range(size):
            if slots[place]:
                numbers[place] = of_index[numbers[place]]
        self._table = Table(slots, numbers)

    def find(self, reading: Reading) -> list[Found]:
        """The phrases that stand in a text, in the order of their first words, the shorter before the longer."""
        return [
            Found(self._values[found[at]], found[at + 1], found[at + 2])
            for found in (self._walk(reading),)
            for at in range(0, len(found), 3)
        ]

    def woken(self, reading: Reading) -> int:
        """The values of all phrases that stand in a text, or-ed."""
        bits, found = 0, self._walk(reading)
        for at in set(found[::3]):
            bits |= self._values[at]
        return bits

    def _walk(self, reading: Reading) -> array[int]:
        found = array("i", bytes(4 * 96))
        needed = kernel.find_phrases(reading.keys, reading.gaps, self._table.slots, self._table.numbers, found)
        if needed > len(found):
            found = array("i", bytes(4 * needed))
            kernel.find_phrases(reading.keys, reading.gaps, self._table.slots, self._table.numbers, found)
        del found[needed:]
        return found


def _spellings(phrase: str) -> Iterator[str]:
    """A phrase as it is, and with the parts that a ZWNJ joins written together."""
    parts = phrase.split(_ZWNJ)
    for joints in product((_ZWNJ, ""), repeat=min(len(parts) - 1, 6)):
        yield "".join(part + joint for part, joint in zip(parts, (*joints, *[""] * len(parts)), strict=False))


def _states(reading: Reading) -> Iterator[int]:
    """The state of the walk behind each word of a phrase."""
    state = 0
    for key, gap in zip(reading.keys, reading.gaps, strict=True):
        state = key if gap == LINE else kernel.joined_key(state ^ 1 if gap == SIGNS else state, key)
        yield state
