"""Options that say how the work is done, shared by the commands that do much of it; and progress while it is done."""

from __future__ import annotations

import os
import sys
import time
from typing import IO, TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from corpuslint.config.settings import Settings
    from corpuslint.pipeline.drive import EachShard, Execution, Progress
    from corpuslint.pipeline.run import Outcome

_PANEL = "How the work is done"

ExecutorName = Annotated[
    str | None,
    typer.Option("--executor", metavar="NAME", help="serial, processes or ray.", rich_help_panel=_PANEL),
]
Address = Annotated[
    str,
    typer.Option("--address", metavar="HOST:PORT", help="With --executor ray: the cluster.", rich_help_panel=_PANEL),
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", "-j", metavar="N", min=0, help="Processes; 0 is one a core.", rich_help_panel=_PANEL),
]
NoCache = Annotated[
    bool, typer.Option("--no-cache", help="Lint everything anew, and keep nothing.", rich_help_panel=_PANEL)
]
Timing = Annotated[
    bool, typer.Option("--timing", help="Say how long each rule took (on standard error).", rich_help_panel=_PANEL)
]
Work = Annotated[
    str,
    typer.Option(
        "--work",
        metavar="DIR",
        help="Keep the results of shards in this folder or URL: a run can be taken up again, also elsewhere.",
        rich_help_panel=_PANEL,
    ),
]
Rank = Annotated[
    int | None,
    typer.Option(
        "--rank",
        metavar="K",
        min=0,
        help="With --work or --fix: do only share number K (from 0) of N.",
        rich_help_panel=_PANEL,
    ),
]
WorldSize = Annotated[
    int, typer.Option("--world-size", metavar="N", min=1, help="How many ranks there are.", rich_help_panel=_PANEL)
]

_INTERVAL = 0.2
_PLAIN_INTERVAL = 30.0  # without a terminal, a line now and then


def execution_of(
    settings: Settings,
    *,
    executor: str | None,
    address: str,
    jobs: int | None,
    no_cache: bool,
    timing: bool,
    work: str,
    rank: int | None,
    world_size: int,
) -> Execution:
    """The options as one value; options win over the configuration."""
    from corpuslint.pipeline.drive import Execution

    return Execution(
        executor=executor or ("ray" if address else ""),
        jobs=settings.jobs if jobs is None else jobs,
        address=address,
        cache=not no_cache,
        work=work,
        rank=rank or 0,
        world_size=world_size,
        timing=timing,
    )


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
