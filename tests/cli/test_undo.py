"""`undo` says how much it took back, and names a file only where something stays to be done."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Corpuslint

DIRTY = "افتتحت البلدية [ad_1] مدرسة في القرية صباح اليوم.\n"


@pytest.fixture
def fixed(corpuslint: Corpuslint, tmp_path: Path) -> Path:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(DIRTY, "utf-8")
    corpuslint("check", tmp_path, "--isolated", "--select", "ART001", "--fix")
    assert {(tmp_path / f"{name}.txt").read_text("utf-8") == DIRTY for name in "abc"} == {False}
    return tmp_path


def test_undo_prints_a_total(corpuslint: Corpuslint, fixed: Path) -> None:
    run = corpuslint("undo", fixed)
    assert (run.status, run.out, run.err) == (0, "", "3 files restored, 3 runs of fixes taken back\n")
    assert {(fixed / f"{name}.txt").read_text("utf-8") for name in "abc"} == {DIRTY}
    assert corpuslint("undo", fixed).err == "nothing to take back: no fixed file there\n"


def test_undo_takes_the_paths_that_were_fixed(corpuslint: Corpuslint, fixed: Path) -> None:
    run = corpuslint("undo", fixed / "a.txt", fixed / "c.txt")
    assert (run.status, run.err) == (0, "2 files restored, 2 runs of fixes taken back\n")
    assert [(fixed / f"{name}.txt").read_text("utf-8") == DIRTY for name in "abc"] == [True, False, True]


def test_a_path_given_twice_is_restored_once(corpuslint: Corpuslint, fixed: Path) -> None:
    run = corpuslint("undo", fixed, fixed / "a.txt", fixed)
    assert (run.status, run.err) == (0, "3 files restored, 3 runs of fixes taken back\n")


def test_undo_names_every_file_where_it_is_asked_to(corpuslint: Corpuslint, fixed: Path) -> None:
    said = corpuslint("undo", fixed, "--verbose").err.splitlines()
    assert said[:-1] == [f"{fixed}/{name}.txt: restored (1 run of fixes taken back)" for name in "abc"]


def test_undo_names_every_file_that_it_leaves(corpuslint: Corpuslint, fixed: Path) -> None:
    for name in "ac":
        (fixed / f"{name}.txt").write_text("by hand", "utf-8")
    run = corpuslint("undo", fixed)
    reason = "the file was changed after it was fixed; its fixes cannot be taken back"
    assert run.status == 2
    assert [line for line in run.err.splitlines() if line.startswith("error")] == [
        f"error: {fixed}/{name}.txt: {reason}" for name in "ac"
    ]
    assert run.err.splitlines()[-1] == "1 file restored, 1 run of fixes taken back; 2 files not restored"


def test_undo_names_what_was_edited_beside_a_text(corpuslint: Corpuslint, tmp_path: Path) -> None:
    path, beside = tmp_path / "a.txt", tmp_path / "a.meta.json"
    path.write_text("مدرسة جديدة في القرية\n\n" + DIRTY + "\nالمصدر: صحيفة البلدية\n", "utf-8")
    corpuslint("check", path, "--isolated", "--select", "SRC", "--fix", "--unsafe-fixes")
    beside.write_text('{"source": "صحيفة البلدية", "note": "mine"}', "utf-8")
    run = corpuslint("undo", path)
    assert run.err.splitlines()[0] == f"{path}: restored; a.meta.json was edited since and stays as it is"
    assert '"mine"' in beside.read_text("utf-8")


def test_undo_sweeps_what_a_run_left_that_died_before_its_first_ledger(corpuslint: Corpuslint, tmp_path: Path) -> None:
    left = tmp_path / ".corpuslint/.corpuslint-abcdefgh.new"
    left.parent.mkdir()
    left.write_text("{")
    assert corpuslint("undo", tmp_path).err == "nothing to take back: no fixed file there\n"
    assert not left.exists()
