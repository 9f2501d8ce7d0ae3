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
        target = path.resolve()
        with contextlib.suppress(FileNotFoundError):
            mode = stat.S_IMODE(target.stat().st_mode)
            if target.read_bytes() == data:
                return
        descriptor, temporary = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
        with os.fdopen(descriptor, "wb") as stream:
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


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
