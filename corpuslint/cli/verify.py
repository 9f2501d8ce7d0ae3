"""`corpuslint verify`: does a version hold what it says?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from corpuslint.cli.exits import CLEAN, FINDINGS
from corpuslint.text.visible import shown

app = typer.Typer(add_completion=False)


@app.command(help="Check a version: checksums, schema, counts, splits, loadable, every record's edits undone.")
def verify(
    dist: Annotated[
        str, typer.Argument(metavar="DIST", help="A version: its folder, its URL, hf://datasets/ORG/NAME@X.Y.Z.")
    ],
    raw: Annotated[
        Path | None, typer.Option("--raw", metavar="DIR", help="Also compare with the files it was built from.")
    ] = None,
    load: Annotated[bool, typer.Option("--load/--no-load", help="Also load every config with `datasets`.")] = True,
    signers: Annotated[
        Path | None, typer.Option("--signers", metavar="FILE", help="Also ask who of these signed it (ssh-keygen).")
    ] = None,
) -> None:
    """Print one line a broken promise; exit with 1 when there is any."""
    from corpuslint.publishing.attestation import check_signature
    from corpuslint.publishing.fetching import opened
    from corpuslint.publishing.verify import verify as check

    with opened(dist) as folder:
        verdict = check(folder, raw=raw, load=load)
        for trouble in verdict.troubles:
            print(shown(str(trouble)))
        if signers is not None and verdict.is_sound:
            print(f"signed by {check_signature(folder.path, signers)}", file=sys.stderr)
    manifest = folder.manifest
    state = "sound" if verdict.is_sound else f"{len(verdict.troubles)} promises broken"
    print(
        f"{manifest.name} {manifest.version}: {state}; {verdict.files} files, "
        f"{verdict.reversible}/{verdict.records} records undo to their raw text",
        file=sys.stderr,
    )
    raise typer.Exit(CLEAN if verdict.is_sound else FINDINGS)
