"""What stands around an article on its page: buttons, counters, share bars, comment boxes, prompts, legal lines.

Wordings age in months; three things do not. A button line is made of interface words only ("share", names of sites,
"comments", a number), so a line that the interface vocabulary covers wholly is furniture in whatever order it puts
them. A counter is a number where an article has none: alone on a line between headline and text, or below it. And a
sentence of the page (a comment policy, a newsletter prompt) is one in which certain words meet, at an edge of the
document. Words are lists in `rules/artefacts/data`; this page knows shape and place.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from enum import Enum
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from corpuslint.facts.labels import labels_of
from corpuslint.facts.layout import Line
from corpuslint.facts.openers import BUTTON, FEW_WORDS, NUMBER, closes_with_button, openers_of
from corpuslint.facts.phrasebook import (
    BARED,
    JOINED,
    Cues,
    CueTable,
    Vocabulary,
    cue_table,
    derived,
    derived_and_kept,
    entries,
    folded,
    folded_phrase,
    vocabulary_table,
    words_of,
)
from corpuslint.facts.wordings import CUE, SENTENCES, wordings_of
from corpuslint.text.invisible import WHITE_SPACE
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span
from corpuslint.words import kernel
from corpuslint.words.levels import SPELLING
from corpuslint.words.lexicon import KeptTable
from corpuslint.words.reading import LINE_FIELDS, START

if TYPE_CHECKING:
    from corpuslint.facts.page import Page


class Furniture(Enum):
    """What a piece of the page is for."""

    SHARE = "share"
    COUNTER = "counter"
    NUMBER = "bare number"
    COMMENT = "comment box"
    POLICY = "comment policy"
    OPINION = "disclaimer"
    RIGHTS = "rights"
    PRINT = "print"
    NAVIGATION = "navigation"
    FOLLOW = "follow, app or advertisement button"
    PROMPT = "prompt"
    FORM = "form"
    MORE = "permalink"
    BREADCRUMB = "breadcrumb"


class Piece(msgspec.Struct, frozen=True):
    """A piece of furniture: the line it stands on, and what of the line it takes (all of it, mostly).

    `clues` is how many of the words that sentences of its kind are known by meet in it, 0 where words
    of the interface tell.
    """

    line: Line
    kind: Furniture
    span: Span
    clues: int = 0


NEUTRAL, PLATFORM, SHARE, COMMENT, COUNT, PRINT, NAVIGATION, SUBSCRIBE, FORM = (1 << bit for bit in range(9))
OBJECT = 1 << 9
_STRONG = PLATFORM | SHARE | COMMENT | COUNT | PRINT | NAVIGATION | SUBSCRIBE | FORM
_LISTS = (
    (NEUTRAL, "words-neutral"),
    (PLATFORM, "words-platform"),
    (SHARE, "words-share"),
    (COMMENT, "words-comment"),
    (COUNT, "words-count"),
    (PRINT, "words-print"),
    (NAVIGATION, "words-navigation"),
    (SUBSCRIBE, "words-subscribe"),
    (FORM, "words-form"),
    (OBJECT | NEUTRAL, "words-object"),
)
BUTTON_LISTS = (*(name for _, name in _LISTS), "words-request", "words-service", "lines-button", "lines-advertisement")
"""The lists whose words make a line a button of the page."""
_SENTENCES = (Furniture.POLICY, Furniture.OPINION, Furniture.RIGHTS, Furniture.MORE, Furniture.PROMPT)
"""What the sentences of each of `wordings.SENTENCES` are for."""

_LONGEST_NUMBER = 14
_LONGEST_BUTTON = 130  # code points; a share bar with every site on it stays below
_MOST_WORDS = 24
_LONGEST_SENTENCE = 420  # comment policies run to three or four sentences
_PARAGRAPH = 160  # headlines of agencies rarely pass 120
_BODY = 60  # a line this long is text, not a button
_NUMBER_LINE = compile_re(
    r"[(\[]?\s*[+]?[\d٠-٩۰-۹]{1,3}(?:[.,٫٬،]?[\d٠-٩۰-۹]{3})*(?:[.,٫][\d٠-٩۰-۹]+)?\s*[kKmMکكم]?\s*[)\]]?"
)
_YEAR = compile_re(r"(?:1[3-9]|20|١[٣-٩]|٢٠|۱[۳-۹]|۲۰)[\d٠-٩۰-۹]{2}")
_STOPS = frozenset(".!?؟۔…")
_CLOSERS = "»”\"')]" + WHITE_SPACE
_SPEECH = compile_re(
    r"(?:^|[\s«\"“،])(?:و|ف)?(?:قال|قالت|أضاف|أضافت|أوضح|أوضحت|أكد|أكدت|أعلن|أعلنت|ذكر|ذكرت|صرح|نفى|نفت|دعا|دعت"
    r"|قائلا|قائلة|مضيفا|مضيفة|مؤكدا|مؤكدة|گفت|افزود|کہا|بتایا|گوتی|وتی|ڕایگەیاند)(?=[\s:])"
)


def furniture_of(anatomy: Page) -> tuple[Piece, ...]:
    """The pieces of furniture of a document, in the order of the text; text glued to a button is no piece."""
    opened = anatomy.fact(openers_of)[1]
    opens = {number for number, bits in enumerate(opened, 1) if bits & _OWN}
    starts = anatomy.words.lines[START::LINE_FIELDS]
    cued = {bisect_right(starts, cue.start) for cue in anatomy.fact(page_cues_of)}
    if not opens and not cued:
        return ()
    lines, worth, seen = anatomy.filled, opens | cued, dict[int, _Candidate]()

    def candidate_at(index: int) -> _Candidate | None:
        line = lines[index]
        if index not in seen and (line.number in worth or len(line.text) <= _LONGEST_NUMBER):
            cues = page_cues_in(anatomy, line.body) if line.number in cued else ()
            seen[index] = _Candidate.of(anatomy, line, line.number in opens, cues)
        return seen.get(index)

    first, last = _body_of(lines, candidate_at)
    for index, line in enumerate(lines):
        # of a paragraph between others only what is glued to its end can be the page's
        if not first < index < last or len(line.text) <= _LONGEST_BUTTON or _ends_with_cue(anatomy, line.body):
            candidate_at(index)
    candidates = dict(sorted(seen.items()))
    kinds = {
        index: kind
        for index, candidate in candidates.items()
        if (kind := candidate.kind_at(inner=first < index < last, below=index > last >= 0, alone=last < 0))
    }
    _add_runs(candidates, kinds)
    _add_numbers(lines, candidates, kinds, first, last)
    _add_neighbours(candidates, kinds)
    return tuple(
        Piece(candidate.line, kind, candidate.span, candidate.clues if kind is candidate.sentence else 0)
        for index, candidate in candidates.items()
        if (kind := kinds.get(index)) is not None
    )


_OWN = BUTTON | NUMBER


def _body_of(lines: Sequence[Line], candidate_at: Callable[[int], _Candidate | None]) -> tuple[int, int]:
    """The first and the last paragraph, or other line of text where there is none; past the lines and -1 without."""

    def is_text(index: int) -> bool:
        candidate = candidate_at(index)
        return candidate.is_body if candidate else _is_text(lines[index].text)

    places = range(len(lines))
    first = next((index for index in places if _is_paragraph(lines[index].text) and is_text(index)), -1)
    if first >= 0:
        return first, next(index for index in reversed(places) if _is_paragraph(lines[index].text) and is_text(index))
    texts = [index for index in places if is_text(index)]
    return (texts[0], texts[-1]) if texts else (len(lines), -1)


def _is_text(text: str) -> bool:
    """Whether a line without furniture is text of an article, as far as one line can tell."""
    return len(text) >= _BODY or (len(text) >= 30 and _stops(text))


def _is_paragraph(text: str) -> bool:
    """Whether a line is a paragraph rather than a headline: it is long, or a sentence that ends."""
    return len(text) >= _PARAGRAPH or _stops(text)


def _stops(text: str) -> bool:
    """Whether a line ends with the stop of a sentence."""
    return text.rstrip(_CLOSERS)[-1:] in _STOPS


class _Candidate(msgspec.Struct, frozen=True):
    """What can be said of one line without looking at the others."""

    line: Line
    sentence: Furniture | None
    sentence_at: int
    clues: int
    shape: _Shape | None = None
    cued: bool = False
    is_number: bool = False
    is_button: bool = False

    @classmethod
    def of(cls, anatomy: Page, line: Line, opens: bool, cues: Sequence[Span]) -> _Candidate:
        text = line.text
        if len(text) <= _LONGEST_NUMBER and _NUMBER_LINE.fullmatch(text):
            return cls(line, *_NO_SENTENCE, is_number=True)
        if len(text) > _LONGEST_BUTTON:
            found = _sentence_from(text, cues) if cues else _NO_SENTENCE
            return cls(line, *found, cued=bool(cues))
        if not opens and not cues:
            return cls(line, *_NO_SENTENCE)
        shape = _Shape._make(anatomy.fact(shapes_of)[_WIDTH * (line.number - 1) : _WIDTH * line.number])
        button = shape.words <= 7 and folded_phrase(text) in _buttons()
        found = _NO_SENTENCE
        if cues:
            found = _sentence_from(text, cues) if len(text) > _BODY else _sentence_in(text, cues, 0, len(text))
        told = opens and shape.known and shape.words <= _MOST_WORDS
        return cls(line, *found, shape if told else None, bool(cues), is_button=button)

    @property
    def span(self) -> Span:
        """What of the line the page's words take: from where they begin, up to a source label glued behind them."""
        body = self.line.body
        if not self.sentence_at:
            return body
        label = _SOURCE_LABEL.search(self.line.text, self.sentence_at + 1)
        end = body.start + label.start() if label else body.end
        return Span(body.start + self.sentence_at, end)

    @property
    def is_body(self) -> bool:
        """Whether the line is text of an article, as far as one line can tell."""
        if self.sentence_at:
            return True
        if self.sentence or self.is_number or self.is_button or (self.shape and self.shape.covered):
            return False
        return _is_text(self.line.text)

    def kind_at(self, inner: bool, below: bool, alone: bool) -> Furniture | None:
        """The kind that the line's own words make certain: between paragraphs of text, below the last, or in a document
        without paragraphs."""
        text = self.line.text
        if self.sentence_at:
            return self.sentence
        if self.is_button and folded_phrase(text) in folded("artefacts", "lines-advertisement"):
            return Furniture.FOLLOW
        if not inner and not below and _is_breadcrumb(text):
            return Furniture.BREADCRUMB
        if self.shape and self.shape.covered and self.shape.is_certain(inner):
            return self.shape.kind
        # in a document without other text a long line with a prompt in it is the article
        if self.sentence and (len(text) <= _LONGEST_BUTTON or not (inner or alone)):
            return self.sentence
        shape = self.shape
        if self.is_button and (not inner or " " in text):
            return (shape.kind if shape else None) or Furniture.NAVIGATION
        if shape is None:
            return Furniture.POLICY if below and self.cued and _is_policy(text) else None
        if below and shape.is_request and not _stops(text):
            return Furniture.FOLLOW
        return shape.kind if shape.is_certain(inner) else None


