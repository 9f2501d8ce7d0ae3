"""What the suite's tasks do: functions that workers import by name."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from corpuslint.execution.executor import Task


class Unforgiving(Exception):
    """An exception that cannot be unpickled: its constructor asks for more than it hands on."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first} {second}")


def act(task: Task) -> Any:
    """Do what the task's `do` says; `until` names the last attempt that does it, later ones return "recovered"."""
    args = task.args
    if "log" in args:
        with Path(args["log"]).open("a") as log:
            log.write(f"{task.key} {task.attempt}\n")
    if task.attempt > args.get("until", 99):
        return "recovered"
    return _ACTS[args.get("do", "echo")](args)


def _echo(args: Any) -> Any:
    time.sleep(args.get("seconds", 0))
    return args.get("value")


def _raise(args: Any) -> Any:
    raise ValueError("no such luck")


def _raise_unforgiving(args: Any) -> Any:
    raise Unforgiving("not", "today")


def _exit(args: Any) -> Any:
    os._exit(7)


def _kill(args: Any) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def _segfault(args: Any) -> Any:
    os.kill(os.getpid(), signal.SIGSEGV)


def _sleep(args: Any) -> Any:
    time.sleep(args.get("seconds", 60))
    return "woke"


def _hold_the_lock(args: Any) -> Any:
    import re

    return re.match(r"(a|aa)+$", "a" * 60 + "!")  # hours, in C code that never lets go of the interpreter lock


def _print(args: Any) -> Any:
    print("a task may print")
    sys.stdout.flush()
    return "printed"


def _huge(args: Any) -> Any:
    return b"x" * (100 * 1024 * 1024)


def _local_object(args: Any) -> Any:
    return lambda: None


def _child(args: Any) -> Any:
    return subprocess.run([sys.executable, "-c", "print(6 * 7)"], capture_output=True, text=True).stdout.strip()


_ACTS = {
    "echo": _echo,
    "raise": _raise,
    "raise-unforgiving": _raise_unforgiving,
    "exit": _exit,
    "kill": _kill,
    "segfault": _segfault,
    "sleep": _sleep,
    "hold-the-lock": _hold_the_lock,
    "print": _print,
    "huge": _huge,
    "local-object": _local_object,
    "child": _child,
}


def describe(task: Task) -> str:
    """The key of a task: another function than `act`."""
    return task.key
