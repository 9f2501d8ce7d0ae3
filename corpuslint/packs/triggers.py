"""Triggers in Hyperscan's syntax: what Python patterns become before the one scan can look for them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

import hyperscan

from corpuslint.resources import cache_folder, keep, known_good
from corpuslint.text.patterns import compile_re

PATTERN_FLAGS: int = hyperscan.HS_FLAG_SINGLEMATCH | hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_MULTILINE

_UNICODE_CLASS = compile_re(r"\\[wWdDsSbB]|\[:")
_LOOKS_AROUND = compile_re(r"(?<!\\)\(\?(?:[=!>]|<[=!]|P=)|(?<!\\)[+*?}]\+|\\[1-9]")
"""What Hyperscan does not know, and looks for something looser instead of where it may: a trigger may wake in vain."""

_PYTHON_ESCAPE = compile_re(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\N\{([^}]+)\}")


def hyperscan_pattern(pattern: str) -> str:
    """`pattern` (Python syntax) in Hyperscan's syntax: escapes by code point, PCRE's group names.

    >>> print(hyperscan_pattern(r"^(?P<label>\\u0627+)$"))
    ^(?<label>\\x{627}+)$
    """

    def escape(match: re.Match[str]) -> str:
        point = ord(unicodedata.lookup(match[3])) if match[3] else int(match[1] or match[2], 16)
        return f"\\x{{{point:x}}}"

    return _PYTHON_ESCAPE.sub(escape, pattern).replace("(?P<", "(?<").replace("\\Z", "\\z")


def pattern_flags(expression: str) -> int:
    """The flags to compile `expression` with: Unicode classes only where it uses a class, for they are slow; a looser
    pattern where it looks around, holds on to what it has or refers back.
    """
    unicode = hyperscan.HS_FLAG_UCP if _UNICODE_CLASS.search(expression) else 0
    looser = hyperscan.HS_FLAG_PREFILTER if _LOOKS_AROUND.search(expression) else 0
    return PATTERN_FLAGS | unicode | looser


@lru_cache(maxsize=4096)  # the rules of a pack often share their triggers
def complaint_about(pattern: str) -> str:
    """What Hyperscan has against `pattern` as a trigger; "" when it can scan for it."""
    expression = hyperscan_pattern(pattern)
    try:
        hyperscan.Database().compile(expressions=[expression.encode("utf-8")], flags=[pattern_flags(expression)])
    except hyperscan.HyperscanError as error:
        return str(error)
    return ""


def complaints_about(patterns: Iterable[str]) -> dict[str, str]:
    """What Hyperscan has against each of `patterns`; nothing for those it can scan for.

    Compiling a pattern to see takes milliseconds, so sets that were found good are remembered between runs.
    """
    ordered = sorted(set(patterns))
    good = known_good("automata", f"{HYPERSCAN_VERSION} {PATTERN_FLAGS}", *ordered)
    if not ordered or good.exists():
        return {}
    complaints = {pattern: complaint for pattern in ordered if (complaint := complaint_about(pattern))}
    if not complaints:
        keep(good, b"")
    return complaints


HYPERSCAN_VERSION = str(getattr(hyperscan, "__version__", ""))


class Automaton:
    """Expressions compiled together; each carries bits, and a scan gives the bits of those that match."""

    def __init__(self, expressions: Mapping[bytes, int], flags: Callable[[bytes], int]) -> None:
        wanted = sorted(expressions)
        self._bits = [expressions[expression] for expression in wanted]
        if not wanted:
            return
        self._database = compiled(wanted, [flags(expression) for expression in wanted])
        self._scratch = hyperscan.Scratch(self._database)
        self._found: list[int] = []
        found = self._found

        def report(number: int, _from: int, _to: int, _flags: int, _context: object) -> None:
            found.append(number)

        self._report: Callable[[int, int, int, int, object], None] = report

    def woken(self, data: bytes) -> int:
        """The bits of all expressions that match somewhere in `data`."""
        if not self._bits:
            return 0
        found = self._found
        found.clear()
        self._database.scan(data, match_event_handler=self._report, scratch=self._scratch)
        woken = 0
        for number in found:
            woken |= self._bits[number]
        return woken


def compiled(expressions: Sequence[bytes], flags: Sequence[int]) -> hyperscan.Database:
    """A block-mode database that reports matches by the position of their expression.

    Taken from the user's cache where equal expressions were compiled before. Raises hyperscan.HyperscanError for an
    expression that cannot be scanned for.
    """
    parts = [HYPERSCAN_VERSION.encode()]
    parts += [b"%d %s" % (flag, expression) for flag, expression in zip(flags, expressions, strict=True)]
    path = cache_folder() / "automata" / hashlib.blake2b(b"\0".join(parts), digest_size=16).hexdigest()
    try:
        return hyperscan.loadb(path.read_bytes(), hyperscan.HS_MODE_BLOCK)
    except (OSError, hyperscan.HyperscanError):
        pass
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(expressions=list(expressions), ids=list(range(len(expressions))), flags=list(flags))
    keep(path, hyperscan.dumpb(database))
    return database
