"""Ways of `corpuslint check` other than to report on files: a patch, standard input, and looking again and again."""

from __future__ import annotations

import os
import secrets
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from corpuslint import api
from corpuslint.cli.exits import CLEAN, FINDINGS, REFUSED, complain
from corpuslint.errors import ConfigError, CorpuslintError
from corpuslint.formats import read_as
from corpuslint.formats.endings import is_read, is_text, sidecar_name
from corpuslint.formats.reading import ReadOptions, Trouble, TroubleKind
from corpuslint.formats.text import read_sidecar
from corpuslint.model.document import Document, DocumentId, Origin
from corpuslint.reporting.patch import coloured, patch
from corpuslint.reporting.terminal import Terminal
from corpuslint.resources import state_of_files
from corpuslint.text.decoding import decode
from corpuslint.text.visible import shown

if TYPE_CHECKING:
    from corpuslint.cli.asked import Asked
    from corpuslint.pipeline.run import Outcome

_LEFT_OUT = frozenset({".git", ".corpuslint", "__pycache__", "node_modules", "dist"})
_CONFIGURED = (
    "corpuslint.toml",
    "corpuslint.suppress.toml",
    "corpuslint.baseline.json",
    "pyproject.toml",
    "rules",
)


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


def check_standard_input(asked: Asked) -> int:
    """Lint or fix what is read, and give the exit status."""
    if asked.paths not in ((), ("-",)):
        raise ConfigError("standard input is looked at alone", key="-", remedy="name files in a run of their own")
    settings, name = asked.settled(), asked.stdin_filename or "-"
    records = is_read(name) and not is_text(name)
    data = sys.stdin.buffer.read()
    contents = _records(data, name, settings.reading) if records else _text(data, name, settings.reading)
    document = contents[-1] if contents else None
    wanted = asked.reports(settings, document if isinstance(document, Document) and not records else None)
    if not (asked.diff or asked.fix or asked.fix_only):
        outcome = api.lint_contents(name, contents, settings)
        asked.show(outcome, wanted)
        return asked.status(outcome)
    if records or not isinstance(document, Document):
        raise ConfigError("only a text is fixed on standard input", path=name, remedy="name the file that holds it")
    fixed, outcome = api.fix_text(document, settings, asked.least)
    if asked.diff:
        return print_patch(outcome, asked)
    from corpuslint.formats.rewriting import encoded

    sys.stdout.buffer.write(encoded(fixed, decode(data), name))
    return asked.status(outcome)


def _text(data: bytes, name: str, options: ReadOptions) -> list[Document | Trouble]:
    """The document that a text is, with what is declared beside the file of this name, and what is wrong with that."""
    given = decode(data)
    metadata, own, trouble = read_sidecar(name, options) if is_text(name) else ({}, {}, "")
    document = Document(DocumentId(name), given.text, metadata, Origin(name), own)
    wrong = [Trouble(TroubleKind.BROKEN, trouble, Origin(sidecar_name(name)))] if trouble else []
    return [*wrong, options.complete(document)]


def _records(data: bytes, name: str, options: ReadOptions) -> list[Document | Trouble]:
    """What a file of this name holds whose bytes these are."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="corpuslint-") as folder:
        path = Path(folder, Path(name).name)
        path.write_bytes(data)
        return [*read_as(path, name, options)]


def watch(asked: Asked) -> NoReturn:
    """Check, wait for a change, check again; Ctrl-C ends it."""
    settings = asked.settled()
    wanted = asked.reports(settings)
    watched = [*asked.given, *(str(settings.root / name) for name in _CONFIGURED if (settings.root / name).exists())]
    if not asked.quiet:
        print(f"watching {shown(', '.join(asked.given))}; Ctrl-C ends", file=sys.stderr)
    for changed in changes(watched):
        if changed:
            print(f"\nchanged: {shown(', '.join(changed[:3]))}{' …' if len(changed) > 3 else ''}", file=sys.stderr)
        try:
            outcome = api.check(
                asked.given,
                asked.settled(),
                force_exclude=asked.force_exclude,
                since=asked.since,
                against=asked.against,
            )
            asked.show(outcome, wanted)
        except CorpuslintError as error:
            # a configuration that is being written is wrong for a moment
            complain(error)
        sys.stdout.flush()
    raise AssertionError("watching ends by interruption only")


def changes(paths: Iterable[str], *, wait: Callable[[], None] = lambda: time.sleep(0.5)) -> Iterator[tuple[str, ...]]:
    """The names of changed files, each time there are some; for ever. The first answer is empty and comes at once."""
    watched = tuple(map(Path, paths))
    before = set(state_of_files(watched, _LEFT_OUT))
    yield ()
    while True:
        wait()
        now = set(state_of_files(watched, _LEFT_OUT))
        if changed := sorted({name for name, *_ in now ^ before}):
            before = now
            yield tuple(changed)
