"""The small closed vocabularies: how bad, how sure, how wide."""

from __future__ import annotations

from enum import Enum
from functools import total_ordering


@total_ordering
class Severity(Enum):
    """`error` breaks a corpus, `warning` a person should look, `info` is worth knowing."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    __hash__ = object.__hash__  # members are one of a kind; Enum's own hashes their names, in Python

    def __lt__(self, other: Severity) -> bool:
        return _SEVERITY_ORDER[self] < _SEVERITY_ORDER[other]


_SEVERITY_ORDER = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}


@total_ordering
class Applicability(Enum):
    """Who may apply a fix: nobody (`display`), who asked for it (`unsafe`), everyone (`safe`)."""

    DISPLAY = "display"
    UNSAFE = "unsafe"
    SAFE = "safe"

    __hash__ = object.__hash__  # members are one of a kind; Enum's own hashes their names, in Python

    def __lt__(self, other: Applicability) -> bool:
        return _APPLICABILITY_ORDER[self] < _APPLICABILITY_ORDER[other]


_APPLICABILITY_ORDER = {Applicability.DISPLAY: 0, Applicability.UNSAFE: 1, Applicability.SAFE: 2}


class Scope(Enum):
    """What a rule looks at: a place in a document, a whole document, the corpus."""

    SPAN = "span"
    DOCUMENT = "document"
    CORPUS = "corpus"


MIN_CONFIDENCE = 0.95
"""The confidence from which a fix that removes or moves words is applied, unless a run says another."""
