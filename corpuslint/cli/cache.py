"""`corpuslint cache`: where results of earlier runs are kept, and how to be rid of them."""

from __future__ import annotations

from pathlib import Path

import click

from corpuslint.config.options import Options


@click.group()
def cache() -> None:
    """The group of the two commands."""


def _folders() -> list[Path]:
    from corpuslint.config.settings import settle
    from corpuslint.pipeline.store import cache_root
    from corpuslint.resources import cache_folder

    return sorted({cache_root(settle(Options(), start=Path())), cache_folder()})


@cache.command(help="Delete kept results and compiled rules.")
def clean() -> None:
    """Delete what corpuslint keeps for this folder and for this user."""
    from corpuslint.pipeline.store import clean as clean_folder

    for folder in _folders():
        freed = clean_folder(folder)
        if freed:
            print(f"{folder}: {freed / 1e6:,.1f} MB freed")


@cache.command(name="dir", help="Say where they are kept.")
def where() -> None:
    """Print the folders, one a line."""
    for folder in _folders():
        print(folder)
