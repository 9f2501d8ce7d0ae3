"""Findings get their places, in every unit, from the offsets that rules report."""

from __future__ import annotations

import json

import orjson
import pytest

from corpuslint import Document, DocumentId, Fix, Origin, Severity, Span
from corpuslint.model.diagnostic import Edit
from corpuslint.model.levels import Applicability
from corpuslint.reporting.json import text_of
from corpuslint.reporting.report import Finding, Findings, Place, findings_of
from corpuslint.text.visible import Excerpt
from tests.reporting.samples import ARTICLE, RECORD, article_findings, finding, record_findings, sample_report, span_of


def one(text: str, part: str) -> tuple[Place, Place]:
    document = Document(DocumentId("a.txt"), text, origin=Origin("a.txt"))
    (found,) = findings_of(document, text, [finding(document, "ART001", span_of(text, part))])
    return found.start, found.end


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("قال الوزير [ad_1]", Place(1, 12, 11, 21), id="after Arabic letters"),
        pytest.param("خبر 😀 [ad_1] نص", Place(1, 7, 6, 13), id="after an emoji"),
        pytest.param("سطر\r\nثم [ad_1]", Place(2, 4, 8, 6), id="after CRLF"),
        pytest.param("سطر\rثم [ad_1]", Place(2, 4, 7, 6), id="after a lone CR"),
        pytest.param("a\N{LINE SEPARATOR}b [ad_1]", Place(1, 5, 4, 7), id="a line separator ends no line"),
    ],
)
def test_places_count_code_points_and_bytes(text: str, place: Place) -> None:
    start, end = one(text, "[ad_1]")
    assert start == place
    assert end == Place(place.row, place.column + 6, place.offset + 6, place.byte_column + 6)


def test_many_findings_on_one_long_line_keep_their_bytes() -> None:
    text = "جدید " * 3000
    document = Document(DocumentId("a.txt"), text, origin=Origin("a.txt"))
    spans = [Span(5 * n, 5 * n + 4) for n in range(3000)]
    found = findings_of(document, text, [finding(document, "LET001", span) for span in spans])
    assert found[-1].start == Place(1, 14996, 14995, 2999 * 9 + 1)


def test_a_finding_in_a_metadata_field_counts_in_that_field() -> None:
    title = record_findings()[0]
    assert (title.field, title.start.column, title.excerpt.match) == ("title", 6, "\N{NO-BREAK SPACE}")


def test_a_finding_of_a_whole_document_is_at_its_start() -> None:
    missing = next(found for found in article_findings() if found.code == "DAT001")
    assert (missing.start, missing.end) == (Place(1, 1, 0, 1), Place(1, 1, 0, 1))


def test_findings_are_sorted_by_file_record_offset_code() -> None:
    assert [found.code for found in sample_report().findings] == [
        "SPC002",
        "MIX001",
        "DAT001",
        "ART001",
        "LET001",
        "ENC003",
        "SRC004",
        "LET001",
    ]


def test_several_edits_become_one_suggestion_with_the_text_between_them() -> None:
    text = "الف [x] ب [y] ج"
    document = Document(DocumentId("a.txt"), text, origin=Origin("a.txt"))
    edits = (Edit(span_of(text, "[x]"), "1"), Edit(span_of(text, "[y]"), ""))
    fix = Fix("Do both", Applicability.SAFE, edits)
    (found,) = findings_of(document, text, [finding(document, "ART001", span_of(text, "[x]"), fix=fix)])
    assert found.suggestion is not None
    assert found.suggestion.content == "1 ب "
    assert (found.suggestion.start.offset, found.suggestion.end.offset) == (4, 13)


