"""The shape of a headline: a line of some length without a stop, and no verse."""

from __future__ import annotations

from corpuslint.facts.cohesion import LONGEST_HEADLINE
from corpuslint.facts.page import Page
from corpuslint.text.patterns import compile_re
from corpuslint.words.reading import END, LINE_FIELDS, START

SHORTEST_HEADLINE = 28


def looks_like_headline(line: str) -> bool:
    """Whether a line (stripped) has the shape of a headline: its length, its words, no stop at its end or its quote."""
    return (
        SHORTEST_HEADLINE <= len(line) <= LONGEST_HEADLINE
        and line.rstrip("\"”»’'")[-1:] not in ".!:؛،,۔…-*)"
        and line[0] not in "-–—•*·●▪#@[("
        and line.count(" ") >= 4
        and not line[0].isdigit()
        and not is_verse(line)
        and not _STOP_BEFORE_NUMBER.search(line)
    )


_STOP_BEFORE_NUMBER = compile_re(r"\s\.\d{1,4}$")
"""The full stop behind a number, stored before it: what a right-to-left editor shows is the same."""


def is_verse(line: str) -> bool:
    """Whether a line is a verse of a poem: two halves of one length with a sign between, or words with their vowels.

    >>> is_verse("قفا نبك من ذكرى حبيب ومنزل ... بسقط اللوى بين الدخول فحومل")
    True
    """
    halves = _CAESURA.split(line)
    if len(halves) == 2 and min(map(len, halves)) >= 0.6 * max(map(len, halves)) and min(map(len, halves)) >= 10:
        return True
    return len(_VOWELS.findall(line)) >= line.count(" ")


_CAESURA = compile_re(r"\s+(?:\.{2,}|…+|\*+|/+|[#~]|\N{ARABIC TATWEEL}+)\s+|\s{4,}|\t+")
_VOWELS = compile_re("[\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}]")


def may_hold_headlines(anatomy: Page) -> bool:
    """A cheap look: whether any line inside the text has the shape of a headline; its opener is `HEADLINE`."""
    text, places = anatomy.text, anatomy.words.lines
    lines = zip(places[START::LINE_FIELDS], places[END::LINE_FIELDS], strict=True)
    if len(places) < 4 * LINE_FIELDS or not any(text[start:end].strip() for start, end in lines):
        return False
    # those below the first that is filled
    return any(looks_like_headline(line) for start, end in lines if (line := text[start:end].strip()))
