"""`corpuslint config`: what a run here would be told, and by whom."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpuslint.cli.common import ConfigFile, Isolated, settings_for

app = typer.Typer(add_completion=False, help="Show the configuration that holds here.", no_args_is_help=True)


@app.command(help="Every setting, its value, and the file that said so.")
def show(
    path: Annotated[str, typer.Argument(help="The file or folder that it is to hold for.")] = ".",
    isolated: Isolated = False,
    config: ConfigFile = None,
) -> None:
    """Print the settled options."""
    from dataclasses import fields

    from corpuslint.cli.app import NOT_COMPILED
    from corpuslint.config.options import Options
    from corpuslint.config.settings import settings_in
    from corpuslint.words.kernel import COMPILED

    file = Path(path) / "any" if Path(path).is_dir() else Path(path)
    settings = settings_in(str(file), settings_for(Options(), isolated=isolated, config=config))
    typer.echo(f"# {'compiled' if COMPILED else NOT_COMPILED}")
    for entry in fields(settings):
        if entry.name in ("origins", "root", "command_line", "above"):
            continue
        name = entry.name.replace("_", "-")
        origin = settings.origins.get(name, "default")
        typer.echo(f"{name} = {_shown(getattr(settings, entry.name))}  # {origin}")


@app.command(help="The JSON Schema of corpuslint.toml.")
def schema() -> None:
    """Print the schema."""
    from corpuslint.resources import schemas_folder

    typer.echo((schemas_folder() / "config.schema.json").read_text("utf-8"), nl=False)


def _shown(value: object) -> str:
    from enum import Enum

    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_shown(item)}" for key, item in value.items()) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(_shown(item) for item in value) + "]"
    if isinstance(value, Enum):
        return f'"{value.value}"'
    if isinstance(value, Path):
        return f'"{value.as_posix()}"'
    return f'"{value}"' if isinstance(value, str) else str(value)
