"""What an outlet's documents have in common: pieces of its pages, learned from their standing in the same place.

Boilerplate belongs to its outlet and stands in a constant share of its documents, always at the top or always at the
end. Of every document that names its outlet four kinds of pieces are noted, each as a hash of its folded words (a
number is a number, whatever it says), with its place:

line     a whole line
head     the first words of the text, 2 to 12 of them
tail     the last words of the text, 3 to 12
lead     the first three words of the last sentence, whatever follows: a label before a title that varies

Repeated *content* is told apart. Phrases such as "He added:" stand anywhere in a text, so the place must be the same in
most documents. Formulas of news ("His Highness … received") open the texts of every outlet, so a head must be much more
frequent here than elsewhere. Weather and market reports are few of an outlet's documents, so the share must be
noticeable. Menus and sidebars of whole pages stand anywhere, but one below the other: they are named, and not sure
enough to be cut. Credits and datelines ("Name – City:") are evidence of the source, and left to the family SRC.
"""

from __future__ import annotations

import re
import struct
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from corpuslint.facts.imprints import changes
from corpuslint.facts.page import Page
from corpuslint.facts.shelves import Shelves, members, name_of, place_of
from corpuslint.later import Later
from corpuslint.model.document import DocumentId
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span
from corpuslint.words import kernel
from corpuslint.words.reading import END, LINE_FIELDS, START, WORD, Reading

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = Later("numpy")

STATE: Final = "repetition"
"""The name under which a run keeps what this module collects."""

FEWEST_DOCUMENTS: Final = 25
"""An outlet of fewer documents teaches nothing."""
FEWEST_HOLDERS: Final = 8
"""A piece must stand in so many documents of its outlet,"""
LEAST_SHARE: Final = 0.025
"""and in this share of them."""
SHORT_SHARE: Final = 0.08
"""A head or tail of few words must stand in this share,"""
SHORT: Final = 5
"""and those of fewer words than this are short."""
LEAD_SHARE: Final = 0.3
"""A lead must stand in this share: many a last sentence begins alike."""
STEADY: Final = 0.8
"""The share of its appearances that must be at one end of the text, within `REACH` lines."""
REACH: Final = 6
LIFT: Final = 8.0
"""How much more frequent a head, tail or lead must be in its outlet than in all others together."""
OVERWHELMING: Final = 0.5
"""From this share on nobody doubts it."""
ANYWHERE: Final = 0.3
"""Lines that stand in this share, one below the other, are the page's at whatever place."""
LONGEST_LINE: Final = 25
"""Longer lines are paragraphs."""

Index = dict[str, tuple[dict[str, bytearray], int]]
"""Outlet -> the rows of its pieces by file, and how many documents it has."""

_ROW_SIZE: Final = 24
_PIECE: Final = struct.Struct(">LLBBBBQ").pack
_BYTES: Final = ("kind", "words", "top", "bottom")
_ROW_TYPE: Final = [
    *((name, ">u4") for name in ("number", "start", "length")), *((name, "u1") for name in _BYTES), ("hash", ">u8")
]  # fmt: skip
_COLUMNS: Final = {"site": "u4", "place": "u8", "start": "u4", "length": "u4", **dict.fromkeys(_BYTES, "u1")}
_AND_BLANK: Final = 0x80
"""In the number of words: a line end or blank follows that goes with the piece,"""
_PART: Final = 0x40
"""a head or tail is part of a sentence: nothing says where what is repeated ends,"""
_WORDS: Final = 0x3F
"""and the number itself."""
Places = list[tuple[int, int, int]]
"""Documents, with how many lines above and below a piece."""
_FAR: Final = 255
_SAMPLE: Final = 200
"""Places of a piece by which it is told whether it stands in a block."""
_HEADS: Final = (2, 3, 4, 5, 6, 7, 8, 9, 10, 12)
_TAILS: Final = (3, 4, 5, 6, 7, 8, 9, 10, 12)
_LEAD: Final = 3
_LAST: Final = 300
"""The code points at the end in which the last sentences begin; a title has stops of its own."""
_LEADS: Final = 3


