"""How fast one core lints real news, beside the floor (parse the JSON, encode the text) and beside peers, in one run.

    python benchmarks/speed.py CORPUS.jsonl[.gz] … [--documents N] [--peers PYTHON] [--table]

Every figure is UTF-8 bytes of the input per second of CPU time of this process, the best of the runs. Peers run in
the interpreter `--peers` names (an environment with datatrove and spaCy, Dingo, ftfy), on the same documents, in the
same manner; a peer that is not installed there is said to be absent. Ends with status 1 when a figure is under its
floor in `FLOORS`, and names the slowest rules.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import orjson
from msgspec import structs

from corpuslint.config.settings import Settings
from corpuslint.engine.rules import rules_for
from corpuslint.engine.ruleset import RuleSet
from corpuslint.execution.garbage import collect_seldom
from corpuslint.facts.anatomy import Anatomy
from corpuslint.formats.jsonl import documents
from corpuslint.formats.reading import ReadOptions
from corpuslint.formats.streams import open_unpacked
from corpuslint.model.document import Document
from corpuslint.model.levels import Applicability
from corpuslint.pipeline.run import Run
from corpuslint.pipeline.session import Session
from corpuslint.pipeline.timing import Timings, table, timed

FLOORS = {"read": 0.8, "scan": 0.09, "check": 0.010, "fix": 0.006}
"""The least share of the JSON floor that a step may run at; below, something has broken. Raised as we get faster.

The scan reads the words of a document, which every later look at words shares.
"""

SLOWEST_RULE = 2500.0
"""Microseconds a document that no single rule may take, averaged over all documents."""

PEERS = {
    "datatrove, FineWeb-2 filters (spaCy ar)": """
from datatrove.data import Document
from datatrove.pipeline.filters import FineWebQualityFilter, GopherQualityFilter, GopherRepetitionFilter
chain = [
    GopherRepetitionFilter(language="ar"),
    FineWebQualityFilter(language="ar"),
    GopherQualityFilter(language="ar", min_stop_words=0),
]
def peer(text):
    document = Document(text=text, id="0")
    for step in chain:
        step.filter(document)
""",
    "Dingo (rules)": """
from dingo.io.input import Data
from dingo.model import Model
Model.load_model()
rules = Model.rule_groups["default"] if hasattr(Model, "rule_groups") else Model.get_group("default")["rule"]
def peer(text):
    data = Data(data_id="0", content=text)
    for rule in rules:
        rule.eval(data)
""",
    "ftfy": """
import ftfy
peer = ftfy.fix_text
""",
}

_RUNNER = """
import json, sys, time
texts = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
{setup}
for text in texts[:3]:
    peer(text)
size, started = 0, time.process_time()
for text in texts:
    peer(text)
    size += len(text.encode())
    if time.process_time() - started > 20:
        break
