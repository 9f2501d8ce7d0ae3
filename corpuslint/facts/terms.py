"""The words of a paragraph as terms that can be compared: letters folded, clitics and endings taken off, weighed.

Good enough to tell whether two paragraphs speak of the same things, and nothing more: this is not morphology. A term
that every article uses weighs nothing; a name, a number or a rare word weighs much. The weights are data
(`data/story-terms.tsv`), counted over Arabic, Persian, Urdu and Sorani news.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from corpuslint.text.patterns import compile_re
from corpuslint.text.tables import table_of

_SIGNS = compile_re(
    "[\N{ARABIC TATWEEL}\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}\N{ARABIC LETTER SUPERSCRIPT ALEF}"
    "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{ZERO WIDTH SPACE}]+"
)

_FOLDS = (
    tuple(
        (letter, base)
        for base, letters in (("ا", "أإآٱ"), ("ي", "ىیئ"), ("ك", "ک"), ("ه", "ةہەۀ"), ("و", "ؤ"), ("", "ء"))
        for letter in letters
    )
    + tuple((chr(0x0660 + digit), str(digit)) for digit in range(10))
    + tuple((chr(0x06F0 + digit), str(digit)) for digit in range(10))
)

_TOKEN = compile_re(r"[^\W_]+")
_NUMBER = compile_re(r"\d+")

_ARTICLES = frozenset(("وبال", "وال", "بال", "فال", "كال", "ولل", "لل", "ال"))
_ARTICLE_SIZES = (4, 3, 2)
_ENDINGS = frozenset(("يات", "ات", "ون", "ين", "ان", "ها", "هم", "يه", "هن", "نا", "هاي", "ه", "ي", "ا", "ت"))
_ENDING_SIZES = (3, 2, 1)
_SHORTEST = 3


def fold_letters(text: str) -> str:
    """`text` with the spellings of one letter made one, vowel signs and invisible characters dropped.

    >>> fold_letters("إلى القاهرة ۱۲")
    'الي القاهره 12'
    """
    text = _SIGNS.sub("", text)
    for letter, base in _FOLDS:
        if letter in text:
            text = text.replace(letter, base)
    return text


_FOLDING = {ord(letter): base for letter, base in _FOLDS} | dict.fromkeys(
    [
        *range(ord("\N{ARABIC FATHATAN}"), ord("\N{ARABIC SUKUN}") + 1),
        *map(ord, "\N{ARABIC TATWEEL}\N{ARABIC LETTER SUPERSCRIPT ALEF}"),
        *map(ord, "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{ZERO WIDTH SPACE}"),
    ]
)


def fold_word(word: str) -> str:
    """The same of a single word, for which one table is faster than a search a letter."""
    return word.translate(_FOLDING)


def tokens_of(folded: str) -> list[str]:
    """The words and numbers of a folded text, in order."""
    return _TOKEN.findall(folded)


def term_of(token: str) -> str:
    """The term a folded word stands for; "" for a word that tells nothing.

    >>> term_of("والرييس"), term_of("للرييس"), term_of("رييسها"), term_of("في")
    ('رييس', 'رييس', 'رييس', '')
    """
    if len(token) < _SHORTEST:
        return token if _NUMBER.fullmatch(token) and len(token) > 1 else ""
    if token.isdigit():
        return token
    stem = token
    for size in _ARTICLE_SIZES:
        if len(stem) - size >= _SHORTEST and stem[:size] in _ARTICLES:
            stem = stem[size:]
            break
    else:
        for clitic in "وفلب" if stem[0] in "وفلب" else "":
            if stem[0] == clitic and len(stem) > _SHORTEST + 1:
                stem = stem[1:]
    for size in _ENDING_SIZES:
        if len(stem) - size >= _SHORTEST and stem[-size:] in _ENDINGS:
            return stem[:-size]
    return stem


def terms_of(tokens: list[str]) -> dict[str, float]:
    """The terms of a run of words with their weights; terms that weigh nothing are left out."""
    terms = dict(map(_WEIGHED.__getitem__, tokens))
    terms.pop("", None)
    return terms


def terms_of_words(words: list[str]) -> dict[str, float]:
    """The same for words as they stand between blanks, signs and all; of what a sign joins, the first term counts."""
    terms = dict(map(_WRITTEN.__getitem__, words))
    terms.pop("", None)
    return terms


class _Words(dict[str, tuple[str, float]]):
    """Words, each with its term and weight, or "" where it tells nothing; news uses the same ones again.

    Two generations are kept: words that come again outlive those that came once.
    """

    def __init__(self, weigh: Callable[[str], tuple[str, float]]) -> None:
        super().__init__()
        self._weigh = weigh
        self._older: dict[str, tuple[str, float]] = {}

    def __missing__(self, word: str) -> tuple[str, float]:
        weighed = self._older.get(word)
        if weighed is None:
            weighed = self._weigh(word)
        if len(self) >= _MOST_KEPT:
            self._older = dict(self)
            self.clear()
        self[word] = weighed
        return weighed


def _weigh_folded(token: str) -> tuple[str, float]:
    term = term_of(token)
    weight = _WEIGHTS.get(term, _RAREST) if term else 0.0
    return (term, weight) if weight > 0.0 else _NOTHING


def _weigh_written(word: str) -> tuple[str, float]:
    folded = fold_word(word)
    if folded.isalpha():  # as most are: no sign, nothing to take apart
        return _weigh_folded(folded)
    for token in tokens_of(folded):
        weighed = _weigh_folded(token)
        if weighed[0]:
            return weighed
    return _NOTHING


_NOTHING = ("", 0.0)
_MOST_KEPT = 1 << 16
_WEIGHED = _Words(_weigh_folded)
_WRITTEN = _Words(_weigh_written)


def share_of(terms: dict[str, float], others: dict[str, float]) -> float:
    """The weight of those of `terms` that are in `others` too, added in their order: a sum of floats depends on it."""
    return sum([weight for term, weight in terms.items() if term in others])


def weight_of_share(share: float) -> float:
    """The weight of a term that stands in this share of articles."""
    return max(0.0, min(_RAREST, math.log(_COMMON / share) / math.log(_COMMON / _RARE))) if share > 0 else _RAREST


_COMMON = 0.30
_RARE = 0.001
_RAREST = 1.0


def _read_weights() -> dict[str, float]:
    path = Path(__file__).parent / "data" / "story-terms.tsv"
    weights = {}
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            term, share = line.split("\t")
            weights[term] = weight_of_share(float(share))
    return weights


_WEIGHTS = table_of("story-terms", _read_weights)
