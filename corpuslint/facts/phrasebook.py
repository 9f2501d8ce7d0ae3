"""The word and phrase lists of the shipped packs, and text cut into words that can be compared with them.

A list is `data/*.txt` of a pack: one entry a line, `language TAB phrase`, `#` for a comment. Pages write the same
button with or without hamza, with Arabic or Farsi letters, in capitals, with vowel signs, with ZWNJ or a space: both
sides are folded before they are compared, so a list holds one spelling of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from corpuslint.resources import rules_folder
from corpuslint.text.phrases import phrase_pattern

_SAME_LETTER = {
    ord(variant): letter
    for letter, variants in (("ا", "أإآٱ"), ("ی", "يى"), ("ک", "ك"), ("ه", "ةہەۃۀھ"), ("و", "ؤ"), ("ر", "ڕ"))
    for variant in variants
}
_SAME_LETTER |= {ord("٠") + digit: str(digit) for digit in range(10)}
_SAME_LETTER |= {ord("۰") + digit: str(digit) for digit in range(10)}
_MARKS = "\N{ARABIC TATWEEL}\N{ARABIC FATHATAN}-\N{ARABIC HAMZA BELOW}\N{ARABIC LETTER SUPERSCRIPT ALEF}"
_SAME_LETTER |= dict.fromkeys((1600, 1648, *range(1611, 1622)), "")

_WORD = re.compile(
    rf"""
      \d+ (?: [.,:/٬٫،] \d+ )* [kKmM%]? (?![^\W\d_])   # a number, with its separators and 3.5K
    | [^\W\d_] (?: [^\W\d_] | [{_MARKS}] )*            # a word, with its vowel signs and tatweel
      (?: [.'’-] (?=[a-zA-Z]) [a-zA-Z]+ )*             # e-mail, Al-Ahram, example.com
      (?: \+ | (?<=\b[AaعFf]) - )?                     # Google+, A-
    | \d+ [^\W\d_]+                                    # 24sata
    """,
    re.VERBOSE,
)


class Word(NamedTuple):
    """A word of a line: folded, and where it stands in the line."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=16384)
def fold(word: str) -> str:
    """`word` as lists compare it: small letters, one alef, yeh, kaf and heh, ASCII digits, no vowel signs.

    >>> fold("إقرأ"), fold("كلمة"), fold("Share")
    ('اقرا', 'کلمه', 'share')
    """
    return word.lower().translate(_SAME_LETTER)


def words_of(text: str) -> list[Word]:
    """The words of `text`, folded, with their places.

    >>> [word.text for word in words_of("شارِك على Google+، 1,204 مرة")]
    ['شارک', 'علی', 'google+', '1,204', 'مره']
    """
    found = []
    for match in _WORD.finditer(text):
        folded_word = fold(match[0])
        if folded_word:  # a tatweel alone is drawn, not written
            found.append(Word(folded_word, match.start(), match.end()))
    return found


def folded_phrase(phrase: str) -> str:
    """The words of `phrase`, folded, with one space between."""
    return " ".join(word.text for word in words_of(phrase))


def entries(pack: str, name: str) -> tuple[tuple[str, str], ...]:
    """The `(language, phrase)` entries of the list `name` of a shipped pack, in the file's order.

    >>> ("mul", "share") in entries("artefacts", "words-share")
    True
    """
    return _entries(pack, name)


@cache
def _entries(pack: str, name: str) -> tuple[tuple[str, str], ...]:
    path = rules_folder() / pack / "data" / f"{name}.txt"
    found = []
    for line in path.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            language, _, phrase = line.partition("\t")
            found.append((language.strip(), phrase.strip()))
    return tuple(found)


def folded(pack: str, name: str) -> frozenset[str]:
    """Every phrase of a list, folded."""
    return frozenset(folded_phrase(phrase) for _, phrase in entries(pack, name))


class Vocabulary:
    """Phrases of up to five words, each of one or more classes (bits), and how much of a line they cover."""

    def __init__(self, classes: Iterable[tuple[int, Iterable[str]]]) -> None:
        self._classes: dict[str, int] = {}
        for bit, phrases in classes:
            for phrase in phrases:
                key = folded_phrase(phrase)
                if key:
                    self._classes[key] = self._classes.get(key, 0) | bit
        self._longest = max((key.count(" ") + 1 for key in self._classes), default=1)

    def cover(self, words: list[Word]) -> list[tuple[int, int, int]]:
        """The line as `(classes, first word, past the last word)`, longest phrases first; classes 0 = unknown."""
        found = []
        at = 0
        while at < len(words):
            for end in range(min(len(words), at + self._longest), at, -1):
                key = " ".join(word.text for word in words[at:end]) if end - at > 1 else words[at].text
                classes = self._classes.get(key, 0)
                if not classes and end - at == 1:
                    classes = self._bare(key)
                if classes or end - at == 1:
                    found.append((classes, at, end))
                    at = end
                    break
        return found

    def _bare(self, word: str) -> int:
        """The classes of `word` without the conjunction, preposition or article that Arabic writes joined to it."""
        for prefix in _PREFIXES:
            if word.startswith(prefix) and len(word) - len(prefix) >= 3:
                classes = self._classes.get(word[len(prefix) :], 0)
                if classes:
                    return classes
        return 0


_PREFIXES = ("و", "ف", "ال", "وال", "ب", "بال", "ل", "لل", "ک", "عال")


class Cues:
    """Sentences known by words that meet in them: `a + b` is found in a line that holds both, in any order.

    A conjunction survives the rewording and reordering that a whole phrase does not. Each entry has a class, as in
    `Vocabulary`; its first part is looked up by its first word, at the start of a word.
    """

    def __init__(self, classes: Iterable[tuple[int, Iterable[str]]]) -> None:
        self._by_word: dict[str, list[tuple[int, tuple[str, ...], re.Pattern[str]]]] = {}
        for bit, phrases in classes:
            for phrase in phrases:
                parts = tuple(folded_phrase(part) for part in phrase.split("+"))
                spelled = "|".join(phrase_pattern(spelling) for spelling in cue_literals(phrase))
                self._by_word.setdefault(parts[0].split(" ")[0], []).append((bit, parts, re.compile(spelled)))

    def found_in(self, text: str, words: list[Word]) -> int:
        """The classes of all entries whose parts meet in `text`, whose words are `words`."""
        joined = " ".join(word.text for word in words)
        classes = 0
        for word in words:
            for prefix in _NO_OR_PREFIX:
                if prefix and not word.text.startswith(prefix):
                    continue
                for bit, parts, spelled in self._by_word.get(word.text[len(prefix) :], ()):
                    if all(part in joined for part in parts) and spelled.search(text):
                        classes |= bit
        return classes


def cue_literals(entry: str) -> tuple[str, ...]:
    """The spellings of the first part of a cue, one of which a text must hold for the cue to be found in it.

    >>> cue_literals("read the original + article")
    ('read the original', 'Read the original', 'Read The Original', 'READ THE ORIGINAL')
    """
    first = entry.split("+")[0].strip()
    if not first.isascii():
        return (first,)
    return tuple(dict.fromkeys((first, first.capitalize(), first.title(), first.upper())))


_NO_OR_PREFIX = ("", *_PREFIXES)
