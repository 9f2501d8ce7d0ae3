"""What every executor promises, whatever becomes of the processes that run its tasks."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpuslint.execution.executor import Executor, Outcome, Task
from tests.conformance.tasks import act


def outcomes(executor: Executor, *tasks: Task, retries: int = 0, timeout: float | None = None) -> dict[str, Outcome]:
    """Outcomes by key; asserts that there is exactly one a task."""
    found = list(executor.run(act, tasks, retries=retries, timeout=timeout))
    assert Counter(outcome.key for outcome in found) == Counter(task.key for task in tasks)
    return {outcome.key: outcome for outcome in found}


@pytest.fixture
def isolated(executor: Executor) -> Executor:
    """An executor that stands between a task and this process."""
    if executor.name == "serial":
        pytest.skip("serial runs tasks in this process")
    return executor


def test_every_task_has_one_outcome(executor: Executor) -> None:
    found = outcomes(executor, *(Task(f"t{n}", {"value": n}) for n in range(40)))
    assert {key: outcome.value for key, outcome in found.items()} == {f"t{n}": n for n in range(40)}
    assert {outcome.attempts for outcome in found.values()} == {1}


def test_no_task_no_outcome(executor: Executor) -> None:
    assert list(executor.run(act, [])) == []


def test_an_exception_is_an_outcome(executor: Executor) -> None:
    found = outcomes(executor, Task("bad", {"do": "raise"}), Task("good", {"value": 1}))
    assert (found["bad"].ok, found["bad"].error) == (False, "exception: ValueError: no such luck")
    assert found["good"] == Outcome("good", True, 1)


def test_an_exception_that_cannot_travel_is_an_outcome(executor: Executor) -> None:
    found = outcomes(executor, Task("bad", {"do": "raise-unforgiving"}))
    assert found["bad"].error == "exception: Unforgiving: not today"


def test_a_task_is_tried_again(executor: Executor) -> None:
    found = outcomes(executor, Task("shy", {"do": "raise", "until": 2}), retries=2)
    assert found["shy"] == Outcome("shy", True, "recovered", attempts=3)


def test_attempts_are_bounded(executor: Executor, tmp_path: Path) -> None:
    log = tmp_path / "log"
    found = outcomes(executor, Task("bad", {"do": "raise", "log": str(log)}), retries=2)
    assert found["bad"].attempts == 3
    assert log.read_text().split() == ["bad", "1", "bad", "2", "bad", "3"]


def test_tasks_are_drawn_lazily(executor: Executor) -> None:
    drawn = 0

    def endless() -> Iterator[Task]:
        nonlocal drawn
        while True:
            drawn += 1
            yield Task(f"t{drawn}", {"value": drawn})

    running = executor.run(act, endless())
    for _ in range(10):
        next(running)
    running.close()  # type: ignore[attr-defined]
    assert drawn <= 10 + 2 * executor.workers + 1


def test_an_executor_runs_again_after_it_was_left_early(executor: Executor) -> None:
    running = executor.run(act, [Task(f"t{n}", {"value": n}) for n in range(50)])
    next(running)
    running.close()  # type: ignore[attr-defined]
    # Ray ends tasks that nobody waits for by ending their worker, which may have the next task by then.
    assert outcomes(executor, Task("after", {"value": "still here"}), retries=2)["after"].value == "still here"


@pytest.mark.parametrize("do", ["exit", "kill", "segfault"])
def test_a_death_costs_only_its_own_task(isolated: Executor, do: str) -> None:
    found = outcomes(isolated, *(Task(f"t{n}", {"do": do} if n == 5 else {"value": n}) for n in range(12)))
    assert [key for key, outcome in found.items() if not outcome.ok] == ["t5"]
    assert found["t5"].error.startswith("crash: ")


def test_a_task_that_died_is_tried_again(isolated: Executor) -> None:
    found = outcomes(isolated, Task("mortal", {"do": "kill", "until": 1}), retries=2)
    assert found["mortal"] == Outcome("mortal", True, "recovered", attempts=2)


def test_a_deadline_is_kept(isolated: Executor) -> None:
    started = time.monotonic()
    found = outcomes(isolated, Task("slow", {"do": "sleep"}), Task("quick", {"value": 1}), timeout=1.0)
    assert found["slow"].error == "timeout: 1 s"
    assert found["quick"].ok
    assert time.monotonic() - started < 15


def test_a_deadline_is_kept_inside_c_code(isolated: Executor) -> None:
    found = outcomes(isolated, Task("stuck", {"do": "hold-the-lock"}), timeout=1.0)
    assert found["stuck"].error == "timeout: 1 s"


def test_a_deadline_counts_from_the_start_of_the_task(isolated: Executor) -> None:
    tasks = [Task(f"t{n}", {"do": "sleep", "seconds": 0.6}) for n in range(2 * isolated.workers + 2)]
    assert all(outcome.ok for outcome in outcomes(isolated, *tasks, timeout=1.5).values())


def test_what_a_task_prints_does_no_harm(isolated: Executor) -> None:
    assert outcomes(isolated, Task("loud", {"do": "print"}))["loud"].value == "printed"


def test_a_task_may_start_a_process(executor: Executor) -> None:
    assert outcomes(executor, Task("parent", {"do": "child"}))["parent"].value == "42"


def test_a_result_too_large_is_refused(isolated: Executor) -> None:
    found = outcomes(isolated, Task("huge", {"do": "huge"}), Task("good", {"value": 1}))
    assert found["huge"].error == "exception: the result takes 100 MB, more than a task may return"
    assert found["good"].ok


def test_a_result_that_cannot_travel_is_an_outcome(isolated: Executor) -> None:
    found = outcomes(isolated, Task("odd", {"do": "local-object"}), Task("good", {"value": 1}))
    assert not found["odd"].ok
    assert found["odd"].error.startswith("exception: ")
    assert found["good"].ok
