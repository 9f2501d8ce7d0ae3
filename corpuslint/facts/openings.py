"""How much a paragraph reads like the first of a story ("أعلن وزير …") and how much like a later one ("وأضاف …").

A linear model over words and shapes: the first word, the second, those after them, a weekday, a dateline, quotes,
length. Its weights are data (`data/story-openings.tsv`, one named feature a line); words that openly go on with
what was said before ("من جهته", "in the same context") are a list of their own (`data/story-continuations.txt`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from corpuslint.facts.terms import Passage, lexicon_of_stories, named_key, passages_of, story_columns, use_lexicon
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span
from corpuslint.words import kernel
from corpuslint.words.levels import TERM, folded
from corpuslint.words.lexicon import lexicon_of
from corpuslint.words.reading import key_of

_DATA = Path(__file__).parent / "data"


class Opening(NamedTuple):
    """What the way a paragraph is written tells; `score` above 0 speaks for the first paragraph of a story."""

    score: float
    dateline: bool
    day: bool
    goes_on: bool


_DATELINE = compile_re(
    r"""
    ^[^\w"'«“(]*                           # blanks, bullets
    (?: \w+ (?: [ ,،./\-]+ \w+ ){0,6} )    # a place, a country, an agency
    \s* (?: \( [^()]{2,25} \) \s* )?       # the agency in brackets
    [-–—―]{1,3} \s                         # the stroke that ends it
    """,
    re.VERBOSE,
)
_AGENCY = compile_re(r"^[^()\n]{2,60}\([^()]{2,25}\)\s*[-–—:]{1,3}")
_MAY_HAVE_DATELINE = compile_re("[(–—―-]")
_HEAD = 90
_NEAR = 140
_LONGEST_DATELINE = 60

_DAYS = (
    *("السبت", "الاحد", "الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعة", "اليوم", "امس"),
    *("شنبه", "يكشنبه", "دوشنبه", "سهشنبه", "چهارشنبه", "پنجشنبه", "جمعه", "امروز", "ديروز"),
    *("پير", "منگل", "بده", "جمعرات", "اتوار"),
)


def opening_of(text: str, span: Span, passage: Passage) -> Opening:
    """The opening of the paragraph that `span` of a text covers, given its words."""
    dateline = _dateline(text, span)
    first = bisect_right(passage.ends, dateline) if dateline else 0
    day = not _days().isdisjoint(passage.tokens[first : bisect_right(passage.ends, dateline + _NEAR)])
    continues = goes_on(text, span, passage, first)
    score = _weight("bias") + _weight(f"length {min((span.end - span.start) // 80, 7)}")
    if continues:
        score += _weight("goes on")
    if day:
        score += _weight("day")
    if first < len(passage.heads) and passage.heads[first] >> 42:
        score += _weight("number first")
    score += _weight(_ending(text, span))
    if passage.quotes:
        score += _weight("quote first" if passage.quoted else "quotes")
    lexicon = lexicon_of_stories()
    columns = lexicon.columns
    score += kernel.opening_weight(
        passage.tokens, passage.heads, first, len(passage.tokens), lexicon.table.slots, lexicon.table.numbers,
        columns["first"], columns["second"], columns["near"], columns["far"],
    )  # fmt: skip
    return Opening(score, dateline > 0, day, continues)


def features_of(text: str) -> list[str]:
    """All named features of a paragraph's opening, for the program that fits their weights."""
    span = Span(0, len(text))
    passage = passages_of(text, (span,))[0]
    dateline = _dateline(text, span)
    first = bisect_right(passage.ends, dateline) if dateline else 0
    words = re.findall(r"[^\W_]+", folded(text, TERM))[first:]
    features = ["bias", f"length {min(len(text) // 80, 7)}", _ending(text, span)]
    if goes_on(text, span, passage, first):
        features.append("goes on")
    if not _days().isdisjoint(passage.tokens[first : bisect_right(passage.ends, dateline + _NEAR)]):
        features.append("day")
    if passage.quotes:
        features.append("quote first" if passage.quoted else "quotes")
    for word in words[:1]:
        features += (f"1 {word}", f"1 {word[:1]}*", f"1 {word[:2]}*")
        if word.isdigit():
            features.append("number first")
    for word in words[1:2]:
        features += (f"2 {word}", f"2 {word[:2]}*")
    features += (f"3 {word}" for word in dict.fromkeys(words[2:12]))
    features += (f"4 {word}" for word in dict.fromkeys(words[12:60]))
    return features


def _ending(text: str, span: Span) -> str:
    last = text[span.end - 1 : span.end]
    return "stop" if last in ".!?؟۔" else "colon" if last == ":" else "no stop"


def _dateline(text: str, span: Span) -> int:
    """The folded characters that a dateline takes at the start of a paragraph; 0 where there is none."""
    if _MAY_HAVE_DATELINE.search(text, span.start, min(span.end, span.start + _HEAD)) is None:
        return 0
    head = folded(text[span.start : min(span.end, span.start + 2 * _HEAD)], TERM)[:_HEAD]
    match = _AGENCY.match(head) if "(" in head else None
    if match is None and any(stroke in head for stroke in "-–—―"):
        match = _DATELINE.match(head[:_LONGEST_DATELINE])
    return match.end() if match else 0


_ITEM = compile_re(
    r"""
    \s*(?: [-–—•*·]\s                                   # a bullet
      | [0-9٠-٩۰-۹]{1,2}\s*[-–—.)]\s                    # a number
      | \S+\ (?:ال)?(?:[اأ]ول[ىي]?|ثاني[ةه]?|ثالث[ةه]?|رابع[ةه]?|خامس[ةه]?)\s?:   # "the second payment:"
    )
    """,
    re.VERBOSE,
)
"""A list's items go on with what the paragraph before them announced."""


def goes_on(text: str, span: Span, passage: Passage, first: int = 0) -> bool:
    """Whether a paragraph openly goes on with what was said, or is an item of a list."""
    tokens = passage.tokens
    if first < len(tokens) and not passage.quoted:
        for length in _continuations().get(tokens[first], {}):
            if tuple(tokens[first : first + length]) in _continuations()[tokens[first]][length]:
                return True
    return _ITEM.match(text, span.start, span.end) is not None


def use_weights(weights: Mapping[str, float]) -> None:
    """Judge openings by other weights from now on: for the program that fits them."""
    use_lexicon(lexicon_of(story_columns(weights)))
    _weight.cache_clear()


@cache
def _weight(feature: str) -> float:
    """The weight of a feature that is no word."""
    lexicon = lexicon_of_stories()
    number = lexicon.table.number(named_key(feature))
    return float(lexicon.columns["first"][number]) if number >= 0 else 0.0


@cache
def _days() -> frozenset[int]:
    return frozenset(key_of(day, TERM) for day in _DAYS)


@cache
def _continuations() -> dict[int, dict[int, set[tuple[int, ...]]]]:
    """The listed wordings as word keys: by their first word, and by how many words they have."""
    table: dict[int, dict[int, set[tuple[int, ...]]]] = {}
    for line in (_DATA / "story-continuations.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            words = line.split(" ", 1)[1]
            keys = tuple(passages_of(words, (Span(0, len(words)),))[0].tokens)
            table.setdefault(keys[0], {}).setdefault(len(keys), set()).add(keys)
    return table
