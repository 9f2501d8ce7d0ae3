"""How far a run is, said on standard error while it goes on."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpuslint.pipeline.drive import EachShard, Progress
    from corpuslint.pipeline.run import Outcome

_INTERVAL = 0.2
_PLAIN_INTERVAL = 30.0  # without a terminal, a line now and then
_FIRST = 1.0  # a command that ends sooner says nothing

LATEST: list[Progress] = []
"""How far the run is that is told of; nothing while none is."""


@contextmanager
def telling(doing: str, *, quiet: bool = False) -> Iterator[EachShard]:
    """Tells how far a command is, whatever it is waiting for: on a terminal one line that is written over five times a
    second and gone at the end, elsewhere a line now and then. `doing` stands there until something is known."""
    stream, started, ended = sys.stderr, time.monotonic(), Event()
    is_terminal = stream.isatty() and os.environ.get("TERM") != "dumb"
    last = started
    LATEST.clear()

    def paint() -> None:
        while not ended.wait(_INTERVAL):
            seconds = time.monotonic() - started
            if seconds >= _FIRST:
                line = progress_line(LATEST[0], seconds) if LATEST else f"{doing}, {seconds:,.0f} s"
                stream.write(f"\r\x1b[K{line}")
                stream.flush()

    def tell(progress: Progress) -> None:
        nonlocal last
        LATEST[:] = [progress]
        now = time.monotonic()
        if not (is_terminal or quiet) and now - last >= _PLAIN_INTERVAL:
            last = now
            stream.write(f"{progress_line(progress, now - started)}\n")
            stream.flush()

    painter = Thread(target=paint, daemon=True)
    if is_terminal and not quiet:
        painter.start()
    try:
        yield tell
        LATEST.clear()  # not where it was interrupted: how far it came is said then
    finally:
        ended.set()
        if painter.is_alive():
            painter.join()
            stream.write("\r\x1b[K")
            stream.flush()


def progress_line(progress: Progress, seconds: float) -> str:
    """How far, how fast, how much longer."""
    share = progress.size / progress.total if progress.total else 1.0
    speed = progress.size / 1e6 / seconds if seconds else 0.0
    left = seconds / share - seconds if share else 0.0
    return (
        f"{share:4.0%}  {progress.size / 1e6:,.0f} of {progress.total / 1e6:,.0f} MB, {speed:,.1f} MB/s, "
        f"{progress.documents:,} documents, {progress.findings:,} findings, {left:,.0f} s left"
    )


def print_timings(outcome: Outcome) -> None:
    """The table of `--timing`, on standard error: standard output is the report."""
    from corpuslint.pipeline.timing import table

    names = {str(spec.code): spec.name for spec in outcome.report.rules}
    sys.stderr.write(table(outcome.timings, outcome.coverage.documents, names))
