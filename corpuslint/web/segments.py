"""A document cut into pieces that a page can show: plain text, and text that findings mark.

Browsers count UTF-16 units and Python counts code points, so offsets never travel: the cutting is done here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from corpuslint.text.positions import Span, line_spans


class Segment(NamedTuple):
    """A piece of one paragraph and the numbers of the findings that mark it."""

    text: str
    findings: tuple[int, ...]


class Paragraph(NamedTuple):
    """A line of the document; `boundary` is the number of the finding that says a story begins here, or -1."""

    segments: tuple[Segment, ...]
    boundary: int = -1


def paragraphs_of(
    text: str, spans: Sequence[Span], boundaries: Sequence[tuple[int, int]] = ()
) -> tuple[Paragraph, ...]:
    """The lines of `text`, each cut wherever one of `spans` begins or ends.

    `boundaries` are (offset, number of finding): the paragraph that holds the offset is marked as a story's first.

    >>> paragraphs_of("ab\\nc", [Span(1, 2)])[0].segments
    (Segment(text='a', findings=()), Segment(text='b', findings=(0,)))
    """
    lines = line_spans(text) or [Span(0, 0)]
    starts = dict(boundaries)
    begins = sorted(starts)
    order = sorted(range(len(spans)), key=lambda number: spans[number])
    open_now: list[int] = []
    upcoming = 0
    paragraphs = []
    for line in lines:
        first = bisect_left(begins, line.start)
        boundary = starts[begins[first]] if first < len(begins) and begins[first] <= line.end else -1
        while upcoming < len(order) and spans[order[upcoming]].start <= line.end:
            open_now.append(order[upcoming])
            upcoming += 1
        here = [number for number in open_now if spans[number].end >= line.start]
        paragraphs.append(Paragraph(_cut(text, line, here, spans), boundary))
        open_now = [number for number in here if spans[number].end > line.end]
    return tuple(paragraphs)


def _cut(text: str, line: Span, here: Sequence[int], spans: Sequence[Span]) -> tuple[Segment, ...]:
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for number in here:
        start, end = (min(max(offset, line.start), line.end) for offset in spans[number])
        opening.setdefault(start, []).append(number)
        closing.setdefault(end, []).append(number)
    segments = []
    marking = set[int]()
    for start, end in pairwise(sorted({line.start, line.end, *opening, *closing})):
        marking.update(opening.get(start, ()))
        marking.difference_update(closing.get(start, ()))
        segments.append(Segment(text[start:end], tuple(sorted(marking))))
    for number in here:
        if spans[number].start == spans[number].end and line.start <= spans[number].start <= line.end:
            segments.append(Segment("", (number,)))  # an insertion: nothing is there to be marked
    return tuple(segments)
