"""Half a surrogate pair, which JSON can hold and UTF-8 cannot, costs one record a finding and ends no run."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.conftest import Corpuslint, Run

HALF = "\ud83d"
WORDS = (  # noqa: SIM905
    "حديقة مدرسة ملعب سوق طريق جسر مكتبة متحف ميناء مصنع بلدية وزارة لجنة شركة جامعة قرية مدينة جزيرة "
    "شارع حي مبنى قاعة ساحة محطة قطار حافلة سفينة طائرة سيارة دراجة"
).split()
RECORD = {
    "text": "[ad_1] أعلنت البلدية عن افتتاح حديقة عامة جديدة في الحي الشرقي من المدينة قبل نهاية الصيف المقبل.\n",
    "title": "حديقة جديدة في الحي الشرقي",
    "source": "صحيفة المرفأ",
    "published": "2024-03-02",
    "url": "https://news.example/1",
    "language": "ar",
    "credit": "وكالات",
    "keywords": ["حدائق"],
    "category": "محليات",
}
FIELDS = (*RECORD, "host")


def bent(field: str) -> dict[str, Any]:
    """The record with half a pair in one field."""
    if field == "host":  # the outlet, where no source is declared
        return {**RECORD, "source": "", "url": f"https://news{HALF}.example/1"}
    value = RECORD[field]
    return {**RECORD, field: [f"{value[0]}{HALF}"] if isinstance(value, list) else f"{value}{HALF}"}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """One file a field: the second of its three records is bent."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number, field in enumerate(FIELDS):
        told = [{**each, "id": f"{field}-{at}"} for at, each in enumerate((RECORD, bent(field), RECORD))]
        for at, each in enumerate(told):
            each["text"] += " ".join(Random(3 * number + at).choices(WORDS, k=40)) + ".\n"
        lines = "".join(f"{json.dumps(each)}\n" for each in told)
        (folder / f"{field}.jsonl").write_text(lines, "ascii")
    return folder


def findings(run: Run) -> list[dict[str, Any]]:
    return json.loads(run.out)


def test_the_record_is_named_and_the_others_are_judged(corpuslint: Corpuslint, corpus: Path) -> None:
    run = corpuslint("check", corpus, "--output-format", "json", "--isolated", "--no-cache")
    found = findings(run)
    assert not [finding for finding in found if finding["code"].startswith("LNT")]
    lost = {(Path(each["filename"]).stem, each["record"]["index"], each["field"]) for each in found if lost_half(each)}
    assert lost == {(field, 1, "url" if field == "host" else field) for field in FIELDS}
    marked = sum(finding["code"] == "ART001" for finding in found)
    assert marked == 3 * len(FIELDS)


def lost_half(finding: dict[str, Any]) -> bool:
    return finding["code"] == "ENC010" and "U+D83D" in finding["message"]


def test_every_record_is_fixed_and_brought_back(corpuslint: Corpuslint, corpus: Path) -> None:
    before = {path.name: path.read_bytes() for path in corpus.iterdir()}
    corpuslint("check", corpus, "--fix", "--isolated", "--no-cache")
    left = [path.name for path in corpus.glob("*.jsonl") if b"[ad_1]" in path.read_bytes()]
    assert left == []
    assert corpuslint("undo", corpus).status == 0
    assert {path.name: path.read_bytes() for path in corpus.glob("*.jsonl")} == before


def test_the_record_is_withheld_and_the_others_are_published(
    corpuslint: Corpuslint, corpus: Path, tmp_path: Path
) -> None:
    out, hub = tmp_path / "dist", tmp_path / "hub"
    built = corpuslint("build", corpus, "--name", "n", "--version", "1.0.0", "--out", out, "--isolated")
    assert built.status == 0, built.err
    assert "withheld 9 of 30 stories" in built.err  # all but the one whose date is read without the half
    assert corpuslint("publish", out / "n" / "1.0.0", "--to", hub, "--no-load").status == 0


def test_the_report_is_written(corpuslint: Corpuslint, corpus: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert corpuslint("report", corpus, "-o", page, "--isolated").status == 0
    assert page.read_text("utf-8").count("ENC010") >= len(FIELDS)


def test_metadata_beside_a_text(corpuslint: Corpuslint, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RECORD["text"], "utf-8")
    (tmp_path / "a.meta.json").write_text(json.dumps({"source": f"صحيفة{HALF}", "title": "خبر"}), "ascii")
    run = corpuslint("check", tmp_path, "--output-format", "json", "--isolated", "--no-cache")
    lost = [(each["field"], each["offset"], each["end_offset"]) for each in findings(run) if lost_half(each)]
    assert lost == [("source", 5, 6)]
