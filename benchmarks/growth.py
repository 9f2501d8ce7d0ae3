"""Processor time and memory of whole commands on hostile texts of growing size: both may only grow as the text does.

    python -m benchmarks.growth [--sizes 0.5,1,2,4] [--only NAME,NAME] [--commands check,fix,undo] [--limit 120]

Each figure is one command in a process of its own, as a user runs it, less what it takes on a text of one word. One
line a text and command: seconds of a core and MB of memory at each size, and by what the seconds grew from size to size
(no more than 2.3 where the size doubles). A text that takes more than `--limit` seconds is not made larger.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from benchmarks.worst import LINE, TEXTS

ACCIDENT = "أعلن وزير النقل افتتاح محطة جديدة في العاصمة، وقال إن العمل يبدأ صباح الغد.\n"
SHAPES: dict[str, Callable[[int], str]] = {
    "news": TEXTS["news"],
    "one line of news": TEXTS["one line"],
    "UTF-8 read as Latin-1": lambda size: (
        ACCIDENT.encode().decode("latin-1") * (size // len(ACCIDENT.encode().decode("latin-1").encode()) + 1)
    ),
    "open comments": TEXTS["open comments"],
    "one line of Persian letters": TEXTS["yeh of another script"],
    "lines that may be labels": lambda size: "كتب: سامي نديم\n" * (size // len("كتب: سامي نديم\n".encode()) + 1),
    "a finding a line": lambda size: (
        (LINE.replace("في", "فی") + "علی الباب\n") * (size // len((LINE + "علی الباب\n").encode()) + 1)
    ),
    "shortcodes": TEXTS["shortcodes"],
    "entities": TEXTS["entities"],
}
"""The texts that once made a command grow with the square of them, and the news to measure them by."""

COMMANDS = ("check", "rdjson", "fix", "undo", "report", "lsp")


class Cost(NamedTuple):
    """Processor time in seconds and the largest memory in bytes."""

    seconds: float
    memory: int


def main() -> None:
    """Measure every text with every command and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--sizes", default="0.5,1,2,4", help="in MB of UTF-8")
    parser.add_argument("--only", default="", help="texts whose names hold one of these, parted by commas")
    parser.add_argument("--commands", default=",".join(COMMANDS))
    parser.add_argument("--limit", type=float, default=120.0, help="seconds after which a text is not made larger")
    given = parser.parse_args()
    sizes = [float(size) for size in given.sizes.split(",")]
    wanted = given.only.split(",")
    print(f"{'':30}{'':8}" + "".join(f"{size:>7.2g} MB" for size in sizes) + "   memory" + " " * 20 + "growth")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for command in given.commands.split(","):
            nothing = min(cost_of(command, "قال\n", folder) for _ in range(3))  # the first fills the caches
            for shape, text in SHAPES.items():
                if not any(part in shape for part in wanted):
                    continue
                costs: list[Cost] = []
                for size in sizes:
                    costs.append(cost_of(command, text(int(size * 1e6)), folder))
                    if costs[-1].seconds > given.limit:
                        break
                print(line(shape, command, costs, nothing, len(sizes)), flush=True)


def line(shape: str, command: str, costs: Sequence[Cost], nothing: Cost, columns: int) -> str:
    """A line of the table."""
    seconds = [max(cost.seconds - nothing.seconds, 0.001) for cost in costs]
    empty = [""] * (columns - len(costs))
    times = "".join(f"{value:>10}" for value in [*(f"{each:.2f} s" for each in seconds), *empty])
    memory = " ".join(f"{value:>6}" for value in [*(f"{cost.memory >> 20}" for cost in costs), *empty])
    return f"{shape:30}{command:8}{times}   {memory}   " + " ".join(f"{b / a:.1f}" for a, b in pairwise(seconds))


def cost_of(command: str, text: str, folder: Path) -> Cost:
    """What one command costs on one text; what has to come before it (a fix to undo) is not counted."""
    path = folder / "a.txt"
    for old in folder.rglob("*"):
        if old.is_file():
            old.unlink()
    path.write_text(text, "utf-8")
    where = [str(path), "--isolated"]
    if command == "undo":
        _run("check", "--fix", "--unsafe-fixes", "--no-cache", *where)
        return _run("undo", str(path))
    if command == "lsp":
        return _edited(path, text)
    arguments = {
        "check": ["check", "--no-cache", "--output-format", "json"],
        "rdjson": ["check", "--no-cache", "--output-format", "rdjson"],
        "fix": ["check", "--fix", "--unsafe-fixes", "--no-cache"],
        "report": ["report", "-o", str(folder / "report.html")],
    }
    return _run(*arguments[command], *where)


def _run(*arguments: str) -> Cost:
    return _cost(subprocess.Popen(_command(*arguments), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "corpuslint", *arguments]


def _cost(process: subprocess.Popen[bytes]) -> Cost:
    usage = os.wait4(process.pid, 0)[2]
    process.returncode = 0
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss << 10 if sys.platform != "darwin" else usage.ru_maxrss)


def _edited(path: Path, text: str) -> Cost:
    """An editor opens the file, sees its findings, and asks what can be done about its first line and about all."""
    process = subprocess.Popen(
        _command("server"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=path.parent
    )
    sent = 0

    def send(method: str, params: object, *, asks: bool = False) -> None:
        nonlocal sent
        sent += asks
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params} | ({"id": sent} if asks else {}))
        assert process.stdin is not None
        process.stdin.write(f"Content-Length: {len(body)}\r\n\r\n{body}".encode())
        process.stdin.flush()

    def wait_for(name: str) -> None:
        """Read messages until an answer to the last question, or a notification of this name."""
        assert process.stdout is not None
        while True:
            length = 0
            while (header := process.stdout.readline().strip()) != b"":
                if header.lower().startswith(b"content-length:"):
                    length = int(header.split(b":")[1])
            body = process.stdout.read(length)
            if not body:
                return
            message = json.loads(body)
            if message.get("method") == name or (not name and message.get("id") == sent and "method" not in message):
                return

    uri = path.as_uri()
    everything = {"start": {"line": 0, "character": 0}, "end": {"line": 1 << 20, "character": 0}}
    first = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 80}}
    send("initialize", {"processId": None, "rootUri": path.parent.as_uri(), "capabilities": {}}, asks=True)
    wait_for("")
    send("initialized", {})
    send(
        "textDocument/didOpen",
        {"textDocument": {"uri": uri, "languageId": "plaintext", "version": 1, "text": text}},
    )
    wait_for("textDocument/publishDiagnostics")
    for span, only in ((first, "quickfix"), (everything, "source.fixAll.corpuslint")):
        context = {"diagnostics": [], "only": [only]}
        send("textDocument/codeAction", {"textDocument": {"uri": uri}, "range": span, "context": context}, asks=True)
        wait_for("")
    send("textDocument/hover", {"textDocument": {"uri": uri}, "position": first["end"]}, asks=True)
    wait_for("")
    send("shutdown", None, asks=True)
    wait_for("")
    send("exit", None)
    return _cost(process)


if __name__ == "__main__":
    main()
