"""Opening an executor by its name, and what is said when that cannot be."""

from __future__ import annotations

import importlib.util

import pytest

from corpuslint.execution.executor import ExecutionError
from corpuslint.pipeline.drive import open_executor


def test_an_unknown_engine_is_named() -> None:
    with pytest.raises(ExecutionError, match="there is no executor 'spark'"):
        open_executor("spark")


def test_an_address_is_for_ray_only() -> None:
    with pytest.raises(ExecutionError, match="not for processes"):
        open_executor("processes", address="10.0.0.1:6379")


@pytest.mark.skipif(importlib.util.find_spec("ray") is not None, reason="the extra `ray` is installed")
def test_a_missing_extra_is_named() -> None:
    with pytest.raises(ExecutionError, match=r"Ray is not installed[\s\S]*corpuslint-arabic\[ray\]"):
        open_executor("ray")


@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="the extra `ray` is not installed")
def test_a_wrong_address_is_one_message() -> None:
    with pytest.raises(ExecutionError, match="no Ray cluster answers at 127\\.0\\.0\\.1:1"):
        open_executor("ray", address="127.0.0.1:1")
