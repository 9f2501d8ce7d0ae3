"""Where a record lies in a dataset. Its shard follows from its id, its split is decided by a hash and kept for ever.

The key is the near-duplicate group, so two editions of one text share a split; the earlier versions' assignments are
kept, so that adding a document never moves another one. Only when all entries are known can ids be unique and splits be
chosen: memory holds one small value a record and the entries of one shard, the rest lies on disk.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

import msgspec
from msgspec import structs

from corpuslint.errors import PublishError
from corpuslint.publishing.records import Entry
from corpuslint.resources import Scratch

_NAME = re.compile(r"\w+(\.\w+)*")
"""What `datasets` accepts: no hyphen, no space; Arabic letters are fine."""


@dataclass(frozen=True, slots=True)
class SplitPlan:
    """The splits, their weights, and the salt that makes the choice this dataset's own."""

    weights: tuple[tuple[str, float], ...] = (("train", 1.0),)
    salt: str = ""

    @classmethod
    def parse(cls, text: str, salt: str = "") -> SplitPlan:
        """The plan `train=0.9,test=0.1` writes; weights are relative to their sum. PublishError where it is none.

        >>> SplitPlan.parse("train=9, test=1").weights
        (('train', 9.0), ('test', 1.0))
        """
        weights: dict[str, float] = {}
        for part in text.split(","):
            name, _, said = part.strip().partition("=")
            name = name.strip()
            try:
                weight = float(said)
            except ValueError:
                remedy = "Write train=0.9,test=0.1."
                raise PublishError(f"split {part.strip()!r} has no weight", remedy=remedy) from None
            if not _NAME.fullmatch(name):
                raise PublishError(f"{name!r} cannot name a split", remedy="Use letters, digits and underscores.")
            if not 0 < weight < float("inf"):
                raise PublishError(f"split {name!r} has the weight {weight}", remedy="Weights are above zero.")
            if name in weights:
                raise PublishError("every split needs a name of its own")
            weights[name] = weight
        return cls(tuple(weights.items()), salt)

    def choose(self, cluster: str) -> str:
        """The split of a near-duplicate group that no earlier version has placed."""
        digest = hashlib.sha256(f"{self.salt}\0{cluster}".encode()).digest()
        point = int.from_bytes(digest[:8], "big") / 2**64 * sum(weight for _, weight in self.weights)
        for name, weight in self.weights:
            point -= weight
            if point < 0:
                return name
        return self.weights[-1][0]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a record was put by an earlier version."""

    split: str
    cluster: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """The split and cluster of every record, and the records that no split can take.

    A bridge resembles records of two splits: in either of them it would leak into the other.
    """

    splits: Mapping[str, str]
    clusters: Mapping[str, str]
    bridges: frozenset[str]


def assign(
    clusters: Mapping[str, str],
    pairs: Iterable[tuple[str, str]],
    earlier: Mapping[str, Placed],
    plan: SplitPlan,
) -> Assignment:
    """The split of every record in `clusters` (id -> group it came with), near-duplicate `pairs` kept together.

    Earlier records keep their split, whatever the plan now says.
    """
    known = list(pairs)
    bridges = _bridges(clusters, known, earlier, plan)
    staying = clusters.keys() - bridges
    splits: dict[str, str] = {}
    names: dict[str, str] = {}
    for members in _groups(staying, clusters, known, earlier):
        placed = [earlier[member] for member in members if member in earlier]
        cluster = min((place.cluster for place in placed), default=members[0])
        new = Placed(placed[0].split if placed else plan.choose(cluster), cluster)
        for member in members:
            if member in staying:
                place = earlier.get(member, new)
                splits[member], names[member] = place.split, place.cluster
    return Assignment(splits, names, frozenset(bridges))


def _bridges(
    clusters: Mapping[str, str], pairs: list[tuple[str, str]], earlier: Mapping[str, Placed], plan: SplitPlan
) -> set[str]:
    """New records first: the groups that fall apart without them need no other victim."""
    bridges: set[str] = set()
    order = [name for name, _ in plan.weights]
    for members in _groups(clusters.keys(), clusters, pairs, earlier):
        if len({earlier[member].split for member in members if member in earlier}) > 1:
            bridges.update(member for member in members if member not in earlier)
    for members in _groups(clusters.keys() - bridges, clusters, pairs, earlier):
        sizes = Counter(earlier[member].split for member in members if member in earlier)
        if len(sizes) > 1:
            kept = min(sizes, key=lambda name: (-sizes[name], order.index(name) if name in order else len(order), name))
            bridges.update(member for member in members if member in earlier and earlier[member].split != kept)
    return bridges & clusters.keys()


def _groups(
    present: Set[str], clusters: Mapping[str, str], pairs: list[tuple[str, str]], earlier: Mapping[str, Placed]
) -> Iterable[list[str]]:
    """The ids that belong together, each group sorted: the `present` ones, and all of `earlier` versions."""
    parents: dict[str, str] = {}

    def root(identity: str) -> str:
        while (parent := parents.get(identity, identity)) != identity:
            parents[identity] = identity = parents.get(parent, parent)
        return identity

    every = sorted(present | earlier.keys())
    first_of: dict[str, str] = {}
    for identity in every:
        cluster = earlier[identity].cluster if identity in earlier else clusters[identity]
        parents[root(identity)] = root(first_of.setdefault(cluster, identity))
    for left, right in pairs:
        if left in present and right in present:
            parents[root(right)] = root(left)
    groups: dict[str, list[str]] = defaultdict(list)
    for identity in every:
        groups[root(identity)].append(identity)
    return groups.values()


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