class _Shape(NamedTuple):
    """How far the interface vocabulary covers a line, and with what: numbers of words, and of pieces of each class."""

    words: int
    unknown: int
    numbers: int
    strong: int
    asks: int
    serves: int
    first: int
    last: int
    known: int
    neutral: int
    platforms: int
    shares: int
    comments: int
    counters: int
    printers: int
    ways: int
    follows: int
    fields: int
    objects: int

    @property
    def is_request(self) -> bool:
        """Whether the page asks its visitor for something: a verb of request at its place, and a service or a site."""
        return bool(self.asks) and self.words <= 16 and (self.serves > 0 or self.platforms > 0)

    @property
    def covered(self) -> bool:
        """Whether every word is an interface word or a number, and at least one is a strong one."""
        return self.unknown == 0 and self.strong > 0

    @property
    def kind(self) -> Furniture | None:
        """What its strong words are about."""
        if self.comments:
            return Furniture.COMMENT
        if self.counters and self.numbers:
            return Furniture.COUNTER
        if self.follows > self.shares:
            return Furniture.FOLLOW
        about = (
            (self.shares or self.platforms, Furniture.SHARE),
            (self.printers, Furniture.PRINT),
            (self.follows, Furniture.FOLLOW),
            (self.fields, Furniture.FORM),
            (self.ways, Furniture.NAVIGATION),
            (self.counters, Furniture.COUNTER),
        )
        return next((kind for count, kind in about if count), None)

    def is_certain(self, inner: bool) -> bool:
        """Whether the line is furniture on its own evidence."""
        sites = self.platforms
        if self.unknown:
            known = self.words - self.unknown
            # by itself: "ما" is "we" in an app's request and "what" in a verse
            asks = any(bits & (SUBSCRIBE | SHARE) and not bits & NEUTRAL for bits in (self.first, self.last))
            return sites > 0 and asks and self.strong >= 2 and known >= 0.6 * self.words and (not inner or sites > 1)
        if not self.strong:
            return False
        if sites >= 2 or (sites and self.strong >= 2):
            return True
        if self.numbers and self.words <= 8:
            told = self.counters or self.comments
            return bool(told or (self.shares and not inner))
        if self.comments and self.strong >= 2:
            return True
        if inner:
            return False
        return self.strong >= 2 or (self.words <= 4 and (self.objects > 0 or self.asks > 0))


