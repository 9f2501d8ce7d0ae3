"""The stories of a document: the one it is about, and the other stories that were pasted into it.

Two readings, each lazy and each bounded. `read_markers` looks at "read also" lines: what follows one is either a second
story (a headline and its paragraphs), or a list of related headlines, after which the first story may go on.
`read_unmarked` looks for text that is foreign without any marker, after the document's own story, inside it or before
it: another story, or a block of other stories' openings. Both measure signs and leave the decision to small fitted
models (`data/story-model.json`).
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from corpuslint.facts.cohesion import (
    LONGEST_LINE,
    MOST_PARAGRAPHS,
    PROSE,
    SHORTEST,
    SIGNS,
    Paragraphs,
    breaks_off,
    is_ending,
    is_headline,
    is_imprint,
    is_paragraph,
    is_prose,
    told_of,
)
from corpuslint.facts.forest import probability, read_models
from corpuslint.facts.furniture import furniture_of
from corpuslint.facts.layout import Line
from corpuslint.facts.markers import Marker
from corpuslint.facts.name_lines import Kind, kind_of
from corpuslint.facts.name_lines import opens_with_picture_credit as credits_picture
from corpuslint.facts.page_lines import page_lines_of
from corpuslint.facts.roundups import read_roundup
from corpuslint.facts.terms import share_of, terms_of
from corpuslint.facts.wordings import markers_of
from corpuslint.facts.wrapping import wrapped_runs
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span
from corpuslint.words.reading import Reading

if TYPE_CHECKING:
    from corpuslint.facts.page import Page


SURE, BARE_SURE, BLOCK_SURE = 0.85, 0.9, 0.92
"""Foreign text is an error from here on. Where one cannot see a beginning, what stands inside a story or above it must
be surer, and openings of several stories, of which no paragraph is long enough to tell much, surest."""


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
    story's start on does not belong to the document's own story; `evidence` says in words what that rests on. From
    `sure_from` on it is an error.
    """

    kind: StoryKind
    span: Span
    headline: Span
    cut: Span
    parts: tuple[Span, ...]
    confidence: float = 1.0
    evidence: tuple[str, ...] = ()
    marker: str = ""
    sure_from: float = SURE

    @property
    def is_sure(self) -> bool:
        """Whether the story may be split off without a person looking at it."""
        return self.confidence >= self.sure_from

    @property
    def is_likely(self) -> bool:
        """Whether it is foreign rather than not; anything less is for a reader alone, and read by no other fact."""
        return self.confidence >= LIKELY


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


LIKELY = 0.5
LEAST = {"tail": 0.2, "open": 0.25, "block": 0.42, "inside": 0.45, "above": 0.5}
"""From this probability on foreign text is reported, by where it stands: a story at the end is the commonest, unless it
is open: none of its paragraphs ends a sentence, as in lists of names or headlines."""
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

_ENDED_NEAR = 4
_LIST_ITEM = compile_re(r"[•●▪▸►◄·*–—-]\s*\S|\d{1,2}\s?[.)-]\s")
_MOST_ITEMS = 40


def read_markers(anatomy: Page) -> MarkerReading:
    """The second stories that markers announce, and the blocks of related headlines."""
    lines = anatomy.filled
    stories: list[Story] = []
    related: list[RelatedBlock] = []
    for place in places_of(anatomy):
        story = _marked_story(anatomy, place)
        if story is not None:
            stories.append(story)
            continue
        marker, headlines = place.marker, place.headlines
        last = headlines[-1].end if headlines else marker.line.body.end
        goes_on = not stories and any(is_paragraph(line.text) for line in lines[place.after :])
        related.append(RelatedBlock(marker, headlines, Span(marker.line.body.start, last), goes_on))
    return MarkerReading(tuple(stories), tuple(related))


class Place(msgspec.Struct, frozen=True):
    """A marker, the headlines after it, the number of the line after those, and the markers that announce stories.

    Where it could announce a story: the paragraphs before it, after it, and after it up to the next marker.
    """

    marker: Marker
    headlines: tuple[Span, ...]
    after: int
    announcing: int
    before: Paragraphs | None = None
    following: Paragraphs | None = None
    body: Paragraphs | None = None
    story_ended: bool = False


