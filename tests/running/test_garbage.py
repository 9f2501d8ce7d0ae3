"""A run looks for cycles less often, and leaves the interpreter as it was."""

from __future__ import annotations

import gc

import pytest

from corpuslint.running.garbage import fewer_collections


def test_thresholds_are_raised_and_put_back() -> None:
    before = gc.get_threshold()
    with pytest.raises(KeyError), fewer_collections():
        during = gc.get_threshold()
        raise KeyError
    assert during == (50_000, *before[1:])
    assert gc.get_threshold() == before


@pytest.mark.parametrize("chosen", [(0, 10, 10), (90_000, 5, 5)], ids=["off", "higher"])
def test_what_a_program_chose_is_kept(chosen: tuple[int, int, int]) -> None:
    before = gc.get_threshold()
    gc.set_threshold(*chosen)
    try:
        with fewer_collections():
            assert gc.get_threshold() == chosen
    finally:
        gc.set_threshold(*before)
