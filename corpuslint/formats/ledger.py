"""The ledger on disk: what fixing changed in a file, so that it can be taken back byte for byte.

`FOLDER/.corpuslint/NAME.ledger.jsonl` belongs to `FOLDER/NAME`; each line is one run of fixes. It lies beside the
file, so it is found wherever the run was started. The line is written before the file is touched; an entry whose file
still has its old content was never carried out, or is being taken back. A line begins with a checksum of the rest of
it: an entry in which a bit has flipped is refused and not believed.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import structs

from corpuslint.errors import SourceError
from corpuslint.formats.atomic import replace_file, sync_folder
from corpuslint.formats.endings import stem_of
from corpuslint.formats.streams import open_regular
from corpuslint.model.fix import FieldChange
from corpuslint.model.ledger import AppliedEdit

T = TypeVar("T")
LEDGER_VERSION = 2
"""Entries of version 1 have no checksum; they are still read."""


class BesideFile(msgspec.Struct, frozen=True):
    """A file that fixing made or changed beside the one it fixed; `before` is None where there was none."""

    name: str
    before: str | None
    after_sha256: str


class DocumentEdits(msgspec.Struct, frozen=True):
    """The edits on one document: `index` is -1 for a file of one, else the record's place in it."""

    index: int
    edits: tuple[AppliedEdit, ...]


class ChangedLine(msgspec.Struct, frozen=True):
    """A line of a file of records: where it stands now, how many lines it became, and what it was."""

    index: int
    count: int
    before: str


class LedgerEntry(msgspec.Struct, frozen=True):
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

    Raises SourceError where the ledger itself is damaged, or speaks of files that are not its own: a ledger can come
    with a folder that somebody else wrote.
    """
    ledger = ledger_path(path)
    try:
        with open_regular(ledger) as stream:
            data = stream.read()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror or error}", origin=str(ledger)) from None
    entries = []
    for row, line in enumerate(data.rstrip(b"\n").split(b"\n") if data else (), start=1):
        try:
            entries.append(_entry(_unsealed(line), path))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise SourceError(
                f"line {row} of the ledger is damaged: {error}",
                origin=str(ledger),
                remedy="move it away to fix the file anew; what it would undo is then lost",
            ) from None
    return entries


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Be the only run that changes files in the folder of `path`; others wait. Ends with the process at the latest."""
    folder = _folder(path)
    try:
        import fcntl
    except ImportError:  # no such lock on Windows
        yield
        return
    lock = folder / "lock"
    try:
        _make(lock, b"")
        if lock.is_symlink():
            raise OSError(errno.ELOOP, "it is a symbolic link")
        stream = open_regular(lock, "r+b")
    except OSError as error:
        raise SourceError(
            f"cannot be locked: {error.strerror or error}", origin=str(lock), remedy="nothing was written; remove it"
        ) from error
    with stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _folder(path: Path) -> Path:
    """The folder of the ledgers beside `path`, made where there is none; git leaves it alone."""
    folder = ledger_path(path).parent
    if folder.is_symlink() or ledger_path(path).is_symlink():
        raise SourceError("the ledger is a symbolic link", origin=str(folder), remedy="nothing was written; remove it")
    try:
        folder.mkdir(exist_ok=True)
        _make(folder / ".gitignore", b"*\n")
    except OSError as error:
        raise SourceError(f"the ledger cannot be kept: {error}", origin=str(folder)) from error
    return folder


def _make(path: Path, data: bytes) -> None:
    """Write a file where there is nothing, not even a link."""
    with contextlib.suppress(FileExistsError), path.open("xb") as stream:
        stream.write(data)


def write_ledger(path: Path, entries: Iterable[LedgerEntry]) -> None:
    """Put `entries` down as the ledger of the file at `path`; no entries, no ledger."""
    ledger = ledger_path(path)
    content = b"".join(_sealed(json.dumps(_plain(entry), ensure_ascii=False, sort_keys=True)) for entry in entries)
    if content:
        replace_file(_folder(path) / ledger.name, content)
    else:
        ledger.unlink(missing_ok=True)
    sync_folder(ledger.parent)  # power may fail: the ledger is on the disk before the file is touched


def _sealed(entry: str) -> bytes:
    """A line of the ledger: an object, with the sum of its other members as its first one."""
    data = entry.encode("utf-8", "surrogatepass")
    return _SEAL % sha256(data).encode() + data[1:] + b"\n"


_SEAL = b'{"checksum": "%s", '


def _unsealed(line: bytes) -> dict[str, Any]:
    """What a line of the ledger says; ValueError where it is not what was written."""
    plain: dict[str, Any] = json.loads(line.decode("utf-8", "surrogatepass"))
    if plain["version"] == LEDGER_VERSION:
        entry = b"{" + line[len(_SEAL % (b"0" * 64)) :]
        if _sealed(entry.decode("utf-8", "surrogatepass")) != line + b"\n":
            raise ValueError("its checksum does not fit it")
    return plain


def _plain(entry: LedgerEntry) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(structs.replace(entry, documents=()))
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


def _typed(value: Any, kind: type[T], name: str) -> T:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise TypeError(f"{name} is not {kind.__name__}")
    return value


def _count(value: Any, name: str) -> int:
    if _typed(value, int, name) < 0:
        raise ValueError(f"{name} is less than 0")
    return int(value)


def _field(name: str, value: Any) -> FieldChange:
    if isinstance(value, list):
        return FieldChange(name, "", tuple(_typed(each, str, "a field") for each in value))
    return FieldChange(name, _typed(value, str, "a field"))


def _entry(plain: dict[str, Any], path: Path) -> LedgerEntry:
    if plain["version"] not in (1, LEDGER_VERSION):
        raise ValueError(f"version {plain['version']} is not known to this corpuslint")
    documents = tuple(
        DocumentEdits(
            _typed(document["index"], int, "index"),
            tuple(
                AppliedEdit(
                    _typed(edit["rule"], str, "rule"),
                    _typed(edit["rule_version"], int, "rule_version"),
                    _count(edit["offset"], "offset"),
                    _typed(edit["before"], str, "before"),
                    _typed(edit["after"], str, "after"),
                    tuple(_field(name, value) for name, value in edit["fields"].items()),
                )
                for edit in document["edits"]
            ),
        )
        for document in plain["documents"]
    )
    return LedgerEntry(
        before_sha256=_typed(plain["before_sha256"], str, "before_sha256"),
        after_sha256=_typed(plain["after_sha256"], str, "after_sha256"),
        encoding=_typed(plain["encoding"], str, "encoding"),
        bom=_typed(plain["bom"], bool, "bom"),
        documents=documents,
        beside=tuple(_beside(beside, path) for beside in plain["beside"]),
        lines=tuple(
            ChangedLine(
                _count(line["index"], "index"), _count(line["count"], "count"), _typed(line["before"], str, "before")
            )
            for line in plain["lines"]
        ),
        raw=_typed(plain["raw"], str, "raw"),
    )


def _beside(plain: dict[str, Any], path: Path) -> BesideFile:
    before = plain["before"]
    beside = BesideFile(
        _typed(plain["name"], str, "name"),
        before if before is None else _typed(before, str, "before"),
        _typed(plain["after_sha256"], str, "after_sha256"),
    )
    stem = stem_of(path.name)
    if Path(beside.name).name != beside.name or not beside.name.startswith(f"{stem}."):
        raise ValueError(f"{beside.name!r} does not lie beside {path.name}")
    return beside
