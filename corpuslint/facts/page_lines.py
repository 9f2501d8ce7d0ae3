"""How likely each short line is a line of the page: words and pairs of words, shape, place and neighbours, weighed.

A list of wordings is too bold (a sentence that mentions comments) and too blind (the next template). This is a weighted
sum fitted on templates of many systems and on whole pages, against ordinary short lines of articles; the weights are
numbered by hashes of words, so no wording is shipped. `benchmarks/fit_page_lines.py` makes them and holds the figures.

Two sums: the line's own signs, then that beside those of its neighbours and what the lists know, for lines of the page
stand together. Only lines of at most `LONGEST` words are weighed; longer ones are text or the matter of other rules.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec
import orjson

from corpuslint.model.diagnostic import EvidenceValue
from corpuslint.model.levels import Severity
from corpuslint.text.patterns import compile_re
from corpuslint.words import kernel
from corpuslint.words.reading import ARABIC, DIGITS, END, LATIN, LINE_FIELDS, MARKS, OTHER, START, WORD, Reading, key_of

if TYPE_CHECKING:
    from corpuslint.facts.anatomy import Anatomy
    from corpuslint.facts.layout import Line

LONGEST: Final = 14
"""Words that a line may have to be weighed."""

BITS: Final = 17
KIND_BITS: Final = 13
DATA: Final = Path(__file__).parent / "data" / "page-lines.bin"

KINDS: Final = (
    "share", "comment", "related", "newsletter", "tags", "navigation", "search", "byline", "date", "player",
    "login", "counter", "cookie", "policy", "rights", "other",
)  # fmt: skip
"""What a line of the page is for, as the model tells it."""


class PageLine(NamedTuple):
    """One weighed line: its number from 0, the probability that it is the page's, what it is for."""

    line: int
    probability: float
    kind: str


class Sign(NamedTuple):
    """One sign of a line: the number of its weight, and what it is made of (for people who ask why)."""

    weight: int
    part: str
    at: int = -1


class Shape(NamedTuple):
    """A filled line by its counts; `stop` is whether it ends as a sentence does, `colon` whether as a label does."""

    line: int
    first: int
    words: int
    length: int
    stop: bool
    colon: bool

    @property
    def short(self) -> bool:
        """Whether the line is weighed."""
        return 0 < self.words <= LONGEST and self.length <= 170

    @property
    def paragraph(self) -> bool:
        """Whether the line is text, as far as its size can tell."""
        return self.words > LONGEST or (self.words >= 8 and self.stop)


class PageLines:
    """The weighed lines of one document, by their numbers from 1, and why each weighs what it does."""

    def __init__(self, reading: Reading, shapes: Sequence[Shape], lines: Iterable[PageLine]) -> None:
        self._reading, self._shapes = reading, shapes
        first, last = body_of(shapes)
        self._edges = (shapes[first].line, shapes[last].line) if first >= 0 else (-1, -1)
        self.lines = {found.line + 1: found for found in lines}

    def probability(self, number: int) -> float | None:
        """How likely line `number` is the page's; None where it is not weighed."""
        found = self.lines.get(number)
        return found.probability if found else None

    def at_an_edge(self, number: int) -> bool:
        """Whether the line stands above or below all other paragraphs of the text."""
        return not self._edges[0] < number - 1 < self._edges[1]

    def headline(self) -> int:
        """The number of the line above the text that is least likely the page's, of those of three words and more; 0
        where there is none. Among lines of the page stands the headline of the article."""
        above = [shape for shape in self._shapes if shape.line < self._edges[0] and shape.short and shape.words >= 3]
        return min(above, key=lambda shape: self.lines[shape.line + 1].probability).line + 1 if above else 0

    def reasons(self, number: int, most: int = 5) -> tuple[str, ...]:
        """The signs that weigh most for or against a line, in words, each with its log odds."""
        if number not in self.lines:
            return ()
        place = bisect_left(self._shapes, number - 1, key=lambda shape: shape.line)
        weights = model()
        signs = {sign.weight: sign for sign in signs_of(self._reading, self._shapes, place, *body_of(self._shapes))}
        ranked = sorted(signs.values(), key=lambda sign: (-abs(weights.own[sign.weight]), sign))
        return tuple(self._said(sign, weights) for sign in ranked[:most])

    def _said(self, sign: Sign, weights: Weights) -> str:
        worth = weights.scale * weights.own[sign.weight]
        if sign.at < 0:
            return f"{sign.part} {worth:+.1f}"
        reading, last = self._reading, sign.at + (sign.part == "pair")
        word = reading.text[reading.starts[sign.at] : reading.ends[last]]
        part = word[:4] if sign.part == "word begins" else word[-4:] if sign.part == "word ends" else word
        return f"{sign.part} “{part}” {worth:+.1f}"


