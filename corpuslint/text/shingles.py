"""Texts as numbers: what duplicates are found by, for many texts at once.

A text is read as its folded words: letter habits, vowel signs, invisible characters, case, blanks and punctuation make
no difference. Of the words an `Imprint` keeps a digest (same words in the same order), a signature (how much of two
texts is the same) and the openings of its paragraphs (where a text goes on as another one begins).

The signature is one-permutation MinHash (Li, Owen, Zhang 2012): every run of two words falls into one of `BINS` bins
by its hash, and each bin keeps a byte of its smallest. Bins without a run stay 0, so that a short text is compared by
the runs it has.

All hashes of a batch come out of one prefix sum of `letter * BASE ** place`: the hash of any stretch is a difference of
two sums, and numpy does the rest without a loop over words.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from corpuslint.text.folding import Folded, fold
from corpuslint.text.patterns import compile_re

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Words = NDArray[np.uint64]

BINS: Final = 128
RUN: Final = 2
"""Words in a run."""
OPENING: Final = 12
"""Words that a paragraph's opening is known by; a shorter paragraph has none."""

_BASE: Final = 0x5851F42D4C957F2D  # Knuth's MMIX multiplier: odd, so that it has an inverse modulo 2**64
_SPREAD: Final = 0x9E3779B97F4A7C15
_CHAIN: Final = 0xC2B2AE3D27D4EB4F

_VANISHES: Final = 0
_PARTS: Final = 1
_LIGATURE: Final = 2
_BREAK: Final = 3
_ASTRAL: Final = compile_re("[\U00010000-\U0010ffff]")


class Imprint(NamedTuple):
    """What is kept of one text: a digest of its words, how many they are, its signature, its paragraphs' openings.

    Each opening is where a paragraph begins (4 bytes) and a hash of its first words (8), both big-endian.
    """

    digest: bytes
    words: int
    signature: bytes
    openings: bytes


def imprint(text: str) -> Imprint:
    """The imprint of one text.

    >>> imprint("كوريا الشّماليّة!").digest == imprint("کوریا  الشمالیة").digest
    True
    """
    return imprints((text,))[0]


def imprints(texts: Sequence[str]) -> list[Imprint]:
    """The imprints of many texts, at a quarter of the price of one by one."""
    import numpy as np

    tables = _tables()
    joined = "".join(f" {text} " for text in texts)
    raw = joined.encode("utf-16-le", "surrogatepass")
    if len(raw) != 2 * len(joined):
        # characters beyond the first plane are emoji and ancient scripts; a blank in their place keeps every offset
        raw = _ASTRAL.sub(" ", joined).encode("utf-16-le", "surrogatepass")
    codes = np.frombuffer(raw, dtype=np.uint16)
    folded = tables.folded.take(codes)
    if (folded == _LIGATURE).any():
        return _without_ligatures(texts)
    breaks = (folded == _BREAK).nonzero()[0]
    kept = folded.nonzero()[0]
    folded = folded.take(kept)
    starts, hashes = _words(folded, tables)
    places = kept.take(starts)
    borders = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum([len(text) + 2 for text in texts], out=borders[1:])
    first = np.searchsorted(places, borders)
    signatures = _signatures(hashes, first, len(texts))
    openings = _openings(breaks, hashes, places, borders, first)
    bounds = first.tolist()
    return [
        Imprint(
            hashlib.blake2b(hashes[start:end].tobytes(), digest_size=16).digest(),
            end - start,
            signatures[number].tobytes(),
            openings[number],
        )
        for number, (start, end) in enumerate(pairwise(bounds))
    ]


