"""Commands that serve until they are ended: a Hub of one's own, the review page, the language server."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

import click

from corpuslint.cli.options import FILE, Settled, configured, paths


@click.group()
def hub() -> None:
    """A group, so that `serve` is a word of its own."""


@hub.command(help="Serve datasets to `datasets` and `huggingface_hub`, without the internet.")
@click.option("--root", metavar="DIR", type=FILE, default="hub", help="Where repositories lie.")
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", help="The address to listen on.")
@click.option("--port", metavar="N", type=int, default=8700, help="0 takes a free one.")
@click.option("--token", metavar="TOKEN", multiple=True, help="A token that may write; repeatable. Without: any may.")
def serve(root: Path, host: str, port: int, token: tuple[str, ...]) -> None:
    """Serve until Ctrl-C."""
    from corpuslint.errors import SourceError
    from corpuslint.publishing.hub_server import HubServer

    try:
        server = HubServer(root, host=host, port=port, tokens=frozenset(token) if token else None)
    except OSError as trouble:
        raise SourceError(f"cannot serve there ({trouble.strerror})", path=f"{host}:{port}") from trouble
    print(f"export HF_ENDPOINT={server.endpoint} HF_HUB_DISABLE_XET=1", flush=True)
    writers = "with one of the tokens in HF_TOKEN" if token else "with any HF_TOKEN"
    print(f"serving: anybody reads, clients {writers} write; Ctrl-C ends it", file=sys.stderr, flush=True)
    with server:
        server.serve_forever()


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
    from corpuslint.pipeline.pages import review_server

    server = review_server(paths or (".",), settled(), port=port, reviewer=reviewer or getpass.getuser())
    print(f"reviewing at {server.address}", file=sys.stderr)
    print(f"decisions go to {server.file}; Ctrl-C ends", file=sys.stderr, flush=True)
    if open_browser:
        import webbrowser

        webbrowser.open(server.address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()


@click.command()
def server() -> None:
    """Run until the editor hangs up."""
    from corpuslint.server.lsp import create

    create().start_io()
