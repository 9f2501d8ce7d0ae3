"""Lines of a template that hold a value: whether they are named, and whether the value is lifted right.

    python -m benchmarks.slots [FOLDS] [--list]

"By NAME", "SPAN ago", "posted on DATE in SECTION", "COUNT comments on TITLE", "previous: TITLE", "photo: NAME",
"SOURCE - DATE - time", in seven languages. Templates are our own (`slots.toml`, with the shipped weights) and, with
FOLDS of `fit_page_lines`, those of the catalogues that hold a name or a day, each with weights that never saw its
system. Days and spans are written by CLDR; names, sections, outlets and titles are drawn. Each line stands in an
article of clean sentences, where templates put its kind; all rules of ART, SRC, DAT, MET and MIX judge it, and their
fixes are made.
"""

from __future__ import annotations

import argparse
import random
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from babel.dates import format_date, format_timedelta

from benchmarks.corpora import FOLDER, FOLDS, fold_of, records_of
from benchmarks.fit_page_lines import put
from corpuslint.api import rules_for
from corpuslint.config.settings import Settings
from corpuslint.engine.fix import fix_document
from corpuslint.facts import page_lines
from corpuslint.model.document import Document, DocumentId
from corpuslint.model.levels import Applicability

WHERE = {"by": "top", "ago": "top", "stamp": "top", "source": "top", "photo": "middle", "comments": "bottom"}
LIFTED = {"by": ("author",), "stamp": ("published", "section"), "source": ("source", "published")}
SETS = {
    "ar": "ar-pud-sentences", "fa": "fa-perdt-sentences", "ur": "ur-udtb-sentences", "ckb": "ckb-sentences",
    "ps": "ps-sentences", "ug": "ug-sentences", "sd": "sd-sentences",
}  # fmt: skip
DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
"""Values by what they are and by language, and templates by kind and language."""


class Line(NamedTuple):
    """A line to judge: its kind, language and text, the values in it, and the fold that never saw it (-1: our own)."""

    kind: str
    language: str
    text: str
    values: dict[str, str]
    fold: int = -1


def filled(template: str, language: str, rng: random.Random, titles: list[str]) -> tuple[str, dict[str, str]]:
    """A template with values of its language, and those that can be lifted."""
    day = date(2009, 1, 1) + timedelta(days=rng.randrange(5600))
    span = timedelta(**{rng.choice(("minutes", "hours", "days")): rng.randrange(2, 7)})
    name, section, outlet = (rng.choice(DATA[of][language]) for of in ("names", "sections", "outlets"))
    title = rng.choice(titles)
    text = template.format(
        n=name, c=section, o=outlet, t=title, k=rng.randrange(3, 90), h=f"{rng.randrange(24)}:{rng.randrange(10, 60)}",
        d=format_date(day, "long", locale=language), s=format_timedelta(-span, add_direction=True, locale=language),
    )  # fmt: skip
    held = {
        "{n}": ("author", name),
        "{d}": ("published", day.isoformat()),
        "{c}": ("section", section),
        "{o}": ("source", outlet),
        "{t}": ("title", title),
    }
    return text, {key: value for slot, (key, value) in held.items() if slot in template}


def own(titles: dict[str, list[str]]) -> Iterator[Line]:
    """Each template of ours, filled three times."""
    rng = random.Random("own")
    for kind, languages in DATA["templates"].items():
        for language, templates in languages.items():
            for template in 3 * templates:
                yield Line(kind, language, *filled(template, language, rng, titles[language]))


FILLED = {
    "ar": ("أحمد الخطيب", "٣ مايو ٢٠٢٢"), "fa": ("رضا کریمی", "۱۳ اردیبهشت ۱۴۰۱"), "ur": ("احمد رضا", "3 مئی 2022"),
    "ckb": ("ئازاد کەریم", "٣ی ئایاری ٢٠٢٢"), "ps": ("احمد خان", "۲۰۲۲ د مۍ ۳"),
    "ug": ("ئەخمەت تۇرسۇن", "2022-يىلى 3-ماي"),
}  # fmt: skip
"""The name and the day that the catalogues were filled with."""


