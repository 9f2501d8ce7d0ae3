"""Rates of rules by outlet, and which of them jumped."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpuslint.cli.app import main
from corpuslint.errors import ConfigError
from corpuslint.reporting.drift import Rates, jumps


def rates(documents: int, reported: int, site: str = "المدى") -> Rates:
    return Rates({site: documents}, {site: {"ART001": reported}})


@pytest.mark.parametrize(
    ("before", "now", "jumped"),
    [
        pytest.param((100, 2), (100, 60), True, id="new-template"),
        pytest.param((100, 50), (100, 55), False, id="chance"),
        pytest.param((100, 60), (100, 2), False, id="fell"),
        pytest.param((1000, 10), (1000, 40), False, id="small-rise"),
        pytest.param((9, 0), (100, 90), False, id="few-before"),
        pytest.param((100, 0), (5, 5), False, id="few-now"),
    ],
)
def test_jumps_are_more_than_chance(before: tuple[int, int], now: tuple[int, int], jumped: bool) -> None:
    assert bool(jumps(rates(*before), rates(*now))) is jumped


def test_an_outlet_that_is_new_has_not_jumped() -> None:
    assert jumps(rates(100, 0, "الصباح"), rates(100, 90)) == ()


def test_a_jump_says_what_rose() -> None:
    (jump,) = jumps(rates(100, 0), rates(200, 120))
    assert jump.sentence == "المدى: ART001 in 60% of 200 documents, 0% before"


def test_rates_survive_writing() -> None:
    written = rates(100, 7)
    assert Rates.parse(written.text, "x") == written


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"corpuslint-rates": 2}'])
def test_a_file_without_rates_is_refused(text: str) -> None:
    with pytest.raises(ConfigError):
        Rates.parse(text, "report.json")


def test_the_command_names_the_outlet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story = "افتتح رئيس البلدية مكتبة عامة في الحي القديم بحضور عدد من الكتاب والتلاميذ."
    for name, tail in (("old", ""), ("new", "\n[ad_1]")):
        lines = [json.dumps({"text": f"{story} {number}{tail}\n", "source": "المدى"}) for number in range(30)]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    options = ["--isolated", "--select", "ART00"]
    main_of(["report", str(tmp_path / "old.jsonl"), "-o", str(tmp_path / "r.json"), *options])
    main_of(["report", str(tmp_path / "new.jsonl"), "--against", str(tmp_path / "r.json"), *options])
    assert "المدى: ART0" in capsys.readouterr().out


def main_of(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code in (0, None)
