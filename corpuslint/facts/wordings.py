"""The wordings that facts wait for in a document, found in one walk over its words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from corpuslint.facts.markers import STORY_MARKERS, Marker, marker_on
from corpuslint.facts.page import Page
from corpuslint.facts.phrasebook import cue_literals, derived, derived_and_kept, entries
from corpuslint.words.phrases import Found, Phrases
from corpuslint.words.reading import LINE_FIELDS, WORD

CUE, MARKER, DISCLAIMER, _JOINED = (1 << bit for bit in range(4))
"""The first words of a sentence of the page; those of a marker of other stories; a phrase behind which a disclaimer
names the outlet, and the same behind "and" and before a joined "of"."""

SENTENCES = ("sentences-comment", "sentences-opinion", "sentences-rights", "sentences-more", "sentences-prompt")
"""The lists of sentences of the page."""


def wordings_of(anatomy: Page) -> tuple[Found, ...]:
    """Where wordings stand in a document, each with its kinds as bits."""
    return tuple(_phrases().find(anatomy.words))


def stands(anatomy: Page, kind: int) -> bool:
    """Whether a wording of some kind stands in a document."""
    return any(one.value & kind for one in anatomy.fact(wordings_of))


def markers_of(anatomy: Page) -> Mapping[int, Marker]:
    """The markers of a document, by the numbers of their lines."""
    lines, text = anatomy.filled if stands(anatomy, MARKER) else (), anatomy.text
    return {line.number: marker for line in lines if (marker := marker_on(line, text)) is not None}


def lines_with_disclaimer(anatomy: Page) -> frozenset[int]:
    """The numbers of the lines where a disclaimer may name the outlet."""
    if not stands(anatomy, DISCLAIMER):
        return frozenset()
    firsts = anatomy.words.lines[WORD::LINE_FIELDS]
    found = (one for one in anatomy.fact(wordings_of) if one.value & (DISCLAIMER | _JOINED))
    return frozenset(bisect_right(firsts, one.first) for one in found)


@derived
def _phrases() -> Phrases:
    return Phrases(_table(), name="wordings")


@derived_and_kept
def _table() -> dict[str, int]:
    cues = (entry for name in (*SENTENCES, "words-commented") for _, entry in entries("artefacts", name))
    table = {literal: CUE for entry in cues for literal in cue_literals(entry)}
    disclaimers = [phrase for _, phrase in entries("sources", "disclaimers")]
    for kind, phrases in (
        (DISCLAIMER, disclaimers),
        (_JOINED, [joined + phrase.removesuffix(" ل") for joined in ("", "و", "ف") for phrase in disclaimers]),
        (MARKER, STORY_MARKERS.literals),
    ):
        table.update((phrase, table.get(phrase, 0) | kind) for phrase in phrases)
    return table
