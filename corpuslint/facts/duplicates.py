"""Which documents of a corpus are the same text: exactly, nearly, as another edition, or one at the end of another.

An `Index` is what is kept of a corpus while it is read: two strings of bytes a file, so many bytes a document and a
paragraph, no object for either. Files are its keys, so it can be cut by a hash of them and written away in pieces.
Two indexes add up to one in any order, and a document that was seen twice is there once.

Of several documents with one text the first is kept: first by file name, then by its number in the file.
"""

from __future__ import annotations

import struct
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zlib import crc32

from corpuslint.facts.imprints import BINS, NEAR, Imprint, alike, imprint
from corpuslint.facts.page import Page
from corpuslint.facts.places import in_order, name_of, place_of
from corpuslint.facts.stories import read_unmarked
from corpuslint.model.document import DocumentId
from corpuslint.text.positions import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Index = dict[str, tuple[bytearray, bytearray]]
"""File -> its documents' rows and its paragraphs' rows, each sorted by the number of the record."""

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
    own comes after them. `proven`: it is no passage that two articles have in common, such as their background: it
    reads like another story, or there are several paragraphs, or one that three documents show of an article that goes
    on elsewhere.
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
    row = _ROW.pack(
        number,
        kept.words,
        crc32(site.encode("utf-8", "surrogatepass")) if site else 0,
        len(document.text),
        kept.digest,
        kept.signature,
    )
    entry = index.get(file)
    if entry is None:
        entry = index[file] = (bytearray(), bytearray())
    rows, heads = entry
    rows += row
    cuts = [story.cut for story in anatomy.fact(read_unmarked)]
    begun: set[Span] = set()
    for offset, value in _OPENING.iter_unpack(kept.openings):
        cut = next((cut for cut in cuts if cut.start <= offset < cut.end), None)
        begin = offset if cut is None or cut in begun else cut.start
        heads += _HEAD.pack(number, begin, value & ~1 | (cut is not None))
        if cut is not None:
            begun.add(cut)
    return index


def merged(left: Index, right: Index) -> Index:
    """The index of both; neither is changed."""
    both = {**left, **right}
    for file in left.keys() & right.keys():
        (rows, heads), (more_rows, more_heads) = left[file], right[file]
        both[file] = (
            bytearray(in_order(rows + more_rows, _ROW.size)),
            bytearray(in_order(heads + more_heads, _HEAD.size)),
        )
    return both


