"""RDJSON, what reviewdog reads. Its columns are UTF-8 *bytes*, so every Arabic letter counts two."""

from __future__ import annotations

from collections.abc import Iterator

from corpuslint.model.levels import Applicability, Severity
from corpuslint.reporting.json import JsonValue, dumped
from corpuslint.reporting.report import Finding, Place, Report
from corpuslint.reporting.terminal import Terminal
from corpuslint.text.visible import shown
from corpuslint.version import DOCUMENTATION

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render(report: Report, terminal: Terminal) -> Iterator[str]:
    """One object with every finding; a fix is one suggestion, however many edits it makes."""
    severity = max((finding.severity for finding in report.findings), default=Severity.INFO)
    head = dumped(
        {
            "source": {"name": "corpuslint", "url": DOCUMENTATION},
            "severity": _SEVERITIES[severity],
            "diagnostics": [],
        },
        indent=True,
    )
    opening, closing = head.split("[]")
    yield opening + "["
    between = "\n    "
    for finding in report.findings:
        yield between + dumped(_diagnostic(finding), indent=True).replace("\n", "\n    ")
        between = ",\n    "
    yield ("\n  ]" if report.findings else "]") + closing + "\n"


def _diagnostic(finding: Finding) -> JsonValue:
    location: dict[str, JsonValue] = {"path": finding.path}
    code: dict[str, JsonValue] = {"value": finding.code}
    if finding.url:
        code["url"] = finding.url
    message = shown(finding.message)
    value: dict[str, JsonValue] = {
        "message": message,
        "location": location,
        "severity": _SEVERITIES[finding.severity],
        "code": code,
    }
    if finding.record is not None:
        value["message"] = f"{shown(finding.place)}: {message}"
        if finding.file_row:
            location["range"] = {"start": {"line": finding.file_row}}
        return value
    if not finding.is_span or finding.field != "text":
        location["range"] = {"start": {"line": 1}}
        return value
    location["range"] = _range(finding.start, finding.end)
    fix = finding.fix
    if fix is not None and fix.applicability is not Applicability.DISPLAY and finding.suggestion is not None:
        edit = finding.suggestion
        value["suggestions"] = [{"range": _range(edit.start, edit.end), "text": edit.content}]
    return value


def _range(start: Place, end: Place) -> JsonValue:
    return {
        "start": {"line": start.row, "column": start.byte_column},
        "end": {"line": end.row, "column": end.byte_column},
    }
