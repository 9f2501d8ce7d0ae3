"""Month and weekday names of Arabic-script news, and the three calendars they belong to.

Gregorian months have five sets of Arabic names (Gulf and Egypt, Levant, Algeria and Tunisia, Morocco, Mauritania) and
one each in Persian, Dari, Urdu, Pashto, Sorani, Sindhi and Uyghur; Hijri months are written in Arabic and Persian
spelling; the solar Hijri year has Iranian, Afghan, Pashto and Kurdish names. Names are compared folded (`fold`), so
that a Persian yeh in an Arabic month name, or a missing hamza, is still the month.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

GREGORIAN = "gregorian"
HIJRI = "hijri"
JALALI = "jalali"


class Month(NamedTuple):
    """A month of a calendar, 1 to 12."""

    calendar: str
    number: int


_FOLDS = (
    ("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ٱ", "ا"),
    ("ى", "ي"), ("ی", "ي"), ("ې", "ي"), ("ے", "ي"), ("ۍ", "ي"),
    ("ک", "ك"), ("ڪ", "ك"),
    ("ة", "ه"), ("ە", "ه"), ("ۀ", "ه"), ("ہ", "ه"), ("ھ", "ه"), ("ۃ", "ه"),
    ("ؤ", "و"),
    ("\N{NO-BREAK SPACE}", " "), ("\N{NARROW NO-BREAK SPACE}", " "), ("\N{THIN SPACE}", " "), ("\t", " "),
    ("\N{ZERO WIDTH NON-JOINER}", " "), ("\N{ZERO WIDTH JOINER}", " "), ("\N{ZERO WIDTH SPACE}", " "),
    ("\N{ZERO WIDTH NO-BREAK SPACE}", " "),
    ("\N{LEFT-TO-RIGHT MARK}", " "), ("\N{RIGHT-TO-LEFT MARK}", " "), ("\N{ARABIC LETTER MARK}", " "),
    ("\N{LEFT-TO-RIGHT EMBEDDING}", " "), ("\N{RIGHT-TO-LEFT EMBEDDING}", " "),
    ("\N{POP DIRECTIONAL FORMATTING}", " "), ("\N{FIRST STRONG ISOLATE}", " "), ("\N{POP DIRECTIONAL ISOLATE}", " "),
    ("\N{EN DASH}", "-"), ("\N{EM DASH}", "-"), ("\N{NON-BREAKING HYPHEN}", "-"), ("\N{MINUS SIGN}", "-"),
    *((chr(0x660 + digit), str(digit)) for digit in range(10)),
    *((chr(0x6F0 + digit), str(digit)) for digit in range(10)),
)  # fmt: skip


_FOLD_TABLE = str.maketrans(dict(_FOLDS))
_SHORT = 200
"""Below this many characters one `str.translate` is faster than fifty `str.replace`."""


def fold(text: str) -> str:
    """`text` with letter seats, digits and spaces unified, one code point for one, so that offsets stay true.

    >>> fold("۲۲ أکتوبر")
    '22 اكتوبر'
    """
    if text.isascii():
        return text.replace("\t", " ").lower()
    if len(text) < _SHORT:
        lowered = text.translate(_FOLD_TABLE).lower()
        return lowered if len(lowered) == len(text) else text.translate(_FOLD_TABLE)
    for old, new in _FOLDS:
        if old in text:
            text = text.replace(old, new)
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text


# Variants of one month are joined by "|". CLDR's names (`data/months.tsv`) come after these, which news writes.
_NAMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        GREGORIAN,  # Gulf, Egypt, Sudan, Libya, Yemen; Mauritania's variants
        (
            "يناير|ينابر", "فبراير|فبرابر", "مارس", "أبريل|إبريل|ابريل", "مايو", "يونيو|يونيه", "يوليو|يوليه",
            "أغسطس|اغسطس|أغشت", "سبتمبر|شتمبر", "أكتوبر|اكتوبر", "نوفمبر", "ديسمبر|دجمبر",
        ),
    ),
    (
        GREGORIAN,  # Levant and Iraq
        (
            "كانون الثاني|كانون ثاني|كانون ثان|كانون 2", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب",
            "أيلول", "تشرين الأول|تشرين أول|تشرين 1", "تشرين الثاني|تشرين ثاني|تشرين ثان|تشرين 2",
            "كانون الأول|كانون أول|كانون 1",
        ),
    ),
    (
        GREGORIAN,  # Algeria and Tunisia
        (
            "جانفي", "فيفري|فيفرى", "مارس", "أفريل", "ماي", "جوان", "جويلية|جويليه", "أوت", "سبتمبر", "أكتوبر",
            "نوفمبر", "ديسمبر",
        ),
    ),
    (
        GREGORIAN,  # Morocco
        (
            "يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر",
        ),
    ),
    (
        GREGORIAN,  # Iran
        (
            "ژانویه|ژانویهٔ|ژانویۀ", "فوریه|فوریهٔ|فوریۀ", "مارس", "آوریل|اوریل|آپریل", "مه|می", "ژوئن|ژوين",
            "ژوئیه|ژوئیهٔ|ژوییه|جولای", "اوت|آگوست|اگوست", "سپتامبر", "اکتبر", "نوامبر", "دسامبر",
        ),
    ),
    (
        GREGORIAN,  # Afghanistan, Pakistan, Pashto, Sindhi
        (
            "جنوری|جنوري", "فروری|فبروری|فيبروري", "مارچ", "اپریل|اپريل", "مئی|مئ|می|مۍ", "جون", "جولائی|جولای|جولاءِ",
            "اگست|اګست|آگسٽ", "ستمبر|سپتمبر|سېپتمبر|سيپٽمبر", "اکتوبر|آڪٽوبر", "نومبر", "دسمبر|ڊسمبر",
        ),
    ),
    (
        GREGORIAN,  # Sorani
        (
            "کانوونی دووەم|کانونی دووەم|کانونی دووهەم", "شوبات", "ئازار|ئادار", "نیسان", "ئایار",
            "حوزەیران|حوزەیران|حزیران", "تەمووز|تەموز|تەممووز|تەمموز", "ئاب", "ئەیلوول|ئەیلول",
            "تشرینی یەکەم", "تشرینی دووەم|تشرینی دووهەم", "کانوونی یەکەم|کانونی یەکەم",
        ),
    ),
    (
        GREGORIAN,  # Sorani, the international names
        (
            "جانیوەری|جەنیوەری|یەنایەر", "فێبریوەری|فیبریوەری", "مارس|مارت", "ئەپریل|ئاپریل", "مەی|مای", "جوون|یۆنیۆ",
            "جولای|جوولای", "ئۆگست|ئۆگەست|ئاگوست", "سێپتەمبەر|سێپتێمبەر", "ئۆکتۆبەر|ئۆکتۆبر", "نۆڤەمبەر|نۆڤێمبەر",
            "دێسەمبەر|دیسەمبەر|دێسێمبەر",
        ),
    ),
    (
        GREGORIAN,  # Uyghur
        (
            "يانۋار", "فېۋرال", "مارت", "ئاپرېل", "ماي", "ئىيۇن", "ئىيۇل", "ئاۋغۇست", "سېنتەبىر", "ئۆكتەبىر",
            "نويابىر", "دېكابىر",
        ),
    ),
    (
        HIJRI,
        (
            "محرم|محرم الحرام|المحرم", "صفر|صفر الخير|صفر المظفر",
            "ربيع الأول|ربيع أول|ربیع‌الاول|ربیع الاوّل", "ربيع الآخر|ربيع الثاني|ربيع ثاني|ربيع آخر|ربیع‌الثانی",
            "جمادى الأولى|جمادى الأول|جماد الأول|جماد أول|جمادی الاول|جمادي الاولي",
            "جمادى الآخرة|جمادى الآخر|جمادى الثانية|جمادى الثاني|جماد الآخر|جماد الثاني|جمادی‌الثانی",
            "رجب|رجب المرجب", "شعبان|شعبان المعظم", "رمضان|رمضان المبارك", "شوال",
            "ذو القعدة|ذي القعدة|ذوالقعدة|ذو القعده|ذی القعده|ذی‌القعده|ذیقعده|ذی قعده|ذیقعد",
            "ذو الحجة|ذي الحجة|ذوالحجة|ذی الحجه|ذی‌الحجه|ذیحجه|ذی حجه|ذوالحج",
        ),
    ),
    (
        JALALI,  # Iran
        (
            "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد|امرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن",
            "اسفند",
        ),
    ),
    (
        JALALI,  # Afghanistan
        ("حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت"),
    ),
    (
        JALALI,  # Pashto
        (
            "وری", "غویی", "غبرگولی", "چنگاښ", "زمری", "وږی", "تله", "لړم", "لیندۍ", "مرغومی", "سلواغه", "کب",
        ),
    ),
    (
        JALALI,  # Sorani
        (
            "خاکەلێوە", "گوڵان|بانەمەڕ", "جۆزەردان", "پووشپەڕ|پوشپەڕ", "گەلاوێژ", "خەرمانان", "ڕەزبەر|رەزبەر",
            "خەزەڵوەر|گەڵاڕێزان", "سەرماوەز", "بەفرانبار", "ڕێبەندان|رێبەندان", "ڕەشەمێ|رەشەمە|ڕەشەمە",
        ),
    ),
)  # fmt: skip

_ENGLISH = (
    "january|jan", "february|feb", "march|mar", "april|apr", "may", "june|jun", "july|jul", "august|aug",
    "september|sept|sep", "october|oct", "november|nov", "december|dec",
)  # fmt: skip

# Solar months of Afghanistan and the Pashto set are zodiac signs and plain nouns: names of months only beside a day
# and a year, in a text of those languages.
_ZODIAC = frozenset(
    (
        "حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "ميزان", "عقرب", "قوس", "جدي", "دلو", "حوت", "وري", "غويي",
        "زمري", "تله", "كب", "لړم",
    )
)  # fmt: skip


def squeeze(name: str) -> str:
    """The key of a folded name: spaces do not tell names apart (`ذي القعده`, `ذيالقعده`)."""
    return "".join(name.replace(".", " ").split())


def _listed() -> Iterator[tuple[str, Month]]:
    for calendar, names in (*_NAMES, (GREGORIAN, _ENGLISH)):
        for number, variants in enumerate(names, start=1):
            for variant in variants.split("|"):
                yield variant, Month(calendar, number)


def _printed() -> Iterator[tuple[str, Month]]:
    """What CLDR has beside our own names."""
    known = {fold(name) for name, _ in _listed()}
    source = files("corpuslint.facts").joinpath("data/months.tsv").read_text("utf-8")
    for line in source.splitlines():
        if not line.startswith("#"):
            calendar, number, name = line.split("\t")
            if fold(name) not in known:
                yield name, Month(calendar, int(number))


PRINTED: dict[str, Month] = {}
"""Names that only CLDR has, by their keys: months where a string is meant to be a date, and nowhere else."""
for _name, _month in _printed():
    PRINTED.setdefault(squeeze(fold(_name)), _month)


def _month_table() -> dict[str, Month]:
    table: dict[str, Month] = {}
    for name, month in _listed():
        table.setdefault(squeeze(fold(name)), month)
    return table


MONTHS = _month_table()
ENGLISH_MONTHS = frozenset(variant for names in _ENGLISH for variant in names.split("|"))


@lru_cache(maxsize=4096)
def month_of(name: str, language: str = "") -> Month | None:
    """The month that a folded `name` stands for in `language`, None where it stands for none there.

    >>> month_of("تشرين الاول"), month_of("حوت", "ar"), month_of("حوت", "fa")
    (Month(calendar='gregorian', number=10), None, Month(calendar='jalali', number=12))
    """
    key = squeeze(name)
    month = MONTHS.get(key) or PRINTED.get(key)
    if month is None or (key in _ZODIAC and language[:2] not in ("fa", "ps")):
        return None
    if key == "اب" and language[:2] == "fa":
        return None  # آب is water in Persian
    if key in ("مه", "مي", "دي", "مهر", "تير") and language[:2] == "ar":
        return None
    return month


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


BEFORE_WORD = r"[^ء-غف-يٮ-ۓa-z]"
"""What can stand before a word of a folded text, and a little more: ranges are many times faster than `\\W`."""


def matches_at(places: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What `pattern.finditer(text)` gives, where a match can only begin at the start, or behind a match of `places`.

    A pattern that begins with a look behind is tried at every letter; one that begins with a sign between words is not.
    """
    found = pattern.match(text)
    if found is not None:
        yield found
    past = found.end() if found is not None else 0
    for place in places.finditer(text):
        if place.end() >= past:
            found = pattern.match(text, place.end())
            if found is not None:
                past = found.end()
                yield found


