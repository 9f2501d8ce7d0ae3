"""What corpus rules collect, and what is compared of it, lies on disk when it is much."""

from __future__ import annotations

import sqlite3
import tracemalloc
from collections.abc import Callable

import numpy as np
import pytest

from corpuslint import resources
from corpuslint.errors import SourceError
from corpuslint.facts import shelves
from corpuslint.facts.shelves import Shelves
from corpuslint.pipeline.states import Pile

EVERY = [bytes([number]) * 300_000 for number in range(10)]


def lay_away_states() -> None:
    parts = Pile()
    parts.add(("", state) for state in EVERY)


def lay_away_rows() -> None:
    Shelves(number="u8").put(key=np.arange(200_000, dtype="u8"), number=0)


def test_states_can_be_gone_through_while_others_are_read() -> None:
    parts = Pile()
    parts.add(("", state) for state in EVERY)
    both = zip(parts, parts, strict=True)
    assert [first[0] for first, second in both if first == second] == list(range(10))
    assert len(list(parts)) == 10


@pytest.mark.parametrize("most", [resources.MOST_BYTES, 1000])
def test_what_is_said_of_a_document_comes_back_in_order(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(resources, "MOST_BYTES", most)
    said = Pile()
    names = [f"{number % 100}.txt" for number in range(1000)] + ["\ud800.txt"]
    said.add((name, at) for at, name in enumerate(names))
    assert list(said.about("7.txt")) == list(range(7, 1000, 100))
    said.add([("7.txt", "more")])
    assert list(said.about("7.txt")) == [*range(7, 1000, 100), "more"]
    assert list(said.about("\ud800.txt")) == [1000]
    assert list(said.about("70.tx")) == []


def test_what_is_said_does_not_stay_in_memory() -> None:
    said = Pile()
    tracemalloc.start()
    said.add((f"{number}.txt", "of each document a sentence or two is said") for number in range(50_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5 * resources.MOST_BYTES


@pytest.mark.parametrize("most", [shelves.MOST_BYTES, 1000])
def test_rows_of_a_key_come_back_together(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(shelves, "MOST_BYTES", most)
    away, step = Shelves(number="u8"), most // 256 * 8
    for start in range(0, 8 * most // 16, step):
        number = np.arange(start, start + step, dtype="u8")
        away.put(key=number // 8, number=number)
    seen: dict[int, int] = {}
    for rows in away:
        assert rows.nbytes <= 4 * most
        keys, counts = np.unique(rows["key"], return_counts=True)
        assert not seen.keys() & set(keys.tolist())
        seen.update(zip(keys.tolist(), counts.tolist(), strict=True))
    assert sum(seen.values()) == len(range(0, 8 * most // 16, step)) * step
    assert set(seen.values()) == {8}


def test_rows_that_are_too_many_for_a_shelf_are_put_away_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "MOST_BYTES", 1000)
    monkeypatch.setattr(shelves, "_SHELVES", 4)
    away = Shelves(number="u8")
    away.put(key=np.arange(5000, dtype="u8") // 2, number=0)
    away.put(key=np.full(1000, 9999, dtype="u8"), number=0)
    groups = list(away)
    assert max(len(rows) for rows in groups if 9999 not in rows["key"]) <= 250
    assert sum(map(len, groups)) == 6000
    assert len({key for rows in groups for key in set(rows["key"].tolist())}) == 2501
    assert sum(len(set(rows["key"].tolist())) for rows in groups) == 2501


def test_rows_of_a_key_that_are_too_many_come_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "MOST_BYTES", 1000)
    away = Shelves("number", number="u8")
    away.put(key=np.full(2000, 7, dtype="u8"), number=np.arange(2000) // 2)
    away.put(key=np.full(2, 8, dtype="u8"), number=0)
    (pieces,) = (pieces for pieces in map(list, away.together()) if 7 in pieces[0]["key"])
    assert max(rows.nbytes for rows in pieces) <= 4000
    assert sum(map(len, pieces)) == 2000
    assert sum(len(set(rows["number"].tolist())) for rows in pieces) == 1000


@pytest.mark.parametrize("lay_away", [lay_away_states, lay_away_rows])
def test_no_room_for_what_a_run_keeps_is_said(monkeypatch: pytest.MonkeyPatch, lay_away: Callable[[], None]) -> None:
    connect = sqlite3.connect

    def small(name: str, *, check_same_thread: bool) -> sqlite3.Connection:
        base = connect(name, check_same_thread=check_same_thread)
        base.execute("pragma max_page_count = 20")
        return base

    monkeypatch.setattr(sqlite3, "connect", small)
    monkeypatch.setenv("TMPDIR", "/full")
    with pytest.raises(SourceError, match="cannot be written: database or disk is full") as told:
        lay_away()
    assert (told.value.path, "TMPDIR" in told.value.remedy) == ("/full", True)
