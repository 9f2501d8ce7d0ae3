"""Date lines that page templates leave in the text: empty, broken, contradicting, or sound and to be lifted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from corpuslint import (
    Anatomy,
    Applicability,
    DeclarativeRule,
    Diagnostic,
    Edit,
    FieldChange,
    Fix,
    Severity,
    Span,
    Triggers,
    compile_re,
    label_words,
    openers,
)


def _label_triggers() -> Triggers:
    """Every labelled date line opens with a label, or holds one that is sure of itself, or another beside a colon."""
    sure = tuple(label.words for label in label_words.date_labels() if not label.everyday)
    return Triggers(lines=openers.LABEL | openers.DATED, literals=sure, patterns=(_UNLISTED,))


# A label that the list lacks: a word of publishing or updating with at most two more, and a colon.
_UNLISTED = (
    "(?:نُ?شر(?:ت|ها?)?|تحديث|تعديل|ضاف[ةه]|انتشار|اشاعت|روزرسانی)"
    "(?:[ \N{NO-BREAK SPACE}][^:：\\n]{1,25})?"
    "[ \N{NO-BREAK SPACE}\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT MARK}]{0,3}[:：]"
)
# An English month beside its day; the year follows.
_ENGLISH = (
    "[0-9](?:st|nd|rd|th)?,? ?-?(?:of )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z.]{0,7}[ ,-]{1,2}[0-9]"
    "|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z.]{0,7} ?[0-9]{1,2}(?:st|nd|rd|th)?,? "
)
_ENGLISH_IN_PROSE = compile_re(_ENGLISH)
_ARABIC_END = compile_re(r"[\u0621-\u064a\u0671-\u06d3][ ،]{1,3}\Z")
_ARABIC_START = compile_re(r"[ ،]{1,3}[\u0621-\u064a\u0671-\u06d3]")
LABELS = _label_triggers()
ENGLISH = Triggers(literals=LABELS.literals, patterns=(*LABELS.patterns, _ENGLISH))


def malformed_date(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A date label with something behind it that is no date."""
    for line in anatomy.publication.lines:
        named = line.expression.named and 29 <= line.expression.day <= 31  # DAT021 reports these everywhere
        # a line that is only numbers, under no label, promises no date
        if line.meaning and line.expression.trouble == "undecided":
            span = line.expression.span
            message = f"'{span.of(anatomy.text)[:40]}' can be {_days(line.expression)}"
            yield rule.report(anatomy, span, severity=Severity.WARNING, message=message)
        elif line.meaning and line.expression.trouble in _UNREADABLE and not named:
            span = line.expression.span
            value = span.of(anatomy.text)[:40]
            yield rule.report(anatomy, span, severity=Severity.INFO if _HOUR.fullmatch(value) else None, value=value)
        elif line.left.end and line.trusted:
            left = line.left.of(anatomy.text)
            message = f"'{left[:40]}' beside the date is not understood"
            yield rule.report(anatomy, line.left, severity=Severity.WARNING, message=message)


def _days(expression: Any) -> str:
    """The day that a date is, or each that it can be."""
    if expression.trouble != "undecided":
        return str(expression.value)
    return " or ".join([expression.value[:10], *(other.value for other in expression.others)])


_HOUR = compile_re(r"(?:\w{2,8} )?\d{1,2}:\d\d(?::\d\d)?(?: ?\w{1,6})?\W*")  # it names no day, but is sound
_UNREADABLE = ("malformed", "digits-reversed", "impossible")


