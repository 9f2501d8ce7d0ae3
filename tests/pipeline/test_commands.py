"""The options and commands of a large run, as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Corpuslint


def options(pack: Path, folder: Path) -> list[str]:
    """A configuration with the pack of the tests, and the option that names it."""
    config = folder / "corpuslint.toml"
    config.write_text(f'packs = ["{pack.as_posix()}"]\nselect = ["TST"]\n')
    return ["--config", str(config), "--output-format", "json", "--exit-zero"]


@pytest.mark.usefixtures("small_shards")
def test_ranks_then_status_then_the_report(corpuslint: Corpuslint, pack: Path, corpus: Path, tmp_path: Path) -> None:
    how, work = options(pack, tmp_path), str(tmp_path / "work")
    first = corpuslint("check", corpus, *how, "--work", work, "--rank", 0, "--world-size", 2)
    assert json.loads(first.out) == []
    half = corpuslint("status", work)
    assert half.out.startswith("not finished: ")
    assert "to do: " in half.out
    corpuslint("check", corpus, *how, "--work", work, "--rank", 1, "--world-size", 2)
    whole = corpuslint("status", work)
    assert whole.out.startswith("finished: ")
    assert "330 documents" in whole.out
    assert "TST001        330" in whole.out
    gathered = corpuslint("check", corpus, *how, "--work", work)
    assert gathered.out == corpuslint("check", corpus, *how, "--no-cache").out


def test_status_of_something_else_is_refused(corpuslint: Corpuslint, tmp_path: Path) -> None:
    run = corpuslint("status", tmp_path)
    assert (run.status, run.out) == (2, "")
    assert "is no work folder of a run" in run.err


def test_an_unknown_engine_is_refused(corpuslint: Corpuslint, corpus: Path) -> None:
    corpuslint("check", corpus, "--isolated")
    for command in (("check",), ("check", "--fix"), ("build", "--name", "n", "--version", "1.0.0")):
        run = corpuslint(*command, corpus, "--isolated", "--executor", "spark")  # all is known, and nothing to be run
        assert run.status == 2
        assert "there is no executor 'spark'" in run.err


def test_timing_goes_to_standard_error(corpuslint: Corpuslint, pack: Path, corpus: Path, tmp_path: Path) -> None:
    run = corpuslint("check", corpus, *options(pack, tmp_path), "--timing", "--executor", "serial")
    assert len(json.loads(run.out)) == 362
    assert "TST001 word" in run.err


def test_the_cache_can_be_cleaned(
    corpuslint: Corpuslint, pack: Path, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "kept"
    monkeypatch.setenv("CORPUSLINT_CACHE_DIR", str(cache))
    corpuslint("check", corpus, *options(pack, tmp_path), "--executor", "serial")
    assert [folder.name for folder in cache.iterdir() if folder.name.startswith("findings")] == ["findings-7"]
    for kept in ("automata", "tables"):
        (cache / kept).mkdir(exist_ok=True)
        (cache / kept / "0").write_text("kept")
    (cache / "somebody-elses").write_text("stays")
    assert "MB freed" in corpuslint("cache", "clean").out
    assert [path.name for path in cache.iterdir()] == ["somebody-elses"]
