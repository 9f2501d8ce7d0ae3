"""Dates in news text: where they stand, what day they mean, and what is wrong with them.

In running text the reader is shy: versions, scores, prices and ranges are no dates. A string that is meant to be a
date, such as a metadata value or what stands behind "published:", is read boldly: two-digit years count, and what
cannot be read is malformed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, Protocol

import msgspec
from msgspec import structs

from corpuslint.facts.calendars import (
    ARABIC_SCRIPT_MONTH,
    GREGORIAN,
    HIJRI,
    JALALI,
    LATIN_MONTH,
    LATIN_WEEKDAY,
    MONTH_NAMES,
    ORDINAL,
    ORDINAL_DAYS,
    PRINTED_MONTH,
    WEEKDAY,
    WEEKDAYS,
    alternation,
    exists,
    fold,
    interval,
    longest_month,
    month_of,
    squeeze,
    to_gregorian,
)
from corpuslint.languages import LANGUAGES
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span
from corpuslint.words.openings import Openings, matches_at


class DateKind(StrEnum):
    """What an expression names."""

    ABSOLUTE = "absolute"  # a full date
    MONTH = "month"  # month and year
    YEARLESS = "yearless"  # month, perhaps a day, no year
    WEEKDAY = "weekday"
    RELATIVE = "relative"
    VAGUE = "vague"  # depends on the day of writing but names no day: "in recent weeks"
    NONE = "none"


class Trouble(StrEnum):
    """What is wrong with a date; the empty one is false."""

    NONE = ""
    MALFORMED = "malformed"
    IMPOSSIBLE = "impossible"
    PLACEHOLDER = "placeholder"
    WEEKDAY_CONTRADICTS = "weekday-contradicts"
    DIGITS_REVERSED = "digits-reversed"
    CALENDARS_CONTRADICT = "calendars-contradict"
    UNDECIDED = "undecided"


class Reading(msgspec.Struct, frozen=True):
    """A day that a date string can mean, and the calendar it is written in then."""

    value: str
    calendar: str


class DateExpression(msgspec.Struct, frozen=True):
    """A date as it is written.

    `value` is ISO 8601 in the Gregorian calendar, "" where it is not known without the day of publication.
    `others` are the days that the same numbers mean in another order or calendar; where nothing decides between them
    and `value`, the trouble is `UNDECIDED`. `weekday` counts from Monday = 0, -1 where none is written. `unit` and
    `offset` say how far a relative expression points: ("day", -1) is yesterday. `named` says that the month is a name,
    not a number. `month` and `day` are as written, in the expression's own calendar.
    """

    span: Span
    kind: DateKind
    value: str = ""
    calendar: str = GREGORIAN
    weekday: int = -1
    trouble: Trouble = Trouble.NONE
    latin: bool = False
    named: bool = False
    unit: str = ""
    offset: int = 0
    month: int = 0
    day: int = 0
    others: tuple[Reading, ...] = ()

    @property
    def relative(self) -> bool:
        """Whether the expression needs the day of publication."""
        return self.kind in (DateKind.YEARLESS, DateKind.WEEKDAY, DateKind.RELATIVE, DateKind.VAGUE)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Every day that the numbers can mean."""
        return (Reading(self.value[:10], self.calendar), *self.others)

    @property
    def date(self) -> date | None:
        """The day that `value` names, None where it names none."""
        return iso_day(self.value)


def iso_day(value: str) -> date | None:
    """The day of an ISO 8601 date or date-time, None for anything else.

    >>> iso_day("2023-10-20T14:30+03:00"), iso_day("2023-10")
    (datetime.date(2023, 10, 20), None)
    """
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


_L = r"[^\W\d_]"  # a letter of any script

