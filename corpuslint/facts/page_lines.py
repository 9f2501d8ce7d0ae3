"""How likely each short line is a line of the page: words and pairs of words, shape, place and neighbours, weighed.

A list of wordings is too bold (a sentence that mentions comments) and too blind (the next template); runs of letters
know a word by its relatives, in other forms and in other languages, with one letter for پ and ب. This is a weighted
sum fitted on templates of many systems and on whole pages, against ordinary short lines of articles; the weights are
numbered by hashes of words, so no wording is shipped. `benchmarks/fit_page_lines.py` makes them and holds the figures.

Three looks: the line's own signs; these beside those of its neighbours and what the lists know, for lines of the page
stand together; and, where that leaves some line in doubt, how far interface words cover it, and what the lines beside
it come to. Only lines of at most `LONGEST` words are weighed; longer ones are text or the matter of other rules.
"""

from __future__ import annotations

import math
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from corpuslint.facts.furniture import COVERED, furniture_of, shapes_of
from corpuslint.facts.labels import labels_of
from corpuslint.facts.openers import FEW_WORDS
from corpuslint.model.diagnostic import EvidenceValue
from corpuslint.model.levels import Severity
from corpuslint.text.patterns import compile_re
from corpuslint.words import kernel
from corpuslint.words.levels import SKELETON, SPELLING
from corpuslint.words.reading import END, LINE_FIELDS, START

if TYPE_CHECKING:
    from corpuslint.facts.layout import Line
    from corpuslint.facts.page import Page

LONGEST: Final = FEW_WORDS
"""Words that a line may have to be weighed."""

BITS: Final = 17
"""Words, pairs, shape and place have two to this power of weights, and runs of letters as many behind them."""

KIND_BITS: Final = 13
DATA: Final = Path(__file__).parent / "data" / "page-lines.bin"

KINDS: Final = (
    "share", "comment", "related", "newsletter", "tags", "navigation", "search", "byline", "date", "player",
    "login", "counter", "cookie", "policy", "rights", "other",
)  # fmt: skip
"""What a line of the page is for, as the model tells it."""


class Sign(msgspec.Struct, frozen=True):
    """One sign of a line: the number of its weight, and what it is made of (for people who ask why)."""

    weight: int
    part: str
    at: int = -1


class Shape(NamedTuple):
    """A filled line: its number from 0, its first word, how many words, how it ends (`STOP`, `COLON`, 0), its kinds."""

    line: int
    first: int
    words: int
    ending: int
    kinds: int


SHORT, PARAGRAPH = 1, 2
COLON, STOP = 1, 2
_FIELDS: Final = len(Shape._fields)


