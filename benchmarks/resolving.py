"""Relative dates as days: what "yesterday" and "last month" come to in a story of a known day.

The linter only says where such an expression has nothing to be resolved by; measures of the date solver resolve them.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from corpuslint.facts.absolute_dates import DateExpression, DateKind, iso_day
from corpuslint.facts.calendars import GREGORIAN, HIJRI, JALALI, interval, to_gregorian


def resolve(expression: DateExpression, published: str, language: str = "") -> str:
    """The value of `expression` in a story published on the ISO day `published`, "" where it cannot be told.

    A day is `2023-10-19`, a month `2023-09`, a year `2022`, a week `2023-W41`; months and years of the solar calendar
    are ISO intervals.
    """
    if expression.value:
        return expression.value
    today = iso_day(published)
    if today is None:
        return ""
    if expression.kind == DateKind.WEEKDAY:
        return _resolve_weekday(expression, today)
    if expression.kind == DateKind.YEARLESS:
        return _resolve_yearless(expression, today)
    if expression.kind == DateKind.RELATIVE:
        calendar = JALALI if language.split("-")[0] == "fa" else GREGORIAN
        return _resolve_offset(expression, today, calendar)
    return ""


def _resolve_weekday(expression: DateExpression, today: date) -> str:
    if expression.unit == "day":
        named = today + timedelta(days=expression.offset)
        # Published after midnight, "yesterday, Thursday" may be a day off: the weekday is the firmer word.
        for shift in (0, -1, 1):
            candidate = named + timedelta(days=shift)
            if candidate.weekday() == expression.weekday:
                return candidate.isoformat()
        return ""
    back = (today.weekday() - expression.weekday) % 7
    if expression.offset > 0:
        return (today + timedelta(days=(7 - back) if back else 7)).isoformat()
    if expression.offset < 0 and back == 0:
        back = 7
    return (today - timedelta(days=back)).isoformat()


def _resolve_offset(expression: DateExpression, today: date, calendar: str) -> str:
    unit, offset = expression.unit, expression.offset
    if unit in ("hour", "minute"):
        return today.isoformat() if unit == "minute" else ""
    if unit == "day":
        return (today + timedelta(days=offset)).isoformat()
    if unit == "week":
        week = (today + timedelta(weeks=offset)).isocalendar()
        return f"{week.year:04d}-W{week.week:02d}"
    year, month, _ = from_gregorian(calendar, today)
    if unit == "year":
        if calendar == GREGORIAN:
            return f"{year + offset:04d}"
        return interval(calendar, year + offset, 1, 12)
    index = year * 12 + month - 1 + offset
    year, month = index // 12, index % 12 + 1
    if expression.day:
        day = to_gregorian(calendar, year, month, expression.day)
        return day.isoformat() if day else ""
    return f"{year:04d}-{month:02d}" if calendar == GREGORIAN else interval(calendar, year, month, month)


def _resolve_yearless(expression: DateExpression, today: date) -> str:
    year, month, _ = from_gregorian(expression.calendar, today)
    if not year:
        return ""
    if expression.unit == "year":
        return _in_year(expression, year + expression.offset)
    candidates = [(year + shift, _first_day(expression, year + shift)) for shift in (-1, 0, 1)]
    known = [(there, day) for there, day in candidates if day is not None]
    if expression.unit == "month" and expression.offset < 0:
        known = [
            (there, day) for there, day in known if day < today and (there, expression.month) != (year, month)
        ] or [(there, day) for there, day in known if day < today]
        known = known[-1:]
    elif expression.unit == "month" and expression.offset > 0:
        known = [(there, day) for there, day in known if day > today][:1]
    if not known:
        return ""
    there, _ = min(known, key=lambda pair: abs((pair[1] - today).days))
    return _in_year(expression, there)


def _first_day(expression: DateExpression, year: int) -> date | None:
    return to_gregorian(expression.calendar, year, expression.month, expression.day or 1)


def _in_year(expression: DateExpression, year: int) -> str:
    if expression.day:
        day = to_gregorian(expression.calendar, year, expression.month, expression.day)
        return day.isoformat() if day else ""
    if expression.calendar == GREGORIAN:
        return f"{year:04d}-{expression.month:02d}"
    return interval(expression.calendar, year, expression.month, expression.month)


def from_gregorian(calendar: str, day: date) -> tuple[int, int, int]:
    """Year, month and day of a Gregorian `day` in `calendar`; (0, 0, 0) outside its tables."""
    try:
        if calendar == JALALI:
            from persiantools.jdatetime import JalaliDate

            solar: Any = JalaliDate
            there = solar.to_jalali(day.year, day.month, day.day)
            return int(there.year), int(there.month), int(there.day)
        if calendar == HIJRI:
            from hijridate import Gregorian

            hijri = Gregorian(day.year, day.month, day.day).to_hijri()
            return int(hijri.year), int(hijri.month), int(hijri.day)
    except (ValueError, OverflowError):
        return 0, 0, 0
    return day.year, day.month, day.day
