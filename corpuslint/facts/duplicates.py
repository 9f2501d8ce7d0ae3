"""Which documents of a corpus are the same text: exactly, nearly, as another edition, or one at the end of another.

An `Index` is what is kept of a part of a corpus while it is read: two strings of bytes a file, so many bytes a document
and a paragraph, no object for either. `Likenesses` compares what stands in any number of them, in any order, some
hashes at a time, and holds only what it says of documents that are alike. A document that was seen twice is there once.

Of several documents with one text the first is kept: first by file name, then by its number in the file.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zlib import crc32

from corpuslint.facts.imprints import BINS, NEAR, Imprint, bands_of, changes, imprint, likenesses_of, paired
from corpuslint.facts.page import Page
from corpuslint.facts.shelves import Shelves, in_pieces, members, name_of, place_of
from corpuslint.facts.stories import read_unmarked
from corpuslint.later import Later
from corpuslint.model.document import DocumentId
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = Later("numpy")

Index = dict[str, tuple[bytearray, bytearray]]
"""File -> its documents' rows and its paragraphs' rows; those of a document stand together."""

STATE: Final = "duplicates"
"""The name under which a run keeps its index."""
SAME_STORY: Final = 0.4
"""The share from which they are editions of one story."""
FEWEST_WORDS: Final = 20
"""Shorter texts are compared as a whole only: two captions of one photographer are not one story."""
OWN_CHARACTERS: Final = 200
"""What a document has of its own before it can go on as another."""
MOST_HOLDERS: Final = 5
"""A paragraph that stands in more documents than this is an outlet's standing text, or an article's opening that the
outlet shows below its others: then that article has more than what they show of it."""
TEASER_HOLDERS: Final = 3

_BANDS_AT_ONCE: Final = 4
"""Bands of signatures that are compared in one go: more need more room on disk, fewer more readings of the corpus."""
_ROW: Final = struct.Struct(">LLLL16s128s")
_ROW_TYPE: Final = [
    *((name, ">u4") for name in ("number", "words", "site", "length")),
    ("digest", "V16"),
    ("signature", "u1", BINS),
]
_HEAD_TYPE: Final = [("number", ">u4"), ("offset", ">u4"), ("hash", ">u8")]
"""Of a paragraph: its record, where it begins, the hash of its opening. The hash is odd where the paragraph reads like
another story's (`facts.stories`); the first one then begins where the lines above it do that are that story's too."""
_HEAD: Final = struct.Struct(">LLQ")
_OPENING: Final = struct.Struct(">LQ")


class Copy(NamedTuple):
    """A document whose text another has too."""

    document: DocumentId
    kept: DocumentId
    share: float = 1.0


class Edition(NamedTuple):
    """A story that stands in the corpus several times: its first document, how many there are, of how many outlets."""

    first: DocumentId
    documents: int
    outlets: int
    exact: int


class Continuation(NamedTuple):
    """A place from which a document goes on as others begin, and where its own paragraphs go on, or its text ends.

    `others` are those documents, in order, and `paragraphs` of them follow each other. `at_end`: no paragraph of its
    own comes after them. `proven`: it is no passage that two articles have in common, such as their background or an
    item of the week's digest: it reads like another story, or the whole of another document is there, or there are, at
    the end, several paragraphs, or one that three documents show of an article that goes on elsewhere.
    """

    document: DocumentId
    offset: int
    end: int
    others: tuple[DocumentId, ...]
    paragraphs: int
    at_end: bool
    proven: bool


def imprint_of(anatomy: Page) -> Imprint:
    """What tells the text from others, and how much of it another has."""
    return imprint(anatomy.words)


def collected(index: Index, anatomy: Page) -> Index:
    """The index with a document in it; it is the same index. A text without words is left out."""
    kept, document = anatomy.fact(imprint_of), anatomy.document
    if not kept.words:
        return index
    file, number = place_of(document.id)
    site = document.site
    outlet = crc32(site.encode("utf-8", "surrogatepass")) if site else 0
    rows, heads = index.setdefault(file, (bytearray(), bytearray()))
    rows += _ROW.pack(number, kept.words, outlet, len(document.text), kept.digest, kept.signature)
    cuts = [story.cut for story in anatomy.fact(read_unmarked) if story.is_likely]
    begun: set[Span] = set()
    for place, (offset, value) in enumerate(_OPENING.iter_unpack(kept.openings)):
        if place and _ITEM_OF_A_SESSION.search(document.text[max(0, offset - _LONGEST_ORDINAL) : offset]):
            continue  # though another outlet's story begins with it
        cut = next((cut for cut in cuts if cut.start <= offset < cut.end), None)
        begin = offset if cut is None or cut in begun else cut.start
        heads += _HEAD.pack(number, begin, value & ~1 | (cut is not None))
        if cut is not None:
            begun.add(cut)
    return index


_LONGEST_ORDINAL: Final = 24
_ITEM_OF_A_SESSION: Final = compile_re(
    r"(?<!\w)(?:[أا]ول|ثاني|ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع|عاشر|عشر)[ا\N{ARABIC FATHATAN}]*\s*:\s*\Z"
)
"""A ministry's statement tells what was decided item by item: "fifthly:"."""


