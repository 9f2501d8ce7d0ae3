"""Reading back what was stored, without running what is in it.

A cache folder can come with a repository that somebody else wrote, and unpickling runs code. Here a stored value may
name nothing but the frozen values that what the reader names is made of, which type hints tell.
"""

from __future__ import annotations

import enum
import io
import pickle
from functools import lru_cache
from typing import Any, get_args, get_type_hints

_PLAIN = frozenset(
    {
        ("builtins", "dict"),
        ("builtins", "frozenset"),
        ("builtins", "int"),
        ("builtins", "list"),
        ("builtins", "set"),
        ("collections", "Counter"),
        ("collections", "defaultdict"),
        ("copyreg", "__newobj__"),
    }
)


class _Reader(pickle.Unpickler):
    def __init__(self, data: bytes, roots: tuple[type, ...]) -> None:
        super().__init__(io.BytesIO(data))
        self._roots = roots

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN or (module, name) in _values(self._roots):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a stored result")


def loads(data: bytes, *roots: type) -> Any:
    """The stored value. pickle.UnpicklingError where it names anything but values that `roots` can hold; a damaged
    pickle raises nearly anything."""
    return _Reader(data, roots).load()


@lru_cache(maxsize=4)
def _values(roots: tuple[type, ...]) -> frozenset[tuple[str, str]]:
    """Every class of ours that these can hold."""
    found: set[type] = set()
    waiting: list[Any] = list(roots)
    while waiting:
        hint = waiting.pop()
        waiting += get_args(hint)
        if isinstance(hint, type) and hint.__module__.startswith("corpuslint.") and hint not in found:
            found.add(hint)
            if not issubclass(hint, enum.Enum):
                waiting += get_type_hints(hint).values()
    return frozenset((value.__module__, value.__qualname__) for value in found)
