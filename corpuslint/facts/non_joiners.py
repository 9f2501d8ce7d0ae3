"""Persian words whose zero width non-joiner was deleted, and where it stood: می‌شود that became میشود.

Extractors that delete format characters glue the parts of every tenth word. What a word was is told by words of news
that have their non-joiner, and by its parts: a stem with a plural ending, a verb behind می
(`benchmarks/fit_letters.py`).
"""

from __future__ import annotations

from collections.abc import Container
from functools import cache, lru_cache
from typing import Final

from corpuslint.resources import fact_data
from corpuslint.text.characters import ZWNJ
from corpuslint.text.invisible import NON_JOINING

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


@cache
def _words() -> dict[str, dict[str, str]]:
    """Words, stems, verbs, participles, and words that look parted and are whole, by what they are."""
    known: dict[str, dict[str, str]] = {kind: {} for kind in ("word", "stem", "verb", "participle", "whole")}
    lines = fact_data("persian-parts.tsv").splitlines()
    for line in lines:
        kind, word = line.split("\t")
        known[kind][word.replace("|", "")] = word.replace("|", ZWNJ)
    return known