class Lines:
    """The filled lines of a document, and the signs of the short ones."""

    def __init__(self, anatomy: Page) -> None:
        self.reading = reading = anatomy.words
        self.shapes = array("i", bytes(4 * _FIELDS * reading.line_count()))
        count = kernel.filled_lines(reading.text, reading.lines, len(reading.keys), LONGEST, self.shapes)
        del self.shapes[_FIELDS * count :]
        # not the anatomy, which holds these lines: circles wait for the collector
        self._covered = anatomy.fact(shapes_of) if self.short else array("i")

    def __len__(self) -> int:
        return len(self.shapes) // _FIELDS

    def __getitem__(self, index: int) -> Shape:
        return Shape(*self.shapes[_FIELDS * index : _FIELDS * (index + 1)])

    @cached_property
    def short(self) -> list[int]:
        """Which lines are weighed."""
        return [index for index, kinds in enumerate(self.shapes[_FIELDS - 1 :: _FIELDS]) if kinds & SHORT]

    def body(self) -> tuple[int, int]:
        """The first and the last paragraph; (-1, -1) where there is none."""
        first, last = kernel.body_of(self.shapes)
        return first, last

    def signs(self, index: int) -> list[Sign]:
        """The signs of one line: its words and pairs, how they begin and end, its shape, its place."""
        return [self.sign(*numbers) for numbers in self.numbers(index)]

    def sign(self, weight: int, part: int, at: int) -> Sign:
        """A sign by its numbers: its weight, its place in `PARTS`, and the word or character that it is made of."""
        if PARTS[part] == "sign":
            return Sign(weight, f"sign {self.reading.text[at]}")
        return Sign(weight, PARTS[part], at)

    def numbers(self, index: int) -> Iterator[tuple[int, int, int]]:
        """The numbers of the signs of one line."""
        reading, found = self.reading, array("i", _ROOM)
        count = kernel.line_signs(
            reading.text, reading.starts, reading.ends, reading.keys, reading.lines, SPELLING.table, SKELETON.table,
            self.shapes, index, found,
        )  # fmt: skip
        return zip(*(iter(found[: 3 * count]),) * 3, strict=True)

    def own_scores(self, weights: Weights) -> array[float]:
        """The log odds of each line by its own signs; 0 for lines that are not weighed."""
        reading, scores = self.reading, array("d", bytes(8 * len(self)))
        kernel.line_scores(
            reading.text, reading.starts, reading.ends, reading.keys, reading.lines, SPELLING.table, SKELETON.table,
            self.shapes, weights.own, weights.scale, weights.own_base, array("i", _ROOM), array("Q", _SEEN), scores,
        )  # fmt: skip
        return scores

    def surroundings(
        self, scores: array[float], listed: Mapping[int, float], weights: array[float], base: float
    ) -> tuple[array[float], array[float]]:
        """The second sum's row of each line, and what it comes to; `listed` is `listed_in` of the document."""
        count = len(self)
        rows, sums = array("d", bytes(8 * len(AROUND) * count)), array("d", bytes(8 * count))
        known = array("d", bytes(8 * count))
        if listed:
            for index, line in enumerate(self.shapes[::_FIELDS]):
                known[index] = listed.get(line, 0.0)
        kernel.surroundings(self.shapes, scores, known, weights, base, rows, sums)
        return rows, sums

    def looked_again(self, rows: array[float], weights: Weights) -> tuple[array[float], array[float]]:
        """What each line comes to by what stands around it and the interface words that cover it, and by these and the
        lines beside it."""
        once, scores = array("d", bytes(8 * len(self))), array("d", bytes(8 * len(self)))
        kernel.look_again(
            self.shapes,
            rows,
            self._covered,
            weights.covered,
            weights.again,
            array("d", _AGAIN),
            once,
            scores,
        )
        return once, scores

    def signs_again(self, index: int, rows: array[float], once: array[float]) -> array[float]:
        """The signs of a short line at the third look: `AROUND`, `COVERED`, both together, and the lines beside it."""
        signs = array("d", _AGAIN)
        kernel.signs_again(self.shapes, rows, self._covered, once, index, signs)
        return signs[:-3]


_ROOM: Final = bytes(4 * 3 * 512)  # 14 words in 170 characters have at most 445 signs
_SEEN: Final = bytes(8 * 1024)
_AGAIN: Final = bytes(8 * (73 + 3))

PARTS: Final = (
    "word", "pair", "first word", "last word", "whole line", "word begins", "word ends", "sign",
    "number of words", "number of words and end", "place", "place and end", "place and number of words",
    "lines from the top", "lines from the end", "kind of line before", "kind of line behind", "kinds of lines beside",
    "share of Latin letters", "number of digits", "number of marks", "sign in front or none", "number of separators",
    "slot or ellipsis or none", "quotation or none", "colon inside or none", "letters of",
)  # fmt: skip
"""What signs are made of, in the order of the kernel."""

_OF_WORDS: Final = 7
"""The parts before this one are words."""
_GROUPS: Final = {
    **dict.fromkeys((*PARTS[:7], PARTS[26]), "words"),
    **dict.fromkeys(PARTS[10:15], "place"),
    **dict.fromkeys(PARTS[15:18], "neighbours"),
}
"""What signs tell of a line; the others are its shape."""
_OF_ANY_LINE: Final = frozenset((18, *range(20, 26)))  # hardly a line has them, and a "sign" tells which it has


