"""`corpuslint hub serve`: a Hub of one's own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback(help="A local Hub for Hugging Face clients.")
def _hub() -> None:
    """A group, so that `serve` is a word of its own."""


@app.command(help="Serve datasets to `datasets` and `huggingface_hub`, without the internet.")
def serve(
    root: Annotated[Path, typer.Option("--root", metavar="DIR", help="Where repositories lie.")] = Path("hub"),
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="0 takes a free one.")] = 8700,
    token: Annotated[
        list[str] | None, typer.Option("--token", help="A token that may write; repeatable. Without: any token may.")
    ] = None,
) -> None:
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
