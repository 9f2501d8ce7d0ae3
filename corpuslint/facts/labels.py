"""Label lines: a word of the page's template, a colon, and a value, or no value because the scraper lost it.

Label words are everyday words ("كتب", "تاريخ", "گروه"), so a label needs its place, the start of a line, and a mark
after it or nothing at all: "بقلم: …", "الوسوم | …", a lone "المصدر". A colon that bidi flipped to the front counts.
"""

from __future__ import annotations

import re

import msgspec

from corpuslint.facts.label_words import KINDS, listed_labels
from corpuslint.facts.layout import Line
from corpuslint.facts.openers import LABEL, openers_of
from corpuslint.facts.page import Page
from corpuslint.facts.phrasebook import (
    Word,
    derived_and_kept,
    folded,
    folded_phrase,
    words_of,
)
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span


class Label(msgspec.Struct, frozen=True):
    """A label line. `value` is the text after the mark ("" where nothing is), `span` the place of the value."""

    kind: str
    words: Span
    value: str
    span: Span
    marked: bool


class LabelLine(msgspec.Struct, frozen=True):
    """A line with a label; `index` counts the filled lines."""

    index: int
    line: Line
    label: Label


def labels_of(anatomy: Page) -> tuple[LabelLine, ...]:
    """The label lines of a document, in the order of the text."""
    if not anatomy.fact(openers_of)[0] & LABEL:
        return ()
    opened = anatomy.fact(openers_of)[1]
    found = []
    for index, line in enumerate(anatomy.filled):
        label = label_on(line) if opened[line.number - 1] & LABEL else None
        if label is not None:
            found.append(LabelLine(index, line, label))
    return tuple(found)


def label_on(line: Line) -> Label | None:
    """The label that `line` opens with; its value may be empty.

    >>> from corpuslint.facts.layout import lines_of
    >>> [label_on(line).kind for line in lines_of("الوسوم: قمح، خبز\\n: آخر تحديث")]
    ['keywords', 'date']
    """
    # pages set a name in Latin letters right behind the label of a picture: "…ذریعہReuters"
    head = words_of(_GLUED.sub(" ", line.text[:_REACH], count=1))
    if not head or head[0].text not in _first_words():
        return None
    for length in range(min(len(head), _LONGEST), 0, -1):
        words = " ".join(word.text for word in head[:length])
        kind = _labels().get(words) or ("related" if length == 2 and _sends_on(head) else None)
        if kind is None:
            continue
        found = _with_mark(line, head[:length], kind)
        if found is not None:
            return found
    return None


_REACH = 60
_LONGEST = 6
_DECORATION = compile_re(r"[^\w:：|]*(?P<mirrored>[:：]\s*)?[^\w:：]*")
_MARK = compile_re(r"\s*(?:[:：﹕|؛]|[/\\](?=\s)|\s?[-–—]+(?=\s|$)|\.{2,}|…)[:|\s]*")
_COMMA = compile_re(r"\s*،\s*")
_GLUED = compile_re(r"(?<=[ء-ۓ])(?=[A-Z])")
_NOTHING = compile_re(r"[^\w]*")


def _with_mark(line: Line, words: list[Word], kind: str) -> Label | None:
    text = line.text
    start, end = words[0].start, words[-1].end
    opening = _DECORATION.match(text, 0, start)
    if opening is None or opening.end() != start:
        return None
    at = line.body.start
    mark = _MARK.match(text, end)
    if mark is None and kind == "photo" and len(words) > 1:
        mark = _COMMA.match(text, end) or _GLUED.match(text, end)  # "صدر الصورة، Reuters", as the BBC's pages have it
    if mark is None and not _NOTHING.fullmatch(text, end):
        return None
    value = text[mark.end() :].strip() if mark else ""
    value = value if re.search(r"\w", value) else ""
    place = at + (text.index(value, mark.end()) if mark and value else len(text))
    marked = mark is not None or bool(opening["mirrored"])
    return Label(kind, Span(at + start, at + end), value, Span(place, place + len(value)), marked)


def _sends_on(head: list[Word]) -> bool:
    """Whether a line opens with "read", "see" and "also", "more", in whatever pair of words."""
    return head[0].text in folded("artefacts", "words-read") and head[1].text in folded("artefacts", "words-also")


@derived_and_kept
def _first_words() -> frozenset[str]:
    return frozenset(phrase.split(" ")[0] for phrase in _labels()) | folded("artefacts", "words-read")


@derived_and_kept
def _labels() -> dict[str, str]:
    table: dict[str, str] = {}
    for kind in KINDS:
        for phrase in listed_labels(kind):
            table.setdefault(folded_phrase(phrase), kind)
    return table


def reads_as_clause(value: str) -> bool:
    """Whether what stands behind a label is a clause, or the beginning of one, rather than names, tags or a code.

    >>> reads_as_clause("لا تعني شيئا لمن يقرؤها"), reads_as_clause("البلدية، الحي الشمالي")
    (True, False)
    """
    verbs = folded("artefacts", "words-clause")
    return any(word.text in verbs for word in words_of(value)) or bool(_PERSIAN_PRESENT.search(value))


_PERSIAN_PRESENT = compile_re("(?<!\\w)ن?می[\N{ZERO WIDTH NON-JOINER} ]\\w")
