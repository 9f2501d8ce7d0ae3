"""Stretches of text that no letter rule may touch: they are data, or they are somebody else's words.

Addresses, handles and hashtags are identifiers: one changed letter names something else. A quotation in another
language is right in its own letters. Qur'anic text has an orthography of its own (Farsi yeh is at home in it).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from corpuslint.facts.language import OTHER, may_be_another, read_language
from corpuslint.languages import LANGUAGES, same_letters
from corpuslint.text.characters import HARAKAT, QURANIC_MARKS
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span
from corpuslint.words import kernel
from corpuslint.words.lexicon import Table, table_with

QUOTED_LETTERS: Final = 12
"""A quotation with fewer letters is too short to tell its language by its letters alone."""

QUOTED_MARGIN: Final = 1.5
"""How surely (in logits) a few words, one of another language's own among them, must read as it to be quoted."""


def protected_spans(text: str, language: str, characters: frozenset[str]) -> tuple[Span, ...]:
    """The stretches of `text`, which is made of `characters`, that a language leaves as they are; sorted, apart.

    >>> [span.of(t) for t in ["عبر https://example.org/کوریا او"] for span in protected_spans(t, "ar", frozenset(t))]
    ['https://example.org/کوریا']
    """
    spans: list[Span] = []
    if _may_hold_identifier(text, characters):
        spans += identifiers_in(text)
    if not _SACRED_SIGNS.isdisjoint(characters):
        spans += [Span(*match.span()) for match in _SACRED.finditer(text)]
    if not _VOWELS.isdisjoint(characters) and len(_VOWEL.findall(text)) >= 12:
        spans += [Span(*match.span()) for match in _VOCALISED.finditer(text)]
    for match in () if _QUOTES.isdisjoint(characters) else QUOTATION.finditer(text):
        if may_be_another(match.group(), language, characters) and _is_foreign(match.group(), language):
            spans.append(Span(*match.span()))
    return merged(spans)


def identifiers_in(text: str) -> Iterator[Span]:
    """The addresses, e-mail addresses, handles and hashtags of a text."""
    behind = 0
    for first in _FIRST.finditer(text):
        start = first.start()
        if start >= behind and (match := _IDENTIFIER.match(text, start)):
            behind = match.end()
            yield Span(start, behind)


def merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The same places as disjoint spans in order.

    >>> merged([Span(3, 5), Span(0, 4)])
    (Span(start=0, end=5),)
    """
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def touches(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether one of the disjoint, sorted `spans` shares a character with the range."""
    place = bisect_right(spans, (end - 1, end + 1))
    return place > 0 and spans[place - 1].end > start


def _may_hold_identifier(text: str, characters: frozenset[str]) -> bool:
    if "@" in characters or "#" in characters or (":" in characters and "://" in text):
        return True
    return "." in characters and not _LATIN.isdisjoint(characters) and bool(_DOTTED.search(text))


def foreign_words(text: str, start: int, end: int) -> int:
    """The bits of what a stretch has of words of other languages: `BROUGHT` by a quotation, or an Arabic `ARTICLE`.

    >>> [foreign_words(t, 0, len(t)) & BROUGHT["fa"] > 0 for t in ("گفت إنا لله و رفت", "گفت و رفت")]
    [True, False]
    """
    table = _foreign()
    told: int = kernel.told_by_words(text, start, end, table.slots, table.numbers)
    return told


def _is_foreign(quotation: str, language: str) -> bool:
    reading = read_language(quotation)
    if same_letters(reading.language) in (same_letters(language), OTHER, ""):
        return False
    if reading.sure and reading.letters >= QUOTED_LETTERS:
        return True
    # A saying of a few words: quotation marks around words of which one is Arabic alone, and none is the text's own.
    words = quotation.strip('«»“”"').split()
    return bool(
        quotation[0] != "("
        and reading.margin >= QUOTED_MARGIN
        and reading.language == "ar" != language
        and len(words) > 1
        and (
            foreign_words(quotation, 0, len(quotation)) & BROUGHT.get(same_letters(language), 0)
            or any(word.startswith("ال") and word[-1] not in "يیى" for word in words)
        )
        and _OWN_WORDS[language].isdisjoint(words)
    )


