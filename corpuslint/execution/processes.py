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
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
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
    describe_timeout,
    seconds_for,
)
from corpuslint.execution.worker import DONE, FAILED, READY, read_frame, write_frame

_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from corpuslint.execution.worker import serve; serve(int(sys.argv[2]), int(sys.argv[3]))"
)
_WINDOW = 2  # tasks drawn ahead, a worker
_WATCH_INTERVAL = 0.05
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


@dataclass(slots=True)
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


@dataclass(slots=True)
class _Seat:
    """A place for one worker: which one, and until when its task may take. The lock is held to change either."""

    worker: _Worker | None = None
    deadline: float = math.inf
    overdue: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)


class _Run:
    """One call of `run`: a seat and a thread for every worker, a queue of tasks, a queue of outcomes."""

    def __init__(
        self, pool: Processes, function: bytes, tasks: Iterator[Task], retries: int, timeout: float | None
    ) -> None:
        self.pool, self.function, self.tasks = pool, function, tasks
        self.retries, self.timeout = retries, timeout
        self.todo: SimpleQueue[Task | None] = SimpleQueue()
        self.done: SimpleQueue[Outcome | BaseException] = SimpleQueue()
        self.seats: list[tuple[_Seat, threading.Thread]] = []
        self.stopped = threading.Event()
        self.starts_in_vain = 0

    def outcomes(self) -> Iterator[Outcome]:
        """The outcomes as they come; ends the workers when left early."""
        pending = 0
        more = True
        if self.timeout is not None:
            threading.Thread(target=self._watch, daemon=True).start()
        try:
            while True:
                while more and pending < self.pool.workers * _WINDOW:
                    task = next(self.tasks, None)
                    if task is None:
                        more = False
                    else:
                        pending += 1
                        self.todo.put(task)
                        if len(self.seats) < self.pool.workers:
                            self._open_seat()
                if not pending:
                    return
                outcome = self.done.get()
                if isinstance(outcome, BaseException):
                    raise outcome
                pending -= 1
                yield outcome
        finally:
            self._stop(at_once=pending > 0)

    def _open_seat(self) -> None:
        seat = _Seat()
        thread = threading.Thread(target=self._occupy, args=(seat,), daemon=True)
        self.seats.append((seat, thread))
        thread.start()

    def _stop(self, *, at_once: bool) -> None:
        self.stopped.set()
        for seat, _ in self.seats:
            self.todo.put(None)
            with seat.lock:
                if at_once and seat.worker is not None:
                    seat.worker.process.kill()
        for _, thread in self.seats:
            thread.join(_JOIN_SECONDS)

    def _watch(self) -> None:
        """The thread that keeps deadlines."""
        while not self.stopped.wait(_WATCH_INTERVAL):
            for seat, _ in tuple(self.seats):
                with seat.lock:
                    if seat.worker is not None and time.monotonic() > seat.deadline:
                        seat.overdue = True
                        seat.worker.process.kill()

    def _occupy(self, seat: _Seat) -> None:
        """The thread of one seat: finishes tasks until there is none or the run is stopped."""
        try:
            while (task := self.todo.get()) is not None and not self.stopped.is_set():
                self._finish(seat, task)
        except BaseException as error:
            self.done.put(error)
        finally:
            with seat.lock:
                worker, seat.worker = seat.worker, None
            if worker is not None:
                self.pool.give_back(worker)

    def _finish(self, seat: _Seat, task: Task) -> None:
        while not self.stopped.is_set():
            value, error = self._attempt(seat, task)
            if not error:
                self.done.put(Outcome(task.key, True, value, attempts=task.attempt))
                return
            if task.attempt > self.retries:
                self.done.put(Outcome(task.key, False, error=error, attempts=task.attempt))
                return
            task = task.again()

    def _attempt(self, seat: _Seat, task: Task) -> tuple[Any, str]:
        request = pickle.dumps(task, protocol=pickle.HIGHEST_PROTOCOL)
        worker = self._seated(seat)
        limit = math.inf if self.timeout is None else seconds_for(task, self.timeout)
        with seat.lock:
            seat.overdue = False
            seat.deadline = time.monotonic() + limit
        said, value, gone = FAILED, None, False
        try:
            worker.send(request)
            said, value = worker.receive()
            self.starts_in_vain = 0
        except EOFError:
            gone = True
        except Exception as error:  # a result that does not unpickle here
            value = describe_exception(error)
        with seat.lock:
            seat.deadline = math.inf
            gone = gone or seat.overdue
            if gone:
                seat.worker = None
        if not gone:
            return (value, "") if said == DONE else (None, str(value))
        status = worker.kill()
        if said == DONE:  # it answered in the moment its deadline passed
            return value, ""
        return None, describe_timeout(limit) if seat.overdue else describe_exit(status)

    def _seated(self, seat: _Seat) -> _Worker:
        """The seat's worker; a new one is started where the last one died."""
        while seat.worker is None:
            worker, fresh = self.pool.borrow(self.function)
            with seat.lock:
                seat.worker = worker
            if self.stopped.is_set():
                worker.process.kill()
            if not fresh:
                break
            try:
                said, value = worker.receive()
            except EOFError:
                said, value = FAILED, ""
            if said == READY:
                break
            with seat.lock:
                seat.worker = None
            status = worker.kill()
            self.starts_in_vain += 1
            if value or self.starts_in_vain >= _STARTS_IN_VAIN or self.stopped.is_set():
                raise ExecutionError("a worker process does not start", remedy=value or describe_exit(status))
        return seat.worker
