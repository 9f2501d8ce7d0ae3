"""Fit what `corpuslint/facts` knows of stories, and write it as data one can read.

usage: python benchmarks/fit_stories.py CORPORA_FOLDER [SINGLES.jsonl.gz]    (needs scikit-learn; 10 minutes)

SINGLES are further single stories, as rows with "id", "lang", "title" and "text": see `stories.md`.

Written to corpuslint/facts/data: story-terms.tsv (how common each term is), story-vectors.bin (what common terms mean:
an SVD of which terms stand together, a byte a dimension), story-openings.tsv (a linear model of how a story's first
paragraph reads), story-model.json (the trees that judge a stretch of text, and weighted sums: how sure a score is,
whether foreign text is one story or a block of openings, whether a story follows a marker).

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
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import scipy.sparse as sparse
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.utils.extmath import randomized_svd
from stories_data import (
    _DATELINE,
    FIT_OUTLETS,
    Article,
    Case,
    before,
    features_of,
    headed,
    inside,
    joined,
    listed,
    newspaper,
    paragraphs_of,
    read_articles,
    read_more,
    read_rows,
    read_shaped,
    singles,
    teaser_of,
    with_marker,
    with_teasers,
)
from threadpoolctl import threadpool_limits

from corpuslint.facts import terms
from corpuslint.facts.cohesion import SIGNS
from corpuslint.facts.stories import CONFIDENCE_SIGNS, confidence_signs
from corpuslint.text.positions import line_spans
from corpuslint.words.levels import TERM, folded

DATA = Path(__file__).parents[1] / "corpuslint" / "facts" / "data"

_ARTICLES = {folded(affix, TERM) for affix in terms.ARTICLES}
_ENDINGS = {folded(affix, TERM) for affix in terms.ENDINGS}

MIXED_SHARE = 0.1
SHARES = {"tail": MIXED_SHARE, "block": MIXED_SHARE, "inside": 0.05, "above": 0.02}
"""Confidence is told for corpora where a tenth of the documents is mixed, half as many with foreign text inside, fewer
with foreign text above the story."""

# A sign may only speak the way it should: more known terms never make a text more foreign. (+1 rises, -1 falls)
MONOTONE = {
    "first_in_own": -1, "mean_in_own": -1, "most_in_own": -1, "tail_in_own": -1, "before_in_tail": -1,
    "first_opening": 1, "before_in_own": 1, "drop": 1, "drop_of_likeness": 1, "first_drop_of_likeness": 1, "ended": 1,
    "headline_in_own": -1, "topic_in_tail": -1, "tail_topic_in_own": -1, "own_least": 1, "own_least_alike": 1,
    "names_shared": -1, "numbered": -1, "subheads": -1, "gap": -1, "gap_alike": -1,
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
        texts[name[:2]] += [" ".join(sentences[at : at + 10]) for at in range(0, len(sentences), 10)]
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


def fit_vectors(corpora: Path, more: list[Article]) -> None:
    """Vectors of the commonest terms: how much more often than by chance two stand together in forty, in few numbers.

    Read are all articles of the outlets to fit on, and leads and sentences of which no story is made.
    """
    texts: list[tuple[str, str]] = []
    for name in ("ar-saudinewsnet", "ar-hespress-jazeera", "ar-skynews-alarabiya", "fa-isna-2019", "ur-fire-2020"):
        texts += [(name[:2], row["text"]) for row in read_rows(corpora, name) if row["source"] in FIT_OUTLETS]
    rows = read_rows(corpora, "fa-asriran-2015")
    texts += [("fa", row["text"]) for row in rows if zlib.crc32(row["id"].encode()) % 2 == 0]
    texts += [("fa", row["text"]) for row in read_rows(corpora, "fa-hamshahri-2017")]
    texts += [(article.language, article.text) for article in more]
    sentences = [row["text"] for row in read_rows(corpora, "ckb-sentences")]
    texts += [("ckb", " ".join(sentences[at : at + 6])) for at in range(0, len(sentences), 6)]

    stretches = []
    shares: dict[str, Counter[int]] = defaultdict(Counter)
    weights: dict[str, Counter[int]] = defaultdict(Counter)
    for language, text in texts:
        text = text[:6000]
        lines = [terms.terms_of(span.of(text)) for span in line_spans(text)]
        stretch: list[int] = []
        for number, line in enumerate(lines, start=1):
            stretch += line
            if len(stretch) >= STRETCH or number == len(lines):
                stretches.append(list(dict.fromkeys(stretch)))
                stretch = []
            weights[language].update(line)
        shares[language].update({term for line in lines for term in line})
    most: dict[int, float] = {}  # how common a term is in the language where it is commonest
    for language, size in Counter(language for language, _ in texts).items():
        for term, count in shares[language].items():
            if 6 <= count < 0.25 * size:
                most[term] = max(most.get(term, 0.0), count / size)
    common = sorted(most, key=lambda term: (-most[term], term))[:VOCABULARY]
    number = {term: at for at, term in enumerate(common)}
    known = [found for stretch in stretches if (found := [number[term] for term in stretch if term in number])]
    data = np.concatenate([np.full(len(stretch), len(stretch) ** -0.5, "f") for stretch in known])
    begins = np.cumsum([0, *map(len, known)])
    together = sparse.csr_matrix((data, np.concatenate(known).astype(int), begins), (len(known), len(common)))
    pairs = (together.T @ together).tocoo()
    chosen = (pairs.row != pairs.col) & (pairs.data > 1e-3)
    row, column, count = pairs.row[chosen], pairs.col[chosen], pairs.data[chosen].astype(float)
    alone = np.bincount(row, count, len(common))
    expected = alone[row] * (alone**0.75 / (alone**0.75).sum())[column]
    surprise = np.log(np.maximum(count / expected, 1.0))
    matrix = sparse.csr_matrix((surprise, (row, column)), (len(common), len(common)))
    matrix.eliminate_zeros()
    left, sizes, _ = randomized_svd(matrix, terms.DIMENSIONS, n_iter=4, random_state=0)
    vectors = left * sizes**0.5
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    # All stories of a language lean to one side; what is alike in all of them tells none from another.
    said = np.array([[weights[language][term] for term in common] for language in sorted(weights)])
    leaning = said / said.sum(axis=1, keepdims=True)
    vectors -= (leaning @ vectors)[leaning.argmax(axis=0)]
    # Long enough that the largest number of each fits into a byte.
    vectors = np.round(127 * vectors / np.abs(vectors).max(axis=1, keepdims=True).clip(1e-9)).astype("i1")
    (DATA / "story-vectors.bin").write_bytes(np.array(common, "<u8").tobytes() + vectors.tobytes())
    terms.vectors_of_terms.cache_clear()
    print(f"{len(common)} vectors of {len(texts)} texts")


STRETCH = 40
VOCABULARY = 18_000


def fit_openings(articles: list[Article], seed: int) -> dict[str, float]:
    from corpuslint.facts.cohesion import is_paragraph

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
    matrix = vectorizer.fit_transform([{feature: 1.0 for feature in row if count[feature] >= 8} for row in rows])
    model = LogisticRegression(C=0.3, max_iter=400, class_weight="balanced").fit(matrix, first)
    weights = dict(zip(vectorizer.get_feature_names_out(), map(float, model.coef_[0]), strict=True))
    weights["bias"] = weights.get("bias", 0.0) + float(model.intercept_[0])
    return {feature: round(weight, 2) for feature, weight in weights.items() if abs(weight) >= 0.03}


class Measured(NamedTuple):
    """A document's stretches that could be foreign, one row of signs each.

    `true` is the number of the stretch that is, or of one that is off by a paragraph where that one is not measured;
    `near` are all that are off by one at most. `unknown` is the share of words that the lexicon does not know.
    """

    kind: str
    teasers: int
    stretches: list[tuple[int, int]]
    rows: np.ndarray
    true: int
    near: frozenset[int]
    count: int
    unknown: float


def measured(case: Case, declared: bool) -> Measured | None:
    from corpuslint.facts import stories
    from corpuslint.facts.layout import lines_of
    from corpuslint.facts.markers import marker_on
    from corpuslint.words.reading import read

    lines = [line for line in lines_of(case.text) if line.text and marker_on(line, case.text) is None]
    paragraphs = stories._paragraphs(read(case.text), lines, case.title if declared else "")
    if not 2 <= len(paragraphs) <= stories.MOST_PARAGRAPHS:
        return None
    found, _ = paragraphs.parts.stretches()
    if not found:
        return None
    stretches = list(zip(found[::2], found[1::2], strict=True))
    true, near = -1, frozenset()
    if case.boundary >= 0:
        ends = [span.end for span in paragraphs.spans]
        begin = sum(end <= case.boundary for end in ends)
        behind = sum(end <= case.foreign_end for end in ends)
        off = {at: max(abs(start - begin), abs(end - behind)) for at, (start, end) in enumerate(stretches)}
        near = frozenset(at for at, how_far in off.items() if how_far <= 1)
        true = min(near, key=lambda at: off[at], default=-1)
    unknown = 1.0 - paragraphs.parts.familiar()
    rows = np.array(paragraphs.signs(found), "f").reshape(-1, len(SIGNS))
    return Measured(case.kind, case.teasers, stretches, rows, true, near, len(paragraphs), unknown)


def rows_of(cases: Iterable[Case], weights: dict[str, float], rng: random.Random) -> list[Measured]:
    from corpuslint.facts import terms

    terms.use_weights(weights)
    # A title is often missing: the model learns to do without. What stands before the story is told by the title alone.
    found = (measured(case, case.kind == "before" or rng.random() > 0.4) for case in cases)
    return [case for case in found if case is not None]


Forest = HistGradientBoostingClassifier


def fit_forest(documents: list[Measured], moved: bool) -> Forest:
    """Trees for the stretches that go on to the end, or for the others.

    Where something foreign stands inside a story, text that begins with it and goes on to the end is neither foreign
    nor not: it is left out.
    """
    rows, true, weights = [], [], []
    for document in documents:
        begin = document.stretches[document.true][0] if document.true >= 0 else -9
        for at, (start, end) in enumerate(document.stretches):
            if (end < document.count) == moved and (at in document.near or abs(start - begin) > 1 or moved):
                rows.append(document.rows[at])
                true.append(at == document.true)
                weights.append(SHAPED if document.kind == "shaped" else 1.0)
    model = HistGradientBoostingClassifier(
        max_iter=150 if moved else 300,
        max_leaf_nodes=20,
        learning_rate=0.08,
        min_samples_leaf=40,
        l2_regularization=5,
        early_stopping=False,
        random_state=0,
        monotonic_cst=[MONOTONE.get(sign, 0) for sign in SIGNS],
    )
    return model.fit(np.array(rows), true, sample_weight=weights)


SHAPED = 3.0
"""Single texts that are no news (explainers, lives, recipes, features with captions) are few, and count so often."""


def export_forest(model: Forest, signs: Sequence[str]) -> dict:
    def nested(nodes: np.ndarray, at: int) -> list | float:
        node = nodes[at]
        if node["is_leaf"]:
            return round(float(node["value"]), 4)
        threshold = float(f"{float(node['num_threshold']):.5g}")
        return [int(node["feature_idx"]), threshold, nested(nodes, node["left"]), nested(nodes, node["right"])]

    trees = [nested(predictors[0].nodes, 0) for predictors in model._predictors]
    return {"signs": list(signs), "base": round(float(model._baseline_prediction.ravel()[0]), 4), "trees": trees}


def fit_look(documents: list[Measured], trees: dict[str, Forest]) -> dict:
    """Few trees on words alone: a document without a stretch that scores 0 there is let go.

    Of the stretches that are foreign and that the trees find, one in 250 is lost.
    """
    rows = np.vstack([document.rows for document in documents])
    meaning = slice(SIGNS.index("own_alike"), SIGNS.index("ended"))
    words = rows.copy()
    words[:, meaning] = 0.0
    true = np.concatenate([np.arange(len(document.rows)) == document.true for document in documents])
    look = HistGradientBoostingClassifier(
        max_iter=40, max_leaf_nodes=12, learning_rate=0.2, min_samples_leaf=40, l2_regularization=5,
        early_stopping=False, random_state=0,
    ).fit(words, true)  # fmt: skip
    found = true & (scores_of(trees, rows) > LEAST_FOUND)
    forest = export_forest(look, SIGNS)
    forest["base"] = round(forest["base"] - float(np.quantile(look.decision_function(words[found]), 0.004)), 4)
    return forest


LEAST_FOUND = -1.0


def scores_of(models: dict[str, Forest], rows: np.ndarray) -> np.ndarray:
    scores = (models[name].decision_function(rows) for name in ("moved", "tail"))
    return np.where(rows[:, SIGNS.index("place")] != 0, *scores)


def fit_forests(documents: list[Measured]) -> dict[str, Forest]:
    return {"tail": fit_forest(documents, moved=False), "moved": fit_forest(documents, moved=True)}


def export_forests(forests: dict[str, Forest], look: dict) -> dict:
    return {"look": look, **{name: export_forest(forest, SIGNS) for name, forest in forests.items()}}


def export_line(model: LogisticRegression, signs: Iterable[str]) -> dict:
    weights = {sign: round(float(weight), 4) for sign, weight in zip(signs, model.coef_[0], strict=True)}
    return {"base": round(float(model.intercept_[0]), 4), "weights": weights}


class Scored(NamedTuple):
    """Of a document: its best stretch of one sort, the score, whether it is right within a paragraph."""

    kind: str
    sort: str
    right: bool
    signs: tuple[float, ...]


def scored_by(models: dict[str, Forest], blocks: LogisticRegression, documents: list[Measured]) -> list[Scored]:
    """The best stretch that goes on to the end of each document, and the best of the others."""
    rows = np.vstack([document.rows for document in documents])
    place = rows[:, SIGNS.index("place")]
    scores = scores_of(models, rows)
    several = rows[:, SIGNS.index("tail_count")] >= 2
    block = several & blocks.predict(rows[:, [SIGNS.index(sign) for sign in TEASER_SIGNS]])
    sorts = np.select([place > 0, place < 0, block], ["inside", "above", "block"], "tail")
    found = []
    begin = 0
    for document in documents:
        for at_end in (True, False):
            chosen = [at for at, (_, end) in enumerate(document.stretches) if (end == document.count) == at_end]
            if chosen:
                best = max(chosen, key=lambda at: scores[begin + at])
                row = dict(zip(SIGNS, document.rows[best].tolist(), strict=True))
                signs = confidence_signs(float(scores[begin + best]), document.unknown, row)
                found.append(Scored(document.kind, str(sorts[begin + best]), best in document.near, signs))
        begin += len(document.rows)
    return found


TEASER_SIGNS = ("chain", "rest_opening", "rest_opening_least", "rest_leads", "tail_count", "in_first")


LEAST_SCORE = -3.0
"""What scores less is never reported, and its many cases shall not bend the curve."""


def fit_confidence(scored: list[Scored], strange: list[Scored], sort: str) -> LogisticRegression:
    """From the best score of a document, its unknown words and its shape to the probability that it is right.

    A block of several openings is hardly ever met in a single story: one score is worth more there. `strange` are
    documents of languages that nothing was fitted on: how much less a score is worth there, unknown words tell.
    """
    weights, chosen = [], []
    for group, share in ((scored, 0.8), (strange, 0.2)):
        single = sum(case.kind in SINGLE for case in group)
        for case in group:
            if case.sort == sort and case.signs[0] > LEAST_SCORE:
                chosen.append(case)
                part = (1 - MIXED_SHARE) / single if case.kind in SINGLE else MIXED_SHARE / (len(group) - single)
                weights.append(share * part * len(scored))
    x = np.array([case.signs for case in chosen])
    return LogisticRegression(C=1e4, max_iter=1000).fit(x, [case.right for case in chosen], sample_weight=weights)


SINGLE = ("single", "shaped")


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
        if article.outlet not in LINKING:
            for candidate in headline_candidates(Anatomy(Document(DocumentId("a"), article.text)), {}):
                x.append(candidate.signs)
                y.append(False)
    print(f"{sum(y)} headlines, {len(y) - sum(y)} other short lines")
    # About one foreign headline in three can be proven by its article; the others were looked at and are foreign too.
    weight = np.where(y, 3.0, 1.0)
    model = LogisticRegression(C=1.0, max_iter=1000).fit(np.array(x), y, sample_weight=weight)
    return export_line(model, HEADLINE_SIGNS)


def cases_of(own: list[Article], spare: list[Article], shaped: list[Article], half: int) -> list[Case]:
    """Single articles, whole and cut short, mixed ones made of them, and more single texts."""
    rng = random.Random(11 + 10 * half)
    short = [replace(a, paragraphs=a.paragraphs[: rng.randint(2, 5)]) for a in own if len(a.paragraphs) > 2]
    urdu = [article for article in own if article.language == "ur"]
    return [
        *singles(own),
        *singles(spare),
        *(replace(case, kind="shaped") for case in singles(shaped)),
        *headed(own[::2], 8 + 10 * half),
        *listed(own[::4], 14 + 10 * half),
        *(Case(a.id, "single", a.title, "\n".join(a.paragraphs[: -(len(a.paragraphs) // 3)])) for a in own[::2]),
        *singles(short),
        *joined(short, "random", 400, 12 + 10 * half),
        *joined(short, "hard", 400, 13 + 10 * half),
        *joined(own, "random", 1000, 1 + 10 * half),
        *joined(own, "hard", 1800, 2 + 10 * half),
        *joined(urdu, "random", 900, 4 + 10 * half),
        *newspaper(urdu, 300, 9 + 10 * half),
        *inside(urdu, 900, 10 + 10 * half),
        *with_teasers(own, 2000, 3 + 10 * half),
        *newspaper(own, 1200, 5 + 10 * half),
        *inside(own, 2000, 6 + 10 * half),
        *before(own, 900, 7 + 10 * half),
    ]


def strange_cases(corpora: Path) -> list[Case]:
    """Single and joined texts in languages of which no article is fitted on."""
    strange = []
    for name in ("ug-web", "ckb-textbooks"):
        cut = [
            Article(a.id, a.outlet, a.language, a.title, a.day, a.paragraphs[:14])
            for a in read_articles(corpora, (name,))
            if zlib.crc32(a.id.encode()) % 2 == 0
        ]
        strange += [*singles(cut), *joined(cut, "random", 200, 91)]
    return strange


def fit_model(
    rows: list[list[Measured]], strange: list[Measured]
) -> tuple[dict[str, Forest], list[dict[str, Forest]], dict[str, dict]]:
    """The forests, those of each half, and what their scores mean."""
    halved = [fit_forests(rows[1 - half]) for half in (0, 1)]
    columns = [SIGNS.index(sign) for sign in TEASER_SIGNS]
    told = [
        (document.kind, document.rows[document.true])
        for document in rows[0] + rows[1]
        if document.true >= 0 and document.kind in ("random", "hard", "newspaper", "teasers")
    ]
    blocks = LogisticRegression(C=1.0, max_iter=500).fit(
        np.array([row[columns] for _, row in told]), [kind == "teasers" for kind, _ in told]
    )
    scored = [case for half in (0, 1) for case in scored_by(halved[half], blocks, rows[half])]
    trees = fit_forests(rows[0] + rows[1])
    unknown = scored_by(trees, blocks, strange)
    lines_ = {
        f"{sort}-confidence": export_line(fit_confidence(scored, unknown, sort), CONFIDENCE_SIGNS) for sort in SHARES
    }
    for sort, share in SHARES.items():
        line = lines_[f"{sort}-confidence"]
        line["base"] = round(line["base"] + float(np.log(share / (1 - share) / (MIXED_SHARE / (1 - MIXED_SHARE)))), 4)
    lines_["teasers"] = export_line(blocks, TEASER_SIGNS)
    return trees, halved, lines_


class Material(NamedTuple):
    """What is fitted on: all articles, those of `more` among them, and articles, spare ones and other texts by half."""

    articles: list[Article]
    more: list[Article]
    halves: list[list[Article]]
    spare: list[list[Article]]
    shaped: list[list[Article]]


def read_material(corpora: Path, more: Path | None) -> Material:
    news = [article for article in read_more(more) if article.fits]
    articles = [article for article in read_articles(corpora) if article.fits] + news
    for row in (*read_rows(corpora, "mixed-marked-lines"), *read_rows(corpora, "mixed-bare-headlines")):
        if row["source"] in ("france24", "BBC"):
            day = row["id"].rsplit("-", 1)[-1]
            foreign = set(row.get("foreign_headlines", ()))
            paragraphs = tuple(line for line in paragraphs_of(row["text"]) if line not in foreign)
            articles.append(Article(row["id"], row["source"], "ar", row["title"], day, paragraphs))
    halves, spare, shaped = (
        [[a for a in group if zlib.crc32(a.id.encode() + b"x") % 2 == half] for half in (0, 1)]
        for group in (
            articles,
            [article for article in read_articles(corpora, spare=True) if article.fits],
            read_shaped(corpora, more, fits=True),
        )
    )
    return Material(articles, news, halves, spare, shaped)


def fit_rows(read: Material) -> tuple[list[dict[str, float]], list[list[Measured]], random.Random]:
    """Openings fitted on either half, and the signs of the cases of each half, scored by those of the other."""
    openings = [fit_openings(read.halves[1 - half], half) for half in (0, 1)]
    rng = random.Random(5)
    cases = [cases_of(read.halves[half], read.spare[half], read.shaped[half], half) for half in (0, 1)]
    return openings, [rows_of(cases[half], openings[half], rng) for half in (0, 1)], rng


def main(corpora: Path, more: Path | None) -> None:
    read = read_material(corpora, more)
    count_terms(read.articles, corpora)
    fit_vectors(corpora, read.more)
    openings, rows, rng = fit_rows(read)
    final = fit_openings(read.articles, 2)
    lines = ["# feature of a paragraph's opening<TAB>weight (above 0: like the first of a story)"]
    lines += [f"{feature}\t{weight:g}" for feature, weight in sorted(final.items())]
    (DATA / "story-openings.tsv").write_text("\n".join(lines) + "\n", "utf-8")

    strange = rows_of(strange_cases(corpora), final, rng)
    trees, halved, lines_ = fit_model(rows, strange)
    model: dict = {"forests": export_forests(trees, fit_look(rows[0] + rows[1], trees)), "lines": lines_}
    write(model)
    lines_["marked"] = fit_marked(read.halves, halved, openings, model["forests"]["look"], lines_)
    write(model)
    use(final)
    lines_["headline"] = fit_headlines(read.articles, corpora)
    write(model)
    print(f"{len(read.articles)} articles; {lines_}")


def fit_marked(
    halves: list[list[Article]],
    halved: list[dict[str, Forest]],
    openings: list[dict[str, float]],
    look: dict,
    lines: dict[str, dict],
) -> dict:
    """The marked stories lean on the trees, each half on those of the other."""
    from corpuslint.facts import stories, terms
    from corpuslint.facts.anatomy import Anatomy
    from corpuslint.facts.forest import read_models
    from corpuslint.model.document import Document, DocumentId

    rng = random.Random(6)
    rows: list[tuple[tuple[float, ...], bool, float]] = []
    for half in (0, 1):
        path = DATA / "story-model-half.json"
        path.write_text(json.dumps({"forests": export_forests(halved[half], look), "lines": lines}))
        stories._FORESTS.update(read_models(path)[0])
        path.unlink()
        terms.use_weights(openings[half])
        linked, plain = ([a for a in halves[half] if links(a) == told] for told in (True, False))
        for case in (*with_marker(plain, 1000, 7 + half), *singles(linked)):
            metadata = {"title": case.title} if rng.random() > 0.4 else {}
            anatomy = Anatomy(Document(DocumentId(case.id), case.text, metadata))
            title = anatomy.document.declared("title")
            signs = [stories.marked_signs(anatomy.words, place, title) for place in stories.places_of(anatomy)]
            signs = [row for row in signs if row]
            if case.kind == "single":
                rows += [(row, False, 1.0) for row in signs]
            elif signs:  # the marker that was put in comes first; a list after it announces nothing
                rows.append((signs[0], case.kind == "marked", 1.0 if case.kind == "marked" else MADE))
    print(f"{len(rows)} markers")
    x, y, weights = zip(*rows, strict=True)
    model = LogisticRegression(C=1.0, max_iter=1000).fit(np.array(x), y, sample_weight=weights)
    return export_line(model, stories.MARKED_SIGNS)


LINKING = ("ant-france24", "ant-bbc", "france24", "BBC")


def links(article: Article) -> bool:
    """Whether its outlet puts links between the paragraphs; the article goes on after each."""
    return article.outlet in LINKING or article.language == "ur"


MADE = 0.7
"""A made link counts less than a real one: half of them are in the words of the article, more than on pages."""


def use(weights: dict[str, float]) -> None:
    """Judge by the model as it was written last, and by these openings."""
    from corpuslint.facts import stories, terms
    from corpuslint.facts.forest import read_models

    forests, lines = read_models(DATA / "story-model.json")
    stories._FORESTS.update(forests)
    stories.LINES.update(lines)
    terms.use_weights(weights)


def write(model: dict) -> None:
    (DATA / "story-model.json").write_text(json.dumps(model, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    with threadpool_limits(1):  # sums of several threads differ in their last digits
        main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
