"""A compiled kernel of another source than the one beside it, as a checkout has after `git pull`, or a torn one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import corpuslint

from .conftest import COMPILED

PACKAGE = Path(corpuslint.__file__).parent
CHECKED = (
    "from corpuslint import check_text; print([one.code for one in check_text('قال إن كوریا وقعت.', select=['LET'])])"
)


def linked(folder: Path, source: Path, *, but: str) -> Path:
    """A folder whose entries are links to those of `source`, but for one."""
    folder.mkdir()
    for entry in source.iterdir():
        if entry.name != but:
            (folder / entry.name).symlink_to(entry)
    return folder / but


def printed(folder: Path, *words: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    done = subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.skipif(COMPILED is None, reason="the kernel is not compiled here")
def test_a_compiled_module_of_another_source_is_left_aside(tmp_path: Path) -> None:
    words = linked(tmp_path / "corpuslint", PACKAGE, but="words")
    source = linked(words, PACKAGE / "words", but="kernel.py")
    source.write_bytes((PACKAGE / "words" / "kernel.py").read_bytes() + b"# a newer line\n")
    told = printed(tmp_path, "-m", "corpuslint", "-V")
    assert "not compiled, slower: the compiled module is of another source" in told
    assert "of another source" in printed(tmp_path, "-m", "corpuslint", "config", "show", "--isolated").splitlines()[0]
    assert printed(tmp_path, "-c", CHECKED) == "['LET001']\n"


@pytest.mark.skipif(COMPILED is None, reason="the kernel is not compiled here")
def test_a_compiled_module_that_cannot_be_loaded_is_left_aside(tmp_path: Path) -> None:
    assert COMPILED is not None and COMPILED.__file__ is not None
    words = linked(tmp_path / "corpuslint", PACKAGE, but="words")
    linked(words, PACKAGE / "words", but=Path(COMPILED.__file__).name).write_bytes(b"")
    assert "the compiled module cannot be loaded" in printed(tmp_path, "-m", "corpuslint", "-V")
    assert printed(tmp_path, "-c", CHECKED) == "['LET001']\n"
