"""How often a title is lifted that is the headline, and that is none, by sets whose titles are declared.

    python -m benchmarks.titles [FILE.jsonl …]

Without files, the measuring sets with titles. Each text is read twice: with its declared title as the line above it,
which should be lifted, and as it is, where nothing should be (unless the set has the headline above its texts already,
then that one). What is lifted beside it is a lead, a caption, a credit or a sub-heading.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import orjson

from benchmarks.corpora import FOLDER, records_of
from corpuslint import Anatomy, Document, DocumentId
from corpuslint.facts.phrasebook import folded_phrase
from corpuslint.facts.titles import title_of

_EACH = 300


def main() -> None:
    """Print a row a set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    paths = parser.parse_args().files
    sets = {path.stem: [orjson.loads(line) for line in path.open("rb")] for path in paths} or {
        path.name.removesuffix(".jsonl.gz"): records_of(path.name.removesuffix(".jsonl.gz"))
        for path in sorted(FOLDER.glob("*.jsonl.gz"))
    }
    columns = ("set", "texts", "headline lifted", "another line", "without a headline", "a line lifted")
    print("| " + " | ".join(columns) + " |\n" + "|---" * len(columns) + "|")
    totals = [0] * 5
    for name, records in sets.items():
        titled = [one for one in records if len(str(one.get("title") or "")) > 8 and len(str(one.get("text"))) > 120]
        counts = [0] * 5
        for record in random.Random(11).sample(titled, min(_EACH, len(titled))):
            title, text = str(record["title"]).strip(), str(record["text"])
            language = str(record.get("lang") or "")
            above = folded_phrase(text[: len(title) + 60]).startswith(folded_phrase(title))
            lifted = [_title(read, language) for read in ([text] if above else [f"{title}\n{text}", text])]
            right = [folded_phrase(one) == folded_phrase(title) for one in lifted]
            counts[0] += 1
            counts[1] += right[0]
            counts[2] += bool(lifted[0]) and not right[0]
            counts[3] += not above
            counts[4] += not above and bool(lifted[-1]) and not right[-1]
        if counts[0]:
            print(f"| {name} | " + " | ".join(map(str, counts)) + " |", flush=True)
            totals = [before + more for before, more in zip(totals, counts, strict=True)]
    print("| all | " + " | ".join(map(str, totals)) + " |")


def _title(text: str, language: str) -> str:
    return title_of(Anatomy(Document(DocumentId("d"), text, {"language": language} if language else {})))


if __name__ == "__main__":
    main()
