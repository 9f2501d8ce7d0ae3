"""Starting up costs little: a command loads no library and compiles no expression that it does not need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import startup
from corpuslint import check_text
from corpuslint.cli.app import COMMANDS

HEAVY = ("datasets", "pyarrow", "huggingface_hub", "ray", "jinja2", "hyperscan", "pygls", "regex", "ftfy", "msgspec")
HEAVY_FOR_CHECK = (
    "datasets",
    "fsspec",
    "ftfy",
    "huggingface_hub",
    "importlib.metadata",
    "jsonschema",
    "numpy",
    "pyarrow",
    "pydantic",
    "ray",
    "regex",
    "rich",
    "typer",
)
TEXT = "افتتح رئيس البلدية مركزا ثقافيا في المدينة.\nالمصدر: وكالة الساحل\nشارك على فيسبوك\n"
_COUNTING = """
import json, re, sys, dataclasses
compiled, made = [], []
compile_now, make_now = re._compiler.compile, dataclasses._process_class
re._compiler.compile = lambda *given: compiled.append(given[0]) or compile_now(*given)
dataclasses._process_class = lambda kind, *given: made.append(kind.__name__) or make_now(kind, *given)
from corpuslint.cli.app import main
try: main(sys.argv[1:])
except SystemExit: pass
counted = {"compiled": len(compiled), "dataclasses": len(made)}
rules = sum(name.startswith("corpuslint_pack_") for name in sys.modules)
print(json.dumps({"modules": sorted(sys.modules), "rules": rules, **counted}))
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A user's: Python keeps what it compiled, corpuslint has a cache of its own."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "CORPUSLINT_CACHE_DIR": str(tmp_path_factory.mktemp("cache"))}


def test_the_file_that_is_timed_as_clean_is_clean() -> None:
    assert check_text(startup.CLEAN, metadata=json.loads(startup.METADATA)) == ()


def test_help_imports_none_of_the_heavy_libraries() -> None:
    code = (
        "import sys\nfrom corpuslint.cli.app import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit: pass\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "[]"
    assert "check" in ended.stdout


def _counted(environment: dict[str, str], *arguments: str) -> tuple[list[str], dict[str, Any]]:
    """What a command prints the second time, when the first run has filled the caches, and what that took."""
    command = [sys.executable, "-c", _COUNTING, *arguments]
    for _ in range(2):
        ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    *report, counted = ended.stdout.splitlines()
    return report, json.loads(counted)


def test_check_of_a_small_file_loads_and_compiles_little(environment: dict[str, str], tmp_path: Path) -> None:
    """The numbers are what it takes today and a little more; each of them was several times as large."""
    file = tmp_path / "small.txt"
    file.write_text(TEXT, "utf-8")
    report, took = _counted(environment, "check", "--isolated", "--output-format", "concise", str(file))
    assert any("ART014" in line or "SRC010" in line for line in report)
    assert sorted(set(HEAVY_FOR_CHECK) & set(took["modules"])) == []
    assert len(took["modules"]) < 375
    assert took["rules"] < 24  # files of rules: of forty, those that have a rule which the text wakes
    assert took["compiled"] < 110  # expressions: of five hundred, those that the text calls for
    assert took["dataclasses"] < 25


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_help_of_a_command_loads_nothing_that_judges(environment: dict[str, str], name: str) -> None:
    _, took = _counted(environment, name, "--help")
    assert {"corpuslint.engine.check", "hyperscan"}.isdisjoint(took["modules"])


def test_help_loads_next_to_nothing(environment: dict[str, str]) -> None:
    _, took = _counted(environment, "--help")
    assert len(took["modules"]) < 140
    assert took["dataclasses"] == 0
