"""`corpuslint check -`: a text on standard input, with its fixes on standard output."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from corpuslint import api
from corpuslint.cli.exits import CLEAN, FINDINGS
from corpuslint.cli.patching import print_patch
from corpuslint.errors import SourceError
from corpuslint.text.decoding import Decoded, decode, encode

if TYPE_CHECKING:
    from corpuslint.cli.asked import Asked


def check_standard_input(asked: Asked) -> int:
    """Lint or fix what is read, and give the exit status."""
    settings = asked.settled()
    wanted = asked.reports(settings)
    name = asked.stdin_filename or "-"
    given = decode(sys.stdin.buffer.read())
    fixes = asked.diff or asked.fix or asked.fix_only
    fixed, outcome = api.lint_text(given.text, name, settings, asked.least if fixes else None)
    if not fixes:
        asked.show(outcome, wanted)
        return asked.status(outcome)
    if asked.diff:
        return print_patch(outcome, asked)
    sys.stdout.buffer.write(_written(fixed, given, name))
    return CLEAN if outcome.passed or asked.exit_zero else FINDINGS


def _written(text: str, given: Decoded, name: str) -> bytes:
    """The fixed text in the encoding it came in."""
    try:
        return encode(text, given)
    except UnicodeEncodeError as error:
        raise SourceError(
            f"the fixed text holds U+{ord(text[error.start]):04X}, which {given.encoding} cannot write",
            origin=name,
            remedy="convert it to UTF-8 first",
        ) from None