def places_of(anatomy: Page) -> Iterator[Place]:
    """The markers of a document, in order."""
    lines = anatomy.filled
    markers = anatomy.fact(markers_of)
    if not markers or len(lines) > MOST_LINES:
        return
    marked = [(number, markers[line.number]) for number, line in enumerate(lines) if line.number in markers]
    announcing = sum(marker.announces_story for _, marker in marked)
    skipped = {number for number, _ in marked}
    for (number, marker), end in zip(marked, [*(number for number, _ in marked[1:]), len(lines)], strict=False):
        headlines, after = _headlines_after(lines, number, marker, end)
        place = Place(marker, headlines, after, announcing)
        may_announce = marker.announces_story and number and len(marked) <= _MOST_MARKERS
        if (
            may_announce
            and len(headlines) <= _MOST_HEADLINES
            and (body := _paragraphs(anatomy.words, lines[after:end]))
        ):
            first, last = max(0, number - _LINES_READ), after + _LINES_READ
            before, following = (
                _paragraphs(
                    anatomy.words, [line for at, line in enumerate(lines[start:stop], start) if at not in skipped]
                )
                for start, stop in ((first, number), (after, last))
            )
            ended = any(is_ending(line.text) for line in lines[max(0, number - _ENDED_NEAR) : number])
            if before:
                place = Place(marker, headlines, after, announcing, before, following, body, ended)
        yield place


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
        titled = len(line.text) <= LONGEST_LINE and line.text[-1] not in ".۔:" and len(line.text) >= 8
        if not (item or (titled and (not headlines or not is_paragraph(line.text)))) or credits_picture(line.text):
            break
        headlines.append(line.body)
        at += 1
    return tuple(headlines), at


def _paragraphs(reading: Reading, lines: Sequence[Line], title: str = "") -> Paragraphs:
    """The paragraphs among `lines`, each with the lines above it that are none."""
    spans: list[Span] = []
    above: list[tuple[Line, ...]] = []
    between: list[Line] = []
    known: set[str] = set()
    for line, told in zip(lines, told_of(lines), strict=True):
        if line.text in known:
            continue  # a paragraph that comes twice is no sign that the text hangs together
        if told == PROSE or is_prose(line.text, told):
            known.add(line.text)
            spans.append(line.body)
            above.append(tuple(between))
            between = []
        else:
            between.append(line)
    found = Paragraphs(reading, spans, above, title)
    bare = found.parts.bare(_FEWEST_TERMS)
    if not bare:
        return found
    kept: list[tuple[Span, tuple[Line, ...]]] = []
    skipped: tuple[Line, ...] = ()
    for number, span in enumerate(spans):
        skipped += above[number]
        if number not in bare:  # figures and rulers are no running text
            kept.append((span, skipped))
            skipped = ()
    return Paragraphs(reading, [span for span, _ in kept], [lines for _, lines in kept], title)


_FEWEST_TERMS = 5


def marked_signs(reading: Reading, place: Place, title: str) -> tuple[float, ...]:
    """The signs (in the order of `MARKED_SIGNS`) that a story of its own follows the marker; none where none can."""
    before, following, headlines = place.before, place.following, place.headlines
    if before is None or following is None:
        return ()
    near = Paragraphs(
        reading,
        [*before.spans[-_MOST_BEFORE:], *following.spans[:_MOST_AFTER]],
        [*before.above[-_MOST_BEFORE:], *following.above[:_MOST_AFTER]],
        title,
    )
    row = near.signs(array("i", (min(len(before), _MOST_BEFORE), len(near))))
    headline = terms_of(headlines[0].of(reading.text)) if headlines else {}
    own = near.terms(-1)
    for number in range(len(before)):
        own.update(before.terms(number))
    opening = following.opening(0)
    rest = place.marker.rest
    return (
        max(-6.0, min(6.0, _FORESTS["tail"].scores(row)[0])),
        share_of(headline, following.terms(0)),
        share_of(headline, own),
        float(not headlines),
        float(rest.start < rest.end),
        float(len(headlines) > 1),
        float(place.story_ended),
        opening.score,
        float(opening.goes_on),
        float(min(place.announcing, 4) - 1),
        row[SIGNS.index("tail_in_own")],
    )


_MOST_BEFORE = 40
_MOST_AFTER = 20


