"""How the lines of a document open and close: the cheap look that lets a clean document go.

Label and button words are everyday words; what makes them suspicious is where they stand, and no byte scan finds a
word at the start of a line among a thousand of them faster than splitting the lines does. One pass over the lines,
two dictionary look-ups each, says which kinds of lines are worth classifying at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product
from typing import TYPE_CHECKING

from corpuslint.facts.labels import CLOSING_LABEL, KINDS, label_words
from corpuslint.facts.phrasebook import derived_and_kept, entries, fold, folded, folded_phrase
from corpuslint.text.patterns import compile_re

if TYPE_CHECKING:
    from corpuslint.facts.anatomy import Anatomy

BUTTON, NUMBER, LABEL, SOURCE, EDGE, GLUED = (1 << bit for bit in range(6))
"""A line opens or closes with an interface word; is a number; opens with a label word and shows a mark; names a source
by a label, at its start or at the end of the document; or is a short line at either end, where desk lines stand.
GLUED: the document itself opens or closes with a button."""

_SHORT = 131
_LABELLED = 60
_LONGEST_LABEL = 36
_PAIRED = 1 << 8
_BARE = 14
_EDGE_LINE = 90
_GLUED = 90
_HEAD, _TAIL = 4, 14
_BLANK = " \t\r\N{NO-BREAK SPACE}\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT MARK}\N{ZERO WIDTH SPACE}"
_LINE_END = compile_re(r"\r\n?|\n")
_FIRST = compile_re(r"\W*(\w+)")
_LAST = compile_re(r"(\w+)\W*\Z")
_AFTER = _BLANK + "\n.…!:)]»←→<>|"
_COUNTED = compile_re(r"\W*\d[\d.,٫٬:kKmM]*\W*(\w+)")
_MARK = compile_re(r"[:：﹕|/\\؛،…]|\.\.|[-–—](?:\s|$)")
_SIDES = compile_re(r"[-–—ـ/|\\(\[«*\"“]")


def openers_of(anatomy: Anatomy) -> int:
    """The kinds of lines that `anatomy`'s document may hold, as bits; 0 for most clean documents."""
    text = anatomy.text
    lines = _LINE_END.split(text) if "\r" in text else text.split("\n")
    found, first_words = 0, _first_words()
    for line in lines:
        if len(line) < _SHORT:
            found |= opener_of(line)
            continue
        first = _FIRST.match(line)  # a long line says nothing by its end
        if first is not None and (first[1] in first_words or first[1].isascii()):
            found |= opener_of(line)
    return found | _edges(text, lines)


def opener_of(line: str) -> int:
    """What the first and the last word of one line say about it."""
    first = _FIRST.match(line)
    if first is None:
        return 0
    word = first[1]
    found = _first_words().get(word, 0) or (_first_words().get(word.lower(), 0) if word.isascii() else 0)
    if found >= _PAIRED:
        found = _bits_with_next(found, first, line)
    if len(line) >= _SHORT:
        if not found:
            return 0
        glued = GLUED if found & BUTTON else 0
        return glued | (found & ~BUTTON if _MARK.search(line, 0, _LABELLED) else 0)
    if found & LABEL and len(line) > _LONGEST_LABEL and not _MARK.search(line, 0, _LABELLED):
        found &= ~(LABEL | SOURCE)
    if word[0].isdigit():
        if len(line) <= _BARE:
            found |= NUMBER
        else:  # "1,204 views": the word behind the number decides
            counted = _COUNTED.match(line)
            found |= _any_bits(_first_words().get(counted[1], 0)) & BUTTON if counted else 0
    if not found & BUTTON and _last_word(line) in _last_words():
        found |= BUTTON
    return found


def _bits_with_next(found: int, first: re.Match[str], line: str) -> int:
    """The bits of a first word, once the second has been looked at where phrases only open with both."""
    bits = found % _PAIRED
    following = _FIRST.match(line, first.end())
    return bits | _pairs().get(f"{fold(first[1])} {fold(following[1])}", 0) if following else bits


def _any_bits(found: int) -> int:
    return found % _PAIRED | found // _PAIRED


def closes_with_button(line: str) -> bool:
    """Whether the last word of `line` is one that buttons close with."""
    return _last_word(line) in _last_words()


def _last_word(line: str) -> str:
    return line[-28:].rstrip(_AFTER).rpartition(" ")[2]


