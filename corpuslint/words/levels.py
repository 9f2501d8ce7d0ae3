"""The one fold of letters, at four levels: which spellings count as one word, and which as one term.

A level is a table of the characters up to the end of the Arabic block: the letter that each folds to, or that it is
no letter. Above that block nothing folds, and joiners and direction marks vanish.

    SPELLING  one word however a page types it: alef with anything on it, yeh, kaf, heh and teh marbuta, waw with hamza,
              Sorani reh; small and capital letters; digits of three scripts. Vowel signs and tatweel vanish.
    TERM      that, and the seat of hamza is a yeh, hamza alone vanishes: words that only differ so mean the same thing.
    SKELETON  one letter for what languages write with different ones: پ is ب, گ is ك, ٹ is ت, ۇ is و.
    KEYBOARD  that, for every letter that some keyboard has in place of another's; hamza and signs of recitation vanish.

Words are compared at a level that the comparison names; nothing else in `words` folds.
"""

from __future__ import annotations

from array import array
from typing import Final, NamedTuple

TABLED: Final = 0x700
"""Characters below this are looked up; those above stand for themselves where they are letters or digits."""

SIGN, VANISHES, BLANK = range(3)

_ALIKE: Final = (
    ("ا", "أإآٱ"),
    ("ی", "يىې"),
    ("ک", "ك"),
    ("ه", "ةہەۀۃھ"),
    ("و", "ؤ"),
    ("ر", "ڕ"),
)
_ALIKE_AS_TERMS: Final = (("ی", "ئ"),)
_ALIKE_BESIDE: Final = (
    ("ی", "ۍئےێ"), ("ک", "گګڭ"), ("و", "ۆۇۈۋ"), ("ب", "پ"), ("ج", "چڃڅځ"), ("ز", "ژږ"), ("ر", "ړڑ"), ("ل", "ڵ"),
    ("ت", "ٹټ"), ("د", "ڈډ"), ("ن", "ںڼ"), ("س", "ښش"), ("ف", "ڤ"),
)  # fmt: skip
_ALIKE_ON_KEYBOARDS: Final = (
    ("ا", "أإآٱٲٳ"), ("و", "ؤٶۆۇۈۋۉ"), ("ی", "يىئېۍێےۓٸؠ"), ("ک", "كڪګگڱڳڭ"), ("ه", "ةہھەۀۂۃ"), ("ب", "پٻڀ"),
    ("ج", "چڃڄڇ"), ("ز", "ژ"), ("ف", "ڤڦڥ"), ("ق", "ڨ"), ("ت", "ٹټٺٽٿ"), ("د", "ڈډڊڌڍڏ"), ("ر", "ڑړڕڙږ"), ("ن", "ںڼڻ"),
    ("ل", "ڵ"), ("س", "ښ"), ("ح", "ځڅ"),
)  # fmt: skip
_VANISHING_FROM_TERMS: Final = "ء"
_VANISHING: Final = (
    *range(ord("\N{ARABIC FATHATAN}"), ord("\N{ARABIC WAVY HAMZA BELOW}") + 1),
    *map(
        ord,
        "\N{ARABIC TATWEEL}\N{ARABIC LETTER SUPERSCRIPT ALEF}\N{SOFT HYPHEN}\N{ARABIC LETTER MARK}",
    ),
)
_UNSEEN: Final = (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF)


class Level(NamedTuple):
    """What is folded: as the kernel wants it, by character, and as `str.translate` does."""

    table: array[int]
    letters: dict[int, str | None]


_PLAIN: Final = [
    ord(character.lower()[0]) if character.isalnum() else BLANK if character.isspace() else SIGN
    for character in map(chr, range(TABLED))
]


def _made(alike: tuple[tuple[str, str], ...], vanishing: tuple[int, ...]) -> Level:
    table = array("H", _PLAIN)
    for letter, variants in alike:
        for variant in variants:
            table[ord(variant)] = ord(letter)
    for zero in "٠۰":
        for digit in range(10):
            table[ord(zero) + digit] = ord("0") + digit
    for code in vanishing:
        table[code] = VANISHES
    letters = {
        code: None if kind == VANISHES else chr(kind)
        for code, kind in enumerate(table)
        if kind not in (code, SIGN, BLANK)
    }
    return Level(table, letters | dict.fromkeys(_UNSEEN))


SPELLING: Final = _made(_ALIKE, _VANISHING)
SKELETON: Final = _made(_ALIKE + _ALIKE_BESIDE, _VANISHING)
KEYBOARD: Final = _made(
    _ALIKE_ON_KEYBOARDS,
    (*_VANISHING, ord("ء"), *range(0x610, 0x61B), *range(0x6D6, 0x6DD), *range(0x6DF, 0x6E9), *range(0x6EA, 0x6ED)),
)
TERM: Final = _made(_ALIKE + _ALIKE_AS_TERMS, (*_VANISHING, *map(ord, _VANISHING_FROM_TERMS)))


def folded(text: str, level: Level) -> str:
    """`text` with its letters folded, all else as it is: what two words must have in common to be one at a level.

    >>> folded("إقرأ المَزيد Share ١٢", SPELLING)
    'اقرا المزید share 12'
    """
    return text.translate(level.letters)
