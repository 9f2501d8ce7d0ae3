"""A pattern is tried where an opening stands at the beginning of a word or number, and nowhere else."""

from __future__ import annotations

import re

import pytest

from corpuslint.words.openings import Openings, phrases_of

pytestmark = pytest.mark.usefixtures("kernel")
DAYS = Openings("test", ["monday", "0 days ago", "week end"], before=["last", "on 0"], joined="xy")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("monday", [0]),
        ("last  monday", [0, 6]),
        ("lastmonday", []),
        ("xymonday xyxmonday xyxyxmonday", [0, 9]),
        ("amonday, 2monday", [10]),
        ("12 days ago and 12days  ago", [0, 16]),
        ("weekend, week   end", [0, 9]),
        ("on 1205 last monday on monday", [0, 8, 13, 23]),
        ("mon", []),
        ("", []),
    ],
)
def test_openings_stand_at_words_and_numbers(text: str, places: list[int]) -> None:
    assert list(DAYS.places(text)) == places


def test_a_chain_of_words_before_an_opening_ends() -> None:
    chain = "last " * 20_000 + "monday"
    assert list(DAYS.places(chain)) == list(range(len(chain) - 36, len(chain) - 1, 5))


def test_a_match_begins_behind_the_one_before() -> None:
    found = DAYS.matches(re.compile(r"(?:last )*monday"), "last last monday, monday")
    assert [match[0] for match in found] == ["last last monday", "monday"]


def test_phrases_are_made_of_one_word_of_each_part() -> None:
    assert phrases_of("a|b", "c", "d|e") == ["a c d", "a c e", "b c d", "b c e"]
