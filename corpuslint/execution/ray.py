"""Tasks on a Ray cluster: Ray Core tasks, one a task, nothing else of Ray.

Ray Data is not used: twice the wall time of plain tasks on the same work, and a rerun of a killed job doubles rows
(ray-project/ray#52900). Ray's own retries are switched off, so that an attempt means the same on every executor and
kills for lack of memory count (by default they are retried for ever, ray-project/ray#31509).
"""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from corpuslint.execution.executor import (
    RESULT_LIMIT,
    ExecutionError,
    Outcome,
    Task,
    TaskFunction,
    describe_exception,
    seconds_for,
)

_WINDOW = 2  # tasks handed over ahead, a core of the cluster
_RECOUNT_SECONDS = 10.0  # a cluster may grow
_KNOCK_SECONDS = 5.0


class Ray:
    """Runs tasks on the cluster at `address`; without one, on a cluster of this machine that ends with `close`.

    An address in the environment (`RAY_ADDRESS`) is not followed unless it is given as `address="auto"`.
    """

    name = "ray"

    def __init__(self, address: str = "", *, workers: int = 0) -> None:
        self._ray = _import_ray()
        self._ours = not self._ray.is_initialized()
        if self._ours:
            self._connect(address, workers)

    @property
    def workers(self) -> int:
        """Cores of the cluster now."""
        return max(1, int(self._ray.cluster_resources().get("CPU", 1)))

    def run(
        self, function: TaskFunction, tasks: Iterable[Task], *, retries: int = 2, timeout: float | None = None
    ) -> Iterator[Outcome]:
        """One outcome a task, as they finish."""
        ray, left = self._ray, iter(tasks)
        remote = ray.remote(max_retries=0, num_cpus=1)(_perform)
        running: dict[Any, tuple[Task, float]] = {}

        def submit(task: Task) -> None:
            limit = None if timeout is None else seconds_for(task, timeout)
            running[remote.remote(function, task, limit)] = (task, time.monotonic())

        more, window, counted = True, self.workers * _WINDOW, time.monotonic()
        try:
            while True:
                if time.monotonic() - counted > _RECOUNT_SECONDS:
                    window, counted = self.workers * _WINDOW, time.monotonic()
                while more and len(running) < window:
                    following = next(left, None)
                    if following is None:
                        more = False
                    else:
                        submit(following)
                if not running:
                    return
                finished, _ = ray.wait(list(running), num_returns=1, timeout=1.0)
                for reference in finished:
                    task, since = running.pop(reference)
                    value, error = self._collect(
                        reference, time.monotonic() - since, timeout and seconds_for(task, timeout)
                    )
                    if error and task.attempt <= retries:
                        submit(task.again())
                    else:
                        yield Outcome(task.key, not error, value, error, task.attempt)
        finally:
            for reference in running:
                with contextlib.suppress(Exception):
                    ray.cancel(reference, force=True)

    def close(self) -> None:
        """Leave the cluster; a cluster of this machine that we started ends."""
        if self._ours and self._ray.is_initialized():
            self._ray.shutdown()

    def __enter__(self) -> Ray:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _connect(self, address: str, workers: int) -> None:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        local = address in ("", "local")
        options: dict[str, Any] = {"num_cpus": workers} if local and workers else {}
        if not local:
            _knock(address)
        try:
            self._ray.init(
                address="local" if local else address,
                include_dashboard=False if local else None,
                log_to_driver=False,
                logging_level="error",
                **options,
            )
        except (ConnectionError, RuntimeError, ValueError, OSError, SystemExit) as error:
            raise ExecutionError(
                f"no Ray cluster answers at {address or 'local'}",
                remedy=f"Ray says: {' '.join(str(error).split())[:300]}",
            ) from error

    def _collect(self, reference: Any, seconds: float, timeout: float | None) -> tuple[Any, str]:
        try:
            value, error = self._ray.get(reference)
            return value, error
        except self._ray.exceptions.RayTaskError as failure:  # before our function ran, or on its way back
            return None, describe_exception(failure.cause if failure.cause is not None else failure)
        except self._ray.exceptions.RayError as failure:
            if timeout is not None and seconds >= timeout:
                return None, f"timeout: {timeout:g} s"
            return None, f"crash: {type(failure).__name__}: {str(failure).strip().splitlines()[0]}"
        except Exception as failure:  # a result that does not unpickle here
            return None, describe_exception(failure)


def _knock(address: str) -> None:
    """Refuse an address where nobody listens; Ray itself tries for two minutes and then exits the process."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not host or not port.isdigit():
        return
    try:
        socket.create_connection((host, int(port)), timeout=_KNOCK_SECONDS).close()
    except OSError as error:
        raise ExecutionError(
            f"no Ray cluster answers at {address}",
            remedy=f"{error.strerror or error}. Start one with: ray start --head",
        ) from error


def _import_ray() -> Any:
    try:
        import ray
    except ImportError as error:
        raise ExecutionError(
            "Ray is not installed", remedy='Install the extra: pip install "corpuslint-arabic[ray]"'
        ) from error
    return ray


def _perform(function: TaskFunction, task: Task, timeout: float | None) -> tuple[Any, str]:
    """Run one task in a Ray worker. Its deadline is kept here, where it starts when the task starts.

    `faulthandler` ends the process from a thread that needs no interpreter lock, so a task stuck in C code ends too.
    """
    import faulthandler
    import pickle

    with Path(os.devnull).open("w") as nowhere:
        if timeout is not None:
            faulthandler.dump_traceback_later(timeout, exit=True, file=nowhere)
        try:
            value = function(task)
            size = len(pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL))
        except Exception as error:
            return None, describe_exception(error)
        finally:
            faulthandler.cancel_dump_traceback_later()
    if size > RESULT_LIMIT:
        return None, f"exception: the result takes {size >> 20} MB, more than a task may return"
    return value, ""
