"""Fit the weights of `facts.page_lines`, and say how good they are on sources that were not fitted on.

    python -m benchmarks.fit_page_lines [--folds FOLDER]    (needs scikit-learn; two minutes)

Written to corpuslint/facts/data/page-lines.bin: the same bytes on every run. Lines of the page come from the catalogues
of template systems (page-lines.tsv), put into articles alone and together, and from whole pages (pages-lines*). Against
them stand ordinary short lines: those of articles, their headlines, short sentences and sub-headings made of sentences,
at each place where lines of the page stand, and sentences that open as a button does. Rules and their examples are
not fitted on.

Everything is split by source (a template system, a site, a corpus) into five folds. The second sum and the figures are
made of scores by weights that never saw the source. `--folds` writes the weights of each fold, for
`score_page_lines.py`. Not fitted on at all, kept for reports: ar-saudinewsnet, fa-asriran-2015, fa-rss-2020,
ar-hespress-jazeera, mixed-*, and every set of clean sentences.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import orjson
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

from benchmarks.corpora import FOLDER, FOLDS, fold_of, records_of
from corpuslint.facts import page_lines as facts
from corpuslint.facts.anatomy import Anatomy
from corpuslint.facts.furniture import COVERED
from corpuslint.languages import LANGUAGES
from corpuslint.model.document import Document, DocumentId

TEMPLATE, PAGE, PROSE = "template", "page", "prose"

KIND_OF = {
    "share": "share", "print/email/font": "share", "comment-box": "comment", "read-also/related": "related",
    "newsletter": "newsletter", "app-promo": "newsletter", "advert": "newsletter", "tags/keywords": "tags",
    "pager": "navigation", "breadcrumb": "navigation", "search": "search", "byline-template": "byline",
    "photo-credit": "byline", "date-template": "date", "reading-time": "counter", "player": "player", "login": "login",
    "counter": "counter", "cookie": "cookie", "comment-policy": "policy", "copyright": "rights",
    "nav": "navigation", "footer": "rights", "form": "login", "byline": "byline", "date": "date", "tags": "tags",
    "caption-credit": "byline", "subscribe": "newsletter", "skip-link": "navigation", "embed-consent": "cookie",
}  # fmt: skip
"""What the categories of the data are for; anything else is `other`."""

TOP = {"date-template", "byline-template", "reading-time", "breadcrumb", "print/email/font"}
MIDDLE = {"player", "advert"}


@dataclass
class Page:
    """A document to fit on: its lines, for each whether it is the page's (None: not asked), its weight and its kind."""

    lines: list[str]
    answers: list[bool | None]
    origin: str
    folds: frozenset[int]
    kinds: list[str] = field(default_factory=list)
    weight: float = 1.0


# Articles and ordinary lines ---------------------------------------------------------------------------------------

SENTENCE = re.compile(r"(?<=[.؟!۔])\s+")
PROSE_SETS = {
    "ar": ("ar-skynews-alarabiya", "ar-jawhara"),
    "fa": ("fa-isna-2019",),
    "ur": ("ur-fire-2020", "ur-bbc-2016"),
    "ckb": ("ckb-textbooks",),
    "ps": ("ps-web-2016",),
    "ug": ("ug-web",),
}


def articles(language: str, most: int = 900) -> list[list[str]]:
    """Articles of a language as lists of paragraphs of 15 words or more, made of whole sentences."""
    rng = random.Random(f"articles {language}")
    found: list[list[str]] = []
    for name in PROSE_SETS[language]:
        rows = records_of(name)
        rng.shuffle(rows)
        for row in rows:
            said = sentences(str(row["text"]))
            parts = [" ".join(said[at : at + 2]) for at in range(0, min(len(said), 14), 2)]
            parts = [part for part in parts if len(part.split()) > facts.LONGEST and len(part) < 900]
            if len(parts) >= 3:
                found.append(parts)
            if len(found) >= most:
                break
    return found


def sentences(text: str) -> list[str]:
    """The sentences of a text that end as sentences do."""
    flat = (" ".join(line.split()) for line in text.split("\n"))
    said = [one.strip() for line in flat for one in SENTENCE.split(line)]
    return [one for one in said if one and one[-1] in ".؟!۔" and len(one) < 600]


