"""What it means to run tasks: the one verb every executor has, and the plain values it takes and gives.

Output safety, resume and the meaning of a task belong to the task's function; an executor only promises that every
task ends in exactly one `Outcome`, whatever becomes of the process that ran it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol

import msgspec
from msgspec import structs

from corpuslint.errors import CorpuslintError

RESULT_LIMIT = 64 * 1024 * 1024
"""The largest pickled value a task may hand back; what is larger belongs in a file named by the task's key."""


PATIENCE = 5
"""A second attempt may take this many times as long as the first, and so on: it goes about its task guarded."""


class ExecutionError(CorpuslintError):
    """Tasks cannot be run at all: an extra is missing, a cluster does not answer, a worker's versions differ."""


class Task(msgspec.Struct, frozen=True):
    """One unit of work as plain data: names and fingerprints, never a document, a client or a compiled rule.

    `key` names the task in outputs, markers and messages. `attempt` is 1 at first; more than 1 says that the task
    failed, died or ran out of time before, so that its function can go about it guarded.
    """

    key: str
    args: Mapping[str, Any] = {}
    attempt: int = 1

    def again(self) -> Task:
        """The same task at its next attempt."""
        return structs.replace(self, attempt=self.attempt + 1)


class Outcome(msgspec.Struct, frozen=True):
    """How a task ended. `error` is "" or begins with its kind: "exception: …", "crash: …" or "timeout: …"."""

    key: str
    ok: bool
    value: Any = None
    error: str = ""
    attempts: int = 1


TaskFunction = Callable[[Task], Any]
"""A function at the top of an importable module. It may run more than once, and beside a copy of itself."""


class Executor(Protocol):
    """Runs tasks. Every executor passes the same suite, `tests/conformance`."""

    @property
    def name(self) -> str: ...

    @property
    def workers(self) -> int:
        """How many tasks run at once."""
        ...

    def run(
        self, function: TaskFunction, tasks: Iterable[Task], *, retries: int = 2, timeout: float | None = None
    ) -> Iterator[Outcome]:
        """Exactly one outcome a task, in any order.

        Never raises because of a task. `tasks` is consumed lazily, a window ahead of the workers. A task that raises,
        dies or runs longer than `timeout` seconds (`seconds_for` its attempt) is tried `retries` times more. Closing
        the iterator stops the work.
        """
        ...

    def close(self) -> None:
        """Let go of workers and connections; running tasks are stopped."""
        ...


def seconds_for(task: Task, timeout: float) -> float:
    """How long this attempt at a task may take.

    >>> seconds_for(Task("a", attempt=2), 60.0)
    300.0
    """
    return timeout * float(PATIENCE ** (task.attempt - 1))


def describe_exception(error: BaseException) -> str:
    """An exception as the text of an outcome; text, because a class from a pack may not unpickle elsewhere."""
    said = " ".join(str(error).split())
    return f"exception: {type(error).__name__}: {said}" if said else f"exception: {type(error).__name__}"


def describe_exit(status: int) -> str:
    """A dead worker's exit status as the text of an outcome.

    >>> describe_exit(-11)
    'crash: killed by signal 11 (SIGSEGV)'
    >>> describe_exit(3)
    'crash: exit status 3'
    """
    import signal

    if status >= 0:
        return f"crash: exit status {status}"
    try:
        name = f" ({signal.Signals(-status).name})"
    except ValueError:
        name = ""
    return f"crash: killed by signal {-status}{name}"


class Serial:
    """Tasks one after another in this process: a task that crashes ends the run, and no deadline can be kept.

    `pipeline.guarded` guards single documents with a process of its own where that matters.
    """

    name = "serial"
    workers = 1

    def run(
        self, function: TaskFunction, tasks: Iterable[Task], *, retries: int = 2, timeout: float | None = None
    ) -> Iterator[Outcome]:
        """One outcome a task, in the order of the tasks; `timeout` is not kept."""
        for task in tasks:
            while True:
                try:
                    outcome = Outcome(task.key, True, function(task), attempts=task.attempt)
                except Exception as error:
                    if task.attempt <= retries:
                        task = task.again()
                        continue
                    outcome = Outcome(task.key, False, error=describe_exception(error), attempts=task.attempt)
                break
            yield outcome

    def close(self) -> None:
        """Nothing to let go of."""
