"""The word and phrase lists of the shipped packs, and text cut into words that can be compared with them.

A list is `data/*.txt` of a pack: one entry a line, `language TAB phrase`, `#` for a comment. Pages write the same
button with or without hamza, with Arabic or Farsi letters, in capitals, with vowel signs, with ZWNJ or a space: both
sides are folded before they are compared, so a list holds one spelling of each.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar, cast

from corpuslint.resources import rules_folder, shipped_table
from corpuslint.words import kernel
from corpuslint.words.levels import SPELLING
from corpuslint.words.levels import folded as folded_at
from corpuslint.words.lexicon import KeptTable, kept_bits, table_from


class Word(NamedTuple):
    """A word of a line: folded, and where it stands in the line."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=1 << 14)
def fold(word: str) -> str:
    """`word` as lists compare it, at the level `SPELLING`.

    >>> fold("إقرأ"), fold("كلمة"), fold("Share")
    ('اقرا', 'کلمه', 'share')
    """
    return folded_at(word, SPELLING)


def words_of(text: str) -> list[Word]:
    """The words of `text`, folded, with their places.

    >>> [word.text for word in words_of("شارِك على Google+، 1,204 مرة")]
    ['شارک', 'علی', 'google+', '1,204', 'مره']
    """
    spans = kernel.listed_spans(text)
    # a tatweel alone is drawn, not written
    return [Word(word, start, end) for start, end in spans if (word := fold(text[start:end]))]


@lru_cache(maxsize=1 << 12)  # labels, names and cities come again in every document
def folded_phrase(phrase: str) -> str:
    """The words of `phrase`, folded, with one space between."""
    return " ".join(word.text for word in words_of(phrase))


F = TypeVar("F", bound=Callable[..., object])
_DERIVED: list[Callable[[], None]] = []
_MORE: dict[tuple[str, str], tuple[Path, ...]] = {}


def derived(compute: F) -> F:
    """A cache that forgets when the lists change: for whatever is made from lists, or of a few words with them."""
    cached = lru_cache(maxsize=1 << 12)(compute)  # a corpus asks about the same names again and again
    _DERIVED.append(cached.cache_clear)
    return cast(F, cached)


def derived_and_kept(compute: F) -> F:
    """The same for plain data that takes long to make: kept between runs, for lists that nothing goes on with."""
    name = f"{compute.__module__.rpartition('.')[2]}.{compute.__name__}"

    def table() -> object:
        return compute() if _MORE else shipped_table(name, compute)

    return derived(cast(F, table))


def extend(lists: Mapping[tuple[str, str], Iterable[Path]]) -> None:
    """From now on the lists named `(pack, name)` go on with the entries of these files: a user's outlets and words.

    The loader says it once for the packs of a run, before any rule reads a list; what was said before is forgotten.
    """
    wanted = {key: tuple(paths) for key, paths in lists.items()}
    if wanted != _MORE:
        _MORE.clear()
        _MORE.update(wanted)
        for forget in _DERIVED:
            forget()


def is_extended() -> bool:
    """Whether any list goes on with a user's entries."""
    return bool(_MORE)


def is_extensible(pack: str, name: str) -> bool:
    """Whether a list exists and can go on in another pack.

    Sentences, messages of servers and badges cannot: their rules wake by what the shipped lists hold. A declarative
    rule says them better.
    """
    return not name.startswith(_SHIPPED_ONLY) and (rules_folder() / pack / "data" / f"{name}.txt").is_file()


_SHIPPED_ONLY = ("sentences-", "lines-error", "lines-kicker")


def files_of(pack: str, name: str) -> tuple[Path, ...]:
    """The files of the list `name` of a shipped pack: ours, and those that go on with it."""
    return (rules_folder() / pack / "data" / f"{name}.txt", *_MORE.get((pack, name), ()))