class PageLines:
    """The weighed lines of one document, and why each weighs what it does.

    `lines` has the probability of each that it is the page's, by its number from 1.
    """

    def __init__(self, lines: Lines, listed: Mapping[int, float]) -> None:
        self._lines, self._listed = lines, listed
        self._looks = look_at(lines, listed, model())
        first, last = lines.body()
        self._edges = (lines[first].line, lines[last].line) if first >= 0 else (-1, -1)
        self.lines = weigh_lines(lines, listed, model(), self._looks)

    def probability(self, number: int) -> float | None:
        """How likely line `number` is the page's; None where it is not weighed."""
        return self.lines.get(number)

    def kind(self, number: int) -> str:
        """What a weighed line is for, one of `KINDS`."""
        return kind_of(self._lines, self._place(number), model())

    def at_an_edge(self, number: int) -> bool:
        """Whether the line stands above or below all other paragraphs of the text."""
        first, last = self._edges
        return not first < number - 1 < last

    def is_above(self, number: int) -> bool:
        """Whether the line stands above the text, where the headline does."""
        return number - 1 < self._edges[0]

    @cached_property
    def sure_lines(self) -> int:
        """How many different lines are sure."""
        return len({self._text(number).strip() for number, sure in self.lines.items() if sure >= SURE})

    @property
    def has_menus(self) -> bool:
        """Whether so many different lines are sure that the page was saved with its menus."""
        return self.sure_lines >= _MENUS

    def is_beside_text(self, number: int) -> bool:
        """Whether the line is one of the few right above the first paragraph or below the last, where a page has the
        names of the piece and of its writer."""
        first, last = self._lines.body()
        at = self._place(number)
        return first >= 0 and (first - _NEAR <= at < first or last < at <= last + _NEAR)

    def is_above_text(self, number: int) -> bool:
        """Whether a paragraph is one of the few lines right below: the line may be its headline."""
        at = self._place(number)
        kinds = self._lines.shapes[_FIELDS - 1 :: _FIELDS][at + 1 : at + 1 + _NEAR]
        return any(kind & PARAGRAPH for kind in kinds)

    def headline(self) -> int:
        """The number of the line above the text that is least likely the page's, of those of three words and more; 0
        where there is none. Among lines of the page stands the headline of the article."""
        first = self._edges[0]
        short = (self._lines[index] for index in self._lines.short)
        above = [shape.line + 1 for shape in short if shape.line < first and shape.words >= 3]
        # digits and separators have dates, paths and desk lines, and headlines seldom
        above = [number for number in above if not _CELLS.search(self._text(number))] or above
        return min(above, key=self.lines.__getitem__) if above else 0

    def _text(self, number: int) -> str:
        places, at = self._lines.reading.lines, (number - 1) * LINE_FIELDS
        return self._lines.reading.text[places[at + START] : places[at + END]]

    def reasons(self, number: int, most: int = 5) -> tuple[str, ...]:
        """The signs of its own that weigh most for or against a line, in words, each with its log odds."""
        if number not in self.lines:
            return ()
        weights = model()
        told = (sign for sign in self._signs(number) if sign[1] not in _OF_ANY_LINE)
        ranked = sorted(told, key=lambda sign: (-abs(weights.own[sign[0]]), sign))
        return tuple(self._said(self._lines.sign(*sign), weights) for sign in ranked[:most])

    def _place(self, number: int) -> int:
        return bisect_left(self._lines.shapes[::_FIELDS], number - 1)

    def _signs(self, number: int) -> Iterable[tuple[int, int, int]]:
        return {sign[0]: sign for sign in self._lines.numbers(self._place(number))}.values()

    def shares(self, number: int) -> dict[str, float]:
        """What speaks for or against a line, by groups of signs, as log odds; the last is what they come to.

        What a line's own signs come to counts for less than their sum where neighbours and lists are weighed beside it:
        the shares of words, shape and place are what they count for. `rest` is what every line begins from, less what
        is taken back where no neighbour and no list vouches for a line. Empty for a line that is not weighed.
        """
        if number not in self.lines:
            return {}
        weights = model()
        own = dict.fromkeys(("words", "shape", "place", "neighbours"), 0.0)
        for weight, part, _ in self._signs(number):
            own[_GROUPS.get(PARTS[part], "shape")] += weights.scale * weights.own[weight]
        index = self._place(number)
        row, row_weights, base = self._looks.weighed(self._lines, index, weights)
        more, slope = weights.listed if self._listed.get(number - 1) == 1.0 else (0.0, 1.0)
        worth = [slope * value * weight for value, weight in zip(row, row_weights, strict=True)]
        counted = sum(worth[place] for place in _OWN_SIGNS) / (sum(own.values()) or 1.0)
        shares = {name: counted * share for name, share in own.items()} | {"lists": more + (slope - 1) * base}
        for place, share in enumerate(worth):
            if place not in _OWN_SIGNS:
                shares["lists" if place in _OF_LISTS else "neighbours"] += share
        sure = max(0.0001, min(0.9999, self.lines[number]))
        together = math.log(sure / (1 - sure))
        return {**shares, "rest": together - sum(shares.values()), "together": together}

    def _said(self, sign: Sign, weights: Weights) -> str:
        worth = weights.scale * weights.own[sign.weight]
        if sign.at < 0:
            return f"{sign.part} {worth:+.1f}"
        reading, last = self._lines.reading, sign.at + (sign.part == "pair")
        word = reading.text[reading.starts[sign.at] : reading.ends[last]]
        part = word[:4] if sign.part == "word begins" else word[-4:] if sign.part == "word ends" else word
        return f"{sign.part} “{part}” {worth:+.1f}"


