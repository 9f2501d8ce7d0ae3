"""Fit what tells seven languages of Arabic script apart.

    python -m benchmarks.fit_language    (needs scikit-learn; two minutes)
    python -m benchmarks.fit_language --report    (only what the table that is there reads wrong)

Written to `corpuslint/facts/data/language.tsv`: the same bytes on every run. Logistic regression on pieces of 6 to 90
characters, half of them with the letters of another language's keyboard; its signs are runs of three and four letters
of a word, folded as keyboards confuse them, and letters that not all seven have. The sets fitted on stand in `FITTED`,
those reported on in `ASIDE`; of a set that stands in both, every second record is fitted on.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.corpora import records_of
from corpuslint.facts import language as facts
from corpuslint.languages import LANGUAGES
from corpuslint.text.characters import AE, HEH, ZWNJ
from corpuslint.words.levels import KEYBOARD, folded

DATA = Path(facts.__file__).parent / "data" / "language.tsv"
FITTED = {
    "ar": ("ar-saudinewsnet", "ar-jawhara", "ar-hespress-jazeera"),
    "fa": ("fa-isna-2019", "fa-hamshahri-2017"),
    "ur": ("ur-fire-2020", "pages-lines-urdu-bbc", "ur-udtb-sentences"),
    "ckb": ("ckb-textbooks", "ckb-sentences"),
    "ps": ("ps-web-2016", "ps-sentences"),
    "sd": ("sd-sentences",),
    "ug": ("ug-web", "ug-sentences"),
}
ASIDE = {
    "ar": ("ar-skynews-alarabiya", "ar-pud-sentences"),
    "fa": ("fa-asriran-2015", "fa-rss-2020", "fa-perdt-sentences"),
    "ur": ("ur-bbc-2016", "ur-udtb-sentences"),
    "ckb": ("ckb-sentences",),
    "ps": ("ps-web-2016", "ps-sentences"),
    "sd": ("sd-sentences",),
    "ug": ("ug-web", "ug-sentences"),
}
PIECES, FEWEST = 8_000, 12
SNIPPETS = {"ar": 120_000, "fa": 90_000, "ur": 40_000}
"""Pieces of each language, 20,000 of the others: most of what is read is Arabic, Persian or Urdu."""
STRENGTH, LETTER = 0.5, 0.5
"""How freely weights grow, and how much less those of letters: names and quotations bring single letters along."""
SHORTEST, LONGEST = 6, 90
KEYBOARDS = (
    str.maketrans("یکہھەۀےںۆێڵڕڪگپچژڤٹڈڑېۍٽڊ", "يكهههههنويلركقبجزفتدريىتد"),
    str.maketrans("يىكةہھەےۆێڵڕڪںٹڈڑېۍ", "ییکهههھیویلرکنتدریی"),
    str.maketrans({AE: HEH + ZWNJ}),
)
"""What is typed where a keyboard lacks a letter: an Arabic one, a Persian one, and Kurds on one of them."""

VOWELLED = re.compile("[\u064b-\u0652].*[\u064b-\u0652].*[\u064b-\u0652]")
_NOTHING = re.compile("(?!)")
QUOTED = {"ar": _NOTHING, "ckb": re.compile("[\u064b-\u0652]|\\bال")}
"""What Arabic quotations bring along, scripture above all: in other languages vowel signs, in Sorani the article."""

LETTERS = sorted(
    {letter for language in LANGUAGES.values() for letter in language.alphabet if letter in "أإة" or letter > "\u0670"}
    - set("کیۀ")
)
"""Letters that tell by themselves: not those that keyboards confuse everywhere."""


def texts(split: dict[str, tuple[str, ...]], part: int) -> dict[str, list[str]]:
    """The texts of each language; of a set that is fitted on and reported on, every second record from `part` on."""
    both = {name for tag in FITTED for name in FITTED[tag] if name in ASIDE[tag]}
    found: dict[str, list[str]] = {}
    for tag, names in split.items():
        found[tag] = []
        for name in names:
            records = records_of(name)[part::2] if name in both else records_of(name)
            found[tag] += [str(r.get("text") or "\n".join(line["text"] for line in r["lines"])) for r in records]
    return found


def snippets(
    of: list[str], count: int, shortest: int, longest: int, rng: random.Random, foreign: re.Pattern[str] = _NOTHING
) -> list[str]:
    """Pieces of whole words, mostly in Arabic script, that do not hold `foreign`."""
    found: list[str] = []
    while len(found) < count:
        text = " ".join(rng.choice(of).split())
        start = rng.randrange(max(1, len(text) - shortest))
        start = text.find(" ", start) + 1 if start else 0
        piece = text[start : start + rng.randint(shortest, longest)]
        piece = piece.rsplit(" ", 1)[0] if start + len(piece) < len(text) else piece
        if (
            not foreign.search(piece)
            and sum("\u0600" <= letter <= "\u06ff" for letter in piece) >= 0.7 * max(shortest, len(piece)) - 4
        ):
            found.append(piece)
    return found


def typed(snippet: str, tag: str, place: int) -> str:
    """`snippet` as it is, or at every second place as a keyboard of another language would have it."""
    if place % 2 == 0:
        return snippet
    return snippet.translate(KEYBOARDS[{"ar": 1, "fa": 0}.get(tag, place // 2 % 3)])


def signs(text: str) -> Counter[str]:
    """Runs of three and four letters of the folded words, and letters that tell, three times each at most."""
    found: Counter[str] = Counter()
    apart = text.replace(ZWNJ, " ")  # as the kernel reads it
    for word in "".join(c if c.isalpha() else " " for c in folded(apart, KEYBOARD)).split():
        edged = f"_{word}_"
        for size in (3, 4):
            found.update(edged[place : place + size] for place in range(len(edged) - size + 1))
    for letter in set(text).intersection(LETTERS):
        found[f"!{letter}"] = min(3, text.count(letter))
    return found


def fitted(train: dict[str, list[str]]) -> str:
    """The table, as `facts.language` reads it."""
    rng = random.Random(7)
    rows: list[Counter[str]] = []
    labels: list[int] = []
    for number, tag in enumerate(facts.WEIGHED):
        quoted = QUOTED.get(tag, VOWELLED)
        for place, snippet in enumerate(
            snippets(train[tag], SNIPPETS.get(tag, 20_000), SHORTEST, LONGEST, rng, quoted)
        ):
            rows.append(signs(typed(snippet, tag, place)))
            labels.append(number)
    met = Counter(sign for row in rows for sign in row if sign[0] != "!")
    chosen = [f"!{letter}" for letter in LETTERS] + sorted(p for p, n in met.most_common(6 * PIECES) if n >= FEWEST)
    model = _fit(rows, labels, chosen)
    spread = np.ptp(model.coef_, axis=0) * np.array([met.get(sign, 10**9) ** 0.5 for sign in chosen])
    best = set(np.argsort(-spread, kind="stable")[: PIECES + len(LETTERS)].tolist())
    chosen = [sign for place, sign in enumerate(chosen) if place in best]
    model = _fit(rows, labels, chosen)
    weights = {"=": model.intercept_} | dict(zip(chosen, model.coef_.T, strict=True))
    lines = [line for line in DATA.read_text("utf-8").splitlines() if line.startswith("#")]
    for sign, row in weights.items():
        tenths = np.clip(np.rint(10 * (row - row.min())), 0, 126 - ord("#")).astype(int)
        if tenths.any():
            lines.append(f"{sign}\t{''.join(chr(ord('#') + tenth) for tenth in tenths)}")
    return "\n".join(lines) + "\n"


def _fit(rows: list[Counter[str]], labels: list[int], chosen: list[str]) -> LogisticRegression:
    column = {sign: place for place, sign in enumerate(chosen)}
    entries = [(n, column[s], count) for n, row in enumerate(rows) for s, count in row.items() if s in column]
    places, columns, counts = (np.array(values) for values in zip(*entries, strict=True))
    scale = np.array([LETTER if sign[0] == "!" else 1.0 for sign in chosen])
    signed = csr_matrix((counts * scale[columns], (places, columns)), (len(rows), len(chosen)))
    model = LogisticRegression(C=STRENGTH, max_iter=300).fit(signed, labels)
    model.coef_ *= scale
    return model


def report() -> None:
    """Readings of the sets aside, as they are and on other keyboards: wrong ones by length, then by margin."""
    aside = texts(ASIDE, 1)
    print("language | characters | wrong | wrong though sure | sure")
    for tag, of in aside.items():
        for shortest, longest in ((15, 25), (35, 45), (75, 85), (180, 220)):
            read = readings({tag: snippets(of, 2_000, shortest, longest, random.Random(shortest))})
            wrong = [margin for right, margin in read if not right]
            sure = sum(margin >= facts.SURE for _, margin in read)
            bold = sum(margin >= facts.SURE for margin in wrong)
            print(f"{tag} | {shortest}-{longest} | {len(wrong) / 2e3:.4f} | {bold / 2e3:.4f} | {sure / 2e3:.3f}")
    rng = random.Random(3)
    lines = {tag: [line for text in of for line in text.split("\n")] for tag, of in aside.items()}
    whole = {tag: [line for line in of if len(line) > 60] for tag, of in lines.items()}
    read_by_kind = {
        "8-45 characters": readings({tag: snippets(of, 4_000, 8, 45, rng) for tag, of in aside.items()}),
        "lines": readings({tag: rng.sample(of, min(4_000, len(of))) for tag, of in whole.items()}),
        "Persian with Arabic": readings({"fa": quoting(aside["fa"], aside["ar"], rng)}, False),
        "Arabic with Persian": readings({"ar": quoting(aside["ar"], aside["fa"], rng)}, False),
    }
    print("\nmargin | " + " | ".join(f"{kind}: wrong in 1,000, share read" for kind in read_by_kind))
    for least in (1.5, 3, 4, 5, 6, 8, 10, 12):
        taken = [[right for right, margin in read if margin >= least] for read in read_by_kind.values()]
        shares = [len(kept) / len(read) for kept, read in zip(taken, read_by_kind.values(), strict=True)]
        wrongs = [1_000 * kept.count(False) / len(kept) for kept in taken]
        print(f"{least} | " + " | ".join(f"{w:.2f}, {share:.3f}" for w, share in zip(wrongs, shares, strict=True)))


def readings(of: dict[str, list[str]], keyboards: bool = True) -> list[tuple[bool, float]]:
    """Whether each snippet of each language is read right, and by what margin; snippets that say nothing are left out.

    With `keyboards` every second one is read as another keyboard would have it.
    """
    found = []
    for tag, pieces in of.items():
        for place, snippet in enumerate(pieces):
            read = facts.read_language(typed(snippet, tag, place if keyboards else 0))
            if read.language not in ("", facts.OTHER):
                found.append(({"kmr": "ckb"}.get(read.language, read.language) == tag, read.margin))
    return found


def quoting(own: list[str], others: list[str], rng: random.Random) -> list[str]:
    """Snippets with some words of another language in their midst, a fourth to two fifths of their letters."""
    found = []
    for one, other in zip(
        snippets(own, 4_000, 40, 80, rng, VOWELLED), snippets(others, 4_000, 15, 45, rng), strict=True
    ):
        words = one.split()
        at = rng.randrange(1, len(words))
        if 0.25 <= len(other) / len(one + other) <= 0.42:
            found.append(" ".join([*words[:at], other, *words[at:]]))
    return found


if __name__ == "__main__":
    if "--report" not in sys.argv:
        DATA.write_text(fitted(texts(FITTED, 0)), "utf-8")
    report()
