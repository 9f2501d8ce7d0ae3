"""A document with a hundred thousand findings costs a hundred times one with a thousand, not ten thousand times."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.growth import SHAPES
from corpuslint.config.settings import Settings
from corpuslint.engine.check import check_document
from corpuslint.engine.fix import fix_document
from corpuslint.engine.rules import rules_for
from corpuslint.engine.ruleset import RuleSet
from corpuslint.model.document import Document, DocumentId
from corpuslint.model.ledger import AppliedEdit, replay, undo
from corpuslint.model.levels import Applicability
from corpuslint.reporting.report import findings_of
from corpuslint.text.positions import LineIndex, Span
from corpuslint.web.page import paragraphs_of
from corpuslint.web.report import Reported, report_page
from tests.conftest import Corpuslint

TIMES = 4
"""How much longer the second text is: what is linear takes four times as long, what is quadratic sixteen times."""
MOST = 10.0


def growth(work: Callable[[int], Callable[[], object]], size: int) -> float:
    """How many times the processor time of work on `size` the work on `TIMES * size` takes."""
    return _least(work(TIMES * size)) / _least(work(size))


def _least(work: Callable[[], object]) -> float:
    taken = []
    gc.disable()  # what the other tests left lying about is not weighed here
    for _ in range(3):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    gc.enable()
    return max(min(taken), 1e-4)


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return rules_for(Settings())


def document(shape: str, size: int) -> Document:
    return Document(DocumentId("a.txt"), SHAPES[shape](size))


def edits_on(count: int) -> tuple[str, list[AppliedEdit]]:
    """A text and edits on it, as fixing makes them: from the last place to the first."""
    return "<!-- قال " * count, [AppliedEdit("ART003", 1, 9 * at, "<!-- ", "") for at in reversed(range(count))]


def test_making_edits_again(rules: RuleSet) -> None:
    def work(count: int) -> Callable[[], object]:
        text, edits = edits_on(count)
        return lambda: replay(text, edits)

    assert growth(work, 10_000) < MOST


def test_taking_edits_back(rules: RuleSet) -> None:
    def work(count: int) -> Callable[[], object]:
        text, edits = edits_on(count)
        mended = replay(text, edits)
        return lambda: undo(mended, edits)

    assert growth(work, 10_000) < MOST


@given(st.data())
def test_edits_in_any_order_lead_there_and_back(data: st.DataObject) -> None:
    text = start = data.draw(st.text("ابت ", max_size=12))
    edits = []
    for _ in range(data.draw(st.integers(0, 6))):
        begin = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(begin, len(text)))
        after = data.draw(st.text("xyz", max_size=3))
        edits.append(AppliedEdit("SPC001", 1, begin, text[begin:end], after))
        text = text[:begin] + after + text[end:]
    assert replay(start, edits) == text
    assert undo(text, edits) == start


@pytest.mark.parametrize("place", [-1, 1, 3])
def test_edits_of_another_text_are_refused(place: int) -> None:
    with pytest.raises(ValueError, match="is not what SPC001 left"):
        undo("abc", [AppliedEdit("SPC001", 1, place, "x", "c")])


@pytest.mark.parametrize("shape", ["UTF-8 read as Latin-1", "open comments", "one line of Persian letters"])
def test_looking(rules: RuleSet, shape: str) -> None:
    def work(size: int) -> Callable[[], object]:
        there = document(shape, size)
        return lambda: findings_of(there, there.text, check_document(there, rules))

    assert growth(work, 40_000) < MOST


@pytest.mark.parametrize("shape", ["open comments", "one line of Persian letters", "lines that may be labels"])
def test_fixing(rules: RuleSet, shape: str) -> None:
    def work(size: int) -> Callable[[], object]:
        there = document(shape, size)
        return lambda: fix_document(there, rules, Applicability.UNSAFE)

    assert growth(work, 10_000) < MOST


def test_marks_beside_each_other_go_together(rules: RuleSet) -> None:
    """Neighbours share a blank; taking every second one out a round, a long row of them never ended."""
    result = fix_document(document("open comments", 30_000), rules, Applicability.SAFE)
    assert [finding.code for finding in result.remaining if finding.code.startswith(("ART", "LNT"))] == []
    assert result.rounds <= 3
    assert undo(result.text, result.applied) == result.original


BODY = "قال الناطق إن الاجتماع سيعقد في موعده دون تأخير وإن الأعمال ستبدأ.\n"


@pytest.mark.parametrize("before", ["", 3 * BODY], ids=["all", "below a text"])
@pytest.mark.parametrize("line", ["كتب: سامي نديم\n", "عن وكالات وصحف عالمية\n"])
def test_credits_at_an_edge_go_together(rules: RuleSet, line: str, before: str) -> None:
    """A credit takes no room at its edge: when only the outermost few were seen, each round brought up the next few."""
    there = Document(DocumentId("a.txt"), before + line * 300 + 2 * BODY)
    result = fix_document(there, rules, Applicability.UNSAFE)
    assert (result.text, result.rounds) == (before + 2 * BODY, 1)


def test_a_line_of_many_findings_on_a_page() -> None:
    def work(count: int) -> Callable[[], object]:
        text, spans = "علی " * count, [(Span(4 * at, 4 * at + 3), at) for at in range(count)]
        return lambda: paragraphs_of(text, spans)

    assert growth(work, 8_000) < MOST


def test_the_report_page(rules: RuleSet) -> None:
    def work(size: int) -> Callable[[], object]:
        there = document("open comments", size)
        found = findings_of(there, there.text, check_document(there, rules))
        return lambda: report_page([Reported(there, found)], rules.specs)

    assert growth(work, 100_000) < MOST


@pytest.mark.parametrize("unit", [LineIndex.utf8_column, LineIndex.utf16_column])
def test_columns_of_every_place_in_a_line(unit: Callable[..., int]) -> None:
    def work(count: int) -> Callable[[], object]:
        index = LineIndex("علی😀 " * count)
        return lambda: [unit(index, index.position(offset)) for offset in range(0, 5 * count, 5)]

    assert growth(work, 4_000) < MOST


def test_columns_far_into_a_line() -> None:
    text = "قبل\n" + "علی😀 " * 300
    index = LineIndex(text)
    for offset in (4, 5, 259, 260, 261, 900, len(text)):
        place = index.position(offset)
        before = text[4:offset]
        assert index.utf8_column(place) == len(before.encode()) + 1
        assert index.utf16_column(place) == len(before.encode("utf-16-le")) // 2 + 1


def test_a_long_ledger_of_a_file_is_undone(corpuslint: Corpuslint, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SHAPES["open comments"](30_000), "utf-8")
    before = path.read_bytes()
    corpuslint("check", path, "--fix", "--isolated", "--no-cache")
    assert b"<!--" not in path.read_bytes()
    assert corpuslint("undo", path).status == 0
    assert path.read_bytes() == before
