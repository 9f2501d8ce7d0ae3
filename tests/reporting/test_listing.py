"""What a person reads: a rule that repeats is said once, the worst is never cut off, lines fit the terminal."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import Document, DocumentId, Origin
from corpuslint.model.levels import Severity
from corpuslint.reporting import reporter
from corpuslint.reporting.report import Report, Summary, findings_of
from corpuslint.reporting.terminal import PLAIN, Terminal
from corpuslint.text.positions import Span
from corpuslint.text.visible import columns
from tests.conftest import Corpuslint
from tests.reporting.samples import sample_report

LONG = "انتهى الاجتماع مساء أمس في المدينة القديمة بحضور عدد كبير من السكان والزوار والصحفيين وممثلي الأحياء المجاورة"


def report_of(*given: tuple[str, str, Severity, Span], text: str = LONG, message: str = "a message") -> Report:
    """A report of findings, each (file name, code, severity, span)."""
    findings = []
    for filename, code, severity, span in given:
        document = Document(DocumentId(filename), text, {}, Origin(filename))
        diagnostic = Diagnostic(code, "a-name", message, severity, document.id, span)
        findings += findings_of(document, text, (diagnostic,))
    return Report.of(findings, summary=Summary(len({finding.document for finding in findings})))


def rendered(name: str, report: Report, terminal: Terminal = PLAIN) -> list[str]:
    return "".join(reporter(name)(report, terminal)).splitlines()


REPEATED = report_of(
    *(("a.txt", "TST001", Severity.ERROR, Span(at, at + 3)) for at in range(0, 40, 5)),
    ("a.txt", "TST002", Severity.ERROR, Span(1, 2)),
    ("b.txt", "TST001", Severity.ERROR, Span(0, 3)),
)


@pytest.mark.parametrize("name", ["full", "concise"])
def test_findings_of_one_rule_in_one_document_are_listed_once_with_their_places(name: str) -> None:
    lines = [line for line in rendered(name, REPEATED) if "TST001" in line]
    assert lines == [
        "a.txt:1:1: error TST001 a message (7 more here: 1:6, 1:11, 1:16, 1:21, 1:26, …)",
        "b.txt:1:1: error TST001 a message",
    ]


def test_repeats_are_listed_one_by_one_where_they_are_asked_for() -> None:
    assert sum("TST001" in line for line in rendered("concise", REPEATED, Terminal(repeats=True))) == 9


def test_the_summary_counts_findings_and_not_lines() -> None:
    assert rendered("concise", REPEATED)[-1] == "Found 10 findings in 2 documents: 10 errors."


MANY = report_of(
    *((f"{number:03}.txt", "TST001", Severity.INFO, Span(0, 3)) for number in range(250)),
    ("zzz.txt", "TST002", Severity.ERROR, Span(0, 3)),
)


def test_what_is_too_much_is_cut_off_from_the_mildest_and_said() -> None:
    lines = rendered("full", MANY)
    assert sum("TST00" in line for line in lines) == 100
    assert any(line.startswith("zzz.txt:1:1: error TST002") for line in lines)
    assert "… 151 more findings not listed: the worst 100 entries are; `--max-findings 0` lists all." in lines


@pytest.mark.parametrize(("name", "most", "count"), [("full", 0, 251), ("concise", None, 251), ("concise", 3, 3)])
def test_the_user_says_how_much_is_too_much(name: str, most: int | None, count: int) -> None:
    assert sum("TST00" in line for line in rendered(name, MANY, Terminal(most=most))) == count


def test_quiet_is_findings_alone() -> None:
    assert rendered("concise", REPEATED, Terminal(quiet=True)) == rendered("concise", REPEATED)[:3]


@pytest.mark.parametrize("width", [40, 60, 80])
def test_lines_fit_the_terminal_and_break_between_words(width: int) -> None:
    given = report_of(
        ("a.txt", "TST001", Severity.ERROR, Span(LONG.index("بحضور"), LONG.index(" عدد"))),
        ("b.txt", "TST001", Severity.ERROR, Span(0, len(LONG))),
        message="a message of very many words that goes on and on until no terminal is wide enough for it",
    )
    lines = rendered("full", given, Terminal(width=width))
    assert max(map(columns, lines[:-1])) <= width
    words = set(given.findings[0].message.split()) | set(LONG.split())
    broken = [word for line in lines[:-1] for word in re.findall(r"[^\W\d_]+", line) if word not in words]
    assert set(broken) <= {"a", "b", "txt", "error", "TST"}


def test_the_match_is_not_marked_with_the_quotes_of_the_text() -> None:
    text = "قرأ «الخبر» ثم خرج"
    given = report_of(("a.txt", "TST001", Severity.ERROR, Span(4, 11)), text=text)
    assert "    قرأ ⟦«الخبر»⟧ ثم خرج" in rendered("full", given)
    assert "    قرأ \x1b[1;4;31m«الخبر»\x1b[0m ثم خرج" in rendered("full", given, Terminal(colour=True))


def test_because_is_said_once() -> None:
    finding = sample_report().findings[0]
    evidence = {"shared words": 3, "because": "it opens with a headline"}
    given = Report.of([replace(finding, evidence=evidence)])
    assert '    because "it opens with a headline"; shared words 3' in rendered("full", given)


def test_a_record_of_lines_is_named_by_its_line(tmp_path: Path, corpuslint: Corpuslint) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"id": f"r{number}", "text": "قال, ثم\n"}) + "\n" for number in range(2)))
    out = corpuslint("check", path, "--isolated", "--select", "PUN001", "--output-format", "concise").out
    assert [line.split(": ")[0] for line in out.splitlines()[:2]] == [f"{path}:1 (r0) 1:4", f"{path}:2 (r1) 1:4"]


def test_severity_leaves_out_milder_findings_and_counts_them(tmp_path: Path, corpuslint: Corpuslint) -> None:
    path = tmp_path / "a.txt"
    path.write_text("قال, ثم\n", "utf-8")
    run = corpuslint(
        "check", path, "--isolated", "--severity", "error", "--output-format", "concise", "--select", "ALL"
    )
    assert {line.split()[1] for line in run.out.splitlines() if "a.txt:" in line} == {"error"}
    assert re.search(r"; milder ones not shown: [1-9]", run.out.splitlines()[-1])


def test_fixed_findings_are_counted_as_findings(tmp_path: Path, corpuslint: Corpuslint) -> None:
    path = tmp_path / "a.txt"
    path.write_text("قال    ثم    خرج    وعاد\n", "utf-8")
    before = json.loads(corpuslint("check", path, "--isolated", "--select", "SPC", "--output-format", "json").out)
    fixable = [finding for finding in before if finding["fix"]]
    assert sum(len(finding["fix"]["edits"]) for finding in fixable) > len(fixable)
    out = corpuslint("check", path, "--isolated", "--select", "SPC", "--fix").out
    assert out.splitlines()[0] == f"Fixed {len(fixable)} finding{'s' * (len(fixable) > 1)}."


def test_what_is_said_of_whole_documents_is_said_once(tmp_path: Path, corpuslint: Corpuslint) -> None:
    for number in range(8):
        (tmp_path / f"{number}.txt").write_text("افتتح الوزير المعرض السنوي للكتاب في العاصمة.\n", "utf-8")
    asked = ("check", tmp_path, "--isolated", "--select", "SRC001")
    (line,) = (line for line in corpuslint(*asked).out.splitlines() if "SRC001" in line)
    others = ", ".join(f"{tmp_path}/{number}.txt" for number in range(1, 6))
    assert line.startswith(f"{tmp_path}/0.txt:1:1: error SRC001 ")
    assert line.endswith(f"(7 more documents: {others}, …)")
    for more in (["--show-repeats"], ["--output-format", "concise"]):
        assert corpuslint(*asked, *more).out.count("error SRC001") == 8


def test_a_severity_that_is_none_costs_no_run(tmp_path: Path, corpuslint: Corpuslint) -> None:
    run = corpuslint("check", tmp_path / "nowhere", "--severity", "eror")
    assert run.status == 2
    assert "'--severity': 'eror' is not one of 'info', 'warning', 'error'" in run.err


def test_each_broken_line_of_a_file_of_records_is_named(tmp_path: Path, corpuslint: Corpuslint) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "وصل\n[1]\n{"id": 4}\n', "utf-8")
    for name in ("full", "concise"):
        out = corpuslint("check", path, "--isolated", "--select", "LNT006", "--output-format", name).out
        assert f"{path}:1 1:1: error LNT006" in out
        assert f"{path}:2" in out
        assert f"{path}:3" in out


def test_no_findings_among_no_documents_are_told_from_a_clean_corpus(tmp_path: Path, corpuslint: Corpuslint) -> None:
    assert corpuslint("check", tmp_path, "--isolated", "--allow-empty").out == "No findings in 0 documents.\n"
