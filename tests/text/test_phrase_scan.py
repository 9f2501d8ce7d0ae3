"""The scan for phrases finds every spelling that `phrase_pattern` describes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuslint.text.phrase_scan import PhraseScan
from corpuslint.text.phrases import fold_bytes, phrase_pattern, single_spaced

ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
NBSP = "\N{NO-BREAK SPACE}"
PHRASES = ("اقرأ أيضا", "كلمات دلالية", f"می{ZWNJ}شود", "مؤسسة", "قراءة المزيد", "Read more", "آخر تحديث")
SCAN = PhraseScan({phrase: 1 << number for number, phrase in enumerate(PHRASES)})

FOUND = [
    ("اقرأ أيضا", "نص. إقرا أيضًا: عنوان"),
    ("اقرأ أيضا", f"اقرأ{NBSP}أيضاً"),
    ("اقرأ أيضا", "اقرأ   أيضا"),
    ("اقرأ أيضا", "اقْرَأْ أَيْضًا"),
    ("اقرأ أيضا", "اقــرأ أيضا"),
    ("كلمات دلالية", "کلمات دلالیه"),
    (f"می{ZWNJ}شود", "کار می شود"),
    (f"می{ZWNJ}شود", "کار ميشود"),
    (f"می{ZWNJ}شود", f"کار می{ZWNJ}شود"),
    ("مؤسسة", "موسسه"),
    ("قراءة المزيد", "قراة المزيد"),
    ("Read more", "… Read more"),
]


@pytest.mark.parametrize(("phrase", "text"), FOUND, ids=[f"{number}" for number in range(len(FOUND))])
def test_wakes_on_every_spelling(phrase: str, text: str) -> None:
    assert SCAN.woken(text) >> PHRASES.index(phrase) & 1


@pytest.mark.parametrize("text", ["", "قال الوزير إن العمل بدأ", "قراء أيضا", "قد\N{SOFT HYPHEN}يهمك"], ids=range(4))
def test_sleeps_on_other_words(text: str) -> None:
    assert SCAN.woken(text) == 0


def test_a_phrase_that_folds_to_nothing_is_always_awake() -> None:
    assert PhraseScan({"ـ": 4, "خبر": 1}).woken("نص") == 4


def test_one_byte_a_letter_and_one_space_a_gap() -> None:
    assert single_spaced(fold_bytes(f"أخـبار{NBSP} اليوم")) == fold_bytes("اخبار اليوم")


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="اأإآٱبقرضيىیكکهةۀھوؤء ـًَّ‌\N{NO-BREAK SPACE}", max_size=24))
def test_finds_whatever_the_pattern_finds(text: str) -> None:
    for number, phrase in enumerate(PHRASES):
        if re.search(phrase_pattern(phrase), text):
            assert SCAN.woken(text) >> number & 1


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=20).filter(str.strip), st.text(max_size=8), st.text(max_size=8))
def test_finds_a_phrase_as_it_is_written(phrase: str, before: str, after: str) -> None:
    if re.search(phrase_pattern(phrase), before + phrase + after):
        assert PhraseScan({phrase: 1}).woken(before + phrase + after) == 1
