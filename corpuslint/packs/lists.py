"""Files of a pack: its lists, one entry a line, and its Python, as modules. Whatever that does, it does as you."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import sys
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from types import ModuleType

from corpuslint.errors import PackError
from corpuslint.facts.phrasebook import files_of
from corpuslint.formats.streams import MOST_KEPT, text_or
from corpuslint.text.patterns import compile_re


def is_shipped_list(listed: str) -> bool:
    """Whether a word such as `sources/outlets` names a list of a shipped pack."""
    return bool(_LISTED.fullmatch(listed)) and files_of(*listed.split("/"))[0].is_file()


_LISTED = compile_re(r"[a-z]+/[a-z0-9-]+")


def rows_in(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The entries of a list: the number of each line that is no comment, and its parts between tabs."""
    for row, line in enumerate(text_or(path, partial(PackError, path=str(path)), MOST_KEPT).splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield row, [part.strip() for part in line.split("\t")]


def phrases_in(path: Path) -> tuple[str, ...]:
    """The phrases of a list file: one entry a line, `language TAB phrase`; `#` starts a comment line."""
    return tuple(phrase for _, phrase in _pairs_in(path, "language TAB phrase", r"[a-z]{2,3}|\*"))


def pairs_in(path: Path) -> tuple[tuple[str, str], ...]:
    """The entries `wrong TAB right` of a file, of which there must be some."""
    if pairs := tuple(_pairs_in(path, "wrong TAB right", ".+")):
        return pairs
    raise PackError("holds no entry", path=str(path))


def _pairs_in(path: Path, written: str, first: str) -> Iterator[tuple[str, str]]:
    for row, parts in rows_in(path):
        left, right = parts[0], " ".join(parts[1:])
        if not right or not re.fullmatch(first, left):
            raise PackError(f"an entry is written `{written}`", path=str(path), line=row)
        yield left, right


@cache
def module_of(path: Path) -> ModuleType:
    """The module that a Python file of a pack is, run once in a process.

    Raises PackError, with the line of the file, for whatever running it raises.
    """
    digest = hashlib.blake2b(os.path.realpath(path).encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()
    name = f"corpuslint_pack_{re.sub(r'[^A-Za-z0-9]', '_', path.parent.name)}_{digest}_{path.stem}"
    if name in sys.modules:
        return sys.modules[name]
    specification = importlib.util.spec_from_file_location(name, path)
    if specification is None or specification.loader is None:
        raise PackError("is not a Python file", path=str(path))
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    try:
        specification.loader.exec_module(module)
    except Exception as error:
        del sys.modules[name]
        line = error.lineno or 0 if isinstance(error, SyntaxError) else _line_of(error, path)
        raise PackError(f"{type(error).__name__}: {error}", path=str(path), line=line) from error
    return module


def _line_of(error: BaseException, path: Path) -> int:
    """The last line of `path` that the traceback of `error` passes through; 0 when it does not."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
