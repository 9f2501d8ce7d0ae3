"""Expressions compiled for one scan of bytes, and kept between runs.

Compiling a thousand of them takes longer than linting a small corpus does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence

import hyperscan

from corpuslint.resources import cache_folder, keep

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
