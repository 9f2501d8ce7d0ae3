"""Arrays that are made once and kept: one file in the cache folder, mapped into memory, so that starting costs nothing.

A file is named by a digest of what its arrays were made of: when that changes, another file is made. One that is cut
short, of another version, of another user, or not what its checksum says is made anew and never trusted; where the
cache folder cannot be written, the arrays live in memory.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import zlib
from array import array
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from corpuslint.resources import cache_folder, keep
from corpuslint.version import __version__

Column = Any
"""An `array.array`, or a part of a mapped file: whatever the kernel can read numbers from."""

_MAGIC: Final = b"corpuslint arrays 1\n"
_DIGEST: Final = 16
_SOURCES: Final = tuple(
    Path(__file__).with_name(name) for name in ("kernel.py", "levels.py")
)  # other keys, other files
_HEAD: Final = len(_MAGIC) + _DIGEST + 4 + 4


def kept_arrays(
    name: str, made_of: Iterable[bytes | Path], make: Callable[[], Mapping[str, array[Any]]]
) -> Mapping[str, Column]:
    """The arrays that `make` gives, by name; made only where no file made of the same is kept.

    `made_of` is the content of everything that they depend on, or the file that holds it, the source of what makes them
    among it. Of a file time and size are looked at: megabytes of weights take longer to read than all else.
    """
    hashed = hashlib.blake2b(_MAGIC + __version__.encode(), digest_size=_DIGEST)
    for part in (*_SOURCES, *made_of):
        content = part if isinstance(part, bytes) else _state_of(part)
        hashed.update(len(content).to_bytes(8, "little") + content)
    digest = hashed.digest()
    path = cache_folder() / "words" / f"{name}-{digest.hex()}"
    kept = _mapped(path, digest)
    if kept is None:
        made = make()
        keep(path, _packed(made, digest))
        return made
    return kept


@cache
def _state_of(path: Path) -> bytes:
    status = path.stat()
    return f"{path} {status.st_mtime_ns} {status.st_size}".encode("utf-8", "surrogateescape")


def _packed(arrays: Mapping[str, array[Any]], digest: bytes) -> bytes:
    parts = {name: values.tobytes() for name, values in arrays.items()}
    index = json.dumps([[name, values.typecode, len(parts[name])] for name, values in arrays.items()]).encode()
    index += b" " * (-(_HEAD + len(index)) % 8)
    body = len(index).to_bytes(4, "little") + index + b"".join(part + bytes(-len(part) % 8) for part in parts.values())
    return _MAGIC + digest + zlib.crc32(body).to_bytes(4, "little") + body


def _mapped(path: Path, digest: bytes) -> Mapping[str, Column] | None:
    """The arrays of a file; None where there is none, or it is not whole, or was made of something else."""
    try:
        with path.open("rb") as file:
            if hasattr(os, "getuid") and os.fstat(file.fileno()).st_uid != os.getuid():
                return None
            # A private copy: what the kernel reads must be writable, and what one run wrote there no other would see.
            data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY))
    except (OSError, ValueError):  # no such file, none that can be mapped, an empty one
        return None
    start = len(_MAGIC)
    if bytes(data[:start]) != _MAGIC or bytes(data[start : start + _DIGEST]) != digest:
        return None
    body = data[start + _DIGEST + 4 :]
    if zlib.crc32(body).to_bytes(4, "little") != bytes(data[start + _DIGEST : start + _DIGEST + 4]):
        return None
    size = int.from_bytes(body[:4], "little")
    at = _HEAD + size
    arrays: dict[str, Column] = {}
    for name, code, length in json.loads(bytes(body[4 : 4 + size])):
        arrays[name] = data[at : at + length].cast(code)
        at += length + -length % 8
    return arrays
