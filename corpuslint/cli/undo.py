"""`corpuslint undo`: take back fixes, byte for byte."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from corpuslint.text.visible import shown

app = typer.Typer(add_completion=False)


@app.command(help="Take back fixes: files become the bytes they were before.")
def undo(
    paths: Annotated[list[str] | None, typer.Argument(metavar="PATH", help="The paths that were fixed.")] = None,
    last: Annotated[bool, typer.Option("--last", help="Take back only the newest run of fixes.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Name every file that was restored.")] = False,
) -> None:
    """Restore every file named, or every fixed file below a folder named."""
    from corpuslint.api import undo_paths
    from corpuslint.cli.exits import REFUSED, complain
    from corpuslint.errors import SourceError

    files = runs = refused = 0
    for filename, undone in undo_paths(paths or ["."], last_only=last):
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
        raise typer.Exit(REFUSED)
    print(total if files else "nothing to take back: no fixed file there", file=sys.stderr)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"
