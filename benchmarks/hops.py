"""Calls on the stack from the function that a command or program calls to the first rule that is asked.

`python -m benchmarks.hops [check|fix|build|text]…` prints them, by default all four; calls of `cli/` are left out.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from pathlib import Path
from types import FrameType
from typing import Any

from corpuslint import check_text
from corpuslint.cli.app import main as run_command

ROOT = Path(__file__).parents[1]
TEXT = "انتهت أعمال الصيانة في المتحف القديم قبل موعدها بأيام. " * 8 + "\nشارك الخبر\n"
WAYS = {
    "check": ["check", "corpus/a.txt", "--no-cache"],
    "fix": ["check", "--fix", "corpus/a.txt"],
    "build": ["build", "corpus", "--name", "n", "--version", "1.0.0", "--out", "dist"],
    "text": [],
}


def calls_of(way: str) -> list[str]:
    """The calls of one way, the outermost first."""
    found: list[str] = []

    def watch(frame: FrameType, event: str, _: Any) -> None:
        file = Path(frame.f_code.co_filename)
        is_rule = frame.f_code.co_name == "check" and (ROOT / "rules" in file.parents or file.stem.endswith("kinds"))
        at: FrameType | None = frame if event == "call" and is_rule and not found else None
        while at is not None:
            name = Path(at.f_code.co_filename)
            if name.is_relative_to(ROOT) and name.parent.name not in ("cli", "benchmarks"):
                found.insert(0, f"{name.relative_to(ROOT).with_suffix('').as_posix()}:{at.f_code.co_name}")
            at = at.f_back

    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path("corpus").mkdir()
        Path("corpus/a.txt").write_text(TEXT, "utf-8")
        sys.setprofile(watch)
        try:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                check_text(TEXT) if way == "text" else run_command(WAYS[way])
        except SystemExit:
            pass
        finally:
            sys.setprofile(None)
    return found


def main() -> None:
    """Print the calls of each way."""
    os.environ["CORPUSLINT_CACHE_DIR"] = tempfile.mkdtemp()
    for way in sys.argv[1:] or WAYS:
        calls = calls_of(way)
        print(f"{way}: {len(calls)}", *calls, sep="\n  ")


if __name__ == "__main__":
    main()
