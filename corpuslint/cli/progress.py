"""How far a run is, said on standard error while it goes on."""

from __future__ import annotations

import os
import sys
import time
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from corpuslint.pipeline.drive import EachShard, Progress
    from corpuslint.pipeline.run import Outcome

_INTERVAL = 0.2
_PLAIN_INTERVAL = 30.0  # without a terminal, a line now and then

LATEST: list[Progress] = []
"""How far the run is that is told of; nothing while none is."""


def teller(stream: IO[str]) -> EachShard:
    """Tells how far a run is: one line that is written over on a terminal, a line now and then elsewhere."""
    is_terminal = stream.isatty() and os.environ.get("TERM") != "dumb"
    interval = _INTERVAL if is_terminal else _PLAIN_INTERVAL
    started = last = time.monotonic()

    def tell(progress: Progress) -> None:
        nonlocal last
        LATEST[:] = [progress]
        now = time.monotonic()
        done = progress.size >= progress.total
        if now - last < interval and not (done and last > started):
            return
        last = now
        line = progress_line(progress, now - started)
        if is_terminal:
            stream.write(f"\r\x1b[K{'' if done else line}")
        else:
            stream.write(f"{line}\n")
        stream.flush()

    return tell


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
