"""How the paragraphs of a document hang together, and what that says of each place where another story could begin.

`Paragraphs` are body paragraphs with their terms and openings; they measure stretches of themselves: "paragraphs k to m
are foreign". Signs are numbers with a name (`SIGNS`), so that a model of them can be read and a finding can say
what it rests on. All cost is bounded: the document by `MOST_PARAGRAPHS`, a paragraph by what the kernel reads of it.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from corpuslint.facts.layout import Line
from corpuslint.facts.openings import Opening, leads_of
from corpuslint.facts.terms import DIMENSIONS, NOTHING, line_of, parts_of, vectors_of_terms
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span
from corpuslint.words import kernel
from corpuslint.words.reading import Reading, read

SHORTEST = 60
"""A line with fewer characters is a headline, a label or a subhead, not a paragraph."""

LONGEST_HEADLINE = 105
"""Up to this length a line without a stop at its end is a headline."""

MOST_PARAGRAPHS = 120
"""A longer document is a book, a protocol or a list; no boundary is sought in it."""

SIGNS = (
    "first_in_own",  # of the first foreign paragraph's terms, the share known from the own text or the title
    "mean_in_own",
    "most_in_own",
    "tail_in_own",  # all foreign terms together
    "own_in_tail",
    "drop",  # how well the own paragraphs hang together, less the foreign paragraphs' share in them
    "before_in_own",  # the own paragraph beside the foreign text, in the others
    "before_in_tail",
    "chain",  # how well each foreign paragraph continues those before it
    "chain_least",
    "in_first",  # … the first foreign one
    "first_opening",
    "rest_opening",
    "rest_opening_least",
    "rest_leads",  # the share of later foreign paragraphs that open like a story
    "before_opening",
    "own_opening_most",
    "opening_over_own",  # the mean opening of the foreign text over the best later opening of the own text
    "own_length",
    "first_length",
    "own_open_ended",  # no stop at the paragraphs' ends
    "tail_open_ended",
    "tail_count",
    "own_count",
    "tail_share",
    "density",  # weight a word: names and figures without the words that bind them are a list
    "density_own",
    "agency",  # the foreign text names its agency where a story does: "به گزارش …"
    "own_agency",
    "place",  # 0: the foreign text stands at the end, 1: inside, -1: at the beginning
    "topic_in_tail",  # of what several own paragraphs or the title name, the share that the foreign text names too
    "tail_topic_in_own",  # of what several foreign paragraphs name, the share known from the own text
    "own_least",  # of the own paragraph that hangs together least with the others, the share it does
    "names_shared",  # how many rare terms, names and figures, both have
    "numbered",  # the share of foreign paragraphs that begin with a digit: items, classes of weight, places in a table
    "gap",  # how like the two paragraphs after the boundary are to the two before it
    "gaps_lower",  # the share of the other gaps between paragraphs where they are less alike
    "under_least",  # how much less alike than at the least of the other gaps
    "under_mean",
    # Of the meanings of paragraphs, as vectors: nothing at a first look
    "own_alike",  # how like each paragraph is to the others of its story
    "tail_alike",
    "drop_of_likeness",
    "first_drop_of_likeness",
    "first_like_before",
    "first_like_nearest",
    "title_like_tail",  # more than the own text
    "own_least_alike",  # how like the strangest own paragraph is to the others
    "gap_alike",
    "gaps_lower_alike",
    "under_least_alike",
    "under_mean_alike",
    # What stands above the first foreign paragraph
    "ended",  # a line that closes a story
    "imprints",  # lines with a date or a writer
    "headlines",
    "lines_between",
    "headline_in_own",  # of the headline's terms, the share from before; -1 without a headline
    "subheads",  # how many other paragraphs have lines above them
    "dateline",  # the first foreign paragraph has one
)
_MEANT, _ABOVE = SIGNS.index("own_alike"), SIGNS.index("ended")


class Between(NamedTuple):
    """What stands between a paragraph and the one before it; `headline` is the first line that could be one."""

    lines: tuple[Line, ...] = ()
    headline: Line | None = None
    ended: bool = False
    imprints: int = 0
    headlines: int = 0


class Paragraphs:
    """Body paragraphs of a text: where they stand, their words and terms, how they open and end (`parts`).

    `above`: the lines between each of them and the one before it. Part 0 is the declared title.
    """

    def __init__(
        self, reading: Reading, spans: Sequence[Span], above: Sequence[Sequence[Line]], title: str = ""
    ) -> None:
        self.text = reading.text
        self.spans = spans
        self.above = above
        flat = array("i", chain.from_iterable(spans))
        heading = read(title) if title else NOTHING
        self._heads: dict[int, tuple[Between, kernel.Parts | None]] = {}
        self.parts = parts_of(heading, reading, flat, leads_of(reading.text, flat, above))

    def __len__(self) -> int:
        return len(self.spans)

    def between(self, number: int) -> Between:
        """What stands between a paragraph and the one before it, and says of a story that begins there."""
        ended, imprints = 0, 0
        heads: list[Line] = []
        for place, line in enumerate(self.above[number], start=1):
            if is_imprint(line.text):  # "the news's code: 123 | 12/5/1401" stands above the story as often as below it
                imprints += 1
            elif is_ending(line.text):
                ended, imprints, heads = place, 0, []
            elif is_headline(line.text):
                heads.append(line)
        closed = ended > 0 or self._is_closed(number)
        return Between(tuple(self.above[number][ended:]), heads[0] if heads else None, closed, imprints, len(heads))

    def _is_closed(self, number: int) -> bool:
        """Whether the last words of the paragraph before a paragraph close its story."""
        return number > 0 and closes(self.text, *self.spans[number - 1])

    def opening(self, number: int) -> Opening:
        """How a paragraph opens."""
        return Opening(*self.parts.opening(number))

    def terms(self, number: int) -> dict[int, float]:
        """The terms of a paragraph, with their weights; those of the title for -1."""
        terms: dict[int, float] = self.parts.weighed(number + 1)
        return terms

    def signs(self, stretches: array[int], meant: bool = True) -> array[float]:
        """For each of `stretches`, the signs that these paragraphs are foreign, in the order of `SIGNS`.

        If not `meant`, those of their meaning are 0: for a first look.
        """
        width = len(SIGNS)
        rows = array("d", bytes(8 * width * (len(stretches) // 2)))
        self.parts.signs(stretches, width, _ABOVE, rows)
        if meant:
            kernel.meaning_signs(self._likeness, stretches, width, _MEANT, rows)
        for row, (start, end) in enumerate(zip(stretches[::2], stretches[1::2], strict=True)):
            if self.above[start] or self._is_closed(start):
                at = width * row + _ABOVE
                rows[at : at + 5] = array("d", self._above(start, end))
        return rows

    @cached_property
    def _likeness(self) -> array[float]:
        vectors = vectors_of_terms()
        return self.parts.likeness(vectors["slots"], vectors["numbers"], vectors["vectors"], DIMENSIONS)

    def _above(self, start: int, end: int) -> tuple[float, ...]:
        if start not in self._heads:
            between = self.between(start)
            self._heads[start] = between, line_of(between.headline.text) if between.headline else None
        found, headline = self._heads[start]
        in_own = -1.0 if headline is None else self.parts.share_known(headline, start, end)
        return found.ended, found.imprints, found.headlines, float(min(len(found.lines), _MOST_LINES)), in_own


_MOST_LINES = 6


def is_paragraph(line: str) -> bool:
    """Whether a line (stripped) is running text: long enough, and no headline, ruler, contact line or disclaimer."""
    return _is_long(line) and _is_running(line, kernel.told_at_a_glance(line, _MOST_BLANKS))


def told_of(lines: Sequence[Line]) -> list[int]:
    """What a glance tells of each line: 0 if it is no paragraph, `PROSE` if it is one and lists no names, else ask
    `is_prose`."""
    texts = [line.text for line in lines]
    told: list[int] = kernel.told_of_lines(texts, SHORTEST, _ALL_STOPS, LONGEST_HEADLINE, _MOST_BLANKS)
    return told


PROSE = 8


def is_prose(line: str, told: int) -> bool:
    """Whether a line of which `told_of` says so much is a paragraph that does not list names."""
    return told > 0 and _is_running(line, told) and not (told & 2 and _lists(line))


def _is_long(line: str) -> bool:
    return len(line) >= LONGEST_HEADLINE or (len(line) >= SHORTEST and line[-1] in STOPS)


def _is_running(line: str, told: int) -> bool:
    if told & 5:
        head = line[:2000]
        for bit, hint, pattern in _WORDED:
            if told & bit and hint in head and pattern.search(head):
                return False
    return True


_WORDED = (
    (4, "مقالات", compile_re(r"^\W*(?:ال)?مقالات [أا]خر[ىيی] لل")),  # the author's other columns
    (4, "مقال", compile_re(r"^\W*هذا (?:ال)?مقال (?:بقلم|[يی]عبر|[يی]ع[كک]س)")),  # whose opinion it is
    (4, "راء ال", compile_re(r"[اآ]راء ال(?:وارد[ةه]|[كک]اتب)")),
    (4, "تطب", compile_re(r"تطب[يی]ق .{0,40} (?:هاتف[كک]م?|هواتف[كک]م)")),  # an app to load
    (1, "data:", compile_re("data:image/")),  # a picture inside its address
    (1, "@", compile_re(r"[\w.+-]@[\w-]+\.\w")),  # ways to write to the author
    (1, "://", compile_re("https?://")),
    (1, "www.", compile_re(r"\bwww\.")),
    (1, "SMS", compile_re(r"\bSMS\b")),
    (1, "sms", compile_re(r"\bsms\b")),
    *(
        (1, hint, compile_re(r"(?i:\bimage caption\b|\bgetty images\b)")) for hint in ("mage", "MAGE")
    ),  # a picture's line
    *((1, stroke * 5, compile_re(re.escape(stroke * 5))) for stroke in "-_=*"),  # rulers
)
"""What no paragraph has, on any keyboard: how it looks at a glance, a word to look for, the wording around it."""


def is_listing(line: str) -> bool:
    """Whether a line lists names and does nothing else: a line-up, a cast, the towns of a forecast.

    >>> is_listing("الدفاع: سالم حداد، نادر قاسم، بدر عمران")
    True
    >>> is_listing("سالم حداد (الشباب) ونادر قاسم (النور) وبدر عمران (الوفاق).")
    True
    >>> is_listing("حداد يسجل ثلاثة أهداف، ويصاب في الدقيقة الأخيرة")
    False
    """
    return bool(kernel.told_at_a_glance(line, _MOST_BLANKS) & 2) and _lists(line)


def _lists(line: str) -> bool:
    pieces = [piece for piece in _BETWEEN_NAMES.split(line) if piece]
    if len(pieces) < _FEWEST_NAMES:
        return False
    longest = (_LONGEST_NAME + (left == 0) for left in reversed(range(len(pieces))))  # "and one more" ends the list
    names = (_BESIDE_NAMES.sub("", piece.rpartition(":")[2]).split() for piece in pieces)
    return all(len(name) <= most for name, most in zip(names, longest, strict=True))


_BETWEEN_NAMES = compile_re(r"\s*[،,؛;/|–—]\s*|\s+-\s+|(?<=\))\s+و(?=\w)")
_BESIDE_NAMES = compile_re(r"\([^()]*\)|\d+")
_FEWEST_NAMES = 3
_MOST_BLANKS = 8
_LONGEST_NAME = 4


def is_headline(line: str) -> bool:
    """Whether a line between paragraphs could be a headline: its length, no stop at its end."""
    return 25 <= len(line) <= LONGEST_LINE and line[-1] not in ".۔:،" and not is_ending(line) and not is_imprint(line)


def breaks_off(line: str) -> bool:
    """Whether a line ends with a word that another must follow.

    >>> breaks_off("وقال المتحدث باسم الوزارة إن"), breaks_off("وزير يفتتح جسرا في عمان")
    (True, False)
    """
    return _BREAKS_OFF.search(line[-_LONGEST_LINK:]) is not None


_LONGEST_LINK = 8
_BREAKS_OFF = compile_re(
    r"(?:^|\s)[وف]?(?:[إأا]ن(?:ه[ام]?)?|من|عن|في|ف[يى]|[إا]ل[ىي]|عل[ىي]|الذ[يى]|الت[يى]|که|از|به|برا[یيى]|کہ|نے|بۆ)$"
)

LONGEST_LINE = 200
"""Up to this length a line may be a headline where a marker announces one."""


def is_ending(line: str) -> bool:
    """Whether a line closes a story: its source, its keywords, an agency's mark of the end."""
    return _ENDING.match(line) is not None


