"""Findings as bytes that travel between processes and lie in caches, and are read only as far as somebody looks.

A corpus has findings by the hundred thousand, and most runs only count and sort them, or print their lines of JSON. So
a finding is kept as the line it is in the JSON report, beside what that line lacks; a `KeptFinding` knows its place in
the order of the report, its code and its severity, and becomes whole when anything else of it is asked for.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import orjson

from corpuslint.model.diagnostic import Diagnostic, Related
from corpuslint.model.document import DocumentId
from corpuslint.model.fix import Edit, FieldChange, Fix, Split
from corpuslint.model.levels import Applicability, Scope, Severity
from corpuslint.reporting.json import dumped, escaped, object_of
from corpuslint.reporting.report import Finding, Place, PlacedEdit, Record
from corpuslint.text.positions import Span
from corpuslint.text.visible import Excerpt

_HEAD = struct.Struct("<qqqIII")
_SEVERITIES = {severity.value: severity for severity in Severity}
_APPLICABILITIES = {applicability.value: applicability for applicability in Applicability}
_SCOPES = {scope.value: scope for scope in Scope}


class Rows(NamedTuple):
    """Findings of some documents of one file, in the order of a report: their places in the order, and their bodies,
    which begin `at` somewhere in bytes that may hold more.
    """

    filename: str
    heads: bytes
    bodies: bytes
    at: int = 0

    def own(self) -> tuple[bytes, bytes]:
        """The heads, and the bodies alone."""
        size = sum(prefix + line + extra for *_, prefix, line, extra in _HEAD.iter_unpack(self.heads))
        return self.heads, self.bodies[self.at : self.at + size]


def rows_of(findings: Iterable[Finding]) -> tuple[Rows, ...]:
    """The findings as rows, a file at a time."""
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        by_file.setdefault(finding.filename, []).append(finding)
    return tuple(_rows(filename, found) for filename, found in by_file.items())


def findings_in(rows: Rows) -> Iterator[Finding]:
    """The findings that were made rows of."""
    filename, heads, bodies, at = rows
    new, empty = object.__new__, KeptFinding
    for index, offset, stop, prefix, line, extra in _HEAD.iter_unpack(heads):
        words = bodies[at : at + prefix].decode("utf-8", "surrogatepass").split("\0", 4)
        at += prefix
        finding = new(empty)
        finding.words = words
        finding.bodies = bodies
        finding.line_at = at
        finding.extra_at = at = at + line
        finding.end_at = at = at + extra
        finding.order = (filename, index, offset, words[0], stop, words[4])
        yield finding


class KeptFinding(Finding):
    """A finding in its bytes. Its fields are not set until one is asked for: then `__getattr__` is called."""

    __slots__ = ("bodies", "end_at", "extra_at", "line_at", "order", "words")

    bodies: bytes
    line_at: int
    extra_at: int
    end_at: int
    order: tuple[str, int, int, str, int, str]
    words: list[str]

    # The frozen base looks for itself under a class that `slots=True` has replaced.
    __setattr__ = object.__setattr__

    def __getattr__(self, name: str) -> Any:
        if name in KeptFinding.__slots__:
            raise AttributeError(name)
        if name == "filename":
            return self.order[0]
        whole = self.whole()
        for field in Finding.__slots__:
            setattr(self, field, getattr(whole, field))
        return getattr(whole, name)

    def __reduce__(self) -> tuple[Any, tuple[object, ...]]:
        return self.whole().__reduce__()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, KeptFinding):
            return self.whole() == other.whole()
        return self.whole() == other

    def __hash__(self) -> int:
        return hash(self.order)

    @property
    def line(self) -> str:
        """The finding as a line of the JSON report."""
        return self.bodies[self.line_at : self.extra_at].decode()

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.words[0]

    @property
    def severity(self) -> Severity:
        """How bad it is, after configuration."""
        return _SEVERITIES[self.words[1]]

    @property
    def document(self) -> str:
        """The id of the document it is in."""
        return self.words[3]

    @property
    def applicability(self) -> Applicability | None:
        """Who may apply its fix; None where it has none."""
        return _APPLICABILITIES.get(self.words[2])

    @property
    def sort_key(self) -> tuple[str, int, int, str, int, str]:
        """File name, record, offset, code: the order of every report."""
        return self.order

    def whole(self) -> Finding:
        """The finding with every field set."""
        return _read(orjson.loads(self.bodies[self.line_at : self.extra_at]), self)


def _rows(filename: str, findings: list[Finding]) -> Rows:
    heads: list[bytes] = []
    bodies: list[bytes] = []
    for finding in sorted(findings, key=_order):
        _, index, offset, code, stop, message = finding.sort_key
        fix = finding.applicability
        words = (code, finding.severity.value, fix.value if fix else "", finding.document, message)
        prefix = "\0".join(words).encode("utf-8", "surrogatepass")
        if isinstance(finding, KeptFinding):
            line = finding.bodies[finding.line_at : finding.extra_at]
            extra = finding.bodies[finding.extra_at : finding.end_at]
        else:
            line, extra = _written(finding)
        heads.append(_HEAD.pack(index, offset, stop, len(prefix), len(line), len(extra)))
        bodies += (prefix, line, extra)
    return Rows(filename, b"".join(heads), b"".join(bodies))


def _order(finding: Finding) -> tuple[str, int, int, str, int, str]:
    return finding.sort_key


def _written(finding: Finding) -> tuple[bytes, bytes]:
    """The line of the JSON report, and what it lacks."""
    plain = object_of(finding)
    lacking = _lacking(finding)
    try:
        return escaped(orjson.dumps(plain)), orjson.dumps(lacking)
    except TypeError:
        # Half a surrogate pair: the report shows a question mark, the finding keeps what was found.
        return dumped(plain).encode(), json.dumps([*lacking, plain]).encode()


def _lacking(finding: Finding) -> list[Any]:
    # orjson writes tuples, but not tuples with names
    diagnostic, fix = finding.diagnostic, finding.diagnostic.fix
    return [
        tuple(diagnostic.span),
        finding.start.byte_column,
        finding.end.byte_column,
        finding.site,
        tuple(finding.excerpt),
        [(related.document, tuple(related.span), related.message) for related in diagnostic.related],
        diagnostic.occurrence,
        None if fix is None else _fix_lacking(finding, fix),
    ]


def _fix_lacking(finding: Finding, fix: Fix) -> list[Any]:
    suggestion: Any = finding.suggestion
    if suggestion is not None:
        alone = len(finding.edits) == 1 and suggestion == finding.edits[0]
        suggestion = 0 if alone else (suggestion.content, tuple(suggestion.start), tuple(suggestion.end))
    return [
        [(*edit.span, edit.content) for edit in fix.edits],
        [(edit.start.byte_column, edit.end.byte_column) for edit in finding.edits],
        [tuple(change) for change in fix.fields],
        [(tuple(split.story), split.teaser) for split in fix.splits],
        fix.encoding,
        suggestion,
    ]


def _read(plain: dict[str, Any], kept: KeptFinding) -> Finding:
    lacking = _loaded(kept.bodies[kept.extra_at : kept.end_at])
    if len(lacking) > _FIELDS_LACKING:
        plain = lacking[-1]
    span, start_byte, end_byte, site, excerpt, related, occurrence, fix_lacking = lacking[:_FIELDS_LACKING]
    fix, edits, suggestion = _fix(plain["fix"], fix_lacking)
    record = plain["record"]
    diagnostic = Diagnostic(
        plain["code"],
        plain["name"],
        plain["message"],
        _SEVERITIES[plain["severity"]],
        DocumentId(kept.words[3]),
        Span(*span),
        _SCOPES[plain["scope"]],
        plain["field"],
        plain["language"],
        fix,
        tuple(Related(DocumentId(name), Span(*place), said) for name, place, said in related),
        {key: tuple(value) if isinstance(value, list) else value for key, value in plain["evidence"].items()},
        plain["confidence"],
        occurrence,
    )
    return Finding(
        diagnostic,
        plain["filename"],
        Record(record["index"], record["id"]) if record else None,
        _place(plain["location"], plain["offset"], start_byte),
        _place(plain["end_location"], plain["end_offset"], end_byte),
        plain["fingerprint"],
        plain["url"],
        Excerpt(*excerpt),
        edits,
        suggestion,
        site,
    )


_FIELDS_LACKING = 8


def _loaded(content: bytes) -> list[Any]:
    try:
        lacking: list[Any] = orjson.loads(content)
    except orjson.JSONDecodeError:
        lacking = json.loads(content)
    return lacking


def _fix(plain: dict[str, Any] | None, lacking: Any) -> tuple[Fix | None, tuple[PlacedEdit, ...], PlacedEdit | None]:
    if plain is None:
        return None, (), None
    changes, columns, fields, splits, encoding, suggestion = lacking
    edits = tuple(
        PlacedEdit(
            edit["content"],
            _place(edit["location"], edit["offset"], start),
            _place(edit["end_location"], edit["end_offset"], end),
        )
        for edit, (start, end) in zip(plain["edits"], columns, strict=True)
    )
    fix = Fix(
        plain["message"],
        _APPLICABILITIES[plain["applicability"]],
        tuple(Edit(Span(start, end), content) for start, end, content in changes),
        tuple(FieldChange(name, value, tuple(values)) for name, value, values in fields),
        tuple(Split(Span(*story), teaser) for story, teaser in splits),
        encoding,
    )
    if suggestion is None:
        return fix, edits, None
    if suggestion == 0:
        return fix, edits, edits[0]
    content, begin, end = suggestion
    return fix, edits, PlacedEdit(content, Place(*begin), Place(*end))


def _place(location: dict[str, int], offset: int, byte_column: int) -> Place:
    return Place(location["row"], location["column"], offset, byte_column)