def _add_runs(candidates: Mapping[int, _Candidate], kinds: dict[int, Furniture]) -> None:
    """Two interface lines one after the other vouch for each other: no subhead follows a subhead made of buttons."""
    shapes = {
        index: one.shape
        for index, one in candidates.items()
        if one.shape and one.shape.covered and one.shape.words <= 4
    }
    for index, shape in shapes.items():
        if (index - 1 in shapes or index + 1 in shapes) and index not in kinds and (kind := shape.kind):
            kinds[index] = kind


def _add_numbers(
    lines: Sequence[Line],
    candidates: Mapping[int, _Candidate],
    kinds: dict[int, Furniture],
    first: int,
    last: int,
) -> None:
    """Numbers alone on a line count something, above the text, below it, or beside other furniture.

    Between paragraphs they may be a table; a single year may be a heading.
    """
    numbers = {index for index, candidate in candidates.items() if candidate.is_number}
    for at in [index for index in candidates if index in numbers and index - 1 not in numbers]:
        end = at + 1
        while end in numbers:
            end += 1
        run = end - at
        beside = at - 1 in kinds or end in kinds
        outside = end <= first or at > last
        lone_year = run == 1 and _YEAR.fullmatch(lines[at].text)
        edge_only = first == len(lines)  # no text at all: a list or a table, unless furniture is beside
        if at > 0 and at - 1 not in kinds and lines[at - 1].text.endswith((":", "：")):
            beside = outside = False  # telephone numbers, results: values of the line above
        if run <= 6 and not lone_year and (beside or (outside and not edge_only)):
            kinds.update(dict.fromkeys(range(at, end), Furniture.NUMBER))


