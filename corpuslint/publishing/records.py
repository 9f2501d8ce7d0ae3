"""What a published dataset is made of: records, the ledger of their edits, and what was withheld.

Everything here is a pure value or a pure function from what the engine made of a document to rows.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from enum import Enum

from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import DocumentId, Metadata
from corpuslint.model.fix import FieldChange
from corpuslint.model.ledger import AppliedEdit, undo
from corpuslint.model.levels import Severity


class RemovedText(Enum):
    """How much of what was taken out of a text is published: the text, its sha256, or only its length."""

    FULL = "full"
    HASH = "hash"
    NONE = "none"


class Reason(Enum):
    """Why a story was withheld."""

    ERROR_LEFT = "error-left"
    TEASER = "teaser"
    SPLIT_BRIDGE = "split-bridge"
    TOMBSTONE = "tombstone"
    EMPTY = "empty"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Finding:
    """How often a rule still speaks about a record."""

    code: str
    severity: str
    count: int


OwnFields = tuple[tuple[str, str], ...]
"""The user's own fields, sorted by name, each value as JSON text."""


@dataclass(frozen=True, slots=True)
class CleanStory:
    """One story as the engine leaves it. `edits` lead from the raw text of the whole file to `text`; `suppressed`
    holds the code of each finding that the document's own metadata silences."""

    text: str
    edits: tuple[AppliedEdit, ...] = ()
    metadata: Metadata = field(default_factory=dict)
    language: str = "und"
    remaining: tuple[Diagnostic, ...] = ()
    teaser: bool = False
    cluster: str = ""
    own: OwnFields = ()
    suppressed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CleanDocument:
    """One document as the engine leaves it: what was read, and its stories, the file's own story first.

    `file` is relative to the corpus. `record_id` is the id a record declares, `of_many` whether its file holds others.
    `file_sha256` counts the bytes as found, before decoding. In the run that read it, its file is at `path` and its
    stories have the ids `names`; `is_unheeded` where it calls findings of its own none, and nobody trusts its folder.
    """

    file: str
    raw: str
    stories: tuple[CleanStory, ...]
    record_id: str = ""
    of_many: bool = False
    file_sha256: str = ""
    path: str = ""
    names: tuple[DocumentId, ...] = ()
    is_unheeded: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One row of `data`. None stands where nothing is known, as Parquet and its readers have it."""

    id: str
    text: str
    title: str | None
    language: str
    published: str | None
    source: str | None
    credit: str | None
    url: str | None
    keywords: tuple[str, ...]
    story_index: int
    story_count: int
    file: str
    raw_sha256: str
    text_sha256: str
    findings: tuple[Finding, ...]
    own: OwnFields = ()


@dataclass(frozen=True, slots=True)
class EditRow:
    """One row of `edits`. Edit `seq` of record `id` counts in the text that edits 0 … seq-1 left.

    `removed` is None where the dataset does not publish removed text; `removed_length` counts code points.
    """

    id: str
    seq: int
    code: str
    rule_version: int
    start: int
    removed: str | None
    removed_length: int
    removed_sha256: str | None
    inserted: str
    fields: tuple[FieldChange, ...]
    file: str


@dataclass(frozen=True, slots=True)
class QuarantineRow:
    """One row of `quarantine`: a story that was withheld, the rules that withheld it, and what they said."""

    id: str
    reason: str
    codes: tuple[str, ...]
    messages: tuple[str, ...]
    text: str | None
    title: str | None
    language: str
    published: str | None
    source: str | None
    credit: str | None
    url: str | None
    keywords: tuple[str, ...]
    story_index: int
    story_count: int
    file: str
    raw_sha256: str
    text_sha256: str
    own: OwnFields = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A story on its way into a dataset: a record or a quarantine row, with its edits.

    `cluster` names the group of near-duplicates it belongs to; `file_sha256` is the hash of its file's bytes;
    `suppressed` holds the code of each finding that its own metadata silences.
    """

    row: Record | QuarantineRow
    edits: tuple[EditRow, ...] = ()
    cluster: str = ""
    file_sha256: str = ""
    suppressed: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id of its row."""
        return self.row.id


def text_sha256(text: str) -> str:
    """The sha256 of a text in UTF-8, as hex. A lone surrogate, which UTF-8 cannot carry, counts as its three bytes.

    >>> text_sha256("")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def record_id(file: str, declared: str, story_index: int, raw_sha256: str, of_many: bool) -> str:
    """An id that stays when other documents come and go: the declared id, else the file, else file and content.

    >>> record_id("a/b.txt", "", 1, "", False)
    'a/b.txt#story-2'
    >>> record_id("a.jsonl", "", 0, "0123456789abcdef0123", True)
    'a.jsonl#0123456789abcdef'
    """
    base = declared or (f"{file}#{raw_sha256[:16]}" if of_many else file)
    return base if story_index == 0 else f"{base}#story-{story_index + 1}"


