"""The shape of a headline: a line of some length without a stop, and no verse."""

from __future__ import annotations

from corpuslint.facts.cohesion import LONGEST_HEADLINE
from corpuslint.text.patterns import compile_re

SHORTEST_HEADLINE = 28


def looks_like_headline(line: str) -> bool:
    """Whether a line (stripped) has the shape of a headline: its length, its words, no stop at its end."""
    return (
        SHORTEST_HEADLINE <= len(line) <= LONGEST_HEADLINE
        and line[-1] not in ".!:؛،,۔…-*)"
        and line[0] not in "-–—•*·●▪#@[("
        and line.count(" ") >= 4
        and not line[0].isdigit()
        and not is_verse(line)
    )


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


def may_hold_headlines(text: str) -> bool:
    """A cheap look: whether any line inside the text has the shape of a headline."""
    if text.count("\n") < 3:
        return False
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line and not line.isspace()), len(lines))
    return any(
        looks_like_headline(line.strip())
        for line in lines[first + 1 :]
        if len(line) >= SHORTEST_HEADLINE and (len(line) <= LONGEST_HEADLINE or line[0].isspace() or line[-1].isspace())
    )
