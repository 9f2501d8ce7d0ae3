"""Words by number, and what is known of each: one file in the cache folder, mapped into memory.

A lexicon is made once of lists and weights that are shipped as text, and kept under a name made of their content: when
a list changes, another file is made. A file that is cut short, of another version, of another user, or not what its
checksum says is made anew and never trusted; where the cache folder cannot be written, the lexicon lives in memory.

    keys      a table of word keys (`kernel`), a power of two of slots
    numbers   the number of the word in each slot
    columns   by name, a number a word: a weight, a flag
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import zlib
from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from corpuslint.resources import cache_folder, keep
from corpuslint.words import kernel

Column = Any
"""An `array.array`, or a part of a mapped file: whatever the kernel can read numbers from."""

Columns = Mapping[str, Mapping[int, float]]
"""By the name of a column, a number for each word key that has one; 0 for all others."""

_MAGIC: Final = b"corpuslint words 1\n"
_HEAD: Final = len(_MAGIC) + 16 + 4 + 4
_CODES: Final = {"slots": "Q", "numbers": "i"}


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Word keys and the number of each."""

    slots: Column
    numbers: Column

    def number(self, key: int) -> int:
        """The number of a word, -1 where the table does not have it."""
        found = array("i", (0,))
        kernel.numbers_of(array("Q", (key,)), self.slots, self.numbers, found)
        return found[0]


def table_of(keys: Iterable[int]) -> Table:
    """A table that numbers `keys` from 0; a key that comes again keeps its first number."""
    listed = array("Q", keys)
    size = slots_for(len(listed))
    slots, numbers = array("Q", bytes(8 * size)), array("i", bytes(4 * size))
    kernel.fill_slots(slots, numbers, listed)
    return Table(slots, numbers)


def slots_for(count: int) -> int:
    """How many slots a table of `count` keys has: at most half of them are taken."""
    return 1 << max(3, (2 * count).bit_length())


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """A table of words with columns: `columns[name][number]`."""

    table: Table
    columns: Mapping[str, Column]


def kept_lexicon(name: str, made_of: Iterable[bytes], make: Callable[[], Columns]) -> Lexicon:
    """The lexicon of the columns that `make` gives; made only where no file made of the same is kept."""
    digest = hashlib.blake2b(_MAGIC, digest_size=16)
    for part in made_of:
        digest.update(len(part).to_bytes(8, "little") + part)
    path = cache_folder() / "words" / f"{name}-{digest.hexdigest()}"
    kept = _mapped(path, digest.digest())
    if kept is None:
        data = _packed(make(), digest.digest())
        keep(path, data)
        kept = _read(memoryview(bytearray(data)), digest.digest())
    if kept is None:
        raise AssertionError("a lexicon that was just made can be read")
    return kept


def _packed(columns: Columns, digest: bytes) -> bytes:
    keys = array("Q", dict.fromkeys(key for column in columns.values() for key in column))
    table = table_of(keys)
    parts: dict[str, bytes] = {"slots": table.slots.tobytes(), "numbers": table.numbers.tobytes()}
    for name, column in columns.items():
        parts[name] = array("d", (column.get(key, 0.0) for key in keys)).tobytes()
    index = json.dumps({name: len(part) for name, part in parts.items()}).encode()
    index += b" " * (-(_HEAD + len(index)) % 8)
    body = len(index).to_bytes(4, "little") + index + b"".join(part + bytes(-len(part) % 8) for part in parts.values())
    return _MAGIC + digest + zlib.crc32(body).to_bytes(4, "little") + body


def _mapped(path: Path, digest: bytes) -> Lexicon | None:
    try:
        with path.open("rb") as file:
            if hasattr(os, "getuid") and os.fstat(file.fileno()).st_uid != os.getuid():
                return None
            # A private copy: what the kernel reads must be writable, and what one run wrote there no other would see.
            return _read(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)), digest)
    except (OSError, ValueError):  # no such file, none that can be mapped, an empty one
        return None


def _read(data: memoryview, digest: bytes) -> Lexicon | None:
    """The lexicon in `data`; None where it is not whole, or was made of something else."""
    start = len(_MAGIC)
    if bytes(data[:start]) != _MAGIC or bytes(data[start : start + 16]) != digest:
        return None
    body = data[start + 20 :]
    if zlib.crc32(body).to_bytes(4, "little") != bytes(data[start + 16 : start + 20]):
        return None
    size = int.from_bytes(body[:4], "little")
    at = _HEAD + size
    parts: dict[str, memoryview] = {}
    for name, length in json.loads(bytes(body[4 : 4 + size])).items():
        parts[name] = data[at : at + length].cast(_CODES.get(name, "d"))  # type: ignore[call-overload]
        at += length + -length % 8
    return Lexicon(Table(parts.pop("slots"), parts.pop("numbers")), parts)