def word_hashes(texts: Sequence[str]) -> list[tuple[list[int], list[int], list[int]]]:
    """Of each text where its words begin, where they end, and their hashes; all numbers have the same.

    >>> word_hashes(["ص 12 - ص ٩"])[0][0]
    [0, 2, 7, 9]
    """
    import numpy as np

    tables = _tables()
    joined = "".join(f" {text} " for text in texts)
    raw = joined.encode("utf-16-le", "surrogatepass")
    if len(raw) != 2 * len(joined):
        raw = _ASTRAL.sub(" ", joined).encode("utf-16-le", "surrogatepass")
    folded = tables.folded.take(np.frombuffer(raw, dtype=np.uint16))
    kept = folded.nonzero()[0]
    folded = folded.take(kept)
    starts, hashes = _words(folded, tables)
    inside = folded > _BREAK
    last = (inside[:-1] & ~inside[1:]).nonzero()[0]
    digits = ((folded >= ord("0")) & (folded <= ord("9"))).cumsum()
    hashes[digits.take(last) - digits.take(starts - 1) == last - starts + 1] = 1
    ends = kept.take(last) + 1
    places = kept.take(starts)
    borders = np.cumsum([0, *(len(text) + 2 for text in texts)])
    first = np.searchsorted(places, borders).tolist()
    return [
        (
            (places[begin:behind] - (border + 1)).tolist(),
            (ends[begin:behind] - (border + 1)).tolist(),
            hashes[begin:behind].tolist(),
        )
        for (begin, behind), border in zip(pairwise(first), borders.tolist(), strict=False)
    ]


def _words(folded: NDArray[np.uint16], tables: _Tables) -> tuple[NDArray[np.int64], Words]:
    """Where each word begins, and its hash."""
    import numpy as np

    powers, inverses = _powers(len(folded))
    values = tables.values.take(folded)
    values *= powers[: len(values)]
    sums = values.cumsum()
    inside = folded > _BREAK
    edges = (inside[1:] != inside[:-1]).nonzero()[0]
    before, last = edges[::2], edges[1::2]
    hashes = sums.take(last)
    hashes -= sums.take(before)
    hashes *= inverses.take(before)
    hashes ^= hashes >> np.uint64(29)
    hashes *= np.uint64(_SPREAD)
    return before + 1, hashes


def _chained(hashes: Words, count: int, at: NDArray[np.int64] | slice) -> Words:
    """The hash of `count` words in a row from each place of `at`."""
    import numpy as np

    if isinstance(at, slice):
        size = max(len(hashes) - count + 1, 0)
        chain = hashes[count - 1 : count - 1 + size].copy()
        for step in range(count - 2, -1, -1):
            chain *= np.uint64(_CHAIN)
            chain += hashes[step : step + size]
    else:
        chain = hashes.take(at + (count - 1))
        for step in range(count - 2, -1, -1):
            chain *= np.uint64(_CHAIN)
            chain += hashes.take(at + step)
    chain ^= chain >> np.uint64(32)
    chain *= np.uint64(_SPREAD)
    chain ^= chain >> np.uint64(29)
    return chain


def _signatures(hashes: Words, first: NDArray[np.int64], count: int) -> NDArray[np.uint8]:
    import numpy as np

    runs = (_chained(hashes, RUN, slice(None)) >> np.uint64(32)).astype(np.uint32)
    owner = np.repeat(np.arange(count, dtype=np.int64), np.diff(first))
    if len(runs):
        whole = owner[: len(runs)] == owner[RUN - 1 :]
        runs, owner = runs[whole], owner[: len(runs)][whole]
    owner = owner[: len(runs)]
    smallest = np.full(count * BINS, 0xFFFFFFFF, dtype=np.uint32)
    np.minimum.at(smallest, owner * BINS + (runs >> np.uint32(25)).astype(np.int64), runs)
    # The smallest of many is small in its high bits: only a mixed byte tells two apart.
    mixed = smallest * np.uint32(0x9E3779B1)
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x85EBCA77)
    signatures = (mixed >> np.uint32(24)).astype(np.uint8)
    np.maximum(signatures, 1, out=signatures)
    signatures[smallest == 0xFFFFFFFF] = 0
    return signatures.reshape(count, BINS)


