"""How many artefacts are found, how exactly, and how often a clean document is accused?

    python benchmarks/artefacts.py inject          recall by kind, exact spans
    python benchmarks/artefacts.py alarms          findings per 1,000 untouched documents, by rule
    python benchmarks/artefacts.py sample N        N of those findings to read: document id, offset, code
    python benchmarks/artefacts.py sources         what of saudinews' outlets the text alone gives away

`inject` puts every wording of `artefacts_data.py` into documents on which no rule of these families spoke before, at
the places its kind may stand in, and asks whether a finding of the right family touches it, and whether the findings
together cover it and nothing else. Verdicts on `sample` are kept in `artefacts_verdicts.tsv`.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from artefacts_data import KINDS, Kind
from corpora import records_of

from corpuslint import Anatomy, Document, DocumentId, Severity, Span, phrasebook, sources
from corpuslint.engine.check import check_document
from corpuslint.engine.ruleset import RuleSet, ruleset
from corpuslint.packs.loader import load_packs
from corpuslint.resources import rules_folder

FAMILIES = ("ART", "SRC", "MET", "QLT", "DAT", "MIX", "PII", "PUN", "SPC", "LET", "ENC", "DUP")
OURS = ("ART", "SRC", "QLT")
ALARM_SETS = ("ar-saudinewsnet", "fa-asriran-2015", "ar-hespress-jazeera", "mixed-ar-controls", "fa-rss-2020")
EACH = 12
"""Documents a wording is put into."""


class Injected(NamedTuple):
    """A document with one defect in it."""

    document: Document
    span: Span


def main() -> None:
    """Run one of the measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("inject", "alarms", "sample", "sources"))
    parser.add_argument("size", nargs="?", type=int, default=200)
    parser.add_argument("--kind", help="only kinds whose name holds this")
    parser.add_argument("--misses", action="store_true", help="name the wordings that were missed (even places only)")
    arguments = parser.parse_args()
    rules = all_rules()
    if arguments.what == "inject":
        inject(rules, arguments.kind or "", arguments.misses)
    elif arguments.what == "alarms":
        alarms(rules)
    elif arguments.what == "sample":
        sample(rules, arguments.size)
    else:
        recovered(arguments.size)


def all_rules() -> RuleSet:
    """Every rule of the shipped packs that judges one document."""
    packs = load_packs(sorted(path.parent for path in rules_folder().glob("*/pack.toml")))
    return ruleset([rule for pack in packs for rule in pack.rules])


def inject(rules: RuleSet, wanted: str, misses: bool) -> None:
    """Print a row a kind: recall and exact spans, on the wordings looked at before and on the others."""
    clean = {language: clean_documents(rules, language) for language in ("ar", "fa", "ur", "ckb")}
    listed = listed_phrases()
    verbatim = 0
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    print(f"{'kind':24} {'seen':>10} {'unseen':>10} {'exact':>7}")
    for kind in KINDS:
        if wanted not in kind.name:
            continue
        counts: dict[str, Counter[str]] = {"seen": Counter(), "unseen": Counter()}
        for place, (language, wording) in enumerate(kind.wordings):
            if phrasebook.folded_phrase(re.sub(r"\{\w\}", "", wording)) in listed:
                verbatim += 1
                continue
            half = counts["unseen" if place % 2 else "seen"]
            missed = 0
            for injected in injections(kind, language, wording, clean[language]):
                found = findings_at(rules, kind, injected)
                half["all"] += 1
                half["hit"] += bool(found)
                half["exact"] += is_exact(injected, found)
                missed += not found
            if misses and missed and place % 2 == 0:
                print(f"    missed {missed} times: {language} {wording!r}")
        for half, counter in counts.items():
            totals[half].update(counter)
        print(row(kind.name, counts))
    print(row("all", totals))
    print(f"{len(KINDS)} kinds; {verbatim} wordings left out: once folded, they are entries of a list")


def row(name: str, counts: dict[str, Counter[str]]) -> str:
    """One line of the table."""
    both = counts["seen"] + counts["unseen"]
    cells = [f"{c['hit'] / c['all']:.2f}" if c["all"] else "-" for c in (counts["seen"], counts["unseen"])]
    exact = f"{both['exact'] / both['hit']:.2f}" if both["hit"] else "-"
    return f"{name:24} {cells[0]:>10} {cells[1]:>10} {exact:>7}   n={both['all']}"


def clean_documents(rules: RuleSet, language: str) -> list[list[str]]:
    """Articles as lists of lines, headline first, on which none of our families speaks."""
    chosen: list[list[str]] = []
    for number, lines in enumerate(articles(language)):
        text = "\n".join(lines) + "\n"
        document = Document(DocumentId(f"{language}-{number}"), text, {"source": "x", "published": "2020-01-01"})
        if len(text) < 4000 and not any(f.code[:3] in (*OURS, "MIX") for f in check_document(document, rules)):
            chosen.append(lines)
        if len(chosen) == 150:
            break
    return chosen