def _edges(text: str, lines: list[str]) -> int:
    """Whether desk lines, signatures and glued source labels can stand at the ends."""
    found = 0
    tail = text[-_GLUED:].rstrip(_BLANK + "\n")
    if CLOSING_LABEL.search(tail) or (tail.endswith((")", ").", "]")) and "(" in tail[-44:]):
        found = SOURCE
    first = _FIRST.match(text)
    if (first and opener_of(text[: first.end() + _SHORT]) & (BUTTON | GLUED)) or _last_word(tail) in _last_words():
        found |= GLUED
    edge = lines
    if len(lines) > _HEAD + _TAIL:
        edge = lines[:_HEAD] + lines[-_TAIL:]
        if not all(edge):  # blank lines at an end hide the edge; look further, as the facts do
            filled = [line for line in lines if line.strip(_BLANK)]
            edge = filled[:_HEAD] + filled[-_TAIL:]
    for line in edge:
        if 0 < len(line) <= _EDGE_LINE and line[-1] not in "؟!۔" and (line.count(" ") <= 3 or _SIDES.search(line)):
            return found | EDGE
    return found


@derived_and_kept
def _first_words() -> dict[str, int]:
    """The bits of the words that lines open with; times `_PAIRED` where a phrase opens with more than the one word."""
    table: dict[str, int] = {}
    for phrase, bit in _openings():
        _add(table, phrase, bit)
    return table


def _openings() -> Iterator[tuple[str, int]]:
    for phrase in _button_phrases():
        if not _opens_with_particle(phrase):
            yield phrase, BUTTON
    for _, phrase in entries("artefacts", "lines-home"):
        yield phrase, BUTTON
    for language, phrase in entries("artefacts", "words-request"):
        if language in ("ar", "mul"):
            yield phrase, BUTTON
    for kind in KINDS:
        for phrase in label_words(kind):
            yield phrase, SOURCE | LABEL if kind == "source" else LABEL


def _button_phrases() -> tuple[str, ...]:
    lists = ("platform", "share", "comment", "count", "print", "navigation", "subscribe", "form")
    names = (*(f"words-{name}" for name in lists), "lines-button", "lines-advertisement")
    return tuple(phrase for name in names for _, phrase in entries("artefacts", name))


def _opens_with_particle(phrase: str) -> bool:
    """Whether a phrase of several words opens with a word that opens sentences too: "به", "در", "لم"."""
    first, _, rest = folded_phrase(phrase).partition(" ")
    return bool(rest) and first in folded("artefacts", "words-neutral")


def _add(table: dict[str, int], phrase: str, bit: int) -> None:
    first = _FIRST.match(phrase)
    if first is not None:
        paired = bit * _PAIRED if _pair_of(phrase) else bit
        for spelling in spellings(first[1]):
            table[spelling] = table.get(spelling, 0) | paired


def _pair_of(phrase: str) -> str:
    """The first two words of a phrase that has more than one, folded; "" for others."""
    first = _FIRST.match(phrase)
    following = _FIRST.match(phrase, first.end()) if first and phrase[first.end() :].startswith(" ") else None
    return f"{fold(first[1])} {fold(following[1])}" if first and following else ""


@derived_and_kept
def _pairs() -> dict[str, int]:
    table: dict[str, int] = {}
    for phrase, bit in _openings():
        pair = _pair_of(phrase)
        if pair:
            table[pair] = table.get(pair, 0) | bit
    return table


@derived_and_kept
def _last_words() -> frozenset[str]:
    neutral = folded("artefacts", "words-neutral")
    found: set[str] = set()
    for phrase in _button_phrases():
        last = _LAST.search(phrase)
        if last is not None and len(last[1]) > 2 and folded_phrase(last[1]) not in neutral:
            found.update(spellings(last[1]))
    for language, phrase in entries("artefacts", "words-request"):
        if language not in ("ar", "mul"):
            found.update(spellings(phrase.split(" ")[-1]))
    return frozenset(found)


_VARIANTS = {letter: group for group in ("اأإآ", "يىی", "كک", "هة", "ہهە") for letter in group}
_MOST_SPELLINGS = 64


def spellings(word: str) -> tuple[str, ...]:
    """`word` as pages spell it: hamza or none, Arabic or Farsi letters, small or capital ones.

    >>> spellings("اقرا")[:3], spellings("share")
    (('اقرا', 'اقرأ', 'اقرإ'), ('share', 'Share', 'SHARE'))
    """
    if word.isascii():
        return tuple(dict.fromkeys((word, word.capitalize(), word.upper())))
    choices = [[letter, *(other for other in _VARIANTS.get(letter, "") if other != letter)] for letter in word]
    return tuple("".join(spelling) for spelling in islice(product(*choices), _MOST_SPELLINGS))
