"""Files that once brought a reader down, as found by `benchmarks/fuzz.py` or beside what it found: they are refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpuslint.config.load import load_options
from corpuslint.engine import baseline, decisions, suppressions
from corpuslint.errors import ConfigError, PackError, PublishError
from corpuslint.packs.loader import load_pack
from corpuslint.publishing.manifest import Manifest
from corpuslint.reporting.drift import Rates
from tests.conftest import Corpuslint

DEEP = "[" * 100_000
ENDLESS = "9" * 5_000

BROKEN_TOML = pytest.mark.parametrize("text", [f"a={DEEP}", f"a={ENDLESS}"], ids=["deep", "endless-number"])
BROKEN_JSON = pytest.mark.parametrize("text", [DEEP, ENDLESS], ids=["deep", "endless-number"])


@BROKEN_TOML
def test_a_configuration(tmp_path: Path, text: str) -> None:
    path = tmp_path / "corpuslint.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match="not valid TOML"):
        load_options(path)


@BROKEN_TOML
def test_suppressions(text: str) -> None:
    with pytest.raises(ConfigError, match="not valid TOML"):
        suppressions.parse_file(text, "corpuslint.suppress.toml")


@BROKEN_TOML
def test_a_pack(tmp_path: Path, text: str) -> None:
    (tmp_path / "pack.toml").write_text(text, "utf-8")
    with pytest.raises(PackError, match="not valid TOML"):
        load_pack(tmp_path, python=False)


def test_tools_of_a_project_that_are_no_tables(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text("[tool]\ncorpuslint = 1\n", "utf-8")
    with pytest.raises(ConfigError, match="must be a table") as refused:
        load_options(path)
    assert refused.value.line == 2


def test_a_project_whose_tool_is_a_number_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text("tool = 1\n", "utf-8")
    assert load_options(path)[0][1].select is None


@BROKEN_JSON
def test_decisions(text: str) -> None:
    with pytest.raises(ConfigError, match="not a decision"):
        decisions.parse_decisions(text, "decisions.jsonl")


@BROKEN_JSON
def test_a_baseline(text: str) -> None:
    with pytest.raises(ConfigError, match="not valid JSON"):
        baseline.parse(text, "baseline.json")


@pytest.mark.parametrize("text", [DEEP, '{"corpuslint-rates": 1, "documents": {"a": 1e999}}'], ids=["deep", "infinite"])
def test_rates(text: str) -> None:
    with pytest.raises(ConfigError, match="no rates"):
        Rates.parse(text, "rates.json")


@BROKEN_JSON
def test_a_manifest(text: str) -> None:
    with pytest.raises(PublishError, match="cannot be read"):
        Manifest.from_json(text, "manifest.json")


@BROKEN_JSON
def test_suppressions_in_the_metadata_of_a_stranger(corpuslint: Corpuslint, tmp_path: Path, text: str) -> None:
    assert suppressions.parse_metadata(text, "a", "a.meta.json")[1].startswith("not valid JSON")
    record = {"text": "خبر قصير.", "corpuslint": text}
    (tmp_path / "a.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    run = corpuslint("check", tmp_path / "a.jsonl", "--isolated")
    assert run.status in (0, 1)
    assert "Traceback" not in run.err
