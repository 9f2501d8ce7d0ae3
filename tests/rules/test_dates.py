"""The date rules do what their examples say, and wake for each of them."""

from __future__ import annotations

import pytest

from corpuslint import Anatomy, Document, DocumentId, Example, Rule
from corpuslint.engine.scan import Scanner
from corpuslint.packs.loader import load_pack
from corpuslint.resources import rules_folder

PACK = load_pack(rules_folder() / "dates")
CASES = [
    pytest.param(rule, example, bool(example in rule.spec.invalid), id=f"{rule.spec.code}-{number}")
    for rule in PACK.rules
    for number, example in enumerate((*rule.spec.invalid, *rule.spec.valid))
]


@pytest.mark.parametrize(("rule", "example", "reported"), CASES)
def test_example(rule: Rule, example: Example, reported: bool) -> None:
    anatomy = Anatomy(Document(DocumentId("a"), example.text, example.metadata))
    findings = sorted(rule.check(anatomy), key=lambda finding: finding.span)
    assert bool(findings) is reported
    if not reported:
        return
    assert rule in Scanner(PACK.rules).awake(Anatomy(Document(DocumentId("x"), example.text)))
    if example.spans:
        assert tuple(finding.span.of(example.text) for finding in findings) == example.spans
    if example.fixed is not None:
        text, fields = example.text, {}
        for finding in reversed(findings):
            assert finding.fix is not None
            for edit in finding.fix.edits:
                text = text[: edit.span.start] + edit.content + text[edit.span.end :]
            fields.update({change.name: change.value for change in finding.fix.fields})
        assert (text, fields) == (example.fixed, dict(example.fields))


def _codes(text: str, **metadata: str) -> list[str]:
    anatomy = Anatomy(Document(DocumentId("a"), text, metadata))
    return sorted(finding.code for rule in PACK.rules for finding in rule.check(anatomy))


def test_a_declared_date_resolves_everything() -> None:
    assert _codes("قال الوزير أمس الخميس إنه يعود الشهر المقبل.\n", published="2023-10-20") == []


def test_a_contradicting_line_is_not_lifted() -> None:
    text = "تاريخ النشر: 20 أكتوبر 2023\nوصل الوفد.\n"
    anatomy = Anatomy(Document(DocumentId("a"), text, {"published": "2021-03-01"}))
    fixes = [finding.fix for rule in PACK.rules for finding in rule.check(anatomy)]
    assert fixes == [None, None]


def test_well_formed_dates_in_prose_are_no_finding() -> None:
    text = (
        "افتتح المعرض يوم الجمعة 20 أكتوبر 2023، وكان قد تأجل منذ فبراير/شباط 2022.\n"
        "ويوافق ذلك 5 ربيع الآخر 1445 هـ، والنتيجة 2-1 في الدقيقة 31، والنسخة 93.0.4577.\n"
    )
    assert _codes(text, published="2023-10-21") == []
