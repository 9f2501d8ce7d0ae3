"""Prove a rule by its own examples; the same for our rules and a user's.

from corpuslint.testing import check_examples, load_pack
for rule in load_pack(Path("rules/mine")).rules:
    check_examples(rule)
"""

from __future__ import annotations

from corpuslint.engine.proving import complaints_about, fixes_of
from corpuslint.model.rule import CorpusRule, Rule
from corpuslint.packs.loader import load_pack

__all__ = ["check_examples", "complaints_about", "fixes_of", "load_pack"]


def check_examples(rule: Rule | CorpusRule) -> None:
    """Raise AssertionError with every way in which `rule` does not do what its examples say."""
    complaints = list(complaints_about(rule))
    assert not complaints, "\n".join(complaints)
