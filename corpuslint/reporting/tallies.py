"""Findings counted by rule, the most frequent first: what `--statistics`, the step summary and gates agree on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from corpuslint.model.levels import Applicability, Severity
from corpuslint.reporting.concise import MARKS
from corpuslint.reporting.report import Finding, Report
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
    groups: dict[str, list[Finding]] = {}
    for finding in report.findings:
        groups.setdefault(finding.code, []).append(finding)
    counted = [_tally(code, members) for code, members in groups.items()]
    return tuple(sorted(counted, key=lambda tally: (-tally.findings, tally.code)))


def _tally(code: str, members: Sequence[Finding]) -> Tally:
    fixes = [member.applicability for member in members]
    return Tally(
        code,
        members[0].name,
        max(member.severity for member in members),
        len(members),
        len({member.document for member in members}),
        fixes.count(Applicability.SAFE),
        fixes.count(Applicability.UNSAFE),
        members[0],
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
