"""What other tools make of the same lines of page templates, the same articles and the same ordinary lines.

    python -m benchmarks.page_line_peers --ours COMMAND --peers PYTHON    (PYTHON has justext and dingo, not us)

500 strings of the catalogues are put alone into articles of ar-saudinewsnet, fa-asriran-2015 and ur-udtb, where lines
of their kind stand; 200 articles of the same sets stay as they are; each sentence of PROSE is put at three places of
one. A tool takes a line out or leaves it. `< 3 words` is the rule of dolma and datatrove (C4); jusText judges each line
as a paragraph, with its own stop words of the language; the rules of Dingo judge each line as a document. Ours takes
out what `--fix --unsafe-fixes` does, and names what is a warning or an error. Strings are drawn evenly over the five
folds of `fit_page_lines`, and `{fold}` in COMMAND stands for the fold whose weights never saw the system.
"""

from __future__ import annotations

import argparse
import json
import random
import shlex
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpora import FOLDER, FOLDS, fold_of, records_of
from benchmarks.fit_page_lines import place_of, put
from corpuslint.text.positions import line_spans

STOP_WORDS = {"ar": "Arabic", "fa": "Persian", "ur": "Urdu"}
JUSTEXT = """
import json, sys, justext
for line in sys.stdin:
    row = json.loads(line)
    html = "<html><body>" + "".join(f"<p>{part}</p>" for part in row["lines"]) + "</body></html>"
    kept = [p.text for p in justext.justext(html, justext.get_stoplist(row["stop"])) if not p.is_boilerplate]
    print(json.dumps(kept))
"""

DINGO = """
import json, sys
from dingo.io.input import Data
from dingo.model import Model
Model.load_model()
rules = Model.rule_groups["default"]
def bad(said):
    return any(rule.eval(Data(data_id="0", content=said)).status for rule in rules)
for line in sys.stdin:
    print(json.dumps([said for said in json.loads(line)["lines"] if not bad(said)]))
"""


def articles() -> dict[str, list[list[str]]]:
    """Articles as lists of paragraphs, by language."""
    found: dict[str, list[list[str]]] = {"ar": [], "fa": [], "ur": []}
    for row in records_of("ar-saudinewsnet"):
        parts = [part.strip() for part in str(row["text"]).split("\n") if part.strip()]
        if 5 <= len(parts) <= 9 and all(70 <= len(part) <= 700 for part in parts):
            found["ar"].append(parts)
    for row in records_of("fa-asriran-2015"):
        parts = [part.strip() + "." for part in str(row["text"]).rstrip(".").split(". ") if part.strip()]
        if 4 <= len(parts) <= 12 and all(60 <= len(part) <= 700 for part in parts):
            found["fa"].append(parts)
    said = [str(row["text"]).strip() for row in records_of("ur-udtb-sentences")]
    said = [one for one in said if 60 <= len(one) <= 300]
    found["ur"] = [said[at : at + 6] for at in range(0, len(said) - 6, 6)]
    return found


def by_words(pages: Sequence[tuple[str, list[str]]]) -> list[list[str]]:
    """What the rule of three words leaves of each page."""
    return [[line for line in lines if len(line.split()) >= 3] for _, lines in pages]


def by_end_mark(pages: Sequence[tuple[str, list[str]]]) -> list[list[str]]:
    """What C4's rule, which dolma and datatrove have too, leaves of each page: lines that end as sentences do."""
    return [[line for line in lines if line.endswith((".", "?", "!", '"', "؟", "۔"))] for _, lines in pages]


