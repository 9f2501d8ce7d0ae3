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
    silent("XXX007", Triggers(patterns=(r"[\u2030✱\]]", "ڤ"))),
    silent("XXX008", Triggers(lines=openers.GAPPED)),
    silent("XXX009", Triggers(patterns=("✱", r"[✱]"))),
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
    ("one-of-several-characters", "نص 5\N{PER MILLE SIGN}", "17"),
    ("one-character-of-two-rules", "نص ✱ نص", "179"),
    ("one-letter", "ڤيينا", "17"),
    ("blank-lines", "نص\n\n \nنص", "18"),
    ("one-blank-line", "نص\n\nنص", "1"),
    ("undecodable", "نص \udc80", "123456789"),
]


@pytest.mark.parametrize(("text", "awake"), [case[1:] for case in WOKEN], ids=[case[0] for case in WOKEN])
def test_wakes(text: str, awake: str) -> None:
    rules = SCANNER.awake(Anatomy(Document(DocumentId("x"), text)))
    assert "".join(rule.spec.code[-1] for rule in rules) == awake


def test_a_carriage_return_is_a_line_end() -> None:
    rule = silent("XXX001", Triggers(patterns=(r"[\n]",)))
    assert Scanner((rule,)).awake(Anatomy(Document(DocumentId("x"), "نص\rنص"))) == (rule,)


def test_a_pattern_that_cannot_be_scanned_for_is_named() -> None:
    with pytest.raises(PackError, match=r"a\{40000\}"):
        Scanner((silent("XXX007", Triggers(patterns=(r"a{40000}",))),))
