"""RDJSON, what reviewdog reads. Its columns are UTF-8 *bytes*, so every Arabic letter counts two."""

from __future__ import annotations

from collections.abc import Iterator

from corpuslint.model.levels import Applicability, Severity
from corpuslint.reporting.json import JsonValue, dumped
from corpuslint.reporting.report import Finding, Place, Report
from corpuslint.reporting.terminal import Terminal
from corpuslint.text.visible import shown
from corpuslint.version import DOCUMENTATION


def render(report: Report, terminal: Terminal) -> Iterator[str]:
    """One object with every finding; a fix is one suggestion, however many edits it makes."""
    severity = max((finding.severity for finding in report.findings), default=Severity.INFO)
    head = dumped(
        {
            "source": {"name": "corpuslint", "url": DOCUMENTATION},
            "severity": severity.value.upper(),
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
        "message": message if finding.record is None else f"{shown(finding.place)}: {message}",
        "location": location,
        "severity": finding.severity.value.upper(),
        "code": code,
    }
    if not finding.is_in_file:
        if row := finding.file_row if finding.record else 1:
            location["range"] = {"start": {"line": row}}
        return value
    location["range"] = _range(finding.start, finding.end)
    edit = finding.suggestion
    if edit is not None and finding.applicability is not Applicability.DISPLAY:
        value["suggestions"] = [{"range": _range(edit.start, edit.end), "text": edit.content}]
    return value


def _range(start: Place, end: Place) -> JsonValue:
    return {
        "start": {"line": start.row, "column": start.byte_column},
        "end": {"line": end.row, "column": end.byte_column},
    }
