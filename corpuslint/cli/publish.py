"""`corpuslint publish`: a version to where others find it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False)


@app.command(help="Publish a version: one commit, read back and compared, then the tag.")
def publish(
    dist: Annotated[Path, typer.Argument(metavar="DIST", help="A version's folder, or a dataset's for its latest.")],
    to: Annotated[
        str, typer.Option("--to", metavar="TARGET", help="hf://datasets/ORG/NAME, a folder, or any fsspec URL.")
    ],
    private: Annotated[bool, typer.Option("--private", help="A repository that is made is a private one.")] = False,
    load: Annotated[bool, typer.Option("--load/--no-load", help="Load it from the Hub before the tag is set.")] = True,
    sign: Annotated[
        Path | None, typer.Option("--sign", metavar="KEY", help="Sign the manifest with this SSH key first.")
    ] = None,
) -> None:
    """Translate options into one call and say where the version is."""
    from corpuslint import api
    from corpuslint.publishing.attestation import sign as sign_manifest
    from corpuslint.publishing.folder import DatasetFolder

    folder = DatasetFolder.open(dist)
    if sign is not None:
        sign_manifest(folder.path, sign)
    done = api.publish(folder.path, to, private=private, load=load)
    state = "was there already, the same" if done.unchanged else "published"
    at = f" at {done.revision}" if done.revision else ""
    print(f"{folder.manifest.name} {done.version} {state}: {done.target}{at}", file=sys.stderr)
