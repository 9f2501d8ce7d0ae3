"""What a reporter gets: findings with everything that output needs, and what the run came to.

Rules report offsets; readers want rows, columns, excerpts and an identity that lasts. `findings_of` computes all of
it once a document, here, so that a format only has to write.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, groupby, islice
from operator import attrgetter, itemgetter
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, overload

import msgspec
from msgspec import structs

from corpuslint.engine.fingerprint import fingerprints
from corpuslint.formats.endings import is_lines, is_text
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import Document, file_of
from corpuslint.model.levels import Applicability, Scope, Severity
from corpuslint.model.rule import RuleSpec
from corpuslint.resources import Scratch
from corpuslint.text.visible import Excerpt
from corpuslint.version import DOCUMENTATION
from corpuslint.words import kernel

_SHIPPED_FAMILIES = frozenset(
    ("ENC", "LET", "PUN", "SPC", "ART", "MIX", "DAT", "SRC", "MET", "LNG", "DUP", "QLT", "PII", "LNT")
)
_LONGEST_SUGGESTION = 10_000


class Place(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A place in a text in every unit that some format wants; row and columns are 1-based, the offset 0-based."""

    row: int = 1
    column: int = 1
    offset: int = 0
    byte_column: int = 1


_START = Place()
_NOTHING = Excerpt()
_SPAN = Scope.SPAN


class Record(msgspec.Struct, frozen=True, gc=False):
    """Which record of its file a finding is in."""

    index: int
    id: str


