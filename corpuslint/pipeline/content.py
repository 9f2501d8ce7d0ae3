"""What a part of a corpus holds, as a digest; and what its file looks like from outside, as a signature. Both count
what lies beside it and decides what is found: metadata, and the ledger of fixes, which says what stood in it.

A signature that is unchanged (size, both times, inode) says that the content is, as git's index takes it; a changed
one says nothing, so the content is read. A time alone is never believed: restoring a file from a backup sets it back.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import IO

from corpuslint.formats.endings import is_sidecar, is_text, sidecar_name
from corpuslint.formats.ledger import ledger_path
from corpuslint.formats.parts import Part, Unit
from corpuslint.formats.streams import filesystem_of, is_url, open_bytes

Signature = tuple[int, ...]

_BLOCK = 1 << 20
_MANY = 8
_RACY_NANOSECONDS = 2_000_000_000
"""A file changed this shortly before it was looked at may change again within the same tick of the clock."""


class Looks:
    """Looks at files and at what lies beside them; a folder in which many are looked at is listed first, and where it
    holds no metadata, none is looked for."""

    def __init__(self, filenames: Iterable[str]) -> None:
        counts = Counter(filename.rpartition("/")[0] for filename in filenames if is_text(filename))
        self._bare = {folder for folder, count in counts.items() if count >= _MANY and not _has_metadata(folder)}
        self._mended: dict[str, bool] = {}

    def signature_of_all(self, filenames: Iterable[str]) -> Signature:
        """The look of several files; () where one is not to be trusted or not there."""
        signatures = [self.signature_of(filename) for filename in filenames]
        return tuple(chain.from_iterable(signatures)) if all(signatures) else ()

    def signature_of(self, filename: str) -> Signature:
        """The look of a file; () where it is not to be trusted or not there."""
        if is_url(filename):
            return ()
        try:
            look = _look(os.stat(filename))  # noqa: PTH116 (a Path costs more than the call)
        except OSError:
            return ()
        folder = filename.rpartition("/")[0]
        if folder not in self._mended:
            self._mended[folder] = ledger_path(Path(filename)).parent.is_dir()
        for beside in _beside(filename, metadata=folder not in self._bare, ledger=self._mended[folder]):
            with suppress(OSError):
                look += _look(os.stat(beside))  # noqa: PTH116
        return look


def _has_metadata(folder: str) -> bool:
    try:
        with os.scandir(folder or ".") as entries:
            return any(is_sidecar(entry.name) for entry in entries)
    except OSError:
        return True


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
            if part.unit is Unit.BYTES:
                stream.seek(part.start)
                _update(digest, stream, part.stop - part.start)
                while piece := stream.readline(_BLOCK):  # the rest of a last line, which may be as long as the file
                    digest.update(piece)
                    if piece.endswith(b"\n"):
                        break
            elif part.unit is Unit.ROW_GROUPS:
                for start, length in _group_bytes(stream, part):
                    stream.seek(start)
                    _update(digest, stream, length)
            else:
                _update(digest, stream, -1)
    except Exception:  # whatever ails the file, reading its documents will say it
        return ""
    for beside in _beside(part.filename):
        with suppress(OSError), open_bytes(beside) as stream:
            digest.update(b"\0")
            _update(digest, stream, -1)
    digest.update(f"{part.unit.value}:{part.first}".encode())
    return digest.hexdigest()


def _beside(filename: str, *, metadata: bool = True, ledger: bool = True) -> Iterator[str]:
    """What may lie beside a file."""
    if metadata and is_text(filename):
        yield sidecar_name(filename)
    if ledger:
        yield str(ledger_path(Path(filename)))


def digest_of_all(parts: Iterable[Part]) -> str:
    """One digest of the bytes of several parts; "" where one cannot be read."""
    digests = [digest_of(part) for part in parts]
    return hashlib.sha256("\0".join(digests).encode()).hexdigest() if all(digests) else ""


def _look(status: os.stat_result) -> Signature:
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


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
