"""`corpuslint report`: findings as a page to look at."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from corpuslint.cli.common import ConfigFile, Extended, Ignored, Isolated, Selectors, listed, settings_for
from corpuslint.cli.executor import teller
from corpuslint.config.options import Options
from corpuslint.config.settings import Settings

app = typer.Typer(add_completion=False)


@app.command(help="Write findings as one HTML page: counts, each document with its marks, before and after.")
def report(
    paths: Annotated[list[str] | None, typer.Argument(metavar="PATH", help="Files and folders.")] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The page to write; *.json: rates by outlet.")
    ] = Path("report.html"),
    against: Annotated[
        Path | None,
        typer.Option(
            "--against",
            metavar="REPORT.json",
            help="Name the outlets whose rates jumped since that report was written.",
        ),
    ] = None,
    title: Annotated[str, typer.Option("--title", help="The page's heading.")] = "corpuslint report",
    select: Selectors = None,
    ignore: Ignored = None,
    extend_select: Extended = None,
    isolated: Isolated = False,
    config: ConfigFile = None,
) -> None:
    """Write the page and say where it is."""
    from corpuslint import api
    from corpuslint.formats.atomic import write_output

    given = paths or ["."]
    options = Options(select=listed(select), ignore=listed(ignore), extend_select=listed(extend_select))
    settings = settings_for(options, isolated=isolated, config=config)
    if against is not None or output.suffix == ".json":
        _drift(given, settings, output, against)
        return
    page = api.report_page(given, settings, title=title, each=teller(sys.stderr))
    write_output(output, page.encode("utf-8", "backslashreplace"))
    print(f"wrote {output}", file=sys.stderr)


def _drift(paths: list[str], settings: Settings, output: Path, against: Path | None) -> None:
    from corpuslint import api
    from corpuslint.errors import ConfigError
    from corpuslint.formats.atomic import write_output
    from corpuslint.formats.streams import MOST_KEPT, text_of
    from corpuslint.reporting.drift import Rates, jumps

    before = None
    if against is not None:
        try:
            before = Rates.parse(text_of(against, MOST_KEPT), str(against))
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError("the report to compare with cannot be read", path=str(against)) from error
    now = api.rates(paths, settings, each=teller(sys.stderr))
    if before is not None:
        found = jumps(before, now)
        for jump in found:
            print(jump.sentence)
        if not found:
            print("no outlet's rates jumped", file=sys.stderr)
    if output.suffix == ".json":
        write_output(output, now.text.encode("utf-8"))
        print(f"wrote {output}", file=sys.stderr)
