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


class Parts:
    """What parts of a corpus gave, each as it is read."""

    def __init__(self) -> None:
        self._rows, self._count = Scratch("number"), 0

    def add(self, state: Any) -> None:
        """Take in what one part gave."""
        self._count += 1
        self._rows.put([(self._count, pickle.dumps(state, pickle.HIGHEST_PROTOCOL))])

    def __iter__(self) -> Iterator[Any]:
        return map(pickle.loads, self._rows)


class Sayings:
    """What is said of files or documents, each as it is read."""

    def __init__(self) -> None:
        self._rows = Scratch("name")

    def add(self, said: Iterable[tuple[str, Any]]) -> None:
        """Take in what is said, each with the name of what it is said of."""
        self._rows.put((_key(name), pickle.dumps(value, pickle.HIGHEST_PROTOCOL)) for name, value in said)

    def about(self, name: str) -> Iterator[Any]:
        """All that is said of one of them, in the order of its coming."""
        return map(pickle.loads, self._rows.between(_key(name), _key(name)))


def _key(name: str) -> bytes:
    return name.encode("utf-8", "surrogatepass")  # half a surrogate pair is no text for a database


class States:
    """What corpus rules collected, by the names of it."""

    def __init__(self, rules: Iterable[CorpusRule]) -> None:
        self._rules = dict(sorted(collectors(rules).items()))
        self._open: dict[str, Any] = {}
        self._documents = 0
        self._done: dict[str, Parts] = {}

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
            for state in parts:
                self._done.setdefault(name, Parts()).add(state)

    def given(self) -> dict[str, tuple[Any, ...]]:
        """The states of all parts, as data that travels."""
        self._end()
        return {name: tuple(parts) for name, parts in self._done.items()}

    def judged(self) -> dict[str, Parts]:
        """The states of all parts, by name, to be judged."""
        self._end()
        return {name: self._done.get(name) or Parts() for name in self._rules}

    def _end(self) -> None:
        done, self._open, self._documents = self._open, {}, 0
        self.add({name: (state,) for name, state in done.items()})
