"""Which rules a document wakes: by phrase, by pattern, by kinds of lines, or always."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from corpuslint import Anatomy, Diagnostic, Document, DocumentId, RuleCode, RuleSpec, Severity, Triggers, openers
from corpuslint.engine.scan import Scanner
from corpuslint.errors import PackError
from corpuslint.model.rule import Docs


@dataclass(frozen=True)
class Silent:
    spec: RuleSpec

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        yield from ()


def silent(code: str, triggers: Triggers) -> Silent:
    docs = Docs("", "")
    return Silent(RuleSpec(RuleCode(code), "silent", "", "", Severity.INFO, docs, (), (), triggers=triggers))


RULES = (
    silent("XXX001", Triggers()),
    silent("XXX002", Triggers(literals=("كلمات دلالية",))),
    silent("XXX003", Triggers(patterns=(r"^\[[a-z]",))),
    silent("XXX004", Triggers(lines=openers.LABEL)),
    silent("XXX005", Triggers(literals=("مشاركة",), lines=openers.NUMBER)),
    silent("XXX006", Triggers(literals=("***",))),
)
SCANNER = Scanner(RULES)

WOKEN = [
    ("empty", "", "1"),
    ("phrase", "خبر. کلمات دلالیه", "12"),
    ("pattern", "نص\r\n[ad", "13"),
    ("pattern-elsewhere", "نص [ad", "1"),
    ("label-line", "الوسوم: قمح\nنص", "14"),
    ("label-word-in-a-sentence", "قرأ الوسوم كلها في البيت ثم مضى إلى عمله في المدينة", "1"),
    ("signs", "نص *** نص", "16"),
    ("phrase-or-line", "مشاركة", "15"),
    ("line-or-phrase", "نص الخبر\n1204\nنص", "15"),
    ("undecodable", "نص \udc80", "123456"),
]


@pytest.mark.parametrize(("text", "awake"), [case[1:] for case in WOKEN], ids=[case[0] for case in WOKEN])
def test_wakes(text: str, awake: str) -> None:
    rules = SCANNER.awake(Anatomy(Document(DocumentId("x"), text)))
    assert "".join(rule.spec.code[-1] for rule in rules) == awake


def test_a_pattern_that_cannot_be_scanned_for_is_named() -> None:
    with pytest.raises(PackError, match=r"a\{40000\}"):
        Scanner((silent("XXX007", Triggers(patterns=(r"a{40000}",))),))
