"""The options that several commands share, each declared once: `--help` and `docs/commands.md` are made of them.

What a configuration file can say, too, is declared in `config.options`; `configured` makes options of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpuslint.config.load import known_language
from corpuslint.config.options import TYPES, Jobs, Options, Share, described
from corpuslint.config.settings import Settings, settle
from corpuslint.reporting import FORMATS
from corpuslint.text.strict import Texts

if TYPE_CHECKING:
    from corpuslint.pipeline.drive import Execution
if TYPE_CHECKING:
    from click import Context, Parameter


Offer = Callable[[str], Sequence[str] | Sequence[tuple[str, str]]]
"""Words that begin with what was typed, each perhaps with its meaning."""


def offering(offer: Offer) -> Callable[[Context, Parameter, str], list[Any]]:
    """What click asks for words that begin with what was typed; each may come with its meaning."""

    def complete(_context: Context, _parameter: Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        words = ((word, "") if isinstance(word, str) else word for word in offer(incomplete))
        return [CompletionItem(word, help=meaning or None) for word, meaning in words]

    return complete


def formats(incomplete: str) -> list[str]:
    """The output formats that begin so."""
    from corpuslint.reporting import FORMATS

    return [name for name in (*FORMATS, "html") if name.startswith(incomplete)]


def reports(incomplete: str) -> list[str]:
    """The formats of `--report FORMAT=FILE`, up to the sign."""
    return [f"{name}=" for name in formats(incomplete)]


def selectors(incomplete: str) -> list[tuple[str, str]]:
    """Rules and families, with what they find; after a comma, the next one."""
    from corpuslint.config.settings import Settings
    from corpuslint.engine.rules import known_specs
    from corpuslint.packs.docs import FAMILIES

    done, comma, word = incomplete.rpartition(",")
    specs = known_specs(Settings())
    offered = [
        *FAMILIES.items(),
        *((spec.code, spec.name) for spec in specs),
        *((spec.name, spec.code) for spec in specs),
    ]
    return [(f"{done}{comma}{name}", meaning) for name, meaning in offered if name.startswith(word)]


def conditions(incomplete: str) -> list[str]:
    """What `--fail-on` takes by itself."""
    return [word for word in ("error", "warning", "info", "never") if word.startswith(incomplete)]


Command = Callable[..., None]
Settled = Callable[[], Settings]
"""Reads the configuration, and gives what holds for this run."""

FILE = click.Path(path_type=Path)
_CHECKED = {Share | None: click.FloatRange(0, 1), Jobs | None: click.IntRange(0, 100_000)}
_COMPLETED: dict[str, Offer] = {
    "select": selectors,
    "ignore": selectors,
    "extend_select": selectors,
    "fixable": selectors,
    "unfixable": selectors,
    "output_format": formats,
    "fail_on": conditions,
}
_MORE = {"output_format": f" One of {', '.join(FORMATS)}, html."}
_REPEATED = frozenset({"fail-on"}) | {key for key, kind in TYPES.items() if kind == Texts | None}


def paths(purpose: str = "Files and folders.") -> Callable[[Command], Command]:
    """Any number of paths."""
    return click.argument("paths", nargs=-1, metavar="[PATH]...", help=purpose)


def flag(name: str, purpose: str, *others: str) -> Callable[[Command], Command]:
    """An option that is said or not."""
    return click.option(name, *others, is_flag=True, help=purpose)


def one_of(name: str, metavar: str, words: Sequence[str], purpose: str = "") -> Callable[[Command], Command]:
    """An option that takes one of a few words, by default the first."""
    said = purpose or f"One of {', '.join(words)}."
    return click.option(name, metavar=metavar, type=click.Choice(words), default=words[0], help=said)


def configured(*keys: str) -> Callable[[Command], Command]:
    """Options for keys of the configuration, and for the file itself; the command is given `settled`."""

    def decorated(command: Command) -> Command:
        @wraps(command)
        def configured_command(isolated: bool, config: Path | None, **given: Any) -> None:
            said = Options(**{key: _said(key, given.pop(key)) for key in keys})
            command(settled=partial(settle, said, isolated=isolated, config=config), **given)

        result: Command = configured_command
        declared: list[Callable[[Command], Command]] = [*map(_option, keys), _ISOLATED, _CONFIG]
        for option in reversed(declared):
            result = option(result)
        return result

    return decorated


_ISOLATED = flag("--isolated", "Read no configuration file.")
_CONFIG = click.option("--config", metavar="FILE", type=FILE, help="Use this configuration file.")


def _option(name: str) -> Callable[[Command], Command]:
    key = name.replace("_", "-")
    option = described()[key]
    return click.option(
        name,
        *(option.typed or (f"--{key}",)),
        metavar=option.metavar,
        type=_CHECKED.get(TYPES[key], str),
        multiple=key in _REPEATED,
        help=option.purpose + _MORE.get(name, ""),
        shell_complete=offering(_COMPLETED[name]) if name in _COMPLETED else None,
    )


def _said(name: str, value: Any) -> Any:
    """The value of an option as the configuration has it; None where it was not given."""
    if name == "language" and value:
        return known_language(value)
    if not isinstance(value, tuple):
        return value
    if not value:
        return None
    return ",".join(value) if name == "fail_on" else tuple(split(value))


def split(values: Sequence[str]) -> list[str]:
    """The words of an option that takes several, separated by commas or said again."""
    return [part.strip() for value in values for part in value.split(",") if part.strip()]


def executed(command: Command) -> Command:
    """Options that say how the work is done; the command is given `execution`, which adds them to settings."""

    @wraps(command)
    def executed_command(
        executor: str, address: str, work: str, rank: int | None, world_size: int, **given: Any
    ) -> None:
        def execution(settings: Settings, **more: Any) -> Execution:
            from corpuslint.pipeline.drive import Execution

            return Execution(
                executor=executor or ("ray" if address else ""),
                jobs=settings.jobs,
                address=address,
                work=work,
                rank=rank or 0,
                world_size=world_size,
                **more,
            )

        command(execution=execution, **given)

    result: Command = executed_command
    for option in _EXECUTED[::-1]:
        result = option(result)
    return result


_EXECUTED = (
    click.option("--executor", metavar="NAME", default="", help="serial, processes or ray."),
    click.option("--address", metavar="HOST:PORT", default="", help="With --executor ray: the cluster."),
    click.option(
        "--work",
        metavar="DIR",
        default="",
        help="Keep the results of shards in this folder or URL: a run can be taken up again, also elsewhere.",
    ),
    click.option(
        "--rank",
        metavar="K",
        type=click.IntRange(min=0),
        help="With --work or --fix: do only share number K (from 0) of N.",
    ),
    click.option("--world-size", metavar="N", type=click.IntRange(min=1), default=1, help="How many ranks there are."),
)
