"""The ledger on disk: what fixing changed in a file, so that it can be taken back byte for byte.

`FOLDER/.corpuslint/NAME.ledger.jsonl` belongs to `FOLDER/NAME`; each line is one run of fixes. It lies beside the
file, so it is found wherever the run was started. The line is written before the file is touched; an entry whose file
still has its old content was never carried out and is passed over.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpuslint.errors import SourceError
from corpuslint.formats.atomic import replace_file
from corpuslint.model.fix import FieldChange
from corpuslint.model.ledger import AppliedEdit

LEDGER_VERSION = 1


@dataclass(frozen=True, slots=True)
class BesideFile:
    """A file that fixing made or changed beside the one it fixed; `before` is None where there was none."""

    name: str
    before: str | None
    after_sha256: str


@dataclass(frozen=True, slots=True)
class DocumentEdits:
    """The edits on one document: `index` is -1 for a file of one, else the record's place in it."""

    index: int
    edits: tuple[AppliedEdit, ...]


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line of a file of records: where it stands now, how many lines it became, and what it was."""

    index: int
    count: int
    before: str


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One run of fixes on one file.

    A text file is restored by undoing `documents[0].edits` and writing the text in `encoding`, with its byte order
    mark, or from `raw` (base64) where its bytes do not follow from its text. A file of records is restored by `lines`.
    """

    before_sha256: str
    after_sha256: str
    encoding: str
    bom: bool
    documents: tuple[DocumentEdits, ...]
    beside: tuple[BesideFile, ...] = ()
    lines: tuple[ChangedLine, ...] = ()
    raw: str = ""
    version: int = LEDGER_VERSION


def sha256(data: bytes) -> str:
    """The sha256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def ledger_path(path: Path) -> Path:
    """Where the ledger of a file lies."""
    return path.parent / ".corpuslint" / f"{path.name}.ledger.jsonl"


def read_ledger(path: Path) -> list[LedgerEntry]:
    """The entries of the file at `path`, oldest first; [] when it was never fixed.

    Raises SourceError where the ledger itself is damaged.
    """
    ledger = ledger_path(path)
    try:
        lines = ledger.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    entries = []
    for row, line in enumerate(lines, start=1):
        try:
            entries.append(_entry(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise SourceError(f"line {row} of the ledger is damaged: {error}", origin=str(ledger)) from None
    return entries


def write_ledger(path: Path, entries: Iterable[LedgerEntry]) -> None:
    """Put `entries` down as the ledger of the file at `path`; no entries, no ledger."""
    ledger = ledger_path(path)
    content = "".join(json.dumps(_plain(entry), ensure_ascii=False, sort_keys=True) + "\n" for entry in entries)
    if not content:
        ledger.unlink(missing_ok=True)
        return
    try:
        ledger.parent.mkdir(exist_ok=True)
        ignore = ledger.parent / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", "utf-8")
    except OSError as error:
        raise SourceError(f"the ledger cannot be kept: {error}", origin=str(ledger)) from error
    replace_file(ledger, content.encode("utf-8", "surrogatepass"))


def _plain(entry: LedgerEntry) -> dict[str, Any]:
    plain = asdict(entry)
    plain["documents"] = [
        {
            "index": document.index,
            "edits": [
                {
                    "rule": edit.code,
                    "rule_version": edit.rule_version,
                    "offset": edit.start,
                    "end_offset": edit.start + len(edit.before),
                    "before": edit.before,
                    "after": edit.after,
                    "fields": {change.name: list(change.values) or change.value for change in edit.fields},
                }
                for edit in document.edits
            ],
        }
        for document in entry.documents
    ]
    return plain


def _entry(plain: dict[str, Any]) -> LedgerEntry:
    if plain["version"] != LEDGER_VERSION:
        raise ValueError(f"version {plain['version']} is not known to this corpuslint")
    documents = tuple(
        DocumentEdits(
            document["index"],
            tuple(
                AppliedEdit(
                    edit["rule"],
                    edit["rule_version"],
                    edit["offset"],
                    edit["before"],
                    edit["after"],
                    tuple(
                        FieldChange(name, "", tuple(value)) if isinstance(value, list) else FieldChange(name, value)
                        for name, value in edit["fields"].items()
                    ),
                )
                for edit in document["edits"]
            ),
        )
        for document in plain["documents"]
    )
    return LedgerEntry(
        before_sha256=plain["before_sha256"],
        after_sha256=plain["after_sha256"],
        encoding=plain["encoding"],
        bom=plain["bom"],
        documents=documents,
        beside=tuple(BesideFile(**beside) for beside in plain["beside"]),
        lines=tuple(ChangedLine(**line) for line in plain["lines"]),
        raw=plain["raw"],
    )
