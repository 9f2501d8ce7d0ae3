"""What people write by hand, in TOML or JSON, read strictly into typed values.

The type is the whole declaration: keys, what they take, which must be there. What does not fit is said in our words.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, TypeVar

import msgspec

from corpuslint.errors import nearest

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


_LONGEST = 200
"""Characters of a wrong value that a message shows."""
_FIRST = {"additionalProperties": 0, "required": 2}
"""Of what is wrong a mistyped key is told first, and a missing one last, which may be the same."""


def _in_our_words(complaint: str, data: object, kind: Any, table: str) -> WrongTableError:
    """What is wrong in a table: it is told of a whole key, whichever value in its list is wrong."""
    from jsonschema import Draft202012Validator, FormatChecker, validators  # few runs end so

    schema = msgspec.json.schema(kind)
    types = Draft202012Validator.TYPE_CHECKER.redefine("integer", lambda _, one: type(one) is int).redefine(
        "number", lambda _, one: type(one) in (int, float) and one == one
    )  # 2.0 is no whole number, nan no number
    strict = validators.extend(Draft202012Validator, type_checker=types)
    judge = strict(schema, format_checker=FormatChecker(["date"]))
    found = [_at_its_key(error) for error in judge.iter_errors(data) if not _is_day(error)]
    if not found:
        said, _, place = complaint.partition(" - at ")
        key = next(reversed(re.findall(r"\.([\w-]+)", place)), "")
        return WrongTableError(f"{key!r}: {said}" if key else said, key, (), "")
    error = min(found, key=lambda error: _FIRST.get(error.validator, 1))
    path, remedy = list(error.absolute_path), ""
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    whose = f"each of {key!r}" if path and path[-1] != key else repr(key) if path else "it"
    if error.validator == "additionalProperties":
        key = next(name for name in error.instance if name not in error.schema["properties"])
        message, remedy = f"unknown key {key!r}", nearest(key, sorted(error.schema["properties"]), "known keys")
    elif error.validator == "required":
        message = f"needs the key '{next(name for name in error.validator_value if name not in error.instance)}'"
    elif error.validator == "pattern":
        message = f"{whose} must not be empty"
    else:
        value = repr(msgspec.to_builtins(error.instance))  # a day as it is written
        shown = value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
        message = f"{whose} must be {_worded(error.schema, schema, table)}, not {shown}"
    return WrongTableError(message, key, tuple(step for step in path if isinstance(step, int)), remedy)


def _is_day(error: Any) -> bool:
    """Whether a day stands where one may stand, which JSON has no type for."""
    return type(error.instance) is date and "'date'" in str(error.schema)


def _at_its_key(error: Any) -> Any:
    """What is wrong with a key inside or its value, where there is a choice of types and one of them is a table."""
    inside = (
        one
        for one in error.context
        if one.validator == "additionalProperties" or (len(one.path) == 1 and isinstance(one.path[0], str))
    )
    return next(map(_at_its_key, inside), error)


def called(kind: Any) -> str:
    """What a value of a type is, in words.

    >>> called(Texts), called(dict[str, int] | None)
    ('a string or a list of strings', 'a table of whole numbers')
    """
    schema = msgspec.json.schema(kind)
    return _worded(schema, schema, "a table")


_NAMES = {"string": "a string", "integer": "a whole number", "number": "a number", "array": "a list"}


def _worded(part: dict[str, Any], whole: dict[str, Any], table: str, *, many: bool = False) -> str:
    """What a part of a JSON Schema asks for."""
    if "$ref" in part:
        part = whole["$defs"][part["$ref"].rpartition("/")[2]]
    if "anyOf" in part:
        return " or ".join(filter(None, (_worded(one, whole, table, many=many) for one in part["anyOf"])))
    if "enum" in part:
        words = ", ".join(filter(None, part["enum"]))
        return f"values, each one of {words}" if many else f"one of {words}"
    if "format" in part:
        return "a date like 2027-01-31"
    if part["type"] in ("boolean", "null"):
        return "true or false" if part["type"] == "boolean" else ""
    word = _NAMES.get(part["type"], table)
    word = f"{word.split(' ', 1)[1]}s" if many else word
    inner = part.get("items") or part.get("additionalProperties")
    word += f" of {_worded(inner, whole, table, many=True)}" if inner else ""
    least, most = part.get("minimum"), part.get("maximum")
    return (
        word
        if least is None
        else f"{word} of {least:g} or more"
        if most is None
        else f"{word} from {least:g} to {most:g}"
    )
