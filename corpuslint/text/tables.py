"""Tables that are made of shipped lists and data, and kept between runs.

Reading ten thousand lines and writing out how pages spell them takes longer than linting a document does. A table is
made anew whenever a list, or the code that reads it, has changed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from corpuslint.resources import keep_table, kept_table, rules_folder, state_of_files

T = TypeVar("T")
_PACKAGE = Path(__file__).resolve().parent.parent


def table_of(name: str, make: Callable[[], T]) -> T:
    """What `make` gives: plain data that depends on the shipped files and nothing else."""
    kept: T | None = kept_table(name, _shipped())
    if kept is None:
        kept = make()
        keep_table(name, _shipped(), kept)
    return kept


@cache
def _shipped() -> str:
    """The state of all that tables are made of: lists, data, and the code that reads them."""
    lists = [path for path in rules_folder().glob("*/data") if path.is_dir()]
    return repr(state_of_files([*lists, *(_PACKAGE / room for room in ("facts", "languages", "text"))]))
