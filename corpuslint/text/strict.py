"""What people write by hand, in TOML or JSON, read strictly into typed values.

The type is the whole declaration: keys, what they take, which must be there. What does not fit is said in our words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import structs

from corpuslint.errors import nearest
from corpuslint.text.patterns import compile_re

T = TypeVar("T")
Texts = str | tuple[str, ...]


class WrongTableError(ValueError):
    """What is wrong in a table, the key it is about, the numbers of the entries on the way there, and a remedy."""

    def __init__(self, message: str, key: str, numbers: tuple[int, ...], remedy: str) -> None:
        super().__init__(message)
        self.message, self.key, self.numbers, self.remedy = message, key, numbers, remedy


def as_texts(value: Texts) -> tuple[str, ...]:
    """A key that takes one string or a list of them, as a tuple."""
    return (value,) if isinstance(value, str) else value


def typed(data: object, kind: type[T], table: str = "a table") -> T:
    """The value of type `kind` that a table writes; `table` is what such a thing is called in its file.

    Raises WrongTableError for a key that is missing, unknown or of another type.
    """
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise _in_our_words(str(error), data, kind, table) from None


def line_of(text: str, key: str, after: int = 1, before: re.Pattern[str] | None = None) -> int:
    """The first line of TOML from line `after` on that sets `key`, 0 when there is none before a line like `before`."""
    written = re.escape(key) or "[\"']{2}"
    setting = re.compile(rf"\s*(\[[^\]]*|[\w-]+\.)?[\"']?{written}[\"']?\s*[=\].]")
    for row, line in enumerate(text.splitlines()[after - 1 :], start=after):
        if row > after and before is not None and before.match(line):
            break
        if setting.match(line):
            return row
    return 0


_PLACE = compile_re(r" - at `\$\.?(?P<path>[^`]*)`\Z")
_STEP = compile_re(r"\.{3}|[^.\[\]]+")
_MISSING = compile_re(r"Object missing required field `(.+)`\Z")
_LONGEST = 200
"""Characters of a wrong value that a message shows."""


def _in_our_words(complaint: str, data: Any, kind: Any, table: str) -> WrongTableError:
    """What msgspec found wrong in a table: it is told of a whole key, whichever value in its list is wrong."""
    place = _PLACE.search(complaint)
    steps: list[str] = _STEP.findall(place["path"]) if place else []
    complaint = complaint[: place.start()] if place else complaint
    key, whose = "", "it"
    numbers: list[int] = []
    for step in steps:
        tables = [one for one in _choices(kind) if hasattr(one, "__struct_fields__")]
        inside = [get_args(one) for one in _choices(kind) if get_origin(one) in (tuple, dict, Mapping)]
        if step.isdigit():
            numbers.append(int(step))
            if not hasattr(inside[0][0], "__struct_fields__"):
                break
            kind, data, whose = inside[0][0], data[int(step)], f"each of '{key}'" if key else "it"
        elif tables:
            if step not in data:  # a key with a place in it
                break
            kind = next(field.type for field in structs.fields(tables[0]) if field.encode_name == step)
            key, data, whose = step, data[step], f"'{step}'"
        else:
            kind = inside[0][1]
            key, data = next((name, one) for name, one in data.items() if not _fits(one, kind))
            whose = f"{key!r}"
    remedy = ""
    if complaint.startswith("Object contains unknown field"):
        known = sorted(field.encode_name for field in structs.fields(kind))
        key = next(name for name in data if name not in known and name != kind.__struct_config__.tag_field)
        message, remedy = f"unknown key {key!r}", nearest(key, known, "known keys")
    elif missing := _MISSING.match(complaint):
        message = f"needs the key '{missing[1]}'"
    elif complaint.startswith("Expected `str` matching"):
        message = f"{whose} must not be empty"
    elif complaint.startswith(("Expected ", "Invalid ")):
        value = repr(msgspec.to_builtins(data))  # a day as it is written
        shown = value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
        message = f"{whose} must be {called(kind, table)}, not {shown}"
    else:
        message = complaint
    return WrongTableError(message, key, tuple(numbers), remedy)


def _choices(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)


def _fits(value: object, kind: Any) -> bool:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True


def called(kind: Any, table: str = "a table") -> str:
    """What a value of a type is, in words.

    >>> called(Texts), called(dict[str, int] | None)
    ('a string or a list of strings', 'a table of whole numbers')
    """
    from msgspec.inspect import type_info

    return _called(type_info(kind), table, many=False)


def _called(node: Any, table: str, *, many: bool) -> str:
    names = {
        "Str": "a string",
        "Int": "a whole number",
        "Float": "a number",
        "Date": "a date like 2027-01-31",
        "Struct": table,
        "Dict": table,
        "VarTuple": "a list",
    }
    found = []
    for one in getattr(node, "types", (node,)):
        sort = type(one).__name__.removesuffix("Type")
        if sort in names:
            word = names[sort]
            word = f"{word.split(' ', 1)[1]}s" if many else word
            inner = getattr(one, "item_type", None) or getattr(one, "value_type", None)
            word += f" of {_called(inner, table, many=True)}" if inner else ""
            least, most = getattr(one, "ge", None), getattr(one, "le", None)
            found.append(word + _bounded(least, most))
        elif sort == "Bool":
            found.append("true or false")
        elif sort in ("Enum", "Literal"):
            words = [member.value for member in one.cls] if sort == "Enum" else [word for word in one.values if word]
            found.append("them" if many else f"one of {', '.join(words)}")
    return " or ".join(found)


def _bounded(least: float | None, most: float | None) -> str:
    if least is None:
        return ""
    return f" of {least:g} or more" if most is None else f" from {least:g} to {most:g}"
