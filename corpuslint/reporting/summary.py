"""The last lines of every report for people: what was found, what was mended, what could be."""

from __future__ import annotations

from collections.abc import Iterator

from corpuslint.model.levels import Applicability, Severity
from corpuslint.reporting.report import Report
from corpuslint.reporting.terminal import Terminal
from corpuslint.text.visible import shown


def closing(report: Report, terminal: Terminal) -> Iterator[str]:
    """The summary, a line a fact; nothing about what did not happen."""
    summary = report.summary
    fixed = sum(summary.fixed.values())
    if fixed:
        yield f"Fixed {counted(fixed, 'finding')}.\n"
    safe, unsafe = report.fixable(Applicability.SAFE), report.fixable(Applicability.UNSAFE)
    if hint := _hint(safe, unsafe, summary.unsafe_fixes):
        yield f"{hint}\n"
    if report.parked:
        known = counted(len(report.parked), "known finding")
        yield f"{known} parked by baseline or suppression{by_themselves(report)}.\n"
    for gate in summary.gates:
        yield terminal.severity(Severity.ERROR, "gate: ") + f"{shown(gate)}\n"
    for note in summary.notes:
        yield f"note: {shown(note)}\n"
    passed_over = f"; passed over: {shown(summary.passed_over)}" if summary.passed_over else ""
    yield terminal.paint(headline(report).removesuffix(".") + f"{passed_over}.", "bold") + "\n"


def by_themselves(report: Report) -> str:
    """How many of the parked findings their own documents speak for, as the end of a sentence; "" for none."""
    own = report.parked_themselves
    return f", {own:,} of them by the documents' own metadata" if own else ""


def headline(report: Report) -> str:
    """How many findings, by severity, in how many documents."""
    documents = report.summary.documents
    where = f" in {counted(documents, 'document')}" if documents else ""
    if not report.findings:
        return f"No findings{where}."
    parts = [
        f"{number:,} info" if severity is Severity.INFO else counted(number, severity.value)
        for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)
        if (number := report.count(severity))
    ]
    return f"Found {counted(len(report.findings), 'finding')}{where}: {', '.join(parts)}."


def _hint(safe: int, unsafe: int, unsafe_asked: bool) -> str:
    if unsafe_asked:
        return f"{safe + unsafe:,} fixable with `--fix --unsafe-fixes`." if safe + unsafe else ""
    if safe and unsafe:
        return f"{safe:,} fixable with `--fix`, {unsafe:,} more with `--unsafe-fixes`."
    if safe:
        return f"{safe:,} fixable with `--fix`."
    return f"{unsafe:,} fixable with `--fix --unsafe-fixes`." if unsafe else ""


def counted(number: int, noun: str) -> str:
    """
    >>> counted(1, "finding"), counted(1200, "finding")
    ('1 finding', '1,200 findings')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
