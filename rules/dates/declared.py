"""The day of publication: whether a document has one, and whether the one its metadata declares can be true."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from corpuslint import (
    Anatomy,
    Diagnostic,
    Docs,
    DocumentId,
    Example,
    RuleCode,
    RuleSpec,
    Scope,
    Severity,
    declared_dates,
)

_PROSE = "وصل الوزير إلى العاصمة في زيارة تستمر يومين.\n"
_FETCHED = frozenset(("fetched", "scraped", "retrieved", "crawled", "downloaded"))
# Without a day to compare with, only a year that no news of our time can have is in the future.
_NO_NEWS_YET = declared_dates.LAST_NEWS


class MissingPublicationDate:
    """No metadata, no label, no bare date line and no dateline says when the document was published."""

    spec = RuleSpec(
        code=RuleCode("DAT001"),
        name="missing-publication-date",
        summary="Nothing says when the document was published",
        message="no publication date in the metadata or in the text",
        severity=Severity.WARNING,
        scope=Scope.DOCUMENT,
        docs=Docs(
            finds="A document whose metadata declares no `published` and whose text has no labelled date, no line that "
            "is a date and an hour, and no dateline of an agency with a full date. A line that is a day alone does not "
            "count: of those beside a declared date one in seven agreed with it.",
            why="Without it nothing dates the story: its relative dates cannot be resolved and it cannot be sorted, "
            "deduplicated by day or split by time.",
            fix_safety="There is no fix: a date cannot be guessed. Declare it in the metadata.",
        ),
        invalid=(
            Example(_PROSE),
            Example(_PROSE, metadata={"published": "غير معروف"}, why="a word for nothing is no value"),
            Example("آخر تحديث:\n" + _PROSE, why="the label has lost its value"),
            Example("أمسية شعرية\nالمسرح البلدي | 3 مايو 2021\n" + _PROSE, why="the day can be that of an event"),
        ),
        valid=(
            Example(_PROSE, metadata={"published": "2023-10-20"}, why="declared"),
            Example(_PROSE, metadata={"published": "1970-01-01"}, why="declared, if wrongly: another rule says so"),
            Example("تاريخ النشر: 20 أكتوبر 2023\n" + _PROSE, why="a labelled line"),
            Example("عنوان الخبر\nالجمعة 20 أكتوبر 2023 - 10:15\n" + _PROSE, why="a line that is a date and an hour"),
            Example("القاهرة 20 أكتوبر 2023 (رويترز) - " + _PROSE, why="a dateline"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        if anatomy.declared_date or anatomy.publication.published:
            return ()
        return (self.spec.report(anatomy.document),)


class DeclaredDateUnusable:
    """The metadata declares a date that is none."""

    spec = RuleSpec(
        code=RuleCode("DAT002"),
        name="declared-date-unusable",
        summary="The declared publication date names no day, or more than one",
        message="declared publication date '{value}' is {trouble}",
        severity=Severity.ERROR,
        scope=Scope.DOCUMENT,
        docs=Docs(
            finds="A `published` in the metadata that cannot be read as a date in any of the calendars and spellings "
            "the solver knows, that no calendar has (31 April), or that a system wrote in place of one (1970-01-01); "
            "as a warning, one that names no day (2019-08), or several: 08/07/2023 in either order of day and month, "
            "1402-05-12 of the solar year or the Hijri one. The language, the address, the zone of the hour, other "
            "dates of the document and, for the order of day and month, of its outlet decide where they can; the "
            "message names the days that are left.",
            why="A date that is silently wrong is worse than none: it sorts, filters and splits the corpus wrongly. A "
            "dataset has no `published` for such a document.",
            fix_safety="There is no fix.",
        ),
        invalid=(
            Example(_PROSE, metadata={"published": "2023-04-31"}),
            Example(_PROSE, metadata={"published": "1970-01-01"}),
            Example(_PROSE, metadata={"published": "قريبا"}),
            Example(_PROSE, metadata={"published": "08/07/23"}, why="8 July, 7 August, or 23 July 2008"),
            Example(_PROSE, metadata={"published": "1402-05-12"}, why="solar, or Hijri?"),
            Example(_PROSE, metadata={"published": "45146"}, why="a spreadsheet's count of days"),
            Example(_PROSE, metadata={"published": "2019-08"}, why="a month"),
            Example(_PROSE, metadata={"published": "السبت 20 أكتوبر 2023"}, why="that day is a Friday"),
        ),
        valid=(
            Example(_PROSE, metadata={"published": "2023-10-20T14:30:00+03:00"}),
            Example(_PROSE, metadata={"published": "Tue Aug 08 2023 03:03:00 GMT+0300 (Arabian Standard Time)"}),
            Example(_PROSE, metadata={"published": "1402-05-12 11:30:16+0330"}, why="the zone is Tehran's"),
            Example(_PROSE, metadata={"published": "1402-05-12", "url": "https://news.example.ir/1"}, why="from Iran"),
            Example(_PROSE, metadata={"published": "1445-01-20"}, why="Hijri: the solar year is yet to come"),
            Example(
                "تاريخ النشر: 8 يوليو 2023\n" + _PROSE, metadata={"published": "08/07/2023"}, why="the text decides"
            ),
            Example(_PROSE, metadata={"published": "٢٨ أكتوبر ٢٠٢٣"}, why="written out, but a date"),
            Example(_PROSE, metadata={"published": "۱۴۰۲/۰۷/۲۸", "language": "fa"}, why="the solar calendar"),
            Example(_PROSE, why="nothing is declared: another rule says so"),
        ),
        fields=("published",),
    )

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        declared = anatomy.declared_date
        if declared is None or declared.unusable is None:
            return ()
        why, days = declared.unusable, [day.value for day in declared.readings]
        if why is why.OUT_OF_TIME and days[0] > str(_NO_NEWS_YET):
            return ()  # a rule of its own says that it lies in the future
        if declared_dates.awaits_outlet(declared):
            return ()  # `judge` knows the outlet
        if why in (why.CALENDAR, why.ORDER):
            named = " or ".join(f"{day.value} ({day.calendar.capitalize()})" for day in declared.readings)
            trouble = f"{why.value}: {named}"
        else:
            trouble = f"{why.value} ({days[0]})" if days else why.value
        undecided = why in (why.CALENDAR, why.ORDER, why.PARTIAL, why.SERIAL, why.CONTRADICTS)
        severity = Severity.WARNING if undecided else Severity.ERROR
        value = declared.written[:60]
        finding = self.spec.report(anatomy.document, severity=severity, field="published", value=value, trouble=trouble)
        return (finding,)

    state = declared_dates.STATE

    def empty(self) -> declared_dates.Orders:
        """What no document shows."""
        return {}

    def collect(self, state: declared_dates.Orders, anatomy: Anatomy) -> declared_dates.Orders:
        """The state with one document more."""
        return declared_dates.collected(state, anatomy.document, anatomy.declared_date)

    def merge(self, left: declared_dates.Orders, right: declared_dates.Orders) -> declared_dates.Orders:
        """The state of both."""
        return declared_dates.merged(left, right)

    def judge(self, state: declared_dates.Orders) -> Iterator[Diagnostic]:
        """A finding in every document whose outlet does not show whether the day or the month comes first."""
        known = declared_dates.settled(state)
        for _, _, open_dates in state.values():
            for document, written, first, second in open_dates:
                if document not in known:
                    trouble = f"{declared_dates.Unusable.ORDER.value}: {first} or {second}"
                    message = self.spec.message.format(value=written[:60], trouble=trouble)
                    yield self.spec.report_on(
                        DocumentId(document), severity=Severity.WARNING, message=message, field="published"
                    )


class FutureDate:
    """A publication date after the day the page was fetched."""

    spec = RuleSpec(
        code=RuleCode("DAT023"),
        name="future-publication-date",
        summary="The publication date lies in the future",
        message="publication date {value} is after {bound}",
        severity=Severity.WARNING,
        scope=Scope.DOCUMENT,
        docs=Docs(
            finds="A publication date more than a day after the day the page was fetched (`fetched`, `scraped`, "
            "`retrieved`, `crawled` or `downloaded` in the metadata), else after the day that SOURCE_DATE_EPOCH "
            "names. Where neither is known, only a year after 2035.",
            why="Such a date is a misread day and month, a wrong calendar, or a wrong year.",
            fix_safety="There is no fix.",
        ),
        invalid=(
            Example(_PROSE, metadata={"published": "2023-10-20", "fetched": "2023-09-01"}),
            Example(_PROSE, metadata={"published": "2099-10-20"}),
        ),
        valid=(
            Example(_PROSE, metadata={"published": "2023-10-20", "fetched": "2023-10-19"}, why="time zones differ"),
            Example(_PROSE, metadata={"published": "2023-10-20"}),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        metadata = anatomy.document.metadata
        declared = anatomy.declared_date
        if declared is not None and (declared.value or declared.unusable is declared.unusable.OUT_OF_TIME):
            value = declared.value or declared.readings[0].value
        else:
            value = anatomy.publication.published
        if not value:
            return ()
        day = date.fromisoformat(value[:10])
        bound = _EPOCH_DAY
        for key in sorted(_FETCHED.intersection(metadata)):
            bound = anatomy.parse_date(str(metadata[key])).date or bound
        late = (day - bound).days > 1 if bound else day.year > _NO_NEWS_YET
        named = bound.isoformat() if bound else str(_NO_NEWS_YET)
        return (self.spec.report(anatomy.document, value=day.isoformat(), bound=named),) if late else ()


def _epoch_day() -> date | None:
    """The day of SOURCE_DATE_EPOCH, the reproducible-builds stand-in for the clock; None where it is not set."""
    value = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(value), UTC).date() if value.isascii() and value.isdigit() else None


_EPOCH_DAY = _epoch_day()

RULES = (MissingPublicationDate(), DeclaredDateUnusable(), FutureDate())
