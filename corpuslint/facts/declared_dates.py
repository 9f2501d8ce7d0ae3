"""The day that metadata declare a document published on, as the document means it.

Declared dates are what programs printed: ISO with any signs between, JavaScript's and pandas' prints, epochs, a day in
the calendar of the outlet's country. Each is read as a date in the text is. Where the same numbers are a day of two
calendars, or of two orders of day and month, what is known of the document decides: its language and outlet, the zone
of the hour, other dates it states. What nothing decides has no value: a wrong day would be published unseen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

import msgspec
from msgspec import structs

from corpuslint.facts.absolute_dates import (
    FIRST_NEWS,
    LAST_NEWS,
    SOLAR_LANGUAGES,
    DateExpression,
    DateKind,
    Reading,
    Trouble,
    iso_day,
    parse_date,
)
from corpuslint.facts.calendars import GREGORIAN, HIJRI, JALALI, fold
from corpuslint.model.document import Document
from corpuslint.text.patterns import compile_re


class Unusable(Enum):
    """Why a declared date has no value."""

    MALFORMED = "no date"
    IMPOSSIBLE = "a day that does not exist"
    PLACEHOLDER = "a placeholder"
    SERIAL = "a day number of a spreadsheet"
    PARTIAL = "no day"
    CALENDAR = "a day of two calendars"
    ORDER = "a day in either order of day and month"
    CONTRADICTS = "a day that its weekday or its other calendar contradicts"
    OUT_OF_TIME = "a year that no page is from"


class DeclaredDate(msgspec.Struct, frozen=True):
    """A declared date: as written, its value in ISO 8601 ("" for none), and why it has none.

    `readings` are the days that it can mean, or seems to mean, where it has no value.
    """

    written: str
    value: str = ""
    unusable: Unusable | None = None
    readings: tuple[Reading, ...] = ()


class Evidence(NamedTuple):
    """What else is known of a document: its language, whether its outlet counts solar years, days it states."""

    language: str = ""
    solar: bool = False
    days: tuple[date, ...] = ()


_NOTHING = Evidence()

STATE = "declared-orders"
"""The name of what is collected of a corpus: the order of day and month that each outlet's declared dates show."""

Orders = dict[str, tuple[int, int, list[tuple[str, str, str, str]]]]
"""By outlet: how many dates show the day first, how many the month, and the documents whose date shows neither: id, the
date as written, and its value with the day and with the month first."""


class OpenDate(msgspec.Struct, frozen=True):
    """A declared date that shows no order, its values with the day and with the month `first`, and the one of them that
    other dates of its outlet speak for ("" for none)."""

    document: str
    written: str
    first: str
    second: str
    value: str


def awaits_outlet(declared: DeclaredDate) -> bool:
    """Whether other dates of the outlet can say which of two days a declared date is."""
    return (
        declared.unusable is Unusable.ORDER
        and len(declared.readings) == 2
        and bool(_STROKES.search(fold(declared.written)))
    )


def collected(state: Orders, document: Document, declared: DeclaredDate | None) -> Orders:
    """The state with what one document's declared date shows; it is the same state."""
    match = _STROKES.search(fold(declared.written)) if declared is not None else None
    if declared is None or match is None:
        return state
    first, second = int(match[1]), int(match[2])
    day_first, month_first, open_dates = state.get(document.site, (0, 0, []))
    if awaits_outlet(declared):
        values = {date.fromisoformat(reading.value).day: reading.value for reading in declared.readings}
        open_dates.append((document.id, declared.written, values[first], values[second]))
    elif declared.value and first != second and int(declared.value[8:10]) in (first, second):
        day_first += int(declared.value[8:10]) == first
        month_first += int(declared.value[8:10]) == second
    else:
        return state
    state[document.site] = (day_first, month_first, open_dates)
    return state


def read_by_outlet(states: Iterable[Orders]) -> Iterator[OpenDate]:
    """Every declared date that shows no order itself."""
    days, months = Counter[str](), Counter[str]()
    for state in states:
        for site, (day_first, month_first, _) in state.items():
            days[site] += day_first
            months[site] += month_first
    for state in states:
        for site, (_, _, open_dates) in state.items():
            decided = bool(days[site]) != bool(months[site])
            for document, written, first, second in open_dates:
                value = (first if days[site] else second) if decided else ""
                yield OpenDate(document, written, first, second, value)


_STROKES = compile_re(r"(?<!\d)(\d{1,2})[ ]?[/-][ ]?(\d{1,2})[ ]?[/-][ ]?\d{4}(?!\d)")