def articles(language: str) -> Iterator[list[str]]:
    """Headline and paragraphs; sentences are joined where a set has no articles or no paragraphs."""
    if language in ("ur", "ckb"):
        name = {"ur": "ur-udtb-sentences", "ckb": "ckb-sentences"}[language]
        stop = {"ur": "۔", "ckb": "."}[language]
        sentences = [str(record["text"]).strip(" .-۔") for record in records_of(name)]
        sentences = [sentence for sentence in sentences if 40 < len(sentence) < 300]
        for at in range(0, len(sentences) - 9, 9):
            headline, *rest = sorted(sentences[at : at + 9], key=len)
            paragraphs = [f"{left}{stop} {right}{stop}" for left, right in zip(rest[::2], rest[1::2], strict=False)]
            yield [" ".join(headline.split()[:9]), *paragraphs]
        return
    name = {"ar": "ar-saudinewsnet", "fa": "fa-asriran-2015"}[language]
    records = records_of(name)
    random.Random(7).shuffle(records)
    for record in records:
        title, text = str(record.get("title") or "").strip(), str(record["text"]).strip()
        if len(title) < 15 or len(text) < 400:
            continue
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        if len(lines) < 3:
            parts = re.split(r"(?<=[.؟!])\s+", " ".join(lines))
            lines = [" ".join(parts[at : at + 2]) for at in range(0, len(parts), 2)]
        if len(lines) >= 3:
            yield [title, *lines]


def injections(kind: Kind, language: str, wording: str, clean: list[list[str]]) -> Iterator[Injected]:
    """The wording in some clean documents, at each of its kind's places."""
    random_ = random.Random(f"{kind.name} {wording}")
    for number, lines in enumerate(random_.sample(clean, min(EACH, len(clean)))):
        place = kind.places[number % len(kind.places)]
        others = random_.sample(clean, 4)
        text = re.sub(r"\{n\}", lambda _: str(random_.randint(2, 9000)), wording)
        for other in others:
            text = text.replace("{h}", other[0], 1)
        made, span = put(lines, text, place)
        metadata = (
            {"published": "2020-01-01"} if kind.families == ("SRC",) else {"source": "x", "published": "2020-01-01"}
        )
        yield Injected(Document(DocumentId(f"{kind.name}-{number}"), made, metadata), span)


