"""`corpuslint takedown`: a text out of a dataset, and what that does not reach."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from corpuslint.cli.common import ConfigFile, Isolated, settings_for
from corpuslint.text.visible import shown

app = typer.Typer(add_completion=False)


@app.command(help="Find a text in every version; with --apply, build a version without it that stays without it.")
def takedown(
    what: Annotated[str, typer.Argument(metavar="ID|URL|HASH", help="A record's id, url, raw or text sha256.")],
    dist: Annotated[Path, typer.Option("--dist", metavar="DIST", help="The dataset's folder, as dist/NAME.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Stands in the manifest.")] = "takedown",
    version: Annotated[str, typer.Option("--version", metavar="X.Y.Z", help="Of the version without it.")] = "",
    apply: Annotated[
        bool, typer.Option("--apply", help="Build that version; without, only say what holds it.")
    ] = False,
    isolated: Isolated = False,
    config: ConfigFile = None,
) -> None:
    """List what holds the text; build the version without it when asked to."""
    from corpuslint.config.options import Options
    from corpuslint.pipeline.dataset import facts_of
    from corpuslint.publishing.takedown import cannot_be_undone, carry_out, plan_takedown

    settings = settings_for(Options(), isolated=isolated, config=config)
    plan = plan_takedown(dist, what, reason, version)
    for holding in plan.holdings:
        print(f"{holding.version}  {shown(holding.path)}  {shown(holding.id)}  ({holding.why})")
    count = len(plan.ids)
    if not apply:
        said = "1 record" if count == 1 else f"{count} records"
        print(f"{said} would go in {plan.next_version}; --apply builds it", file=sys.stderr)
    else:
        built = carry_out(plan, facts_of(settings))
        rest = built.folder.manifest.rows("default")
        print(f"built {built.folder.path.as_posix()}: {rest} records, {count} taken down", file=sys.stderr)
    print(cannot_be_undone(plan), file=sys.stderr, end="")
