"""Commands for setting up: what a run here would be told, and a corpus repository to begin with."""

from __future__ import annotations

import json
from pathlib import Path

import click
import msgspec
from msgspec import structs

from corpuslint.cli.options import FILE, Settled, configured
from corpuslint.version import __version__

FILES = {
    "corpuslint.toml": "configuration.toml",
    "rules/local/pack.toml": "pack.toml",
    "rules/local/site.toml": "site.toml",
    "seeds/.gitkeep": "",
    ".gitignore": "gitignore",
    ".pre-commit-config.yaml": "hooks.yaml",
}
"""What is laid out, and the file in `layout` that says what is in it."""


@click.command()
@click.argument("folder", default=".", metavar="[FOLDER]", type=FILE, help="The folder to lay it out in.")
def init(folder: Path) -> None:
    """Write what is not there yet; nothing that is there is touched."""
    for name, layout in FILES.items():
        path = folder / name
        if path.exists():
            click.echo(f"kept     {path}", err=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        content = (Path(__file__).parent / "layout" / layout).read_text("utf-8") if layout else ""
        path.write_text(content.replace("VERSION", __version__), "utf-8")
        click.echo(f"created  {path}", err=True)


@click.group()
def config() -> None:
    """The group of the two commands."""


@config.command(help="Every setting, its value, and the file that said so.")
@click.argument("path", default=".", metavar="[PATH]", help="The file or folder that it is to hold for.")
@configured()
def show(settled: Settled, path: str) -> None:
    """Print the settled options."""
    from corpuslint.config.settings import settings_in
    from corpuslint.formats.files import not_there
    from corpuslint.formats.streams import is_url
    from corpuslint.words import STATE

    if not is_url(path) and not Path(path).exists():
        raise not_there(path)
    file = Path(path) / "any" if Path(path).is_dir() else Path(path)
    settings = settings_in(str(file), settled())
    click.echo(f"# {STATE}")
    left_out = dict.fromkeys(("command_line", "above"))  # not what holds, but whence it comes
    plain = msgspec.to_builtins(structs.replace(settings, **left_out), enc_hook=Path.as_posix)
    for field in (name for name in plain if name not in ("origins", "root", *left_out)):
        name = field.replace("_", "-")
        origin = settings.origins.get(name, "default")
        click.echo(f"{name} = {json.dumps(plain[field], ensure_ascii=False)}  # {origin}")


@config.command(help="The JSON Schema of corpuslint.toml.")
def schema() -> None:
    """Print the schema."""
    from corpuslint.resources import schemas_folder

    click.echo((schemas_folder() / "config.schema.json").read_text("utf-8"), nl=False)
