"""Headlines of other articles that stand bare between the paragraphs of a story.

A subhead of the story's own is taken up by the paragraph below it; a foreign headline is not: the text goes on as if it
were not there. Foreign ones also tend to be as long as a headline is, and to come in twos and threes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import NamedTuple

from corpuslint.facts.cohesion import STOPS, Paragraphs, breaks_off, is_listing, is_paragraph
from corpuslint.facts.forest import Line as WeightedSum
from corpuslint.facts.forest import probability
from corpuslint.facts.furniture import furniture_of
from corpuslint.facts.labels import label_on
from corpuslint.facts.layout import Line
from corpuslint.facts.name_lines import opens_with_picture_credit as credits_picture
from corpuslint.facts.page import Page
from corpuslint.facts.roundups import TAKEN_UP, looks_like_headline, may_hold_headlines
from corpuslint.facts.stories import LINES, RelatedBlock, read_markers, read_stories
from corpuslint.facts.terms import share_of, terms_of
from corpuslint.facts.wordings import markers_of
from corpuslint.facts.wrapping import wrapped_lines
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span
from corpuslint.words.levels import SPELLING, folded

MOST_CANDIDATES = 60
"""A document with more short lines is a list or a poem, no story with headlines in it."""

HEADLINE_SIGNS = (
    "length",
    "words",
    "run",  # how many such lines stand together
    "in_next",  # of its terms, the share in the paragraph below, in the one above, in all others
    "in_above",
    "in_story",
    "next_goes_on",
    "next_opening",
    "question",
    "colon",
    "quotes",
    "others",  # how many such lines the document has
)


class BareHeadline(NamedTuple):
    """Another article's headline: where it stands, what of the text goes with it, the probability that it is foreign.

    Headlines below a "read also" line, after which the story goes on, are one with that line.
    """

    span: Span
    cut: Span
    confidence: float


class Candidate(NamedTuple):
    """A line that has the shape of a headline, and its signs in the order of `HEADLINE_SIGNS`."""

    line: Line
    signs: tuple[float, ...]


def headline_candidates(
    anatomy: Page, title: dict[int, float], model: WeightedSum | None = None
) -> Iterator[Candidate]:
    """The lines between or after paragraphs that have the shape of a headline.

    With `model`, those are left out that it takes for the story's own whatever the other paragraphs say: to read them
    all takes longer than everything else.
    """
    text = anatomy.text
    lines, markers, wrapped = anatomy.filled, anatomy.fact(markers_of), anatomy.fact(wrapped_lines)
    announced = {
        text[headline.start : headline.end]
        for block in anatomy.fact(read_markers).related
        for headline in block.headlines
    }
    shaped = [
        number
        for number, line in enumerate(lines)
        if number > 0
        and looks_like_headline(line.text)
        and not is_paragraph(line.text)
        and line.text not in announced
        and line.number not in markers
        and line.number not in wrapped
        and not credits_picture(line.text)
        and not any(is_listing(near.text) for near in lines[number - 1 : number + 2])
    ]
    if not 0 < len(shaped) <= MOST_CANDIDATES:
        return
    places = [number for number, line in enumerate(lines) if is_paragraph(line.text)]
    if len(places) < 2 or places[0] > shaped[-1]:
        return
    if 2 * sum(lines[place].text[-1] in STOPS for place in places) < len(places):
        return  # text without sentence ends: whether a line is a sentence of it, nothing tells

    @cache
    def body(place: int) -> Paragraphs:
        return Paragraphs(anatomy.words, (lines[place].body,), ((),))

    story: dict[int, float] = {}
    numbers = set(shaped)
    first = places[0]
    for number in shaped:
        if number < first:
            continue  # the document's own headline and kicker stand before its first paragraph
        above_run = number - 1
        while above_run in numbers:
            above_run -= 1
        if lines[above_run].text[-1] in ":：" or lines[above_run].text[-1] not in STOPS:
            continue  # announced (a list, a quotation, verses), or inside a sentence
        line = lines[number]
        below_at = next((place for place in places if place > number), None)
        below = None if below_at is None else body(below_at)
        opening = below.opening(0) if below else None
        below_run = number + 1
        while below_run in numbers:
            below_run += 1
        words = folded(line.text, SPELLING).split()
        signs = [
            (sum(map(len, words)) + len(words) - 1) / 100,
            (len(words) - 1) / 10,
            float(min(below_run - above_run - 1, 4)),
            0.0 if below else -0.5,
            0.0,
            0.0,
            float(opening.goes_on) if opening else 0.5,
            opening.score if opening else 0.0,
            float(line.text[-1] in "؟?"),
            float(":" in line.text or ".." in line.text),
            float('"' in line.text or "«" in line.text or "“" in line.text),
            float(min(len(shaped), 8)) / 4,
        ]
        if model is not None and probability(model.score(signs) + _most_by_terms(model)) < LIKELY:
            continue
        if not story:
            story.update(title)
            for place in places:
                story.update(body(place).terms(0))
        terms = terms_of(line.text)
        if below:
            signs[_IN_NEXT] = share_of(terms, below.terms(0))
        above_at = max((place for place in places if place < number), default=None)
        if above_at is not None:
            signs[_IN_ABOVE] = share_of(terms, body(above_at).terms(0))
        signs[_IN_STORY] = share_of(terms, story)
        yield Candidate(line, tuple(signs))


_IN_NEXT, _IN_ABOVE, _IN_STORY = (HEADLINE_SIGNS.index(sign) for sign in ("in_next", "in_above", "in_story"))


def _most_by_terms(model: WeightedSum) -> float:
    """The most that shares of terms add to a score: what the paragraphs beside the line have, the story has too."""
    by_next, by_above, by_story = (model.weights[at] for at in (_IN_NEXT, _IN_ABOVE, _IN_STORY))
    return max(0.0, max(0.0, by_next) + max(0.0, by_above) + by_story)


def read_headlines(anatomy: Page) -> tuple[BareHeadline, ...]:
    """The bare headlines of other articles inside the document's own story."""
    if not anatomy.fact(may_hold_headlines):
        return ()
    title = terms_of(anatomy.document.declared("title"))
    model = LINES["headline"]
    found = [*announced_headlines(anatomy), *_stacked(anatomy, title)]
    for candidate in headline_candidates(anatomy, title, model):
        confidence = probability(model.score(candidate.signs))
        line = candidate.line
        if confidence >= LIKELY and not breaks_off(line.text):
            found.append(BareHeadline(line.body, line.full, round(min(confidence, _UNANNOUNCED), 3)))
    if found:
        foreign = [story.span for story in anatomy.fact(read_stories)[1:]]
        foreign += [piece.span for piece in anatomy.fact(furniture_of)]
        found = [headline for headline in found if not any(span.covers(headline.span) for span in foreign)]
    return tuple(sorted(found))


