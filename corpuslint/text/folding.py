"""The shadow of a text in which spelling habits are gone: one letter for every kaf, yeh, heh and alef, no vowel signs.

Folded away: kaf, yeh (dotted or not, and as a seat of hamza), heh and teh marbuta, alef with anything on it, vowel
signs, tatweel, presentation forms, digits of three scripts, every kind of blank (a run of them
is one space, and a ZWNJ counts as a blank), every other invisible character. Lines stay lines.
"""

from __future__ import annotations

import re
from typing import Final

from corpuslint.text.characters import HARAKAT, PLAIN_FORMS, QURANIC_MARKS, TATWEEL
from corpuslint.text.patterns import compile_re

_ALIKE: Final = {
    "ا": "أإآٱٲٳ",
    "و": "ؤٶ",
    "ی": "يىئېۍےێۓٸؠ",
    "ک": "كڪګ",
    "ه": "ةہھەۀۂۃ",
}
"""A letter, and the letters that are written for it somewhere."""

BLANKS: Final = (
    " \t"
    "\N{NO-BREAK SPACE}"
    "\N{OGHAM SPACE MARK}"
    "\N{EN QUAD}\N{EM QUAD}\N{EN SPACE}\N{EM SPACE}\N{THREE-PER-EM SPACE}\N{FOUR-PER-EM SPACE}\N{SIX-PER-EM SPACE}"
    "\N{FIGURE SPACE}\N{PUNCTUATION SPACE}\N{THIN SPACE}\N{HAIR SPACE}"
    "\N{NARROW NO-BREAK SPACE}"
    "\N{MEDIUM MATHEMATICAL SPACE}"
    "\N{IDEOGRAPHIC SPACE}"
    "\N{ZERO WIDTH NON-JOINER}"
)
"""What separates words inside a line; ZWNJ does in Persian, and wherever a scraper left it in place of a space."""

VANISHING: Final = (
    HARAKAT
    + QURANIC_MARKS
    + TATWEEL
    + "\N{ARABIC MADDAH ABOVE}\N{ARABIC HAMZA ABOVE}\N{ARABIC HAMZA BELOW}"
    + "\N{ARABIC SUBSCRIPT ALEF}\N{ARABIC INVERTED DAMMA}\N{ARABIC MARK NOON GHUNNA}"
    + "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH JOINER}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}\N{SOFT HYPHEN}"
    + "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}"
    + "\N{LEFT-TO-RIGHT EMBEDDING}\N{RIGHT-TO-LEFT EMBEDDING}\N{POP DIRECTIONAL FORMATTING}"
    + "\N{LEFT-TO-RIGHT OVERRIDE}\N{RIGHT-TO-LEFT OVERRIDE}"
    + "\N{LEFT-TO-RIGHT ISOLATE}\N{RIGHT-TO-LEFT ISOLATE}\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL ISOLATE}"
)
"""What a reader does not see as a letter, and the fold leaves out."""

_SINGLE: Final = {
    **{variant: letter for letter, variants in _ALIKE.items() for variant in variants},
    **{digit: str(value) for value, digit in enumerate("٠١٢٣٤٥٦٧٨٩")},
    **{digit: str(value) for value, digit in enumerate("۰۱۲۳۴۵۶۷۸۹")},
    **{blank: " " for blank in BLANKS if blank != " "},
}
"""Characters that fold to one other character."""

_FORMS: Final = {
    form: "".join(_SINGLE.get(letter, letter) for letter in plain if letter not in VANISHING)
    for form, plain in PLAIN_FORMS.items()
}

# A chain of `str.replace` is the fastest many-to-one mapping there is, but each link costs half a microsecond a page
# even where it finds nothing: characters that most news articles do not have are looked for first, all at once.
_COMMON: Final = "أإآؤيىئكة\N{NO-BREAK SPACE}\N{ARABIC FATHATAN}\N{ARABIC SHADDA}\N{ARABIC FATHA}\N{ARABIC DAMMA}"
_CHAIN: Final = tuple((character, _SINGLE.get(character, "")) for character in _COMMON)
FOLDS: Final = {**_FORMS, **_SINGLE, **dict.fromkeys(VANISHING, "")}
"""What each character folds to, of those that do not stay as they are."""

_RARE_FOLDS: Final = {character: folded for character, folded in FOLDS.items() if character not in _COMMON}
_RARE: Final = compile_re(f"[{re.escape(''.join(_RARE_FOLDS))}]")
_SPACES: Final = compile_re("  +")


def fold(text: str) -> str:
    """`text` folded, without the way back.

    >>> fold("كوريا الشّماليّة") == fold("کوریا  الشمالیة")
    True
    >>> fold("۲۰۲۳ NBSP\\N{NO-BREAK SPACE} x")
    '2023 NBSP x'
    """
    text = fold_characters(text)
    return _SPACES.sub(" ", text) if "  " in text else text


def fold_characters(text: str) -> str:
    """`text` folded but for its runs of blanks: where it is as long as before, all offsets stay."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for character in set(_RARE.findall(text)):
        text = text.replace(character, _RARE_FOLDS[character])
    for character, folded in _CHAIN:
        text = text.replace(character, folded)
    return text
