"""Round-ups: many short items under one title, each with a heading of its own; one document, not mixed stories.

A feature with subheads has headings too; in a round-up the items have little to do with each other.
"""

from __future__ import annotations

from collections import Counter

from corpuslint.facts.cohesion import STOPS, is_paragraph
from corpuslint.facts.headline_shape import looks_like_headline, may_hold_headlines
from corpuslint.facts.page import Page
from corpuslint.facts.terms import share_of, terms_of
from corpuslint.text.positions import Span

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
