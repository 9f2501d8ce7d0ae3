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
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from corpuslint.facts.page import Page
from corpuslint.facts.places import in_order, name_of, place_of
from corpuslint.model.document import DocumentId
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span
from corpuslint.words import kernel
from corpuslint.words.reading import END, LINE_FIELDS, START, WORD, Reading

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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
_ROW_TYPE: Final = [
    ("number", ">u4"),
    ("start", ">u4"),
    ("length", ">u4"),
    ("kind", "u1"),
    ("words", "u1"),
    ("top", "u1"),
    ("bottom", "u1"),
    ("hash", ">u8"),
]
_AND_BLANK: Final = 0x80
"""In the number of words: a line end or blank follows that goes with the piece."""
_FAR: Final = 255
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


_LINE, _HEAD, _TAIL, _LEAD_KIND = map(int, Kind)

_CREDIT: Final = compile_re(
    r"""
    [^\n.؟!:–—]{1,70}?                  # a name, an outlet, a city and its country, an agency in brackets
    (?: \s*[–—:] | \s?-+(?=\s) | \s-+ | ـ(?=\s) | /(?=\s) )   # and the mark behind them
    """,
    re.VERBOSE,
)
_PLACE: Final = compile_re(r"[،,(]")
_SOURCE_LABEL: Final = compile_re(
    r"\W*(?:المصدر|مصدر|المصادر|منبع|ماخذ|مأخذ|نقلا|نقلاً|عن|به گزارش|بہ شکریہ|سەرچاوە|credit|source|via)\b",
    re.IGNORECASE,
)
_DATED: Final = compile_re(r"\d+\D{1,15}\d{4}|\d{4}\D{1,3}\d+")
_SENTENCE_END: Final = compile_re(r"[.!؟?۔…»”\"]\s+(?=\S)")


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
        if _SOURCE_LABEL.match(line) or (from_top < 3 and words <= 12 and (_CREDIT.match(line) or _DATED.search(line))):
            continue
        yield _PIECE(
            start,
            end - start,
            _LINE,
            words | (_AND_BLANK if end < len(text) else 0),
            from_top,
            from_bottom,
            _hash(hashes[first:behind]),
        )
    yield from _ends_of(text, reading.starts, reading.ends, hashes, lines)


def _ends_of(
    text: str, starts: array[int], ends: array[int], hashes: array[int], lines: list[tuple[int, int, int, int]]
) -> Iterator[bytes]:
    """The first words of the first line, the last words of the last, and how the last sentence begins."""
    begin, end, first, behind = lines[0]
    credit = _CREDIT.match(text, begin, end)
    most = behind - first - 1
    if credit is not None:
        # What stands before "Name – City" is at most two words shorter; a city with its country is all dateline.
        before = bisect_left(starts, credit.end(), first, behind) - first
        most = 0 if _PLACE.search(credit[0]) else min(most, before - 2)
    for words in _HEADS:
        if words > most:
            break
        yield _PIECE(
            starts[first],
            ends[first + words - 1] - starts[first],
            _HEAD,
            words,
            0,
            255,
            _hash(hashes[first : first + words]),
        )
    begin, end, first, behind = lines[-1]
    if _SOURCE_LABEL.match(text, begin, end):
        return
    for words in _TAILS:
        if words > behind - first - 1:
            break
        at = behind - words
        yield _PIECE(starts[at], end - starts[at], _TAIL, words, 255, 0, _hash(hashes[at:behind]))
    # A line of a whole article without a stop is no last sentence, however many articles open like it.
    sentences = [begin] if behind - first > _LEAD and end - begin <= _LAST else []
    sentences += [match.end() for match in _SENTENCE_END.finditer(text, max(begin, end - _LAST), end)]
    for sentence in sentences[-_LEADS:]:
        at = bisect_left(starts, sentence, first, behind)
        if behind - at > _LEAD and not _SOURCE_LABEL.match(text, sentence, end):
            yield _PIECE(sentence, end - sentence, _LEAD_KIND, _LEAD, 255, 0, _hash(hashes[at : at + _LEAD]))


