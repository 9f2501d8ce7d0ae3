"""The shadow of a text in which spelling habits are gone: one letter for every kaf, yeh, heh and alef, no vowel signs.

Folded away: kaf, yeh (dotted or not, and as a seat of hamza), heh and teh marbuta, alef with anything on it, vowel
signs, tatweel, presentation forms, digits of three scripts, every kind of blank (a run of them
is one space, and a ZWNJ counts as a blank), every other invisible character. Lines stay lines.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from corpuslint.languages import LANGUAGES
from corpuslint.text import invisible
from corpuslint.text.characters import MARKS, PLAIN_FORMS, QURANIC_MARKS, TATWEEL, ZWNJ
from corpuslint.text.patterns import compile_re

_ALIKE: Final = {
    "ا": "أإآٱٲٳ",
    "و": "ؤٶ",
    "ی": "يىئېۍےێۓٸؠ",
    "ک": "كڪګ",
    "ه": "ةہھەۀۂۃ",
}
"""A letter, and the letters that are written for it somewhere."""

BLANKS: Final = invisible.BLANKS + ZWNJ
"""What separates words inside a line; ZWNJ does in Persian, and wherever a scraper left it in place of a space."""

VANISHING: Final = (
    MARKS + QURANIC_MARKS + TATWEEL + "\N{SOFT HYPHEN}"
    + invisible.ZERO_WIDTH_SPACES + invisible.JOINERS.replace(ZWNJ, "") + invisible.DIRECTIONS
)  # fmt: skip
"""What a reader does not see as a letter, and the fold leaves out."""

_SINGLE: Final = {
    **{variant: letter for letter, variants in _ALIKE.items() for variant in variants},
    **{digit: str(value) for value, digit in enumerate("٠١٢٣٤٥٦٧٨٩")},
    **{digit: str(value) for value, digit in enumerate("۰۱۲۳۴۵۶۷۸۹")},
    **dict.fromkeys(BLANKS[1:], " "),
    **dict.fromkeys(VANISHING, ""),
}
FOLDS: Final = {
    **{form: "".join(_SINGLE.get(letter, letter) for letter in plain) for form, plain in PLAIN_FORMS.items()},
    **_SINGLE,
}
"""What each character folds to, of those that do not stay as they are."""

_TABLE: Final = str.maketrans(FOLDS)
_SPACES: Final = compile_re("  +")


def fold(text: str) -> str:
    """`text` folded, without the way back.

    >>> fold("كوريا الشّماليّة") == fold("کوریا  الشمالیة")
    True
    >>> fold("۲۰۲۳ NBSP\\N{NO-BREAK SPACE} x")
    '2023 NBSP x'
    """
    return _SPACES.sub(" ", fold_characters(text))


def fold_characters(text: str) -> str:
    """`text` folded but for its runs of blanks: where it is as long as before, all offsets stay."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_TABLE)


_SIGNS: Final = compile_re(r"[\W_]+")


def _key(value: str) -> str:
    return _SIGNS.sub(" ", fold(value).lower()).strip()


@cache
def _keys() -> frozenset[str]:
    return frozenset(_key(word) for language in LANGUAGES.values() for word in language.nothing)


def is_placeholder(value: str) -> bool:
    """Whether a metadata value says only that there is none: empty, signs alone, or a word for nothing.

    >>> [is_placeholder(value) for value in ("NaN", "N/A", "—", "غير معروف", "نامشخص", "رويترز")]
    [True, True, True, True, True, False]
    """
    return len(value) <= _LONGEST and _says_nothing(value)


_LONGEST = 40


@lru_cache(maxsize=4096)
def _says_nothing(value: str) -> bool:
    return (key := _key(value)) == "" or key in _keys()
