"""The date solver: every date expression of a text, and what a date string means.

This is the door; the grammars live in `absolute_dates` and `relative_dates`, names and calendars in `calendars`.
"""

from __future__ import annotations

from msgspec import structs

from corpuslint.facts.absolute_dates import DateExpression, DateKind, iso_day, parse_date, read_absolute
from corpuslint.facts.calendars import fold
from corpuslint.facts.protected import touches
from corpuslint.facts.relative_dates import find_relative, place_yearless
from corpuslint.text.positions import Span

__all__ = ["DateExpression", "find_dates", "find_dates_within", "iso_day", "parse_date"]


def find_dates_within(text: str, part: Span, language: str = "") -> tuple[DateExpression, ...]:
    """The dates of one part of `text` that name a month or a day of a month, with their places in the whole."""
    return tuple(
        structs.replace(one, span=Span(one.span.start + part.start, one.span.end + part.start))
        for one in _absolute(fold(part.of(text)), language)
    )


def _absolute(folded: str, language: str) -> list[DateExpression]:
    found = []
    for expression in read_absolute(folded, language):
        placed = place_yearless(expression, folded) if expression.kind == DateKind.YEARLESS else expression
        if placed.kind != DateKind.NONE or placed.trouble:
            found.append(placed)
    return found


def find_dates(text: str, language: str = "") -> tuple[DateExpression, ...]:
    """Every date expression of running `text` in order, absolute and relative ones, none overlapping another.

    >>> [one.span.of("غادر أمس، بعد 20 مايو 2012") for one in find_dates("غادر أمس، بعد 20 مايو 2012", "ar")]
    ['أمس', '20 مايو 2012']
    """
    folded = fold(text)
    absolute = _absolute(folded, language)
    taken = [one.span for one in absolute]
    relative = (one for one in find_relative(folded, language) if not touches(taken, *one.span))
    return tuple(sorted((*absolute, *relative), key=lambda one: one.span))