def _add_neighbours(candidates: Mapping[int, _Candidate], kinds: dict[int, Furniture]) -> None:
    """A short interface line beside certain furniture belongs to it; so does a single button."""
    changed = True
    while changed:
        changed = False
        for index, candidate in candidates.items():
            if index in kinds or candidate.shape is None or not candidate.shape.covered:
                continue
            if candidate.shape.words <= 4 and (index - 1 in kinds or index + 1 in kinds):
                kinds[index] = candidate.shape.kind or Furniture.NAVIGATION
                changed = True


def shapes_of(anatomy: Page) -> array[int]:
    """How interface words cover each line that may be a line of the page: the numbers of `_Shape`, line by line."""
    words, (_, opened) = anatomy.words, anatomy.fact(openers_of)
    return _shapes(anatomy.text, words.lines, len(words.keys), opened, _LONGEST_SHAPED)


_WIDTH: Final = len(_Shape._fields)
_LONGEST_SHAPED: Final = 170


def _shapes(text: str, lines: array[int], words: int, opened: array[int], longest: int) -> array[int]:
    shapes, table = array("i", bytes(4 * _WIDTH * len(opened))), _vocabulary().table
    keys, places, found = (
        array("Q", bytes(8 * longest)),
        array("i", bytes(12 * longest)),
        array("i", bytes(12 * longest)),
    )
    kernel.cover_lines(
        text, lines, words, opened, longest, FEW_WORDS, SPELLING.table, JOINED, table.slots, table.numbers, keys,
        places, found, shapes,
    )  # fmt: skip
    return shapes


def _shape_of(text: str) -> array[int]:
    """The shape of one line of text."""
    return _shapes(text, array("i", (0, len(text), *[0] * (LINE_FIELDS - 2))), 0, array("B", (BUTTON,)), len(text))


def coverage(text: str) -> tuple[float, ...]:
    """How far words of the interface cover a line, and what they are about: a number up to 1 for each of `COVERED`."""
    covered = array("d", bytes(8 * len(COVERED)))
    kernel.cover_signs(_shape_of(text), 0, 0, covered)
    return tuple(covered)


COVERED = (
    "covered", "all covered", "telling", "unknown", "platform", "comment", "count", "subscribe", "navigation", "form",
    "share", "asks", "serves", "button",
)  # fmt: skip
"""What `coverage` tells of a line."""


def _is_policy(text: str) -> bool:
    """Whether words with a cue among them speak of comments and of what a policy rules: twice, to be sure."""
    if _SPEECH.search(text):
        return False
    commented, policy = _policy_words()
    words = {word.text for word in words_of(text)}
    words |= {word[1:] for word in words if word[0] in "وفبل"}
    return not words.isdisjoint(commented) and len(words & policy) >= 2


