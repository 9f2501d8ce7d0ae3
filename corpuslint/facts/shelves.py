"""Rows put away by a key, and taken back some keys at a time: what is known of a corpus, however many documents it has.

Rows lie in memory until they are too many for it, then on disk, ordered by a hash of their keys. Rows of one key always
come back together, so whoever compares rows of equal keys needs no more memory than a few shelves take.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, Final

from corpuslint.later import Later
from corpuslint.model.document import DocumentId
from corpuslint.resources import Scratch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = Later("numpy")


MOST_BYTES: Final = 2 << 20
"""How much is in memory before it is put away, and how much is taken back at a time."""
_SHELVES: Final = 1024
_ROUNDS: Final = 3
"""How often rows are put away again that still are too many: then they are of one key, or nearly."""
_SPREAD: Final = 0x9E3779B97F4A7C15
"""2**64 by the golden ratio: equal keys stay equal, and others that are near each other come far apart."""


class Shelves:
    """Rows of the columns that are named, each with a `key`, by which they come back.

    Of a key that has very many they come back in pieces where `within` names a column: all of one value in one piece.
    """

    def __init__(self, within: str = "", _by: str = "key", _round: int = 0, /, **columns: str) -> None:
        self._within, self._by, self._round, self._columns = within, _by, _round, columns
        self._type = np.dtype([("key", "u8"), *columns.items()])
        self._waiting: list[NDArray[Any]] = []
        self._bytes = 0
        self._sizes = np.zeros(_SHELVES, dtype=np.int64)
        self._away = Scratch("shelf")

    def put(self, **columns: Any) -> None:
        """Take in rows, a column at a time."""
        rows = np.empty(len(columns["key"]), dtype=self._type)
        for name, values in columns.items():
            rows[name] = values
        self._take(rows)

    def _take(self, rows: NDArray[Any]) -> None:
        self._waiting.append(rows)
        self._bytes += rows.nbytes
        if self._bytes > MOST_BYTES:
            self._write()

    def __iter__(self) -> Iterator[NDArray[Any]]:
        return chain.from_iterable(self.together())

    def together(self) -> Iterator[Iterable[NDArray[Any]]]:
        """All rows, those of a key together, in no other order: of some keys the pieces, mostly one."""
        if not self._sizes.any():
            yield [np.concatenate([np.empty(0, dtype=self._type), *self._waiting])]
            return
        self._write()
        first = 0
        for behind in range(1, _SHELVES + 1):
            if behind == _SHELVES or self._sizes[first : behind + 1].sum() > MOST_BYTES:
                yield from self._between(first, behind)
                first = behind

    def _write(self) -> None:
        rows = np.concatenate(self._waiting)
        spread = rows[self._by] * np.uint64(_SPREAD) >> np.uint64(54 - 10 * self._round)
        shelf = (spread % np.uint64(_SHELVES)).astype(np.int64)
        counts = np.bincount(shelf, minlength=_SHELVES)
        data, sizes = rows[np.argsort(shelf, kind="stable")].tobytes(), counts * self._type.itemsize
        ends = [0, *sizes.cumsum().tolist()]
        self._away.put((number, data[at:end]) for number, (at, end) in enumerate(pairwise(ends)) if at < end)
        self._sizes += sizes
        self._waiting, self._bytes = [rows[:0]], 0

    def _between(self, first: int, behind: int) -> Iterator[Iterable[NDArray[Any]]]:
        """The rows of some shelves; where they are too many, they are put away again by other bits of the hash."""
        parts = self._away.between(first, behind - 1)
        is_last = self._round == _ROUNDS
        if self._sizes[first:behind].sum() <= 4 * MOST_BYTES or (is_last and not self._within):
            yield [np.frombuffer(b"".join(parts), dtype=self._type)]
            return
        again = ("", self._within) if is_last else (self._within, self._by, self._round + 1)
        finer = Shelves(*again, **self._columns)
        for part in parts:
            finer._take(np.frombuffer(part, dtype=self._type))
        if is_last:
            yield finer
        else:
            yield from finer.together()


def members(values: NDArray[Any], ordered: NDArray[Any]) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Which of `values` are among the `ordered` ones, and where each of those stands there."""
    if not len(ordered):
        return np.zeros(len(values), dtype=bool), np.empty(0, dtype=np.int64)
    at = np.searchsorted(ordered, values)
    at[at == len(ordered)] = 0
    hits = ordered[at] == values
    return hits, at[hits]


def in_pieces(rows: NDArray[Any]) -> Iterator[Any]:
    """Rows as Python values, which take five times the memory, some at a time."""
    for start in range(0, len(rows), 4096):
        yield from rows[start : start + 4096].tolist()


_LARGEST: Final = (1 << 32) - 1


def place_of(document: str) -> tuple[str, int]:
    """The file of a document, with a `#` where it is one of many there, and its number.

    >>> place_of("a.jsonl#12"), place_of("a.txt")
    (('a.jsonl#', 12), ('a.txt', 0))
    """
    name, mark, number = document.rpartition("#")
    if mark and number.isascii() and number.isdigit() and str(int(number)) == number and int(number) <= _LARGEST:
        return name + mark, int(number)
    # An id that only looks like a file of many is told apart by a sign that no file's name ends in.
    return document + "\0" if document.endswith("#") else document, 0


def name_of(file: str, number: int) -> DocumentId:
    """The document that `place_of` took apart.

    >>> name_of(*place_of("a.jsonl#12"))
    'a.jsonl#12'
    """
    return DocumentId(f"{file}{number}" if file.endswith("#") else file.removesuffix("\0"))
