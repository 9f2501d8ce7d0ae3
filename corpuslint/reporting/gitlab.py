"""GitLab code quality: one JSON array, which the merge request compares with the target branch.

GitLab keeps one entry a fingerprint, so a fingerprint here names the file and the record too; it shows the
description only, so the code is in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from corpuslint.model.levels import Severity
from corpuslint.reporting.json import JsonValue, dumped
from corpuslint.reporting.report import Finding, Report
from corpuslint.reporting.terminal import Terminal
from corpuslint.text.visible import shown

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, terminal: Terminal) -> Iterator[str]:
    """The array, one entry a line."""
    opening = "[\n"
    for finding in report.findings:
        yield opening + "  " + dumped(_entry(finding))
        opening = ",\n"
    yield "\n]\n" if report.findings else "[]\n"


def _entry(finding: Finding) -> JsonValue:
    index = finding.record.index if finding.record else -1
    record = f"record {index}: " if finding.record else ""
    own = f"{finding.fingerprint}\0{finding.path}\0{index}"
    location: dict[str, JsonValue] = {"path": finding.path}
    if finding.is_in_file:
        location["positions"] = {
            "begin": {"line": finding.start.row, "column": finding.start.column},
            "end": {"line": finding.end.row, "column": finding.end.column},
        }
    else:
        location["lines"] = {"begin": finding.file_row or 1}
    return {
        "description": f"{finding.code}: {record}{shown(finding.message)}",
        "check_name": finding.code,
        "fingerprint": blake2b(own.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest(),
        "severity": _SEVERITIES[finding.severity],
        "location": location,
    }
