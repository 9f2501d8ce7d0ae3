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