def entries_of(
    document: CleanDocument,
    removed_text: RemovedText = RemovedText.FULL,
    withhold_from: Severity | None = Severity.ERROR,
) -> tuple[Entry, ...]:
    """The rows of one document. Teasers, empty stories, and stories with a finding of severity `withhold_from` or worse
    left (None: whatever is left) become quarantine rows."""
    raw_sha256 = text_sha256(document.raw)
    file = _file_name(document.file)
    count = len(document.stories)
    return tuple(
        _entry(document, story, index, count, file, raw_sha256, removed_text, withhold_from)
        for index, story in enumerate(document.stories)
    )


def unreadable_entry(file: str, index: int, reason: str, file_sha256: str) -> Entry:
    """The quarantine row of a file, or of record `index` of a file, that gave no document."""
    file = _file_name(file)
    row = QuarantineRow(
        id=file if index < 0 else f"{file}#unreadable-{index}",
        reason=Reason.UNREADABLE.value,
        codes=(),
        messages=(_sound(reason),),
        text=None,
        title=None,
        language="und",
        published=None,
        source=None,
        credit=None,
        url=None,
        keywords=(),
        story_index=0,
        story_count=0,
        file=file,
        raw_sha256="",
        text_sha256="",
    )
    return Entry(row, file_sha256=file_sha256)


def undo_rows(text: str, rows: Iterable[EditRow]) -> str:
    """The raw text of a record's file, got by taking the edits back, the last one first.

    Raises ValueError where the ledger does not fit the text, or a row does not carry what it removed.
    """
    edits = []
    for row in sorted(rows, key=lambda row: row.seq):
        if row.removed is None:
            raise ValueError(f"edit {row.seq} does not carry the text it removed")
        edits.append(AppliedEdit(f"edit {row.seq} ({row.code})", 1, row.start, row.removed, row.inserted))
    return undo(text, edits)


def withhold(entry: Entry, reason: Reason, codes: tuple[str, ...], message: str, keep_text: bool) -> Entry:
    """The same story as a quarantine row; without `keep_text` neither its text nor what it says of itself stays."""
    if keep_text:
        return replace(entry, row=_held(entry.row, reason, codes, (message,)))
    row = replace(
        _held(entry.row, reason, codes, (message,)),
        text=None,
        title=None,
        published=None,
        source=None,
        credit=None,
        url=None,
        keywords=(),
        own=(),
    )
    return replace(entry, row=row, edits=tuple(without_removed(edit, RemovedText.HASH) for edit in entry.edits))


def _held(
    row: Record | QuarantineRow, reason: Reason, codes: tuple[str, ...], messages: tuple[str, ...]
) -> QuarantineRow:
    """The quarantine row of a story, with all that is known of it."""
    known = {name: getattr(row, name) for name in _OF_BOTH}
    return QuarantineRow(reason=reason.value, codes=codes, messages=messages, **known)


_OF_BOTH = tuple({part.name for part in fields(Record)} & {part.name for part in fields(QuarantineRow)})


