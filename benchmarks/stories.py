"""Mixed stories: how many are found, where, and how often a single story is taken for two; beside two baselines.

usage: python benchmarks/stories.py CORPORA_FOLDER [SEEDS_FOLDER [SINGLES.jsonl.gz]]

Baselines (needs nltk): TextTiling's depth score and a plain cohesion dip (cosine of the words before and after a
paragraph break), on every fourth document. Both are given the threshold at which 1 % of the single articles are
flagged, and once more none ("always": the best boundary of every document). Ours is judged as it ships: every finding
("ours"), those from 0.5 on, and those that are errors.
No article here is one that `fit_stories.py` fits on.
"""

from __future__ import annotations

import json
import math
import random
import re
import sys
import time
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from stories_data import (
    UNSEEN_IMPRINTS,
    UNSEEN_MARKERS,
    Case,
    before,
    headed,
    inside,
    joined,
    newspaper,
    read_articles,
    read_rows,
    read_shaped,
    singles,
    with_marker,
    with_teasers,
)

from corpuslint import Anatomy, Document, DocumentId

SURE, LIKELY = 0.9, 0.5


class Verdict(NamedTuple):
    """The best boundary a detector sees (an offset) and how much it believes in it."""

    at: int
    score: float


def anatomy_of(case: Case, titled: bool = True) -> Anatomy:
    return Anatomy(Document(DocumentId(case.id), case.text, {"title": case.title} if titled else {}))


def ours(case: Case) -> Verdict:
    found = anatomy_of(case).unmarked
    if not found:
        return Verdict(-1, 0.0)
    # Of several foreign stories the one that is meant counts, of false alarms the surest.
    near = min(
        found, key=lambda story: abs(story.span.start - case.boundary) if case.boundary >= 0 else -story.confidence
    )
    # An error may have less than SURE, or more and be none: its beginning counts.
    score = max(near.confidence, SURE) if near.is_sure else min(near.confidence, SURE - 0.01)
    return Verdict(near.span.start, score)


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


def latin(text: str) -> str:
    """`text` with every letter spelled by three Latin ones: NLTK's TextTiling drops all letters but a to z."""
    return "".join(
        f"{chr(97 + ord(c) // 676 % 26)}{chr(97 + ord(c) // 26 % 26)}{chr(97 + ord(c) % 26)}"
        if c.isalpha()
        else c
        if c in " \n"
        else " "
        for c in text
    )


def text_tiling(case: Case) -> Verdict:
    from nltk.tokenize.texttiling import TextTilingTokenizer

    starts = paragraph_starts(case.text)
    if len(starts) < 2:
        return Verdict(-1, -1.0)
    tokens = [len(latin(case.text[:start]).split()) for start in starts]
    stop_words = [latin(word) for word in ("في", "من", "على", "أن", "إلى", "و", "به", "از", "که")]
    tiler = TextTilingTokenizer(w=20, k=6, stopwords=stop_words, demo_mode=True)
    try:
        _, _, depths, _ = tiler.tokenize(latin(case.text).replace("\n", "\n\n"))
    except ValueError:  # too short for it
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


def main(corpora: Path, seeds: Path | None, more: Path | None) -> None:
    articles = [article for article in read_articles(corpora) if not article.fits]
    mixed, controls, others = unmarked_cases(corpora)
    urdu = [article for article in articles if article.language == "ur"]
    articles = [article for article in articles if article.language != "ur"]
    arabic, persian = ([article for article in articles if article.language == language] for language in ("ar", "fa"))
    single, single_urdu = list(singles(articles)), list(singles(urdu))
    with_lines = list(headed(articles, 110, UNSEEN_IMPRINTS))
    sets: list[tuple[str, list[Case], list[Case]]] = [
        ("1 mixed-ar-unmarked (controls)", mixed, controls),
        ("2 joined pairs, random", list(joined(articles, "random", 500, 111)), single),
        ("2 joined pairs, hard", list(joined(articles, "hard", 500, 112)), single),
        ("  teaser blocks, made", list(with_teasers(articles, 500, 113)), single),
        ("  pairs, random, Arabic", list(joined(arabic, "random", 150, 114)), single),
        ("  pairs, random, Persian", list(joined(persian, "random", 150, 115)), single),
        ("  pairs, random, Urdu", list(joined(urdu, "random", 200, 116)), single_urdu),
        ("  with headline lines", list(newspaper(articles, 500, 117, UNSEEN_IMPRINTS)), with_lines),
        ("  with headline lines, Urdu", list(newspaper(urdu, 100, 217, UNSEEN_IMPRINTS)), single_urdu),
        ("  inside the story", list(inside(articles, 500, 118, UNSEEN_IMPRINTS)), single),
        ("  inside the story, Urdu", list(inside(urdu, 100, 218, UNSEEN_IMPRINTS)), single_urdu),
        ("  above the story", list(before(articles, 150, 119, UNSEEN_IMPRINTS)), single),
    ]
    print(f"{'set':34}{'detector':20}{'found':>8}{'exact':>8}{'within 1':>9}{'false alarms':>14}", flush=True)
    calibrate(sets, others)
    alarms("Jawhara FM", list(singles(read_articles(corpora, ("ar-jawhara",))))[::3])
    shaped = read_shaped(corpora, more, fits=False)
    for outlet in sorted({article.outlet for article in shaped}):
        alarms(outlet, list(singles([article for article in shaped if article.outlet == outlet])))
    for name, detect in (("cohesion dip", dip), ("TextTiling", text_tiling)):
        for title, cases, negatives in sets[:4]:
            # Every fourth document is enough to see how far the baselines are.
            few, quiet = cases[::4], [detect(case) for case in negatives[::4]]
            threshold = alarm_threshold(quiet)
            false = sum(verdict.score >= threshold for verdict in quiet) / len(quiet)
            verdicts = [detect(case) for case in few]
            show(title, name, judge(few, verdicts, threshold), false)
            show(title, f"{name}, always", judge(few, verdicts, -10.0), 1.0)
    marked(articles, corpora)
    headlines(corpora, single, controls)
    speed(single)
    if seeds is not None:
        five(seeds)


