"""How the paragraphs of a document hang together, and what that says of each place where another story could begin.

`Paragraphs` are body paragraphs with their terms and openings; `boundary_signs` (the kernel's) measures every candidate
boundary "the text from paragraph k to the end is foreign". Signs are numbers with a name (`SIGNS`), so that a model of
them can be read and a finding can say what it rests on. All cost is bounded: the document by `MOST_PARAGRAPHS`, a
paragraph by `LONGEST`.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from corpuslint.facts.openings import SHAPE, Opening, opening_in, shapes_of
from corpuslint.facts.terms import passages_of
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


class Paragraphs:
    """Body paragraphs of a text: where they stand, their words and terms, how they open and end.

    `below`: of each whether a line like a headline stands before it.
    """

    def __init__(self, text: str, spans: Sequence[Span], below: Sequence[bool]) -> None:
        read = [span if span[1] - span[0] <= LONGEST else Span(span[0], span[0] + LONGEST) for span in spans]
        self.text = text
        self.spans = spans
        self.below = below
        self.passages = passages_of(text, read)
        self.shapes = shapes_of(text, spans, self.passages)
        for number, headline in enumerate(below):
            self.shapes[SHAPE * number + SHAPE - 1] = headline

    def __len__(self) -> int:
        return len(self.spans)

    def opening(self, number: int) -> Opening:
        """How a paragraph opens."""
        return opening_in(self.shapes, number)

    def terms(self, number: int) -> dict[int, float]:
        """The terms of a paragraph, with their weights."""
        return self.passages.weighed(number)


def is_paragraph(line: str) -> bool:
    """Whether a line (stripped) is running text: long enough, and no headline, ruler, contact line or disclaimer."""
    if len(line) < SHORTEST or (len(line) < LONGEST_HEADLINE and line[-1] not in _STOPS):
        return False
    head = line[:2000]
    return not any(hint in head and pattern.search(head) for hint, pattern in _WORDED) and (
        not kernel.shows_page(head) or not any(hint in head and pattern.search(head) for hint, pattern in _SHOWN)
    )


_WORDED = (
    ("مقالات", compile_re(r"^\W*(?:ال)?مقالات [أا]خر[ىيی] لل")),  # the author's other columns
    ("مقال", compile_re(r"^\W*هذا (?:ال)?مقال (?:بقلم|[يی]عبر|[يی]ع[كک]س)")),  # whose opinion it is
    ("راء ال", compile_re(r"[اآ]راء ال(?:وارد[ةه]|[كک]اتب)")),
    ("تطب", compile_re(r"تطب[يی]ق .{0,40} (?:هاتف[كک]م?|هواتف[كک]م)")),  # an app to load
)
"""What no paragraph has, on any keyboard: a word that is quickly looked for, and the wording around it."""

_SHOWN = (
    ("@", compile_re(r"[\w.+-]@[\w-]+\.\w")),  # ways to write to the author
    ("://", compile_re("https?://")),
    ("www.", compile_re(r"\bwww\.")),
    ("SMS", compile_re(r"\bSMS\b")),
    ("sms", compile_re(r"\bsms\b")),
    ("", compile_re(r"(?i:\bimage caption\b|\bgetty images\b)")),  # a picture's line
    *((stroke * 5, compile_re(re.escape(stroke * 5))) for stroke in "-_=*"),  # rulers
)
"""The same of lines that `kernel.shows_page` sees."""


def is_listing(line: str) -> bool:
    """Whether a line lists names and does nothing else: a line-up, a cast, the towns of a forecast.

    >>> is_listing("الدفاع: سالم حداد، نادر قاسم، بدر عمران")
    True
    >>> is_listing("حداد يسجل ثلاثة أهداف، ويصاب في الدقيقة الأخيرة")
    False
    """
    pieces = [piece for piece in _BETWEEN_NAMES.split(line) if piece]
    if len(pieces) < _FEWEST_NAMES:
        return False
    words = [len(_BESIDE_NAMES.sub("", piece.rpartition(":")[2]).split()) for piece in pieces]
    return max(words[:-1]) <= _LONGEST_NAME and words[-1] <= _LONGEST_NAME + 1  # "and one more" ends the list


_BETWEEN_NAMES = compile_re(r"\s*[،,؛;/|–—]\s*|\s+-\s+")
_BESIDE_NAMES = compile_re(r"\([^()]*\)|\d+")
_FEWEST_NAMES = 3
_LONGEST_NAME = 4


class Numbered(NamedTuple):
    """The terms of a title and of paragraphs in one row, numbered as they first come; how many differ; their weights.

    The title is part 0; `begins` has where each part begins, and one place more.
    """

    terms: array[int]
    known: int
    weights: array[float]
    begins: array[int]


def numbered(paragraphs: Paragraphs, title: Mapping[int, float]) -> Numbered:
    """The terms of a document; `title` are those of the declared title, empty where none is declared."""
    keys, weights, first = array("Q", title), array("d", title.values()), len(title)
    keys += paragraphs.passages.terms
    weights += paragraphs.passages.weights
    terms, known = _numbered(keys)
    return Numbered(terms, known, weights, array("i", [0, *(first + at for at in paragraphs.passages.term_at)]))


def possible_boundaries(paragraphs: Paragraphs, terms: Numbered) -> list[int]:
    """The k for which paragraph k could be the first foreign one: it knows little from before and may open a story.

    Of the boundaries that the model finds, one in fifty is lost here, and most of the work is saved.
    """
    shares = array("d", bytes(8 * (len(terms.begins) - 1)))
    kernel.known_shares(terms.terms, terms.weights, terms.begins, shares)
    possible = []
    scores, going = paragraphs.shapes[1::SHAPE], paragraphs.shapes[5::SHAPE]
    for number in range(1, len(paragraphs)):
        shared, score = shares[number + 1], scores[number]
        if going[number]:
            continue
        if score > _OPENS or shared <= _HARDLY_KNOWN or (score > _GOES_ON and shared <= _LITTLE_KNOWN):
            possible.append(number)
    return possible


_HARDLY_KNOWN = 0.2
_LITTLE_KNOWN = 0.45
_OPENS = -1.0
_GOES_ON = -4.0

_STOPS = frozenset(".!?؟۔…:؛\"”»)]'’")


def boundary_signs(paragraphs: Paragraphs, terms: Numbered, wanted: Sequence[int]) -> array[float]:
    """For each k of `wanted`, the signs (in the order of `SIGNS`) that paragraphs[k:] are foreign to paragraphs[:k]."""
    tokens, token_at = paragraphs.passages.tokens, paragraphs.passages.token_at
    runs, run_at = array("Q", bytes(8 * len(tokens))), array("i", bytes(4 * len(token_at)))
    kernel.runs_of(tokens, token_at, array("Q", bytes(8 * slots_for(min(len(tokens), LONGEST)))), runs, run_at)
    del runs[run_at[-1] :]
    run_numbers, different_runs = _numbered(runs)
    room = array("i", bytes(4 * (5 * terms.known + 2 * len(terms.terms) + different_runs)))
    shares = array("d", bytes(8 * (terms.known + 4 * len(paragraphs))))
    rows = array("d", bytes(8 * len(SIGNS) * len(wanted)))
    kernel.boundary_signs(
        terms.terms, terms.weights, terms.begins, run_numbers, run_at, paragraphs.shapes, array("i", wanted),
        terms.known, different_runs, room, shares, rows,
    )  # fmt: skip
    return rows


def _numbered(keys: array[int]) -> tuple[array[int], int]:
    """Keys numbered in the order they first come, and how many differ."""
    size = slots_for(len(keys))
    numbers = array("i", bytes(4 * len(keys)))
    count = kernel.numbered(keys, array("Q", bytes(8 * size)), array("i", bytes(4 * size)), numbers)
    return numbers, count
