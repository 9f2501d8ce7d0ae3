"""Writing fixes into files and taking them back, so that a run may die anywhere and nothing is lost.

A fix takes three steps: the entry in the ledger (1), what lies beside the text, its metadata and its stories (2), the
text (3). `undo` takes the same steps backwards: 3, 2, 1. Every file is replaced in one step, so there are three states:

    text     beside it           entry
    old      old                 none     not fixed
    old      old, new or both    there    begun, or being taken back
    new      new                 there    fixed

The one in the middle is known by the text, which has the sum that the entry gives for the old one. It does not matter
which command died in it: `recover`, before anything is read, and `undo_file` go on from there with steps 2 and 1 of
`undo`, each of which may be done twice. In every state each sentence is in a file: what lies beside goes only while the
text holds it all, and the text is cut only when what lies beside is written; each is on the disk before the next step.

A fix that only lifts metadata leaves the text as it is, so its old and its new text are the same; it writes one file
beside, in one step, and is whole or idle. Taken back idle it changes nothing: that file has not the sum that it gives.
"""

from __future__ import annotations

import base64
import contextlib
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from corpuslint.errors import SourceError
from corpuslint.formats.atomic import (
    FileChange,
    change_file,
    refuse_changed,
    refuse_link,
    sweep_folder,
    sync_folder,
    told,
)
from corpuslint.formats.endings import is_text, sidecar_name, story_name
from corpuslint.formats.files import not_there
from corpuslint.formats.ledger import (
    BesideFile,
    ChangedLine,
    DocumentEdits,
    LedgerEntry,
    alone,
    ledger_path,
    read_ledger,
    sha256,
    write_ledger,
)
from corpuslint.formats.members import WrittenObject, new_object, with_members
from corpuslint.formats.streams import bytes_of, is_url
from corpuslint.model.document import MetadataValue
from corpuslint.model.ledger import Rewrite
from corpuslint.text.decoding import Decoded, decode, encode


class Undone(msgspec.Struct, frozen=True):
    """How many runs of fixes were taken back in a file, and what stays beside it because it was edited since."""

    runs: int
    stayed: tuple[str, ...] = ()


class Plan(msgspec.Struct, frozen=True):
    """Everything that is to be written for one fixed file, and the entry by which it can be taken back.

    `files` are those beside the text, and the text itself as the last one; some may stay as they are.
    """

    files: tuple[FileChange, ...]
    entry: LedgerEntry

    @property
    def changes(self) -> tuple[FileChange, ...]:
        """The files that are made or changed."""
        return tuple(change for change in self.files if change.before != change.after)

    def carry_out(self) -> None:
        """Write it. Raises SourceError, with nothing changed, where the file holds something else by now, or cannot be
        written."""
        *beside, text = self.files
        path, read = Path(text.filename), text.before or b""
        for change in self.files:
            refuse_link(Path(change.filename))
        with told(path), alone(path):
            refuse_changed(path, read)
            entries = read_ledger(path)
            if entries and _is_begun(entries[-1], read):
                names = ", ".join(each.name for each in entries[-1].beside) or ledger_path(path).name
                raise SourceError(
                    f"a run that was interrupted left something beside it that cannot be taken back: {names}",
                    path=str(path),
                    remedy="make it writable and run again",
                )
            try:
                write_ledger(path, [*entries, self.entry])
                for change in beside:
                    change_file(Path(change.filename), change.before, change.after, path)
                if beside:
                    sync_folder(path.parent)
                change_file(path, read, text.after)
            except (SourceError, OSError):
                # A full disk may not take this either; then it is known to be begun, and the next run takes it back.
                if not _take_back_beside(path.parent, self.entry)[1]:
                    with contextlib.suppress(SourceError, OSError):
                        write_ledger(path, entries)
                raise


_OURS: Mapping[str, str] = {}
_NONE: tuple[int, Sequence[Rewrite]] = (-1, ())


