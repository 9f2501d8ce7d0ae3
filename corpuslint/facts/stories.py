"""The stories of a document: the one it is about, and what other stories were pasted after it.

Two readings, each lazy and each bounded. `read_markers` looks at "read also" lines: what follows one is either a second
story (a headline and its paragraphs), or a list of related headlines, after which the first story may go on.
`read_tail` looks for text that is foreign without any marker: one more story, or a block of other stories' openings.
Both measure signs and leave the decision to small fitted models (`data/story-model.json`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from corpuslint.facts.cohesion import (
    MOST_PARAGRAPHS,
    SIGNS,
    Paragraphs,
    boundary_signs,
    is_listing,
    is_paragraph,
    numbered,
    possible_boundaries,
)
from corpuslint.facts.forest import probability, read_models
from corpuslint.facts.furniture import furniture_of
from corpuslint.facts.layout import Line
from corpuslint.facts.markers import Marker, marker_on, may_hold_marker
from corpuslint.facts.roundups import read_roundup
from corpuslint.facts.terms import share_of, terms_of
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span

if TYPE_CHECKING:
    from corpuslint.facts.page import Page


class StoryKind(Enum):
    """How a story came into its document."""

    OWN = "own"
    MARKED = "marked"
    UNMARKED = "unmarked"
    TEASERS = "teasers"


class Story(msgspec.Struct, frozen=True):
    """One story of a document, its headline included; `headline` is an empty span where it has none.

    `cut` is what leaves the document when the story does: the story and the marker line before it. `parts` are the
    openings of a block of teasers, the whole story otherwise. `confidence` is the probability that the text from the
    story's start on does not belong to the document's own story; `evidence` says in words what that rests on.
    """

    kind: StoryKind
    span: Span
    headline: Span
    cut: Span
    parts: tuple[Span, ...]
    confidence: float = 1.0
    evidence: tuple[str, ...] = ()
    marker: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether the story may be split off without a person looking at it."""
        return self.confidence >= SURE


class RelatedBlock(msgspec.Struct, frozen=True):
    """A marker with the headlines it announces, and no story. `goes_on`: the document's own story goes on after it."""

    marker: Marker
    headlines: tuple[Span, ...]
    span: Span
    goes_on: bool


class MarkerReading(msgspec.Struct, frozen=True):
    """What the marker lines of a document announce."""

    stories: tuple[Story, ...] = ()
    related: tuple[RelatedBlock, ...] = ()


SURE = 0.9
LIKELY = 0.5
LIKELY_TAIL = 0.3
LIKELY_BLOCK = 0.5
"""From these probabilities on a marked story, an unmarked one, a block of openings are reported: each is kept to about
one false alarm in a hundred single articles."""
MOST_LINES = 3000
"""A document with more filled lines is no article; its markers are not read."""

_MODEL = Path(__file__).parent / "data" / "story-model.json"
_FORESTS, LINES = read_models(_MODEL)

MARKED_SIGNS = (
    "tail_score",  # what the model of unmarked boundaries says of the same place
    "headline_in_next",  # of the headline's terms, the share that the next paragraph repeats
    "headline_in_own",
    "no_headline",
    "same_line",  # marker and headline stand on one line, as in "read also: …" between paragraphs
    "more_headlines",
    "story_ended",  # a source, keyword or author line stands before the marker
    "opening",
    "goes_on",
    "more_markers",  # "read also" lines beside this one
    "in_own",
)

_ENDED = compile_re(
    r"""
    \W* (?: (?:ال)?مصدر | (?:ال)?كلمات\ (?:ال)?(?:دلالية|مفتاحية|البحث) | (?:ال)?وسوم | هاشتاغ | تاغات | // | [*]\s?نقلا
      | منبع | برچسب | کلمات\ کلیدی | کلیدواژه | کد\ خبر | ماخذ | بشکریہ | ٹیگز | سەرچاوە | عن\ وكالات | انتهى | \#\w )
    .{0,200}
    """,
    re.VERBOSE,
)
_ENDED_NEAR = 4
_LIST_ITEM = compile_re(r"[•●▪▸►◄·*–—-]\s*\S|\d{1,2}\s?[.)-]\s")
_LONGEST_HEADLINE = 200
_MOST_ITEMS = 40


