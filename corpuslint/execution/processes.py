"""Tasks in processes of this machine that survive a killed sibling and die with the driver.

Why not a pool that exists: `ProcessPoolExecutor` and loky give up every pending task when one worker dies,
`multiprocessing.Pool` waits for it for ever (python/cpython#96062), and pebble 5.2, which survives a kill between
tasks, lost all that was pending when a worker was killed while it sent a result, and leaves workers at work when the
driver is killed. The cause is shared: one pipe and its locks for all workers. Here every worker has its own pipes and
its own thread in the driver, so one death touches one task.

Workers are started as fresh interpreters, not forked and not by re-importing the main module: no
`if __name__ == "__main__"` is asked of a script that calls the API, and threads of the driver do no harm.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any

from corpuslint.execution.executor import (
    ExecutionError,
    Outcome,
    Task,
    TaskFunction,
    describe_exception,
    describe_exit,
    seconds_for,
)
from corpuslint.execution.worker import DONE, FAILED, READY, read_frame, write_frame

_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from corpuslint.execution.worker import serve; serve(int(sys.argv[2]), int(sys.argv[3]))"
)
_WINDOW = 2  # tasks drawn ahead, a worker
_JOIN_SECONDS = 5.0
_STARTS_IN_VAIN = 3


class Processes:
    """A pool of worker processes. Workers that end a run alive serve the next run.

    `memory` limits what one worker may allocate, in bytes; 0 is no limit.
    """

    name = "processes"

    def __init__(self, workers: int = 0, *, memory: int = 0) -> None:
        self.workers = workers if workers > 0 else available_cores()
        self._memory = memory
        self._idle: list[_Worker] = []

    def run(
        self, function: TaskFunction, tasks: Iterable[Task], *, retries: int = 2, timeout: float | None = None
    ) -> Iterator[Outcome]:
        """One outcome a task, as they finish. A worker that dies costs its own task one attempt, nothing else."""
        return _Run(self, _by_reference(function), iter(tasks), retries, timeout).outcomes()

    def close(self) -> None:
        """End the workers at once."""
        while self._idle:
            self._idle.pop().kill()

    def borrow(self, function: bytes) -> tuple[_Worker, bool]:
        """A worker at rest, or a new one, and whether it has yet to say that it has the function."""
        while True:
            try:
                worker = self._idle.pop()
            except IndexError:
                return _Worker.start(function, self._memory), True
            if worker.process.poll() is not None:
                worker.kill()
            elif worker.function == function:
                return worker, False
            else:
                worker.tell(function)
                return worker, True

    def give_back(self, worker: _Worker) -> None:
        """Keep a worker for the next run."""
        if worker.process.poll() is None:
            self._idle.append(worker)
        else:
            worker.kill()

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def available_cores() -> int:
    """How many cores this process may use: the affinity mask where there is one, else all."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _by_reference(function: TaskFunction) -> bytes:
    if getattr(function, "__module__", "") == "__main__":
        raise ExecutionError(
            f"{function.__qualname__} is defined in the main script, where workers cannot find it",
            remedy="Move it into a module.",
        )
    try:
        return pickle.dumps(function)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise ExecutionError(f"workers cannot import {function!r}", remedy=str(error)) from error


