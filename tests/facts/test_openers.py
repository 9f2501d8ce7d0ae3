"""How lines open and close: a kind of lines that a document has not got wakes no fact that needs one."""

from __future__ import annotations

from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuslint.facts import openers
from corpuslint.facts.anatomy import Anatomy
from corpuslint.facts.openers import HEADLINE, SHORT, STAMP
from corpuslint.facts.page_lines import Lines
from corpuslint.facts.publication import date_lines
from corpuslint.facts.roundups import may_hold_headlines
from corpuslint.model.document import Document, DocumentId
from tests.words.conftest import COMPILED, SOURCE

SENTENCE = "افتتحت البلدية حديقة عامة جديدة في الحي الشمالي بحضور عدد كبير من السكان والمسؤولين في المدينة اليوم."
PIECES = st.sampled_from(
    (
        *(
            SENTENCE,
            SENTENCE * 2,
            "حديقة جديدة تفتح أبوابها للسكان في الحي الشمالي",
            "«حديقة جديدة تفتح أبوابها للسكان»",
        ),
        *(
            "3 مايو 2021",
            "٣ مايو ٢٠٢١ - ١٠:١٥",
            "الرياض - سمير حداد | 3 مايو 2021",
            "३ مايو २०२१",
            "شارك",
            "12",
            ".",
            "؟",
        ),
        *(
            " ",
            "\t",
            "\N{ZERO WIDTH SPACE}",
            "\N{EM SPACE}",
            "\N{ARABIC LETTER MARK}",
            "\n",
            "\r\n",
            "\n\n",
            "…",
            "»",
            ":",
        ),
    )
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


def _anatomy(text: str) -> Anatomy:
    return Anatomy(Document(DocumentId("a"), text))


@given(TEXTS)
def test_no_fact_finds_what_the_openers_rule_out(text: str) -> None:
    anatomy = _anatomy(text)
    bits = anatomy.openers
    assert bool(Lines(anatomy).short) is bool(bits & SHORT)
    assert bits & STAMP or all(line.meaning for line in anatomy.fact(date_lines))
    assert bits & HEADLINE or not may_hold_headlines(anatomy)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (SENTENCE, 0),
        (f"{SENTENCE}\n3 مايو 2021\n", SHORT | STAMP),
        (f"{SENTENCE}\n" * 8 + "3 مايو 2021\n" + f"{SENTENCE}\n" * 4, SHORT),
        (f"حديقة جديدة تفتح أبوابها للسكان في الحي الشمالي\n{SENTENCE}\n", SHORT),
        (f"{SENTENCE}\nحديقة جديدة تفتح أبوابها للسكان في الحي الشمالي\n", SHORT | HEADLINE),
        (f"{SENTENCE}\nحديقة جديدة تفتح أبوابها للسكان في الحي الشمالي.\n", SHORT),
    ],
    ids=["sentence", "date", "date amid the text", "title", "headline", "stop"],
)
def test_kinds_of_lines(text: str, kinds: int) -> None:
    assert _anatomy(text).openers & (SHORT | STAMP | HEADLINE) == kinds


@pytest.mark.skipif(COMPILED is None, reason="the kernel is not compiled here")
@given(TEXTS)
def test_lines_open_alike_compiled_and_not(text: str) -> None:
    def opened(module: ModuleType | None) -> object:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(openers, "kernel", module)
            return openers.openers_of(_anatomy(text))

    assert opened(COMPILED) == opened(SOURCE)