def put(lines: list[str], text: str, place: str) -> tuple[str, Span]:
    """The document with `text` at `place`, and where it stands; (0, 0) stands for the whole document."""
    body = list(lines)
    if place == "replace":
        return text + "\n", Span(0, 0)
    if place == "strip_source":
        return "\n".join(body) + "\n", Span(0, 0)
    if place == "repeat":
        return "\n".join([*body, body[1], body[1]]) + "\n", Span(0, 0)
    if place == "cut_end":
        cut = body[-1][: max(len(body[-1]) * 2 // 3, 62)].rsplit(" ", 1)[0].rstrip(" .،؛")
        whole = "\n".join([*body[:-1], cut + text])
        return whole + "\n", Span(len(whole) - len(text), len(whole))
    if place == "lost_break":
        whole = "\n".join(body)
        seam = re.search(r"(?<=[^\W\d]{3}[.؟!۔])\s(?=[^\W\d]{3})", "\n".join(body[1:]))
        if seam is None:
            return whole + "\n", Span(0, 1)
        at = len(body[0]) + 1 + seam.start()
        word = re.match(r"\w+", whole[at + 1 :])
        return whole[:at] + whole[at + 1 :] + "\n", Span(at - 1, at + (word.end() if word else 1))
    if place.startswith("glued"):
        index = 1 if place == "glued_head" else len(body) - 1
        if place == "glued_tail" and body[index][-1] not in '.!؟?۔»”"':
            body[index] += "."
        body[index] = text + body[index] if place == "glued_head" else body[index] + text
        whole = "\n".join(body)
        at = whole.index("\n") + 1 if index == 1 else len(whole) - len(text)
        mark = whole.find("¦", at)
        if mark >= 0:
            whole, at, text = whole.replace("¦", ""), mark, text.partition("¦")[2]
        lead = len(text) - len(text.lstrip())
        return whole + "\n", Span(at + lead, at + len(text.rstrip()))
    index = {"head": 0, "after_headline": 1, "inner": max(len(body) // 2, 2), "tail": len(body)}[place]
    before = "\n".join(body[:index])
    start = len(before) + 1 if before else 0
    whole = "\n".join([*body[:index], text, *body[index:]])
    return whole + "\n", Span(start, start + len(text))


def findings_at(rules: RuleSet, kind: Kind, injected: Injected) -> list[Span]:
    """The spans of findings of the kind's families that touch the defect."""
    found = []
    for finding in check_document(injected.document, rules):
        if finding.code[:3] not in kind.families:
            continue
        if injected.span == Span(0, 0) or finding.span.overlaps(injected.span):
            found.append(finding.span)
    return found


def is_exact(injected: Injected, found: list[Span]) -> bool:
    """Whether the findings together cover the defect, blank space aside, and nothing beside it."""
    if not found:
        return False
    if injected.span == Span(0, 0):
        return True
    text = injected.document.text
    wanted = {at for at in range(*injected.span) if not text[at].isspace()}
    covered = {at for span in found for at in range(*span) if not text[at].isspace()}
    return wanted == covered


def listed_phrases() -> set[str]:
    """Every entry of the packs' lists, folded."""
    listed = set()
    for path in sorted(rules_folder().glob("*/data/*.txt")):
        for line in path.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                listed.add(phrasebook.folded_phrase(line.partition("\t")[2]))
    return listed - {""}


def untouched(name: str) -> list[Document]:
    """The documents of a set with what their records declare."""
    documents = []
    for record in records_of(name):
        keys = {"title": "title", "source": "source", "url": "url", "date": "published"}
        metadata = {key: str(record[field]) for field, key in keys.items() if record.get(field)}
        documents.append(Document(DocumentId(str(record["id"])), str(record["text"]), metadata))
    return documents


def alarms(rules: RuleSet) -> None:
    """Print findings per 1,000 documents by rule and set; they are alarms, not yet false ones."""
    for name in ALARM_SETS:
        documents = untouched(name)
        counts: Counter[tuple[str, str]] = Counter()
        for document in documents:
            spoken = {
                (f.code, f.severity.value) for f in check_document(document, rules) if f.code[:3] in (*OURS, "MET")
            }
            counts.update(spoken)
        print(f"{name}: {len(documents)} documents")
        for (code, severity), count in sorted(counts.items()):
            print(f"    {code} {severity:8} {1000 * count / len(documents):7.1f} documents in 1,000")


def sample(rules: RuleSet, size: int) -> None:
    """Print error-level ART and SRC findings to read, at most a few of each rule and set, as tab-separated values."""
    by_rule: dict[tuple[str, str], list[tuple[str, str, str, int]]] = defaultdict(list)
    for name in ALARM_SETS:
        for document in untouched(name):
            for finding in check_document(document, rules):
                if finding.code[:3] in ("ART", "SRC", "QLT") and finding.severity is not Severity.INFO:
                    row_ = (name, document.id, finding.code, finding.span.start)
                    by_rule[name, finding.code].append(row_)
    chosen: list[tuple[str, str, str, int]] = []
    random_ = random.Random(11)
    pools = [random_.sample(found, len(found)) for _, found in sorted(by_rule.items())]
    while len(chosen) < size and any(pools):
        for pool in pools:
            if pool and len(chosen) < size:
                chosen.append(pool.pop())
    for values in sorted(chosen):
        print("\t".join(map(str, values)))


def recovered(size: int) -> None:
    """Print how often the text alone names the outlet of its saudinews record, a credit, or another source."""
    counts: Counter[str] = Counter()
    lines: list[tuple[str, str, str, str]] = []
    for record in records_of("ar-saudinewsnet"):
        outlet = str(record["source"])
        mentions = sources.sources_of(Anatomy(Document(DocumentId("x"), str(record["text"]))))
        named = [m for m in mentions if m.role not in (sources.SourceRole.CREDIT, sources.SourceRole.EMPTY)]
        right = any(OUTLETS.get(outlet) == mention.outlet for mention in named)
        kind = "its outlet" if right else "another source" if named else "a credit" if mentions else "nothing"
        counts[kind] += 1
        if mentions:
            first = named[0] if named else mentions[0]
            lines.append((str(record["id"]), first.role.value, str(first.span.start), kind))
    total = sum(counts.values())
    for kind, count in counts.most_common():
        print(f"{kind:16} {count:5} {count / total:.3f}")
    for line in sorted(random.Random(3).sample(lines, min(size, len(lines)))):
        print("\t".join(line), file=sys.stderr)


OUTLETS = {
    "alriyadh": "Al-Riyadh",
    "aljazirah": "Al-Jazirah",
    "aawsat": "Asharq Al-Awsat",
    "alyaum": "Al-Yaum",
    "aleqtisadiya": "Al-Eqtisadiah",
    "okaz": "Okaz",
    "alwatan": "Al-Watan",
    "almadina": "Al-Madina",
    "3alyoum": "Ain Alyoum",
    "alweeam": "Al-Weeam",
    "sabq": "Sabq",
    "was": "SPA",
}
"""The set's names of its outlets, and the table's."""

VERDICTS = Path(__file__).with_name("artefacts_verdicts.tsv")

if __name__ == "__main__":
    main()
