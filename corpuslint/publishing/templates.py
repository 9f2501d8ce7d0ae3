"""Pages of a version, written in Jinja: `data/card.md` and `data/diff.html`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from corpuslint.resources import published_data

if TYPE_CHECKING:
    from jinja2 import Template


def template(name: str, **filters: Callable[..., str]) -> Template:
    """A page of `data`; in HTML what is filled in is escaped. `n` writes a number; `filters` are its own."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=name.endswith(".html"),
    )
    environment.filters |= {"n": "{:,}".format, **filters}
    return environment.from_string(published_data(name))
