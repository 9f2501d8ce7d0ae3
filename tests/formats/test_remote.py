"""Files that fsspec reads block by block, as those of S3 and of the Hub, give what local files give."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import fsspec
import pytest
from fsspec.spec import AbstractBufferedFile, AbstractFileSystem

from corpuslint.formats.parts import count_lines, cut, read_part
from corpuslint.formats.reading import ReadOptions
from corpuslint.model.document import Document

LINES = [json.dumps({"text": f"text {number}"}) + "\n" for number in range(60)]
CONTENT = "".join(LINES).encode()


class Blocks(AbstractBufferedFile):  # type: ignore[misc]
    """A file of which ranges are fetched."""

    def _fetch_range(self, start: int, end: int) -> bytes:
        return CONTENT[start:end]


class Store(AbstractFileSystem):  # type: ignore[misc]
    """A store of one file."""

    protocol = "blocks"

    def info(self, path: str, **_: Any) -> dict[str, Any]:
        return {"name": path, "size": len(CONTENT), "type": "file"}

    def _open(self, path: str, mode: str = "rb", **_: Any) -> Blocks:
        return Blocks(self, path, mode, size=len(CONTENT), block_size=64)


@pytest.fixture(autouse=True)
def store() -> Iterator[None]:
    fsspec.register_implementation("blocks", Store, clobber=True)
    yield


@pytest.mark.parametrize("size", [100, 1 << 20], ids=["in parts", "whole"])
def test_records_are_read_once_and_in_order(size: int) -> None:
    parts = cut("blocks://a.jsonl", lambda _: size)
    assert {part.stop > 0 for part in parts} == {size == 100}
    texts = [
        document.text for part in parts for document in read_part(part, ReadOptions()) if isinstance(document, Document)
    ]
    assert texts == [f"text {number}" for number in range(60)]
    if size == 100:
        assert sum(count_lines(part) for part in parts) == 60
