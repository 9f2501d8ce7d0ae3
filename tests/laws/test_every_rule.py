"""The laws, for each shipped rule alone, for rules that meet, and for all of them at once."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuslint.engine.check import check_document
from corpuslint.engine.fix import fix_document
from corpuslint.engine.ruleset import ruleset
from corpuslint.model.levels import Applicability
from corpuslint.model.rule import Rule
from tests.laws.laws import (
    found_soundly,
    lies_in_the_text,
    mends_and_comes_back,
    same_with_other_line_ends,
)
from tests.laws.texts import DEEP, RULES, document, examples, metadata_of, pieces_of, texts

ALL = ruleset(RULES)
MENDING = tuple(
    rule
    for rule in RULES
    if any(
        fix_document(document(example.text, example.metadata), ruleset([rule]), Applicability.UNSAFE).applied
        for example in rule.spec.invalid
    )
)
"""The rules that change a text, by their own examples."""
ANYTHING = st.one_of(texts(pieces_of(RULES), 14), st.text(max_size=60))
DECLARED = st.sampled_from(metadata_of(RULES))
LEAST = st.sampled_from([Applicability.SAFE, Applicability.UNSAFE])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.spec.code))
def test_a_rule_alone(rule: Rule) -> None:
    alone = ruleset([rule])

    @examples(12, 60)
    @given(texts(pieces_of([rule])), st.sampled_from(metadata_of([rule])), LEAST)
    def holds(text: str, metadata: dict[str, str], least: Applicability) -> None:
        one = document(text, metadata)
        found = found_soundly(one, alone)
        lies_in_the_text(found, text)
        if any(finding.fix is not None for finding in found):
            mends_and_comes_back(one, alone, least)

    holds()


@examples(120, 30)
@given(ANYTHING, DECLARED)
def test_findings_of_all_rules(text: str, metadata: dict[str, str]) -> None:
    one = document(text, metadata)
    found = found_soundly(one, ALL)
    lies_in_the_text(found, text)
    assert found == check_document(one, ALL)


@examples(100, 30)
@given(ANYTHING, DECLARED, LEAST)
def test_fixes_of_all_rules(text: str, metadata: dict[str, str], least: Applicability) -> None:
    mends_and_comes_back(document(text, metadata), ALL, least)


@examples(60, 30)
@given(ANYTHING, DECLARED)
def test_line_ends_of_windows(text: str, metadata: dict[str, str]) -> None:
    same_with_other_line_ends(document(text, metadata), ALL)


def _pairs() -> list[tuple[Rule, Rule]]:
    pairs = list(itertools.combinations(MENDING, 2))
    return pairs if DEEP else pairs[::7]


@pytest.mark.parametrize("rule", MENDING, ids=lambda rule: str(rule.spec.code))
def test_rules_that_meet(rule: Rule) -> None:
    """Two rules in one text, on one line and on neighbouring ones, leave nothing to each other."""
    for left, right in _pairs():
        if left is not rule:
            continue
        both = ruleset([left, right])
        one, other = left.spec.invalid[0], right.spec.invalid[0]
        for joint in ("", " ", "\n"):
            text = f"{one.text.rstrip()}{joint}{other.text}"
            metadata = {**other.metadata, **one.metadata}
            mends_and_comes_back(document(text, metadata), both, Applicability.UNSAFE)
