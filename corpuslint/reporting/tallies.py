"""Findings counted by rule, the most frequent first: what `--statistics`, the step summary and gates agree on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from corpuslint.model.levels import Applicability, Severity
from corpuslint.reporting.concise import MARKS
from corpuslint.reporting.report import Finding, Report
from corpuslint.reporting.summary import closing
from corpuslint.reporting.terminal import Terminal


class Tally(NamedTuple):
    """How often one rule reported, what of it can be fixed, and its first finding."""

    first: Finding
    severity: Severity
    findings: int
    documents: int
    safe: int
    unsafe: int


def tallies(report: Report) -> list[Tally]:
    """One tally a rule that reported, the most frequent first."""
    firsts: dict[str, Finding] = {}
    latest: dict[str, str] = {}
    documents: Counter[str] = Counter()
    for finding in report.findings:
        firsts.setdefault(finding.code, finding)
        if latest.get(finding.code) != finding.document:  # those of a document follow each other
            latest[finding.code] = finding.document
            documents[finding.code] += 1
    counted = []
    for code, first in firsts.items():
        severities: set[Severity] = set()
        fixes: Counter[Applicability | None] = Counter()
        for (its, severity, applicability), count in report.findings.counts.items():
            if its == code:
                severities.add(severity)
                fixes[applicability] += count
        safe, unsafe = fixes[Applicability.SAFE], fixes[Applicability.UNSAFE]
        counted.append(Tally(first, max(severities), fixes.total(), documents[code], safe, unsafe))
    return sorted(counted, key=lambda tally: (-tally.findings, tally.first.code))


def render(report: Report, terminal: Terminal) -> Iterator[str]:
    """A line a rule: findings, code, the marks of its fixes, name, documents."""
    rows = tallies(report)
    width = max((len(f"{row.findings:,}") for row in rows), default=1)
    for row in rows:
        safe, unsafe = MARKS[Applicability.SAFE] * bool(row.safe), MARKS[Applicability.UNSAFE] * bool(row.unsafe)
        mark = f"{safe + unsafe:<6}"
        count = f"{row.findings:>{width},}"
        code = terminal.severity(row.severity, row.first.code)
        yield f"{terminal.paint(count, 'bold')}  {code}  {mark} {row.first.name} (documents: {row.documents:,})\n"
    yield from closing(report, terminal)
