"""The day of publication: whether a document has one, and whether the one its metadata declares can be true."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import lru_cache

from corpuslint import Anatomy, Diagnostic, Docs, Example, RuleCode, RuleSpec, Scope, Severity, compile_re

# What readers write themselves: a day that needs no second look.
_SOUND_TIME = compile_re(r"[T ](?:[01][0-9]|2[0-3]):[0-5][0-9].{0,20}\Z|\Z")


@lru_cache(maxsize=4096)  # a corpus holds few days
def _is_sound(day: str) -> bool:
    try:
        return date.fromisoformat(day).year > 1990
    except ValueError:
        return False


_PROSE = "وصل الوزير إلى العاصمة في زيارة تستمر يومين.\n"
_FETCHED = frozenset(("fetched", "scraped", "retrieved", "crawled", "downloaded"))
# Without a day to compare with, only a year that no news can have is in the future.
_NO_NEWS_YET = 2100


def _declared(anatomy: Anatomy) -> str:
    metadata = anatomy.document.metadata
    value = metadata.get("published") or metadata.get("date") or ""
    return value.strip() if isinstance(value, str) else ""


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
            "is a date, and no dateline with a full date.",
            why="Without it nothing dates the story: its relative dates cannot be resolved and it cannot be sorted, "
            "deduplicated by day or split by time.",
            fix_safety="There is no fix: a date cannot be guessed. Declare it in the metadata.",
        ),
        invalid=(Example(_PROSE), Example("آخر تحديث:\n" + _PROSE, why="the label has lost its value")),
        valid=(
            Example(_PROSE, metadata={"published": "2023-10-20"}, why="declared"),
            Example("تاريخ النشر: 20 أكتوبر 2023\n" + _PROSE, why="a labelled line"),
            Example("عنوان الخبر\nالجمعة 20 أكتوبر 2023\n" + _PROSE, why="a line that is a date"),
            Example("القاهرة 20 أكتوبر 2023 (رويترز) - " + _PROSE, why="a dateline"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        if _declared(anatomy) or anatomy.publication.published:
            return ()
        return (self.spec.report(anatomy.document),)


class DeclaredDateUnusable:
    """The metadata declares a date that is none."""

    spec = RuleSpec(
        code=RuleCode("DAT002"),
        name="declared-date-unusable",
        summary="The declared publication date is no date",
        message="declared publication date '{value}' is {trouble}",
        severity=Severity.ERROR,
        scope=Scope.DOCUMENT,
        docs=Docs(
            finds="A `published` in the metadata that cannot be read as a date in any of the calendars and spellings "
            "the solver knows, that no calendar has (31 April), or that a system wrote in place of one (1970-01-01).",
            why="A date that is silently wrong is worse than none: it sorts, filters and splits the corpus wrongly.",
            fix_safety="There is no fix.",
        ),
        invalid=(
            Example(_PROSE, metadata={"published": "2023-04-31"}),
            Example(_PROSE, metadata={"published": "1970-01-01"}),
            Example(_PROSE, metadata={"published": "غير معروف"}),
        ),
        valid=(
            Example(_PROSE, metadata={"published": "2023-10-20T14:30:00+03:00"}),
            Example(_PROSE, metadata={"published": "٢٨ أكتوبر ٢٠٢٣"}, why="written out, but a date"),
            Example(_PROSE, metadata={"published": "۱۴۰۲/۰۷/۲۸", "language": "fa"}, why="the solar calendar"),
            Example(_PROSE, why="nothing is declared: another rule says so"),
        ),
        fields=("published",),
    )

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        value = _declared(anatomy)
        if not value or (_is_sound(value[:10]) and _SOUND_TIME.match(value, 10)):
            return ()
        expression = anatomy.parse_date(value)
        trouble = expression.trouble if expression.kind == "absolute" else "malformed"
        if trouble and trouble != "weekday-contradicts":
            finding = self.spec.report(anatomy.document, value=value[:60], trouble=_IN_WORDS[trouble])
            return (dataclasses.replace(finding, field="published"),)
        return ()


_IN_WORDS = {
    "malformed": "no date",
    "digits-reversed": "no date",
    "impossible": "a day that does not exist",
    "placeholder": "a placeholder",
}


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
            "names. Where neither is known, only a year after 2100.",
            why="Such a date is a misread day and month, a wrong calendar, or a wrong year.",
            fix_safety="There is no fix.",
        ),
        invalid=(
            Example(_PROSE, metadata={"published": "2023-10-20", "fetched": "2023-09-01"}),
            Example(_PROSE, metadata={"published": "2123-10-20"}),
        ),
        valid=(
            Example(_PROSE, metadata={"published": "2023-10-20", "fetched": "2023-10-19"}, why="time zones differ"),
            Example(_PROSE, metadata={"published": "2023-10-20"}),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        metadata = anatomy.document.metadata
        if _EPOCH_DAY is None and _FETCHED.isdisjoint(metadata) and _declared(anatomy)[:2] in ("19", "20"):
            return ()
        return self._after_the_bound(anatomy)

    def _after_the_bound(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        metadata = anatomy.document.metadata
        bound = _EPOCH_DAY
        for key in sorted(_FETCHED):
            if key in metadata:
                bound = anatomy.parse_date(str(metadata[key])).date or bound
        declared = _declared(anatomy)
        if declared[:2] in ("19", "20") and (bound is None or declared[:10] <= bound.isoformat()):
            return
        value = anatomy.publication.published
        day = _day(value)
        if day is None:
            return
        if bound is None:
            if day.year > _NO_NEWS_YET:
                yield self.spec.report(anatomy.document, value=value[:10], bound=str(_NO_NEWS_YET))
        elif (day - bound).days > 1:
            yield self.spec.report(anatomy.document, value=value[:10], bound=bound.isoformat())


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def _epoch_day() -> date | None:
    """The day of SOURCE_DATE_EPOCH, the reproducible-builds stand-in for the clock; None where it is not set."""
    value = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(value), UTC).date() if value.isascii() and value.isdigit() else None


_EPOCH_DAY = _epoch_day()

RULES = (MissingPublicationDate(), DeclaredDateUnusable(), FutureDate())
