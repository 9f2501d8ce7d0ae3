"""Bytes of a local file or of any URL fsspec knows (`hf://`, `s3://`, `https://`, `memory://`), unpacked on the way.

A compressed stream that ends in the middle raises OSError after everything that could be unpacked: half a file that
reads like a whole one is how records get lost.
"""

from __future__ import annotations

import errno
import io
import os
import re
import stat
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import IO, Any, cast

from corpuslint.errors import CorpuslintError, SourceError
from corpuslint.text.secrets import without_secrets

_PASSWORD = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/@\s]*:[^/@\s]*@")
_ARCHIVES = frozenset(("zip", "tar", "libarchive"))
_EXTRAS = {
    "s3": 'pip install "corpuslint-arabic[s3]"',
    "gs": "pip install gcsfs",
    "abfs": "pip install adlfs",
    **dict.fromkeys(("http", "https"), 'pip install "fsspec[http]"'),
}
_CHUNK = 1 << 20

LONGEST_LINE = 64 << 20
"""Bytes of a record: a line of JSON, a field of CSV. What is longer is reported and never held in memory whole."""

MOST_UNPACKED = 1_000
"""How many times its packed size a stream may unpack to, once it has come to `_HARMLESS` bytes. Text shrinks to a
tenth; a thousand times smaller is a file made to fill memories and disks."""
_HARMLESS = 256 << 20


MOST_WRITTEN = 4 << 20
"""Bytes of a file that somebody wrote by hand: a configuration, a pack's table, a schema."""

MOST_KEPT = 256 << 20
"""Bytes of a file that grows with a corpus: a baseline, decisions of reviewers, a list."""


def is_url(name: str) -> bool:
    """Whether `name` is read through fsspec.

    >>> is_url("hf://datasets/a/b/c.parquet"), is_url("C:/a.txt")
    (True, False)
    """
    return "://" in name


def open_bytes(name: str) -> IO[bytes]:
    """The bytes of a file as stored. OSError where it cannot be opened, SourceError where no driver knows its URL."""
    if not is_url(name):
        return open_regular(name)
    filesystem, path = filesystem_of(name)
    from fsspec.spec import AbstractBufferedFile

    with of_driver():
        stream = filesystem.open(path, "rb")
        # What fsspec reads blocks of has a `readline` of its own that takes no limit.
        whole = isinstance(stream, AbstractBufferedFile)
        return io.BufferedReader(stream, _CHUNK) if whole else cast(IO[bytes], stream)


@contextmanager
def of_driver() -> Iterator[None]:
    """Turn whatever a driver raises, which is what its client library raises, into OSError; our own errors stay."""
    try:
        yield
    except (OSError, CorpuslintError):
        raise
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {error}") from error


def bytes_of(path: str | Path) -> bytes:
    """What a regular file holds; OSError where it cannot be read."""
    with open_regular(path) as stream:
        return stream.read()


def text_of(path: Path, most: int = MOST_WRITTEN) -> str:
    """The UTF-8 text of a regular file, without its mark. OSError where it cannot be read or holds more than `most`
    bytes, UnicodeDecodeError where it is no UTF-8."""
    with open_regular(path) as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"it is larger than {most >> 20} MB")
    return data.decode("utf-8").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").replace("\r\n", "\n").replace("\r", "\n")


def text_or(path: Path, refusal: Callable[[str], CorpuslintError], most: int = MOST_WRITTEN) -> str:
    """`text_of` a file that was asked for; raises the `refusal` that says why it cannot be read."""
    try:
        return text_of(path, most)
    except UnicodeDecodeError as error:
        raise refusal(f"cannot be read: it is not UTF-8 (byte {error.start + 1:,})") from None
    except OSError as error:
        raise refusal(f"cannot be read: {error.strerror or error}") from None


def open_regular(path: str | Path, mode: str = "rb") -> IO[bytes]:
    """The bytes of a regular file. OSError for anything else, which is never opened: a pipe waits for somebody to write
    into it, and a device may never end."""
    _refuse_irregular(os.stat(path).st_mode)  # noqa: PTH116 (a Path costs more than the call)
    without_waiting = getattr(os, "O_NONBLOCK", 0)
    stream = cast(IO[bytes], open(path, mode, opener=lambda name, flags: os.open(name, flags | without_waiting)))  # noqa: SIM115
    try:
        _refuse_irregular(os.fstat(stream.fileno()).st_mode)  # it may have become one in between
    except OSError:
        stream.close()
        raise
    return stream


def _refuse_irregular(mode: int) -> None:
    if not stat.S_ISREG(mode):
        kind = _KINDS.get(stat.S_IFMT(mode), "something else")
        raise OSError(errno.EINVAL, f"it is {kind}, not a regular file")


_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def open_unpacked(name: str) -> IO[bytes]:
    """The bytes of a file, unpacked where its name ends in `.gz` or `.zst`; read lazily."""
    stream = open_bytes(name)
    if not name.lower().endswith((".gz", ".zst")):
        return stream
    unpacked: Any
    damage: tuple[type[Exception], ...]
    if name.lower().endswith(".gz"):
        import gzip

        unpacked, damage = gzip.GzipFile(fileobj=stream, mode="rb"), (gzip.BadGzipFile, zlib.error)
    else:
        zstd = import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
        unpacked, damage = zstd.ZstdFile(stream), (zstd.ZstdError,)
    return io.BufferedReader(_Unpacked(stream, unpacked, damage), _CHUNK)


