"""`--fail-on`: severities, counts and shares."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from corpuslint import Severity
from corpuslint.engine.gates import gate_of, judge
from corpuslint.errors import ConfigError

E, W = Severity.ERROR, Severity.WARNING


@dataclass(frozen=True)
class Found:
    code: str
    severity: Severity = E
    document: str = "a"
    site: str = ""
    name: str = "n"


def fails(conditions: str, found: list[Found], documents: int = 100, sites: dict[str, int] | None = None) -> bool:
    return judge(gate_of(conditions), found, documents, sites or {})[0]


@pytest.mark.parametrize(
    ("conditions", "severity", "expected"),
    [
        ("error", E, True),
        ("error", W, False),
        ("warning", W, True),
        ("warning", Severity.INFO, False),
        ("info", Severity.INFO, True),
        ("never", E, False),
        ("error,warning", W, True),
    ],
)
def test_severities(conditions: str, severity: Severity, expected: bool) -> None:
    assert fails(conditions, [Found("LET001", severity)]) is expected


def test_nothing_found_passes() -> None:
    assert not fails("info,LET>0", [])


@pytest.mark.parametrize(("number", "expected"), [(2, True), (3, False)])
def test_a_count(number: int, expected: bool) -> None:
    assert fails(f"ART001>{number}", [Found("ART001", W)] * 3) is expected


def test_a_rule_with_a_limit_is_judged_by_it_alone() -> None:
    assert not fails("error,LET>5%", [Found("LET001")])
    assert fails("error,LET>5%", [Found("LET001"), Found("ART001")])


def test_a_severity_with_a_limit_is_counted() -> None:
    assert fails("warning>2", [Found("LET001", W)] * 3)
    assert not fails("warning>3", [Found("LET001", W)] * 3)


@pytest.mark.parametrize(("documents", "expected"), [(199, True), (200, False)])
def test_a_share_is_of_documents_and_not_of_findings(documents: int, expected: bool) -> None:
    assert fails("LET>0.5%", [Found("LET001", document="a")] * 40, documents) is expected


def test_a_share_of_each_source() -> None:
    found = [Found("LET001", document=str(n), site="Small") for n in range(2)]
    failed, reasons = judge(gate_of("LET>0.5%/source"), found, 10_000, {"Small": 100, "Large": 9_900})
    assert failed
    assert reasons == ["LET>0.5%/source: 2.00 % (2 of 100 documents of Small)"]


def test_a_share_of_one_source() -> None:
    found = [Found("LET001", site="A"), Found("LET001", site="B")]
    assert not fails("LET>50%/source=B", found[:1], 2, {"A": 1, "B": 1})
    assert fails("LET>50%/source=B", found, 2, {"A": 1, "B": 1})


def test_a_rule_by_name() -> None:
    assert fails("stray-tatweel>0", [Found("LET012", name="stray-tatweel")])


@pytest.mark.parametrize(
    "conditions", ["errors", "LET>", "LET>x", "LET<5", "LET>0.5%/site", "LET>101%", "", "LET>-1"], ids=repr
)
def test_what_is_no_condition_is_refused(conditions: str) -> None:
    with pytest.raises(ConfigError):
        gate_of(conditions)


def test_selectors_are_told_so_that_they_can_be_checked() -> None:
    assert gate_of("error,LET>1,warning>3,ART001>2%").selectors() == ("LET", "ART001")
