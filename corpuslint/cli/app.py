"""The command line: one table of commands, one boundary for errors.

A command's module is imported when it is called (or when its help is asked for), so that starting up costs little.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from corpuslint.cli.exits import INTERRUPTED, REFUSED
from corpuslint.errors import CorpuslintError
from corpuslint.version import __version__

COMMANDS: dict[str, str] = {
    "check": "corpuslint.cli.check",
    "build": "corpuslint.cli.build",
    "verify": "corpuslint.cli.verify",
    "diff": "corpuslint.cli.diff",
    "publish": "corpuslint.cli.publish",
    "hub": "corpuslint.cli.hub",
    "takedown": "corpuslint.cli.takedown",
    "undo": "corpuslint.cli.undo",
    "status": "corpuslint.cli.status",
    "cache": "corpuslint.cli.cache",
    "baseline": "corpuslint.cli.baseline",
    "rule": "corpuslint.cli.rule",
    "rules": "corpuslint.cli.rules",
    "report": "corpuslint.cli.report",
    "mine": "corpuslint.cli.mine",
    "review": "corpuslint.cli.review",
    "server": "corpuslint.cli.server",
    "config": "corpuslint.cli.config",
    "init": "corpuslint.cli.init",
}
"""Name of a command -> the module whose `app` (a Typer) is the command; in the order of `--help`."""


class _Commands(TyperGroup):
    """The commands of the table, each imported when it is wanted."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        command = typer.main.get_command(import_module(COMMANDS[cmd_name]).app)
        command.name = cmd_name
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


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"corpuslint-arabic {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", "-V", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Read at every start."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit; the one place that turns errors into messages and statuses."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app(args=None if arguments is None else list(arguments), prog_name="corpuslint")
    except CorpuslintError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(REFUSED)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # whoever read our output has gone; the rest of it is nobody's
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