def alarms(name: str, cases: Sequence[Case]) -> None:
    """False alarms in single texts."""
    found = [ours(case).score for case in cases]
    counts = [sum(score >= least for score in found) for least in (0.01, LIKELY, SURE)]
    print(f"  {name}: {counts[0]} of {len(cases)} found, {counts[1]} from 0.5, {counts[2]} errors", flush=True)


def show(title: str, detector: str, row: Row, false: float) -> None:
    print(f"{title:34}{detector:20}{row.found:8.3f}{row.exact:8.3f}{row.near:9.3f}{false:14.4f}", flush=True)


def calibrate(sets: Sequence[tuple[str, list[Case], list[Case]]], others: Sequence[Case]) -> None:
    """Our rows of the table, and what a confidence of 0.9 is worth."""
    known: dict[int, list[Verdict]] = {}
    right = sure = 0
    for title, cases, negatives in sets:
        quiet = known.setdefault(id(negatives), [])
        quiet += [] if quiet else [ours(case) for case in negatives]
        verdicts = [ours(case) for case in cases]
        for label, threshold in (("ours", 0.01), ("ours, from 0.5", LIKELY), ("ours, errors", SURE)):
            false = sum(verdict.score >= threshold for verdict in quiet) / len(quiet)
            show(title, label, judge(cases, verdicts, threshold), false)
        near = judge(cases, verdicts, SURE)
        sure += round(near.found * len(cases))
        right += round(near.near * len(cases))
    documents = sum(len(cases) for _, cases, _ in sets)
    quiet = [verdict for verdicts in known.values() for verdict in verdicts]
    wrong = sum(verdict.score >= SURE for verdict in quiet) / len(quiet)
    hits = 0.1 * right / documents
    share = hits / (0.1 * sure / documents + 0.9 * wrong)
    print(f"5 calibration: of {sure} errors on mixed texts {right / sure:.3f} are right within one paragraph;")
    print(f"  where a tenth of the documents is mixed, {share:.3f} of all errors are right")
    other = [ours(case) for case in others]
    alarms = [sum(verdict.score >= least for verdict in other) / len(other) for least in (0.01, SURE)]
    print(f"  articles with bare headlines: false alarms {alarms[0]:.4f}, errors {alarms[1]:.4f}", flush=True)


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
    lines = cut = doubted = total = 0
    for row in rows:
        anatomy = anatomy_of(Case(row["id"], "", row["title"], row["text"]))
        got = {block.marker.line.body.start for block in anatomy.markers.related}
        got |= {story.cut.start for story in anatomy.markers.stories}
        total += len(row["markers"])
        doubted += any(not story.is_sure for story in anatomy.markers.stories)
        lines += sum(any(abs(start - marker["offset"]) < 3 for start in got) for marker in row["markers"])
        cut += any(story.is_sure for story in anatomy.markers.stories)
    print(f"4 mixed-marked-lines: {lines}/{total} marker lines seen; of {len(rows)} {cut} split, {doubted} doubted")


def headlines(corpora: Path, single: list[Case], controls: list[Case]) -> None:
    found = total = 0
    for row in read_rows(corpora, "mixed-bare-headlines"):
        if zlib.crc32(row["id"].encode()) % 2 == 0:
            continue  # fitted on
        anatomy = anatomy_of(Case(row["id"], "", row["title"], row["text"]))
        got = "\n".join(headline.span.of(row["text"]) for headline in anatomy.bare_headlines)
        total += len(row["foreign_headlines"])
        found += sum(headline in got for headline in row["foreign_headlines"])
    print(f"4 mixed-bare-headlines (half): {found}/{total} headlines found")
    for name, cases in (("single articles", single), ("controls", controls)):
        lines = sum(len(anatomy_of(case).bare_headlines) for case in cases)
        print(f"  {name}: {lines} headlines in {len(cases)}")


def speed(single: list[Case]) -> None:
    size = sum(len(case.text.encode()) for case in single)
    random.Random(3).shuffle(single)
    anatomies = [anatomy_of(case) for case in single]
    started = time.process_time()
    for anatomy in anatomies:
        anatomy.unmarked  # noqa: B018
    spent = time.process_time() - started
    print(f"5 speed: {size / spent / 1e6:.1f} MB/s of {len(single)} single articles")


def five(seeds: Path) -> None:
    for path in sorted(seeds.glob("*.txt")):
        anatomy = Anatomy(Document(DocumentId(path.name), path.read_text("utf-8")))
        for story in anatomy.stories[1:]:
            because = json.dumps(story.evidence, ensure_ascii=False)
            print(f"6 {path.name}: {story.kind.value} at {story.span.start}, {story.confidence}, {because}")


if __name__ == "__main__":
    paths = [*map(Path, sys.argv[1:]), None, None]
    main(Path(sys.argv[1]), paths[1], paths[2])
