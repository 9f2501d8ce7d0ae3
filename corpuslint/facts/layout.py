"""The lines of a document, without their line ends, and what each of them is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Final, NamedTuple

from corpuslint.model.diagnostic import Edit
from corpuslint.text.positions import Span
from corpuslint.words.reading import END, LINE_FIELDS, START, Reading, read


class Line(NamedTuple):
    """One line. `span` leaves out the line end, `body` also the white space at both ends; `full` takes in the end."""

    number: int
    span: Span
    full: Span
    body: Span
    text: str

    @property
    def blank(self) -> bool:
        """Whether nothing but white space stands on the line."""
        return not self.text


def lines_of(text: str) -> tuple[Line, ...]:
    """Every line of `text` in order; `Line.text` is stripped of white space and invisible characters at both ends.

    >>> [(line.number, line.text) for line in lines_of("a \\n\\n b")]
    [(1, 'a'), (2, ''), (3, 'b')]
    """
    return lines_in(read(text))


def lines_in(reading: Reading) -> tuple[Line, ...]:
    """The lines of a text that has been read."""
    text, places = reading.text, reading.lines
    starts, ends = places[START::LINE_FIELDS], places[END::LINE_FIELDS]
    lines = []
    for number, (start, end, following) in enumerate(zip_longest(starts, ends, starts[1:]), start=1):
        raw = text[start:end]
        span = body = _new(Span, (start, end))
        if raw and (raw[0] in _EDGES or raw[-1] in _EDGES):
            at = start + len(raw) - len(raw.lstrip(EDGE))
            raw = raw.strip(EDGE)
            body = Span(at, at + len(raw)) if raw else Span(start, start)
        full = _new(Span, (start, len(text) if following is None else following))
        lines.append(_new(Line, (number, span, full, body, raw)))
    return tuple(lines)


_new: Final = tuple.__new__


def cut(text: str, span: Span) -> Edit:
    """The edit that takes `span` out: its whole line where nothing else stands there, else the blanks beside it too.

    A single space before it stays and stands for all of them, so that neighbours can be taken out together.

    >>> text = "a [x] b\\n[x]\\n"
    >>> cut(text, Span(2, 5)), cut(text, Span(8, 11))
    (Edit(span=Span(start=2, end=6), content=''), Edit(span=Span(start=8, end=12), content=''))
    """
    start, end = span
    while start > 0 and text[start - 1] in _BESIDE:
        start -= 1
    while end < len(text) and text[end] in _BESIDE:
        end += 1
    opens = start == 0 or text[start - 1] in "\r\n"
    closes = end == len(text) or text[end] in "\r\n"
    if opens and closes:
        if text[end : end + 2] == "\r\n":
            return Edit(Span(start, end + 2), "")
        return Edit(Span(start, min(end + 1, len(text))), "")
    if opens:
        return Edit(Span(span.start, end), "")
    if closes:
        return Edit(Span(start, span.end), "")
    if text[start : span.start] == " ":
        return Edit(Span(span.start, end), "")
    return Edit(Span(start, end), " ") if start < span.start or end > span.end else Edit(span, "")


_BESIDE = " \t\N{NO-BREAK SPACE}"

EDGE = (
    " \t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{HAIR SPACE}\N{ZERO WIDTH SPACE}"
    "\N{ZERO WIDTH NON-JOINER}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}"
    "\N{ZERO WIDTH NO-BREAK SPACE}\N{LEFT-TO-RIGHT EMBEDDING}\N{RIGHT-TO-LEFT EMBEDDING}"
    "\N{POP DIRECTIONAL FORMATTING}\N{VERTICAL TABULATION}\N{FORM FEED}"
)
"""What a line is stripped of at both ends."""

_EDGES = frozenset(EDGE)


def edits_by_line(text: str, edits: Iterable[Edit]) -> Iterator[tuple[Edit, ...]]:
    """Edits in the order of the text, those of each line together: what a rule reports once a line."""
    group: list[Edit] = []
    for edit in edits:
        if group and text.find("\n", group[-1].span.end, edit.span.start) >= 0:
            yield tuple(group)
            group = []
        group.append(edit)
    if group:
        yield tuple(group)
