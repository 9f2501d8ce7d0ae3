"""`corpuslint review`: decide over findings in the browser."""

from __future__ import annotations

import getpass
import sys

import click

from corpuslint.cli.options import Settled, configured, paths


@click.command()
@paths()
@click.option(
    "--port",
    metavar="N",
    type=int,
    default=8420,
    help="The port to listen on, on this machine only; 0 is any.",
)
@click.option("--as", "reviewer", metavar="NAME", default="", help="Who decides; your login name by default.")
@click.option("--open/--no-open", "open_browser", default=True, help="Open the browser.")
@configured("select", "ignore", "extend_select")
def review(settled: Settled, paths: tuple[str, ...], port: int, reviewer: str, open_browser: bool) -> None:
    """Serve until Ctrl-C; decisions are in `corpuslint.decisions.jsonl` beside the configuration."""
    from corpuslint import api

    server = api.review_server(paths or (".",), settled(), port=port, reviewer=reviewer or getpass.getuser())
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
