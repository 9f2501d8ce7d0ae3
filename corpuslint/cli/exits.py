"""Exit statuses, as ruff, ESLint and pre-commit's users know them, and the message that goes with a refusal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from corpuslint.errors import CorpuslintError, Note, SourceError

if TYPE_CHECKING:
    from corpuslint.pipeline.run import Outcome

CLEAN = 0
"""Nothing at or above `--fail-on` is left."""
FINDINGS = 1
"""Something is."""
REFUSED = 2
"""The request cannot be done: a bad option, configuration or pack, an input that cannot be read."""
INTERRUPTED = 130
"""Stopped by Ctrl-C."""


def complain(error: CorpuslintError) -> None:
    """Say on standard error what cannot be done; file names may hold anything, and a terminal obeys escapes.

    What libraries say of a failed request may hold the request's token.
    """
    from corpuslint.text.secrets import without_secrets
    from corpuslint.text.visible import shown

    print(f"{fresh_line()}error: " + "\n".join(map(shown, without_secrets(str(error)).split("\n"))), file=sys.stderr)


def refuse_unreadable(files: Sequence[str], made: str) -> None:
    """End with a refusal where files could not be read, and say so of the first; what was `made` is of the others."""
    from corpuslint.reporting.summary import counted

    if files:
        also = f" (and {counted(len(files) - 1, 'more such file')})" if len(files) > 1 else ""
        remedy = f"{made} is of everything else; mend the file, or leave it out with `exclude`, and run again"
        complain(SourceError(f"{files[0]}{also}", remedy=remedy))
        sys.exit(REFUSED)


def unreadable_in(outcome: Outcome) -> list[str]:
    """Which files a run could not read, and why."""
    found = outcome.report.findings if outcome.unreadable else ()
    return [f"{one.filename}: {one.message}" for one in found if one.code == "LNT001"]


def remark(other: Callable[..., None], message: Warning | str, category: type[Warning], *place: Any) -> None:
    """Say on standard error, in one line, what a run notes; `other` tells warnings that are not ours."""
    from corpuslint.text.visible import shown

    if issubclass(category, Note):
        print(f"{fresh_line()}note: {shown(str(message))}", file=sys.stderr)
    else:
        other(message, category, *place)


def fresh_line() -> str:
    """What takes away a line of progress, where there may be one: the next word must not stand behind it."""
    return "\r\x1b[K" if sys.stderr.isatty() else ""