class PlacedEdit(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An edit with its places."""

    content: str
    start: Place
    end: Place


_OF_DIAGNOSTIC = len(Diagnostic.__struct_fields__)


class Finding(Diagnostic, frozen=True, array_like=True, gc=False):
    """A diagnostic and what output needs beside it.

    `suggestion` is the whole fix as one replacement, for formats that know no other; None where the fix does more
    than change this text, or reaches over more text than anyone would read. `site` is the outlet the document is from.
    """

    filename: str = ""
    record: Record | None = None
    start: Place = _START
    end: Place = _START
    fingerprint: str = ""
    excerpt: Excerpt = _NOTHING
    edits: tuple[PlacedEdit, ...] = ()
    suggestion: PlacedEdit | None = None
    site: str = ""

    @classmethod
    def of(cls, diagnostic: Diagnostic, *beside: Any) -> Finding:
        """The diagnostic, or a finding as one, with the values of the fields above in their order."""
        return cls(*structs.astuple(diagnostic)[:_OF_DIAGNOSTIC], *beside)

    @property
    def offset(self) -> int:
        """Where it begins, in code points of the text from 0."""
        return self.start.offset

    @property
    def end_offset(self) -> int:
        """Where it ends, in code points of the text from 0."""
        return self.end.offset

    @property
    def url(self) -> str:
        """Where the page of its rule stands, "" for a rule of somebody else's pack."""
        return rule_url(self.code)

    @property
    def record_id(self) -> str:
        """The id that the record gives itself, "" where there is none."""
        return self.record.id if self.record else ""

    @property
    def applicability(self) -> Applicability | None:
        """Who may apply its fix; None where it has none."""
        return None if self.fix is None else self.fix.applicability

    @property
    def is_span(self) -> bool:
        """Whether the finding has a place in the document."""
        return self.scope is Scope.SPAN

    @property
    def is_in_file(self) -> bool:
        """Whether the place of the finding is one in the text of a file, and not of a record or a value of metadata."""
        return self.is_span and self.record is None and self.field == "text"

    @property
    def is_whole_file(self) -> bool:
        """Whether the finding is about a file of one document as a whole."""
        return self.record is None and not self.is_span

    @property
    def sort_key(self) -> tuple[str, int, int, str, int, str]:
        """File name, record, offset, code: the order of every report."""
        record = self.record.index if self.record else -1
        return (self.filename, record, self.start.offset, self.code, self.end.offset, self.message)

    @property
    def source(self) -> str:
        """File and record as one heading; records count from 1, and one that is a line of its file is named as that."""
        if self.record is None:
            return self.filename
        return record_name(self.filename, self.record.index) + (f" ({self.record.id})" if self.record.id else "")

    @property
    def place(self) -> str:
        """Where the finding is, as a person looks for it: file or record, row and column in its text.

        The text of a record has rows of its own, which are not those of its file.
        """
        between = ":" if self.record is None else " "
        return f"{self.source}{between}{self.start.row}:{self.start.column}"

    @property
    def path(self) -> str:
        """The file name as a repository has it: no leading `./`, relative where it lies below the current folder."""
        name = self.filename.removeprefix("./")
        here = PurePosixPath(name)
        if here.is_absolute() and here.is_relative_to(Path.cwd().as_posix()):
            return here.relative_to(Path.cwd().as_posix()).as_posix()
        return name

    @property
    def file_row(self) -> int:
        """The row in the *file*: 0 where the text is inside a record and has no row of its own there.

        A line of JSONL is a record, so its row is known; Parquet and CSV have no rows to point at.
        """
        if self.record is None:
            return self.start.row
        return self.record.index + 1 if is_lines(self.filename) else 0


def record_name(filename: str, index: int) -> str:
    """A record as a person finds it in its file.

    >>> record_name("a.jsonl", 0), record_name("a.parquet", 0)
    ('a.jsonl:1', 'a.parquet#1')
    """
    return f"{filename}{':' if is_lines(filename) else '#'}{index + 1}"


def document_name(document: str) -> str:
    """A document as a person finds it, from its id.

    >>> document_name("a.jsonl#0"), document_name("a.txt")
    ('a.jsonl:1', 'a.txt')
    """
    filename, index = file_of(document)
    return document if index < 0 or is_text(document) else record_name(filename, index)


OWN_WORD = "suppression of its own"
"""By whose word a finding is parked where its document says so itself, in its metadata."""


class Parked(NamedTuple):
    """A finding that does not count, and by whose word."""

    finding: Finding
    by: str
    reason: str = ""


class Summary(msgspec.Struct, frozen=True):
    """What the run came to.

    `fixed` counts the findings that were mended, by code; `gates` says in words which rate or count limits were passed;
    `notes` are sentences about the run that belong under the findings; `passed_over` are files in the folders named
    that no reader takes, in words; `milder` counts findings left out because a severity was asked for.
    """

    documents: int = 0
    files: int = 0
    fixed: Mapping[str, int] = {}
    gates: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unsafe_fixes: bool = False
    passed_over: str = ""
    milder: int = 0


_ENCODER = msgspec.msgpack.Encoder()
_AS_JSON = b"\xc1"  # a byte that msgpack never writes


def packed(value: Any) -> bytes:
    """A value, or findings, as bytes; nothing where there are none.

    Half a surrogate pair, which UTF-8 cannot carry, makes them JSON with escapes.
    """
    if isinstance(value, Iterable) and not (value := tuple(value)):
        return b""
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError:
        return _AS_JSON + json.dumps(msgspec.to_builtins(value)).encode()


def unpacked(data: bytes) -> tuple[Finding, ...]:
    """The findings that were made bytes of, in their order.

    Raises ValueError for other bytes.
    """
    findings: tuple[Finding, ...] = value_of(data, tuple[Finding, ...]) if data else ()
    return findings


def value_of(data: bytes, kind: Any) -> Any:
    """The value of this kind that was made bytes of. Raises ValueError for other bytes."""
    try:
        if data.startswith(_AS_JSON):
            return msgspec.convert(json.loads(data[1:]), kind)
        return _decoder(kind).decode(data)
    except msgspec.MsgspecError as error:
        raise ValueError(f"not what was kept: {error}") from None


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)


MOST_HELD = 10_000
"""Findings of a run that are in memory at a time, beside those of the document that is read."""
_by_place = attrgetter("sort_key")
_document = attrgetter("filename", "record")
_Page = tuple[bytes, int, bytes]
"""The file name of a document, the number of its record, and its findings, packed."""
_Given = tuple[tuple[tuple[tuple[str, Severity, Applicability | None], int], ...], tuple[bytes, ...]]
"""How many findings there are of each code, severity and applicability, and their pages, each packed."""


