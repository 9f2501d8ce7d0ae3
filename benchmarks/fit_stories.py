"""Fit what `corpuslint/facts` knows of stories, and write it as data one can read.

usage: python benchmarks/fit_stories.py CORPORA_FOLDER    (needs scikit-learn; 10 minutes)

Written to corpuslint/facts/data: story-terms.tsv (how common each term is), story-openings.tsv (a linear model of how
a story's first paragraph reads), story-model.json (the trees that judge a boundary, and weighted sums: how sure a score
is, whether a foreign tail is one story or a block of openings, whether a story follows a marker).

Articles to fit on are split into two halves: what is fitted on one half scores the other, and only such scores are
fitted on further. The final tables are fitted on both halves; the outlets that `stories.py` reports on are in neither.
"""

from __future__ import annotations

import json
import random
import re
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from stories_data import (
    _DATELINE,
    Article,
    Case,
    joined,
    paragraphs_of,
    read_articles,
    read_rows,
    singles,
    teaser_of,
    with_marker,
    with_teasers,
)

from corpuslint.facts import terms
from corpuslint.facts.cohesion import SIGNS, boundary_signs, numbered
from corpuslint.words.levels import TERM, folded

DATA = Path(__file__).parents[1] / "corpuslint" / "facts" / "data"

_ARTICLES = {folded(affix, TERM) for affix in terms.ARTICLES}
_ENDINGS = {folded(affix, TERM) for affix in terms.ENDINGS}

MIXED_SHARE = 0.1
"""Confidence is the probability in a corpus where this share of documents is mixed."""

# A sign may only speak the way it should: more known terms never make a text more foreign. (+1 rises, -1 falls)
MONOTONE = {
    "first_in_own": -1, "first_in_lead": -1, "mean_in_own": -1, "most_in_own": -1, "tail_in_own": -1,
    "before_in_tail": -1, "first_opening": 1, "first_dateline": 1, "first_goes_on": -1, "own_opening": -1,
    "opening_gain": 1, "before_in_own": 1, "step_before": 1, "own_leads": -1, "drop": 1, "before_colon": -1,
}  # fmt: skip


def term_of(token: str) -> str:
    """The term of a folded word as letters, as the kernel cuts it; "" for a word that tells nothing."""
    if len(token) < 3 or token.isdigit():
        return token if token.isdigit() and len(token) > 1 else ""
    size = next((n for n in (4, 3, 2) if len(token) - n >= 3 and token[:n] in _ARTICLES), 0)
    stem = token[size:]
    for clitic in "" if size else "وفلب":
        if stem[0] == clitic and len(stem) > 4:
            stem = stem[1:]
    ending = next((n for n in (3, 2, 1) if len(stem) - n >= 3 and stem[-n:] in _ENDINGS), 0)
    return stem[: len(stem) - ending]


def count_terms(articles: list[Article], corpora: Path) -> None:
    texts: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        texts[article.language].append(article.text)
    for name in ("ur-udtb-sentences", "ckb-sentences", "ps-sentences", "ug-sentences"):
        sentences = [row["text"] for row in read_rows(corpora, name)]
        texts[name[:2]] = [" ".join(sentences[at : at + 10]) for at in range(0, len(sentences), 10)]
    shares: dict[str, float] = {}
    for documents in texts.values():
        found: Counter[str] = Counter()
        for text in documents:
            found.update({term_of(token) for token in re.findall(r"[^\W_]+", folded(text, TERM))})
        least = max(4, 0.004 * len(documents))
        for term, count in found.items():
            if term and count >= least:
                shares[term] = max(shares.get(term, 0.0), count / len(documents))
    lines = ["# term<TAB>share of articles that have it, in the language where it is commonest"]
    lines += [f"{term}\t{share:.4f}" for term, share in sorted(shares.items(), key=lambda item: (-item[1], item[0]))]
    (DATA / "story-terms.tsv").write_text("\n".join(lines) + "\n", "utf-8")


