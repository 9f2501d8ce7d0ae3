"""What `--fix` says and leaves: the options that a user of ruff looks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Corpuslint

DIRTY = "قال, ثم \N{REPLACEMENT CHARACTER} انصرف\n"
SELECTED = ("--isolated", "--select", "PUN001")


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