def read_markers(anatomy: Page) -> MarkerReading:
    """The second stories that markers announce, and the blocks of related headlines."""
    text = anatomy.text
    if not may_hold_marker(anatomy.words):
        return MarkerReading()
    lines = anatomy.filled
    if len(lines) > MOST_LINES:
        return MarkerReading()
    marked = _markers(lines, text)
    stories: list[Story] = []
    related: list[RelatedBlock] = []
    own_end = len(lines)
    for position, (number, marker) in enumerate(marked):
        end = marked[position + 1][0] if position + 1 < len(marked) else len(lines)
        place = _place(text, lines, marked, number, marker, end, own_end)
        story = None if place is None else _marked_story(anatomy, lines, place, _announcing(marked))
        if story is not None:
            stories.append(story)
            own_end = min(own_end, number)
            continue
        headlines, after = _headlines_after(lines, number, marker, end)
        last = headlines[-1].end if headlines else marker.line.body.end
        goes_on = not stories and any(is_paragraph(line.text) for line in lines[after:])
        related.append(RelatedBlock(marker, headlines, Span(marker.line.body.start, last), goes_on))
    return MarkerReading(tuple(stories), tuple(related))


def measure_markers(anatomy: Page) -> Iterator[tuple[float, ...]]:
    """The signs at each marker that could announce a story, for the program that fits their weights."""
    lines, text = anatomy.filled, anatomy.text
    marked = _markers(lines, text)
    for position, (number, marker) in enumerate(marked):
        end = marked[position + 1][0] if position + 1 < len(marked) else len(lines)
        place = _place(text, lines, marked, number, marker, end, len(lines))
        if place is not None:
            yield marked_signs(text, place, terms_of(anatomy.document.declared("title")), _announcing(marked))


def _markers(lines: Sequence[Line], text: str) -> list[tuple[int, Marker]]:
    return [(number, marker) for number, line in enumerate(lines) if (marker := marker_on(line, text)) is not None]


def _announcing(marked: Sequence[tuple[int, Marker]]) -> int:
    return sum(marker.announces_story for _, marker in marked)


class _Place(msgspec.Struct, frozen=True):
    """A marker that could announce a story, with the paragraphs before it, after it, and up to the next marker."""

    marker: Marker
    headlines: tuple[Span, ...]
    before: Paragraphs
    following: Paragraphs
    body: Paragraphs
    story_ended: bool


def _place(
    text: str,
    lines: Sequence[Line],
    marked: Sequence[tuple[int, Marker]],
    number: int,
    marker: Marker,
    end: int,
    own_end: int,
) -> _Place | None:
    if not marker.announces_story or number == 0 or len(marked) > _MOST_MARKERS:
        return None
    headlines, after = _headlines_after(lines, number, marker, end)
    if len(headlines) > _MOST_HEADLINES:
        return None
    body = _paragraphs(text, lines[after:end])
    skipped = {other.line.number for _, other in marked}
    own = lines[: min(number, own_end)][-_LINES_READ:]
    before = _paragraphs(text, [line for line in own if line.number not in skipped])
    later = lines[after : after + _LINES_READ]
    following = _paragraphs(text, [line for line in later if line.number not in skipped])
    if not body or not before:
        return None
    ended = any(_ENDED.fullmatch(line.text) for line in lines[max(0, number - _ENDED_NEAR) : number])
    return _Place(marker, headlines, before, following, body, ended)


_MOST_HEADLINES = 2
_MOST_MARKERS = 24
_LINES_READ = 120
"""So many lines before a marker, and after it, are enough to tell what they are about."""


def _headlines_after(lines: Sequence[Line], number: int, marker: Marker, end: int) -> tuple[tuple[Span, ...], int]:
    """The headlines a marker announces, and the number of the line after them."""
    headlines: list[Span] = []
    if marker.rest.start < marker.rest.end:
        headlines.append(marker.rest)
    at = number + 1
    while at < end and at - number <= _MOST_ITEMS:
        line = lines[at]
        item = _LIST_ITEM.match(line.text) is not None
        titled = len(line.text) <= _LONGEST_HEADLINE and line.text[-1] not in ".۔:" and len(line.text) >= 8
        if not (item or (titled and (not headlines or not is_paragraph(line.text)))):
            break
        headlines.append(line.body)
        at += 1
    return tuple(headlines), at


def _paragraphs(text: str, lines: Sequence[Line]) -> Paragraphs:
    """The paragraphs among `lines`; a headline-like line is remembered by the paragraph after it."""
    spans: list[Span] = []
    below: list[bool] = []
    headline = False
    for line in lines:
        if is_paragraph(line.text) and not is_listing(line.text):
            spans.append(line.body)
            below.append(headline)
            headline = False
        else:
            headline = _is_headline(line.text)
    found = Paragraphs(text, spans, below)
    term_at = found.passages.term_at
    bare = {number for number in range(len(spans)) if term_at[number + 1] - term_at[number] < _FEWEST_TERMS}
    if not bare:
        return found
    kept: list[tuple[Span, bool]] = []
    for number, span in enumerate(spans):
        headline = below[number] or (number - 1 in bare and headline)
        if number not in bare:  # figures and rulers are no running text
            kept.append((span, headline))
    return Paragraphs(text, [span for span, _ in kept], [headline for _, headline in kept])


