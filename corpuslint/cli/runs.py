"""Commands about what earlier runs left: how far one is, fixes to take back, results that are kept."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from corpuslint.cli.options import flag, paths
from corpuslint.cli.progress import telling
from corpuslint.config.options import Options
from corpuslint.text.visible import shown


@click.command()
@click.argument("work", metavar="DIR", help="The folder or URL given with --work.")
def status(work: str) -> None:
    """Read the counters that finished shards left; nothing of the corpus is read."""
    from corpuslint.pipeline.kept import Folder

    folder = Folder(work)
    plan = folder.plan()
    markers = list(folder.markers())
    size, seconds = sum(marker.size for marker in markers), sum(marker.seconds for marker in markers)
    documents = sum(marker.documents for marker in markers)
    state = "finished" if len(markers) == len(plan.shards) else "not finished"
    print(f"{state}: {len(markers):,} of {len(plan.shards):,} shards, {size / 1e6:,.1f} of {plan.size / 1e6:,.1f} MB")
    print(f"{documents:,} documents, {size / 1e6 / seconds if seconds else 0:,.1f} MB/s a core")
    counts: Counter[str] = Counter()
    for marker in markers:
        counts.update(marker.counts)
    for code, count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])):
        print(f"{code} {count:>10,}")
    if markers:
        slowest = max(markers, key=lambda marker: (marker.seconds, marker.key))
        print(f"slowest shard: {slowest.key}, {slowest.seconds:,.1f} s for {slowest.size / 1e6:,.1f} MB")
    done = {marker.key for marker in markers}
    waiting = [key for key in plan.shards if key not in done]
    for key in waiting[:5]:
        print(f"to do: {key}")
    if len(waiting) > 5:
        print(f"to do: {len(waiting) - 5:,} more")


@click.command()
@paths("The paths that were fixed.")
@flag("--last", "Take back only the newest run of fixes.")
@flag("--verbose", "Name every file that was restored.", "-v")
@click.pass_context
def undo(context: click.Context, paths: tuple[str, ...], last: bool, verbose: bool) -> None:
    """Restore every file named, or every fixed file below a folder named."""

    from corpuslint.cli.exits import REFUSED, complain
    from corpuslint.errors import SourceError
    from corpuslint.formats.rewriting import undo_paths
    from corpuslint.reporting.summary import counted

    files = runs = refused = 0
    with telling("restoring"):
        results = list(undo_paths(paths or (".",), last_only=last))
    for filename, undone in results:
        if isinstance(undone, SourceError):
            complain(undone)
            refused += 1
            continue
        files += 1
        runs += undone.runs
        if verbose:
            print(f"{shown(filename)}: restored ({counted(undone.runs, 'run')} of fixes taken back)", file=sys.stderr)
        for name in undone.stayed:
            print(f"{shown(filename)}: restored; {shown(name)} was edited since and stays as it is", file=sys.stderr)
    total = f"{counted(files, 'file')} restored, {counted(runs, 'run')} of fixes taken back"
    if refused:
        print(f"{total}; {counted(refused, 'file')} not restored", file=sys.stderr)
        context.exit(REFUSED)
    print(total if files else "nothing to take back: no fixed file there", file=sys.stderr)


@click.group()
def cache() -> None:
    """The group of the two commands."""


def _folders() -> list[Path]:
    from corpuslint.config.settings import settle
    from corpuslint.pipeline.kept import cache_root
    from corpuslint.resources import cache_folder

    return sorted({cache_root(settle(Options(), start=Path())), cache_folder()})


@cache.command(help="Delete kept results and compiled rules.")
def clean() -> None:
    """Delete what corpuslint keeps for this folder and for this user."""
    from corpuslint.pipeline.kept import clean as clean_folder

    for folder in _folders():
        freed = clean_folder(folder)
        if freed:
            print(f"{folder}: {freed / 1e6:,.1f} MB freed")


@cache.command(name="dir", help="Say where they are kept.")
def where() -> None:
    """Print the folders, one a line."""
    for folder in _folders():
        print(folder)
