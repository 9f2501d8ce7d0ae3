"""`--fix-only` is for a hook that has another beside it: it mends, and leaves reporting to the other."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Corpuslint


def test_what_is_left_is_not_reported_and_does_not_fail(tmp_path: Path, corpuslint: Corpuslint) -> None:
    path = tmp_path / "a.txt"
    path.write_text("قال, ثم \N{REPLACEMENT CHARACTER} انصرف\n", "utf-8")
    run = corpuslint("check", path, "--isolated", "--select", "PUN001,ENC", "--fix-only")
    assert (run.status, run.out, run.err) == (0, "", "Fixed 1 finding.\n")
    assert path.read_text("utf-8").startswith("قال، ثم")


def test_a_fix_may_be_told_by_the_status(tmp_path: Path, corpuslint: Corpuslint) -> None:
    path = tmp_path / "a.txt"
    path.write_text("قال, ثم انصرف\n", "utf-8")
    options = ("check", path, "--isolated", "--select", "PUN001", "--fix-only", "--exit-non-zero-on-fix")
    assert [corpuslint(*options).status for _ in range(2)] == [1, 0]
