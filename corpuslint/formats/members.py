"""JSON objects changed member by member: what no fix is about keeps every character that it was written with.

Parsed and written anew, 0.12345678901234567890 would lose digits, 10.00 a nought, 1e400 would no longer be JSON, and of
a key that stands twice one would go.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from corpuslint.facts.stated import is_no_value
from corpuslint.model.document import MetadataValue
from corpuslint.text.folding import is_placeholder
from corpuslint.text.patterns import compile_re


class Member(NamedTuple):
    """A member of a JSON object: its value, and where key and value are written."""

    key: str
    value: Any
    key_start: int
    key_end: int
    start: int
    end: int


class WrittenObject(msgspec.Struct, frozen=True):
    """A JSON object as somebody wrote it."""

    written: str
    members: tuple[Member, ...]
    ascii_only: bool
    comma: str
    colon: str

    @classmethod
    def of(cls, written: str) -> WrittenObject:
        """The object in text that is known to hold one."""
        members = tuple(_members(written))
        if not members:
            return cls(written, members, False, ", ", ": ")
        first = members[0]
        colon = ": " if " " in written[first.key_end : first.start] else ":"
        gap = written[first.end : members[1].key_start] if len(members) > 1 else colon
        values = "".join(member.value for member in members if isinstance(member.value, str))
        return cls(written, members, written.isascii() and not values.isascii(), ", " if " " in gap else ",", colon)

    def value_of(self, key: str) -> Any:
        """The value that holds for a key, None where it has none; numbers are text."""
        return next((member.value for member in reversed(self.members) if member.key == key), None)

    def value(self, value: Any) -> str:
        """A value in the style of the object. Halves of a surrogate pair are always escaped: UTF-8 has no bytes for
        them."""
        plain = json.dumps(value, ensure_ascii=self.ascii_only, separators=(self.comma, self.colon))
        return json.dumps(value, separators=(self.comma, self.colon)) if _SURROGATE.search(plain) else plain

    def object(self, values: Mapping[str, Any]) -> str:
        """An object of other members in the same style."""
        inside = (f"{self.value(key)}{self.colon}{self.value(value)}" for key, value in values.items())
        return "{" + self.comma.join(inside) + "}"

    def changed(self, values: Mapping[str, Any], lifted: Mapping[str, MetadataValue]) -> str:
        """The object with other values for keys that it has, and lifted ones where it has none or empty ones.

        >>> WrittenObject.of('{"n": 10.00, "url": ""}').changed({}, {"source": "s", "url": "u"})
        '{"n": 10.00, "url": "u", "source": "s"}'
        """
        last = {member.key: member for member in self.members}
        changes = {last[key].start: (last[key].end, self.value(value)) for key, value in values.items()}
        added = []
        for key, value in sorted(lifted.items()):
            if key not in last:
                added.append(f"{self.value(key)}{self.colon}{self.value(value)}")
            elif not (value_there := last[key].value) or (  # nothing, or a word for nothing
                isinstance(value_there, str) and (is_placeholder(value_there) or is_no_value(key, value_there))
            ):
                changes[last[key].start] = (last[key].end, self.value(value))
        if added:
            opening = self.written.index("{") + 1
            indent = self.written[opening : self.members[0].key_start] if self.members else ""
            comma = f",{indent}" if "\n" in indent else self.comma
            at, before = (self.members[-1].end, comma) if self.members else (opening, "")
            changes[at] = (at, before + comma.join(added))
        written = self.written
        for start, (stop, new) in sorted(changes.items(), reverse=True):
            written = written[:start] + new + written[stop:]
        return written


def new_object(lifted: Mapping[str, MetadataValue]) -> str:
    """The text of a file of one JSON object that holds `lifted`."""
    return json.dumps(dict(sorted(lifted.items())), ensure_ascii=False, indent=2) + "\n"


def with_members(data: bytes, lifted: Mapping[str, MetadataValue]) -> bytes:
    """The file of one JSON object with `lifted` where it has none; ValueError where it holds anything else.

    >>> with_members(b'{"n": 1e400}', {"source": "s"})
    b'{"n": 1e400, "source": "s"}'
    """
    encoding = json.detect_encoding(data)
    errors = "surrogatepass" if encoding.startswith("utf-8") else "strict"
    try:
        written = data.decode(encoding, errors)
        declared = json.loads(written, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        raise ValueError("is not valid JSON") from None
    if not isinstance(declared, dict):
        raise ValueError("is not a JSON object")
    if written.encode(encoding, errors) != data:
        raise ValueError(f"is written in {encoding} of a kind that cannot be written back")
    return WrittenObject.of(written).changed({}, lifted).encode(encoding, errors)


def _members(written: str) -> Iterator[Member]:
    decoder = json.JSONDecoder(parse_int=str, parse_float=str)
    at = written.index("{") + 1
    while (mark := _SPACE.match(written, at).end()) < len(written) and written[mark] != "}":  # type: ignore[union-attr]
        key_start = written.index('"', mark)
        key, key_end = decoder.raw_decode(written, key_start)
        start = _SPACE.match(written, written.index(":", key_end) + 1).end()  # type: ignore[union-attr]
        value, at = decoder.raw_decode(written, start)
        yield Member(key, value, key_start, key_end, start, at)


_SPACE = compile_re(r"[ \t\r\n]*")
_SURROGATE = compile_re("[\ud800-\udfff]")
