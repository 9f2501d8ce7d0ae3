"""A corpus with copies, checked and built: copies are withheld, editions of a story stay in one split."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from corpuslint import Applicability, build, check, fix
from corpuslint.config.settings import Settings
from corpuslint.pipeline.drive import Execution
from corpuslint.publishing.manifest import Version
from corpuslint.publishing.parquet import read_rows
from corpuslint.publishing.splits import SplitPlan

WORDS = [f"{a}{b}{c}" for a in "بتجحدر" for b in "ايو" for c in "سشعفقل"]
SETTINGS = Settings(select=("DUP",))


def corpus(folder: Path, stories: int = 30) -> Path:
    """Every story in two editions that differ by three words, and an exact copy of the first."""
    records = []
    for seed in range(stories):
        words = random.Random(seed).choices(WORDS, k=150)
        edition = [word if place not in (20, 70, 120) else "غيرها" for place, word in enumerate(words)]
        records += [{"id": f"{seed}-a", "text": " ".join(words)}, {"id": f"{seed}-b", "text": " ".join(edition)}]
    records.append({"id": "copy", "text": records[0]["text"]})
    random.Random(1).shuffle(records)
    folder.mkdir()
    half = len(records) // 2
    for name, part in (("a.jsonl", records[:half]), ("b.jsonl", records[half:])):
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in part)
        (folder / name).write_text(lines, "utf-8")
    return folder


def codes(folder: Path, execution: Execution) -> list[tuple[str, str, str]]:
    outcome = check([str(folder)], SETTINGS, execution=execution)
    return [(found.code, found.document, found.message) for found in outcome.report.findings]


def test_every_engine_finds_the_same(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "in")
    serial = codes(folder, Execution(executor="serial", cache=False))
    assert serial == codes(folder, Execution(executor="processes", jobs=2, cache=False))
    assert [code for code, _, _ in serial].count("DUP001") == 1
    assert [code for code, _, _ in serial].count("DUP002") == 30


def test_one_text_alone_is_not_compared(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("افتتح الوزير المكتبة الجديدة", "utf-8")
    assert codes(tmp_path, Execution(executor="serial", cache=False)) == []


def test_a_proven_second_story_leaves_its_document(tmp_path: Path) -> None:
    own, *other = (
        " ".join(random.Random(seed).choices(WORDS, k=count)) for seed, count in ((1, 500), (2, 99), (3, 99))
    )
    (tmp_path / "a.txt").write_text("\n".join((own, *other, "")), "utf-8")
    (tmp_path / "b.txt").write_text("\n".join((*other, "")), "utf-8")
    settings = Settings(select=("MIX006",))
    built = build([str(tmp_path)], settings, name="n", version=Version.parse("1.0.0"), out=tmp_path / "dist")
    rows = read_rows(built.folder.path / "data/train/part-000.parquet")
    assert {row["id"]: row["text"].split("\n")[:-1] for row in rows} == {"a.txt": [own], "b.txt": other}
    fix([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], settings, Applicability.UNSAFE)
    assert (tmp_path / "a.txt").read_text("utf-8") == f"{own}\n"


def test_editions_of_a_story_never_cross_splits(tmp_path: Path) -> None:
    built = build(
        [str(corpus(tmp_path / "in"))],
        SETTINGS,
        name="n",
        version=Version.parse("1.0.0"),
        out=tmp_path / "dist",
        plan=SplitPlan.parse("train=0.5,test=0.5"),
    )
    split_of = {
        row["id"]: split
        for split in ("train", "test")
        for row in read_rows(built.folder.path / f"data/{split}/part-000.parquet")
    }
    assert len(split_of) == 60
    assert dict(built.withheld) == {"DUP001": 1}
    stories = {name.partition("-")[0] for name in split_of} - {"copy"}
    assert all(split_of[f"{story}-a"] == split_of[f"{story}-b"] for story in stories - {"0"})
    assert {split_of[name] for name in ("0-a", "0-b", "copy") if name in split_of} in ({"train"}, {"test"})


@pytest.mark.parametrize("ignored", [("DUP001",), ("DUP001", "DUP002", "DUP003", "DUP004")])
def test_what_is_ignored_in_a_file_is_not_reported_there(tmp_path: Path, ignored: tuple[str, ...]) -> None:
    folder = corpus(tmp_path / "in")
    settings = Settings(select=("DUP",), per_file_ignores={"*.jsonl": ignored})
    outcome = check([str(folder)], settings, execution=Execution(executor="serial", cache=False))
    assert not {found.code for found in outcome.report.findings} & set(ignored)
