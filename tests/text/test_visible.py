"""What cannot be seen is named, and excerpts are cut between words."""

from __future__ import annotations

import pytest

from corpuslint.text.visible import Excerpt, name_of, shown, unseen


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("نص\x1b[2J", "نص<U+001B>[2J", id="escape sequence"),
        pytest.param("a\N{RIGHT-TO-LEFT OVERRIDE}b", "a<U+202E>b", id="bidi override"),
        pytest.param("می\N{ZERO WIDTH NON-JOINER}رود", "می\N{ZERO WIDTH NON-JOINER}رود", id="joiner in a word stays"),
        pytest.param("a\r\nb\rc\nd", "a⏎b⏎c⏎d", id="line ends"),
        pytest.param("\x9b31m", "<U+009B>31m", id="C1 control sequence introducer"),
        pytest.param("\ud800", "<U+D800>", id="half a surrogate pair"),
    ],
)
def test_shown_names_what_a_terminal_would_obey(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_unseen_lists_each_character_once() -> None:
    text = "a\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}b\N{NO-BREAK SPACE}"
    assert [name_of(c) for c in unseen(text)] == ["U+00A0 NO-BREAK SPACE", "U+200B ZERO WIDTH SPACE"]


def test_a_match_that_nobody_sees_is_shown_by_name() -> None:
    assert Excerpt("قبل", "\N{ZERO WIDTH SPACE}", "بعد").marked == "قبل⟦<U+200B ZERO WIDTH SPACE>⟧بعد"
