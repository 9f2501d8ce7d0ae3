"""Entries kept until all of them are known: only then can ids be unique and splits be chosen.

Memory holds one small value a record and the entries of one shard; the rest lies on disk.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

import msgspec
from msgspec import structs

from corpuslint.publishing.records import Entry
from corpuslint.resources import Scratch

PILES = 512
"""Also the most shards a dataset can have: shards are a power of two, so every pile belongs to one shard."""


def bucket_of(identity: str, buckets: int) -> int:
    """The bucket of an id. It hangs on the id alone, so a document that leaves touches one file."""
    return int.from_bytes(hashlib.sha256(identity.encode()).digest()[:8], "big") % buckets


class Spill:
    """Entries by the hash of their id."""

    def __init__(self) -> None:
        self._entries, self._renamed = Scratch("pile", "id"), Scratch("pile", "id")
        self._ids: Counter[str] = Counter()
        self._taken: frozenset[str] = frozenset()
        self.characters = 0

    def add(self, entry: Entry) -> None:
        """Take in one entry."""
        self._entries.put([_row(entry)])
        self._ids[entry.id] += 1
        self.characters += len(entry.row["text"] or "")

    def close(self) -> None:
        """End adding. Entries that share an id get their file's name before it, whatever order they came in."""
        self._taken = frozenset(identity for identity, count in self._ids.items() if count > 1)
        piles = sorted({bucket_of(identity, PILES) for identity in self._taken})
        waiting = [entry for pile in piles for entry in _read(self._entries, pile) if entry.id in self._taken]
        used = self._ids.keys() - self._taken
        for entry in sorted(waiting, key=lambda entry: (entry.row["file"], entry.row["raw_sha256"], entry.id)):
            name = _free_name(entry, used)
            used.add(name)
            edits = tuple({**edit, "id": name} for edit in entry.edits)
            cluster = name if entry.cluster == entry.id else entry.cluster
            named = structs.replace(entry, row={**entry.row, "id": name}, edits=edits, cluster=cluster)
            self._renamed.put([_row(named)])

    def shard(self, number: int, shards: int) -> list[Entry]:
        """The entries of one shard out of `shards`, sorted by id."""
        found: list[Entry] = []
        for pile in range(number, PILES, shards):
            found += (entry for entry in _read(self._entries, pile) if entry.id not in self._taken)
            found += _read(self._renamed, pile)
        return sorted(found, key=lambda entry: entry.id)


def _row(entry: Entry) -> tuple[int, str, bytes]:
    return bucket_of(entry.id, PILES), entry.id, msgspec.json.encode(entry)


def _read(kept: Scratch, pile: int) -> Iterator[Entry]:
    return map(_DECODER.decode, kept.between(pile, pile))


_DECODER = msgspec.json.Decoder(Entry)


def _free_name(entry: Entry, used: set[str]) -> str:
    file, raw = entry.row["file"], entry.row["raw_sha256"][:8]
    name = wanted = entry.id if entry.id.startswith(file) else f"{file}#{entry.id}"
    number = 1
    while name in used:
        name = f"{wanted}~{raw}" + (f"-{number}" if number > 1 else "")
        number += 1
    return name
