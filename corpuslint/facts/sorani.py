"""Sorani typed on a Persian or Arabic keyboard, restored: ە ێ ۆ ڕ ڵ where the keyboard has only ه ی و ر ل.

Sorani writes its vowels, so what stands around a letter tells most of what it is: the contexts, and the words in which
contexts mislead, come from clean Sorani (`benchmarks/fit_letters.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from corpuslint.languages import LANGUAGES
from corpuslint.resources import fact_data
from corpuslint.text.characters import AE, HEH, HEH_DOACHASHMEE, ZWNJ
from corpuslint.text.patterns import compile_re

OWN_LETTERS: Final = compile_re("[ەێۆڕڵ]")
"""Letters that neither a Persian nor an Arabic keyboard has."""

REACHES: Final = ((0, 0), (1, 0), (1, 1), (2, 1), (2, 2), (3, 2), (3, 3))
"""How many letters before and behind are looked at, each holding the one before it."""

AMBIGUOUS: Final = "هیورل"
"""Letters that stand for two."""

EDGE: Final = "^"

_KEYBOARD: Final = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ھ": HEH, "ہ": HEH, "ؤ": "ۆ", "ة": "ە"})
_SKELETON: Final = str.maketrans("ەێۆڕڵ", "هیورل")
_INNER_HAMZA: Final = compile_re("(?<=[^ائێۆوەی])ئ(?![اەۆێوی])")  # ئ between consonants stood for ێ
_TYPED_AE: Final = compile_re("ة(?=[ء-ي])|(?<![ء-ي])[لبك]ة(?![ء-ي])")
_WORD: Final = compile_re("[\u0621-\u06d5]+")
_LITTLE_WORDS: Final = frozenset(LANGUAGES["ckb"].words)
_ARABIC_WORDS: Final = frozenset(LANGUAGES["ar"].words) - frozenset(LANGUAGES["ckb"].words)
_OF_ARABIC: Final = compile_re("[صضطظذثإأ]|^و?ال..|ء")


def restore_sorani(word: str, doubtful: str = AMBIGUOUS) -> tuple[str, float]:
    """`word` in Kurdish letters, and how sure its least sure letter is, from 0 to 1; `doubtful` letters may change.

    >>> restore_sorani("ههولیر")[0], restore_sorani("کوردستان")[0], restore_sorani("الثورة")
    ('هەولێر', 'کوردستان', ('الثورة', 0.0))
    >>> restore_sorani("ههولیر", HEH)[0]
    'هەولیر'
    """
    if _OF_ARABIC.search(word):
        return word, 0.0
    typed = _INNER_HAMZA.sub("ێ", word.translate(_KEYBOARD))
    skeleton = typed.translate(_SKELETON)
    known = _words().get(skeleton)
    if known:
        return "".join(right if letter in doubtful else letter for letter, right in zip(typed, known, strict=True)), 1.0
    contexts = _contexts()
    padded = f"{EDGE * 3}{skeleton}{EDGE * 3}"
    letters, sureness = list(typed), 1.0
    for place, letter in enumerate(typed, 3):
        if letter not in doubtful:
            continue  # a letter of its own, or one that only Kurdish has
        for left, right in reversed(REACHES):
            found = contexts.get((padded[place - left : place], letter, padded[place + 1 : place + 1 + right]))
            if found:
                letters[place - 3], share = found
                sureness = min(sureness, share)
                break
    return "".join(letters), sureness


def lacks_ae(line: str) -> bool:
    """Whether a line of Sorani has ه for each ە, whatever its other letters: clean text has five ە for each h.

    >>> lacks_ae("له ههولێر كۆبوونهوهیهكی گهوره كرا"), lacks_ae("لە هەولێر كۆبوونەوەیەكی گەورە كرا")
    (True, False)
    """
    heh = sum(map(line.count, _HEHS)) - line.count(f"{HEH}{ZWNJ}")  # which is how ە was typed before Unicode had it
    return heh >= _ENOUGH_HEH and heh >= _SHARE_OF_HEH * line.count(AE)


_HEHS: Final = f"{HEH}{HEH_DOACHASHMEE}"
_ENOUGH_HEH: Final = 8
_SHARE_OF_HEH: Final = 8
"""So many h to each ە are no Sorani: of five thousand clean lines none has them."""


def font_of(text: str) -> str:
    """The font that a text of Sorani was typed for, before Unicode had its letters; "" where it was for none.

    In its letters at least three words, and one in six, are frequent in Sorani, and hardly one is as the text stands.

    >>> font_of("طوتى كة ضةند ثيَشمةرطة لة شارى هةوليَر بوون"), font_of("گوتی کە چەند پێشمەرگە لە شاری هەولێر بوون")
    ('Ali-K', '')
    """
    readings = [(_frequent(read := from_font(text, font)), -_foreign(read), font) for font in LANGUAGES["ckb"].fonts]
    known, _, font = max(readings, key=lambda reading: reading[:2])
    told = known >= 3 and 6 * known >= len(_WORD.findall(text)) and known > 4 * _frequent(text)
    return font if told else ""


def may_be_typed(line: str) -> bool:
    """Whether a line holds ة where Arabic has none, and no letter that a font of that time would not have needed."""
    return _TYPED_AE.search(line) is not None and not OWN_LETTERS.search(line)


def _foreign(text: str) -> int:
    """How many letters of a text Sorani does not have."""
    return sum(letter not in LANGUAGES["ckb"].alphabet for word in _WORD.findall(text) for letter in word)


def from_font(text: str, font: str) -> str:
    """`text` that was typed for a font, in the letters that the font drew."""
    letters = LANGUAGES["ckb"].fonts[font]
    return _typed(font).sub(lambda match: letters[match[0]], text)


def _frequent(line: str) -> int:
    """How many words of a line are the little ones of Sorani, or frequent ones of more than three letters."""
    frequent = _frequent_words()
    return sum(word in _LITTLE_WORDS or (len(word) > 3 and word in frequent) for word in _WORD.findall(line))


@cache
def _typed(font: str) -> re.Pattern[str]:
    typed = sorted(LANGUAGES["ckb"].fonts[font], key=len, reverse=True)
    return compile_re("|".join(typed))


@cache
def _frequent_words() -> frozenset[str]:
    return frozenset(fact_data("sorani-words.txt").split())


def in_arabic(words: Sequence[str]) -> Iterator[bool]:
    """For each word of a line, whether it stands in an Arabic verse or saying: two of five words around are Arabic.

    >>> list(in_arabic("گوتی بسم الله الرحمن الرحيم و دهستی پی کرد ئیتر".split()))
    [False, True, True, True, True, True, False, False, False, False]
    """
    signs = [bool(_OF_ARABIC.search(word)) or word.removeprefix("و") in _ARABIC_WORDS for word in words]
    for place in range(len(words)):
        yield sum(signs[max(0, place - 2) : place + 3]) >= 2


@cache
def _words() -> dict[str, str]:
    words = fact_data("sorani-words.txt").split()
    return {word.translate(_SKELETON): word for word in words}


@cache
def _contexts() -> dict[tuple[str, str, str], tuple[str, float]]:
    table = {}
    for line in fact_data("sorani-letters.tsv").splitlines():
        left, letter, right, meant, percent = line.split("\t")
        table[left, letter, right] = (meant, int(percent) / 100)
    return table
