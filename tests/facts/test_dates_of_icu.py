"""Dates that nobody here wrote: as ICU prints them in every Arabic-script locale, calendar and style."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpuslint.facts.dates import parse_date

_TABLE = (Path(__file__).parent / "data" / "icu_dates.tsv").read_text("utf-8")
ROWS = [line.split("\t") for line in _TABLE.splitlines() if not line.startswith("#")]
GROUPS = sorted({(row[0].split("-")[0], row[1]) for row in ROWS})


@pytest.mark.parametrize(("language", "calendar"), GROUPS)
def test_every_print_is_read_as_its_day(language: str, calendar: str) -> None:
    rows = [row for row in ROWS if row[0].split("-")[0] == language and row[1] == calendar]
    read = {text: parse_date(text, language) for *_, text in rows}
    wrong = [(text, read[text].value, day) for *_, day, text in rows if read[text].value != day or read[text].trouble]
    assert (len(rows) >= 16, wrong) == (True, [])
