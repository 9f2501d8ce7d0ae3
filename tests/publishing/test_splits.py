"""Splits: a record never moves, a near-duplicate never crosses."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from corpuslint.errors import PublishError
from corpuslint.facts.imprints import likeness, near_pairs, signature_of
from corpuslint.publishing.splits import Placed, SplitPlan, assign
from corpuslint.publishing.verify import verify
from tests.publishing.corpus import build, document, text_of

HALVES = SplitPlan((("train", 1.0), ("test", 1.0)), "salt")


def test_a_text_resembles_its_editions_and_nothing_else() -> None:
    text = text_of(5)
    edition = "عاجل: " + text.replace("ي", "ی").replace("\n", "\n\n")
    assert likeness(signature_of(text), signature_of(edition)) > 0.9
    assert likeness(signature_of(text), signature_of(text_of(6))) < 0.2


def test_near_pairs_finds_every_edition_of_a_text_once() -> None:
    texts = {f"{n:03d}": text_of(n) for n in range(60)}
    texts |= {"copy-a": text_of(7), "copy-b": "تحديث أول. " + text_of(7), "short": "خبر", "shorter": "خبر"}
    pairs = list(near_pairs({name: signature_of(text) for name, text in texts.items()}))
    assert pairs == [("007", "copy-a"), ("007", "copy-b"), ("copy-a", "copy-b"), ("short", "shorter")]


def test_a_choice_hangs_on_salt_and_cluster_alone() -> None:
    names = [f"{n}" for n in range(2000)]
    chosen = [HALVES.choose(name) for name in names]
    assert 900 < chosen.count("train") < 1100
    assert chosen != [SplitPlan(HALVES.weights, "other").choose(name) for name in names]


def test_near_duplicates_share_a_split_whatever_their_ids() -> None:
    names = [f"{n}" for n in range(40)]
    pairs = list(itertools.pairwise(names))
    found = assign({name: name for name in names}, pairs, {}, HALVES)
    assert len(set(found.splits.values())) == 1
    assert set(found.clusters.values()) == {"0"}


def test_earlier_records_stay_when_a_new_one_joins_them() -> None:
    earlier = {"b": Placed("test", "b")}
    found = assign({"a": "a", "b": "b"}, [("a", "b")], earlier, HALVES)
    assert (found.splits, found.clusters) == ({"a": "test", "b": "test"}, {"a": "b", "b": "b"})


def test_a_record_that_left_still_holds_its_cluster() -> None:
    earlier = {"a": Placed("test", "a"), "b": Placed("test", "a")}
    assert assign({"b": "b"}, [], earlier, HALVES).splits == {"b": "test"}


def test_a_bridge_between_two_splits_is_withheld_and_nobody_moves() -> None:
    earlier = {"a": Placed("train", "a"), "b": Placed("test", "b")}
    found = assign({"a": "a", "b": "b", "c": "c"}, [("a", "c"), ("b", "c")], earlier, HALVES)
    assert found.splits == {"a": "train", "b": "test"}
    assert found.bridges == {"c"}


def test_earlier_records_that_became_alike_across_splits_lose_the_smaller_side() -> None:
    earlier = {"a": Placed("train", "a"), "b": Placed("train", "b"), "c": Placed("test", "c")}
    found = assign({name: name for name in "abc"}, [("a", "b"), ("b", "c")], earlier, HALVES)
    assert (found.splits, found.bridges) == ({"a": "train", "b": "train"}, {"c"})


@pytest.mark.parametrize(
    "text", ["train", "train=0", "train=x", "my-split=1", "train=1,train=2", "", "a b=1", "train=inf"]
)
def test_a_plan_that_makes_no_sense(text: str) -> None:
    with pytest.raises(PublishError):
        SplitPlan.parse(text)


def test_versions_keep_every_record_where_it_was(tmp_path: Path) -> None:
    first = build(tmp_path, [document(n) for n in range(200)], plan="train=2,test=1", shards=4).folder
    placed = {row["id"]: row["split"] for row in first.index()}
    copies = [document(500 + n, "عاجل: " + text_of(n)) for n in range(0, 40, 4)]
    rest = [document(n) for n in range(200) if n % 50] + [document(n) for n in range(200, 240)] + copies
    second = build(tmp_path, rest, version="1.1.0").folder
    now = {row["id"]: row["split"] for row in second.index()}
    assert {name: now[name] for name in placed} == placed
    assert {
        name: now[f"news/{500 + n:04d}.txt"] for n, name in ((n, f"news/{n:04d}.txt") for n in range(0, 40, 4))
    } == {f"news/{n:04d}.txt": placed[f"news/{n:04d}.txt"] for n in range(0, 40, 4)}
    assert verify(second).troubles == ()


def test_a_later_version_may_name_its_splits_again(tmp_path: Path) -> None:
    build(tmp_path, map(document, range(20)), plan="train=2,test=1")
    again = build(tmp_path, map(document, range(21)), version="1.1.0", plan="train=2,test=1")
    assert again.diff is not None
    assert (again.diff.counts()["added"], str(again.diff.least)) == (1, "minor")


def test_a_bridge_goes_to_quarantine(tmp_path: Path) -> None:
    lines = [line for n in range(4) for line in text_of(n).split("\n")]
    plan = SplitPlan.parse("train=1,test=1", salt="s")
    ids = {plan.choose(f"news/{n:04d}.txt"): n for n in range(40)}
    texts = {ids["train"]: lines[0:10], ids["test"]: lines[4:14]}
    ends = [document(number, "\n".join(text)) for number, text in texts.items()]
    build(tmp_path, ends, plan="train=1,test=1")
    folder = build(tmp_path, [*ends, document(700, "\n".join(lines[2:12]))], version="1.1.0").folder
    assert [(row["id"], row["reason"]) for row in folder.rows("quarantine")] == [("news/0700.txt", "split-bridge")]
    assert folder.manifest.split_rows() == {"train": 1, "test": 1}
    assert verify(folder).troubles == ()


def test_a_split_without_a_weight_is_called_that() -> None:
    with pytest.raises(PublishError, match="split 'test' has no weight"):
        SplitPlan.parse("train=2,test")
