"""Small fitted models as data: sums of decision trees and weighted sums, read from JSON, no library needed.

In the file a tree is nested: `[sign, threshold, at or below, above]`, a leaf is a number. In memory all nodes of all
trees are arrays that the kernel walks.
"""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from corpuslint.words import kernel
from corpuslint.words.store import Column, kept_arrays

Tree = float | tuple[int, float, "Tree", "Tree"]


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """A sum of trees. `signs` names what the positions of a row mean."""

    signs: tuple[str, ...]
    base: float
    nodes: Mapping[str, Column]

    def score(self, row: Sequence[float]) -> float:
        """The log odds the trees give a row."""
        return self.scores(array("d", row))[0]

    def scores(self, rows: array[float]) -> array[float]:
        """The log odds of rows that stand one behind the other."""
        width, nodes = len(self.signs), self.nodes
        scores = array("d", [self.base]) * (len(rows) // width)
        kernel.score_trees(
            nodes["roots"], nodes["signs"], nodes["thresholds"], nodes["below"], nodes["above"], rows, width, scores
        )
        return scores


def nodes_of(trees: Sequence[Tree]) -> dict[str, array[Any]]:
    """Trees as arrays: of each node the sign (-1 for a leaf), the threshold (of a leaf the value), both ways on."""
    roots, signs, below, above = (array("i") for _ in range(4))
    thresholds = array("d")

    def add(tree: Tree) -> int:
        place = len(signs)
        for column in (signs, below, above):
            column.append(-1)
        thresholds.append(tree[1] if isinstance(tree, tuple) else tree)
        if isinstance(tree, tuple):
            signs[place] = tree[0]
            below[place] = add(tree[2])
            above[place] = add(tree[3])
        return place

    for tree in trees:
        roots.append(add(tree))
    return {"roots": roots, "signs": signs, "thresholds": thresholds, "below": below, "above": above}


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
    content = path.read_bytes()
    data = json.loads(content)
    forests = {}
    for name, value in data["forests"].items():
        nodes = kept_arrays(f"{path.stem}-{name}", [content], partial(_nodes, value["trees"]))
        forests[name] = Forest(tuple(value["signs"]), value["base"], nodes)
    lines = {
        name: Line(tuple(value["weights"]), value["base"], tuple(value["weights"].values()))
        for name, value in data["lines"].items()
    }
    return forests, lines


def _nodes(trees: list[Any]) -> dict[str, array[Any]]:
    return nodes_of([_nested(tree) for tree in trees])


def _nested(node: list[Any] | float) -> Tree:
    if isinstance(node, list):
        sign, threshold, below, above = node
        return (sign, threshold, _nested(below), _nested(above))
    return float(node)