def plan_text(filename: str, read: bytes, texts: Sequence[Rewrite], fields: Mapping[str, str] = _OURS) -> Plan:
    """How to write a fixed `.txt`, its metadata and its split stories; `texts` are its own and theirs.

    `fields` maps our metadata keys to the user's. `read` is what the file held when it was linted. Raises SourceError
    where the text cannot be written in its encoding.
    """
    decoded, (own, *stories) = decode(read), texts
    data = encoded(own.text, decoded, filename, own.encoding)
    with told(Path(filename)):
        beside = beside_text(filename, own.lifted, stories, fields)
    entry = LedgerEntry(
        before_sha256=sha256(read),
        after_sha256=sha256(data),
        encoding=decoded.encoding,
        bom=decoded.bom,
        documents=(DocumentEdits.of(-1, own.applied),),
        beside=tuple(BesideFile(Path(file.filename).name, _kept(file.before), sha256(file.after)) for file in beside),
    )
    try:  # a fixed file may be so short that its code page is no longer plain
        leads_back = not (decoded.trouble or decoded.verbatim) and _before(entry, data, filename) == read
    except SourceError:
        leads_back = False
    if not leads_back:
        entry = structs.replace(entry, raw=base64.b64encode(read).decode("ascii"))
    return Plan((*beside, FileChange(filename, read, data)), entry)


def plan_lines(
    filename: str, read: bytes, records: Iterable[tuple[int, Sequence[Rewrite]]], fields: Mapping[str, str] = _OURS
) -> Plan:
    """How to write fixed records back into a `.jsonl`; other records, and the other fields of these, keep their bytes.

    `records` are, in the order of the file, the place of each with its text and those of the stories split off it. Such
    a story becomes the record after its own, with the id `ID.story-N` and only what was found in its own text.
    """
    written: list[bytes] = []
    changed: list[ChangedLine] = []
    documents: list[DocumentEdits] = []
    left = iter(records)
    place, texts = next(left, _NONE)
    for index, line in enumerate(io.BytesIO(read)):
        if index != place:
            written.append(line)
            continue
        new = _record_lines(line, texts, fields)
        changed.append(ChangedLine(len(written), len(new), line.decode("utf-8", "surrogateescape")))
        documents.append(DocumentEdits.of(index, texts[0].applied))
        written += new
        place, texts = next(left, _NONE)
    data = b"".join(written)
    entry = LedgerEntry(
        before_sha256=sha256(read),
        after_sha256=sha256(data),
        encoding="utf-8",
        bom=False,
        documents=tuple(documents),
        lines=tuple(changed),
    )
    return Plan((FileChange(filename, read, data),), entry)


def sweep(filenames: Iterable[str]) -> None:
    """Take away what runs that died were writing in the folders of these files, before anything is written there."""
    for folder in sorted({path.parent for path in _fixed_before(filenames)}):
        # A folder that cannot be swept cannot be written to, which is said where it matters.
        with contextlib.suppress(SourceError, OSError), alone(folder / "any"):
            for place in (folder, ledger_path(folder / "any").parent):
                sweep_folder(place)


def recover(filenames: Iterable[str]) -> bool:
    """Take back what runs that died had begun in these files, before any of them is read: whether there was anything.

    The next run then finds everything as the first one did, and ends in the same bytes. What cannot be taken back stays
    for now; a run that has to write to the text says so.
    """
    recovered = 0
    for path in _fixed_before(filenames):
        if _has_ledger(path):
            with contextlib.suppress(SourceError, OSError), alone(path):
                refuse_link(path)
                recovered += _recover(path, read_ledger(path))
    return recovered > 0


def _fixed_before(filenames: Iterable[str]) -> Iterator[Path]:
    """The local files in whose folders something was fixed."""
    folders: dict[Path, bool] = {}
    for path in (Path(filename) for filename in filenames if not is_url(filename)):
        if path.parent not in folders:
            folders[path.parent] = ledger_path(path).parent.is_dir()
        if folders[path.parent]:
            yield path


def undo_file(filename: str, *, last_only: bool = False) -> Undone:
    """Take back the fixes made in a file, newest run first, with what lies beside it.

    Runs before the file was edited by hand stay. Raises SourceError, with the file as it was, where it was edited after
    the last one, cannot be written or is a link (a ledger can come with a folder that somebody else wrote, and so can a
    link out of it); and with the text restored, which the message then says, where something beside it cannot be. The
    same command again does what is left.
    """
    path = Path(filename)
    if not _has_ledger(path):
        return Undone(0)
    refuse_link(path)
    with told(path), alone(path):
        entries = read_ledger(path)
        runs = _recover(path, entries)
        stayed: list[str] = []
        while entries and not (runs and last_only):
            entry = entries[-1]
            now = bytes_of(path)
            if sha256(now) != entry.after_sha256:
                if runs:
                    break  # what stands there was written by hand, and fixed after that
                raise SourceError(
                    "the file was changed after it was fixed; its fixes cannot be taken back",
                    path=filename,
                    remedy="restore the fixed file first, or delete its ledger in .corpuslint/ to keep your changes",
                )
            change_file(path, now, _before(entry, now, filename))
            sync_folder(path.parent)
            stayed += _finish(path, entries)
            runs += 1
    return Undone(runs, tuple(stayed))


