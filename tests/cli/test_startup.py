"""Starting up costs little: a command loads no library and compiles no expression that it does not need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

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
import json, re, sys
compiled = []
compile_now = re._compiler.compile
re._compiler.compile = lambda *given: compiled.append(given[0]) or compile_now(*given)
from corpuslint.cli.app import main
try: main(sys.argv[1:])
except SystemExit: pass
print(json.dumps({"modules": sorted(sys.modules), "compiled": len(compiled)}))
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A user's: Python keeps what it compiled, corpuslint has a cache of its own."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "CORPUSLINT_CACHE_DIR": str(tmp_path_factory.mktemp("cache"))}


def test_help_imports_none_of_the_heavy_libraries() -> None:
    code = (
        "import sys\nfrom corpuslint.cli.app import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit: pass\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "[]"
    assert "check" in ended.stdout


def test_check_of_a_small_file_loads_and_compiles_little(environment: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "small.txt"
    file.write_text(TEXT, "utf-8")
    command = [sys.executable, "-c", _COUNTING, "check", "--isolated", "--output-format", "concise", str(file)]
    for _ in range(2):  # the first run fills the caches
        ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    *report, counted = ended.stdout.splitlines()
    told = json.loads(counted)
    assert any("ART014" in line or "SRC010" in line for line in report)
    assert sorted(set(HEAVY_FOR_CHECK) & set(told["modules"])) == []
    assert len(told["modules"]) < 430
    assert told["compiled"] < 120  # of five hundred: those that the text of this file calls for


@pytest.mark.parametrize(("arguments", "starts"), [(["--help"], 8), (["check", "--isolated"], 35)], ids=str)
def test_a_command_starts_within_some_bare_starts(
    arguments: list[str], starts: int, environment: dict[str, str], tmp_path: Path
) -> None:
    """In processor time, which a busy machine stretches less than the clock."""
    resource = pytest.importorskip("resource")
    file = tmp_path / "small.txt"
    file.write_text(TEXT, "utf-8")

    def least(*arguments: str) -> float:
        taken = []
        for _ in range(4):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, check=False)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        return min(taken)

    command = ("-m", "corpuslint", *arguments, *([str(file)] if "check" in arguments else []))
    least(*command)
    assert least(*command) < starts * least("-c", "pass")
