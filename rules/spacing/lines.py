"""Blank lines, line ends, and white space at the end of a line."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpuslint import Anatomy, Applicability, DeclarativeRule, Diagnostic, Edit, Fix, Span, invisible, wrapped_runs

_BLANKS = invisible.BLANKS
_NEWLINES = "\r\n"
_UNSEEN = invisible.UNSEEN


def _newline(text: str) -> str:
    at = text.find("\n")
    if at < 0:
        return "\r" if "\r" in text else "\n"
    return "\r\n" if at and text[at - 1] == "\r" else "\n"


def missing_final_newline(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A file whose last line has no line end."""
    text = anatomy.text
    if text and text[-1] not in _NEWLINES and not anatomy.document.origin.is_record:
        end = Span(len(text), len(text))
        fix = Fix.replace("Add a line end", end, _newline(text))
        yield rule.report(anatomy, end, fix=fix)


def blank_line_run(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """Two or more blank lines between two lines of text."""
    text, lines = anatomy.text, anatomy.lines
    filled = [number for number, line in enumerate(lines) if line.text]
    for place, (above, below) in enumerate(pairwise(filled)):
        blank = lines[above + 1 : below]
        if len(blank) < 2:
            continue
        span = Span(blank[0].span.start, blank[-1].full.end)
        if _has_other(span.of(text)):
            continue
        if _follow_closely(filled, place):
            edit = Edit(span, "")
        elif not len(blank[0].span.of(text)):
            edit = Edit(Span(blank[1].span.start, span.end), "")
        else:
            edit = Edit(span, _newline(text))
        fix = Fix("Leave what other paragraphs have between them", Applicability.SAFE, (edit,))
        yield rule.report(anatomy, span, fix=fix, count=len(blank))


_REACH = 4
"""Paragraph breaks on each side that show how this part of the text is set."""


def _follow_closely(filled: Sequence[int], place: int) -> bool:
    """Whether the lines around break number `place` all follow each other without a blank line."""
    above = range(max(0, place - _REACH), place)
    below = range(place + 1, min(place + 1 + _REACH, len(filled) - 1))
    if not above or not below or len(above) + len(below) < 3:
        return False
    return all(filled[number + 1] == filled[number] + 1 for number in (*above, *below))


def trailing_space(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """White space at the end of lines of text."""
    text = anatomy.text
    group: list[Edit] = []
    start, last = 0, len(text)
    while start < last:
        end = text.find("\n", start)
        stop = end if end >= 0 else last
        while stop > start and text[stop - 1] == "\r":
            stop -= 1
        if stop > start and text[stop - 1] in _BLANKS:
            tail = start + len(text[start:stop].rstrip(_BLANKS))
            if tail > start and text[tail - 1] != "\r":
                group.append(Edit(Span(tail, stop), ""))
        elif group and stop > start:
            yield _report(rule, anatomy, group)
            group = []
        start = end + 1 if end >= 0 else last
    if group:
        yield _report(rule, anatomy, group)


def _report(rule: DeclarativeRule, anatomy: Anatomy, group: Sequence[Edit]) -> Diagnostic:
    span = Span(group[0].span.start, group[-1].span.end)
    fix = Fix("Delete the white space", Applicability.SAFE, tuple(group))
    return rule.report(anatomy, span, fix=fix, count=len(group))


def _has_other(content: str) -> bool:
    """Whether blank lines hold anything that this pack does not remove, such as a ZWNJ or an embedding."""
    return bool(content.strip(_UNSEEN + _NEWLINES))


def line_broken_in_sentence(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """Lines that were broken in mid-sentence."""
    for run in wrapped_runs(anatomy.lines):
        edits = tuple(Edit(Span(left.body.end, right.body.start), " ") for left, right in pairwise(run))
        fix = rule.fix(edits, "Join the lines")
        span = Span(run[0].body.start, run[-1].body.end)
        yield rule.report(anatomy, span, fix=fix, confidence=0.9, count=len(run) - 1)
