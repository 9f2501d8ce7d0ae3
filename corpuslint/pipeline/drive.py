"""Tasks on an executor: which one pays, what all tasks share, lines counted where a file was cut, how far it is.

One driver for runs of every kind: linting, fixing in place, cleaning for a dataset.
"""

from __future__ import annotations

import itertools
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import structs

from corpuslint.config.settings import Settings
from corpuslint.errors import ConfigError, SourceError
from corpuslint.execution.executor import (
    ExecutionError,
    Executor,
    Outcome,
    Serial,
    Task,
    TaskFunction,
)
from corpuslint.formats.parts import Part, count_lines
from corpuslint.formats.streams import is_url
from corpuslint.pipeline.plan import Job, differences, environment, packed, prepared
from corpuslint.pipeline.session import Session

if TYPE_CHECKING:
    from corpuslint.pipeline.kept import Kept
    from corpuslint.pipeline.run import Gathered

_COUNTED_HERE = 1 << 30  # bytes whose lines are counted sooner than workers are started
_UNFIT = ("exception: ExecutionError:", "exception: ModuleNotFoundError: No module named 'corpuslint'")
EXECUTORS = ("serial", "processes", "ray")
_RUNS = itertools.count()
"""Numbers runs without a plan: two runs of one process may differ in rules, and share nothing."""


class Execution(msgspec.Struct, frozen=True):
    """How the work is to be done. `executor` "" is processes where that pays; `jobs` 0 is one a core.

    `work` names a work folder; with `world_size` more than 1, only every `world_size`-th shard is linted, beginning
    with number `rank`, and the report is left to a later run without rank.
    """

    executor: str = ""
    jobs: int = 0
    address: str = ""
    cache: bool = True
    work: str = ""
    rank: int = 0
    world_size: int = 1
    timing: bool = False

    def refuse_nonsense(self, *, needs_work: bool = True) -> None:
        """Raise ConfigError for a rank that there is not, or one that has nowhere to keep its share."""
        if needs_work and self.world_size > 1 and not self.work:
            raise ConfigError(
                "--world-size needs --work", remedy="Name a folder or URL that all ranks can write to with --work."
            )
        if not 0 <= self.rank < self.world_size:
            raise ConfigError(f"--rank must be 0 to {self.world_size - 1}, not {self.rank}")


class Progress(msgspec.Struct, frozen=True):
    """How far a run is."""

    shards: int = 0
    size: int = 0
    total: int = 0
    documents: int = 0
    findings: int = 0


EachShard = Callable[[Progress], None]


