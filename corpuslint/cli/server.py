"""`corpuslint server`: the language server, on standard input and output."""

from __future__ import annotations

import click


@click.command()
def server() -> None:
    """Run until the editor hangs up."""
    from corpuslint.server.lsp import create

    create().start_io()
