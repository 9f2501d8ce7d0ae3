"""Every shipped rule does what its own examples say."""

from __future__ import annotations

import pytest

from corpuslint.model.rule import AnyRule
from corpuslint.packs.loader import load_packs
from corpuslint.resources import rules_folder
from corpuslint.testing import check_examples

FOLDERS = sorted(path.parent for path in rules_folder().glob("*/pack.toml"))
RULES = [rule for pack in load_packs(FOLDERS) for rule in pack.all_rules]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.spec.code))
def test_examples_hold(rule: AnyRule) -> None:
    check_examples(rule)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.spec.code))
def test_page_is_complete(rule: AnyRule) -> None:
    spec = rule.spec
    assert spec.summary and spec.docs.finds and spec.docs.why
    assert not spec.message.endswith(".")
