"""Files that are either old or new, never half: write beside, sync, rename."""

from __future__ import annotations

import contextlib
import os
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


def replace_output(path: Path, data: bytes) -> None:
    """`replace_file` for a file that a command is asked to write: what dead runs left beside it goes too.

    A run that is alive holds a lock on what it is writing.
    """
    with contextlib.suppress(OSError):
        for name in os.listdir(path.parent):  # noqa: PTH208 (a Path for each name costs more than the names)
            if name.startswith(f".{path.name}.") and name.endswith(".tmp"):
                with path.with_name(name).open("rb") as stream:
                    if _hold(stream.fileno()):
                        path.with_name(name).unlink()
    replace_file(path, data)


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
