"""`corpuslint report`: findings as a page to look at."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from corpuslint.cli.common import ConfigFile, Extended, Ignored, Isolated, Selectors, listed, settings_for
from corpuslint.config.options import Options

app = typer.Typer()


@app.command(help="Write findings as one HTML page: counts, each document with its marks, before and after.")
def report(
    paths: Annotated[list[str] | None, typer.Argument(metavar="[PATH]…", help="Files and folders.")] = None,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The page to write.")] = Path(
        "report.html"
    ),
    title: Annotated[str, typer.Option("--title", help="The page's heading.")] = "corpuslint report",
    select: Selectors = None,
    ignore: Ignored = None,
    extend_select: Extended = None,
    isolated: Isolated = False,
    config: ConfigFile = None,
) -> None:
    """Write the page and say where it is."""
    from corpuslint import api
    from corpuslint.formats.atomic import replace_file

    given = paths or ["."]
    options = Options(select=listed(select), ignore=listed(ignore), extend_select=listed(extend_select))
    settings = settings_for(given, options, isolated=isolated, config=config)
    page = api.report_page(given, settings, title=title)
    replace_file(output, page.encode("utf-8", "backslashreplace"))
    print(f"wrote {output}", file=sys.stderr)
