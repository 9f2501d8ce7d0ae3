"""`docs/commands.md` and `docs/configuration.md`, made of what the program declares.

`python -m release.reference` writes them; a test fails when they are not current.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from corpuslint.cli.app import COMMANDS, command_named
from corpuslint.config.options import TYPES, described
from corpuslint.formats.atomic import replace_file
from corpuslint.formats.files import DEFAULT_EXCLUDE
from corpuslint.text.strict import called


def pages() -> dict[str, str]:
    """File name -> page."""
    return {"commands.md": "".join(_commands()), "configuration.md": "".join(_configuration())}


def _configuration() -> Iterator[str]:
    yield (
        "# Configuration\n\nEvery key of `corpuslint.toml`, or of `[tool.corpuslint]` in `pyproject.toml`. "
        "`corpuslint config show` says what holds and which\nfile said so; `--isolated` reads none. "
        "Which configuration holds: [the gate](gate.md#which-configuration).\n"
    )
    for key, option in described().items():
        yield f"\n## {key}\n\n{option.purpose}\n\n"
        said = option.default
        otherwise = said if " " in said else f"`{said}`" if said else "nothing"
        yield f"{called(TYPES[key]).capitalize()}; {otherwise} unless said.\n"
        yield f"\n```toml\n{option.example}\n```\n"
    yield f"\nThe built-in list of `exclude`: {', '.join(f'`{pattern}`' for pattern in DEFAULT_EXCLUDE)}.\n"


def _commands() -> Iterator[str]:
    yield (
        "# Commands\n\n`corpuslint COMMAND --help` prints the same. A path is a file, a folder or an fsspec URL. "
        "Status: 0 clean, 1 something is\nleft, 2 the request cannot be done, 130 interrupted.\n"
    )
    for name, (_, summary) in COMMANDS.items():
        command = command_named(name)
        yield f"\n## {name}\n\n{summary}\n"
        if isinstance(command, click.Group):
            for part, own in sorted(command.commands.items()):
                yield f"\n### {name} {part}\n\n{own.help or ''}\n".replace("\n\n\n", "\n\n")
                yield from _parameters(own)
        else:
            yield from _parameters(command)


def _parameters(command: click.Command) -> Iterator[str]:
    rows = [_row(parameter) for parameter in command.params]
    if rows:
        yield "\n| word | meaning |\n|---|---|\n"
        yield from rows


def _row(parameter: click.Parameter) -> str:
    names = ", ".join((*parameter.opts, *parameter.secondary_opts)) if isinstance(parameter, click.Option) else ""
    said = str(getattr(parameter, "help", "") or "")
    default = parameter.default
    if isinstance(default, str | int | Path) and default not in ("", ".", False, True):
        said = f"{said} Default: `{default}`."
    return f"| `{' '.join(filter(None, (names, parameter.metavar)))}` | {said} |\n"


def main() -> None:
    """Write the pages into `docs/` of this checkout."""
    for name, page in pages().items():
        replace_file(Path(__file__).parents[1] / "docs" / name, page.encode())


if __name__ == "__main__":
    main()
