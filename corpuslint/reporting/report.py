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
from itertools import chain, groupby
from operator import attrgetter, itemgetter
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, overload

import msgspec
from msgspec import structs

from corpuslint.engine.fingerprint import fingerprints
from corpuslint.formats.endings import is_lines, is_text
from corpuslint.model.diagnostic import Diagnostic, Edit
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


_by_place = attrgetter("sort_key")
_order = attrgetter("span.start", "code", "span.end", "message")
_kind = attrgetter("code", "severity", "applicability")
_document = attrgetter("filename", "record")
_Row = tuple[bytes, int, bytes]
"""The file name of a document, the number of its record, and a page of it, packed."""
_Given = tuple[tuple[tuple[tuple[str, Severity, Applicability | None], int], ...], tuple[bytes, ...]]
"""How many findings there are of each code, severity and applicability, and their rows, each packed."""


class _Page(msgspec.Struct, array_like=True):
    """What was found in one text of a document, in order: what rules reported, and beside it what findings are made of
    when somebody asks for them; or findings as they are.

    `places` are numbers of `kernel.place_all`, of spans and then of edits elsewhere; `marks` are the fingerprints;
    `joined` is what several edits come to, for each finding that has several.
    """

    filename: str
    record: Record | None
    whole: tuple[Finding, ...] = ()
    site: str = ""
    found: tuple[Diagnostic, ...] = ()
    places: bytes = b""
    marks: str = ""
    excerpts: Sequence[tuple[str, str, str]] = ()
    joined: Sequence[str | None] = ()

    def findings(self) -> Iterator[Finding]:
        """The findings of the page."""
        yield from self.whole
        numbers = memoryview(self.places).cast("i")
        places = list(map(Place, numbers[::4], numbers[1::4], numbers[2::4], numbers[3::4]))
        further, joined = iter(places[2 * len(self.found) :]), iter(self.joined)
        for number, (one, shown) in enumerate(zip(self.found, self.excerpts, strict=True)):
            start, end = places[2 * number : 2 * number + 2]
            edits: tuple[PlacedEdit, ...] = ()
            suggestion = None
            if one.fix is not None and one.fix.edits:
                edits = tuple(
                    [
                        PlacedEdit(content, *((start, end) if at == one.span else (next(further), next(further))))
                        for at, content in one.fix.edits
                    ]
                )
                if not (one.fix.fields or one.fix.splits) and one.field == "text":
                    suggestion = edits[0] if len(edits) == 1 else _around(edits, next(joined))
            excerpt = _new(Excerpt, shown) if one.scope is _SPAN else _NOTHING
            mark = self.marks[32 * number : 32 * number + 32]
            beside = self.filename, self.record, start, end, mark, excerpt, edits, suggestion, self.site
            yield Finding.of(one, *beside)


class Findings(Sequence[Finding]):
    """Findings in the order of a report, added in any order; where they are many, they lie on disk."""

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self.counts: Counter[tuple[str, Severity, Applicability | None]] = Counter()
        self._pages = Scratch("filename", "record")
        self.add(findings)

    def add(self, findings: Iterable[Finding]) -> None:
        """Take in more findings."""
        for (filename, record), its in groupby(findings, _document):
            self._put(_Page(filename, record, tuple(its)))

    def place(self, document: Document, text: str, diagnostics: Iterable[Diagnostic]) -> None:
        """Take in what `findings_of` makes of the diagnostics of a document, which is made when they are asked for."""
        for page in _pages_of(document, text, diagnostics):
            self._put(page)

    def _put(self, page: _Page) -> None:
        self.counts.update(map(_kind, page.whole or page.found))
        place = page.filename.encode("utf-8", "surrogatepass"), page.record.index if page.record else -1
        self._pages.put([(*place, _ENCODER.encode((*place, packed(page))))])

    def given(self) -> bytes:
        """All of them as bytes that another takes in without a look at each; nothing where there are none."""
        return _ENCODER.encode((tuple(self.counts.items()), tuple(self._pages))) if self.counts else b""

    def take(self, given: bytes) -> None:
        """Take in what another has given. Raises ValueError for other bytes."""
        counts, rows = value_of(given, _Given) if given else ((), ())
        self._pages.put([(*value_of(row, _Row)[:2], row) for row in rows])
        self.counts.update(dict(counts))

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
        rows = groupby((value_of(row, _Row) for row in self._pages), itemgetter(0, 1))
        own = (chain.from_iterable(value_of(page, _Page).findings() for *_, page in its) for _, its in rows)
        return chain.from_iterable(sorted(its, key=_by_place) for its in own)


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
    pages = [list(page.findings()) for page in _pages_of(document, text, diagnostics)]
    return tuple(pages[0] if len(pages) == 1 else sorted(chain.from_iterable(pages), key=_order))


def _pages_of(document: Document, text: str, diagnostics: Iterable[Diagnostic]) -> Iterator[_Page]:
    """The pages that the diagnostics of one document make, one for the text and one for each field."""
    found = sorted(diagnostics, key=_order)
    fields = dict.fromkeys([one.field for one in found])
    for field in fields:
        own = found if len(fields) == 1 else [one for one in found if one.field == field]
        yield _page_of(document, text if field == "text" else document.declared(field), tuple(own))


@cache
def rule_url(code: str) -> str:
    """Where the page of a shipped rule stands; "" for a rule of somebody else's pack."""
    return f"{DOCUMENTATION}/rules/{code}.md" if code[:3] in _SHIPPED_FAMILIES else ""


def _page_of(document: Document, text: str, found: tuple[Diagnostic, ...]) -> _Page:
    """What was found in one text; all places of all are converted in one walk."""
    fixes = [(one.span, one.fix.edits) for one in found if one.fix is not None and one.fix.edits]
    others = [at for span, edits in fixes for at, _ in edits if at != span]
    offsets = array("i", chain.from_iterable(chain([one.span for one in found], others)))
    marks = array("i", bytes(12 * (len(text) // kernel.PLACE_STRIDE + 1)))
    places = array("i", bytes(16 * len(offsets)))
    kernel.place_all(text, offsets, marks, places)
    origin = document.origin
    return _Page(
        origin.filename,
        Record(origin.index, origin.record_id) if origin.is_record else None,
        (),
        document.site,
        found,
        places.tobytes(),
        "".join(fingerprints(document, text, found)),
        kernel.excerpts(text, places[: 8 * len(found)], *_SHOWN),
        [_joined(edits, text) for _, edits in fixes if len(edits) > 1],
    )


def _joined(edits: Sequence[Edit], text: str) -> str | None:
    """What several edits make of the text from the first to the last; None where that is too much."""
    ordered = sorted(edits)
    at = ordered[0].span.start
    if ordered[-1].span.end - at > _LONGEST_SUGGESTION:
        return None
    parts: list[str] = []
    for span, content in ordered:
        parts += (text[at : span.start], content)
        at = span.end
    return "".join(parts)


def _around(edits: Sequence[PlacedEdit], joined: str | None) -> PlacedEdit | None:
    ordered = sorted(edits, key=attrgetter("start.offset", "end.offset"))
    return None if joined is None else PlacedEdit(joined, ordered[0].start, ordered[-1].end)


_new = tuple.__new__
_SHOWN = 40, 120, 24
"""Characters to show on either side of a match, of the match itself, and of a word that is not cut."""
