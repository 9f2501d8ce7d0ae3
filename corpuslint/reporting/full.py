"""Findings for a person at a terminal: what and where on one line, the text itself on lines of its own.

No carets: terminals disagree on where a right-to-left letter stands, so a caret points at the wrong one. The match is
coloured, or stands between ⟦⟧ where there is no colour, and letters that look alike, or that nobody sees, are named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from corpuslint.model.diagnostic import EvidenceValue
from corpuslint.model.levels import Applicability
from corpuslint.reporting.concise import line_of
from corpuslint.reporting.listing import listed
from corpuslint.reporting.report import Finding, Report, document_name
from corpuslint.reporting.summary import closing, not_listed
from corpuslint.reporting.terminal import Terminal
from corpuslint.text.visible import name_of, shown, unseen

_LONGEST_REPLACEMENT = 120
_MOST_NAMES = 6
_MOST = 100
_INDENT = 4


def render(report: Report, terminal: Terminal) -> Iterator[str]:
    """The findings of each document with excerpts, code points and fixes, then the summary."""
    entries = listed(report.findings, terminal, most=_MOST, together=True)
    before = ""
    for entry in entries:
        if before and before != entry.finding.document:
            yield "\n"
        before = entry.finding.document
        yield f"{line_of(entry.finding, terminal, more=entry.more)}\n"
        yield from _indented(_details(entry.finding, terminal, _because(entry.finding, terminal)))
    if entries:
        yield "\n"
    yield from not_listed(report, entries)
    yield from closing(report, terminal)


def render_explained(
    report: Report, terminal: Terminal, why: Callable[[Finding], Iterable[tuple[str, str]]] = lambda finding: ()
) -> Iterator[str]:
    """Why each finding was made: the rule in words, how sure it is, every sign for or against it, and the reasons that
    `why` knows; then the summary."""
    rules = {str(spec.code): f"rule: {shown(spec.summary)}" for spec in report.rules}
    for finding in report.findings:
        yield f"{line_of(finding, terminal)}\n"
        told = (rules.get(finding.code, ""), f"confidence: {finding.confidence:.2f}", *_evidence(finding, terminal))
        reasons = (f"{key}: {terminal.quote(shown(said))}" for key, said in why(finding))
        yield from _indented(_details(finding, terminal, (*filter(None, told), *reasons)))
        yield "\n"
    yield from closing(report, terminal)


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"{' ' * _INDENT}{line}\n" for line in lines)


def _details(finding: Finding, terminal: Terminal, why: Iterable[str]) -> Iterator[str]:
    if finding.is_span:
        room = max(terminal.width - _INDENT - 2, 20) if terminal.width else 0
        before, match, after = finding.excerpt.within(room)
        yield terminal.quote(f"{before}{terminal.match(match)}{after}")
        names = code_points(finding)
        if names:
            yield terminal.paint("; ".join(names), "dim")
    for related in finding.related:
        where = f"see {shown(document_name(related.document))}: {shown(related.message)}".rstrip(": ")
        yield terminal.paint(where, "dim")
    yield from (terminal.paint(line, "dim") for line in why)
    fix = finding.fix
    if fix is not None:
        replacement = _replacement(finding)
        to = f": {terminal.quote(replacement)}" if replacement else ""
        yield f"{terminal.paint(_FIX[fix.applicability], 'green')} {shown(fix.title)}{to}"
        for change in fix.fields:
            yield f"    {change.name} = {terminal.quote(shown(', '.join(change.values) or change.value))}"


def _because(finding: Finding, terminal: Terminal) -> Iterator[str]:
    """The evidence on one line, what is said in a sentence first."""
    told = sorted(finding.evidence.items(), key=lambda item: item[0] != "because")
    if told:
        facts = (f"{'' if key == 'because' else f'{key} '}{_fact(value, terminal)}" for key, value in told)
        yield f"because {'; '.join(facts)}"


_FIX = {
    Applicability.SAFE: "fix:",
    Applicability.UNSAFE: "unsafe fix:",
    Applicability.DISPLAY: "suggestion:",
}


def code_points(finding: Finding) -> tuple[str, ...]:
    """The letters that a fix exchanges one for one, or else the unseen characters of the match, each by name."""
    match = finding.excerpt.match
    edit = finding.edits[0] if len(finding.edits) == 1 else None
    if edit is not None and edit.start == finding.start and len(edit.content) == len(match) <= 64:
        pairs = dict.fromkeys(
            (old, new) for old, new in zip(match, edit.content, strict=True) if old != new and old not in "\r\n"
        )
        if 0 < len(pairs) <= _MOST_NAMES:
            return tuple(f"{name_of(old)} → {name_of(new)}" for old, new in pairs)
    return tuple(name_of(character) for character in unseen(match)[:_MOST_NAMES])


def _replacement(finding: Finding) -> str:
    """The match as a fix would leave it, where that is more than a deletion."""
    edit = finding.suggestion
    if edit is None or not edit.content.strip() or edit.start != finding.start or edit.end != finding.end:
        return ""
    content = edit.content
    return shown(content if len(content) <= _LONGEST_REPLACEMENT else content[:_LONGEST_REPLACEMENT] + "…")


def _fact(value: EvidenceValue, terminal: Terminal) -> str:
    if isinstance(value, str):
        return terminal.quote(f'"{shown(value)}"')
    return ", ".join(_fact(part, terminal) for part in value) if isinstance(value, tuple) else str(value)


def _evidence(finding: Finding, terminal: Terminal) -> Iterator[str]:
    for key, value in finding.evidence.items():
        parts = value if isinstance(value, tuple) else (value,)
        for part in parts:
            yield f"{shown(key)}: {terminal.quote(shown(part)) if isinstance(part, str) else part}"
