"""Tables that are made of shipped lists and data, and kept between runs.

Reading ten thousand lines and writing out how pages spell them takes longer than linting a document does. A table is
made anew whenever a list, or the code that reads it, has changed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from corpuslint.resources import keep_table, kept_table, package_state

T = TypeVar("T")


def table_of(name: str, make: Callable[[], T]) -> T:
    """What `make` gives: plain data that depends on the shipped files and nothing else."""
    kept: T | None = kept_table(name, package_state())
    if kept is None:
        kept = make()
        keep_table(name, package_state(), kept)
    return kept
