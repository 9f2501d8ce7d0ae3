"""Commands for setting up: what a run here would be told, and a corpus repository to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from corpuslint.cli.options import FILE, Settled, configured
from corpuslint.version import __version__

CONFIGURATION = """\
# corpuslint reads this file for everything in and below this folder.
# `corpuslint rules` lists the rules, `corpuslint config show` what holds here.
packs = ["rules/local"]
fail-on = "error"

# extend-exclude = ["drafts"]
# trust = ["seeds/okaz"]     # folders whose own configuration, suppressions and decisions count; none else's do
# language = "ar"            # of documents that declare none

# [severity]
# DAT001 = "error"

# [fields]                   # our key = your field
# published = "pub_date"
"""

PACK = """\
[pack]
name = "local"
summary = "Rules of this corpus"
declarative = ["site.toml"]
"""

RULES = """\
# One table a rule. `corpuslint rule ART901` prints its page, `corpuslint check` runs it.
[[rule]]
code = "ART901"
name = "local-footer"
kind = "line"
phrases = ["تابعوا صفحتنا الجديدة"]
severity = "error"
message = "footer of the site"
fix = { delete = "line", applicability = "unsafe" }
docs = { finds = "The footer that this site puts under every article.", why = "It is no part of the article." }
invalid = [ { text = "انتهى الاجتماع مساء.\\nتابعوا صفحتنا الجديدة\\n", fixed = "انتهى الاجتماع مساء.\\n" } ]
valid = [ { text = "قال: تابعوا صفحتنا الجديدة غدا.", why = "Part of a sentence." } ]
"""

HOOKS = f"""\
default_install_hook_types: [pre-commit, pre-push]
repos:
  - repo: https://github.com/corpuslint/corpuslint-arabic
    rev: v{__version__}
    hooks:
      - id: corpuslint-fix      # applies safe fixes; the commit stops once, so that you see them
      - id: corpuslint          # stops the commit while there is an error
      - id: corpuslint-corpus   # before a push: duplicates, which no batch of files can show
"""

FILES = {
    "corpuslint.toml": CONFIGURATION,
    "rules/local/pack.toml": PACK,
    "rules/local/site.toml": RULES,
    "seeds/.gitkeep": "",
    ".gitignore": "dist/\n.corpuslint/\n",
    ".pre-commit-config.yaml": HOOKS,
}


@click.command()
@click.argument("folder", default=".", metavar="[FOLDER]", type=FILE, help="The folder to lay it out in.")
def init(folder: Path) -> None:
    """Write what is not there yet; nothing that is there is touched."""
    for name, content in FILES.items():
        path = folder / name
        if path.exists():
            click.echo(f"kept     {path}", err=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
        click.echo(f"created  {path}", err=True)


@click.group()
def config() -> None:
    """The group of the two commands."""


@config.command(help="Every setting, its value, and the file that said so.")
@click.argument("path", default=".", metavar="[PATH]", help="The file or folder that it is to hold for.")
@configured()
def show(settled: Settled, path: str) -> None:
    """Print the settled options."""
    from corpuslint.cli.app import NOT_COMPILED
    from corpuslint.config.settings import settings_in
    from corpuslint.words.kernel import COMPILED

    file = Path(path) / "any" if Path(path).is_dir() else Path(path)
    settings = settings_in(str(file), settled())
    click.echo(f"# {'compiled' if COMPILED else NOT_COMPILED}")
    for field in settings.__struct_fields__:
        if field in ("origins", "root", "command_line", "above"):
            continue
        name = field.replace("_", "-")
        origin = settings.origins.get(name, "default")
        click.echo(f"{name} = {_shown(getattr(settings, field))}  # {origin}")


@config.command(help="The JSON Schema of corpuslint.toml.")
def schema() -> None:
    """Print the schema."""
    from corpuslint.resources import schemas_folder

    click.echo((schemas_folder() / "config.schema.json").read_text("utf-8"), nl=False)


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
