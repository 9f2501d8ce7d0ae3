"""What is kept until a run ends, such as what corpus rules collect."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from corpuslint.engine.ruleset import RuleSet
from corpuslint.facts.anatomy import Anatomy
from corpuslint.model.rule import CorpusRule, collectors
from corpuslint.resources import Scratch

_DOCUMENTS = 1000
"""Documents after which a part ends."""


class Pile:
    """Values, by the name of what each is about; each as it is read."""

    def __init__(self) -> None:
        self._rows = Scratch("name")

    def add(self, values: Iterable[tuple[str, Any]]) -> None:
        """Take in values, each after its name; "" for one that is about nothing else than the others."""
        self._rows.put((_key(name), pickle.dumps(value, pickle.HIGHEST_PROTOCOL)) for name, value in values)

    def about(self, name: str) -> Iterator[Any]:
        """The values of one name, in the order of their coming."""
        return map(pickle.loads, self._rows.between(_key(name), _key(name)))

    def __iter__(self) -> Iterator[Any]:
        return map(pickle.loads, self._rows)


def _key(name: str) -> bytes:
    return name.encode("utf-8", "surrogatepass")  # half a surrogate pair is no text for a database


class States:
    """What corpus rules collected, by the names of it."""

    def __init__(self, rules: Iterable[CorpusRule]) -> None:
        self._rules = dict(sorted(collectors(rules).items()))
        self._open: dict[str, Any] = {}
        self._documents = 0
        self._done: dict[str, Pile] = {}

    def collect(self, rules: RuleSet, anatomy: Anatomy, before: Mapping[str, Anatomy]) -> None:
        """Let these rules see a document; those of the names in `before` see it as it was then."""
        for name, rule in collectors(rules.corpus_rules).items():
            state = self._open[name] if name in self._open else rule.empty()
            self._open[name] = rule.collect(state, before.get(name, anatomy))
        self._documents += 1
        if self._documents >= _DOCUMENTS:
            self._end()

    def add(self, states: Mapping[str, Iterable[Any]]) -> None:
        """Take in what was collected elsewhere."""
        for name, parts in states.items():
            self._done.setdefault(name, Pile()).add(("", state) for state in parts)

    def given(self) -> dict[str, tuple[Any, ...]]:
        """The states of all parts, as data that travels."""
        self._end()
        return {name: tuple(parts) for name, parts in self._done.items()}

    def judged(self) -> dict[str, Pile]:
        """The states of all parts, by name, to be judged."""
        self._end()
        return {name: self._done.get(name) or Pile() for name in self._rules}

    def _end(self) -> None:
        done, self._open, self._documents = self._open, {}, 0
        self.add({name: (state,) for name, state in done.items()})
