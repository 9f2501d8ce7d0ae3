"""What a loaded pack is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from corpuslint.model.rule import CorpusRule, Rule, judges_corpus, judges_documents

AnyRule = Rule | CorpusRule


class RulePack(msgspec.Struct, frozen=True):
    """A folder of rules. `rules` judge documents, `corpus_rules` the corpus; both are sorted by code."""

    name: str
    summary: str
    version: str
    folder: Path
    rules: tuple[Rule, ...]
    corpus_rules: tuple[CorpusRule, ...]

    @classmethod
    def of(cls, name: str, summary: str, version: str, folder: Path, rules: Iterable[AnyRule]) -> RulePack:
        """The pack of these rules."""
        ordered = sorted(rules, key=lambda rule: rule.spec.code)
        documents = tuple(rule for rule in ordered if judges_documents(rule))
        return cls(name, summary, version, folder, documents, tuple(rule for rule in ordered if judges_corpus(rule)))

    @property
    def all_rules(self) -> tuple[AnyRule, ...]:
        """Every rule of the pack, sorted by code."""
        every: list[AnyRule] = [*self.rules, *self.corpus_rules]
        by_code = {rule.spec.code: rule for rule in every}  # one rule can judge both
        return tuple(by_code[code] for code in sorted(by_code))
