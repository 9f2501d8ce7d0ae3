"""`rules --check` runs the examples of one's own rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Corpuslint


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, corpuslint: Corpuslint) -> Path:
    """A laid out repository; the file of its rules."""
    monkeypatch.chdir(tmp_path)
    corpuslint("init", ".")
    return tmp_path / "rules/local/site.toml"


def test_rules_that_do_what_they_say_pass(own: Path, corpuslint: Corpuslint) -> None:
    run = corpuslint("rules", "--check")
    assert (run.status, run.out, run.err) == (0, "", "1 rules do what their examples say\n")


def test_an_example_that_is_not_found_is_named(own: Path, corpuslint: Corpuslint) -> None:
    own.write_text(own.read_text("utf-8").replace('phrases = ["تابعوا', 'phrases = ["طالعوا'), "utf-8")
    run = corpuslint("rules", "--check")
    assert (run.status, run.err) == (1, "0 rules do what their examples say, 1 do not\n")
    assert "ART901 invalid 1: not reported" in run.out


def test_shipped_rules_are_proven_by_name(corpuslint: Corpuslint) -> None:
    assert corpuslint("rules", "PUN001", "--check", "--isolated").err == "1 rules do what their examples say\n"


def test_shipped_packs_are_proven_by_name(corpuslint: Corpuslint) -> None:
    assert corpuslint("rules", "privacy", "PUN001", "--check", "--isolated").err == (
        "6 rules do what their examples say\n"
    )


def test_a_run_warns_of_examples_that_do_not_hold(own: Path, corpuslint: Corpuslint, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("وصل الوزير إلى العاصمة.\n", "utf-8")
    assert "do not hold" not in corpuslint("check", "a.txt").err
    own.write_text(own.read_text("utf-8").replace('phrases = ["تابعوا', 'phrases = ["طالعوا'), "utf-8")
    note = f"note: {own.parent}: ART901 invalid 1: not reported: `corpuslint rules --check` names every example"
    for _ in range(2):  # what was found is kept, and still said
        assert note in corpuslint("check", "a.txt").err
