"""The command line: one table of commands, one boundary for errors.

A command's module is imported when it is called (or when its help is asked for), so that starting up costs little.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
import warnings
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from corpuslint.cli.exits import INTERRUPTED, REFUSED, complain, remark
from corpuslint.cli.plain import read_plainly
from corpuslint.errors import CorpuslintError, SourceError, Unfollowed
from corpuslint.version import __version__

COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("corpuslint.cli.check", "Lint documents, and mend what can be mended."),
    "build": (
        "corpuslint.cli.build",
        "Fix, split, judge and withhold, and write a version of a dataset; the input is not touched.",
    ),
    "verify": (
        "corpuslint.cli.verify",
        "Check a version: checksums, schema, counts, splits, loadable, every record's edits undone.",
    ),
    "diff": ("corpuslint.cli.diff", "Compare two versions, record by record, with the rules behind each change."),
    "publish": ("corpuslint.cli.publish", "Publish a version: one commit, read back and compared, then the tag."),
    "hub": ("corpuslint.cli.hub", "A local Hub for Hugging Face clients."),
    "takedown": (
        "corpuslint.cli.takedown",
        "Find a text in every version; with --apply, build a version without it that stays without it.",
    ),
    "undo": ("corpuslint.cli.undo", "Take back fixes: files become the bytes they were before."),
    "status": ("corpuslint.cli.status", "Say how far a run with --work is, or what it came to."),
    "cache": ("corpuslint.cli.cache", "Results of earlier runs."),
    "baseline": (
        "corpuslint.cli.baseline",
        "Write the findings of today into a baseline; from then on only new ones count.",
    ),
    "rule": ("corpuslint.cli.rule", "Explain a rule: what it finds, why, examples, and whether its fix is safe."),
    "rules": ("corpuslint.cli.rules", "List the rules: code, name, severity, whether it has a fix, what it finds."),
    "report": (
        "corpuslint.cli.report",
        "Write findings as one HTML page: counts, each document with its marks, before and after.",
    ),
    "mine": (
        "corpuslint.cli.mine",
        "Propose a rule pack from the lines, beginnings and ends that an outlet's documents have in common.",
    ),
    "review": (
        "corpuslint.cli.review",
        "Decide over findings in the browser: accept, reject, edit a fix, split a story.",
    ),
    "server": ("corpuslint.cli.server", "Serve editors: the language server, on standard input and output."),
    "config": ("corpuslint.cli.config", "Show the configuration that holds here."),
    "init": ("corpuslint.cli.init", "Lay out a corpus repository: configuration, rules/, seeds/, hooks."),
}
"""Name of a command -> the module whose `app` (a Typer) is the command, and its line in `--help`; in that order."""


class _Commands(TyperGroup):
    """The commands of the table, each imported when it is wanted: listing them takes the table alone."""

    _listing = False

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        read_plainly(self)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        self._listing = True
        try:
            super().format_help(ctx, formatter)
        finally:
            self._listing = False

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module, line = COMMANDS[cmd_name]
        if self._listing:
            return TyperCommand(cmd_name, help=line, short_help=line)
        command: Any = typer.main.get_command(import_module(module).app)
        command.name = cmd_name
        command.rich_markup_mode = None  # as for the group: no frames, and no types that say less than the metavar
        for parameter in command.params:
            if parameter.param_type_name == "option" and parameter.metavar is None and not parameter.is_flag:
                parameter.metavar = parameter.name.upper()
        read_plainly(command)
        return command


app = typer.Typer(
    cls=_Commands,
    help="A linter and dataset packager for Arabic-script news corpora.",
    add_completion=True,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


NOT_COMPILED = "not compiled, slower: there was no C compiler when it was installed"


def _version(wanted: bool) -> None:
    if wanted:
        from corpuslint.words.kernel import COMPILED

        typer.echo(f"corpuslint-arabic {__version__}{'' if COMPILED else f' ({NOT_COMPILED})'}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", "-V", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Read at every start."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit; the one place that turns errors into messages and statuses."""
    atexit.register(gc.freeze)  # a process that ends gives its memory back whole; nothing has to be looked through
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    with warnings.catch_warnings():
        warnings.simplefilter("always", Unfollowed)
        warnings.showwarning = partial(remark, warnings.showwarning)
        _run(arguments)


_AFTER = {
    "check": "nothing was changed",
    "fix": "every file is whole, as it was or fixed; the same command goes on, `corpuslint undo` takes back",
    "build": "no version was written",
    "undo": "every file is whole, fixed or as it was; the same command goes on",
}


def _interrupted(arguments: Sequence[str]) -> str:
    """What Ctrl-C left, on a line of its own: the prompt must not stand behind a line of progress."""
    command = next((word for word in arguments if word in COMMANDS), "")
    if command == "check" and {"--fix", "--fix-only"} & set(arguments):
        command = "fix"
    told = sys.modules.get("corpuslint.cli.executor")
    done = told.LATEST[0] if told is not None and told.LATEST else None
    far = f" after {done.size / 1e6:,.1f} of {done.total / 1e6:,.1f} MB" if done is not None and done.total else ""
    after = f": {_AFTER[command]}" if command in _AFTER else ""
    return f"{chr(13)}\x1b[Kinterrupted{far}{after}" if sys.stderr.isatty() else f"interrupted{far}{after}"


def _run(arguments: Sequence[str] | None) -> None:
    if (told := sys.modules.get("corpuslint.cli.executor")) is not None:
        told.LATEST.clear()  # of an earlier call in this process
    try:
        app(args=None if arguments is None else list(arguments), prog_name="corpuslint")
    except CorpuslintError as error:
        complain(error)
        sys.exit(REFUSED)
    except KeyboardInterrupt:
        print(_interrupted(sys.argv[1:] if arguments is None else arguments), file=sys.stderr)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # whoever read our output has gone; the rest of it is nobody's
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        # what the system refuses (a full disk, a folder that may not be written to) is no mistake of the program
        complain(SourceError(error.strerror or str(error), origin=str(error.filename or "")))
        sys.exit(REFUSED)
