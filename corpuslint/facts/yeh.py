"""Yeh or alef maksura: which of the two an Arabic word ends in, where the text has a letter that could be either.

A Persian keyboard has one letter for both, so علی is على ("on") or علي (Ali). The shape of the word decides some, the
spelling of 79,000 news articles decides most, the neighbours decide على; where both are words, nobody decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from corpuslint.resources import fact_data
from corpuslint.text.characters import ALEF_MAKSURA, ARABIC_YEH


class FinalYeh(NamedTuple):
    """The letter a word ends in; `certain` is False where both spellings are words and `letter` only the commoner.

    `likely` is True where 99 of 100 such words end in `letter`, and the others are a name that nothing gives away.
    """

    letter: str
    certain: bool
    likely: bool = False


def final_yeh(stem: str, before: str = "", after: str = "", vowel: str = "") -> FinalYeh:
    """Yeh or alef maksura at the end of the Arabic word that starts with `stem`, between two neighbour words.

    `after` may be the sign that follows instead of a word. `vowel` is the sign before the letter, which settles it.

    >>> final_yeh("إل")
    FinalYeh(letter='ى', certain=True, likely=False)
    >>> final_yeh("والسعود").letter, final_yeh("عل", "محمد").letter, final_yeh("عل", "قال", "إن").letter
    ('ي', 'ي', 'ي')
    >>> final_yeh("عل", after="الطريق"), final_yeh("عل", before="قال", after="الشاعر").certain
    (FinalYeh(letter='ى', certain=True, likely=False), False)
    >>> final_yeh("عل", before="مواطنه", after="قنديل")
    FinalYeh(letter='ى', certain=False, likely=True)
    >>> final_yeh("رأ").certain
    False
    >>> final_yeh("عل", vowel="\N{ARABIC FATHA}").letter, final_yeh("عل", vowel="\N{ARABIC KASRA}").letter
    ('ى', 'ي')
    """
    if vowel == _KASRA:
        return FinalYeh(ARABIC_YEH, True)
    if vowel == _FATHA and len(stem) > 1:  # unless it is a dual, as "between his hands" is
        known = None if stem in _ON else known_final_yeh(stem)
        return FinalYeh(ALEF_MAKSURA, known is None or not known.certain or known.letter == ALEF_MAKSURA)
    if stem in _ON:
        return _on_or_ali(stem, before, after)
    if stem in _YAHYA and _is_name_beside(before, after):
        return FinalYeh(ALEF_MAKSURA, True)
    return known_final_yeh(stem) or _by_shape(stem)


def known_final_yeh(stem: str) -> FinalYeh | None:
    """What the lexicon says of `stem`, itself or without its prefixes; None for an unknown word."""
    known = lexicon()
    # A stem of one letter is left alone: لى, بى are words of their own.
    return known.get(stem) or next((known[bare] for bare in _without_prefix(stem, 2) if bare in known), None)


def _without_prefix(stem: str, least: int) -> Iterator[str]:
    """`stem` without each of its prefixes, the longest first, that leaves so many letters."""
    for prefix in PREFIXES:
        if stem.startswith(prefix) and len(stem) - len(prefix) >= least:
            yield stem[len(prefix) :]


@cache
def lexicon() -> dict[str, FinalYeh]:
    """Each known stem and what it ends in."""
    known: dict[str, FinalYeh] = {}
    for line in _data("final-yeh.tsv"):
        stem, tab, verdict = line.partition("\t")
        if not tab or stem.startswith("#"):
            continue
        if verdict in (ALEF_MAKSURA, ARABIC_YEH):
            known[stem] = FinalYeh(verdict, True)
        else:
            maksura, yeh = map(int, verdict.split())
            known[stem] = FinalYeh(ALEF_MAKSURA if maksura > yeh else ARABIC_YEH, False)
    return known


@cache
def _beside_ali() -> frozenset[tuple[str, str]]:
    rows = (line.partition("\t") for line in _data("beside-ali.tsv") if not line.startswith("#"))
    return frozenset((place, word) for place, _, word in rows)


@cache
def _around_on() -> frozenset[str]:
    """Words that stand before or behind على, and hardly ever beside the name."""
    return frozenset(_data("around-on.txt"))


def _data(name: str) -> list[str]:
    return fact_data(name).splitlines()


def _by_shape(stem: str) -> FinalYeh:
    bare = next(_without_prefix(stem, 3), stem)
    # What the lexicon lacks are names and relative adjectives, which end in yeh; short unknown words can be verbs
    # (تتلهى, انزوى), whose last letter goes either way.
    definite = bare is not stem and "ال" in stem[:4]
    settled = bare.endswith(_YEH_ENDINGS) or (len(bare) >= 4 and (definite or bare[0] not in _VERB_HEADS))
    return FinalYeh(ARABIC_YEH, settled and len(bare) >= 3)


def _is_name_beside(before: str, after: str) -> bool:
    """Whether a neighbour is a given name or a title, so that the word between them is a name as well."""
    beside = _beside_ali()
    ahead = before.removeprefix("و").replace("ی", ALEF_MAKSURA)
    return ("before", before) in beside or ("before", ahead) in beside or ("behind", after) in beside


def _on_or_ali(stem: str, before: str, after: str) -> FinalYeh:
    beside = _beside_ali()
    if _is_name_beside(before, after) or ("never", after) in beside:
        return FinalYeh(ARABIC_YEH, True)
    if after in _OPENING or after.isdigit():
        return FinalYeh(ALEF_MAKSURA, True)
    if not after or not after[0].isalpha():
        # The preposition always has its noun behind it on the same line; a name may end a clause.
        return FinalYeh(ARABIC_YEH, after in _CLOSING)
    if ("subject", before.removeprefix("و")) in beside and ("fixed", after) not in beside:
        # A verb that needs a subject, or what somebody does for a living: Ali may be the one.
        return FinalYeh(ALEF_MAKSURA, False)
    relative = after.startswith("ال") and after.endswith((ARABIC_YEH, "ی")) and ("noun", after) not in beside
    if ("name", after) in beside or relative:
        return FinalYeh(ALEF_MAKSURA, False)
    known = _around_on()
    # A word of a phrase that the preposition stands in, or one that names do not look like.
    settled = (
        (after in known or before in known or before.removeprefix("و") in known)
        or (len(after) > 4 and after.endswith(_ITS))
        or (
            after.startswith("ال")
            and len(before) > 2
            and not before.startswith("ال")
            and not before.endswith(_OF_A_NAME)
        )
    )
    return FinalYeh(ALEF_MAKSURA, settled, not settled)


PREFIXES: Final = (
    "وبال", "وكال", "ولل", "فلل", "فبال", "وال", "بال", "فال", "كال", "لل", "ال",
    "وب", "ول", "وس", "فس", "فب", "فل", "أو", "أف", "و", "ف", "ب", "ل", "ك", "س", "أ",
)  # fmt: skip
"""Conjunctions, prepositions and the article as they are written before a word, longest first."""

_FATHA, _KASRA = "\N{ARABIC FATHA}", "\N{ARABIC KASRA}"
_ITS: Final = ("ها", "هم", "هما", "هن")
_OF_A_NAME: Final = ("ي", "ية")
_YAHYA: Final = frozenset({"يحي", "ويحي", "ليحي", "بيحي"})
_OPENING: Final = frozenset("«“([{")
_CLOSING: Final = frozenset("،,.؛;؟?!)»”]}")
_ON: Final = frozenset({"عل", "وعل"})
_VERB_HEADS: Final = frozenset("أاتين")
_YEH_ENDINGS: Final = ("او", "ان", "ائ", "ون", "ين", "يل", "يك", "يس", "يت", "ير", "يد", "اس", "يو", "ن", "ئ", "لوج")
