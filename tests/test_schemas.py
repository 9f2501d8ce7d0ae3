"""The schemas in the repository are the ones the types make, and they fit what is written and read."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from corpuslint.resources import rules_folder, schemas_folder
from release.schemas import every_schema, written
from tests.conftest import Corpuslint


@pytest.mark.parametrize("name", sorted(every_schema()))
def test_schema_file_is_current(name: str) -> None:
    assert (schemas_folder() / name).read_text("utf-8") == written(every_schema()[name])
    jsonschema.Draft202012Validator.check_schema(every_schema()[name])


@pytest.fixture
def laid_out(corpuslint: Corpuslint, tmp_path: Path) -> Path:
    """What `init` writes."""
    assert corpuslint("init", tmp_path).status == 0
    return tmp_path


@pytest.mark.parametrize("name", ["pack", "site"])
def test_the_pack_that_init_writes_fits_the_pack_schema(laid_out: Path, name: str) -> None:
    content = (laid_out / f"rules/local/{name}.toml").read_text("utf-8")
    jsonschema.validate(tomllib.loads(content), every_schema()["pack.schema.json"])


def test_a_pack_that_adds_to_a_shipped_list_fits_the_pack_schema() -> None:
    extending = '[pack]\nname = "mine"\nsummary = "Our outlets"\nextends = ["sources/outlets"]\n'
    jsonschema.validate(tomllib.loads(extending), every_schema()["pack.schema.json"])


def test_what_init_writes_fits_the_config_schema(laid_out: Path) -> None:
    jsonschema.validate(
        tomllib.loads((laid_out / "corpuslint.toml").read_text("utf-8")), every_schema()["config.schema.json"]
    )


@pytest.mark.parametrize(
    "path", sorted(rules_folder().glob("*/*.toml")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_shipped_packs_fit_the_pack_schema(path: Path) -> None:
    jsonschema.validate(tomllib.loads(path.read_text("utf-8")), every_schema()["pack.schema.json"])


def test_a_report_fits_the_report_schema(corpuslint: Corpuslint, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("[ad_1]\nكوریا 1،000\n\u200b إقرأ أيضاً:\n", "utf-8")
    (tmp_path / "b.jsonl").write_text('{"text": "[ad_1]"}\n{\n', "utf-8")
    run = corpuslint("check", tmp_path, "--isolated", "--output-format", "json")
    report = json.loads(run.out)
    assert report
    jsonschema.validate(report, every_schema()["report.schema.json"])


@pytest.mark.parametrize(
    "broken", ["[[rule]]\ncode = 'x'\n", "[pack]\nname = 3\nsummary = ''\n", "[pak]\n"], ids=["rule", "type", "key"]
)
def test_schema_refuses_what_the_loader_refuses(broken: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(broken), every_schema()["pack.schema.json"])