def catalogued(titles: dict[str, list[str]]) -> Iterator[Line]:
    """The strings of the catalogues that hold a name or a day, with others in their place."""
    rng = random.Random("catalogued")
    for row in (FOLDER / "page-lines.tsv").read_text("utf-8").splitlines():
        language, _, systems, string = row.split("\t")
        name, day = FILLED.get(language, ("\0", "\0"))
        template = string.replace("{", "").replace("}", "").replace(name, "{n}").replace(day, "{d}")
        if "{n}" in template or "{d}" in template:
            kind = "catalogued by" if "{d}" not in template else "catalogued stamp"
            text, values = filled(template, language, rng, titles[language])
            yield Line(kind, language, text, values, min(map(fold_of, systems.split(","))))


def main() -> int:
    """Print a table by kind, and one by language."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folds", type=Path, nargs="?")
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    said = {language: [str(row["text"]).strip() for row in records_of(name)] for language, name in SETS.items()}
    said = {language: [one for one in lines if 60 <= len(one) <= 260] for language, lines in said.items()}
    titles = {
        language: [" ".join(one.split()[:6]).strip('،,.؛:«»"') for one in lines] for language, lines in said.items()
    }
    rules = rules_for(Settings()).narrowed(lambda spec: spec.code[:3] in ("ART", "SRC", "DAT", "MET", "MIX"))
    rng, shipped = random.Random("articles"), page_lines.DATA
    lines = [*own(titles), *(catalogued(titles) if arguments.folds else ())]
    counts: Counter[tuple[str, str]] = Counter()
    for fold in (-1, *range(FOLDS)):
        vars(page_lines)["DATA"] = (
            arguments.folds / f"page-lines-{fold}.bin" if fold >= 0 and arguments.folds else shipped
        )
        page_lines.model.cache_clear()
        for line in (one for one in lines if one.fold == fold):
            article = [" ".join(rng.choices(said[line.language], k=2)) for _ in range(4)]
            parts, at = put(article, [line.text], WHERE.get(line.kind.split()[-1], "bottom"))
            text = "\n".join(parts) + "\n"
            start = sum(len(part) + 1 for part in parts[:at])
            known = {
                "language": line.language,
                "title": line.values.get("title", "عنوان") if line.kind == "comments" else "عنوان",
            }
            done = fix_document(Document(DocumentId("page"), text, known), rules, Applicability.UNSAFE)
            named = [one.code for one in done.found if one.span.end > start and one.span.start < start + len(line.text)]
            wanted = {key: line.values[key] for key in LIFTED.get(line.kind.split()[-1], ()) if key in line.values}
            right = {key for key, value in wanted.items() if str(done.lifted.get(key, "")).startswith(value)}
            other = {key for key, value in wanted.items() if key in done.lifted and key not in right}
            for row in (line.kind, line.language):
                counts[row, "lines"] += 1
                counts[row, "named"] += bool(named)
                counts[row, "gone"] += line.text not in done.text
                for key in wanted:
                    counts[row, f"{key} asked"] += 1
                    counts[row, f"{key} right"] += key in right
                    counts[row, f"{key} wrong"] += key in other
            if arguments.list and (not named or set(wanted) - right):
                print(
                    line.kind,
                    line.language,
                    line.text,
                    ",".join(named) or "not named",
                    *sorted(set(wanted) - right),
                    sep="\t",
                )
    for row in dict.fromkeys(row for row, _ in counts):
        total = counts[row, "lines"]
        shares = [f"{counts[row, key] / total:.2f} {key}" for key in ("named", "gone")]
        for key in ("author", "published", "source", "section"):
            if asked := counts[row, f"{key} asked"]:
                shares.append(
                    f"{key} {counts[row, f'{key} right'] / asked:.2f} of {asked}, {counts[row, f'{key} wrong']} wrong"
                )
        print(row, total, *shares, sep="\t")
    return 0


if __name__ == "__main__":
    sys.exit(main())
