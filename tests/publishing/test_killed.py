"""Killed at any step, a build or a publication leaves no half version, and the next run gives the same bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from corpuslint.publishing.folder import DatasetFolder
from corpuslint.publishing.publish import publish
from tests.publishing.corpus import build, document, withheld
from tests.publishing.test_building import tree

REPOSITORY = Path(__file__).parents[2]

_SCRIPT = """
import os, shutil, sys
from pathlib import Path
import pyarrow.parquet
from corpuslint.publishing.folder import DatasetFolder
from corpuslint.publishing.publish import publish
from tests.publishing.test_killed import made

what, left, out, to = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]

def counted(real):
    def step(*arguments, **options):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), 9)
        return real(*arguments, **options)
    return step

folder = DatasetFolder.open(out / "news") if what == "publish" else None
for owner, names in ((Path, ("write_text", "rename", "replace")), (os, ("fsync",)), (shutil, ("copy2", "rmtree"))):
    for name in names:
        setattr(owner, name, counted(getattr(owner, name)))
pyarrow.parquet.ParquetWriter.write_table = counted(pyarrow.parquet.ParquetWriter.write_table)
if folder is None:
    made(out)
else:
    publish(folder, to)
print("whole", left)
"""


def made(out: Path) -> DatasetFolder:
    """Version 1.1.0 on top of a 1.0.0 that is there."""
    return build(out, [*(document(n) for n in range(1, 12)), withheld(90)], version="1.1.0").folder


def killed(what: str, steps: int, out: Path, to: Path) -> str:
    """Run in a process that is killed after so many steps; what it said if it lived."""
    command = [sys.executable, "-c", _SCRIPT, what, str(steps), str(out), str(to)]
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode in (-signal.SIGKILL, 0), done.stderr
    return done.stdout


@pytest.mark.parametrize("steps", [4, 22, 37])
def test_a_killed_build(tmp_path: Path, steps: int) -> None:
    for place in ("whole", "dist"):
        build(tmp_path / place, [document(n) for n in range(10)])
    wanted = tree(made(tmp_path / "whole").path)
    said = killed("build", steps, tmp_path / "dist", tmp_path)
    version = tmp_path / "dist/news/1.1.0"
    assert said.startswith("whole") or not version.exists() or tree(version) == wanted
    assert DatasetFolder.open(tmp_path / "dist/news").manifest.version in ("1.0.0", "1.1.0")
    assert tree(made(tmp_path / "dist").path) == wanted
    assert sorted(path.name for path in (tmp_path / "dist/news").iterdir()) == [".lock", "1.0.0", "1.1.0", "LATEST"]
    assert (tmp_path / "dist/news/LATEST").read_text() == "1.1.0\n"


@pytest.mark.parametrize("steps", [5, 13])
def test_a_killed_publication_to_a_folder(tmp_path: Path, steps: int) -> None:
    folder = build(tmp_path / "dist", [document(n) for n in range(10)]).folder
    to = tmp_path / "to"
    said = killed("publish", steps, tmp_path / "dist", to)
    assert said.startswith("whole") or not (to / "1.0.0").exists() or tree(to / "1.0.0") == tree(folder.path)
    publish(folder, str(to))
    assert tree(to / "1.0.0") == tree(folder.path)
    assert (to / "LATEST").read_text() == "1.0.0\n"
    assert sorted(path.name for path in to.iterdir()) == [".lock", "1.0.0", "LATEST"]
