"""How fast is `check` with every document rule, on one core, against the floor: parsing JSON lines and encoding.

    python benchmarks/scan.py [SET] [--rounds 5]

Floor and check are measured turn by turn in the same run, so that a noisy machine slows both; the ratio is of medians.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections import Counter

from corpora import lines_of

from corpuslint.config.settings import Settings
from corpuslint.engine.check import check_document
from corpuslint.engine.rules import rules_for
from corpuslint.formats.jsonl import document_of
from corpuslint.formats.reading import ReadOptions, Trouble


def main() -> None:
    """Print megabytes a second of both, and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", nargs="?", default="ar-saudinewsnet")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    lines = lines_of(arguments.set)
    size = sum(map(len, lines)) / 1e6
    rules = rules_for(Settings())
    options = ReadOptions(fields={"language": "lang"})
    found: Counter[str] = Counter()
    for line in lines:  # warm, and count once
        document = document_of(line, arguments.set, 0, options)
        assert not isinstance(document, Trouble)
        found.update(diagnostic.code for diagnostic in check_document(document, rules))
    floors, checks = [], []
    for _ in range(arguments.rounds):
        start = time.perf_counter()
        for line in lines:
            json.loads(line)["text"].encode("utf-8")
        floors.append(time.perf_counter() - start)
        start = time.perf_counter()
        for line in lines:
            document = document_of(line, arguments.set, 0, options)
            assert not isinstance(document, Trouble)
            check_document(document, rules)
        checks.append(time.perf_counter() - start)
    floor, check = statistics.median(floors), statistics.median(checks)
    print(f"{arguments.set}: {len(lines):,} documents, {size:.1f} MB, {len(rules.rules)} document rules")
    print(f"floor (json.loads + encode)  {size / floor:7.1f} MB/s  {floor / len(lines) * 1e6:6.1f} µs a document")
    print(f"check, every rule, one core  {size / check:7.1f} MB/s  {check / len(lines) * 1e6:6.1f} µs a document")
    print(f"ratio to the floor           {floor / check:7.2f}")
    print("findings:", ", ".join(f"{code} {count:,}" for code, count in found.most_common(12)))


if __name__ == "__main__":
    main()
