"""Run corpuslint with other weights of page lines, or score strings of templates by weights that never saw them.

    python -m benchmarks.fit_page_lines --folds FOLDS
    python -m benchmarks.with_weights FOLDS/page-lines-0.bin check …
    python -m benchmarks.with_weights FOLDS --scorer SCORER STRINGS PROSE CORPORA

SCORER puts each line of STRINGS and PROSE into articles of CORPORA and prints what a command makes of them.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.corpora import FOLDS, fold_of
from corpuslint.cli.app import main as corpuslint
from corpuslint.facts import page_lines

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Run what is asked for, with the weights named first."""
    weights, *rest = sys.argv[1:]
    if rest[0] == "--scorer":
        return scored(Path(weights), *map(Path, rest[1:]))
    vars(page_lines)["DATA"] = Path(weights)
    corpuslint(rest)
    return 0


def scored(weights: Path, scorer: Path, strings: Path, prose: Path, corpora: Path) -> int:
    """Print what the scorer says of each fold, and the sums."""
    rows = strings.read_text("utf-8").splitlines(keepends=True)
    sums: Counter[str] = Counter()
    for fold in range(FOLDS):
        of = [row for row in rows if min(map(fold_of, row.split("\t")[2].split(","))) == fold]
        with tempfile.TemporaryDirectory() as made:
            part = Path(made) / "strings.tsv"
            part.write_text("".join(of), "utf-8")
            command = f"{sys.executable} -m benchmarks.with_weights {weights / f'page-lines-{fold}.bin'}"
            asked = [sys.executable, *map(str, (scorer, part, prose, corpora)), "--command", command]
            told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        print(fold, told.splitlines()[-1], flush=True)
        for how, named, count in re.findall(r"(alone|together) (\d+)/(\d+)", told):
            sums.update({how: int(named), f"of {how}": int(count)})
        flagged, cut = re.findall(r"(\d+) false alarms, (\d+) cut", told)[0]
        sums.update(flagged=int(flagged), cut=int(cut))
    alone, together = (sums[how] / sums[f"of {how}"] for how in ("alone", "together"))
    print(f"{sums['of alone']:,} strings: alone {alone:.4f}, together {together:.4f}; ", end="")
    print(f"of {FOLDS} times the prose {sums['flagged']} flagged, {sums['cut']} cut")
    return 0


if __name__ == "__main__":
    sys.exit(main())
