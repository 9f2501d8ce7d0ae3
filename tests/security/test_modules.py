"""Modules that lie where one works, of a scraper or of somebody's own, are not imported by what a run starts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpuslint.packs.loader import load_pack
from corpuslint.pipeline.proofs import proof_of
from corpuslint.resources import rules_folder
from tests.conftest import Corpuslint


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with modules that are named like some of Python and of a library, and tell that they run."""
    tell = f"from pathlib import Path\nPath({str(tmp_path / 'ran')!r}).touch()\n"
    for name in ("json", "signal", "datasets", "msgspec"):
        (tmp_path / f"{name}.py").write_text(tell)
    (tmp_path / "a.txt").write_text("قال الناطق إن الاجتماع [ad_1] سيعقد في موعده.\n", "utf-8")
    (tmp_path / "a.meta.json").write_text('{"source": "الميناء"}', "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_workers_import_nothing_from_where_one_works(corpuslint: Corpuslint, home: Path) -> None:
    run = corpuslint(
        "check", "a.txt", "--isolated", "--executor", "processes", "--jobs", "1", "--output-format", "json"
    )
    assert "ART001" in {finding["code"] for finding in json.loads(run.out)}
    assert not (home / "ran").exists()


def test_the_proof_of_a_pack_imports_nothing_from_where_one_works(home: Path) -> None:
    folder = rules_folder() / "duplicates"
    assert set(proof_of(folder).rules) == {rule.spec.code for rule in load_pack(folder).all_rules}
    assert not (home / "ran").exists()


def test_a_version_is_loaded_by_the_library_and_not_by_a_file_of_its_name(corpuslint: Corpuslint, home: Path) -> None:
    assert corpuslint("build", "a.txt", "--name", "news", "--version", "1.0.0", "--out", "dist").status == 0
    assert corpuslint("verify", "dist/news/1.0.0").status == 0
    assert not (home / "ran").exists()