@dataclass(slots=True, eq=False)
class _Worker:
    process: subprocess.Popen[bytes]
    requests: IO[bytes]
    replies: IO[bytes]
    lifeline: int
    function: bytes = b""

    @classmethod
    def start(cls, function: bytes, memory: int) -> _Worker:
        """A new process that has been told its function and answers; EOFError when it does not come up."""
        there, here = os.pipe() if sys.platform != "win32" else (-1, -1)
        path = json.dumps([entry or str(Path.cwd()) for entry in sys.path])
        try:
            process = subprocess.Popen(
                [sys.executable, "-P", "-c", _BOOT, path, str(there), str(memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                pass_fds=(there,) if there >= 0 else (),
            )
        except OSError:
            if here >= 0:
                os.close(here)
            raise
        finally:
            if there >= 0:
                os.close(there)
        assert process.stdin is not None and process.stdout is not None
        worker = cls(process, process.stdin, process.stdout, here)
        worker.tell(function)
        return worker

    def tell(self, function: bytes) -> None:
        """Say which function the next tasks are for; it answers when it has it."""
        self.function = function
        self.send(function)

    def send(self, body: bytes) -> None:
        """Write a message; that nobody is there to read it is noticed when the reply is read."""
        with contextlib.suppress(OSError):
            write_frame(self.requests, body)

    def receive(self) -> tuple[str, Any]:
        """The next reply; EOFError when the process is gone."""
        try:
            said, value = pickle.loads(read_frame(self.replies))
        except OSError as error:
            raise EOFError from error
        return said, value

    def kill(self) -> int:
        """End the process and collect it; its exit status."""
        self.process.kill()
        status = self.process.wait()
        for stream in (self.requests, self.replies):
            with contextlib.suppress(OSError):
                stream.close()
        if self.lifeline >= 0:
            os.close(self.lifeline)
            self.lifeline = -1
        return status


class _Run:
    """One call of `run`: a thread for every worker, a queue of tasks, a queue of outcomes."""

    def __init__(
        self, pool: Processes, function: bytes, tasks: Iterator[Task], retries: int, timeout: float | None
    ) -> None:
        self.pool, self.function, self.tasks = pool, function, tasks
        self.retries, self.timeout = retries, timeout
        self.todo: SimpleQueue[Task | None] = SimpleQueue()
        self.done: SimpleQueue[Outcome | BaseException] = SimpleQueue()
        self.threads: list[threading.Thread] = []
        self.busy: set[_Worker] = set()
        self.stopped = threading.Event()
        self.starts_in_vain = 0

    def outcomes(self) -> Iterator[Outcome]:
        """The outcomes as they come; ends the workers when left early."""
        pending, more = 0, True
        try:
            while True:
                while more and pending < self.pool.workers * _WINDOW:
                    task = next(self.tasks, None)
                    if task is None:
                        more = False
                        break
                    pending += 1
                    self.todo.put(task)
                    if len(self.threads) < self.pool.workers:
                        self.threads.append(threading.Thread(target=self._occupy, daemon=True))
                        self.threads[-1].start()
                if not pending:
                    return
                outcome = self.done.get()
                if isinstance(outcome, BaseException):
                    raise outcome
                pending -= 1
                yield outcome
        finally:
            self.stopped.set()
            for _ in self.threads:
                self.todo.put(None)
            for worker in tuple(self.busy) if pending else ():
                worker.process.kill()
            for thread in self.threads:
                thread.join(_JOIN_SECONDS)

    def _occupy(self) -> None:
        """Finish tasks, with one worker as long as it lives, until there is none or the run is stopped."""
        worker: _Worker | None = None
        try:
            while (task := self.todo.get()) is not None and not self.stopped.is_set():
                worker = self._finish(task, worker)
        except BaseException as error:
            self.done.put(error)
        finally:
            if worker is not None:
                self.busy.discard(worker)
                self.pool.give_back(worker)

    def _finish(self, task: Task, worker: _Worker | None) -> _Worker | None:
        """Do one task, as often as it may be tried; the worker that is then alive."""
        while not self.stopped.is_set():
            value, error, worker = self._attempt(task, worker or self._started())
            if not error or task.attempt > self.retries:
                self.done.put(Outcome(task.key, not error, value, error, task.attempt))
                break
            task = task.again()
        return worker

    def _attempt(self, task: Task, worker: _Worker) -> tuple[Any, str, _Worker | None]:
        """What a task gives, or why it gives nothing; and its worker, where that lives on."""
        request = pickle.dumps(task, protocol=pickle.HIGHEST_PROTOCOL)
        limit = math.inf if self.timeout is None else seconds_for(task, self.timeout)
        overdue = threading.Event()

        def end() -> None:
            overdue.set()
            worker.process.kill()

        clock = threading.Timer(limit, end)
        said, value, gone = FAILED, None, False
        if self.timeout is not None:
            clock.daemon = True
            clock.start()
        try:
            worker.send(request)
            said, value = worker.receive()
            self.starts_in_vain = 0
        except EOFError:
            gone = True
        except Exception as error:  # a result that does not unpickle here
            value = describe_exception(error)
        if self.timeout is not None:
            clock.cancel()
            clock.join()
        if not gone and not overdue.is_set():
            return (value, "", worker) if said == DONE else (None, str(value), worker)
        self.busy.discard(worker)
        status = worker.kill()
        if said == DONE:  # it answered in the moment its deadline passed
            return value, "", None
        return None, f"timeout: {limit:g} s" if overdue.is_set() else describe_exit(status), None

    def _started(self) -> _Worker:
        """A worker that has the function."""
        while True:
            worker, fresh = self.pool.borrow(self.function)
            self.busy.add(worker)
            if self.stopped.is_set():
                worker.process.kill()
            if not fresh:
                return worker
            try:
                said, value = worker.receive()
            except EOFError:
                said, value = FAILED, ""
            if said == READY:
                return worker
            self.busy.discard(worker)
            status = worker.kill()
            self.starts_in_vain += 1
            if value or self.starts_in_vain >= _STARTS_IN_VAIN or self.stopped.is_set():
                raise ExecutionError("a worker process does not start", remedy=value or describe_exit(status))