class Driver:
    """The executor of one run over `size` bytes, started when it is first needed; `worth` is from how many bytes on
    starting workers, each loading the rules, pays."""

    def __init__(self, execution: Execution, size: int, worth: int, each: EachShard | None = None) -> None:
        self.execution, self._each = execution, each
        self.chosen = execution.executor or ("processes" if size >= worth and execution.jobs != 1 else "serial")
        refuse_unfit(self.chosen, execution.address)
        self.progress = Progress(total=size)
        self._executor: Executor | None = None

    def __enter__(self) -> Driver:
        return self

    def __exit__(self, *_: object) -> None:
        if self._executor is not None:
            self._executor.close()

    def job(self, settings: Settings, plan: str = "", **more: Any) -> Job:
        """What tasks share. Without a plan nothing is shared with another run."""
        return Job(
            settings,
            plan or f"{os.getpid()}-{next(_RUNS)}",
            {} if self.chosen == "serial" else environment(),
            packed(settings.packs) if self.chosen == "ray" else (),
            timing=self.execution.timing,
            **more,
        )

    def run(
        self, function: TaskFunction, tasks: Iterable[Task], *, retries: int = 2, timeout: float | None = None
    ) -> Iterator[Outcome]:
        """What the tasks give, in any order. ExecutionError where a worker's versions would give other results."""
        if self._executor is None:
            self._executor = open_executor(self.chosen, workers=self.execution.jobs, address=self.execution.address)
        return map(_fit, self._executor.run(function, tasks, retries=retries, timeout=timeout))

    def gathered(
        self,
        function: TaskFunction,
        wanted: Mapping[str, Mapping[str, Any]],
        failed: Callable[[Iterable[str], str], None],
        kept: Kept | None = None,
        *,
        states: bool = True,
        retries: int = 2,
        timeout: float | None = None,
    ) -> Iterator[tuple[str, Gathered]]:
        """What shards give, by their keys, in any order; `wanted` is what `function` is to be given for each.

        What is `kept` and unchanged is not done again, what corpus rules collected of it only given where `states` are
        asked for; the rest is kept as it comes. The files of a shard that failed for good are told to `failed`, with
        the reason.
        """
        left = dict(wanted)
        for key in wanted if kept else ():
            if kept and kept.is_unchanged(key) and (known := kept.known(key, states=states)) is not None:
                del left[key]
                yield key, known
        while left:  # twice for what turns out to be damaged
            tasks = [Task(key, {**args, "known": kept.digest(key) if kept else ""}) for key, args in left.items()]
            again: dict[str, Mapping[str, Any]] = {}
            for outcome in self.run(function, tasks, retries=retries, timeout=timeout):
                if not outcome.ok:
                    failed([part.filename for part in left[outcome.key]["parts"]], outcome.error)
                elif (given := kept.take(outcome.key, outcome.value) if kept else outcome.value) is not None:
                    yield outcome.key, given
                else:
                    again[outcome.key] = left[outcome.key]
            left = again

    def own(self, shards: Mapping[str, Any]) -> dict[str, Any]:
        """The shards of this rank."""
        return dict(list(shards.items())[self.execution.rank :: self.execution.world_size])

    def numbered(self, parts: Sequence[Part], *, strict: bool = False) -> list[Part]:
        """The parts with the index of their first record: lines before a cut have to be counted.

        A part whose lines cannot be counted counts none; with `strict` SourceError is raised.
        """
        uncounted = {part.filename for part in parts if part.first < 0}
        if not uncounted:
            return list(parts)
        tasks = {
            number: Task(f"{number}", {"part": part}) for number, part in enumerate(parts) if part.filename in uncounted
        }
        size = sum(task.args["part"].size for task in tasks.values())
        here = size < _COUNTED_HERE and not any(map(is_url, uncounted)) and self.chosen != "ray"
        run = Serial().run if here else self.run
        counts = {outcome.key: outcome.value for outcome in run(count_lines_of, tasks.values()) if outcome.ok}
        numbered: list[Part] = []
        first: dict[str, int] = defaultdict(int)
        for number, part in enumerate(parts):
            if number in tasks:
                if strict and f"{number}" not in counts:
                    raise SourceError("the file cannot be read to its end", path=part.filename)
                part = structs.replace(part, first=first[part.filename])
                first[part.filename] += counts.get(f"{number}", 0)
            numbered.append(part)
        return numbered

    def advance(self, size: int, documents: int = 0, findings: int = 0) -> None:
        """Say that a shard of so many bytes is done, and what the run has come to; each figure only grows."""
        before = self.progress
        self.progress = Progress(
            before.shards + 1,
            min(before.total, before.size + size),
            before.total,
            max(before.documents, documents),
            max(before.findings, findings),
        )
        if self._each is not None:
            self._each(self.progress)


def _fit(outcome: Outcome) -> Outcome:
    if not outcome.ok and outcome.error.startswith(_UNFIT):
        raise ExecutionError(outcome.error, remedy="Install the same versions on every machine.")
    return outcome


def count_lines_of(task: Task) -> int:
    """How many lines begin in `task.args["part"]`."""
    return count_lines(task.args["part"])


def session_of(job: Job) -> Session:
    """Who judges a job's documents on this machine. ExecutionError where its versions would give other results."""
    if job.environment and (differing := differences(environment(), job.environment)):
        import socket

        raise ExecutionError(f"the worker on {socket.gethostname()} would not give the same: {differing}")
    return Session(*prepared(job))


def refuse_unfit(name: str, address: str = "") -> None:
    """Raise ExecutionError for a name that no executor has, or an address that it has no use for."""
    if name not in EXECUTORS:
        raise ExecutionError(f"there is no executor {name!r}", remedy=f"Executors: {', '.join(EXECUTORS)}.")
    if address and name != "ray":
        raise ExecutionError(f"an address is for --executor ray, not for {name}")


def open_executor(name: str = "processes", *, workers: int = 0, address: str = "") -> Executor:
    """The executor called `name`, ready to run tasks; `workers` 0 is as many as there are cores.

    `address` is that of a Ray cluster; without one, `ray` starts a cluster of this machine.
    """
    refuse_unfit(name, address)
    if name == "serial":
        return Serial()
    if name == "processes":
        from corpuslint.execution.processes import Processes

        return Processes(workers)
    from corpuslint.execution.ray import Ray

    return Ray(address, workers=workers)