def _marked_story(anatomy: Page, place: Place) -> Story | None:
    text, marker, headlines, body = anatomy.text, place.marker, place.headlines, place.body
    signs = marked_signs(anatomy.words, place, anatomy.document.declared("title"))
    confidence = probability(LINES["marked"].score(signs)) if signs else 0.0
    if body is None or confidence < LIKELY:
        return None
    end = _last_sentence_end(anatomy, body.spans[-1].end)
    headline = headlines[0] if headlines else Span(body.spans[0].start, body.spans[0].start)
    start = headline.start
    told = (
        (True, f"the marker line “{marker.words.of(text)}” before it"),
        (place.story_ended, "a source or keyword line closes the story before the marker"),
        (headlines and signs[1] >= 0.3, "the first paragraph takes up the headline's words"),
        (signs[7] > 0, "its first paragraph opens like a story"),
        (True, f"{signs[10]:.0%} of its terms are known from the story before"),
    )
    cut, whole = Span(marker.line.full.start, _line_end(anatomy.filled, end)), Span(start, end)
    evidence = tuple(words for holds, words in told if holds)
    marked = marker.words.of(text)
    return Story(StoryKind.MARKED, whole, headline, cut, (whole,), round(confidence, 3), evidence, marked)


def _last_sentence_end(anatomy: Page, end: int) -> int:
    """Where the short sentences end that follow a story's last paragraph, which ends at `end`."""
    markers = anatomy.fact(markers_of)
    for line in anatomy.filled:
        if line.body.start <= end:
            continue
        is_sentence = line.text[-1] in ".!?؟۔" and line.text.count(" ") > 1
        if not is_sentence or line.number in markers or is_ending(line.text) or is_imprint(line.text):
            break
        end = line.body.end
    return end


def _line_end(lines: Sequence[Line], offset: int) -> int:
    """The end, line end included, of the line that holds the code point before `offset`."""
    return next((line.full.end for line in reversed(lines) if line.span.start < offset), offset)


def read_unmarked(anatomy: Page) -> tuple[Story, ...]:
    """The foreign stories and blocks of openings that no marker announces, in the order of the text."""
    text = anatomy.text
    lines = anatomy.filled
    if not 2 <= len(lines) <= MOST_LINES:
        return ()
    marked: set[int] = set()
    end = len(text)
    if anatomy.fact(markers_of):
        marked = anatomy.fact(markers_of).keys() | {
            anatomy.index.position(headline.start).row
            for block in anatomy.fact(read_markers).related
            for headline in block.headlines
        }
        end = min((story.cut.start for story in anatomy.fact(read_markers).stories), default=end)
    title = anatomy.document.declared("title")
    head = lines[0].text
    first = int(head == title.strip() if title else len(head) <= _LONGEST_TITLE and head[-1] not in ".۔:")
    body: Sequence[Line] = lines[first:]
    if marked:
        body = [line for line in body if line.number not in marked and line.span.start < end]
    found = _best_boundary(_paragraphs(anatomy.words, body, title))
    if found is None:
        return ()
    # A comment policy or a newsletter prompt is foreign too, but no story; and lines that were broken in mid-sentence
    # are no paragraphs. Looking for them costs more than the rest.
    # A paragraph that the page's words are glued to is no line of the page.
    pieces = anatomy.fact(furniture_of)
    page = {piece.line.number for piece in pieces if 2 * (piece.span.end - piece.span.start) > len(piece.line.text)}
    wrapped = [
        run
        for run in wrapped_runs(anatomy.lines[body[0].number - 1 :])
        if not page.intersection(line.number for line in run)
    ]
    broken = {line.number for run in wrapped for line in run}
    rows = {anatomy.index.position(span.start).row for span in found.paragraphs.spans[found.start : found.end]}
    if rows & (page | broken):
        body = _unwrapped([line for line in body if line.number not in page], wrapped)
        found = _best_boundary(_paragraphs(anatomy.words, body, title))
    if found is None or anatomy.fact(read_roundup):
        return ()
    saved = sum(sure >= _OF_PAGE for sure in anatomy.fact(page_lines_of).lines.values()) >= _WHOLE_PAGE
    repeated = _repeated(anatomy)
    if saved and repeated:
        return ()
    doubtful = (
        saved
        or _are_bars(anatomy, repeated)
        or any(_OF_SEVERAL.search(line) for line in (title, *(line.text for line in lines[:2])))
        or 3 * len(_BLANK_BEFORE.findall(text)) > 2 * len(_STOPS.findall(text))
    )
    stories: list[Story] = []
    while found is not None and len(stories) < _MOST_STORIES:
        untold = found.signs["place"] < 0.0 and not any(line.text == title for line in body)
        most = _IN_DOUBT if doubtful or untold or found.is_list or found.is_another_side else 1.0
        if found.paragraphs.parts.familiar() < _KNOWN_WORDS:
            most = _UNLIKELY
        found = msgspec.structs.replace(found, confidence=min(found.confidence, most))
        story = _story_of(text, body, found)
        if any(story.cut.start < other.cut.end and other.cut.start < story.cut.end for other in stories):
            break
        stories.append(story)
        if not story.is_likely:
            break
        body = [line for line in body if not story.cut.start <= line.span.start < story.cut.end]
        found = _best_boundary(_paragraphs(anatomy.words, body, title))
    return tuple(sorted(stories, key=lambda story: story.cut))


