"""How far a command is, on a terminal: again and again while it lasts, and nothing of it is left."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from corpuslint.cli.progress import telling

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
LINE = "قال الناطق إن الاجتماع سيعقد في موعده المقرر دون تأخير أو تغيير رقم {}.\n"


def on_a_terminal(folder: Path, *arguments: str) -> str:
    """What a command writes on its standard error, which is a terminal."""
    here, there = pty.openpty()
    run = subprocess.Popen(
        [sys.executable, "-m", "corpuslint", *arguments],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=there,
        env=os.environ | {"TERM": "xterm", "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    os.close(there)
    said = b""
    while True:
        try:
            piece = os.read(here, 1 << 16)
        except OSError:
            break
        if not piece:
            break
        said += piece
    os.close(here)
    run.wait()
    return said.decode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    records = (json.dumps({"text": LINE.format(n) * 12}, ensure_ascii=False) for n in range(3_000))
    (tmp_path / "a.jsonl").write_text("\n".join(records), "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        ["check", "a.jsonl", "--isolated", "--no-cache", "--jobs", "1"],
        ["report", "a.jsonl", "--isolated"],
        ["build", "a.jsonl", "--isolated", "--name", "n", "--version", "1.0.0", "--select", "LET", "--jobs", "1"],
    ],
    ids=lambda command: command[0],
)
def test_one_long_file_is_told_of_before_its_end(folder: Path, command: list[str]) -> None:
    said = on_a_terminal(folder, *command)
    shares = [int(share) for share in re.findall(r"(\d+)%", said)]
    assert shares == sorted(shares)
    assert any(0 < share < 100 for share in shares)
    after = said.rpartition("\r\x1b[K")[2]
    assert "%" not in after


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_command_that_does_not_know_how_far_it_is_says_what_it_does(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr("corpuslint.cli.progress._FIRST", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    with telling("reading"):
        while not terminal.getvalue():
            pass
    assert terminal.getvalue().startswith("\r\x1b[Kreading, 0 s")
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_quiet_is_quiet(folder: Path) -> None:
    assert on_a_terminal(folder, "check", "a.jsonl", "--isolated", "--no-cache", "--quiet") == ""