class Kind(IntEnum):
    """What a piece is of its text."""

    LINE = 0
    HEAD = 1
    TAIL = 2
    LEAD = 3


class Learned(NamedTuple):
    """A piece that an outlet's documents have in common: how many of how many have it, and where it stands."""

    site: str
    kind: Kind
    hash: int
    words: int
    holders: int
    documents: int
    place: str
    """`top`, `end` or `anywhere`."""

    example: DocumentId
    start: int
    end: int

    @property
    def share(self) -> float:
        """The share of the outlet's documents that have it."""
        return self.holders / self.documents


class Appearance(NamedTuple):
    """A learned piece in one document."""

    document: DocumentId
    start: int
    end: int
    learned: Learned
    whole: Span
    """What goes when the piece does: a line goes with its end, a beginning with the blank behind it."""
    is_part: bool
    """Whether the piece is part of a sentence, whose rest may be repeated too or be the article's."""


_LINE, _HEAD, _TAIL, _LEAD_KIND = map(int, Kind)

_CREDIT: Final = compile_re(
    r"""
    [^\n.؟!:–—]{1,70}?                  # a name, an outlet, a city and its country, an agency in brackets
    (?: \s*[–—:] | \s?-+(?=\s) | \s-+ | ـ(?=\s) | /(?=\s) )   # and the mark behind them
    """,
    re.VERBOSE,
)
_CREDIT_MARK: Final = compile_re("[–—:ـ/-]")
_PLACE: Final = compile_re(r"[،,(]")
_SOURCE_LABEL: Final = compile_re(
    r"\W*(?:المصدر|مصدر|المصادر|منبع|ماخذ|مأخذ|نقلا|نقلاً|عن|به گزارش|بہ شکریہ|سەرچاوە|credit|source|via)\b",
    re.IGNORECASE,
)
_DATED: Final = compile_re(r"\d+\D{1,15}\d{4}|\d{4}\D{1,3}\d+")
_SENTENCE_END: Final = compile_re(r"[.!؟?۔…»”\"]\s+(?=\S)")
_CLOSES: Final = compile_re(r"[»”\"')\]]*[.!؟?۔…|]|\s{2}")
_OPENS: Final = compile_re(r"(?:[.!؟?۔…|][»”\"')\]]*\s|\s{2})[^\w\s]*\Z")
_BEFORE: Final = 8
"""The code points before a tail in which a sentence may end."""


def pieces_of(anatomy: Page) -> tuple[bytes, ...]:
    """What is noted of one document."""
    reading = anatomy.words
    keys = array("Q", reading.keys)
    kernel.without_numbers(reading.text, reading.starts, reading.ends, keys)
    return tuple(_pieces(reading, keys))


def _pieces(reading: Reading, hashes: array[int]) -> Iterator[bytes]:
    text, count = reading.text, len(hashes)
    if not count:
        return
    lines = list(_lines(reading))
    for number, (start, end, first, behind) in enumerate(lines):
        words = behind - first
        if words > LONGEST_LINE or (words == 1 and count == 1):
            continue
        line = text[start:end]
        from_top, from_bottom = min(number, _FAR), min(len(lines) - 1 - number, _FAR)
        if _SOURCE_LABEL.match(line) or (
            from_top < 3 and words <= 12 and (_credit_in(line, 0, len(line)) or _DATED.search(line))
        ):
            continue
        blank = _AND_BLANK if end < len(text) else 0
        yield _PIECE(
            start, end - start, _LINE, words | blank, from_top, from_bottom, _hash(tuple(hashes[first:behind]))
        )
    yield from _ends_of(text, reading.starts, reading.ends, hashes, lines)


