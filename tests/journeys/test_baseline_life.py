"""A baseline holds while a corpus is lived with: files are renamed and edited, branches are compared."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Corpuslint

TEXT = "افتتاح الحديقة\n\nأعلن المجلس افتتاح الحديقة , ثم انصرف الحاضرون.\n"
OTHER = "نتائج الدوري\n\nفاز الفريق المضيف بهدفين , وتأهل إلى الدور التالي.\n"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, corpuslint: Corpuslint) -> Path:
    """Two dirty documents in git, with a baseline that knows all of it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpuslint.toml").write_text('fail-on = "info"\nbaseline = "corpuslint.baseline.json"\n')
    (tmp_path / "news").mkdir()
    (tmp_path / "news/a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "news/b.txt").write_text(OTHER, "utf-8")
    (tmp_path / "corpuslint.baseline.json").write_text(
        json.dumps({"corpuslint-baseline": 1, "scheme": "corpuslintFinding/v2", "entries": []})
    )
    corpuslint("baseline", "news")
    git("init", "-q")
    commit()
    return tmp_path


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True, capture_output=True)


def commit() -> None:
    git("add", "-A")
    git("-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-qm", "more")


def found(corpuslint: Corpuslint, *options: str) -> list[str]:
    out = corpuslint("check", "news", "--output-format", "json", *options).out
    return sorted(f"{finding['filename']} {finding['code']}" for finding in json.loads(out))


def test_a_renamed_file_keeps_its_entries(corpus: Path, corpuslint: Corpuslint) -> None:
    assert found(corpuslint) == []
    git("mv", "news/a.txt", "news/z.txt")
    assert found(corpuslint) == []


def test_an_edited_opening_keeps_what_is_said_of_the_file_as_a_whole(corpus: Path, corpuslint: Corpuslint) -> None:
    (corpus / "news/a.txt").write_text("عنوان جديد تماما\n" + TEXT, "utf-8")
    assert found(corpuslint) == []


def test_a_branch_is_compared_without_calling_entries_unused(corpus: Path, corpuslint: Corpuslint) -> None:
    with (corpus / "news/a.txt").open("a", encoding="utf-8") as stream:
        stream.write("\nوعاد الهدوء إلى المكان.\n")
    commit()
    assert found(corpuslint, "--since", "HEAD~1") == []


def test_an_empty_last_day_is_none(corpus: Path, corpuslint: Corpuslint) -> None:
    baseline = corpus / "corpuslint.baseline.json"
    baseline.unlink()
    assert corpuslint("baseline", "news", "--isolated", "-o", baseline, "--expires", "").status == 0
    assert "expires" not in baseline.read_text("utf-8")


def test_a_baseline_counts_every_entry_it_has(corpus: Path, corpuslint: Corpuslint) -> None:
    (corpus / "twice.csv").write_text("text\n" + 2 * "أعلن المجلس افتتاح الحديقة \u060c ثم انصرف الحاضرون.\n", "utf-8")
    said = corpuslint("baseline", "twice.csv", "-o", "new.json").err
    entries = len(json.loads((corpus / "new.json").read_text("utf-8"))["entries"])
    assert f"new.json: {entries} entries ({entries} new, 0 gone)" in said