def _stacked(anatomy: Page, title: dict[int, float]) -> Iterator[BareHeadline]:
    """The headlines that the page's menu or ticker set above the article: many, and of nothing that it speaks of."""
    lines = anatomy.filled
    first = next((number for number, line in enumerate(lines) if is_paragraph(line.text)), 0)
    if first < _FEWEST_STACKED:
        return
    ends = [line.text[-1] in STOPS for line in lines[first:] if is_paragraph(line.text)]
    wrapped = anatomy.fact(wrapped_lines)
    shaped = [
        number
        for number, line in enumerate(lines[:first])
        if line.number not in wrapped and looks_like_headline(line.text) and not _LABELLED.search(line.text)
    ]
    if not _FEWEST_STACKED <= len(shaped) <= MOST_CANDIDATES or len(ends) < 2 or 2 * sum(ends) < len(ends):
        return
    story = dict(title)
    for line in lines[first:]:
        story.update(terms_of(line.text))
    foreign = [number for number in shaped if share_of(terms_of(lines[number].text), story) < _OF_THE_STORY]
    if len(foreign) < max(_FEWEST_STACKED, 0.75 * len(shaped)):
        return
    for _, run in groupby(enumerate(foreign), lambda place: place[1] - place[0]):  # those that stand together
        numbers = [number for _, number in run]
        top, last = lines[numbers[0]], lines[numbers[-1]]
        span, cut = Span(top.body.start, last.body.end), Span(top.full.start, last.full.end)
        yield BareHeadline(span, cut, _STACKED)


_FEWEST_STACKED, _OF_THE_STORY, _STACKED = 6, 0.2, 0.8
"""So many headlines, each with less than this share of its words in the story, are the page's; only shown, for nobody
has counted how often that is right."""
_LABELLED = compile_re(r"[^\W\d]\s?:|\t|\s{3,}|\d$")  # front pages of books: who printed it, what is on which page


LIKELY = 0.65

ANNOUNCED = 0.95
"""The confidence in headlines below a marker after which the story goes on."""
_UNANNOUNCED = 0.94
"""Without a marker a person should look: of eighteen lines that the model was surer of, one was another article's."""


def announced_headlines(anatomy: Page) -> Iterator[BareHeadline]:
    """The blocks of a marker and headlines below it; a headline on the marker's own line is not bare."""
    lines = {line.body.end: line for line in anatomy.filled}
    for block in anatomy.fact(read_markers).related:
        below = [one for one in block.headlines if one.start > block.marker.line.span.end]
        if len(below) == 1 < len(block.headlines):
            continue  # the marker's own line has its headline: what stands below may head what follows
        for line in [lines[one.end] for one in reversed(below)]:
            label = label_on(line)
            if label is None or label.kind not in ("author", "source"):
                break
            below.pop()  # who wrote the story that goes on, mostly: no headline stands behind it
            if len(label.value.split()) > _LONGEST_NAME:
                break  # "report: …" above it opens a headline
        if block.goes_on and below and not _heads_own_item(anatomy, block, below[-1]):
            span = Span(block.span.start, below[-1].end)
            cut = Span(block.marker.line.full.start, lines[span.end].full.end)
            yield BareHeadline(span, cut, ANNOUNCED)


def _heads_own_item(anatomy: Page, block: RelatedBlock, headline: Span) -> bool:
    """Whether the paragraph below "latest news" takes up the last headline: a round-up, and its first item."""
    if _NEWEST.match(block.marker.words.of(anatomy.text)) is None:
        return False
    below = next((line for line in anatomy.filled if line.body.start > headline.end), None)
    return (
        below is not None
        and is_paragraph(below.text)
        and share_of(terms_of(headline.of(anatomy.text)), terms_of(below.text)) >= TAKEN_UP
    )


_NEWEST = compile_re("[أا]?(?:آخر|حدث|هم)|جدیدترین|آخرین|تازہ")
_LONGEST_NAME = 4
