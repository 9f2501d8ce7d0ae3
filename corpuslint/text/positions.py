"""Where things are in a text: spans in code points, rows and columns, and the other units that tools count in.

Everything inside corpuslint counts code points of the text as decoded. Conversion happens once, here, at the edge:
editors count UTF-16 units, RDJSON counts UTF-8 bytes. Lines end at `\\n`, `\\r\\n` and `\\r` only; Python's
`str.splitlines` also splits at U+2028 or U+0085, which no editor and no git does.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, pairwise
from typing import NamedTuple

from corpuslint.text.patterns import compile_re

_LINE_END = compile_re(r"\r\n|\r|\n")


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The part of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether both share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


WHOLE = Span(0, 0)
"""The span of a finding that belongs to the document as a whole."""


class Position(NamedTuple):
    """A place as people count it: both 1-based, the column in code points."""

    row: int
    column: int


class LineIndex:
    """Offsets of one text turned into rows and columns, and into the units of other tools."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = line_starts(text)
        self._counted: dict[str, list[int]] = {}

    def position(self, offset: int) -> Position:
        """Row and column of `offset`; an offset past the end counts on from the last line."""
        row = bisect_right(self._starts, offset)
        return Position(row, offset - self._starts[row - 1] + 1)

    def offset(self, row: int, column: int) -> int:
        """The code point offset of a 1-based row and column, clamped to the text."""
        if row < 1:
            return 0
        if row > len(self._starts):
            return len(self._text)
        return min(self._starts[row - 1] + max(column, 1) - 1, len(self._text))

    def utf8_column(self, position: Position) -> int:
        """The column in UTF-8 bytes, 1-based, as RDJSON counts it."""
        return self._column(position, "utf-8", 1)

    def utf16_column(self, position: Position) -> int:
        """The column in UTF-16 code units, 1-based, as editors count it."""
        return self._column(position, "utf-16-le", 2)

    def _column(self, position: Position, codec: str, width: int) -> int:
        start = self._starts[position.row - 1]
        first, last = (self._bytes_before(at, codec) for at in (start, start + position.column - 1))
        return (last - first) // width + 1

    def _bytes_before(self, offset: int, codec: str) -> int:
        """How many bytes of an encoding stand before an offset, counted once at every `_STEP` characters."""

        def size(start: int, end: int) -> int:
            return len(self._text[start:end].encode(codec, "surrogatepass"))

        if codec not in self._counted:
            steps = range(0, len(self._text), _STEP)
            self._counted[codec] = [0, *accumulate(size(at, at + _STEP) for at in steps)]
        step = min(offset // _STEP, len(self._counted[codec]) - 1)
        return self._counted[codec][step] + size(step * _STEP, offset)


_STEP = 256


def line_starts(text: str) -> list[int]:
    """Offsets at which the lines of `text` begin; the first is always 0.

    >>> line_starts("a\\r\\nb\\rc\\n")
    [0, 3, 5, 7]
    """
    if "\r" in text:
        return [0, *(match.end() for match in _LINE_END.finditer(text))]
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


def line_spans(text: str) -> list[Span]:
    """Each line of `text` without its line end, as a span; a final line end adds no empty line.

    >>> [span.of("a\\n\\nb\\n") for span in line_spans("a\\n\\nb\\n")]
    ['a', '', 'b']
    """
    starts = line_starts(text)
    spans = [Span(start, start + len(text[start:end].rstrip("\r\n"))) for start, end in pairwise((*starts, len(text)))]
    return spans if starts[-1] < len(text) else spans[:-1]
