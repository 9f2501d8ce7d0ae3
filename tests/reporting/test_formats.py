"""Each format against a text that was read by a person once and is kept.

After a wanted change: `CORPUSLINT_KEEP_SNAPSHOTS=1 pytest tests/reporting`, then read the difference in git.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpuslint import Document, DocumentId, Origin
from corpuslint.errors import ConfigError
from corpuslint.reporting import FORMATS, reporter
from corpuslint.reporting.report import Report, findings_of
from corpuslint.reporting.terminal import PLAIN, Terminal
from corpuslint.version import __version__
from tests.reporting.samples import finding, sample_report, span_of

SNAPSHOTS = Path(__file__).parent / "snapshots"
WRITTEN = [name for name in FORMATS if name != "html"]


def rendered(name: str, report: Report, terminal: Terminal = PLAIN) -> str:
    return "".join(reporter(name)(report, terminal))


@pytest.mark.parametrize("name", WRITTEN)
def test_format_is_what_was_read_and_kept(name: str) -> None:
    found = rendered(name, sample_report()).replace(f'"{__version__}"', '"VERSION"')
    kept = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("CORPUSLINT_KEEP_SNAPSHOTS"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(found, encoding="utf-8", newline="")
    assert found == kept.read_bytes().decode("utf-8")


@pytest.mark.parametrize("name", WRITTEN)
def test_no_format_lets_a_document_command_the_terminal(name: str) -> None:
    found = rendered(name, sample_report())
    assert "\x1b" not in found
    assert not any(line.startswith("::error file=x") for line in found.splitlines())


@pytest.mark.parametrize("name", WRITTEN)
def test_no_format_lets_the_name_of_a_file_or_a_message_command_the_terminal(name: str) -> None:
    at = "a\tb\x1b[31m\n::error file=x::boo.txt"
    document = Document(DocumentId(at), "خبر قصير\n", origin=Origin(at))
    found = finding(document, "ART001", span_of(document.text, "قصير"), message=at)
    said = rendered(name, Report.of(findings_of(document, document.text, [found])))
    assert "\x1b" not in said
    assert not any(line.startswith("::error file=x") for line in said.splitlines())


@pytest.mark.parametrize("name", WRITTEN)
def test_a_report_of_nothing_is_written(name: str) -> None:
    assert rendered(name, Report())[-1:] in ("\n", "")  # of nothing, a list of lines is nothing


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="unknown output format 'xml'") as caught:
        reporter("xml")
    assert "sarif" in caught.value.remedy


def test_colour_and_isolates_appear_on_a_terminal_only() -> None:
    on_terminal = rendered("full", sample_report(), Terminal(colour=True, isolate=True))
    assert "\x1b[1;31merror\x1b[0m" in on_terminal
    assert "\N{FIRST STRONG ISOLATE}" in on_terminal
    plain = rendered("full", sample_report())
    assert "\N{FIRST STRONG ISOLATE}" not in plain
