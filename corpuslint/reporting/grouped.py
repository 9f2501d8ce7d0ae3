"""Findings under the name of their document, for reading one document at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from msgspec import structs

from corpuslint.reporting.concise import mark_of
from corpuslint.reporting.listing import listed
from corpuslint.reporting.report import Report
from corpuslint.reporting.summary import closing, not_listed
from corpuslint.reporting.terminal import Terminal
from corpuslint.text.visible import shown


def render(report: Report, terminal: Terminal) -> Iterator[str]:
    """A heading a document, an indented line a finding."""
    entries = listed(report.findings, structs.replace(terminal, repeats=True))
    for source, group in groupby((entry.finding for entry in entries), key=lambda finding: finding.source):
        yield f"{terminal.paint(shown(source), 'bold')}:\n"
        findings = tuple(group)
        width = max(len(f"{finding.start.row}:{finding.start.column}") for finding in findings)
        for finding in findings:
            place = f"{finding.start.row}:{finding.start.column}".ljust(width)
            code = terminal.severity(finding.severity, finding.code)
            yield f"  {place}  {code}{mark_of(finding)} {shown(finding.diagnostic.message)}\n"
        yield "\n"
    yield from not_listed(report, entries)
    yield from closing(report, terminal)
