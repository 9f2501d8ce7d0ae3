"""What programs and desks write where a value is missing: `nan`, `None`, `N/A`, `غير معروف`, `نامشخص`."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from corpuslint.languages import LANGUAGES
from corpuslint.text.folding import fold
from corpuslint.text.patterns import compile_re

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
