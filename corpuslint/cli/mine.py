"""`corpuslint mine`: a rule pack proposed from what an outlet's documents have in common."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from corpuslint.cli.options import FILE, Settled, configured, paths


@click.command()
@paths()
@click.option("--output", "-o", metavar="DIR", type=FILE, default="rules/learned", help="The pack's folder.")
@configured()
def mine(settled: Settled, paths: tuple[str, ...], output: Path) -> None:
    """Write the pack and say how to use it."""
    from corpuslint import api

    count = api.mine(paths or (".",), settled(), output)
    if not count:
        print("nothing was learned: no outlet has enough documents with a piece in common", file=sys.stderr)
        return
    print(f"wrote {count} rules to {output.as_posix()}: read them, then add the folder to `packs`", file=sys.stderr)