def undo_paths(paths: Sequence[str], *, last_only: bool) -> Iterator[tuple[str, Undone | SourceError]]:
    """Take back the fixes of files, or of every fixed file below a folder, one file after another: the file, and what
    was taken back in it or why it cannot be. Files that were never fixed are passed over.

    Raises SourceError for a path that is not there, before anything is taken back.
    """
    files = list(_perhaps_fixed(paths))
    sweep(files)
    for filename in files:
        if not Path(filename).exists():
            continue  # a file that was fixed and then deleted stays deleted
        try:
            undone = undo_file(filename, last_only=last_only)
        except SourceError as error:
            yield filename, error
            continue
        if undone.runs:
            yield filename, undone


def _perhaps_fixed(paths: Sequence[str]) -> Iterator[str]:
    """The files named, and in folders those that anything in `.corpuslint/` is named after: fixed, or begun to be."""
    for given in paths:
        path = Path(given)
        if given and path.is_dir():
            for kept in sorted(path.rglob(".corpuslint/*")):
                yield (kept.parent.parent / kept.name.removesuffix(".ledger.jsonl")).as_posix()
        elif given and path.exists():
            yield given
        else:
            raise not_there(given)


def _has_ledger(path: Path) -> bool:
    return os.path.exists(ledger_path(path))  # noqa: PTH110 (a name too long for a ledger has none)


def _recover(path: Path, entries: list[LedgerEntry]) -> int:
    """Take back the rest of what runs that died had begun; how many there were. `entries` are then those of fixes that
    are made."""
    recovered = 0
    while entries and _is_begun(entries[-1], bytes_of(path)):
        _finish(path, entries)
        recovered += 1
    return recovered


def _is_begun(entry: LedgerEntry, now: bytes) -> bool:
    return sha256(now) == entry.before_sha256 and entry.before_sha256 != entry.after_sha256


def _finish(path: Path, entries: list[LedgerEntry]) -> list[str]:
    """Take back what lies beside a text that has its old content, then the entry; what stays, since it was edited.

    Raises SourceError where something cannot be taken back, after all that can be.
    """
    stayed, failed = _take_back_beside(path.parent, entries[-1])
    if failed:
        raise SourceError(
            f"the text is as it was before it was fixed, but {failed[0].path} {failed[0].message}",
            path=str(path),
            remedy="nothing is lost; make it writable and run undo again, which does the rest",
        )
    write_ledger(path, entries[:-1])
    entries.pop()
    return stayed


def beside_text(
    filename: str, lifted: Mapping[str, MetadataValue], stories: Iterable[Rewrite], fields: Mapping[str, str] = _OURS
) -> list[FileChange]:
    """What is to lie beside a fixed text: its metadata, and the stories split off with theirs.

    Raises SourceError where the metadata beside it cannot take what is lifted.
    """
    beside = [_with_fields(filename, lifted, fields)] if lifted else []
    number = 2
    for story in stories:
        content = story.text.encode("utf-8", "surrogatepass")
        while (was := _bytes_or_none(target := story_name(filename, number))) not in (None, content):
            number += 1
        beside.append(FileChange(target, was, content))
        if story.lifted:
            beside.append(_with_fields(target, story.lifted, fields))
        number += 1
    return beside


def encoded(text: str, decoded: Decoded, origin: str, encoding: str = "") -> bytes:
    """A fixed text in `encoding`, or in the one it came in. SourceError where that lacks one of its characters."""
    encoding = encoding or decoded.encoding
    try:
        return text.encode(encoding) if encoding != decoded.encoding else encode(text, decoded)
    except UnicodeEncodeError as error:
        character = text[error.start] if error.start < len(text) else "?"
        raise SourceError(
            f"the fixed text holds U+{ord(character):04X}, which {encoding} cannot write",
            path=origin,
            remedy="nothing was written; convert it to UTF-8 first",
        ) from None


