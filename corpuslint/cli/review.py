"""`corpuslint review`: decide over findings in the browser."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

from corpuslint.cli.common import ConfigFile, Extended, Ignored, Isolated, Selectors, listed, settings_for
from corpuslint.config.options import Options

app = typer.Typer(add_completion=False)


@app.command(help="Decide over findings in the browser: accept, reject, edit a fix, split a story.")
def review(
    paths: Annotated[list[str] | None, typer.Argument(metavar="PATH", help="Files and folders.")] = None,
    port: Annotated[int, typer.Option("--port", help="The port to listen on, on this machine only; 0 is any.")] = 8420,
    reviewer: Annotated[
        str, typer.Option("--as", metavar="NAME", help="Who decides; your login name by default.")
    ] = "",
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")] = True,
    select: Selectors = None,
    ignore: Ignored = None,
    extend_select: Extended = None,
    isolated: Isolated = False,
    config: ConfigFile = None,
) -> None:
    """Serve until Ctrl-C; decisions are in `corpuslint.decisions.jsonl` beside the configuration."""
    from corpuslint import api

    given = paths or ["."]
    options = Options(select=listed(select), ignore=listed(ignore), extend_select=listed(extend_select))
    settings = settings_for(options, isolated=isolated, config=config)
    server = api.review_server(given, settings, port=port, reviewer=reviewer or getpass.getuser())
    print(f"reviewing at {server.address}", file=sys.stderr)
    print(f"decisions go to {server.file.path}; Ctrl-C ends", file=sys.stderr, flush=True)
    if open_browser:
        import webbrowser

        webbrowser.open(server.address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()
