"""The baseline parks what it knows, finding by finding, and tells what it no longer needs."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import pytest

from corpuslint.engine.baseline import Baseline, Entry, dump, parse, pruned, renewed, sort_out
from corpuslint.engine.fingerprint import SCHEME
from corpuslint.engine.parking import Look
from corpuslint.errors import ConfigError

TODAY = datetime.date(2026, 11, 25)


@dataclass(frozen=True)
class Found:
    filename: str
    code: str
    fingerprint: str
    name: str = "n"
    site: str = ""
    record_id: str = ""
    is_whole_file: bool = False


def look(*files: str, codes: tuple[str, ...] = ("LET001", "ART001")) -> Look:
    return Look(lambda name: name in files, frozenset(codes), TODAY)


def names(found: list[Found]) -> list[str]:
    return [entry.filename for entry in found]


A = Entry("a.txt", "LET001", "f1")
B = Entry("b.txt", "ART001", "f2", "huda", "agreed", datetime.date(2026, 12, 1))


def test_known_findings_are_parked_and_new_ones_are_not() -> None:
    found = [Found("a.txt", "LET001", "f1"), Found("a.txt", "LET001", "f9")]
    result = sort_out(Baseline((A, B)), found, look("a.txt"), names(found))
    assert result.new == (found[1],)
    assert result.parked == ((found[0], A),)
    assert result.unused == ()


def test_an_entry_parks_one_finding_only() -> None:
    found = [Found("b.txt", "LET001", "f1"), Found("a.txt", "LET001", "f1")]
    result = sort_out(Baseline((A,)), found, look("a.txt", "b.txt"), names(found))
    assert result.new == (found[0],)


def test_a_moved_document_keeps_its_entries() -> None:
    found = [Found("archive/a.txt", "LET001", "f1")]
    assert sort_out(Baseline((A,)), found, look("archive/a.txt"), names(found)).new == ()


def test_an_entry_is_unused_only_where_the_run_looked() -> None:
    assert sort_out(Baseline((A, B)), [], look("a.txt"), []).unused == (A,)


def test_an_entry_is_not_unused_when_its_rule_did_not_run() -> None:
    assert sort_out(Baseline((A,)), [], look("a.txt", codes=("ART001",)), []).unused == ()


@pytest.mark.parametrize(
    ("expires", "parked"),
    [
        pytest.param(datetime.date(2026, 11, 25), 1, id="holds on its last day"),
        pytest.param(datetime.date(2026, 11, 24), 0, id="is over the day after"),
    ],
)
def test_expiry(expires: datetime.date, parked: int) -> None:
    entry = Entry("a.txt", "LET001", "f1", expires=expires)
    found = [Found("a.txt", "LET001", "f1")]
    result = sort_out(Baseline((entry,)), found, look("a.txt"), names(found))
    assert (len(result.parked), len(result.new), len(result.expired)) == (parked, 1 - parked, 1 - parked)


def test_written_and_read_again_it_is_the_same() -> None:
    baseline = Baseline((A, B))
    assert parse(dump(baseline), "b.json") == baseline


def test_it_is_sorted_one_entry_a_line() -> None:
    assert dump(Baseline((B, A))).splitlines() == [
        "{",
        '  "corpuslint-baseline": 1,',
        f'  "scheme": "{SCHEME}",',
        '  "entries": [',
        '    {"file": "a.txt", "code": "LET001", "fingerprint": "f1"},',
        '    {"file": "b.txt", "code": "ART001", "fingerprint": "f2", "owner": "huda", "reason": "agreed",'
        ' "expires": "2026-12-01"}',
        "  ]",
        "}",
    ]


def test_renewing_keeps_owner_and_reason_and_follows_a_move() -> None:
    found = [Found("c.txt", "ART001", "f2"), Found("a.txt", "LET001", "f3")]
    result = renewed(Baseline((A, B)), found, look("a.txt", "c.txt"), names(found), owner="ali", reason="old")
    assert result.entries == (
        Entry("a.txt", "LET001", "f3", "ali", "old"),
        Entry("c.txt", "ART001", "f2", "huda", "agreed", datetime.date(2026, 12, 1)),
    )


def test_renewing_leaves_what_was_not_looked_at() -> None:
    assert renewed(Baseline((A, B)), [], look("a.txt"), []).entries == (B,)


def test_pruning_adds_nothing() -> None:
    found = [Found("b.txt", "ART001", "f2"), Found("b.txt", "ART001", "f7")]
    assert pruned(Baseline((A, B)), found, look("a.txt", "b.txt"), names(found)).entries == (B,)


GOOD = dump(Baseline((A,)))


@pytest.mark.parametrize(
    ("text", "complaint", "line"),
    [
        pytest.param(GOOD.replace('": 1,', '": 2,'), "is a baseline of version 2", 0, id="another version"),
        pytest.param(GOOD.replace("/v2", "/v9"), "fingerprints of the scheme 'corpuslintFinding/v9'", 0, id="scheme"),
        pytest.param(GOOD[:-20], "not valid JSON", 5, id="cut off"),
        pytest.param("<<<<<<< HEAD\n" + GOOD, "not valid JSON", 1, id="merge conflict"),
        pytest.param("[]", "is no baseline", 0, id="another file"),
        pytest.param(GOOD.replace('"code"', '"cod"'), "unknown key 'cod'", 5, id="mistyped key"),
        pytest.param(GOOD.replace('"LET001"', "7"), "'code' must be a string", 5, id="mistyped value"),
        pytest.param(GOOD.replace('"f1"', '"f1", "expires": "soon"'), "must be a date", 5, id="no date"),
        pytest.param(GOOD.replace('"LET001"', '""'), "'code' must not be empty", 5, id="no code"),
        pytest.param(
            GOOD.replace('{"file"', '["file"').replace('"f1"}', '"f1"]').replace(": ", ", "), "", 0, id="list"
        ),
    ],
)
def test_a_broken_baseline_is_refused(text: str, complaint: str, line: int) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(text, "b.json")
    assert complaint in caught.value.message
    assert caught.value.path == "b.json"
    if line:
        assert caught.value.line == line


def test_an_empty_day_is_none() -> None:
    assert parse(GOOD.replace('"f1"', '"f1", "expires": ""'), "b.json") == Baseline((A,))


def test_many_entries_with_one_fingerprint_are_sorted_out_at_once() -> None:
    entries = tuple(Entry(f"{number}.txt", "ART001", "same") for number in range(5_000))
    found = [Found(f"{number}.txt", "ART001", "same") for number in range(5_001)]
    result = sort_out(Baseline(entries), found, look(), names(found))
    assert [finding.filename for finding in result.new] == ["5000.txt"]
