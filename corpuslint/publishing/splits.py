"""Which split a record belongs to: decided by a hash, kept for ever.

The key is the near-duplicate group, so two editions of one text share a split; the earlier versions' assignments are
kept, so that adding a document never moves another one.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from corpuslint.errors import PublishError

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
