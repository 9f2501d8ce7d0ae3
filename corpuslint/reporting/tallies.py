"""Findings counted by rule, the most frequent first: what `--statistics`, the step summary and gates agree on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from corpuslint.model.levels import Applicability, Severity
from corpuslint.reporting.concise import MARKS
from corpuslint.reporting.report import Finding, Findings, Report
from corpuslint.reporting.summary import closing
from corpuslint.reporting.terminal import Terminal


class Tally(msgspec.Struct, frozen=True):
    """How often one rule reported, and what of it can be fixed."""

    code: str
    name: str
    severity: Severity
    findings: int
    documents: int
    safe: int
    unsafe: int
    first: Finding


def tallies(report: Report) -> tuple[Tally, ...]:
    """One tally a rule that reported, the most frequent first."""
    firsts: dict[str, Finding] = {}
    latest: dict[str, str] = {}
    documents: Counter[str] = Counter()
    for finding in report.findings:
        code = finding.code
        firsts.setdefault(code, finding)
        if latest.get(code) != finding.document:  # those of a document follow each other
            latest[code] = finding.document
            documents[code] += 1
    counted = [_tally(first, documents[code], report.findings) for code, first in firsts.items()]
    return tuple(sorted(counted, key=lambda tally: (-tally.findings, tally.code)))


def _tally(first: Finding, documents: int, findings: Findings) -> Tally:
    own = {kind: count for kind, count in findings.counts.items() if kind[0] == first.code}

    def fixable(applicability: Applicability) -> int:
        return sum(count for (_, _, its), count in own.items() if its is applicability)

    return Tally(
        first.code,
        first.name,
        max(severity for _, severity, _ in own),
        sum(own.values()),
        documents,
        fixable(Applicability.SAFE),
        fixable(Applicability.UNSAFE),
        first,
    )


def render(report: Report, terminal: Terminal) -> Iterator[str]:
    """A line a rule: findings, code, the marks of its fixes, name, documents."""
    rows = tallies(report)
    width = max((len(f"{row.findings:,}") for row in rows), default=1)
    for row in rows:
        marks = [
            MARKS[kind] for kind, count in ((Applicability.SAFE, row.safe), (Applicability.UNSAFE, row.unsafe)) if count
        ]
        mark = f"{''.join(marks):<6}"
        count = f"{row.findings:>{width},}"
        code = terminal.severity(row.severity, row.code)
        yield f"{terminal.paint(count, 'bold')}  {code}  {mark} {row.name} (documents: {row.documents:,})\n"
    yield from closing(report, terminal)
