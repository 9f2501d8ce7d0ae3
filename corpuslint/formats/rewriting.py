"""Writing fixes back into files: the ledger first, then what lies beside the file, then the file, each in one step.

A run that dies in between leaves the old file whole; the same command again ends in the same bytes.
"""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from corpuslint.errors import SourceError
from corpuslint.facts.stated import is_no_value
from corpuslint.formats.atomic import is_being_written, replace_file
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
from corpuslint.formats.text import sidecar_path, story_path
from corpuslint.model.document import MetadataValue
from corpuslint.model.ledger import AppliedEdit, undo
from corpuslint.text.decoding import Decoded, decode, encode
from corpuslint.text.patterns import compile_re
from corpuslint.text.placeholders import is_placeholder


@dataclass(frozen=True, slots=True)
class NewStory:
    """A story on its way to a file or record of its own."""

    text: str
    lifted: Mapping[str, MetadataValue]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What is to be written for one document: `index` is -1 for a file of one."""

    text: str
    applied: tuple[AppliedEdit, ...]
    lifted: Mapping[str, MetadataValue]
    stories: tuple[NewStory, ...] = ()
    encoding: str = ""
    index: int = -1


_OURS: Mapping[str, str] = {}


def rewrite_text(filename: str, read: bytes, rewrite: Rewrite, fields: Mapping[str, str] = _OURS) -> tuple[str, ...]:
    """Write a fixed `.txt`, its metadata and its split stories; the names of the files made or changed.

    `fields` maps our metadata keys to the user's. `read` is what the file held when it was linted. Raises SourceError,
    with nothing changed, where it holds something else by now, or cannot be written.
    """
    path = Path(filename)
    decoded = decode(read)
    data = _encoded(path, rewrite, decoded)
    with _told(path):
        beside = _beside(path, rewrite, fields)
        were = {name: _text_or_none(name) for name in beside}
    entry = LedgerEntry(
        before_sha256=sha256(read),
        after_sha256=sha256(data),
        encoding=decoded.encoding,
        bom=decoded.bom,
        documents=(DocumentEdits(-1, rewrite.applied),),
        beside=tuple(BesideFile(name.name, were[name], sha256(content)) for name, content in beside.items()),
    )
    if decoded.trouble or decoded.verbatim or not _leads_back(entry, data, read, filename):
        entry = dataclasses.replace(entry, raw=base64.b64encode(read).decode("ascii"))
    _commit(path, read, data, entry, beside)
    return (*(name.as_posix() for name in beside), path.as_posix())


def rewrite_lines(filename: str, read: bytes, rewrites: Sequence[Rewrite], fields: Mapping[str, str] = _OURS) -> None:
    """Write fixed records back into a `.jsonl`; other records, and the other fields of these, keep their bytes.

    A split story becomes the record after its own, with the id `ID.story-N` and only what was found in its own text.
    """
    path = Path(filename)
    by_index = {rewrite.index: rewrite for rewrite in rewrites}
    lines = _split_keep(read)
    written: list[bytes] = []
    changed: list[ChangedLine] = []
    for index, line in enumerate(lines):
        rewrite = by_index.get(index)
        if rewrite is None:
            written.append(line)
            continue
        new = _record_lines(line, rewrite, fields)
        changed.append(ChangedLine(len(written), len(new), line.decode("utf-8", "surrogateescape")))
        written += new
    data = b"".join(written)
    entry = LedgerEntry(
        before_sha256=sha256(read),
        after_sha256=sha256(data),
        encoding="utf-8",
        bom=False,
        documents=tuple(DocumentEdits(rewrite.index, rewrite.applied) for rewrite in rewrites),
        lines=tuple(changed),
    )
    _commit(path, read, data, entry, {})


def clear_up(filename: str) -> None:
    """Take away what a run left that died before it touched the file: its entry, and what it put beside the file.

    The next run then finds everything as the first one did, and ends in the same bytes.
    """
    path = Path(filename)
    if not _has_ledger(path):
        return
    with _told(path), alone(path):
        entries = read_ledger(path)
        if not entries or not _never_carried_out(entries[-1], path.read_bytes()):
            return
        _undo_beside(path.parent, entries[-1])
        write_ledger(path, entries[:-1])


def sweep(filenames: Iterable[str]) -> None:
    """Take away what runs that died were writing in the folders of these files, before anything is written there."""
    for folder in sorted({Path(filename).parent for filename in filenames if "://" not in filename}):
        path = folder / "any"
        if not ledger_path(path).parent.is_dir():
            continue  # nothing was ever fixed here
        # A folder that cannot be swept cannot be written to, which is said where it matters.
        with contextlib.suppress(SourceError, OSError), alone(path):
            for place in (folder, ledger_path(path).parent):
                for name in os.listdir(place):  # noqa: PTH208 (a Path for each name costs more than the names)
                    if _UNFINISHED.fullmatch(name) and not is_being_written(place / name):
                        (place / name).unlink(missing_ok=True)


_UNFINISHED = compile_re(r"(?s)\..+\.(txt|json|jsonl)\.[a-z0-9_]{8}\.tmp")
"""What `replace_file` writes into before it gives the file its name."""


def undo_file(filename: str, *, last_only: bool = False) -> int:
    """Take back the fixes made in a file, newest run first; how many runs were taken back.

    Runs before the file was edited by hand stay. Raises SourceError, with nothing changed, where it was edited after
    the last one, or is a link: a ledger can come with a folder that somebody else wrote, and so can a link out of it.
    """
    path = Path(filename)
    if not _has_ledger(path):
        return 0
    _refuse_link(path)
    with _told(path), alone(path):
        entries = read_ledger(path)
        taken = 0
        while entries:
            entry = entries[-1]
            now = path.read_bytes()
            if _never_carried_out(entry, now):
                _undo_beside(path.parent, entry)
                entries.pop()
                write_ledger(path, entries)
                continue
            if sha256(now) != entry.after_sha256:
                if taken:
                    break  # what stands there was written by hand, and fixed after that
                raise SourceError(
                    "the file was changed after it was fixed; its fixes cannot be taken back",
                    origin=filename,
                    remedy="restore the fixed file first, or delete its ledger in .corpuslint/ to keep your changes",
                )
            before = _before(entry, now, filename)
            _undo_beside(path.parent, entry)
            replace_file(path, before)
            entries.pop()
            write_ledger(path, entries)
            taken += 1
            if last_only:
                break
    return taken


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the system refuses while a file is changed, as an error that names the file."""
    try:
        yield
    except OSError as error:
        raise SourceError(
            f"cannot be changed: {error.strerror or error}", origin=str(path), remedy="the file was left as it was"
        ) from error