def fit_openings(articles: list[Article], seed: int) -> dict[str, float]:
    from corpuslint.facts.cohesion import is_paragraph
    from corpuslint.facts.openings import features_of

    rng = random.Random(seed)
    rows, first = [], []
    for article in articles:
        paragraphs = [paragraph for paragraph in article.paragraphs if is_paragraph(paragraph)]
        if len(paragraphs) < 2:
            continue
        for number, paragraph in enumerate(paragraphs):
            raw = _DATELINE.sub("", paragraph) if number == 0 else paragraph
            if number == 0 and len(raw) > 330 and rng.random() < 0.5:
                raw = teaser_of(article, rng)
            rows.append(features_of(raw.strip()))
            first.append(number == 0)
    count = Counter(feature for row in rows for feature in set(row))
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{feature: 1.0 for feature in row if count[feature] >= 5} for row in rows])
    model = LogisticRegression(C=0.3, max_iter=400, class_weight="balanced").fit(matrix, first)
    weights = dict(zip(vectorizer.get_feature_names_out(), map(float, model.coef_[0]), strict=True))
    weights["bias"] = weights.get("bias", 0.0) + float(model.intercept_[0])
    return {feature: round(weight, 2) for feature, weight in weights.items() if abs(weight) >= 0.03}


def signs_of(case: Case, weights: dict[str, float], declared: bool) -> tuple[list[tuple[float, ...]], int]:
    """The rows of a document and the number of the true boundary's row, -1 where there is none."""
    from corpuslint.facts import stories
    from corpuslint.facts.layout import lines_of
    from corpuslint.facts.markers import marker_on
    from corpuslint.facts.terms import terms_of

    lines = [line for line in lines_of(case.text) if line.text and marker_on(line, case.text) is None]
    paragraphs = stories._paragraphs(case.text, lines)
    if not 2 <= len(paragraphs) <= stories.MOST_PARAGRAPHS:
        return [], -1
    title = terms_of(case.title) if declared else {}
    flat = boundary_signs(paragraphs, numbered(paragraphs, title), range(1, len(paragraphs)))
    rows = [tuple(flat[at : at + len(SIGNS)]) for at in range(0, len(flat), len(SIGNS))]
    true = -1
    if case.boundary >= 0:
        true = next((k for k, paragraph in enumerate(paragraphs) if paragraph.span.end > case.boundary), 0) - 1
    return rows, true


Row = tuple[str, int, list[tuple[float, ...]], int]


def rows_of(cases: Iterable[Case], weights: dict[str, float], rng: random.Random) -> list[Row]:
    from corpuslint.facts import openings

    openings.use_weights(weights)
    # A title is often missing: the model learns to do without.
    return [(case.kind, case.teasers, *signs_of(case, weights, rng.random() > 0.4)) for case in cases]


def fit_forest(rows: list[Row]) -> HistGradientBoostingClassifier:
    x = np.array([row for _, _, signs, _ in rows for row in signs])
    y = np.array([number == true for _, _, signs, true in rows for number in range(len(signs))])
    model = HistGradientBoostingClassifier(
        max_iter=400,
        max_leaf_nodes=20,
        learning_rate=0.07,
        min_samples_leaf=40,
        l2_regularization=5,
        early_stopping=False,
        random_state=0,
        monotonic_cst=[MONOTONE.get(sign, 0) for sign in SIGNS],
    )
    return model.fit(x, y)


def export_forest(model: HistGradientBoostingClassifier, signs: Sequence[str]) -> dict:
    def nested(nodes: np.ndarray, at: int) -> list | float:
        node = nodes[at]
        if node["is_leaf"]:
            return round(float(node["value"]), 4)
        threshold = float(f"{float(node['num_threshold']):.5g}")
        return [int(node["feature_idx"]), threshold, nested(nodes, node["left"]), nested(nodes, node["right"])]

    trees = [nested(predictors[0].nodes, 0) for predictors in model._predictors]
    return {"signs": list(signs), "base": round(float(model._baseline_prediction.ravel()[0]), 4), "trees": trees}


