"""Exit statuses, as ruff, ESLint and pre-commit's users know them."""

from __future__ import annotations

CLEAN = 0
"""Nothing at or above `--fail-on` is left."""
FINDINGS = 1
"""Something is."""
REFUSED = 2
"""The request cannot be done: a bad option, configuration or pack, an input that cannot be read."""
INTERRUPTED = 130
"""Stopped by Ctrl-C."""