print(json.dumps([size, time.process_time() - started]))
"""


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+")
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--peers", metavar="PYTHON", default=sys.executable)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--table", action="store_true", help="time every rule")
    arguments = parser.parse_args()
    collect_seldom()  # as the command does
    failed = False
    for corpus in arguments.corpora:
        lines = _lines(corpus, arguments.documents)
        failed = _measure(corpus, lines, with_table=arguments.table) or failed
        if not arguments.no_peers:
            _measure_peers(lines, arguments.peers)
    return int(failed)


def _lines(corpus: str, most: int) -> list[bytes]:
    with open_unpacked(corpus) as stream:
        return [line for _, line in zip(range(most), stream, strict=False)]


def _measure(corpus: str, lines: Sequence[bytes], *, with_table: bool) -> bool:
    found = [entry for entry in documents(lines, "x.jsonl", ReadOptions()) if isinstance(entry, Document)]
    size = sum(len(document.text.encode("utf-8", "surrogatepass")) for document in found)
    rules = _document_rules()
    rules.warm_up()
    count = len(found)
    print(f"\n{Path(corpus).name}: {count:,} documents, {size / 1e6:.1f} MB of text, {len(rules.rules)} document rules")

    def floor() -> None:
        for line in lines:
            json.loads(line)["text"].encode("utf-8", "surrogatepass")

    def floor_orjson() -> None:
        for line in lines:
            orjson.loads(line)["text"].encode("utf-8", "surrogatepass")

    def reading() -> None:
        for _ in documents(lines, "x.jsonl", ReadOptions()):
            pass

    def scanning() -> None:
        for document in found:
            rules.scanner.awake(Anatomy(document))

    def checking() -> None:
        Run(Settings(), rules).contents(documents(lines, "x.jsonl", ReadOptions()))

    def fixing() -> None:
        for _ in Session(Settings(), rules).mended_in(documents(lines, "x.jsonl", ReadOptions()), Applicability.SAFE):
            pass

    base = _best(floor, 3)
    print(f"  {'floor: json.loads, encode':<42}{size / 1e6 / base:>9.1f} MB/s {base / count * 1e6:>9.1f} µs a document")
    failed = False
    for name, label, step, runs in (
        ("", "the same with orjson", floor_orjson, 3),
        ("read", "read: documents and metadata", reading, 3),
        ("scan", "scan: which rules can fire", scanning, 3),
        ("check", "check, all document rules", checking, 2),
        ("fix", "fix, safe fixes", fixing, 2),
    ):
        seconds = _best(step, runs)
        ratio = base / seconds
        short = name in FLOORS and ratio < FLOORS[name]
        failed = failed or short
        print(
            f"  {label:<42}{size / 1e6 / seconds:>9.1f} MB/s {seconds / count * 1e6:>9.1f} µs a document"
            f"   {ratio:.3f} of the floor{'  UNDER ITS FLOOR' if short else ''}"
        )
    if with_table:
        failed = _time_rules(lines, rules, count) or failed
    return failed


def _time_rules(lines: Sequence[bytes], rules: RuleSet, count: int) -> bool:
    timings: Timings = {}
    Run(Settings(), timed(rules, timings)).contents(documents(lines, "x.jsonl", ReadOptions()))
    names = {str(rule.spec.code): rule.spec.name for rule in rules.rules}
    print("".join(f"    {line}\n" for line in table(timings, count, names).splitlines()[:26]))
    slow = [code for code, (_, seconds) in timings.items() if seconds / count * 1e6 > SLOWEST_RULE]
    for code in slow:
        print(f"  {code} takes more than {SLOWEST_RULE:.0f} µs a document")
    return bool(slow)


def _measure_peers(lines: Sequence[bytes], python: str) -> None:
    texts = [json.loads(line)["text"] for line in lines]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.jsonl"
        path.write_text("".join(json.dumps(text, ensure_ascii=False) + "\n" for text in texts), "utf-8")
        for name, setup in PEERS.items():
            done = subprocess.run(
                [python, "-c", _RUNNER.format(setup=setup), str(path)], capture_output=True, text=True, check=False
            )
            try:
                size, seconds = json.loads(done.stdout.strip().splitlines()[-1])
                print(f"  {name:<42}{size / 1e6 / seconds:>9.1f} MB/s")
            except (ValueError, IndexError):
                trouble = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
                print(f"  {name:<42}   absent: {trouble[:90]}")
        _measure_rumdl(texts, Path(folder))


def _measure_rumdl(texts: Sequence[str], folder: Path) -> None:
    program = shutil.which("rumdl")
    if program is None:
        print(f"  {'rumdl':<42}   absent")
        return
    inner = folder / "markdown"
    inner.mkdir()
    for number, text in enumerate(texts):
        (inner / f"{number}.md").write_text(text, "utf-8")
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([program, "check", "--no-cache", "-s", str(inner)], capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    size = sum(len(text.encode()) for text in texts)
    print(f"  {'rumdl (per core; reads files)':<42}{size / 1e6 / seconds:>9.1f} MB/s")


def _document_rules() -> RuleSet:
    return structs.replace(rules_for(Settings()), corpus_rules=())


def _best(step: Callable[[], None], runs: int) -> float:
    best = float("inf")
    for _ in range(runs):
        started = time.process_time()
        step()
        best = min(best, time.process_time() - started)
    return best


if __name__ == "__main__":
    sys.exit(main())
