"""How the lines of a document open and close: the cheap look that lets a clean document go.

Label and button words are everyday words; what makes them suspicious is where they stand, and no byte scan finds a
word at the start of a line among a thousand of them faster than splitting the lines does. One pass over the lines,
two dictionary look-ups each, says which kinds of lines are worth classifying at all.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from corpuslint.facts.labels import KINDS, label_words
from corpuslint.facts.phrasebook import entries, fold

if TYPE_CHECKING:
    from corpuslint.facts.anatomy import Anatomy

BUTTON, NUMBER, LABEL, SOURCE, EDGE = (1 << bit for bit in range(5))
"""A line opens or closes with an interface word; is a number; opens with a label word, a source's label word; or is a
short line at either end of the document, where desk lines and signatures stand."""

_SHORT = 131
_EDGE_LINE = 90
_GLUED = 90
_GLUED_LABELS = ("المصدر", "منبع", "ماخذ", "مأخذ", "سەرچاوە", "بشکریہ", "نقلا")
_HEAD, _TAIL = 4, 5
_DECORATION = (
    " \t\r\N{NO-BREAK SPACE}\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT MARK}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}"
    "\N{ZERO WIDTH NO-BREAK SPACE}\N{RIGHT-TO-LEFT EMBEDDING}\N{LEFT-TO-RIGHT EMBEDDING}\N{POP DIRECTIONAL FORMATTING}"
    "*•●▪■◾►▶»›>|:：.,…()[]{}#/\\–—-+_=~«‹<\"“”'،؛"
)
_LINE_END = re.compile(r"\r\n?|\n")


def openers_of(anatomy: Anatomy) -> int:
    """The kinds of lines that `anatomy`'s document may hold, as bits; 0 for most clean documents."""
    text = anatomy.text
    lines = _LINE_END.split(text) if "\r" in text else text.split("\n")
    found = 0
    for line in lines:
        found |= opener_of(line)
    if len(lines) <= _HEAD + _TAIL:
        edge = lines
    else:
        edge = lines[:_HEAD] + lines[-_TAIL:]
        if not lines[0] or not lines[-1]:  # blank lines at an end hide the edge; look further, as the facts do
            filled = [line for line in lines if line.strip(_DECORATION)]
            edge = filled[:_HEAD] + filled[-_TAIL:]
    tail = text[-_GLUED:].rstrip(_DECORATION[:11])
    if any(word in tail for word in _GLUED_LABELS) or (tail.endswith((")", ").", "]")) and "(" in tail[-44:]):
        found |= SOURCE
    for line in edge:
        if 0 < len(line) <= _EDGE_LINE and line[-1] not in ".؟!۔":
            found |= EDGE
            break
    return found


def opener_of(line: str) -> int:
    """What the first and the last word of one line say about it."""
    head = line[:32].split(None, 2)
    if not head:
        return 0
    word = head[0].strip(_DECORATION)
    if not word and len(head) > 1:
        word = head[1].strip(_DECORATION)
    found = _first_words().get(fold(word), 0)
    if len(line) >= _SHORT:
        return found & ~BUTTON
    if word[:1].isdigit():
        found |= NUMBER
    last = line[-24:].rsplit(None, 1)[-1].strip(_DECORATION)
    if fold(last) in _last_words():
        found |= BUTTON
    return found


@cache
def _first_words() -> dict[str, int]:
    table: dict[str, int] = {}
    for name in ("platform", "share", "comment", "count", "print", "navigation", "subscribe", "form"):
        for _, phrase in entries("artefacts", f"words-{name}"):
            _add(table, phrase, BUTTON)
    for _, phrase in entries("artefacts", "lines-button"):
        _add(table, phrase, BUTTON)
    for kind in KINDS:
        for phrase in label_words(kind):
            _add(table, phrase, SOURCE | LABEL if kind == "source" else LABEL)
    return table


def _add(table: dict[str, int], phrase: str, bit: int) -> None:
    first = fold(phrase.split(" ")[0].strip(_DECORATION))
    if first:
        table[first] = table.get(first, 0) | bit
    joined = first.split("\N{ZERO WIDTH NON-JOINER}")[0]
    if joined:
        table[joined] = table.get(joined, 0) | bit


@cache
def _last_words() -> frozenset[str]:
    return frozenset(
        fold(phrase.split(" ")[-1].strip(_DECORATION))
        for name in ("platform", "share", "subscribe", "comment", "count")
        for _, phrase in entries("artefacts", f"words-{name}")
    )
