"""What dates begin with is listed beside the expressions that read them: none matches where no opening stands."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpuslint.facts import absolute_dates, relative_dates
from corpuslint.facts.calendars import fold
from corpuslint.words.openings import Openings

EXPRESSIONS: dict[str, tuple[Openings, re.Pattern[str]]] = {
    **{tag: relative_dates.grammar(tag) for tag in relative_dates.TABLES},
    "months": absolute_dates.MONTHS_LED,
    "numbers": absolute_dates.NUMBERS,
}


@pytest.mark.filterwarnings("ignore:Possible nested set")
@pytest.mark.parametrize("name", EXPRESSIONS)
@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=100, derandomize=True)
@given(st.data())
def test_every_match_begins_at_an_opening(name: str, data: st.DataObject) -> None:
    openings, pattern = EXPRESSIONS[name]
    plain = pattern.pattern.replace(r"\d", "[0-9]").replace(r"\w", "[ا-ي]")  # as folded texts have them
    text = fold(data.draw(st.from_regex(re.compile(plain, pattern.flags))))
    found = [match.span() for match in pattern.finditer(text) if not is_inside_a_number(text, match.start())]
    assert {match.span() for match in openings.matches(pattern, text)}.issuperset(found)


def is_inside_a_number(text: str, at: int) -> bool:
    """A number is read from its first digit on."""
    return at > 0 and text[at].isdigit() and text[at - 1].isdigit()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("هفتهٔ گذشته", "fa"),
        ("ماه ی جاری", "fa"),
        ("بعد ظهر يوم الخميس", "ar"),
        ("مساء يوم من صباح يوم من السبت", "ar"),
    ],
)
def test_a_day_is_found_with_the_words_that_belong_to_it(text: str, language: str) -> None:
    assert [found.span for found in relative_dates.find_relative(fold(text), language)] == [(0, len(text))]