def short_sentences(language: str, most: int = 4000) -> list[str]:
    """Sentences of 3 to 14 words, each once."""
    rng = random.Random(f"sentences {language}")
    found: dict[str, None] = {}
    for name in PROSE_SETS[language]:
        rows = records_of(name)
        rng.shuffle(rows)
        for row in rows:
            for one in sentences(str(row["text"])):
                if 3 <= len(one.split()) <= facts.LONGEST:
                    found.setdefault(one)
        found = dict.fromkeys(list(found)[:most])
    return list(found)


def put(parts: Sequence[str], lines: Sequence[str], where: str) -> tuple[list[str], int]:
    """`lines` inserted among paragraphs, and the number of the first of them."""
    at = {"top": 0, "middle": max(1, len(parts) // 2), "bottom": len(parts)}[where]
    return [*parts[:at], *lines, *parts[at:]], at


def ordinary(language: str, bases: Sequence[Sequence[str]]) -> Iterator[Page]:
    """Short sentences, headlines and sub-headings put where lines of the page stand."""
    rng = random.Random(f"ordinary {language}")
    for number, sentence in enumerate(short_sentences(language)):
        parts = rng.choice(bases)
        where = ("top", "middle", "bottom")[number % 3]
        line, weight, source = sentence, 1.0, f"prose-{language}-{number % 97}"
        if number % 5 in (1, 2, 4):  # a sub-heading: some words of a sentence
            words, size = sentence.rstrip(".؟!۔").split(), rng.randint(1, 5)
            first = {4: 0, 2: max(0, len(words) - size), 1: rng.randrange(max(1, len(words) - size))}[number % 5]
            line = " ".join(words[first : first + size]).rstrip("،:؛")
            weight = 1.0 if where == "middle" else 0.6  # seldom seen at an edge, where lines of the page stand
        elif number % 5 == 3:
            line = line.rstrip(".۔")
        if rng.random() < 0.3:
            parts = [*parts[:1], rng.choice(bases)[0], *parts[1:]]
        lines, at = put(parts, [line], where)
        answers: list[bool | None] = [None] * len(lines)
        answers[at] = False
        yield Page(lines, answers, PROSE, frozenset({fold_of(source)}), weight=weight)


def as_scraped(name: str, most: int) -> Iterator[Page]:
    """Articles with short lines of their own; what three documents have alike is not asked about."""
    rows = [row for row in records_of(name) if "\n" in str(row["text"])]
    repeated = Counter(line.strip() for row in rows for line in set(str(row["text"]).split("\n")))
    rng = random.Random(name)
    rng.shuffle(rows)
    asked = 0
    for row in rows:
        lines = [line.strip() for line in str(row["text"]).split("\n") if line.strip()]
        title = str(row.get("title") or "").strip()
        if title and title not in lines and rng.random() < 0.5:
            lines.insert(0, title)
        answers = [False if repeated[line] < 3 else None for line in lines]
        pairs = zip(lines, answers, strict=True)
        short = sum(answer is False and len(line.split()) <= facts.LONGEST for line, answer in pairs)
        if short and len(lines) < 400:
            asked += short
            yield Page(lines, answers, PROSE, frozenset({fold_of(f"{name} {row['id']}")}))
        if asked >= most:
            return


# Lines of the page -------------------------------------------------------------------------------------------------


def templates(bases: dict[str, list[list[str]]]) -> Iterator[Page]:
    """The strings of the catalogues, alone and in groups of one system, put into articles."""
    rows = [line.split("\t") for line in (FOLDER / "page-lines.tsv").read_text("utf-8").splitlines()]
    rng = random.Random("templates")
    groups: dict[tuple[str, str, str], list[tuple[str, str, frozenset[int]]]] = defaultdict(list)
    for language, category, sources, string in rows:
        if language not in bases:
            continue
        folds = frozenset(fold_of(source) for source in sources.split(","))
        usual = place_of(category, rng)
        other = rng.choice(("top", "middle", "bottom"))
        for where, weight in ((usual, 1.0), (other, 0.4)):
            lines, at = put(rng.choice(bases[language]), [string], where)
            yield page_of(lines, at, [category], folds, weight)
        groups[language, sources.split(",")[0], usual].append((string, category, folds))
    for (language, _, where), members in sorted(groups.items()):
        for _ in range(2):
            left = list(members)
            rng.shuffle(left)
            while left:
                size = rng.choice((2, 3, 4, 5, 6))
                some, left = left[:size], left[size:]
                lines, at = put(rng.choice(bases[language]), [one[0] for one in some], where)
                folds = frozenset().union(*(one[2] for one in some))
                yield page_of(lines, at, [one[1] for one in some], folds, 0.6)


def place_of(category: str, rng: random.Random) -> str:
    """Where templates put a line of this category."""
    if category in TOP:
        return "top"
    if category in MIDDLE:
        return "middle"
    if category.startswith("read-also") and rng.random() < 0.5:
        return "middle"
    if category in ("share", "counter", "photo-credit") and rng.random() < 0.5:
        return "top"
    return "bottom"


def page_of(lines: list[str], at: int, categories: list[str], folds: frozenset[int], weight: float) -> Page:
    """An article with lines of the page from line `at` on."""
    answers: list[bool | None] = [None] * len(lines)
    kinds = [""] * len(lines)
    for number, category in enumerate(categories, start=at):
        answers[number], kinds[number] = True, KIND_OF.get(category, "other")
    return Page(lines, answers, TEMPLATE, folds, kinds, weight)


def whole_pages() -> Iterator[Page]:
    """Pages line by line, as labelled; a line of a site is asked about twice at most."""
    for name in ("pages-lines", "pages-lines-bbc-2009", "pages-lines-urdu-bbc"):
        seen: Counter[tuple[str, str]] = Counter()
        for row in records_of(name):
            site = str(row["site"])
            lines, answers, kinds = [], list[bool | None](), []
            for line in row["lines"]:  # type: ignore[attr-defined]
                text = str(line["text"]).strip()
                if not text:
                    continue
                seen[site, text] += 1
                answer: bool | None = None
                if seen[site, text] <= 2:
                    answer = answer_of(str(line["label"]), str(line["kind"]), text)
                lines.append(text)
                answers.append(answer)
                kinds.append(KIND_OF.get(str(line["kind"]), "other") if answer else "")
            if lines:
                yield Page(lines, answers, PAGE, frozenset({fold_of(site)}), kinds, 0.5)


def answer_of(label: str, kind: str, text: str) -> bool | None:
    """Whether a labelled line is the page's; None for other articles' text and what the label leaves open."""
    if label == "inside-article":
        return False
    if label != "outside-article":
        return None
    if kind in ("other", "related", "title", "aside", "comment", "page-title/meta"):
        return True if len(text.split()) <= 3 and kind in ("other", "aside") else None
    return True


def gone_on(bases: dict[str, list[list[str]]]) -> Iterator[Page]:
    """Lines that open as a button does and go on as a sentence: "most read among students are books of history"."""
    rng = random.Random("gone on")
    tails = {
        language: [tail for one in short_sentences(language) if (tail := tail_of(one, language))] for language in bases
    }
    for row in (FOLDER / "page-lines.tsv").read_text("utf-8").splitlines():
        language, _, systems, string = row.split("\t")
        words = string.split()
        if not tails.get(language) or not 1 <= len(words) <= 4 or not string.replace(" ", "").isalpha():
            continue
        folds = frozenset(fold_of(system) for system in systems.split(","))
        line = " ".join([*words[: rng.randint(1, 3)], *rng.choice(tails[language])])
        lines, at = put(rng.choice(bases[language]), [line], rng.choice(("top", "middle", "bottom")))
        answers: list[bool | None] = [None] * len(lines)
        answers[at] = False
        yield Page(lines, answers, PROSE, folds)


def tail_of(sentence: str, language: str) -> list[str]:
    """The end of a sentence from a little word on, of three to eight words; none where there is no such word."""
    words = sentence.rstrip(".؟!۔").split()
    little = LANGUAGES[language].words
    starts = [at for at, word in enumerate(words) if at and word in little and 3 <= len(words) - at <= 8]
    return words[starts[0] :] if starts else []


def headlines(name: str, language: str, bases: Sequence[Sequence[str]], most: int) -> Iterator[Page]:
    """Headlines above the text."""
    rows = [row for row in records_of(name) if 3 <= len(str(row.get("title") or "").split()) <= facts.LONGEST]
    rng = random.Random(f"headlines {name}")
    for row in rng.sample(rows, min(most, len(rows))):
        lines = [" ".join(str(row["title"]).split()), *rng.choice(bases)]
        answers: list[bool | None] = [False, *[None] * (len(lines) - 1)]
        yield Page(lines, answers, PROSE, frozenset({fold_of(f"{name} {row['id']}")}))


def everything() -> list[Page]:
    """All that is fitted on."""
    bases = {language: articles(language) for language in PROSE_SETS}
    pages = [page for language in PROSE_SETS for page in ordinary(language, bases[language])]
    for name, most in (
        ("ar-skynews-alarabiya", 5000), ("ar-jawhara", 600), ("fa-isna-2019", 4000), ("ckb-textbooks", 4000),
        ("ug-web", 3000), ("ur-fire-2020", 1500), ("fa-hamshahri-2017", 500),
    ):  # fmt: skip
        pages += as_scraped(name, most)
    pages += templates(bases)
    pages += whole_pages()
    pages += gone_on(bases)
    for name, language in (("ar-skynews-alarabiya", "ar"), ("ar-jawhara", "ar"), ("fa-isna-2019", "fa")):
        pages += headlines(name, language, bases[language], 500)
    return pages


# Fitting -----------------------------------------------------------------------------------------------------------


@dataclass
class Rows:
    """One row a line that is asked about."""

    page: list[int] = field(default_factory=list)
    index: list[int] = field(default_factory=list)
    signs: list[list[int]] = field(default_factory=list)
    words: list[list[int]] = field(default_factory=list)
    answer: list[bool] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)


def rows_of(pages: Sequence[Page]) -> tuple[Rows, list[Looks]]:
    """The signs of every short line, and what the second sum asks of each page."""
    rows = Rows()
    looks = []
    for number, page in enumerate(pages):
        anatomy = Anatomy(Document(DocumentId("page"), "\n".join(page.lines)))
        lines = facts.Lines(anatomy)
        place: dict[int, int] = {}
        for index in lines.short:
            line = lines[index].line
            answer = page.answers[line]
            place[index] = len(rows.page)
            rows.page.append(number)
            rows.index.append(index)
            rows.signs.append(sorted({sign.weight for sign in lines.signs(index)}))
            kind = page.kinds[line] if page.kinds else ""
            rows.kind.append(kind)
            rows.words.append(facts.word_slots(lines, index) if kind else [])
            rows.answer.append(bool(answer))
            rows.weight.append(0.0 if answer is None else page.weight * WEIGHTS[page.origin, bool(answer)])
        looks.append((lines, facts.listed_in(anatomy) if place else {}, place))
    return rows, looks


Looks = tuple[facts.Lines, Mapping[int, float], dict[int, int]]
"""The lines of a page, those that lists know, and which row each of its short lines has."""


WEIGHTS = {
    (TEMPLATE, True): 1.0, (TEMPLATE, False): 1.0, (PAGE, True): 0.3, (PAGE, False): 2.0, (PROSE, False): 2.0,
    (PROSE, True): 1.0,
}  # fmt: skip
"""A false alarm costs more than a miss; pages of a few sites are many and alike."""


def matrix(rows: Sequence[Sequence[int]], columns: int) -> csr_matrix:
    """Rows of column numbers as a sparse matrix of ones."""
    starts = np.cumsum([0, *map(len, rows)])
    numbers = np.fromiter((number for row in rows for number in row), dtype=np.int32, count=starts[-1])
    return csr_matrix((np.ones(len(numbers), dtype=np.float64), numbers, starts), shape=(len(rows), columns))


WORTH = np.repeat([1.0, 0.5], 1 << facts.BITS)
"""What a sign counts in the fit: runs of letters are many, and say what the words say."""


def fitted_own(
    signs: csr_matrix, answers: np.ndarray, weight: np.ndarray, chosen: np.ndarray
) -> tuple[np.ndarray, float]:
    """The first sum, fitted on the chosen rows."""
    line = LogisticRegression(C=0.5, max_iter=60, tol=1e-3)
    line.fit(signs[chosen], answers[chosen], sample_weight=weight[chosen])
    return line.coef_[0] * WORTH, float(line.intercept_[0])


def rounded(coefficients: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights as bytes, and what one step of a byte is worth. The heaviest are cut short: no sign decides alone."""
    scale = float(np.quantile(np.abs(coefficients[coefficients != 0]), 0.9995)) / 127
    return np.clip(np.rint(coefficients / scale), -127, 127).astype(np.int8), round(scale, 6)


def covered(looks: Sequence[Looks], scores: np.ndarray) -> np.ndarray:
    """The rows of the third look that need no line beside, of scores by weights that never saw the page."""
    return looked_again(looks, scores, np.zeros(len(scores)))[:, : len(facts.AROUND) + 3 * len(COVERED) + 2]


def beside(looks: Sequence[Looks], scores: np.ndarray, once: np.ndarray) -> np.ndarray:
    """What the other lines say of each, by what the rows without them make of them."""
    return looked_again(looks, scores, once)[:, len(facts.AROUND) + 3 * len(COVERED) + 2 :]


def looked_again(looks: Sequence[Looks], scores: np.ndarray, once: np.ndarray) -> np.ndarray:
    """The signs of the third look."""
    width = len(facts.AROUND)
    table: list[Sequence[float]] = [()] * len(scores)
    for lines, listed, place in looks:
        own, half = (
            array("d", (float(given[place[index]]) if index in place else 0.0 for index in range(len(lines))))
            for given in (scores, once)
        )
        found, _ = lines.surroundings(own, listed, array("d", bytes(8 * width)), 0.0)
        for index, row in place.items():
            table[row] = lines.signs_again(index, found, half)
    return np.array(table)


@dataclass
class Crossed:
    """A sum fitted on all that is asked about, the same fitted without each fold, and what that makes of the fold."""

    full: list[float]
    folds: list[list[float]]
    scores: np.ndarray

    @classmethod
    def fitted(cls, table: np.ndarray, answers: np.ndarray, weight: np.ndarray, mine: np.ndarray) -> Crossed:
        """The sums of the rows of `table`; `mine` is the fold of each."""
        scores, sums = np.zeros(len(answers)), []
        for fold in (*range(FOLDS), -1):
            line = LogisticRegression(C=1.0, max_iter=400)
            seen = (weight > 0) & (mine != fold)
            line.fit(table[seen], answers[seen], sample_weight=weight[seen])
            sums.append([round(float(value), 4) for value in (*line.coef_[0], line.intercept_[0])])
            scores[mine == fold] = line.decision_function(table[mine == fold]) if fold >= 0 else 0.0
        return cls(sums[-1], sums[:-1], scores)


def main() -> int:
    """Fit, report, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folds", type=Path)
    arguments = parser.parse_args()
    pages = everything()
    rows, looks = rows_of(pages)
    ones = matrix(rows.signs, 2 << facts.BITS)
    signs = (ones @ diags(WORTH)).tocsr()
    answers, weight = np.array(rows.answer), np.array(rows.weight)
    asked = weight > 0
    folds = [pages[number].folds for number in rows.page]
    of_page = int(answers[asked].sum())
    print(f"{len(pages)} pages, {int(asked.sum())} lines asked about, {of_page} of the page", flush=True)
    scores = np.zeros(len(answers))
    mine = np.array([min(fold) for fold in folds])
    own: list[tuple[np.ndarray, float, float]] = []
    for fold in range(FOLDS):
        unseen = np.array([fold in of for of in folds])
        coefficients, base = fitted_own(signs, answers, weight, asked & ~unseen)
        table, scale = rounded(coefficients)
        scores[mine == fold] = (ones[mine == fold] @ table.astype(np.float64)) * scale + base
        own.append((table, scale, base))
        print(f"fold {fold}: {int((asked & unseen).sum())} lines unseen", flush=True)
    seen = covered(looks, scores)
    first = Crossed.fitted(seen[:, : len(facts.AROUND)], answers, weight, mine)
    once = Crossed.fitted(seen, answers, weight, mine)
    again = Crossed.fitted(np.hstack([seen, beside(looks, scores, once.scores)]), answers, weight, mine)
    scores = again.scores + MODEST
    known = seen[:, facts.AROUND.index("listed")] == 1.0
    third = LogisticRegression(C=1.0)
    chosen = asked & known
    third.fit(scores[chosen, None], answers[chosen], sample_weight=np.where(answers[chosen], 1.0, 1.5))
    scores[known] = third.decision_function(scores[known, None])
    sure = 1.0 / (1.0 + np.exp(-scores))
    print("of lines that lists know:", flush=True)
    reliability(asked & known, answers, sure)
    print("of all:", flush=True)
    report(pages, rows, asked, answers, sure)
    kinds, kind_bases = fitted_kinds(rows)
    coefficients, base = fitted_own(signs, answers, weight, asked)
    for number, (weights, scale, own_base) in enumerate((*own, (*rounded(coefficients), base))):
        whole = number == FOLDS
        head = {
            "scale": float(scale),
            "own_base": round(own_base, 4),
            "around": (first.full if whole else first.folds[number])[:-1],
            "base": (first.full if whole else first.folds[number])[-1],
            "covered": once.full if whole else once.folds[number],
            "again": modest(again.full if whole else again.folds[number]),
            "listed": [round(float(third.intercept_[0]), 4), round(float(third.coef_[0][0]), 4)],
            "kind_bases": kind_bases,
        }
        path = facts.DATA if whole else arguments.folds and arguments.folds / f"page-lines-{number}.bin"
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(orjson.dumps(head) + b"\n" + weights.tobytes() + kinds.tobytes())
    return 0


def modest(weights: list[float]) -> list[float]:
    """The weights with `MODEST` in their base."""
    return [*weights[:-1], round(weights[-1] + MODEST, 4)]


def fitted_kinds(rows: Rows) -> tuple[np.ndarray, list[float]]:
    """What a line is for, by its words: one column of weights a kind."""
    chosen = [number for number, kind in enumerate(rows.kind) if kind and rows.weight[number]]
    line = LogisticRegression(C=1.0, max_iter=40, tol=1e-3)
    line.fit(
        matrix([rows.words[number] for number in chosen], 1 << facts.KIND_BITS),
        [facts.KINDS.index(rows.kind[number]) for number in chosen],
        sample_weight=[rows.weight[number] for number in chosen],
    )
    full = np.zeros((len(facts.KINDS), 1 << facts.KIND_BITS))
    bases = [-9.0] * len(facts.KINDS)
    for place, kind in enumerate(line.classes_):
        full[kind], bases[kind] = line.coef_[place], float(line.intercept_[place])
    scale = np.abs(full).max() / 127
    return np.rint(full / scale).astype(np.int8), [round(float(base / scale), 2) for base in bases]


MODEST = 0.4
"""Log odds by which the second sum is too modest (0.98 of the lines near 0.86 are the page's); part of the gap is left,
for on real articles such lines are rarer than here."""


def report(pages: Sequence[Page], rows: Rows, asked: np.ndarray, answers: np.ndarray, sure: np.ndarray) -> None:
    """What the weights make of sources they never saw."""
    origins = np.array([pages[number].origin for number in rows.page])
    for origin in (TEMPLATE, PAGE, PROSE):
        for answer in (True, False):
            chosen = asked & (origins == origin) & (answers == answer)
            if chosen.any():
                floors = (0.5, 0.8, 0.9, 0.95, 0.98)
                shares = ", ".join(f"≥ {floor}: {(sure[chosen] >= floor).mean():.4f}" for floor in floors)
                print(origin, "of the page" if answer else "of the article", int(chosen.sum()), shares, sep="\t")
    reliability(asked, answers, sure)


def reliability(asked: np.ndarray, answers: np.ndarray, sure: np.ndarray) -> None:
    """Predicted against observed, in ten bins."""
    print("predicted\tobserved\tlines")
    for low in np.arange(0, 1, 0.1):
        chosen = asked & (sure >= low) & (sure < low + 0.1 + (low > 0.85))
        if chosen.any():
            print(f"{sure[chosen].mean():.2f}\t{answers[chosen].mean():.2f}\t{int(chosen.sum())}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
