"""Small fitted models as data: sums of decision trees and weighted sums, read from JSON, no library needed.

A tree is nested: `[sign, threshold, at or below, above]`, a leaf is a number. Anyone can read why a score came out.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

Tree = float | tuple[int, float, "Tree", "Tree"]


@dataclass(frozen=True, slots=True)
class Forest:
    """A sum of trees. `signs` names what the positions of a row mean."""

    signs: tuple[str, ...]
    base: float
    trees: tuple[Tree, ...]

    def score(self, row: Sequence[float]) -> float:
        """The log odds the trees give a row."""
        return self.sketch(row, len(self.trees))

    def best(self, rows: Sequence[Sequence[float]], least: float) -> tuple[int, float]:
        """The number of the best row and its log odds; -1 where none comes near `least`.

        The first trees of a boosted sum say most of it: only rows that they leave in the race are judged by all.
        """
        sketches = [self.sketch(row, _SKETCH) for row in rows]
        top = max(sketches)
        if top < least - _HOPELESS:
            return -1, top
        race = [number for number, score in enumerate(sketches) if score > top - _CLOSE]
        scores = {number: self.score(rows[number]) for number in race}
        winner = max(race, key=scores.__getitem__)
        return winner, scores[winner]

    def sketch(self, row: Sequence[float], trees: int) -> float:
        """What the first so many trees give a row."""
        total = self.base
        for tree in self.trees[:trees]:
            while type(tree) is tuple:
                tree = tree[2] if row[tree[0]] <= tree[1] else tree[3]
            total += tree  # type: ignore[operator]
        return total


_SKETCH = 40
_HOPELESS = 3.0
_CLOSE = 1.5


@dataclass(frozen=True, slots=True)
class Line:
    """A weighted sum: the log odds of a row of named signs."""

    signs: tuple[str, ...]
    base: float
    weights: tuple[float, ...]

    def score(self, row: Sequence[float]) -> float:
        """The log odds of a row."""
        return self.base + sum([weight * value for weight, value in zip(self.weights, row, strict=True)])


def probability(score: float) -> float:
    """The probability that log odds stand for.

    >>> probability(0.0)
    0.5
    """
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


def read_models(path: Path) -> tuple[dict[str, Forest], dict[str, Line]]:
    """The forests and the weighted sums of a model file, by name."""
    data = json.loads(path.read_text("utf-8"))
    forests = {
        name: Forest(tuple(value["signs"]), value["base"], tuple(_nested(tree) for tree in value["trees"]))
        for name, value in data["forests"].items()
    }
    lines = {
        name: Line(tuple(value["weights"]), value["base"], tuple(value["weights"].values()))
        for name, value in data["lines"].items()
    }
    return forests, lines


def _nested(node: list[object] | float) -> Tree:
    if isinstance(node, list):
        sign, threshold, below, above = node
        return (sign, threshold, _nested(below), _nested(above))  # type: ignore[arg-type, return-value]
    return float(node)
