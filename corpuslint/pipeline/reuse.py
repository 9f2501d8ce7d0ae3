"""What of a run need not be done again: which results still hold, what is left to do, what is to be kept.

A part is known by its content; looking at its file from outside (`content.Looks`) spares reading it. What corpus rules
collected is kept a shard, and what they found is kept for the corpus as a whole, so that a run over files that are all
known reads none of them and judges nothing.
"""

from __future__ import annotations

import hashlib
import pickle
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import Any

import msgspec

from corpuslint.engine.lnt import DOCUMENT_UNJUDGED
from corpuslint.formats.parts import Part, Unit, together, together_by_name
from corpuslint.model.document import Document
from corpuslint.pipeline.content import Looks, Signature, digest_of, is_settled
from corpuslint.pipeline.coverage import Coverage
from corpuslint.pipeline.pickles import loads
from corpuslint.pipeline.plan import shard_key
from corpuslint.pipeline.run import Gathered
from corpuslint.pipeline.shard import PartResult, ShardResult
from corpuslint.pipeline.store import LASTING, Store
from corpuslint.reporting.report import Finding
from corpuslint.reporting.wire import packed, unpacked

Shard = tuple[Part, ...]

_FILES = 128
"""Files in a shard whose corpus states are kept together, on average."""


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """The kept result of a part: what was looked at in it, the look of its file, and its findings as bytes."""

    digest: str
    signature: Signature = ()
    documents: int = 1
    sites: dict[str, int] = {}
    declaring: tuple[Document, ...] = ()
    unreadable: bool = False
    rows: bytes = b""


