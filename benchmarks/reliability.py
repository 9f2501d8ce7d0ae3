"""How often findings that take text out are right, by family and by how sure they say they are.

    python -m benchmarks.fit_page_lines --folds FOLDS
    python -m benchmarks.reliability FOLDS

Whole pages with labelled lines, and strings of page templates put into articles; each is judged with weights of the
fold that never saw its site or its template system. A finding is right where most of the letters it takes stand on
lines that are not the article's. Findings without a fix, and lines that the labels leave open, are not counted.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.corpora import FOLDER, FOLDS, fold_of, records_of
from benchmarks.fit_page_lines import place_of, put
from benchmarks.page_line_peers import articles
from corpuslint.api import rules_for
from corpuslint.config.settings import Settings
from corpuslint.engine.check import check_document
from corpuslint.engine.ruleset import RuleSet
from corpuslint.facts import page_lines
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import Document, DocumentId
from corpuslint.text.positions import line_spans

Labelled = tuple[str, list[tuple[str, bool | None]]]
"""A language, and lines with whether each is the page's (None where nobody says)."""

_LABELS = {"inside-article": False, "outside-article": True}
_MOST = 60


def pages(fold: int) -> Iterator[Labelled]:
    """Whole pages of the sites of a fold, at most sixty of a set and site."""
    for name in ("pages-lines", "pages-lines-bbc-2009", "pages-lines-urdu-bbc"):
        seen: Counter[str] = Counter()
        for row in records_of(name):
            site = str(row["site"])
            seen[site] += 1
            if fold_of(site) == fold and seen[site] <= _MOST:
                lines: Sequence[dict[str, str]] = row["lines"]  # type: ignore[assignment]
                yield str(row.get("lang", "")), [(line["text"], _LABELS.get(line["label"])) for line in lines]


def templates(fold: int) -> Iterator[Labelled]:
    """Strings of the template systems of a fold, each in an article."""
    bases, rng = articles(), random.Random(fold)
    for row in (FOLDER / "page-lines.tsv").read_text("utf-8").splitlines():
        language, category, systems, string = row.split("\t")
        if language in bases and min(map(fold_of, systems.split(","))) == fold:
            lines, at = put(rng.choice(bases[language]), [string], place_of(category, rng))
            yield language, [(line, number == at) for number, line in enumerate(lines)]


def judged(page: Labelled, rules: RuleSet) -> Iterator[tuple[Diagnostic, bool]]:
    """The findings of a page that take text out, and whether they are right."""
    language, lines = page
    text = "\n".join(line for line, _ in lines)
    known = {"language": language, "title": "عنوان", "source": "outlet.example", "published": "2016-05-03"}
    spans = line_spans(text)
    for finding in check_document(Document(DocumentId("page"), text, known), rules):
        taken = {False: 0, True: 0}
        for start, end in (edit.span for edit in (finding.fix.edits if finding.fix else ()) if not edit.content):
            for span, (_, answer) in zip(spans, lines, strict=False):
                if answer is not None and start < span.end and span.start < end:
                    taken[answer] += min(end, span.end) - max(start, span.start)
        if any(taken.values()):
            yield finding, taken[True] > taken[False]


def main() -> int:
    """Print a table."""
    folder = Path(sys.argv[1])
    rules = rules_for(Settings()).narrowed(lambda spec: spec.code[:3] in ("ART", "SRC", "DAT", "MIX"))
    seen: Counter[tuple[str, int]] = Counter()
    right: Counter[tuple[str, int]] = Counter()
    sums: Counter[tuple[str, int]] = Counter()
    wrong: Counter[str] = Counter()
    for fold in range(FOLDS):
        vars(page_lines)["DATA"] = folder / f"page-lines-{fold}.bin"
        page_lines.model.cache_clear()
        for page in (*pages(fold), *templates(fold)):
            for finding, is_right in judged(page, rules):
                key = finding.code[:3], 10 if finding.confidence >= 0.95 else int(finding.confidence * 10)
                seen[key] += 1
                right[key] += is_right
                sums[key] += finding.confidence
                wrong[finding.code] += key[1] == 10 and not is_right
    print("family\tpredicted\tobserved\tfindings")
    for family, number in sorted(seen):
        key = family, number
        print(f"{family}\t{sums[key] / seen[key]:.2f}\t{right[key] / seen[key]:.2f}\t{seen[key]}")
    print("wrong at 0.95 and more:", ", ".join(f"{code} {count}" for code, count in wrong.most_common(8) if count))
    return 0


if __name__ == "__main__":
    sys.exit(main())