class Findings(Sequence[Finding]):
    """Findings in the order of a report, added in any order; where they are many, they lie on disk."""

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self.counts: Counter[tuple[str, Severity, Applicability | None]] = Counter()
        self._held: list[Finding] = []
        self._away: Scratch | None = None
        self.add(findings)

    def add(self, findings: Iterable[Finding]) -> None:
        """Take in more findings."""
        given = iter(findings)
        while some := list(islice(given, MOST_HELD)):
            self.counts.update([(one.code, one.severity, one.applicability) for one in some])
            self._held += some
            if self._away or len(self._held) >= MOST_HELD:
                self._lay_away()

    def _lay_away(self) -> Scratch:
        """Put what is held where the rest lies, by document."""
        self._away = self._away or Scratch("filename", "record")
        for (filename, record), its in groupby(self._held, _document):
            place = filename.encode("utf-8", "surrogatepass"), record.index if record else -1
            self._away.put([(*place, _ENCODER.encode((*place, packed(its))))])
        self._held = []
        return self._away

    def given(self) -> bytes:
        """All of them as bytes that another takes in without a look at each; nothing where there are none."""
        return _ENCODER.encode((tuple(self.counts.items()), tuple(self._lay_away()))) if self.counts else b""

    def take(self, given: bytes) -> None:
        """Take in what another has given. Raises ValueError for other bytes."""
        counts, pages = value_of(given, _Given) if given else ((), ())
        rows = [(*value_of(page, _Page), page) for page in pages]
        if self._away or len(self) + sum(count for _, count in counts) >= MOST_HELD:
            self.counts.update(dict(counts))
            self._lay_away().put((filename, record, page) for filename, record, _, page in rows)
        else:
            self.add(chain.from_iterable(unpacked(its) for _, _, its, _ in rows))

    def by_code(self) -> Counter[str]:
        """How often each code was found."""
        codes: Counter[str] = Counter()
        for (code, _, _), count in self.counts.items():
            codes[code] += count
        return codes

    def __len__(self) -> int:
        return self.counts.total()

    @overload
    def __getitem__(self, place: int) -> Finding: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, place: int | slice) -> Finding | tuple[Finding, ...]:
        return tuple(self)[place]

    def __iter__(self) -> Iterator[Finding]:
        if self._away:
            pages = groupby((value_of(page, _Page) for page in self._away), itemgetter(0, 1))
            own = (chain.from_iterable(unpacked(found) for *_, found in its) for _, its in pages)
            return chain.from_iterable(sorted(its, key=_by_place) for its in own)
        self._held.sort(key=_by_place)
        return iter(self._held)


class Report(msgspec.Struct, frozen=True):
    """The findings that count, in order, the parked ones, the rules that ran, and the summary."""

    findings: Findings = msgspec.field(default_factory=Findings)
    parked: tuple[Parked, ...] = ()
    rules: tuple[RuleSpec, ...] = ()
    summary: Summary = Summary()

    @classmethod
    def of(
        cls,
        findings: Iterable[Finding],
        *,
        parked: Iterable[Parked] = (),
        rules: Iterable[RuleSpec] = (),
        summary: Summary | None = None,
    ) -> Report:
        """A report of findings in any order."""
        return cls(
            findings if isinstance(findings, Findings) else Findings(findings),
            tuple(sorted(parked, key=lambda entry: entry.finding.sort_key)),
            tuple(sorted(rules, key=lambda spec: spec.code)),
            summary or Summary(),
        )

    def at_least(self, severity: Severity) -> Report:
        """The report with only the findings that are at least this bad, and how many others there are."""
        if severity is Severity.INFO:
            return self
        kept = Findings(finding for finding in self.findings if finding.severity >= severity)
        milder = len(self.findings) - len(kept)
        return structs.replace(self, findings=kept, summary=structs.replace(self.summary, milder=milder))

    @property
    def parked_themselves(self) -> int:
        """How many findings are parked because their documents' own metadata says so."""
        return sum(entry.by == OWN_WORD for entry in self.parked)

    def count(self, kind: Severity | Applicability) -> int:
        """How many findings have exactly this severity, or a fix of exactly this applicability."""
        return sum(count for (_, *its), count in self.findings.counts.items() if any(one is kind for one in its))


