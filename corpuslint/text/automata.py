"""Expressions compiled for one scan of bytes, and kept between runs.

Compiling a thousand of them takes longer than linting a small corpus does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import hyperscan

from corpuslint.resources import cache_folder, keep

HYPERSCAN_VERSION = str(getattr(hyperscan, "__version__", ""))


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
