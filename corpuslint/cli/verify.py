"""`corpuslint verify`: does a version hold what it says?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from corpuslint.cli.exits import CLEAN, FINDINGS
from corpuslint.cli.options import FILE
from corpuslint.text.visible import shown


@click.command()
@click.argument("dist", metavar="DIST", help="A version: its folder, its URL, hf://datasets/ORG/NAME@X.Y.Z.")
@click.option("--raw", metavar="DIR", type=FILE, help="Also compare with the files it was built from.")
@click.option("--load/--no-load", default=True, help="Also load every config with `datasets`.")
@click.option("--signers", metavar="FILE", type=FILE, help="Also ask who of these signed it (ssh-keygen).")
@click.pass_context
def verify(context: click.Context, dist: str, raw: Path | None, load: bool, signers: Path | None) -> None:
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
    context.exit(CLEAN if verdict.is_sound else FINDINGS)
