"""Runs of spaces, tabs, and spaces of another kind or width."""

import re
from collections.abc import Iterator

from corpuslint import (
    Anatomy,
    Applicability,
    DeclarativeRule,
    Diagnostic,
    Edit,
    Fix,
    Span,
    compile_re,
    edits_by_line,
    invisible,
)

_BLANKS = invisible.BLANKS


def _line_around(text: str, start: int, end: int) -> Span:
    stop = text.find("\n", end)
    return Span(text.rfind("\n", 0, start) + 1, stop if stop >= 0 else len(text))


_GAP = compile_re(f"[{_BLANKS}](?:(?<=[^\\s].)[{_BLANKS}]{{3,}}(?=[^\\s])|(?<=\t))")
"""White space so wide that it was set on purpose: between the halves of a verse, the columns of a table."""

_HALVES = compile_re(f"[{_BLANKS}]*(?P<first>[^{_BLANKS}].*?)(?P<gap>[{_BLANKS}]{{2,}})(?P<second>.*[^{_BLANKS}])")
_NO_VERSE = compile_re(r"[0-9A-Za-z٠-٩۰-۹:=+/(]")
_VERSE = 110
"""Characters of the longest line that may be a verse."""


def _verse_gap(line: str) -> int:
    """How wide the one gap is between the two halves of a verse, which are about as long; 0 where `line` is none."""
    halves = _HALVES.match(line) if len(line) <= _VERSE else None
    if halves is None or _NO_VERSE.search(line):
        return 0
    if any(not 3 <= len(half.split()) <= 9 or "  " in half for half in halves.group("first", "second")):
        return 0
    short, long = sorted(map(len, halves.group("first", "second")))
    return len(halves["gap"]) if 3 * short >= 2 * long else 0


class _Columns:
    """Tells gaps that were set: wide ones with another in the nearest line, as tables have, and those of verses.

    Asked from the start of a text to its end; each line is looked at once, however many gaps it has.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._line = Span(0, -1)
        self._verse = False
        self._table: bool | None = None

    def hold(self, start: int, end: int) -> bool:
        """Whether the white space from `start` to `end` was set on purpose."""
        text = self._text
        if not self._line.start <= start <= end <= self._line.end:
            line = self._line = _line_around(text, start, end)
            # A gap of two blanks is a slip as well, unless the verse before or behind has one too.
            gap = _verse_gap(line.of(text))
            self._verse = gap > 2 or (gap == 2 and any(map(_verse_gap, _neighbours(text, line))))
            self._table = None
        if self._verse or (end - start < 4 and text[start:end] != "\t"):
            return self._verse
        if self._table is None:
            self._table = any(map(_GAP.search, _neighbours(text, self._line))) or _is_row(self._line.of(text))
        return self._table


def _is_row(line: str) -> bool:
    """Whether wide gaps part `line` into three phrases and more: headlines of a box that lost its line ends."""
    cells = _GAP.split(line)
    return len(cells) > 2 and all(len(cell.split()) > 2 for cell in cells)


def _neighbours(text: str, line: Span) -> list[str]:
    """The nearest lines before and behind one that are not blank."""
    found = []
    before, behind = line.start - 1, line.end
    while before >= 0 and text[before].isspace():
        before -= 1
    while behind < len(text) and text[behind].isspace():
        behind += 1
    for at in (before, behind):
        if 0 <= at < len(text):
            found.append(_line_around(text, at, at).of(text))
    return found


def set_by_no_hand(anatomy: Anatomy, match: re.Match[str]) -> float:
    """1.0 for white space between two words, 0.0 between the halves of a verse or the columns of a table."""
    return float(not anatomy.fact(_columns).hold(*match.span("gap")))


def _columns(anatomy: Anatomy) -> _Columns:
    return _Columns(anatomy.text)


_NO_BREAK = invisible.NO_BREAK_SPACES
_NO_BREAK_RUN = compile_re(f"[{_NO_BREAK}][ {_NO_BREAK}]*")
_BETWEEN_DIGITS = compile_re(f"(?<=[0-9٠-٩۰-۹])[{_NO_BREAK}\N{THIN SPACE}](?=[0-9٠-٩۰-۹]{{3}}(?![0-9٠-٩۰-۹]))")


def no_break_space(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """No-break spaces where plain ones belong."""
    text = anatomy.text
    for group in edits_by_line(text, _edits(text)):
        span = Span(group[0].span.start, group[-1].span.end)
        fix = Fix("Replace with plain spaces", Applicability.SAFE, group)
        found = "".join([edit.span.of(text) for edit in group])
        yield rule.report(anatomy, span, fix=fix, count=sum(map(found.count, _NO_BREAK)))


def _edits(text: str) -> Iterator[Edit]:
    last, columns = len(text), _Columns(text)
    for match in _NO_BREAK_RUN.finditer(text):
        start, end = match.span()
        while start and text[start - 1] == " ":
            start -= 1
        if end == last or text[end] in "\r\n\t":
            continue  # `trailing-space` and `white-space-line`
        if start == 0 or text[start - 1] in "\r\n":
            yield Edit(Span(start, end), "")
        elif end - start == 1:
            if not _BETWEEN_DIGITS.match(text, start):
                yield Edit(Span(start, end), " ")
        elif not columns.hold(start, end):
            yield Edit(Span(start, end), " ")
