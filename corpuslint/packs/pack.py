"""What a loaded pack is."""

from __future__ import annotations

from pathlib import Path

import msgspec

from corpuslint.model.rule import CorpusRule, Rule

AnyRule = Rule | CorpusRule


class RulePack(msgspec.Struct, frozen=True):
    """A folder of rules. `rules` judge documents, `corpus_rules` the corpus; both are sorted by code."""

    name: str
    summary: str
    version: str
    folder: Path
    rules: tuple[Rule, ...]
    corpus_rules: tuple[CorpusRule, ...]

    @property
    def all_rules(self) -> tuple[AnyRule, ...]:
        """Every rule of the pack, sorted by code."""
        every: list[AnyRule] = [*self.rules, *self.corpus_rules]
        by_code = {rule.spec.code: rule for rule in every}  # one rule can judge both
        return tuple(by_code[code] for code in sorted(by_code))
