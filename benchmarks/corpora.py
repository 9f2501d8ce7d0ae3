"""Where the measuring sets lie: `../shared/corpora` beside the checkout, or the folder CORPUSLINT_CORPORA names."""

from __future__ import annotations

import gzip
import os
import sys
import zlib
from pathlib import Path

import orjson

FOLDER = Path(os.environ.get("CORPUSLINT_CORPORA", Path(__file__).resolve().parents[2] / "shared" / "corpora"))
FOLDS = 5


def lines_of(name: str) -> list[bytes]:
    """The JSON lines of one set, `ar-saudinewsnet` for `ar-saudinewsnet.jsonl.gz`; ends the program without it."""
    path = FOLDER / f"{name}.jsonl.gz"
    if not path.is_file():
        sys.exit(f"{path} is not there; set CORPUSLINT_CORPORA to the folder that holds the sets")
    with gzip.open(path) as stream:
        return stream.read().split(b"\n")[:-1]


def records_of(name: str) -> list[dict[str, object]]:
    """The records of one set."""
    return [orjson.loads(line) for line in lines_of(name)]


def fold_of(source: str) -> int:
    """The fold of a source, 0 to FOLDS - 1, the same on every machine."""
    return zlib.crc32(source.encode()) % FOLDS
