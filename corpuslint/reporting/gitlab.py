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
    record = f"record {finding.record.index}: " if finding.record else ""
    return {
        "description": f"{finding.code}: {record}{shown(finding.message)}",
        "check_name": finding.code,
        "fingerprint": _fingerprint(finding),
        "severity": _SEVERITIES[finding.severity],
        "location": _location(finding),
    }


def _fingerprint(finding: Finding) -> str:
    record = finding.record.index if finding.record else -1
    material = f"{finding.fingerprint}\0{finding.path}\0{record}"
    return blake2b(material.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _location(finding: Finding) -> JsonValue:
    if finding.is_span and finding.record is None and finding.field == "text":
        return {
            "path": finding.path,
            "positions": {
                "begin": {"line": finding.start.row, "column": finding.start.column},
                "end": {"line": finding.end.row, "column": finding.end.column},
            },
        }
    return {"path": finding.path, "lines": {"begin": finding.file_row or 1}}