_MOST_STORIES = 4
_WHOLE_PAGE = 8
_OF_PAGE = 0.9
_IN_DOUBT = 0.8
"""Posts of a thread are hardly stories, and none on a page as saved: one with so many lines that are surely the page's,
where what is foreign may be boxes or comments. A review of the press and news in brief are one document, though each
piece is a story by itself. Words cut apart for programs, with a blank or a # before stops, are hardly a newspaper's.
And which of two stories is the document's own, where that is not the first, only its headline tells."""
_KNOWN_WORDS, _UNLIKELY = 0.6, 0.49
"""Where fewer of its words are known, a text is in a language of which no stories were fitted on: what looks foreign
there is mostly the page's."""
_STOPS = compile_re(r"[.،,۔؟](?![^\s#])")
_BLANK_BEFORE = compile_re(r"(?<=[\s#])" + _STOPS.pattern)
_OF_SEVERAL = compile_re(
    r"(?:[أا]برز|[أا]هم)\W[^\n]{0,30}(?:ال)?صحف(?!\w)|(?<!\w)(?:جاء|ورد) في (?:ال)?صحف(?!\w)"
    r"|(?<!\w)(?:اهتمامات?|[أا]قوال|عناوين|افتتاحيات|مانشيتات|تناولته?|جول[ةه] (?:في|بين)) (?:ال)?صحف(?!\w)"
    r"|(?<!\w)قراء[ةه] في (?:ال)?صحف(?!\w)|^\W*(?:اهتمت|ركزت|سلطت|[أا]برزت) (?:ال)?صحف(?!\w)"
    r"|(?<!\w)صحف (?:اليوم|الصباح|الغد|عالمي[ةه]|عربي[ةه])(?!\w)|(?:^|\s[-–—|]\s)\W*(?:ال)?صحف[^:\n]{0,30}:"
    r"|(?<!\w)(?:مرور|تیتر\w*|عناوین|صفحه اول)(?:\W\w{1,4})? روزنامه(?!\w)|(?<!\w)روزنامه\W?های (?:امروز|صبح)"
    r"|(?<!\w)آج کے اخبارات"
    r"|^\W*(?:موجز|باختصار|[أا]خبار (?:قصير|متفرق|موجز)[ةه]|(?:اخبار|خبرهای) کوتاه|مختصر خبریں)(?!\w)"
    r"|^\W*(?:مناسبات|متفرقات|منوعات|مشاهير|اجتماعيات|عياد[ةه](?: \w+){1,3})\W*$|(?<!\w)(?:نیوز )?بلیٹن(?!\w)"
)
_LONGEST_TITLE = 150
"""A first line that is no longer, and no sentence with a full stop, is the headline of what follows."""


def _repeated(anatomy: Page) -> frozenset[str]:
    """The short lines of words that come again and again, as the bar above each post of a thread does."""
    counts = Counter(
        line.text for line in anatomy.filled if len(line.text) < SHORTEST and any(map(str.isalpha, line.text))
    )
    return frozenset(text for text, count in counts.items() if count >= _FEWEST_POSTS)


def _are_bars(anatomy: Page, repeated: Collection[str]) -> bool:
    """Whether a repeated line is none that articles repeat: a button, a label or a writer's name."""
    of_page = anatomy.fact(page_lines_of).lines if repeated else {}
    return any(
        line.text in repeated
        and of_page.get(line.number, 0.0) < _BUTTON
        and not is_imprint(line.text)
        and kind_of(line.text) != Kind.PERSON
        for line in anatomy.filled
    )


_FEWEST_POSTS, _BUTTON = 4, 0.7


