"""Files that are either old or new, never half: write beside, sync, rename.

`change_file` also keeps what other programs write into the file meanwhile. The file is compared right before it
changes and again afterwards, through the descriptor that still leads to the old one; if somebody wrote to it in
between, the old file gets its name back. On Linux a lease on the file says besides whether a program has it open for
writing, or has begun to open it: that is refused, since what it goes on to write would end in a file without a name.
Where there are no leases (other systems, some network file systems, files of other users) only what is written in that
moment is seen.
"""

from __future__ import annotations

import contextlib
import errno
import filecmp
import os
import re
import signal
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import IO

import msgspec

from corpuslint.errors import SourceError
from corpuslint.formats.streams import bytes_of, open_regular
from corpuslint.text.patterns import compile_re

_UNFINISHED = compile_re(r"\.corpuslint-[a-z0-9_]{8}\.(new|old)")
"""What is being written, and the second name of what is being replaced. Nobody else calls a file so."""

LOCK_TRIES = 1200
"""How often a lock is tried, twenty times a second."""
_WAITED_FOR: set[Path] = set()
"""Locks that were waited for in vain, once for all the files of a folder."""


class FileChange(msgspec.Struct, frozen=True):
    """What a file holds (None: it is not there), and what fixing makes of it."""

    filename: str
    before: bytes | None
    after: bytes


def replace_file(path: Path, data: bytes | Iterable[bytes | memoryview], like: Path | None = None) -> None:
    """Put `data` under `path` in one step. Mode is kept, a symbolic link is followed, equal content is left alone.

    It may be read by nobody who may not read the one it is `like`.

    Raises SourceError when the file cannot be written; the old file is then still whole.
    """
    with told(path):
        target = Path(os.path.realpath(path))  # `resolve` raises no OSError where a link leads back to itself
        mode, is_there = _mode_like(like), False
        with contextlib.suppress(FileNotFoundError), open_regular(target) as old:
            mode, is_there = _mode(old) if like is None else mode & _mode(old), True
            if isinstance(data, bytes) and os.fstat(old.fileno()).st_size == len(data) and old.read() == data:
                return
        with _new_file(target.parent, data, mode) as new:
            if not (is_there and filecmp.cmp(new.name, target, shallow=False)):
                _rename(new, target)


def change_file(path: Path, read: bytes | None, data: bytes | None, like: Path | None = None) -> None:
    """Turn what `path` holds from `read` into `data` in one step, None being no file; links are not followed. A new
    file may be read by nobody who may not read the one it is `like`.

    Raises SourceError, with the file as it is, where it cannot be written, holds something else by now, or another
    program is writing to it.
    """
    if read is None:
        if data is not None:
            _make_file(path, data, like)
        return
    with told(path), contextlib.ExitStack() as stack:
        refuse_link(path)
        refuse_changed(path, read)
        if data == read:
            return
        old = stack.enter_context(open_regular(path))
        new = None if data is None else stack.enter_context(_new_file(path.parent, data, _mode(old)))
        is_wanted = _watched(old, new)
        aside = stack.enter_context(_second_name(path))
        refuse_changed(path, read)
        if os.name == "nt":
            old.close()  # there nobody renames or deletes a file that is open, or can write to one afterwards
        if new is None:
            path.unlink()
        else:
            _rename(new, path)
        written = read if old.closed else old.read()
        if written != read or is_wanted():
            if aside is not None:
                aside.replace(path)
            elif written != read:
                replace_file(path, written)
            raise _busy(path)


def refuse_changed(path: Path, read: bytes) -> None:
    """SourceError where a file no longer holds what was read there, or is gone."""
    try:
        now = bytes_of(path)
    except FileNotFoundError:
        raise SourceError("the file was deleted meanwhile", path=str(path), remedy="nothing was written") from None
    if now != read:
        remedy = "it was left as it is; run the command again"
        raise SourceError("the file was changed meanwhile", path=str(path), remedy=remedy)


