"""What a published dataset is made of: records, the ledger of their edits, and what was withheld.

Everything here is a pure value or a pure function from what the engine made of a document to rows.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import structs

from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import DocumentId, Metadata
from corpuslint.model.ledger import AppliedEdit, undo
from corpuslint.model.levels import Severity
from corpuslint.publishing.parquet import COLUMNS, Plain


class RemovedText(StrEnum):
    """How much of what was taken out of a text is published: the text, its sha256, or only its length."""

    FULL = "full"
    HASH = "hash"
    NONE = "none"


class Reason(StrEnum):
    """Why a story was withheld."""

    ERROR_LEFT = "error-left"
    TEASER = "teaser"
    SPLIT_BRIDGE = "split-bridge"
    TOMBSTONE = "tombstone"
    EMPTY = "empty"
    UNREADABLE = "unreadable"


OwnFields = tuple[tuple[str, str], ...]
"""The user's own fields, sorted by name, each value as JSON text."""


class CleanStory(msgspec.Struct, frozen=True, tag=True):
    """One story as cleaning leaves it, number `index` of the `count` stories of a document.

    `file` is relative to the corpus, `raw_sha256` the hash of the document's text as read, to which undoing `edits`
    leads. `record_id` is the id that the document declares, `of_many` whether its file holds others; `file_sha256`
    counts the file's bytes. `remaining` is what rules still say, `suppressed` the code of each finding that the
    document's own metadata silences. In the run that read it, its file is at `path` and the story is called `name`;
    `is_unheeded` where it calls findings of its own none, and nobody trusts its folder.
    """

    file: str
    raw_sha256: str
    text: str
    index: int = 0
    count: int = 1
    edits: tuple[AppliedEdit, ...] = ()
    metadata: Metadata = {}
    language: str = "und"
    remaining: tuple[Diagnostic, ...] = ()
    teaser: bool = False
    cluster: str = ""
    own: OwnFields = ()
    suppressed: tuple[str, ...] = ()
    record_id: str = ""
    of_many: bool = False
    file_sha256: str = ""
    path: str = ""
    name: DocumentId = DocumentId("")
    is_unheeded: bool = False