class Verdict(NamedTuple):
    """What a rule that knows a line by a list says of it: how sure, how loud (None: as the rule does), and why."""

    confidence: float
    severity: Severity | None
    evidence: Mapping[str, EvidenceValue]


SURE: Final = 0.95
"""From what probability a line at an edge is sure enough to be cut."""

_NEAR: Final = 3
_MENUS: Final = 12
"""Different sure lines that only a page with its menus has."""

_CELLS: Final = compile_re(r"[\d|•»›>→]|\s/\s")


def verdict(anatomy: Page, line: Line, *, told: bool = True, clues: int = 0) -> Verdict:
    """What the weights make of a line that a list names; where list and weights disagree it is worth knowing only.

    A line too long to be weighed is as sure as its place: few sentences of an article stand below the text or above it.
    `told` is whether the words that it is known by are more than a sentence of the news could hold, `clues` how many
    they are: three of them outweigh words that the weights know from the news.
    """
    weighed = anatomy.fact(page_lines_of)
    sure = weighed.probability(line.number)
    if sure is None:
        sure = _LONG[told, weighed.at_an_edge(line.number)]
    elif clues > 2:
        sure = round(1 - (1 - sure) / 3, 4)
    return Verdict(sure, None if sure >= 0.5 else Severity.INFO, {"signs": weighed.reasons(line.number)})


_LONG: Final = {(True, True): 0.97, (True, False): 0.8, (False, True): 0.3, (False, False): 0.2}
"""How often long lines were right where they were read: those that more than a word or two tells, at an edge or not."""


def page_lines_of(anatomy: Page) -> PageLines:
    """The short lines of a document, each with its probability."""
    lines = Lines(anatomy)
    return PageLines(lines, listed_in(anatomy) if lines.short else {})


def listed_in(anatomy: Page) -> Mapping[int, float]:
    """The lines that the lists of interface words and labels know, by their number from 0, with how sure that is."""
    found = dict.fromkeys((one.line.number - 1 for one in anatomy.fact(labels_of)), 0.5)
    found.update((piece.line.number - 1, 1.0) for piece in anatomy.fact(furniture_of) if piece.span == piece.line.body)
    return found


class Looks(NamedTuple):
    """What stands around each filled line, and what short lines come to: at the second look, or, with what they come to
    half way in `once`, at the third."""

    rows: array[float]
    scores: array[float]
    once: array[float] = array("d")

    def weighed(self, lines: Lines, index: int, weights: Weights) -> tuple[Sequence[float], Sequence[float], float]:
        """The signs that decided about a short line, the weight of each, and what every line begins from."""
        if not self.once:
            return self.rows[len(AROUND) * index : len(AROUND) * (index + 1)], weights.around, weights.base
        row = lines.signs_again(index, self.rows, self.once)
        (*covered, first), (*again, base) = weights.covered, weights.again
        # the first of the signs from beside is what `covered` makes of all before it, within bounds
        through, once = again[len(covered)], row[len(covered)]
        if once in (_LEAST, _MOST):
            return row, [*again[: len(covered)], 0.0, *again[len(covered) + 1 :]], base + through * once
        own = [one + through * two for one, two in zip(again, covered, strict=False)]
        return row, [*own, 0.0, *again[len(covered) + 1 :]], base + through * first


def look_at(lines: Lines, listed: Mapping[int, float], weights: Weights) -> Looks:
    """What `weights` make of the short lines of a text; `listed` is `listed_in` of it."""
    short = lines.short
    if not short:
        return Looks(array("d"), array("d"))
    rows, sums = lines.surroundings(lines.own_scores(weights), listed, weights.around, weights.base)
    if max(sums[index] for index in short) <= _WORTH_A_LOOK:
        return Looks(rows, sums)
    once, scores = lines.looked_again(rows, weights)
    return Looks(rows, scores, once)


def weigh_lines(lines: Lines, listed: Mapping[int, float], weights: Weights, looks: Looks) -> dict[int, float]:
    """How likely each short line of a text is the page's, by its number from 1 and what `look_at` made of it."""
    rows, scores, _ = looks
    text, places = lines.reading.text, lines.reading.lines
    found = {}
    for index in lines.short:
        line, at, score = lines.shapes[_FIELDS * index], len(AROUND) * index, scores[index]
        if listed.get(line) == 1.0:
            score = weights.listed[0] + weights.listed[1] * score
        elif max(rows[_BEFORE + at], rows[_BEHIND + at]) <= _SURE:
            score = min(score, _ALONE)
        elif rows[_SENTENCE + at] and rows[at] <= _AGAINST:
            score = min(score, -1.0)  # lines of the page that stand beside it do not make a sentence one of theirs
        if score > -1.0 and _SAID.match(text, places[line * LINE_FIELDS + START], places[line * LINE_FIELDS + END]):
            score = -1.0  # somebody says it
        found[line + 1] = round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score)))), 4)
    return found


