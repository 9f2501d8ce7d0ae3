"""Mixed stories: how many are found, where, and how often a single story is taken for two; beside two baselines.

usage: python benchmarks/stories.py CORPORA_FOLDER [SEEDS_FOLDER]

Baselines (needs nltk): TextTiling's depth score and a plain cohesion dip (cosine of the words before and after a
paragraph break). Both are given the threshold at which 1 % of the single articles are flagged; ours is judged as it
ships: every finding ("ours"), and findings that are errors ("ours, errors": confidence 0.9 and more).
No article here is one that `fit_stories.py` fits on.
"""

from __future__ import annotations

import json
import math
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from stories_data import (
    UNSEEN_MARKERS,
    Case,
    joined,
    read_articles,
    read_rows,
    singles,
    with_marker,
    with_teasers,
)

from corpuslint import Anatomy, Document, DocumentId

SURE = 0.9


class Verdict(NamedTuple):
    """The best boundary a detector sees (an offset) and how much it believes in it."""

    at: int
    score: float


def anatomy_of(case: Case, titled: bool = True) -> Anatomy:
    return Anatomy(Document(DocumentId(case.id), case.text, {"title": case.title} if titled else {}))


def ours(case: Case) -> Verdict:
    tail = anatomy_of(case).tail
    return Verdict(-1, 0.0) if tail is None else Verdict(tail.span.start, tail.confidence)


def paragraph_starts(text: str) -> list[int]:
    return [match.start() for match in re.finditer(r"[^\n]*[^\s][^\n]*", text)]


def dip(case: Case) -> Verdict:
    starts = paragraph_starts(case.text)
    words = [
        Counter(re.findall(r"\w{3,}", case.text[start:end]))
        for start, end in zip(starts, [*starts[1:], len(case.text)], strict=True)
    ]
    best = Verdict(-1, -1.0)
    for k in range(1, len(words)):
        before, after = sum(words[:k], Counter()), sum(words[k:], Counter())
        norm = math.sqrt(sum(v * v for v in before.values()) * sum(v * v for v in after.values())) or 1.0
        score = -sum(count * after[word] for word, count in before.items()) / norm
        best = max(best, Verdict(starts[k], score), key=lambda verdict: verdict.score)
    return best


def text_tiling(case: Case) -> Verdict:
    from nltk.tokenize.texttiling import TextTilingTokenizer

    starts = paragraph_starts(case.text)
    if len(starts) < 2:
        return Verdict(-1, -1.0)
    tokens = [len(re.findall(r"\w+", case.text[:start])) for start in starts]
    stop_words = ["في", "من", "على", "أن", "إلى", "و", "به", "از", "که"]
    tiler = TextTilingTokenizer(w=20, k=6, stopwords=stop_words, demo_mode=True)
    try:
        _, _, depths, _ = tiler.tokenize(case.text.replace("\n", "\n\n"))
    except ValueError:
        return Verdict(-1, -1.0)
    best = max(range(len(depths)), key=lambda gap: depths[gap])
    k = min(range(1, len(starts)), key=lambda number: abs(tokens[number] - 20 * (best + 1)))
    return Verdict(starts[k], float(depths[best]))


class Row(NamedTuple):
    found: float
    exact: float
    near: float


def judge(cases: Sequence[Case], verdicts: Sequence[Verdict], threshold: float) -> Row:
    found = exact = near = 0
    for case, verdict in zip(cases, verdicts, strict=True):
        if verdict.at < 0 or verdict.score < threshold:
            continue
        starts = paragraph_starts(case.text)
        true = min(range(len(starts)), key=lambda n: abs(starts[n] - case.boundary))
        mine = min(range(len(starts)), key=lambda n: abs(starts[n] - verdict.at))
        found += 1
        exact += mine == true
        near += abs(mine - true) <= 1
    return Row(found / len(cases), exact / len(cases), near / len(cases))


