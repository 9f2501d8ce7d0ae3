"""Examples of the user's own rules, run when a pack is first used: a rule that does not do what it says is named."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from corpuslint.errors import Unproven
from corpuslint.resources import keep_table, kept_table, state_of_files

_MOST = 200
"""Rules of a pack that are looked at before a run: `rules --check` looks at all."""


def warn_of_unproven(folders: Iterable[Path]) -> None:
    """Warn, once a pack, of examples that do not hold; they are run again when a file of the pack has changed."""
    for folder in folders:
        complaints = _complaints(folder)
        if complaints:
            more = f" (and {len(complaints) - 1} more)" if len(complaints) > 1 else ""
            said = f"{folder}: {complaints[0]}{more}: `corpuslint rules --check` names every example that does not hold"
            warnings.warn(said, Unproven, stacklevel=3)


def _complaints(folder: Path) -> tuple[str, ...]:
    name = f"proof-{hashlib.blake2b(str(folder.resolve()).encode(), digest_size=12).hexdigest()}"
    state = repr(state_of_files([folder]))
    kept: tuple[str, ...] | None = kept_table(name, state)
    if kept is None:
        from corpuslint.engine.proving import complaints_about
        from corpuslint.packs.loader import load_pack

        rules = islice(load_pack(folder).all_rules, _MOST)
        kept = tuple(complaint for rule in rules for complaint in complaints_about(rule))
        keep_table(name, state, kept)
    return kept
