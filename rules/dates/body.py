"""Dates inside the story: days that no calendar has, weekdays that contradict, relative dates without a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from corpuslint import Anatomy, DeclarativeRule, Diagnostic, Span, compile_re, phrase_pattern

_SPACE = "[ \N{NO-BREAK SPACE}\N{ZERO WIDTH NON-JOINER}\N{RIGHT-TO-LEFT MARK}]"
_DIGIT = "[0-9٠-٩۰-۹]"
# The months that lack a 31st (and a 30th) in some calendar.
_SHORT_MONTHS = (
    "فبراير|شباط|فيفري|فوریه|فروری|فبروری|شوبات|أبريل|إبريل|نيسان|أفريل|آوریل|اپریل|يونيو|يونيه|حزيران|جوان|ژوئن|جون"
    "|حوزەیران|سبتمبر|أيلول|شتنبر|سپتامبر|ستمبر|ئەیلوول|ئەیلول|نوفمبر|تشرين الثاني|نونبر|نوامبر|نومبر|تشرینی دووەم"
    "|محرم|صفر|ربيع|جماد|رجب|شعبان|رمضان|شوال|ذو القعدة|ذي القعدة|ذی‌القعده|ذیقعده|ذو الحجة|ذي الحجة|ذی‌الحجه|ذیحجه"
    "|مهر|آبان|آذر|دی|بهمن|اسفند"
)
_SHORT = "|".join(phrase_pattern(name) for name in _SHORT_MONTHS.split("|"))
LATE_DAY = f"(?:29|3[01]|٢٩|٣[٠١]|۲۹|۳[۰۱]){_SPACE}{{0,3}}(?:من{_SPACE})?(?:شهر{_SPACE})?(?:{_SHORT})"
_MARKS = "[ \N{NO-BREAK SPACE}\N{RIGHT-TO-LEFT MARK}،,:(-]{0,4}"
WEEKDAY = (
    "(?:ثلاثاء?|ثنين|[أا]ربعاء?|خميس|جمع[ةه]|سبت|[أا]حد|شنب[هې]|ش[ەه]مم[ەه]|ه[ەه]ین[یي]"
    "|پیر|منگل|بد[ھه]|جمعرات|ہفتہ|اتوار)"
    f"{_MARKS}(?:(?:الموافق|المصادف){_MARKS})?{_DIGIT}"
)
_WEEKDAY_FIRST = compile_re(WEEKDAY)
# Two years of two calendars near each other: "1445 هـ … 2023", "2023 … 1445".
HIJRI_YEAR, _COMMON_YEAR = "(?:1[34]|١[٣٤]|۱[۳۴])" + 2 * _DIGIT, "(?:19|20|١٩|٢٠|۱۹|۲۰)" + 2 * _DIGIT
_PAIR_IN = compile_re(f"{HIJRI_YEAR}[^\\n]{{1,40}}{_COMMON_YEAR}|{_COMMON_YEAR}[^\\n]{{1,40}}{HIJRI_YEAR}")
_LATE_DAY_IN = compile_re(LATE_DAY)


def impossible_date(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A day that its month does not have."""
    text = anatomy.text
    for expression in _dates_at(anatomy, _LATE_DAY_IN):
        written = expression.span.of(text)
        if expression.trouble == "impossible" and expression.named and _LATE_DAY_IN.search(written):
            yield rule.report(anatomy, expression.span, value=written, calendar=expression.calendar.capitalize())


def weekday_contradicts_date(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A date whose weekday is not the one written beside it."""
    text = anatomy.text
    for expression in _dates_at(anatomy, _WEEKDAY_FIRST):
        if expression.trouble == "weekday-contradicts" and _WEEKDAY_FIRST.search(expression.span.of(text)):
            day = expression.date
            yield rule.report(
                anatomy,
                expression.span,
                evidence={"date": expression.value, "calendar": expression.calendar},
                value=expression.span.of(anatomy.text),
                right=_DAYS[day.weekday()] if day else "",
            )


def calendars_contradict(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """One day in two calendars that is two days."""
    labelled = [line.expression for line in anatomy.publication.lines]
    seen: set[Span] = set()
    for expression in (*labelled, *_dates_at(anatomy, _PAIR_IN)):
        if expression.trouble == "calendars-contradict" and not any(expression.span.overlaps(one) for one in seen):
            seen.add(expression.span)
            yield rule.report(anatomy, expression.span, value=expression.span.of(anatomy.text))


def _dates_at(anatomy: Anatomy, pattern: re.Pattern[str]) -> Iterator[Any]:
    """The date expressions of the lines that `pattern` is found in; a document without one costs a search."""
    text, last = anatomy.text, -1
    for match in pattern.finditer(text):
        if match.start() < last:
            continue
        # A date is read from its weekday to its year or zone; nothing of it is farther away than this.
        start = text.rfind(" ", 0, max(0, match.start() - 60)) + 1
        end = text.find(" ", match.end() + 120)
        for expression in anatomy.dates_within(Span(start, end if end >= 0 else len(text))):
            if expression.span.overlaps(Span(*match.span())):
                last = expression.span.end
                yield expression


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def unresolved_relative_date(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A relative date in a document that does not say when it was written."""
    if anatomy.declared_date:
        return
    # A date in the text belongs to the story it stands in; a story pasted after it has none from there.
    dated = bool(anatomy.publication.published)
    foreign = [story.span for story in anatomy.stories[1:]] if dated else []
    if dated and not foreign:
        return
    for expression in anatomy.dates:
        if expression.relative and (not dated or any(span.covers(expression.span) for span in foreign)):
            yield rule.report(anatomy, expression.span, value=expression.span.of(anatomy.text))
