"""Texts that were taken down, remembered by hashes, so that a later scrape does not bring them back."""

from __future__ import annotations

from collections.abc import Sequence

from corpuslint.facts.imprints import NEAR, likeness, signature_of
from corpuslint.publishing.manifest import Tombstone
from corpuslint.publishing.parquet import Plain
from corpuslint.publishing.records import text_sha256 as _sha256


def sketch_of(text: str | None) -> bytes:
    """What near-duplicates of a text are known by; b"" for a very short one: half of all captions would resemble it."""
    return signature_of(text) if text and len(text.split()) >= 20 else b""


def bury(row: Plain, reason: str, since: str) -> Tombstone:
    """The tombstone of a record."""
    return Tombstone(
        id_sha256=_sha256(row["id"]),
        url_sha256=_sha256(row["url"]) if row["url"] else "",
        raw_sha256=row["raw_sha256"],
        text_sha256=row["text_sha256"],
        sketch=sketch_of(row["text"]).hex(),
        reason=reason,
        since=since,
    )


def merged(earlier: Sequence[Tombstone], later: Sequence[Tombstone]) -> tuple[Tombstone, ...]:
    """Both lists as one, each text once, the older tombstone kept, in an order that hangs on nothing else."""
    stones: dict[tuple[str, str], Tombstone] = {}
    for stone in (*earlier, *later):
        stones.setdefault((stone.id_sha256, stone.text_sha256), stone)
    return tuple(stones[key] for key in sorted(stones))


class Watch:
    """Recognises the texts of some tombstones, as they were or nearly so."""

    def __init__(self, tombstones: Sequence[Tombstone]) -> None:
        # A file of several stories has one raw hash: it finds the other stories too, so it counts for the id only.
        self._by_hash = {
            value: stone
            for stone in tombstones
            for value in (stone.id_sha256, stone.url_sha256, stone.text_sha256)
            if value
        }
        self._sketches = [(bytes.fromhex(stone.sketch), stone) for stone in tombstones if stone.sketch]

    def met(self, row_id: str, url: str | None, text_sha256: str, text: str | None) -> Tombstone | None:
        """The tombstone of a text, its id or its address, if there is one."""
        if not self._by_hash:
            return None
        for value in (_sha256(row_id), text_sha256, _sha256(url) if url else ""):
            if value in self._by_hash:
                return self._by_hash[value]
        if not text or not self._sketches:
            return None
        mine = signature_of(text)
        return next((stone for theirs, stone in self._sketches if likeness(mine, theirs) >= NEAR), None)
