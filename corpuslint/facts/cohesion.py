"""How the paragraphs of a document hang together, and what that says of each place where another story could begin.

`Paragraph` is a body paragraph with its terms and opening; `boundary_signs` (the kernel's) measures every candidate
boundary "the text from paragraph k to the end is foreign". Signs are numbers with a name (`SIGNS`), so that a model of
them can be read and a finding can say what it rests on. All cost is bounded: the document by `MOST_PARAGRAPHS`, a
paragraph by `LONGEST`.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping, Sequence
from functools import cached_property

from corpuslint.facts.openings import Opening, opening_of
from corpuslint.facts.terms import Passage, passages_of
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span
from corpuslint.words import kernel
from corpuslint.words.lexicon import slots_for

SHORTEST = 60
"""A line with fewer characters is a headline, a label or a subhead, not a paragraph."""

LONGEST_HEADLINE = 105
"""Up to this length a line without a stop at its end is a headline."""

LONGEST = 4000
"""No more of one paragraph than this is read."""

MOST_PARAGRAPHS = 120
"""A longer document is a book, a protocol or a list; no boundary is sought in it."""

SIGNS = (
    "first_in_own",  # of the first foreign paragraph's terms, the share known from before
    "first_in_lead",  # … from the title and the opening
    "mean_in_own",
    "most_in_own",
    "least_in_own",
    "last_in_own",
    "mean_in_lead",
    "most_in_lead",
    "tail_in_own",  # all foreign terms together
    "own_in_tail",
    "own_coherence",  # how well the paragraphs before hang together
    "own_in_own_lead",
    "drop",  # own coherence less the foreign paragraphs' share in it
    "before_in_own",  # the paragraph before the boundary, in the rest before it
    "before_in_tail",
    "chain",  # how well each foreign paragraph continues those after the boundary
    "chain_least",
    "in_first",  # … the first foreign one
    "first_opening",
    "first_dateline",
    "first_day",
    "rest_leads",  # the share of later foreign paragraphs that open like a story
    "own_leads",
    "before_colon",
    "own_length",
    "first_goes_on",
    "rest_goes_on",
    "own_goes_on",
    "rest_opening",
    "rest_opening_least",
    "rest_opening_most",
    "before_opening",
    "own_opening",
    "own_opening_most",
    "rest_days",
    "own_days",
    "restarts",  # runs of three words of the own opening, said again in the tail
    "restarts_own",
    "repeats",  # … said again of any paragraph before
    "repeats_own",
    "first_in_recurrent",  # the share of what the own text says more than once: its people, places, matter
    "mean_in_recurrent",
    "least_in_recurrent",
    "own_in_recurrent",
    "strangers",  # the share of paragraphs that hardly name what the own text says more than once
    "strangers_own",
    "first_in_before",  # of the first foreign paragraph, in the paragraph right before it
    "opening_over_own",  # the mean opening of the tail over the best later opening of the own text
    "one_sentence",  # the share of paragraphs of one sentence
    "one_sentence_own",
    "tail_count",
    "own_count",
    "tail_share",
    "length_ratio",
    "length_spread",
    "first_length",
    "before_stop",  # the paragraph before ends in a full stop
    "headline_between",
    "own_open_ended",  # no stop at the paragraphs' ends
    "tail_open_ended",
    "step_before",  # first_in_own, one candidate earlier and later
    "step_after",
    "opening_gain",
    "declared_title",
)


class Paragraph:
    """A body paragraph: where it stands, its words and terms, how it opens and ends."""

    def __init__(self, text: str, span: Span, passage: Passage, headline_before: bool = False) -> None:
        self.text = text
        self.span = span
        self.passage = passage
        self.headline_before = headline_before

    @property
    def length(self) -> int:
        """How many characters it has."""
        return self.span.end - self.span.start

    @cached_property
    def total(self) -> float:
        """The weight of its terms."""
        return sum(self.passage.weights) or 1.0

    @cached_property
    def opening(self) -> Opening:
        """How it opens."""
        return opening_of(self.text, _read_part(self.span), self.passage)

    def shape(self) -> tuple[float, ...]:
        """Ten numbers, as `kernel.boundary_signs` wants them."""
        ending = self.text[self.span.end - 1] if self.length < LONGEST else "."
        score, dateline, day, goes_on = self.opening
        return (
            *(self.total, score, self.length, dateline, day, goes_on, not self.passage.sentences),
            *(ending in _STOPS, ending == ":", self.headline_before),
        )


def paragraphs_of(text: str, spans: Sequence[Span]) -> list[Paragraph]:
    """The paragraphs that `spans` of a text cover."""
    passages = passages_of(text, [_read_part(span) for span in spans])
    return [Paragraph(text, span, passage) for span, passage in zip(spans, passages, strict=True)]


def _read_part(span: Span) -> Span:
    return Span(span.start, min(span.end, span.start + LONGEST))


def is_paragraph(line: str) -> bool:
    """Whether a line (stripped) is running text: long enough, and no headline, ruler, contact line or disclaimer."""
    if len(line) < SHORTEST or (len(line) < LONGEST_HEADLINE and line[-1] not in _STOPS):
        return False
    if not _LATIN.search(line, 0, 2000) and not any(hint in line for hint in _FURNITURE_HINTS):
        return True  # nearly every paragraph; the pattern below takes ten times as long to say so
    return _FURNITURE.search(line, 0, 2000) is None


_LATIN = compile_re("[A-Za-z]")
_FURNITURE_HINTS = ("@", "://", "---", "___", "===", "***", "مقال", "راء ال", "تطبيق")
"""One of these, or a Latin letter, is in everything that `_FURNITURE` finds."""

_FURNITURE = compile_re(
    r"""
    [\w.+-]+@[\w-]+\.\w | https?:// | \bwww\. | \bSMS\b | \bsms\b   # ways to write to the author
    | (?i:\bimage\ caption\b | \bgetty\ images\b)                     # a picture's line
    | -{5,} | _{5,} | ={5,} | \*{5,}                                    # rulers
    | ^\W*(?:ال)?مقالات\ أخرى\ لل                                      # the author's other columns
    | ^\W*هذا\ (?:ال)?مقال\ (?:بقلم|يعبر|يعكس) | [اآ]راء\ ال(?:واردة|كاتب) # whose opinion it is
    | تطبيق\ .{0,40}\ (?:هاتفكم|هواتفكم|هاتفك)                          # an app to load
    """,
    re.VERBOSE,
)


def possible_boundaries(paragraphs: Sequence[Paragraph], title: Mapping[int, float]) -> list[int]:
    """The k for which paragraph k could be the first foreign one: it knows little from before and may open a story.

    Of the boundaries that the model finds, one in fifty is lost here, and most of the work is saved.
    """
    terms, weights, term_at = _parts(paragraphs, title)
    numbers, _ = _numbered(terms)
    shares = array("d", bytes(8 * (len(term_at) - 1)))
    kernel.known_shares(numbers, weights, term_at, shares)
    possible = []
    for number, paragraph in enumerate(paragraphs):
        if number == 0:
            continue
        shared = shares[number + 1]
        score = paragraph.opening.score
        if paragraph.opening.goes_on:
            continue
        if score > _OPENS or shared <= _HARDLY_KNOWN or (score > _GOES_ON and shared <= _LITTLE_KNOWN):
            possible.append(number)
    return possible


_HARDLY_KNOWN = 0.2
_LITTLE_KNOWN = 0.45
_OPENS = -1.0
_GOES_ON = -4.0

_STOPS = frozenset(".!?؟۔…:؛\"”»)]'’")


def boundary_signs(paragraphs: Sequence[Paragraph], title: Mapping[int, float], wanted: Sequence[int]) -> array[float]:
    """For each k of `wanted`, the signs (in the order of `SIGNS`) that paragraphs[k:] are foreign to paragraphs[:k].

    `title` are the terms of the declared title, empty where none is declared.
    """
    terms, weights, term_at = _parts(paragraphs, title)
    numbers, known = _numbered(terms)
    runs, run_at = array("Q"), array("i", (0,))
    for paragraph in paragraphs:
        tokens = paragraph.passage.tokens
        found = array("Q", bytes(8 * len(tokens)))
        count = kernel.runs_of(tokens, array("Q", bytes(8 * slots_for(len(tokens)))), found)
        runs += found[:count]
        run_at.append(len(runs))
    run_numbers, different_runs = _numbered(runs)
    shapes = array("d", [number for paragraph in paragraphs for number in paragraph.shape()])
    room = array("i", bytes(4 * (5 * known + 2 * len(terms) + different_runs)))
    shares = array("d", bytes(8 * (known + 4 * len(paragraphs))))
    rows = array("d", bytes(8 * len(SIGNS) * len(wanted)))
    kernel.boundary_signs(
        numbers, weights, term_at, run_numbers, run_at, shapes, array("i", wanted), known, different_runs, room, shares,
        rows,
    )  # fmt: skip
    return rows


def _parts(paragraphs: Sequence[Paragraph], title: Mapping[int, float]) -> tuple[array[int], array[float], array[int]]:
    """The terms of the title and of the paragraphs in one row, their weights, and where each part begins."""
    terms, weights = array("Q", title), array("d", title.values())
    term_at = array("i", (0, len(terms)))
    for paragraph in paragraphs:
        terms += paragraph.passage.terms
        weights += paragraph.passage.weights
        term_at.append(len(terms))
    return terms, weights, term_at


def _numbered(keys: array[int]) -> tuple[array[int], int]:
    """Keys numbered in the order they first come, and how many differ."""
    size = slots_for(len(keys))
    numbers = array("i", bytes(4 * len(keys)))
    count = kernel.numbered(keys, array("Q", bytes(8 * size)), array("i", bytes(4 * size)), numbers)
    return numbers, count