class Entry(msgspec.Struct, frozen=True, tag=True):
    """A story on its way into a dataset: its row of `data`, or of `quarantine` with the reason there, and its edits.

    `own` are the user's own fields, whose columns are known when all entries are. `cluster` names the group of
    near-duplicates it belongs to; `file_sha256` is the hash of its file's bytes; `suppressed` holds the code of each
    finding that its own metadata silences.
    """

    row: Plain
    own: OwnFields = ()
    edits: tuple[Plain, ...] = ()
    cluster: str = ""
    file_sha256: str = ""
    suppressed: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id of its row."""
        return str(self.row["id"])

    @property
    def is_withheld(self) -> bool:
        """Whether it is a row of quarantine."""
        return "reason" in self.row


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


def entry_of(
    story: CleanStory,
    removed_text: RemovedText = RemovedText.FULL,
    withhold_from: Severity | None = Severity.ERROR,
) -> Entry:
    """The row of a story. A teaser, an empty story, and a story with a finding of severity `withhold_from` or worse
    left (None: whatever is left) become quarantine rows."""
    file = _file_name(story.file)
    identity: str = _sound(record_id(file, story.record_id, story.index, story.raw_sha256, story.of_many))
    counts = Counter((found.code, found.severity.value) for found in story.remaining)
    words = story.metadata.get("keywords", ())
    row: Plain = {
        "id": identity,
        "text": story.text,
        "language": story.language,
        **{name: _declared(story.metadata, name) for name in ("title", "published", "source", "credit", "url")},
        "keywords": [one for one in ((words,) if isinstance(words, str) else words) if one.strip()],
        "story_index": story.index,
        "story_count": story.count,
        "file": file,
        "raw_sha256": story.raw_sha256,
        "text_sha256": text_sha256(story.text),
        "findings": [
            {"code": code, "severity": severity, "count": count} for (code, severity), count in sorted(counts.items())
        ],
    }
    errors = tuple(found for found in story.remaining if withhold_from is not None and found.severity >= withhold_from)
    if (reason := _reason(story, errors)) is not None:
        row = _withheld(row, reason, {found.code for found in errors}, {f"{e.code}: {e.message}" for e in errors})
        if removed_text is not RemovedText.FULL or not _is_sound(story.text):
            row["text"] = None
    edits = [_edit_row(identity, seq, edit, file) for seq, edit in enumerate(story.edits)]
    return Entry(
        _sound(row),
        _sound(story.own),
        tuple(without_removed(edit, removed_text) for edit in edits),
        _sound(story.cluster) or identity,
        story.file_sha256,
        story.suppressed,
    )


def unreadable_entry(file: str, index: int, reason: str, file_sha256: str) -> Entry:
    """The quarantine row of a file, or of record `index` of a file, that gave no document."""
    name = "" if index < 0 else f"{_file_name(file)}#unreadable-{index}"
    nothing = entry_of(CleanStory(file, "", "", count=0, record_id=name, file_sha256=file_sha256))
    held = withhold(nothing, Reason.UNREADABLE, (), _sound(reason), keep_text=False)
    return structs.replace(held, row={**held.row, "text_sha256": ""})


def undo_rows(text: str, rows: Iterable[Plain]) -> str:
    """The raw text of a record's file, got by taking the edits back, the last one first.

    Raises ValueError where the ledger does not fit the text, or a row does not carry what it removed.
    """
    edits = []
    for row in sorted(rows, key=lambda row: int(row["seq"])):
        if row["removed"] is None:
            raise ValueError(f"edit {row['seq']} does not carry the text it removed")
        name = f"edit {row['seq']} ({row['code']})"
        edits.append(AppliedEdit(name, 1, row["start"], row["removed"], row["inserted"]))
    return undo(text, edits)


def withhold(entry: Entry, reason: Reason, codes: tuple[str, ...], message: str, keep_text: bool) -> Entry:
    """The same story as a quarantine row; without `keep_text` neither its text nor what it says of itself stays."""
    row = _withheld(entry.row, reason, codes, (message,))
    if keep_text:
        return structs.replace(entry, row=row)
    edits = tuple(without_removed(edit, RemovedText.HASH) for edit in entry.edits)
    return structs.replace(entry, row=row | _UNTOLD, own=(), edits=edits)


_UNTOLD: Plain = {
    **dict.fromkeys(("text", "title", "published", "source", "credit", "url")),
    "keywords": [],
}


def _withheld(row: Plain, reason: Reason, codes: Iterable[str], messages: Iterable[str]) -> Plain:
    """The quarantine row of a story, with all that is known of it."""
    known = {name: row[name] for name, *_ in COLUMNS["quarantine"] if name in row}
    return {**known, "reason": reason.value, "codes": sorted(codes), "messages": sorted(messages)}


def without_removed(edit: Plain, policy: RemovedText) -> Plain:
    """The edit with what it removed kept, hashed or dropped. What it lifted into fields is published anyway.

    The hash of a word or a phone number can be guessed back: `none` drops the hash too.
    """
    if policy is RemovedText.FULL:
        return edit
    return {**edit, "removed": None, "removed_sha256": edit["removed_sha256"] if policy is RemovedText.HASH else None}


def _reason(story: CleanStory, errors: tuple[Diagnostic, ...]) -> Reason | None:
    if not _is_sound(story.text) or any(not _is_sound(edit.before + edit.after) for edit in story.edits):
        return Reason.UNREADABLE
    if story.teaser:
        return Reason.TEASER
    if not story.text.strip():
        return Reason.EMPTY
    return Reason.ERROR_LEFT if errors else None


def _edit_row(identity: str, seq: int, edit: AppliedEdit, file: str) -> Plain:
    row: Plain = {
        "id": identity,
        "seq": seq,
        "code": edit.code,
        "rule_version": edit.rule_version,
        "start": edit.start,
        "removed": edit.before if _is_sound(edit.before) else None,
        "removed_length": len(edit.before),
        "removed_sha256": text_sha256(edit.before),
        "inserted": edit.after,
        "fields": [{"name": name, "value": value, "values": [*values]} for name, value, values in edit.fields],
        "file": file,
    }
    sound: Plain = _sound(row)
    return sound


def _declared(metadata: Metadata, key: str) -> str | None:
    value = metadata.get(key, "")
    text = value if isinstance(value, str) else ", ".join(value)
    return text.strip() or None


def _is_sound(text: str) -> bool:
    """Whether UTF-8 can carry the text: bytes that were never decoded stand in it as lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _file_name(name: str) -> str:
    """A file name as the dataset has it: slashes, composed letters, and nothing UTF-8 cannot carry."""
    return str(_sound(unicodedata.normalize("NFC", name.replace("\\", "/"))))


def _sound(value: Any) -> Any:
    """The value with a question mark for everything in its texts that UTF-8 cannot carry."""
    if isinstance(value, str):
        return value if _is_sound(value) else value.encode("utf-8", "replace").decode()
    if isinstance(value, list | tuple):
        return type(value)(map(_sound, value))
    return {name: _sound(part) for name, part in value.items()} if isinstance(value, dict) else value
