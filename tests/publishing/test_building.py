"""Building a version: the same bytes, whole or not at all, and nothing rewritten."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest

from corpuslint.errors import PublishError
from corpuslint.publishing.folder import DatasetFolder, alone
from corpuslint.publishing.parquet import COLUMNS, own_values, read_rows
from corpuslint.publishing.records import RemovedText
from tests.publishing.corpus import MARK, build, document, withheld


def tree(folder: Path) -> dict[str, str]:
    """Path -> sha256 of everything in a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def first(tmp_path: Path) -> DatasetFolder:
    """A dataset of twelve records, two stories of which were withheld."""
    return build(tmp_path / "dist", [*(document(n) for n in range(12)), withheld(90), withheld(91)]).folder


def test_the_layout_is_the_contract(first: DatasetFolder) -> None:
    names = {path.relative_to(first.path).as_posix() for path in first.path.rglob("*") if path.is_file()}
    assert names == {
        "README.md",
        "manifest.json",
        "croissant.json",
        "CHANGELOG.md",
        "data/train/part-000.parquet",
        "edits/part-000.parquet",
        "quarantine/part-000.parquet",
        "index/records.parquet",
    }
    assert (first.path.parent / "LATEST").read_text() == "1.0.0\n"


def test_the_columns_are_the_contract(first: DatasetFolder) -> None:
    row = read_rows(first.path / "data/train/part-000.parquet")[0]
    assert list(row) == [column.name for column in COLUMNS["default"]]
    assert row["id"] == "news/0000.txt"
    assert row["keywords"] == ["اقتصاد", "مدن"]
    assert row["findings"] == [{"code": "DAT004", "severity": "info", "count": 1}]
    assert row["url"] is None


def test_the_order_of_documents_changes_no_byte(tmp_path: Path) -> None:
    documents = [document(n) for n in range(40)]
    one = build(tmp_path / "one", documents, shards=4, plan="train=3,test=1").folder
    random.Random(3).shuffle(documents)
    two = build(tmp_path / "two", documents, shards=4, plan="train=3,test=1").folder
    assert tree(one.path) == tree(two.path)


def test_building_the_same_again_leaves_the_version_alone(tmp_path: Path) -> None:
    documents = [document(n) for n in range(5)]
    build(tmp_path, documents)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "news").rglob("*")}
    assert build(tmp_path, documents).unchanged
    after = {path: path.stat().st_mtime_ns for path in (tmp_path / "news/1.0.0").rglob("*")}
    assert after == {path: time for path, time in before.items() if path in after}


def test_a_version_is_never_rewritten(tmp_path: Path) -> None:
    build(tmp_path, [document(n) for n in range(5)])
    before = tree(tmp_path / "news/1.0.0")
    with pytest.raises(PublishError, match=r"version 1\.0\.0 exists and is another one"):
        build(tmp_path, [document(n) for n in range(6)])
    assert tree(tmp_path / "news/1.0.0") == before
    assert not list((tmp_path / "news").glob(".building-*"))


def test_a_leftover_of_a_killed_build_is_removed(tmp_path: Path) -> None:
    leftover = tmp_path / "news/.building-1.0.0/data"
    leftover.mkdir(parents=True)
    (leftover / "part-000.parquet").write_bytes(b"half")
    clean = build(tmp_path / "clean", [document(1)]).folder
    assert tree(build(tmp_path, [document(1)]).folder.path) == tree(clean.path)


@pytest.mark.parametrize("name", ["v1", "1.0", "1.0.0-rc1", "1.0.0+a", "01.0.0", "1.0.0 ", "١.٠.٠"])
def test_a_version_is_three_numbers(tmp_path: Path, name: str) -> None:
    with pytest.raises(PublishError, match="is not a dataset version"):
        build(tmp_path, [document(1)], version=name)


@pytest.mark.parametrize(
    ("version", "documents", "refused"),
    [
        ("1.0.1", range(6), True),
        ("1.1.0", range(6), False),
        ("1.0.1", range(5), False),
        ("2.0.0", range(6), False),
    ],
    ids=["patch-with-a-new-record", "minor-with-a-new-record", "patch-with-no-change", "major"],
)
def test_the_bump_guard(tmp_path: Path, version: str, documents: range, refused: bool) -> None:
    build(tmp_path, [document(n) for n in range(5)])
    if refused:
        with pytest.raises(PublishError, match=r"too small a step from 1\.0\.0: 1 record added"):
            build(tmp_path, [document(n) for n in documents], version=version)
        assert (tmp_path / "news/LATEST").read_text() == "1.0.0\n"
    else:
        built = build(tmp_path, [document(n) for n in documents], version=version)
        assert built.folder.manifest.previous is not None
        assert (tmp_path / "news/LATEST").read_text() == f"{version}\n"


