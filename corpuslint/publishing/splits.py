"""Which split a record belongs to: decided by a hash, kept for ever.

The key is the near-duplicate group, so two editions of one text share a split; the earlier versions' assignments are
kept, so that adding a document never moves another one.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
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
        """The plan `train=0.9,test=0.1` writes; weights are relative to their sum.

        >>> SplitPlan.parse("train=9, test=1").weights
        (('train', 9.0), ('test', 1.0))
        """
        weights = []
        for part in text.split(","):
            name, _, weight = part.strip().partition("=")
            try:
                weights.append((name.strip(), float(weight or "nan")))
            except ValueError:
                raise PublishError(
                    f"split {part.strip()!r} has no weight", remedy="Write train=0.9,test=0.1."
                ) from None
        return cls(tuple(weights), salt).checked()

    def checked(self) -> SplitPlan:
        """This plan, when `datasets` can load it; PublishError else."""
        names = [name for name, _ in self.weights]
        for name, weight in self.weights:
            if not _NAME.fullmatch(name):
                raise PublishError(f"{name!r} cannot name a split", remedy="Use letters, digits and underscores.")
            if not 0 < weight < float("inf"):
                raise PublishError(f"split {name!r} has the weight {weight}", remedy="Weights are above zero.")
        if len(set(names)) != len(names) or not names:
            raise PublishError("every split needs a name of its own")
        return self

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
    groups = _joined((identity for identity in clusters if identity not in bridges), clusters, known, earlier)
    splits: dict[str, str] = {}
    names: dict[str, str] = {}
    staying = [identity for identity in clusters if identity not in bridges]
    for members in groups.members({*staying, *earlier}).values():
        placed = sorted(earlier[member].cluster for member in members if member in earlier)
        cluster = placed[0] if placed else min(members)
        homes = [earlier[member].split for member in members if member in earlier]
        split = homes[0] if homes else plan.choose(cluster)
        for member in members:
            if member in clusters and member not in bridges:
                splits[member] = earlier[member].split if member in earlier else split
                names[member] = earlier[member].cluster if member in earlier else cluster
    return Assignment(splits, names, frozenset(bridges))


def _bridges(
    clusters: Mapping[str, str], pairs: list[tuple[str, str]], earlier: Mapping[str, Placed], plan: SplitPlan
) -> set[str]:
    """New records first: the groups that fall apart without them need no other victim."""
    bridges: set[str] = set()
    groups = _joined(clusters, clusters, pairs, earlier)
    for members in groups.members({*clusters, *earlier}).values():
        if len({earlier[member].split for member in members if member in earlier}) > 1:
            bridges.update(member for member in members if member not in earlier)
    groups = _joined((identity for identity in clusters if identity not in bridges), clusters, pairs, earlier)
    order = [name for name, _ in plan.weights]
    for members in groups.members({*clusters, *earlier} - bridges).values():
        sizes = Counter(earlier[member].split for member in members if member in earlier)
        if len(sizes) > 1:
            kept = min(sizes, key=lambda name: (-sizes[name], order.index(name) if name in order else len(order), name))
            bridges.update(member for member in members if member in earlier and earlier[member].split != kept)
    return bridges & set(clusters)


class Groups:
    """Ids in groups that can be joined; a group is named by its smallest id."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}

    def name(self, identity: str) -> str:
        """The smallest id of the group `identity` is in."""
        root = identity
        while (parent := self._parents.get(root, root)) != root:
            root = parent
        while (parent := self._parents.get(identity, identity)) != root:
            self._parents[identity], identity = root, parent
        return root

    def join(self, left: str, right: str) -> None:
        """Make one group of two."""
        first, second = sorted((self.name(left), self.name(right)))
        if first != second:
            self._parents[second] = first

    def members(self, identities: Iterable[str]) -> dict[str, list[str]]:
        """The groups among `identities`: name -> members, sorted."""
        groups: dict[str, list[str]] = defaultdict(list)
        for identity in sorted(identities):
            groups[self.name(identity)].append(identity)
        return groups


def _joined(
    identities: Iterable[str],
    clusters: Mapping[str, str],
    pairs: list[tuple[str, str]],
    earlier: Mapping[str, Placed],
) -> Groups:
    groups = Groups()
    present = {*identities}
    first_of: dict[str, str] = {}
    for identity in sorted(present):
        cluster = earlier[identity].cluster if identity in earlier else clusters[identity]
        groups.join(identity, first_of.setdefault(cluster, identity))
    for identity in sorted(set(earlier) - present):
        if (home := first_of.get(earlier[identity].cluster)) is not None:
            groups.join(identity, home)
    for left, right in pairs:
        if left in present and right in present:
            groups.join(left, right)
    return groups
