"""Which executors there are, and how one is opened by its name."""

from __future__ import annotations

from corpuslint.execution.executor import ExecutionError, Executor

EXECUTORS = {
    "serial": "one task after another in this process",
    "processes": "all cores of this machine",
    "ray": "every core of a Ray cluster",
}


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
        from corpuslint.execution.serial import Serial

        return Serial()
    if name == "processes":
        from corpuslint.execution.processes import Processes

        return Processes(workers)
    from corpuslint.execution.ray import Ray

    return Ray(address, workers=workers)
