"""A corpus with a schema of its own has every record held to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Corpuslint

SCHEMA = {"type": "object", "required": ["url"], "properties": {"url": {"type": "string", "pattern": "^https://"}}}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The configuration that holds is that of the folder in which a run is started."""
    monkeypatch.chdir(tmp_path)


def test_records_that_do_not_fit_are_named(corpuslint: Corpuslint, tmp_path: Path) -> None:
    (tmp_path / "corpuslint.toml").write_text("select = ['MET900']\n")
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "record.schema.json").write_text(json.dumps(SCHEMA))
    lines = [{"text": "a"}, {"text": "b", "url": "ftp://x"}, {"text": "c", "url": "https://x"}]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    run = corpuslint("check", tmp_path, "--output-format", "json")
    assert [(f["record"]["index"], f["message"].partition(": ")[2]) for f in json.loads(run.out)] == [
        (0, "'url' is a required property"),
        (1, "url: 'ftp://x' does not match '^https://'"),
    ]


def test_a_broken_schema_is_named(corpuslint: Corpuslint, tmp_path: Path) -> None:
    (tmp_path / "corpuslint.toml").write_text("record-schema = 'own.json'\n")
    (tmp_path / "own.json").write_text('{"type": 3}')
    (tmp_path / "a.txt").write_text("a")
    run = corpuslint("check", tmp_path)
    assert run.status == 2
    assert "own.json: is no usable JSON Schema" in run.err
