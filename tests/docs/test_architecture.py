"""What the picture of the house names is there."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
ROOMS = {path.name.removesuffix(".py") for path in (CHECKOUT / "corpuslint").iterdir() if path.suffix in ("", ".py")}
PAGE = (CHECKOUT / "docs" / "architecture.md").read_text("utf-8")
NAMED = sorted({name for name in re.findall(r"\b(?:[a-z_]+\.)+\w+\b", PAGE) if name.split(".")[0] in ROOMS})


def found(name: str) -> bool:
    """Whether a dotted name below the package is a module, or what a module or a class of it holds."""
    parts = name.split(".")
    for size in range(len(parts), 0, -1):
        try:
            held: object = import_module(".".join(("corpuslint", *parts[:size])))
        except ImportError:
            continue
        for part in parts[size:]:
            if not hasattr(held, part):
                return False
            held = getattr(held, part)
        return True
    return False


@pytest.mark.parametrize("name", [name for name in NAMED if not name.endswith((".py", ".pyi", ".md", ".toml", ".tsv"))])
def test_every_name_is_there(name: str) -> None:
    assert found(name)


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:corpuslint|benchmarks|tests|release)/[\w/.-]+)`", PAGE))))
def test_every_path_is_there(path: str) -> None:
    assert (CHECKOUT / path).exists()
