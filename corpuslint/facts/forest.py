"""Small fitted models as data: sums of decision trees and weighted sums, read from JSON, no library needed.

In the file a tree is nested: `[sign, threshold, at or below, above]`, a leaf is a number. In memory all nodes of all
trees are arrays that the kernel walks.
"""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from corpuslint.resources import shipped_table
from corpuslint.words import kernel
from corpuslint.words.store import Column


class Forest(msgspec.Struct, frozen=True, eq=False):
    """A sum of trees. `signs` names what the positions of a row mean."""

    signs: tuple[str, ...]
    base: float
    nodes: Mapping[str, Column]

    def scores(self, rows: array[float]) -> array[float]:
        """The log odds of rows that stand one behind the other."""
        width, nodes = len(self.signs), self.nodes
        scores = array("d", [self.base]) * (len(rows) // width)
        kernel.score_trees(nodes["roots"], nodes["nodes"], nodes["thresholds"], rows, width, scores)
        return scores


def nodes_of(trees: Sequence[Any]) -> dict[str, array[Any]]:
    """Trees as arrays, as `kernel.score_trees` wants them."""
    roots, nodes, thresholds = array("i"), array("i"), array("d")

    def add(tree: Any) -> None:
        place = len(thresholds)
        inner = not isinstance(tree, int | float)
        nodes.extend((tree[0] if inner else -1, 0))
        thresholds.append(tree[1] if inner else tree)
        if inner:
            add(tree[2])
            nodes[2 * place + 1] = len(thresholds)
            add(tree[3])

    for tree in trees:
        roots.append(len(thresholds))
        add(tree)
    return {"roots": roots, "nodes": nodes, "thresholds": thresholds}


class Line(msgspec.Struct, frozen=True):
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
    forests, lines = shipped_table(path.stem, partial(_plain, content), content)
    return (
        {
            name: Forest(signs, base, {column: array(code, data) for column, code, data in nodes})
            for name, signs, base, nodes in forests
        },
        {name: Line(*line) for name, *line in lines},
    )


def _plain(content: bytes) -> tuple[list[Any], list[Any]]:
    """What `read_models` gives, as plain data."""
    data = json.loads(content)
    forests = []
    for name, value in data["forests"].items():
        nodes = nodes_of(value["trees"])
        columns = [(column, values.typecode, values.tobytes()) for column, values in nodes.items()]
        forests.append((name, tuple(value["signs"]), value["base"], columns))
    lines = [
        (name, tuple(value["weights"]), value["base"], tuple(value["weights"].values()))
        for name, value in data["lines"].items()
    ]
    return forests, lines
