"""One executor of every kind, opened once for the whole suite."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpuslint.execution.executor import Executor
from corpuslint.pipeline.drive import open_executor

HAS_RAY = importlib.util.find_spec("ray") is not None
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session", params=["serial", "processes", pytest.param("ray", marks=pytest.mark.ray)])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    """Every kind in turn."""
    if request.param == "ray" and not HAS_RAY:
        pytest.skip("the extra `ray` is not installed")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    opened = open_executor(request.param, workers=2)
    yield opened
    opened.close()