def _openings(
    breaks: NDArray[np.int64],
    hashes: Words,
    places: NDArray[np.int64],
    borders: NDArray[np.int64],
    first: NDArray[np.int64],
) -> list[bytes]:
    import numpy as np

    begins = np.concatenate((borders, breaks))
    begins.sort()
    word = np.searchsorted(places, begins)
    heads = word[:-1][np.diff(word) >= OPENING]
    owners = np.searchsorted(first, heads, side="right") - 1
    packed = np.empty(len(heads), dtype=_OPENING_ROW)
    packed["offset"] = places.take(heads) - borders.take(owners) - 1
    packed["hash"] = _chained(hashes, OPENING, heads)
    bounds = np.searchsorted(owners, np.arange(len(borders))).tolist()
    whole, size = packed.tobytes(), packed.itemsize
    return [whole[start * size : end * size] for start, end in pairwise(bounds)]


_OPENING_ROW: Final = [("offset", ">u4"), ("hash", ">u8")]


def _without_ligatures(texts: Sequence[str]) -> list[Imprint]:
    """A ligature is one character and several letters: fold it first, and find the way back for the offsets."""
    plain = [number for number, text in enumerate(texts) if not _LIGATURES.search(text)]
    found = dict(zip(plain, imprints([texts[number] for number in plain]), strict=True))
    for number, text in enumerate(texts):
        if number not in found:
            folded = Folded(text)
            made = imprint(_LIGATURES.sub(" ", folded.text))
            rows = struct.iter_unpack(">LQ", made.openings)
            openings = (struct.pack(">LQ", folded.offset(at), value) for at, value in rows)
            found[number] = made._replace(openings=b"".join(openings))
    return [found[number] for number in range(len(texts))]


class _Tables(NamedTuple):
    """Code unit -> what it folds to, and what that weighs in a hash."""

    folded: NDArray[np.uint16]
    values: Words


def _folds() -> dict[int, int]:
    """What the code units of letters, digits and marks fold to; anything else parts words."""
    spans = (range(0x21, 0x3000), range(0xA640, 0xAC00), range(0xF900, 0x10000))
    codes = [code for span in spans for code in span]
    plains = fold("\n".join(map(chr, codes))).lower().split("\n")
    folds = {code: code for code in range(0x3000, 0xE000) if chr(code).isalnum()}
    for code, plain in zip(codes, plains, strict=True):
        character = chr(code)
        if not plain:
            folds[code] = _VANISHES
        elif character.isalnum():
            folds[code] = ord(plain) if len(plain) == 1 else _LIGATURE if code >= 0xFB00 else code
        elif character != "_" and f"a{character}".isidentifier():  # a combining mark
            folds[code] = _VANISHES
    return folds


_LIGATURES: Final = compile_re("[\ufb00-\ufb06\ufb13-\ufb17\ufbdd\ufbea-\ufbfb\ufc00-\ufdff\ufef5-\ufefc]")


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    import numpy as np

    folded = np.full(0x10000, _PARTS, dtype=np.uint16)
    folds = _folds()
    folded[list(folds)] = list(folds.values())
    folded[[0x0A, 0x0D]] = _BREAK
    values = np.arange(0x10000, dtype=np.uint64)
    values *= np.uint64(_SPREAD)
    values ^= values >> np.uint64(31)
    values *= np.uint64(_CHAIN)
    values ^= values >> np.uint64(29)
    values[:4] = 0
    return _Tables(folded, values)


_known_powers: dict[str, Any] = {}


def _powers(size: int) -> tuple[Words, Words]:
    """The powers of the base and of its inverse, at least `size` of each."""
    import numpy as np

    if len(_known_powers.get("base", ())) < size:
        count = max(1 << 18, 1 << (size - 1).bit_length())
        for name, factor in (("base", _BASE), ("inverse", pow(_BASE, -1, 1 << 64))):
            powers = np.full(count, factor, dtype=np.uint64)
            powers[0] = 1
            _known_powers[name] = np.multiply.accumulate(powers)
    return _known_powers["base"], _known_powers["inverse"]
