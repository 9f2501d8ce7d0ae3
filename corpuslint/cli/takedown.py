"""`corpuslint takedown`: a text out of a dataset, and what that does not reach."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from corpuslint.cli.options import FILE, Settled, configured, flag
from corpuslint.text.visible import shown


@click.command()
@click.argument("what", metavar="ID|URL|HASH", help="A record's id, url, raw or text sha256.")
@click.option("--dist", metavar="DIST", type=FILE, required=True, help="The dataset's folder, as dist/NAME.")
@click.option("--reason", metavar="TEXT", default="takedown", help="Stands in the manifest.")
@click.option("--version", metavar="X.Y.Z", default="", help="Of the version without it.")
@flag("--apply", "Build that version; without, only say what holds it.")
@configured()
def takedown(settled: Settled, what: str, dist: Path, reason: str, version: str, apply: bool) -> None:
    """List what holds the text; build the version without it when asked to."""
    from corpuslint.pipeline.dataset import facts_of
    from corpuslint.publishing.takedown import cannot_be_undone, carry_out, plan_takedown

    plan = plan_takedown(dist, what, reason, version)
    for holding in plan.holdings:
        print(f"{holding.version}  {shown(holding.path)}  {shown(holding.id)}  ({holding.why})")
    count = len(plan.ids)
    if not apply:
        said = "1 record" if count == 1 else f"{count} records"
        print(f"{said} would go in {plan.next_version}; --apply builds it", file=sys.stderr)
    else:
        built = carry_out(plan, facts_of(settled()))
        rest = built.folder.manifest.rows("default")
        print(f"built {built.folder.path.as_posix()}: {rest} records, {count} taken down", file=sys.stderr)
    print(cannot_be_undone(plan), file=sys.stderr, end="")
