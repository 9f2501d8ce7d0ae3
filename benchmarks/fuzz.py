"""Strange bytes for everything that reads a file: only our own errors, or findings, may come of them.

    python -m benchmarks.fuzz [--executions 2000] [--seed 0] [--only jsonl,csv]

Each target gets its own valid files, cut, joined and bent by Hypothesis under a fixed seed, and bytes of any kind.
What a target raises other than `CorpuslintError` is a crash; the smallest input that makes it is shown, to be kept
among the cases of `tests/security/test_strange_files.py`. Ends with status 1 where anything crashed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from corpuslint.config.load import load_options
from corpuslint.engine import baseline, decisions, suppressions
from corpuslint.errors import CorpuslintError
from corpuslint.formats import csv, jsonl
from corpuslint.formats.ledger import ledger_path, read_ledger
from corpuslint.formats.reading import ReadOptions
from corpuslint.packs.loader import load_pack
from corpuslint.publishing.manifest import Manifest
from corpuslint.reporting.drift import Rates
from corpuslint.text.decoding import decode, encode

ODD = (
    "\0", "\N{ZERO WIDTH NO-BREAK SPACE}", "\r", "\n", "\x85", "\N{LINE SEPARATOR}", '"', "'", "\\", ",", ";", "\t",
    "{", "}", "[", "]", "=", ":", "null", "true", "-1", "1e999", "NaN", "[]", "{}", "[[", "]]", '""', "[" * 3000,
    '{"a":' * 3000, "a=" + "[" * 3000, "9" * 5000, "\\ud800", "\\u0000", "(?", "(a+)+$", "*", "..", "../../x",
    "2024-13-40", "كلمة", "\N{ARABIC LETTER REH}\N{COMBINING ACUTE ACCENT}",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """Something that reads: what a file of its kind looks like, and the reading of one."""

    like: tuple[str, ...]
    read: Callable[[bytes, Path], object]


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one target: how often it read, how often it refused, and what crashed it ("" for nothing)."""

    executions: int
    refused: int
    crash: str = ""


def _decoded(data: bytes, _: Path) -> None:
    decoded = decode(data)
    if not decoded.is_binary:
        assert encode(decoded.text, decoded) == data, "the bytes do not come back"


def _written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def _ledger(data: bytes, folder: Path) -> object:
    path = _written(folder, "a.txt", b"")
    _written(ledger_path(path).parent, ledger_path(path).name, data)
    return read_ledger(path)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _pack(data: bytes, folder: Path) -> object:
    """Half of the bytes as the manifest, or a sound manifest and the bytes as its rules."""
    if data.startswith(b"[pack]"):
        _written(folder, "pack.toml", data)
    else:
        _written(folder, "pack.toml", b'[pack]\nname = "p"\nsummary = "s"\nversion = "1"\ndeclarative = ["r.toml"]\n')
        _written(folder, "r.toml", data)
    return load_pack(folder, python=False)


_RULE = """[[rule]]
code = "XYZ001"
name = "a-name"
kind = "find"
severity = "warning"
message = "a word"
summary = "A word stands there."
pattern = "كلمة"
languages = ["ar"]
docs = {finds = "f", why = "w", fix-safety = "s"}
invalid = [{text = "كلمة", why = "w"}]
valid = [{text = "غير", why = "w"}]
fix = {title = "Delete it", applicability = "unsafe"}
"""
_ENTRY = (
    '{"file": "a.txt", "code": "ART001", "fingerprint": "abc", "owner": "o", "reason": "r", "expires": "2027-01-01"}'
)
TARGETS = {
    "decode": Target(("قال الوزير\r\nإن", "\x00a\x00b"), _decoded),
    "jsonl": Target(
        ('{"id": "1", "text": "خبر", "keywords": ["a", 1]}\n', '{"text": null}\n{"text": "\\ud800"}\n'),
        lambda data, folder: list(jsonl.read(str(_written(folder, "a.jsonl", data)), ReadOptions())),
    ),
    "csv": Target(
        ("id,text\n1,خبر\n", 'text;title\n"a\nb";c\n', "id\ttext\n1\t2\n"),
        lambda data, folder: list(csv.read(str(_written(folder, "a.csv", data)), ReadOptions())),
    ),
    "pack": Target((_RULE, '[pack]\nname = "p"\nsummary = "s"\nversion = "1"\ndeclarative = []\npython = []\n'), _pack),
    "configuration": Target(
        (
            'select = ["ART"]\nlanguage = "ar"\n',
            'splits = "train=1"\n[fields]\ntext = "body"\n[per-file-ignores]\n"*.txt" = ["ART001"]\n',
        ),
        lambda data, folder: load_options(_written(folder, "corpuslint.toml", data)),
    ),
    "pyproject": Target(
        ('[tool.corpuslint]\nselect = ["ART"]\n', "tool = 1\n", "[tool]\ncorpuslint = 1\n"),
        lambda data, folder: load_options(_written(folder, "pyproject.toml", data)),
    ),
    "decisions": Target(
        ('{"verdict": "accept", "code": "ART001", "fingerprint": "abc", "file": "a", "by": "me"}\n',),
        lambda data, _: decisions.parse_decisions(_text(data), "decisions.jsonl"),
    ),
    "baseline": Target(
        (baseline.dump(baseline.Baseline()).replace('"entries": []', f'"entries": [{_ENTRY}]'),),
        lambda data, _: baseline.parse(_text(data), "baseline.json"),
    ),
    "suppressions": Target(
        ('[[suppress]]\ncode = "ART001"\nreason = "r"\nfile = "a"\nexpires = 2027-01-01\n',),
        lambda data, _: suppressions.parse_file(_text(data), "corpuslint.suppress.toml"),
    ),
    "suppressions in metadata": Target(
        ('{"suppress": [{"code": "ART001", "reason": "r", "expires": "2027-01-01"}]}',),
        lambda data, _: suppressions.parse_metadata(_text(data), "a", "a.meta.json"),
    ),
    "rates": Target(
        ('{"corpuslint-rates": 1, "documents": {"a": 2}, "reported": {"a": {"ART001": 1}}}',),
        lambda data, _: Rates.parse(_text(data), "rates.json"),
    ),
    "manifest": Target(
        (
            '{"manifest_version": 1, "name": "n", "version": "1.0.0", "recipe": {"tool": "1", "config_sha256": "a", '
            '"packs": {}, "rules": {}, "removed_text": "full"}, "shards": 1, "splits": {"train": 1}, "salt": "", '
            '"content": {}, "files": [], "tombstones": [], "previous": null}',
        ),
        lambda data, _: Manifest.from_json(_text(data), "manifest.json"),
    ),
    "ledger": Target(
        (
            '{"version": 1, "before_sha256": "a", "after_sha256": "b", "encoding": "utf-8", "bom": "", "documents": '
            '[{"index": 0, "edits": [{"rule": "A", "rule_version": 1, "offset": 0, "before": "a", "after": "", '
            '"fields": {"title": "t"}}]}], "beside": [], "lines": [], "raw": ""}\n',
        ),
        _ledger,
    ),
}


