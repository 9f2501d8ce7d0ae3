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
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import chain
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import msgspec

from corpuslint.errors import SourceError
from corpuslint.formats.atomic import locked, make_file, replace_file, sync_folder
from corpuslint.formats.endings import stem_of
from corpuslint.formats.streams import bytes_of, open_regular
from corpuslint.model.ledger import AppliedEdit, undo

T = TypeVar("T")

LEDGER_VERSION: Literal[2] = 2
"""Entries of version 1 have no checksum; they are still read."""


_Count = Annotated[int, msgspec.Meta(ge=0)]


class BesideFile(msgspec.Struct, frozen=True):
    """A file that fixing made or changed beside the one it fixed; `before` is None where there was none."""

    name: str
    before: str | None
    after_sha256: str


class LedgerEdit(msgspec.Struct, frozen=True):
    """One edit as it lies on disk; it replaced the text from `offset` to `end_offset`."""

    rule: str
    rule_version: int
    offset: _Count
    end_offset: int
    before: str
    after: str
    fields: Mapping[str, str | tuple[str, ...]]

    @classmethod
    def of(cls, edit: AppliedEdit) -> LedgerEdit:
        """The edit that was made."""
        fields = {change.name: change.values or change.value for change in edit.fields}
        end = edit.start + len(edit.before)
        return cls(edit.code, edit.rule_version, edit.start, end, edit.before, edit.after, fields)

    def made(self) -> AppliedEdit:
        """The edit without the fields that it lifted."""
        return AppliedEdit(self.rule, self.rule_version, self.offset, self.before, self.after)


class DocumentEdits(msgspec.Struct, frozen=True):
    """The edits on one document: `index` is -1 for a file of one, else the record's place in it."""

    index: int
    edits: tuple[LedgerEdit, ...]

    @classmethod
    def of(cls, index: int, edits: Iterable[AppliedEdit]) -> DocumentEdits:
        """The edits that were made."""
        return cls(index, tuple(map(LedgerEdit.of, edits)))

    def undone(self, text: str) -> str:
        """The text before them. ValueError where they did not leave `text`."""
        return undo(text, [edit.made() for edit in self.edits])


class ChangedLine(msgspec.Struct, frozen=True):
    """A line of a file of records: where it stands now, how many lines it became, and what it was."""

    index: _Count
    count: _Count
    before: str


class LedgerEntry(msgspec.Struct, frozen=True):
    """One run of fixes on one file.

    A text file is restored by undoing `documents[0]` and writing the text in `encoding`, with its byte order mark, or
    from `raw` (base64) where its bytes do not follow from its text. A file of records is restored by `lines`.
    """

    before_sha256: str
    after_sha256: str
    encoding: str
    bom: bool
    documents: tuple[DocumentEdits, ...]
    beside: tuple[BesideFile, ...] = ()
    lines: tuple[ChangedLine, ...] = ()
    raw: str = ""
    version: Literal[1, 2] = LEDGER_VERSION


_MOST_BYTES = 64 << 20
_MOST_TIMES = 64
"""What a ledger may take, and how many times what its file takes besides: an edit of one letter is 200 bytes there."""


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
            if os.fstat(stream.fileno()).st_size > _MOST_BYTES + _MOST_TIMES * path.stat().st_size:
                raise OSError(errno.EFBIG, "it is larger than the fixes of that file can be")
            lines = stream.readlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror or error}", path=str(ledger)) from None
    entries = []
    for row, line in enumerate(lines, start=1):
        if line.isspace():
            continue
        try:
            entries.append(_of_file(path, _unsealed(line.removesuffix(b"\n"))))
        except (ValueError, RecursionError, msgspec.MsgspecError) as error:
            raise SourceError(
                f"line {row} of the ledger is damaged: {error}",
                path=str(ledger),
                remedy="move it away to fix the file anew; what it would undo is then lost",
            ) from None
    return entries