def _has_ledger(path: Path) -> bool:
    return os.path.exists(ledger_path(path))  # noqa: PTH110 (a name too long for a ledger has none)


def _never_carried_out(entry: LedgerEntry, now: bytes) -> bool:
    return sha256(now) == entry.before_sha256 and entry.before_sha256 != entry.after_sha256


def _commit(path: Path, read: bytes, data: bytes, entry: LedgerEntry, beside: Mapping[Path, bytes]) -> None:
    for name in (path, *beside):
        _refuse_link(name)
    with _told(path), alone(path):
        _refuse_changed(path, read)
        entries = read_ledger(path)
        while entries and entries[-1].before_sha256 == entry.before_sha256:
            entries.pop()  # of a file that was put back by other means
        try:
            write_ledger(path, [*entries, entry])
            for name, content in beside.items():
                replace_file(name, content)
            _refuse_changed(path, read)
            replace_file(path, data)
        except (SourceError, OSError):
            # A full disk may not take this either; the entry is then known to be idle, and the next run clears up.
            with contextlib.suppress(SourceError, OSError):
                _undo_beside(path.parent, entry)
                write_ledger(path, entries)
            raise


def _refuse_link(path: Path) -> None:
    if os.path.islink(path):  # noqa: PTH114 - a name too long for a file is no link
        raise SourceError(
            "is a symbolic link", origin=str(path), remedy="nothing was written; remove it, or name what it leads to"
        )


def _refuse_changed(path: Path, read: bytes) -> None:
    try:
        now = path.read_bytes()
    except FileNotFoundError:
        raise SourceError(
            "the file was deleted while it was being fixed", origin=str(path), remedy="nothing was written"
        ) from None
    if now != read:
        raise SourceError(
            "the file changed while it was being fixed", origin=str(path), remedy="nothing was written; run it again"
        )


