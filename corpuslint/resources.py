"""Where files lie: rule packs and JSON Schemas shipped beside the code, and what is kept between runs.

In a wheel they are copied into the package (`corpuslint/_data`); in a checkout or an editable install they are the
top-level folders `rules/` and `schemas/`, and the copy, if one is left over, is stale. Every path goes through here.
"""

from __future__ import annotations

import hashlib
import marshal
import os
from pathlib import Path
from typing import Any

from corpuslint.version import __version__

_PACKAGE = Path(__file__).resolve().parent
_DIGEST_SIZE = 16


def _shipped(name: str) -> Path:
    checkout = _PACKAGE.parent / name
    if (_PACKAGE.parent / "pyproject.toml").is_file() and checkout.is_dir():
        return checkout
    return _PACKAGE / "_data" / name


def rules_folder() -> Path:
    """The folder whose sub-folders are the shipped rule packs."""
    return _shipped("rules")


def schemas_folder() -> Path:
    """The folder that holds the generated JSON Schemas."""
    return _shipped("schemas")


def cache_folder() -> Path:
    """Where compiled automata are kept between runs: `CORPUSLINT_CACHE_DIR`, else the user's cache folder."""
    chosen = os.environ.get("CORPUSLINT_CACHE_DIR")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "corpuslint"


def keep(path: Path, data: bytes) -> None:
    """Put `data` under `path` in one step; a cache that cannot be written is no reason to stop."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)


def kept_table(name: str, made_by: str) -> dict[Any, Any]:
    """The table that `keep_table` last kept under this name for the same maker; empty where there is none.

    A file that another user owns, or that is not whole, is none.
    """
    try:
        with _table_path(name, made_by).open("rb") as file:
            if hasattr(os, "getuid") and os.fstat(file.fileno()).st_uid != os.getuid():
                return {}
            digest, data = file.read(_DIGEST_SIZE), file.read()
        table = marshal.loads(data) if _digest(data) == digest else {}
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return table if isinstance(table, dict) else {}


def keep_table(name: str, made_by: str, table: dict[Any, Any]) -> None:
    """Keep a table of plain data between runs, beside those of other makers (versions of Python, of the lists)."""
    data = marshal.dumps(table)
    keep(_table_path(name, made_by), _digest(data) + data)


def _table_path(name: str, made_by: str) -> Path:
    return cache_folder() / "tables" / f"{name}-{_digest(f'{__version__} {made_by}'.encode()).hex()}"


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST_SIZE).digest()
