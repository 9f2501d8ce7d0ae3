"""Patterns that anybody may have written: `regex` runs them under a clock, and no text can make them hang."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import regex

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