def _beside(path: Path, rewrite: Rewrite, fields: Mapping[str, str]) -> dict[Path, bytes]:
    """What is to lie beside a fixed text: its metadata, and the stories split off with theirs."""
    beside: dict[Path, bytes] = {}
    if rewrite.lifted:
        beside[sidecar_path(path)] = _with_fields(sidecar_path(path), _named(rewrite.lifted, fields))
    number = 2
    for story in rewrite.stories:
        content = story.text.encode("utf-8", "surrogatepass")
        while story_path(path, number).exists() and story_path(path, number).read_bytes() != content:
            number += 1
        target = story_path(path, number)
        beside[target] = content
        if story.lifted:
            beside[sidecar_path(target)] = _with_fields(sidecar_path(target), _named(story.lifted, fields))
        number += 1
    return beside


def _encoded(path: Path, rewrite: Rewrite, decoded: Decoded) -> bytes:
    encoding = rewrite.encoding or decoded.encoding
    try:
        if encoding != decoded.encoding:
            return rewrite.text.encode(encoding)
        return encode(rewrite.text, decoded)
    except UnicodeEncodeError as error:
        character = rewrite.text[error.start] if error.start < len(rewrite.text) else "?"
        raise SourceError(
            f"the fixed text holds U+{ord(character):04X}, which {encoding} cannot write",
            origin=str(path),
            remedy="the file was left as it was; convert it to UTF-8 first",
        ) from None


def _leads_back(entry: LedgerEntry, data: bytes, read: bytes, filename: str) -> bool:
    """Whether undoing will give back `read`: a fixed file may be so short that its code page is no longer plain."""
    try:
        return _before(entry, data, filename) == read
    except SourceError:
        return False


def _named(lifted: Mapping[str, MetadataValue], fields: Mapping[str, str]) -> dict[str, MetadataValue]:
    return {fields.get(key, key): value for key, value in lifted.items()}


