"""One file a report format; this page is the list of them.

Every format is a function `render(report, terminal) -> Iterator[str]`, named here and imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import cast

from corpuslint.errors import ConfigError
from corpuslint.reporting.report import Report
from corpuslint.reporting.terminal import Terminal

Render = Callable[[Report, Terminal], Iterator[str]]

FORMATS: dict[str, str] = {
    "full": "corpuslint.reporting.full",
    "concise": "corpuslint.reporting.concise",
    "grouped": "corpuslint.reporting.grouped",
    "json": "corpuslint.reporting.json",
    "json-lines": "corpuslint.reporting.json_lines",
    "sarif": "corpuslint.reporting.sarif",
    "github": "corpuslint.reporting.github",
    "gitlab": "corpuslint.reporting.gitlab",
    "junit": "corpuslint.reporting.junit",
    "rdjson": "corpuslint.reporting.rdjson",
    "markdown": "corpuslint.reporting.markdown",
    "statistics": "corpuslint.reporting.statistics",
    "explain": "corpuslint.reporting.explain",
}
"""Name of a format -> the module whose `render` writes it."""


def reporter(name: str) -> Render:
    """The function that writes the format `name`.

    Raises ConfigError for a name that is none.
    """
    if name not in FORMATS:
        raise ConfigError(f"unknown output format {name!r}", remedy=f"formats: {', '.join(FORMATS)}, html")
    return cast(Render, import_module(FORMATS[name]).render)
