"""What people write by hand, in TOML or JSON, read strictly into typed values.

The type is the whole declaration: keys, what they take, which must be there. What does not fit is said in our words.
"""

from __future__ import annotations

import re
from typing import Any, TypeVar, get_args

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


def typed(data: object, kind: type[T]) -> T:
    """The value of type `kind` that a table writes.

    Raises WrongTableError for a key that is missing, unknown or of another type.
    """
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise _in_our_words(str(error), data, kind) from None


def line_of(text: str, key: str, after: int = 1, before: re.Pattern[str] | None = None) -> int:
    """The first line of TOML from line `after` on that sets `key`, 0 when there is none before a line like `before`."""
    setting = re.compile(rf"\s*(\[[^\]]*|[\w-]+\.)?[\"']?{re.escape(key)}[\"']?\s*[=\].]")
    for row, line in enumerate(text.splitlines()[after - 1 :], start=after):
        if row > after and before is not None and before.match(line):
            break
        if setting.match(line):
            return row
    return 0


_COMPLAINT = compile_re(
    r"Object missing required field `(?P<missing>.+?)`|Object contains unknown field `(?P<unknown>.+?)`"
    r"|Expected `str` matching (?P<empty>)|Expected `(?P<wanted>.+?)`(?P<bound> [<>]= [\d.]+)?"
    r"|Invalid RFC3339 encoded (?P<day>date)|Invalid (?:enum )?value"
)
_PLACE = compile_re(r" - at `\$\.?(?P<path>[^`]*)`$")
_TYPE_NAMES = {
    "str": "a string",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "object": "a table",
    "array": "a list",
    "date": "a date like 2027-01-31",
}


def _in_our_words(complaint: str, data: Any, kind: Any) -> WrongTableError:
    """What msgspec found wrong in a table."""
    place = _PLACE.search(complaint)
    path: list[str] = re.findall(r"[^.\[\]]+", place["path"]) if place else []
    key, numbers = "", tuple(int(part) for part in path if part.isdigit())
    for part in path:
        if part.isdigit():
            data, kind = data[int(part)], next(iter(get_args(kind)), kind)
        else:
            key, data = part, data.get(part)
            kind = {field.encode_name: field.type for field in structs.fields(kind)}.get(part, kind)
    found = _COMPLAINT.match(complaint)
    message, remedy = complaint, ""
    if found is None:
        return WrongTableError(message, key, numbers, remedy)
    if unknown := found["unknown"]:
        known = [field.encode_name for field in structs.fields(kind)]
        message, key, remedy = f"unknown key '{unknown}'", unknown, nearest(unknown, sorted(known), "known keys")
    elif missing := found["missing"]:
        message = f"needs the key '{missing}'"
    elif found["empty"] is not None:
        message = f"'{key}' must not be empty"
    elif wanted := found["wanted"] or found["day"]:
        names = [_TYPE_NAMES.get(one, one) for one in wanted.split(" | ") if one != "null"]
        named = " or ".join(names).replace("a string or a list", "a string or a list of strings")
        whose = f"each value of '{key}'" if place and place["path"].endswith("[...]") else f"'{key}'" if key else "it"
        message = f"{whose} must be {named}{found['bound'] or ''}, not {data!r}"
    else:
        message = f"'{key}' must be one of {', '.join(_choices(kind))}, not {data!r}"
    return WrongTableError(message, key, numbers, remedy)


def _choices(kind: Any) -> list[str]:
    """The values that a key with a closed list of them takes."""
    members = [getattr(one, "value", one) for one in (kind if hasattr(kind, "__members__") else get_args(kind))]
    nested = [_choices(one) for one in members if not isinstance(one, str) and one is not type(None)]
    return [one for one in members if isinstance(one, str) and one] + [one for found in nested for one in found]
