"""Persian words whose zero width non-joiner was deleted, and where it stood: می‌شود that became میشود.

Extractors that delete format characters glue the parts of every tenth word. What a word was is told by words of news
that have their non-joiner, and by its parts: a stem with a plural ending, a verb behind می
(`benchmarks/fit_letters.py`).
"""

from __future__ import annotations

from array import array
from collections.abc import Container
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from corpuslint.resources import fact_data, fact_path
from corpuslint.text.characters import ZWNJ
from corpuslint.text.invisible import NON_JOINING
from corpuslint.text.patterns import compile_re
from corpuslint.words import kernel
from corpuslint.words.levels import TABLED
from corpuslint.words.lexicon import Table, table_of
from corpuslint.words.store import kept_arrays

SUFFIXES: Final = (
    *("هایشان", "هایمان", "هایتان", "هایش", "هایت", "هایم", "هایند", "هاست", "هایی", "های", "ها"),
    *("ترین", "تری", "تر"),
)
"""Endings that a non-joiner parts from their stem, longer ones first."""

PREFIXES: Final = ("نمی", "می")
"""What stands before a verb."""

PARTICIPLE_ENDINGS: Final = ("اند", "ایم", "اید", "ام")
_ENDINGS: Final = SUFFIXES + PARTICIPLE_ENDINGS


@lru_cache(maxsize=1 << 14)
def with_non_joiner(word: str) -> str:
    """`word` with its non-joiners, or as it is where it needs none that anybody could tell.

    >>> with_non_joiner("میشود").split(ZWNJ), with_non_joiner("میان"), with_non_joiner("تنها")
    (['می', 'شود'], 'میان', 'تنها')
    """
    known = _words()
    parted = known["word"].get(word)
    if parted:
        return parted
    if word in known["whole"]:
        return word
    return by_parts(word, known["verb"].keys(), known["participle"].keys(), known["stem"].keys())


def by_parts(word: str, verbs: Container[str], participles: Container[str], stems: Container[str]) -> str:
    """`word` parted behind a prefix, a participle or a stem that is in one of the collections."""
    for prefix in PREFIXES:
        if word.startswith(prefix) and word[len(prefix) :] in verbs:
            return f"{prefix}{ZWNJ}{word[len(prefix) :]}"
    if not word.endswith(_ENDINGS):
        return word
    for ending in PARTICIPLE_ENDINGS:
        if word.endswith(ending) and word[: -len(ending)] in participles:
            return f"{word[: -len(ending)]}{ZWNJ}{ending}"
    for ending in SUFFIXES:
        if word.endswith(ending):
            stem = word[: -len(ending)]
            if len(stem) > 1 and stem[-1] not in NON_JOINING and stem in stems:
                return f"{stem}{ZWNJ}{ending}"
    return word


def count_glued(text: str) -> tuple[int, int]:
    """How many words a text has, and how many of them lost a non-joiner: a look before any is parted.

    >>> count_glued("او میشود، نمیشود و میان")
    (5, 2)
    """
    found: tuple[int, int] = kernel.count_known(text, _LETTERS, _glued().slots, _glued().numbers)
    return found


WORD: Final = compile_re("[\u0621-\u063a\u0641-\u064a\u0671-\u06d3\u06d5\u064b-\u0655\u0670]++")
_LETTERS: Final = array("H", (code if WORD.match(chr(code)) else 0 for code in range(TABLED)))


@cache
def _glued() -> Table:
    """All words that `with_non_joiner` parts."""
    kept = kept_arrays("non-joiners", (fact_path("persian-parts.tsv"), Path(__file__)), _made)
    return Table(kept["slots"], kept["numbers"])


def _made() -> dict[str, array[int]]:
    known = _words()
    stems = [stem for stem in known["stem"] if len(stem) > 1 and stem[-1] not in NON_JOINING]
    pairs = (PREFIXES, known["verb"]), (known["participle"], PARTICIPLE_ENDINGS), (stems, SUFFIXES)
    parted = {first + last for firsts, lasts in pairs for first in firsts for last in lasts}
    words = sorted(parted.difference(known["whole"]).union(known["word"]))
    table = table_of(kernel.key_of(word, _LETTERS) for word in words)
    return {"slots": table.slots, "numbers": table.numbers}


@cache
def _words() -> dict[str, dict[str, str]]:
    """Words, stems, verbs, participles, and words that look parted and are whole, by what they are."""
    known: dict[str, dict[str, str]] = {kind: {} for kind in ("word", "stem", "verb", "participle", "whole")}
    lines = fact_data("persian-parts.tsv").splitlines()
    for line in lines:
        kind, word = line.split("\t")
        known[kind][word.replace("|", "")] = word.replace("|", ZWNJ)
    return known
