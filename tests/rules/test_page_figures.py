"""Shares of page lines named and of prose left alone on real text: floors just under what was measured last.

Skipped where the measuring sets are absent; CORPUSLINT_CORPORA names their folder when it is not `../shared/corpora`.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.corpora import FOLDER

ROOT = Path(__file__).resolve().parents[2]
SCORER = FOLDER.parent / "tools" / "score_page_lines.py"
PROSE = FOLDER.parent / "cases" / "prose.tsv"
needs_corpora = pytest.mark.skipif(not SCORER.is_file(), reason="needs the measuring sets")


def printed(*command: str | Path) -> str:
    done = subprocess.run([sys.executable, *map(str, command)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def figures(pattern: str, report: str) -> list[float]:
    found = re.search(pattern, report)
    assert found, report[-600:]
    return [float(figure.replace(",", "")) for figure in found.groups()]


@needs_corpora
def test_lines_of_templates_are_named_and_sentences_are_not() -> None:
    command = f"{sys.executable} -m corpuslint"
    report = printed(SCORER, FOLDER / "page-lines.tsv", PROSE, FOLDER, "--command", command)
    alone, together, flagged, cut = figures(
        r"alone ([\d.]+), together ([\d.]+) .* (\d+) false alarms, (\d+) cut", report
    )
    assert alone >= 0.69
    assert together >= 0.94
    assert flagged <= 3
    assert cut == 0


@needs_corpora
def test_lines_outside_the_article_are_named_and_those_inside_are_not() -> None:
    report = printed("-m", "benchmarks.whole_pages", "--most", "20")
    told = r"outside ([\d.]+) of [\d,]+\tinside \d+ of [\d,]+, (\d+) in error"
    least = {"pages-lines": (0.53, 20), "pages-lines-bbc-2009": (0.72, 1), "pages-lines-urdu-bbc": (0.74, 1)}
    for name, (named, wrong) in least.items():
        outside, inside = figures(rf"\n{name}\t{told}", report)
        assert outside >= named, name
        assert inside <= wrong, name
