"""What `--fix` says and leaves: the options that a user of ruff looks for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Corpuslint, Run

DIRTY = "قال, ثم \N{REPLACEMENT CHARACTER} انصرف\n"
SELECTED = ("--isolated", "--select", "PUN001")


def _json(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run.out)
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(DIRTY, "utf-8")
    return path


def test_a_run_that_fixed_something_can_be_a_failure(path: Path, corpuslint: Corpuslint) -> None:
    runs = [corpuslint("check", path, *SELECTED, "--fix", "--exit-non-zero-on-fix") for _ in range(2)]
    assert [run.status for run in runs] == [1, 0]


def test_fixes_are_counted_by_rule(path: Path, corpuslint: Corpuslint) -> None:
    assert "fixed PUN001: 1\n" in corpuslint("check", path, *SELECTED, "--fix", "--show-fixes").err


def test_files_are_listed_and_left_alone(path: Path, corpuslint: Corpuslint) -> None:
    run = corpuslint("check", path.parent, *SELECTED, "--fix", "--show-files")
    assert (run.status, run.out) == (0, f"{path}\n")
    assert path.read_text("utf-8") == DIRTY


MESSY = "قال, ثم انصرف \n"


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        (["--fixable", "PUN"], "قال، ثم انصرف \n"),
        (["--unfixable", "PUN"], "قال, ثم انصرف\n"),
        (["--unfixable", "ALL", "--fixable", "PUN001"], "قال، ثم انصرف \n"),
        (["--fixable", "PUN001,SPC", "--unfixable", "PUN001"], "قال, ثم انصرف\n"),
    ],
    ids=["fixable", "unfixable", "the longer word wins", "unfixable wins a tie"],
)
def test_only_rules_that_may_fix_do(tmp_path: Path, corpuslint: Corpuslint, asked: list[str], left: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(MESSY, "utf-8")
    corpuslint("check", path, "--isolated", "--select", "PUN001,SPC", "--fix", *asked)
    assert path.read_text("utf-8") == left


def test_the_configuration_says_which_rules_may_fix(
    tmp_path: Path, corpuslint: Corpuslint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("corpuslint.toml").write_text('select = ["PUN001", "SPC"]\nunfixable = ["PUN001"]\n')
    Path("a.txt").write_text(MESSY, "utf-8")
    fixes = {
        entry["code"]: entry["fix"]["applicability"]
        for entry in _json(corpuslint("check", "a.txt", "--output-format", "json"))
    }
    assert fixes == {"PUN001": "display", "SPC005": "safe"}


def test_fixes_of_rules_over_the_corpus_can_be_only_shown(tmp_path: Path, corpuslint: Corpuslint) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text("افتتح الوزير المعرض السنوي للكتاب في العاصمة صباح اليوم.\n", "utf-8")
    found = _json(
        corpuslint("check", tmp_path, "--isolated", "--select", "DUP", "--unfixable", "DUP", "--output-format", "json")
    )
    assert [entry["code"] for entry in found if entry["fix"] and entry["fix"]["applicability"] != "display"] == []


def test_an_unknown_rule_that_may_not_fix_is_named(path: Path, corpuslint: Corpuslint) -> None:
    run = corpuslint("check", path, "--isolated", "--unfixable", "PUN01x")
    assert (run.status, "unknown rule 'PUN01x'" in run.err) == (2, True)


def test_a_builder_of_datasets_leaves_what_may_not_be_fixed(tmp_path: Path, corpuslint: Corpuslint) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(MESSY, "utf-8")
    asked = ("--name", "n", "--version", "1.0.0", "--out", tmp_path / "dist", "--isolated", "--select", "PUN001")
    run = corpuslint("build", tmp_path / "in", *asked, "--unfixable", "PUN")
    assert run.err == "n 1.0.0 built: train 1; 0 edits\n"


def test_the_lists_of_ones_own_packs_are_no_corpus(path: Path, corpuslint: Corpuslint, monkeypatch: Any) -> None:
    monkeypatch.chdir(path.parent)
    Path("corpuslint.toml").write_text('packs = ["words"]\nselect = ["PUN001"]\n', "utf-8")
    Path("words").mkdir()
    Path("words/pack.toml").write_text('[pack]\nname = "words"\nsummary = "s"\nversion = "1"\n', "utf-8")
    Path("words/list.txt").write_text(DIRTY, "utf-8")
    assert corpuslint("check", ".", "--fix", "--show-files").out == "a.txt\n"


def test_a_builder_is_told_how_to_name_the_source_of_a_folder(tmp_path: Path, corpuslint: Corpuslint) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"افتتح الوزير المعرض {name} في العاصمة.\n", "utf-8")
    (tmp_path / "a.meta.json").write_text('{"source": "صحيفة الضفتين"}', "utf-8")
    asked = ("--name", "n", "--version", "1.0.0", "--out", tmp_path / "dist", "--isolated", "--select", "SRC001")
    assert corpuslint("build", tmp_path, *asked).err.splitlines()[:3] == [
        "withheld 1 of 2 stories: SRC001 1",
        "  they are in quarantine/, each with why; `corpuslint check` shows where",
        "  SRC001: `[[defaults]]` in corpuslint.toml names the source of a whole folder",
    ]
