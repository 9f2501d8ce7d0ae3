"""What goes wrong around a run (disks, folders, other writers, the user) costs one file at most, and is said."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Corpuslint, Run

DIRTY = "وزير خارجه گفت كه اين تصميم نهايي است و دولت از آن برنمي‌گردد.\n" * 3
CLEAN = DIRTY.replace("ي", "ی").replace("ك", "ک")
FIX = ("--fix", "--isolated", "--language", "fa", "--select", "LET", "--output-format", "json")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three files with the same to mend in each; what happens to b.txt must not touch its neighbours."""
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(DIRTY, "utf-8")
    return tmp_path


def not_written(run: Run) -> dict[str, str]:
    """File -> why its fixes were not written."""
    found: list[dict[str, Any]] = json.loads(run.out)
    return {Path(each["filename"]).name: each["message"] for each in found if each["code"] == "LNT009"}


def _code_page(folder: Path) -> None:
    (folder / "b.txt").write_bytes(DIRTY.encode("cp1256"))


def _damaged_ledger(folder: Path) -> None:
    (folder / ".corpuslint").mkdir()
    (folder / ".corpuslint/b.txt.ledger.jsonl").write_text("{broken\n")


def _ledger_is_a_folder(folder: Path) -> None:
    (folder / ".corpuslint/b.txt.ledger.jsonl").mkdir(parents=True)


def _ledger_of_later(folder: Path) -> None:
    (folder / ".corpuslint").mkdir()
    (folder / ".corpuslint/b.txt.ledger.jsonl").write_text('{"version": 9}\n')


@pytest.mark.parametrize(
    ("break_it", "reason"),
    [
        (_code_page, r"U\+06CC, which windows-1256 cannot write \(.*convert it to UTF-8"),
        (_damaged_ledger, r"b\.txt\.ledger\.jsonl: line 1 of the ledger is damaged.*\(move it away"),
        (_ledger_is_a_folder, r"b\.txt\.ledger\.jsonl: cannot be read"),
        (_ledger_of_later, r"version 9 is not known to this corpuslint"),
    ],
    ids=["code-page", "damaged-ledger", "ledger-is-a-folder", "ledger-of-a-later-version"],
)
def test_a_file_that_cannot_be_written_is_a_finding_and_the_others_are_fixed(
    corpuslint: Corpuslint, folder: Path, break_it: Callable[[Path], None], reason: str
) -> None:
    break_it(folder)
    before = (folder / "b.txt").read_bytes()
    run = corpuslint("check", folder, *FIX)
    assert run.status == 2
    assert list(not_written(run)) == ["b.txt"]
    assert re.search(reason, not_written(run)["b.txt"])
    assert (folder / "b.txt").read_bytes() == before
    assert [(folder / f"{name}.txt").read_text("utf-8") for name in "ac"] == [CLEAN, CLEAN]
    left = {Path(each["filename"]).name for each in json.loads(run.out) if each["code"].startswith("LET")}
    assert left == {"b.txt"}, "what was not mended is reported"


@pytest.mark.parametrize("declared", ["{", "[1]"], ids=["json", "object"])
def test_broken_metadata_keeps_its_own_file_only(corpuslint: Corpuslint, tmp_path: Path, declared: str) -> None:
    text = "عنوان الخبر الأول\nالمصدر: رويترز\nقال الوزير إن القرار نهائي ولن تتراجع الحكومة عنه هذا العام.\n"
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    (tmp_path / "b.meta.json").write_text(declared)
    run = corpuslint("check", tmp_path, "--fix", "--unsafe-fixes", "--isolated", "--output-format", "json")
    assert run.status == 2
    assert re.search(r"b\.meta\.json: is not .*repair it and run again", not_written(run)["b.txt"])
    assert (tmp_path / "b.txt").read_text("utf-8") == text
    assert (tmp_path / "b.meta.json").read_text() == declared
    assert all((tmp_path / f"{name}.meta.json").exists() for name in "ac")