def _ends_of(
    text: str, starts: array[int], ends: array[int], hashes: array[int], lines: list[tuple[int, int, int, int]]
) -> Iterator[bytes]:
    """The first words of the first line, the last words of the last, and how the last sentence begins."""
    begin, end, first, behind = lines[0]
    credit = _credit_in(text, begin, end)
    most = behind - first - 1
    if credit is not None:
        # What stands before "Name – City" is at most two words shorter; a city with its country is all dateline.
        before = bisect_left(starts, credit.end(), first, behind) - first
        most = 0 if _PLACE.search(credit[0]) else min(most, before - 2)
    head = tuple(hashes[first : first + _HEADS[-1]])
    for words in _HEADS:
        if words > most:
            break
        length = ends[first + words - 1] - starts[first]
        part = 0 if _CLOSES.match(text, ends[first + words - 1]) else _PART
        yield _PIECE(starts[first], length, _HEAD, words | part, 0, 255, _hash(head[:words]))
    begin, end, first, behind = lines[-1]
    if _SOURCE_LABEL.match(text, begin, end):
        return
    tail = tuple(hashes[max(first, behind - _TAILS[-1]) : behind])
    for words in _TAILS:
        if words > behind - first - 1:
            break
        start = starts[behind - words]
        part = 0 if _OPENS.search(text[max(begin, start - _BEFORE) : start]) else _PART
        yield _PIECE(start, end - start, _TAIL, words | part, 255, 0, _hash(tail[-words:]))
    # A line of a whole article without a stop is no last sentence, however many articles open like it.
    sentences = [begin] if behind - first > _LEAD and end - begin <= _LAST else []
    sentences += [match.end() for match in _SENTENCE_END.finditer(text, max(begin, end - _LAST), end)]
    for sentence in sentences[-_LEADS:]:
        at = bisect_left(starts, sentence, first, behind)
        if behind - at > _LEAD and not _SOURCE_LABEL.match(text, sentence, end):
            yield _PIECE(sentence, end - sentence, _LEAD_KIND, _LEAD, 255, 0, _hash(tuple(hashes[at : at + _LEAD])))


def _credit_in(text: str, begin: int, end: int) -> re.Match[str] | None:
    """The names that a line opens with; looking for their mark first is cheaper."""
    return _CREDIT.match(text, begin, end) if _CREDIT_MARK.search(text, begin, end) else None


def _lines(reading: Reading) -> Iterator[tuple[int, int, int, int]]:
    """Lines that have words: where they begin and end, their first word and the one behind the last."""
    firsts = reading.lines[WORD::LINE_FIELDS]
    behind = [*firsts[1:], len(reading.keys)]
    for line in zip(reading.lines[START::LINE_FIELDS], reading.lines[END::LINE_FIELDS], firsts, behind, strict=True):
        if line[3] > line[2]:
            yield line


def _hash(words: tuple[int, ...]) -> int:
    """The same in every process of a run: tuples of numbers are hashed without a seed."""
    return hash(words) & 0xFFFFFFFFFFFFFFFF


def collected(index: Index, anatomy: Page) -> Index:
    """The index with a document in it; it is the same index. A document of no outlet is left out."""
    site = anatomy.document.site
    if not site:
        return index
    file, number = place_of(anatomy.document.id)
    files, documents = index.get(site, ({}, 0))
    rows = files.setdefault(file, bytearray())
    mark = number.to_bytes(4, "big")
    rows += b"".join(sorted([mark + piece for piece in anatomy.fact(pieces_of)]))
    index[site] = (files, documents + 1)
    return index