def alarm_threshold(verdicts: Sequence[Verdict]) -> float:
    scores = sorted((verdict.score for verdict in verdicts), reverse=True)
    return scores[len(scores) // 100] + 1e-9


def unmarked_cases(corpora: Path) -> tuple[list[Case], list[Case], list[Case]]:
    mixed = []
    for row in read_rows(corpora, "mixed-ar-unmarked"):
        lines = row["text"].split("\n")
        boundary = sum(len(line) + 1 for line in lines[: row["own_end"]])
        mixed.append(Case(row["id"], "mixed", row["title"], row["text"], boundary))
    controls, others = (
        [Case(row["id"], "single", row["title"], row["text"]) for row in read_rows(corpora, name)]
        for name in ("mixed-ar-controls", "mixed-bare-headlines")
    )
    return mixed, controls, others


def main(corpora: Path, seeds: Path | None) -> None:
    articles = [article for article in read_articles(corpora) if not article.fits]
    mixed, controls, others = unmarked_cases(corpora)
    single = list(singles(articles))
    sets: list[tuple[str, list[Case], list[Case]]] = [
        ("1 mixed-ar-unmarked (controls)", mixed, controls),
        ("2 joined pairs, random", list(joined(articles, "random", 500, 111)), single),
        ("2 joined pairs, hard", list(joined(articles, "hard", 500, 112)), single),
        ("  teaser blocks, made", list(with_teasers(articles, 500, 113)), single),
    ]
    detectors: list[tuple[str, Callable[[Case], Verdict]]] = [
        ("ours", ours),
        ("cohesion dip", dip),
        ("TextTiling", text_tiling),
    ]
    print(f"{'set':34}{'detector':20}{'found':>8}{'exact':>8}{'within 1':>9}{'false alarms':>14}")
    sure: list[bool] = []
    for name, detect in detectors:
        alarms = {id(negatives): [detect(case) for case in negatives] for negatives in (controls, single)}
        for title, cases, negatives in sets:
            verdicts = [detect(case) for case in cases]
            quiet = alarms[id(negatives)]
            thresholds = [("ours", 0.0), ("ours, errors", SURE)] if name == "ours" else [(name, alarm_threshold(quiet))]
            for label, threshold in thresholds:
                row = judge(cases, verdicts, threshold)
                false = sum(verdict.at >= 0 and verdict.score >= threshold for verdict in quiet) / len(quiet)
                print(f"{title:34}{label:20}{row.found:8.3f}{row.exact:8.3f}{row.near:9.3f}{false:14.4f}", flush=True)
            if name == "ours":
                sure += [
                    judge([case], [verdict], SURE).near == 1.0
                    for case, verdict in zip(cases, verdicts, strict=True)
                    if verdict.score >= SURE
                ]
        if name == "ours":
            wrong = sum(verdict.score >= SURE for verdict in alarms[id(single)])
            print(f"5 calibration: of {len(sure)} errors on mixed texts, right within one: {sum(sure) / len(sure):.3f}")
            share = len(sure) / sum(len(cases) for _, cases, _ in sets)
            rate = wrong / len(single)
            right = 0.1 * share * sum(sure) / len(sure)
            print(f"  where a tenth of documents is mixed: {right / (0.1 * share + 0.9 * rate):.3f}")
            bbc = [ours(case) for case in others]
            alarms_bbc = [sum(verdict.score >= least for verdict in bbc) / len(bbc) for least in (0.01, SURE)]
            print(f"  false alarms on articles with bare headlines: {alarms_bbc[0]:.4f}, errors {alarms_bbc[1]:.4f}")
    marked(articles, corpora)
    speed(single)
    if seeds is not None:
        five(seeds)


def marked(articles: list, corpora: Path) -> None:
    for label, markers in (("3 marked, listed spellings", None), ("3 marked, unseen spellings", UNSEEN_MARKERS)):
        arabic = [article for article in articles if article.language == "ar" or markers is None]
        cases = list(with_marker(arabic, 800, 31, markers) if markers else with_marker(arabic, 800, 31))
        found = exact = wrong = 0
        for case in cases:
            stories = anatomy_of(case).markers.stories
            if case.kind == "marked":
                found += bool(stories)
                exact += bool(stories) and stories[0].span.start == case.boundary
            else:
                wrong += bool(stories)
        half = len(cases) // 2
        print(f"{label:34}{'ours':20}{found / half:8.3f}{exact / half:8.3f}{'':9}{wrong / half:14.4f}")
    rows = read_rows(corpora, "mixed-marked-lines")
    lines = cut = total = 0
    for row in rows:
        anatomy = anatomy_of(Case(row["id"], "", row["title"], row["text"]))
        got = {block.marker.line.body.start for block in anatomy.markers.related}
        got |= {story.cut.start for story in anatomy.markers.stories}
        total += len(row["markers"])
        lines += sum(any(abs(start - marker["offset"]) < 3 for start in got) for marker in row["markers"])
        cut += bool(anatomy.markers.stories)
    print(f"4 mixed-marked-lines: {lines}/{total} marker lines seen; {cut}/{len(rows)} documents split by mistake")


def speed(single: list[Case]) -> None:
    from corpuslint.facts.glance import may_hold_a_tail

    size = sum(len(case.text.encode()) for case in single)
    random.Random(3).shuffle(single)
    anatomies = [anatomy_of(case) for case in single]
    started = time.perf_counter()
    for anatomy in anatomies:
        anatomy.tail  # noqa: B018
    spent = time.perf_counter() - started
    awake = sum(may_hold_a_tail(case.text) for case in single) / len(single)
    print(f"5 speed: {size / spent / 1e6:.1f} MB/s; the model ran on {awake:.2f} of {len(single)} single articles")


def five(seeds: Path) -> None:
    for path in sorted(seeds.glob("*.txt")):
        anatomy = Anatomy(Document(DocumentId(path.name), path.read_text("utf-8")))
        for story in anatomy.stories[1:]:
            because = json.dumps(story.evidence, ensure_ascii=False)
            print(f"6 {path.name}: {story.kind.value} at {story.span.start}, {story.confidence}, {because}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
