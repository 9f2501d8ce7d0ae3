"""A safe edit keeps the letters and digits of the text, folded; what a machine reads is not text."""

from __future__ import annotations

import pytest

from corpuslint.text.positions import Span
from corpuslint.text.wording import keeps_words


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("المدینة", "المدينة"),
        ("ﻣﺪﻳﻨﺔ", "مدينة"),
        ("مـــدينة", "مدينة"),
        ("می رود", "می\N{ZERO WIDTH NON-JOINER}رود"),
        ("رغم ذلكوصل", "رغم ذلك وصل"),
        ("١٬٢٥٠", "1,250"),
        ("&amp;#1603;", "ك"),
        ("ЗбЪСЗЮ", "العراق"),
        ("Ã˜Â§Ã™â€žÃ˜Â¹Ã˜Â±Ã˜Â§Ã™â€š", "العراق"),
        ("<!-- more -->", ""),
        ('[gallery ids="1,2"]', ""),
        ("{{ post.views }}", ""),
        ("-----", ""),
    ],
    ids=lambda value: ascii(value)[:24],
)
def test_edits_that_keep_words(before: str, after: str) -> None:
    assert keeps_words(f"قبل {before} بعد", Span(4, 4 + len(before)), after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("شارك", ""),
        ("31", ""),
        ("Share", ""),
        ("[i]", ""),
        ("[BBC]", ""),
        ("<!-- تحديث -->", ""),
        ('[caption id="a" caption="جسر"]', ""),
        ("مدينه", "مدن"),
        ("", "كلمة"),
        ("العراق", "ЗбЪСЗЮ"),
    ],
    ids=lambda value: ascii(value)[:24],
)
def test_edits_that_take_or_bring_a_word(before: str, after: str) -> None:
    assert not keeps_words(f"قبل {before} بعد", Span(4, 4 + len(before)), after)


def test_a_letter_in_brackets_is_markup_only_beside_its_closing() -> None:
    assert keeps_words("قال [i]نعم[/i] ثم", Span(4, 7), "")
    assert not keeps_words("قال [i] نعم ثم", Span(4, 7), "")
