"""What holds for the rules of bytes, spaces and marks on any text at all, however odd its characters."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuslint.engine.check import check_anatomy, check_document
from corpuslint.engine.fix import fix_document
from corpuslint.engine.ruleset import ruleset
from corpuslint.facts.anatomy import Anatomy
from corpuslint.model.document import Document, DocumentId, Origin
from corpuslint.model.ledger import replay, undo
from corpuslint.model.levels import Applicability, Severity
from corpuslint.packs.loader import load_pack
from corpuslint.resources import rules_folder
from corpuslint.text import invisible
from tests.laws.texts import examples

PACKS = ("encoding", "punctuation", "spacing")
RULES = ruleset(rule for name in PACKS for rule in load_pack(rules_folder() / name).rules)

ODD = (
    invisible.BLANKS
    + invisible.ZERO_WIDTH_SPACES
    + invisible.DIRECTION_MARKS
    + invisible.DIRECTION_OPENERS
    + invisible.DIRECTION_CLOSERS
    + invisible.LINE_SEPARATORS
    + "\N{ZERO WIDTH NON-JOINER}\N{SOFT HYPHEN}\N{NOT SIGN}\N{ZERO WIDTH NO-BREAK SPACE}\N{REPLACEMENT CHARACTER}"
    + "\n\r\x00\x1a\x0b\x85\x93"
)
PIECES = st.one_of(
    st.sampled_from(ODD),
    st.sampled_from(' .،؛؟,;?!:()[]«»“”"%٪،،'),
    st.sampled_from("0123456789٠١٢٣٤٥٦۴۵۶"),
    st.sampled_from(
        ["قال", "می", "ها", "الوزير", "CNN", "لە", "کے", "&quot;", "&amp;#1603;", "Ø§Ù„Ø¹", "ط§ظ„ط¹", "ЗбЪСЗЮ"]
    ),
    st.sampled_from("\n \N{NO-BREAK SPACE}\t"),
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)
LANGUAGES = st.sampled_from(["", "ar", "fa", "ur", "ckb"])


def document(text: str, language: str) -> Document:
    return Document(DocumentId("a"), text, {"language": language} if language else {}, Origin("a.txt"))


@examples(180)
@given(TEXTS, LANGUAGES)
def test_fixing_comes_to_an_end_and_can_be_taken_back(text: str, language: str) -> None:
    result = fix_document(document(text, language), RULES, Applicability.UNSAFE)
    assert [finding.code for finding in result.remaining if finding.code.startswith("LNT")] == []
    assert replay(text, result.applied) == result.text
    assert undo(result.text, result.applied) == text
    assert fix_document(document(result.text, language), RULES, Applicability.UNSAFE).text == result.text


@examples(180)
@given(TEXTS, LANGUAGES)
def test_no_rule_sleeps_when_it_would_report(text: str, language: str) -> None:
    one = document(text, language)
    assert check_document(one, RULES) == check_anatomy(Anatomy(one), RULES.rules, RULES)


@examples(100)
@given(TEXTS, LANGUAGES)
def test_findings_and_edits_lie_in_the_text(text: str, language: str) -> None:
    for finding in check_document(document(text, language), RULES):
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
        if finding.fix is not None:
            edits = sorted(finding.fix.edits)
            assert all(left.span.end <= right.span.start for left, right in pairwise(edits))
            assert all(0 <= edit.span.start <= edit.span.end <= len(text) for edit in edits)


@examples(80)
@given(
    st.lists(st.sampled_from(["قال", "الوزير", "إن", "القرار", "نهائي،", "وغادر.", "في", "2015", "«نعم»"]), min_size=1)
)
def test_plain_text_is_never_loud(words: list[str]) -> None:
    text = " ".join(words) + "\n"
    assert [one for one in check_document(document(text, "ar"), RULES) if one.severity > Severity.INFO] == []


@pytest.mark.parametrize(
    "text",
    [
        "\N{ARABIC FATHA}" * 100_000,
        "\N{NO-BREAK SPACE}" * 100_000,
        "(" * 20_000,
        "«" * 20_000,
        " ،" * 50_000,
        "é" * 50_000,
    ],
    ids=["marks", "spaces", "brackets", "quotes", "stops", "latin"],
)
def test_long_runs_of_one_thing_end_soon(text: str) -> None:
    assert len(check_document(document(text, ""), RULES)) < 25_000
