"""What is learned from the outlets of ar-saudinewsnet, and the findings that it leads to, for a person to read.

python benchmarks/boilerplate.py [--list N]   the first N findings of every piece with the text around them
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict

from corpora import records_of

from corpuslint.facts import repetition
from corpuslint.facts.anatomy import Anatomy
from corpuslint.model.document import Document, DocumentId

WANTED = {
    "the link with its title": "رابط الخبر بصحيفة",
    "the end mark": "انتهى",
    "the share bar": "شارك من خلال",
    "the SMS block": "SMS",
    "the pager": "Next Previous",
}


def collected(records: list[dict[str, object]]) -> tuple[repetition.Index, float]:
    """The index of the records, and the CPU seconds it took."""
    started = time.process_time()
    index: repetition.Index = {}
    for at, record in enumerate(records):
        metadata = {"source": str(record.get("source") or "")}
        repetition.collected(index, Anatomy(Document(DocumentId(f"a#{at}"), str(record["text"]), metadata)))
    return index, time.process_time() - started


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--list", type=int, default=0, help="findings to print, a piece")
    chosen = options.parse_args()
    records = records_of("ar-saudinewsnet")
    index, seconds = collected(records)
    told = repetition.repetitions([index])
    appearances = list(told.appearances())
    print(f"{len(records):,} documents of {len(index)} outlets, {seconds / len(records) * 1e6:.0f} µs a document")
    print(f"{len(told.learned)} pieces learned, {len(appearances)} findings\n")
    by_piece = defaultdict(list)
    for place in appearances:
        by_piece[place.learned].append(place)
    texts = {f"a#{number}": str(record["text"]) for number, record in enumerate(records)}
    for piece in told.learned:
        shown = texts[piece.example][piece.start : piece.end].strip()
        place = piece.place
        count = f"{piece.holders}/{piece.documents}"
        print(f"{piece.site:<14} {piece.kind.name:<5} {place:<4} {count:>8} {piece.share:>5.0%}  {shown[:70]}")
        for one in by_piece[piece][: chosen.list]:
            text = texts[one.document]
            before, behind = text[max(0, one.start - 30) : one.start], text[one.end : one.end + 30]
            print(f"    {one.document:<8} {before!r} [{text[one.start : one.end][:70]!r}] {behind!r}")
    print()
    found = [texts[piece.example][piece.start : piece.end] for piece in told.learned]
    for name, words in WANTED.items():
        print(f"{name:<26} {'learned' if any(words in text for text in found) else 'MISSED'}")


if __name__ == "__main__":
    sys.exit(main())
