"""`corpuslint baseline`: write down what is there today, so that only what is new stops a commit."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import Annotated

import typer

from corpuslint.cli.common import ConfigFile, Extended, Ignored, Isolated, Selectors, listed, settings_for
from corpuslint.cli.executor import teller
from corpuslint.config.options import Options
from corpuslint.errors import ConfigError

app = typer.Typer(add_completion=False)


@app.command(help="Write the findings of today into a baseline; from then on only new ones count.")
def baseline(
    paths: Annotated[list[str] | None, typer.Argument(metavar="PATH", help="Files and folders.")] = None,
    file: Annotated[
        Path | None, typer.Option("--baseline", "--output-file", "-o", metavar="FILE", help="The baseline file.")
    ] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Only take out entries whose finding is gone.")] = False,
    owner: Annotated[str, typer.Option("--owner", help="Who answers for the new entries.")] = "",
    reason: Annotated[str, typer.Option("--reason", help="Why they may stay.")] = "",
    expires: Annotated[
        str, typer.Option("--expires", metavar="YYYY-MM-DD", help="The last day on which they do not count.")
    ] = "",
    select: Selectors = None,
    ignore: Ignored = None,
    extend_select: Extended = None,
    isolated: Isolated = False,
    config: ConfigFile = None,
) -> None:
    """Lint, compare with the baseline there is, write the new one."""
    from corpuslint import api
    from corpuslint.config.settings import BASELINE
    from corpuslint.engine.baseline import dump
    from corpuslint.engine.parking import day_of
    from corpuslint.formats.atomic import write_output
    from corpuslint.formats.files import nothing_in
    from corpuslint.pipeline.gate import renewed_baseline

    day = day_of(expires) if expires else None
    if expires and day is None:
        raise ConfigError(f"{expires!r} is no date", key="expires", remedy="write it as 2027-01-31")
    given = paths or ["."]
    options = Options(select=listed(select), ignore=listed(ignore), extend_select=listed(extend_select))
    settings = settings_for(options, isolated=isolated, config=config)
    target = file or settings.baseline or settings.root / BASELINE
    outcome = api.check(given, dataclasses.replace(settings, baseline=None), each=teller(sys.stderr))
    if outcome.empty:
        raise nothing_in(given, outcome.report.summary.passed_over)
    old, new = renewed_baseline(target, outcome, settings, given, prune=prune, owner=owner, reason=reason, expires=day)
    write_output(target, dump(new).encode("utf-8", "backslashreplace"))  # to JSON, such an escape is the character
    before, after = set(old.entries), set(new.entries)
    print(
        f"{target}: {len(new.entries):,} entries ({len(after - before):,} new, {len(before - after):,} gone)",
        file=sys.stderr,
    )
    if settings.baseline is None and not file:
        print(f'add `baseline = "{BASELINE}"` to the configuration to make it hold', file=sys.stderr)