def _unwrapped(lines: Sequence[Line], runs: Sequence[Sequence[Line]]) -> list[Line]:
    """`lines` with those of each run, one hard-wrapped paragraph, as one."""
    goes_on = {line.number for run in runs for line in run[1:]}
    whole = {}
    for run in runs:
        (number, span, full, body, _), last = run[0], run[-1]
        text = " ".join(line.text for line in run)
        ends = Span(span.start, last.span.end), Span(full.start, last.full.end), Span(body.start, last.body.end)
        whole[number] = Line(number, *ends, text)
    return [whole.get(line.number, line) for line in lines if line.number not in goes_on]


class _Boundary(msgspec.Struct, frozen=True):
    """The likeliest stretch of foreign paragraphs, its signs, the probability that it is foreign.

    `block`: it is a block of openings, not one story.
    """

    paragraphs: Paragraphs
    start: int
    end: int
    signs: dict[str, float]
    block: bool
    confidence: float

    @property
    def is_list(self) -> bool:
        """Whether most of its openings begin with one word: firms of a market, days of a programme, projects."""
        parts = [span.of(self.paragraphs.text) for span in self.paragraphs.spans[self.start : self.end]]
        ((_, most),) = Counter(part.split(maxsplit=1)[0] for part in parts).most_common(1)
        return self.block and 3 * most >= 2 * len(parts) >= 4

    @property
    def is_closed_off(self) -> bool:
        """Whether a page's lines part it from what stands above: an end, a writer, a day, an agency, two headlines."""
        signs = self.signs
        return any(signs[sign] > 0.0 for sign in ("ended", "imprints", "agency")) or signs["headlines"] >= 2.0

    @property
    def is_another_side(self) -> bool:
        """Whether it goes on about what several paragraphs before it are about, as the parts of a long article do."""
        return not self.block and not self.is_closed_off and self.signs["topic_in_tail"] >= _OF_ITS_SUBJECT

    @property
    def begins(self) -> bool:
        """Whether one can see a beginning. A subhead is none: a line in the article's own words."""
        named = self.signs["dateline"] > 0.0 or (
            self.signs["headlines"] > 0.0 and self.signs["headline_in_own"] < _OF_ITS_SUBJECT
        )
        return named or self.is_closed_off

    @property
    def in_a_sentence(self) -> bool:
        """Whether the line above it breaks off, and closes no story ("… then a blank, then the text to")."""
        above = self.paragraphs.above[self.start]
        if above and is_ending(above[-1].text):
            return False
        start = self.paragraphs.spans[self.start].start
        return breaks_off(self.paragraphs.text[max(0, start - LONGEST_LINE) : start].rstrip())


_OF_ITS_SUBJECT = 0.15
"""Of the names of the subject, or of the words of a line above, this share is more than two stories have in common."""


def _best_boundary(paragraphs: Paragraphs) -> _Boundary | None:
    if not 2 <= len(paragraphs) <= MOST_PARAGRAPHS:
        return None
    width, likely = len(SIGNS), []
    stretches, tails = paragraphs.parts.stretches()
    if not stretches or max(_FORESTS["look"].scores(paragraphs.signs(stretches, meant=False))) < 0.0:
        return None
    for forest, part in (("tail", stretches[: 2 * tails]), ("moved", stretches[2 * tails :])):
        if part:
            rows = paragraphs.signs(part)
            scores = _FORESTS[forest].scores(rows)
            score = max(scores)
            at = scores.index(score)
            signs = dict(zip(SIGNS, rows[at * width : (at + 1) * width], strict=True))
            boundary = _judged(paragraphs, part[2 * at], part[2 * at + 1], signs, score)
            if boundary is not None and not boundary.in_a_sentence:
                likely.append(boundary)
    return max(likely, key=lambda boundary: boundary.confidence, default=None)


def _judged(paragraphs: Paragraphs, start: int, end: int, signs: dict[str, float], score: float) -> _Boundary | None:
    teasers = LINES["teasers"]
    block = teasers.score([signs[name] for name in teasers.signs]) >= 0.0
    sort = "block" if block and signs["tail_count"] >= 2 else "tail"
    if signs["place"]:
        sort = "inside" if signs["place"] > 0 else "above"
    unknown = 1.0 - paragraphs.parts.familiar()
    confidence = probability(LINES[f"{sort}-confidence"].score(confidence_signs(score, unknown, signs)))
    least = LEAST["open" if sort == "tail" and signs["tail_open_ended"] == 1.0 else sort]
    return _Boundary(paragraphs, start, end, signs, block, confidence) if confidence >= least else None


CONFIDENCE_SIGNS = ("score", "unknown", "score of unknown words", "open ended", "paragraphs", "begun")