_FEWEST_TERMS = 5


def _is_headline(line: str) -> bool:
    return 25 <= len(line) <= _LONGEST_HEADLINE and line[-1] not in ".۔:،" and _ENDED.match(line) is None


def marked_signs(text: str, place: _Place, title: dict[int, float], markers: int) -> tuple[float, ...]:
    """The signs (in the order of `MARKED_SIGNS`) that a story of its own follows the marker."""
    before, following, headlines = place.before, place.following, place.headlines
    near = Paragraphs(
        text,
        [*before.spans[-_MOST_BEFORE:], *following.spans[:_MOST_AFTER]],
        [*before.below[-_MOST_BEFORE:], *following.below[:_MOST_AFTER]],
    )
    row = boundary_signs(near, numbered(near, title), (min(len(before), _MOST_BEFORE),))
    headline = terms_of(headlines[0].of(text)) if headlines else {}
    weight = sum(headline.values()) or 1.0
    own: dict[int, float] = dict(title)
    for number in range(len(before)):
        own.update(before.terms(number))
    opening = following.opening(0)
    rest = place.marker.rest
    return (
        max(-6.0, min(6.0, _FORESTS["tail"].score(row))),
        share_of(headline, following.terms(0)) / weight,
        share_of(headline, own) / weight,
        float(not headlines),
        float(rest.start < rest.end),
        float(len(headlines) > 1),
        float(place.story_ended),
        opening.score,
        float(opening.goes_on),
        float(min(markers, 4) - 1),
        row[SIGNS.index("tail_in_own")],
    )


_LOST_LINK = 2.5
"""The link below a marker is often lost, and the story goes on; the pairs that were fitted on have no such case."""

_MOST_BEFORE = 40
_MOST_AFTER = 20


def _marked_story(anatomy: Page, lines: Sequence[Line], place: _Place, markers: int) -> Story | None:
    text, marker, headlines, body = anatomy.text, place.marker, place.headlines, place.body
    signs = marked_signs(text, place, terms_of(anatomy.document.declared("title")), markers)
    score = LINES["marked"].score(signs)
    if not headlines and not place.story_ended:
        score -= _LOST_LINK
    confidence = probability(score)
    if confidence < LIKELY:
        return None
    end = body.spans[-1].end
    headline = headlines[0] if headlines else Span(body.spans[0].start, body.spans[0].start)
    start = headline.start
    evidence = [f"the marker line “{marker.words.of(text)}” before it"]
    if place.story_ended:
        evidence.append("a source or keyword line closes the story before the marker")
    if headlines and signs[1] >= 0.3:
        evidence.append("the first paragraph takes up the headline's words")
    if signs[7] > 0:
        evidence.append("its first paragraph opens like a story")
    evidence.append(f"{signs[10]:.0%} of its terms are known from the story before")
    cut = Span(marker.line.full.start, _line_end(lines, end))
    whole = Span(start, end)
    return Story(
        StoryKind.MARKED,
        whole,
        headline,
        cut,
        (whole,),
        round(confidence, 3),
        tuple(evidence),
        marker.words.of(text),
    )


def _line_end(lines: Sequence[Line], offset: int) -> int:
    """The end, line end included, of the line that holds the code point before `offset`."""
    for line in reversed(lines):
        if line.span.start < offset:
            return line.full.end
    return offset


def read_tail(anatomy: Page) -> Story | None:
    """The foreign text at the document's end that no marker announces, if there is any."""
    text = anatomy.text
    lines = anatomy.filled
    if not 2 <= len(lines) <= MOST_LINES:
        return None
    marked: set[int] = set()
    end = len(text)
    if may_hold_marker(anatomy.words):
        marked = {line.number for line in lines if marker_on(line, text) is not None}
        marked |= {
            anatomy.index.position(headline.start).row
            for block in anatomy.fact(read_markers).related
            for headline in block.headlines
        }
        end = min((story.cut.start for story in anatomy.fact(read_markers).stories), default=end)
    body = [line for line in lines if line.number not in marked and line.span.start < end]
    paragraphs = _paragraphs(text, body)
    found = _best_boundary(paragraphs, anatomy)
    if found is None:
        return None
    # A comment policy or a newsletter prompt is foreign too, but no story; looking for them costs more than the rest.
    page = {piece.line.number for piece in anatomy.fact(furniture_of)}
    if page and any(anatomy.index.position(span.start).row in page for span in paragraphs.spans[found.at :]):
        body = [line for line in body if line.number not in page]
        found = _best_boundary(_paragraphs(text, body), anatomy)
    if found is None or anatomy.fact(read_roundup):
        return None
    return _tail_story(text, body, found)