# The name of a month with what may hang on it: Persian "ماه", the ezafe of Sorani and Urdu.
_MONTH_END = rf"(?:[ ]?ماه)?\N{{ARABIC HAMZA ABOVE}}?(?:ي(?!{_L}))?(?!{_L})(?!(?<=\d)\d)"
_MONTH = rf"(?:{ARABIC_SCRIPT_MONTH}|{LATIN_MONTH}\.?){_MONTH_END}"
_NAMED = rf"(?P<month>{_MONTH})(?:(?:[ ]?(?:(?P<open>\()|[/|\-])[ ]?|[ ])(?P<twin>{_MONTH})(?(open)[ ]?\)))?"
_ERA = (
    r"[ ]{0,2}\(?(?P<era>"
    rf"هجري[ه]?[ ]?شمسي|هجري[ه]?[ ]?قمري|هجريه|هجري(?!{_L})|خورشيدي|شمسي|قمري"  # written out
    rf"|ه[\N{{ARABIC TATWEEL}}]{{0,3}}[ ]?\.?[ ]?[شق](?!{_L})"  # ه.ش, هـ ش, ه.ق
    rf"|ه[\N{{ARABIC TATWEEL}}]{{0,3}}(?!{_L})"  # هـ, ه
    r"|هيجرييه|(?:ap|ah)(?!\w)"  # CLDR's
    rf"|ميلاديه|ميلادي|م(?!{_L})|ء(?!{_L})|عيسوي|زاييني|ز(?!{_L})|[شق](?!{_L})"
    r")\)?"
)
# A year after a month: four digits, or two where nothing else can follow.
_YEAR = (
    r"[ ]{0,3}(?:[,،./\-][ ]{0,3})?(?:(?:من[ ])?(?:ال)?(?:عام|سنه|سال|ساله|لعام|لسنه|سالي|ساڵي)[ ]{1,2})?"
    r"(?P<year>'?\d{4}(?!\d)|'?\d{2}(?![\d:.,٫%/\-]))"
)
_BETWEEN = rf"[ ]{{0,3}}(?:[,،.\-/_][ ]{{0,3}})?(?:(?:من[ ]{{1,2}})?(?:شهر|لشهر|ماه|من|ي|of)(?!{_L})[ ]{{0,3}})?"
_DAY_LED = compile_re(
    rf"(?P<day>[0-9]{{1,2}})(?!\d)(?:[ ]?(?:st|nd|rd|th|er|ام|م|ين)(?!{_L}))?[\N{{ARABIC TATWEEL}}]{{0,2}}"
    rf"{_BETWEEN}{_NAMED}(?:{_YEAR}(?:{_ERA})?)?"
)
_MONTH_LED = compile_re(
    rf"(?<!{_L})(?:[وف]?[بل]?){_NAMED}"
    rf"(?:[ ]{{1,3}}(?P<day>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?[ ]{{0,2}}[,،]?)?(?:{_YEAR}(?:{_ERA})?)?"
)
_DAY_BEFORE = compile_re(r"(?<!\d)[0-9]{1,2}(?!\d)[^0-9]{0,32}$")
# "2023 October 20", Pashto "د 2023 (کال) د October 20", Uyghur "2023 20-October"
_YEAR_LED = compile_re(
    rf"(?:(?<!{_L})د[ ])?(?P<year>\d{{4}})(?:[ ]كال)?[ ]?[\-/،,]?[ ]?(?:د[ ])?{_NAMED}(?:[ ]د)?[ ]?[\-/،,]?[ ]?"
    rf"(?P<day>\d{{1,2}})(?!\d)(?:مه(?!{_L}))?(?P<era>)"
)
_YEAR_AND_DAY_LED = compile_re(
    rf"(?P<year>\d{{4}})(?:[ ]?-?[ ]?ي[ي]?ل[ي]?)?[ ،,]{{1,2}}(?P<day>\d{{1,2}})[ ]?-[ ]?{_NAMED}(?P<era>)"
)
# The same with the names that only CLDR has: "15 Dey 1401", "Dey 15, 1401 AP", "AP 1401 Dey 15"
_PRINTED = rf"(?P<month>{PRINTED_MONTH}{_MONTH_END})(?P<twin>)"
_PRINTED_DATES = (
    compile_re(rf"(?P<year>\d{{4}})[ ]?[،,]?[ ](?:د[ ])?{_PRINTED}[ ]?[،,]?[ ](?P<day>\d{{1,2}})(?!\d)(?P<era>)"),
    compile_re(rf"(?P<year>\d{{4}})[ ،,]{{1,2}}(?P<day>\d{{1,2}})[ ]?-[ ]?{_PRINTED}(?P<era>)"),
    compile_re(rf"(?P<day>\d{{1,2}})(?!\d)(?:ي(?!{_L}))?[ ،,\-]{{0,3}}{_PRINTED}{_YEAR}(?:{_ERA})?"),
    compile_re(rf"{_PRINTED}[ ](?P<day>\d{{1,2}})(?!\d)[ ،,]{{0,2}}{_YEAR}(?:{_ERA})?"),
)
_NUMERIC = compile_re(
    r"(?P<a>[0-9]{1,4})[ ]{0,2}(?P<sep>[/\-.\\])[ ]{0,2}(?P<b>\d{1,2})[ ]{0,2}(?P=sep)[ ]{0,2}(?P<c>\d{1,4})(?!\d)"
    rf"(?:{_ERA})?"
)
MONTHS_LED, NUMBERS = (
    (Openings("months", MONTH_NAMES, joined="وفبل"), _MONTH_LED),
    (Openings("numbers", [f"0 {sign} 0" for sign in "/-.\\"]), _NUMERIC),
)
"""What dates begin with that are led by a month or are numbers alone, and the patterns that read them."""
_UYGHUR = compile_re(
    r"(?P<year>\d{4})[ ]?-?[ ]?يىل[ىي]?[ ]{1,2}(?P<month>\d{1,2})[ ]?-?[ ]?ئاينىڭ[ ]{1,2}(?P<day>\d{1,2})".replace(
        "ى", "ي"
    )
)
_UYGHUR_MONTH = fold("ئاينىڭ")
_COMPACT = compile_re(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)")

