"""A file cut into parts gives the documents of the whole file, once each, wherever the cuts fall."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from corpuslint.formats import read
from corpuslint.formats.parts import Part, count_lines, cut, read_part
from corpuslint.formats.reading import ReadOptions


def numbered(parts: tuple[Part, ...]) -> list[Part]:
    """Parts with the index of their first line, as a plan's counting round gives it."""
    first, found = 0, []
    for part in parts:
        found.append(structs.replace(part, first=first))
        first += count_lines(part)
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("parts")


@given(
    lines=st.lists(st.text("ab\u0628", max_size=8), max_size=8),
    target=st.integers(1, 40),
    last_newline=st.booleans(),
)
def test_parts_of_json_lines_are_the_whole(folder: Path, lines: list[str], target: int, last_newline: bool) -> None:
    path = folder / "a.jsonl"
    content = "\n".join(json.dumps({"text": line}) if line else "" for line in lines) + "\n" * last_newline
    path.write_text(content)
    whole = list(read(str(path), ReadOptions()))
    parts = numbered(cut(str(path), lambda _: target))
    assert [document for part in parts for document in read_part(part, ReadOptions())] == whole


@pytest.mark.parametrize("target", [1, 300, 10**9])
def test_row_groups_of_parquet_are_the_whole(tmp_path: Path, target: int) -> None:
    path = tmp_path / "a.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"text": [f"نص {n}" for n in range(23)]}), path, row_group_size=4)
    parts = cut(str(path), lambda _: target)
    assert len(parts) == {1: 6, 300: 2, 10**9: 1}[target] or target == 300
    whole = list(read(str(path), ReadOptions()))
    assert [document for part in parts for document in read_part(part, ReadOptions())] == whole


def test_a_missing_file_is_one_part(tmp_path: Path) -> None:
    assert cut(str(tmp_path / "gone.jsonl"), lambda _: 10) == (Part(str(tmp_path / "gone.jsonl")),)
