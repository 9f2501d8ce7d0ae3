"""What parts of a corpus gave before, by content and plan, so that an unchanged part is not linted again.

A result is found by the name of its part and believed only when the plan is the same and the content has the same
digest. Looking at a file from outside (`content.signature_of`) spares reading it. Results lie in a fixed number of
files, each replaced in one step: two runs at once lose at most each other's newest results. A damaged file is an
empty one. The folder is bounded; plans used longest ago go first.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import shutil
import tempfile
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpuslint.config.settings import Settings
from corpuslint.running.content import Signature, is_settled
from corpuslint.running.vault import loads

FOLDER_NAME = ".corpuslint_cache"
MOST_BYTES = 512 << 20
"""What the results of all plans together may take on disk."""
MOST_PLANS = 8

_BUCKETS = 64
_LAYOUT = 1
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of corpuslint; it can be deleted.\n"
"""What backup programs look for (https://bford.info/cachedir/)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A kept result. `signature` is () where the file has to be read to know whether it is still the same."""

    signature: Signature
    digest: str
    payload: bytes


@dataclass(slots=True)
class _Bucket:
    entries: dict[str, Entry]
    stamp: tuple[int, int]
    used: set[str] = field(default_factory=set)
    changed: bool = False


class Cache:
    """The results of one plan. `save` must be called for `put` to last."""

    def __init__(self, folder: Path, plan: str) -> None:
        self._root = folder
        self._folder = folder / f"findings-{_LAYOUT}" / plan
        self._buckets: dict[int, _Bucket] = {}
        self._now = time.time_ns()

    def get(self, name: str, signature: Signature) -> tuple[Entry | None, bool]:
        """What is kept for a part, and whether its content is known to be the same without reading it."""
        bucket = self._bucket(name)
        entry = bucket.entries.get(name)
        if entry is None:
            return None, False
        bucket.used.add(name)
        return entry, bool(signature) and entry.signature == signature

    def put(self, name: str, signature: Signature, digest: str, payload: bytes) -> None:
        """Keep a result; it replaces what was kept for the part."""
        if not digest:
            return
        bucket = self._bucket(name)
        kept = signature if is_settled(signature, self._now) else ()
        bucket.entries[name] = Entry(kept, digest, payload)
        bucket.used.add(name)
        bucket.changed = True

    def save(self) -> None:
        """Write what changed. A folder that cannot be written is no reason to fail a run."""
        with contextlib.suppress(OSError):
            for number, bucket in sorted(self._buckets.items()):
                if bucket.changed:
                    self._write(number, bucket)
            if any(bucket.changed for bucket in self._buckets.values()):
                self._bound()
            with contextlib.suppress(FileNotFoundError):
                os.utime(self._folder)

    def _bucket(self, name: str) -> _Bucket:
        number = zlib.crc32(name.encode("utf-8", "surrogatepass")) % _BUCKETS
        bucket = self._buckets.get(number)
        if bucket is None:
            path = self._path(number)
            bucket = self._buckets[number] = _Bucket(_read(path), _stamp(path))
        return bucket

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:02d}"

    def _write(self, number: int, bucket: _Bucket) -> None:
        path = self._path(number)
        self._folder.mkdir(parents=True, exist_ok=True)
        for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", _TAG)):
            if not (self._root / name).exists():
                (self._root / name).write_text(text, "utf-8")
        if _stamp(path) != bucket.stamp:  # another run wrote meanwhile
            for name, entry in _read(path).items():
                bucket.entries.setdefault(name, entry)
        _replace(path, pickle.dumps(_plain(_bounded(bucket)), protocol=pickle.HIGHEST_PROTOCOL))

    def _bound(self) -> None:
        plans = sorted(self._folder.parent.iterdir(), key=lambda plan: plan.stat().st_mtime_ns, reverse=True)
        total = 0
        for number, plan in enumerate(plans):
            total += sum(file.stat().st_size for file in plan.iterdir())
            if plan != self._folder and (number >= MOST_PLANS or total > MOST_BYTES):
                shutil.rmtree(plan, ignore_errors=True)


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
        if part.name.startswith("findings-") or part.name == "automata":
            freed += sum(file.stat().st_size for file in _files(part))
            shutil.rmtree(part, ignore_errors=True)
    for name in ("CACHEDIR.TAG", ".gitignore"):
        (folder / name).unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        folder.rmdir()
    return freed


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return status.st_mtime_ns, status.st_ino


def _read(path: Path) -> dict[str, Entry]:
    try:
        plain = loads(path.read_bytes())
        return {name: Entry(*entry) for name, entry in plain.items()}
    except FileNotFoundError:
        return {}
    except Exception:  # damaged, cut short, or not ours: nothing is known
        return {}


def _plain(entries: dict[str, Entry]) -> dict[str, tuple[Signature, str, bytes]]:
    return {name: (entry.signature, entry.digest, entry.payload) for name, entry in entries.items()}


def _bounded(bucket: _Bucket) -> dict[str, Entry]:
    """The entries to keep: those used in this run, then others while there is room."""
    room = MOST_BYTES // _BUCKETS
    kept: dict[str, Entry] = {}
    ordered = sorted(bucket.entries, key=lambda name: (name not in bucket.used, name))
    for name in ordered:
        entry = bucket.entries[name]
        room -= len(entry.payload) + len(name) + 200
        if room < 0:
            break
        kept[name] = entry
    return kept


def _replace(path: Path, data: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