def edits_since(path: Path, codes: Set[str]) -> dict[int, tuple[AppliedEdit, ...]]:
    """The edits in each document of a file from the first on that was made by rules of these codes, in order.

    By `DocumentEdits.index`, as the file is now. Nothing where it was edited by hand after them, or its ledger is
    damaged.
    """
    try:
        entries = read_ledger(path)
        now = sha256(bytes_of(path))
    except (SourceError, OSError):
        return {}
    if entries and entries[-1].after_sha256 != now == entries[-1].before_sha256:
        entries.pop()  # a run that died had begun it
    made: list[LedgerEntry] = []
    while entries and entries[-1].after_sha256 == now:
        made.append(entries.pop())
        now = made[-1].before_sha256
    found: dict[int, tuple[AppliedEdit, ...]] = {}
    for entry in reversed(made):
        for document in entry.documents:
            edits = [edit.made() for edit in document.edits]
            known = found.get(document.index, ())
            first = 0 if known else next((at for at, edit in enumerate(edits) if edit.code in codes), len(edits))
            if more := edits[first:]:
                found[document.index] = (*known, *more)
        found = dict(_renumbered(found, entry.lines))
    return found


def _renumbered(found: Mapping[int, T], lines: Iterable[ChangedLine]) -> Iterator[tuple[int, T]]:
    """What was found by line, by the number that each line has after some became several."""
    grown = deque((line.index, line.count - 1) for line in lines if line.count > 1)
    by = 0
    for index in sorted(found):
        while grown and grown[0][0] < index + by:
            by += grown.popleft()[1]
        yield index + by, found[index]


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Be the only run that changes files in the folder of `path`; others wait. Ends with the process at the latest."""
    lock = _folder(path) / "lock"
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(locked(lock, wait=True))
        except OSError as error:
            reason = f"cannot be locked: {error.strerror or error}"
            cure = "end that program" if isinstance(error, BlockingIOError) else "remove it"
            raise SourceError(reason, path=str(lock), remedy=f"nothing was written; {cure}") from None
        yield


def _folder(path: Path) -> Path:
    """The folder of the ledgers beside `path`, made where there is none; git leaves it alone."""
    folder = ledger_path(path).parent
    if folder.is_symlink() or ledger_path(path).is_symlink():
        raise SourceError("the ledger is a symbolic link", path=str(folder), remedy="nothing was written; remove it")
    try:
        folder.mkdir(exist_ok=True)
        make_file(folder / ".gitignore", b"*\n")
    except OSError as error:
        raise SourceError(f"the ledger cannot be kept: {error.strerror or error}", path=str(folder)) from error
    return folder


def write_ledger(path: Path, entries: Iterable[LedgerEntry]) -> None:
    """Put `entries` down as the ledger of the file at `path`; no entries, no ledger."""
    ledger = ledger_path(path)
    if kept := tuple(entries):
        replace_file(_folder(path) / ledger.name, chain.from_iterable(map(_sealed, kept)), path)
    else:
        ledger.unlink(missing_ok=True)
    sync_folder(ledger.parent)  # power may fail: the ledger is on the disk before the file is touched


class _Head(msgspec.Struct):
    version: int
    checksum: str = ""


def _sealed(entry: LedgerEntry) -> tuple[bytes | memoryview, ...]:
    """A line of the ledger in pieces: an object, with the sum of its other members as its first one."""
    try:
        data = msgspec.json.encode(entry)
    except UnicodeEncodeError:  # half a surrogate pair
        data = json.dumps(msgspec.to_builtins(entry), ensure_ascii=False).encode("utf-8", "surrogatepass")
    return _SEAL % sha256(data).encode(), memoryview(data)[1:], b"\n"


_SEAL = b'{"checksum": "%s", '


def _unsealed(line: bytes) -> LedgerEntry:
    """What a line of the ledger says; ValueError or MsgspecError where it is not what was written."""
    head = msgspec.json.decode(line, type=_Head)
    if head.version not in (1, LEDGER_VERSION):
        raise ValueError(f"version {head.version} is not known to this corpuslint")
    if head.version == LEDGER_VERSION:
        digest, seal = hashlib.sha256(b"{"), _SEAL % head.checksum.encode()
        digest.update(memoryview(line)[len(seal) :])
        if digest.hexdigest() != head.checksum or not line.startswith(seal):
            raise ValueError("its checksum does not fit it")
    try:
        return msgspec.json.decode(line, type=LedgerEntry)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:  # half a surrogate pair
        return msgspec.convert(json.loads(line.decode("utf-8", "surrogatepass")), LedgerEntry)


def _of_file(path: Path, entry: LedgerEntry) -> LedgerEntry:
    """The entry; ValueError where it speaks of files that do not lie beside its own."""
    for beside in entry.beside:
        if Path(beside.name).name != beside.name or not beside.name.startswith(f"{stem_of(path.name)}."):
            raise ValueError(f"{beside.name!r} does not lie beside {path.name}")
    return entry
