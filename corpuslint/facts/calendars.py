"""Month and weekday names of Arabic-script news, and the three calendars they belong to.

Gregorian months have five sets of Arabic names (Gulf and Egypt, Levant, Algeria and Tunisia, Morocco, Mauritania) and
one each in Persian, Dari, Urdu, Pashto, Sorani, Sindhi and Uyghur; Hijri months are written in Arabic and Persian
spelling; the solar Hijri year has Iranian, Afghan, Pashto and Kurdish names. Names are compared folded (`fold`), so
that a Persian yeh in an Arabic month name, or a missing hamza, is still the month.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from corpuslint.languages import LANGUAGES
from corpuslint.resources import fact_data, shipped_table
from corpuslint.text import invisible

GREGORIAN = "gregorian"
HIJRI = "hijri"
JALALI = "jalali"


class Month(NamedTuple):
    """A month of a calendar, 1 to 12."""

    calendar: str
    number: int


_ALIKE = {
    "ا": "أإآٱ",
    "ي": "ىیېےۍ",
    "ك": "کڪ",
    "ه": "ةەۀہھۃ",
    "و": "ؤ",
    " ": invisible.BLANKS[1:] + invisible.ZERO_WIDTH_SPACES + invisible.JOINERS + invisible.DIRECTIONS,
    "-": "\N{EN DASH}\N{EM DASH}\N{NON-BREAKING HYPHEN}\N{MINUS SIGN}",
    **{str(digit): chr(0x660 + digit) + chr(0x6F0 + digit) for digit in range(10)},
}
_FOLDS = [(variant, letter) for letter, variants in _ALIKE.items() for variant in variants]


def fold(text: str) -> str:
    """`text` with letter seats, digits and spaces unified, one code point for one, so that offsets stay true.

    >>> fold("۲۲ أکتوبر")
    '22 اكتوبر'
    """
    if text.isascii():
        return text.replace("\t", " ").lower()
    for old, new in _FOLDS:
        if old in text:
            text = text.replace(old, new)
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text


def squeeze(name: str) -> str:
    """The key of a folded name: spaces do not tell names apart (`ذي القعده`, `ذيالقعده`)."""
    return "".join(name.replace(".", " ").split())


@lru_cache(maxsize=4096)
def month_of(name: str, language: str = "") -> Month | None:
    """The month that a folded `name` stands for in `language`, None where it stands for none there.

    >>> month_of("تشرين الاول"), month_of("حوت", "ar"), month_of("حوت", "fa")
    (Month(calendar='gregorian', number=10), None, Month(calendar='jalali', number=12))
    """
    key = squeeze(name)
    tag = language.split("-")[0]
    if tag not in _ONLY_IN.get(key, (tag,)) or key in _NOT_MONTHS.get(tag, ()):
        return None
    found = _MONTHS.get(key)
    return Month(*found) if found else None


def alternation(names: Iterable[str]) -> str:
    """A pattern that matches any of the folded `names`, longest first, one letter read once; spaces may be missing.

    A flat list of two hundred names costs a look at each of them at every word; nested by their letters, one look.

    >>> alternation(["ab", "a c"])
    'a(?:b|[ ]{0,3}c)'
    """
    root = _Trie()
    for name in names:
        node = root
        for token in re.findall(r"\s+|\S", fold(name).strip()):
            written = "[ ]{0,3}" if token.isspace() else token if token.isalnum() else re.escape(token)
            node = node.setdefault(written, _Trie())
        node[""] = _Trie()
    return _nested(root)


class _Trie(dict[str, "_Trie"]):
    pass


def _nested(node: _Trie) -> str:
    branches = [token + _nested(below) for token, below in sorted(node.items(), reverse=True) if token]
    if not branches:
        return ""
    body = f"(?:{'|'.join(branches)})" if len(branches) > 1 or "" in node else branches[0]
    return body + "?" if "" in node else body


def weekdays(languages: Iterable[str]) -> tuple[str, ...]:
    """The names of the days of the week in some languages, in all spellings."""
    return tuple(name for tag in languages for day in LANGUAGES[tag].weekdays for name in day)


def _key(name: str) -> str:
    return squeeze(fold(name))


def _tables() -> tuple[Any, ...]:
    """What the names come to when they are folded: tables by their keys, and patterns."""
    languages = LANGUAGES.values()
    listed = [
        (name, (one.calendar, number), one.only_in)
        for language in languages
        for one in language.months
        for number, spellings in enumerate(one.names, start=1)
        for name in spellings
    ]
    names = sorted({fold(name) for name, *_ in listed})
    rows = (line.split("\t") for line in fact_data("months.tsv").splitlines() if not line.startswith("#"))
    printed = [(name, (calendar, int(number))) for calendar, number, name in rows if fold(name) not in names]
    months: dict[str, tuple[str, int]] = {}
    for name, month in (*((name, month) for name, month, _ in listed), *printed):
        months.setdefault(_key(name), month)
    only_in = {_key(name): tags for name, _, tags in listed if tags}
    not_months = {language.tag: frozenset(map(_key, language.not_months)) for language in languages}
    days = {_key(name): day for one in languages for day, names in enumerate(one.weekdays) for name in names}
    ordinals = {_key(name): day for one in languages for day, names in enumerate(one.ordinals, 1) for name in names}
    patterns = tuple(
        alternation(name for name in written if name[0].isascii() == latin)
        for written in (names, weekdays(LANGUAGES))
        for latin in (False, True)
    )
    of_ordinals = (name for language in languages for names in language.ordinals for name in names)
    more = alternation(name for name, _ in printed), alternation(of_ordinals)
    return months, names, only_in, not_months, days, ordinals, *patterns, *more


_MONTHS, MONTH_NAMES, _ONLY_IN, _NOT_MONTHS, WEEKDAYS, ORDINAL_DAYS, *_PATTERNS = shipped_table("calendars", _tables)
"""`WEEKDAYS` and `ORDINAL_DAYS` are numbers by the keys of names: Monday is 0, as in `datetime`, the first day 1."""

ARABIC_SCRIPT_MONTH, LATIN_MONTH, WEEKDAY, LATIN_WEEKDAY, PRINTED_MONTH, ORDINAL = _PATTERNS
"""Patterns for the names of months and weekdays in folded text, longest first: those in Arabic script, those in Latin
letters; months that only CLDR has, which are read only where a string is meant to be a date; ordinals of days."""

_JALALI_LENGTHS = (31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 30)
_GREGORIAN_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def longest_month(calendar: str, month: int) -> int:
    """The most days that `month` can have in any year of `calendar`."""
    if calendar == HIJRI:
        return 30
    return (_JALALI_LENGTHS if calendar == JALALI else _GREGORIAN_LENGTHS)[month - 1]


def exists(calendar: str, year: int, month: int, day: int) -> bool:
    """Whether a calendar has that day. A Hijri month may have 30 days anywhere: which do is a matter of sighting."""
    if calendar == HIJRI:
        return 1 <= month <= 12 and 1 <= day <= 30
    return to_gregorian(calendar, year, month, day) is not None


def to_gregorian(calendar: str, year: int, month: int, day: int) -> date | None:
    """The Gregorian day, None where the day does not exist or lies outside the calendar's tables.

    >>> to_gregorian(HIJRI, 1445, 4, 5), to_gregorian(JALALI, 1402, 7, 28)
    (datetime.date(2023, 10, 20), datetime.date(2023, 10, 20))
    """
    try:
        if calendar == GREGORIAN:
            return date(year, month, day)
        if calendar == JALALI:
            from persiantools.jdatetime import JalaliDate

            solar: Any = JalaliDate
            return _plain(solar(year, month, day).to_gregorian())
        from hijridate import Hijri

        if day == 30:
            return _plain(Hijri(year, month, 29).to_gregorian()) + timedelta(days=1)
        return _plain(Hijri(year, month, day).to_gregorian())
    except (ValueError, OverflowError):
        return None


def interval(calendar: str, year: int, first_month: int, last_month: int) -> str:
    """The ISO interval of some months of a year, "" outside the calendar's tables.

    >>> interval(JALALI, 1402, 7, 7)
    '2023-09-23/2023-10-22'
    """
    first = to_gregorian(calendar, year, first_month, 1)
    after = to_gregorian(calendar, *((year + 1, 1) if last_month == 12 else (year, last_month + 1)), 1)
    if first is None or after is None:
        return ""
    return f"{first.isoformat()}/{(after - timedelta(days=1)).isoformat()}"


def _plain(day: date) -> date:
    return date(day.year, day.month, day.day)
