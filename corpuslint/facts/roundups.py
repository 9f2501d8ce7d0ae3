"""Round-ups: many short items under one title, each with a heading of its own; one document, not mixed stories.

A feature with subheads has headings too; in a round-up the items have little to do with each other.
"""

from __future__ import annotations

from collections import Counter

from corpuslint.facts.cohesion import LONGEST_HEADLINE, STOPS, is_paragraph
from corpuslint.facts.page import Page
from corpuslint.facts.terms import share_of, terms_of
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span
from corpuslint.words.reading import END, LINE_FIELDS, START

FEWEST_ITEMS = 4
MOST_ITEMS = 60
KNOWN = 0.22
"""Of an item's terms, no larger share is known from the other items, on average."""

TAKEN_UP = 0.3
"""Of a heading's terms, the share that its own item repeats, on average."""


def read_roundup(anatomy: Page) -> tuple[Span, ...]:
    """The items of a round-up, headings included; nothing where the document is none."""
    if not anatomy.fact(may_hold_headlines):
        return ()
    lines = anatomy.filled
    heads = [
        number
        for number, line in enumerate(lines[:-1])
        if looks_like_headline(line.text) and not is_paragraph(line.text)
        # under a menu and under pictures stand long titles and captions, which end without a stop
        if is_paragraph(lines[number + 1].text) and lines[number + 1].text[-1] in STOPS
    ]
    if not FEWEST_ITEMS <= len(heads) <= MOST_ITEMS:
        return ()
    others = sum(not is_paragraph(line.text) for line in lines[heads[0] :]) - len(heads)
    if others > len(lines[heads[0] :]) / 2:
        return ()  # a page with its menus, a table or a list
    text = anatomy.text
    ends = [*heads[1:], len(lines)]
    items = [Span(lines[head].body.start, lines[end - 1].body.end) for head, end in zip(heads, ends, strict=True)]
    headings = [terms_of(lines[head].text) for head in heads]
    bodies = [
        terms_of(text[lines[head + 1].body.start : item.end][:3000]) for head, item in zip(heads, items, strict=True)
    ]
    taken_up = sum(share_of(heading, body) for heading, body in zip(headings, bodies, strict=True)) / len(items)
    if taken_up < TAKEN_UP:
        return ()
    count = Counter(term for body in bodies for term in body)
    known = sum(
        sum(weight for term, weight in body.items() if count[term] > 1) / (sum(body.values()) or 1.0) for body in bodies
    ) / len(bodies)
    return tuple(items) if known <= KNOWN else ()


SHORTEST_HEADLINE = 28


def looks_like_headline(line: str) -> bool:
    """Whether a line (stripped) has the shape of a headline: its length, its words, no stop at its end or its quote."""
    return (
        SHORTEST_HEADLINE <= len(line) <= LONGEST_HEADLINE
        and line.rstrip("\"”»’'")[-1:] not in ".!:؛،,۔…-*)"
        and line[0] not in "-–—•*·●▪#@[("
        and line.count(" ") >= 4
        and not line[0].isdigit()
        and not is_verse(line)
        and not _STOP_BEFORE_NUMBER.search(line)
    )


_STOP_BEFORE_NUMBER = compile_re(r"\s\.\d{1,4}$")
"""The full stop behind a number, stored before it: what a right-to-left editor shows is the same."""


def is_verse(line: str) -> bool:
    """Whether a line is a verse of a poem: two halves of one length with a sign between, or words with their vowels.

    >>> is_verse("قفا نبك من ذكرى حبيب ومنزل ... بسقط اللوى بين الدخول فحومل")
    True
    """
    halves = _CAESURA.split(line)
    if len(halves) == 2 and min(map(len, halves)) >= 0.6 * max(map(len, halves)) and min(map(len, halves)) >= 10:
        return True
    return len(_VOWELS.findall(line)) >= line.count(" ")


_CAESURA = compile_re(r"\s+(?:\.{2,}|…+|\*+|/+|[#~]|\N{ARABIC TATWEEL}+)\s+|\s{4,}|\t+")
_VOWELS = compile_re("[\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}]")


def may_hold_headlines(anatomy: Page) -> bool:
    """A cheap look: whether any line inside the text has the shape of a headline; its opener is `HEADLINE`."""
    text, places = anatomy.text, anatomy.words.lines
    lines = zip(places[START::LINE_FIELDS], places[END::LINE_FIELDS], strict=True)
    if len(places) < 4 * LINE_FIELDS or not any(text[start:end].strip() for start, end in lines):
        return False
    # those below the first that is filled
    return any(looks_like_headline(line) for start, end in lines if (line := text[start:end].strip()))
