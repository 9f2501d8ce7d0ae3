"""`corpuslint undo`: take back fixes, byte for byte."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from corpuslint.text.visible import shown

app = typer.Typer()


@app.command(help="Take back fixes: files become the bytes they were before.")
def undo(
    paths: Annotated[list[str] | None, typer.Argument(metavar="[PATH]…", help="The paths that were fixed.")] = None,
    last: Annotated[bool, typer.Option("--last", help="Take back only the newest run of fixes.")] = False,
) -> None:
    """Restore every file named, or every fixed file below a folder named."""
    from corpuslint.api import undo_paths

    def tell(filename: str, taken: int) -> None:
        print(
            f"{shown(filename)}: restored ({taken} run{'s' if taken != 1 else ''} of fixes taken back)", file=sys.stderr
        )

    restored = undo_paths(paths or ["."], last_only=last, each=tell)
    if not restored:
        print("nothing to take back: no fixed file there", file=sys.stderr)
