"""What is kept of a text so that others can be compared with it: the one measure of how much two texts have in common.

A signature is one-permutation MinHash (Li, Owen, Zhang 2012) over runs of two words: every run falls into one of `BINS`
bins by its key, and each bin keeps a byte of its smallest. Bins without a run stay 0, so that a short text is compared
by the runs it has. Letter habits, vowel signs, case, blanks and punctuation make no difference (`words.levels`).
"""

from __future__ import annotations

import hashlib
import struct
from array import array
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from corpuslint.later import Later
from corpuslint.text.characters import PRESENTATION_FORMS
from corpuslint.text.patterns import compile_re
from corpuslint.text.shaping import plain_letters
from corpuslint.words import kernel
from corpuslint.words.reading import Reading, read

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = Later("numpy")

BINS: Final = 128
OPENING: Final = 12
"""Words that a paragraph's opening is known by; a shorter paragraph has none."""
NEAR: Final = 0.6
"""The share of two-word runs from which two texts are near-duplicates: one word in ten differs, or a paragraph."""

_FORM: Final = compile_re(f"[{PRESENTATION_FORMS}]")
_OPENING: Final = struct.Struct(">LQ").pack
_PAIRS_AT_ONCE: Final = 1 << 13
_NEIGHBOURS: Final = 7
_LARGE: Final = 64
_CHANCE: Final = 1 / 255
"""How often two different bytes of signatures are the same."""


class Imprint(NamedTuple):
    """What is kept of one text: a digest of its words, how many they are, its signature, its paragraphs' openings.

    Each opening is where a paragraph begins (4 bytes) and a hash of its first words (8), both big-endian.
    """

    digest: bytes
    words: int
    signature: bytes
    openings: bytes


def imprint(reading: Reading) -> Imprint:
    """The imprint of a text.

    >>> imprint(read("كوريا الشّماليّة!")).digest == imprint(read("کوریا  الشمالیة")).digest
    True
    """
    plain = read(plain_letters(reading.text)) if _FORM.search(reading.text) else reading
    most = reading.line_count()
    places, hashes = array("i", bytes(4 * most)), array("Q", bytes(8 * most))
    count = kernel.openings_of(
        reading.text, reading.starts, reading.ends, reading.keys, reading.lines, OPENING, places, hashes
    )
    return Imprint(
        hashlib.blake2b(plain.keys.tobytes(), digest_size=16).digest(),
        len(plain.keys),
        _signature(plain),
        b"".join(map(_OPENING, places[:count], hashes[:count])),
    )


def signature_of(text: str) -> bytes:
    """The signature of a text, `BINS` bytes."""
    return _signature(read(plain_letters(text)))


def _signature(reading: Reading) -> bytes:
    signature = array("B", bytes(BINS))
    kernel.sign_runs(reading.keys, array("Q", bytes(8 * BINS)), signature)
    return signature.tobytes()


def likeness(left: bytes, right: bytes) -> float:
    """The share of two-word runs that two texts have in common, estimated from their signatures."""
    first, second = (np.frombuffer(signature, dtype=np.uint8)[None, :] for signature in (left, right))
    return float(_likenesses(first, second)[0]) if len(left) == len(right) else 0.0


def near_pairs(signatures: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Every pair of ids whose texts are near-duplicates, each pair once, in the order of ids.

    Of very many texts that are alike each is paired with the first, or with a neighbour: they are joined all the same.
    """
    names = sorted(signatures)
    if len(names) < 2:
        return
    table = np.frombuffer(b"".join(signatures[name] for name in names), dtype=np.uint8).reshape(-1, BINS)
    left, right = candidates(table)
    near = likenesses_of(table, left, right) >= NEAR
    for first, second in zip(left[near].tolist(), right[near].tolist(), strict=True):
        yield names[first], names[second]


def likenesses_of(signatures: NDArray[np.uint8], left: NDArray[Any], right: NDArray[Any]) -> NDArray[np.float64]:
    """How much the texts of each pair of rows have in common."""
    shares = np.empty(len(left), dtype=np.float64)
    for start in range(0, len(left), _PAIRS_AT_ONCE):
        part = slice(start, start + _PAIRS_AT_ONCE)
        shares[part] = _likenesses(signatures[left[part]], signatures[right[part]])
    return shares


def _likenesses(left: NDArray[np.uint8], right: NDArray[np.uint8]) -> NDArray[np.float64]:
    same = ((left == right) & (left != 0)).sum(axis=1)
    either = ((left | right) != 0).sum(axis=1)
    agreement = same / np.maximum(either, 1)
    estimate: NDArray[np.float64] = (agreement - _CHANCE) / (1 - _CHANCE)
    return estimate


def candidates(signatures: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of rows worth comparing, each once, the earlier row first."""
    count = len(signatures)
    rows = np.arange(count, dtype=np.int64)
    found = [np.empty(0, dtype=np.int64)]
    for band in bands_of(signatures).T:
        left, right = paired(band, rows)
        found.append(np.unique(left * count + right))
    together = np.unique(np.concatenate(found))
    return together // max(count, 1), together % max(count, 1)


def bands_of(signatures: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """A number for each of the 32 bands of each signature, four bytes with the place of the band before them.

    Texts that agree in a whole band are worth comparing: a pair at 0.8 is missed once in ten million, one at 0.6 once
    in ninety.
    """
    bands = _filled(signatures).view(np.uint32).astype(np.uint64)
    return bands | np.arange(bands.shape[1], dtype=np.uint64) << np.uint64(32)


def paired(bands: NDArray[Any], texts: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of rows of texts with a band in common, the earlier (smaller) text first, some pairs more than once.

    Of a band that very many texts share, each is paired with its neighbours and the first only: they are joined all the
    same.
    """
    order = np.lexsort((texts, bands))
    bands, texts = bands[order], texts[order]
    new = changes(bands)
    kept = new | changes(texts)  # each text once
    kept &= ~new | ~np.append(new[1:], True)  # and none that is alone with its band
    bands, rows = bands[kept], order[kept]
    starts = changes(bands).nonzero()[0]
    sizes = np.diff(np.append(starts, len(bands)))
    size, start, place = np.repeat(sizes, sizes), np.repeat(starts, sizes), np.arange(len(bands))
    later = (place > start).nonzero()[0]
    left, right = [rows[start[later]]], [rows[later]]
    for step in range(1, _NEIGHBOURS + 1):
        near = ((place - start >= step) & ((size <= _LARGE) | (step == 1))).nonzero()[0]
        left.append(rows[near - step])
        right.append(rows[near])
    return np.concatenate(left), np.concatenate(right)


def changes(*columns: NDArray[Any]) -> NDArray[np.bool_]:
    """Of rows in order, those in which one of these columns differs from the row before; the first does."""
    new = np.zeros(len(columns[0]), dtype=bool)
    new[:1] = True
    for column in columns:
        new[1:] |= column[1:] != column[:-1]
    return new


def _filled(signatures: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Signatures in which empty bins hold what the next filled one does, mixed with how far away it is."""
    place = np.arange(BINS)
    filled = np.where(signatures != 0, place, 2 * BINS)
    nearest = np.minimum.accumulate(filled[:, ::-1], axis=1)[:, ::-1]
    nearest = np.minimum(nearest, nearest[:, :1] + BINS)  # behind the last comes the first
    values = np.take_along_axis(signatures, nearest % BINS, axis=1)
    mixed: NDArray[np.uint8] = values ^ ((nearest - place).astype(np.uint8) * np.uint8(0x9D))
    return mixed
