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
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from corpuslint.text.positions import Span
from corpuslint.words import kernel
from corpuslint.words.levels import TERM, folded
from corpuslint.words.lexicon import Lexicon, Table, kept_lexicon, slots_for, table_of
from corpuslint.words.reading import key_of
from corpuslint.words.store import Column, kept_arrays

ARTICLES = ("وبال", "وال", "بال", "فال", "كال", "ولل", "لل", "ال")
ENDINGS = ("يات", "ات", "ون", "ين", "ان", "ها", "هم", "يه", "هن", "نا", "هاي", "ه", "ي", "ا", "ت")
_DAYS = (
    *("السبت", "الاحد", "الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعة", "اليوم", "امس"),
    *("شنبه", "يكشنبه", "دوشنبه", "سهشنبه", "چهارشنبه", "پنجشنبه", "جمعه", "امروز", "ديروز"),
    *("پير", "منگل", "بده", "جمعرات", "اتوار"),
)
_LETTERS = bytes(4 * 64)
_DATA = Path(__file__).parent / "data"
_VECTORS = _DATA / "story-vectors.bin"
_TERMS, _OPENINGS = _DATA / "story-terms.tsv", _DATA / "story-openings.tsv"


class Passages(NamedTuple):
    """Pieces of a text as words and terms, one piece behind the other: arrays that the kernel fills (`read_terms`).

    tokens, which         the key of each word, and its number in `lexicon_of_stories`
    heads, ends           its first letters, and behind which folded character of its piece it ends
    terms, weights        the key of each term, once a piece, and how much it tells
    token_at, term_at     where the words and the terms of each piece begin, and one place more
    marks                 five numbers a piece: a sentence ends inside, quotation marks, one first, a stroke or a
                          bracket near the beginning, the last character
    """

    tokens: array[int]
    which: array[int]
    heads: array[int]
    ends: array[int]
    terms: array[int]
    weights: array[float]
    token_at: array[int]
    term_at: array[int]
    marks: array[int]

    def weighed(self, piece: int) -> dict[int, float]:
        """The weight of each term of a piece."""
        part = slice(self.term_at[piece], self.term_at[piece + 1])
        return dict(zip(self.terms[part], self.weights[part], strict=True))


def passages_of(text: str, spans: Sequence[Span]) -> Passages:
    """The passages that `spans` of a text cover."""
    flat = array("i", [place for span in spans for place in span])
    sizes = [end - start for start, end in spans]
    lexicon = lexicon_of_stories()
    articles, endings = _affixes()
    seen = bytes(8 * slots_for(max(sizes, default=0) // 2 + 1))
    for letters in (4, 2):  # so many letters a word are usual, and the fewest with the blank behind them
        room = sum(sizes) // letters + len(sizes) + 1
        longs, shorts = bytes(8 * room), bytes(4 * (len(sizes) + 1))
        found = Passages(
            array("Q", longs), array("i", longs[: 4 * room]), array("Q", longs), array("i", longs[: 4 * room]),
            array("Q", longs), array("d", longs), array("i", shorts), array("i", shorts),
            array("i", bytes(20 * len(sizes))),
        )  # fmt: skip
        try:
            kernel.read_terms(
                text, flat, TERM.table, articles.slots, endings.slots, endings.numbers, lexicon.table.slots,
                lexicon.table.numbers, lexicon.columns["term"], array("I", _LETTERS), array("Q", seen), *found,
            )  # fmt: skip
            break
        except IndexError:
            continue
    words, terms = found.token_at[-1], found.term_at[-1]
    del found.tokens[words:], found.which[words:], found.heads[words:], found.ends[words:]
    del found.terms[terms:], found.weights[terms:]
    return found


def terms_of(text: str) -> dict[int, float]:
    """The terms of a whole text with their weights; terms that weigh nothing are left out.

    >>> len(terms_of("رئيس الجمهورية والرئيس في رئيسها"))
    2
    """
    return passages_of(text, (Span(0, len(text)),)).weighed(0)


def share_of(terms: Mapping[int, float], others: Mapping[int, float]) -> float:
    """The share by weight of `terms` that are in `others` too. Added in their order: a sum of floats depends on it."""
    return sum([weight for term, weight in terms.items() if term in others]) / (sum(terms.values()) or 1.0)


_COMMON = 0.30
_RARE = 0.001
_RAREST = 1.0
"""A term in the share `_COMMON` of articles weighs nothing, one in `_RARE` of them and fewer `_RAREST`."""


@cache
def _affixes() -> tuple[Table, Table]:
    """What is taken off a word: articles and endings, with slots for as many."""
    folds = [[kernel.packed(folded(affix, TERM)) for affix in affixes] for affixes in (ARTICLES, ENDINGS)]
    return table_of(folds[0]), table_of(folds[1])


_CHOSEN: list[Lexicon] = []


def use_lexicon(lexicon: Lexicon) -> None:
    """Weigh by another lexicon from now on: for the program that fits its weights."""
    _CHOSEN[:] = [lexicon]


def lexicon_of_stories() -> Lexicon:
    """What is known of words in stories: how much a term weighs, what a word says where a paragraph opens.

    Columns: `term`, by place in the opening `first`, `second`, `near`, `far`, and `day` for words that name one.
    """
    if not _CHOSEN:
        made_of = (_TERMS, _OPENINGS, Path(__file__))
        use_lexicon(kept_lexicon("stories", made_of, lambda: story_columns(read_weights())))
    return _CHOSEN[0]


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


def story_columns(openings: Mapping[str, float]) -> dict[str, dict[int, float]]:
    """The columns of `lexicon_of_stories` with these weights of openings."""
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


def _rows(path: Path) -> Iterable[tuple[str, str]]:
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.partition("\t")
            yield name, value