@dataclass(frozen=True, eq=False)
class Likenesses:
    """What an index tells: the documents in order, and which of them are alike."""

    index: Mapping[str, tuple[bytearray, bytearray]]

    def copies(self) -> Iterator[Copy]:
        """Every document whose words stand, in the same order, in an earlier one."""
        for row, first in enumerate(self._first.tolist() if self._are_several else ()):
            if row != first:
                yield Copy(self._name(row), self._name(first))

    def near(self) -> Iterator[Copy]:
        """Every document, exact copies aside, that is a near-duplicate of an earlier one: the most similar is named."""
        if not self._are_several:
            return
        best: dict[int, tuple[float, int]] = {}
        left, right, shares = self._pairs
        for earlier, later, share in zip(left.tolist(), right.tolist(), shares.tolist(), strict=True):
            if share >= NEAR:
                best[later] = min(best.get(later, (1.0, earlier)), (-share, earlier))
        for row in sorted(best):
            share, earlier = best[row]
            yield Copy(self._name(row), self._name(earlier), min(-share, 1.0))

    def editions(self) -> Iterator[Edition]:
        """Every story of which there are at least three documents, or documents of two outlets."""
        if not self._are_several:
            return
        members: dict[int, list[int]] = defaultdict(list)
        for row, story in enumerate(self._stories.tolist()):
            members[story].append(row)
        for story, rows in sorted(members.items()):
            outlets = {int(self._rows["site"][row]) for row in rows} - {0} if len(rows) > 1 else set()
            if len(rows) > 2 or len(outlets) > 1:
                exact = sum(self._first[row] != row for row in rows)
                yield Edition(self._name(story), len(rows), len(outlets), int(exact))

    def clusters(self) -> dict[DocumentId, DocumentId]:
        """Every document that is alike to another -> the first document of its story."""
        stories = self._stories.tolist()
        sizes = Counter(stories)
        return {self._name(row): self._name(story) for row, story in enumerate(stories) if sizes[story] > 1}

    def continuations(self) -> Iterator[Continuation]:
        """Every place, well inside a document, from which another document's beginning follows."""
        if not self._are_several:
            return
        import numpy as np

        heads = self._heads
        opening = np.ones(len(heads["row"]), dtype=bool)
        opening[1:] = heads["row"][1:] != heads["row"][:-1]
        begins: dict[int, list[int]] = defaultdict(list)
        later = (~opening & (heads["offset"] >= OWN_CHARACTERS)).nonzero()[0]
        wanted = np.intersect1d(heads["hash"][later], heads["hash"][opening])
        at = opening.nonzero()[0]
        for head in at[np.isin(heads["hash"][at], wanted)].tolist():
            begins[int(heads["hash"][head])].append(int(heads["row"][head]))
        places: dict[int, list[int]] = defaultdict(list)
        for head in later[np.isin(heads["hash"][later], wanted)].tolist():
            places[int(heads["hash"][head])].append(head)
        found: dict[int, tuple[int, int, bool]] = {}
        for value, where in places.items():
            stories = {int(self._stories[row]) for row in begins[value]}
            holders = len({int(heads["row"][head]) for head in where})
            if len(stories) <= MOST_HOLDERS:
                found.update((head, part) for head in where if (part := self._part(head, begins[value], holders)))
        behind = -1
        for head in sorted(found):
            if head >= behind:
                behind = head
                parts = []
                row = int(heads["row"][head])
                while behind in found and int(heads["row"][behind]) == row:
                    parts.append(found[behind])
                    behind += found[behind][1]
                at_end = behind == len(heads["row"]) or int(heads["row"][behind]) != row
                end = int(self._rows["length"][row] if at_end else heads["offset"][behind])
                others = tuple(dict.fromkeys(self._name(other) for other, _, _ in parts))
                paragraphs = behind - head
                proven = paragraphs > 1 or parts[0][2]
                place = self._name(row), int(heads["offset"][head]), end
                yield Continuation(*place, others, paragraphs, at_end, proven)

    def _part(self, head: int, others: list[int], holders: int) -> tuple[int, int, bool] | None:
        """The document that begins at a paragraph of another, how many paragraphs of it follow there, and whether that
        proves it to be another story."""
        import numpy as np

        heads = self._heads
        row = int(heads["row"][head])
        start, end = np.searchsorted(heads["row"], [row, row + 1]).tolist()
        own = set(heads["hash"][start:head].tolist())
        for other in others:
            # A new edition may begin with more than the old one did; a second story that is longer than the first makes
            # its document alike to its source, too.
            if other == row or (self._stories[other] == self._stories[row] and not heads["foreign"][head]):
                continue
            first, behind = np.searchsorted(heads["row"], [other, other + 1]).tolist()
            theirs = set(heads["hash"][first:behind].tolist())
            if not own or own & theirs:
                continue
            shared = next(
                (at for at, value in enumerate(heads["hash"][head:end].tolist()) if value not in theirs), end - head
            )
            goes_on = shared < len(theirs)
            if goes_on or holders <= MOST_HOLDERS:
                shown = goes_on and holders >= TEASER_HOLDERS
                return other, shared, shown or bool(heads["foreign"][head])
        return None

    @property
    def _are_several(self) -> bool:
        """Whether there are documents to compare; one file alone must not wait for numpy."""
        return sum(len(rows) for rows, _ in self.index.values()) > _ROW.size

    def _name(self, row: int) -> DocumentId:
        return name_of(self._files[int(self._file[row])], int(self._rows["number"][row]))

    @cached_property
    def _files(self) -> list[str]:
        return sorted(self.index)

    @cached_property
    def _file(self) -> NDArray[np.int64]:
        import numpy as np

        counts = [len(rows) // _ROW.size for rows in self._parts(0, _ROW.size)]
        return np.repeat(np.arange(len(counts), dtype=np.int64), counts)

    @cached_property
    def _rows(self) -> NDArray[Any]:
        import numpy as np

        return np.frombuffer(b"".join(self._parts(0, _ROW.size)), dtype=_ROW_TYPE)

    def _parts(self, of: int, size: int) -> list[bytes | bytearray]:
        return [in_order(self.index[file][of], size) for file in self._files]

    @cached_property
    def _heads(self) -> dict[str, NDArray[Any]]:
        """The paragraphs' openings in order, the rows of their documents, whether they read like another story's."""
        import numpy as np

        parts = self._parts(1, _HEAD.size)
        whole = np.frombuffer(b"".join(parts), dtype=_HEAD_TYPE)
        counts = [len(part) // _HEAD.size for part in parts]
        file = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
        keys = self._file << 32 | self._rows["number"].astype(np.int64)
        row = np.searchsorted(keys, file << 32 | whole["number"].astype(np.int64))
        return {
            "row": row,
            "offset": whole["offset"].astype(np.int64),
            "hash": whole["hash"].astype(np.uint64) >> np.uint64(1),
            "foreign": whole["hash"] & 1,
        }

    @cached_property
    def _first(self) -> NDArray[np.int64]:
        """Row -> the first row with its digest."""
        import numpy as np

        halves = np.ascontiguousarray(self._rows["digest"]).view(np.uint64).reshape(-1, 2)
        order = np.lexsort((halves[:, 1], halves[:, 0]))
        ordered = halves[order]
        new = np.ones(len(order), dtype=bool)
        new[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
        group = new.cumsum() - 1
        first = np.empty(len(order), dtype=np.int64)
        first[order] = order[new][group]  # lexsort keeps the order of rows in a group
        return first

    @cached_property
    def _pairs(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        """Pairs of rows, the earlier first, with at least `SAME_STORY` in common, and how much it is."""
        import numpy as np

        chosen = (self._first == np.arange(len(self._first))) & (self._rows["words"] >= FEWEST_WORDS)
        rows = chosen.nonzero()[0]
        signatures = np.ascontiguousarray(self._rows["signature"][rows])
        left, right, shares = alike(signatures, SAME_STORY)
        return rows[left], rows[right], shares

    @cached_property
    def _stories(self) -> NDArray[np.int64]:
        """Row -> the first row of its story."""
        import numpy as np

        parents = self._first.tolist()

        def root(row: int) -> int:
            while parents[row] != row:
                parents[row] = parents[parents[row]]
                row = parents[row]
            return row

        left, right, _ = self._pairs
        for earlier, later in zip(left.tolist(), right.tolist(), strict=True):
            first, second = sorted((root(earlier), root(later)))
            parents[second] = first
        return np.array([root(row) for row in range(len(parents))], dtype=np.int64)


_last: dict[tuple[int, int], Likenesses] = {}


def likenesses(index: Index) -> Likenesses:
    """What an index tells; computed once for all the rules that judge it."""
    key = (id(index), sum(len(rows) for rows, _ in index.values()))
    if key not in _last or _last[key].index is not index:
        _last.clear()
        _last[key] = Likenesses(index)
    return _last[key]