class Verdict(NamedTuple):
    """What a rule that knows a line by a list says of it: how sure, how loud (None: as the rule does), and why."""

    confidence: float
    severity: Severity | None
    evidence: Mapping[str, EvidenceValue]


def verdict(anatomy: Anatomy, line: Line) -> Verdict:
    """What the weights make of a line that a list names; where list and weights disagree it is worth knowing only.

    A line too long to be weighed is as sure as its place: few sentences of an article stand below the text or above it.
    """
    weighed = anatomy.page_lines
    sure = weighed.probability(line.number)
    if sure is None:
        sure = _LONG_AT_AN_EDGE if weighed.at_an_edge(line.number) else _LONG_INSIDE
    return Verdict(sure, None if sure >= 0.5 else Severity.INFO, {"signs": weighed.reasons(line.number)})


_LONG_AT_AN_EDGE: Final = 0.96
_LONG_INSIDE: Final = 0.8


def page_lines_of(anatomy: Anatomy) -> PageLines:
    """The short lines of a document, each with its probability."""
    reading = anatomy.words
    shapes = shapes_of(reading)
    found = weigh_lines(reading, shapes, listed_in(anatomy), model()) if any(one.short for one in shapes) else ()
    return PageLines(reading, shapes, found)


def listed_in(anatomy: Anatomy) -> Mapping[int, float]:
    """The lines that the lists of interface words and labels know, by their number from 0, with how sure that is."""
    found = dict.fromkeys((one.line.number - 1 for one in anatomy.labels), 0.5)
    found.update((piece.line.number - 1, 1.0) for piece in anatomy.furniture if piece.span == piece.line.body)
    return found


def weigh_lines(
    reading: Reading, shapes: Sequence[Shape], listed: Mapping[int, float], weights: Weights
) -> tuple[PageLine, ...]:
    """The short lines of a text as `weights` judge them; `listed` is `listed_in` of it."""
    scores = own_scores(reading, shapes, weights)
    first, last = body_of(shapes)
    text, lines = reading.text, reading.lines
    found = []
    for index, shape in enumerate(shapes):
        if shape.short:
            row = surroundings(shapes, scores, listed, index, first, last)
            score = weights.base + sum([weight * value for weight, value in zip(weights.around, row, strict=True)])
            if listed.get(shape.line) == 1.0:
                score = weights.listed[0] + weights.listed[1] * score
            elif shape.words <= 2 and max(row[1], row[2]) <= _SURE:
                score = min(score, _WORD_ALONE)
            if _QUOTED.match(text, lines[shape.line * LINE_FIELDS + START], lines[shape.line * LINE_FIELDS + END]):
                score = min(score, -1.0)  # somebody says it
            sure = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))
            found.append(PageLine(shape.line, round(sure, 4), "" if sure < 0.5 else kind_of(reading, shape, weights)))
    return tuple(found)


_QUOTED: Final = compile_re(r"\s*[«\"“”‘’'][^\n]*[»\"“”‘’'][.،!؟۔]?\s*$")
_STOPS: Final = frozenset(".!?؟۔…")
_CLOSERS: Final = "»”\"')]’ \t\N{RIGHT-TO-LEFT MARK}"


