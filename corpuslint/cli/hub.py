"""`corpuslint hub serve`: a Hub of one's own."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from corpuslint.cli.options import FILE


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
        raise SourceError(f"cannot serve there ({trouble.strerror})", origin=f"{host}:{port}") from trouble
    print(f"export HF_ENDPOINT={server.endpoint} HF_HUB_DISABLE_XET=1", flush=True)
    print("serving; Ctrl-C ends it", file=sys.stderr, flush=True)
    with server:
        server.serve_forever()
