"""Small fitted models as data: sums of decision trees and weighted sums, read from JSON, no library needed.

A tree is nested: `[sign, threshold, at or below, above]`, a leaf is a number. Anyone can read why a score came out.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf
from pathlib import Path

Tree = float | tuple[int, float, "Tree", "Tree"]


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """A sum of trees. `signs` names what the positions of a row mean. Two forests are equal where they are the same."""

    signs: tuple[str, ...]
    base: float
    trees: tuple[Tree, ...]

    def score(self, row: Sequence[float]) -> float:
        """The log odds the trees give a row."""
        return self.base + sum([part(row) for part in _compiled(self)])

    def reaches(self, row: Sequence[float], least: float) -> bool:
        """Whether the log odds of a row are at least `least`; no more trees are asked than it takes to know."""
        score = self.base
        for part, lowest, highest in _steps(self):
            score += part(row)
            if score + highest < least:
                return False
            if score + lowest >= least:
                return True
        return score >= least

    def best(self, rows: Sequence[Sequence[float]], least: float) -> tuple[int, float]:
        """The number of the best row and its log odds; -1 where none comes near `least`.

        The first trees of a boosted sum say most of it: only rows that they leave in the race are judged by more.
        """
        scores = dict.fromkeys(range(len(rows)), self.base)
        top = self.base
        for part, (_, hopeless) in zip(_compiled(self), _PARTS, strict=True):
            scores = {number: score + part(rows[number]) for number, score in scores.items()}
            top = max(scores.values())
            if top < least - hopeless:
                return -1, top
            scores = {number: score for number, score in scores.items() if score > top - _CLOSE}
        winner = max(scores, key=scores.__getitem__)
        return winner, top


_PARTS = ((40, 3.0), (120, 1.5), (None, inf))
"""Up to which tree a part of the sum goes, and how far below the least score it gives all rows up."""

_CLOSE = 1.5

Score = Callable[[Sequence[float]], float]


@cache
def _compiled(forest: Forest) -> tuple[Score, ...]:
    """The parts of the sum as functions: walking nested tuples takes several times as long."""
    starts = (0, *(end for end, _ in _PARTS))
    return tuple(_function(forest.trees[start:end]) for start, (end, _) in zip(starts, _PARTS, strict=False))


_STEP = 6
"""Trees that are asked at once: with fewer the calls cost more than the trees."""


@cache
def _steps(forest: Forest) -> tuple[tuple[Score, float, float], ...]:
    """The trees, some at a time, each time with the least and the most that those after them can add."""
    parts = [forest.trees[start : start + _STEP] for start in range(0, len(forest.trees), _STEP)]
    lowest = highest = 0.0
    steps = []
    for part in reversed(parts):
        steps.append((_function(part), lowest, highest))
        bounds = [_bounds(tree) for tree in part]
        lowest += sum(low for low, _ in bounds)
        highest += sum(high for _, high in bounds)
    return tuple(reversed(steps))


def _bounds(tree: Tree) -> tuple[float, float]:
    if not isinstance(tree, tuple):
        return tree, tree
    (low, high), (other_low, other_high) = _bounds(tree[2]), _bounds(tree[3])
    return min(low, other_low), max(high, other_high)


def _function(trees: Sequence[Tree]) -> Score:
    source = ["def score(row):", "    total = 0.0"]
    source += [f"    total += {_expression(tree)}" for tree in trees]
    source.append("    return total")
    names: dict[str, Callable[[Sequence[float]], float]] = {}
    exec("\n".join(source), {"__builtins__": {}}, names)
    return names["score"]


def _expression(tree: Tree) -> str:
    """A tree as an expression of numbers and comparisons; it holds nothing else that a file could put into it."""
    if not isinstance(tree, tuple):
        return repr(float(tree))
    sign, threshold, below, above = tree
    return f"({_expression(below)} if row[{int(sign)}] <= {float(threshold)!r} else {_expression(above)})"


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
