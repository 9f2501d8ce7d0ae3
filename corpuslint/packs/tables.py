"""Reading one TOML table of a pack strictly: each key once, of one type, none left over.

Complaints name the file and the line, and for an unknown key the keys that are known.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from corpuslint.errors import PackError
from corpuslint.formats.streams import reason_of, text_of
from corpuslint.text.patterns import compile_re
from corpuslint.text.toml import toml_of

T = TypeVar("T")
_TOML_PLACE = compile_re(r"\(at line (\d+), column \d+\)")


class PackFile:
    """A TOML file of a pack, with enough of its text kept to say on which line something stands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._text = text_of(path)
        except (OSError, UnicodeDecodeError) as error:
            raise PackError(f"cannot be read: {reason_of(error)}", file=str(path)) from None
        try:
            self.data: dict[str, Any] = toml_of(self._text)
        except (ValueError, RecursionError) as error:  # tomllib lets an endless number and deep nesting through
            place = _TOML_PLACE.search(str(error))
            raise PackError(f"not valid TOML: {error}", file=str(path), line=int(place[1]) if place else 0) from None

    def line_of_rule(self, number: int) -> int:
        """The line of the `number`-th `[[rule]]` header, counted from 0; 0 when it cannot be told."""
        found = 0
        for row, line in enumerate(self._text.splitlines(), start=1):
            if re.match(r"\s*\[\[\s*rule\s*\]\]", line):
                if found == number:
                    return row
                found += 1
        return 0

    def line_of_key(self, key: str, after: int) -> int:
        """The first line from `after` on that sets `key`; `after` when there is none."""
        lines = self._text.splitlines()
        for row in range(max(after, 1), len(lines) + 1):
            line = lines[row - 1]
            if row > after and re.match(r"\s*\[\[", line):
                break
            if re.match(rf"\s*(\[[^\]]*)?[\"']?{re.escape(key)}[\"']?\s*(=|\])", line):
                return row
        return after

    def error(self, message: str, *, line: int = 0, key: str = "", remedy: str = "") -> PackError:
        """A complaint that points at `key` below `line`."""
        return PackError(message, file=str(self.path), line=self.line_of_key(key, line) if key else line, remedy=remedy)


class Table:
    """One table being read; `finish` complains of keys nobody asked for."""

    def __init__(self, file: PackFile, data: Mapping[str, Any], *, line: int = 0, name: str = "") -> None:
        self.file, self.data, self.line, self.name = file, data, line, name
        self._asked: list[str] = []

    def error(self, message: str, key: str = "", remedy: str = "") -> PackError:
        """A complaint about this table, or about one of its keys."""
        where = f"{self.name}: " if self.name else ""
        return self.file.error(where + message, line=self.line, key=key, remedy=remedy)

    def __contains__(self, key: str) -> bool:
        return key in self.data

    def _value(self, key: str, kind: type[T], default: T | None) -> T:
        self._asked.append(key)
        if key not in self.data:
            if default is None:
                mistyped = difflib.get_close_matches(key, self.data.keys() - set(self._asked), n=1, cutoff=0.8)
                if mistyped:
                    raise self.error(f"unknown key '{mistyped[0]}'", mistyped[0], remedy=f"did you mean '{key}'?")
                raise self.error(f"needs the key '{key}'")
            return default
        value = self.data[key]
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.error(f"'{key}' must be {_TYPE_NAMES[kind]}, not {value!r}", key)
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A string; without a default it must be there."""
        return self._value(key, str, default)

    def choice(self, key: str, choices: tuple[str, ...], default: str | None = None) -> str:
        """One of `choices`."""
        value = self.text(key, default)
        if value not in choices and not (default is not None and value == default):
            raise self.error(f"'{key}' must be one of {', '.join(choices)}, not {value!r}", key)
        return value

    def number(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        return self._value(key, int, default)

    def fraction(self, key: str, default: float | None = None) -> float:
        """A number."""
        return self._value(key, float, default)

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        return self._value(key, bool, default)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings, or one string; () when the key is absent."""
        self._asked.append(key)
        value = self.data.get(key, [])
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(item, str) for item in values):
            raise self.error(f"'{key}' must be a string or a list of strings, not {value!r}", key)
        return tuple(values)

    def table(self, key: str) -> Table:
        """A table inside this one; empty when absent."""
        value = self._value(key, dict, {})
        return Table(self.file, value, line=self.line, name=f"{self.name}.{key}" if self.name else key)

    def tables(self, key: str) -> tuple[Table, ...]:
        """A list of tables inside this one."""
        value = self._value(key, list, [])
        if not all(isinstance(item, dict) for item in value):
            raise self.error(f"'{key}' must be a list of tables", key)
        return tuple(Table(self.file, item, line=self.line, name=f"{self.name}.{key}") for item in value)

    def mapping(self, key: str) -> dict[str, Any]:
        """A free table, as it is."""
        return dict(self._value(key, dict, {}))

    def finish(self) -> None:
        """Refuse keys that were not asked for, with the nearest known one."""
        for key in self.data:
            if key not in self._asked:
                near = difflib.get_close_matches(key, self._asked, n=1)
                known = f"did you mean '{near[0]}'?" if near else f"known keys: {', '.join(sorted(set(self._asked)))}"
                raise self.error(f"unknown key '{key}'", key, remedy=known)


_TYPE_NAMES: dict[type, str] = {
    str: "a string",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    dict: "a table",
    list: "a list",
}
