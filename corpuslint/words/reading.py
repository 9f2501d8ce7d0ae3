"""A text read once: where its words are and which they are, where its lines are and what they are made of.

Everything that asks "which words, and where" starts from these arrays; nothing else cuts a text into words.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Final, NamedTuple

from corpuslint.text.positions import Span
from corpuslint.words import kernel
from corpuslint.words.levels import SPELLING, TABLED, Level

BLANK, JOINED, SIGNS, LINE = range(4)
"""What stands between a word and the one before: blanks, a joiner (ZWNJ) or nothing, other signs too, a line end."""

LINE_FIELDS: Final = 8
START, END, WORD, ARABIC, LATIN, OTHER, DIGITS, MARKS = range(LINE_FIELDS)
"""The columns of `Reading.lines`."""

_FEW: Final = 1 << 16
_INT: Final = array("i", (0,))


class Reading(NamedTuple):
    """The words and lines of a text, as arrays.

    starts, ends   the span of each word in code points, vowel signs on its last letter included
    keys           the 64 bits that stand for a word, its letters folded at the level of the reading (`words.levels`)
    gaps           what stands before each word: BLANK, JOINED, SIGNS or LINE
    lines          eight numbers a line: START and END (without the line end), the number of its first WORD, and how
                   many letters of ARABIC, LATIN and OTHER scripts, DIGITS and other MARKS (no blanks) it has
    """

    text: str
    starts: array[int]
    ends: array[int]
    keys: array[int]
    gaps: array[int]
    lines: array[int]

    def span(self, first: int, last: int) -> Span:
        """The span from word `first` to word `last`."""
        return Span(self.starts[first], self.ends[last])

    def words(self) -> Iterator[str]:
        """The words as they stand in the text."""
        return (self.text[start:end] for start, end in zip(self.starts, self.ends, strict=True))

    def line_count(self) -> int:
        """How many lines the text has; a line end at its end adds none."""
        return len(self.lines) // LINE_FIELDS


def read(text: str, level: Level = SPELLING) -> Reading:
    """The reading of a text.

    >>> reading = read("إقرأ أيضاً: share 12\\nكتاب‌ها")
    >>> list(reading.words()), list(reading.gaps)
    (['إقرأ', 'أيضاً', 'share', '12', 'كتاب', 'ها'], [3, 0, 2, 0, 3, 1])
    >>> reading.lines.tolist()
    [0, 20, 0, 8, 5, 0, 2, 1, 21, 28, 4, 6, 0, 0, 0, 0]
    """
    most = len(text) + 1 if len(text) < _FEW else kernel.count_words(text, level.table)
    starts, ends, keys, gaps = _INT * most, _INT * most, array("Q", (0,)) * most, array("B", (0,)) * most
    lines = _INT * (LINE_FIELDS * _lines_in(text))
    count = kernel.cut_words(text, level.table, starts, ends, keys, gaps, lines)
    del starts[count:], ends[count:], keys[count:], gaps[count:]
    return Reading(text, starts, ends, keys, gaps, lines)


def _lines_in(text: str) -> int:
    count = text.count("\n")
    if "\r" in text:
        count += text.count("\r") - text.count("\r\n")
    return count + (text[-1:] not in ("", "\n", "\r"))


def characters_of(text: str) -> frozenset[str]:
    """The characters of a text: most of what is looked for is made of some that it does not have.

    >>> sorted(characters_of("باب\\n"))
    ['\\n', 'ا', 'ب']
    """
    found: frozenset[str] = kernel.characters_of(text, bytearray(TABLED), _CHARACTERS)
    return found


_CHARACTERS: Final = [*map(chr, range(TABLED))]  # made once, with their hashes


def key_of(word: str, level: Level = SPELLING) -> int:
    """The key of a word at a level; 0 for one without letters.

    >>> key_of("أَنا") == key_of("انا"), key_of("شيء") == key_of("شي")
    (True, False)
    """
    key: int = kernel.key_of(word, level.table)
    return key
