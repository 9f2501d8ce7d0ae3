"""The formats that other programs read, read back by those programs' own means."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from msgspec import structs

from corpuslint import DocumentId, Scope, Severity, Span
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.reporting import reporter
from corpuslint.reporting.report import Finding, Parked, Report, Summary, findings_of
from corpuslint.reporting.sarif import MOST_RESULTS
from corpuslint.reporting.terminal import PLAIN
from tests.reporting.samples import ARTICLE, article_findings, finding, record_findings, sample_report, span_of

# The OASIS schema of SARIF 2.1.0 (errata 01) without its descriptions.
SCHEMA = json.loads((Path(__file__).parent / "data" / "sarif-2.1.0.schema.json").read_text("utf-8"))


def rendered(name: str, report: Report) -> str:
    return "".join(reporter(name)(report, PLAIN))


def sarif(report: Report) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(rendered("sarif", report))
    return log


def many(number: int, severity: Severity = Severity.WARNING) -> list[Finding]:
    diagnostic = Diagnostic("PUN001", "comma", "a comma", severity, DocumentId("a.txt"), scope=Scope.DOCUMENT)
    return [Finding.of(diagnostic, f"{place:06}.txt") for place in range(number)]


@pytest.mark.parametrize(
    "report",
    [
        pytest.param(sample_report(), id="findings"),
        pytest.param(Report(), id="nothing"),
        pytest.param(
            Report.of(
                article_findings()[:2],
                parked=[Parked(entry, "baseline", "was there") for entry in article_findings()[2:]],
                summary=Summary(gates=("LET: 3.2 % of documents",), notes=("one file skipped",)),
            ),
            id="parked",
        ),
    ],
)
def test_sarif_satisfies_the_official_schema(report: Report) -> None:
    jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(sarif(report))


def test_sarif_says_what_its_columns_count() -> None:
    assert sarif(sample_report())["runs"][0]["columnKind"] == "unicodeCodePoints"


def test_sarif_paths_are_percent_encoded_and_relative() -> None:
    location = sarif(Report.of(article_findings()))["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    artifact = location["artifactLocation"]
    assert artifact["uri"].isascii()
    assert unquote(artifact["uri"]) == "scrapes/خبر اليوم.txt"
    assert artifact["uriBaseId"] == "%SRCROOT%"


def test_sarif_is_capped_from_the_mild_end_and_says_so() -> None:
    grave = [structs.replace(entry, filename="zzz.txt") for entry in many(10, Severity.ERROR)]
    run = sarif(Report.of([*many(MOST_RESULTS), *grave]))["runs"][0]
    levels = [result["level"] for result in run["results"]]
    assert (len(levels), levels.count("error")) == (MOST_RESULTS, 10)
    (notice,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"].startswith("10 of 5010 findings are left out")


def test_sarif_keeps_parked_findings_as_suppressed() -> None:
    first, *rest = article_findings()
    results = sarif(Report.of(rest, parked=[Parked(first, "baseline", "accepted by Huda")]))["runs"][0]["results"]
    suppressed = [result for result in results if "suppressions" in result]
    assert [result["suppressions"] for result in suppressed] == [
        [{"kind": "external", "status": "accepted", "justification": "baseline: accepted by Huda"}]
    ]


def test_sarif_is_read_by_a_public_reader(tmp_path: Path) -> None:
    loader = pytest.importorskip("sarif.loader")
    path = tmp_path / "report.sarif"
    path.write_text(rendered("sarif", sample_report()), "utf-8")
    read = loader.load_sarif_file(str(path))
    assert read.get_result_count() == 8
    assert read.get_distinct_tool_names() == ["corpuslint"]
    locations = [unquote(record["Location"]) for record in read.get_records()]
    assert any(location.endswith("scrapes/خبر اليوم.txt") for location in locations)


def test_junit_is_read_by_junitparser(tmp_path: Path) -> None:
    junitparser = pytest.importorskip("junitparser")
    path = tmp_path / "report.xml"
    path.write_text(rendered("junit", sample_report()), "utf-8")
    suites = junitparser.JUnitXml.fromfile(str(path))
    assert (suites.tests, suites.failures) == (8, 8)
    cases = [(suite.name, case.name, case.result[0].type) for suite in suites for case in suite]
    assert cases[0] == ("scrapes/batch.jsonl:5 (a-17)", "org.corpuslint.SPC002", "info")


def test_junit_of_nothing_is_one_case_that_passed() -> None:
    root = ElementTree.fromstring(rendered("junit", Report()))
    assert [case.get("name") for case in root.iter("testcase")] == ["no findings"]
    assert not list(root.iter("failure"))


def test_junit_holds_no_character_that_xml_cannot() -> None:
    text = "قبل\x00\ufffe بعد"
    bad = findings_of(ARTICLE, text, [finding(ARTICLE, "ENC003", Span(3, 5), message="\x00 and \ufffe")])
    ElementTree.fromstring(rendered("junit", Report.of(bad)))


def test_rdjson_columns_cut_the_match_out_of_the_bytes() -> None:
    lines = ARTICLE.text.encode().split(b"\n")
    read = json.loads(rendered("rdjson", Report.of(article_findings())))
    cut = []
    for entry in read["diagnostics"]:
        where = entry["location"]["range"]
        if "end" in where:
            line = lines[where["start"]["line"] - 1]
            cut.append(line[where["start"]["column"] - 1 : where["end"]["column"] - 1].decode())
    assert cut == ["[ad_1]", "ثقافیا", "\x1b", "المصدر: وكالة الأنباء", "ثقافیا"]


def test_rdjson_suggests_no_fix_that_would_lose_a_field() -> None:
    read = json.loads(rendered("rdjson", sample_report()))
    assert [entry["code"]["value"] for entry in read["diagnostics"] if "suggestions" in entry] == [
        "ART001",
        "LET001",
        "LET001",
    ]


def test_gitlab_fingerprints_are_unique_across_files_with_the_same_text() -> None:
    text = "نص [ad_1] نص [ad_1]\n"
    first, second = span_of(text, "[ad_1]"), span_of(text, "[ad_1]", 1)
    found = findings_of(ARTICLE, text, [finding(ARTICLE, "ART001", first), finding(ARTICLE, "ART001", second)])
    copies = [structs.replace(entry, filename=name, record=None) for name in "abc" for entry in found]
    read = json.loads(rendered("gitlab", Report.of([*copies, *record_findings()])))
    marks = [entry["fingerprint"] for entry in read]
    assert len(marks) == len(set(marks)) == 8


def test_github_annotations_are_aggregated_past_what_github_shows() -> None:
    lines = rendered("github", Report.of(many(40, Severity.ERROR))).splitlines()
    annotations = [line for line in lines if line.startswith("::error")]
    assert annotations == [
        "::error title=corpuslint (PUN001),file=000000.txt,line=1::000000.txt:1:1: PUN001 a comma"
        " (40 findings in 40 files, the first here)"
    ]
    assert sum(line.endswith("error PUN001 a comma") for line in lines) == 40


def test_github_annotation_over_several_lines_has_no_columns() -> None:
    span = Span(0, ARTICLE.text.index("افتتح") + 3)
    found = findings_of(ARTICLE, ARTICLE.text, [finding(ARTICLE, "MIX001", span)])
    (line,) = [line for line in rendered("github", Report.of(found)).splitlines() if line.startswith("::")]
    assert "line=1,endLine=2::" in line


def test_github_escapes_what_a_file_name_could_say() -> None:
    diagnostic = finding(ARTICLE, "ART001", None, message="100%\n::set-env name=x::y")
    found = Finding.of(diagnostic, "a,b:c\n::stop.txt")
    lines = rendered("github", Report.of([found])).splitlines()
    assert lines[0].startswith("::error title=corpuslint (ART001),file=a%2Cb%3Ac%0A%3A%3Astop.txt,line=1::")
    assert lines[0].endswith(": ART001 100%25⏎::set-env name=x::y")
    assert not [line for line in lines[1:] if line.startswith("::")]


def test_step_summary_stays_bounded() -> None:
    page = rendered("markdown", Report.of(many(20_000)))
    assert len(page.encode()) < 20_000
    assert "20,000" in page


def test_sarif_names_a_file_with_a_number_sign_whole() -> None:
    named = structs.replace(article_findings()[0], filename="a#b.txt")
    (result,) = sarif(Report.of([named]))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%23b.txt"