def inputs(like: Iterable[str]) -> st.SearchStrategy[bytes]:
    """Files of a kind with pieces taken out, doubled, swapped and put in, in any encoding; and any bytes at all."""
    wholes = list(like)
    pieces = sorted({piece for whole in wholes for line in whole.splitlines(True) for piece in (line, *line.split())})

    @st.composite
    def bent(draw: st.DrawFn) -> bytes:
        text = draw(st.sampled_from(wholes))
        for _ in range(draw(st.integers(0, 4))):
            start = draw(st.integers(0, len(text)))
            end = min(len(text), start + draw(st.integers(0, 12)))
            new = draw(st.one_of(st.sampled_from(ODD), st.sampled_from(pieces), st.text(max_size=3), st.just("")))
            text = text[:start] + new + text[end:]
        data = text.encode(draw(st.sampled_from(["utf-8"] * 6 + ["utf-16", "utf-8-sig", "cp1256"])), "replace")
        if draw(st.integers(0, 5)) == 0:
            at = draw(st.integers(0, len(data)))
            data = data[:at] + draw(st.binary(max_size=4)) + data[at + draw(st.integers(0, 3)) :]
        return data

    soup = st.lists(st.one_of(st.sampled_from(pieces), st.sampled_from(ODD)), max_size=12)
    return st.one_of(bent(), bent(), bent(), soup.map(lambda parts: "".join(parts).encode()), st.binary(max_size=80))


def fuzz(target: Target, executions: int, number: int, folder: Path) -> Tried:
    """Read that many strange files; a crash ends it, with the smallest input that makes one."""
    done = refused = 0

    @seed(number)
    @settings(
        max_examples=executions,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        print_blob=False,
    )
    @given(inputs(target.like))
    def reads(data: bytes) -> None:
        nonlocal done, refused, last
        done += 1
        try:
            target.read(data, folder)
        except CorpuslintError:
            refused += 1
        except BaseException:
            last = data
            raise

    last = b""
    try:
        reads()
    except Exception as error:
        return Tried(
            done, refused, f"{type(error).__name__}: {str(error)[:120]}\n    on {last[:160]!r} ({len(last)} B)"
        )
    return Tried(done, refused)


def main() -> int:
    """Fuzz each target and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--executions", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default=",".join(TARGETS))
    options = parser.parse_args()
    print(f"{'target':26}{'executions':>11}{'refused':>9}{'crashes':>9}{'seconds':>9}", flush=True)
    bad = 0
    for name in options.only.split(","):
        with tempfile.TemporaryDirectory(prefix="corpuslint-fuzz-") as folder:
            started = time.monotonic()
            tried = fuzz(TARGETS[name], options.executions, options.seed, Path(folder))
            seconds = time.monotonic() - started
        crashes = int(bool(tried.crash))
        print(f"{name:26}{tried.executions:>11,}{tried.refused:>9,}{crashes:>9}{seconds:>9.1f}", flush=True)
        if tried.crash:
            print(f"    {tried.crash}", flush=True)
        bad += crashes
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
