"""One file a corpus format, reader and writer together; `endings` is the register."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from typing import Protocol

from corpuslint.formats.endings import READERS
from corpuslint.formats.reading import ReadOptions, Trouble, TroubleKind
from corpuslint.model.document import Document, Origin


class Reader(Protocol):
    """A module that reads one format."""

    def read(self, filename: str, options: ReadOptions, *between: int) -> Iterator[Document | Trouble]: ...


def read(filename: str, options: ReadOptions, *between: int) -> Iterator[Document | Trouble]:
    """Every document of one file, in order, and trouble in its place.

    Of a format that can be cut, those from one place to another: where they begin and end, and the index of the first.
    """
    name = filename.lower()
    for ending in sorted(READERS, key=len, reverse=True):
        if name.endswith(ending):
            reader: Reader = importlib.import_module(READERS[ending])
            yield from options.completed(reader.read(filename, options, *between), filename)
            return
    if os.path.isdir(filename):  # noqa: PTH112
        yield Trouble(TroubleKind.UNREADABLE, "it is a folder that cannot be listed", Origin(filename))
        return
    known = ", ".join(sorted(READERS))
    yield Trouble(TroubleKind.SKIPPED, f"its name ends in none of {known}", Origin(filename))