def _with_fields(path: Path, lifted: Mapping[str, MetadataValue]) -> bytes:
    try:
        declared = json.loads(path.read_bytes())
    except FileNotFoundError:
        declared = {}
    except (ValueError, RecursionError):
        raise SourceError(
            "is not valid JSON, so the metadata found in the text cannot be added",
            origin=str(path),
            remedy="repair it and run again; nothing was written",
        ) from None
    if not isinstance(declared, dict):
        raise SourceError(
            "is not a JSON object, so the metadata found in the text cannot be added",
            origin=str(path),
            remedy="repair it and run again; nothing was written",
        )
    for key, value in sorted(lifted.items()):
        if _has_none(key, declared.get(key)):
            declared[key] = list(value) if isinstance(value, tuple) else value
    return (json.dumps(declared, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "surrogatepass")


def _has_none(key: str, value: Any) -> bool:
    """Whether a member of a record holds no value of its own: nothing, or a word for nothing."""
    return not value or (isinstance(value, str) and (is_placeholder(value) or is_no_value(key, value)))


def _text_or_none(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return None


def _split_keep(data: bytes) -> list[bytes]:
    """Lines of a JSON lines file with their ends: they end at LF only, as everything that writes JSON lines does."""
    parts = data.split(b"\n")
    lines = [part + b"\n" for part in parts[:-1]]
    return [*lines, parts[-1]] if parts[-1] else lines


class _Member(NamedTuple):
    """A member of a JSON object: its value, and where key and value are written."""

    key: str
    value: Any
    key_start: int
    key_end: int
    start: int
    end: int


def _record_lines(line: bytes, rewrite: Rewrite, fields: Mapping[str, str]) -> list[bytes]:
    """The line with its text and its lifted fields written anew and every other character as it was, then a line for
    each story: numbers keep their digits, a key that stands twice stands twice."""
    body = line.rstrip(b"\r\n")
    end = line[len(body) :] or b"\n"
    if not json.detect_encoding(body).startswith("utf-8"):
        raise SourceError("a record is not written in UTF-8", remedy="convert the file to UTF-8 first")
    written = body.decode("utf-8", "surrogatepass")
    members = tuple(_members(written))
    style = _style(written, members)
    last = {member.key: member for member in members}
    text_field = fields.get("text", "text")
    changes = {last[text_field].start: (last[text_field].end, style.value(rewrite.text))}
    added = ""
    for key, value in sorted(_named(rewrite.lifted, fields).items()):
        if key not in last:
            added += f"{style.comma}{style.value(key)}{style.colon}{style.value(value)}"
        elif _has_none(key, last[key].value):
            changes[last[key].start] = (last[key].end, style.value(value))
    if added:
        changes[members[-1].end] = (members[-1].end, added)
    for start, (stop, new) in sorted(changes.items(), reverse=True):
        written = written[:start] + new + written[stop:]
    records = [written]
    id_field = fields.get("id", "id")
    for number, story in enumerate(rewrite.stories, start=2):
        own: dict[str, Any] = {}
        if id_field in last and last[id_field].value:
            own[id_field] = f"{last[id_field].value}.story-{number}"
        own[text_field] = story.text
        own |= sorted(_named(story.lifted, fields).items())
        inside = (f"{style.value(key)}{style.colon}{style.value(value)}" for key, value in own.items())
        records.append("{" + style.comma.join(inside) + "}")
    lines = [each.encode("utf-8", "surrogatepass") + end for each in records]
    if not line.endswith(b"\n"):
        lines[-1] = lines[-1].rstrip(b"\r\n")
    return lines


def _members(written: str) -> Iterator[_Member]:
    """The members of the object in a line of JSON that is known to hold one."""
    decoder = json.JSONDecoder(parse_int=str, parse_float=str)
    at = written.index("{") + 1
    while (mark := _SPACE.match(written, at).end()) < len(written) and written[mark] != "}":  # type: ignore[union-attr]
        key_start = written.index('"', mark)
        key, key_end = decoder.raw_decode(written, key_start)
        start = _SPACE.match(written, written.index(":", key_end) + 1).end()  # type: ignore[union-attr]
        value, at = decoder.raw_decode(written, start)
        yield _Member(key, value, key_start, key_end, start, at)


_SPACE = compile_re(r"[ \t\r\n]*")


@dataclass(frozen=True, slots=True)
class _Style:
    """How a line of JSON is written: escaped or not, with or without spaces."""

    ascii_only: bool
    comma: str
    colon: str

    def value(self, value: Any) -> str:
        """A value in this style. Halves of a surrogate pair are always escaped: UTF-8 has no bytes for them."""
        plain = json.dumps(value, ensure_ascii=self.ascii_only, separators=(self.comma, self.colon))
        return json.dumps(value, separators=(self.comma, self.colon)) if _SURROGATE.search(plain) else plain


_SURROGATE = compile_re("[\ud800-\udfff]")


def _style(written: str, members: Sequence[_Member]) -> _Style:
    first = members[0]
    colon = ": " if " " in written[first.key_end : first.start] else ":"
    gap = written[first.end : members[1].key_start] if len(members) > 1 else colon
    values = "".join(member.value for member in members if isinstance(member.value, str))
    return _Style(written.isascii() and not values.isascii(), ", " if " " in gap else ",", colon)


def _before(entry: LedgerEntry, now: bytes, filename: str) -> bytes:
    try:
        before = _bytes_before(entry, now, filename)
    except (ValueError, LookupError) as error:  # what the ledger says cannot be done
        raise SourceError(f"the ledger does not lead back to the original: {error}", origin=filename) from None
    if sha256(before) != entry.before_sha256:
        raise SourceError("the ledger does not lead back to the original bytes", origin=filename)
    return before


def _bytes_before(entry: LedgerEntry, now: bytes, filename: str) -> bytes:
    if entry.raw:
        return base64.b64decode(entry.raw)
    if entry.lines or not filename.endswith(".txt"):
        lines = _split_keep(now)
        for line in reversed(entry.lines):
            lines[line.index : line.index + line.count] = [line.before.encode("utf-8", "surrogateescape")]
        return b"".join(lines)
    text = undo(decode(now).text, entry.documents[0].edits)
    return encode(text, dataclasses.replace(Decoded(text), encoding=entry.encoding, bom=entry.bom))


def _undo_beside(folder: Path, entry: LedgerEntry) -> None:
    for beside in entry.beside:
        path = folder / beside.name
        if path.is_symlink():
            continue
        try:
            changed = sha256(path.read_bytes()) != beside.after_sha256
        except FileNotFoundError:
            continue
        if changed:
            continue  # somebody's own work by now: it stays
        if beside.before is None:
            path.unlink()
        else:
            replace_file(path, beside.before.encode("utf-8", "surrogateescape"))
