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
    assert (run.status, run.out, run.err) == (0, "", "the examples of 1 rule hold\n")


def test_an_example_that_is_not_found_is_named(own: Path, corpuslint: Corpuslint) -> None:
    own.write_text(own.read_text("utf-8").replace('phrases = ["تابعوا', 'phrases = ["طالعوا'), "utf-8")
    run = corpuslint("rules", "--check")
    assert (run.status, run.err) == (1, "the examples of 0 rules hold, of 1 not\n")
    assert "ART901 invalid 1: not reported" in run.out


def test_shipped_rules_are_proven_by_name(corpuslint: Corpuslint) -> None:
    assert corpuslint("rules", "PUN001", "--check", "--isolated").err == "the examples of 1 rule hold\n"


def test_shipped_packs_are_proven_by_name(corpuslint: Corpuslint) -> None:
    assert corpuslint("rules", "privacy", "PUN001", "--check", "--isolated").err == ("the examples of 6 rules hold\n")


def test_a_run_warns_of_examples_that_do_not_hold(own: Path, corpuslint: Corpuslint, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("وصل الوزير إلى العاصمة.\n", "utf-8")
    assert "do not hold" not in corpuslint("check", "a.txt").err
    own.write_text(own.read_text("utf-8").replace('phrases = ["تابعوا', 'phrases = ["طالعوا'), "utf-8")
    note = f"note: {own.parent}: ART901 invalid 1: not reported: `corpuslint rules --check` names every example"
    for _ in range(2):  # what was found is kept, and still said
        assert note in corpuslint("check", "a.txt").err


DEADLY = """[[rule]]
code = "ART950"
name = "deadly"
kind = "python"
triggers = { literals = ["مات"] }
severity = "info"
message = "m"
docs = { finds = "f", why = "w" }
invalid = [{ text = "مات الرجل" }]
valid = [{ text = "عاش الرجل", why = "alive" }]
"""


KILLS = """import os


def deadly(rule, anatomy):
    os._exit(9) if "مات" in anatomy.text else print("noise")
    yield from ()
"""


@pytest.fixture
def deadly(own: Path) -> Path:
    """The folder of one's own rules, with one whose first example ends the process that runs it."""
    own.with_name("deadly.toml").write_text(DEADLY, "utf-8")
    own.with_name("deadly.py").write_text(KILLS, "utf-8")
    manifest = own.with_name("pack.toml")
    listed = '["site.toml", "deadly.toml"]\npython = ["deadly.py"]'
    manifest.write_text(manifest.read_text("utf-8").replace('["site.toml"]', listed), "utf-8")
    return own.parent


def test_an_example_that_kills_its_process_does_not_kill_the_run(
    deadly: Path, corpuslint: Corpuslint, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("وصل الوزير إلى العاصمة.\nتابعوا صفحتنا الجديدة\n", "utf-8")
    run = corpuslint("check", "a.txt", "--output-format", "concise", "--select", "ART9")
    assert "ART901" in run.out
    assert f"note: {deadly}: ART950 invalid 1: ends its process (exit status 9)" in run.err


def test_rules_check_names_the_example_that_kills(deadly: Path, corpuslint: Corpuslint) -> None:
    run = corpuslint("rules", "--check")
    assert (run.status, run.err) == (1, "the examples of 1 rule hold, of 1 not\n")
    assert run.out == "ART950 invalid 1: ends its process (exit status 9)\n"


def test_a_rule_that_raises_is_shown_with_its_error_and_line(own: Path, corpuslint: Corpuslint) -> None:
    own.write_text(DEADLY.replace("deadly", "clumsy"), "utf-8")
    pack = own.with_name("pack.toml")
    pack.write_text(pack.read_text("utf-8") + 'python = ["site.py"]\n', "utf-8")
    own.with_suffix(".py").write_text("def clumsy(rule, anatomy):\n    yield anatomy.corpse\n", "utf-8")
    error = "the rule ART950 failed here: AttributeError: 'Anatomy' object has no attribute 'corpse' (site.py:2)"
    assert error in corpuslint("rules", "--check").out


def test_a_file_of_rules_that_is_not_listed_stops_the_run(own: Path, corpuslint: Corpuslint) -> None:
    own.with_name("more.toml").write_text(DEADLY, "utf-8")
    run = corpuslint("rules", "--check")
    assert run.status == 2
    assert "pack.toml:1: 'more.toml' lies in the pack, but is not listed\n  list it under `declarative`" in run.err
