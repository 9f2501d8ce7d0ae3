"""Suppressions silence exactly what they name, for the reason they give, until their day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import pytest

from corpuslint.engine.parking import Look
from corpuslint.engine.suppressions import Suppression, parse_file, parse_metadata, sort_out
from corpuslint.errors import ConfigError

TODAY = datetime.date(2026, 11, 25)


@dataclass(frozen=True)
class Found:
    filename: str = "seeds/a.txt"
    code: str = "LET001"
    fingerprint: str = "f1"
    name: str = "persian-letter"
    site: str = "BBC"
    record_id: str = ""


def silenced(entry: Suppression, found: Found, document: str = "seeds/a.txt") -> bool:
    look = Look(lambda name: True, frozenset({"LET001"}), TODAY)
    return not sort_out([entry], [found], [document], look, [found.filename]).new


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        pytest.param(Suppression("LET001", "r"), True, id="code"),
        pytest.param(Suppression("LET", "r"), True, id="family"),
        pytest.param(Suppression("persian-letter", "r"), True, id="name"),
        pytest.param(Suppression("ART", "r"), False, id="another family"),
        pytest.param(Suppression("LET001", "r", fingerprint="f1"), True, id="fingerprint"),
        pytest.param(Suppression("LET001", "r", fingerprint="f2"), False, id="another fingerprint"),
        pytest.param(Suppression("LET001", "r", file="seeds/*.txt"), True, id="file pattern"),
        pytest.param(Suppression("LET001", "r", file="a.txt"), True, id="file name alone"),
        pytest.param(Suppression("LET001", "r", file="other/*"), False, id="another folder"),
        pytest.param(Suppression("LET001", "r", source="BBC*"), True, id="source"),
        pytest.param(Suppression("LET001", "r", source="CNN"), False, id="another source"),
        pytest.param(Suppression("LET001", "r", record="x"), False, id="a record"),
        pytest.param(Suppression("LET001", "r", document="seeds/a.txt"), True, id="its document"),
        pytest.param(Suppression("LET001", "r", document="seeds/b.txt"), False, id="another document"),
        pytest.param(Suppression("LET001", "r", expires=datetime.date(2026, 11, 25)), True, id="last day"),
        pytest.param(Suppression("LET001", "r", expires=datetime.date(2026, 11, 24)), False, id="day after"),
    ],
)
def test_what_is_silenced(entry: Suppression, expected: bool) -> None:
    assert silenced(entry, Found()) is expected


def test_unused_and_expired_are_told_apart() -> None:
    used, unused = Suppression("LET001", "r"), Suppression("LET002", "r")
    expired = Suppression("LET001", "r", expires=datetime.date(2020, 1, 1))
    look = Look(lambda name: True, frozenset({"LET001", "LET002"}), TODAY)
    result = sort_out([used, unused, expired], [Found()], ["d"], look, ["seeds/a.txt"])
    assert (result.unused, result.expired) == ((unused,), (expired,))


def test_nothing_is_unused_where_the_run_did_not_look() -> None:
    look = Look(lambda name: False, frozenset({"LET001"}), TODAY)
    assert sort_out([Suppression("LET001", "r", file="z.txt")], [], [], look, []).unused == ()


def test_a_file_of_suppressions_is_read() -> None:
    text = (
        '[[suppress]]\ncode = "LET001"\nreason = "a quoted verse"\nfile = "a.txt"\n\n'
        '[[suppress]]\ncode = "ART"\nreason = "house style"\nexpires = 2027-01-31\n'
    )
    assert parse_file(text, "s.toml") == (
        Suppression("LET001", "a quoted verse", file="a.txt", place="s.toml", line=1),
        Suppression("ART", "house style", expires=datetime.date(2027, 1, 31), place="s.toml", line=6),
    )


@pytest.mark.parametrize(
    ("text", "complaint", "line"),
    [
        pytest.param('[[suppress]]\ncode = "LET001"\n', "needs the key 'reason'", 1, id="no reason"),
        pytest.param('[[suppress]]\nreason = "r"\n', "needs the key 'code'", 1, id="no code"),
        pytest.param('[[suppress]]\ncode = "A"\nreason = "r"\nwhy = "x"\n', "unknown key 'why'", 1, id="key"),
        pytest.param('[[suppress]]\ncode = "A"\nreason = "r"\nexpires = "x"\n', "must be a date", 1, id="date"),
        pytest.param('suppress = "all"\n', "'suppress' must be a list", 0, id="no table"),
        pytest.param('[ignore]\ncode = "A"\n', "unknown key 'ignore'", 0, id="another table"),
        pytest.param("[[suppress]\n", "not valid TOML", 1, id="broken"),
    ],
)
def test_a_broken_file_is_refused(text: str, complaint: str, line: int) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_file(text, "s.toml")
    assert complaint in caught.value.message
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ('""', None),
        ('"20270131"', datetime.date(2027, 1, 31)),
        ("2027-01-31T23:00:00", datetime.date(2027, 1, 31)),
    ],
)
def test_a_day_is_read_as_it_may_be_written(written: str, day: datetime.date | None) -> None:
    (entry,) = parse_file(f'[[suppress]]\ncode = "A"\nreason = "r"\nexpires = {written}\n', "s.toml")
    assert entry.expires == day


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("suppress = [3]", "s.toml [suppress[0]]: each of 'suppress' must be a table, not 3"),
        ('suppress = [{code="A", reason="r"}, {code="A"}]', "s.toml [suppress[1]]: needs the key 'reason'"),
        ('suppress = [{code="A", reason="r", expires=false}]', "'expires' must be a date like 2027-01-31, not False"),
    ],
)
def test_a_complaint_names_the_entry(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_file(text, "s.toml")
    assert said in str(caught.value)


def test_metadata_binds_to_its_document() -> None:
    declared = '{"suppress": [{"code": "LET001", "reason": "a verse", "fingerprint": "f1"}]}'
    (entry,), trouble = parse_metadata(declared, "a.txt", "a.meta.json")
    assert (entry, trouble) == (
        Suppression("LET001", "a verse", fingerprint="f1", document="a.txt", place="a.meta.json"),
        "",
    )


@pytest.mark.parametrize(
    "declared",
    ["{", "[]", '{"suppress": {}}', '{"suppress": [1]}', '{"suppress": [{"code": "LET001"}]}'],
    ids=["no JSON", "a list", "no list", "no table", "no reason"],
)
def test_broken_metadata_is_told_and_not_raised(declared: str) -> None:
    entries, trouble = parse_metadata(declared, "a.txt", "a.meta.json")
    assert entries == ()
    assert trouble
