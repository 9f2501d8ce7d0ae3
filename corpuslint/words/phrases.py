"""Many phrases looked for at once in a `Reading`, in every spelling that folds alike, and where each stands."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial, reduce
from itertools import accumulate, chain, product
from operator import or_
from pathlib import Path
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
        made_of = (Path(__file__), str(over_signs).encode(), "\n".join(phrases).encode("utf-8", "surrogatepass"))
        trie = kept_arrays(name, made_of, make) if name else make()
        self._trie = trie["slots"], trie["numbers"], trie["firsts"]
        self._over_signs = over_signs
        self._values = _Values(phrases.values(), trie["phrases"], trie["ends"])

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


class _Values(dict[int, int]):
    """The value of each place, or-ed when it is first asked for: of thousands of phrases a run meets a few."""

    def __init__(self, values: Iterable[int], phrases: Sequence[int], ends: Sequence[int]) -> None:
        self._values, self._phrases, self._ends = tuple(values), phrases, ends

    def __missing__(self, place: int) -> int:
        phrases = self._phrases[self._ends[place] : self._ends[place + 1]]
        value = self[place] = reduce(or_, [self._values[phrase] for phrase in phrases])
        return value


_ROOM = bytes(4 * 96)


def _over_signs(gaps: array[int]) -> array[int]:
    return array("B", gaps.tobytes().replace(bytes([SIGNS]), b"\0"))


def _trie(phrases: Iterable[str], over_signs: bool) -> dict[str, array[int]]:
    """The states of the walk, each with twice the place of its value, odd where a phrase ends.

    `firsts` are bits of the words that phrases begin with. The numbers of the phrases that end at place n are
    `phrases` from `ends[n]` to `ends[n + 1]`.
    """
    states: dict[int, int] = {}
    final: dict[int, list[int]] = {}
    firsts = array("B", bytes(kernel.FIRST_BITS // 8))
    for number, phrase in enumerate(phrases):
        for spelling in _spellings(phrase):
            path = list(_states(read(spelling), over_signs))
            if path:
                final.setdefault(path[-1], []).append(number)
                states.update(dict.fromkeys(path, 0))
                firsts[path[0] >> 51] |= 1 << (path[0] >> 48 & 7)
    table = table_with(states | {state: place << 1 | 1 for place, state in enumerate(final)})
    numbers, ends = array("i", chain(*final.values())), array("i", accumulate(map(len, final.values()), initial=0))
    return {"slots": table.slots, "numbers": table.numbers, "firsts": firsts, "phrases": numbers, "ends": ends}


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
