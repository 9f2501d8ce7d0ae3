"""The small closed vocabularies: how bad, how sure, how wide."""

from __future__ import annotations

from enum import Enum


class _Level(Enum):
    """Words in an order, the least first."""

    def __init__(self, _word: str) -> None:
        self._rank = len(type(self).__members__)

    __hash__ = object.__hash__  # members are one of a kind; Enum's own hashes their names, in Python

    def __lt__(self, other: _Level) -> bool:
        return self._rank < other._rank

    def __le__(self, other: _Level) -> bool:
        return self._rank <= other._rank


class Severity(_Level):
    """`error` breaks a corpus, `warning` a person should look, `info` is worth knowing."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Applicability(_Level):
    """Who may apply a fix: nobody (`display`), who asked for it (`unsafe`), everyone (`safe`)."""

    DISPLAY = "display"
    UNSAFE = "unsafe"
    SAFE = "safe"


class Scope(Enum):
    """What a rule looks at: a place in a document, a whole document, the corpus."""

    SPAN = "span"
    DOCUMENT = "document"
    CORPUS = "corpus"


MIN_CONFIDENCE = 0.95
"""The confidence from which a fix that removes or moves words is applied, unless a run says another."""