_ZONES = [
    (name, offset)
    for language in LANGUAGES.values()
    for offset, names in language.zones.items()
    for name in names.split("|")
]
_ZONE_OF = {squeeze(fold(name)): offset for name, offset in _ZONES if offset != "local"}
_LATIN_ZONE = alternation(name for name, _ in _ZONES if name.isascii())
_PLACE = alternation(name for name, _ in _ZONES if not name.isascii())
_ZONE = (
    r"(?:\(?(?:(?:(?P<utc>gmt|utc)[ ]?)?(?P<offset>(?(utc)[+\-]|(?(second)[+\-]|\+))[ ]?(?:0\d|1[0-4]):?[0-5]\d(?!\d))"
    rf"|(?P<zone>{_LATIN_ZONE})(?!\w)"
    rf"|(?:ب|حسب[ ]|به[ ])?(?:ال)?(?:توقيت|وقت)[ ](?P<place>{_PLACE})(?!{_L}))"
    r"\)?(?:[ ]?\([a-z ]{3,40}\))?)"
)
_FORENOON = r"صباحا|فجرا|قبل[ ]الظهر|ق\.ظ|صبح|بهياني|a\.?m\.?|ص"
_AFTERNOON = r"مساء|ظهرا|عصرا|ليلا|بعد[ ]الظهر|ب\.ظ|p\.?m\.?|م"
_CLOCK = (
    r"(?P<hour>\d{1,2})[:h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?(?!\d)"
    rf"(?:[ :]{{0,2}}(?:(?P<am>{_FORENOON})|(?P<pm>{_AFTERNOON}))(?!{_L})[ًا]?)?(?:[ ]{{0,2}}[,،\-|]?[ ]?{_ZONE})?"
)
_TIME_AFTER = compile_re(
    rf"(?:[ ]{{0,3}}(?:(?:[,،\-|(@]|(?<=[ ])/|\(اخر تحديث\))[ ]{{0,3}})?"
    r"(?:t|(?:(?:علي|في)[ ]?)?(?:تمام[ ])?(?:ال)?ساعه|ساعت|بوقت|عند|at|à|في|كو)?"
    rf"[ ]{{0,3}}:?[ ]?{_CLOCK}\)?"
    rf"|[ ,،]{{1,3}}(?:gmt|utc)(?!\w))"
)
_TIME_SPOKEN = compile_re(
    r"[ ]{0,3}(?:[,،\-|][ ]{0,3})?(?:(?:علي|في)[ ])?(?:تمام[ ])?(?:(?:ال)?ساعه|ساعت|كاتژمێر|سهعات)[ ]{0,2}:?[ ]?"
    r"(?P<hour>\d{1,2})(?![\d:])(?:[ ]و[ ]?(?P<minute>\d{1,2})(?:[ ]?دقيق(?:ه|تان|تين|ائق))?)?"
    rf"(?:[ ]{{0,2}}(?:(?P<am>{_FORENOON})|(?P<pm>{_AFTERNOON}))(?!{_L})[ًا]?)?(?P<second>)(?:[ ]{{0,2}}{_ZONE})?"
)
_AMERICAN_CLOCK = compile_re(r"\d[ ]{0,2}[ap]\.?m(?![a-z])")  # programs that print it set the month first, or not
_TIME_BEFORE = compile_re(rf"{_CLOCK}[ ]{{0,3}}[,،\-|]?[ ]{{0,3}}$")
_BROKEN_TIME = compile_re(r"t?\d{5,}")
_WEEKDAY_BEFORE = compile_re(
    rf"(?<!{_L})(?:[وف]?[بل]?)?(?P<weekday>{WEEKDAY}|{LATIN_WEEKDAY}\.?)(?!{_L})[ ]{{0,3}}"
    r"(?:[,،:(\-]|/(?=[ ]))?[ ]{0,3}"
    r"(?:(?:ال)?(?:موافق|مصادف|موافقه)[ ]{0,2}[:,،]?[ ]{0,2})?"
    r"(?:(?:ليوم|يوم|في|ل|ب|بتاريخ|مورخ|مورخه|تاريخ|كي)[ ]{0,2}:?[ ]{0,2})?"
    r"[(]?[ ]{0,2}$"
)
_WEEKDAY_AFTER = compile_re(
    rf"(?:[ ]?[,،\-][ ]?|[ ])(?P<weekday>{WEEKDAY}|{LATIN_WEEKDAY})(?!{_L})(?![ ]?\d(?!\d?:\d))"
)
_ORDINAL_BEFORE = compile_re(
    rf"(?<!{_L})[وف]?[بل]?(?P<ordinal>{ORDINAL})[ ]{{1,3}}(?:من[ ]{{1,3}})?(?:شهر[ ]{{1,3}}|ماه[ ]{{1,3}})?$"
)
_WORDS = frozenset(fold(name) for language in LANGUAGES.values() for name in language.everyday_months)
# Numbers that go on where the date should end: what was read is a part of something else.
_RUNS_ON = compile_re(r"[ ]{0,2}[\-/.:t]?[ ]{0,2}\d{1,3}[\-/.]|[\-/.:t]\d|\d")
_RUNS_ON_BEFORE = compile_re(r"(?:[\-/.:]|\d)$")
_EPOCH = compile_re(r"(?P<seconds>\d{10})(?:\d{3}|\d{6}|\d{9})?(?:\.\d+)?")
_LETTERS = compile_re(f"{_L}{{2}}")
_DIGIT = compile_re(r"\d")
_PLACEHOLDERS = (
    *("0001-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "1904-01-01", "1970-01-01", "1980-01-01", "9999-12-31"),
    *("1901-12-13", "1901-12-14"),  # the first second that 32 bits count, in London and in Tehran
)
SOLAR_LANGUAGES = ("fa", "ps", "ckb")


def parse_date(text: str, language: str = "") -> DateExpression:
    """The date that `text` is meant to be: `month` and `day` are as written, in its own calendar.

    Where no date can be read from it, the kind is `NONE` and the trouble `MALFORMED`.

    >>> parse_date("20th, October 2023 GMT").value, parse_date("١٤٤٥/٠٤/٠٥ هـ", "ar").value
    ('2023-10-20', '2023-10-20')
    """
    unread = DateExpression(Span(0, len(text)), DateKind.NONE, trouble=Trouble.MALFORMED)
    if len(text) > 200:
        return unread
    folded = fold(text)
    if epoch := _EPOCH.fullmatch(folded):
        moment = datetime.fromtimestamp(int(epoch["seconds"]), UTC)
        if FIRST_NEWS <= moment.year <= LAST_NEWS:
            return DateExpression(unread.span, DateKind.ABSOLUTE, moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
    found = read_absolute(folded, language, bold=True)
    if not found:
        return unread
    full = [expression for expression in found if expression.kind == "absolute"] or found
    best = next((one for one in full if one.calendar == GREGORIAN and one.value), full[0])
    if (
        len(found) == 1
        and not best.trouble
        and (_RUNS_ON_BEFORE.search(folded, 0, best.span.start) or _RUNS_ON.match(folded, best.span.end))
    ):
        return structs.replace(best, trouble=Trouble.MALFORMED)
    if best.value[:10] in _PLACEHOLDERS:
        return structs.replace(best, trouble=Trouble.PLACEHOLDER)
    return best


def read_absolute(folded: str, language: str, *, bold: bool = False) -> list[DateExpression]:
    """The dates of a folded text that name a month or a day of a month, in order, none overlapping.

    One day in two or three calendars ("17 ربيع الأول 1445 هـ الموافق 3 أكتوبر 2023 م") is one date.
    """
    found: list[DateExpression] = []
    for written in _starts(folded, language.split("-")[0], bold=bold):
        end = found[-1].span.end if found else 0
        if written.start >= end:
            one = _complete(written, folded, end, bold=bold)
            both = _one_day(found.pop(), one, folded, bold=bold) if found else (one,)
            found += both
    return found


_MOON = 3  # days that a calendar of sighted months may be off
_JOINED = compile_re(
    r"[ه\W]{0,8}(?P<word>هجري[هة]?|الموافق|يوافق|موافق|المصادف|برابر[ ]با|برابر|مطابق|بمطابق|ل)?\W{0,4}"
    "(?:ل\N{ARABIC TATWEEL}?[ ])?"
)


def _one_day(first: DateExpression, second: DateExpression, folded: str, *, bold: bool) -> tuple[DateExpression, ...]:
    """Two dates of different calendars as one, where they stand for one day."""
    both = first, second
    if {first.kind, second.kind} != {DateKind.ABSOLUTE} or first.calendar == second.calendar:
        return both
    joined = _JOINED.fullmatch(folded, first.span.end, second.span.start)
    if joined is None or first.date is None or second.date is None:
        return both
    near = abs((first.date - second.date).days) <= _MOON
    if not near and not bold and not joined["word"]:
        return both  # in a text, a span of time
    # The Gregorian day needs no conversion, and the solar one no sighting.
    chosen, other = (first, second) if _RANK[first.calendar] < _RANK[second.calendar] else (second, first)
    weekday = first.weekday if first.weekday >= 0 else second.weekday
    trouble = chosen.trouble or (other.trouble if other.trouble is Trouble.IMPOSSIBLE else Trouble.NONE)
    day = chosen.date
    if not near:
        trouble = Trouble.CALENDARS_CONTRADICT
    elif day is not None and weekday >= 0 and not _falls_on(chosen.calendar, day, weekday):
        trouble = Trouble.WEEKDAY_CONTRADICTS
    elif trouble in (Trouble.UNDECIDED, Trouble.WEEKDAY_CONTRADICTS):
        trouble = Trouble.NONE
    value = chosen.value if len(chosen.value) > 10 else chosen.value + other.value[10:]
    span = Span(first.span.start, second.span.end)
    return (structs.replace(chosen, span=span, value=value, weekday=weekday, trouble=trouble, others=()),)


_RANK = {GREGORIAN: 0, JALALI: 1, HIJRI: 2}


class _Day(NamedTuple):
    calendar: str = GREGORIAN
    year: int = 0
    month: int = 0
    day: int = 0


class _Written(NamedTuple):
    """A date as it stands, what it means, and what else its numbers can mean."""

    start: int
    end: int
    on: _Day = _Day()
    latin: bool = False
    named: bool = False
    trouble: Trouble = Trouble.NONE
    others: tuple[_Day, ...] = ()


def _starts(folded: str, language: str, *, bold: bool) -> list[_Written]:
    """The dates as they are written; of two readings from one place the longer one first."""
    found: list[_Written] = []
    months_read: set[int] = set()

    def read(matches: Iterable[re.Match[str]], reader: _Reader, *, whole: bool = True) -> None:
        for match in matches:
            if (whole or not _cut_off(folded, match.start())) and (date := reader(match, language, folded, bold=bold)):
                found.append(date)
                months_read.add(match.end("month") if reader is _named else 0)

    lettered = not bold or _LETTERS.search(folded)
    if bold and lettered:
        for pattern in (_YEAR_LED, _YEAR_AND_DAY_LED, *_PRINTED_DATES):
            read(pattern.finditer(folded), _named)
            if found:
                return found[:1]
    elif language in ("ps", "ug"):
        read((_YEAR_LED if language == "ps" else _YEAR_AND_DAY_LED).finditer(folded), _named)
    months = MONTHS_LED[0].places(folded) if lettered else ()
    days = [day.start() for place in months if (day := _DAY_BEFORE.search(folded, max(0, place - 40), place))]
    read(matches_at(days, _DAY_LED, folded), _named, whole=False)
    if bold and found and not (_DIGIT.search(folded, 0, found[0].start) or _DIGIT.search(folded, found[0].end)):
        return found  # every number of the string is read
    led = (match for match in matches_at(months, _MONTH_LED, folded) if match.end("month") not in months_read)
    read(led, _named)
    read(NUMBERS[0].matches(_NUMERIC, folded), _numeric, whole=False)
    if _UYGHUR_MONTH in folded:
        read(_UYGHUR.finditer(folded), _plain_numbers)
    if bold and not found:
        read(_COMPACT.finditer(folded), _plain_numbers, whole=False)
    return sorted(found, key=lambda date: (date.start, -date.end))


class _Reader(Protocol):
    """Reads what one of the patterns matches."""

    def __call__(self, match: re.Match[str], language: str, folded: str, *, bold: bool) -> _Written | None: ...


def _cut_off(folded: str, start: int) -> bool:
    """Whether the number at `start` is the tail of something longer: a version, a price, a clock."""
    return _TAIL_OF.search(folded, max(0, start - 2), start) is not None


_TAIL_OF = compile_re(r"(?:[\d$€£%#_a-z]|\d[.,:/\-٫])\Z")


def _named(match: re.Match[str], language: str, folded: str, *, bold: bool) -> _Written | None:
    name = _bare(match["month"])
    # In a string that is meant to be a date, a word that is also a month's name is the month.
    spoken = "fa" if bold and name != "اب" else language
    month, twin = month_of(name, spoken), month_of(_bare(match["twin"] or ""), spoken)
    if month and twin and month != twin and twin.calendar == GREGORIAN:
        # "آب/أغسطس": two names of one month; of two that differ, none can be trusted.
        # "سبتمبر - أكتوبر 2023" is a span of time in a text, and no date.
        return _Written(*match.span(), trouble=Trouble.MALFORMED) if bold else None
    month = month or twin
    if month is None:
        return None
    start, end, day, digits = match.start(), match.end(), int(match["day"] or 0), match["year"] or ""
    start += len(match[0]) - len(match[0].lstrip())
    if not bold and not digits:
        if name == "صفر" and "-" in match[0]:
            return None  # "6-صفر" is a score, six to nil
        if match.start("day") > match.start("month"):
            # "ميزان 20 تا 30 درصد": a number behind a month without a year is an amount
            day, end = 0, match.start("day")
        if day > longest_month(month.calendar, month.number) or (not day and name in _WORDS):
            return None
    latin = name[0].isascii()
    if latin and not day and not digits:
        return None  # "may", "march", "jan" alone are words and names
    if not day and (ordinal := _ORDINAL_BEFORE.search(folded, max(0, start - 40), start)):
        start, day = ordinal.start("ordinal"), ORDINAL_DAYS[squeeze(ordinal["ordinal"])]
    year = int(digits.lstrip("'") or 0)
    calendar = month.calendar  # "هجري" behind a solar month is short for solar Hijri: the month's name decides
    if len(digits.lstrip("'")) == 2:
        if not bold and digits[0] != "'" and folded[end : end + 2].strip()[:1].isalpha():
            # "15 مهر 94 نفر": the number belongs to what follows
            year, end = 0, match.start("year")
        else:
            year = _full_year(year, calendar)
    elif calendar == JALALI:
        year = _solar_year(year)
    end = start + len(folded[start:end].rstrip(" ,،./-'"))
    return _Written(start, end, _Day(calendar, year, month.number, day), latin, named=True)


@lru_cache(maxsize=1024)  # texts write a few hundred names in all
def _bare(name: str) -> str:
    """The name of a month without what hangs on it."""
    name = name.strip().rstrip(".")
    if month_of(name, "fa"):
        return name
    without = re.sub(r"(?:[ ]?ماه)?ي?$", "", name)
    return without if month_of(without, "fa") else re.sub(r"[ ]?ماه$", "", name)


def _calendar_of_era(era: str | None) -> str:
    mark = re.sub(r"[ .\N{ARABIC TATWEEL}]", "", era or "")
    if mark.endswith(("ش", "شمسي", "خورشيدي", "ap")):
        return JALALI
    if mark.startswith(("ه", "ق", "ah")):
        return HIJRI
    return GREGORIAN if mark else ""


def _full_year(year: int, calendar: str) -> int:
    """The year that two digits stand for: news is of the last decades."""
    first, century = {JALALI: (30, 1300), HIJRI: (60, 1300), GREGORIAN: (69, 1900)}[calendar]
    return year + century + (0 if year >= first else 100)


def _numeric(match: re.Match[str], language: str, folded: str, *, bold: bool) -> _Written | None:
    if _GOES_ON.match(folded, match.end()):
        return None
    before = _ERA_BEFORE.search(folded, max(0, match.start() - 4), match.start()) if bold else None
    era = match["era"] or (before[1] if before else "")
    days = _in_order(match["a"], match["b"], match["c"], era, match["sep"], language, bold=bold)
    if not days:
        return None
    first, others = days[0], tuple(day for day in days[1:] if exists(*day))
    if match["sep"] == "." and not bold and not (1900 <= first.year <= 2100 and exists(*first)):
        return None  # versions and paragraph numbers are dotted too
    if not exists(*first) and others and max(len(match["a"]), len(match["c"])) == 4:
        first, *rest = others  # the American order leaves no doubt here
        others = tuple(rest)
    elif not bold and not (1300 <= first.year <= 2150):
        return None
    trouble = Trouble.NONE
    if 0 in first:
        trouble = Trouble.PLACEHOLDER if first.year == 0 and first.day == 0 else Trouble.MALFORMED
    end = match.start() + len(match[0].rstrip())
    return _Written(match.start(), end, first, trouble=trouble, others=others if bold else ())


_GOES_ON = compile_re(r"[/\-.\\]\d")
_ERA_BEFORE = compile_re(r"(?<!\w)(a[ph])[ ]{1,2}$")


def _in_order(a: str, b: str, c: str, era: str, sep: str, language: str, *, bold: bool) -> list[_Day]:
    """The days that three numbers can mean, the one that print would mean first.

    Every Arabic-script locale writes the day before the month; programs write the month first, with strokes or hyphens.
    """
    first, middle, last = int(a), int(b), int(c)
    year_first, day_first, month_first = (first, middle, last), (last, middle, first), (last, first, middle)
    if len(a) == 4 and len(c) <= 2:
        orders = [year_first]
    elif len(c) == 4 and len(a) <= 2:
        orders = [day_first] if sep == "." else [day_first, month_first]
        if language in ("ug", "ks", "kk") and era in ("ap", "ah"):
            orders.reverse()  # CLDR's pattern for a calendar that these languages do not use
    elif bold and len(a) <= 2 and len(c) == 2 and len(a) + len(c) >= 3:
        # Persian writes 94/7/15 and 02/7/28; elsewhere the day comes first.
        persian = first > 31 or (language == "fa" and first <= 5 and last <= 31)
        orders = [year_first, day_first, month_first] if persian else [day_first, year_first, month_first]
    else:
        return []
    found: list[_Day] = []
    for year, month, day in orders:
        if found and not (1 <= month <= 12 and 1 <= day <= 31):
            continue
        for calendar, full in _years(year, era, language, short=len(a) < 4 and len(c) < 4, bold=bold):
            here = _Day(calendar, full, month, day)
            american = month == first and day == middle and found  # only the Gregorian calendar is written so
            if here not in found and not (american and calendar != GREGORIAN):
                found.append(here)
    return found


FIRST_NEWS, LAST_NEWS = 1990, 2035
"""Years between which a page that was scraped from the web was published."""


def _years(year: int, era: str, language: str, *, short: bool, bold: bool) -> list[tuple[str, int]]:
    """The calendars that a year can be of: nobody marks the calendar of a numeric date.

    1402 is solar in Persian; elsewhere it is Hijri in an old text and solar in a page of today.
    """
    calendar = _calendar_of_era(era)
    if short:
        calendar = calendar or (JALALI if language == "fa" and not 5 < year < 30 else GREGORIAN)
        return [(calendar, _full_year(year, calendar))]
    if calendar == HIJRI and language == "fa" and year <= 1420 and "ق" not in era:
        return [(JALALI, year)]
    if calendar and not (calendar == HIJRI and year > 1600) and not (calendar == GREGORIAN and year < 1600):
        return [(calendar, _solar_year(year) if calendar == JALALI else year)]
    if 2680 <= year <= 2760 and language == "ckb":
        return [(JALALI, _solar_year(year))]
    if not 1300 <= year <= 1500:
        return [(GREGORIAN, year)]
    if language in SOLAR_LANGUAGES and year <= 1420:
        return [(JALALI, year)]
    return [(HIJRI, year), (JALALI, year)] if bold and year + 621 <= LAST_NEWS else [(HIJRI, year)]


def _solar_year(year: int) -> int:
    """The solar Hijri year: Kurds count from 700 BC, and Iran counted from Cyrus in 1976 to 1978.

    >>> _solar_year(2724), _solar_year(2535), _solar_year(1403)
    (1403, 1355, 1403)
    """
    return year - 1321 if 2600 < year < 2800 else year - 1180 if 2500 < year < 2600 else year


def _plain_numbers(match: re.Match[str], language: str, folded: str, *, bold: bool) -> _Written:
    return _Written(*match.span(), _Day(GREGORIAN, int(match["year"]), int(match["month"]), int(match["day"])))


def _complete(written: _Written, folded: str, floor: int, *, bold: bool) -> DateExpression:
    """The expression with the weekday before it, the time after it, and its day in the Gregorian calendar."""
    start, end = written.start, written.end
    weekday, on = -1, written.on
    if on.day:
        before = _WEEKDAY_BEFORE.search(folded, max(floor, start - 40), start) if start > floor else None
        found = before or (_WEEKDAY_AFTER.match(folded, end) if bold else None)
        if found:
            weekday = WEEKDAYS[squeeze(found["weekday"])]
            start, end = (found.start("weekday"), end) if before else (start, found.end())
    if on.year and on.day and weekday >= 0 and written.others and not written.trouble:
        # The reading of the numbers that falls on the weekday beside them, where only one does.
        days = (on, *written.others)
        fitting = [day for day in days if (there := to_gregorian(*day)) and _falls_on(day.calendar, there, weekday)]
        written = written._replace(on=fitting[0], others=tuple(fitting[1:])) if fitting else written
        on = written.on
    calendar, year, month, day = on
    found_date = DateExpression(
        Span(start, end), DateKind.NONE, "", calendar, weekday, written.trouble, written.latin, written.named,
        month=month, day=day,
    )  # fmt: skip
    if written.trouble:
        return found_date
    if not year:
        return structs.replace(found_date, kind=DateKind.YEARLESS)
    if not day:
        value = f"{year:04d}-{month:02d}" if calendar == GREGORIAN else interval(calendar, year, month, month)
        return structs.replace(found_date, kind=DateKind.MONTH, value=value)
    there, trouble = to_gregorian(*on), Trouble.NONE
    if not exists(*on):
        turned = weekday >= 0 and _reversed_agrees(on, weekday)
        trouble = Trouble.DIGITS_REVERSED if turned else Trouble.IMPOSSIBLE
    elif there and weekday >= 0 and not _falls_on(calendar, there, weekday):
        trouble = Trouble.WEEKDAY_CONTRADICTS
    others = tuple(
        Reading(other.isoformat(), one.calendar)
        for one in written.others
        if (other := to_gregorian(*one)) is not None and other != there
    )
    if any(other.calendar != calendar for other in others):
        trouble = trouble or Trouble.UNDECIDED
    value = there.isoformat() if there else ""
    if value:
        time, start, end = _time(folded, start, end, bold=bold)
        if time is None:
            trouble = Trouble.MALFORMED
        if others and _AMERICAN_CLOCK.search(folded, start, end):
            trouble = trouble or Trouble.UNDECIDED
        value += f"T{time}" if time else ""
    span = Span(start, end)
    return structs.replace(found_date, span=span, kind=DateKind.ABSOLUTE, value=value, trouble=trouble, others=others)


def _falls_on(calendar: str, day: date, weekday: int) -> bool:
    """Whether a day is that weekday; months that begin with a sighting may be two days off."""
    return abs((day.weekday() - weekday + 3) % 7 - 3) <= (2 if calendar == HIJRI else 0)


def _time(folded: str, start: int, end: int, *, bold: bool) -> tuple[str | None, int, int]:
    """The time of day beside a date in ISO 8601 ("" for none, None for a broken one), and the expression's new ends."""
    after = _TIME_AFTER.match(folded, end) if end < len(folded) else None
    if after and not after["hour"]:
        return "", start, after.end()  # a zone without a time says nothing
    after = after or (_TIME_SPOKEN.match(folded, end) if bold else None)
    if after:
        return _clock(after) or None, start, after.end()
    if bold and (broken := _BROKEN_TIME.match(folded, end)):
        return None, start, broken.end()
    if bold and start and (before := _TIME_BEFORE.search(folded, max(0, start - 40), start)):
        return _clock(before) or None, before.start(), end
    return "", start, end


def _clock(match: re.Match[str]) -> str:
    """The time of day in ISO 8601 with the zone it is given in, "" for a time that no clock shows."""
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["pm"] and hour < 12:
        hour += 12
    elif match["am"] and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or int(match["second"] or 0) > 59:
        return ""
    second = f":{match['second']}" if match["second"] else ""
    if match["offset"]:
        digits = match["offset"].replace(" ", "").replace(":", "")
        zone = f"{digits[:3]}:{digits[3:]}"
    else:
        zone = _ZONE_OF.get(squeeze(match["place"] or match["zone"] or ""), "")
    return f"{hour:02d}:{minute:02d}{second}{zone}"


def _reversed_agrees(on: _Day, weekday: int) -> bool:
    """Whether each number read backwards gives a day that falls on `weekday` ("الجمعة 52/5/2102": 25/5/2012)."""
    day, year = int(f"{on.day:02d}"[::-1]), int(f"{on.year:04d}"[::-1])
    turned = (to_gregorian(GREGORIAN, year, month, day) for month in {on.month, int(f"{on.month:02d}"[::-1])})
    return any(there is not None and there.weekday() == weekday for there in turned)
