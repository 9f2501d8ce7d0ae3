"""How many lines of whole pages are named, outside the article and inside it, by weights that never saw the site.

    python -m benchmarks.fit_page_lines --folds FOLDS
    python -m benchmarks.whole_pages [FOLDS] [--most PAGES]

Without FOLDS the shipped weights judge, which were fitted on these pages. `check` judges the pages of each site
together, as a corpus, so that what a site repeats tells too. A line is named where a finding of ART, SRC, DAT, MIX or
MET takes half of it, at whatever severity. Of lines inside the article, those that are no more than an address, a
source or a ruler are no errors: they stand there, and are what the rule says.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from benchmarks.corpora import fold_of, records_of
from corpuslint.cli.app import main as corpuslint
from corpuslint.facts import page_lines
from corpuslint.text.positions import line_spans

SETS = ("pages-lines", "pages-lines-bbc-2009", "pages-lines-urdu-bbc")
RIGHT_ANYWHERE = ("ART007", "ART042", "SRC010")
CHECK = ("check", "--isolated", "--no-cache", "--exit-zero", "--jobs", "1", "--quiet", "--output-format", "json-lines")


def findings(lines: list[list[str]], language: str, site: str) -> dict[int, list[dict[str, Any]]]:
    """What `check` reports of the pages of a site, by the number of the page."""
    with tempfile.TemporaryDirectory() as made:
        pages, report = Path(made) / "pages.jsonl", Path(made) / "report"
        known = {"language": language, "source": site, "published": "2016-05-03"}
        rows = [
            {"id": str(at), "title": f"صفحة {at}", "text": "\n".join(page), **known} for at, page in enumerate(lines)
        ]
        pages.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
        try:
            corpuslint([*CHECK, "--select", "ART,SRC,DAT,MIX,MET", "--output-file", str(report), str(pages)])
        except SystemExit as end:
            if end.code:
                raise
        found = defaultdict(list)
        for row in report.read_text("utf-8").splitlines():
            finding = json.loads(row)
            if finding["record"] and finding["end_offset"] > finding["offset"]:
                found[int(finding["record"]["id"])].append(finding)
    return found


def codes(lines: list[str], found: list[dict[str, Any]]) -> list[set[str]]:
    """The codes that name each line of a page."""
    named: list[set[str]] = []
    for start, end in line_spans("\n".join(lines)):
        taken = [(one["code"], min(end, one["end_offset"]) - max(start, one["offset"])) for one in found]
        named.append({code for code, length in taken if length > 0 and 2 * length >= end - start})
    return named


def main() -> int:
    """Print a line a site, and sums."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folds", type=Path, nargs="?")
    parser.add_argument("--most", type=int, default=100, help="pages of a site")
    arguments = parser.parse_args()
    sites: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for name in SETS:
        rows = records_of(name)
        random.Random(5).shuffle(rows)
        for row in rows:
            pages = sites[name, str(row["site"])]
            pages += [row] if len(pages) < arguments.most else []
    sums: Counter[tuple[str, str]] = Counter()
    inside: Counter[str] = Counter()
    for (name, site), pages in sorted(sites.items()):
        if arguments.folds:
            vars(page_lines)["DATA"] = arguments.folds / f"page-lines-{fold_of(site)}.bin"
        page_lines.model.cache_clear()
        texts = [[" ".join(line["text"].split()) for line in page["lines"] if line["text"].strip()] for page in pages]
        found = findings(texts, str(pages[0].get("lang", "")), site)
        here: Counter[str] = Counter()
        for at, (page, lines) in enumerate(zip(pages, texts, strict=True)):
            labels = [line["label"].partition("-")[0] for line in page["lines"] if line["text"].strip()]
            for label, named in zip(labels, codes(lines, found[at]), strict=True):
                here[label] += 1
                here[f"{label} named"] += bool(named)
                here[f"{label} named in error"] += bool(named.difference(RIGHT_ANYWHERE))
                if label == "inside":
                    inside.update(named)
        sums.update({(name, key): count for key, count in here.items()})
        print(f"{name}\t{site}\t{len(pages)} pages\t{told(here)}", flush=True)
    for name in SETS:
        print(f"{name}\t{told(Counter({key: count for (of, key), count in sums.items() if of == name}))}")
    print("inside:", ", ".join(f"{code} {count}" for code, count in inside.most_common(12)))
    return 0


def told(here: Counter[str]) -> str:
    """What is named of the lines outside, and of those inside."""
    share = here["outside named"] / max(1, here["outside"])
    wrong = here["inside named in error"]
    inside = f"inside {here['inside named']} of {here['inside']:,}, {wrong} in error"
    return f"outside {share:.2f} of {here['outside']:,}\t{inside}"


if __name__ == "__main__":
    sys.exit(main())
