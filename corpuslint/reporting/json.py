"""Findings as one JSON array. The fields and their order are the public contract."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from corpuslint.reporting.report import Finding, Place, PlacedEdit, Report
from corpuslint.reporting.terminal import Terminal
from corpuslint.text.patterns import compile_re

JsonValue = str | int | float | bool | None | list["JsonValue"] | dict[str, "JsonValue"]


def render(report: Report, terminal: Terminal) -> Iterator[str]:
    """The array, one finding a line so that two runs can be compared with `diff`."""
    opening = "[\n"
    for finding in report.findings:
        yield opening + "  " + text_of(finding)
        opening = ",\n"
    yield "\n]\n" if report.findings else "[]\n"


def text_of(finding: Finding) -> str:
    """One finding as one line of JSON."""
    return dumped(object_of(finding))


def dumped(value: JsonValue, *, indent: bool = False) -> str:
    """`value` as JSON text.

    Half a surrogate pair, which a document can hold and UTF-8 cannot, becomes a question mark. What a terminal or a
    runner of CI would obey, and JSON takes as it is, is written as an escape.
    """
    option = orjson.OPT_INDENT_2 if indent else 0
    try:
        written = orjson.dumps(value, option=option)
    except TypeError:
        written = orjson.dumps(_storable(value), option=option)
    return escaped(written).decode()


def escaped(written: bytes) -> bytes:
    """JSON in which what a terminal or a runner would obey is an escape; every JSON that leaves the program is."""
    if not any(
        begun in written for begun in _BEGINNINGS
    ):  # costs a tenth of the search, which most findings are spared
        return written
    return OBEYED.sub(lambda match: f"{match[0][:-1]}\\u{ord(match[0][-1]):04x}", written.decode()).encode()


OBEYED = compile_re(
    r"##\w*\["
    "|[\x7f-\x9f\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"
    "\N{LEFT-TO-RIGHT EMBEDDING}-\N{RIGHT-TO-LEFT OVERRIDE}\N{LEFT-TO-RIGHT ISOLATE}-\N{POP DIRECTIONAL ISOLATE}]"
)
"""C1 controls, line separators, bidi embeddings and isolates; and the orders of GitHub, Azure and TeamCity."""

_BEGINNINGS = (b"##", b"\x7f", b"\xc2", b"\xe2")
"""Bytes with which everything in `OBEYED` begins in UTF-8."""


def object_of(finding: Finding) -> dict[str, JsonValue]:
    """The finding as the contract words it."""
    diagnostic = finding.diagnostic
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "url": finding.url,
        "filename": finding.filename,
        "record": {"index": finding.record.index, "id": finding.record.id} if finding.record else None,
        "field": diagnostic.field,
        "scope": diagnostic.scope.value,
        "language": diagnostic.language,
        "location": _location(finding.start),
        "end_location": _location(finding.end),
        "offset": finding.start.offset,
        "end_offset": finding.end.offset,
        "fix": _fix(finding),
        "confidence": float(diagnostic.confidence),
        "evidence": {
            key: list(value) if isinstance(value, tuple) else value for key, value in diagnostic.evidence.items()
        },
        "fingerprint": finding.fingerprint,
    }


def _fix(finding: Finding) -> JsonValue:
    fix = finding.diagnostic.fix
    if fix is None:
        return None
    return {
        "applicability": fix.applicability.value,
        "message": fix.title,
        "edits": [_edit(edit) for edit in finding.edits],
        "fields": {change.name: list(change.values) if change.values else change.value for change in fix.fields},
    }


def _edit(edit: PlacedEdit) -> JsonValue:
    return {
        "content": edit.content,
        "location": _location(edit.start),
        "end_location": _location(edit.end),
        "offset": edit.start.offset,
        "end_offset": edit.end.offset,
    }


def _location(place: Place) -> dict[str, JsonValue]:
    return {"row": place.row, "column": place.column}


def _storable(value: JsonValue) -> JsonValue:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode() if _has_half_pair(value) else value
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {key: _storable(item) for key, item in value.items()}
    return value


def _has_half_pair(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)
