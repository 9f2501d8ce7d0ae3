"""Other people's readers read what we publish: `datasets`, `mlcroissant`, DuckDB, Polars. Each is skipped if absent."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from corpuslint.publishing.folder import DatasetFolder
from tests.publishing.corpus import build, document, text_of, withheld


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> DatasetFolder:
    """A version of two splits with everything in it."""
    documents = [document(n) for n in range(30)]
    return build(tmp_path_factory.mktemp("dist"), [*documents, withheld(90)], plan="train=2,test=1", shards=2).folder


def test_datasets_loads_every_config_and_the_types_hold(folder: DatasetFolder, tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    loaded = datasets.load_dataset(str(folder.path), cache_dir=str(tmp_path))
    assert {name: len(split) for name, split in loaded.items()} == folder.manifest.split_rows()
    rows = {row["id"]: row for split in loaded.values() for row in split}
    assert rows["news/0003.txt"]["text"] == text_of(3)
    assert rows["news/0000.txt"]["findings"] == [{"code": "DAT004", "severity": "info", "count": 1}]
    assert rows["news/0000.txt"]["keywords"] == ["اقتصاد", "مدن"]
    assert str(loaded["train"].info.version) == "1.0.0"
    edits = datasets.load_dataset(str(folder.path), "edits", split="train", cache_dir=str(tmp_path))
    held = datasets.load_dataset(str(folder.path), "quarantine", split="train", cache_dir=str(tmp_path))
    assert (len(edits), len(held)) == (31, 1)
    streamed = datasets.load_dataset(str(folder.path), split="test", streaming=True, cache_dir=str(tmp_path))
    assert len(list(streamed)) == folder.manifest.split_rows()["test"]


def test_two_datasets_of_one_version_do_not_share_a_cache(tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    one = build(tmp_path / "one", [document(1)]).folder
    two = build(tmp_path / "two", [document(2)]).folder
    texts = [
        datasets.load_dataset(str(folder.path), split="train", cache_dir=str(tmp_path / "cache"))[0]["text"]
        for folder in (one, two)
    ]
    assert texts == [text_of(1), text_of(2)]


_CROISSANT = """
import json, sys
import mlcroissant
dataset = mlcroissant.Dataset(jsonld=sys.argv[1])
issues = dataset.metadata.issues
out = {"errors": sorted(issues.errors), "warnings": sorted(issues.warnings), "records": {}}
for name in ("default", "edits", "quarantine"):
    record = next(iter(dataset.records(name)))
    said = {key: value.decode() if isinstance(value, bytes) else str(value) for key, value in record.items()}
    out["records"][name] = said
print(json.dumps(out))
"""


def test_mlcroissant_validates_and_reads_a_record(folder: DatasetFolder) -> None:
    pytest.importorskip("mlcroissant")
    command = [sys.executable, "-c", _CROISSANT, str(folder.path / "croissant.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout)
    assert said["errors"] == []
    rows = {row["id"]: row for row in folder.rows("default")}
    record = said["records"]["default"]
    assert record["default/text"] == rows[record["default/id"]]["text"]
    assert record["default/split"] in ("train", "test")
    assert said["records"]["edits"]["edits/code"] == "ART002"
    assert said["records"]["quarantine"]["quarantine/reason"] == "error-left"


def test_duckdb_and_polars_read_the_parquet(folder: DatasetFolder) -> None:
    duckdb, polars = pytest.importorskip("duckdb"), pytest.importorskip("polars")
    pattern = str(folder.path / "data/*/*.parquet")
    count, text = duckdb.sql(
        f"select count(*), max(text) filter (where id = 'news/0003.txt') from read_parquet('{pattern}')"
    ).fetchall()[0]
    assert (count, text) == (30, text_of(3))
    frame = polars.read_parquet(pattern)
    assert frame.filter(polars.col("id") == "news/0003.txt")["keywords"].to_list() == [["اقتصاد", "مدن"]]