def declared_date(document: Document, language: str, days: Callable[[], Iterable[date]]) -> DeclaredDate | None:
    """The publication date that a document's metadata declare, None where they declare none.

    `days` gives the dates that the text states of itself: a reading that is one of them is meant.
    """
    written = document.declared("published") or document.declared("date")
    if not written:
        return None
    if sound := _sound(written):
        return DeclaredDate(written, sound)
    evidence = Evidence(language, _is_of_solar_outlet(document), _days_beside(document))
    declared = read_declared(written, evidence)
    if len(declared.readings) > 1 and (more := tuple(days())):
        declared = read_declared(written, evidence._replace(days=evidence.days + more))
    return declared


def read_declared(written: str, evidence: Evidence = _NOTHING) -> DeclaredDate:
    """What a declared date means.

    >>> read_declared("1404-04-21 11:30:16+0330").value, read_declared("Tue Aug 08 2023 03:03:00 GMT+0300").value
    ('2025-07-12T11:30:16+03:30', '2023-08-08T03:03:00+03:00')
    >>> [reading.value for reading in read_declared("08/07/2023").readings]
    ['2023-07-08', '2023-08-07']
    """
    plain = _unwrapped(fold(written).strip())
    if serial := _SERIAL.fullmatch(plain):
        day = _EXCEL + timedelta(days=int(serial[1]))
        return DeclaredDate(written, unusable=Unusable.SERIAL, readings=(Reading(day.isoformat(), GREGORIAN),))
    expression = parse_date(_spread(plain), evidence.language)
    if expression.kind is DateKind.MONTH or _YEAR.fullmatch(plain):
        return DeclaredDate(written, unusable=Unusable.PARTIAL)
    if expression.trouble in _BROKEN or not expression.value:
        return DeclaredDate(written, unusable=_BROKEN.get(expression.trouble, Unusable.MALFORMED))
    expression = decided(expression, evidence)
    if expression.others:
        why = Unusable.ORDER if len({one.calendar for one in expression.readings}) == 1 else Unusable.CALENDAR
    elif not _EARLIEST <= int(expression.value[:4]) <= LAST_NEWS:
        why = Unusable.OUT_OF_TIME
    else:
        return DeclaredDate(written, expression.value)
    return DeclaredDate(written, unusable=why, readings=expression.readings)


def decided(expression: DateExpression, evidence: Evidence) -> DateExpression:
    """The expression with the one reading that the evidence speaks for; as it was where it speaks for none, or two."""
    if not expression.others:
        return expression
    readings = expression.readings
    days = {day.toordinal() + off for day in evidence.days for off in range(-_NEAR, _NEAR + 1)}
    near = [one for one in readings if date.fromisoformat(one.value).toordinal() in days]
    if len(near) != 1 and expression.trouble is Trouble.UNDECIDED:
        solar = evidence.solar or expression.value[-6:] in _SOLAR_ZONES
        near = [one for one in readings if one.calendar == (JALALI if solar else "") or _is_recent_hijri(one)]
    if len(near) != 1:
        return expression
    chosen = near[0]
    trouble = Trouble.NONE if expression.trouble is Trouble.UNDECIDED else expression.trouble
    value = chosen.value + expression.value[10:]
    return structs.replace(expression, value=value, calendar=chosen.calendar, others=(), trouble=trouble)


_NEAR = 2
_EARLIEST = 1700
_SOLAR_ZONES = ("+03:30", "+04:30")
_BROKEN: Mapping[Trouble, Unusable] = {
    Trouble.MALFORMED: Unusable.MALFORMED,
    Trouble.DIGITS_REVERSED: Unusable.MALFORMED,
    Trouble.IMPOSSIBLE: Unusable.IMPOSSIBLE,
    Trouble.PLACEHOLDER: Unusable.PLACEHOLDER,
    Trouble.WEEKDAY_CONTRADICTS: Unusable.CONTRADICTS,
    Trouble.CALENDARS_CONTRADICT: Unusable.CONTRADICTS,
}


def _is_recent_hijri(reading: Reading) -> bool:
    return reading.calendar == HIJRI and FIRST_NEWS <= date.fromisoformat(reading.value).year <= LAST_NEWS


_ISO = compile_re(
    r"(?P<day>(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))"
    r"(?:[Tt ](?P<time>(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?)"
    r"[ ]?(?P<zone>[Zz]|[+-](?:0\d|1[0-4]):?[0-5]\d)?)?"
)