def _lines(reading: Reading) -> Iterator[tuple[int, int, int, int]]:
    """Lines that have words: where they begin and end, their first word and the one behind the last."""
    firsts = reading.lines[WORD::LINE_FIELDS]
    behind = [*firsts[1:], len(reading.keys)]
    for line in zip(reading.lines[START::LINE_FIELDS], reading.lines[END::LINE_FIELDS], firsts, behind, strict=True):
        if line[3] > line[2]:
            yield line


def _hash(words: array[int]) -> int:
    """The same in every process of a run: tuples of numbers are hashed without a seed."""
    return hash(tuple(words)) & 0xFFFFFFFFFFFFFFFF


def collected(index: Index, anatomy: Page) -> Index:
    """The index with a document in it; it is the same index. A document of no outlet is left out."""
    site = anatomy.document.site
    if not site:
        return index
    file, number = place_of(anatomy.document.id)
    files, documents = index.get(site, ({}, 0))
    rows = files.get(file)
    if rows is None:
        rows = files[file] = bytearray()
    mark = number.to_bytes(4, "big")
    rows += b"".join(sorted([mark + piece for piece in anatomy.fact(pieces_of)]))
    index[site] = (files, documents + 1)
    return index


def merged(left: Index, right: Index) -> Index:
    """The index of both; neither is changed."""
    both = {**left, **right}
    for site in left.keys() & right.keys():
        files = {**left[site][0], **right[site][0]}
        for file in left[site][0].keys() & right[site][0].keys():
            files[file] = bytearray(in_order(left[site][0][file] + right[site][0][file], _ROW_SIZE))
        both[site] = (files, left[site][1] + right[site][1])
    return both


