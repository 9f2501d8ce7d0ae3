"""A fix and an undo that die before any one of their calls: nothing is lost, and either command does the rest."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from corpuslint.formats.rewriting import recover, sweep, undo_file
from corpuslint.model.ledger import AppliedEdit, Rewrite
from tests.formats.writing import rewrite_text

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes can be forked here")

CALLS = {"os.rename", "os.link", "os.remove", "os.mkdir"}
BEFORE = {"a.txt": b"one two three", "a.meta.json": b'{"n": 1.0}'}
AFTER = {
    "a.txt": b"one three",
    "a.meta.json": b'{"n": 1.0, "source": "s"}',
    "a.story-2.txt": b"two",
    "a.story-2.meta.json": b'{\n  "title": "T"\n}\n',
}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def fix(folder: Path) -> None:
    path = folder / "a.txt"
    story = Rewrite("two", lifted={"title": "T"})
    edits = (AppliedEdit("MIX901", 1, 4, "two ", ""),)
    if path.read_bytes() == BEFORE["a.txt"]:
        rewrite_text(str(path), path.read_bytes(), Rewrite("one three", edits, {"source": "s"}), story)


def take_back(folder: Path) -> None:
    sweep([str(folder / "a.txt")])
    undo_file(str(folder / "a.txt"))


def fix_after_a_kill(folder: Path) -> None:
    sweep([str(folder / "a.txt")])
    recover([str(folder / "a.txt")])
    fix(folder)


def died(action: Callable[[Path], None], folder: Path, deadly: int) -> bool:
    """Whether an action in a process of its own was killed before its `deadly`th call that changes a name."""
    pid = os.fork()
    if not pid:
        made = 0

        def hook(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal made
            if event in CALLS or (event == "open" and arguments[2] & os.O_CREAT):
                made += 1
                if made == deadly:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.addaudithook(hook)
            action(folder)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL


def folders(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    for deadly in range(1, 100):
        folder = tmp_path / f"{deadly}"
        folder.mkdir()
        for name, content in BEFORE.items():
            (folder / name).write_bytes(content)
        yield deadly, folder


@pytest.mark.parametrize("rerun", ["fix", "undo"])
@pytest.mark.parametrize("killed", ["fix", "undo"])
def test_a_run_killed_before_any_call_loses_nothing_and_either_command_does_the_rest(
    tmp_path: Path, killed: str, rerun: str
) -> None:
    between = 0
    for deadly, folder in folders(tmp_path):
        if killed == "undo":
            fix(folder)
            assert contents(folder) == AFTER
        if not died(fix if killed == "fix" else take_back, folder, deadly):
            break
        found = contents(folder)
        between += {name: found.get(name) for name in AFTER} not in ({**dict.fromkeys(AFTER), **BEFORE}, AFTER)
        assert all(found.get(name) in (BEFORE.get(name), AFTER[name]) for name in AFTER)
        assert found["a.txt"] == BEFORE["a.txt"] or {name: found.get(name) for name in AFTER} == AFTER
        (fix_after_a_kill if rerun == "fix" else take_back)(folder)
        assert contents(folder) == (AFTER if rerun == "fix" else BEFORE), f"killed before call {deadly}"
        take_back(folder)
        assert contents(folder) == BEFORE
        assert {path.name for path in (folder / ".corpuslint").glob("*")} <= {".gitignore", "lock"}
    assert between >= 3


@pytest.mark.parametrize("killed", ["fix", "undo"])
def test_a_rerun_may_be_killed_too(tmp_path: Path, killed: str) -> None:
    twice = 0
    for deadly, folder in folders(tmp_path):
        if killed == "undo":
            fix(folder)
        if not died(fix if killed == "fix" else take_back, folder, deadly):
            break
        first, last = (take_back, fix_after_a_kill) if deadly % 2 else (fix_after_a_kill, take_back)
        twice += died(first, folder, 1 + deadly * 5 % 9)
        last(folder)
        assert contents(folder) == (AFTER if last is fix_after_a_kill else BEFORE), f"killed before call {deadly}"
    assert twice >= 3
