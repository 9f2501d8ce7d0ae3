"""What a part of a corpus holds, as a digest; and what its file looks like from outside, as a signature. Both count
what lies beside it and decides what is found: metadata, and the ledger of fixes, which says what stood in it.

A signature that is unchanged (size, both times, inode) says that the content is, as git's index takes it; a changed
one says nothing, so the content is read. A time alone is never believed: restoring a file from a backup sets it back.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import IO

from corpuslint.formats.endings import is_lines, is_text, sidecar_name
from corpuslint.formats.ledger import ledger_path
from corpuslint.formats.parts import Part
from corpuslint.formats.streams import filesystem_of, is_url, lines_of, open_bytes

Signature = tuple[int, ...]

_BLOCK = 1 << 20
_RACY_NANOSECONDS = 2_000_000_000
"""A file changed this shortly before it was looked at may change again within the same tick of the clock."""


def signature_of_all(filenames: Iterable[str]) -> Signature:
    """The look of several files; () where one is not to be trusted or not there."""
    signatures = [signature_of(filename) for filename in filenames]
    return tuple(chain.from_iterable(signatures)) if all(signatures) else ()


def signature_of(filename: str) -> Signature:
    """The look of a file and of what lies beside it; () where it is not to be trusted or not there."""
    look: Signature = ()
    for name in () if is_url(filename) else (filename, *_beside(filename)):
        try:
            status = os.stat(name)  # noqa: PTH116 (a Path costs more than the call)
        except OSError:
            if name == filename:
                return ()
            continue
        look += (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    return look


def is_settled(signature: Signature, now: int) -> bool:
    """Whether the file had been at rest for a while at `now` (nanoseconds), so that its signature can be kept."""
    return bool(signature) and all(now - time > _RACY_NANOSECONDS for time in (*signature[1::4], *signature[2::4]))


def digest_of(part: Part) -> str:
    """The digest of the bytes of a part, with those of what lies beside it; "" where it cannot be read."""
    try:
        if is_url(part.filename):
            filesystem, path = filesystem_of(part.filename)
            return f"{filesystem.ukey(path)}:{part.start}:{part.stop}"
        digest = hashlib.sha256()
        with open_bytes(part.filename) as stream:
            if part.stop and is_lines(part.filename):
                for line in lines_of(stream, part.start, part.stop):
                    digest.update(line)
            else:
                for start, length in _group_bytes(stream, part) if part.stop else ((0, -1),):
                    stream.seek(start)
                    _update(digest, stream, length)
    except Exception:  # whatever ails the file, reading its documents will say it
        return ""
    for beside in _beside(part.filename):
        with suppress(OSError), open_bytes(beside) as stream:
            digest.update(b"\0")
            _update(digest, stream, -1)
    digest.update(f"{part.stop > 0}:{part.first}".encode())
    return digest.hexdigest()


def _beside(filename: str) -> Iterator[str]:
    """What may lie beside a file."""
    if is_text(filename):
        yield sidecar_name(filename)
    yield str(ledger_path(Path(filename)))


def digest_of_all(parts: Iterable[Part]) -> str:
    """One digest of the bytes of several parts; "" where one cannot be read."""
    digests = [digest_of(part) for part in parts]
    return hashlib.sha256("\0".join(digests).encode()).hexdigest() if all(digests) else ""


def _update(digest: hashlib._Hash, stream: IO[bytes], length: int) -> None:
    while length and (block := stream.read(_BLOCK if length < 0 else min(_BLOCK, length))):
        digest.update(block)
        if length > 0:
            length -= len(block)


def _group_bytes(stream: IO[bytes], part: Part) -> list[tuple[int, int]]:
    import pyarrow.parquet

    metadata = pyarrow.parquet.ParquetFile(stream).metadata
    ranges = []
    for number in range(part.start, part.stop):
        group = metadata.row_group(number)
        for index in range(group.num_columns):
            column = group.column(index)
            begin = min(filter(None, (column.dictionary_page_offset, column.data_page_offset)))
            ranges.append((begin, column.total_compressed_size))
    return ranges
