"""The shadow text: what folds together, and the way back to the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuslint.text.characters import KEPT_FORMS, PLAIN_FORMS
from corpuslint.text.folding import BLANKS, VANISHING, fold

ALPHABET = st.one_of(
    st.sampled_from("ابجكکيیىئؤأإآٱهہھةە۱٢٣ \n\r" + BLANKS + VANISHING),
    st.sampled_from(sorted(PLAIN_FORMS) + sorted(KEPT_FORMS)),
    st.characters(exclude_categories=["Cs"]),
)
TEXTS = st.text(ALPHABET, max_size=40)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("كوريا", "کوریا", id="kaf and yeh of either script"),
        pytest.param("إلى", "الي", id="alef seat and alef maksura"),
        pytest.param("مدرسة", "مدرسه", id="teh marbuta"),
        pytest.param("مَدرَسَة", "مدرسة", id="vowel signs"),
        pytest.param("عـــاجل", "عاجل", id="tatweel"),
        pytest.param("ﻻ ﺷﻲء", "لا شيء", id="presentation forms"),
        pytest.param("۱۲۳", "١٢٣", id="digits"),
        pytest.param("می\N{ZERO WIDTH NON-JOINER}رود", "می رود", id="ZWNJ is a blank"),
        pytest.param("قال\N{NO-BREAK SPACE} \N{RIGHT-TO-LEFT MARK}أمس", "قال أمس", id="blanks and direction marks"),
        pytest.param("سطر\r\nسطر", "سطر\nسطر", id="line ends"),
    ],
)
def test_spellings_fold_together(left: str, right: str) -> None:
    assert fold(left) == fold(right)


@pytest.mark.parametrize("text", ["النبي ﷺ", "﴾ ﴿", "50 ﷼", "😀 ×"])
def test_signs_that_are_not_spellings_stay(text: str) -> None:
    assert set(text) - set(fold(text)) <= set("ي")


@given(TEXTS)
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
