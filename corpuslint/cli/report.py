"""`corpuslint report`: findings as a page to look at."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from corpuslint.cli.exits import refuse_unreadable, unreadable_in
from corpuslint.cli.options import FILE, Settled, configured, paths
from corpuslint.cli.progress import telling
from corpuslint.config.settings import Settings


@click.command()
@paths()
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    type=FILE,
    default="report.html",
    help="The page to write; *.json: rates by outlet.",
)
@click.option(
    "--against",
    metavar="REPORT.json",
    type=FILE,
    help="Name the outlets whose rates jumped since that report was written.",
)
@click.option("--title", metavar="TEXT", default="corpuslint report", help="The page's heading.")
@configured("select", "ignore", "extend_select")
def report(settled: Settled, paths: tuple[str, ...], output: Path, against: Path | None, title: str) -> None:
    """Write the page and say where it is."""
    from corpuslint.formats.atomic import write_output
    from corpuslint.pipeline.pages import report_page

    given = paths or (".",)
    settings = settled()
    if against is not None or output.suffix == ".json":
        _drift(given, settings, output, against)
        return
    with telling("checking") as each:
        page, unreadable = report_page(given, settings, title=title, each=each)
    write_output(output, page.encode("utf-8", "backslashreplace"))
    print(f"wrote {output}", file=sys.stderr)
    refuse_unreadable(unreadable, "the page")


def _drift(paths: tuple[str, ...], settings: Settings, output: Path, against: Path | None) -> None:
    from corpuslint import api
    from corpuslint.errors import ConfigError
    from corpuslint.formats.atomic import write_output
    from corpuslint.formats.files import nothing_in
    from corpuslint.formats.streams import MOST_KEPT, text_of
    from corpuslint.reporting.drift import Rates, jumps

    before = None
    if against is not None:
        try:
            before = Rates.parse(text_of(against, MOST_KEPT), str(against))
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError("the report to compare with cannot be read", path=str(against)) from error
    with telling("checking") as each:
        outcome = api.check(paths, settings, each=each)
    if outcome.empty:
        raise nothing_in(paths, outcome.report.summary.passed_over)
    now = Rates.of(outcome.coverage.sites, outcome.report.findings)
    if before is not None:
        found = jumps(before, now)
        for jump in found:
            print(jump.sentence)
        if not found:
            print("no outlet's rates jumped", file=sys.stderr)
    if output.suffix == ".json":
        write_output(output, now.text.encode("utf-8"))
        print(f"wrote {output}", file=sys.stderr)
    refuse_unreadable(unreadable_in(outcome), "the report")
