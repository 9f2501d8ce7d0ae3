"""SARIF 2.1.0, for code scanning and every tool that reads it.

Columns are code points, and the run says so (`columnKind`, §3.14.27); paths are relative and percent-encoded, because
`uri` is a URI reference. GitHub keeps 5,000 results of an upload: what is above that is left out here, the mildest
first, with a notice in the log itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from corpuslint.engine.fingerprint import SCHEME
from corpuslint.model.levels import Applicability, Severity
from corpuslint.model.rule import RuleSpec
from corpuslint.reporting.json import JsonValue, dumped
from corpuslint.reporting.listing import worst
from corpuslint.reporting.report import Finding, Parked, Place, Report, rule_url
from corpuslint.reporting.terminal import Terminal
from corpuslint.text.visible import shown
from corpuslint.version import DOCUMENTATION, __version__

MOST_RESULTS = 5000
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_LONGEST_DESCRIPTION = 1024  # GitHub cuts fullDescription there

JsonObject = dict[str, JsonValue]


def render(report: Report, terminal: Terminal) -> Iterator[str]:
    """One log of one run; parked findings are in it as suppressed results."""
    findings = worst(report.findings, MOST_RESULTS, lambda finding: finding)
    dropped = len(report.findings) - len(findings)
    parked = report.parked[: MOST_RESULTS - len(findings)]
    rules = _descriptors(report, [*findings, *(entry.finding for entry in parked)])
    position = {str(rule["id"]): number for number, rule in enumerate(rules)}
    results: list[JsonValue] = [
        *(_result(finding, position) for finding in findings),
        *(_parked(entry, position) for entry in parked),
    ]
    run: JsonObject = {
        "tool": {
            "driver": {
                "name": "corpuslint",
                "fullName": "corpuslint-arabic",
                "version": __version__,
                "semanticVersion": __version__,
                "informationUri": DOCUMENTATION,
                "rules": list(rules),
            }
        },
        "columnKind": "unicodeCodePoints",
        "defaultEncoding": "utf-8",
        "automationDetails": {"id": "corpuslint/"},
        "invocations": [_invocation(report, dropped, len(report.parked) - len(parked))],
        "results": results,
    }
    yield dumped({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=True) + "\n"


def _invocation(report: Report, dropped: int, dropped_parked: int) -> JsonObject:
    notices = [*report.summary.gates, *report.summary.notes]
    if dropped:
        notices.append(
            f"{dropped} of {len(report.findings)} findings are left out, the mildest first: "
            f"code scanning reads {MOST_RESULTS} results"
        )
    if dropped_parked:
        notices.append(f"{dropped_parked} parked findings are left out")
    invocation: JsonObject = {"executionSuccessful": True}
    if notices:
        invocation["toolExecutionNotifications"] = [{"level": "note", "message": {"text": text}} for text in notices]
    return invocation


def _descriptors(report: Report, findings: Iterable[Finding]) -> list[JsonObject]:
    """One descriptor a rule that ran or reported, sorted by code."""
    described = {str(spec.code): _descriptor(spec) for spec in report.rules}
    for finding in findings:
        if finding.code not in described:
            described[finding.code] = _base(finding.code, finding.name, finding.name, finding.severity)
    return [described[code] for code in sorted(described)]


def _descriptor(spec: RuleSpec) -> JsonObject:
    descriptor = _base(spec.code, spec.name, spec.summary, spec.severity)
    finds = shown(spec.docs.finds)
    descriptor["fullDescription"] = {"text": finds[:_LONGEST_DESCRIPTION] or spec.summary}
    safety = f" Fix safety: {spec.docs.fix_safety}" if spec.docs.fix_safety else ""
    descriptor["help"] = {"text": f"{spec.docs.finds} {spec.docs.why}{safety}".strip() or spec.summary}
    return descriptor


def _base(code: str, name: str, summary: str, severity: Severity) -> JsonObject:
    descriptor: JsonObject = {
        "id": code,
        "name": name,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": summary},
        "help": {"text": summary},
        "defaultConfiguration": {"level": _LEVELS[severity]},
        "properties": {"tags": [code[:3]], "problem.severity": _PROBLEMS[severity]},
    }
    if url := rule_url(code):
        descriptor["helpUri"] = url
    return descriptor


def _result(finding: Finding, position: dict[str, int]) -> JsonObject:
    result: JsonObject = {
        "ruleId": finding.code,
        "ruleIndex": position[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": shown(finding.message)},
        "rank": round(100 * finding.confidence, 1),
        "locations": [_location(finding)],
        "partialFingerprints": {SCHEME: finding.fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "physicalLocation": {"artifactLocation": _artifact(related.document)},
                "message": {"text": shown(related.message or related.document)},
            }
            for related in finding.related
        ]
    if fixes := _fixes(finding):
        result["fixes"] = fixes
    return result


def _parked(entry: Parked, position: dict[str, int]) -> JsonObject:
    result = _result(entry.finding, position)
    suppression: JsonObject = {"kind": "external", "status": "accepted"}
    suppression["justification"] = f"{entry.by}: {entry.reason}" if entry.reason else entry.by
    result["suppressions"] = [suppression]
    return result


def _location(finding: Finding) -> JsonObject:
    physical: JsonObject = {"artifactLocation": _artifact(finding.path)}
    if finding.record is None:
        physical["region"] = _region(finding.start, finding.end)
        return {"physicalLocation": physical}
    if finding.file_row:
        physical["region"] = {"startLine": finding.file_row, "startColumn": 1}
    # The place inside the record's text, where there is no line of the file to point at.
    name = f"record {finding.record.index}"
    place = f"{finding.field}:{finding.start.row}:{finding.start.column}"
    logical: JsonObject = {
        "name": shown(finding.record.id) or name,
        "fullyQualifiedName": f"{finding.path}#{finding.record.index}/{place}",
        "kind": "element",
    }
    return {"physicalLocation": physical, "logicalLocations": [logical]}


def _artifact(path: str) -> JsonObject:
    name, hash_sign, _ = path.partition("#")
    name = name if hash_sign else path
    if "://" in name:
        return {"uri": _quoted(name, "/:@")}
    if name.startswith("/"):
        return {"uri": "file://" + _quoted(name, "/")}
    return {"uri": _quoted(name, "/"), "uriBaseId": "%SRCROOT%"}


def _quoted(name: str, safe: str) -> str:
    return quote(name, safe=safe, encoding="utf-8", errors="surrogateescape")  # names are bytes, and seldom not UTF-8


def _region(start: Place, end: Place) -> JsonObject:
    return {"startLine": start.row, "startColumn": start.column, "endLine": end.row, "endColumn": end.column}


def _fixes(finding: Finding) -> list[JsonValue]:
    fix = finding.fix
    if fix is None or finding.suggestion is None or finding.record is not None:
        return []
    if fix.applicability is Applicability.DISPLAY:
        return []
    replacements: list[JsonValue] = [
        {"deletedRegion": _region(edit.start, edit.end), "insertedContent": {"text": edit.content}}
        for edit in finding.edits
    ]
    return [
        {
            "description": {"text": shown(fix.title)},
            "artifactChanges": [{"artifactLocation": _artifact(finding.path), "replacements": replacements}],
        }
    ]
