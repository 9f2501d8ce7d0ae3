"""What each kind of sign of a second story adds: trees on some of the signs, on articles not fitted on.

usage: python benchmarks/stories_signs.py CORPORA_FOLDER SINGLES.jsonl.gz    (needs scikit-learn; 10 minutes)

For text that goes on to the end, found within a paragraph at 0.2 % and at 0.8 % false alarms in single articles. What
the corpus proves counts in the last row, where the parts of every pair stand in the corpus as well.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import fit_stories
import numpy as np
from fit_stories import Measured, fit_forest, fit_rows, measured, read_material
from stories_data import UNSEEN_IMPRINTS, Case, headed, joined, newspaper, read_articles, singles, with_teasers
from threadpoolctl import threadpool_limits

from corpuslint import Anatomy, Document, DocumentId, duplicates
from corpuslint.facts.cohesion import SIGNS
from corpuslint.facts.terms import read_weights, use_weights

MEANT = SIGNS[SIGNS.index("own_alike") : SIGNS.index("ended")]
FRESH = (*SIGNS[SIGNS.index("ended") : SIGNS.index("subheads")], "dateline", "agency", "own_agency")
SHAPED = ("numbered", "subheads")
NAMED = SIGNS[SIGNS.index("topic_in_tail") : SIGNS.index("numbered")]
ALARMS = (0.002, 0.008)
STEPS = (
    ("words", (*NAMED, *MEANT, *FRESH, *SHAPED)),
    ("+ subjects and names", (*MEANT, *FRESH, *SHAPED)),
    ("+ meaning", (*FRESH, *SHAPED)),
    ("+ fresh starts", SHAPED),
    ("+ items, subheads", ()),
)


def kept(document: Measured, without: Sequence[str]) -> Measured:
    rows = document.rows.copy()
    rows[:, [SIGNS.index(sign) for sign in without]] = 0.0
    return document._replace(rows=rows)


def best(forest: fit_stories.Forest, documents: Sequence[Measured | None]) -> list[tuple[float, bool]]:
    """The best score of each document among the stretches that go on to its end, and whether it is right."""
    found = []
    for document in documents:
        chosen = [at for at, (_, end) in enumerate(document.stretches) if end == document.count] if document else []
        scores = forest.decision_function(document.rows[chosen]) if document and chosen else np.array([-9.0])
        at = int(scores.argmax())
        found.append((float(scores[at]), bool(document and chosen and chosen[at] in document.near)))
    return found


def proven(pairs: Sequence[Case], parts: Sequence[Case]) -> set[str]:
    """The pairs of which the corpus proves that another document begins within some lines of the boundary."""
    index: duplicates.Index = {}
    for number, case in enumerate((*pairs, *parts)):
        document = Document(DocumentId(f"{number:06}"), case.text, {"title": case.title})
        duplicates.collected(index, Anatomy(document))
    found = set()
    for place in duplicates.likenesses([index]).continuations():
        number = int(place.document)
        if place.proven and number < len(pairs):
            start, end = sorted((place.offset, pairs[number].boundary))
            if pairs[number].text.count("\n", start, end) <= 3:
                found.add(pairs[number].id)
        elif place.proven:
            print(f"proven in a single article: {json.dumps(parts[number - len(pairs)].id)}")
    return found


def main(corpora: Path, more: Path) -> None:
    _, rows, _ = fit_rows(read_material(corpora, more))
    use_weights(read_weights())
    articles = [article for article in read_articles(corpora) if not article.fits]
    urdu = [article for article in articles if article.language == "ur"]
    articles = [article for article in articles if article.language != "ur"]
    sets = {
        "random": list(joined(articles, "random", 500, 111)),
        "one outlet, day": list(joined(articles, "hard", 500, 112)),
        "made blocks": list(with_teasers(articles, 500, 113)),
        "headline lines": list(newspaper(articles, 500, 117, UNSEEN_IMPRINTS)),
        "Urdu": list(joined(urdu, "random", 200, 116)),
    }
    quiet = {False: [*singles(articles), *headed(articles, 110, UNSEEN_IMPRINTS)], True: list(singles(urdu))}
    told = {name: [measured(case, True) for case in cases] for name, cases in sets.items()}
    silent = {key: [measured(case, True) for case in cases] for key, cases in quiet.items()}
    print("| | " + " | ".join(sets) + " |")
    for label, without in STEPS:
        forest = fit_forest([kept(document, without) for document in rows[0] + rows[1]], moved=False)
        cut = {}
        for key, documents in silent.items():
            scores = sorted(score for score, _ in best(forest, [kept(d, without) if d else None for d in documents]))
            cut[key] = [scores[-1 - int(share * len(scores))] for share in ALARMS]
        right = {}
        for name, documents in told.items():
            scored = best(forest, [kept(d, without) if d else None for d in documents])
            right[name] = [[ok and score > least for score, ok in scored] for least in cut[name == "Urdu"]]
        print(f"| {label} | " + " | ".join(", ".join(f"{np.mean(r):.3f}" for r in right[n]) for n in sets) + " |")
    told_by_corpus = proven([case for cases in sets.values() for case in cases], [*singles(articles), *singles(urdu)])
    rows_ = {
        name: [[ok or case.id in told_by_corpus for ok, case in zip(r, sets[name], strict=True)] for r in right[name]]
        for name in sets
    }
    print("| + corpus | " + " | ".join(", ".join(f"{np.mean(r):.3f}" for r in rows_[name]) for name in sets) + " |")


if __name__ == "__main__":
    with threadpool_limits(1):
        main(Path(sys.argv[1]), Path(sys.argv[2]))
