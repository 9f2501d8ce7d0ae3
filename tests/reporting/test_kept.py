"""Findings kept as bytes are the findings they were made of."""

from __future__ import annotations

import dataclasses
import pickle

import pytest

from corpuslint.model.diagnostic import Diagnostic, Related
from corpuslint.model.document import Document, DocumentId, Origin
from corpuslint.model.fix import Edit, FieldChange, Fix, Split
from corpuslint.model.levels import Applicability, Scope, Severity
from corpuslint.reporting.json import text_of
from corpuslint.reporting.kept import KeptFinding, findings_in, rows_of
from corpuslint.reporting.report import Finding, Report, findings_of
from corpuslint.text.positions import Span

TEXT = "العنوان\nكتب المراسل: نص قصير ,\nوسطر آخر\n"
FIX = Fix("Replace it", Applicability.SAFE, (Edit(Span(2, 3), "x"),))
TWO_EDITS = Fix(
    "Replace both", Applicability.UNSAFE, (Edit(Span(2, 3), ""), Edit(Span(9, 9), "\N{RIGHT-TO-LEFT MARK}"))
)
LIFTING = Fix(
    "Lift it",
    Applicability.UNSAFE,
    (Edit(Span(8, 20), ""),),
    (FieldChange("source", "وكالة"), FieldChange("keywords", "", ("أ", "ب"))),
    (Split(Span(20, 30), True),),
    "utf-8",
)
RECORD = Origin("a.jsonl", 12, "r-12")
FILE = Origin("folder/b.txt")


def finding(origin: Origin = FILE, **named: object) -> Finding:
    name = DocumentId(f"{origin.filename}#{origin.index}" if origin.is_record else origin.filename)
    document = Document(name, TEXT, {"source": "المدى", "title": "عنوان"}, origin)
    diagnostic = Diagnostic("TST001", "a-name", "a message", Severity.WARNING, name)
    return findings_of(document, TEXT, (dataclasses.replace(diagnostic, **named),))[0]  # type: ignore[arg-type]


CASES = {
    "place": finding(span=Span(2, 5), language="ar"),
    "record": finding(RECORD, span=Span(9, 20), severity=Severity.ERROR),
    "document": finding(scope=Scope.DOCUMENT),
    "field": finding(span=Span(0, 2), field="title"),
    "one edit": finding(span=Span(2, 3), fix=FIX),
    "two edits": finding(span=Span(2, 9), fix=TWO_EDITS),
    "lifted fields": finding(span=Span(8, 20), fix=LIFTING),
    "evidence": finding(evidence={"letters": ("ك", "ک"), "count": 3, "share": 0.25, "sure": True}, confidence=0.75),
    "related": finding(scope=Scope.CORPUS, related=(Related(DocumentId("c.txt"), Span(1, 2), "the same"),)),
    "occurrence": finding(occurrence=3),
    "half a pair": finding(message="it says \ud800", evidence={"found": "\udfff"}),
    "NUL": finding(message="a \0 in it"),
}
of_each = pytest.mark.parametrize("given", CASES.values(), ids=CASES.keys())


def kept(*findings: Finding) -> list[Finding]:
    return [one for rows in rows_of(findings) for one in findings_in(rows)]


@of_each
def test_nothing_of_a_finding_is_lost(given: Finding) -> None:
    (back,) = kept(given)
    assert isinstance(back, KeptFinding)
    assert (back.sort_key, back.code, back.severity, back.document) == (
        given.sort_key,
        given.code,
        given.severity,
        given.document,
    )
    assert text_of(back) == text_of(given)
    assert back.whole() == given
    assert (back.site, back.excerpt, back.diagnostic, back.path) == (
        given.site,
        given.excerpt,
        given.diagnostic,
        given.path,
    )


@of_each
def test_keeping_twice_is_keeping_once(given: Finding) -> None:
    assert rows_of(kept(given)) == rows_of((given,))


def test_a_kept_finding_travels_as_a_finding() -> None:
    given = list(CASES.values())
    assert pickle.loads(pickle.dumps(kept(*given))) == sorted(
        given, key=lambda one: (one.filename != "folder/b.txt", one.sort_key)
    )


def test_kept_and_other_findings_stand_in_one_order() -> None:
    given = [finding(span=Span(start, 20), message=said) for start in (9, 3, 5) for said in ("b", "a")]
    half = [*kept(*given[::2]), *given[1::2]]
    assert [text_of(one) for one in Report.of(half).findings] == [text_of(one) for one in Report.of(given).findings]