def confidence_signs(score: float, unknown: float, signs: Mapping[str, float]) -> tuple[float, ...]:
    """What the confidence in a stretch rests on: its score, the share of unknown words, its shape.

    Text in which no paragraph ends a sentence is a list of names, matches or headlines as often as a story; few
    paragraphs that open like stories are a life, a cast or a broken line as often as what sites show of other articles;
    and what has no beginning that one can see, such as a headline, a writer or a dateline, is a part of a column or of
    an essay more often than a story.
    """
    open_ended = float(signs["tail_open_ended"] == 1.0)
    return (score, unknown, max(score, 0.0) * unknown, open_ended, min(signs["tail_count"], 4.0), float(_begins(signs)))


def _begins(signs: Mapping[str, float]) -> bool:
    """Whether one can see a beginning."""
    return any(signs[sign] > 0.0 for sign in ("ended", "imprints", "headlines", "dateline", "agency"))


def _story_of(text: str, lines: Sequence[Line], found: _Boundary) -> Story:
    paragraphs, signs, teasers = found.paragraphs, found.signs, found.block
    foreign = paragraphs.spans[found.start : found.end]
    own = [number for number in range(len(paragraphs)) if not found.start <= number < found.end]
    above = _belonging(paragraphs, found.start, own)
    start = above[0].body.start if above else foreign[0].start
    between, opening = paragraphs.between(found.start), paragraphs.opening(found.start)
    headline = between.headline.body if between.headline in above and between.headline else Span(start, start)
    span = Span(start, foreign[-1].end)
    told = (
        (True, f"{signs['tail_in_own']:.0%} of its terms are known from the rest of the document"),
        (opening.dateline, "a fresh dateline"),
        (signs["ended"], "the story before it is closed"),
        (signs["agency"] and signs["own_agency"], "an agency is named again"),
        (signs["first_opening"] > 0, "its first paragraph opens like a story"),
        (teasers and signs["rest_leads"] >= LIKELY and len(foreign) > 1, "each of its paragraphs opens like a story"),
        (headline.start < headline.end, "a line like a headline before it"),
        (0.0 <= signs["chain"] > signs["mean_in_own"] + 0.1, "its paragraphs hang together among themselves"),
    )
    evidence = tuple(words for holds, words in told if holds)
    begin = next((line.span.start for line in reversed(lines) if line.span.start <= start), start)
    cut = Span(begin, _line_end(lines, span.end))
    parts = (Span(start, foreign[0].end), *foreign[1:]) if teasers else (span,)
    kind = StoryKind.TEASERS if teasers else StoryKind.UNMARKED
    sure_from = BLOCK_SURE if teasers else BARE_SURE if signs["place"] and not found.begins else SURE
    return Story(kind, span, headline, cut, parts, round(found.confidence, 3), evidence, sure_from=sure_from)


def _belonging(paragraphs: Paragraphs, number: int, own: Sequence[int]) -> Sequence[Line]:
    """Those of the lines above a story's first paragraph that are its own: headline, writer, day.

    A headline's words come again in its story; a caption or a last line of the story before has others.
    """
    between = paragraphs.between(number)
    for place, line in enumerate(between.lines):
        if is_imprint(line.text):
            titled = place > 0 and between.lines[place - 1].text[-1] not in ".۔:،"
            return between.lines[place - titled :]
        terms = terms_of(line.text)
        taken_up = share_of(terms, paragraphs.terms(number))
        known: dict[int, float] = {}
        for other in own:
            known.update(paragraphs.terms(other))
        if taken_up >= _TAKEN_UP or (is_headline(line.text) and taken_up > share_of(terms, known)):
            return between.lines[place:]
    return ()


_TAKEN_UP = 0.3


def read_stories(anatomy: Page) -> tuple[Story, ...]:
    """All stories, the document's own first, which is what the others leave before the first of them or after it."""
    likely = (story for story in anatomy.fact(read_unmarked) if story.is_likely)
    foreign = sorted((*anatomy.fact(read_markers).stories, *likely), key=lambda story: story.span)
    cuts = [*(story.cut for story in foreign), Span(len(anatomy.text), len(anatomy.text))]
    start = 0
    for cut in cuts:
        if anatomy.text[start : cut.start].strip():
            break
        start = cut.end
    own = Span(start, next(cut.start for cut in cuts if cut.start >= start))
    return (Story(StoryKind.OWN, own, Span(start, start), own, (own,)), *foreign)
