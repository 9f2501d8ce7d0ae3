"""A text read once: words, lines, and what lies between; compiled and not, on any text."""

from __future__ import annotations

import doctest
import re
from array import array
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpuslint.text.positions import line_spans
from corpuslint.words import levels, phrases, reading
from corpuslint.words.levels import SPELLING, TERM
from corpuslint.words.lexicon import table_with
from corpuslint.words.phrases import Phrases
from corpuslint.words.reading import JOINED, LINE, LINE_FIELDS, SIGNS, WORD, key_of, read

from .conftest import COMPILED, SOURCE

ODD = (
    "\N{ZERO WIDTH NON-JOINER}\N{RIGHT-TO-LEFT MARK}\N{ARABIC FATHA}\N{ARABIC TATWEEL}\N{NO-BREAK SPACE}"
    "\x00\ud800\N{LINE SEPARATOR}"
)
TEXTS = st.text(st.one_of(st.sampled_from("ابجكيىئءأة١۲3aZ_.،« \n\r" + ODD), st.characters()), max_size=60)
ONCE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("module", [levels, reading, phrases])
def test_examples_of_the_docstrings(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


@ONCE
@given(TEXTS)
@example("\r\n\r\n")
@example("ا\N{ZERO WIDTH NON-JOINER}\nب")
def test_lines_are_those_that_everything_else_counts(kernel: ModuleType, text: str) -> None:
    lines = read(text).lines
    spans = [(lines[at], lines[at + 1]) for at in range(0, len(lines), LINE_FIELDS)]
    assert spans == line_spans(text)


@ONCE
@given(st.text("ابجكيىئءأة١۲3aZ_.،« \n\r\N{NO-BREAK SPACE}\x00\ud800é½日𝔸", max_size=60))
def test_words_are_the_runs_of_letters_and_those_of_digits(kernel: ModuleType, text: str) -> None:
    assert list(read(text).words()) == re.findall(r"[0-9١۲]+|[^\W_0-9١۲]+", text)


@ONCE
@given(TEXTS)
def test_each_word_lies_in_its_line_behind_the_one_before(kernel: ModuleType, text: str) -> None:
    found = read(text)
    behind = 0
    for start, end in zip(found.starts, found.ends, strict=True):
        assert behind <= start < end <= len(text)
        assert "\n" not in text[start:end]
        behind = end
    firsts = [number for number, gap in enumerate(found.gaps) if gap == LINE]
    opening = {found.lines[at + WORD] for at in range(0, len(found.lines), LINE_FIELDS)}
    assert set(firsts) <= opening


@pytest.mark.skipif(COMPILED is None, reason="the kernel is not compiled here")
@given(TEXTS)
def test_compiled_and_not_leave_the_same_arrays(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        found = []
        for module in (COMPILED, SOURCE):
            patch.setattr("corpuslint.words.reading.kernel", module)
            found.append((read(text), read(text, TERM)))
        assert found[0] == found[1]


@pytest.mark.parametrize(
    ("left", "right", "spelling", "term"),
    [
        pytest.param("إقرأ", "اقرا", True, True, id="alef with anything on it"),
        pytest.param("كوريا", "کوریا", True, True, id="kaf and yeh of either script"),
        pytest.param("على", "علي", True, True, id="yeh without dots"),
        pytest.param("مدرسة", "مدرسه", True, True, id="teh marbuta"),
        pytest.param("مؤتمر", "موتمر", True, True, id="waw with hamza"),
        pytest.param("مَدْرَسـة", "مدرسه", True, True, id="vowel signs and tatweel"),
        pytest.param("۱۲٣", "123", True, True, id="digits of three scripts"),
        pytest.param("Share", "SHARE", True, True, id="capitals"),
        pytest.param("رئيس", "رييس", False, True, id="the seat of hamza"),
        pytest.param("شيء", "شي", False, True, id="hamza alone"),
        pytest.param("دال", "ذال", False, False, id="other letters"),
    ],
)
def test_what_each_level_merges(left: str, right: str, spelling: bool, term: bool) -> None:
    assert (key_of(left, SPELLING) == key_of(right, SPELLING)) is spelling
    assert (key_of(left, TERM) == key_of(right, TERM)) is term


@given(st.characters(), st.characters())
def test_what_is_one_word_is_one_term(left: str, right: str) -> None:
    if key_of(left, SPELLING) == key_of(right, SPELLING):
        assert key_of(left, TERM) == key_of(right, TERM)


def test_between_words_stand_blanks_a_joiner_signs_or_a_line_end(kernel: ModuleType) -> None:
    found = read("می\N{ZERO WIDTH NON-JOINER}شود - كذا\nثم")
    assert list(found.gaps) == [LINE, JOINED, SIGNS, LINE]


def test_a_text_of_marks_alone_has_no_word(kernel: ModuleType) -> None:
    assert len(read("\N{ARABIC FATHA}" * 100_000).starts) == 0


def test_a_million_marks_on_one_letter_are_one_word(kernel: ModuleType) -> None:
    size = 1_000_000 if kernel.COMPILED else 10_000
    found = read("ب" + "\N{ARABIC FATHA}" * size)
    assert (list(found.starts), list(found.ends)) == ([0], [size + 1])


def test_fifty_megabytes_without_a_line_end() -> None:
    if COMPILED is None:
        pytest.skip("minutes where the kernel is not compiled")
    text = "كلمة " * 5_000_000
    found = read(text)
    assert (len(found.starts), found.line_count()) == (5_000_000, 1)


@pytest.mark.parametrize(
    ("phrase", "text", "place"),
    [
        pytest.param("اقرأ أيضا", "و إقرأ  أيضًا هذا", (2, 13), id="in every spelling, with its marks"),
        pytest.param("می\N{ZERO WIDTH NON-JOINER}شود", "که میشود", (3, 8), id="what ZWNJ joins, in one"),
        pytest.param("می\N{ZERO WIDTH NON-JOINER}شود", "که می شود", (3, 9), id="with a blank"),
        pytest.param("الخبر العاجل", "الخبر، العاجل", None, id="not over a comma"),
        pytest.param("e-mail", "your E–mail:", (5, 11), id="signs where the phrase has signs"),
        pytest.param("ا ب", "ا\nب", None, id="not over a line end"),
    ],
)
def test_where_a_phrase_stands(kernel: ModuleType, phrase: str, text: str, place: tuple[int, int] | None) -> None:
    found = read(text)
    places = [found.span(match.first, match.last) for match in Phrases({phrase: 1}).find(found)]
    assert places == ([place] if place else [])


def test_phrases_that_open_alike_are_all_found(kernel: ModuleType) -> None:
    found = Phrases({"ا": 1, "ا ب": 2, "ا ب ج": 4, "ب": 8, "آ": 16}).find(read("ا ب ج"))
    assert [(match.value, match.first, match.last) for match in found] == [
        (17, 0, 0),
        (2, 0, 1),
        (4, 0, 2),
        (8, 1, 1),
    ]


def test_more_phrases_than_there_was_room_for(kernel: ModuleType) -> None:
    assert len(Phrases({"ا": 1}).find(read("ا " * 1000))) == 1000


@pytest.mark.skipif(COMPILED is None, reason="the kernel is not compiled here")
def test_what_is_compiled_is_the_source_as_it_is() -> None:
    """After a change of the kernel: python hatch_build.py."""
    assert COMPILED is not None
    compiled, source = Path(COMPILED.__file__), Path(SOURCE.__file__)
    assert compiled.stat().st_mtime >= source.stat().st_mtime


def clauses_holding(kernel: ModuleType, text: str, letters: str) -> list[tuple[int, int, list[tuple[int, ...]]]]:
    """The clauses that have words with one of the letters, and those words; a clause ends behind "،" and "“"."""
    reading = read(text)
    wanted = bytearray((chr(code) in letters) + 2 * (chr(code) == "،") for code in range(0x700))
    arrays = wanted, reading.starts, reading.ends, reading.gaps
    found: list[tuple[int, int, list[tuple[int, ...]]]] = kernel.clauses_holding(text, 0, len(text), *arrays)
    return found


def words_holding(kernel: ModuleType, text: str, letters: str) -> list[tuple[int, ...]]:
    """The words with one of the letters: their spans, and those to the ends of their neighbours."""
    return [word for *_, words in clauses_holding(kernel, text, letters) for word in words]


def test_clauses_end_behind_their_signs_and_those_without_the_letters_are_left_out(kernel: ModuleType) -> None:
    text = "،، با او،، رفت “و خانه، خانه"
    clauses = [(text[start:end], len(words)) for start, end, words in clauses_holding(kernel, text, "اخ")]
    assert clauses == [(" با او،،", 2), ("و خانه،", 1), (" خانه", 1)]


@ONCE
@given(TEXTS, st.integers(0, 5))
@example("_لا لا لان ولا إ إن", 0)
def test_what_words_tell_is_what_a_pattern_finds(kernel: ModuleType, text: str, start: int) -> None:
    bits = {"لا": 1, "ء": 2, "إ": 4 << 4, "ا": 8 << 8}
    table = table_with({kernel.grown_key(0, ord("ل")): 0} | {spelled(kernel, word): bit for word, bit in bits.items()})
    patterns = r"لا(?!\w)", r"ء(?!\w)", r"إ\w", r"ا\w\w"
    told = sum(
        1 << bit for bit, one in enumerate(patterns) if re.compile(rf"(?<!\w){one}").search(text, start, len(text))
    )
    assert kernel.told_by_words(text, min(start, len(text)), len(text), table.slots, table.numbers) == told


@ONCE
@given(st.text("ابج ،1", max_size=40))
def test_runs_of_letters_are_counted_and_those_that_are_known(kernel: ModuleType, text: str) -> None:
    letters = array("H", (code if chr(code) in "ابج" else 0 for code in range(0x700)))
    table = table_with({kernel.key_of(word, letters): 1 for word in ("اب", "ج")})
    runs = re.findall("[ابج]+", text)
    known = sum(run in ("اب", "ج") for run in runs)
    assert kernel.count_known(text, letters, table.slots, table.numbers) == (len(runs), known)


def spelled(kernel: ModuleType, word: str) -> int:
    """The key of letters as they are."""
    key = 0
    for letter in word:
        key = kernel.grown_key(key, ord(letter))
    return key


@ONCE
@given(TEXTS, st.text("ابکی1x ", max_size=4))
def test_words_that_hold_a_letter_are_all_found_between_their_neighbours(
    kernel: ModuleType, text: str, letters: str
) -> None:
    words = words_holding(kernel, text, letters)
    for start, end, before, behind in words:
        assert before <= start < end <= behind <= len(text)
        assert not set(letters).isdisjoint(text[start:end])
    rest = "".join(map(text.__getitem__, set(range(len(text))).difference(*(range(*word[:2]) for word in words))))
    assert set(letters).isdisjoint(rest)


def test_what_a_joiner_joins_is_one_word_and_glued_letters_are_none_of_it(kernel: ModuleType) -> None:
    text = "او می\N{ZERO WIDTH NON-JOINER}روم Xخانه 12"
    around = words_holding(kernel, text, "رخ")
    assert [(text[start:end], text[before:behind]) for start, end, before, behind in around] == [
        ("می\N{ZERO WIDTH NON-JOINER}روم", "او می\N{ZERO WIDTH NON-JOINER}روم Xخانه"),
        ("خانه", "می\N{ZERO WIDTH NON-JOINER}روم Xخانه 12"),
    ]
