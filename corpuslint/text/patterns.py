"""Regular expressions that are compiled once and kept between runs.

Python compiles every expression anew in every process; one alternation of three hundred date labels takes it longer
than reading a hundred documents. What is kept is the code that `re` makes of an expression, for this interpreter
only. `re`'s engine proves such code before it runs it, and an interpreter that works otherwise compiles as always.
"""

from __future__ import annotations

import atexit
import re
import sys
from array import array
from functools import cache
from importlib import import_module
from typing import AnyStr

from corpuslint.resources import keep_table, kept_table

_Code = tuple[int, bytes, int, dict[str, int]]  # flags, code, number of groups, their names
_NAME = "patterns"
_MOST = 4000  # expressions of versions long gone stay in the file: beyond this many, it starts anew
_new: dict[tuple[str | bytes, int], _Code] = {}


def compile_re(pattern: AnyStr, flags: int | re.RegexFlag = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, sooner where it was asked for in an earlier run.

    For expressions that are written in the program or in a pack: whatever is asked for is kept.
    """
    key = (pattern, int(flags))
    code = _kept().get(key)
    if code is None:
        return _compiled_anew(pattern, int(flags))
    try:
        return _pattern(pattern, code)
    except Exception:  # kept code that the engine refuses: RuntimeError, or whatever a broken table leads to
        return re.compile(pattern, flags)


def _pattern(pattern: AnyStr, kept: _Code) -> re.Pattern[AnyStr]:
    flags, code, groups, names = kept
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    made: re.Pattern[AnyStr] = import_module("_sre").compile(
        pattern, flags, array("I", code).tolist(), groups, names, tuple(by_number)
    )
    return made


def _compiled_anew(pattern: AnyStr, flags: int) -> re.Pattern[AnyStr]:
    try:
        parsed = import_module("re._parser").parse(pattern, flags)
        code = array("I", import_module("re._compiler")._code(parsed, flags)).tobytes()
        kept = (flags | parsed.state.flags, code, parsed.state.groups - 1, dict(parsed.state.groupdict))
        made = _pattern(pattern, kept)
    except (ImportError, AttributeError, TypeError):  # an interpreter whose `re` is built in another way
        return re.compile(pattern, flags)
    if not _new:
        atexit.register(_keep_new)
    _new[pattern, flags] = kept
    return made


@cache
def _kept() -> dict[tuple[str | bytes, int], _Code]:
    kept: dict[tuple[str | bytes, int], _Code] | None = kept_table(_NAME, _interpreter())
    return kept or {}


def _interpreter() -> str:
    """Everything that the code of an expression depends on besides the expression."""
    return f"{sys.version} {sys.implementation.cache_tag} {sys.byteorder}"


def _keep_new() -> None:
    earlier = kept_table(_NAME, _interpreter()) or {}
    keep_table(_NAME, _interpreter(), {**(earlier if len(earlier) < _MOST else {}), **_new})