_LEAST, _MOST = -5.0, 6.0
"""Log odds that count as others beyond them do, once neighbours are asked."""
_WORTH_A_LOOK: Final = -3.0
"""Log odds by the first two sums that some line must have for a text to be looked at again."""


_SAID: Final = compile_re(
    r"""
    \s*[«\"“”‘’'][^\n]*[»\"“”‘’'][.،!؟۔]?\s*$  # a quotation
    # "رد عليها: …", "او جواب داد: …", "اس نے کہا: …": a verb of saying, and what was said
  | \s*(?:[^\W\d_]+[ ]){0,3}?
    (?: [وف]?(?:قال|رد|أجاب|اجاب|سأل|سال|صاح|همس)(?:ت|وا|ه|ها|ته)?
      | گفت | جواب[ ]داد | پاسخ[ ]داد | پرسید
      | گوت(?:ی|م) | وت(?:ی|م) | پرسی | وەڵامی[ ](?:دا|دایەوە)
      | کہا | پوچھا | جواب[ ]دیا | بولا
      | وویل | دېدى | سورىدى
    )
    (?:[ ][^\W\d_]+){0,2}\s?:\s
    """,
    re.VERBOSE,
)


def word_slots(lines: Lines, index: int) -> list[int]:
    """The numbers of the weights by which the kind of a line is told."""
    return sorted({weight >> (BITS - KIND_BITS) for weight, part, _ in lines.numbers(index) if part < _OF_WORDS})


AROUND: Final = (
    "own", "before", "behind", "sure before", "sure behind", "run", "run mean", "alone", "top", "below", "sentence",
    "near before", "near behind", "run sure", "own low", "own high", "listed", "listed beside",
)  # fmt: skip
"""The signs of the second sum."""


_BEFORE, _BEHIND, _SENTENCE = map(AROUND.index, ("before", "behind", "sentence"))

_OF_LISTS: Final = frozenset((AROUND.index("listed"), *range(len(AROUND), len(AROUND) + 3 * len(COVERED) + 2)))
"""Which signs of the last look are what lists say of the line itself."""
_OWN_SIGNS: Final = frozenset(map(AROUND.index, ("own", "own low", "own high")))

_ALONE: Final = 2.7
"""The most that a line can weigh that no neighbour and no list vouches for (0.94): never enough to be cut."""

_AGAINST: Final = -4.0
"""Log odds of a sentence whose own words speak against its being the page's."""

_SURE: Final = 2.0
"""Log odds of a line that vouches for its neighbours."""


def kind_of(lines: Lines, index: int, weights: Weights) -> str:
    """What a line of the page is for, by its words."""
    slots = word_slots(lines, index)
    size = 1 << KIND_BITS
    sums = [
        weights.kind_bases[number] + sum([weights.kinds[number * size + slot] for slot in slots])
        for number in range(len(KINDS))
    ]
    return KINDS[max(range(len(KINDS)), key=sums.__getitem__)]


class Weights(msgspec.Struct, frozen=True):
    """The fitted sums: `own` and `kinds` are numbered by hashes, `around` goes with `AROUND`.

    `covered` goes with the first of `Lines.signs_again` and `again` with all, each with its base at the end.
    `listed` (base and slope) makes log odds of a sum where the line is one that the lists know.
    """

    own: array[int]
    scale: float
    own_base: float
    around: array[float]
    base: float
    covered: array[float]
    again: array[float]
    listed: tuple[float, float]
    kinds: Sequence[int]
    kind_bases: tuple[float, ...]


def weights_from(data: bytes) -> Weights:
    """The weights of a file: one line of JSON, then the tables, a byte a weight."""
    head, _, tables = data.partition(b"\n")
    said, own = msgspec.json.decode(head), 2 << BITS
    said.update((name, array("d", said[name])) for name in ("around", "covered", "again"))
    return Weights(own=array("b", tables[:own]), kinds=array("b", tables[own:]), **said)


@cache
def model() -> Weights:
    """The shipped weights."""
    return weights_from(DATA.read_bytes())