def _is_breadcrumb(text: str) -> bool:
    """Whether a line is the path of the page: a word for home, and signs between it and the sections."""
    if len(text) > _LONGEST_BUTTON or _stops(text):
        return False
    sides = [side for side in _PATH.split(text.replace(":", "/", 1)) if side.strip()]
    if len(sides) < 2:
        return False
    home = folded("artefacts", "lines-home")
    # bidi display turned some around: "Society « Home"
    return folded_phrase(sides[0]) in home or (folded_phrase(sides[-1]) in home and bool(_POINTERS.search(text)))


_POINTERS = compile_re(r"\s[»›>→←«‹<]\s")
_PATH = compile_re(r"\s*(?:[/\\»›>|→←«‹<]|::|&gt;)\s*")


def page_cues_of(anatomy: Page) -> tuple[Span, ...]:
    """Where words stand in a document that sentences of the page are known by."""
    words = anatomy.words
    return tuple(words.span(one.first, one.last) for one in anatomy.fact(wordings_of) if one.value & CUE)


def page_cues_in(anatomy: Page, part: Span) -> Sequence[Span]:
    """Where such words stand in a part of it, counted from its start."""
    cues = anatomy.fact(page_cues_of)
    first, last = bisect_left(cues, (part.start,)), bisect_left(cues, (part.end,))
    if first == last:
        return ()
    shift = part.start
    return [Span(start - shift, end - shift) for start, end in cues[first:last] if end <= part.end]


def _ends_with_cue(anatomy: Page, part: Span) -> bool:
    """Whether such words stand where the page's own sentences can be glued to the end of a paragraph."""
    cues = anatomy.fact(page_cues_of)
    at = bisect_left(cues, (part.end,))
    return at > 0 and cues[at - 1].start > max(part.end - _LONGEST_TAIL, part.start)


class _Sentence(NamedTuple):
    """The kind of the page's own words in a line, where they begin, and how many of them tell it."""

    kind: Furniture | None
    at: int
    clues: int


_NO_SENTENCE = _Sentence(None, 0, 0)


def _sentence_from(text: str, cues: Sequence[Span]) -> _Sentence:
    """The page's own words in a long line.

    A line that opens with them is theirs wholly. Where they open a later sentence, the paragraph break before them was
    lost, and only what follows is theirs; more than a few lines of text after that make the find doubtful.
    """
    if len(text) <= _LONGEST_SENTENCE:
        first = _SENTENCE_START.search(text)
        found = _sentence_in(text, cues, 0, first.end() if first else len(text))
        if found.kind is not None:
            return found
    tail = max(len(text) - _LONGEST_TAIL, 1)
    starts = [match.end() for match in _SENTENCE_START.finditer(text, tail)]
    for start, end in pairwise([*starts, len(text)]):
        found = _sentence_in(text, cues, start, end)
        if found.kind is not None and found.kind not in _PROSE_LIKE and not _SOURCE_LABEL.match(text, start):
            # a notice of several sentences goes as one
            cued = any(cue.end <= start for cue in cues)
            whole = cued and len(text) <= _LONGEST_SENTENCE and _is_policy(text[:start])
            return found._replace(at=0 if whole else start)
    return _NO_SENTENCE


# no sentence ends behind a single letter, which stands for a title ("د. سامي")
_SENTENCE_START = compile_re(r"(?:[!?؟۔]|(?<!\b\w)\.)[»”\")\]]?\s*(?=[^\s\d.!?؟۔»”\")\]])")
_SOURCE_LABEL = compile_re(r"\s*(?:المصدر|منبع|ماخذ|مأخذ|سەرچاوە)\s*[:：]")
_OF_WHOEVER = compile_re(r"محفوظ(?:ة|\s+است)?\s+(?:لمن|لكل\s+من|برای\s+(?:هر\s?)?کس(?:ی|انی)\s+که)\s")
"""Rights of whoever does something are what an article is about: a notice names the one who holds them."""
_LONGEST_TAIL = 220
_PROSE_LIKE = (Furniture.PROMPT, Furniture.RIGHTS)
"""Kinds whose words prose uses too: never cut out of the end of a paragraph."""


def _sentence_in(text: str, cues: Sequence[Span], start: int, end: int) -> _Sentence:
    if not any(start <= cue.start and cue.end <= end for cue in cues):
        return _NO_SENTENCE
    text = text[start:end]
    found = _cues().found_in(words_of(text))
    if not found or _SPEECH.search(text) or _OF_WHOEVER.search(text):
        return _NO_SENTENCE
    bit = min(found)
    parts = sorted(found[bit])  # "responsible" and "responsibility" are one
    clues = sum(not (before and part.startswith(before)) for before, part in pairwise(["", *parts]))
    return _Sentence(_SENTENCES[bit.bit_length() - 1], 0, clues)


