"""How often a process that lints looks for garbage in cycles."""

from __future__ import annotations

import gc


def collect_seldom() -> None:
    """Look seldom. Findings are held by the hundred thousand and are in no cycle: going through them again and again
    took a fifth of the time of a run; starting makes a hundred thousand objects, none of them garbage."""
    gc.set_threshold(200_000, 20, 50)
