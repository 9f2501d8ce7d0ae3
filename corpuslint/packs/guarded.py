"""Patterns that anybody may have written: `regex` runs them under a clock, and no text can make them hang.

Those that a hostile text could make run for hours are found when their pack is loaded. `(x+x+)+y` tries every way to
cut a run of x in pieces before it gives up. Whether a pattern does such a thing is not read off its shape, which would
refuse many good ones: it is run, by its own engine, on texts that say one character or one word of it a thousand times
and then let it fail. What has not ended after a quarter of a second grows with the third power of the text at least.
What these texts do not find is stopped by its clock.
"""

from __future__ import annotations

import itertools
import re
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import regex

from corpuslint.resources import keep, known_good
from corpuslint.text.patterns import compile_re

RULE_SECONDS = 2.0
"""Processor time that a rule's patterns may take for each million characters of a document, and at least; a rule beyond
that is reported as LNT003 for that document, and what it has found there is not."""


class Clock(threading.local):
    """The time one rule has for one document, whatever the number of its lines."""

    end = float("inf")

    def start(self, text: str) -> None:
        """Begin to count, for a document of this text."""
        self.end = time.process_time() + RULE_SECONDS * (1 + len(text) // 1_000_000)

    @property
    def left(self) -> float | None:
        """Seconds; `regex` takes them for its own `timeout`, which counts processor time as well."""
        if self.end == float("inf"):
            return None
        left = self.end - time.process_time()
        if left <= 0:
            raise TimeoutError
        return left


def _timed(name: str) -> Callable[..., Any]:
    """A method of a compiled pattern, called with the time that is left."""

    def call(self: GuardedPattern, text: str, *bounds: int) -> Any:
        return getattr(self.pattern, name)(text, *bounds, timeout=self._clock.left)

    return call


class GuardedPattern:
    """What rules use of a compiled pattern."""

    def __init__(self, pattern: regex.Pattern[str], clock: Clock) -> None:
        self.pattern, self._clock = pattern, clock
        self.groupindex = pattern.groupindex

    search, match, fullmatch, finditer = map(_timed, ("search", "match", "fullmatch", "finditer"))


SECONDS = 0.25
"""Processor time one probe may take; a pattern whose time grows with the square of the text needs a tenth of it."""
LENGTH = 1_000
"""Characters of a probe's repeated part."""
_SHORTER = 4
_WORTH_A_LONG_LOOK = SECONDS / _SHORTER**3 / 2  # what grows with the third power reaches it on the shorter text
_REPEATED_GROUP = compile_re(r"\)[*+{]")
_REPEAT = compile_re(r"[*+]|\{\d*,")
_SIGN = compile_re(r"[][\\(){}*+?|^$.]")
_LITERAL = compile_re(r"(?<!\\)[^\W\d_]+")
# One of each kind that classes tell apart in text of our scripts.
_ALPHABET = 'aاب1۱ ,.:-_"(/>\n\t\N{ZERO WIDTH NON-JOINER}\N{ARABIC FATHA}Aé'
_BREAKS = ("", "\0", "\n", " ", "a")
"""What comes after the repeated part and may make the pattern fail."""


def complaint_about(pattern: regex.Pattern[str]) -> str:
    """What a hostile text would have to repeat to make `pattern` hang, in words; "" where nothing was found."""
    written = pattern.pattern
    if not _REPEATED_GROUP.search(written) and len(_REPEAT.findall(written)) < 3:
        return ""  # three in a row may share a run of n characters in n² ways
    good = known_good("patterns", regex.__version__, str(SECONDS), str(LENGTH), str(pattern.flags), written)
    if good.exists():
        return ""
    for (before, repeated, after), run in itertools.product(_probes(written), (pattern.search, pattern.fullmatch)):
        times = LENGTH // len(repeated)
        if _seconds(run, before + repeated * (times // _SHORTER) + after) < _WORTH_A_LONG_LOOK:
            continue
        if _seconds(run, before + repeated * times + after) >= SECONDS:
            return f"{repeated!r}, {times:,} times, takes it more than {SECONDS} s"
    keep(good, b"")
    return ""


def _probes(written: str) -> Iterator[tuple[str, str, str]]:
    """What to try: something before, something to repeat, something after."""
    words = dict.fromkeys(word[:40] for word in _LITERAL.findall(written))
    literals = _SIGN.sub("", written)
    starts = dict.fromkeys(("", re.split(r"[^\w ]", written, maxsplit=1)[0]))
    ends = dict.fromkeys((*_BREAKS, *(broken + literals for broken in _BREAKS)))  # an engine may ask for literals first
    repeated = dict.fromkeys((*_ALPHABET, *"".join(words)[:40], *words))
    yield from itertools.product(starts, repeated, ends)


def _seconds(run: Callable[..., object], text: str) -> float:
    """Processor time that `run` takes on `text`, `SECONDS` at most."""
    started = time.process_time()
    try:
        run(text, timeout=SECONDS)
    except TimeoutError:
        return SECONDS
    return time.process_time() - started