@derived
def _vocabulary() -> Vocabulary:
    return Vocabulary(_table())


@derived_and_kept
def _table() -> KeptTable:
    verbs, services = _requests()
    return vocabulary_table(
        [(bit, [phrase for _, phrase in entries("artefacts", name)]) for bit, name in _LISTS],
        [(_ASKS_FIRST, verbs["ar"]), (_ASKS_LAST, verbs["fa"]), (_SERVES, services)],
    )


_ASKS_FIRST, _ASKS_LAST, _SERVES = (1 << bit for bit in range(16, 19))


@derived
def _cues() -> Cues:
    return Cues(_cue_table())


@derived_and_kept
def _cue_table() -> CueTable:
    return cue_table(
        (1 << bit, [phrase for _, phrase in entries("artefacts", name)]) for bit, name in enumerate(SENTENCES)
    )


@derived
def _policy_words() -> tuple[frozenset[str], frozenset[str]]:
    commented = frozenset(word for phrase in folded("artefacts", "words-commented") for word in phrase.split(" ")[:1])
    return commented, folded("artefacts", "words-policy")


@derived
def _requests() -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """Verbs of request by where they stand (`ar` opens a line, `fa` closes it), and the services asked for."""
    verbs: dict[str, set[str]] = {"ar": set(), "fa": set()}
    for language, phrase in entries("artefacts", "words-request"):
        words = folded_phrase(phrase).split(" ")
        if language in ("ar", "mul"):
            verbs["ar"].add(words[0])
        else:
            verbs["fa"].add(words[-1])
    return {place: frozenset(words) for place, words in verbs.items()}, folded("artefacts", "words-service")


@derived
def _buttons() -> frozenset[str]:
    return folded("artefacts", "lines-button") | folded("artefacts", "lines-advertisement")


def glued_opening(text: str) -> int:
    """How much of a line is buttons that were glued to its first sentence; 0 mostly.

    >>> text = "شارك عبر تويتر فيسبوك واتساب قال سامي إن العمل في المشروع الجديد بدأ أمس"
    >>> text[: glued_opening(text)]
    'شارك عبر تويتر فيسبوك واتساب'
    """
    pieces = _vocabulary().cover(text[:_LONGEST_BUTTON])
    past = told = sites = strong = asks = 0
    for number, (bits, _, end) in enumerate(pieces, 1):
        if not bits or (bits & PLATFORM and bits & BARED):
            break  # a name joined to another by "and" stands in a sentence
        if bits & _STRONG:
            past, told, strong = end, number, strong + 1
            sites += bool(bits & PLATFORM)
            asks += not bits & PLATFORM
    if strong < 2 or told == len(pieces) or len(text) - past < 40:
        return 0
    _, start, end = pieces[told]
    latin = (
        all(word.text.isascii() for word in words_of(text[:past])) and not words_of(text[start:end])[0].text.isascii()
    )
    return past if latin or (sites >= 2 and asks) else 0


def glued_closing(text: str) -> int:
    """Where in a line the buttons begin that were glued to its last sentence; 0 mostly."""
    if not closes_with_button(text):
        return 0
    starts = [match.end() for match in _SENTENCE_START.finditer(text, max(len(text) - _LONGEST_BUTTON, 0))]
    if not starts:
        return 0
    start = starts[-1]
    shape = _Shape._make(_shape_of(text[start:]))
    if not shape.covered or shape.strong < 2 or not shape.is_certain(inner=False):
        return 0
    return start


_MOST_COUNTERS = 6


def holds_table(anatomy: Page) -> bool:
    """Whether more numbers stand on lines of their own than a page has counters: telephone numbers, results, rates."""
    return sum(piece.kind is Furniture.NUMBER for piece in anatomy.fact(furniture_of)) > _MOST_COUNTERS


def is_poem(anatomy: Page) -> bool:
    """Whether all lines are short, most of them of one length, and none ends a sentence: the first is a verse."""
    lines = anatomy.filled
    if len(lines) < _FEWEST_VERSES or any(len(line.text) > _LONGEST_VERSE or line.text[-1] in ".۔:" for line in lines):
        return False
    from statistics import median

    usual = median(len(line.text) for line in lines)
    return sum(0.6 * usual <= len(line.text) <= 1.5 * usual for line in lines) >= 0.8 * len(lines)


_FEWEST_VERSES = 4
_LONGEST_VERSE = 80