def findings_of(document: Document, text: str, diagnostics: Iterable[Diagnostic]) -> tuple[Finding, ...]:
    """The diagnostics of one document as findings, sorted; `text` is the text their spans count in.

    A diagnostic about a metadata field counts in the value of that field.
    """
    found = sorted(diagnostics, key=_order)
    if not found:
        return ()
    texts = {field: text if field == "text" else document.declared(field) for field in {one.field for one in found}}
    marks = fingerprints(document, texts, found)
    placed = {name: _placed(value, [one for one in found if one.field == name]) for name, value in texts.items()}
    origin, site = document.origin, document.site
    filename = origin.filename
    record = Record(origin.index, origin.record_id) if origin.is_record else None
    findings = []
    for diagnostic, mark in zip(found, marks, strict=True):
        start, end, excerpt, edits, suggestion = next(placed[diagnostic.field])
        beside = filename, record, start, end, mark, excerpt, edits, suggestion, site
        findings.append(Finding.of(diagnostic, *beside))
    return tuple(findings)


def _order(diagnostic: Diagnostic) -> tuple[int, str, int, str]:
    start, end = diagnostic.span
    return start, diagnostic.code, end, diagnostic.message


@cache
def rule_url(code: str) -> str:
    """Where the page of a shipped rule stands; "" for a rule of somebody else's pack."""
    return f"{DOCUMENTATION}/rules/{code}.md" if code[:3] in _SHIPPED_FAMILIES else ""


_Placed = tuple[Place, Place, Excerpt, tuple[PlacedEdit, ...], PlacedEdit | None]
"""Where a finding begins and ends, what to show of it, its edits, and these as one."""


def _placed(text: str, diagnostics: Sequence[Diagnostic]) -> Iterator[_Placed]:
    """Where each of the findings in one text stands; all places of all are converted in one walk."""
    spans = [one.span for one in diagnostics]
    others = [at for one in diagnostics if one.fix is not None for at, _ in one.fix.edits if at != one.span]
    offsets = array("i", chain.from_iterable(chain(spans, others)))
    marks = array("i", bytes(12 * (len(text) // kernel.PLACE_STRIDE + 1)))
    found = array("i", bytes(16 * len(offsets)))
    kernel.place_all(text, offsets, marks, found)
    excerpts = kernel.excerpts(text, found[: 8 * len(spans)], *_SHOWN)
    places = list(map(Place, found[::4], found[1::4], found[2::4], found[3::4]))
    further = iter(places[2 * len(spans) :])
    for one, span, start, end, shown in zip(diagnostics, spans, places[::2], places[1::2], excerpts, strict=False):
        fix, suggestion = one.fix, None
        edits: tuple[PlacedEdit, ...] = ()
        if fix is not None and fix.edits:
            edits = tuple(
                [
                    PlacedEdit(content, start, end) if at == span else PlacedEdit(content, next(further), next(further))
                    for at, content in fix.edits
                ]
            )
            if not (fix.fields or fix.splits) and one.field == "text":
                suggestion = edits[0] if len(edits) == 1 else _joined(edits, text)
        yield start, end, _new(Excerpt, shown) if one.scope is _SPAN else _NOTHING, edits, suggestion


def _joined(edits: Sequence[PlacedEdit], text: str) -> PlacedEdit | None:
    ordered = sorted(edits, key=lambda edit: (edit.start.offset, edit.end.offset))
    if ordered[-1].end.offset - ordered[0].start.offset > _LONGEST_SUGGESTION:
        return None
    parts: list[str] = []
    at = ordered[0].start.offset
    for edit in ordered:
        parts += (text[at : edit.start.offset], edit.content)
        at = edit.end.offset
    return PlacedEdit("".join(parts), ordered[0].start, ordered[-1].end)


_new = tuple.__new__
_SHOWN = 40, 120, 24
"""Characters to show on either side of a match, of the match itself, and of a word that is not cut."""
