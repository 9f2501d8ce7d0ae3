"""Where files lie: rule packs and JSON Schemas shipped beside the code, and what is kept between runs.

In a wheel they are copied into the package (`corpuslint/_data`); in a checkout or an editable install they are the
top-level folders `rules/` and `schemas/`, and the copy, if one is left over, is stale. Every path goes through here.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import sys
import time
import weakref
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from corpuslint.errors import SourceError
from corpuslint.version import __version__

if TYPE_CHECKING:
    import sqlite3

T = TypeVar("T")
FileState = tuple[str, int, int]
_PACKAGE = Path(__file__).resolve().parent
MOST_BYTES = 1 << 20
"""How much of what a run keeps is in memory."""
_DIGEST_SIZE = 16
_SEAL_SIZE = _DIGEST_SIZE + 4


def _shipped(name: str) -> Path:
    checkout = _PACKAGE.parent / name
    if (_PACKAGE.parent / "pyproject.toml").is_file() and checkout.is_dir():
        return checkout
    return _PACKAGE / "_data" / name


def rules_folder() -> Path:
    """The folder whose sub-folders are the shipped rule packs."""
    return _shipped("rules")


def schemas_folder() -> Path:
    """The folder that holds the generated JSON Schemas."""
    return _shipped("schemas")


def fact_path(name: str) -> Path:
    """A file of `facts/data`."""
    return _PACKAGE / "facts" / "data" / name


def fact_data(name: str) -> str:
    """What a file of `facts/data` holds."""
    return fact_path(name).read_text("utf-8")


def package_data(path: str) -> str:
    """A text file of the package, such as `publishing/data/card.md`."""
    return (_PACKAGE / path).read_text("utf-8")


class Scratch:
    """Rows of some keys and bytes that a run keeps until it ends, in the order of their keys and of their coming; in
    memory, where they are much in a database on disk that has no name."""

    def __init__(self, *keys: str) -> None:
        self._keys = ", ".join(keys)
        self._held: list[tuple[Any, ...]] = []
        self._bytes = 0
        self._is_ordered = False
        self._base: sqlite3.Connection | None = None

    def put(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Take in rows. SourceError where there is no room for them."""
        self._is_ordered = False
        for row in rows:
            self._held.append(row)
            self._bytes += len(row[-1])
            if self._bytes > MOST_BYTES:
                self._write()

    def between(self, first: int | bytes, last: int | bytes) -> Iterator[bytes]:
        """The bytes of rows whose first key is one of these."""
        return self._read(f"where {self._keys.partition(',')[0]} between ? and ?", first, last)

    def __iter__(self) -> Iterator[bytes]:
        return self._read("")

    def _read(self, where: str, *ends: int | bytes) -> Iterator[bytes]:
        if not self._is_ordered:
            self._is_ordered = True
            if self._base is None:
                self._held.sort(key=_keys_of)
            else:
                self._write()
                with _told():
                    self._base.execute(f"create index if not exists ordered on kept ({self._keys})")
        if self._base is None:
            start = bisect_left(self._held, ends[0], key=_first) if ends else 0
            stop = bisect_right(self._held, ends[1], key=_first) if ends else None
            return (row[-1] for row in self._held[start:stop])
        with _told():
            rows = self._base.execute(f"select data from kept {where} order by {self._keys}, rowid", ends)
        return (row[0] for row in rows)

    def _write(self) -> None:
        import sqlite3  # few runs keep so much
        import tempfile

        with _told():
            if self._base is None:
                os.environ.setdefault("SQLITE_TMPDIR", tempfile.gettempdir())
                self._base = sqlite3.connect("", check_same_thread=False)
                weakref.finalize(self, self._base.close)
                self._base.executescript(
                    "pragma journal_mode = off; pragma page_size = 8192; pragma cache_size = -2000"
                )
                self._base.execute(f"create table kept ({self._keys}, data)")
            self._base.executemany(f"insert into kept values (?{', ?' * len(self._keys.split(','))})", self._held)
        self._held, self._bytes = [], 0


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """What the database of a run cannot do, told with the folder where it lies."""
    import sqlite3
    import tempfile

    try:
        yield
    except sqlite3.Error as error:
        raise SourceError(
            f"what a run keeps until its end cannot be written: {error}",
            path=os.environ.get("TMPDIR") or tempfile.gettempdir(),
            remedy="Free some space there, or name another folder with TMPDIR.",
        ) from error


