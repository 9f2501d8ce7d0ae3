"""Dates inside the story: days that no calendar has, weekdays that contradict, relative dates without a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from corpuslint import (
    Anatomy,
    Diagnostic,
    Docs,
    Example,
    RuleCode,
    RuleSpec,
    Severity,
    Span,
    Triggers,
    compile_re,
    phrase_pattern,
)

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
_LATE_DAY = f"(?:29|3[01]|٢٩|٣[٠١]|۲۹|۳[۰۱]){_SPACE}{{0,3}}(?:من{_SPACE})?(?:شهر{_SPACE})?(?:{_SHORT})"
_MARKS = "[ \N{NO-BREAK SPACE}\N{RIGHT-TO-LEFT MARK}،,:(-]{0,4}"
_WEEKDAY = (
    "(?:ثلاثاء?|ثنين|[أا]ربعاء?|خميس|جمع[ةه]|سبت|[أا]حد|شنب[هې]|ش[ەه]مم[ەه]|ه[ەه]ین[یي]"
    "|پیر|منگل|بد[ھه]|جمعرات|ہفتہ|اتوار)"
    f"{_MARKS}(?:(?:الموافق|المصادف){_MARKS})?{_DIGIT}"
)
_WEEKDAY_FIRST = compile_re(_WEEKDAY)
# Two years of two calendars near each other: "1445 هـ … 2023", "2023 … 1445".
_HIJRI_YEAR, _COMMON_YEAR = "(?:1[34]|١[٣٤]|۱[۳۴])" + 2 * _DIGIT, "(?:19|20|١٩|٢٠|۱۹|۲۰)" + 2 * _DIGIT
_PAIR = f"{_HIJRI_YEAR}[^\\n]{{1,40}}{_COMMON_YEAR}|{_COMMON_YEAR}[^\\n]{{1,40}}{_HIJRI_YEAR}"
_PAIR_IN = compile_re(_PAIR)
_LATE_DAY_IN = compile_re(_LATE_DAY)


class ImpossibleDate:
    """A day that its month does not have."""

    spec = RuleSpec(
        code=RuleCode("DAT021"),
        name="impossible-date",
        summary="A date that no calendar has",
        message="'{value}' does not exist in the {calendar} calendar",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=(_LATE_DAY,)),
        docs=Docs(
            finds="A day that its month does not have in that year (31 April, 29 February of a common year, 31 of a "
            "Hijri month, 30 Esfand of a common year), where the month is named. A numeric one counts "
            "behind a label only: DAT020 reports it there.",
            why="It is a typing error or a scraper's misreading, and no program can use it.",
            fix_safety="There is no fix: which day was meant is a guess.",
        ),
        invalid=(
            Example("وقع الاتفاق في 31 أبريل 2021 في المدينة.\n", spans=("31 أبريل 2021",)),
            Example("غادر البلاد في 31 شوال 1436 هـ برفقة أسرته.\n", spans=("31 شوال 1436 هـ",)),
            Example("این قرارداد در ۳۰ اسفند ۱۴۰۲ امضا شد.\n", metadata={"language": "fa"}, spans=("۳۰ اسفند ۱۴۰۲",)),
        ),
        valid=(
            Example("وقع الاتفاق في 29 فبراير 2020 في المدينة.\n", why="a leap year"),
            Example("بدأ الشهر في 30 شوال 1436 هـ.\n", why="the moon may be sighted late"),
            Example("این قرارداد در ۳۰ اسفند ۱۴۰۳ امضا شد.\n", metadata={"language": "fa"}, why="a leap year"),
            Example("ارتفع الإنتاج إلى 45 مارس 2021 من 40 في فبراير.\n", why="45 is an amount"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        text = anatomy.text
        for expression in _dates_at(anatomy, _LATE_DAY_IN):
            written = expression.span.of(text)
            if expression.trouble == "impossible" and expression.named and _LATE_DAY_IN.search(written):
                yield self.spec.report(
                    anatomy.document, expression.span, value=written, calendar=expression.calendar.capitalize()
                )


class WeekdayContradicts:
    """A date whose weekday is not the one written beside it."""

    spec = RuleSpec(
        code=RuleCode("DAT024"),
        name="weekday-contradicts-date",
        summary="The weekday does not fit the date",
        message="'{value}': that day is a {right}",
        severity=Severity.WARNING,
        triggers=Triggers(patterns=(_WEEKDAY,)),
        docs=Docs(
            finds="A full date with a weekday before it that the day does not fall on. A Hijri date may be two days "
            "off, since its months begin with a sighting.",
            why="Either the weekday or the date is wrong, and with it every program that resolves either.",
            fix_safety="There is no fix: which of the two is wrong is a question for a person.",
        ),
        invalid=(
            Example("افتتح المعرض يوم السبت 20 أكتوبر 2023 في الرياض.\n", spans=("السبت 20 أكتوبر 2023",)),
            Example("نمایشگاه شنبه ۲۸ مهر ۱۴۰۲ گشایش یافت.\n", metadata={"language": "fa"}),
        ),
        valid=(
            Example("افتتح المعرض يوم الجمعة 20 أكتوبر 2023 في الرياض.\n"),
            Example("عقدت الندوة الخميس 5 ربيع الآخر 1445 هـ.\n", why="one day off in the Hijri calendar"),
            Example("يعقد اللقاء السبت، وكان لقاء 20 أكتوبر 2023 قد تأجل.\n", why="two dates"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        text = anatomy.text
        for expression in _dates_at(anatomy, _WEEKDAY_FIRST):
            if expression.trouble == "weekday-contradicts" and _WEEKDAY_FIRST.search(expression.span.of(text)):
                day = expression.date
                yield self.spec.report(
                    anatomy.document,
                    expression.span,
                    evidence={"date": expression.value, "calendar": expression.calendar},
                    value=expression.span.of(anatomy.text),
                    right=_DAYS[day.weekday()] if day else "",
                )


class CalendarsContradict:
    """One day in two calendars that is two days."""

    spec = RuleSpec(
        code=RuleCode("DAT026"),
        name="calendars-contradict",
        summary="One date in two calendars names two days",
        message="'{value}' names two days",
        severity=Severity.WARNING,
        triggers=Triggers(patterns=(_PAIR,)),
        docs=Docs(
            finds="A date that is given in two calendars (Hijri and Gregorian, solar and Gregorian) whose days are "
            "more than three days apart; a Hijri date may be a few days off, since its months begin with a sighting. "
            "In the story itself a word must join the two (“الموافق”), for a dash between them can stand for a span of "
            "time.",
            why="One of the two is wrong, and a program that reads one of them may have the wrong one.",
            fix_safety="There is no fix: which of the two is wrong is a question for a person. Such a line is not "
            "moved into the metadata.",
        ),
        invalid=(
            Example(
                "افتتح المعرض في 20 محرم 1445 هـ الموافق 7 سبتمبر 2023 في الرياض.\n",
                spans=("20 محرم 1445 هـ الموافق 7 سبتمبر 2023",),
            ),
            Example("تاريخ النشر: 20 محرم 1445 هـ - 7 سبتمبر 2023 م\nوصل الوزير إلى العاصمة.\n"),
            Example("نمایشگاه ۲۸ مهر ۱۴۰۲ برابر با ۲۰ سپتامبر ۲۰۲۳ گشایش یافت.\n", metadata={"language": "fa"}),
        ),
        valid=(
            Example("افتتح المعرض في 20 محرم 1445 هـ الموافق 7 أغسطس 2023 في الرياض.\n"),
            Example("افتتح المعرض في 19 محرم 1445 هـ الموافق 7 أغسطس 2023 في الرياض.\n", why="a day off"),
            Example("بين 1 محرم 1440 هـ و7 أغسطس 2023 تغير كل شيء.\n", why="two dates"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        labelled = [line.expression for line in anatomy.publication.lines]
        seen: set[Span] = set()
        for expression in (*labelled, *_dates_at(anatomy, _PAIR_IN)):
            if expression.trouble == "calendars-contradict" and not any(expression.span.overlaps(one) for one in seen):
                seen.add(expression.span)
                yield self.spec.report(anatomy.document, expression.span, value=expression.span.of(anatomy.text))


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


class UnresolvedRelativeDate:
    """A relative date in a document that does not say when it was written."""

    spec = RuleSpec(
        code=RuleCode("DAT040"),
        name="unresolved-relative-date",
        summary="A relative date with nothing to resolve it",
        message="'{value}' depends on a publication date that is not known",
        severity=Severity.INFO,
        docs=Docs(
            finds="A weekday, 'yesterday', 'last month', 'the 10th of this month', a month without a year, in a story "
            "without a publication date. With a publication date these are resolvable and no finding; a date line of "
            "the text dates its own story only, not one pasted after it.",
            why="Nobody can tell any more which day is meant.",
            fix_safety="There is no fix; declare `published` in the metadata and the finding goes away.",
        ),
        invalid=(
            Example("قال الوزير يوم الأربعاء إن المشروع اكتمل.\n", spans=("يوم الأربعاء",)),
            Example("ارتفعت الأسعار خلال الشهر الماضي.\n", spans=("خلال الشهر الماضي",)),
            Example("وزیر دیروز وارد پایتخت شد.\n", metadata={"language": "fa"}, spans=("دیروز",)),
            Example("وزیر بدھ کے روز دارالحکومت پہنچے۔\n", metadata={"language": "ur"}, spans=("بدھ کے روز",)),
            Example("وەزیر دوێنێ گەیشتە شارەکە.\n", metadata={"language": "ckb"}, spans=("دوێنێ",)),
        ),
        valid=(
            Example("قال الوزير يوم الأربعاء إن المشروع اكتمل.\n", metadata={"published": "2023-10-20"}),
            Example("تاريخ النشر: 20 أكتوبر 2023\nقال الوزير أمس إن المشروع اكتمل.\n", why="a labelled date"),
            Example("أدى المصلون صلاة الجمعة في الجامع الكبير.\n", why="a prayer's name"),
            Example("بدأت الحرب في فبراير/شباط 2022.\n", why="month and year"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        return () if anatomy.declared_date else self._unresolved(anatomy)

    def _unresolved(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        # A date in the text belongs to the story it stands in; a story pasted after it has none from there.
        dated = bool(anatomy.publication.published)
        foreign = [story.span for story in anatomy.stories[1:]] if dated else []
        if dated and not foreign:
            return
        for expression in anatomy.dates:
            if expression.relative and (not dated or any(span.covers(expression.span) for span in foreign)):
                yield self.spec.report(anatomy.document, expression.span, value=expression.span.of(anatomy.text))


RULES = (ImpossibleDate(), WeekdayContradicts(), CalendarsContradict(), UnresolvedRelativeDate())
