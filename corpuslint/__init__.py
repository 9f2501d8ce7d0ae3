"""corpuslint: a linter and dataset packager for Arabic-script news corpora.

`check_text`, `fix_text` and `Linter` are for texts and tables in memory, `check`, `fix` and `build` for files; the rest
of this page is what rule packs import, and everything else is the house's own business. The names are those that
`__init__.pyi` imports; each is looked up when it is asked for, so that `corpuslint --help` does not load what only
rules need.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from corpuslint.version import __version__ as __version__


@cache
def _homes() -> dict[str, str]:
    """Public name -> the module that it is in, or the package that it is a module of."""
    imports = re.findall(
        r"^from (\S+) import (.+)", Path(__file__).with_suffix(".pyi").read_text("utf-8"), re.MULTILINE
    )
    return {name: home for home, names in imports for name in re.findall(r" as (\w+)", names)}


def __getattr__(name: str) -> object:
    """The public name, from the module it lives in."""
    if name == "__all__":
        return __dir__()
    if name not in _homes():
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(__import__(_homes()[name], fromlist=[name]), name)
    globals()[name] = found  # asked for once only
    return found


def __dir__() -> list[str]:
    """The public names."""
    return sorted(_homes())
