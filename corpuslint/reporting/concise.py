"""One line for a finding: place, severity, code, message. The place first, as editors and `grep` expect it; or, for
reading one document at a time, under the name of its document."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby

from msgspec import structs

from corpuslint.reporting.listing import listed
from corpuslint.reporting.report import Finding, Report
from corpuslint.reporting.summary import MARKS, closing, not_listed
from corpuslint.reporting.terminal import Terminal
from corpuslint.text.visible import shown


def render(report: Report, terminal: Terminal) -> Iterator[str]:
    """`path:row:column: severity CODE [*] message`, and the other places of that rule in that document behind it."""
    entries = listed(report.findings, terminal)
    for entry in entries:
        yield f"{line_of(entry.finding, terminal, more=entry.more)}\n"
    yield from not_listed(report, entries)
    yield from closing(report, terminal)


def render_grouped(report: Report, terminal: Terminal) -> Iterator[str]:
    """A heading a document, an indented line a finding."""
    entries = listed(report.findings, structs.replace(terminal, repeats=True))
    for source, group in groupby((entry.finding for entry in entries), key=lambda finding: finding.source):
        yield f"{terminal.paint(shown(source), 'bold')}:\n"
        findings = tuple(group)
        width = max(len(f"{finding.start.row}:{finding.start.column}") for finding in findings)
        for finding in findings:
            place = f"{finding.start.row}:{finding.start.column}".ljust(width)
            code = terminal.severity(finding.severity, finding.code)
            yield f"  {place}  {code}{mark_of(finding)} {shown(finding.message)}\n"
        yield "\n"
    yield from not_listed(report, entries)
    yield from closing(report, terminal)


def line_of(finding: Finding, terminal: Terminal, *, more: str = "") -> str:
    """One finding on one line; on a terminal that is too narrow, on several, broken between words."""
    place, severity = shown(finding.place), finding.severity.value
    message = f"{shown(finding.message)}{more}"
    if terminal.width:
        head = len(f"{place}: {severity} {finding.code}{mark_of(finding)} ")
        message = _wrapped(message, head, terminal.width)
    code = terminal.paint(finding.code, "bold")
    marked = f"{code}{mark_of(finding)} {message}"
    return f"{terminal.paint(place, 'bold')}: {terminal.severity(finding.severity, severity)} {marked}"


def _wrapped(message: str, head: int, width: int) -> str:
    if head + len(message) <= width:
        return message
    lines = textwrap.wrap(
        message,
        width,
        initial_indent="x" * min(head, width - 1),
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines)[min(head, width - 1) :].lstrip("\n")


def mark_of(finding: Finding) -> str:
    """Whether and how the finding can be fixed, as a mark."""
    applicability = finding.applicability
    return f" {MARKS[applicability]}" if applicability in MARKS else ""