def export_line(model: LogisticRegression, signs: Iterable[str]) -> dict:
    weights = {sign: round(float(weight), 4) for sign, weight in zip(signs, model.coef_[0], strict=True)}
    return {"base": round(float(model.intercept_[0]), 4), "weights": weights}


Scored = tuple[str, float, bool, bool]
"""Of a document: its kind, its best score, whether the boundary is right within a paragraph, whether it is a block."""


def fit_confidence(scored: list[Scored], block: bool) -> LogisticRegression:
    """From the best score of a document to the probability that its boundary is right.

    A block of several openings is hardly ever met in a single story: the same score is worth more there.
    """
    mixed = np.array([kind != "single" for kind, _, _, _ in scored])
    weight = np.where(mixed, MIXED_SHARE / mixed.sum(), (1 - MIXED_SHARE) / (~mixed).sum()) * len(scored)
    chosen = np.array([is_block == block for _, _, _, is_block in scored])
    x = np.array([[score] for _, score, _, _ in scored])
    y = np.array([right for _, _, right, _ in scored])
    return LogisticRegression(C=1e4).fit(x[chosen], y[chosen], sample_weight=weight[chosen])


def fit_headlines(articles: list[Article], corpora: Path) -> dict:
    """Other articles' headlines, proven by finding the article, against the short lines of articles without any."""
    from corpuslint.facts.anatomy import Anatomy
    from corpuslint.facts.headlines import HEADLINE_SIGNS, headline_candidates
    from corpuslint.model.document import Document, DocumentId

    x, y = [], []
    for row in read_rows(corpora, "mixed-bare-headlines"):
        if zlib.crc32(row["id"].encode()) % 2:
            continue  # the other half is reported on
        for candidate in headline_candidates(Anatomy(Document(DocumentId("a"), row["text"])), {}):
            if candidate.line.text in row["foreign_headlines"]:
                x.append(candidate.signs)
                y.append(True)
    for article in articles:
        if article.outlet != "BBC":
            for candidate in headline_candidates(Anatomy(Document(DocumentId("a"), article.text)), {}):
                x.append(candidate.signs)
                y.append(False)
    print(f"{sum(y)} headlines, {len(y) - sum(y)} other short lines")
    # About one foreign headline in three can be proven by its article; the others were looked at and are foreign too.
    weight = np.where(y, 3.0, 1.0)
    model = LogisticRegression(C=1.0, max_iter=1000).fit(np.array(x), y, sample_weight=weight)
    return export_line(model, HEADLINE_SIGNS)


