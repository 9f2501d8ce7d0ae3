"""What several commands share: options as typed on the command line become settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpuslint.cli.completion import selectors
from corpuslint.config.options import Options
from corpuslint.config.settings import Settings, settle
from corpuslint.errors import ConfigError

if TYPE_CHECKING:
    from corpuslint.model.levels import Severity

Isolated = Annotated[bool, typer.Option("--isolated", help="Read no configuration file.")]
ConfigFile = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="Use this configuration file.")]
Selectors = Annotated[
    list[str] | None,
    typer.Option(
        "--select", metavar="CODES", help="Rules to run: codes, prefixes, names, ALL.", autocompletion=selectors
    ),
]
Ignored = Annotated[
    list[str] | None, typer.Option("--ignore", metavar="CODES", help="Rules not to run.", autocompletion=selectors)
]
Confidence = Annotated[
    float | None,
    typer.Option(
        "--min-confidence",
        metavar="P",
        min=0.0,
        max=1.0,
        help="The least confidence, 0 to 1, at which a fix that removes or moves words is applied; 0.95 unless said.",
    ),
]
Extended = Annotated[
    list[str] | None,
    typer.Option(
        "--extend-select", metavar="CODES", help="Rules to run beside those selected.", autocompletion=selectors
    ),
]


def listed(values: list[str] | None) -> tuple[str, ...] | None:
    """Comma-separated values of a repeatable option as one list; None when it was not given."""
    if not values:
        return None
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def severity_of(word: str) -> Severity:
    """The severity that an option names, the mildest where it names none."""
    from corpuslint.model.levels import Severity

    known = [level.value for level in Severity]
    if word and word not in known:
        raise ConfigError(f"unknown severity {word!r}", key="severity", remedy=f"one of {', '.join(known)}")
    return Severity(word) if word else Severity.INFO


def settings_for(options: Options, *, isolated: bool, config: Path | None) -> Settings:
    """The settings for a run that is started in the current folder."""
    return settle(options, isolated=isolated, config=config)
