"""Every format gives the same documents, and says what is wrong with a file that is not whole."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from backports import zstd

from corpuslint.errors import ConfigError
from corpuslint.formats import read
from corpuslint.formats.files import look
from corpuslint.formats.reading import ReadOptions, Trouble, TroubleKind
from corpuslint.formats.streams import text_or
from corpuslint.model.document import Document, Origin
from tests.conftest import Corpuslint

RECORDS = [
    {"id": f"n{n}", "text": f'وصل الوفد إلى العاصمة رقم {n}.\nثم غادر،\n"شاكرا"', "title": f"عنوان {n}", "url": ""}
    for n in range(5)
]
LINES = b"".join(json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in RECORDS)


def write_csv(path: Path, records: list[dict[str, str]], separator: str = ",", encoding: str = "utf-8") -> None:
    import csv

    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, list(records[0]), delimiter=separator)
        writer.writeheader()
        writer.writerows(records)


WRITERS: dict[str, Callable[[Path], object]] = {
    "a.jsonl": lambda path: path.write_bytes(LINES),
    "a.jsonl.gz": lambda path: path.write_bytes(gzip.compress(LINES)),
    "two-members.jsonl.gz": lambda path: path.write_bytes(gzip.compress(LINES[:90]) + gzip.compress(LINES[90:])),
    "a.jsonl.zst": lambda path: path.write_bytes(zstd.compress(LINES)),
    "two-frames.jsonl.zst": lambda path: path.write_bytes(zstd.compress(LINES[:90]) + zstd.compress(LINES[90:])),
    "a.parquet": lambda path: pyarrow.parquet.write_table(pyarrow.Table.from_pylist(RECORDS), path, row_group_size=2),
    "a.csv": lambda path: write_csv(path, RECORDS),
    "semicolons.csv": lambda path: write_csv(path, RECORDS, ";"),
    "excel.csv": lambda path: write_csv(path, RECORDS, encoding="utf-8-sig"),
    "old.csv": lambda path: write_csv(path, RECORDS, encoding="windows-1256"),
    "wide.csv": lambda path: write_csv(
        path, [{"text": record["text"], **record} for record in RECORDS], "\t", "utf-16"
    ),
}


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_gives_the_same_documents(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    WRITERS[name](path)
    documents = list(read(str(path), ReadOptions()))
    assert [
        (document.text, document.declared("title"), document.origin.index, document.origin.record_id)
        for document in documents
        if isinstance(document, Document)
    ] == [(record["text"], record["title"], index, record["id"]) for index, record in enumerate(RECORDS)]


@pytest.mark.parametrize("name", WRITERS)
def test_a_folder_finds_every_format(tmp_path: Path, name: str) -> None:
    WRITERS[name](tmp_path / name)
    assert list(look([str(tmp_path)]).files) == [(tmp_path / name).as_posix()]


def test_a_field_map_renames_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"body": ["نص"], "headline": ["عنوان"]}), path)
    (document,) = read(str(path), ReadOptions(fields={"text": "body", "title": "headline"}))
    assert isinstance(document, Document)
    assert (document.text, document.metadata) == ("نص", {"title": "عنوان"})


def test_parquet_dates_and_lists_become_metadata(tmp_path: Path) -> None:
    import datetime

    path = tmp_path / "a.parquet"
    table = pyarrow.table(
        {"text": ["نص"], "published": [datetime.date(2024, 3, 1)], "keywords": [["مصر", "اقتصاد"]], "url": [None]}
    )
    pyarrow.parquet.write_table(table, path)
    (document,) = read(str(path), ReadOptions())
    assert isinstance(document, Document)
    assert document.metadata == {"published": "2024-03-01", "keywords": ("مصر", "اقتصاد")}


def troubles(path: Path) -> list[str]:
    """The reasons given for a file, after the documents before them."""
    return [entry.reason for entry in read(str(path), ReadOptions()) if isinstance(entry, Trouble)]


def pairs(path: Path) -> tuple[int, int]:
    """How many documents and how many troubles a file gives."""
    entries = list(read(str(path), ReadOptions()))
    found = sum(isinstance(entry, Trouble) for entry in entries)
    return len(entries) - found, found


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl.gz", gzip.compress(LINES * 500)[:-200]),
        ("a.jsonl.zst", zstd.compress(LINES * 500, 1)[:-20]),
    ],
)
def test_a_truncated_file_says_so_after_what_could_be_read(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    reasons = troubles(tmp_path / name)
    assert len(reasons) >= 1
    assert reasons[-1].endswith("stream ends in the middle")


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst", "a.parquet"])
def test_a_file_of_something_else_is_unreadable(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"this is no archive at all, whatever its name says")
    assert pairs(tmp_path / name) == (0, 1)


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst", "a.csv"])
def test_an_empty_file_holds_nothing(tmp_path: Path, name: str) -> None:
    empty = {".gz": gzip.compress(b""), "zst": zstd.compress(b"")}.get(name[-3:], b"")
    (tmp_path / name).write_bytes(empty)
    assert pairs(tmp_path / name) == ((0, 1) if name == "a.csv" else (0, 0))


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    pyarrow.parquet.write_table(pyarrow.table({"body": ["نص"]}), tmp_path / "a.parquet")
    assert troubles(tmp_path / "a.parquet") == ["it has no column 'text', only body (`[fields]` names yours)"]


@pytest.mark.parametrize("name", ["a.csv", "a.parquet"])
@pytest.mark.parametrize("columns", [["text", "text"], ["text", "note", "note"]], ids=["text", "own"])
def test_two_columns_of_one_name_are_refused(tmp_path: Path, name: str, columns: list[str]) -> None:
    path = tmp_path / name
    if name == "a.csv":
        path.write_text(",".join(columns) + "\n" + ",".join("نص" for _ in columns) + "\n", "utf-8")
    else:
        pyarrow.parquet.write_table(pyarrow.table([["نص"] for _ in columns], names=columns), path)
    reason = f"2 columns are called '{columns[-1]}', so it is not clear which one holds: rename one"
    assert [*read(str(path), ReadOptions())] == [Trouble(TroubleKind.UNREADABLE, reason, Origin(str(path)))]


@pytest.mark.parametrize("value", [RECORDS, RECORDS[0]], ids=["list", "record"])
def test_json_over_several_lines_is_refused_once(tmp_path: Path, value: object) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(value, indent=2), "utf-8")
    size = path.stat().st_size
    assert troubles(path) == [
        "it is one JSON value over several lines, and here each line is a record: convert it with `jq -c`, a list with "
        "`jq -c '.[]'`"
    ]
    assert [*read(str(path), ReadOptions(), size // 2, size, 1)] == []


def test_a_list_in_one_line_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(RECORDS), "utf-8")
    assert troubles(tmp_path / "a.jsonl") == ["not a JSON object: write each one of the list on a line"]


def test_a_record_with_two_texts_is_broken(tmp_path: Path) -> None:
    records = ('{"text": "نص", "text": "آخر"}', '{"text": "قال \\"text\\"", "notes": [{"text": "هامش"}]}')
    (tmp_path / "a.jsonl").write_text("\n".join(records), "utf-8")
    assert troubles(tmp_path / "a.jsonl") == [
        "it has the field 'text' twice, so it is not clear which one holds: leave out one"
    ]
    assert pairs(tmp_path / "a.jsonl") == (1, 1)


def test_columns_without_a_name_may_be_many(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,,\nنص,,\n", "utf-8")
    assert pairs(tmp_path / "a.csv") == (1, 0)


def test_a_quote_that_is_never_closed_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,text\n1,نص\n2,"نص ثان\n3,نص ثالث\n4,نص رابع\n', "utf-8")
    reason = "lines 3 to 5: a quote is opened and never closed: close it, or double it"
    documents = [*read(str(path), ReadOptions())]
    assert documents[1:] == [Trouble(TroubleKind.UNREADABLE, reason, Origin(str(path)))]
    assert isinstance(documents[0], Document)


def test_a_quote_inside_a_field_is_named_by_its_line_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('id,text\n1,"قال "نعم" ثم سكت"\n2,"نص ""ثان"" هنا"\n', "utf-8")
    assert troubles(tmp_path / "a.csv") == ["not valid CSV in line 2: a quote inside a field is not doubled"]
    assert [one.text for one in read(str(tmp_path / "a.csv"), ReadOptions()) if isinstance(one, Document)] == [
        'نص "ثان" هنا'
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_lines_of_json_in_utf16_are_refused_once(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(LINES.decode().encode(encoding))
    size = path.stat().st_size
    assert troubles(path) == [
        "it is written in UTF-16, and lines of JSON are in UTF-8: convert it with `iconv -f UTF-16 -t UTF-8`"
    ]
    assert [*read(str(path), ReadOptions(), size // 2, size, 1)] == []


def test_of_many_columns_some_are_named(tmp_path: Path) -> None:
    pyarrow.parquet.write_table(pyarrow.table({f"c{number}": [1] for number in range(200)}), tmp_path / "a.parquet")
    (reason,) = troubles(tmp_path / "a.parquet")
    assert reason.endswith("c18, c19 and 180 more (`[fields]` names yours)")
    (tmp_path / "a.csv").write_bytes(b"")
    assert troubles(tmp_path / "a.csv") == ["it is empty"]


def test_a_row_without_text_is_broken_and_the_rest_is_read(tmp_path: Path) -> None:
    pyarrow.parquet.write_table(pyarrow.table({"text": ["نص", None, "نص"]}), tmp_path / "a.parquet")
    assert pairs(tmp_path / "a.parquet") == (2, 1)


def test_a_short_csv_row_is_broken_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,text\n1,نص\n2\n3,نص\n")
    assert troubles(tmp_path / "a.csv") == ["the row has 1 fields, the header 2"]
    assert pairs(tmp_path / "a.csv") == (2, 1)


def test_the_first_record_of_a_csv_that_is_not_utf8_says_so(corpuslint: Corpuslint, tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", RECORDS, encoding="windows-1256")
    run = corpuslint("check", tmp_path, "--isolated", "--select", "ENC", "--output-format", "json")
    (found,) = json.loads(run.out)
    assert (found["code"], found["message"], found["record"]["index"]) == (
        "ENC001",
        "the file is Windows-1256, not UTF-8",
        0,
    )


def test_metadata_beside_a_text_in_another_encoding_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("نص\n", "utf-8")
    (tmp_path / "a.meta.json").write_bytes('{"source": "صحيفة"}'.encode("windows-1256"))
    assert troubles(tmp_path / "a.txt") == ["not written in UTF-8: convert the file first"]


def test_a_url_is_read_like_a_file() -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    memory.pipe("/corpus/b/a.jsonl.gz", gzip.compress(LINES))
    memory.pipe("/corpus/c.txt", "نص".encode())
    memory.pipe("/corpus/c.meta.json", '{"source": "الوكالة"}'.encode())
    memory.pipe("/corpus/notes.md", b"no corpus file")
    try:
        assert list(look(["memory://corpus"]).files) == ["memory:///corpus/b/a.jsonl.gz", "memory:///corpus/c.txt"]
        assert len(list(read("memory:///corpus/b/a.jsonl.gz", ReadOptions()))) == 5
        (document,) = read("memory:///corpus/c.txt", ReadOptions())
        assert isinstance(document, Document)
        assert (document.text, document.declared("source")) == ("نص", "الوكالة")
    finally:
        memory.rm("/corpus", recursive=True)


def test_a_url_that_is_not_there_is_trouble() -> None:
    (trouble,) = read("memory://nowhere/a.jsonl", ReadOptions())
    assert isinstance(trouble, Trouble)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a mark"])
def test_a_byte_that_is_no_utf8_is_counted_from_the_beginning_of_the_file(tmp_path: Path, mark: bytes) -> None:
    (path := tmp_path / "a.toml").write_bytes(mark + b"ab\xff")
    with pytest.raises(ConfigError, match=f"not UTF-8 \\(byte {len(mark) + 3}\\)"):
        text_or(path, partial(ConfigError, path=str(path)))
