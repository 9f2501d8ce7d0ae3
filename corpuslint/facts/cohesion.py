"""How the paragraphs of a document hang together, and what that says of each place where another story could begin.

`Paragraphs` are body paragraphs with their terms and openings; a `Cohesion` measures the boundaries between them: "the
text from paragraph k to the end is foreign". Foreign text that stands elsewhere is measured as if it stood at the end
(`Cohesion.moved`). Signs are numbers with a name (`SIGNS`), so that a model of them can be read and a finding can say
what it rests on. All cost is bounded: the document by `MOST_PARAGRAPHS`, a paragraph by `LONGEST`.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from corpuslint.facts.layout import Line
from corpuslint.facts.openings import SHAPE, Opening, opening_in, shapes_of
from corpuslint.facts.terms import DIMENSIONS, passages_of, share_of, terms_of, vectors_of_terms
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
    "own_dateline",
    "agency",  # the foreign text names its agency where a story does: "به گزارش …"
    "own_agency",
    "own_agency_later",
    "first_density",  # weight a word: names and figures without the words that bind them are a list
    "density",
    "density_own",
    "first_numbers",  # the share of words that are numbers
    "numbers",
    "numbers_own",
    # What stands between the paragraph before and the first foreign one
    "ended",  # a line that closes a story
    "imprints",  # lines with a date or a writer
    "headlines",
    "lines_between",
    "taken_up",  # of the headline's terms, the share in the paragraph below, and from before; -1 without a headline
    "headline_in_own",
    "place",  # 0: the foreign text stands at the end, 1: inside, -1: at the beginning
    # Of the meanings of paragraphs, as vectors
    "first_like_own",
    "like_own",
    "mean_like_own",
    "most_like_own",
    "least_like_own",
    "own_alike",  # how like each paragraph is to the others of its story
    "tail_alike",
    "drop_of_likeness",
    "first_drop_of_likeness",
    "first_like_before",
    "with_meaning",  # the share of weight that has a vector
    "first_like_nearest",
    "title_like_tail",  # more than the own text
    "apart",  # how much more each of the two is like itself than like the other
)
_MEASURED = SIGNS.index("ended")
_PLACE = SIGNS.index("place")
_MEANT = SIGNS.index("first_like_own")


class Between(NamedTuple):
    """What stands between a paragraph and the one before it; `headline` is the first line that could be one."""

    lines: tuple[Line, ...] = ()
    headline: Line | None = None
    ended: bool = False
    imprints: int = 0
    headlines: int = 0


def between(lines: Sequence[Line]) -> Between:
    """What these lines, none of them a paragraph, say of a story that begins below them."""
    ended, imprints = 0, 0
    heads: list[Line] = []
    for number, line in enumerate(lines, start=1):
        if is_ending(line.text):
            ended, imprints, heads = number, 0, []
        elif is_imprint(line.text):
            imprints += 1
        elif is_headline(line.text):
            heads.append(line)
    return Between(tuple(lines[ended:]), heads[0] if heads else None, ended > 0, imprints, len(heads))


_NOTHING = Between()


class Paragraphs:
    """Body paragraphs of a text: where they stand, their words and terms, how they open and end.

    `above`: the lines that stand between each of them and the one before it.
    """

    def __init__(self, text: str, spans: Sequence[Span], above: Sequence[Sequence[Line]]) -> None:
        read = [span if span[1] - span[0] <= LONGEST else Span(span[0], span[0] + LONGEST) for span in spans]
        self.text = text
        self.spans = spans
        self.above = above
        self.passages = passages_of(text, read)
        self.shapes = shapes_of(text, spans, self.passages)
        for number, lines in enumerate(above):
            self.shapes[SHAPE * number + _BELOW_HEADLINE] = bool(lines) and is_headline(lines[-1].text)

    def __len__(self) -> int:
        return len(self.spans)

    def between(self, number: int) -> Between:
        """What stands between a paragraph and the one before it."""
        return between(self.above[number]) if self.above[number] else _NOTHING

    def opening(self, number: int) -> Opening:
        """How a paragraph opens."""
        return opening_in(self.shapes, number)

    def terms(self, number: int) -> dict[int, float]:
        """The terms of a paragraph, with their weights."""
        return self.passages.weighed(number)


_BELOW_HEADLINE = 9


def is_paragraph(line: str) -> bool:
    """Whether a line (stripped) is running text: long enough, and no headline, ruler, contact line or disclaimer."""
    if len(line) < SHORTEST or (len(line) < LONGEST_HEADLINE and line[-1] not in STOPS):
        return False
    head = line[:2000]
    return not any(hint in head and pattern.search(head) for hint, pattern in _WORDED) and (
        not kernel.shows_page(head) or not any(hint in head and pattern.search(head) for hint, pattern in _SHOWN)
    )


_WORDED = (
    ("data:", compile_re("data:image/")),  # a picture inside its address
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
    if line.count(" ") > _MOST_BLANKS * sum(map(line.count, "،,؛;/|–—-")):
        return False  # prose, in a glance
    pieces = [piece for piece in _BETWEEN_NAMES.split(line) if piece]
    if len(pieces) < _FEWEST_NAMES:
        return False
    words = [len(_BESIDE_NAMES.sub("", piece.rpartition(":")[2]).split()) for piece in pieces]
    return max(words[:-1]) <= _LONGEST_NAME and words[-1] <= _LONGEST_NAME + 1  # "and one more" ends the list


_BETWEEN_NAMES = compile_re(r"\s*[،,؛;/|–—]\s*|\s+-\s+")
_BESIDE_NAMES = compile_re(r"\([^()]*\)|\d+")
_FEWEST_NAMES = 3
_MOST_BLANKS = 8
_LONGEST_NAME = 4


def is_headline(line: str) -> bool:
    """Whether a line between paragraphs could be a headline: its length, no stop at its end."""
    return 25 <= len(line) <= LONGEST_LINE and line[-1] not in ".۔:،" and not is_ending(line) and not is_imprint(line)


LONGEST_LINE = 200
"""Up to this length a line may be a headline where a marker announces one."""


def is_ending(line: str) -> bool:
    """Whether a line closes a story: its source, its keywords, an agency's mark of the end."""
    return _ENDING.match(line) is not None


