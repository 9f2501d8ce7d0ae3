"""How much a paragraph reads like the first of a story ("أعلن وزير …") and how much like a later one ("وأضاف …").

A linear model over words and shapes: the first word, the second, those after them, a weekday, a dateline, quotes,
length. Its weights are data (`data/story-openings.tsv`, one named feature a line); words that openly go on with
what was said before ("من جهته", "in the same context") are a list of their own (`data/story-continuations.txt`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from corpuslint.facts.terms import fold_letters, fold_word, tokens_of
from corpuslint.text.patterns import compile_re
from corpuslint.text.tables import table_of

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
_AGENCY = compile_re(r"^[^()\n]{2,60}\([^()]{2,25}\)\s*[-–—ـ:]{1,3}")

_DAYS = compile_re(
    r"\b(?:ال(?:سبت|احد|اثنين|ثلاثا|اربعا|خميس|جمعه)|اليوم|امس|(?:يك|دو|سه|چهار|پنج)?شنبه|جمعه|امروز|ديروز"
    r"|پير|منگل|بده|جمعرات|اتوار)\b"
)
_HEAD = 90
_NEAR = 140


def opening_of(raw: str, folded: str, tokens: list[str]) -> Opening:
    """The opening of a paragraph, given as it is, folded and as words."""
    features, tokens, dateline, day, continues = _shape(raw, folded, tokens)
    known = _WEIGHTS
    score = sum([known.get(feature, 0.0) for feature in features])
    near, far = _PLACED["3"], _PLACED["4"]
    # In the order of the text: a sum of floats depends on it.
    score += sum([near[token] for token in dict.fromkeys(tokens[2:_NEAR_WORDS]) if token in near])
    score += sum([far[token] for token in dict.fromkeys(tokens[_NEAR_WORDS:_FAR_WORDS]) if token in far])
    return Opening(score, dateline, day, continues)


def read_opening(raw: str, folded: str, tokens: list[str]) -> list[str]:
    """All named features of a paragraph's opening, for the program that fits their weights."""
    features, tokens, _, _, _ = _shape(raw, folded, tokens)
    features += [f"3 {token}" for token in dict.fromkeys(tokens[2:_NEAR_WORDS])]
    features += [f"4 {token}" for token in dict.fromkeys(tokens[_NEAR_WORDS:_FAR_WORDS])]
    return features


_NEAR_WORDS = 12
_FAR_WORDS = 60


def _shape(raw: str, folded: str, tokens: list[str]) -> tuple[list[str], list[str], bool, bool, bool]:
    """The features of first words and shape; the words after a dateline; whether there is one, a day, a going on."""
    match = _dateline(folded)
    dateline = match is not None
    if match is not None:
        folded = folded[match.end() :]
        tokens = tokens_of(folded)
    day = _DAYS.search(folded[:_NEAR]) is not None
    continues = goes_on(raw, folded)
    features = ["bias", f"length {min(len(raw) // 80, 7)}"]
    if continues:
        features.append("goes on")
    if day:
        features.append("day")
    if tokens:
        first = tokens[0]
        features += (f"1 {first}", f"1 {first[:1]}*", f"1 {first[:2]}*")
        if first.isdigit():
            features.append("number first")
    if len(tokens) > 1:
        features += (f"2 {tokens[1]}", f"2 {tokens[1][:2]}*")
    end = raw[-1:]
    features.append("stop" if end in ".!?؟۔" else "colon" if end == ":" else "no stop")
    if raw[:1] in _QUOTES:
        features.append("quote first")
    elif any(quote in raw for quote in _QUOTES):
        features.append("quotes")
    return features, tokens, dateline, day, continues


def _dateline(folded: str) -> re.Match[str] | None:
    head = folded[:_HEAD]
    match = _AGENCY.match(head) if "(" in head else None
    if match is None and any(stroke in head for stroke in _STROKES):
        match = _DATELINE.match(head[:60])
    return match


_STROKES = "-–—―"

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

_QUOTES = '"«“”»'


def use_weights(weights: Mapping[str, float]) -> None:
    """Judge openings by other weights from now on: for the program that fits them."""
    _WEIGHTS.clear()
    _WEIGHTS.update(weights)
    _PLACED.clear()


def goes_on(raw: str, folded: str) -> bool:
    """Whether a paragraph openly goes on with what was said, or is an item of a list."""
    return _CONTINUATION.match(folded) is not None or _ITEM.match(raw) is not None


def first_score(word: str) -> float:
    """How much the first word of a paragraph, as it is written, speaks for a story's beginning."""
    tokens = tokens_of(fold_word(word))
    if not tokens:
        return 0.0
    first = tokens[0]
    score = sum(_WEIGHTS.get(feature, 0.0) for feature in (f"1 {first}", f"1 {first[:1]}*", f"1 {first[:2]}*"))
    return score + (_WEIGHTS.get("goes on", 0.0) if _CONTINUATION.match(first) else 0.0)


def read_weights(path: Path = _DATA / "story-openings.tsv") -> dict[str, float]:
    """The weights of the features, by name."""
    weights = {}
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            feature, weight = line.split("\t")
            weights[feature] = float(weight)
    return weights


def _continuations() -> str:
    words = [
        line.split(" ", 1)[1]
        for line in (_DATA / "story-continuations.txt").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    listed = "|".join(sorted({re.escape(fold_letters(word)) for word in words}, key=len, reverse=True))
    return rf"[^\w\"«“]*(?:{listed})\b"


class _Placed(dict[str, dict[str, float]]):
    """The weights of words by the place they stand in, sorted out when they are first asked for."""

    def __missing__(self, place: str) -> dict[str, float]:
        placed = {feature[2:]: weight for feature, weight in _WEIGHTS.items() if feature[:2] == f"{place} "}
        self[place] = placed
        return placed


_WEIGHTS = table_of("story-openings", read_weights)
_PLACED = _Placed()
_CONTINUATION = compile_re(table_of("story-continuations", _continuations))
