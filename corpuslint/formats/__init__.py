"""One file a corpus format, reader and writer together; this page is the register."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Protocol

from corpuslint.formats.reading import ReadOptions, Trouble, TroubleKind
from corpuslint.model.document import Document, Origin

READERS: dict[str, str] = {
    ".txt": "corpuslint.formats.text",
    ".jsonl": "corpuslint.formats.jsonl",
    ".jsonl.gz": "corpuslint.formats.jsonl",
    ".jsonl.zst": "corpuslint.formats.jsonl",
    ".parquet": "corpuslint.formats.parquet",
    ".csv": "corpuslint.formats.csv",
}
"""File name ending -> the module whose `read(filename, options)` yields its documents."""


class Reader(Protocol):
    """A module that reads one format."""

    def read(self, filename: str, options: ReadOptions) -> Iterator[Document | Trouble]: ...


def read(filename: str, options: ReadOptions) -> Iterator[Document | Trouble]:
    """Every document of one file, in order, and trouble in its place."""
    for ending in sorted(READERS, key=len, reverse=True):
        if filename.endswith(ending):
            reader: Reader = importlib.import_module(READERS[ending])
            yield from reader.read(filename, options)
            return
    known = ", ".join(sorted(READERS))
    yield Trouble(TroubleKind.SKIPPED, f"its name ends in none of {known}", Origin(filename))