@derived
def entries(pack: str, name: str) -> tuple[tuple[str, str], ...]:
    """The `(language, phrase)` entries of the list `name` of a shipped pack, in the file's order.

    >>> ("mul", "share") in entries("artefacts", "words-share")
    True
    """
    found = []
    for path in files_of(pack, name):
        for line in path.read_text("utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                language, _, phrase = line.partition("\t")
                found.append((language.strip(), phrase.strip()))
    return tuple(found)


@derived
def folded(pack: str, name: str) -> frozenset[str]:
    """Every phrase of a list, folded."""

    def fold_all() -> frozenset[str]:
        return frozenset(folded_phrase(phrase) for _, phrase in entries(pack, name))

    return fold_all() if _MORE else shipped_table(f"folded-{pack}-{name}", fold_all)


class Vocabulary:
    """Phrases, each of one or more classes (bits below 16), and how much of a line they cover.

    Made of what `vocabulary_table` gives.
    """

    def __init__(self, kept: KeptTable) -> None:
        self.table = table_from(kept)

    def cover(self, text: str) -> list[tuple[int, int, int]]:
        """The words of `text` as `(classes, start, end)`, longest phrases first; classes 0 = unknown.

        `BARED` is among the classes of a word that has them without the conjunction, preposition or article that Arabic
        writes joined to it.
        """
        size = len(text)
        keys, places, found = array("Q", bytes(8 * size)), array("i", bytes(12 * size)), array("i", bytes(12 * size))
        table = self.table
        count = kernel.cover_words(text, SPELLING.table, JOINED, table.slots, table.numbers, keys, places, found)
        return list(zip(*(iter(found[: 3 * count]),) * 3, strict=True))


BARED = 1 << 16


def vocabulary_table(
    classes: Iterable[tuple[int, Iterable[str]]], words: Iterable[tuple[int, Iterable[str]]] = ()
) -> KeptTable:
    """The table of a `Vocabulary`; bits from 16 on are what `words` say of single words, whatever phrases have them."""
    table: dict[int, int] = {}
    for bit, keys in _listed(classes):
        whole = keys[0]
        for key in keys[1:]:
            whole = kernel.joined_key(whole, key)
        table[whole] = table.get(whole, 0) | bit
        known = table.get(keys[0], 0)
        table[keys[0]] = known % (1 << _REACH) | max(known >> _REACH, len(keys)) << _REACH
    for bit, keys in _listed(words):
        if len(keys) == 1:
            table[keys[0]] = table.get(keys[0], 0) | bit
    return kept_bits(table)


_REACH = 20


def _listed(classes: Iterable[tuple[int, Iterable[str]]]) -> Iterator[tuple[int, array[int]]]:
    """The keys of the words of each phrase that has some, with its class."""
    for bit, phrases in classes:
        for phrase in phrases:
            keys = array("Q", bytes(8 * len(phrase)))
            count = kernel.listed_keys(phrase, SPELLING.table, keys, array("i", bytes(12 * len(phrase))))
            if count:
                yield bit, keys[:count]


_PREFIXES = ("و", "ف", "ال", "وال", "ب", "بال", "ل", "لل", "ک", "عال")
JOINED = "".join(f"{prefix} " for prefix in _PREFIXES)
"""What Arabic writes joined to the word behind it, with a blank behind each."""


CueTable = dict[str, list[tuple[int, tuple[str, ...]]]]
"""Entries by the longest word of their first part: class and parts."""


def cue_table(classes: Iterable[tuple[int, Iterable[str]]]) -> CueTable:
    """The table of `Cues`."""
    by_word: CueTable = {}
    for bit, phrases in classes:
        for phrase in phrases:
            parts = tuple(folded_phrase(part) for part in phrase.split("+"))
            rarest = max(parts[0].split(" "), key=len)
            for prefix in NO_OR_PREFIX:
                by_word.setdefault(prefix + rarest, []).append((bit, parts))
    return by_word


class Cues:
    """Sentences known by words that meet in them: `a + b` is found where both stand near each other, in any order.

    A conjunction survives the rewording and reordering that a whole phrase does not. Each entry has a class, as in
    `Vocabulary`; its first part is looked up by its longest word, at the start of a word.
    """

    def __init__(self, table: CueTable) -> None:
        self._by_word = table

    def found_in(self, words: list[Word]) -> dict[int, frozenset[str]]:
        """The parts that meet among `words`, of the entries of each class."""
        joined = " " + " ".join(word.text for word in words)
        found: dict[int, frozenset[str]] = {}
        for bit, parts in dict.fromkeys(entry for word in words for entry in self._by_word.get(word.text, ())):
            if _meet(parts, joined):
                found[bit] = found.get(bit, frozenset()).union(parts)
        return found


def _meet(parts: tuple[str, ...], joined: str) -> bool:
    """Whether all parts begin at words of `joined`, with or without a joined conjunction, preposition or article, and
    somewhere none of them is far from the first."""
    if not all(part in joined for part in parts):
        return False
    first, *others = (
        [joined.count(" ", 0, match.start()) for match in _beginnings(part).finditer(joined)] for part in parts
    )
    return any(all(any(abs(at - near) <= _NEAR for at in places) for places in others) for near in first)


@lru_cache(maxsize=4096)  # of hundreds of cues a corpus meets a few; the others are never compiled
def _beginnings(part: str) -> re.Pattern[str]:
    return re.compile(f" (?:{'|'.join(NO_OR_PREFIX)}){re.escape(part)}")


_NEAR = 12
"""Words between two parts of a sentence of the page; further apart they stand in two sentences of an article."""


def cue_literals(entry: str) -> tuple[str, ...]:
    """What to look for where a cue may stand: its first part, with and without what Arabic writes joined to a word.

    >>> cue_literals("read the original + article"), cue_literals("تعليقك")[:3]
    (('read the original',), ('تعليقك', 'وتعليقك', 'فتعليقك'))
    """
    first = entry.split("+")[0].strip()
    return (first,) if first.isascii() else tuple(prefix + first for prefix in NO_OR_PREFIX)


NO_OR_PREFIX = ("", *_PREFIXES)
"""What may stand joined before a word of a list: nothing, or what Arabic writes so."""
