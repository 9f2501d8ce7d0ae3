"""Arabic presentation forms: the letters they stand for, and whether a stretch of them runs backwards.

Old terminals and PDF extractors store each letter in the shape it has on paper. Some of them also store a line as it
lies on paper, left to right: its words then begin with final forms and end with initial ones.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from corpuslint.text.characters import PLAIN_FORMS
from corpuslint.text.patterns import compile_re

_IN_WORD: Final = r"ء-ۓ\u064b-\u065f\u0670"
FORM_RUN: Final = compile_re(
    rf"""
    (?<![{_IN_WORD}])
    [{_IN_WORD}]*+                                       # the letters of the same word before
    (?:[{"".join(PLAIN_FORMS)}][{_IN_WORD}]*+)++         # one form or more, other letters between them
    """,
    re.VERBOSE,
)
"""A word that holds presentation forms of letters or marks."""


def plain_letters(text: str) -> str:
    """`text` with every presentation form turned into the letters it stands for.

    >>> plain_letters("ﻻ ﯾﺰال")
    'لا یزال'
    """
    return "".join(PLAIN_FORMS.get(character, character) for character in text)


def runs_backwards(words: list[str]) -> bool:
    """Whether words in presentation forms are stored in the order of the page, last letter first.

    >>> runs_backwards(["ﺔﻴﺑﺮﻌﻟﺍ", "ﺔﻐﻠﻟﺍ"]), runs_backwards(["ﺍﻟﻠﻐﺔ", "ﺍﻟﻌﺮﺑﻴﺔ"])
    (True, False)
    """
    backwards = forwards = 0
    for word in words:
        first, last = _shape(word[0]), _shape(word[-1])
        if first == "FINAL" or last == "INITIAL":
            backwards += 1
        if first == "INITIAL" or last == "FINAL":
            forwards += 1
    return backwards >= 2 and backwards > 2 * forwards


def in_reading_order(line: str) -> str:
    """A line stored as it lies on paper, turned round; numbers and Latin words keep their own order.

    >>> in_reading_order("2023 ﻡﺎﻋ")
    'عام 2023'
    """
    pieces = _LEFT_TO_RIGHT.split(line)
    turned = [piece if place % 2 else plain_letters(piece[::-1]) for place, piece in enumerate(pieces)]
    return "".join(reversed(turned)).translate(_MIRRORED)


@cache
def _shape(form: str) -> str:
    """`INITIAL`, `FINAL`, … from the character's name; "" for a plain letter."""
    name = unicodedata.name(form, "")
    return name.split()[-2] if name.endswith(" FORM") else ""


_LEFT_TO_RIGHT: Final = compile_re(r"([0-9٠-٩۰-۹A-Za-z][0-9٠-٩۰-۹A-Za-z.,:/%@_-]*[0-9٠-٩۰-۹A-Za-z]|[0-9٠-٩۰-۹A-Za-z])")
_MIRRORED: Final = str.maketrans("()[]{}<>«»", ")(][}{><»«")
