"""`corpuslint mine`: a rule pack proposed from what an outlet's documents have in common."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from corpuslint.cli.common import ConfigFile, Isolated, settings_for
from corpuslint.config.options import Options

app = typer.Typer(add_completion=False)


@app.command(help="Propose a rule pack from the lines, beginnings and ends that an outlet's documents have in common.")
def mine(
    paths: Annotated[list[str] | None, typer.Argument(metavar="PATH", help="Files and folders.")] = None,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The pack's folder.")] = Path(
        "rules/learned"
    ),
    isolated: Isolated = False,
    config: ConfigFile = None,
) -> None:
    """Write the pack and say how to use it."""
    from corpuslint import api

    given = paths or ["."]
    settings = settings_for(Options(), isolated=isolated, config=config)
    count = api.mine(given, settings, output)
    if not count:
        print("nothing was learned: no outlet has enough documents with a piece in common", file=sys.stderr)
        return
    print(f"wrote {count} rules to {output.as_posix()}: read them, then add the folder to `packs`", file=sys.stderr)