def cases_of(own: list[Article], half: int, hard: int, teasers: int) -> list[Case]:
    """Single articles, whole and cut short, and mixed ones made of them."""
    return [
        *singles(own),
        *(Case(a.id, "single", a.title, "\n".join(a.paragraphs[: -(len(a.paragraphs) // 3)])) for a in own[::2]),
        *joined(own, "random", 500, 1 + 10 * half),
        *joined(own, "hard", hard, 2 + 10 * half),
        *with_teasers(own, teasers, 3 + 10 * half),
    ]


def main(corpora: Path) -> None:
    articles = [article for article in read_articles(corpora) if article.fits]
    for row in (*read_rows(corpora, "mixed-marked-lines"), *read_rows(corpora, "mixed-bare-headlines")):
        if row["source"] in ("france24", "BBC"):
            day = row["id"].rsplit("-", 1)[-1]
            foreign = set(row.get("foreign_headlines", ()))
            paragraphs = tuple(line for line in paragraphs_of(row["text"]) if line not in foreign)
            articles.append(Article(row["id"], row["source"], "ar", row["title"], day, paragraphs))
    count_terms(articles, corpora)
    halves = [[a for a in articles if zlib.crc32(a.id.encode() + b"x") % 2 == half] for half in (0, 1)]
    openings = [fit_openings(halves[1 - half], half) for half in (0, 1)]
    final = fit_openings(articles, 2)
    lines = ["# feature of a paragraph's opening<TAB>weight (above 0: like the first of a story)"]
    lines += [f"{feature}\t{weight:g}" for feature, weight in sorted(final.items())]
    (DATA / "story-openings.tsv").write_text("\n".join(lines) + "\n", "utf-8")

    rng = random.Random(5)
    rows: list[list[Row]] = []
    for half in (0, 1):
        rows.append(rows_of(cases_of(halves[half], half, 1200, 2600), openings[half], rng))
    halved = [fit_forest(rows[1 - half]) for half in (0, 1)]
    teaser_signs = ("chain", "rest_opening", "rest_leads", "rest_goes_on", "tail_count", "length_spread", "in_first")
    columns = [SIGNS.index(sign) for sign in teaser_signs]
    told = [(kind, signs[true]) for half in (0, 1) for kind, _, signs, true in rows[half] if true >= 0]
    blocks = LogisticRegression(C=1.0, max_iter=500).fit(
        np.array([[row[column] for column in columns] for _, row in told]), [kind == "teasers" for kind, _ in told]
    )
    scored: list[Scored] = []
    for half in (0, 1):
        for kind, _, signs, true in rows[half]:
            if signs:
                scores = halved[half].decision_function(np.array(signs))
                best = int(scores.argmax())
                row = [signs[best][column] for column in columns]
                is_block = signs[best][SIGNS.index("tail_count")] >= 2 and bool(blocks.predict([row])[0])
                scored.append((kind, float(scores[best]), true >= 0 and abs(best - true) <= 1, is_block))
    forest = export_forest(fit_forest(rows[0] + rows[1]), SIGNS)
    lines_ = {
        "tail-confidence": export_line(fit_confidence(scored, block=False), ["score"]),
        "block-confidence": export_line(fit_confidence(scored, block=True), ["score"]),
        "teasers": export_line(blocks, teaser_signs),
    }
    model: dict = {"forests": {"tail": forest}, "lines": lines_}
    write(model)

    # The marked stories lean on the trees, each half on those of the other.
    from corpuslint.facts import openings as reading
    from corpuslint.facts import stories
    from corpuslint.facts.anatomy import Anatomy
    from corpuslint.facts.forest import read_models
    from corpuslint.model.document import Document, DocumentId

    x, y = [], []
    for half in (0, 1):
        write({"forests": {"tail": export_forest(halved[half], SIGNS)}, "lines": lines_})
        stories._FORESTS.update(read_models(DATA / "story-model.json")[0])
        reading.use_weights(openings[half])
        # Markers of the articles' own would be taken for the one put in.
        plain = [article for article in halves[half] if article.outlet not in ("france24", "BBC")]
        for case in with_marker(plain, 1000, 7 + half):
            metadata = {"title": case.title} if rng.random() > 0.4 else {}
            for signs in stories.measure_markers(Anatomy(Document(DocumentId(case.id), case.text, metadata))):
                x.append(signs)
                y.append(case.kind == "marked")
                break  # the marker that was put in comes first; a list after it announces nothing
    lines_["marked"] = export_line(LogisticRegression(C=1.0, max_iter=1000).fit(np.array(x), y), stories.MARKED_SIGNS)
    lines_["headline"] = fit_headlines(articles, corpora)
    write(model)
    stories._FORESTS.update(read_models(DATA / "story-model.json")[0])
    stories.LINES.update(read_models(DATA / "story-model.json")[1])
    reading.use_weights(final)
    print(f"{len(articles)} articles, {len(y)} markers; {lines_}")


def write(model: dict, name: str = "story-model.json") -> None:
    (DATA / name).write_text(json.dumps(model, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
