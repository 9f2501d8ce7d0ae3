"""Words of strangers in reports, pages, cards and logs are words there, never orders: docs/security.md."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from corpuslint.publishing.card import CardFacts, Measures, card
from corpuslint.publishing.folder import DatasetFolder
from corpuslint.publishing.manifest import Manifest, Recipe
from corpuslint.reporting import FORMATS
from tests.conftest import Corpuslint, Run
from tests.security.hostile import HOSTILE, MARKUP, OBEYED, write_world


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    corpus = write_world(tmp_path)
    monkeypatch.chdir(tmp_path)
    return corpus


def obeyed(run: Run) -> set[str]:
    return set(OBEYED.findall(run.out)) | set(OBEYED.findall(run.err))


@pytest.mark.parametrize("output_format", FORMATS)
def test_no_format_gives_orders(corpuslint: Corpuslint, world: Path, output_format: str) -> None:
    run = corpuslint("check", "c", "--output-format", output_format)
    assert run.status == 1
    assert "ART950" in run.out
    assert obeyed(run) == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ("rule", "ART950"),
        ("rules", "ART950"),
        ("rules", "ART950", "--output-format", "markdown"),
        ("rules", "ART950", "--output-format", "json"),
        ("check", "c", "--select", HOSTILE),
        ("check", "c", "--output-format", HOSTILE),
        ("check", "c/" + HOSTILE),
        ("undo", "c"),
        ("verify", HOSTILE),
    ],
    ids=lambda arguments: " ".join(arguments[:2])[:20] if isinstance(arguments, tuple) else None,
)
def test_no_command_gives_orders(corpuslint: Corpuslint, world: Path, arguments: tuple[str, ...]) -> None:
    corpuslint("check", "c", "--fix", "--unsafe-fixes")
    assert obeyed(corpuslint(*arguments)) == set()


def test_github_is_told_to_take_no_orders_from_a_diff(
    corpuslint: Corpuslint, world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    out = corpuslint("check", "c", "--diff", "--unsafe-fixes").out
    word = re.match(r"::stop-commands::([0-9a-f]{32})\n", out)
    assert word
    assert out.endswith(f"\n::{word[1]}::\n")
    assert out.count(word[1]) == 2
    monkeypatch.delenv("GITHUB_ACTIONS")
    assert "stop-commands" not in corpuslint("check", "c", "--diff", "--unsafe-fixes").out


def test_the_report_page_is_data_to_its_script(corpuslint: Corpuslint, world: Path) -> None:
    assert corpuslint("report", "c", "-o", "r.html").status == 0
    html = Path("r.html").read_text("utf-8")
    assert re.findall(r"<script[^>]*>", html) == ['<script type="application/json" id="data">', "<script>"]
    assert "<img" not in html
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    assert "connect-src 'none'" in policy[1]
    data = re.search(r'id="data">(.*?)</script>', html, re.DOTALL)
    assert data
    said = [finding["message"] for item in json.loads(data[1])["items"] for finding in item["findings"]]
    assert any(MARKUP in message for message in said), "the message is there, as text"


def test_pages_set_text_and_never_markup() -> None:
    static = Path(__file__).parents[2] / "corpuslint" / "web" / "static"
    scripts = "".join(path.read_text("utf-8") for path in sorted(static.glob("*.js")))
    assert "textContent" in scripts
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", scripts) == []


def test_a_table_of_a_card_takes_no_markup() -> None:
    measures = Measures()
    measures.sources[MARKUP] += 3
    manifest = Manifest("n", "1.0.0", Recipe("t", "", {}, {}, "full"), 0, {}, "", {}, ())
    page = card(DatasetFolder(Path(), manifest), measures, CardFacts(source_licenses={MARKUP: MARKUP}), None)
    (row,) = [line for line in page.splitlines() if "alert" in line and line.startswith("|")]
    assert re.findall(r"<(?!/?bdi>)|\[|`", row) == []
    assert row.count("|") == 4


def test_no_report_is_a_spreadsheet() -> None:
    """A cell that begins with = + - or @ is a formula to a spreadsheet; the day a format writes CSV, this is due."""
    assert [name for name in FORMATS if "csv" in name or "tsv" in name] == []
