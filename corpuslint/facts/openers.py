"""How the lines of a document open and close: the cheap look that lets a clean document go.

Label and button words are everyday words; what makes them suspicious is where they stand. One pass over the lines of
the reading says which of them are worth classifying at all.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Final

from corpuslint.facts.label_words import KINDS, date_labels, label_words
from corpuslint.facts.page import Page
from corpuslint.facts.phrasebook import derived, derived_and_kept, entries
from corpuslint.words import kernel
from corpuslint.words.lexicon import KeptTable, Table, kept_bits, table_from
from corpuslint.words.reading import BLANK, JOINED, key_of, read

BUTTON, NUMBER, LABEL, SOURCE, EDGE, GLUED, DATED, BROKEN, SHORT, STAMP, HEADLINE, GAPPED = (
    1 << bit for bit in range(12)
)
"""A line opens or closes with an interface word; is a number; opens with a label word and shows a mark; names a source
by a label, at its start or at the end of the document; or is a short line at either end, where desk lines stand. GLUED:
the document itself opens or closes with a button. DATED: an everyday word for a date stands anywhere in the text beside
a colon or a number. BROKEN: a line may go on in the next. SHORT: a line has few words. STAMP: a short line with digits
enough for a day and a year is one of the first eight or the last four. HEADLINE: a line below the first is as long as a
headline, and ends with no stop. GAPPED: two lines in a row have no word."""

FEW_WORDS: Final = 14
"""Words that a line may have to be one of the page, where it opens with no button."""

_CLOSING_LABELS = ("المصدر", "منبع", "ماخذ", "مأخذ", "سەرچاوە", "بشکریہ", "نقلا")


def holds_closing_label(text: str) -> bool:
    """Whether one of the source labels stands in `text` that are also glued to the end of a paragraph."""
    return any(map(text.__contains__, _CLOSING_LABELS))


_PAIRED = 1 << 6
_CLOSES, _DATES = 1 << 12, 1 << 13
_TAIL = 90
_BLANKS = " \t\r\n\N{NO-BREAK SPACE}\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT MARK}\N{ZERO WIDTH SPACE}"


def openers_of(anatomy: Page) -> tuple[int, array[int]]:
    """The kinds of lines that the document may hold, as bits (0 for most clean documents), and those of each line."""
    reading, table = anatomy.words, _table()
    found = array("B", bytes(reading.line_count()))
    bits: int = kernel.open_lines(
        reading.text, reading.starts, reading.ends, reading.keys, reading.gaps, reading.lines, FEW_WORDS,
        table.slots, table.numbers, found,
    )  # fmt: skip
    tail = reading.text[-_TAIL:].rstrip(_BLANKS)
    if holds_closing_label(tail) or (tail.endswith((")", ").", "]")) and "(" in tail[-44:]):
        bits |= SOURCE
    return bits, found


def closes_with_button(text: str) -> bool:
    """Whether the last word of `text` is one that buttons close with."""
    keys = read(text).keys
    number = _table().number(keys[-1]) if keys else -1
    return number > 0 and bool(number & _CLOSES)


@derived
def _table() -> Table:
    return table_from(_kept_table())


@derived_and_kept
def _kept_table() -> KeptTable:
    """The bits of the words that lines open with, times `_PAIRED` where the next word must bear them out; and more."""
    table: dict[int, int] = {}
    for phrase, bit in _openings():
        words = read(phrase)
        paired = len(words.keys) > 1 and words.gaps[1] == BLANK
        if paired:
            pair = kernel.joined_key(words.keys[0], words.keys[1])
            table[pair] = table.get(pair, 0) | bit
        for key in words.keys[:1]:
            table[key] = table.get(key, 0) | (bit * _PAIRED if paired else bit)
    for keys, bit in ((_last_words(), _CLOSES), (_date_words(), _DATES)):
        for key in keys:
            table[key] = table.get(key, 0) | bit
    return kept_bits(table)


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
    keys = read(phrase).keys
    return len(keys) > 1 and keys[0] in _neutral()


@derived
def _neutral() -> frozenset[int]:
    return frozenset(
        key_of(phrase) for _, phrase in entries("artefacts", "words-neutral") if len(read(phrase).keys) == 1
    )


def _last_words() -> Iterator[int]:
    for phrase in _button_phrases():
        words = read(phrase)
        *_, last = words.words()
        if len(last) > 2 and words.gaps[-1] != JOINED and words.keys[-1] not in _neutral():
            yield words.keys[-1]
    for _, phrase in entries("artefacts", "lines-home"):  # bidi display turns paths around
        yield read(phrase).keys[-1]
    for language, phrase in entries("artefacts", "words-request"):
        if language not in ("ar", "mul"):
            yield read(phrase).keys[-1]


def _date_words() -> Iterator[int]:
    """Labels of dates that are one everyday word."""
    for label in date_labels():
        if label.everyday:
            yield read(label.words).keys[0]
