"""SARIF 2.1.0, for code scanning and every tool that reads it.

Columns are code points, and the run says so (`columnKind`, §3.14.27); paths are relative and percent-encoded, because
`uri` is a URI reference. GitHub keeps 5,000 results of an upload: what is above that is left out here, the mildest
first, with a notice in the log itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from corpuslint.engine.fingerprint import SCHEME
from corpuslint.model.document import file_of
from corpuslint.model.levels import Applicability, Severity
from corpuslint.model.rule import Docs, RuleSpec
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
            described[finding.code] = _descriptor(finding)
    return [described[code] for code in sorted(described)]


def _descriptor(rule: RuleSpec | Finding) -> JsonObject:
    """What is said of a rule; of one that is known by its finding only, its name."""
    summary, docs = (rule.summary, rule.docs) if isinstance(rule, RuleSpec) else (rule.name, Docs("", ""))
    safety = f" Fix safety: {docs.fix_safety}" if docs.fix_safety else ""
    descriptor: JsonObject = {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": shown(docs.finds)[:_LONGEST_DESCRIPTION] or summary},
        "help": {"text": f"{docs.finds} {docs.why}{safety}".strip() or summary},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.code[:3]], "problem.severity": _PROBLEMS[rule.severity]},
    }
    if url := rule_url(rule.code):
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
                "physicalLocation": {"artifactLocation": _artifact(file_of(related.document)[0])},
                "message": {"text": shown(related.message or related.document)},
            }
            for related in finding.related
        ]
    fix, is_shown = finding.fix, finding.applicability is Applicability.DISPLAY
    if fix is not None and not is_shown and finding.suggestion is not None and finding.record is None:
        replacements: list[JsonValue] = [
            {"deletedRegion": _region(edit.start, edit.end), "insertedContent": {"text": edit.content}}
            for edit in finding.edits
        ]
        change: JsonObject = {"artifactLocation": _artifact(finding.path), "replacements": replacements}
        result["fixes"] = [{"description": {"text": shown(fix.title)}, "artifactChanges": [change]}]
    return result


def _parked(entry: Parked, position: dict[str, int]) -> JsonObject:
    why = f"{entry.by}: {entry.reason}" if entry.reason else entry.by
    suppression: JsonObject = {"kind": "external", "status": "accepted", "justification": why}
    return _result(entry.finding, position) | {"suppressions": [suppression]}


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
    if "://" in path:
        return {"uri": _quoted(path, "/:@")}
    if path.startswith("/"):
        return {"uri": "file://" + _quoted(path, "/")}
    return {"uri": _quoted(path, "/"), "uriBaseId": "%SRCROOT%"}


def _quoted(name: str, safe: str) -> str:
    return quote(name, safe=safe, encoding="utf-8", errors="surrogateescape")  # names are bytes, and seldom not UTF-8


def _region(start: Place, end: Place) -> JsonObject:
    return {"startLine": start.row, "startColumn": start.column, "endLine": end.row, "endColumn": end.column}
