"""Why each finding was made: the rule in words, how sure the finding is, every sign that speaks for or against it."""

from __future__ import annotations

from collections.abc import Iterator

from corpuslint.model.diagnostic import EvidenceValue
from corpuslint.reporting.concise import line_of
from corpuslint.reporting.report import Finding, Report
from corpuslint.reporting.summary import closing
from corpuslint.reporting.terminal import Terminal
from corpuslint.text.visible import shown


def render(report: Report, terminal: Terminal) -> Iterator[str]:
    """Each finding with what it is made of, then the summary."""
    rules = {str(spec.code): spec for spec in report.rules}
    for finding in report.findings:
        yield f"{line_of(finding, terminal)}\n"
        if finding.is_span:
            yield f"    {terminal.quote(finding.excerpt.marked)}\n"
        spec = rules.get(finding.code)
        if spec is not None:
            yield f"    rule: {shown(spec.summary)}\n"
        yield f"    confidence: {finding.confidence:.2f}\n"
        for line in _evidence(finding, terminal):
            yield f"    {line}\n"
        fix = finding.diagnostic.fix
        yield f"    fix: {f'{fix.applicability.value}, {shown(fix.title)}' if fix is not None else 'none'}\n"
        yield "\n"
    yield from closing(report, terminal)


def _evidence(finding: Finding, terminal: Terminal) -> Iterator[str]:
    for key, value in finding.diagnostic.evidence.items():
        parts = value if isinstance(value, tuple) else (value,)
        for part in parts:
            yield f"{shown(key)}: {_said(part, terminal)}"


def _said(value: EvidenceValue, terminal: Terminal) -> str:
    return terminal.quote(shown(value)) if isinstance(value, str) else str(value)
