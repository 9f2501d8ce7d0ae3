"""What is known of each language: `languages/<tag>.toml`, one file a language, and nothing of it anywhere else.

A new language is a new file. One whose letters another language has already names that one in `like`: it is told from
it by its little words (`words`). One with letters and words of its own needs a column in `facts/data/language.tsv`
besides (`corpuslint.facts.language`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from corpuslint.resources import shipped_table


class Months(msgspec.Struct, frozen=True):
    """The names of the twelve months of a calendar, each in all its spellings, the usual one first.

    `only_in` are the languages whose texts these names are months in; elsewhere they are plain words.
    """

    calendar: str
    names: tuple[tuple[str, ...], ...]
    only_in: tuple[str, ...] = ()


class RelativeDates(msgspec.Struct, frozen=True):
    """How a language says "yesterday", "last month", "three days ago", in letters folded as in `facts.calendars`.

    `pattern` reads an expression; it may hold the names of `words` in braces. What an expression begins with is
    in `openings`, and what may stand before that in `before`: phrases, of each word of which any alternative is meant.
    `near` and `units` say what words mean: so many days, months, … from today ("day -1"), and how many of what.
    `beside` are words that make something else of an expression, or place a month: before or after a `weekday` that is
    a name, "the `day`" that is a noun; `anchored`, what counts from another day; before a `month`.
    """

    pattern: str
    openings: tuple[str, ...]
    before: tuple[str, ...] = ()
    joined: str = ""
    words: Mapping[str, str] = {}
    near: Mapping[str, str] = {}
    units: Mapping[str, str] = {}
    beside: Mapping[str, str] = {}


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language. All but its names may be empty: what is not known of a language is not looked for."""

    tag: str
    name: str  # in English
    also: tuple[str, ...] = ()  # other BCP 47 tags that mean it, in small letters
    called: tuple[str, ...] = ()  # words that are no tag and mean it: names, codes of other standards
    shared: tuple[str, ...] = ()  # those of them that mean a language of the same letters too; its text says which
    like: str = ""  # the language with the same letters that it is read as before its words are looked at

    alphabet: str = ""  # the letters of its words; none for a language in another script
    marks: str = ""  # letters of which a paragraph has some, and Arabic and Persian have none
    names_bring: str = ""  # letters outside the alphabet that are right in names
    instead_of: Mapping[str, str] = {}  # a letter that is typed for one of the alphabet, and that one
    undecided: str = ""  # letters that are typed for more than one of the alphabet
    fonts: Mapping[str, Mapping[str, str]] = {}  # from before Unicode: what was typed in a font, and what it is
    digits: str = ""  # from 0 to 9, beside those of ASCII; empty where there is no rule
    non_joiner: bool = False  # whether a zero width non-joiner is part of the spelling

    hallmarks: tuple[str, ...] = ()  # pieces that hardly an article lacks, and that no other language has together
    words: tuple[str, ...] = ()  # the little words that every sentence has some of
    telling: str = ""  # a pattern of words of which one tells it, where a text is too short for its letters to do so
    endings: tuple[str, ...] = ()  # how words of six letters and more end in it and not in the language it is like
    nothing: tuple[str, ...] = ()  # what programs and desks write where a value is missing
    names_behind: Mapping[str, tuple[str, ...]] = {}
    """Labels that stand before a name, by whose it is: an `author`'s or the maker's of a `photo`, with a colon or not;
    an `editor`'s only with a colon, because headlines and reviews of books open with the same words."""

    weekdays: tuple[tuple[str, ...], ...] = ()  # from Monday on, each in all its spellings
    ordinals: tuple[tuple[str, ...], ...] = ()  # of the days of a month, from the first on; empty where none is written
    numbers: tuple[tuple[str, ...], ...] = ()  # of what is counted, from 1 on; the first ones say that there are a few
    thousandths: tuple[str, ...] = ()  # before these, three digits behind a comma may be a decimal: dinars, millions
    months: tuple[Months, ...] = ()
    not_months: tuple[str, ...] = ()  # names of months of other languages that are plain words in this one
    everyday_months: tuple[str, ...] = ()  # months that are plain words too: months only beside a day or a year
    zones: Mapping[str, str] = {}  # whose time an hour may be said to be, by its offset; "local" where that changes
    relative: RelativeDates | None = None


def _read() -> dict[str, dict[str, Any]]:
    """The files as they are, by tag."""
    import tomllib

    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(Path(__file__).parent.glob("*.toml"))}


def _language(tag: str, table: dict[str, Any]) -> Language:
    values = {"tag": tag, **table, "words": table.get("words", "").split()}
    values |= {key: _spellings(table[key]) for key in ("weekdays", "ordinals", "numbers") if key in table}
    values["months"] = [{**months, "names": _spellings(months["names"])} for months in table.get("months", ())]
    values["instead_of"] = _typed_for(table.get("instead_of", {}))
    values["fonts"] = {font: _typed_for(letters) for font, letters in table.get("fonts", {}).items()}
    return msgspec.convert(values, Language)


def _spellings(names: Iterable[str]) -> list[list[str]]:
    return [name.split("|") if name else [] for name in names]


def _typed_for(letters: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {typed: right for right, all_typed in letters.items() for typed in all_typed}


LANGUAGES: Final[Mapping[str, Language]] = {
    tag: _language(tag, table) for tag, table in shipped_table("languages", _read).items()
}
"""Every language by its tag."""

LETTERS: Final = frozenset().union(*(language.alphabet for language in LANGUAGES.values()))
"""The letters of all alphabets."""


def letters_but(tag: str) -> str:
    """The letters of other languages that this one does not have, neither for its own nor in names.

    >>> "پ" in letters_but("ar"), "گ" in letters_but("fa"), "ڪ" in letters_but("fa")
    (True, False, True)
    """
    return "".join(sorted(LETTERS - set(LANGUAGES[tag].alphabet)))


def same_letters(tag: str) -> str:
    """The language whose letters, and rules for letters, a language has: the one it is `like`, else itself.

    >>> same_letters("kmr"), same_letters("ckb"), same_letters("other")
    ('ckb', 'ckb', 'other')
    """
    return (LANGUAGES[tag].like or tag) if tag in LANGUAGES else tag


def named_language(word: str) -> str:
    """The tag of the language that a name or a code of another standard means; "" where it is none of ours.

    >>> named_language("Farsi"), named_language("per"), named_language("English")
    ('fa', 'fa', 'en')
    """
    return _CALLED.get(word.lower(), "")


_CALLED: Final = {
    name: language.tag for language in LANGUAGES.values() for name in (language.name.lower(), *language.called)
}
