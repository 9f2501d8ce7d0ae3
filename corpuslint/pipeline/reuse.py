"""What of a run need not be done again: which shards gave what before, and whether their files are as they were.

A shard is known by its content; looking at its files from outside (`content.Looks`) spares reading them. What corpus
rules found is kept for the corpus as a whole, so that a run over files that are all known judges nothing.
"""

from __future__ import annotations

import hashlib
import pickle
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import TypeVar

import msgspec

from corpuslint.formats.parts import Part
from corpuslint.model.document import Document
from corpuslint.pipeline.content import Looks, Signature, is_settled
from corpuslint.pipeline.coverage import Coverage
from corpuslint.pipeline.pickles import loads
from corpuslint.pipeline.run import Gathered
from corpuslint.pipeline.store import LOOKS, RESULTS, Store
from corpuslint.reporting.report import Finding, packed, unpacked

T = TypeVar("T")


class _Look(msgspec.Struct, frozen=True, array_like=True):
    """The digest of a shard's content, and how its files looked then."""

    digest: str
    signature: Signature = ()


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """What a shard gave: what was looked at in it, and its findings, packed."""

    documents: int
    sites: dict[str, int]
    declaring: tuple[Document, ...]
    unreadable: bool
    rows: bytes


class Reuse:
    """The shards of a run as the store knows them. `digests` are those of results that it has, by shard."""

    def __init__(self, store: Store, shards: Mapping[str, tuple[Part, ...]], *, corpus_rules: bool) -> None:
        self._store, self._shards, self._corpus_rules = store, shards, corpus_rules
        self._now = time.time_ns()
        self._signatures: dict[str, Signature] = {}
        self._unchanged: set[str] = set()
        self.digests: dict[str, str] = {}
        looks = Looks(part.filename for shard in shards.values() for part in shard)
        for key, shard in shards.items():
            files = dict.fromkeys(part.filename for part in shard)
            signature = self._signatures[key] = looks.signature_of_all(files)
            if (look := self._get(LOOKS, key, _Look)) is not None:
                self.digests[key] = look.digest
                if signature and look.signature == signature:
                    self._unchanged.add(key)

    @property
    def is_unchanged(self) -> bool:
        """Whether all files look as they did."""
        return len(self._unchanged) == len(self._shards)

    def verdict(self) -> Iterator[tuple[Finding, ...]] | None:
        """What corpus rules found in exactly these documents before, some at a time."""
        count = self._store.get("verdicts", name) if (name := self._name_of_all()) else None
        names = [f"{name} {number}" for number in range(int(count or 0))]
        if count is None or any(self._store.get("verdicts", each) is None for each in names):
            return None
        return (unpacked(self._store.get("verdicts", each) or b"") for each in names)

    def keep_verdict(
        self, verdict: Iterable[tuple[Finding, ...]], is_whole: Callable[[], bool]
    ) -> Iterator[tuple[Finding, ...]]:
        """What corpus rules find, kept as it comes; to be believed where it `is_whole` in the end."""
        name, count = self._name_of_all(), 0
        for findings in verdict:
            if name:
                self._store.put("verdicts", f"{name} {count}", packed(findings))
            count += 1
            yield findings
        if name and is_whole():
            self._store.put("verdicts", name, f"{count}".encode())

    def known(self, key: str, *, states: bool) -> Gathered | None:
        """What a shard gave before, where its files look as they did then; what corpus rules collected where `states`
        are asked for."""
        return self._kept(key, states=states) if key in self._unchanged else None

    def take(self, key: str, result: Gathered) -> Gathered | None:
        """What a shard gave, after it was kept; None where it is what it was before, and that is damaged."""
        given: Gathered | None = result
        if result.digest and result.digest == self.digests.get(key):
            given = self._kept(key, states=True)
            if given is None:
                del self.digests[key]
        else:
            self.digests[key] = result.digest
            self._keep(key, result)
        if given is not None and result.digest:
            signature = self._signatures[key]  # () where a file may still change within the same tick of the clock
            look = _Look(result.digest, signature if is_settled(signature, self._now) else ())
            self._store.put(LOOKS, key, msgspec.msgpack.encode(look))
        return given

    def _keep(self, key: str, result: Gathered) -> None:
        looked, name = result.coverage, f"{key} {result.digest}"
        kept = _Kept(looked.documents, looked.sites, tuple(looked.declaring), result.unreadable, result.rows)
        with suppress(UnicodeEncodeError):  # half a surrogate pair in metadata: what holds one is not kept
            if result.digest:
                self._store.put(RESULTS, name, msgspec.msgpack.encode(kept))
                if self._corpus_rules:
                    self._store.put("states", name, pickle.dumps(dict(result.states), pickle.HIGHEST_PROTOCOL))

    def _kept(self, key: str, *, states: bool) -> Gathered | None:
        name = f"{key} {self.digests[key]}"
        kept = self._get(RESULTS, name, _Kept)
        collected = {}
        if states and self._corpus_rules:
            try:
                collected = loads(self._store.get("states", name) or b"")
            except Exception:  # a pickle of somebody else's raises nearly anything
                return None
        if kept is None or not isinstance(collected, dict):
            return None
        files = [part.filename for part in self._shards[key] if part.first == 0]
        coverage = Coverage(files, kept.documents, dict(kept.sites), list(kept.declaring))
        return Gathered(coverage, kept.rows, unreadable=kept.unreadable, states=collected)

    def _get(self, kind: str, key: str, of: type[T]) -> T | None:
        value = self._store.get(kind, key)
        try:
            return None if value is None else msgspec.msgpack.decode(value, type=of)
        except msgspec.MsgspecError:
            return None

    def _name_of_all(self) -> str:
        """The name of what was made of all shards as they are now; "" where the content of one is not known."""
        if not all(self.digests.get(key) for key in self._shards):
            return ""
        joined = "\0".join(f"{key}\0{self.digests[key]}" for key in self._shards)
        return hashlib.sha256(joined.encode()).hexdigest()