def _named(lifted: Mapping[str, MetadataValue], fields: Mapping[str, str]) -> dict[str, MetadataValue]:
    return dict(sorted((fields.get(key, key), value) for key, value in lifted.items()))


def _with_fields(text: str, lifted: Mapping[str, MetadataValue], fields: Mapping[str, str]) -> FileChange:
    """The metadata file of a text with lifted fields added where it has none; every other character stays as it is."""
    filename, named = sidecar_name(text), _named(lifted, fields)
    read = _bytes_or_none(filename)
    if read is None:
        return FileChange(filename, None, new_object(named).encode("utf-8", "surrogatepass"))
    try:
        return FileChange(filename, read, with_members(read, named))
    except ValueError as error:
        raise SourceError(
            f"{error}, so the metadata found in the text cannot be added",
            path=filename,
            remedy="repair it and run again; nothing was written",
        ) from None


def _bytes_or_none(path: str | Path) -> bytes | None:
    try:
        return bytes_of(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SourceError(
            f"cannot be read: {error.strerror or error}", path=str(path), remedy="nothing was written; remove it"
        ) from error


def _kept(data: bytes | None) -> str | None:
    return None if data is None else data.decode("utf-8", "surrogateescape")


def _record_lines(line: bytes, texts: Sequence[Rewrite], fields: Mapping[str, str]) -> list[bytes]:
    """The line with its text and its lifted fields written anew and every other character as it was, then a line for
    each story: numbers keep their digits, a key that stands twice stands twice."""
    rewrite, *stories = texts
    body = line.rstrip(b"\r\n")
    end = line[len(body) :] or b"\n"
    if not json.detect_encoding(body).startswith("utf-8"):
        raise SourceError("a record is not written in UTF-8", remedy="convert the file to UTF-8 first")
    record = WrittenObject.of(body.decode("utf-8", "surrogatepass"))
    id_field, text_field = fields.get("id", "id"), fields.get("text", "text")
    records = [record.changed({text_field: rewrite.text}, _named(rewrite.lifted, fields))]
    for number, story in enumerate(stories, start=2):
        own: dict[str, Any] = {}
        if record_id := record.value_of(id_field):
            own[id_field] = f"{record_id}.story-{number}"
        own[text_field] = story.text
        records.append(record.object(own | _named(story.lifted, fields)))
    lines = [each.encode("utf-8", "surrogatepass") + end for each in records]
    if not line.endswith(b"\n"):
        lines[-1] = lines[-1].rstrip(b"\r\n")
    return lines


def _before(entry: LedgerEntry, now: bytes, filename: str) -> bytes:
    """What a file held before a run of fixes left `now`; SourceError where the ledger does not lead there."""
    try:
        if entry.raw:
            before = base64.b64decode(entry.raw)
        elif entry.lines or not is_text(filename):
            lines = io.BytesIO(now).readlines()
            for line in reversed(entry.lines):
                lines[line.index : line.index + line.count] = [line.before.encode("utf-8", "surrogateescape")]
            before = b"".join(lines)
        else:
            text = entry.documents[0].undone(decode(now).text)
            before = encode(text, structs.replace(Decoded(text), encoding=entry.encoding, bom=entry.bom))
    except (ValueError, LookupError) as error:  # what the ledger says cannot be done
        raise SourceError(f"the ledger does not lead back to the original: {error}", path=filename) from None
    if sha256(before) != entry.before_sha256:
        raise SourceError("the ledger does not lead back to the original bytes", path=filename)
    return before


def _take_back_beside(folder: Path, entry: LedgerEntry) -> tuple[list[str], list[SourceError]]:
    """Take back what lies beside a text: what was edited since and stays, and what could not be taken back."""
    stayed: list[str] = []
    failed: list[SourceError] = []
    for beside in entry.beside:
        path = folder / beside.name
        before = None if beside.before is None else beside.before.encode("utf-8", "surrogateescape")
        try:
            now = None if path.is_symlink() else _bytes_or_none(path)
            if now is not None and sha256(now) == beside.after_sha256:
                change_file(path, now, before)
            elif now != before or path.is_symlink():
                stayed.append(beside.name)
        except SourceError as error:
            failed.append(error)
    return stayed, failed
