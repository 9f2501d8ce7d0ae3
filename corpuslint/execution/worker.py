"""A worker process: reads pickled tasks from its standard input and writes their results, until the input ends.

The function that the tasks are for is read first, and may be followed by another: a worker that has loaded a user's
rules is worth keeping.

It dies with whoever started it. A thread reads the input, so that its end is seen while a task runs; and on Linux the
kernel itself ends the process when the other end of the lifeline pipe closes, for a task that never lets go of the
interpreter lock (a regular expression that backtracks for ever).
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import sys
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import IO, Any

from corpuslint.execution.executor import RESULT_LIMIT, Task, describe_exception
from corpuslint.execution.garbage import collect_seldom

HEADER = struct.Struct(">Q")
READY, DONE, FAILED = "ready", "done", "failed"


def serve(lifeline: int, memory: int) -> None:
    """Run tasks until the input ends. `memory` is a limit in bytes on what the process may allocate (0: none)."""
    collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole terminal group; the driver decides
    _tie(lifeline)
    _limit(memory)
    requests = os.fdopen(0, "rb", closefd=False)
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a task prints must not mix with the replies
    inbox: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(requests, inbox), daemon=True).start()
    function: Callable[[Task], Any] = _none
    try:
        while True:
            reply, function = _answer(function, inbox.get())
            write_frame(replies, reply)
    except BrokenPipeError:
        os._exit(0)  # the driver has gone; there is nobody to complain to


def read_frame(stream: IO[bytes]) -> bytes:
    """The next message; EOFError when the other side is gone."""
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        raise EOFError
    (size,) = HEADER.unpack(header)
    body = stream.read(size)
    if len(body) < size:
        raise EOFError
    return body


def write_frame(stream: IO[bytes], body: bytes) -> None:
    """Send one message."""
    stream.write(HEADER.pack(len(body)))
    stream.write(body)
    stream.flush()


def _answer(function: Callable[[Task], Any], request: bytes) -> tuple[bytes, Callable[[Task], Any]]:
    """The reply to a request, and the function that the next task is for: a request is a task, or its function."""
    try:
        asked = pickle.loads(request)
        if not isinstance(asked, Task):
            return pickle.dumps((READY, None)), asked
        reply = pickle.dumps((DONE, function(asked)), protocol=pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        return pickle.dumps((FAILED, describe_exception(error))), function
    if len(reply) > RESULT_LIMIT:
        said = f"exception: the result takes {len(reply) >> 20} MB, more than a task may return"
        return pickle.dumps((FAILED, said)), function
    return reply, function


def _none(task: Task) -> Any:
    raise AssertionError("a task came before its function")


def _listen(requests: IO[bytes], inbox: SimpleQueue[bytes]) -> None:
    try:
        while True:
            inbox.put(read_frame(requests))
    except (EOFError, OSError):
        os._exit(0)


def _tie(lifeline: int) -> None:
    if lifeline < 0 or sys.platform != "linux":
        return
    import fcntl

    signal.signal(signal.SIGIO, signal.SIG_DFL)  # the default of SIGIO is to end the process
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)


def _limit(memory: int) -> None:
    if memory <= 0 or sys.platform == "win32":
        return
    import resource

    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    soft = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
