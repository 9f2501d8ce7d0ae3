"""How much a paragraph reads like the first of a story ("أعلن وزير …") and how much like a later one ("وأضاف …").

A linear model over words and shapes: the first word, the second, those after them, a weekday, a dateline, quotes,
length. Its weights are data (`data/story-openings.tsv`, one named feature a line); words that openly go on with
what was said before ("من جهته", "in the same context") are a list of their own (`data/story-continuations.txt`).
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from corpuslint.facts.terms import Passages, lexicon_of_stories, named_key, passages_of, story_columns, use_lexicon
from corpuslint.resources import shipped_table
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span
from corpuslint.words import kernel
from corpuslint.words.levels import TERM, folded
from corpuslint.words.lexicon import Table, lexicon_of, table_of

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
_ENDS_DATELINE = compile_re(r"[-–—―]\s|\)\s*[-–—:]")
_VANISHING = compile_re("[" + "".join(chr(code) for code, kept in TERM.letters.items() if not kept) + "]")
"""Only what vanishes when it is folded moves the end of a dateline."""
_HEAD = 90
_LONGEST_DATELINE = 60

NAMED = (
    *("bias", "goes on", "day", "number first", "stop", "colon", "no stop", "quote first", "quotes"),
    *(f"length {number}" for number in range(8)),
)
"""The features that are no words, in the order in which the kernel weighs them."""

SHAPE = 15
"""How many numbers tell of a paragraph what `kernel.shapes_of` says."""

KNOWN_WORDS, _AGENCY_NAMED, _NUMBERED = 12, 13, 14
"""Where some stand: the share of words the lexicon knows; if an agency is named; if a digit is first."""

_AGENCY_LEADS_IN = compile_re(r"به گزارش|به نقل از|خبرگزار[یيى]|گفت.?و.?گو با|گفتگو با")
"""How agencies write their name into the first sentences of a story; all of Persian has the letter gaf."""


def shapes_of(text: str, spans: Sequence[Span], passages: Passages) -> array[float]:
    """`SHAPE` numbers for each paragraph that `spans` of a text cover: its weight, its opening, its shape."""
    datelines, items, flat, numbered = array("i"), array("i"), array("i"), array("d")
    for number, (start, end) in enumerate(spans):
        datelines.append(dateline_of(text, start, end) if passages.marks[5 * number + 3] else 0)
        head = text[start : start + 1]
        numbered.append(head.isdigit())
        may = not head.isalpha() or text.find(":", start, start + _LONGEST_ITEM) >= 0
        items.append(may and _ITEM.match(text, start, end) is not None)
        flat.append(start)
        flat.append(end)
    shapes = array("d", bytes(8 * SHAPE * len(spans)))
    lexicon, continuations = lexicon_of_stories(), _continuations()
    columns = lexicon.columns
    kernel.shapes_of(
        flat, passages.tokens, passages.which, passages.heads, passages.ends, passages.weights, passages.token_at,
        passages.term_at, passages.marks, datelines, items, continuations.slots, continuations.numbers,
        lexicon.table.slots, lexicon.table.numbers, columns["first"], columns["second"], columns["near"],
        columns["far"], columns["day"], _named(), shapes,
    )  # fmt: skip
    shapes[_NUMBERED::SHAPE] = numbered
    if "گ" in text:
        for number, (start, _) in enumerate(spans):
            shapes[SHAPE * number + _AGENCY_NAMED] = _AGENCY_LEADS_IN.search(text, start, start + _HEAD) is not None
    return shapes


def opening_in(shapes: array[float], number: int) -> Opening:
    """The opening of a paragraph, of what `shapes_of` gives."""
    _, score, _, dateline, day, goes_on = shapes[SHAPE * number : SHAPE * number + 6]
    return Opening(score, dateline > 0, day > 0, goes_on > 0)


def dateline_of(text: str, start: int, end: int) -> int:
    """How many folded characters a dateline takes at the start of a paragraph; 0 where there is none."""
    if not _ENDS_DATELINE.search(text, start, min(end, start + 2 * _HEAD)):
        return 0
    head = text[start : min(end, start + 2 * _HEAD)]
    head = (folded(head, TERM) if _VANISHING.search(head) else head)[:_HEAD]
    match = _AGENCY.match(head) if "(" in head else None
    if match is None:
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
_LONGEST_ITEM = 60


def use_weights(weights: Mapping[str, float]) -> None:
    """Judge openings by other weights from now on: for the program that fits them."""
    use_lexicon(lexicon_of(story_columns(weights)))
    _named.cache_clear()


@cache
def _named() -> array[float]:
    """The weights of the features that are no words."""
    lexicon = lexicon_of_stories()
    numbers = [lexicon.table.number(named_key(feature)) for feature in NAMED]
    return array("d", [lexicon.columns["first"][number] if number >= 0 else 0.0 for number in numbers])


@cache
def _continuations() -> Table:
    """The listed wordings as phrases of terms: states of the walk, odd numbers where a wording ends."""
    states = shipped_table("continuations", _states)
    table = table_of(states)
    ends = list(states.values())
    for place, state in enumerate(table.slots):
        if state:
            table.numbers[place] = ends[table.numbers[place]]
    return table


def _states() -> dict[int, int]:
    states: dict[int, int] = {}
    for line in (_DATA / "story-continuations.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            words = line.split(" ", 1)[1]
            path = list(accumulate(passages_of(words, (Span(0, len(words)),)).tokens, kernel.joined_key))
            for state in path:
                states.setdefault(state, 0)
            states[path[-1]] = 1
    return states
