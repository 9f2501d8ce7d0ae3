"""The words of a paragraph as terms that can be compared: letters folded, clitics and endings taken off, weighed.

Good enough to tell whether two paragraphs speak of the same things, and nothing more: this is not morphology. A term
that every article uses weighs nothing; a name, a number or a rare word weighs much. The weights are data
(`data/story-terms.tsv`), counted over Arabic, Persian, Urdu and Sorani news.

A term is the key of its letters (`words.kernel`), folded at the level `TERM`.
"""

from __future__ import annotations

import math
import sys
from array import array
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import accumulate
from pathlib import Path
from threading import local
from typing import Any

from corpuslint.resources import shipped_table
from corpuslint.words import kernel
from corpuslint.words.levels import TERM, folded
from corpuslint.words.lexicon import Lexicon, kept_lexicon, lexicon_of, table_of
from corpuslint.words.reading import Reading, key_of, read
from corpuslint.words.store import Column, kept_arrays

ARTICLES = ("وبال", "وال", "بال", "فال", "كال", "ولل", "لل", "ال")
ENDINGS = ("يات", "ات", "ون", "ين", "ان", "ها", "هم", "يه", "هن", "نا", "هاي", "ه", "ي", "ا", "ت")
_DAYS = (
    *("السبت", "الاحد", "الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعة", "اليوم", "امس"),
    *("شنبه", "يكشنبه", "دوشنبه", "سهشنبه", "چهارشنبه", "پنجشنبه", "جمعه", "امروز", "ديروز"),
    *("پير", "منگل", "بده", "جمعرات", "اتوار"),
)
_DATA = Path(__file__).parent / "data"
_VECTORS = _DATA / "story-vectors.bin"
_TERMS, _OPENINGS = _DATA / "story-terms.tsv", _DATA / "story-openings.tsv"


def parts_of(title: Reading, reading: Reading, spans: array[int], leads: array[int]) -> kernel.Parts:
    """The terms of a title, and of the pieces of a text that `spans` cover (`kernel.Parts`)."""
    return kernel.Parts(reader_of_terms(), title, reading, spans, leads)


def terms_of(text: str) -> dict[int, float]:
    """The terms of a whole text with their weights; terms that weigh nothing are left out.

    >>> len(terms_of("رئيس الجمهورية والرئيس في رئيسها"))
    2
    """
    found: dict[int, float] = line_of(text).weighed(0)
    return found


def line_of(text: str) -> kernel.Parts:
    """A text as the title of nothing."""
    return parts_of(read(text), NOTHING, _NO_SPANS, _NO_SPANS)


NOTHING = read("")
_NO_SPANS = array("i")


def share_of(terms: Mapping[int, float], others: Mapping[int, float]) -> float:
    """The share by weight of `terms` that are in `others` too. Added in their order: a sum of floats depends on it."""
    return sum([weight for term, weight in terms.items() if term in others]) / (sum(terms.values()) or 1.0)


_COMMON = 0.30
_RARE = 0.001
_RAREST = 1.0
"""A term in the share `_COMMON` of articles weighs nothing, one in `_RARE` of them and fewer `_RAREST`."""


_READERS = local()


def reader_of_terms() -> kernel.TermReader:
    """What is known of words in stories: how much a term weighs, what a word says where a paragraph opens."""
    if not hasattr(_READERS, "reader"):
        made_of = (_TERMS, _OPENINGS, Path(__file__))
        _READERS.reader = _reader(kept_lexicon("stories", made_of, lambda: _columns(read_weights())))
    reader: kernel.TermReader = _READERS.reader
    return reader


def use_weights(weights: Mapping[str, float]) -> None:
    """Judge openings by other weights from now on: for the program that fits them."""
    _READERS.reader = _reader(lexicon_of(_columns(weights)))


