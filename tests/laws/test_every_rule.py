"""The laws, for each shipped rule alone, for rules that meet, and for all of them at once.

Most of what this costs is compiling an automaton for every selection of rules, so selections are few and kept:
only `CORPUSLINT_LAWS=deep` compiles one for each pair of rules.
"""

from __future__ import annotations

import functools
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuslint.engine.check import check_document
from corpuslint.engine.fix import fix_document
from corpuslint.engine.ruleset import RuleSet, ruleset
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


@functools.cache
def alone(code: str) -> RuleSet:
    """A selection of one rule."""
    return ruleset(rule for rule in RULES if rule.spec.code == code)


MENDING = tuple(
    rule
    for rule in RULES
    if any(
        fix_document(document(example.text, example.metadata), alone(rule.spec.code), Applicability.UNSAFE).applied
        for example in rule.spec.invalid
    )
)
"""The rules that change a text, by their own examples."""
ANYTHING = st.one_of(texts(pieces_of(RULES), 14), st.text(max_size=60))
DECLARED = st.sampled_from(metadata_of(RULES))
LEAST = st.sampled_from([Applicability.SAFE, Applicability.UNSAFE])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.spec.code))
def test_a_rule_alone(rule: Rule) -> None:
    only = alone(rule.spec.code)

    @examples(8, 90)
    @given(texts(pieces_of([rule])), st.sampled_from(metadata_of([rule])), LEAST)
    def holds(text: str, metadata: dict[str, str], least: Applicability) -> None:
        one = document(text, metadata)
        found = found_soundly(one, only)
        lies_in_the_text(found, text)
        if any(finding.fix is not None for finding in found):
            mends_and_comes_back(one, only, least)

    holds()


@examples(80, 45)
@given(ANYTHING, DECLARED)
def test_findings_of_all_rules(text: str, metadata: dict[str, str]) -> None:
    one = document(text, metadata)
    found = found_soundly(one, ALL)
    lies_in_the_text(found, text)
    assert found == check_document(one, ALL)


@examples(70, 45)
@given(ANYTHING, DECLARED, LEAST)
def test_fixes_of_all_rules(text: str, metadata: dict[str, str], least: Applicability) -> None:
    mends_and_comes_back(document(text, metadata), ALL, least)


@examples(50, 36)
@given(ANYTHING, DECLARED)
def test_line_ends_of_windows(text: str, metadata: dict[str, str]) -> None:
    same_with_other_line_ends(document(text, metadata), ALL)


PAIRS = tuple(itertools.combinations(MENDING, 2))[:: 1 if DEEP else 13]


@pytest.mark.parametrize("rule", MENDING, ids=lambda rule: str(rule.spec.code))
def test_rules_that_meet(rule: Rule) -> None:
    """Two rules in one text, on one line and on neighbouring ones, leave nothing to each other."""
    for left, right in PAIRS:
        if left is not rule:
            continue
        one, other = left.spec.invalid[0], right.spec.invalid[0]
        for joint in ("", " ", "\n"):
            both = document(f"{one.text.rstrip()}{joint}{other.text}", {**other.metadata, **one.metadata})
            mends_and_comes_back(both, ALL, Applicability.UNSAFE)
            if DEEP:
                mends_and_comes_back(both, ruleset([left, right]), Applicability.UNSAFE)
