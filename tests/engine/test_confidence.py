"""A fix that removes or moves words is made only where the finding is sure enough; the run says how sure that is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpuslint import (
    Anatomy,
    Applicability,
    Diagnostic,
    Document,
    DocumentId,
    Edit,
    Fix,
    Span,
    Split,
)
from corpuslint.cli.app import main
from corpuslint.config.options import Options
from corpuslint.config.settings import settle
from corpuslint.engine.check import check_document
from corpuslint.engine.fix import fix_document
from corpuslint.engine.ruleset import ruleset
from corpuslint.errors import ConfigError
from tests.specs import spec

TEXT = "نص الخبر\nسطر غريب"


class Guess:
    """A rule that is 90 % sure of a fix."""

    def __init__(self, fix: Fix) -> None:
        self._fix = fix
        self.spec = spec(message="a guess")

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        if anatomy.text == TEXT:
            yield self.spec.report(anatomy.document, Span(9, 17), fix=self._fix, confidence=0.9)


REMOVES = Fix.delete("Delete the line", Span(9, 17), Applicability.UNSAFE)
MOVES = Fix("Split it off", Applicability.UNSAFE, (Edit(Span(9, 17), ""),), splits=(Split(Span(9, 17)),))
RESPELLS = Fix("Write it right", Applicability.UNSAFE, (Edit(Span(9, 10), "\N{ARABIC TATWEEL}س"),))


@pytest.mark.parametrize(
    ("fix", "least", "made"),
    [
        (REMOVES, 0.95, Applicability.DISPLAY),
        (REMOVES, 0.9, Applicability.UNSAFE),
        (MOVES, 0.95, Applicability.DISPLAY),
        (MOVES, 0.5, Applicability.UNSAFE),
        (RESPELLS, 0.95, Applicability.UNSAFE),
    ],
    ids=["removes", "removes-and-sure-enough", "moves", "moves-and-sure-enough", "letters"],
)
def test_a_fix_is_as_bold_as_its_evidence(fix: Fix, least: float, made: Applicability) -> None:
    document = Document(DocumentId("d"), TEXT)
    rules = ruleset([Guess(fix)], min_confidence=least)
    assert [found.fix and found.fix.applicability for found in check_document(document, rules)] == [made]
    assert (fix_document(document, rules, Applicability.UNSAFE).rounds > 0) == (made is Applicability.UNSAFE)


def test_the_configuration_and_then_the_command_line_say_how_sure(tmp_path: Path) -> None:
    said = tmp_path / "corpuslint.toml"
    said.write_text("min-confidence = 0.8\n", "utf-8")
    assert settle(Options(), start=tmp_path, config=said).min_confidence == 0.8
    assert settle(Options(min_confidence=1.0), start=tmp_path, config=said).min_confidence == 1.0
    assert settle(Options(), start=tmp_path, isolated=True).min_confidence == 0.95


def test_a_confidence_is_a_share(tmp_path: Path) -> None:
    said = tmp_path / "corpuslint.toml"
    said.write_text("min-confidence = 95\n", "utf-8")
    with pytest.raises(ConfigError, match="must be a number from 0 to 1"):
        settle(Options(), start=tmp_path, config=said)


def test_check_takes_the_option(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("نص الخبر هنا.\n", "utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["check", str(tmp_path), "--isolated", "--select", "LET", "--min-confidence", "1.5"])
    assert ended.value.code == 2
