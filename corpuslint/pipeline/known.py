"""What a cache knows of the files of a run: which results hold, what is left to be done, what is to be kept.

A part is known by its content. What corpus rules collected is kept a shard, and what they found is kept for the corpus
as a whole, so that a run over files that are all known reads none of them and judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpuslint.engine.lnt import DOCUMENT_UNJUDGED
from corpuslint.formats.parts import Part, Unit, together, together_by_name
from corpuslint.pipeline.cache import Cache, Entry, key_of
from corpuslint.pipeline.content import Looks, Signature, digest_of
from corpuslint.pipeline.coverage import Coverage
from corpuslint.pipeline.plan import shard_key
from corpuslint.pipeline.run import Gathered
from corpuslint.pipeline.shard import PartResult, ShardResult
from corpuslint.reporting.report import Finding
from corpuslint.reporting.wire import packed, unpacked

Shard = tuple[Part, ...]

_FILES = 128
"""Files in a shard whose corpus states are kept together, on average."""


class Known:
    """The parts of a run as the cache knows them."""

    def __init__(self, cache: Cache, parts: Sequence[Part], *, corpus_rules: bool, size: int, files: int) -> None:
        self._cache, self._parts, self._corpus_rules = cache, parts, corpus_rules
        self._cut = (size, files)
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
                states = self._cache.states(self._key(shard))
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
            if entry is not None:
                self._cache.put(given.name, self._signatures[given.name], entry)
            yield news
        if self._corpus_rules:
            self._states[shard_key(shard)] = result.states
            if sound:
                self._cache.put_states(self._key(shard), result.states)
        self._cache.flush()

    def states(self) -> Iterator[Mapping[str, Any]]:
        """What corpus rules collected, a shard at a time; to be asked when all shards were taken."""
        yield from self._states.values()

    def verdict(self) -> tuple[Finding, ...] | None:
        """What corpus rules found in exactly these documents before."""
        key = self._key(self._parts)
        rows = self._cache.verdict(key) if key else None
        return None if rows is None else unpacked(rows)

    def keep_verdict(self, findings: Sequence[Finding]) -> None:
        """Keep what corpus rules found."""
        if key := self._key(self._parts):
            self._cache.put_verdict(key, packed(findings))

    def _look(self) -> None:
        looks = Looks(part.filename for part in self._parts)
        unchanged = []
        filename, signature = "", Signature()
        for part in self._parts:
            if part.filename != filename:
                filename, signature = part.filename, looks.signature_of(part.filename)
            name = part.name
            self._signatures[name] = signature
            entry, same = self._cache.get(name, signature)
            if entry is not None:
                self._kept[name] = entry
                # records appended to a file change its look, and none of its parts but the last
                if same or (part.unit is Unit.BYTES and entry.digest == digest_of(part)):
                    unchanged.append(name)
                    self._digests[name] = entry.digest
        self.unchanged = frozenset(unchanged)

    def _key(self, parts: Sequence[Part]) -> str:
        return key_of((part.name, self._digests.get(part.name, "")) for part in parts)

    def _entry(self, given: PartResult) -> tuple[Entry | None, Gathered]:
        """What is to be kept of a result, and the result with its findings as they are kept."""
        gathered = given.gathered
        if gathered is None:
            entry = self._kept[given.name]
            return entry, _gathered(self._by_name[given.name], entry)
        if any(finding.code == DOCUMENT_UNJUDGED.code for finding in gathered.findings):
            self._digests[given.name] = ""
            return None, gathered
        looked = gathered.coverage
        rows = packed(gathered.findings)
        entry = Entry(given.digest, looked.documents, looked.sites, tuple(looked.declaring), gathered.unreadable, rows)
        return entry, _gathered(self._by_name[given.name], entry)


def _gathered(part: Part, entry: Entry) -> Gathered:
    coverage = Coverage(
        [part.filename] if part.first == 0 else [], entry.documents, dict(entry.sites), list(entry.declaring)
    )
    return Gathered(coverage, unpacked(entry.rows), unreadable=entry.unreadable)
