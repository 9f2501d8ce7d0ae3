"""Report formats: each is a function of report and terminal, named here and imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import cast

from corpuslint.errors import ConfigError
from corpuslint.reporting.report import Report
from corpuslint.reporting.terminal import Terminal

Render = Callable[[Report, Terminal], Iterator[str]]

FORMATS: dict[str, str] = {
    "full": "full.render",
    "concise": "concise.render",
    "grouped": "concise.render_grouped",
    "json": "json.render",
    "json-lines": "json.render_lines",
    "sarif": "sarif.render",
    "github": "github.render",
    "gitlab": "gitlab.render",
    "junit": "junit.render",
    "rdjson": "rdjson.render",
    "markdown": "markdown.render",
    "statistics": "summary.render",
    "explain": "full.render_explained",
}
"""Name of a format -> the module here and the function in it that write it."""


def reporter(name: str, option: str = "") -> Render:
    """The function that writes the format `name`, which was the word of an `option`.

    Raises ConfigError for a name that is none.
    """
    if name not in FORMATS:
        raise ConfigError(f"unknown output format {name!r}", key=option, remedy=f"formats: {', '.join(FORMATS)}, html")
    module, function = FORMATS[name].split(".")
    return cast(Render, getattr(import_module(f"corpuslint.reporting.{module}"), function))