def facts_of(anatomy: Page) -> frozenset[int]:
    """The lines that state a fact of a person, a work or a thing: a value behind a label that the page has none of."""
    known = {one.line.number for one in anatomy.fact(labels_of)}
    return frozenset(
        line.number
        for line in anatomy.filled
        if line.number not in known and _LABEL.match(line.text) and not is_covered(line.text)
    )


def cards_of(anatomy: Page) -> frozenset[int]:
    """The lines of cards and timetables: those that state a fact, labels that several lines have, and beside such a
    line other labels and lines of one or two words."""
    labels = {line.number: found[0] for line in anatomy.filled if (found := _LABEL.match(line.text))}
    often = Counter(labels.values())
    cells = anatomy.fact(facts_of) | {number for number, label in labels.items() if often[label] > 1}
    beside = (
        one.number
        for pair in pairwise(anatomy.filled)
        for one, other in (pair, pair[::-1])
        if other.number in cells and (one.number in labels or (len(one.text.split()) < 3 and not is_covered(one.text)))
    )
    return cells.union(beside)


def with_facts(anatomy: Page) -> frozenset[int]:
    """The lines with a label and a value that stand together with a fact; a clock time makes none."""
    facts = {
        line.number
        for line in anatomy.filled
        if line.number in anatomy.fact(facts_of) and not _LABEL_ENDS_IN_A_NUMBER.match(line.text)
    }
    found: set[int] = set()
    for labelled, block in groupby(anatomy.filled, lambda line: bool(_LABEL.match(line.text))):
        numbers = {line.number for line in block}
        if labelled and numbers & facts:
            found |= numbers
    return frozenset(found)


_LABEL_ENDS_IN_A_NUMBER = compile_re(r"[^:：]*\d\s*[:：]")
_LABEL = compile_re(r"[^:：\n]{2,30}[:：](?=\s*[+\w])")


def prose_of(anatomy: Page) -> Sequence[int]:
    """The lines that read as sentences of the article: they end with a stop, or are long, and are not the page's."""
    furnished = {piece.line.number for piece in anatomy.fact(furniture_of)}
    return [
        line.number
        for line in anatomy.filled
        if _is_paragraph(line.text) and " " in line.text and line.number not in furnished
    ]


def told_of(anatomy: Page) -> frozenset[int]:
    """The lines that the article speaks of itself: few that a sentence announces with a colon, that the sentence above
    or below calls words, buttons or signs, or that the one below refers to; between two sentences, three and more
    labels with values and lists of the article's own lines and such words; questions between answers; rows of a table.
    Where nothing is a sentence, all lines of several are: verses."""
    lines, prose = anatomy.filled, frozenset(anatomy.fact(prose_of))
    if not prose:
        verses = len(lines) >= max(_FEWEST_VERSES, 2 * len(anatomy.fact(furniture_of)))
        return frozenset(line.number for line in lines if verses)
    of_page = {one.index for one in anatomy.fact(labels_of) if one.label.kind not in ("photo", "section")}
    labelled = {index for index, line in enumerate(lines) if _LABEL.match(line.text)} - of_page
    furnished = {piece.line.number for piece in anatomy.fact(furniture_of)}
    furnished.update(one.line.number for one in anatomy.fact(labels_of))
    ends = [index for index, line in enumerate(lines) if line.number in prose or _announces(line.text)]
    told = {
        index
        for above, below in pairwise(ends)
        if lines[below].number in prose
        and (
            (below - above <= _MOST_TOLD + 1 and _tells_words(lines[above].text, lines[below].text))
            or (below - above > _FEWEST_LABELS and labelled.issuperset(range(above + 1, below)))
            or _is_own_list(lines[above + 1 : below], furnished)
        )
        for index in range(above + 1, below)
    }
    told |= {index - 1 for index in ends if index and _REFERS_BACK.match(lines[index].text)}.difference(ends)
    last, after = lines[ends[-1]].text, len(lines) - 1 - ends[-1]
    if _announces(last) and (after == 1 or (after <= _MOST_AT_THE_END and _tells_of_words(last))):
        told.update(range(ends[-1] + 1, len(lines)))
    first, final = min(prose), max(prose)
    questions = {index for index, line in enumerate(lines) if line.text[-1] in "؟?" and first < line.number}
    if len(questions) > 1:
        told |= {index for index in questions - of_page if lines[index].number < final}
    return frozenset(lines[index].number for index in told.union(_rows_of_tables(lines)))


