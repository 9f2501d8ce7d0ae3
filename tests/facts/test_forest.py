"""Models read from data give the numbers that their trees and weights say."""

from __future__ import annotations

import json
from array import array
from pathlib import Path

import pytest

from corpuslint.facts.forest import Forest, Line, nodes_of, probability, read_models

TREES = (
    (0, 0.5, -1.0, (1, 2.0, 0.25, 4.0)),
    (1, 0.0, 0.5, -0.5),
)
FOREST = Forest(("a", "b"), 0.125, nodes_of(TREES))


@pytest.mark.parametrize(
    ("row", "score"),
    [
        pytest.param((0.5, 9.0), 0.125 - 1.0 - 0.5, id="at-the-threshold-goes-below"),
        pytest.param((0.6, 2.0), 0.125 + 0.25 - 0.5, id="inner-below"),
        pytest.param((0.6, 3.0), 0.125 + 4.0 - 0.5, id="inner-above"),
        pytest.param((0.0, -1.0), 0.125 - 1.0 + 0.5, id="both-below"),
    ],
)
def test_forest_adds_its_trees(row: tuple[float, float], score: float) -> None:
    assert FOREST.scores(array("d", row))[0] == pytest.approx(score)


def test_rows_are_scored_one_behind_the_other() -> None:
    assert FOREST.scores(array("d", (0.5, 9.0, 0.6, 3.0))).tolist() == pytest.approx([-1.375, 3.625])


def test_line_weighs_its_signs() -> None:
    assert Line(("a", "b"), 1.0, (2.0, -1.0)).score((3.0, 4.0)) == 3.0
    assert probability(0.0) == 0.5


def test_models_are_read_by_name(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    tree = [0, 0.5, -1.0, [1, 2.0, 0.25, 4.0]]
    data = {
        "forests": {"f": {"signs": ["a", "b"], "base": 0.0, "trees": [tree]}},
        "lines": {"l": {"base": 0.5, "weights": {"a": 2.0}}},
    }
    path.write_text(json.dumps(data), "utf-8")
    forests, lines = read_models(path)
    assert forests["f"].scores(array("d", (1.0, 1.0))).tolist() == [0.25]
    assert lines["l"].signs == ("a",)
    assert lines["l"].score((1.0,)) == 2.5