@dataclass(frozen=True, eq=False)
class Repetitions:
    """What an index teaches."""

    index: Mapping[str, tuple[dict[str, bytearray], int]]

    @cached_property
    def learned(self) -> tuple[Learned, ...]:
        """The pieces of every outlet, sorted by outlet, the most frequent first."""
        found: list[Learned] = []
        for site in sorted(self.index):
            found += self._of_site(site)
        return tuple(found)

    def appearances(self) -> Iterator[Appearance]:
        """Every place of a learned piece; where several meet, the longest."""
        by_site: dict[str, dict[tuple[int, int], Learned]] = defaultdict(dict)
        for learned in self.learned:
            by_site[learned.site][learned.kind, learned.hash] = learned
        for site, pieces in sorted(by_site.items()):
            files, rows = self._rows(site)
            hits = _isin(rows["hash"], [learned.hash for learned in pieces.values()])
            places: dict[tuple[int, int], list[tuple[int, int, int, Learned]]] = defaultdict(list)
            for file, row in zip(files[hits].tolist(), rows[hits].tolist(), strict=True):
                number, start, length, kind, words, top, bottom, value = row
                piece = pieces.get((kind, value))
                if piece is None:
                    continue
                if piece.place == "anywhere" or (top if piece.place == "top" else bottom) < 2 * REACH:
                    places[file, number].append((start, start + length, words // _AND_BLANK, piece))
            names = sorted(self.index[site][0])
            for (file, number), spans in sorted(places.items()):
                document = name_of(names[file], number)
                behind = -1
                for start, end, blank, piece in sorted(spans, key=lambda span: (span[0], -span[1])):
                    if start >= behind:
                        behind = end
                        yield Appearance(document, start, end, piece, Span(start, end + blank))

    def _rows(self, site: str) -> tuple[NDArray[np.int64], NDArray[Any]]:
        """The pieces of an outlet, with the file that each is in."""
        import numpy as np

        files, _ = self.index[site]
        parts = [in_order(files[name], _ROW_SIZE) for name in sorted(files)]
        rows = np.frombuffer(b"".join(parts), dtype=_ROW_TYPE)
        return np.repeat(np.arange(len(parts), dtype=np.int64), [len(part) // _ROW_SIZE for part in parts]), rows

    @cached_property
    def _elsewhere(self) -> dict[int, dict[int, int]]:
        """Kind -> hash -> in how many documents of all outlets a piece stands that is frequent in one."""
        import numpy as np

        total: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        wanted = {value for site in self.index for value in self._frequent(site)}
        for site in self.index:
            _, rows = self._rows(site)
            hits = rows[_isin(rows["hash"], list(wanted))]
            for kind in Kind:
                values, counts = np.unique(hits["hash"][hits["kind"] == kind], return_counts=True)
                for value, count in zip(values.tolist(), counts.tolist(), strict=True):
                    total[kind][value] += count
        return total

    def _frequent(self, site: str) -> list[int]:
        import numpy as np

        documents = self.index[site][1]
        if documents < FEWEST_DOCUMENTS:
            return []
        values, counts = np.unique(self._rows(site)[1]["hash"], return_counts=True)
        enough: list[int] = values[counts >= max(FEWEST_HOLDERS, LEAST_SHARE * documents)].tolist()
        return enough

    def _of_site(self, site: str) -> list[Learned]:
        import numpy as np

        candidates = self._frequent(site)
        if not candidates:
            return []
        documents = self.index[site][1]
        files, rows = self._rows(site)
        hits = _isin(rows["hash"], candidates)
        files, rows = files[hits], rows[hits]
        names = sorted(self.index[site][0])
        groups: dict[tuple[int, int], list[int]] = defaultdict(list)
        for at, (kind, value) in enumerate(zip(rows["kind"].tolist(), rows["hash"].tolist(), strict=True)):
            groups[kind, value].append(at)
        holders_of = {
            key: len(set(zip(files[where].tolist(), rows["number"][where].tolist(), strict=True)))
            for key, where in groups.items()
        }
        often = [key for key, holders in holders_of.items() if key[0] == _LINE and holders >= ANYWHERE * documents]
        lines = [[place for at in groups[key] for place in _counted(int(files[at]), rows[at])] for key in often]
        taken = {place for places in lines for place in places}
        in_blocks = {
            key
            for key, places in zip(often, lines, strict=True)
            if 2 * sum((*at, far - 1) in taken or (*at, far + 1) in taken for *at, far in places) >= len(places) > 0
        }
        found: list[Learned] = []
        for (kind, value), where in groups.items():
            own, holders = rows[where], holders_of[kind, value]
            at_top = int(np.median(own["top"])) < int(np.median(own["bottom"]))
            far = own["top"] if at_top else own["bottom"]
            steady = float((far < REACH).mean()) >= STEADY and len(where) < 1.5 * holders
            if holders >= FEWEST_HOLDERS and (steady or (kind, value) in in_blocks):
                first = where[0]
                start, words = int(own["start"][0]), int(own["words"][0]) % _AND_BLANK
                example = name_of(names[int(files[first])], int(own["number"][0]))
                end = start + int(own["length"][0])
                place = ("top" if at_top else "end") if steady else "anywhere"
                found.append(Learned(site, Kind(kind), value, words, holders, documents, place, example, start, end))
        return _longest(_without_covered([one for one in found if self._stands_out(one)]))

    def _stands_out(self, piece: Learned) -> bool:
        """Whether a piece is frequent enough for what it is, and its outlet's own."""
        least = LEAST_SHARE
        if piece.kind is Kind.LEAD:
            least = LEAD_SHARE
        elif piece.kind in (Kind.HEAD, Kind.TAIL) and piece.words < SHORT:
            least = SHORT_SHARE
        if piece.share < least:
            return False
        if piece.kind is Kind.LINE:
            return True
        others = sum(count for _, count in self.index.values()) - piece.documents
        if others < FEWEST_DOCUMENTS:
            return piece.share >= 2 * least
        elsewhere = (self._elsewhere[piece.kind][piece.hash] - piece.holders) / others
        return piece.share >= LIFT * elsewhere


def _counted(file: int, row: Any) -> Iterator[tuple[int, int, bool, int]]:
    """Which line of which text a piece is, counted from the top and from the end, as far as that was counted."""
    for at_top, far in ((True, int(row["top"])), (False, int(row["bottom"]))):
        if far < _FAR:
            yield file, int(row["number"]), at_top, far


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


def _isin(values: NDArray[Any], wanted: list[int]) -> NDArray[np.bool_]:
    import numpy as np

    return np.isin(values.astype(np.uint64), np.array(wanted, dtype=np.uint64))


_last: dict[tuple[int, int], Repetitions] = {}


def repetitions(index: Index) -> Repetitions:
    """What an index teaches; computed once for all the rules that judge it."""
    key = (id(index), sum(documents for _, documents in index.values()))
    if key not in _last or _last[key].index is not index:
        _last.clear()
        _last[key] = Repetitions(index)
    return _last[key]