def _is_own_list(block: Sequence[Line], furnished: Collection[int]) -> bool:
    """Whether lines that are not the page's stand in a block above one of its words, and below it: what signs say.

    A long one is a menu.
    """
    if not _FEWEST_LABELS <= len(block) <= _MOST_LISTED:
        return False
    own = [line.number not in furnished and coverage(line.text)[0] < _MOST_COVERED for line in block]
    return own[0] and any(after and not before for before, after in pairwise(own))


def _rows_of_tables(lines: Sequence[Line]) -> Iterator[int]:
    """The lines of three and more that have as many bars as each other, half of them with a number."""
    for bars, group in groupby(range(len(lines)), lambda index: lines[index].text.count("|")):
        rows = list(group) if bars else []
        if len(rows) > _FEWEST_ROWS and 2 * sum(bool(_DIGIT.search(lines[index].text)) for index in rows) >= len(rows):
            yield from rows


def _tells_words(above: str, below: str) -> bool:
    """Whether a sentence ends with a colon, or names words where it ends, or the one below where it begins."""
    return above[-1] in ":：" or _tells_of_words(above) or bool(_NAMES_WORDS.search(" ".join(below.split()[:_NEAR])))


def _tells_of_words(text: str) -> bool:
    """Whether a sentence names words, or says what is written, where it ends."""
    return bool(_NAMES_WORDS.search(" ".join(text.split()[-_NEAR:])) or _WRITTEN.search(text))


def _announces(text: str) -> bool:
    """Whether a line is a sentence with a colon at its end, and none by which a page asks for something."""
    if text[-1] not in ":：" or len(text.split()) < _FEWEST_WORDS:
        return False
    if _WRITTEN.search(text):
        return True
    told = dict(zip(COVERED, coverage(text), strict=True))
    return told["covered"] < _MOST_COVERED and not (told["asks"] and told["telling"])


_DIGIT = compile_re(r"\d")
_MOST_TOLD = 8
_MOST_AT_THE_END = 3
_MOST_LISTED = 12
_FEWEST_ROWS = 2
_FEWEST_LABELS = 3
_NEAR = 7
_FEWEST_WORDS = 4
_MOST_COVERED = 0.6
_NAMES_WORDS = compile_re(
    r"(?<!\w)(?:[وفبل]?ال)?(?:كلمة|كلمات|كلمتين|عبارة|عبارات|جملة|جمل|لافتة|لافتات|لوحات|أيقونة|أيقونات)(?!\w)"
    r"|(?<!\w)[وبل]?(?:هذه (?:الصفحة|الرسالة)|هذا (?:العنوان|الزر|الوسم))(?!\w)"
    r"|(?<!\w)(?:کلمه|واژه|عبارت|جمله|دکمه|گزینه|لفظ|الفاظ|جملہ|بٹن|وشە|دەستەواژە|ڕستە|دوگمە)"
    r"|(?<!\w)(?:این (?:صفحه|عنوان|پیام)|(?:یہ|اس) (?:صفح[ہے]|عنوان|پیغام)|ئەم (?:لاپەڕە|ناونیشان))"
    r"|(?<!\w)(?:تڼ[ۍیي]|کلم[ېو]|جمل[ېو]|كۇنۇپك|جۈمل|سۆزلەر)"
)
"""What an article that speaks of words calls them."""
_REFERS_BACK = compile_re(
    r"\W*(?:[وف]?(?:هكذا|بهذه الكلمات)(?!\w)|[وف]?(?:هذه|تلك) (?:أول|آخر|كانت|هي)(?!\w)|[وف]?هذا (?:ما|هو|كان)(?!\w)"
    r"|(?:این|همین) (?:را|همان|بود)(?!\w)|یہی(?!\w)|(?:هەر )?ئەمە(?!\w)|(?:همدا|دا خبره)(?!\w)|مانا شۇ)"
)
"""How a sentence begins that says what the words on the line above are."""
_WRITTEN = compile_re(
    r"(?<!\w)(?:[وف]?(?:ي|ت)?(?:كتب|كُتب|كتبت|كُتبت|مكتوب|مكتوبة) (?:عل[يى]|في|فوق|تحت|بخط|أعل|أسفل)\w*"
    r"|نوشته (?:بود|شده|است)(?: بود| است)?|لکھا (?:ہے|تھا|ہوا|ہو)(?: ہے| تھا| گا)?"
    r"|نووسرا\w*|لیکل(?:ي|ی|شوي) \w+|يېزىل\w+)\W*$"
)
"""How a sentence ends that says what is written somewhere."""


def is_covered(text: str) -> bool:
    """Whether a line is made of interface words and numbers only."""
    return coverage(text)[1] == 1.0
