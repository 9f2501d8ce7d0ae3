"""Processes that outlive a sibling and not their driver."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpuslint.execution.executor import ExecutionError, Task, TaskFunction
from corpuslint.execution.processes import Processes
from tests.conformance.tasks import act, describe

ROOT = Path(__file__).resolve().parents[2]

DRIVER = """
from corpuslint.execution.executor import Task
from corpuslint.execution.processes import Processes
from tests.conformance.tasks import act
tasks = [Task(f"t{n}", %s) for n in range(6)]
print("begun", flush=True)
for outcome in Processes(2).run(act, tasks):
    print(outcome.key, outcome.ok, flush=True)
"""  # no `if __name__ == "__main__"`: a script that calls the API need not know of workers

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")


def descendants(parent: int) -> list[int]:
    """The process ids of the children of `parent`."""
    listed = subprocess.run(["ps", "-o", "pid=,comm=", "--ppid", str(parent)], capture_output=True, text=True).stdout
    return [int(line.split()[0]) for line in listed.splitlines() if line.split()[1] != "ps"]


def alive(process: int) -> bool:
    """Whether a process runs (a zombie does not)."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True).stdout.strip()
    return bool(state) and not state.startswith("Z")


def driver(tmp_path: Path, args: str) -> subprocess.Popen[str]:
    """A process that runs six tasks on two workers."""
    script = tmp_path / "driver.py"
    script.write_text(DRIVER % args)
    return subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def wait_for_workers(process: subprocess.Popen[str]) -> list[int]:
    """The workers' process ids, once both run."""
    deadline = time.monotonic() + 10
    while len(found := descendants(process.pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.7)  # let them reach their tasks
    return found


def test_a_script_without_a_main_guard_runs(tmp_path: Path) -> None:
    said, _ = driver(tmp_path, '{"value": n}').communicate(timeout=30)
    assert sorted(said.splitlines()) == ["begun", *(f"t{n} True" for n in range(6))]


@pytest.mark.parametrize("do", ["sleep", "hold-the-lock"])
def test_no_worker_outlives_a_killed_driver(tmp_path: Path, do: str) -> None:
    if do == "hold-the-lock" and sys.platform != "linux":
        pytest.skip("only Linux ends a process that holds the interpreter lock")
    process = driver(tmp_path, f'{{"do": "{do}"}}')
    workers = wait_for_workers(process)
    process.kill()
    process.wait()
    deadline = time.monotonic() + 20  # on a busy machine; their tasks would go on for longer
    while any(map(alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [worker for worker in workers if alive(worker)] == []


def test_an_interrupt_ends_at_once(tmp_path: Path) -> None:
    process = driver(tmp_path, '{"do": "sleep"}')
    workers = wait_for_workers(process)
    process.send_signal(signal.SIGINT)
    started = time.monotonic()
    process.wait(timeout=30)
    assert time.monotonic() - started < 20, "the task sleeps for a minute"
    assert [worker for worker in workers if alive(worker)] == []


@pytest.mark.parametrize("after", [act, describe], ids=["the same function", "another function"])
def test_workers_serve_the_next_run(after: TaskFunction) -> None:
    others = set(descendants(os.getpid()))
    with Processes(1) as pool:
        tasks = [Task("parent", {"do": "echo"})]
        list(pool.run(act, tasks))
        ours = set(descendants(os.getpid())) - others
        assert [outcome.ok for outcome in pool.run(after, tasks)] == [True]
        assert ours <= set(descendants(os.getpid()))
    assert ours & set(descendants(os.getpid())) == set()


def test_a_worker_does_what_it_was_told_last() -> None:
    with Processes(1) as pool:
        given = [
            [outcome.value for outcome in pool.run(function, [Task("t", {"value": 1})])]
            for function in (act, describe, act)
        ]
    assert given == [[1], ["t"], [1]]


def test_a_function_of_the_main_script_is_refused() -> None:
    def local(task: Task) -> None: ...

    with pytest.raises(ExecutionError, match="workers cannot import"):
        list(Processes(1).run(local, []))


def test_workers_killed_at_random_lose_nothing() -> None:
    with Processes(2) as pool:
        running = pool.run(
            act, (Task(f"t{n}", {"value": b"x" * 200_000, "seconds": 0.004}) for n in range(400)), retries=9
        )
        found = []
        for count, outcome in enumerate(running):
            found.append(outcome)
            if count % 40 == 0 and (workers := descendants(os.getpid())):
                os.kill(workers[-1], signal.SIGKILL)
    assert sorted(outcome.key for outcome in found) == sorted(f"t{n}" for n in range(400))
    assert all(outcome.ok for outcome in found)


def test_an_empty_task_costs_less_than_a_millisecond() -> None:
    with Processes(2) as pool:
        list(pool.run(act, [Task("warm", {})]))
        started = time.process_time()
        assert sum(outcome.ok for outcome in pool.run(act, (Task(f"t{n}", {}) for n in range(3000)))) == 3000
        assert time.process_time() - started < 3.0


def test_memory_is_limited() -> None:
    if sys.platform != "linux":
        pytest.skip("RLIMIT_DATA counts mappings on Linux only")
    with Processes(1, memory=300 * 1024 * 1024) as pool:
        found = list(pool.run(act, [Task("huge", {"do": "huge"}), Task("good", {"value": 1})], retries=0))
    assert {outcome.key: outcome.ok for outcome in found} == {"huge": False, "good": True}
