"""The language of a text too short for its letters to tell, and the words that languages share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from corpuslint.facts.yeh import final_yeh
from corpuslint.languages import LANGUAGES
from corpuslint.text.characters import ALEF_MAKSURA, ARABIC_YEH, FARSI_YEH, TATWEEL, ZWJ, ZWNJ
from corpuslint.text.folding import fold
from corpuslint.text.invisible import LETTERS
from corpuslint.text.patterns import compile_re


def told_by_a_word(text: str) -> str:
    """The language of a text too short to be read, where one of its words is of that language alone; else "".

    >>> [told_by_a_word(text) for text in ("وصل إلی بغداد", "پدر گفت", "كوردستان", "حتی موسی")]
    ['ar', 'fa', 'ckb', '']
    """
    words = WORD.findall(text)
    if len(words) > 1 and all(map(is_formula, words)):
        return "ar"
    languages = {language for language, sign in _TELLING_WORDS.items() if sign.search(text)}
    if not languages and _joined_names(words) >= 2:
        languages = {"ar"}
    return languages.pop() if len(languages) == 1 else ""


def _joined_names(words: Sequence[str]) -> int:
    """How many words are a word that ends in alef maksura with the conjunction joined to it, as Arabic alone writes."""
    stems = (word[1:-1] for word in words if len(word) > 4 and word[0] == "و" and word[-1] in "یيى")
    return sum(final_yeh(stem.replace(FARSI_YEH, ARABIC_YEH), "موسى").letter == ALEF_MAKSURA for stem in stems)


@lru_cache(maxsize=1 << 14)
def is_formula(word: str) -> bool:
    return fold(word) in _FORMULA


_TELLING_WORDS: Final = {tag: compile_re(language.telling) for tag, language in LANGUAGES.items() if language.telling}
MARKS: Final = "\u064b-\u065f\u0670\u0610-\u061a\u06d6-\u06ed"
WORD: Final = compile_re(f"[{LETTERS}](?:[{LETTERS}{MARKS}{TATWEEL}]|[{ZWNJ}{ZWJ}](?=[{LETTERS}]))*")
"""A word: letters with their marks, tatweel, and joiners between two letters."""
# Formulas that every Muslim language has, and that are Arabic in an Arabic line.
_FORMULA: Final = frozenset(map(fold, ("صلى", "الله", "عليه", "وآله", "وسلم", "رضي", "عنه", "بسم", "الرحمن", "الرحيم")))
