"""A link among scrapes leads nobody out of them: nothing is read, restored or edited on its other side."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from corpuslint.formats.ledger import ledger_path, sha256
from tests.conftest import Corpuslint

SOURCED = "مدرسة جديدة في القرية\n\nافتتحت البلدية مدرسة في القرية صباح اليوم.\n\nالمصدر: صحيفة البلدية\n"


def shipped_ledger(path: Path, now: bytes, wanted: bytes) -> None:
    """A ledger, as it might come with a folder, that says `path` held `wanted` before it was fixed into `now`."""
    entry = {
        "version": 1, "before_sha256": sha256(wanted), "after_sha256": sha256(now), "encoding": "utf-8", "bom": False,
        "documents": [], "beside": [], "lines": [], "raw": base64.b64encode(wanted).decode(),
    }  # fmt: skip
    ledger_path(path).parent.mkdir(exist_ok=True)
    ledger_path(path).write_text(json.dumps(entry) + "\n", "utf-8")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a start-up file whose bytes everybody knows, and a scraped folder with a link to it and a ledger."""
    (tmp_path / ".profile").write_bytes(b"# as installed\n")
    scraped = tmp_path / "scraped"
    scraped.mkdir()
    (scraped / "a.txt").symlink_to("../.profile")
    shipped_ledger(scraped / "a.txt", b"# as installed\n", b"run me\n")
    return tmp_path


@pytest.mark.parametrize("given", ["scraped", ".", "scraped/a.txt"])
def test_undo_writes_through_no_link(
    corpuslint: Corpuslint, home: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.chdir(home)
    run = corpuslint("undo", given)
    assert (run.status, "scraped/a.txt: is a symbolic link" in run.err) == (2, True)
    assert (home / ".profile").read_bytes() == b"# as installed\n"


def test_a_link_costs_no_other_file_its_undo(corpuslint: Corpuslint, home: Path) -> None:
    path = home / "scraped/b.txt"
    path.write_text("قال [ad_1] الوزير.\n", "utf-8")
    corpuslint("check", path, "--isolated", "--select", "ART001", "--fix")
    assert "[ad_1]" not in path.read_text("utf-8")
    assert corpuslint("undo", home / "scraped").status == 2
    assert path.read_text("utf-8") == "قال [ad_1] الوزير.\n"


def test_ledgers_behind_a_link_are_not_believed(corpuslint: Corpuslint, tmp_path: Path) -> None:
    elsewhere, scraped = tmp_path / "elsewhere", tmp_path / "scraped"
    elsewhere.mkdir()
    scraped.mkdir()
    (scraped / "a.txt").write_text("now")
    shipped_ledger(elsewhere / "a.txt", b"now", b"then")
    (scraped / ".corpuslint").symlink_to(ledger_path(elsewhere / "a.txt").parent)
    run = corpuslint("undo", scraped / "a.txt")
    assert (run.status, "the ledger is a symbolic link" in run.err) == (2, True)
    assert (scraped / "a.txt").read_text() == "now"


def test_fixing_looks_at_a_link_and_writes_its_file_under_its_own_name(corpuslint: Corpuslint, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("قال [ad_1] الوزير.\n", "utf-8")
    (tmp_path / "a.txt").symlink_to("b.txt")
    run = corpuslint("check", tmp_path / "a.txt", "--isolated", "--select", "ART001", "--fix")
    assert (run.status, "nothing is written through a link" in run.out) == (1, True)
    assert "[ad_1]" in (tmp_path / "b.txt").read_text("utf-8")
    assert not (tmp_path / ".corpuslint").exists()
    assert corpuslint("check", tmp_path, "--isolated", "--select", "ART001", "--fix").status in (0, 1)
    assert "[ad_1]" not in (tmp_path / "b.txt").read_text("utf-8")


def test_metadata_behind_a_link_out_of_the_folder_is_not_read(corpuslint: Corpuslint, tmp_path: Path) -> None:
    (tmp_path / "private.json").write_text('{"source": "my own notes", "title": "secret"}', "utf-8")
    scraped = tmp_path / "scraped"
    scraped.mkdir()
    (scraped / "a.txt").write_text("افتتحت البلدية مدرسة في القرية صباح اليوم.\n", "utf-8")
    (scraped / "a.meta.json").symlink_to("../private.json")
    run = corpuslint("check", scraped, "--isolated", "--select", "SRC001,LNT", "--output-format", "json")
    told = {(each["code"], Path(each["filename"]).name): each["message"] for each in json.loads(run.out)}
    assert set(told) == {("LNT006", "a.meta.json"), ("SRC001", "a.txt")}
    assert "it is a link out of the folder" in told["LNT006", "a.meta.json"]


def test_metadata_behind_a_link_is_not_published(corpuslint: Corpuslint, tmp_path: Path) -> None:
    from pyarrow.parquet import read_table

    (tmp_path / "private.json").write_text('{"source": "my own notes", "title": "secret"}', "utf-8")
    scraped = tmp_path / "scraped"
    scraped.mkdir()
    (scraped / "a.txt").write_text(SOURCED, "utf-8")
    (scraped / "a.meta.json").symlink_to("../private.json")
    built = ("--isolated", "--name", "n", "--version", "1.0.0", "--out", tmp_path / "dist", "--select", "SRC")
    assert corpuslint("build", scraped, *built).status == 0
    rows = [
        row
        for file in (tmp_path / "dist/n/1.0.0").rglob("*.parquet")
        for row in read_table(file).to_pylist()
        if "text" in row
    ]
    assert [(row["source"], row["title"] == "secret") for row in rows if row["text"]] == [("صحيفة البلدية", False)]
    assert (tmp_path / "private.json").read_text("utf-8") == '{"source": "my own notes", "title": "secret"}'


def test_a_metadata_link_within_the_folder_is_read(corpuslint: Corpuslint, tmp_path: Path) -> None:
    (tmp_path / "all.json").write_text('{"source": "صحيفة البلدية"}', "utf-8")
    (tmp_path / "a.txt").write_text("افتتحت البلدية مدرسة في القرية صباح اليوم.\n", "utf-8")
    (tmp_path / "a.meta.json").symlink_to("all.json")
    run = corpuslint("check", tmp_path / "a.txt", "--isolated", "--select", "SRC001", "--output-format", "json")
    assert json.loads(run.out) == []