class _Trie(dict[str, "_Trie"]):
    pass


def _nested(node: _Trie) -> str:
    branches = [token + _nested(below) for token, below in sorted(node.items(), reverse=True) if token]
    if not branches:
        return ""
    body = f"(?:{'|'.join(branches)})" if len(branches) > 1 or "" in node else branches[0]
    return body + "?" if "" in node else body


ARABIC_SCRIPT_MONTH = alternation(name for name, _ in _listed() if not name.isascii())
"""A pattern for every month name in Arabic script, in folded text, longest first."""

ENGLISH_MONTH = alternation(ENGLISH_MONTHS)
PRINTED_MONTH = alternation(name for name, _ in _printed())
"""A pattern for the names that only CLDR has."""


# Monday is 0, as in datetime.
_WEEKDAYS: tuple[tuple[str, ...], ...] = (
    ("الاثنين|الإثنين|اثنين|الأثنين", "دوشنبه|دو شنبه", "دووشەممە|دوو شەممە", "پیر|سوموار", "دوشنبې", "دۈشەنبە"),
    ("الثلاثاء|ثلاثاء|الثلاثا", "سه شنبه|سه‌شنبه|سهشنبه", "سێشەممە|سێ شەممە", "منگل", "سې شنبه|سه شنبې", "سەيشەنبە"),
    (
        "الأربعاء|الاربعاء|أربعاء|الأربعا", "چهارشنبه|چهار شنبه|چارشنبه", "چوارشەممە|چوار شەممە", "بدھ", "چهارشنبې",
        "چارشەنبە",
    ),
    ("الخميس|خميس", "پنجشنبه|پنج شنبه|پنج‌شنبه", "پێنجشەممە|پێنج شەممە", "جمعرات", "پنجشنبې", "پەيشەنبە"),
    ("الجمعة|جمعة", "جمعه|آدینه", "هەینی", "جمعہ", "جمعې", "جۈمە"),
    ("السبت|سبت", "شنبه", "شەممە", "ہفتہ", "شنبې|خالي", "شەنبە"),
    ("الأحد|الاحد|أحد", "یکشنبه|یک شنبه|یک‌شنبه", "یەکشەممە|یەک شەممە", "اتوار", "یکشنبې", "يەكشەنبە"),
)  # fmt: skip
_ENGLISH_WEEKDAYS = (
    "monday|mon", "tuesday|tues|tue", "wednesday|wed", "thursday|thurs|thur|thu", "friday|fri", "saturday|sat",
    "sunday|sun",
)  # fmt: skip

