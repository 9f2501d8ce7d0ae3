"""Lists of a pack, one entry a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

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
