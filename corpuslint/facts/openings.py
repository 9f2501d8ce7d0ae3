"""How much a paragraph reads like the first of a story ("أعلن وزير …") and how much like a later one ("وأضاف …").

A linear model over words and shapes: the first word, the second, those after them, a weekday, a dateline, quotes,
length. Its weights are data (`data/story-openings.tsv`, one named feature a line); words that openly go on with
what was said before ("من جهته", "in the same context") are a list of their own (`data/story-continuations.txt`).
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from typing import NamedTuple

from corpuslint.facts.layout import Line
from corpuslint.facts.outlets import known_outlet
from corpuslint.text.patterns import compile_re
from corpuslint.words import kernel
from corpuslint.words.levels import TERM, folded


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
    (?: [«"“]? \w+ (?:[ ]\w+){0,3} [»"”]? \s?:\s )?   # or the agency or writer behind it
    """,
    re.VERBOSE,
)
_AGENCY = compile_re(r"^[^()\n]{2,60}\([^()]{2,25}\)\s*[-–—:]{1,3}")
_ENDS_DATELINE = compile_re(r"[-–—―]\s|\)\s*[-–—:]")
_VANISHING = compile_re("[" + "".join(chr(code) for code, kept in TERM.letters.items() if not kept) + "]")
"""Only what vanishes when it is folded moves the end of a dateline."""
_NAMED = compile_re(r"\W*(\w+(?:[ .\N{ZERO WIDTH NON-JOINER}]\w+){0,3})\s?:\s")
_HEAD = 90
_LONGEST_DATELINE = 60

_AGENCY_LEADS_IN = compile_re(r"به گزارش|به نقل از|خبرگزار[یيى]|گفت.?و.?گو با|گفتگو با")
"""How agencies write their name into the first sentences of a story; all of Persian has the letter gaf."""


def leads_of(text: str, spans: array[int], above: Sequence[Sequence[Line]]) -> array[int]:
    """What `kernel.Parts` is to be told of each paragraph: its dateline, whether it is an item, names its agency, and
    what the lines `above` say."""
    leads = array("i", bytes(8 * len(spans)))
    for number in kernel.leads_of(text, spans, leads):
        start, end = spans[2 * number], spans[2 * number + 1]
        if leads[4 * number]:
            leads[4 * number] = dateline_of(text, start, end)
        if leads[4 * number + 1]:
            leads[4 * number + 1] = _ITEM.match(text, start, end) is not None
    if "گ" in text:
        leads[2::4] = array("i", [_AGENCY_LEADS_IN.search(text, at, at + _HEAD) is not None for at in spans[::2]])
    for number, lines in enumerate(above):
        if lines:
            leads[4 * number + 3] = 1 + (lines[-1].text[-1] == ":")
    return leads


def dateline_of(text: str, start: int, end: int) -> int:
    """How many folded characters a dateline takes at the start of a paragraph; 0 where there is none."""
    head = text[start : min(end, start + 2 * _HEAD)]
    if _ENDS_DATELINE.search(head):
        folds = (folded(head, TERM) if _VANISHING.search(head) else head)[:_HEAD]
        match = _AGENCY.match(folds) if "(" in folds else None
        match = match or _DATELINE.match(folds[:_LONGEST_DATELINE])
        if match:
            return match.end()
    named = _NAMED.match(head)
    outlet = known_outlet(named[1]) if named else None
    return len(folded(named[0], TERM)) if named and outlet and outlet.agency else 0


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
