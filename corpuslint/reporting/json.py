"""Findings as one JSON array, or as JSON Lines. The fields and their order are the public contract."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Annotated

import msgspec
import orjson
from msgspec import Meta

from corpuslint.model.diagnostic import EvidenceValue, Fix
from corpuslint.model.levels import Applicability, Scope, Severity
from corpuslint.reporting.report import Finding, Place, PlacedEdit, Record, Report, rule_url
from corpuslint.reporting.terminal import Terminal
from corpuslint.text.patterns import compile_re

JsonValue = str | int | float | bool | None | list["JsonValue"] | dict[str, "JsonValue"]


def render(report: Report, terminal: Terminal) -> Iterator[str]:
    """The array, one finding a line so that two runs can be compared with `diff`."""
    if not report.findings:
        yield "[]\n"
        return
    yield "[\n  "
    yield from texts_of(report.findings, b",\n  ")
    yield "\n]\n"


def render_lines(report: Report, terminal: Terminal) -> Iterator[str]:
    """One line a finding, nothing else: for streams and `jq`."""
    yield from texts_of(report.findings, b"\n")
    if report.findings:
        yield "\n"


def text_of(finding: Finding) -> str:
    """One finding as one line of JSON."""
    return "".join(texts_of((finding,), b""))


def texts_of(findings: Iterable[Finding], between: bytes) -> Iterator[str]:
    """The findings as lines of JSON with `between` every two; in pieces of many, which cost less than one by one."""
    left = iter(findings)
    before = b""
    while some := tuple(islice(left, _TOGETHER)):
        yield escaped(before + between.join(map(_encoded, some))).decode()
        before = between


_TOGETHER = 64


def _encoded(finding: Finding) -> bytes:
    plain = object_of(finding)
    try:
        return _ENCODER.encode(plain)
    except UnicodeEncodeError:
        return dumped(msgspec.to_builtins(plain)).encode()


_ENCODER = msgspec.json.Encoder()


def dumped(value: JsonValue, *, indent: bool = False) -> str:
    """`value` as JSON text.

    Half a surrogate pair, which a document can hold and UTF-8 cannot, becomes a question mark. What a terminal or a
    runner of CI would obey, and JSON takes as it is, is written as an escape.
    """
    option = orjson.OPT_INDENT_2 if indent else 0
    try:
        written = orjson.dumps(value, option=option)
    except TypeError:
        storable = orjson.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
        written = orjson.dumps(storable, option=option)
    return escaped(written).decode()


def escaped(written: bytes) -> bytes:
    """JSON in which what a terminal or a runner would obey is an escape; every JSON that leaves the program is."""
    if (
        b"##" not in written
        and b"\x7f" not in written
        and not (b"\xc2" in written and _C1.search(written))
        and not (b"\xe2" in written and _SEPARATOR_OR_BIDI.search(written))
    ):
        return written  # told in a tenth of the time that the search in decoded text takes
    return OBEYED.sub(lambda match: f"{match[0][:-1]}\\u{ord(match[0][-1]):04x}", written.decode()).encode()


OBEYED = compile_re(
    r"##\w*\["
    "|[\x7f-\x9f\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"
    "\N{LEFT-TO-RIGHT EMBEDDING}-\N{RIGHT-TO-LEFT OVERRIDE}\N{LEFT-TO-RIGHT ISOLATE}-\N{POP DIRECTIONAL ISOLATE}]"
)
"""C1 controls, line separators, bidi embeddings and isolates; and the orders of GitHub, Azure and TeamCity."""

# The same as UTF-8, each beginning with one byte, which `re` looks for as fast as memory is read.
_C1 = compile_re(rb"\xc2[\x80-\x9f]")
_SEPARATOR_OR_BIDI = compile_re(rb"\xe2(?:\x80[\xa8-\xae]|\x81[\xa6-\xa9])")


class Location(msgspec.Struct, frozen=True, gc=False):
    """A place in a text, as the contract words it; so are the classes below, to the order of their fields."""

    row: Annotated[int, Meta(ge=1)]
    column: Annotated[int, Meta(ge=1)]


class EditObject(msgspec.Struct, frozen=True, gc=False):
    """One edit of a fix."""

    content: str
    location: Location
    end_location: Location
    offset: Annotated[int, Meta(ge=0)]
    end_offset: Annotated[int, Meta(ge=0)]


class FixObject(msgspec.Struct, frozen=True, gc=False):
    """A fix: its edits, and the metadata that it lifts out of the text."""

    applicability: Applicability
    message: str
    edits: list[EditObject]
    fields: dict[str, str | tuple[str, ...]]


class FindingObject(msgspec.Struct, frozen=True, gc=False):
    """A finding."""

    code: str
    name: str
    severity: Severity
    message: str
    url: str
    filename: str
    record: Record | None
    field: str
    scope: Scope
    language: str
    location: Location
    end_location: Location
    offset: Annotated[int, Meta(ge=0)]
    end_offset: Annotated[int, Meta(ge=0)]
    fix: FixObject | None
    confidence: Annotated[float, Meta(ge=0, le=1)]
    evidence: Mapping[str, EvidenceValue]
    fingerprint: str


def object_of(finding: Finding) -> FindingObject:
    """The finding as the contract words it."""
    return FindingObject(
        finding.code,
        finding.name,
        finding.severity,
        finding.message,
        rule_url(finding.code),
        finding.filename,
        finding.record,
        finding.field,
        finding.scope,
        finding.language,
        *_where(finding.start, finding.end),
        None if finding.fix is None else _fix(finding.fix, finding.edits),
        float(finding.confidence),
        finding.evidence,
        finding.fingerprint,
    )


def _fix(fix: Fix, edits: tuple[PlacedEdit, ...]) -> FixObject:
    placed = [EditObject(edit.content, *_where(edit.start, edit.end)) for edit in edits]
    return FixObject(fix.applicability, fix.title, placed, {one.name: one.values or one.value for one in fix.fields})


def _where(start: Place, end: Place) -> tuple[Location, Location, int, int]:
    return Location(start.row, start.column), Location(end.row, end.column), start.offset, end.offset