class _Tally:
    """What is known of the places of one piece of an outlet."""

    def __init__(self) -> None:
        self.holders = self._rows = 0
        self.first: tuple[int, int, int, int] = (1 << 64, 0, 0, 0)
        self.places: Places = []
        self._far = np.zeros((2, _FAR + 1), dtype=np.int64)  # how often so many lines are above it, and below

    def add(self, rows: NDArray[Any]) -> None:
        """Take in rows, in order, of documents that were not seen before."""
        self.holders += int(changes(rows["place"]).sum())
        self._rows += len(rows)
        self._far += [np.bincount(rows[end], minlength=_FAR + 1) for end in ("top", "bottom")]
        self.first = min(self.first, rows[["place", "start", "length", "words"]][0].tolist())
        self.places = sorted(self.places + rows[["place", "top", "bottom"]][:_SAMPLE].tolist(), key=itemgetter(0))[
            :_SAMPLE
        ]

    def place(self) -> str:
        """Where the piece stands: `top`, `end` or `anywhere`."""
        at = [(self._rows - 1) // 2, self._rows // 2]
        top, end = (int(np.searchsorted(far, at, "right").sum()) // 2 for far in np.cumsum(self._far, axis=1))
        steady = int(self._far[0 if top < end else 1][:REACH].sum()) / self._rows
        if steady < STEADY or self._rows >= 1.5 * self.holders:
            return "anywhere"
        return "top" if top < end else "end"


@dataclass(frozen=True, eq=False)
class Repetitions:
    """What outlets' documents have in common; `indexes` are gone through several times."""

    indexes: Iterable[Index]

    @cached_property
    def learned(self) -> tuple[Learned, ...]:
        """The pieces of every outlet, sorted by outlet, the most frequent first."""
        found: dict[str, list[tuple[Learned, Places]]] = {site: [] for site in self._documents}
        if max(self._documents.values(), default=0) >= FEWEST_DOCUMENTS:
            for piece, places in chain.from_iterable(map(self._steady, self._pieces.together())):
                found[piece.site].append((piece, places))
        own = ([*_in_blocks(pieces)] for pieces in found.values())
        return tuple(piece for pieces in own for piece in _longest(_without_covered(pieces)))

    def appearances(self) -> Iterator[Appearance]:
        """Every place of a learned piece; where several meet, the longest."""
        numbers = {site: number for number, site in enumerate(self._documents)}
        pieces = {(numbers[piece.site], piece.kind, piece.hash): piece for piece in self.learned}
        if not pieces:
            return
        wanted = np.unique(np.array([piece.hash for piece in self.learned], dtype=np.uint64))
        places = Shelves(hash="u8", **_COLUMNS)
        for rows in self._pieces:
            rows = rows[members(rows["key"], wanted)[0]]
            places.put(key=rows["place"], hash=rows["key"], **{name: rows[name] for name in _COLUMNS})
        for rows in places:
            document, behind = -1, 0
            lines = rows[rows["kind"] == _LINE][["place", "top", "bottom"]].tolist()
            taken = {*_counted(lines)}
            for row in rows[np.lexsort((rows["kind"], -rows["length"], rows["start"], rows["place"]))].tolist():
                place, value, site, _, start, length, kind, words, top, bottom = row
                piece = pieces.get((site, kind, value))
                if piece is None or {"top": top, "end": bottom}.get(piece.place, 0) >= 2 * REACH:
                    continue
                # a number or a word by itself heads a part of the text
                heads = piece.place == "anywhere" and words & _WORDS == 1
                if heads and not any(_beside(taken, [(place, top, bottom)]) or [True]):
                    continue
                if place != document:
                    document, behind = place, 0
                if start >= behind:
                    behind = start + length
                    whole = Span(start, behind + words // _AND_BLANK)
                    yield Appearance(self._name(place), start, behind, piece, whole, bool(words & _PART))

    def _name(self, place: int) -> DocumentId:
        return name_of(self._files[place >> 32], place & 0xFFFFFFFF)

    @cached_property
    def _files(self) -> list[str]:
        return sorted({file for index in self.indexes for files, _ in index.values() for file in files})

    @cached_property
    def _documents(self) -> dict[str, int]:
        """Outlet, in order -> how many documents it has."""
        counts: Counter[str] = Counter()
        for index in self.indexes:
            counts.update({site: documents for site, (_, documents) in index.items()})
        return dict(sorted(counts.items()))

    @cached_property
    def _pieces(self) -> Shelves:
        """The pieces of all outlets, by hash."""
        sites = {site: number for number, site in enumerate(self._documents)}
        numbers = {file: number for number, file in enumerate(self._files)}
        pieces = Shelves("place", **_COLUMNS)
        for index in self.indexes:
            parts = [(sites[site], numbers[file], rows) for site in index for file, rows in index[site][0].items()]
            rows = np.frombuffer(b"".join(rows for _, _, rows in parts), dtype=_ROW_TYPE)
            counts = [len(rows) // _ROW_SIZE for _, _, rows in parts]
            files = np.repeat(np.array([file for _, file, _ in parts], dtype=np.uint64), counts)
            pieces.put(
                key=rows["hash"],
                site=np.repeat([site for site, _, _ in parts], counts),
                place=files << np.uint64(32) | rows["number"],
                **{name: rows[name] for name in ("start", "length", *_BYTES)},
            )
        return pieces

    def _steady(self, pieces: Iterable[NDArray[Any]]) -> Iterator[tuple[Learned, Places]]:
        """Of all rows of some pieces, those that stand in the same place of enough documents of an outlet; what comes
        together are all rows of a document."""
        sites, documents = [*self._documents], np.array([*self._documents.values()])
        least = np.where(documents < FEWEST_DOCUMENTS, np.inf, np.maximum(FEWEST_HOLDERS, LEAST_SHARE * documents))
        values, counts = _frequencies(map(_of_site, pieces))
        tallies: defaultdict[tuple[int, int, int], _Tally] = defaultdict(_Tally)
        for rows in pieces:
            rows = rows[counts[np.searchsorted(values, _of_site(rows))] >= least[rows["site"]]]
            rows = rows[np.lexsort([rows[name] for name in ("length", "start", "place", "kind", "key", "site")])]
            rows = rows[changes(*(rows[name] for name in ("site", "key", "kind", "place", "start", "length")))]
            starts = changes(rows["site"], rows["key"], rows["kind"]).nonzero()[0]
            for own in np.split(rows, starts[1:]) if len(rows) else ():
                tallies[tuple(own[["site", "kind", "key"]][0].tolist())].add(own)
        keys = np.unique(np.array([key for _, _, key in tallies], dtype=np.uint64))
        total = Counter[tuple[int, int]]()
        for rows in pieces:
            rows = rows[members(rows["key"], keys)[0]]
            for one in Kind:
                found, often = np.unique(rows["key"][rows["kind"] == one], return_counts=True)
                total.update(dict(zip(((int(one), key) for key in found.tolist()), often.tolist(), strict=True)))
        for (site, kind, key), tally in tallies.items():
            stands = tally.place()
            count = int(documents[site])
            if tally.holders < FEWEST_HOLDERS or (
                stands == "anywhere" and (kind != _LINE or tally.holders < ANYWHERE * count)
            ):
                continue
            place, start, length, words = tally.first
            what = (Kind(kind), key, words & _WORDS)
            piece = Learned(sites[site], *what, tally.holders, count, stands, self._name(place), start, start + length)
            if self._stands_out(piece, total[kind, key] - tally.holders):
                yield piece, tally.places

    def _stands_out(self, piece: Learned, elsewhere: int) -> bool:
        """Whether a piece that stands so often `elsewhere` is frequent enough for what it is, and its outlet's own."""
        least = LEAST_SHARE
        if piece.kind is Kind.LEAD:
            least = LEAD_SHARE
        elif piece.kind in (Kind.HEAD, Kind.TAIL) and piece.words < SHORT:
            least = SHORT_SHARE
        if piece.share < least:
            return False
        if piece.kind is Kind.LINE:
            return True
        others = sum(self._documents.values()) - piece.documents
        if others < FEWEST_DOCUMENTS:
            return piece.share >= 2 * least
        return piece.share >= LIFT * elsewhere / others


def _of_site(rows: NDArray[Any]) -> NDArray[np.uint64]:
    """A number for the piece and the outlet of each row."""
    mixed: NDArray[np.uint64] = rows["key"] ^ rows["site"].astype(np.uint64) << np.uint64(40)
    return mixed


def _frequencies(pieces: Iterable[NDArray[np.uint64]]) -> tuple[NDArray[np.uint64], NDArray[Any]]:
    """The values in all pieces, in order, and how often each is there."""
    values, counts = zip(*(np.unique(piece, return_counts=True) for piece in pieces), strict=True)
    every: NDArray[np.uint64]
    every, at = np.unique(np.concatenate(values), return_inverse=True)
    return every, np.bincount(at, np.concatenate(counts), len(every))


def _in_blocks(pieces: Sequence[tuple[Learned, Places]]) -> Iterator[Learned]:
    """The pieces without those that stand anywhere and mostly beside no other line of so many documents."""
    often = [(piece, places) for piece, places in pieces if piece.kind is Kind.LINE and piece.share >= ANYWHERE]
    taken = {place for _, places in often for place in _counted(places)}
    for piece, places in pieces:
        beside = _beside(taken, places) if piece.place == "anywhere" else []
        if piece.place != "anywhere" or 2 * sum(beside) >= len(beside) > 0:
            yield piece


def _beside(taken: Container[tuple[int, bool, int]], places: Places) -> list[bool]:
    """Of each place, from the top and from the end, whether a line of `taken` stands above or below it."""
    return [(*at, far - 1) in taken or (*at, far + 1) in taken for *at, far in _counted(places)]


def _counted(places: Places) -> Iterator[tuple[int, bool, int]]:
    """Which lines of texts these are, counted from the top and from the end, as far as that was counted."""
    for place, top, bottom in places:
        yield from ((place, at_top, far) for at_top, far in ((True, top), (False, bottom)) if far < _FAR)


def _without_covered(pieces: list[Learned]) -> list[Learned]:
    """The pieces without heads, tails and leads that are a learned line, or part of one."""
    lines = [piece for piece in pieces if piece.kind is Kind.LINE]
    return [
        piece
        for piece in pieces
        if piece.kind is Kind.LINE
        or not any(
            line.example == piece.example
            and line.start < piece.end
            and piece.start < line.end
            and line.holders >= _COVERS * piece.holders
            for line in lines
        )
    ]


_COVERS: Final = 0.9


def _longest(pieces: list[Learned]) -> list[Learned]:
    """Heads and tails without those that are only a longer one's beginning, nor those that reach into the story: a
    longer one is kept while most documents go on with it."""
    kept: list[Learned] = [piece for piece in pieces if piece.kind in (Kind.LINE, Kind.LEAD)]
    for kind in (Kind.HEAD, Kind.TAIL):
        chain = sorted((piece for piece in pieces if piece.kind is kind), key=lambda piece: piece.words)
        kept += (
            piece
            for piece in chain
            if not any(other.words > piece.words and other.holders >= _GOES_ON * piece.holders for other in chain)
            and not any(
                other.words < piece.words
                and piece.holders < _GOES_ON * other.holders < other.holders * 1.0
                and piece.example == other.example  # else the two have nothing to do with each other
                for other in chain
            )
        )
    return sorted(kept, key=lambda piece: (-piece.holders, piece.kind, -piece.words, piece.hash))


_GOES_ON: Final = 0.6


_last: list[Repetitions] = []


def repetitions(indexes: Iterable[Index]) -> Repetitions:
    """What indexes teach together; computed once for all the rules that judge them."""
    if not _last or _last[0].indexes is not indexes:
        _last[:] = [Repetitions(indexes)]
    return _last[0]