def without_removed(edit: EditRow, policy: RemovedText) -> EditRow:
    """The edit with what it removed kept, hashed or dropped. What it lifted into fields is published anyway.

    The hash of a word or a phone number can be guessed back: `none` drops the hash too.
    """
    if policy is RemovedText.FULL:
        return edit
    return replace(edit, removed=None, removed_sha256=edit.removed_sha256 if policy is RemovedText.HASH else None)


def _entry(
    document: CleanDocument,
    story: CleanStory,
    index: int,
    count: int,
    file: str,
    raw_sha256: str,
    removed_text: RemovedText,
    withhold_from: Severity | None,
) -> Entry:
    identity = record_id(file, _sound(document.record_id), index, raw_sha256, document.of_many)
    edits = tuple(
        without_removed(_edit_row(identity, seq, edit, file), removed_text) for seq, edit in enumerate(story.edits)
    )
    metadata = dict(story.metadata)
    errors = tuple(found for found in story.remaining if withhold_from is not None and found.severity >= withhold_from)
    reason = _reason(story, errors)
    row: Record | QuarantineRow = Record(
        id=identity,
        text=story.text,
        title=_declared(metadata, "title"),
        language=_sound(story.language),
        published=_declared(metadata, "published"),
        source=_declared(metadata, "source"),
        credit=_declared(metadata, "credit"),
        url=_declared(metadata, "url"),
        keywords=_keywords(metadata),
        story_index=index,
        story_count=count,
        file=file,
        raw_sha256=raw_sha256,
        text_sha256=text_sha256(story.text),
        findings=_findings(story.remaining),
        own=tuple((_sound(name), _sound(value)) for name, value in story.own),
    )
    if reason is not None:
        codes = tuple(sorted({found.code for found in errors}))
        row = _held(row, reason, codes, tuple(sorted({f"{found.code}: {_sound(found.message)}" for found in errors})))
        if removed_text is not RemovedText.FULL or not _is_sound(story.text):
            row = replace(row, text=None)
    return Entry(row, edits, story.cluster or identity, document.file_sha256, story.suppressed)


def _reason(story: CleanStory, errors: tuple[Diagnostic, ...]) -> Reason | None:
    if not _is_sound(story.text) or any(not _is_sound(edit.before + edit.after) for edit in story.edits):
        return Reason.UNREADABLE
    if story.teaser:
        return Reason.TEASER
    if not story.text.strip():
        return Reason.EMPTY
    return Reason.ERROR_LEFT if errors else None


def _edit_row(identity: str, seq: int, edit: AppliedEdit, file: str) -> EditRow:
    return EditRow(
        id=identity,
        seq=seq,
        code=edit.code,
        rule_version=edit.rule_version,
        start=edit.start,
        removed=edit.before if _is_sound(edit.before) else None,
        removed_length=len(edit.before),
        removed_sha256=text_sha256(edit.before),
        inserted=_sound(edit.after),
        fields=tuple(
            FieldChange(_sound(name), _sound(value), tuple(map(_sound, values))) for name, value, values in edit.fields
        ),
        file=file,
    )


def _findings(remaining: tuple[Diagnostic, ...]) -> tuple[Finding, ...]:
    counts = Counter((found.code, found.severity.value) for found in remaining)
    return tuple(Finding(code, severity, count) for (code, severity), count in sorted(counts.items()))


def _declared(metadata: Metadata, key: str) -> str | None:
    value = metadata.get(key, "")
    text = value if isinstance(value, str) else ", ".join(value)
    return _sound(text.strip()) or None


def _keywords(metadata: Metadata) -> tuple[str, ...]:
    value = metadata.get("keywords", ())
    keywords = (value,) if isinstance(value, str) else tuple(value)
    return tuple(_sound(keyword) for keyword in keywords if keyword.strip())


def _is_sound(text: str) -> bool:
    """Whether UTF-8 can carry the text: bytes that were never decoded stand in it as lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _file_name(name: str) -> str:
    """A file name as the dataset has it: slashes, composed letters, and nothing UTF-8 cannot carry."""
    return _sound(unicodedata.normalize("NFC", name.replace("\\", "/")))


def _sound(text: str) -> str:
    return text if _is_sound(text) else text.encode("utf-8", "replace").decode()
