"""The day of publication: whether a document has one, and whether the one its metadata declares can be true."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from corpuslint import (
    Anatomy,
    DeclarativeRule,
    Diagnostic,
    DocumentId,
    RuleSpec,
    Severity,
    absolute_dates,
    declared_dates,
)

_FETCHED = frozenset(("fetched", "scraped", "retrieved", "crawled", "downloaded"))
# Without a day to compare with, only a year that no news of our time can have is in the future.
_NO_NEWS_YET = absolute_dates.LAST_NEWS


class DeclaredDateUnusable:
    """The metadata declares a date that is none."""

    state = declared_dates.STATE

    def __init__(self, spec: RuleSpec) -> None:
        self.spec = spec

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

    def empty(self) -> declared_dates.Orders:
        """What no document shows."""
        return {}

    def collect(self, state: declared_dates.Orders, anatomy: Anatomy) -> declared_dates.Orders:
        """The state with one document more."""
        return declared_dates.collected(state, anatomy.document, anatomy.declared_date)

    def judge(self, states: Iterable[declared_dates.Orders]) -> Iterator[Diagnostic]:
        """A finding in every document whose outlet does not show whether the day or the month comes first."""
        for one in declared_dates.read_by_outlet(states):
            if not one.value:
                trouble = f"{declared_dates.Unusable.ORDER.value}: {one.first} or {one.second}"
                message = self.spec.message.format(value=one.written[:60], trouble=trouble)
                document = DocumentId(one.document)
                yield self.spec.report(document, severity=Severity.WARNING, message=message, field="published")


def future_publication_date(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A publication date after the day the page was fetched."""
    metadata = anatomy.document.metadata
    declared = anatomy.declared_date
    if declared is not None and (declared.value or declared.unusable is declared_dates.Unusable.OUT_OF_TIME):
        value = declared.value or declared.readings[0].value
    else:
        value = anatomy.publication.published
    if not value:
        return
    day = date.fromisoformat(value[:10])
    bound = _EPOCH_DAY
    for key in sorted(_FETCHED.intersection(metadata)):
        bound = anatomy.parse_date(str(metadata[key])).date or bound
    late = (day - bound).days > 1 if bound else day.year > _NO_NEWS_YET
    named = bound.isoformat() if bound else str(_NO_NEWS_YET)
    if late:
        yield rule.report(anatomy, value=day.isoformat(), bound=named)


def _epoch_day() -> date | None:
    """The day of SOURCE_DATE_EPOCH, the reproducible-builds stand-in for the clock; None where it is not set."""
    value = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(value), UTC).date() if value.isascii() and value.isdigit() else None


_EPOCH_DAY = _epoch_day()
