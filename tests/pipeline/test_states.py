"""What corpus rules collect, and what is compared of it, lies on disk when it is much."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from corpuslint.errors import SourceError
from corpuslint.facts.shelves import Shelves
from corpuslint.pipeline.states import Parts

EVERY = [bytes([number]) * 300_000 for number in range(10)]


def lay_away_states() -> None:
    parts = Parts()
    for state in EVERY:
        parts.add(state)


def lay_away_rows() -> None:
    Shelves(number="u8").put(key=np.arange(200_000, dtype="u8"), number=0)


def test_states_can_be_gone_through_while_others_are_read() -> None:
    parts = Parts()
    for state in EVERY:
        parts.add(state)
    both = zip(parts, parts, strict=True)
    assert [first[0] for first, second in both if first == second] == list(range(10))
    assert len(list(parts)) == 10


def test_rows_of_a_key_come_back_together() -> None:
    shelves = Shelves(number="u8")
    for start in range(0, 400_000, 50_000):
        number = np.arange(start, start + 50_000, dtype="u8")
        shelves.put(key=number % 1000, number=number)
    seen: dict[int, int] = {}
    groups = 0
    for rows in shelves:
        groups += 1
        keys, counts = np.unique(rows["key"], return_counts=True)
        assert not seen.keys() & set(keys.tolist())
        seen.update(zip(keys.tolist(), counts.tolist(), strict=True))
    assert groups > 1
    assert seen == dict.fromkeys(range(1000), 400)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
@pytest.mark.parametrize("lay_away", [lay_away_states, lay_away_rows])
def test_no_room_for_what_a_run_keeps_is_said(monkeypatch: pytest.MonkeyPatch, lay_away: Callable[[], None]) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda *_, **__: Path("/dev/full").open("r+b"))  # noqa: SIM115
    monkeypatch.setenv("TMPDIR", "/full")
    with pytest.raises(SourceError, match="cannot be written: No space left on device") as told:
        lay_away()
    assert (told.value.origin, "TMPDIR" in told.value.remedy) == ("/full", True)