def shapes_of(reading: Reading) -> list[Shape]:
    """The lines of a text that are not blank."""
    text, lines = reading.text, reading.lines
    count = len(reading.keys)
    shapes = []
    for number in range(0, len(lines), LINE_FIELDS):
        start, end, first = lines[number + START], lines[number + END], lines[number + WORD]
        following = number + LINE_FIELDS + WORD
        last = lines[following] if following < len(lines) else count
        if last == first and not lines[number + MARKS]:
            continue
        tail = text[max(start, end - 12) : end].rstrip(_CLOSERS)[-1:]
        shapes.append(
            Shape(number // LINE_FIELDS, first, last - first, end - start, tail in _STOPS, tail in (":", "："))
        )
    return shapes


def body_of(shapes: Sequence[Shape]) -> tuple[int, int]:
    """The first and the last paragraph; (-1, -1) where there is none."""
    paragraphs = [index for index, shape in enumerate(shapes) if shape.paragraph]
    return (paragraphs[0], paragraphs[-1]) if paragraphs else (-1, -1)


def own_scores(reading: Reading, shapes: Sequence[Shape], weights: Weights) -> list[float]:
    """The log odds of each line by its own signs; 0 for lines that are not weighed."""
    first, last = body_of(shapes)
    table, scale, base = weights.own, weights.scale, weights.own_base
    scores = []
    for index, shape in enumerate(shapes):
        if not shape.short:
            scores.append(0.0)
            continue
        numbers = {sign.weight for sign in signs_of(reading, shapes, index, first, last)}
        scores.append(base + scale * sum([table[number] for number in numbers]))
    return scores


_MASK: Final = (1 << 64) - 1
_GOLDEN: Final = 0x9E3779B97F4A7C15
_NUMBER: Final = 0x1D872B41
_WORD_SIGN, _PAIR, _OPENS, _CLOSES, _HEAD, _TAIL, _WHOLE, _SHAPE, _MARK = (
    number * 0xD6E8FEB86659FD93 & _MASK for number in range(1, 10)
)


def _slot(key: int) -> int:
    return ((key ^ key >> 29) * _GOLDEN & _MASK) >> (64 - BITS)


def signs_of(reading: Reading, shapes: Sequence[Shape], index: int, first: int, last: int) -> list[Sign]:
    """The signs of one line: its words and pairs, how they begin and end, its shape, its place."""
    shape = shapes[index]
    signs = _word_signs(reading, shape)
    at = shape.line * LINE_FIELDS
    text = reading.text[reading.lines[at + START] : reading.lines[at + END]]
    signs += [Sign(_slot(ord(mark) ^ _MARK), f"sign {mark}") for mark in sorted(set(_MARKS.findall(text)))]
    for number, (name, value) in enumerate(_shape_values(reading.lines, shapes, index, text.strip(), first, last)):
        signs.append(Sign(_slot(_SHAPE + number * 64 + value & _MASK), name))
    return signs


def word_slots(reading: Reading, shape: Shape) -> list[int]:
    """The numbers of the weights by which the kind of a line is told."""
    return sorted({sign.weight >> (BITS - KIND_BITS) for sign in _word_signs(reading, shape)})


def _word_signs(reading: Reading, shape: Shape) -> list[Sign]:
    text, starts, ends = reading.text, reading.starts, reading.ends
    words = range(shape.first, shape.first + shape.words)
    keys = [_NUMBER if text[starts[at]].isdigit() else reading.keys[at] for at in words]
    signs = [Sign(_slot(key ^ _WORD_SIGN), "word", at) for at, key in zip(words, keys, strict=True)]
    whole = keys[0]
    for at, (left, right) in enumerate(pairwise(keys), start=shape.first):
        signs.append(Sign(_slot(kernel.joined_key(left, right) ^ _PAIR), "pair", at))
        whole = kernel.joined_key(whole, right)
    signs.append(Sign(_slot(keys[0] ^ _OPENS), "first word", words[0]))
    signs.append(Sign(_slot(keys[-1] ^ _CLOSES), "last word", words[-1]))
    signs.append(Sign(_slot(whole ^ _WHOLE), "whole line"))
    for at in words:
        start, end = starts[at], ends[at]
        if end - start > 4:
            signs.append(Sign(_slot(key_of(text[start : start + 4]) ^ _HEAD), "word begins", at))
            signs.append(Sign(_slot(key_of(text[end - 4 : end]) ^ _TAIL), "word ends", at))
    return signs


_MARKS: Final = compile_re(r"[^\w\s.،,:\u064b-\u065f]")
_SEPARATOR: Final = compile_re(r"[|/\\»«›‹>→←•·–—]")
_OPENING: Final = compile_re(r"[\W_]")
_SLOT: Final = compile_re(r"%[sd1]|\{[^{}]*\}|\.\.\.|…$")
_QUOTE: Final = compile_re(r"[«\"“‘]")


def _shape_values(
    lines: Sequence[int], shapes: Sequence[Shape], index: int, text: str, first: int, last: int
) -> list[tuple[str, int]]:
    """The signs of shape and place: each a name and a small number."""
    shape = shapes[index]
    at = shape.line * LINE_FIELDS
    letters = lines[at + ARABIC] + lines[at + LATIN] + lines[at + OTHER]
    place = 0 if first < 0 else 1 if index < first else 2 if index > last else 3
    ending = 2 if shape.stop else 1 if shape.colon else 0
    before = _beside(shapes[index - 1] if index else None)
    behind = _beside(shapes[index + 1] if index + 1 < len(shapes) else None)
    return [
        ("words", shape.words),
        ("words and end", min(shape.words, 15) * 3 + ending),
        ("place", place),
        ("place and end", ending + 3 * place),
        ("place and words", place * 16 + min(shape.words, 15)),
        ("from the top", min(index, 4) + 5 * (place == 1)),
        ("from the end", min(len(shapes) - 1 - index, 4) + 5 * (place == 2)),
        ("line before", before),
        ("line behind", behind),
        ("both beside", before * 6 + behind),
        ("Latin letters", 0 if not letters else 1 + 4 * lines[at + LATIN] // letters),
        ("digits", min(4, lines[at + DIGITS])),
        ("marks", min(6, lines[at + MARKS])),
        ("opens with a sign", int(bool(_OPENING.match(text)))),
        ("separators", min(3, len(_SEPARATOR.findall(text)))),
        ("slot or ellipsis", int(bool(_SLOT.search(text)))),
        ("quotation", int(bool(_QUOTE.search(text)))),
        ("colon inside", int(":" in text[:-1])),
    ]


def _beside(shape: Shape | None) -> int:
    if shape is None:
        return 0
    if shape.paragraph:
        return 1 if shape.stop else 2
    if shape.words <= 4:
        return 3
    return 4 if shape.stop else 5


AROUND: Final = (
    "own", "before", "behind", "sure before", "sure behind", "run", "run mean", "alone", "top", "below", "sentence",
    "near before", "near behind", "run sure", "own low", "own high", "listed", "listed beside",
)  # fmt: skip
"""The signs of the second sum."""


def surroundings(
    shapes: Sequence[Shape], scores: Sequence[float], listed: Mapping[int, float], index: int, first: int, last: int
) -> list[float]:
    """The second sum's row of one line: its score beside those of the lines around it."""
    own = _within(scores[index])
    before = [_within(scores[at]) for at in range(max(0, index - 3), index) if shapes[at].short][::-1]
    behind = [_within(scores[at]) for at in range(index + 1, min(len(shapes), index + 4)) if shapes[at].short]
    next_before = before[0] if index and shapes[index - 1].short else -2.0
    next_behind = behind[0] if index + 1 < len(shapes) and shapes[index + 1].short else -2.0
    start = end = index
    while start and shapes[start - 1].short and not shapes[start - 1].stop and index - start < _RUN:
        start -= 1
    while end + 1 < len(shapes) and shapes[end + 1].short and not shapes[end + 1].stop and end - index < _RUN:
        end += 1
    run = [_within(scores[at]) for at in range(start, end + 1)]
    near = [listed.get(shapes[at].line, 0.0) for at in range(start, end + 1) if at != index]
    return [
        own,
        next_before,
        next_behind,
        float(next_before > _SURE),
        float(next_behind > _SURE),
        min(len(run), 8) / 8.0,
        sum(run) / len(run),
        float(first < 0),
        float(index < first),
        float(index > last >= 0),
        float(shapes[index].stop),
        max(before, default=-2.0),
        max(behind, default=-2.0),
        sum(score > _SURE for score in run) / len(run),
        min(own, 0.0),
        max(own - 3.0, 0.0),
        listed.get(shapes[index].line, 0.0),
        max(near, default=0.0),
    ]


_RUN: Final = 20
"""Lines before and behind that are looked at as one block."""

_WORD_ALONE: Final = 2.7
"""The most that a word or two can weigh that no neighbour and no list vouches for (0.94): never enough to be cut."""

_SURE: Final = 2.0
"""Log odds of a line that vouches for its neighbours."""


def _within(score: float) -> float:
    return max(-6.0, min(6.0, score))


def kind_of(reading: Reading, shape: Shape, weights: Weights) -> str:
    """What a line of the page is for, by its words."""
    slots = word_slots(reading, shape)
    size = 1 << KIND_BITS
    sums = [
        weights.kind_bases[number] + sum([weights.kinds[number * size + slot] for slot in slots])
        for number in range(len(KINDS))
    ]
    return KINDS[max(range(len(KINDS)), key=sums.__getitem__)]


class Weights(msgspec.Struct, frozen=True):
    """The fitted sums: `own` and `kinds` are numbered by hashes, `around` goes with `AROUND`.

    `listed` (base and slope) makes log odds of a sum where the line is one that the lists know.
    """

    own: Sequence[int]
    scale: float
    own_base: float
    around: tuple[float, ...]
    base: float
    listed: tuple[float, float]
    kinds: Sequence[int]
    kind_bases: tuple[float, ...]


def weights_from(data: bytes) -> Weights:
    """The weights of a file: one line of JSON, then the tables, a byte a weight."""
    head, _, tables = data.partition(b"\n")
    said = orjson.loads(head)
    own = 1 << BITS
    return Weights(
        own=array("b", tables[:own]),
        scale=said["scale"],
        own_base=said["own_base"],
        around=tuple(said["around"]),
        base=said["base"],
        listed=(said["listed"][0], said["listed"][1]),
        kinds=array("b", tables[own:]),
        kind_bases=tuple(said["kind_bases"]),
    )


@cache
def model() -> Weights:
    """The shipped weights."""
    return weights_from(DATA.read_bytes())
