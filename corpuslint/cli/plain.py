"""Values of options whose type says nothing that would have to be checked, read without typer's own reading.

typer hands every value to pydantic, which takes longer to import than a small file takes to lint: `check a.txt` has
only strings to read. Numbers, and whatever else has to be checked, still go that way.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

_NOT_PLAIN = object()


def read_plainly(command: Any) -> None:
    """Have the command of typer read its plain values here; a typer that reads in another way keeps its own."""
    get_params = command.get_params

    def get_plain_params(context: Any) -> list[Any]:
        parameters: list[Any] = get_params(context)
        for parameter in parameters:
            described = getattr(parameter, "type_descriptor", None)
            if described is not None and "process_value" not in vars(parameter):
                parameter.process_value = _reading(parameter, described.annotation, parameter.process_value)
        return parameters

    command.get_params = get_plain_params


def _reading(parameter: Any, wanted: Any, otherwise: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    is_multiple = parameter.multiple or parameter.nargs != 1

    def process_value(context: Any, value: Any) -> Any:
        if value is None:
            plain: Any = () if is_multiple else None
        elif is_multiple:
            plain = list(value) if wanted == list[str] and all(type(item) is str for item in value) else _NOT_PLAIN
        else:
            plain = _plain(value, wanted, parameter.default)
        if plain is _NOT_PLAIN or (parameter.required and not plain):
            return otherwise(context, value)
        return plain if parameter.callback is None else parameter.callback(context, parameter, plain)

    return process_value


def _plain(value: Any, wanted: Any, default: Any) -> Any:
    """One value as the type that is wanted, where there is nothing to check about it."""
    if wanted is Path and type(value) is str:
        return Path(value)
    return value if value is default or (type(value) is wanted and wanted in (str, bool)) else _NOT_PLAIN