def by_program(pages: Sequence[tuple[str, list[str]]], python: str, program: str) -> list[list[str]]:
    """What a program of another tool leaves of each page."""
    rows = "".join(json.dumps({"lines": lines, "stop": STOP_WORDS[language]}) + "\n" for language, lines in pages)
    done = subprocess.run([python, "-c", program], input=rows, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def by_ours(pages: Sequence[tuple[str, list[str]]], command: str, *, named: bool) -> list[list[str]]:
    """What `check --fix --unsafe-fixes` at the default confidence leaves of each page, or the lines without a name."""
    known = {"title": "عنوان", "source": "outlet.example", "published": "2016-05-03"}
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "pages.jsonl"
        records = [
            {"id": str(at), "text": "\n".join(lines) + "\n", **known, "language": language, "source": f"o{at}.example"}
            for at, (language, lines) in enumerate(pages)
        ]
        path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
        asked = f"{command} check --isolated --no-cache --exit-zero --select ART,SRC,DAT"
        if not named:
            subprocess.run([*shlex.split(asked), "--fix", "--unsafe-fixes", path], capture_output=True, check=True)
            return [json.loads(line)["text"].split("\n") for line in path.read_text("utf-8").splitlines()]
        asked += " --output-format json-lines"
        done = subprocess.run([*shlex.split(asked), path], capture_output=True, text=True, check=True)
        loud = defaultdict(list)
        for finding in map(json.loads, done.stdout.splitlines()):
            if finding["severity"] != "info" and finding["scope"] == "span":
                loud[int(finding["record"]["id"])].append((finding["offset"], finding["end_offset"]))
        texts = ["\n".join(lines) for _, lines in pages]
        return [
            [text[start:end] for start, end in line_spans(text) if not any(a < end and b > start for a, b in loud[at])]
            for at, text in enumerate(texts)
        ]


def main() -> int:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ours", required=True, help="our command; {fold} in it is the fold whose weights it uses")
    parser.add_argument("--peers", default="", help="a Python that has justext and dingo")
    parser.add_argument("--prose", type=Path, required=True, help="lines of language, kind, sentence")
    arguments = parser.parse_args()
    bases, rng = articles(), random.Random("peers")
    rows = [line.split("\t") for line in (FOLDER / "page-lines.tsv").read_text("utf-8").splitlines()]
    rows = [row for row in rows if row[0] in bases]
    rng.shuffle(rows)
    strings: list[tuple[int, str, str, list[str]]] = []
    for fold in range(FOLDS):
        of = [row for row in rows if min(map(fold_of, row[2].split(","))) == fold][: 500 // FOLDS]
        for language, category, _, string in of:
            lines, _ = put(rng.choice(bases[language]), [string], place_of(category, rng))
            strings.append((fold, language, string, lines))
    clean = [(language, parts) for language in bases for parts in rng.sample(bases[language], 66)][:200]
    prose = []
    for line in arguments.prose.read_text("utf-8").splitlines():
        language, _, sentence = line.split("\t")
        for where in ("top", "middle", "bottom"):
            prose.append((language, sentence, put(rng.choice(bases.get(language, bases["fa"])), [sentence], where)[0]))
    asked = [(language, sentence, lines) for language, sentence, lines in prose if language in bases]
    print(f"{len(strings)} strings, {len(clean)} articles, {len(asked)} ordinary lines")
    tools = {"< 3 words (dolma, datatrove)": lambda pages, fold: by_words(pages)}
    tools["no end mark (C4, dolma, datatrove)"] = lambda pages, fold: by_end_mark(pages)
    if arguments.peers:
        tools["jusText"] = lambda pages, fold: by_program(pages, arguments.peers, JUSTEXT)
        tools["Dingo, line by line"] = lambda pages, fold: by_program(pages, arguments.peers, DINGO)
    ours = arguments.ours
    tools["corpuslint, named"] = lambda pages, fold: by_ours(pages, ours.format(fold=fold), named=True)
    tools["corpuslint, taken out"] = lambda pages, fold: by_ours(pages, ours.format(fold=fold), named=False)
    for name, tool in tools.items():
        named = 0
        for fold in range(FOLDS):
            of = [one for one in strings if one[0] == fold]
            for (_, _, string, _), left in zip(of, tool([(one[1], one[3]) for one in of], fold), strict=True):
                named += string not in left
        hurt = sum(set(lines) - set(left) != set() for (_, lines), left in zip(clean, tool(clean, 0), strict=True))
        kept = tool([(language, lines) for language, _, lines in asked], 0)
        cut = sum(sentence not in left for (_, sentence, _), left in zip(asked, kept, strict=True))
        print(f"{name}\t{named / len(strings):.2f} of the strings\t{cut} ordinary lines cut\t{hurt} articles hurt")
    return 0


if __name__ == "__main__":
    sys.exit(main())