_ENDING = compile_re(
    r"""
    \W* (?: (?:ال)?مصدر | (?:ال)?[كک]لمات\ (?:ال)?(?:دلال[يی][ةه]|مفتاح[يی][ةه]|البحث) | (?:ال)?وسوم | هاشتاغ | تاغات
      | منبع | برچسب | [كک]لمات\ [کك]ل[یي]د[یيى] | [کك]ل[یي]دواژه | [کك]د\ خبر | ماخذ | بش[کك]ر[یي][ہه] | ٹیگز
      | سەرچاوە | سرچينه | عن\ و[كک]الات | انته[ىيی]\W*$ | (?:انتها[یيى]|پا[یي]ان)\ پ[یي]ام | // | [*]\s?نقلا | \#\w )
    .{0,200} $
    """,
    re.VERBOSE,
)


def is_imprint(line: str) -> bool:
    """Whether a short line names a writer or a day, as pages do below a headline.

    >>> is_imprint("بقلم: ليلى عمران"), is_imprint("12/5/2019 - 10:30"), is_imprint("وزير يفتتح جسرا في عمان")
    (True, True, False)
    """
    return len(line) <= _LONGEST_IMPRINT and _IMPRINT.match(line) is not None


_LONGEST_IMPRINT = 60
_IMPRINT = compile_re(
    r"""
    \W* (?: بقلم | [كک]تبت? | تقر[يی]ر | متابع[ةه] | [إا]عداد | تحر[يی]ر | [آا]خر\ تحد[يی]ث | تار[يی]خ\ النشر | نشر
          | نو[یي]سنده | خبرنگار | گزارش | تار[یي]خ | رپورٹ | نمائند[ہه] | شائع | نووس[یي]ن[یي] | ل[یي][کك]وال ) \b
    | .{0,45} \d{1,2} [/:.-] \d{1,2} (?!\d)      # a day or a clock
    | .{0,30} \b [\d]{4} \b .{0,25} $           # a year
    """,
    re.VERBOSE,
)


