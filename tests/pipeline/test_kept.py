"""What is kept between runs is given back whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpuslint.config.settings import Settings
from corpuslint.formats.parts import Part
from corpuslint.pipeline.kept import MOST_PLANS, Folder, Kept, Marker, Plan, cache_of
from corpuslint.pipeline.run import Coverage, Gathered

SHARDS = {f"s{number}": (Part(f"a{number}.txt"),) for number in range(20)}
PLAN = Plan(dict.fromkeys(SHARDS, "p"), 100)


def gathered(number: int) -> Gathered:
    """What one shard gives."""
    coverage = Coverage([f"a{number}.txt"], 3)
    return Gathered(coverage, b"rows %d" % number, states={"n": (number,)}, digest=f"d{number}", counts={"LET001": 2})


def filled(folder: Folder) -> Folder:
    """A folder in which every shard is kept."""
    kept = Kept(folder, SHARDS, PLAN)
    for number, key in enumerate(SHARDS):
        kept.take(key, gathered(number))
    return folder


def test_the_next_run_finds_what_was_kept(tmp_path: Path) -> None:
    kept = Kept(filled(Folder(str(tmp_path))), SHARDS, PLAN)
    assert [kept.known(key) for key in SHARDS] == [gathered(number) for number in range(20)]
    assert kept.digest("s7") == "d7"


def test_states_are_only_read_where_they_are_asked_for(tmp_path: Path) -> None:
    known = Kept(filled(Folder(str(tmp_path))), SHARDS, PLAN).known("s7", states=False)
    assert known is not None
    assert (known.rows, known.states) == (b"rows 7", {})


def test_another_plan_knows_nothing(tmp_path: Path) -> None:
    other = Plan(dict.fromkeys(SHARDS, "q"), 100)
    assert Kept(filled(Folder(str(tmp_path))), SHARDS, other).markers == {}


def test_a_digest_that_is_known_gives_what_was_kept(tmp_path: Path) -> None:
    kept = Kept(filled(Folder(str(tmp_path))), SHARDS, PLAN)
    assert kept.take("s3", Gathered(digest="d3")) == gathered(3)


@pytest.mark.parametrize("step", [7, 11])
def test_a_flipped_byte_changes_no_value(tmp_path: Path, step: int) -> None:
    filled(Folder(str(tmp_path)))
    path = tmp_path / "done" / "s7"
    whole = path.read_bytes()
    for at in range(0, len(whole), step):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        kept = Kept(Folder(str(tmp_path)), SHARDS, PLAN)
        known = kept.known("s7") if kept.digest("s7") == "d7" else None
        assert known in (None, gathered(7))


def test_what_is_damaged_is_forgotten(tmp_path: Path) -> None:
    kept = Kept(filled(Folder(str(tmp_path))), SHARDS, PLAN)
    path = tmp_path / "done" / "s7"
    path.write_bytes(path.read_bytes()[:-1])
    assert (kept.take("s7", Gathered(digest="d7")), kept.digest("s7")) == (None, "")


def test_a_pickle_that_names_anything_but_values_is_not_read(tmp_path: Path) -> None:
    folder = filled(Folder(str(tmp_path)))
    evil = b"cos\nsystem\n(S'true'\ntR."
    folder.put(Marker("s7", "p", "d7"), evil, evil)
    assert Kept(folder, SHARDS, PLAN).known("s7") is None


def test_the_verdict_holds_for_these_shards_alone(tmp_path: Path) -> None:
    kept = Kept(filled(Folder(str(tmp_path))), SHARDS, PLAN)
    assert list(kept.keep_verdict([()], lambda: True)) == [()]
    again = Kept(Folder(str(tmp_path)), SHARDS, PLAN)
    verdict = again.verdict()
    assert verdict is not None
    assert list(verdict) == []
    again.take("s3", gathered(99))
    assert again.verdict() is None


def test_a_verdict_that_is_not_whole_is_none(tmp_path: Path) -> None:
    kept = Kept(filled(Folder(str(tmp_path))), SHARDS, PLAN)
    list(kept.keep_verdict([()], lambda: False))
    assert Kept(Folder(str(tmp_path)), SHARDS, PLAN).verdict() is None


def test_few_plans_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORPUSLINT_CACHE_DIR", str(tmp_path))
    for number in range(MOST_PLANS + 3):
        filled(cache_of(Settings(), f"p{number:02}"))
    (plans,) = tmp_path.glob("findings-*")
    assert len(list(plans.iterdir())) == MOST_PLANS


def test_a_cache_that_cannot_be_written_fails_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("CORPUSLINT_CACHE_DIR", str(tmp_path / "file"))
    kept = Kept(cache_of(Settings(), "p"), SHARDS, PLAN)
    assert kept.take("s3", gathered(3)) == gathered(3)
