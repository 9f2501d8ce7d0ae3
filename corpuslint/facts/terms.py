"""The words of a paragraph as terms that can be compared: letters folded, clitics and endings taken off, weighed.

Good enough to tell whether two paragraphs speak of the same things, and nothing more: this is not morphology. A term
that every article uses weighs nothing; a name, a number or a rare word weighs much. The weights are data
(`data/story-terms.tsv`), counted over Arabic, Persian, Urdu and Sorani news.

A term is the key of its letters (`words.kernel`), folded at the level `TERM`.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from corpuslint.text.positions import Span
from corpuslint.words import kernel
from corpuslint.words.levels import TERM
from corpuslint.words.lexicon import Lexicon, Table, kept_lexicon, slots_for, table_of
from corpuslint.words.reading import key_of

ARTICLES = ("وبال", "وال", "بال", "فال", "كال", "ولل", "لل", "ال")
ENDINGS = ("يات", "ات", "ون", "ين", "ان", "ها", "هم", "يه", "هن", "نا", "هاي", "ه", "ي", "ا", "ت")
_LONGEST_WORD = 64
_DATA = Path(__file__).parent / "data"
_TERMS, _OPENINGS = _DATA / "story-terms.tsv", _DATA / "story-openings.tsv"


class Passage(NamedTuple):
    """A piece of a text as words and terms: keys of all words, then each term once, with its weight.

    `heads` and `ends` tell how each word begins and where it ends, for `kernel.opening_weight`. `sentences`: whether a
    sentence ends inside; `quotes`: whether there are quotation marks; `quoted`: whether the first sign is one.
    """

    tokens: array[int]
    heads: array[int]
    ends: array[int]
    terms: array[int]
    weights: array[float]
    sentences: bool
    quotes: bool
    quoted: bool

    def weighed(self) -> dict[int, float]:
        """The weight of each term."""
        return dict(zip(self.terms, self.weights, strict=True))


def passages_of(text: str, spans: Sequence[Span]) -> list[Passage]:
    """The passages that `spans` of a text cover."""
    longest = max((end - start for start, end in spans), default=0)
    most = sum(end - start for start, end in spans) // 2 + len(spans)
    flat = array("i", [offset for span in spans for offset in span])
    tokens, heads, terms = (array("Q", bytes(8 * most)) for _ in range(3))
    ends, weights = array("i", bytes(4 * most)), array("d", bytes(8 * most))
    token_at, term_at = (array("i", bytes(4 * (len(spans) + 1))) for _ in range(2))
    shapes = array("i", bytes(12 * len(spans)))
    seen = array("Q", bytes(8 * slots_for(longest // 2 + 1)))
    letters = array("I", bytes(4 * _LONGEST_WORD))
    lexicon, affixes = lexicon_of_stories(), _affixes()
    kernel.read_terms(
        text, flat, TERM, affixes.slots, affixes.numbers, lexicon.table.slots, lexicon.table.numbers,
        lexicon.columns["term"], letters, seen, tokens, heads, ends, terms, weights, token_at, term_at, shapes,
    )  # fmt: skip
    passages = []
    for part in range(len(spans)):
        words = slice(token_at[part], token_at[part + 1])
        stems = slice(term_at[part], term_at[part + 1])
        flags = map(bool, shapes[3 * part : 3 * part + 3])
        passages.append(Passage(tokens[words], heads[words], ends[words], terms[stems], weights[stems], *flags))
    return passages


def terms_of(text: str) -> dict[int, float]:
    """The terms of a whole text with their weights; terms that weigh nothing are left out.

    >>> len(terms_of("رئيس الجمهورية والرئيس في رئيسها"))
    2
    """
    return passages_of(text, (Span(0, len(text)),))[0].weighed()


def share_of(terms: Mapping[int, float], others: Mapping[int, float]) -> float:
    """The weight of those of `terms` that are in `others` too, added in their order: a sum of floats depends on it."""
    return sum([weight for term, weight in terms.items() if term in others])


def weight_of_share(share: float) -> float:
    """The weight of a term that stands in this share of articles."""
    return max(0.0, min(_RAREST, math.log(_COMMON / share) / math.log(_COMMON / _RARE))) if share > 0 else _RAREST


_COMMON = 0.30
_RARE = 0.001
_RAREST = 1.0


@cache
def _affixes() -> Table:
    """What is taken off a word: articles are number 0, endings 1."""
    table = table_of(key_of(affix, TERM) for affix in (*ARTICLES, *ENDINGS))
    for place, key in enumerate(table.slots):
        if key:
            table.numbers[place] = int(table.numbers[place] >= len(ARTICLES))
    return table


_CHOSEN: list[Lexicon] = []


def use_lexicon(lexicon: Lexicon) -> None:
    """Weigh by another lexicon from now on: for the program that fits its weights."""
    _CHOSEN[:] = [lexicon]


def lexicon_of_stories() -> Lexicon:
    """What is known of words in stories: how much a term weighs, what a word says where a paragraph opens.

    Columns: `term`, and by place in the opening `first`, `second`, `near`, `far`.
    """
    if not _CHOSEN:
        contents = [path.read_bytes() for path in (_TERMS, _OPENINGS)]
        use_lexicon(kept_lexicon("stories", [*contents, TERM.tobytes()], lambda: story_columns(read_weights())))
    return _CHOSEN[0]


def read_weights(path: Path = _OPENINGS) -> dict[str, float]:
    """The weights of the features of openings, by name."""
    return {feature: float(weight) for feature, weight in _rows(path)}


def story_columns(openings: Mapping[str, float]) -> dict[str, dict[int, float]]:
    """The columns of `lexicon_of_stories` with these weights of openings."""
    columns: dict[str, dict[int, float]] = {"term": {}, "first": {}, "second": {}, "near": {}, "far": {}}
    places = dict(zip("1234", ("first", "second", "near", "far"), strict=True))
    for feature, weight in openings.items():
        place, _, word = feature.partition(" ")
        if place in places:
            starred = len(word) > 1 and word.endswith("*")
            key = kernel.starred_key_of(word[:-1], TERM) if starred else key_of(word, TERM)
            column = columns[places[place]]
            # Spellings that fold alike were counted apart: the one that says more is the commoner one.
            column[key] = max(column.get(key, 0.0), weight, key=abs)
        else:
            columns["first"][named_key(feature)] = weight
    terms = columns["term"]
    for term, share in _rows(_TERMS):
        key = key_of(term, TERM)
        terms[key] = min(terms.get(key, _RAREST), weight_of_share(float(share)))
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
