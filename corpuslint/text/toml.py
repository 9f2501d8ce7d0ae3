"""TOML of files that may be anybody's, in bounded time and memory.

`tomllib` keeps every beginning of a dotted key, so one key of a hundred thousand parts takes gigabytes.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from typing import Any

from corpuslint.resources import keep_table, kept_table
from corpuslint.text.patterns import compile_re


class BrokenTomlError(ValueError):
    """What is no TOML: the message says why, `line` where, 0 where that cannot be told."""

    def __init__(self, reason: object, line: int = 0) -> None:
        super().__init__(f"not valid TOML: {reason}")
        self.line = line


_PLACE = compile_re(r"\(at line (\d+), column \d+\)")
DEEPEST = 32
"""Parts of a dotted key; nothing that is read here has more than three."""

_QUOTED = compile_re(
    r"""
    \"{3}(?:[^"\\]|\\.|"(?!""))*+\"{3}  # texts of many lines
    | \'{3}(?:[^']|'(?!''))*+\'{3}
    | "(?:[^"\\\n]|\\.)*+"              # texts of one
    | '[^'\n]*+'
    | \#[^\n]*+                          # comments
    """,
    re.VERBOSE | re.DOTALL,
)
_DEEP = compile_re(rf"(?:[\w\"-]++\s*+\.\s*+){{{DEEPEST}}}")


def toml_of(text: str) -> dict[str, Any]:
    """The table that `text` writes.

    Raises BrokenTomlError where it is not valid TOML, or deeper than anything that anybody would write.

    >>> toml_of("a.b = 1")
    {'a': {'b': 1}}
    """
    if deep := _DEEP.search(_QUOTED.sub('""', text)):
        raise BrokenTomlError(f"the key {deep[0][:20]}… has more than {DEEPEST} parts")
    import tomllib

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # tomllib lets an endless number and deep nesting through
        place = _PLACE.search(str(error))
        raise BrokenTomlError(error, int(place[1]) if place else 0) from None


_WORTH_KEEPING = 500
"""Characters of a file from which reading it anew costs more than a look into the cache folder."""


def kept_toml(text: str) -> dict[str, Any]:
    """`toml_of`, kept between runs by the content of the file: `tomllib` takes a millisecond for eight kilobytes."""
    if len(text) < _WORTH_KEEPING:
        return toml_of(text)
    name = f"toml-{hashlib.blake2b(text.encode(), digest_size=12).hexdigest()}"
    kept: dict[str, Any] | None = kept_table(name, "")
    if kept is None:
        kept = toml_of(text)
        with contextlib.suppress(ValueError):  # a date, which cannot be kept
            keep_table(name, "", kept)
    return kept
