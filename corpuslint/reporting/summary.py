"""What reports for people come to: findings counted by rule (`--statistics`), and the last lines, which say what was
found, what was mended, what could be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpuslint.model.levels import Applicability, Severity
from corpuslint.reporting.listing import Listed
from corpuslint.reporting.report import Finding, Report, Summary
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


MARKS = {Applicability.SAFE: "[*]", Applicability.UNSAFE: "[u]"}
"""How a fix is marked everywhere: by who may apply it. What is only suggested has no mark, for nothing applies it."""


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
