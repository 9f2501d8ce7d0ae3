"""What parts of a corpus gave before, kept in a file of SQLite for each plan.

Every value has a checksum: a damaged one is none, and a damaged file is an empty one. Runs at once wait for each other
only while they write. The folder is bounded; plans used longest ago go first.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path

from corpuslint.config.settings import Settings

FOLDER_NAME = ".corpuslint_cache"
MOST_BYTES = 512 << 20
"""What the results of all plans together may take on disk."""
MOST_PLANS = 8

LOOKS, RESULTS = "looks", "results"
"""The kinds of values that are kept though a run did not ask for them: it may have looked at other files."""

_LAYOUT = 5
_TABLE = "CREATE TABLE kept (kind TEXT, key BLOB, value BLOB, PRIMARY KEY (kind, key)) WITHOUT ROWID"
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of corpuslint; it can be deleted.\n"
"""What backup programs look for (https://bford.info/cachedir/)."""
_LARGE_BYTES = 64 << 20
_SECONDS_TO_WAIT = 10.0


class Store:
    """The values of one plan by kind and key. `save` must be called for what is put to last."""

    def __init__(self, folder: Path, plan: str) -> None:
        self._root = folder
        self._path = folder / f"findings-{_LAYOUT}" / f"{plan}.sqlite"
        self._fresh: dict[tuple[str, str], bytes] = {}
        self._used: set[tuple[str, str]] = set()
        self._waiting = 0
        self._reading = contextlib.ExitStack()
        self._database: sqlite3.Connection | None = None

    def get(self, kind: str, key: str) -> bytes | None:
        """The value that was put there, None where there is none."""
        self._used.add((kind, key))
        if (kind, key) in self._fresh:
            return self._fresh[kind, key]
        with contextlib.suppress(sqlite3.Error):
            if self._database is None and self._path.is_file():
                self._database = self._reading.enter_context(_opened(self._path))
            if self._database is not None:
                asked = (kind, key.encode("utf-8", "surrogatepass"))
                found = self._database.execute("SELECT value FROM kept WHERE kind = ? AND key = ?", asked).fetchall()
                if found and zlib.crc32(found[0][0][4:]) == int.from_bytes(found[0][0][:4], "big"):
                    return bytes(found[0][0][4:])
        return None

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Keep a value in place of what was there. Where much waits to be written it is written at once: a run that is
        killed loses no more than that."""
        self._fresh[kind, key] = value
        self._used.add((kind, key))
        self._waiting += len(value) + 200
        if self._waiting > _LARGE_BYTES:
            self._write()

    def save(self) -> None:
        """Write what is new. A folder that cannot be written is no reason to fail a run."""
        self._reading.close()
        if self._fresh:
            self._write(at_end=True)
            self._bound()
        with contextlib.suppress(OSError):
            os.utime(self._path)

    def _write(self, *, at_end: bool = False) -> None:
        rows = [
            (kind, key.encode("utf-8", "surrogatepass"), zlib.crc32(value).to_bytes(4, "big") + value)
            for (kind, key), value in self._fresh.items()
        ]
        self._waiting = 0
        for _ in range(2):  # a file that is none of ours, or damaged, is made anew
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", _TAG)):
                    if not (self._root / name).exists():
                        (self._root / name).write_text(text, "utf-8")
                with _opened(self._path, new=not self._path.is_file()) as database, database:
                    database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
                    if at_end:
                        self._drop_unused(database, all_kinds=self._path.stat().st_size > MOST_BYTES // 2)
                self._fresh = {}
                return
            except sqlite3.OperationalError:
                return  # another run holds it, or the disk is full
            except (sqlite3.DatabaseError, OSError):
                with contextlib.suppress(OSError):
                    self._path.unlink(missing_ok=True)

    def _drop_unused(self, database: sqlite3.Connection, *, all_kinds: bool) -> None:
        used = {(kind, key.encode("utf-8", "surrogatepass")) for kind, key in self._used}
        where = "" if all_kinds else f"WHERE kind NOT IN ('{LOOKS}', '{RESULTS}')"
        there = database.execute(f"SELECT kind, key FROM kept {where}").fetchall()
        old = [place for place in there if place not in used]
        database.executemany("DELETE FROM kept WHERE kind = ? AND key = ?", old)

    def _bound(self) -> None:
        with contextlib.suppress(OSError):
            plans = sorted(self._path.parent.iterdir(), key=lambda plan: plan.stat().st_mtime_ns, reverse=True)
            total = 0
            for number, plan in enumerate(plans):
                total += plan.stat().st_size
                if plan != self._path and (number >= MOST_PLANS or total > MOST_BYTES):
                    plan.unlink(missing_ok=True)


@contextlib.contextmanager
def _opened(path: Path, *, new: bool = False) -> Iterator[sqlite3.Connection]:
    """A file with our table in it and nothing else: a cache folder can come with a repository that somebody else made,
    and views and triggers run what they say. sqlite3.DatabaseError where it is another."""
    with contextlib.closing(sqlite3.connect(path, timeout=_SECONDS_TO_WAIT)) as database:
        database.execute("PRAGMA trusted_schema = OFF")
        database.execute("PRAGMA synchronous = OFF")  # what a crash breaks is found out and made anew
        if new:
            database.execute(_TABLE.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS"))
        if database.execute("SELECT sql FROM sqlite_master").fetchall() != [(_TABLE,)]:
            raise sqlite3.DatabaseError(f"{path} is no cache of ours")
        yield database


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
            freed += sum(path.stat().st_size for path in part.rglob("*") if path.is_file())
            shutil.rmtree(part, ignore_errors=True)
    for name in ("CACHEDIR.TAG", ".gitignore"):
        (folder / name).unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        folder.rmdir()
    return freed
