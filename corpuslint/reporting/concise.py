"""One line a finding: place, severity, code, message. The place first, as editors and `grep` expect it."""

from __future__ import annotations

from collections.abc import Iterator

from corpuslint.model.levels import Applicability
from corpuslint.reporting.report import Finding, Report
from corpuslint.reporting.summary import closing
from corpuslint.reporting.terminal import Terminal
from corpuslint.text.visible import shown


def render(report: Report, terminal: Terminal) -> Iterator[str]:
    """`path:row:column: severity CODE [*] message`; `[*]` marks a safe fix, `[u]` an unsafe one."""
    for finding in report.findings:
        yield f"{line_of(finding, terminal)}\n"
    yield from closing(report, terminal)


def line_of(finding: Finding, terminal: Terminal) -> str:
    """One finding on one line."""
    place = f"{shown(finding.source)}:{finding.start.row}:{finding.start.column}"
    severity = terminal.severity(finding.severity, finding.severity.value)
    code = terminal.paint(finding.code, "bold")
    return f"{terminal.paint(place, 'bold')}: {severity} {code}{mark_of(finding)} {shown(finding.diagnostic.message)}"


def mark_of(finding: Finding) -> str:
    """Whether and how the finding can be fixed, as a mark."""
    fix = finding.diagnostic.fix
    if fix is None or fix.applicability is Applicability.DISPLAY:
        return ""
    return " [*]" if fix.applicability is Applicability.SAFE else " [u]"
