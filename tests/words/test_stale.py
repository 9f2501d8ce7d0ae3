"""A compiled kernel of another source than the one beside it, as a checkout has after `git pull`."""

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


@pytest.mark.skipif(COMPILED is None, reason="the kernel is not compiled here")
def test_a_compiled_module_of_another_source_is_left_aside(tmp_path: Path) -> None:
    words = linked(tmp_path / "corpuslint", PACKAGE, but="words")
    source = linked(words, PACKAGE / "words", but="kernel.py")
    source.write_bytes((PACKAGE / "words" / "kernel.py").read_bytes() + b"# a newer line\n")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}

    def printed(*words: str) -> str:
        command = [sys.executable, *words]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
        return done.stdout

    assert "not compiled, slower: the compiled module is of another source" in printed("-m", "corpuslint", "-V")
    assert "of another source" in printed("-m", "corpuslint", "config", "show", "--isolated").splitlines()[0]
    assert printed("-c", CHECKED) == "['LET001']\n"