def english_date_in_arabic_line(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A date in Latin letters behind a label in Arabic script."""
    for number, line in enumerate(anatomy.publication.lines):
        label = line.label.of(anatomy.text)
        if line.expression.latin and line.trusted and label and not label[0].isascii():
            span = line.expression.span
            yield rule.report(anatomy, span, fix=_lift(anatomy, number), value=span.of(anatomy.text))
    text = anatomy.text
    last = -1
    for match in _ENGLISH_IN_PROSE.finditer(text):
        for one in anatomy.dates_within(Span(max(0, match.start() - 4), min(len(text), match.end() + 24))):
            before = text[max(0, one.span.start - 5) : one.span.start]
            between = _ARABIC_END.search(before) and _ARABIC_START.match(text, one.span.end)
            if one.latin and one.kind == "absolute" and between and one.span.start > last:
                last = one.span.end
                written = one.span.of(text)
                yield rule.report(anatomy, one.span, severity=Severity.WARNING, value=written)


def date_line_in_body(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A labelled date among the story's lines."""
    numbered = [(number, line) for number, line in enumerate(anatomy.publication.lines) if line.meaning]
    for _, group in groupby(numbered, key=lambda each: each[1].line):
        sharing = [(line, _lift(anatomy, number)) for number, line in group if line.dated]
        whole = _lift_together(anatomy, sharing)
        for line, fix in sharing[:1] if whole else sharing:
            expression = line.expression
            if line.doubtful:
                message = f"{expression.value} can be the day of an event, a letter or a thing"
                yield rule.report(anatomy, line.body, severity=Severity.INFO, confidence=0.6, message=message)
                continue
            yield rule.report(
                anatomy,
                Span(line.body.start, sharing[-1][0].body.end) if whole else line.body,
                fix=whole or fix,
                evidence={"calendar": expression.calendar, "value": expression.value},
                confidence=0.98 if line.listed or "T" in expression.value else 0.9,
                value=expression.value,
            )


def two_publication_dates(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """Two sources of the publication date that name different days."""
    known = anatomy.publication
    for line in known.lines:
        if line.meaning in ("published", "date") and line.trusted and not known.agrees(line):
            yield rule.report(anatomy, line.body, value=line.expression.value[:10], known=known.published[:10])


def updated_before_published(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """An update that is older than the publication."""
    known = anatomy.publication
    for line in known.lines:
        if line.meaning == "updated" and line.trusted and known.precedes_by(line) < -1:
            updated, published = line.expression.value[:10], known.published[:10]
            yield rule.report(anatomy, line.body, updated=updated, published=published)


def bare_date_line(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A line near the head or the tail that is a date and nothing else; beside a declared date only one that agrees."""
    known = anatomy.publication
    if known.origin not in ("line", "", "metadata"):
        return
    for number, line in enumerate(known.lines):
        if not line.meaning and (known.line == line or not anatomy.declared_date):
            yield rule.report(
                anatomy,
                line.body,
                fix=_lift(anatomy, number),
                evidence={"calendar": line.expression.calendar},
                confidence=0.95 if known.line == line else 0.6,
                value=_days(line.expression),
            )


def _lift(anatomy: Anatomy, number: int) -> Fix | None:
    """The fix that moves a date line into the metadata; None where that would hide a contradiction."""
    known = anatomy.publication
    line = known.lines[number]
    if not line.part.end or not line.trusted:
        return None  # words stand between label and date, or nobody knows which day it is
    edit = (Edit(line.part, ""),)
    value = line.expression.value
    declared = anatomy.declared_date
    if declared is not None and not declared.value and declared.readings:
        return None  # another day than those that the declared one can be; near one of them it would have decided
    if line.meaning == "updated" and known.line != line:
        return Fix(
            "Move the date of the update into the metadata", Applicability.UNSAFE, edit, _field("updated", value)
        )
    if not known.agrees(line):
        return None
    if known.published and (known.origin == "metadata" or known.line != line):
        return Fix("Delete the date line: the date is known", Applicability.UNSAFE, edit)
    fields = _field("published", value)
    if line.meaning == "updated":  # the page gives no other day
        fields += _field("updated", value)
    return Fix("Move the date into the metadata", Applicability.UNSAFE, edit, fields)


def _lift_together(anatomy: Anatomy, sharing: list[tuple[Any, Fix | None]]) -> Fix | None:
    """One fix for a line of several dates with nothing else on it; None for any other line."""
    fixes = [fix for _, fix in sharing if fix is not None]
    if len(sharing) < 2 or len(fixes) < len(sharing):
        return None
    line = sharing[0][0].line
    kept = list(line.of(anatomy.text))
    for fix in fixes:
        for edit in fix.edits:
            for at in range(edit.span.start - line.start, edit.span.end - line.start):
                kept[at] = " "
    if "".join(kept).strip(" \t\r\n|-•·،"):
        return None
    fields = tuple(change for fix in fixes for change in fix.fields)
    return Fix("Move the dates into the metadata", Applicability.UNSAFE, (Edit(line, ""),), fields)


def _field(name: str, value: str) -> tuple[FieldChange, ...]:
    return (FieldChange(name, value),)
