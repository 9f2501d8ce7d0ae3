"""Bytes of a local file or of any URL fsspec knows (`hf://`, `s3://`, `https://`, `memory://`), unpacked on the way.

A compressed stream that ends in the middle raises `TruncatedError` after everything that could be unpacked: half a
file that reads like a whole one is how records get lost.
"""

from __future__ import annotations

import errno
import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, cast

from corpuslint.errors import SourceError

_EXTRAS = {"s3": 'pip install "corpuslint-arabic[s3]"', "gs": "pip install gcsfs", "abfs": "pip install adlfs"}
_CHUNK = 1 << 20


class TruncatedError(OSError):
    """A compressed file that ends before its end."""


def is_url(name: str) -> bool:
    """Whether `name` is read through fsspec.

    >>> is_url("hf://datasets/a/b/c.parquet"), is_url("C:/a.txt")
    (True, False)
    """
    return "://" in name


def open_bytes(name: str) -> IO[bytes]:
    """The bytes of a file as stored. OSError where it cannot be opened, SourceError where no driver knows its URL."""
    if not is_url(name):
        # Opening a pipe waits for somebody to write into it, and a device may never end.
        if not stat.S_ISREG(os.stat(name).st_mode):  # noqa: PTH116 (a Path costs more than the call)
            raise OSError(errno.EINVAL, "it is not a regular file")
        return Path(name).open("rb")
    filesystem, path = filesystem_of(name)
    try:
        return cast(IO[bytes], filesystem.open(path, "rb"))
    except OSError:
        raise
    except Exception as error:  # drivers raise what their client libraries raise
        raise OSError(f"{type(error).__name__}: {error}") from error


def open_unpacked(name: str) -> IO[bytes]:
    """The bytes of a file, unpacked where its name ends in `.gz` or `.zst`; read lazily."""
    stream = open_bytes(name)
    if name.endswith(".gz"):
        return io.BufferedReader(_Gzip(stream), _CHUNK)
    if name.endswith(".zst"):
        return io.BufferedReader(_Zstandard(stream), _CHUNK)
    return stream


def size_of(name: str) -> int:
    """The size of a file in bytes; OSError where there is none."""
    if not is_url(name):
        return os.stat(name).st_size  # noqa: PTH116 (a Path costs more than the call)
    filesystem, path = filesystem_of(name)
    try:
        return int(filesystem.size(path) or 0)
    except OSError:
        raise
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {error}") from error


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
            found = [str(name) for name in filesystem.find(path) if str(name).endswith(endings)]
        else:
            return [url]
    except Exception as error:
        raise SourceError(f"cannot be listed: {error}", origin=url) from error
    if not found:
        raise SourceError(
            "there is no corpus file below this address",
            origin=url,
            remedy=f"Files that are read end in {', '.join(endings)}.",
        )
    return sorted(f"{protocol}://{name.removeprefix(f'{protocol}://')}" for name in found)


def filesystem_of(url: str) -> tuple[Any, str]:
    """The fsspec driver of a URL and the path in its terms. SourceError where there is no driver or no access."""
    import fsspec  # takes longer to import than a small file takes to lint

    protocol = url.split("://", 1)[0]
    try:
        filesystem, path = fsspec.core.url_to_fs(url)
    except ImportError as error:
        remedy = f"Install it: {_EXTRAS[protocol]}" if protocol in _EXTRAS else str(error)
        raise SourceError(f"the driver for {protocol}:// is not installed", origin=url, remedy=remedy) from error
    except Exception as error:
        raise SourceError(f"cannot be opened: {error}", origin=url) from error
    return filesystem, path


class _Gzip(io.RawIOBase):
    """`gzip` with one kind of error for every way a file can be cut short or damaged."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._unpacked = gzip.GzipFile(fileobj=stream, mode="rb")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            return self._unpacked.readinto(buffer)
        except EOFError as error:
            raise TruncatedError("the gzip stream ends in the middle") from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise TruncatedError(f"the gzip stream is damaged: {error}") from error

    def close(self) -> None:
        with suppress(OSError):
            self._stream.close()
        super().close()


class _Zstandard(io.RawIOBase):
    """Frame after frame; the library's own reader takes a frame that is cut short for a whole one."""

    def __init__(self, stream: IO[bytes]) -> None:
        import zstandard

        self._stream = stream
        self._library = zstandard
        self._frame: Any = None
        self._packed = b""
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            if not self._packed:
                self._packed = self._stream.read(_CHUNK)
                if not self._packed:
                    if self._frame is not None:
                        raise TruncatedError("the zstd stream ends in the middle")
                    return 0
            if self._frame is None:
                self._frame = self._library.ZstdDecompressor().decompressobj()
            packed, self._packed = self._packed, b""
            try:
                self._ready = memoryview(self._frame.decompress(packed))
            except self._library.ZstdError as error:
                raise TruncatedError(f"the zstd stream is damaged: {error}") from error
            if self._frame.eof:
                self._packed, self._frame = self._frame.unused_data, None
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def close(self) -> None:
        with suppress(OSError):
            self._stream.close()
        super().close()


def lines_between(stream: IO[bytes], start: int, stop: int) -> Iterable[bytes]:
    """The lines that *begin* in the bytes `start` to `stop`: cut a file anywhere, and each line is in one part."""
    at = start
    if start > 0:
        stream.seek(start - 1)
        at = start - 1 + len(stream.readline())
    else:
        stream.seek(0)
    while at < stop:
        line = stream.readline()
        if not line:
            return
        at += len(line)
        yield line
