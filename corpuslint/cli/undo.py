"""`corpuslint undo`: take back fixes, byte for byte."""

from __future__ import annotations

import sys

import click

from corpuslint.cli.options import flag, paths
from corpuslint.text.visible import shown


@click.command()
@paths("The paths that were fixed.")
@flag("--last", "Take back only the newest run of fixes.")
@flag("--verbose", "Name every file that was restored.", "-v")
@click.pass_context
def undo(context: click.Context, paths: tuple[str, ...], last: bool, verbose: bool) -> None:
    """Restore every file named, or every fixed file below a folder named."""
    from corpuslint.api import undo_paths
    from corpuslint.cli.exits import REFUSED, complain
    from corpuslint.errors import SourceError

    files = runs = refused = 0
    for filename, undone in undo_paths(paths or (".",), last_only=last):
        if isinstance(undone, SourceError):
            complain(undone)
            refused += 1
            continue
        files += 1
        runs += undone.runs
        if verbose:
            print(f"{shown(filename)}: restored ({_counted(undone.runs, 'run')} of fixes taken back)", file=sys.stderr)
        for name in undone.stayed:
            print(f"{shown(filename)}: restored; {shown(name)} was edited since and stays as it is", file=sys.stderr)
    total = f"{_counted(files, 'file')} restored, {_counted(runs, 'run')} of fixes taken back"
    if refused:
        print(f"{total}; {_counted(refused, 'file')} not restored", file=sys.stderr)
        context.exit(REFUSED)
    print(total if files else "nothing to take back: no fixed file there", file=sys.stderr)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"