class Cohesion:
    """A declared title and the paragraphs after it, their terms and runs of three words numbered: what is measured.

    `order` says in which order the paragraphs are read, `place` where in the text those stand that are read last: 0 at
    the end, 1 inside, -1 at the beginning.
    """

    def __init__(self, paragraphs: Paragraphs, title: Mapping[int, float]) -> None:
        self.paragraphs = paragraphs
        self.title = title
        self.order: Sequence[int] = range(len(paragraphs))
        self.place = 0
        passages = paragraphs.passages
        self.keys, self.weights, first = array("Q", title), array("d", title.values()), len(title)
        self.keys += passages.terms
        self.weights += passages.weights
        self.begins = array("i", [0, *(first + at for at in passages.term_at)])
        self.terms, self.known = _numbered(self.keys)
        self.shapes = paragraphs.shapes

    @cached_property
    def _runs(self) -> tuple[array[int], int, array[int]]:
        """The runs of three words of the paragraphs, how many differ, and where those of each begin."""
        tokens, token_at = self.paragraphs.passages.tokens, self.paragraphs.passages.token_at
        runs, run_at = array("Q", bytes(8 * len(tokens))), array("i", bytes(4 * len(token_at)))
        kernel.runs_of(tokens, token_at, array("Q", bytes(8 * slots_for(min(len(tokens), LONGEST)))), runs, run_at)
        del runs[run_at[-1] :]
        return (*_numbered(runs), run_at)

    @cached_property
    def _meanings(self) -> array[float]:
        vectors = vectors_of_terms()
        meanings = array("d", bytes(8 * (DIMENSIONS + 1) * (len(self.begins) - 1)))
        kernel.meanings_of(
            self.keys, self.weights, self.begins, vectors["slots"], vectors["numbers"], vectors["vectors"], meanings
        )
        return meanings

    def possible(self) -> list[int]:
        """The k for which paragraph k could be the first foreign one: it knows little from before, may open a story.

        Of the boundaries that the model finds, one in fifty is lost here, and most of the work is saved. What a colon
        announces belongs to what announces it, and lists of names or figures are no story.
        """
        shares = array("d", bytes(8 * (len(self.begins) - 1)))
        kernel.known_shares(self.terms, self.weights, self.begins, shares)
        possible = []
        for number in range(1, len(self.order)):
            shape = self.shapes[SHAPE * number : SHAPE * (number + 1)]
            shared, score = shares[number + 1], shape[1]
            if shape[5] or shape[10] > _DENSEST or shape[11] > _MOST_NUMBERS or self._is_announced(number):
                continue
            if score > _OPENS or shared <= _HARDLY_KNOWN or (score > _GOES_ON and shared <= _LITTLE_KNOWN):
                possible.append(number)
        return possible

    def _is_announced(self, number: int) -> bool:
        above = self.paragraphs.above[number]
        return above[-1].text[-1] == ":" if above else self.shapes[SHAPE * (number - 1) + 8] > 0.0

    def inside(self, starts: Sequence[int]) -> list[tuple[int, int]]:
        """Those of `starts` after which the text may come back to its story, each with where: the likeliest few."""
        ends, strange = array("i", bytes(4 * len(starts))), array("d", bytes(8 * len(starts)))
        kernel.segment_ends(
            self.terms, self.weights, self.begins, array("i", starts), array("i", bytes(4 * self.known)),
            _KNOWN_MORE, ends, strange,
        )  # fmt: skip
        found = sorted(zip(strange, starts, ends, strict=True), key=lambda stretch: -stretch[0])
        return sorted((start, end) for _, start, end in found[:_MOST_INSIDE] if end)

    def named_later(self, ends: Sequence[int]) -> list[int]:
        """Those of `ends` from which on the text is what the declared title speaks of, rather than before them.

        The text from there on opens like a story. A first paragraph alone stays: it is the lead, and titles are not
        always in its words.
        """
        first: dict[int, int] = {}
        last: dict[int, int] = {}
        for at in [at for at, term in enumerate(self.terms) if term < self.begins[1] <= at]:
            last[self.terms[at]] = at
            first.setdefault(self.terms[at], at)
        found = []
        for end in ends:
            begin = self.begins[end + 1]
            before = sum(self.weights[term] for term, at in first.items() if at < begin)
            after = sum(self.weights[term] for term, at in last.items() if at >= begin)
            if end > 1 and self.shapes[SHAPE * end + 1] > 0.0 and before < _OTHERS * after:
                found.append(end)
        return found

    def moved(self, start: int, end: int) -> Cohesion:
        """The paragraphs as if those from `start` to before `end` stood behind all others."""
        moved = object.__new__(Cohesion)
        count = len(self.order)
        order = [*range(start), *range(end, count), *range(start, end)]
        moved.paragraphs, moved.title, moved.known = self.paragraphs, self.title, self.known
        moved.order, moved.place = order, 1 if start else -1
        runs, different, run_at = self._runs
        parts = [0, *(number + 1 for number in order)]
        moved.terms, moved.begins = _reordered(self.terms, self.begins, parts)
        moved.weights, _ = _reordered(self.weights, self.begins, parts)
        moved_runs, moved_at = _reordered(runs, run_at, order)
        moved.__dict__["_runs"] = (moved_runs, different, moved_at)
        moved.__dict__["_meanings"], _ = _reordered(
            self._meanings, range(0, len(self._meanings) + 1, DIMENSIONS + 1), parts
        )
        moved.shapes, _ = _reordered(self.shapes, range(0, len(self.shapes) + 1, SHAPE), order)
        return moved

    def signs(self, wanted: Sequence[int]) -> array[float]:
        """For each k of `wanted`, the signs (in the order of `SIGNS`) that paragraphs[k:] are foreign to the others."""
        runs, different, run_at = self._runs
        room = array("i", bytes(4 * (5 * self.known + 2 * len(self.terms) + different)))
        shares = array("d", bytes(8 * (self.known + 4 * len(self.order))))
        numbers, width = array("i", wanted), len(SIGNS)
        rows = array("d", bytes(8 * width * len(wanted)))
        kernel.boundary_signs(
            self.terms, self.weights, self.begins, runs, run_at, self.shapes, numbers, self.known, different, room,
            shares, width, rows,
        )  # fmt: skip
        for row, number in enumerate(wanted):
            rows[row * width + _MEASURED : row * width + _MEANT] = self._between(number)
        kernel.meaning_signs(self._meanings, numbers, array("d", bytes(8 * 4 * DIMENSIONS)), rows, width, _MEANT)
        return rows

    def _between(self, number: int) -> array[float]:
        found = self.paragraphs.between(self.order[number])
        taken_up = in_own = -1.0
        if found.headline is not None:
            headline = terms_of(found.headline.text)
            weight = sum(headline.values()) or 1.0
            own = set(self.title)
            for before in self.order[:number]:
                own.update(self.paragraphs.terms(before))
            taken_up = share_of(headline, self.paragraphs.terms(self.order[number])) / weight
            in_own = sum(value for term, value in headline.items() if term in own) / weight
        lines = float(min(len(found.lines), _MOST_LINES))
        return array(
            "d",
            (found.ended, found.imprints, found.headlines, lines, taken_up, in_own, self.place),
        )


_HARDLY_KNOWN = 0.2
_LITTLE_KNOWN = 0.45
_OPENS = -1.0
_GOES_ON = -4.0
_KNOWN_MORE = 0.06
_DENSEST = 0.5
_MOST_NUMBERS = 0.2
"""One in two hundred openings of stories is denser, or has more numbers among its words."""
_MOST_INSIDE = 3
_OTHERS = 0.5
_MOST_LINES = 6

STOPS = frozenset(".!?؟۔…:؛\"”»)]'’")


def _reordered(values: array[Any], begins: Sequence[int], parts: Sequence[int]) -> tuple[array[Any], array[int]]:
    """Parts of an array in another order, and where each begins."""
    moved, at = values[:0], array("i", (0,))
    for part in parts:
        moved += values[begins[part] : begins[part + 1]]
        at.append(len(moved))
    return moved, at


def _numbered(keys: array[int]) -> tuple[array[int], int]:
    """Keys numbered in the order they first come, and how many differ."""
    size = slots_for(len(keys))
    numbers = array("i", bytes(4 * len(keys)))
    count = kernel.numbered(keys, array("Q", bytes(8 * size)), array("i", bytes(4 * size)), numbers)
    return numbers, count
