"""Starting up costs little: `--help` loads no library it does not need, and lists what the commands say themselves."""

from __future__ import annotations

import subprocess
import sys
import time
from importlib import import_module

import pytest
import typer

from corpuslint.cli.app import COMMANDS

HEAVY = ("datasets", "pyarrow", "huggingface_hub", "ray", "jinja2", "hyperscan", "pygls", "regex", "ftfy")


def test_help_imports_none_of_the_heavy_libraries() -> None:
    code = (
        "import sys\nfrom corpuslint.cli.app import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit: pass\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "[]"
    assert "check" in ended.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_in_help_is_what_the_command_says(name: str) -> None:
    module, line = COMMANDS[name]
    command = typer.main.get_command(import_module(module).app)
    assert (command.help or "").split("\n")[0] == line


def test_help_starts_within_ten_bare_starts() -> None:
    def quickest(*arguments: str) -> float:
        taken = []
        for _ in range(5):
            start = time.perf_counter()
            subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
            taken.append(time.perf_counter() - start)
        return min(taken)

    assert quickest("-m", "corpuslint", "--help") < 10 * quickest("-c", "pass") + 0.15  # shared machines are noisy
