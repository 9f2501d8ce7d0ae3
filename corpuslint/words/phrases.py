"""Many phrases looked for at once in a `Reading`, in every spelling that folds alike, and where each stands."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import product
from typing import NamedTuple

from corpuslint.words import kernel
from corpuslint.words.lexicon import table_with
from corpuslint.words.reading import LINE, SIGNS, Reading, read
from corpuslint.words.store import kept_arrays

_ZWNJ = "\N{ZERO WIDTH NON-JOINER}"


class Found(NamedTuple):
    """A phrase that stands in a text: its value, and the numbers of its first and last word."""

    value: int
    first: int
    last: int


class Phrases:
    """Phrases with a value each (bits, or a number of the caller's); values of phrases that fold alike are or-ed.

    Words of a phrase must follow each other with nothing but blanks between, or ZWNJ, or nothing; where the phrase has
    signs between two words, the text must have signs there too, unless the phrases are looked for `over_signs`. What
    ZWNJ joins in a phrase may be written together. A phrase without a word is never found.

    With a `name` the trie is kept between runs, for as long as the phrases are the same.

    >>> from corpuslint.words.reading import read
    >>> phrases = Phrases({"اقرأ أيضا": 1, "اقرأ": 2})
    >>> [(found.value, found.first, found.last) for found in phrases.find(read("قال: إقرأ  أيضاً هذا"))]
    [(2, 1, 1), (1, 1, 2)]
    """

    def __init__(self, phrases: Mapping[str, int], *, name: str = "", over_signs: bool = False) -> None:
        make = partial(_trie, phrases, over_signs)
        made_of = [str(over_signs).encode(), "\n".join(phrases).encode("utf-8", "surrogatepass")]
        trie = kept_arrays(name, made_of, make) if name else make()
        self._trie = trie["slots"], trie["numbers"], trie["firsts"]
        self._over_signs = over_signs
        self._values = [0] * trie["count"][0]
        for value, first, last in zip(phrases.values(), trie["ends"][:-1], trie["ends"][1:], strict=True):
            for place in trie["places"][first:last]:
                self._values[place] |= value

    def find(self, reading: Reading) -> list[Found]:
        """The phrases that stand in a text, in the order of their first words, the shorter before the longer."""
        found = self._walk(reading)
        return [Found(self._values[found[at]], found[at + 1], found[at + 2]) for at in range(0, len(found), 3)]

    def woken(self, reading: Reading) -> int:
        """The values of all phrases that stand in a text, or-ed."""
        bits = 0
        for place in self._walk(reading)[::3]:
            bits |= self._values[place]
        return bits

    def _walk(self, reading: Reading) -> array[int]:
        gaps = _over_signs(reading.gaps) if self._over_signs else reading.gaps
        found = array("i", _ROOM)
        needed = kernel.find_phrases(reading.keys, gaps, *self._trie, found)
        if needed > len(found):
            found = array("i", bytes(4 * needed))
            kernel.find_phrases(reading.keys, gaps, *self._trie, found)
        del found[needed:]
        return found


_ROOM = bytes(4 * 96)


def _over_signs(gaps: array[int]) -> array[int]:
    return array("B", gaps.tobytes().replace(bytes([SIGNS]), b"\0"))


def _trie(phrases: Iterable[str], over_signs: bool) -> dict[str, array[int]]:
    """The states of the walk, each with twice the place of its value, odd where a phrase ends.

    `firsts` are bits of the words that phrases begin with. `places` are the places of all spellings of all phrases;
    those of phrase n are from `ends[n]` to `ends[n + 1]`.
    """
    states: dict[int, int] = {}
    final: dict[int, int] = {}
    places, ends, firsts = array("i"), array("i", (0,)), array("B", bytes(kernel.FIRST_BITS // 8))
    for phrase in phrases:
        for spelling in _spellings(phrase):
            path = list(_states(read(spelling), over_signs))
            if path:
                places.append(final.setdefault(path[-1], len(final)))
                states.update(dict.fromkeys(path, 0))
                firsts[path[0] >> 51] |= 1 << (path[0] >> 48 & 7)
        ends.append(len(places))
    table = table_with(states | {state: place << 1 | 1 for state, place in final.items()})
    found = {"slots": table.slots, "numbers": table.numbers, "firsts": firsts}
    return {**found, "places": places, "ends": ends, "count": array("i", (len(final),))}


def _spellings(phrase: str) -> Iterator[str]:
    """A phrase as it is, and with the parts that a ZWNJ joins written together."""
    parts = phrase.split(_ZWNJ)
    for joints in product((_ZWNJ, ""), repeat=min(len(parts) - 1, 6)):
        yield "".join(part + joint for part, joint in zip(parts, (*joints, *[""] * len(parts)), strict=False))


def _states(reading: Reading, over_signs: bool) -> Iterator[int]:
    """The state of the walk behind each word of a phrase."""
    state = 0
    for key, gap in zip(reading.keys, reading.gaps, strict=True):
        signs = gap == SIGNS and not over_signs
        state = key if gap == LINE else kernel.joined_key(state ^ 1 if signs else state, key)
        yield state
