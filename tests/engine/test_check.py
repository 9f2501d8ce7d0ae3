"""Documents are judged many at a time, rule by rule: no finding may depend on which others are beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpuslint import (
    Anatomy,
    Applicability,
    Diagnostic,
    Document,
    DocumentId,
)
from corpuslint.cli.app import main
from corpuslint.config.settings import Settings
from corpuslint.engine.check import check_anatomies, check_document
from corpuslint.engine.fix import fix_document, fix_documents
from corpuslint.engine.rules import rules_for
from corpuslint.engine.ruleset import ruleset
from tests.specs import spec

RULES = rules_for(Settings())


class Counts:
    """A rule that fails on documents with a question mark."""

    spec = spec(message="counted")

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        yield self.spec.report(anatomy.document)
        if "?" in anatomy.text:
            raise ValueError("a question")


DOCUMENTS = [
    Document(DocumentId(f"d{number}"), example.text, dict(example.metadata))
    for number, example in enumerate(
        [example for rule in RULES.rules for example in (*rule.spec.invalid, *rule.spec.valid)][::5]
    )
]


def test_a_document_is_judged_alike_alone_and_among_others() -> None:
    together = [*check_anatomies([Anatomy(document) for document in DOCUMENTS], RULES)]
    assert sum(map(bool, together)) > len(DOCUMENTS) / 2
    assert together == [check_document(document, RULES) for document in DOCUMENTS]


def test_a_document_is_fixed_alike_alone_and_among_others() -> None:
    together = [result for result, _ in fix_documents(DOCUMENTS, RULES, Applicability.UNSAFE)]
    assert sum(result.changed for result in together) > len(DOCUMENTS) / 4
    assert together == [fix_document(document, RULES, Applicability.UNSAFE) for document in DOCUMENTS]


def test_a_rule_that_raises_costs_that_rule_on_that_document_only() -> None:
    documents = [Document(DocumentId(text), text) for text in ("one", "two?", "three")]
    found = check_anatomies([Anatomy(document) for document in documents], ruleset([Counts()]))
    assert [[one.code for one in each] for each in found] == [["TST001"], ["LNT003"], ["TST001"]]


def test_no_documents_have_no_findings() -> None:
    assert [*check_anatomies([], RULES)] == []


def test_each_document_of_a_run_keeps_the_rules_of_its_file_and_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("corpuslint.toml").write_text(
        'select = ["SPC005"]\n[per-file-ignores]\n"c*" = ["SPC"]\n[per-source-ignores]\n"Quiet*" = ["SPC"]\n', "utf-8"
    )
    sources = ("Loud", "Quiet Times", "Loud", "Quiet Times", "Loud")
    rows = [json.dumps({"text": "خبر قصير \n", "source": source}) for source in sources]
    for name in "abcd":
        Path(f"{name}.jsonl").write_text("\n".join(rows) + "\n", "utf-8")
    with pytest.raises(SystemExit):
        main(["check", ".", "--no-cache", "--output-format", "json-lines"])
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["filename"], one["record"]["index"]) for one in found] == [
        (f"{name}.jsonl", index) for name in "abd" for index in (0, 2, 4)
    ]
