"""A value that nothing would ever obey is found, with the nearest right one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Corpuslint

WRONG = {
    "language": (
        'language = "arabic"',
        "corpuslint.toml:1 [language]: unknown language 'arabic'",
        "did you mean 'ar'?",
    ),
    "no tag": ('language = "لغة"', "corpuslint.toml:1 [language]: unknown language", "known: ar, ckb"),
    "own name": ('language = "العربية"', "corpuslint.toml:1 [language]: unknown language", "did you mean 'ar'?"),
    "dataset": ("[dataset]\nnope = 1", "corpuslint.toml:2: unknown key 'nope'", "known keys: citation, collection"),
    "dataset, nearly": (
        '[dataset]\nwithold = "never"',
        "corpuslint.toml:2: unknown key 'withold'",
        "did you mean 'withhold'?",
    ),
    "jobs": (
        "jobs = 18446744073709551616",
        "corpuslint.toml:1: 'jobs' must be a whole number from 0 to 100000, not 18446744073709551616",
        "",
    ),
    "fields": (
        '[fields]\npublisched = "day"',
        "corpuslint.toml:2 [fields]: unknown metadata key 'publisched'",
        "did you mean 'published'?",
    ),
    "output-format": (
        '\noutput-format = "jsno"',
        "corpuslint.toml:2 [output-format]: unknown output format 'jsno'",
        "formats: full, concise",
    ),
    "fail-on": ('fail-on = "eror"', "corpuslint.toml:1 [fail-on]: 'eror' is no condition", "write error, warning"),
    "fail-on, a rule": ('fail-on = "LTE>3"', "corpuslint.toml:1 [fail-on]: unknown rule 'LTE'", "'LET'"),
    "select": ('select = ["LTE"]', "corpuslint.toml:1 [select]: unknown rule 'LTE'", "'LET'"),
    "ignore": ('select = ["LET"]\nignore = "LTE"', "corpuslint.toml:2 [ignore]: unknown rule 'LTE'", "'LET'"),
    "unfixable": ('unfixable = ["LTE"]', "corpuslint.toml:1 [unfixable]: unknown rule 'LTE'", "'LET'"),
    "severity": ('[severity]\nLTE = "error"', "corpuslint.toml:1 [severity]: unknown rule 'LTE'", "'LET'"),
    "defaults": (
        '[[defaults]]\nfiles = "*"\nsource = "s"\n[[defaults]]\nsource = "s"',
        "corpuslint.toml:4 [defaults]: a table without `files`",
        "scrapes/okaz",
    ),
    "language of defaults": (
        '[[defaults]]\nfiles = "*"\nlanguage = "farsi"',
        "corpuslint.toml:1 [language]: unknown language 'farsi'",
        "did you mean 'fa'?",
    ),
}


@pytest.mark.parametrize(("content", "said", "remedy"), WRONG.values(), ids=WRONG.keys())
def test_a_configuration_is_read_word_by_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, corpuslint: Corpuslint, content: str, said: str, remedy: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpuslint.toml").write_text(content, "utf-8")
    (tmp_path / "a.txt").write_text("نص", "utf-8")
    run = corpuslint("check", "a.txt")
    assert run.status == 2
    assert said in run.err
    assert remedy in run.err


def test_splits_are_read_word_by_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, corpuslint: Corpuslint) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpuslint.toml").write_text('jobs = 1\nsplits = "train"\n', "utf-8")
    (tmp_path / "a.txt").write_text("نص", "utf-8")
    run = corpuslint("build", "a.txt", "--name", "n", "--version", "1.0.0")
    assert run.status == 2
    assert "corpuslint.toml:2 [splits]: split 'train' has no weight" in run.err


@pytest.mark.parametrize("written", ["select = 3", 'select = ["LTE"]'])
def test_the_line_in_a_pyproject_is_that_of_our_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, corpuslint: Corpuslint, written: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text(f'[tool.ruff]\nselect = ["E"]\n[tool.corpuslint]\n{written}\n', "utf-8")
    (tmp_path / "a.txt").write_text("نص", "utf-8")
    assert "pyproject.toml:4" in corpuslint("check", "a.txt").err


@pytest.mark.parametrize("kind", ["folder", "link"])
def test_a_configuration_that_is_no_file_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, corpuslint: Corpuslint, kind: str
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "corpuslint.toml"
    path.mkdir() if kind == "folder" else path.symlink_to("nowhere.toml")
    (tmp_path / "a.txt").write_text("نص", "utf-8")
    run = corpuslint("check", "a.txt")
    assert run.status == 2
    assert f"{path}: cannot be read: " in run.err


def test_a_trusted_folder_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, corpuslint: Corpuslint
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpuslint.toml").write_text('\ntrust = ["scrapes", "scraps"]\n', "utf-8")
    (tmp_path / "scrapes").mkdir()
    run = corpuslint("config", "show")
    assert run.status == 0
    assert run.err == f"note: {tmp_path}/corpuslint.toml:2 [trust]: there is no folder {tmp_path}/scraps\n"


def test_a_path_that_is_not_there_has_no_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, corpuslint: Corpuslint
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "note.txt").write_text("نص", "utf-8")
    run = corpuslint("config", "show", "nope.txt")
    assert (run.status, run.out) == (2, "")
    assert run.err == "error: nope.txt: there is no such file or folder\n  did you mean 'note.txt'?\n"


def test_the_command_line_is_read_word_by_word(corpuslint: Corpuslint, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("نص", "utf-8")
    assert "did you mean 'fa'?" in corpuslint("check", tmp_path / "a.txt", "--isolated", "--language", "farsi").err


def test_a_mistyped_key_beside_a_text_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, corpuslint: Corpuslint
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpuslint.toml").write_text('trust = ["."]\n')
    (tmp_path / "a.txt").write_text("نص", "utf-8")
    own = {"corpuslint": {"supress": [{"code": "LET", "reason": "a verse"}]}}
    (tmp_path / "a.meta.json").write_text(json.dumps(own), "utf-8")
    out = corpuslint("check", "a.txt", "--output-format", "json").out
    assert any("unknown key 'supress'" in finding["message"] for finding in json.loads(out))
