"""The date solver: every date expression of a text, what a date string means, and relative dates resolved.

This is the door; the grammars live in `absolute_dates` and `relative_dates`, names and calendars in `calendars`.
"""

from __future__ import annotations

from msgspec import structs

from corpuslint.facts.absolute_dates import DateExpression, DateKind, iso_day, parse_date, read_absolute
from corpuslint.facts.calendars import fold
from corpuslint.facts.relative_dates import find_relative, place_yearless, resolve
from corpuslint.text.positions import Span

__all__ = ["DateExpression", "find_dates", "find_dates_within", "iso_day", "parse_date", "resolve"]


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
    merged: list[DateExpression] = []
    relative = iter(find_relative(folded, language))
    following = next(relative, None)
    for expression in _absolute(folded, language):
        while following is not None and following.span.start < expression.span.end:
            if following.span.end <= expression.span.start:
                merged.append(following)
            following = next(relative, None)
        merged.append(expression)
    if following is not None:
        merged.append(following)
        merged.extend(relative)
    return tuple(merged)
