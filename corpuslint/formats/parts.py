"""A part of a corpus file that can be read alone: whole files, bytes of JSON lines, row groups of Parquet."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator

import msgspec

from corpuslint.formats import read
from corpuslint.formats.endings import is_lines
from corpuslint.formats.reading import ReadOptions, Trouble
from corpuslint.formats.streams import open_bytes, size_of
from corpuslint.model.document import Document


class Part(msgspec.Struct, frozen=True):
    """Some of the records of a file, or with `stop` 0 all of them.

    `start` and `stop` count bytes of JSON lines and row groups of Parquet. `first` is the index of the first record, -1
    while it is not yet counted.
    """

    filename: str
    start: int = 0
    stop: int = 0
    first: int = 0
    size: int = 0

    @property
    def name(self) -> str:
        """The part in words that sort in the order of the file.

        >>> Part("a.jsonl", 0, 64).name
        'a.jsonl@000000000000'
        """
        return f"{self.filename}@{self.start:012d}" if self.stop else self.filename


def cut(filename: str, target_of: Callable[[int], int]) -> tuple[Part, ...]:
    """The parts that a file falls into; one where its format cannot be cut.

    `target_of` gives the size of a part from the size of the file.

    A file that cannot be looked at is one part, and reading it will say why.
    """
    try:
        size = size_of(filename)
        target = target_of(size)
        if size > target and is_lines(filename):
            return tuple(
                Part(filename, start, min(start + target, size), 0 if start == 0 else -1, target)
                for start in range(0, size, target)
            )
        if size > target and filename.lower().endswith(".parquet"):
            return _row_group_parts(filename, target)
    except OSError:
        return (Part(filename),)
    return (Part(filename, size=size),)


def together(parts: Iterable[Part], size: int, files: int, *, by_name: bool = False) -> Iterator[tuple[Part, ...]]:
    """Parts put together until they make a shard of `size` bytes or of `files` parts; a large one is one of its own.

    With `by_name` the name of its last part ends a shard, so that a file that comes or goes changes the shard it is in
    and hardly another; `files` is then how many make a shard on average.
    """
    most = 4 * files if by_name else files
    shard: list[Part] = []
    held = 0
    for part in parts:
        if shard and (held + part.size > size or len(shard) >= most):
            yield tuple(shard)
            shard, held = [], 0
        shard.append(part)
        held += part.size
        if by_name and zlib.crc32(part.name.encode("utf-8", "surrogatepass")) % files == 0:
            yield tuple(shard)
            shard, held = [], 0
    if shard:
        yield tuple(shard)


def count_lines(part: Part) -> int:
    """How many lines begin in a part of bytes."""
    count, at = int(part.start == 0), max(0, part.start - 1)
    with open_bytes(part.filename) as stream:
        stream.seek(at)
        while at < part.stop - 1 and (block := stream.read(min(1 << 22, part.stop - 1 - at))):
            count += block.count(b"\n")
            at += len(block)
    return count


def read_part(part: Part, options: ReadOptions) -> Iterator[Document | Trouble]:
    """The documents of a part in order, and trouble in their place."""
    between = (part.start, part.stop, part.first) if part.stop else ()
    return read(part.filename, options, *between)


def _row_group_parts(filename: str, target: int) -> tuple[Part, ...]:
    from corpuslint.formats.parquet import group_rows

    parts: list[Part] = []
    groups = group_rows(filename)
    start = first = rows = size = 0
    for stop, (own_rows, own_size) in enumerate(groups, start=1):
        rows, size = rows + own_rows, size + own_size
        if size >= target or stop == len(groups):
            parts.append(Part(filename, start, stop, first, size))
            start, first, rows, size = stop, first + rows, 0, 0
    return tuple(parts) or (Part(filename),)
