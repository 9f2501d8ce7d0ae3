"""How often each rule reported, the most frequent first: `--statistics`."""

from __future__ import annotations

from collections.abc import Iterator

from corpuslint.reporting.report import Report
from corpuslint.reporting.summary import closing
from corpuslint.reporting.tallies import tallies
from corpuslint.reporting.terminal import Terminal


def render(report: Report, terminal: Terminal) -> Iterator[str]:
    """A line a rule: findings, documents, code, `[*]` where all can be fixed safely (`[-]` some), name."""
    rows = tallies(report)
    width = max((len(f"{row.findings:,}") for row in rows), default=1)
    for row in rows:
        mark = "[*]" if row.safe == row.findings else "[-]" if row.safe or row.unsafe else "[ ]"
        count = f"{row.findings:>{width},}"
        code = terminal.severity(row.severity, row.code)
        yield f"{terminal.paint(count, 'bold')}  {code}  {mark} {row.name} (documents: {row.documents:,})\n"
    yield from closing(report, terminal)
