"""`--watch` looks again when something changed, and only then."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpuslint.cli.ways import changes
from corpuslint.resources import rules_folder


def steps(*actions: Callable[[], object]) -> Callable[[], None]:
    waiting = iter(actions)

    def wait() -> None:
        next(waiting)()

    return wait


def write(path: Path, text: str) -> Callable[[], object]:
    return lambda: path.write_text(text, "utf-8")


def taken(found: Iterator[tuple[str, ...]], number: int) -> list[tuple[str, ...]]:
    return [next(found) for _ in range(number)]


def test_every_change_is_told_once(tmp_path: Path) -> None:
    a, b, ledger = tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / ".corpuslint"
    ledger.mkdir()
    a.write_text("x", "utf-8")
    wait = steps(
        write(ledger / "a.txt.ledger.jsonl", "own doing"),
        write(a, "changed"),
        lambda: None,
        write(b, "new"),
        a.unlink,
    )
    assert taken(changes([str(tmp_path)], wait=wait), 4) == [(), (str(a),), (str(b),), (str(a),)]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for a child there")
def test_a_watch_reports_again_and_ends_with_130(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("نص سليم\n", "utf-8")
    command = [sys.executable, "-m", "corpuslint", "check", str(path), "--watch", "--isolated", "--select", "ENC"]
    out, err = tmp_path / "out", tmp_path / "err"
    with out.open("w") as stream, err.open("w") as said:
        run = subprocess.Popen(
            command,
            stdout=stream,
            stderr=said,
            env=os.environ | {"PYTHONPATH": str(rules_folder().parent)},
        )
        try:
            seen(out, "No findings")
            path.write_text("نص&nbsp;آخر\n", "utf-8")
            seen(out, "error ENC021")
            run.send_signal(signal.SIGINT)
            assert run.wait(20) == 130
            assert err.read_text("utf-8").splitlines()[0] == f"watching {path}; Ctrl-C ends"
        finally:
            run.kill()
            run.wait()


def seen(out: Path, text: str) -> None:
    for _ in range(300):
        if text in out.read_text("utf-8"):
            return
        time.sleep(0.1)
    raise AssertionError(f"{text!r} did not appear")
