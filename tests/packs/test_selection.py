"""Which rules run, and what a rule says of itself."""

from __future__ import annotations

import json

import pytest
from msgspec import structs

from corpuslint.config.settings import Settings
from corpuslint.engine.rules import known_specs
from corpuslint.packs.selection import select
from tests.conftest import Corpuslint


@pytest.mark.parametrize(
    ("default", "unnamed", "by_family", "by_code"), [(True, True, True, True), (False, False, False, True)]
)
def test_what_runs(default: bool, unnamed: bool, by_family: bool, by_code: bool) -> None:
    first = next(spec for spec in known_specs(Settings()) if spec.code == "ENC010")
    specs = [structs.replace(first, default=default)]
    assert bool(select(specs)) is unnamed
    assert bool(select(specs, select=["ENC"])) is by_family
    assert bool(select(specs, select=["ENC010"])) is by_code


def test_rule_prints_the_page_of_the_docs_and_json_holds_it(corpuslint: Corpuslint) -> None:
    page = corpuslint("rule", "ENC020", "--isolated").out
    (described,) = json.loads(corpuslint("rule", "mojibake", "--isolated", "--output-format", "json").out)
    assert described["page"] == page
    assert described["code"] == "ENC020"


def test_a_mistyped_rule_gets_near_ones(corpuslint: Corpuslint) -> None:
    run = corpuslint("rule", "html-entiti", "--isolated")
    assert (run.status, "did you mean 'html-entity'" in run.err) == (2, True)


def test_a_family_is_no_rule(corpuslint: Corpuslint) -> None:
    run = corpuslint("rule", "ENC0", "--isolated")
    assert run.status == 2
    assert "corpuslint rules ENC0" in run.err


def test_rules_lists_what_is_selected(corpuslint: Corpuslint) -> None:
    lines = corpuslint("rules", "LNT", "--isolated").out.splitlines()
    assert {line[:3] for line in lines} == {"LNT"}