def _reader(lexicon: Lexicon) -> kernel.TermReader:
    articles, endings = (
        table_of([kernel.packed(folded(affix, TERM)) for affix in affixes]) for affixes in (ARTICLES, ENDINGS)
    )
    continuations = shipped_table("continuations", _states)
    states, ends = table_of(continuations), list(continuations.values())
    for place, state in enumerate(states.slots):
        if state:
            states.numbers[place] = ends[states.numbers[place]]
    first, numbers = lexicon.columns["first"], [lexicon.table.number(named_key(feature)) for feature in NAMED]
    return kernel.TermReader({
        **lexicon.columns, "folds": TERM.table, "slots": lexicon.table.slots, "numbers": lexicon.table.numbers,
        "articles": articles.slots, "endings": endings.slots, "affixes": endings.numbers,
        "continuations": states.slots, "finals": states.numbers,
        "named": array("d", [first[number] if number >= 0 else 0.0 for number in numbers]),
    })  # fmt: skip


NAMED = (
    *("bias", "goes on", "day", "number first", "stop", "colon", "no stop", "quote first", "quotes"),
    *(f"length {number}" for number in range(8)),
)
"""The features of an opening that are no words, in the order in which the kernel weighs them."""


def _states() -> dict[int, int]:
    """The wordings that go on with what was said, as phrases of terms: states of the walk. Where a wording ends, 1, or
    2 behind an "and" or "so": that the weights of first words know."""
    states: dict[int, int] = {}
    for line in (_DATA / "story-continuations.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            language, first, *others = line.split()
            for clitic in ("", "و", "ف") if language == "ar" else ("",):
                keys = (key_of(word, TERM) for word in (clitic + first, *others))
                path = list(accumulate(keys, kernel.joined_key))
                states.update((state, states.get(state, 0)) for state in path)
                states[path[-1]] = 2 if clitic or (language == "ar" and first[0] == "و") else 1
    return states


DIMENSIONS = 48


@cache
def vectors_of_terms() -> Mapping[str, Column]:
    """What common terms mean, as vectors of `DIMENSIONS` bytes one behind the other, and a table of the terms' keys.

    In the file the keys stand first, as many as there are vectors; `benchmarks/fit_stories.py` makes it.
    """
    return kept_arrays("meanings", (_VECTORS, Path(__file__)), lambda: _vectors(_VECTORS.read_bytes()))


def _vectors(content: bytes) -> dict[str, array[Any]]:
    count = len(content) // (8 + DIMENSIONS)
    keys = array("Q", content[: 8 * count])
    if sys.byteorder == "big":
        keys.byteswap()
    table = table_of(keys)
    return {"slots": table.slots, "numbers": table.numbers, "vectors": array("b", content[8 * count :])}


def read_weights(path: Path = _OPENINGS) -> dict[str, float]:
    """The weights of the features of openings, by name."""
    return {feature: float(weight) for feature, weight in _rows(path)}


def _columns(openings: Mapping[str, float]) -> dict[str, dict[int, float]]:
    """What the lexicon knows of words, by column, with these weights of openings."""
    columns: dict[str, dict[int, float]] = {"term": {}, "first": {}, "second": {}, "near": {}, "far": {}}
    columns["day"] = {key_of(day, TERM): 1.0 for day in _DAYS}
    places = dict(zip("1234", ("first", "second", "near", "far"), strict=True))
    for feature, weight in openings.items():
        place, _, word = feature.partition(" ")
        if place in places:
            starred = len(word) > 1 and word.endswith("*")
            key = kernel.starred_key_of(word[:-1], TERM.table) if starred else key_of(word, TERM)
            column = columns[places[place]]
            # Spellings that fold alike were counted apart: the one that says more is the commoner one.
            column[key] = max(column.get(key, 0.0), weight, key=abs)
        else:
            columns["first"][named_key(feature)] = weight
    terms = columns["term"]
    for term, share in _rows(_TERMS):
        key = key_of(term, TERM)
        weight = math.log(_COMMON / float(share)) / math.log(_COMMON / _RARE)
        terms[key] = min(terms.get(key, _RAREST), max(0.0, weight))
    for key in [key for column in columns.values() for key in column]:
        terms.setdefault(key, _RAREST)
    return columns


def named_key(feature: str) -> int:
    """The key of a feature that is no word: its weight is in the column `first`.

    >>> named_key("goes on") == key_of("goes on", TERM)
    False
    """
    key: int = kernel.joined_key(key_of("feature", TERM), key_of(feature, TERM))
    return key


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.partition("\t")
            yield name, value
