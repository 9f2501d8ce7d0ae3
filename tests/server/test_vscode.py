"""The extension for VS Code says what the program says, and is built and begun where its tools are installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from corpuslint.version import __version__

FOLDER = Path(__file__).parents[2] / "editors" / "vscode"
PACKAGE = json.loads((FOLDER / "package.json").read_text("utf-8"))
with_its_tools = pytest.mark.skipif(
    not (FOLDER / "node_modules").is_dir() or shutil.which("npm") is None,
    reason="needs node, and `npm install` in editors/vscode",
)


def npm(folder: Path, script: str, program: Path) -> str:
    done = subprocess.run(
        ["npm", "run", "--silent", script],
        cwd=folder,
        env=os.environ | {"CORPUSLINT": str(program), "PYTHONPATH": str(FOLDER.parents[1])},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The extension as it is in the repository, with its tools."""
    shutil.copytree(FOLDER, tmp_path / "vscode", ignore=shutil.ignore_patterns("node_modules", "dist", "*.vsix"))
    (tmp_path / "vscode/node_modules").symlink_to(FOLDER / "node_modules")
    return tmp_path / "vscode"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "corpuslint"
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m corpuslint "$@"\n', "utf-8")
    path.chmod(0o755)
    return path


def test_it_has_the_version_of_the_program_and_starts_its_server() -> None:
    command = PACKAGE["contributes"]["configuration"]["properties"]["corpuslint.command"]
    assert PACKAGE["version"] == __version__
    assert command["default"] == ["corpuslint", "server"]
    assert command["scope"] == "machine"  # a folder that is opened names no program
    assert PACKAGE["capabilities"]["untrustedWorkspaces"]["supported"] is False


@with_its_tools
def test_it_starts_the_server_and_shows_what_that_finds(folder: Path, program: Path) -> None:
    assert "# pass 2" in npm(folder, "test", program)


@with_its_tools
def test_its_package_holds_one_script(folder: Path, program: Path) -> None:
    npm(folder, "package", program)
    with zipfile.ZipFile(folder / f"corpuslint-{__version__}.vsix") as package:
        names = [name for name in package.namelist() if name.startswith("extension/")]
    assert sorted(names) == ["extension/dist/extension.js", "extension/package.json", "extension/readme.md"]
