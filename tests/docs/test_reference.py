"""The pages on commands and configuration are what the program declares, and what they show is read."""

from __future__ import annotations

import tomllib

import pytest

from corpuslint.config.load import options_of
from corpuslint.config.options import TYPES, described
from corpuslint.resources import rules_folder
from release.reference import pages


@pytest.mark.parametrize("name", ["commands.md", "configuration.md"])
def test_the_page_is_current(name: str) -> None:
    current = pages()[name] == (rules_folder().parent / "docs" / name).read_text("utf-8")
    assert current, "write it anew: python -m release.reference"


def test_every_option_is_described() -> None:
    assert list(described()) == list(TYPES)


@pytest.mark.parametrize("key", TYPES)
def test_the_example_of_every_option_is_read(key: str) -> None:
    example = described()[key].example
    assert getattr(options_of(tomllib.loads(example), text=example), key.replace("-", "_")) is not None
