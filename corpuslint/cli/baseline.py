"""`corpuslint baseline`: write down what is there today, so that only what is new stops a commit."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click
from msgspec import structs

from corpuslint.cli.exits import refuse_unreadable, unreadable_in
from corpuslint.cli.options import FILE, Settled, configured, flag, paths
from corpuslint.cli.progress import telling
from corpuslint.errors import ConfigError


@click.command()
@paths()
@click.option("--baseline", "--output-file", "-o", "file", metavar="FILE", type=FILE, help="The baseline file.")
@flag("--prune", "Only take out entries whose finding is gone.")
@click.option("--owner", metavar="NAME", default="", help="Who answers for the new entries.")
@click.option("--reason", metavar="TEXT", default="", help="Why they may stay.")
@click.option("--expires", metavar="YYYY-MM-DD", default="", help="The last day on which they do not count.")
@configured("select", "ignore", "extend_select")
def baseline(
    settled: Settled,
    paths: tuple[str, ...],
    file: Path | None,
    prune: bool,
    owner: str,
    reason: str,
    expires: str,
) -> None:
    """Lint, compare with the baseline there is, write the new one."""
    from corpuslint import api
    from corpuslint.config.settings import BASELINE
    from corpuslint.engine.baseline import dump
    from corpuslint.engine.parking import day_of
    from corpuslint.formats.atomic import write_output
    from corpuslint.formats.files import nothing_in
    from corpuslint.pipeline.gate import renewed_baseline

    day = day_of(expires)
    if isinstance(day, str):
        raise ConfigError(f"{expires!r} is no date", key="expires", remedy="write it as 2027-01-31")
    given = paths or (".",)
    settings = settled()
    target = file or settings.baseline or settings.root / BASELINE
    with telling("checking") as each:
        outcome = api.check(given, structs.replace(settings, baseline=None), each=each)
    if outcome.empty:
        raise nothing_in(given, outcome.report.summary.passed_over)
    old, new = renewed_baseline(target, outcome, settings, given, prune=prune, owner=owner, reason=reason, expires=day)
    write_output(target, dump(new).encode("utf-8", "backslashreplace"))  # to JSON, such an escape is the character
    before, after = Counter(old.entries), Counter(new.entries)  # two findings may be one entry twice
    print(
        f"{target}: {after.total():,} entries ({(after - before).total():,} new, {(before - after).total():,} gone)",
        file=sys.stderr,
    )
    if settings.baseline is None and not file:
        print(f'add `baseline = "{BASELINE}"` to the configuration to make it hold', file=sys.stderr)
    refuse_unreadable(unreadable_in(outcome), "the baseline")
