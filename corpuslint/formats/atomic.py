"""Files that are either old or new, never half: write beside, sync, rename."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import tempfile
from pathlib import Path

from corpuslint.errors import SourceError


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` under `path` in one step. Mode is kept, a symbolic link is followed, equal content is left alone.

    Raises SourceError when the file cannot be written; the old file is then still whole.
    """
    mode: int | None = None
    temporary = ""
    try:
        target = Path(os.path.realpath(path))  # `resolve` raises no OSError where a link leads back to itself
        with contextlib.suppress(FileNotFoundError):
            mode = stat.S_IMODE(target.stat().st_mode)
            if target.read_bytes() == data:
                return
        descriptor, temporary = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
        with os.fdopen(descriptor, "wb") as stream:
            _hold(stream.fileno())
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(mode if mode is not None else 0o666 & ~_umask())
        Path(temporary).replace(target)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise SourceError(
            f"cannot be written: {error.strerror or error}", origin=str(path), remedy="the file was left as it was"
        ) from error


def write_output(path: Path, data: bytes) -> None:
    """Write what a command was asked to write: a regular file is replaced in one step, as by `replace_file`, and what
    dead runs left beside it goes; a device, a pipe, or an open file such as `/dev/stdout` is written *into*.

    A run that is alive holds a lock on what it is writing. Raises SourceError when nothing can be written there.
    """
    try:
        if (own := _open_file(path)) is not None:
            with os.fdopen(os.dup(own), "wb") as stream:
                stream.write(data)
            return
        if is_stream(path):
            with path.open("wb", buffering=0) as device:
                left = memoryview(data)
                while left:
                    left = left[device.write(left) :]
            return
    except BrokenPipeError:
        raise
    except OSError as error:
        raise SourceError(f"cannot be written: {error.strerror or error}", origin=str(path)) from error
    with contextlib.suppress(OSError):
        for name in os.listdir(path.parent):  # noqa: PTH208 (a Path for each name costs more than the names)
            if name.startswith(f".{path.name}.") and name.endswith(".tmp"):
                with path.with_name(name).open("rb") as stream:
                    if _hold(stream.fileno()):
                        path.with_name(name).unlink()
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


def is_being_written(path: Path) -> bool:
    """Whether a run that is alive writes this unfinished file; False where there are no locks."""
    try:
        import fcntl

        with path.open("rb") as stream:
            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except (ImportError, OSError):
        return False
    return False


def _hold(descriptor: int) -> bool:
    """Whether an open file could be locked; False where somebody holds it, or where there are no locks."""
    try:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, OSError):
        return False
    return True


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
