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
from itertools import takewhile
from typing import NoReturn

import click
from click.exceptions import Exit

from corpuslint.cli.exits import FINDINGS, INTERRUPTED, REFUSED, complain, fresh_line, remark
from corpuslint.errors import ConfigError, CorpuslintError, Note, SourceError, nearest
from corpuslint.version import __version__

COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("check", "Lint documents, and mend what can be mended."),
    "build": ("build", "Fix, split, judge and withhold, and write a version of a dataset; the input is not touched."),
    "verify": (
        "versions",
        "Check a version: checksums, schema, counts, splits, loadable, every record's edits undone.",
    ),
    "diff": ("versions", "Compare two versions, record by record, with the rules behind each change."),
    "publish": ("versions", "Publish a version: one commit, read back and compared, then the tag."),
    "hub": ("serve", "A local Hub for Hugging Face clients."),
    "takedown": (
        "versions",
        "Find a text in every version; with --apply, build a version without it that stays without it.",
    ),
    "undo": ("runs", "Take back fixes: files become the bytes they were before."),
    "status": ("runs", "Say how far a run with --work is, or what it came to."),
    "cache": ("runs", "Results of earlier runs."),
    "baseline": ("baseline", "Write the findings of today into a baseline; from then on only new ones count."),
    "rule": ("rules", "Explain a rule: what it finds, why, examples, and whether its fix is safe."),
    "rules": ("rules", "List the rules: code, name, severity, whether it has a fix, what it finds."),
    "report": ("report", "Write findings as one HTML page: counts, each document with its marks, before and after."),
    "mine": (
        "rules",
        "Propose a rule pack from the lines, beginnings and ends that an outlet's documents have in common.",
    ),
    "review": ("serve", "Decide over findings in the browser: accept, reject, edit a fix, split a story."),
    "server": ("serve", "Serve editors: the language server, on standard input and output."),
    "config": ("setup", "Show the configuration that holds here."),
    "init": ("setup", "Lay out a corpus repository: configuration, rules/, seeds/, hooks."),
}
"""Name of a command -> the module here that has it under its last name, and its line in `--help`; in that order."""


class _Commands(click.Group):
    """The commands of the table, each imported when it is wanted: listing them takes the table alone."""

    _listing = False

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self._listing = True
        try:
            super().format_commands(ctx, formatter)
        finally:
            self._listing = False

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            if not ctx.resilient_parsing:
                ctx.fail(f"no command {cmd_name!r}: {nearest(cmd_name, COMMANDS)}")
            return None
        return click.Command(cmd_name, short_help=COMMANDS[cmd_name][1]) if self._listing else command_named(cmd_name)


def command_named(name: str) -> click.Command:
    """The command of the table; its module is imported."""
    module, line = COMMANDS[name]
    command: click.Command = getattr(import_module(f"corpuslint.cli.{module}"), name)
    command.help = command.short_help = line
    return command


def _version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted:
        from corpuslint.words import STATE

        click.echo(f"corpuslint-arabic {__version__}{'' if STATE == 'compiled' else f' ({STATE})'}")
        context.exit()


def _completion(context: click.Context, _option: click.Parameter, shell: str) -> None:
    if shell:
        from click.shell_completion import get_completion_class

        script = get_completion_class(shell)
        if script is None:
            raise click.BadParameter("one of bash, fish, zsh")
        click.echo(script(app, {}, "corpuslint", _COMPLETE).source())
        context.exit()


_COMPLETE = "_CORPUSLINT_COMPLETE"
"""The variable in which a shell asks what it may offer."""


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--completion",
    metavar="SHELL",
    default="",
    expose_value=False,
    is_eager=True,
    callback=_completion,
    help="Print what teaches a shell (bash, fish, zsh) the commands, formats and rules.",
)
@click.option(
    "--version", "-V", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Print the version."
)
def app() -> None:
    """A linter and dataset packager for Arabic-script news corpora."""


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
        warnings.simplefilter("always", Note)
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
    told = sys.modules.get("corpuslint.cli.progress")
    done = told.LATEST.pop() if told is not None and told.LATEST else None
    far = f" after {done.size / 1e6:,.1f} of {done.total / 1e6:,.1f} MB" if done is not None and done.total else ""
    after = f": {_AFTER[command]}" if command in _AFTER else ""
    return f"{fresh_line()}interrupted{far}{after}"


def _refuse_files_as_options(arguments: Sequence[str]) -> None:
    """Raise ConfigError for an option that is the name of a file: `check *`, or a hook, would let whoever made a file
    called `--config=x.txt` say how the run goes."""
    for word in takewhile("--".__ne__, arguments):
        if word.startswith("-") and word != "-" and os.path.lexists(word):
            raise ConfigError(
                "is an option, and the name of a file here",
                path=word,
                remedy=f"write ./{word}, or `--` before the names of files; or rename the file",
            )


def _call(arguments: list[str]) -> NoReturn:
    _refuse_files_as_options(arguments)
    if _COMPLETE in os.environ:
        app.main(arguments, prog_name="corpuslint", complete_var=_COMPLETE)
    try:
        with app.make_context("corpuslint", arguments) as context:
            app.invoke(context)
    except Exit as ended:
        sys.exit(ended.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    sys.exit(0)


def _run(arguments: Sequence[str] | None) -> None:
    try:
        _call(sys.argv[1:] if arguments is None else list(arguments))
    except CorpuslintError as error:
        complain(error)
        sys.exit(REFUSED)
    except KeyboardInterrupt:
        print(_interrupted(sys.argv[1:] if arguments is None else arguments), file=sys.stderr)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # whoever read our output has gone; the rest of it is nobody's, and nobody knows whether all was well
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FINDINGS)
    except OSError as error:
        # what the system refuses (a full disk, a folder that may not be written to) is no mistake of the program
        complain(SourceError(error.strerror or str(error), path=str(error.filename or "")))
        sys.exit(REFUSED)
