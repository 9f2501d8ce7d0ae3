"""What is kept between runs is given back whole or not at all."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from corpuslint.pipeline.store import MOST_PLANS, Store


def kept(folder: Path, plan: str = "p") -> Path:
    return folder / "findings-5" / f"{plan}.sqlite"


def filled(folder: Path, plan: str = "p") -> Store:
    """A store with a few values, written down."""
    store = Store(folder, plan)
    for number in range(20):
        store.put("results", f"a{number}.txt", b"value of %d " % number * 20)
    store.put("states", "s", b"collected")
    store.save()
    return store


def test_the_next_run_finds_what_was_put(tmp_path: Path) -> None:
    filled(tmp_path)
    store = Store(tmp_path, "p")
    assert store.get("results", "a7.txt") == b"value of 7 " * 20
    assert store.get("states", "s") == b"collected"
    assert (store.get("results", "b.txt"), Store(tmp_path, "q").get("results", "a7.txt")) == (None, None)


def test_a_name_may_hold_half_a_surrogate_pair(tmp_path: Path) -> None:
    store = Store(tmp_path, "p")
    store.put("results", "\udc80.txt", b"value")
    store.save()
    assert Store(tmp_path, "p").get("results", "\udc80.txt") == b"value"


@pytest.mark.parametrize("step", [37, 101])
def test_a_flipped_byte_changes_no_value(tmp_path: Path, step: int) -> None:
    filled(tmp_path)
    path = kept(tmp_path)
    whole = path.read_bytes()
    for at in range(0, len(whole), step):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        store = Store(tmp_path, "p")
        for number in range(20):
            assert store.get("results", f"a{number}.txt") in (None, b"value of %d " % number * 20)


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    filled(tmp_path)
    kept(tmp_path).write_bytes(b"no database at all" * 100)
    filled(tmp_path)
    assert Store(tmp_path, "p").get("states", "s") == b"collected"


def test_a_view_that_came_with_a_folder_is_not_asked(tmp_path: Path) -> None:
    """It could run for ever: what is in the file besides our table makes it somebody else's."""
    kept(tmp_path).parent.mkdir()
    with sqlite3.connect(kept(tmp_path)) as database:
        database.execute(
            "CREATE VIEW kept AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) "
            "SELECT 'results' AS kind, CAST(i AS BLOB) AS key, x'00000000' AS value FROM n"
        )
    assert Store(tmp_path, "p").get("results", "1") is None
    filled(tmp_path)
    assert Store(tmp_path, "p").get("states", "s") == b"collected"


def test_states_that_no_run_asks_for_go_and_results_of_other_files_stay(tmp_path: Path) -> None:
    filled(tmp_path)
    store = Store(tmp_path, "p")
    store.put("states", "t", b"others")
    store.save()
    store = Store(tmp_path, "p")
    assert (store.get("states", "s"), store.get("states", "t")) == (None, b"others")
    assert store.get("results", "a3.txt") == b"value of 3 " * 20


def test_few_plans_are_kept(tmp_path: Path) -> None:
    for number in range(MOST_PLANS + 3):
        filled(tmp_path, f"p{number:02}")
    assert len(list(kept(tmp_path).parent.iterdir())) == MOST_PLANS


def test_a_folder_that_cannot_be_written_fails_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert filled(tmp_path / "file").get("states", "s") == b"collected"