_ENDING = compile_re(
    r"""
    \W* (?: (?:ال)?مصدر | (?:ال)?[كک]لمات\ (?:ال)?(?:دلال[يی][ةه]|مفتاح[يی][ةه]|البحث) | (?:ال)?وسوم | هاشتاغ | تاغات
      | منبع | برچسب | [كک]لمات\ [کك]ل[یي]د[یيى] | [کك]ل[یي]دواژه | [کك]د\ خبر | ماخذ | بش[کك]ر[یي][ہه] | ٹیگز
      | سەرچاوە | سرچينه | عن\ و[كک]الات | انته[ىيی]\W*$ | (?:انتها[یيى]|پا[یي]ان)\ پ[یي]ام | // | [*]\s?نقلا | \#\w
      | (?:للتواصل|لمراسل[ةه])\ (?:مع\ )?(?:ال)?[كک]اتب | تبد[أا]\ بالرمز | رابط\ (?:ال)?(?:خبر|مقال|موضوع)
      | \w[\w.+-]{0,63}@[\w-]+[.]\w+\W*$ )
    .{0,200} $
    """,
    re.VERBOSE,
)


def closes(text: str, start: int, end: int) -> bool:
    """Whether the last words of a paragraph close a story: its source, its address, an agency's mark of the end.

    >>> [closes(t, 0, len(t)) for t in ("وافتتح الوزير الجسر. المصدر: وكالة الأنباء", "قال المصدر: الجسر مغلق")]
    [True, False]
    """
    last = text[max(start, end - _LONGEST_END) : end]
    return any(word in last for word in _CLOSING) and _CLOSES.search(last) is not None


_LONGEST_END = 200
_CLOSING = "رابط", "مصدر", "منبع", "ماخذ", "سەرچاوە", "پیام", "پيام"
_CLOSES = compile_re(
    r"""
    [.!?؟۔…»"”)\]] \s* [(\[]? (?:
        رابط\ (?:ال)?(?:خبر|مقال|موضوع) .{0,160} | (?:(?:ال)?مصدر|منبع|ماخذ|سەرچاوە)\s?: .{1,40}
      | (?:انتها[یيى]|پا[یي]ان)\ پ[یي]ام .{0,12} ) $
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


_ALL_STOPS = ".!?؟۔…:؛\"”»)]'’"
STOPS = frozenset(_ALL_STOPS)