WEEKDAYS: dict[str, int] = {
    squeeze(fold(variant)): number
    for number, sets in enumerate((*day, english) for day, english in zip(_WEEKDAYS, _ENGLISH_WEEKDAYS, strict=True))
    for names in sets
    for variant in names.split("|")
}

WEEKDAY = alternation(variant for day in _WEEKDAYS for names in day for variant in names.split("|"))
"""A pattern for every weekday name in Arabic script, in folded text, longest first."""

ENGLISH_WEEKDAY = alternation(variant for names in _ENGLISH_WEEKDAYS for variant in names.split("|"))

_JALALI_LENGTHS = (31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 30)
_GREGORIAN_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def longest_month(calendar: str, month: int) -> int:
    """The most days that `month` can have in any year of `calendar`."""
    if calendar == HIJRI:
        return 30
    return (_JALALI_LENGTHS if calendar == JALALI else _GREGORIAN_LENGTHS)[month - 1]


def exists(calendar: str, year: int, month: int, day: int) -> bool:
    """Whether a calendar has that day. A Hijri month may have 30 days anywhere: which do is a matter of sighting."""
    if not 1 <= month <= 12 or not 1 <= day <= longest_month(calendar, month):
        return False
    if calendar == GREGORIAN:
        if not 1 <= year <= 9999:
            return False
        return not (month == 2 and day == 29) or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    if calendar == JALALI and month == 12 and day == 30:
        return to_gregorian(calendar, year, month, day) is not None
    return True


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


def _plain(day: date) -> date:
    return date(day.year, day.month, day.day)
