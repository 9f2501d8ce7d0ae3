"""The last lines of every report for people: what was found, what was mended, what could be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpuslint.model.levels import Applicability, Severity
from corpuslint.reporting.listing import Listed
from corpuslint.reporting.report import Report, Summary
from corpuslint.reporting.terminal import Terminal
from corpuslint.text.visible import shown


def closing(report: Report, terminal: Terminal) -> Iterator[str]:
    """The summary, a line a fact; nothing about what did not happen. Nothing at all for who wants findings alone."""
    if terminal.quiet:
        return
    summary = report.summary
    if summary.fixed:
        yield f"{fixed_line(summary)}\n"
    safe, unsafe = report.count(Applicability.SAFE), report.count(Applicability.UNSAFE)
    if hint := _hint(safe, unsafe, summary.unsafe_fixes):
        yield f"{hint}\n"
    if report.parked:
        known = counted(len(report.parked), "known finding")
        yield f"{known} parked: in the baseline, suppressed or there before{by_themselves(report)}.\n"
    for gate in summary.gates:
        yield terminal.severity(Severity.ERROR, "gate: ") + f"{shown(gate)}\n"
    for note in summary.notes:
        yield f"note: {shown(note)}\n"
    milder = f"; milder ones not shown: {summary.milder:,}" if summary.milder else ""
    passed_over = f"; passed over: {shown(summary.passed_over)}" if summary.passed_over else ""
    yield terminal.paint(f"{headline(report).removesuffix('.')}{milder}{passed_over}.", "bold") + "\n"


def fixed_line(summary: Summary) -> str:
    """How many findings were mended."""
    return f"Fixed {counted(sum(summary.fixed.values()), 'finding')}."


def not_listed(report: Report, entries: Sequence[Listed]) -> Iterator[str]:
    """That more was found than a report lists, and how to see it."""
    left = len(report.findings) - sum(1 + len(entry.others) for entry in entries)
    if left:
        kept = counted(len(entries), "entry", "entries")
        yield f"… {counted(left, 'more finding')} not listed: the worst {kept} are; `--max-findings 0` lists all.\n\n"


def by_themselves(report: Report) -> str:
    """How many of the parked findings their own documents speak for, as the end of a sentence; "" for none."""
    own = report.parked_themselves
    return f", {own:,} of them by the documents' own metadata" if own else ""


def headline(report: Report) -> str:
    """How many findings, by severity, in how many documents."""
    where = f" in {counted(report.summary.documents, 'document')}"
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
        return f"[*] {safe:,} fixable with `--fix`, [u] {unsafe:,} more with `--unsafe-fixes`."
    if safe:
        return f"[*] {safe:,} fixable with `--fix`."
    return f"[u] {unsafe:,} fixable with `--fix --unsafe-fixes`." if unsafe else ""


def counted(number: int, noun: str, nouns: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "finding"), counted(1200, "finding"), counted(2, "entry", "entries")
    ('1 finding', '1,200 findings', '2 entries')
    """
    return f"{number:,} {noun if number == 1 else nouns or f'{noun}s'}"