def test_other_splits_ask_for_a_major_step(tmp_path: Path) -> None:
    build(tmp_path, [document(n) for n in range(5)])
    with pytest.raises(PublishError, match="at least a major step"):
        build(tmp_path, [document(n) for n in range(5)], version="1.1.0", plan="train=1,test=1")


@pytest.mark.parametrize("documents", [[], [withheld(1)]], ids=["no-input", "all-withheld"])
def test_nothing_left_makes_no_version(tmp_path: Path, documents: list[object]) -> None:
    with pytest.raises(PublishError, match="no record"):
        build(tmp_path, documents)  # type: ignore[arg-type]
    assert [path.name for path in (tmp_path / "news").iterdir()] == [".lock"]


def test_what_is_withheld_says_why(first: DatasetFolder) -> None:
    rows = list(first.rows("quarantine"))
    assert [(row["id"], row["reason"], row["codes"], row["messages"]) for row in rows] == [
        ("news/0090.txt", "error-left", ["ENC001"], ["ENC001: bytes that are no text"]),
        ("news/0091.txt", "error-left", ["ENC001"], ["ENC001: bytes that are no text"]),
    ]


@pytest.mark.parametrize(
    ("policy", "removed", "hashed"),
    [(RemovedText.FULL, f"\n{MARK}", True), (RemovedText.HASH, None, True), (RemovedText.NONE, None, False)],
    ids=lambda value: getattr(value, "value", None),
)
def test_removed_text(tmp_path: Path, policy: RemovedText, removed: str | None, hashed: bool) -> None:
    folder = build(tmp_path, [document(1), withheld(2)], removed_text=policy).folder
    row = next(iter(folder.rows("edits")))
    assert (row["removed"], row["removed_length"], row["removed_sha256"] is not None) == (removed, 14, hashed)
    assert (next(iter(folder.rows("quarantine")))["text"] is None) == (policy is not RemovedText.FULL)


def test_a_full_disk_leaves_no_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = Path.write_text

    def full(self: Path, *arguments: str, **options: str) -> int:
        if self.name == "croissant.json":
            raise OSError(28, "No space left on device", str(self))
        return write(self, *arguments, **options)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(PublishError, match=r"No space left on device\); none was made\n  Free some space"):
        build(tmp_path, [document(1)])
    assert [path.name for path in (tmp_path / "news").iterdir()] == [".lock"]


def test_two_builds_at_once_do_not_mix(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    with alone(tmp_path / "news"), pytest.raises(PublishError, match="somebody else is writing to this dataset"):
        build(tmp_path, [document(1)])
    assert build(tmp_path, [document(1)]).folder.manifest.version == "1.0.0"


def test_a_version_edited_by_hand_is_not_built_upon_in_silence(tmp_path: Path) -> None:
    folder = build(tmp_path, [document(1)]).folder
    (folder.path / "README.md").write_text("mine")
    with pytest.raises(PublishError, match=r"is another one: README\.md differ"):
        build(tmp_path, [document(1)])
    with pytest.raises(PublishError, match=r"1\.0\.0: the version before is not what its manifest says"):
        build(tmp_path, [document(1), document(2)], version="1.1.0")


def test_no_empty_config(tmp_path: Path) -> None:
    folder = build(tmp_path, [document(1)]).folder
    assert not (folder.path / "quarantine").exists()
    assert "config_name: quarantine" not in (folder.path / "README.md").read_text()


def test_the_same_id_in_two_files(tmp_path: Path) -> None:
    from msgspec.structs import replace

    one, two = (replace(document(n), record_id="7", of_many=True, file=f"{n}.jsonl") for n in (1, 2))
    forward = build(tmp_path / "a", [one, two]).folder
    backward = build(tmp_path / "b", [two, one]).folder
    assert [row["id"] for row in forward.rows("default")] == ["1.jsonl#7", "2.jsonl#7"]
    assert {row["id"] for row in forward.rows("edits")} == {"1.jsonl#7", "2.jsonl#7"}
    assert tree(forward.path) == tree(backward.path)


def test_source_date_epoch_is_the_only_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert build(tmp_path / "a", [document(1), document(4)]).folder.manifest.date == "2024-05-15"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert build(tmp_path / "b", [document(1)]).folder.manifest.date == "1970-01-02"


def test_the_last_value_of_a_field_that_comes_twice_holds_also_where_it_is_null() -> None:
    assert own_values([("views", "1"), ("views", "null")], {"views": "int64"}) == {"views": None}
