"""Lines that lead away from the story: "read also:", "related articles", "یہ بھی پڑھیں".

A marker is not a phrase but a place and a shape: it opens a line, and a colon, a bar, a bracket or the end of the line
comes after it. In the middle of a sentence the same words are prose ("القراء أيضا", "قرار أيضا"). The wordings are
data, `data/story-markers.txt`; this page knows how they are written: with and without vowel signs, hamza seats,
tatweel, in Arabic or Persian letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import msgspec

from corpuslint.facts.layout import Line
from corpuslint.model.rule import Triggers
from corpuslint.resources import shipped_table
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span

_WORDINGS = Path(__file__).parent / "data" / "story-markers.txt"

_SPELLINGS = {
    letter: f"[{letters}]"
    for letters in ("اأإآٱ", "يىیئې", "كک", "هةہەۀھ", "وؤ")  # kept apart: ء can be missing or stand alone
    for letter in letters
}

_BETWEEN = "[\N{ARABIC TATWEEL}\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}\N{ARABIC LETTER SUPERSCRIPT ALEF}]*"

_EMBEDDINGS = "\N{LEFT-TO-RIGHT EMBEDDING}-\N{RIGHT-TO-LEFT OVERRIDE}"

_SPACES = " \t\N{NO-BREAK SPACE}"
_UNSEEN = f"\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH SPACE}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}{_EMBEDDINGS}"
_BLANK = f"[{_SPACES}{_UNSEEN}]"

_ORNAMENT = rf"(?:{_BLANK}|[\[\](){{}}<>«»‹›\"'“”*#•●■▪▸►◄◀←→↓⬇➤➡✦★☆|=_~.…–—-])"
"""What editors draw before a marker: brackets, bullets, arrows, rulers."""

# Unseen characters stand between words and inside them. Were they both at once for the engine, it would try a line of
# them in more ways than there is time for; so only a space ends a free word, and the last one alone ends at either.
_FREE = rf"[^\s:|.{_UNSEEN}]+(?:[{_UNSEEN}]+[^\s:|.{_UNSEEN}]+)*"
_GAP = rf"[{_UNSEEN}]*[{_SPACES}]{_BLANK}*+"
_FREE_BEFORE = rf"(?:(?:{_FREE}{_GAP}){{0,3}}{_FREE}(?:{_GAP}|[{_UNSEEN}]++))?"
"""Up to four words, and what parts them from the next."""
_FREE_AFTER = rf"(?:{_BLANK}++{_FREE}(?:{_GAP}{_FREE}){{0,3}}?)??"
"""As few as will do, up to four words, and what parts them from those before."""

_CLOSE = rf"{_BLANK}*+(?P<close>[:：/|｜\[\])}}>»›←◄◀⬇↓]|[-–—]+{_BLANK}|\.+|…|[!！]+{_BLANK}*$|$)"
"""What must come after a marker for it to be one."""


class Marker(msgspec.Struct, frozen=True):
    """A marker line. `rest` is what follows on the same line, an empty span where nothing does.

    `announces_story` tells a "read also" from a heading of a list of headlines. `template` is the wording it has.
    """

    line: Line
    language: str
    words: Span
    rest: Span
    announces_story: bool
    template: str


def marker_on(line: Line, text: str) -> Marker | None:
    """The marker that `line` of `text` opens with, if it is one.

    >>> from corpuslint.facts.layout import lines_of
    >>> text = "اقرأ أيضا: عنوان\\nقال القراء أيضا إن"
    >>> [marker_on(line, text) is not None for line in lines_of(text)]
    [True, False]
    """
    for number in _may_read(line.text):
        language, announces_story, template = _entries()[number]
        match = _pattern(template).match(line.text)
        if match is None or (match["close"] == "." and len(match["words"].split()) > _LONGEST_BEFORE_STOP):
            continue
        start = line.body.start
        rest = line.text[match.end() :]
        lead = len(rest) - len(rest.lstrip(_REST_EDGE))
        rest = rest[lead:].rstrip(_REST_EDGE)
        at = start + match.end() + lead
        words = Span(start + match.start("words"), start + match.end("words"))
        return Marker(line, language, words, Span(at, at + len(rest)), announces_story, template)
    return None


def _may_read(line: str) -> tuple[int, ...]:
    """The numbers of the entries that `line`, by its first word, could be."""
    first = _FIRST.match(line)
    if first is None:
        return ()
    numbers = _opened_by(first[1])
    if any(letter in line for letter, _ in _free_entries()):
        free = (number for letter, number in _free_entries() if letter in line)
        return tuple(sorted({*numbers, *free}))
    return numbers


_FIRST = compile_re(r"[\W_]*+([^\W_][\w\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}\N{ARABIC LETTER SUPERSCRIPT ALEF}]*)")


@lru_cache(maxsize=1 << 14)  # lines begin alike
def _opened_by(word: str) -> tuple[int, ...]:
    """The numbers of the entries that begin with a word as lines begin with it."""
    return _entries_by_word().get(_plain(word), ())


def _plain(word: str) -> str:
    """`word` in the one spelling that stands for all that `_spelled` allows."""
    return word.translate(_PLAIN)


_PLAIN: dict[int, str | None] = {
    **{ord(letter): letters[1] for letter, letters in _SPELLINGS.items()},
    **dict.fromkeys([ord("ء"), ord("\N{ARABIC TATWEEL}"), ord("\N{ARABIC LETTER SUPERSCRIPT ALEF}")]),
    **dict.fromkeys(range(ord("\N{ARABIC FATHATAN}"), ord("\N{ARABIC SUKUN}") + 1)),
}


@cache
def _entries_by_word() -> dict[str, tuple[int, ...]]:
    """The numbers of the entries that begin with a word, by the word as `_plain` gives it."""
    found: dict[str, tuple[int, ...]] = {}
    for number, (_, _, template) in enumerate(_entries()):
        if template[0] == "~":
            continue
        for word in _pieces(template)[0].strip("{}?").split("|"):
            # A joint inside the word can be left out, or be a blank that ends the first word.
            joined, part = word.replace(_JOINT, ""), word.partition(_JOINT)[0]
            for spelling in dict.fromkeys((_plain(joined), _plain(part))):
                found[spelling] = (*found.get(spelling, ()), number)
    return found


_JOINT = "\N{ZERO WIDTH NON-JOINER}"


@cache
def _free_entries() -> tuple[tuple[str, int], ...]:
    """The entries that begin with free words, each by a letter that stands in all its spellings."""
    free = []
    for number, (_, _, template) in enumerate(_entries()):
        if template[0] == "~":
            word = _pieces(template)[1]
            free.append((next(letter for letter in word if letter not in _SPELLINGS and letter.isalpha()), number))
    return tuple(free)


_REST_EDGE = (
    " \t:/|.…[](){}<>-–—←◄◀⬇↓\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}"
)
_LONGEST_BEFORE_STOP = 2  # a longer run of words before a full stop is a sentence


def _spelled(word: str) -> str:
    """A pattern for `word` in every spelling that reads the same."""
    letters = []
    for letter in word:
        if letter == "\N{ZERO WIDTH NON-JOINER}":
            letters.append("[\N{ZERO WIDTH NON-JOINER} ]?")
        elif letter == "ء":
            letters.append("ء?" + _BETWEEN)
        else:
            letters.append(_SPELLINGS.get(letter, re.escape(letter)) + _BETWEEN)
    return "".join(letters)


def _wording(template: str) -> str:
    """The pattern of one entry of the word list."""
    parts: list[str] = []
    for piece in _pieces(template):
        optional = piece.endswith("?")
        piece = piece.removesuffix("?")
        if piece == "~":
            parts.append(_FREE_AFTER if parts else _FREE_BEFORE)
            continue
        alternatives = piece[1:-1].split("|") if piece.startswith("{") else [piece]
        word = "(?:" + "|".join(_spelled(alternative) for alternative in alternatives) + ")"
        gap = f"{_BLANK}+" if parts and parts != [_FREE_BEFORE] else ""
        parts.append(f"(?:{gap}{word})?" if optional else gap + word)
    return "".join(parts)


@cache
def _entries() -> tuple[tuple[str, bool, str], ...]:
    """The wordings: language, whether one may announce a story, template."""
    entries = []
    for line in _WORDINGS.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            language, kind, template = line.split(" ", 2)
            entries.append((language, kind == "read", template))
    return tuple(entries)


def _pieces(template: str) -> list[str]:
    """The words of a template: alternatives in braces, "?" after what may be missing, "~" for free words."""
    return re.findall(r"\{[^}]*\}\??|\S+", template)


def _openings(template: str) -> Iterator[str]:
    """What a text must hold for an entry to stand in it: its first three words, in all combinations."""
    pieces = _pieces(template)
    yield from _phrases(pieces[1:] if pieces[0] == "~" else pieces, ())


def _phrases(pieces: list[str], words: tuple[str, ...]) -> Iterator[str]:
    if not pieces or pieces[0] == "~" or len(words) == _OPENING_WORDS:
        yield " ".join(words)
        return
    if pieces[0].endswith("?"):
        yield from _phrases(pieces[1:], words)
    for word in pieces[0].removesuffix("?").strip("{}").split("|"):
        yield from _phrases(pieces[1:], (*words, word))


_OPENING_WORDS = 3
_MOST_ORNAMENTS = 12


@cache  # one by one, when a line opens like it: together they take longer than a small corpus takes to lint
def _pattern(template: str) -> re.Pattern[str]:
    ornaments = f"{_ORNAMENT}{{0,{_MOST_ORNAMENTS}}}"
    return compile_re(rf"{ornaments}(?P<words>{_wording(template)}){_CLOSE}")


def _literals() -> tuple[str, ...]:
    return tuple(dict.fromkeys(opening for _, _, template in _entries() for opening in _openings(template)))


STORY_MARKERS = Triggers(literals=shipped_table("markers", _literals))
"""The triggers that wake a rule on documents that may hold a marker."""
