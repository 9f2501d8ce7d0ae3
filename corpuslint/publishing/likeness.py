"""Which texts are near-duplicates of each other, so that none of them leaks from one split into another.

A sketch keeps the smallest hashes of a text's three-word runs (bottom-k, Broder 1997). It tells how much of two texts
is the same without holding either, so a tombstone may carry it.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

SKETCH_SIZE = 64
WORDS_IN_RUN = 3
NEAR_DUPLICATE = 0.6
"""Texts that share this much of their three-word runs count as the same text in another edition."""

_KEYS = 16
_MOST_HOLDERS = 200

Sketch = bytes
"""The smallest hashes of a text, ascending, eight bytes each."""

_WORD = re.compile(r"\w+")
_BARE = re.compile(
    "[\N{ARABIC TATWEEL}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}"
    "\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}]"
)
_SEATS = (
    ("\N{ARABIC LETTER KAF}", "\N{ARABIC LETTER KEHEH}"),
    ("\N{ARABIC LETTER YEH}", "\N{ARABIC LETTER FARSI YEH}"),
    ("\N{ARABIC LETTER ALEF MAKSURA}", "\N{ARABIC LETTER FARSI YEH}"),
    ("\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}", "\N{ARABIC LETTER ALEF}"),
    ("\N{ARABIC LETTER ALEF WITH HAMZA BELOW}", "\N{ARABIC LETTER ALEF}"),
    ("\N{ARABIC LETTER TEH MARBUTA}", "\N{ARABIC LETTER HEH}"),
)


def sketch(text: str) -> Sketch:
    """The sketch of a text. Letters are folded, so an edition with other kafs and yehs sketches the same.

    >>> sketch("كتاب جديد في السوق") == sketch("کتاب جديد في السوق")
    True
    """
    text = _BARE.sub("", text)
    for written, seat in _SEATS:
        text = text.replace(written, seat)
    words = _WORD.findall(text)
    runs = {" ".join(words[start : start + WORDS_IN_RUN]) for start in range(max(1, len(words) - WORDS_IN_RUN + 1))}
    hashes = sorted(
        int.from_bytes(hashlib.blake2b(run.encode("utf-8", "replace"), digest_size=8).digest(), "big") for run in runs
    )
    return b"".join(value.to_bytes(8, "big") for value in hashes[:SKETCH_SIZE])


def resemblance(left: Sketch, right: Sketch) -> float:
    """The share of three-word runs two texts have in common, estimated from their sketches."""
    first, second = set(_hashes(left)), set(_hashes(right))
    union = sorted(first | second)[:SKETCH_SIZE]
    both = first & second
    return sum(value in both for value in union) / len(union) if union else 0.0


def near_pairs(sketches: Mapping[str, Sketch]) -> Iterator[tuple[str, str]]:
    """Every pair of ids whose texts are near-duplicates, each pair once, in the order of ids.

    Only texts that share a third of their sixteen smallest hashes are compared: near-duplicates share twelve or so.
    """
    holders: dict[int, list[str]] = defaultdict(list)
    for identity in sorted(sketches):
        mine = _hashes(sketches[identity])[:_KEYS]
        shared: Counter[str] = Counter()
        for value in mine:
            holding = holders[value]
            shared.update(holding)
            # A run that very many texts share is boilerplate; comparing each with each would be quadratic.
            if len(holding) < _MOST_HOLDERS:
                holding.append(identity)
        least = max(1, len(mine) // 3)
        for other, count in sorted(shared.items()):
            if count >= least and resemblance(sketches[identity], sketches[other]) >= NEAR_DUPLICATE:
                yield other, identity


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


def _hashes(of: Sketch) -> tuple[int, ...]:
    return struct.unpack(f">{len(of) // 8}Q", of)