@dataclass(frozen=True, eq=False)
class Likenesses:
    """Which documents of a corpus are alike; `indexes` are gone through several times.

    A document is known by its place: the number of its file in the order of names, and its own in the file.
    """

    indexes: Iterable[Index]

    def copies(self) -> Iterator[Copy]:
        """Every document whose words stand, in the same order, in an earlier one."""
        for place, first in in_pieces(self._copies):
            yield Copy(self._name(place), self._name(first))

    def near(self) -> Iterator[Copy]:
        """Every document, exact copies aside, that is a near-duplicate of an earlier one: the most similar is named."""
        near = self._pairs[self._pairs["share"] >= NEAR]
        near = near[np.lexsort((near["left"], -near["share"], near["right"]))]
        for left, right, share in in_pieces(near[changes(near["right"])]):
            yield Copy(self._name(right), self._name(left), min(share, 1.0))

    def editions(self) -> Iterator[Edition]:
        """Every story of which there are at least three documents, or documents of two outlets."""
        places, firsts = self._alike
        sites, copied = self._told("site", places), np.isin(places, self._copies[:, 0])
        order = np.lexsort((places, firsts))
        for start, end in pairwise([*changes(firsts[order]).nonzero()[0].tolist(), len(order)]):
            rows = order[start:end]
            outlets = len({*sites[rows].tolist()} - {0})
            if len(rows) > 2 or outlets > 1:
                yield Edition(self._name(int(firsts[rows[0]])), len(rows), outlets, int(copied[rows].sum()))

    def clusters(self) -> Iterator[tuple[DocumentId, DocumentId]]:
        """Every document that is alike to another, and the first document of its story."""
        for place, first in in_pieces(np.stack(self._alike, axis=1)):
            yield self._name(place), self._name(first)

    def continuations(self) -> Iterator[Continuation]:
        """Every place, well inside a document, from which another document's beginning follows."""
        heads = self._heads
        opening = changes(heads["place"])
        inside = ~opening & (heads["offset"] >= OWN_CHARACTERS)
        begins: dict[int, list[int]] = defaultdict(list)
        for value, place in zip(heads["hash"][opening].tolist(), heads["place"][opening].tolist(), strict=True):
            begins[value].append(place)
        where: dict[int, list[int]] = defaultdict(list)
        for head in inside.nonzero()[0].tolist():
            where[int(heads["hash"][head])].append(head)
        found: dict[int, tuple[int, int, bool, bool]] = {}
        for value in begins.keys() & where.keys():
            stories = set(self._story_of(np.array(begins[value], dtype=np.uint64)).tolist())
            holders = len({int(heads["place"][head]) for head in where[value]})
            # What stands in several documents, and more than one story begins with, is a formula: "the bureau says, …".
            if len(stories) == 1 or (len(stories) <= MOST_HOLDERS and holders < TEASER_HOLDERS):
                found.update(
                    (head, part) for head in where[value] if (part := self._part(head, begins[value], holders))
                )
        lengths = self._told("length", np.unique(heads["place"]))[changes(heads["place"]).cumsum() - 1]
        behind = -1
        for head in sorted(found):
            if head >= behind:
                behind = head
                parts = []
                place = int(heads["place"][head])
                while behind in found and int(heads["place"][behind]) == place:
                    parts.append(found[behind])
                    behind += found[behind][1]
                at_end = behind == len(opening) or int(heads["place"][behind]) != place
                end = int(lengths[head] if at_end else heads["offset"][behind])
                others = tuple(dict.fromkeys(self._name(other) for other, *_ in parts))
                paragraphs = behind - head
                proven = any(certain for *_, certain in parts) or (at_end and (paragraphs > 1 or parts[0][2]))
                begin = int(heads["offset"][head])
                yield Continuation(self._name(place), begin, end, others, paragraphs, at_end, proven)

    def _part(self, head: int, others: list[int], holders: int) -> tuple[int, int, bool, bool] | None:
        """The document that begins at a paragraph of another, how many paragraphs of it follow there, whether several
        show it, and whether it is another story wherever it stands."""
        heads = self._heads
        place, foreign = heads["place"][head], bool(heads["foreign"][head])
        start, end = (int(np.searchsorted(heads["place"], place, side)) for side in ("left", "right"))
        own = set(heads["hash"][start:head].tolist())
        stories = self._story_of(np.array([place, *others], dtype=np.uint64)).tolist()
        for other, story in zip(others, stories[1:], strict=True):
            # A new edition may begin with more than the old one did; a second story that is longer than the first makes
            # its document alike to its source, too.
            if other == place or (story == stories[0] and not foreign):
                continue
            first, behind = np.searchsorted(heads["place"], np.array([other, other + 1], dtype=np.uint64)).tolist()
            theirs = set(heads["hash"][first:behind].tolist())
            if not own or own & theirs:
                continue
            shared = next(
                (at for at, value in enumerate(heads["hash"][head:end].tolist()) if value not in theirs), end - head
            )
            goes_on = shared < len(theirs)
            if goes_on or holders <= MOST_HOLDERS:
                shown = goes_on and holders >= TEASER_HOLDERS
                return other, shared, shown, foreign or (shared > 1 and not goes_on)
        return None

    def _name(self, place: int) -> DocumentId:
        return name_of(self._files[place >> 32], place & 0xFFFFFFFF)

    @cached_property
    def _files(self) -> list[str]:
        return sorted({file for index in self.indexes for file in index})

    def _rows(self, of: int, kind: list[Any]) -> Iterator[tuple[NDArray[np.uint64], NDArray[Any]]]:
        """The rows of documents (0) or paragraphs (1), some at a time, and the places of their documents."""
        numbers = {file: number for number, file in enumerate(self._files)}
        for index in self.indexes:
            parts = [entry[of] for entry in index.values()]
            rows = np.frombuffer(b"".join(parts), dtype=kind)
            counts = [len(part) // rows.itemsize for part in parts]
            files = np.repeat(np.array([numbers[file] for file in index], dtype=np.uint64), counts)
            yield files << np.uint64(32) | rows["number"], rows

    def _told(self, column: str, places: NDArray[np.uint64]) -> NDArray[Any]:
        """What a column says of documents, which are in order."""
        told = np.zeros(len(places), dtype=np.dtype(_ROW_TYPE)[column])
        for there, rows in self._rows(0, _ROW_TYPE):
            hits, at = members(there, places)
            told[at] = rows[column][hits]
        return told

    @cached_property
    def _copies(self) -> NDArray[np.uint64]:
        """Each document whose digest an earlier one has, in order, and the first that has it."""
        digests = Shelves(rest="u8", place="u8")
        for places, rows in self._rows(0, _ROW_TYPE):
            halves = np.ascontiguousarray(rows["digest"]).view(np.uint64).reshape(-1, 2)
            digests.put(key=halves[:, 0], rest=halves[:, 1], place=places)
        found = [np.empty((0, 2), dtype=np.uint64)]
        for rows in digests:
            rows = rows[np.lexsort((rows["place"], rows["rest"], rows["key"]))]
            new = changes(rows["key"], rows["rest"])
            both = np.stack([rows["place"], rows["place"][new][new.cumsum() - 1]], axis=1)
            found.append(both[both[:, 0] != both[:, 1]])
        copies = np.concatenate(found)
        copies = copies[np.argsort(copies[:, 0], kind="stable")]
        return copies[changes(copies[:, 0])]

    @cached_property
    def _pairs(self) -> NDArray[Any]:
        """Pairs of documents, the earlier on the `left`, that `share` at least `SAME_STORY`; exact copies aside."""
        kind = np.dtype([("left", "u8"), ("right", "u8"), ("share", "f8")])
        found = [np.empty(0, dtype=kind)]
        for first in range(0, BINS // 4, _BANDS_AT_ONCE):
            texts = Shelves(place="u8", signature=f"V{BINS}")
            for places, rows in self._rows(0, _ROW_TYPE):
                chosen = (rows["words"] >= FEWEST_WORDS) & ~members(places, self._copies[:, 0])[0]
                signatures = np.ascontiguousarray(rows["signature"][chosen])
                bands = bands_of(signatures)[:, first : first + _BANDS_AT_ONCE]
                each = np.repeat(np.arange(len(bands)), bands.shape[1])
                texts.put(key=bands.ravel(), place=places[chosen][each], signature=signatures.view(f"V{BINS}")[each, 0])
            for rows in texts:
                left, right = paired(rows["key"], rows["place"])
                signatures = np.ascontiguousarray(rows["signature"]).view(np.uint8).reshape(-1, BINS)
                shares = likenesses_of(signatures, left, right)
                same = shares >= SAME_STORY
                found.append(np.empty(int(same.sum()), dtype=kind))
                found[-1]["left"], found[-1]["right"] = rows["place"][left[same]], rows["place"][right[same]]
                found[-1]["share"] = shares[same]
            pairs = np.concatenate(found)
            pairs = pairs[np.lexsort((pairs["left"], pairs["right"]))]
            found = [pairs[changes(pairs["left"], pairs["right"])]]
        return found[0]

    @cached_property
    def _alike(self) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
        """The documents that are alike to another, in order, and the first of each one's story."""
        places = np.unique(np.concatenate([self._copies.ravel(), self._pairs["left"], self._pairs["right"]]))
        return places, self._story_of(places)

    @cached_property
    def _stories(self) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
        """The documents of all pairs, in order, and the first of each one's story."""
        edges = np.stack([self._pairs["left"], self._pairs["right"]], axis=1)
        places, ends = np.unique(edges, return_inverse=True)
        ends, first = ends.reshape(-1, 2), np.arange(len(places))
        while ((roots := first[ends]) != (least := roots.min(axis=1, keepdims=True))).any():
            np.minimum.at(first, roots, least)
            while (first[first] != first).any():
                first = first[first]
        return places, places[first]

    def _story_of(self, places: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """The first document of the story that each of these documents tells."""
        told = places.copy()
        for known, firsts in ((self._copies[:, 0], self._copies[:, 1]), self._stories):
            hits, at = members(told, known)
            told[hits] = firsts[at]
        return told

    @cached_property
    def _heads(self) -> dict[str, NDArray[Any]]:
        """The paragraphs' openings, in order, by column, of documents that begin with a paragraph of another, or hold
        the paragraph that another begins with."""
        openings = Shelves(place="u8", begins="?")
        for places, rows in self._rows(1, _HEAD_TYPE):
            begins = changes(places)
            kept = begins | (rows["offset"] >= OWN_CHARACTERS)
            openings.put(key=rows["hash"][kept] >> 1, place=places[kept], begins=begins[kept])
        concerned = [np.empty(0, dtype=np.uint64)]
        for rows in openings:
            both = np.intersect1d(rows["key"][rows["begins"]], rows["key"][~rows["begins"]])
            concerned.append(np.unique(rows["place"][members(rows["key"], both)[0]]))
        wanted = np.unique(np.concatenate(concerned))
        found = [np.empty(0, dtype=[("place", "u8"), ("offset", "u4"), ("hash", "u8"), ("foreign", "?")])]
        for places, rows in self._rows(1, _HEAD_TYPE):
            hits, _ = members(places, wanted)
            found.append(np.empty(int(hits.sum()), dtype=found[0].dtype))
            found[-1]["place"], found[-1]["offset"] = places[hits], rows["offset"][hits]
            found[-1]["hash"], found[-1]["foreign"] = rows["hash"][hits] >> 1, rows["hash"][hits] & 1
        heads = np.concatenate(found)
        heads = heads[np.lexsort((heads["hash"], heads["offset"], heads["place"]))]
        heads = heads[changes(heads["place"], heads["offset"], heads["hash"])]
        return {name: np.ascontiguousarray(heads[name]) for name in found[0].dtype.names or ()}


_last: list[Likenesses] = []


def likenesses(indexes: Iterable[Index]) -> Likenesses:
    """What indexes tell together; computed once for all the rules that judge them."""
    if not _last or _last[0].indexes is not indexes:
        _last[:] = [Likenesses(indexes)]
    return _last[0]
