"""GitHub workflow commands, which become annotations, and a step summary beside them.

GitHub shows ten annotations of a kind in a step and drops the rest without a word, so where there are more, one
annotation stands for all findings of a rule in a file, and the log still lists every finding. Everything that comes
from a document is escaped: a line `::set-env` or an escape sequence in a scrape must not reach the runner.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from corpuslint.model.levels import Severity
from corpuslint.reporting.concise import line_of
from corpuslint.reporting.report import Finding, Report
from corpuslint.reporting.summary import counted, headline
from corpuslint.reporting.terminal import PLAIN, Terminal
from corpuslint.text.visible import shown

ANNOTATIONS_A_KIND = 10
"""What GitHub shows of each kind in one step."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, terminal: Terminal) -> Iterator[str]:
    """An annotation a finding while GitHub would show them all, else aggregated ones and the findings as log lines."""
    for severity, command in _COMMANDS.items():
        findings = [finding for finding in report.findings if finding.severity is severity]
        if len(findings) <= ANNOTATIONS_A_KIND:
            for finding in findings:
                yield _annotation(command, finding)
            continue
        yield from _aggregated(command, findings)
        yield f"::group::all {len(findings)} findings of severity {severity.value}\n"
        for finding in findings:
            yield line_of(finding, PLAIN) + "\n"
        yield "::endgroup::\n"
    for gate in report.summary.gates:
        yield f"::error title=corpuslint (gate)::{_data(gate)}\n"
    yield headline(report) + "\n"


def _aggregated(command: str, findings: Sequence[Finding]) -> Iterator[str]:
    by_file = len({(finding.code, finding.filename) for finding in findings}) <= ANNOTATIONS_A_KIND
    groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.code, finding.filename if by_file else ""].append(finding)
    ranked = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    for (_, filename), members in ranked[:ANNOTATIONS_A_KIND]:
        first = members[0]
        files = len({member.filename for member in members})
        where = "" if filename else f" in {counted(files, 'file')}, the first here"
        more = f" ({counted(len(members), 'finding')}{where})" if len(members) > 1 else ""
        yield _annotation(command, first, more)


def _annotation(command: str, finding: Finding, more: str = "") -> str:
    message = f"{shown(finding.place)}: {finding.code} {shown(finding.message)}{more}"
    fields = [f"title={_property(f'corpuslint ({finding.code})')}", f"file={_property(finding.path)}"]
    if finding.file_row:
        fields.append(f"line={finding.file_row}")
    if finding.is_span and finding.record is None:
        fields.append(f"endLine={finding.end.row}")
        # With lines that differ GitHub rejects columns.
        if finding.start.row == finding.end.row:
            fields += [f"col={finding.start.column}", f"endColumn={finding.end.column}"]
    return f"::{command} {','.join(fields)}::{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A property; line ends are coded, other controls named, since the log shows the line as it is."""
    parts = re.split(r"([\r\n:])", text)
    named = "".join(part if part in ("\r", "\n", ":") else shown(part) for part in parts)
    return _data(named).replace(":", "%3A").replace(",", "%2C")