def size_of(name: str) -> int:
    """The size of a file in bytes; OSError where there is none."""
    if not is_url(name):
        return os.stat(name).st_size  # noqa: PTH116 (a Path costs more than the call)
    filesystem, path = filesystem_of(name)
    with of_driver():
        return int(filesystem.size(path) or 0)


def size_or_none(name: str) -> int:
    """The size of a file in bytes, 0 where it cannot be told: reading it says why."""
    with suppress(OSError):
        return size_of(name)
    return 0


def files_below(url: str, endings: tuple[str, ...]) -> list[str]:
    """The files a URL stands for: itself, the files below it, or those a pattern matches; sorted.

    Raises SourceError where there is none.
    """
    filesystem, path = filesystem_of(url)
    protocol = url.split("://", 1)[0]
    try:
        if any(mark in path for mark in "*?["):
            found = [str(name) for name in filesystem.glob(path)]
        elif filesystem.isdir(path):
            found = [str(name) for name in filesystem.find(path) if str(name).lower().endswith(endings)]
        else:
            return [url]
    except Exception as error:
        raise SourceError(f"cannot be listed: {error}", path=url) from error
    if not found:
        raise SourceError(
            "there is no corpus file below this address",
            path=url,
            remedy=f"Files that are read end in {', '.join(endings)}.",
        )
    return sorted(f"{protocol}://{name.removeprefix(f'{protocol}://')}" for name in found)


def refusal_of(url: str) -> tuple[str, str]:
    """Why an address is not used, and what to do; two empty strings for one that may be.

    A password in an address would stand in every report, log and cache that names the file.

    >>> refusal_of("ftp://me:secret@host/a.jsonl")[0]
    'an address must not hold a password'
    >>> refusal_of("https://host:8080/a.jsonl"), refusal_of("hf://datasets/a/b@1.0.0/c.jsonl")
    (('', ''), ('', ''))
    """
    if _PASSWORD.search(url):
        return "an address must not hold a password", "Let its driver find it: in the environment, or in ~/.netrc."
    if _ARCHIVES & {link.split("://", 1)[0] for link in url.split("::")}:
        return "archives are not read", "Unpack it first."
    if re.match("hf://(?!datasets/|buckets/)", url):
        return "this names no dataset", "Write hf://datasets/ORG/NAME."
    return "", ""


def filesystem_of(url: str) -> tuple[Any, str]:
    """The fsspec driver of a URL and the path in its terms. SourceError where there is no driver or no access."""
    import fsspec  # takes longer to import than a small file takes to lint

    refused, remedy = refusal_of(url)
    if refused:
        raise SourceError(refused, path=without_secrets(url), remedy=remedy)
    protocol = url.split("://", 1)[0]
    try:
        filesystem, path = fsspec.core.url_to_fs(url)
    except ImportError as error:
        remedy = f"Install it: {_EXTRAS[protocol]}" if protocol in _EXTRAS else str(error)
        raise SourceError(f"the driver for {protocol}:// is not installed", path=url, remedy=remedy) from error
    except Exception as error:
        raise SourceError(f"cannot be opened: {error}", path=url) from error
    return filesystem, path


def refuse_bomb(unpacked: int, packed: int) -> None:
    """Raise OSError where so many bytes have come out of so few."""
    if unpacked > _HARMLESS and unpacked > MOST_UNPACKED * packed:
        raise OSError(f"it unpacks to more than {MOST_UNPACKED:,} times its size")


class _Unpacked(io.RawIOBase):
    """An unpacked stream with one kind of error for every way it can be cut short or damaged, and another where it
    grows beyond reason."""

    def __init__(self, packed: IO[bytes], unpacked: Any, damage: tuple[type[Exception], ...]) -> None:
        self._packed, self._unpacked, self._damage = packed, unpacked, damage
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            count = self._unpacked.readinto(buffer)
        except EOFError as error:
            raise OSError("the packed stream ends in the middle") from error
        except self._damage as error:
            raise OSError(f"the packed stream is damaged: {error}") from error
        self._count += count
        refuse_bomb(self._count, self._packed.tell())
        return int(count)

    def close(self) -> None:
        with suppress(OSError):
            self._packed.close()
        super().close()


def lines_of(stream: IO[bytes], start: int = 0, stop: int = sys.maxsize) -> Iterator[bytes]:
    """The lines that *begin* in the bytes `start` to `stop`: cut a file anywhere, and each line is in one part.

    Of a line longer than `LONGEST_LINE` only its beginning, one byte longer than that.
    """
    at = start
    if start:
        stream.seek(start - 1)
        at += _rest_of_line(stream) - 1
    while at < stop and (line := stream.readline(LONGEST_LINE + 1)):
        at += len(line)
        yield line
        if len(line) > LONGEST_LINE:
            at += _rest_of_line(stream)


def _rest_of_line(stream: IO[bytes]) -> int:
    """Read to the end of the line, a piece at a time; how many bytes that was."""
    count = 0
    while piece := stream.readline(_CHUNK):
        count += len(piece)
        if piece.endswith(b"\n"):
            break
    return count
