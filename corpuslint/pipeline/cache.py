"""What parts of a corpus gave before, by content and plan, so that an unchanged part is not linted again.

A result is found by the name of its part and believed only when the plan is the same and the content has the same
digest. Looking at a file from outside (`content.Looks`) spares reading it. What corpus rules collected and what they
said is found by the digest of everything it was made of.

Everything lies on shelves: a few files each, written whole, put in place in one step and never changed, so that runs at
once do not disturb each other. A run adds one file with what is new; when there are many, or much in them is old, it
puts together what is still wanted. A damaged file is an empty one. The folder is bounded; plans used longest ago go
first.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import shutil
import struct
import tempfile
import time
import uuid
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from corpuslint.config.settings import Settings
from corpuslint.model.document import Document, DocumentId, Origin
from corpuslint.pipeline.content import Signature, is_settled
from corpuslint.pipeline.vault import loads

FOLDER_NAME = ".corpuslint_cache"
MOST_BYTES = 512 << 20
"""What the results of all plans together may take on disk."""
MOST_PLANS = 8

_LAYOUT = 3
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of corpuslint; it can be deleted.\n"
"""What backup programs look for (https://bford.info/cachedir/)."""
_MOST_FILES = 8
_LARGE_BYTES = 64 << 20
_HEAD = struct.Struct("<8sQQII")
_MAGIC = b"corpusl3"


_NO_SITE = {"": 1}


@dataclass(frozen=True, slots=True)
class Entry:
    """The kept result of a part: what was looked at in it, and its findings as bytes."""

    digest: str
    documents: int = 1
    sites: Mapping[str, int] = field(default_factory=lambda: _NO_SITE)
    declaring: tuple[Document, ...] = ()
    unreadable: bool = False
    rows: bytes = b""


class Cache:
    """The results of one plan. `save` must be called for what is put to last."""

    def __init__(self, folder: Path, plan: str) -> None:
        self._root = folder
        self._folder = folder / f"findings-{_LAYOUT}" / plan
        self._parts = _Shelf(self._folder, "parts")
        self._states = _Shelf(self._folder, "states")
        self._verdicts = _Shelf(self._folder, "verdicts")
        self._now = time.time_ns()

    def get(self, name: str, signature: Signature) -> tuple[Entry | None, bool]:
        """What is kept for a part, and whether its content is known to be the same without reading it."""
        found = self._parts.get(name)
        if found is None:
            return None, False
        try:
            value, body, at, lengths = found
            same = bool(signature) and value[1] == list(signature)
            if len(value) == 2:
                return Entry(value[0]), same
            return _entry(value, body, at, lengths), same
        except (TypeError, ValueError, KeyError, IndexError):
            return None, False

    def put(self, name: str, signature: Signature, entry: Entry) -> None:
        """Keep a result; it replaces what was kept for the part."""
        if entry.digest:
            kept = signature if is_settled(signature, self._now) else ()
            more, body = _written(entry)
            self._parts.put(name, [entry.digest, list(kept), *more], body)

    def states(self, key: str) -> Mapping[str, Any] | None:
        """What corpus rules collected from the documents that `key` stands for."""
        found = self._states.get(key)
        if found is None:
            return None
        try:
            _, body, at, lengths = found
            states = loads(body[at : at + sum(lengths)])
        except Exception:  # a damaged pickle raises nearly anything
            return None
        return states if isinstance(states, dict) else None

    def put_states(self, key: str, states: Mapping[str, Any]) -> None:
        """Keep what corpus rules collected."""
        self._states.put(key, None, (pickle.dumps(dict(states), protocol=pickle.HIGHEST_PROTOCOL),))

    def verdict(self, key: str) -> bytes | None:
        """What corpus rules found in the documents that `key` stands for."""
        found = self._verdicts.get(key)
        if found is None:
            return None
        _, body, at, lengths = found
        return body[at : at + sum(lengths)]

    def put_verdict(self, key: str, rows: bytes) -> None:
        """Keep what corpus rules found."""
        self._verdicts.put(key, None, (rows,))

    def flush(self) -> None:
        """Write what is new where it is much: a run that is killed loses no more than that."""
        if self._parts.waiting > _LARGE_BYTES:
            with contextlib.suppress(OSError):
                self._prepare()
                self._parts.save(MOST_BYTES // 2)

    def save(self) -> None:
        """Write what is new. A folder that cannot be written is no reason to fail a run."""
        with contextlib.suppress(OSError):
            if self._parts.fresh or self._states.fresh or self._verdicts.fresh:
                self._prepare()
                self._parts.save(MOST_BYTES // 2)
                self._states.save(MOST_BYTES // 4, used_only=True)
                self._verdicts.save(MOST_BYTES // 8, used_only=True)
                self._bound()
            with contextlib.suppress(FileNotFoundError):
                os.utime(self._folder)

    def _prepare(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", _TAG)):
            if not (self._root / name).exists():
                (self._root / name).write_text(text, "utf-8")

    def _bound(self) -> None:
        plans = sorted(self._folder.parent.iterdir(), key=lambda plan: plan.stat().st_mtime_ns, reverse=True)
        total = 0
        for number, plan in enumerate(plans):
            total += sum(file.stat().st_size for file in plan.iterdir())
            if plan != self._folder and (number >= MOST_PLANS or total > MOST_BYTES):
                shutil.rmtree(plan, ignore_errors=True)


def key_of(digests: Iterable[tuple[str, str]]) -> str:
    """The key of what was made of parts with these names and digests; "" where one has no digest."""
    pairs = tuple(digests)
    if not all(digest for _, digest in pairs):
        return ""
    joined = "\0".join(f"{name}\0{digest}" for name, digest in pairs)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()


def cache_root(settings: Settings) -> Path:
    """Where results are kept: `CORPUSLINT_CACHE_DIR`, else a folder beside the configuration."""
    chosen = os.environ.get("CORPUSLINT_CACHE_DIR")
    return Path(chosen) if chosen else settings.root / FOLDER_NAME


def clean(folder: Path) -> int:
    """Delete a cache folder; how many bytes it took. Nothing else is touched, nor a folder that is no cache of ours."""
    if not (folder / "CACHEDIR.TAG").is_file() and not (folder / "automata").is_dir():
        return 0
    freed = 0
    for part in sorted(folder.iterdir()):
        if part.name.startswith("findings-") or part.name in ("automata", "tables", "words"):
            freed += sum(file.stat().st_size for file in _files(part))
            shutil.rmtree(part, ignore_errors=True)
    for name in ("CACHEDIR.TAG", ".gitignore"):
        (folder / name).unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        folder.rmdir()
    return freed


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


Body = tuple[bytes, ...]


class _Shelf:
    """Named values, each with bytes beside it, in a few files of a folder. Read when first asked."""

    def __init__(self, folder: Path, kind: str) -> None:
        self._folder, self._kind = folder, kind
        self._files: list[Path] = []
        self._entries: dict[str, tuple[Any, bytes, int, Sequence[int]]] = {}
        self._old = 0
        self._loaded = False
        self._used: set[str] = set()
        self.fresh: dict[str, tuple[Any, Body]] = {}
        self.waiting = 0

    def get(self, name: str) -> tuple[Any, bytes, int, Sequence[int]] | None:
        """The value called `name`; bytes in which its own begin at a place, and the lengths they have."""
        if not self._loaded:
            self._load()
        self._used.add(name)
        if name in self.fresh:
            value, body = self.fresh[name]
            return value, b"".join(body), 0, [len(part) for part in body]
        return self._entries.get(name)

    def put(self, name: str, value: Any, body: Body) -> None:
        """Keep a value."""
        self.fresh[name] = (value, body)
        self._used.add(name)
        self.waiting += sum(map(len, body)) + 200

    def save(self, most: int, *, used_only: bool = False) -> None:
        """Write what is new; put the files together where they are many or mostly old."""
        if not self.fresh:
            return
        if not self._loaded:
            self._load()
        live = sum(sum(entry[3]) for name, entry in self._entries.items() if not used_only or name in self._used)
        crowded = len(self._files) >= _MOST_FILES or self._old > 2 * live + _LARGE_BYTES // 8
        if crowded or self._old + self.waiting > most:
            self._write({name: self._whole(name) for name in self._wanted(most, used_only=used_only)})
            for path in self._files:
                path.unlink(missing_ok=True)
        else:
            self._write(self.fresh)
        self.fresh, self.waiting, self._loaded, self._old = {}, 0, False, 0

    def _wanted(self, most: int, *, used_only: bool) -> Iterator[str]:
        """The names to keep: those used in this run first, then others while there is room."""
        used = self._used
        names = sorted(self._entries.keys() | self.fresh.keys(), key=lambda name: (name not in used, name))
        for name in names:
            if used_only and name not in used:
                return
            size = sum(map(len, self.fresh[name][1])) if name in self.fresh else sum(self._entries[name][3])
            most -= size + len(name) + 200
            if most < 0:
                return
            yield name

    def _whole(self, name: str) -> tuple[Any, Body]:
        if name in self.fresh:
            return self.fresh[name]
        value, body, at, lengths = self._entries[name]
        return value, _cut(body, at, lengths)

    def _load(self) -> None:
        self._loaded = True
        self._entries, self._old = {}, 0
        self._files = sorted(self._folder.glob(f"{self._kind}-*"))
        for path in self._files:
            try:
                with path.open("rb") as stream:
                    magic, index_length, body_length, index_sum, body_sum = _HEAD.unpack(stream.read(_HEAD.size))
                    index, body = stream.read(index_length), stream.read()
                whole = magic == _MAGIC and len(body) == body_length
                if not whole or zlib.crc32(index) != index_sum or zlib.crc32(body) != body_sum:
                    continue
                self._old += len(index) + len(body)
                at = 0
                for name, value, lengths in orjson.loads(index):
                    self._entries[name] = (value, body, at, lengths)
                    at += sum(lengths)
            except (OSError, ValueError, TypeError, struct.error):
                continue

    def _write(self, entries: Mapping[str, tuple[Any, Body]]) -> None:
        try:
            index = orjson.dumps(_indexed(entries))
        except TypeError:  # half a surrogate pair in a name or in metadata: what holds one is not kept
            entries = {name: entry for name, entry in entries.items() if _storable(name, entry[0])}
            index = orjson.dumps(_indexed(entries))
        body = b"".join(part for _, parts in entries.values() for part in parts)
        head = _HEAD.pack(_MAGIC, len(index), len(body), zlib.crc32(index), zlib.crc32(body))
        # Files are read in the order of their names, and what was written last holds.
        name = f"{self._kind}-{time.time_ns():020d}-{uuid.uuid4().hex[:8]}"
        _replace(self._folder / name, (head, index, body))


def _indexed(entries: Mapping[str, tuple[Any, Body]]) -> list[tuple[Any, ...]]:
    return [(name, value, [len(part) for part in body]) for name, (value, body) in entries.items()]


def _cut(body: bytes, at: int, lengths: Iterable[int]) -> Body:
    parts = []
    for length in lengths:
        parts.append(body[at : at + length])
        at += length
    return tuple(parts)


def _storable(*values: Any) -> bool:
    try:
        orjson.dumps(values)
    except TypeError:
        return False
    return True


def _entry(value: list[Any], body: bytes, at: int, lengths: Sequence[int]) -> Entry:
    digest, _, documents, sites, declaring, unreadable = value
    return Entry(
        digest,
        documents,
        sites,
        tuple(_document(plain) for plain in declaring),
        unreadable,
        body[at : at + sum(lengths)],
    )


def _written(entry: Entry) -> tuple[list[Any], Body]:
    """What is kept of an entry; nothing but its digest where it is one document without findings."""
    if not entry.rows and entry.sites == _NO_SITE and entry.documents == 1 and not entry.declaring:
        return [], ()
    declaring = [
        (document.id, dict(document.metadata), *(getattr(document.origin, name) for name in _ORIGIN))
        for document in entry.declaring
    ]
    return [entry.documents, dict(entry.sites), declaring, entry.unreadable], (entry.rows,)


_ORIGIN = Origin.__slots__


def _document(plain: list[Any]) -> Document:
    name, metadata, *origin = plain
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in metadata.items()}
    return Document(DocumentId(name), "", values, Origin(*origin))


def _replace(path: Path, parts: Iterable[bytes]) -> None:
    descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            for part in parts:
                stream.write(part)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