_FEED = compile_re(
    r"(?P<weekday>[MTWFS][a-z]{2}), (?P<day>\d\d?) (?P<month>[JFMASOND][a-z]{2}) (?P<year>199[1-9]|20[0-2]\d) "
    r"(?P<time>\d\d:\d\d:\d\d) (?:GMT|(?P<zone>[+-]\d{4}))"
)
_WEEKDAYS, _MONTHS = "MonTueWedThuFriSatSun", "JanFebMarAprMayJunJulAugSepOctNovDec"


@lru_cache(maxsize=4096)  # a corpus holds few days
def _sound(written: str) -> str:
    """A date of our time in ISO's form or that of feeds, in canonical form; "" for all that needs a closer look."""
    if feed := _FEED.fullmatch(written):
        month = _MONTHS.find(feed["month"]) // 3 + 1
        on = iso_day(f"{feed['year']}-{month:02d}-{feed['day']:0>2}")
        if on is None or _WEEKDAYS.find(feed["weekday"]) != 3 * on.weekday():
            return ""
        written = f"{on}T{feed['time']}{feed['zone'] or 'Z'}"
    iso = _ISO.fullmatch(written)
    if iso is None or iso_day(iso["day"]) is None or int(iso["day"][:4]) <= FIRST_NEWS:
        return ""
    day, time, zone = iso["day"], iso["time"], (iso["zone"] or "").upper().replace(":", "")
    if not time:
        return day
    time = time.rstrip("0").rstrip(".") if "." in time else time
    return f"{day}T{time}{zone[:3]}:{zone[3:]}" if len(zone) > 1 else f"{day}T{time}{zone}"


_WRAPPED = compile_re(
    r"(?:(?:pd\.)?timestamp|(?:np\.|numpy\.)?datetime64)\([\"']?([^\"']+)[\"']?.*\)|\\?/date\((\d+)(?:[+-]\d{4})?\)\\?/"
)


def _unwrapped(plain: str) -> str:
    """What stands inside the print of a program: `Timestamp('2023-08-08 03:03:00')`, `/Date(1691452980000)/`."""
    match = _WRAPPED.fullmatch(plain)
    return match[match.lastindex or 0].strip() if match else plain.strip("\"'")


_SERIAL = compile_re(r"([2-6]\d{4})(?:\.\d+)?")
_EXCEL = date(1899, 12, 30)
_YEAR = compile_re(r"\d{4}(?:[/-]\d{1,2})?")


_COMPACT = compile_re(r"((?:19|20)\d\d)(\d\d)(\d\d)[t _]?(\d\d)(\d\d)(\d\d)?(z?)")
_YEAR_LED = compile_re(r"(\d{4})([_: ])(\d{1,2})\2(\d{1,2})(?!\d)(?:[_ t](?=\d))?")


def _spread(plain: str) -> str:
    """The date with the signs that the grammar knows: `20230808030300`, `2023:08:08 03:03:00`, `2023_08_08`."""
    if match := _COMPACT.fullmatch(plain):
        year, month, day, hour, minute, second, zone = match.groups()
        return f"{year}-{month}-{day} {hour}:{minute}{f':{second}' if second else ''}{zone}"
    if match := _YEAR_LED.match(plain):
        return f"{match[1]}-{match[3]}-{match[4]} {plain[match.end() :]}".strip()
    return plain


_URL_DAY = compile_re(r"/((?:1[34]|19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-])")


def _days_beside(document: Document) -> tuple[date, ...]:
    """Days that other metadata name in a way that leaves no doubt: `updated`, and the path of the address."""
    days = []
    for key in ("updated", "modified"):
        if sound := _sound(document.declared(key)):
            days.append(date.fromisoformat(sound[:10]))
    match = _URL_DAY.search(document.declared("url") + "/")
    if match and match[1].startswith(("19", "20")):
        with suppress(ValueError):
            days.append(date(int(match[1]), int(match[2]), int(match[3])))
    return tuple(days)


_SOLAR_HOST = compile_re(r"https?://[^/]+\.(?:ir|af)(?=[/:]|$)")


def _is_of_solar_outlet(document: Document) -> bool:
    """Whether the outlet counts solar years, by the country of its address or of the declared language."""
    tag = document.declared("language").lower().replace("_", "-")
    return (
        bool(_SOLAR_HOST.match(document.declared("url")))
        or tag.split("-")[0] in SOLAR_LANGUAGES
        or tag.endswith(("-ir", "-af"))
    )
