"""How often each rule reported, the most frequent first: `--statistics`."""

from __future__ import annotations

from collections.abc import Iterator

from corpuslint.model.levels import Applicability
from corpuslint.reporting.concise import MARKS
from corpuslint.reporting.report import Report
from corpuslint.reporting.summary import closing
from corpuslint.reporting.tallies import tallies
from corpuslint.reporting.terminal import Terminal


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
