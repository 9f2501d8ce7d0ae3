"""Findings kept as bytes are the findings they were made of."""

from __future__ import annotations

import pickle

import pytest
from msgspec import structs

from corpuslint.model.diagnostic import Diagnostic, Edit, FieldChange, Fix, Related, Split
from corpuslint.model.document import Document, DocumentId, Origin
from corpuslint.model.levels import Applicability, Scope, Severity
from corpuslint.reporting.json import text_of
from corpuslint.reporting.report import Finding, findings_of, packed, unpacked
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
    return findings_of(document, TEXT, (structs.replace(diagnostic, **named),))[0]  # type: ignore[arg-type]


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
    "half a pair": finding(message="it says \ud800", evidence={"found": "\udfff"}),
    "NUL": finding(message="a \0 in it"),
}
of_each = pytest.mark.parametrize("given", CASES.values(), ids=CASES.keys())


@of_each
def test_nothing_of_a_finding_is_lost(given: Finding) -> None:
    (back,) = unpacked(packed((given,)))
    assert back == given
    assert text_of(back) == text_of(given)
    assert back.sort_key == given.sort_key


@of_each
def test_a_finding_travels_between_processes(given: Finding) -> None:
    assert pickle.loads(pickle.dumps(given)) == given


def test_findings_keep_their_order() -> None:
    given = tuple(CASES.values())
    assert unpacked(packed(given)) == given


def test_no_findings_are_no_bytes() -> None:
    assert packed(()) == b""
    assert unpacked(b"") == ()


@pytest.mark.parametrize("broken", [b"\x00", packed([CASES["record"]])[:-3], b"\xc1[1]", b"\xc1{", b"\xff" * 9])
def test_other_bytes_are_refused(broken: bytes) -> None:
    with pytest.raises(ValueError, match=r"not what was kept|Expecting"):
        unpacked(broken)