class Reuse:
    """The parts of a run as the store knows them."""

    def __init__(self, store: Store, parts: Sequence[Part], *, corpus_rules: bool, size: int, files: int) -> None:
        self._store, self._parts, self._corpus_rules = store, parts, corpus_rules
        self._cut = (size, files)
        self._now = time.time_ns()
        self._signatures: dict[str, Signature] = {}
        self._kept: dict[str, Entry] = {}
        self._by_name = {part.name: part for part in parts}
        self._digests: dict[str, str] = {}
        self._states: dict[str, Mapping[str, Any]] = {}
        self.unchanged: frozenset[str] = frozenset()
        self._look()

    @property
    def digests(self) -> Mapping[str, str]:
        """The digests of results that the cache has, by the name of the part."""
        return {name: entry.digest for name, entry in self._kept.items()}

    def results(self) -> Gathered:
        """What all unchanged parts gave."""
        coverage = Coverage()
        files, sites = coverage.files, coverage.sites
        findings: list[Finding] = []
        unreadable = False
        for part in self._parts:
            if part.name not in self.unchanged:
                continue
            entry = self._kept[part.name]
            if part.first == 0:
                files.append(part.filename)
            coverage.documents += entry.documents
            coverage.declaring += entry.declaring
            for site, count in entry.sites.items():
                sites[site] = sites.get(site, 0) + count
            findings += unpacked(entry.rows)
            unreadable = unreadable or entry.unreadable
        return Gathered(coverage, tuple(findings), unreadable=unreadable)

    def missing(self) -> dict[str, Shard]:
        """The shards that have to be done. Where corpus rules are, each is whole, though most of it may be known."""
        size, files = self._cut
        if not self._corpus_rules:
            left = (part for part in self._parts if part.name not in self.unchanged)
            return {shard_key(shard): shard for shard in together(left, size, files)}
        if self.verdict() is not None:
            return {}
        shards = {}
        for shard in together_by_name(self._parts, size, _FILES):
            if all(part.name in self.unchanged for part in shard):
                states = self._kept_states(shard)
                if states is not None:
                    self._states[shard_key(shard)] = states
                    continue
            shards[shard_key(shard)] = shard
        return shards

    def take(self, shard: Shard, result: ShardResult) -> Iterator[Gathered]:
        """What a shard gave that is news, after it was kept."""
        sound = True
        for given in result.parts:
            self._digests[given.name] = given.digest
            if given.name in self.unchanged:
                continue
            entry, news = self._entry(given)
            sound = sound and bool(given.digest) and entry is not None
            if entry is not None and entry.digest:
                self._keep(given.name, entry)
            yield news
        if self._corpus_rules:
            self._states[shard_key(shard)] = result.states
            if sound and (key := self._key(shard)):
                self._store.put("states", key, pickle.dumps(dict(result.states), pickle.HIGHEST_PROTOCOL))

    def states(self) -> Iterator[Mapping[str, Any]]:
        """What corpus rules collected, a shard at a time; to be asked when all shards were taken."""
        yield from self._states.values()

    def verdict(self) -> tuple[Finding, ...] | None:
        """What corpus rules found in exactly these documents before."""
        key = self._key(self._parts)
        rows = self._store.get("verdicts", key) if key else None
        return None if rows is None else unpacked(rows)

    def keep_verdict(self, findings: Sequence[Finding]) -> None:
        """Keep what corpus rules found."""
        if key := self._key(self._parts):
            self._store.put("verdicts", key, packed(findings))

    def _kept_states(self, shard: Shard) -> Mapping[str, Any] | None:
        """What corpus rules collected from exactly these documents before."""
        key = self._key(shard)
        kept = self._store.get("states", key) if key else None
        try:
            states = None if kept is None else loads(kept)
        except Exception:  # a pickle of somebody else's raises nearly anything
            return None
        return states if isinstance(states, dict) else None

    def _entry_of(self, name: str) -> Entry | None:
        kept = self._store.get(LASTING, name)
        try:
            return None if kept is None else _decoder().decode(kept)
        except msgspec.MsgspecError:
            return None

    def _keep(self, name: str, entry: Entry) -> None:
        with suppress(UnicodeEncodeError):  # half a surrogate pair in metadata: what holds one is not kept
            self._store.put(LASTING, name, msgspec.msgpack.encode(entry))

    def _look(self) -> None:
        looks = Looks(part.filename for part in self._parts)
        unchanged = []
        filename, signature = "", Signature()
        for part in self._parts:
            if part.filename != filename:
                filename, signature = part.filename, looks.signature_of(part.filename)
            name = part.name
            self._signatures[name] = signature
            entry = self._entry_of(name)
            if entry is not None:
                self._kept[name] = entry
                # records appended to a file change its look, and none of its parts but the last
                same = bool(signature) and entry.signature == signature
                if same or (part.unit is Unit.BYTES and entry.digest == digest_of(part)):
                    unchanged.append(name)
                    self._digests[name] = entry.digest
        self.unchanged = frozenset(unchanged)

    def _key(self, parts: Sequence[Part]) -> str:
        """The key of what was made of these parts as they are now; "" where one has no digest."""
        digests = [self._digests.get(part.name, "") for part in parts]
        if not all(digests):
            return ""
        joined = "\0".join(f"{part.name}\0{digest}" for part, digest in zip(parts, digests, strict=True))
        return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()

    def _entry(self, given: PartResult) -> tuple[Entry | None, Gathered]:
        """What is to be kept of a result, and the result with its findings as they are kept."""
        gathered = given.gathered
        if gathered is None:
            entry = msgspec.structs.replace(self._kept[given.name], signature=self._settled(given.name))
            return entry, _gathered(self._by_name[given.name], entry)
        if any(finding.code == DOCUMENT_UNJUDGED.code for finding in gathered.findings):
            self._digests[given.name] = ""
            return None, gathered
        looked = gathered.coverage
        entry = Entry(
            given.digest,
            self._settled(given.name),
            looked.documents,
            looked.sites,
            tuple(looked.declaring),
            gathered.unreadable,
            packed(gathered.findings),
        )
        return entry, _gathered(self._by_name[given.name], entry)

    def _settled(self, name: str) -> Signature:
        """The look of a part's file, () where it may still change within the same tick of the clock."""
        signature = self._signatures[name]
        return signature if is_settled(signature, self._now) else ()


@cache
def _decoder() -> msgspec.msgpack.Decoder[Entry]:
    return msgspec.msgpack.Decoder(Entry)


def _gathered(part: Part, entry: Entry) -> Gathered:
    coverage = Coverage(
        [part.filename] if part.first == 0 else [], entry.documents, dict(entry.sites), list(entry.declaring)
    )
    return Gathered(coverage, unpacked(entry.rows), unreadable=entry.unreadable)