_LATIN: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_DOTTED: Final = compile_re(r"\.(?<=[A-Za-z0-9]\.)[A-Za-z]")
_LETTER: Final = "[\\w\N{ZERO WIDTH NON-JOINER}]"
_FIRST: Final = compile_re("[A-Za-z0-9._%+@#ſİı\N{KELVIN SIGN}-]")
"""What an identifier begins with, also in letters that are s, i or k in another case: cheaper to look for than all."""
_IDENTIFIER: Final = compile_re(
    rf"""
    (?:https?|ftp)://[^\s<>"«»“”]+             # addresses, Arabic letters in the path included
  | \bwww\.[^\s<>"«»“”]+
  | [A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{{2,}}
  | [@\#]{_LETTER}+                            # handles and hashtags: words joined by underscores
  | \b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|info|tv|ir|iq|sa|ae|eg|sy|jo|ma|dz|tn|ly|pk|af|co|news)\b(?:/\S*)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_QUOTES: Final = frozenset('«“"(')
QUOTATION: Final = compile_re(
    r"""
    «[^«»\n]{7,1500}»
  | “[^“”\n]{7,1500}”
  | "[^"\n]{7,1500}"
  | \([^()\n]{12,1500}\)
    """,
    re.VERBOSE,
)
"""What stands between a pair of quotation marks or brackets on one line."""

_ORNATE: Final = "\N{ORNATE LEFT PARENTHESIS}\N{ORNATE RIGHT PARENTHESIS}"
_RECITED: Final = QURANIC_MARKS + "\N{ARABIC LETTER ALEF WASLA}\N{ARABIC END OF AYAH}"
_SACRED_SIGNS: Final = frozenset(_ORNATE + _RECITED)
_SACRED: Final = compile_re(
    rf"""
    [{_ORNATE}][^{_ORNATE}\n]*[{_ORNATE}]      # between ornate brackets
  | (?<!\S)[^\s{_RECITED}]*+[{_RECITED}]\S*+                         # words with signs of recitation
    """,
    re.VERBOSE,
)
_VOWELS: Final = frozenset(HARAKAT)
_VOWEL: Final = compile_re(f"[{HARAKAT}]")
_VOCALISED: Final = compile_re(
    rf"""
    (?:
      # a word with three vowel signs and more, as running text has none
      (?<![ء-ۓ{HARAKAT}]) (?:[ء-يٱ-ۓ]++[{HARAKAT}]++){{3,}}+ [ء-يٱ-ۓ]*+
      [\s،,:;.«»"()]+
    ){{2,}}
    \S*                     # two such words and more in a row, and the word behind them
    """,
    re.VERBOSE,
)


_ADDRESS = compile_re(r"://|www\.|[\w.]@[\w.]")
_BLANK_OR_BREAK = compile_re("[ \\n]")
_LONGEST = 500
"""Characters of an address that are looked at on either side."""


def is_in_address(text: str, span: Span) -> bool:
    """Whether the place lies in a word that is a web or mail address."""
    before, after = text[max(0, span.start - _LONGEST) : span.start], text[span.end : span.end + _LONGEST]
    word = (
        before[max(before.rfind(" "), before.rfind("\n")) + 1 :]
        + span.of(text)
        + _BLANK_OR_BREAK.split(after, maxsplit=1)[0]
    )
    return bool(_ADDRESS.search(word))


_ARABIC, _NO, _PERSIAN, ARTICLE = 1, 2, 4, 8
# لا is no word of Persian; Urdu brings with it, and it is a side in Sorani.
BROUGHT: Final = {"fa": _ARABIC | _NO, "ur": _ARABIC, "ckb": _ARABIC, "ar": _PERSIAN}
"""For a language, the bits of words that only a quotation in another one brings along."""
_WORDS: Final = {
    _ARABIC: "في لم الى إلى هذا فهذا هذه ذلك الذي الذين التي كان كنت ليس لكم لهم منكم عنكم عليكم عليهم اليه انما لله"
    " بالله انا قل مني وهو وما ومن فمن لمن ولا لن مما اذا انك كنتم كانوا يكون تكون يكونوا تكونوا ربك ربكم",
    _NO: "لا",
    _PERSIAN: "است که از را باد برای این آن می نمی های ها کرد کردند شد شده بود بر با یک دو نیز باید اند",
}


@cache
def _foreign() -> Table:
    """What `kernel.told_by_words` is to know: of a word that ends, one that goes on, and with two letters or more."""
    told = [(word, bit) for bit, words in _WORDS.items() for word in words.split()]
    told += [(clitic + word, _ARABIC) for clitic in "وف" for word in _WORDS[_ARABIC].split()]
    told += [(clitic + alef, _ARABIC << 4) for clitic in ("", "و", "ف") for alef in "إأ"]
    told += [(clitic + article, _ARABIC << 8) for clitic in "وف" for article in ("ال", "بال", "لل")]
    told += [(article, ARTICLE << 4) for article in ("ال", "وال", "فال", "بال", "كال", "لل")]
    bits: dict[int, int] = {}
    for word, bit in told:
        key = 0
        for letter in word:
            key = kernel.grown_key(key, ord(letter))
            bits.setdefault(key, 0)
        bits[key] |= bit
    return table_with(bits)


_OWN_WORDS: Final = {
    tag: {word for word in language.words if len(word) > 1}.difference(LANGUAGES["ar"].words)
    for tag, language in LANGUAGES.items()
}
