"""`corpuslint publish`: a version to where others find it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from corpuslint.cli.options import FILE, flag


@click.command()
@click.argument("dist", metavar="DIST", type=FILE, help="A version's folder, or a dataset's for its latest.")
@click.option("--to", metavar="TARGET", required=True, help="hf://datasets/ORG/NAME, a folder, or any fsspec URL.")
@flag("--private", "A repository that is made is a private one.")
@click.option("--load/--no-load", default=True, help="Load it from the Hub before the tag is set.")
@click.option("--sign", metavar="KEY", type=FILE, help="Sign the manifest with this SSH key first.")
def publish(dist: Path, to: str, private: bool, load: bool, sign: Path | None) -> None:
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
