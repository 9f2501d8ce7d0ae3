"""`corpuslint check --diff`: what `--fix` would change, as a patch."""

from __future__ import annotations

import os
import secrets
import sys
from typing import TYPE_CHECKING

from corpuslint.cli.exits import CLEAN, FINDINGS, REFUSED
from corpuslint.reporting.patch import coloured, patch
from corpuslint.reporting.terminal import Terminal
from corpuslint.text.visible import shown

if TYPE_CHECKING:
    from corpuslint.api import Outcome
    from corpuslint.cli.asked import Asked


def print_patch(outcome: Outcome, asked: Asked) -> int:
    """The changes as a patch, for eyes on a terminal, for `git apply` in a pipe; and the exit status.

    GitHub's runner reads orders out of whatever is written into its log: it is told not to, until the diff is over.
    """
    terminal = Terminal.of(sys.stdout, os.environ)
    word = secrets.token_hex(16) if os.environ.get("GITHUB_ACTIONS") == "true" else ""
    if word:
        sys.stdout.write(f"::stop-commands::{word}\n")
    if sys.stdout.isatty():
        for line in coloured(outcome.changed, terminal):
            sys.stdout.write(line)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(patch(outcome.changed))
        sys.stdout.buffer.flush()
    if word:
        sys.stdout.write(f"::{word}::\n")
    for note in outcome.report.summary.notes:
        print(f"note: {shown(note)}", file=sys.stderr)
    if asked.refuses(outcome):
        return REFUSED
    return FINDINGS if outcome.changed else CLEAN