class _Boundary(msgspec.Struct, frozen=True):
    """The likeliest place where foreign text begins: the number of its first paragraph, the signs, the probability.

    `block`: the foreign text is a block of openings, not one story.
    """

    paragraphs: Paragraphs
    at: int
    signs: dict[str, float]
    block: bool
    confidence: float


def _best_boundary(paragraphs: Paragraphs, anatomy: Page) -> _Boundary | None:
    if not 2 <= len(paragraphs) <= MOST_PARAGRAPHS:
        return None
    title = terms_of(anatomy.document.declared("title"))
    terms = numbered(paragraphs, title)
    possible = possible_boundaries(paragraphs, terms)
    if not possible:
        return None
    rows = boundary_signs(paragraphs, terms, possible)
    scores = _FORESTS["tail"].scores(rows)
    score = max(scores)
    best = scores.index(score)
    signs = dict(zip(SIGNS, rows[best * len(SIGNS) : (best + 1) * len(SIGNS)], strict=True))
    teasers = LINES["teasers"]
    block = teasers.score([signs[name] for name in teasers.signs]) >= 0.0
    several = block and signs["tail_count"] >= 2
    confidence = probability(LINES["block-confidence" if several else "tail-confidence"].score((score,)))
    if confidence < (LIKELY_BLOCK if several else LIKELY_TAIL):
        return None
    return _Boundary(paragraphs, possible[best], signs, block, confidence)


def _tail_story(text: str, lines: Sequence[Line], found: _Boundary) -> Story:
    tail = found.paragraphs.spans[found.at :]
    confidence = found.confidence
    signs = found.signs
    start = tail[0].start
    headline = Span(start, start)
    if found.paragraphs.below[found.at]:
        above = max((line for line in lines if line.body.end < start), key=lambda line: line.number)
        terms = terms_of(above.text)
        # A headline's words come again in its story; a caption or a last line of the story before has others.
        if share_of(terms, found.paragraphs.terms(found.at)) >= _TAKEN_UP * (sum(terms.values()) or 1.0):
            headline = above.body
    teasers = found.block
    span = Span(headline.start, tail[-1].end)
    evidence = [f"{signs['tail_in_own']:.0%} of its terms are known from the story before"]
    if signs["first_dateline"]:
        evidence.append("a fresh dateline")
    if signs["first_opening"] > 0:
        evidence.append("its first paragraph opens like a story")
    if teasers and signs["rest_leads"] >= LIKELY and len(tail) > 1:
        evidence.append("each of its paragraphs opens like a story")
    if headline.start < headline.end:
        evidence.append("a line like a headline before it")
    if signs["restarts"] > signs["restarts_own"]:
        evidence.append("names and titles are introduced again")
    if signs["chain"] >= 0.0 and signs["chain"] > signs["mean_in_own"] + 0.1:
        evidence.append("its paragraphs hang together among themselves")
    cut = Span(_line_start(lines, span.start), _line_end(lines, span.end))
    parts = tuple(tail) if teasers else (span,)
    if teasers:
        parts = (Span(span.start, parts[0].end), *parts[1:])
    kind = StoryKind.TEASERS if teasers else StoryKind.UNMARKED
    return Story(kind, span, headline, cut, parts, round(confidence, 3), tuple(evidence))


_TAKEN_UP = 0.3


def _line_start(lines: Sequence[Line], offset: int) -> int:
    """The start of the line that holds `offset`."""
    for line in reversed(lines):
        if line.span.start <= offset:
            return line.span.start
    return offset


def read_stories(anatomy: Page) -> tuple[Story, ...]:
    """All stories, the document's own first. The own story ends where the first foreign one is cut off."""
    foreign = list(anatomy.fact(read_markers).stories)
    if (tail := anatomy.fact(read_tail)) is not None:
        foreign.append(tail)
    foreign.sort(key=lambda story: story.span)
    end = foreign[0].cut.start if foreign else len(anatomy.text)
    own = Span(0, end)
    return (Story(StoryKind.OWN, own, Span(0, 0), own, (own,)), *foreign)
