"""A small corpus in every format, rules of its own, and a way to lint it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from corpuslint.api import Execution, check
from corpuslint.config.settings import Settings
from corpuslint.pipeline.run import Outcome
from corpuslint.reporting.json import text_of

PACK = '''
"""Rules for the tests: a word that is reported, words that kill, and titles that are there twice."""

import os
import re
import signal

from corpuslint import Docs, Example, RuleSpec, Scope, Severity, Triggers

DOCS = Docs(finds="Words.", why="To test.")


def spec(code, name, word, **more):
    return RuleSpec(
        code=code, name=name, summary=name, message=name, severity=Severity.ERROR, docs=DOCS,
        invalid=(Example(word),), valid=(Example("none"),), **more
    )


class Word:
    spec = spec("TST001", "word", "defect", triggers=Triggers(patterns=("defect",)))

    def check(self, anatomy):
        from corpuslint import Span
        for match in re.finditer("defect", anatomy.text):
            yield self.spec.report(anatomy.document, Span(*match.span()))


class Poison:
    spec = spec("TST002", "poison", "poison", triggers=Triggers(patterns=("poison-",)))

    def check(self, anatomy):
        if "poison-exit" in anatomy.text:
            os._exit(9)
        if "poison-segfault" in anatomy.text:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "poison-raise" in anatomy.text:
            raise ValueError("poisoned")
        if "poison-hang" in anatomy.text:
            re.match(r"(a|aa)+$", "a" * 60 + "!")
        return ()


class Twice:
    spec = spec("TST003", "twice", "twice", scope=Scope.CORPUS)

    def empty(self):
        return {}

    def collect(self, state, anatomy):
        state.setdefault(anatomy.document.declared("title"), set()).add(anatomy.document.id)
        return state

    def judge(self, states):
        found = {}
        for state in states:
            for key, documents in state.items():
                found.setdefault(key, set()).update(documents)
        for title, documents in found.items():
            if title and len(documents) > 1:
                for document in sorted(documents)[1:]:
                    yield self.spec.report(document)


RULES = (Word(), Poison(), Twice())
'''


def record(number: int) -> dict[str, str]:
    """A record; every third has a defect, every tenth a title that another has too."""
    text = f"line one of {number}\n" + ("a defect here\n" if number % 3 == 0 else "nothing here\n") * 3
    return {"id": f"r{number}", "text": text, "title": "same" if number % 10 == 0 else f"title {number}"}


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the pack."""
    folder = tmp_path_factory.mktemp("packs") / "tests"
    folder.mkdir()
    (folder / "pack.toml").write_text('[pack]\nname = "tests"\nsummary = "For tests."\npython = ["rules.py"]\n')
    (folder / "rules.py").write_text(PACK)
    return folder


@pytest.fixture
def settings(pack: Path, tmp_path: Path) -> Settings:
    """Only the rules of the pack."""
    return Settings(packs=(pack,), select=("TST",), root=tmp_path)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two large files and thirty small ones, 330 documents."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    lines = "".join(json.dumps(record(number)) + "\n" for number in range(200))
    (folder / "a.jsonl").write_text(lines)
    table = pyarrow.Table.from_pylist([record(number) for number in range(200, 300)])
    pyarrow.parquet.write_table(table, folder / "b.parquet", row_group_size=16)
    for number in range(300, 330):
        own = record(number)
        (folder / f"c{number}.txt").write_text(own["text"])
        (folder / f"c{number}.meta.json").write_text(json.dumps({"title": own["title"]}))
    return folder


@pytest.fixture
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut a corpus of a few kilobytes into many shards."""
    monkeypatch.setattr("corpuslint.pipeline.lint.PART_BYTES", 2000)
    monkeypatch.setattr("corpuslint.pipeline.lint.SHARD_BYTES", 1500)
    monkeypatch.setattr("corpuslint.pipeline.lint._WORTH_CACHE", 1)


Lint = Callable[..., Outcome]


@pytest.fixture
def lint(settings: Settings) -> Lint:
    """Lint paths in a given way."""

    def run(*paths: object, **how: object) -> Outcome:
        return check([str(path) for path in paths], settings, execution=Execution(**{"cache": False, **how}))  # type: ignore[arg-type]

    return run


def lines_of(outcome: Outcome) -> list[str]:
    """The findings as the JSON report has them."""
    return [text_of(finding) for finding in outcome.report.findings]
