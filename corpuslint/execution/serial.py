"""Tasks one after another in this process: for small jobs, tests and debuggers.

Nothing stands between a task and this process: a task that crashes ends the run, and a deadline cannot be kept.
`pipeline.guarded` guards single documents with a process of its own where that matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpuslint.execution.executor import Outcome, Task, TaskFunction, describe_exception


class Serial:
    """The executor of one."""

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
