"""Entries kept on disk until all of them are known: only then can ids be unique and splits be chosen.

Memory holds one small value a record and the entries of one pile.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import structs

from corpuslint.publishing.records import Entry

PILES = 512
"""Also the most shards a dataset can have: shards are a power of two, so every pile belongs to one shard."""


def bucket_of(identity: str, buckets: int) -> int:
    """The bucket of an id. It hangs on the id alone, so a document that leaves touches one file."""
    return int.from_bytes(hashlib.sha256(identity.encode()).digest()[:8], "big") % buckets


class Spill:
    """Piles of entries in a folder, by the hash of their id."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[int, BinaryIO] = {}
        self._ids: Counter[str] = Counter()
        self.characters = 0
        folder.mkdir()

    def add(self, entry: Entry) -> None:
        """Put one entry on its pile."""
        self._put(entry)
        self._ids[entry.id] += 1
        self.characters += len(entry.row["text"] or "")

    def close(self) -> None:
        """End adding. Entries that share an id get their file's name before it, whatever order they came in."""
        self._close_files()
        taken = {identity for identity, count in self._ids.items() if count > 1}
        if not taken:
            return
        waiting: list[Entry] = []
        for number in sorted({bucket_of(identity, PILES) for identity in taken}):
            entries = self._read(number)
            self._path(number).unlink()
            for entry in entries:
                if entry.id in taken:
                    waiting.append(entry)
                else:
                    self._put(entry)
        used = set(self._ids) - taken
        for entry in sorted(waiting, key=lambda entry: (entry.row["file"], entry.row["raw_sha256"], entry.id)):
            name = _free_name(entry, used)
            used.add(name)
            edits = tuple({**edit, "id": name} for edit in entry.edits)
            cluster = name if entry.cluster == entry.id else entry.cluster
            self._put(structs.replace(entry, row={**entry.row, "id": name}, edits=edits, cluster=cluster))
        self._close_files()

    def shard(self, number: int, shards: int) -> list[Entry]:
        """The entries of one shard out of `shards`, sorted by id."""
        found = [entry for pile in range(number, PILES, shards) for entry in self._read(pile)]
        return sorted(found, key=lambda entry: entry.id)

    def __iter__(self) -> Iterator[Entry]:
        for number in range(PILES):
            yield from self._read(number)

    def _path(self, number: int) -> Path:
        return self._folder / f"{number}.pile"

    def _put(self, entry: Entry) -> None:
        number = bucket_of(entry.id, PILES)
        if number not in self._files:
            self._files[number] = self._path(number).open("ab")
        self._files[number].write(msgspec.json.encode(entry) + b"\n")

    def _read(self, number: int) -> list[Entry]:
        if not self._path(number).is_file():
            return []
        with self._path(number).open("rb") as stream:
            return list(map(_DECODER.decode, stream))

    def _close_files(self) -> None:
        for file in self._files.values():
            file.close()
        self._files.clear()


_DECODER = msgspec.json.Decoder(Entry)


def _free_name(entry: Entry, used: set[str]) -> str:
    file, raw = entry.row["file"], entry.row["raw_sha256"][:8]
    name = wanted = entry.id if entry.id.startswith(file) else f"{file}#{entry.id}"
    number = 1
    while name in used:
        name = f"{wanted}~{raw}" + (f"-{number}" if number > 1 else "")
        number += 1
    return name
