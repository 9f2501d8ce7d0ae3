"""Where the files shipped beside the code lie: rule packs and JSON Schemas.

In a wheel they are copied into the package (`corpuslint/_data`); in a checkout or an editable install they are the
top-level folders `rules/` and `schemas/`, and the copy, if one is left over, is stale. Every path goes through here.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    checkout = _PACKAGE.parent / name
    if (_PACKAGE.parent / "pyproject.toml").is_file() and checkout.is_dir():
        return checkout
    return _PACKAGE / "_data" / name


def rules_folder() -> Path:
    """The folder whose sub-folders are the shipped rule packs."""
    return _shipped("rules")


def schemas_folder() -> Path:
    """The folder that holds the generated JSON Schemas."""
    return _shipped("schemas")