def refuse_link(path: Path) -> None:
    """SourceError for a symbolic link: what is written stays in the folder that was named."""
    if path.is_symlink():
        raise SourceError(
            "is a symbolic link", path=str(path), remedy="nothing was written; remove it, or name what it leads to"
        )


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, so that no power cut undoes a renaming that something relies on."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sweep_folder(folder: Path, endings: tuple[str, ...] = (".new", ".old")) -> None:
    """Take away what runs that died left unfinished in a folder. A run that is alive holds a lock on what it writes."""
    for name in os.listdir(folder):  # noqa: PTH208 (a Path for each name costs more than the names)
        if name.endswith(endings) and _UNFINISHED.fullmatch(name):
            with contextlib.suppress(OSError), open_regular(folder / name) as stream:
                if _hold(stream):
                    (folder / name).unlink()


def write_output(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write what a command was asked to write, piece by piece: a regular file is replaced in one step, as by
    `replace_file`, and what dead runs left beside it goes; a device, a pipe, or an open file such as `/dev/stdout` is
    written *into*.

    A run that is alive holds a lock on what it is writing. Raises SourceError when nothing can be written there.
    """
    try:
        if is_stream(path):
            own = _open_file(path)
            with path.open("wb") if own is None else os.fdopen(os.dup(own), "wb") as stream:
                stream.writelines((data,) if isinstance(data, bytes) else data)
            return
    except BrokenPipeError:
        raise
    except OSError as error:
        raise SourceError(f"cannot be written: {error.strerror or error}", path=str(path)) from error
    with contextlib.suppress(OSError):
        sweep_folder(path.parent, (".new",))
    replace_file(path, data)


_STREAMS = {"/dev/stdout": 1, "/dev/stderr": 2}
_DESCRIPTORS = re.compile(r"(?:/dev|/proc/(?:self|thread-self|\d+))/fd/(\d+)")


def _open_file(path: Path) -> int | None:
    """The number of the open file that a path such as `/dev/stdout` or `/dev/fd/63` (process substitution) names.

    Opening the path anew would begin at its start, over what others have written there.
    """
    name = path.as_posix()
    if name in _STREAMS:
        return _STREAMS[name]
    match = _DESCRIPTORS.fullmatch(name)
    return int(match[1]) if match else None


def is_stream(path: Path) -> bool:
    """Whether `write_output` writes into what has this path, a device, a pipe or an open file, and replaces nothing."""
    if _open_file(path) is not None:
        return True
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """What the system refuses, as an error that names the file."""
    try:
        yield
    except OSError as error:
        raise SourceError(
            f"cannot be written: {error.strerror or error}", path=str(path), remedy="the file was left as it was"
        ) from error


def _make_file(path: Path, data: bytes, like: Path | None) -> None:
    """Write a file that was not there; SourceError where there is one by now."""
    with told(path), _new_file(path.parent, data, _mode_like(like)) as new:
        try:
            os.link(new.name, path)
            return
        except FileExistsError:
            is_there = True
        except OSError:  # a file system without second names
            is_there = os.path.lexists(path)
        if is_there:
            raise SourceError("there is such a file by now", path=str(path), remedy="it was left as it is")
        _rename(new, path)


def _rename(new: IO[bytes], path: Path) -> None:
    if os.name == "nt":
        new.close()
    Path(new.name).replace(path)


@contextlib.contextmanager
def _new_file(folder: Path, data: bytes | Iterable[bytes | memoryview], mode: int) -> Iterator[IO[bytes]]:
    """A finished file under a name of its own, locked as long as it is there; it goes unless it gets another name."""
    descriptor, held = _named_for_now(folder)
    name = Path(held.name)
    try:
        with held:
            with os.fdopen(descriptor, "wb") as stream:
                stream.writelines((data,) if isinstance(data, bytes) else data)
                stream.flush()
                os.fsync(descriptor)
            name.chmod(mode)
            yield held
    finally:
        name.unlink(missing_ok=True)


def _named_for_now(folder: Path) -> tuple[int, IO[bytes]]:
    import tempfile

    while True:
        descriptor, name = tempfile.mkstemp(prefix=".corpuslint-", suffix=".new", dir=folder)
        with contextlib.suppress(FileNotFoundError):
            held = Path(name).open("rb")  # noqa: SIM115 (whoever asked closes it)
            _hold(held, wait=True)
            if os.fstat(descriptor).st_nlink:
                return descriptor, held
            held.close()
        os.close(descriptor)  # another run swept it away before it was locked


def _watched(old: IO[bytes], new: IO[bytes] | None) -> Callable[[], bool]:
    """Tells whether another program has begun to open a file for writing. SourceError where one has it open already.

    `new` is a file that nobody has open: where that gives no lease either, nothing can be told.
    """
    refused = (OSError, ImportError, AttributeError)
    try:
        return _lease(old)  # it ends with its descriptor
    except BlockingIOError:
        with contextlib.suppress(*refused):
            if new is not None:
                _lease(new)
                raise _busy(Path(old.name)) from None
    except refused:
        pass
    return lambda: False


def _lease(stream: IO[bytes]) -> Callable[[], bool]:
    """Take a lease on an open file, which a program that opens it for writing has to wait for: whether one waits.

    BlockingIOError where a program has the file open for writing.
    """
    import fcntl

    # Of somebody waiting the system tells by a signal; this one is ignored unless a program asks for it.
    fcntl.fcntl(stream, fcntl.F_SETSIG, signal.SIGURG)
    fcntl.fcntl(stream, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    return lambda: fcntl.fcntl(stream, fcntl.F_GETLEASE) != fcntl.F_RDLCK


def _busy(path: Path) -> SourceError:
    return SourceError(
        "another program is writing to the file",
        path=str(path),
        remedy="nothing of it is lost, and nothing was changed; run the command again when that program has closed it",
    )


@contextlib.contextmanager
def _second_name(path: Path) -> Iterator[Path | None]:
    """A second name of a file, under which it can be brought back; None where there are no second names."""
    aside = path.with_name(f".corpuslint-{os.urandom(4).hex()}.old")
    try:
        try:
            os.link(path, aside)
        except OSError:
            yield None
        else:
            yield aside
    finally:
        aside.unlink(missing_ok=True)


def _hold(stream: IO[bytes], *, wait: bool = False) -> bool:
    """Whether an open file could be locked; False where somebody holds it, or where there are no locks."""
    try:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, OSError):
        return False
    return True


@contextlib.contextmanager
def locked(lock: Path, *, wait: bool) -> Iterator[None]:
    """Hold a lock file, made where there is none; it is let go with the process at the latest.

    OSError where it is a link or no regular file, BlockingIOError where another program holds it, with `wait` for a
    minute. On Windows, which has no such locks, nothing is held.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    make_file(lock, b"")
    if lock.is_symlink():
        raise OSError(errno.ELOOP, "it is a symbolic link")
    with open_regular(lock, "r+b") as stream:
        for more in reversed(range(LOCK_TRIES if wait and lock not in _WAITED_FOR else 1)):
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _WAITED_FOR.discard(lock)
                break
            except BlockingIOError:
                if not more:
                    _WAITED_FOR.add(lock)
                    raise BlockingIOError(errno.EAGAIN, "another program holds it") from None
                time.sleep(0.05)
        yield


def make_file(path: Path, data: bytes) -> None:
    """Write a file where there is nothing, not even a link."""
    with contextlib.suppress(FileExistsError), path.open("xb") as stream:
        stream.write(data)


def _mode_like(path: Path | None) -> int:
    """The mode of a new file, as the system gives it, and no more than a file has that it is like."""
    return 0o666 & ~_umask() & (0o666 if path is None else path.stat().st_mode)


def _mode(stream: IO[bytes]) -> int:
    return stat.S_IMODE(os.fstat(stream.fileno()).st_mode)


@cache
def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
