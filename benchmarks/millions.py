"""Very many short documents of several outlets, with copies and page lines planted, under the rules about the corpus.

    python -m benchmarks.millions 1000000 [--jobs 2] [--select CODES] [--fix]

Prints seconds, peak memory of the driver and of the largest worker, and how many of the planted copies and lines were
found; with `--fix`, how many are left, and whether `undo` leads back to the byte. Documents are made anew from their
number, so that nothing but the number of documents has to be said.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from operator import eq, ne
from pathlib import Path

from benchmarks.scale import _RUN
from corpuslint.publishing.manifest import file_sha256

WORDS = [a + b + c + d for a in "بتجحدرسشعفقكلمن" for b in "ايو" for c in "سشعفقلمنهر" for d in ("", "ة", "ات", "ين")]
OUTLETS = 20
EXACT, NEAR, LINE = 100, 100, 4
"""One document in so many is an exact copy, a near copy (two words of fifty differ), has its outlet's line."""


def text_of(number: int) -> str:
    """The words of a document that is no copy."""
    return " ".join(random.Random(number).choices(WORDS, k=50)) + "."


def record(number: int) -> tuple[dict[str, str], str]:
    """A document, and what was planted in it: "exact", "near", "line" or nothing."""
    chance = random.Random(~number)
    outlet = f"وكالة {WORDS[number % OUTLETS * 37]}"
    planted, text = "", text_of(number)
    if number and number % EXACT == 7:
        planted, text = "exact", text_of(_original(number, chance))
    elif number and number % NEAR == 13:
        words = text_of(_original(number, chance)).split()
        for at in chance.sample(range(len(words)), 2):
            words[at] = chance.choice(WORDS)
        planted, text = "near", " ".join(words)
    elif number % LINE == 2:
        planted, text = "line", f"{text}\nتابعوا {outlet} على قناتها الجديدة"
    return {"id": f"{number}", "text": text, "source": outlet}, planted


def _original(number: int, chance: random.Random) -> int:
    """An earlier document that is no copy."""
    return chance.randrange(number // 20 + 1) * 20


def main() -> None:
    """Make the documents, lint them, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=int)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--select", default="DUP,ART960,ART961,SRC006,DAT002")
    parser.add_argument("--fix", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="corpuslint-millions-") as name:
        folder = Path(name)
        planted = Counter[str]()
        stories = set[int]()  # documents of which copies were made, all of another outlet than their copies
        for part in range(10):
            with (folder / f"{part}.jsonl").open("w", encoding="utf-8") as stream:
                for number in range(part * options.documents // 10, (part + 1) * options.documents // 10):
                    row, kind = record(number)
                    planted[kind] += 1
                    if kind in ("exact", "near"):
                        stories.add(_original(number, random.Random(~number)))
                    stream.write(json.dumps({**row, "kind": kind}, ensure_ascii=False) + "\n")
        size = sum(path.stat().st_size for path in folder.iterdir())
        print(f"{options.documents:,} documents, {size / 1e6:,.0f} MB, {OUTLETS} outlets", flush=True)
        how = ("--executor", "processes", "--jobs", f"{options.jobs}") if options.jobs > 1 else ("--executor", "serial")
        report, own = folder / "report", folder / "own"
        started = time.monotonic()
        command = ("check", "--isolated", "--exit-zero", "--no-cache", "--select", options.select, *how)
        fix = ("--fix", "--unsafe-fixes") if options.fix else ()
        first = [file_sha256(Path(name)) for name in sources(folder)] if options.fix else []
        _called(own, *command, *fix, "--output-format", "json-lines", "-o", str(report), *sources(folder))
        seconds = time.monotonic() - started
        cpu, driver, worker = map(float, own.read_text().split())
        print(
            f"{seconds:,.0f} s, {cpu:,.0f} CPU s in the driver; "
            f"driver {driver / 1024:,.0f} MB, worker {worker / 1024:,.0f} MB"
        )
        found, told = Counter[tuple[str, str]](), set[int]()
        with report.open(encoding="utf-8") as stream:
            for line in stream:
                finding = json.loads(line)
                number = int(finding["record"]["id"])
                found[finding["code"], record(number)[1]] += 1
                if finding["code"] == "DUP003":
                    told.add(number)
        for code, kind in (("DUP001", "exact"), ("DUP002", "near"), ("ART960", "line")):
            print(
                f"{kind}: {found[code, kind]:,} of {planted[kind]:,} planted ({found[code, kind] / planted[kind]:.4f})"
            )
        print(
            f"stories of several outlets: {len(told & stories):,} of {len(stories):,}, {len(told - stories):,} others"
        )
        if options.fix:
            changed = [file_sha256(Path(name)) for name in sources(folder)]
            _called(own, "undo", str(folder))
            again = [file_sha256(Path(name)) for name in sources(folder)]
            print(f"files changed: {sum(map(ne, first, changed))}, the first bytes again: {sum(map(eq, first, again))}")
        print("elsewhere:", {f"{code} in {kind or 'others'}": n for (code, kind), n in sorted(found.items())})


def _called(own: Path, *arguments: str) -> None:
    environment = {**os.environ, "CORPUSLINT_BENCH_OWN": str(own)}
    subprocess.run([sys.executable, "-c", _RUN, *arguments], env=environment, check=True)


def sources(folder: Path) -> list[str]:
    """The files to lint, in order."""
    return [str(path) for path in sorted(folder.glob("*.jsonl"))]


if __name__ == "__main__":
    main()