_first, _keys_of = itemgetter(0), itemgetter(slice(-1))


def cache_folder() -> Path:
    """Where automata and tables are kept between runs: `CORPUSLINT_CACHE_DIR`, else the user's cache folder."""
    chosen = os.environ.get("CORPUSLINT_CACHE_DIR")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "corpuslint"


def keep(path: Path, data: bytes) -> None:
    """Put `data` under `path` in one step; a cache that cannot be written is no reason to stop."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        temporary.replace(path)
        _forget_unused(path.parent)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()


_DAYS_KEPT = 60
"""How long what no run has read is kept: that of older versions, of packs and interpreters that are gone."""


@cache
def _forget_unused(folder: Path) -> None:
    """Delete what lies unused in a part of the cache folder; looked at once by a process that keeps something there."""
    if folder.parent == cache_folder():
        oldest = time.time() - _DAYS_KEPT * 86_400
        for file in os.scandir(folder):
            status = file.stat()
            if max(status.st_atime, status.st_mtime) < oldest:
                os.unlink(file)  # noqa: PTH108 (a Path costs more than the call)


def known_good(kind: str, *made_of: str) -> Path:
    """The mark, which may not be there, of something that an earlier run found to be good."""
    digest = _digest("\0".join(made_of).encode("utf-8", "surrogatepass")).hex()
    return cache_folder() / kind / f"proven-{digest}"


def kept_table(name: str, made_of: str) -> Any:
    """What `keep_table` last kept under this name, if it was made of the same; None where there is none.

    A file that another user owns, or that is not whole, is none.
    """
    try:
        with _table_path(name).open("rb") as file:
            if hasattr(os, "getuid") and os.fstat(file.fileno()).st_uid != os.getuid():
                return None
            seal, data = file.read(_SEAL_SIZE), file.read()
        return marshal.loads(data) if _seal(made_of, data) == seal else None
    except (OSError, ValueError, EOFError, TypeError):
        return None


def keep_table(name: str, made_of: str, table: Any) -> None:
    """Keep plain data between runs, instead of what was kept under this name; `made_of` says what it was made of."""
    data = marshal.dumps(table)
    keep(_table_path(name), _seal(made_of, data) + data)


def _table_path(name: str) -> Path:
    """A file of this installation under this interpreter: two of them would take turns in undoing each other's."""
    return cache_folder() / "tables" / f"{name}-{_installation()}"


@cache
def _installation() -> str:
    return _digest(f"{__version__} {sys.version} {_PACKAGE}".encode()).hex()


def _seal(made_of: str, data: bytes) -> bytes:
    """Tells what a table was made of, and that it is whole: a checksum, since a digest takes longer than reading."""
    return _digest(made_of.encode()) + zlib.crc32(data).to_bytes(4, "big")


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST_SIZE).digest()


@cache
def package_state() -> str:
    """What tells whether this installation has changed since something was kept: its code, its lists and its rules."""
    return _digest(repr(state_of_files([_PACKAGE, rules_folder()])).encode("utf-8", "surrogatepass")).hex()


def shipped_table(name: str, make: Callable[[], T], content: bytes = b"") -> T:
    """What `make` gives, kept between runs: plain data that is made of this installation's files, and of `content`."""
    made_of = package_state() + _digest(content).hex()
    table: T | None = kept_table(name, made_of)
    if table is None:
        table = make()
        keep_table(name, made_of, table)
    return table


def state_of_files(paths: Iterable[Path], left_out: Collection[str] = ("__pycache__",)) -> tuple[FileState, ...]:
    """What tells whether anything in these files and folders has changed: every file's name, time and size, in order.

    Folders named `left_out` are not looked into, and what goes away meanwhile is not there.
    """
    found: list[FileState] = []
    waiting: list[str] = []
    for path in paths:
        with contextlib.suppress(OSError):
            status = path.stat()
            if path.is_dir():
                waiting.append(os.fspath(path))
            else:
                found.append((os.fspath(path), status.st_mtime_ns, status.st_size))
    while waiting:
        with contextlib.suppress(OSError), os.scandir(waiting.pop()) as listing:
            for entry in listing:
                if entry.is_dir():
                    if entry.name not in left_out and not entry.is_symlink():
                        waiting.append(entry.path)
                elif entry.is_file():
                    with contextlib.suppress(OSError):
                        status = entry.stat()
                        found.append((entry.path, status.st_mtime_ns, status.st_size))
    return tuple(sorted(found))
