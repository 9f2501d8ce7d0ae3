"""Duplicates planted in real news, found by corpuslint and by datasketch: recall, precision, documents a CPU second.

python benchmarks/duplicates.py [--peer PYTHON]   PYTHON is the interpreter of a venv with datasketch
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

from corpora import records_of

from corpuslint.facts import duplicates
from corpuslint.facts.anatomy import Anatomy
from corpuslint.model.document import Document, DocumentId
from corpuslint.text.folding import fold

SETS = ("ar-saudinewsnet", "ar-hespress-jazeera", "fa-asriran-2015")
SHARES = (0.05, 0.10, 0.15, 0.20)
RIGHT = 0.55
"""A reported pair is right from this true share on: the rule says 0.6, give or take its 4 points."""
_PERSIAN = str.maketrans({"ي": "ی", "ك": "ک", "ى": "ی", "ة": "ه", "أ": "ا"})
_ARABIC = str.maketrans({"ی": "ي", "ک": "ك"})


def planted(texts: list[str], seed: int = 7) -> tuple[list[str], list[tuple[int, int, str]]]:
    """The texts with copies behind them, and which copy is of which text."""
    chosen = random.Random(seed)
    long = [number for number, text in enumerate(texts) if len(text.split()) >= 60]
    everything, pairs = list(texts), []
    vocabulary = [word for number in long[:300] for word in texts[number].split()]
    picked = chosen.sample(long, 6 * 150)
    for place, number in enumerate(picked):
        words = texts[number].split()
        kind = place % 6
        if kind == 0:
            copy, label = texts[number], "exact"
        elif kind == 1:
            table = _PERSIAN if "ي" in texts[number] else _ARABIC
            copy, label = texts[number].translate(table).replace("ما", "م\N{ARABIC TATWEEL}ا"), "letters"
        else:
            share = SHARES[kind - 2]
            for at in chosen.sample(range(len(words)), int(len(words) * share)):
                words[at] = chosen.choice(vocabulary)
            copy, label = " ".join(words), f"near {share:.0%}"
        pairs.append((number, len(everything), label))
        everything.append(copy)
    return everything, pairs


def runs_of(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", fold(text).lower())
    return {tuple(words[at : at + 2]) for at in range(max(1, len(words) - 1))}


def ours(texts: list[str]) -> tuple[float, set[tuple[int, int]], int]:
    """CPU seconds from texts to pairs, the pairs, and the bytes of the index."""
    started = time.process_time()
    index: duplicates.Index = {}
    for at, text in enumerate(texts):
        duplicates.collected(index, Anatomy(Document(DocumentId(f"a#{at}"), text)))
    told = duplicates.likenesses([index])
    copies = [*told.copies(), *told.near()]
    seconds = time.process_time() - started
    pairs = {(int(copy.kept[2:]), int(copy.document[2:])) for copy in copies}
    return seconds, pairs, sum(len(rows) + len(heads) for rows, heads in index.values())


def theirs(python: str, texts: list[str]) -> tuple[float, set[tuple[int, int]]]:
    script = Path(__file__).with_name("duplicates_peers.py")
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    done = subprocess.run([python, str(script)], input=lines, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    return told["seconds"], {tuple(sorted(pair)) for pair in told["pairs"]}


def told(
    name: str, seconds: float, pairs: set[tuple[int, int]], texts: list[str], truth: list[tuple[int, int, str]]
) -> None:
    """One row of each table."""
    sets: dict[int, set[tuple[str, ...]]] = {}

    def share(left: int, right: int) -> float:
        for number in (left, right):
            if number not in sets:
                sets[number] = runs_of(texts[number])
        return len(sets[left] & sets[right]) / max(len(sets[left] | sets[right]), 1)

    reported = {later for _, later in pairs}
    by_label: dict[str, list[bool]] = {}
    high: list[bool] = []
    for left, right, label in truth:
        hit = right in reported
        by_label.setdefault(label, []).append(hit)
        if share(left, right) >= 0.8:
            high.append(hit)
    right = sum(share(*pair) >= RIGHT for pair in pairs)
    recalls = "  ".join(f"{label} {sum(hits) / len(hits):.3f}" for label, hits in sorted(by_label.items()))
    found = f"recall at J>=0.8 {sum(high) / len(high):.4f} of {len(high)}"
    print(f"{name:<22} {len(texts) / seconds:>9,.0f} docs/CPU s   {found}")
    print(f"{'':<22} precision {right / max(len(pairs), 1):.4f} of {len(pairs)} pairs   recall: {recalls}")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--peer", default="", help="python of a venv with datasketch")
    chosen = options.parse_args()
    texts = [str(record["text"]) for name in SETS for record in records_of(name)]
    everything, truth = planted(texts)
    size = sum(len(text.encode()) for text in everything)
    print(f"{len(everything):,} documents, {size / 1e6:.1f} MB, {len(truth)} planted copies\n")
    ours(everything[:64])  # tables are made once a process
    seconds, pairs, _ = ours(everything)
    told("corpuslint", seconds, pairs, everything, truth)
    print(f"{'':<22} {size / seconds / 1e6:.0f} MB/CPU s")
    if chosen.peer:
        for name, given in (("datasketch raw", everything), ("datasketch folded", [fold(text) for text in everything])):
            peer_seconds, peer_pairs = theirs(chosen.peer, given)
            told(name, peer_seconds, peer_pairs, everything, truth)
            print(f"{'':<22} corpuslint is {peer_seconds / seconds:.1f} times as fast")
    print("\ngrowth: the corpus, and copies of it with other words\n")
    print(f"{'documents':>10} {'CPU s':>8} {'µs/doc':>8} {'index B/doc':>12} {'peak MB':>8}")
    for times in (1, 2, 4, 8):
        grown = [
            text if copy == 0 else re.sub(r"(\w+)", rf"\1{'بتثجحخد'[copy - 1]}", text)
            for copy in range(times)
            for text in texts
        ]
        seconds, _, stored = ours(grown)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        row = f"{len(grown):>10,} {seconds:>8.2f} {seconds / len(grown) * 1e6:>8.0f}"
        print(f"{row} {stored / len(grown):>12.0f} {peak:>8.0f}")


if __name__ == "__main__":
    sys.exit(main())
