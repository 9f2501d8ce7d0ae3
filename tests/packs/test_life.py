"""Rules come, go and get other codes; configurations, suppressions and baselines go on holding."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec import structs

from corpuslint import RuleSpec, Span, Status
from corpuslint.config.settings import Settings
from corpuslint.engine.fingerprint import fingerprints
from corpuslint.engine.rules import known_specs
from corpuslint.packs import life
from corpuslint.packs.selection import select
from tests.conftest import Corpuslint
from tests.reporting.samples import ARTICLE, finding

LOST = "قال الناطق الرسمي إن الاجتماع \N{REPLACEMENT CHARACTER} سيعقد في موعده المقرر دون تأخير.\n"


def spec_of(status: Status) -> RuleSpec:
    first = next(spec for spec in known_specs(Settings()) if spec.code == "ENC010")
    return structs.replace(first, status=status)


@pytest.mark.parametrize(
    ("status", "unnamed", "by_family", "by_code"),
    [
        (Status.STABLE, True, True, True),
        (Status.PREVIEW, False, False, True),
        (Status.DEPRECATED, True, True, True),
        (Status.REMOVED, False, False, False),
    ],
    ids=lambda value: value.value if isinstance(value, Status) else "",
)
def test_what_runs(status: Status, unnamed: bool, by_family: bool, by_code: bool) -> None:
    specs = [spec_of(status)]
    assert bool(select(specs)) is unnamed
    assert bool(select(specs, select=["ENC"])) is by_family
    assert bool(select(specs, select=["ENC010"])) is by_code


@pytest.fixture
def renamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """ENC010 was ENC901 before, and ENC900 before that."""
    monkeypatch.setitem(life.REDIRECTS, "ENC900", "ENC901")
    monkeypatch.setitem(life.REDIRECTS, "ENC901", "ENC010")


@pytest.mark.usefixtures("renamed")
def test_codes_of_a_renamed_rule() -> None:
    assert [life.current_code(code) for code in ("ENC900", "ENC901", "ENC010", "LET001")] == [
        *("ENC010", "ENC010", "ENC010", "LET001")
    ]
    assert life.former_codes("ENC010") == ("ENC900", "ENC901")
    assert {life.lasting_code(code) for code in ("ENC900", "ENC901", "ENC010")} == {"ENC900"}


def test_a_renamed_rule_keeps_its_fingerprints(monkeypatch: pytest.MonkeyPatch) -> None:
    def mark(code: str) -> tuple[str, ...]:
        return fingerprints(ARTICLE, {"text": ARTICLE.text}, [finding(ARTICLE, code, Span(0, 4))])

    before = mark("ENC900")
    monkeypatch.setitem(life.REDIRECTS, "ENC900", "ENC010")
    assert mark("ENC010") == before


@pytest.mark.usefixtures("renamed")
def test_the_old_code_selects_and_says_so(corpuslint: Corpuslint, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LOST, "utf-8")
    run = corpuslint("check", tmp_path, "--isolated", "--select", "ENC900")
    assert run.status == 1
    assert "note: ENC900 is now ENC010" in run.out


@pytest.mark.usefixtures("renamed")
def test_the_old_code_suppresses(corpuslint: Corpuslint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("corpuslint.toml").write_text('select = ["ENC"]\n', "utf-8")
    Path("corpuslint.suppress.toml").write_text('[[suppress]]\ncode = "ENC901"\nreason = "r"\n', "utf-8")
    Path("a.txt").write_text(LOST, "utf-8")
    assert corpuslint("check", ".").status == 0


@pytest.mark.usefixtures("renamed")
def test_the_page_of_a_rule_is_found_by_its_old_code(corpuslint: Corpuslint) -> None:
    run = corpuslint("rule", "ENC900", "--isolated")
    assert run.out.startswith("# ENC010 ")
    assert "Formerly ENC900, ENC901" in run.out
    assert "ENC900 is now ENC010" in run.err


def test_rule_prints_the_page_of_the_docs_and_json_holds_it(corpuslint: Corpuslint) -> None:
    page = corpuslint("rule", "ENC020", "--isolated").out
    (described,) = json.loads(corpuslint("rule", "mojibake", "--isolated", "--output-format", "json").out)
    assert described["page"] == page
    assert described["code"] == "ENC020"


def test_a_mistyped_rule_gets_near_ones(corpuslint: Corpuslint) -> None:
    run = corpuslint("rule", "html-entiti", "--isolated")
    assert (run.status, "did you mean html-entity" in run.err) == (2, True)


def test_a_family_is_no_rule(corpuslint: Corpuslint) -> None:
    run = corpuslint("rule", "ENC0", "--isolated")
    assert run.status == 2
    assert "corpuslint rules ENC0" in run.err


def test_rules_lists_what_is_selected(corpuslint: Corpuslint) -> None:
    lines = corpuslint("rules", "LNT", "--isolated").out.splitlines()
    assert {line[:3] for line in lines} == {"LNT"}
