"""One file a corpus format, reader and writer together; `endings` is the register."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from msgspec import structs

from corpuslint.formats.endings import READERS
from corpuslint.formats.reading import ReadOptions, Trouble, TroubleKind
from corpuslint.model.document import Document, DocumentId, Origin


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


def read_as(path: Path, name: str, options: ReadOptions) -> Iterator[Document | Trouble]:
    """What a file holds, as if it were called `name`."""
    for content in read(str(path), options.as_in(name)):
        origin = structs.replace(content.origin, filename=name)
        if isinstance(content, Document):
            own = content.id.removeprefix(str(path))
            yield structs.replace(content, id=DocumentId(f"{name}{own}"), origin=origin)
        else:
            yield structs.replace(content, origin=origin)
