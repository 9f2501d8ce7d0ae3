"""Pages that are written in Jinja: of a rule, of a version, of a comparison."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from corpuslint.resources import package_data

if TYPE_CHECKING:
    from jinja2 import Template


@cache
def template(name: str, **filters: Callable[..., str]) -> Template:
    """A page by its path in the package; HTML escapes what is filled in. `n` writes a number; `filters` are its own."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=name.endswith(".html"),
    )
    environment.filters |= {"n": "{:,}".format, **filters}
    return environment.from_string(package_data(name))
