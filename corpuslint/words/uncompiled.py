"""What `kernel.py` needs of the module `cython` where Cython is not installed: nothing happens, Python runs.

Cython is there when a wheel is built, and never needed to run. Types in annotations are not evaluated.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

compiled = False
int = uint = ulonglong = double = Py_ssize_t = None


def declare(_kind: object, value: Any = None) -> Any:
    """`value`, whatever C would have called it."""
    return value


def cfunc(function: F) -> F:
    """`function` as it is."""
    return function


inline = final = cclass = ccall = cfunc


def cast(_kind: object, value: Any) -> Any:
    """`value`: Python's integers are wide enough."""
    return value


def exceptval(_value: object = None, check: bool = True) -> Callable[[F], F]:
    """What leaves a function as it is."""
    return cfunc


def boundscheck(_value: bool) -> Callable[[F], F]:
    """What leaves a function as it is: Python checks bounds."""
    return cfunc
