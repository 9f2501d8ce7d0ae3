"""`corpuslint server`: the language server, on standard input and output."""

from __future__ import annotations

import typer

app = typer.Typer(add_completion=False)


@app.command(help="Serve editors: the language server, on standard input and output.")
def server() -> None:
    """Run until the editor hangs up."""
    from corpuslint.server.lsp import create

    create().start_io()
