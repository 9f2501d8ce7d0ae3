"""Expressions whose day depends on the day of writing: yesterday, Wednesday, last month, the 10th of this month.

One grammar a language, matched on folded text. What only looks like one is left out: "Friday prayer", a market named
after Tuesday, "a week before the election" (counted from the election, not from today).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from msgspec import structs

from corpuslint.facts.absolute_dates import DateExpression, DateKind
from corpuslint.facts.calendars import (
    ARABIC_SCRIPT_MONTH,
    WEEKDAYS,
    alternation,
    fold,
    squeeze,
    weekdays,
)
from corpuslint.languages import LANGUAGES, same_letters
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span
from corpuslint.words.openings import Openings, phrases_of

_L = r"[^\W\d_]"


TABLES = {tag: language.relative for tag, language in LANGUAGES.items() if language.relative}
"""By language, how it says what depends on the day of writing."""


@cache
def grammar(tag: str) -> tuple[Openings, re.Pattern[str]]:
    """What the expressions of a language of `TABLES` begin with, and the pattern that reads them."""
    table = TABLES[tag]
    days = weekdays(other for other in LANGUAGES if same_letters(other) == tag)
    days = tuple(day for day in days if tag != "ar" or day.startswith("ال"))  # أحد is one, and اثنين two
    counts = [name for names in LANGUAGES[tag].numbers for name in names]

    def phrases(entries: Iterable[str]) -> list[str]:
        words = {"{weekday}": "|".join(map(fold, days)), "{count}": "|".join(["0", *map(fold, counts)])}
        parts = ((words.get(part, part) for part in entry.split(" ")) for entry in entries)
        return [phrase for each in parts for phrase in phrases_of(*each)]

    words = {**table.words, "weekday": alternation(days), "count": alternation(counts)}
    pattern = table.pattern
    for word, spelled in words.items():
        pattern = pattern.replace(f"{{{word}}}", spelled)
    pattern = pattern.replace("~", "[ ]{1,2}").replace(";", f"(?!{_L})")
    openings = Openings(f"relative-{tag}", phrases(table.openings), phrases(table.before), table.joined)
    return openings, compile_re(f"(?<!{_L})(?:{pattern})", re.VERBOSE)


_READ_AS = {"ps": "fa", "ug": ""}
"""The grammar of languages without one of their own, where it is not the Arabic one."""


def _meanings(table: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, int]]]:
    for meaning, words in table.items():
        unit, count = meaning.split(" ")
        yield from ((squeeze(word), (unit, int(count))) for word in words.split("|"))


_DIRECTIONS = ("past", "now", "next")
_PAST, _NOW, _NEXT = (
    "|".join(table.words[word] for table in TABLES.values() if word in table.words) for word in _DIRECTIONS
)
_UNITS = {word: meaning for table in TABLES.values() for word, meaning in _meanings(table.units)}
_NEAR = {word: meaning for table in TABLES.values() for word, meaning in _meanings(table.near)}
_COUNTS: dict[str, int] = {
    fold(name): number
    for language in LANGUAGES.values()
    for number, names in enumerate(language.numbers)
    for name in names
}


def _beside(word: str) -> str:
    return "|".join(table.beside[word].replace(" ", "[ ]") for table in TABLES.values() if word in table.beside)


# What makes a weekday a name or a habit: Friday prayer and sermon, a market, a street, "every Friday".
_NAMED_BEFORE = compile_re(rf"(?<!{_L})(?:{_beside('before weekday')})[ ]{{1,2}}$")
_NAMED_AFTER = compile_re(rf"[ ]{{1,2}}(?:{_beside('after weekday')})(?!{_L})")
# "اليوم" is also "the day" and "the National Day"; "قبل شهر رمضان" and "منذ عام 2014" count from a named time.
_DAY_AS_NOUN_BEFORE = compile_re(rf"(?<!{_L})(?:{_beside('before day')})[ ]{{1,2}}$")
_DAY_AS_NOUN_AFTER = compile_re(rf"[ ]{{1,2}}(?:ال{_L}|{_beside('after day')})")
_ANCHORED_AFTER = compile_re(
    rf"[ ]{{0,2}}(?:\(?\d|ال{_L}|{_beside('anchored')}|(?:من|علي|{ARABIC_SCRIPT_MONTH})(?!{_L}))"
)
_AGO_TAIL = compile_re(rf"[ ]{{1,2}}(?:واحده?|كامله?)?(?:[ ]{{1,2}}فقط)?(?!{_L})")
_MONTH_TAIL = compile_re(
    rf"[ ]{{1,3}}(?:(?:من[ ])?(?P<year>(?:ال)?(?:عام|سنه)|سال)[ ]{{1,2}})?"
    rf"(?:(?P<past>{_PAST})|(?P<now>{_NOW})|(?P<next>{_NEXT}))(?!{_L})"
)
_MONTH_HEAD = compile_re(rf"(?<!{_L})(?:(?:{_beside('before month')})[ ]{{1,2}}){{1,3}}$")


def find_relative(folded: str, language: str) -> list[DateExpression]:
    """The relative expressions of a folded text, in order; the grammar is that of `language`."""
    base = same_letters(language.split("-")[0])
    base = _READ_AS.get(base, base if base in TABLES else "ar")
    if not base:
        return []
    openings, pattern = grammar(base)
    found = (_relative(match, folded) for match in openings.matches(pattern, folded))
    return [expression for expression in found if expression]


def _relative(match: re.Match[str], folded: str) -> DateExpression | None:
    groups = match.groupdict()
    start, end = match.start(), match.end()
    span = Span(start, end)
    if groups["weekday"]:
        return _weekday(match, folded)
    if groups.get("vague"):
        return DateExpression(span, DateKind.VAGUE)
    if groups["near"]:
        unit, offset = _NEAR.get(squeeze(groups["near"]), ("", 0))
        if not unit or (groups["near"] == "اليوم" and _day_as_noun(match, folded)):
            return None
        return DateExpression(span, DateKind.RELATIVE, unit=unit, offset=offset)
    if groups.get("ago"):
        return _ago(match, folded)
    named = groups.get("unit") or groups.get("this")
    direction = -1 if groups.get("past") else 1 if groups.get("next") else 0
    if named is None:  # Urdu names the direction first
        named = groups.get("past") or groups.get("now") or groups.get("next") or ""
    unit, count = _UNITS[named]
    if count == 2:
        return DateExpression(span, DateKind.VAGUE, unit=unit, offset=direction * 2)
    day = int(groups.get("date") or 0)
    if day and unit == "month":
        return DateExpression(span, DateKind.RELATIVE, unit="month", offset=direction, day=day)
    return DateExpression(span, DateKind.RELATIVE, unit=unit, offset=direction)


def _weekday(match: re.Match[str], folded: str) -> DateExpression | None:
    groups = match.groupdict()
    start, end = match.start(), match.end()
    if _NAMED_BEFORE.search(folded, max(0, start - 14), start) or _NAMED_AFTER.match(folded, end):
        return None
    number = WEEKDAYS.get(squeeze(groups["weekday"]))
    if groups["weekday"] == "هفتي":
        number = 5
    if number is None:
        return None
    part = folded[start : match.start("weekday")]
    direction = -1 if groups.get("wpast") else 1 if groups.get("wnext") else 0
    if groups["weekday"].startswith(("الاثنين", "الاحد")) and not part.strip() and not direction:
        word = re.search(rf"({_L}+)[ ]{{1,2}}$", folded[max(0, start - 16) : start])
        if word and word[1] in ("من", "علي", "هما", "الي", "هؤلاء", "كل", "او"):
            return None  # "the two of them"
    unit, offset = "", 0
    if "امس الاول" in part or "اول امس" in part:
        unit, offset = "day", -2
    elif "امس" in part:
        unit, offset = "day", -1
    elif "اليوم" in part:
        unit, offset = "day", 0
    elif "غد" in part:
        unit, offset = "day", 1
    else:
        offset = direction
    return DateExpression(Span(start, end), DateKind.WEEKDAY, weekday=number, unit=unit, offset=offset)


def _day_as_noun(match: re.Match[str], folded: str) -> bool:
    start, end = match.start(), match.end()
    return bool(_DAY_AS_NOUN_BEFORE.search(folded, max(0, start - 10), start) or _DAY_AS_NOUN_AFTER.match(folded, end))


def _ago(match: re.Match[str], folded: str) -> DateExpression | None:
    groups = match.groupdict()
    end = match.end()
    if groups.get("ahead") is None:
        tail = _AGO_TAIL.match(folded, end)
        stop = tail.end() if tail and tail[0].strip() else end
        if _ANCHORED_AFTER.match(folded, stop):
            return None
        end = stop
    unit, size = _UNITS[groups["ago"]]
    written = groups.get("count") or ""
    count = int(written) if written.isdigit() else _COUNTS.get(written, 0 if written else 1)
    plural = groups["ago"] in ("دقائق", "ساعات", "ايام", "اسابيع", "اشهر", "شهور", "اعوام", "سنوات")
    if count == 0 or (plural and not written):
        return DateExpression(Span(match.start(), end), DateKind.VAGUE)
    return DateExpression(Span(match.start(), end), DateKind.RELATIVE, unit=unit, offset=-count * size)


def place_yearless(expression: DateExpression, folded: str) -> DateExpression:
    """A month without a year, with the words that place it ("أواخر فبراير من العام الماضي"); kind "none" for a word.

    A month's name alone is often a verb, a person or a word, so something must place it: a day, a preposition of
    time, or "last", "next".
    """
    start, end = expression.span
    tail = _MONTH_TAIL.match(folded, end)
    head = _MONTH_HEAD.search(folded, max(0, start - 30), start)
    if not (tail or head) and not expression.day:
        return DateExpression(expression.span, DateKind.NONE)
    unit, offset = "", 0
    if tail:
        end = tail.end()
        offset = -1 if tail["past"] else 1 if tail["next"] else 0
        unit = "year" if tail["year"] else "month"
    if head:
        start = head.start()
    return structs.replace(expression, span=Span(start, end), unit=unit, offset=offset)
