"""Text whose lines were broken in mid-sentence, as mail programs, terminals and PDF readers break it.

Such a line looks like a headline or a button: short, without a full stop. It is told by its company: lines of about one
width follow each other without a blank one between, and the last of them ends a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from corpuslint.facts.layout import Line
from corpuslint.facts.page import Page
from corpuslint.text.patterns import compile_re

_NARROWEST: Final = 45
_WIDEST: Final = 140
_ALIKE: Final = 0.6
"""The narrowest of the broken lines is at least this share of the widest: words do not break, so edges are ragged."""

_PROSE: Final = 80
_EVEN: Final = 0.8

_ENDS: Final = compile_re(r"[.!?؟۔…:؛][\s»”\"')\]]*$")
_STOPS: Final = compile_re(r"[.!?؟۔][\s»”\"')\]]*$")
_INNER_STOP: Final = compile_re(r"[.!?؟۔]\s+\w")
_BEGINS: Final = compile_re(r"[^\W\d_]|[«“\"(،]")


def wrapped_lines(anatomy: Page) -> frozenset[int]:
    """The numbers of the lines that were broken in mid-sentence, and of those that go on with them."""
    return frozenset(line.number for run in wrapped_runs(anatomy.lines) for line in run)


def wrapped_runs(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Lines that belong together: each but the last is broken."""
    start = 0
    while start < len(lines):
        end = start
        while end + 1 < len(lines) and _is_broken(lines[end], lines[end + 1]):
            end += 1
        run = lines[start : end + 1]
        if len(run) > 2 and _is_one_text(run):
            yield run
        start = end + 1


def _is_broken(line: Line, following: Line) -> bool:
    return (
        _NARROWEST <= len(line.text) <= _WIDEST
        and not _ENDS.search(line.text)
        and bool(_BEGINS.match(following.text))
        and len(following.text) <= _WIDEST
    )


def _is_one_text(run: Sequence[Line]) -> bool:
    widths = [len(line.text) for line in run[:-1]]
    if min(widths) < _ALIKE * max(widths) or len(run[-1].text) > 1.1 * max(widths) or not _STOPS.search(run[-1].text):
        return False
    if any(_INNER_STOP.search(line.text) for line in run[:-1]):
        return True
    # Headlines and verses hold no stop either, and are shorter than lines of prose, or more ragged.
    return len(run) > 3 and max(widths) >= _PROSE and min(widths) >= _EVEN * max(widths)
