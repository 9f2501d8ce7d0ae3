"""Imprints: what they see as the same, and how well they tell how much is."""

from __future__ import annotations

import random
import struct

import pytest

from corpuslint.facts.imprints import BINS, Imprint, candidates, likeness, signature_of
from corpuslint.facts.imprints import imprint as imprint_of
from corpuslint.words.reading import read

WORDS = [f"{a}{b}{c}" for a in "بتجحدر" for b in "ايو" for c in "سشعفقل"]


def imprint(text: str) -> Imprint:
    return imprint_of(read(text))


def text_of(seed: int, count: int) -> list[str]:
    return random.Random(seed).choices(WORDS, k=count)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("كوريا الشمالية", "کوریا الشماليه", id="letters"),
        pytest.param("قال: «نعم».", "قال  نعم", id="punctuation"),
        pytest.param("مُحَمَّد كـــبير", "محمد كبير", id="marks"),
        pytest.param("a\N{NO-BREAK SPACE}b\r\nc", "A b c", id="blanks-and-case"),
        pytest.param("عام ٢٠٢٣", "عام 2023", id="digits"),
        pytest.param("\N{ARABIC LIGATURE LAM WITH ALEF ISOLATED FORM}عب كبير", "لاعب كبير", id="ligature"),
        pytest.param("خبر 😀 عاجل", "خبر عاجل", id="emoji"),
    ],
)
def test_writing_habits_do_not_count(left: str, right: str) -> None:
    assert imprint(left)[:3] == imprint(right)[:3]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("ذهب الولد", "الولد ذهب", id="order"),
        pytest.param("ذهب الولد", "ذهبال ولد", id="word-borders"),
        pytest.param("في 2023", "في 2024", id="digits"),
    ],
)
def test_words_and_their_order_count(left: str, right: str) -> None:
    assert imprint(left).digest != imprint(right).digest


def test_no_text_gives_no_imprint() -> None:
    assert imprint(" \n\N{ZERO WIDTH NON-JOINER}.")[1:] == (0, bytes(BINS), b"")


def test_openings_say_where_paragraphs_begin() -> None:
    text = "عنوان قصير\r\n\r\n  " + " ".join(text_of(1, 15)) + "\n«" + " ".join(text_of(2, 15))
    offsets = [offset for offset, _ in struct.iter_unpack(">LQ", imprint(text).openings)]
    assert offsets == [text.index("  "), text.index("«")]


def test_openings_are_found_behind_ligatures() -> None:
    text = "\N{ARABIC LIGATURE LAM WITH ALEF ISOLATED FORM} كلام\n" + " ".join(text_of(3, 15))
    offsets = [offset for offset, _ in struct.iter_unpack(">LQ", imprint(text).openings)]
    assert offsets == [text.index("\n") + 1]


@pytest.mark.parametrize("length", [30, 120, 2000])
@pytest.mark.parametrize("changed", [0.02, 0.1, 0.3])
def test_likeness_estimates_the_share_of_runs(length: int, changed: float) -> None:
    errors = []
    for seed in range(30):
        words = text_of(seed, length)
        other = list(words)
        for place in random.Random(seed).sample(range(length), max(1, int(length * changed))):
            other[place] = f"غ{WORDS[place % len(WORDS)]}"
        runs, others = ({tuple(of[at : at + 2]) for at in range(length - 1)} for of in (words, other))
        truth = len(runs & others) / len(runs | others)
        errors.append(likeness(*(signature_of(" ".join(of)) for of in (words, other))) - truth)
    assert abs(sum(errors) / len(errors)) < 0.03
    assert max(map(abs, errors)) < 0.2


def test_a_million_alike_rows_give_few_pairs() -> None:
    import numpy as np

    rows = np.tile(np.arange(1, BINS + 1, dtype=np.uint8), (5000, 1))
    left, right = candidates(rows)
    assert len(left) < 3 * len(rows)
    assert (left < right).all()