def test_json_is_the_contract() -> None:
    source = next(found for found in article_findings() if found.code == "SRC004")
    at = span_of(ARTICLE.text, "المصدر:").start
    assert json.loads(text_of(source)) == {
        "code": "SRC004",
        "name": "rule-src004",
        "severity": "error",
        "message": "message of SRC004",
        "url": source.url,
        "filename": "scrapes/خبر اليوم.txt",
        "record": None,
        "field": "text",
        "scope": "span",
        "language": "ar",
        "location": {"row": 4, "column": 1},
        "end_location": {"row": 4, "column": 22},
        "offset": at,
        "end_offset": at + 21,
        "fix": {
            "applicability": "unsafe",
            "message": "Lift the source line",
            "edits": [
                {
                    "content": "",
                    "location": {"row": 4, "column": 1},
                    "end_location": {"row": 5, "column": 1},
                    "offset": at,
                    "end_offset": at + 22,
                }
            ],
            "fields": {"source": "وكالة الأنباء", "keywords": ["ثقافة", "مدينة"]},
        },
        "confidence": 0.98,
        "evidence": {"marker": "المصدر:", "words": ["وكالة", "الأنباء"]},
        "fingerprint": source.fingerprint,
    }
    assert list(json.loads(text_of(source))) == [
        *("code", "name", "severity", "message", "url", "filename", "record", "field", "scope", "language"),
        *("location", "end_location", "offset", "end_offset", "fix", "confidence", "evidence", "fingerprint"),
    ]


def test_json_names_the_record() -> None:
    assert json.loads(text_of(record_findings()[1]))["record"] == {"index": 4, "id": "a-17"}
    assert RECORD.origin.index == 4


def test_half_a_surrogate_pair_does_not_stop_the_report() -> None:
    document = Document(DocumentId("a.txt"), "x\ud800", origin=Origin("a.txt"))
    fix = Fix.replace("Replace", Span(1, 2), "\ud800!")
    (found,) = findings_of(
        document, document.text, [finding(document, "ENC001", Span(1, 2), fix=fix, severity=Severity.INFO)]
    )
    assert orjson.loads(text_of(found))["fix"]["edits"][0]["content"] == "?!"


def test_findings_that_lie_on_disk_come_in_the_order_of_a_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpuslint.resources.MOST_BYTES", 1_000)
    given = [found for number in range(60) for found in finding_in(f"{number % 13:02d}.txt", number)]
    kept = Findings(given)
    assert (len(kept), kept.by_code()) == (60, {"AAA001": 60})
    assert list(kept) == sorted(given, key=lambda finding: finding.sort_key)
    assert [*zip(kept, kept, strict=True)] == [(finding, finding) for finding in kept]


@pytest.mark.parametrize("most", [1_000, 1_000_000])
def test_findings_of_two_runs_are_those_of_one(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr("corpuslint.resources.MOST_BYTES", most)
    given = [found for number in range(60) for found in finding_in(f"{number % 13:02d}.txt", number)]
    both = Findings()
    for part in (given[::3], given[1::3] + given[2::3], ()):
        both.take(Findings(part).given())
    assert (list(both), both.counts) == (list(Findings(given)), Findings(given).counts)


def test_findings_that_were_not_given_are_not_taken() -> None:
    with pytest.raises(ValueError, match="not what was kept"):
        Findings().take(Findings(finding_in("a.txt", 1)).given()[:-3])


def finding_in(filename: str, number: int) -> tuple[Finding, ...]:
    """One finding at a place of its own, with half a surrogate pair in its message."""
    document = Document(DocumentId(filename), "x" * 100, origin=Origin(filename))
    found = finding(document, "AAA001", Span(number, number + 1), message=f"sample {number} \udc80")
    return findings_of(document, document.text, (found,))


def excerpt_of(text: str, start: int, end: int) -> Excerpt:
    document = Document(DocumentId("a"), text)
    (told,) = findings_of(document, text, (finding(document, "AAA001", Span(start, end)),))
    return told.excerpt


def test_excerpt_is_cut_between_words() -> None:
    text = "كلمة " * 50 + "[ad_1]" + " كلمة" * 50
    start = text.index("[")
    excerpt = excerpt_of(text, start, start + 6)
    assert excerpt.before == "…" + "كلمة " * 8
    assert excerpt.after == " كلمة" * 8 + "…"


def test_excerpt_stays_on_its_line() -> None:
    text = "فوق\nقبل [ad_1] بعد\nتحت"
    start = text.index("[")
    assert excerpt_of(text, start, start + 6) == ("قبل ", "[ad_1]", " بعد")


def test_a_long_match_keeps_its_ends() -> None:
    text = "كلمة " * 200
    excerpt = excerpt_of(text, 0, len(text))
    assert len(excerpt.match) < 140
    assert excerpt.match.startswith("كلمة كلمة")
    assert "…" in excerpt.match
