"""Fixing gives the same files and the same report on every executor."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from corpuslint.api import Execution, fix
from corpuslint.config.settings import Settings
from corpuslint.errors import ConfigError
from corpuslint.model.levels import Applicability
from corpuslint.pipeline.run import Outcome
from tests.pipeline.conftest import lines_of

HAS_RAY = importlib.util.find_spec("ray") is not None

PACK = '''
"""Rules for the tests: a word that is mended, one that kills, a story below a line, a text that is there twice."""

import os

from corpuslint import Applicability, Docs, Edit, Example, Fix, RuleSpec, Scope, Severity, Span, Split, Triggers

UNSAFE = Applicability.UNSAFE


def spec(code, name, word, **more):
    return RuleSpec(
        code=code, name=name, summary=name, message=name, severity=Severity.ERROR, docs=Docs(finds="f", why="w"),
        invalid=(Example(word),), valid=(Example("none"),), **more
    )


class Word:
    spec = spec("TST001", "word", "defect", triggers=Triggers(patterns=("defect",)))

    def check(self, anatomy):
        at = anatomy.text.find("defect")
        if at >= 0:
            span = Span(at, at + 6)
            fix = Fix.replace("Mend it", span, "mended", Applicability.UNSAFE)
            yield self.spec.report(anatomy.document, span, fix=fix)


class Poison:
    spec = spec("TST002", "poison", "harmless", triggers=Triggers(patterns=("poison",)))

    def check(self, anatomy):
        if "poison" in anatomy.text:
            os._exit(9)
        return ()


class Story:
    spec = spec("TST004", "story", "--", triggers=Triggers(patterns=("--",)))

    def check(self, anatomy):
        at = anatomy.text.find("--\\n")
        if at >= 0:
            end = len(anatomy.text)
            splits = (Split(Span(at + 3, end)),)
            fix = Fix("Split it off", Applicability.UNSAFE, (Edit(Span(at, end), ""),), splits=splits)
            yield self.spec.report(anatomy.document, Span(at, end), fix=fix)


class Twice:
    spec = spec("TST003", "twice", "twice", scope=Scope.CORPUS)

    def empty(self):
        return {}

    def collect(self, state, anatomy):
        state.setdefault(anatomy.text, set()).add(anatomy.document.id)
        return state

    def judge(self, states):
        found = {}
        for state in states:
            for key, documents in state.items():
                found.setdefault(key, set()).update(documents)
        for documents in found.values():
            for document in sorted(documents)[1:]:
                yield self.spec.report(document)


RULES = (Word(), Poison(), Story(), Twice())
'''


@pytest.fixture(scope="module")
def mending(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("packs") / "mending"
    folder.mkdir()
    (folder / "pack.toml").write_text('[pack]\nname = "mending"\nsummary = "For tests."\npython = ["rules.py"]\n')
    (folder / "rules.py").write_text(PACK)
    return Settings(packs=(folder,), select=("TST",), root=folder.parent)


@pytest.fixture(autouse=True)
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpuslint.pipeline.fixing.SHARD_FILES", 4)


def corpus(folder: Path) -> Path:
    """Texts with a defect, some with a second story below, and records."""
    folder.mkdir()
    for number in range(14):
        below = f"--\nanother story with a defect {number}\n" if number % 4 == 0 else ""
        (folder / f"{number:02d}.txt").write_text(f"a text with a defect {number % 5}\n{below}")
    records = [{"id": f"r{number}", "text": f"a defect {number % 3}"} for number in range(9)]
    (folder / "r.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    return folder


def tree(folder: Path) -> dict[str, str]:
    """All files below a folder but the locks."""
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


def fixed(folder: Path, settings: Settings, least: Applicability = Applicability.UNSAFE, **how: object) -> Outcome:
    return fix([str(folder)], settings, least, execution=Execution(**how))  # type: ignore[arg-type]


WAYS = [
    {"executor": "processes", "jobs": 1},
    {"executor": "processes", "jobs": 3},
    pytest.param(
        {"executor": "ray", "jobs": 2},
        marks=[pytest.mark.ray, pytest.mark.skipif(not HAS_RAY, reason="the extra `ray` is not installed")],
    ),
]


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_every_way_writes_the_same_files(mending: Settings, tmp_path: Path, way: dict[str, object]) -> None:
    one, other = corpus(tmp_path / "serial"), corpus(tmp_path / "other")
    serial = fixed(one, mending, executor="serial")
    outcome = fixed(other, mending, **way)
    assert tree(other) == tree(one)
    assert "14.txt" not in tree(one) and "12.story-2.txt" in tree(one)
    assert [line.replace("other", "serial") for line in lines_of(outcome)] == lines_of(serial)
    assert outcome.report.summary.fixed == serial.report.summary.fixed == {"TST001": 23, "TST004": 4}
    assert outcome.coverage.documents == serial.coverage.documents


def test_what_would_change_is_told_in_the_order_of_the_files(mending: Settings, tmp_path: Path) -> None:
    folder = corpus(tmp_path / "corpus")
    before = tree(folder)
    serial, other = (
        fix(
            [str(folder)], mending, Applicability.UNSAFE, dry=True, execution=Execution(executor=executor, jobs=2)
        ).changed
        for executor in ("serial", "processes")
    )
    assert other == serial
    assert len(serial) == 19
    assert tree(folder) == before


def test_a_file_that_kills_is_named_and_the_others_are_fixed(mending: Settings, tmp_path: Path) -> None:
    folder = corpus(tmp_path / "corpus")
    (folder / "03.txt").write_text("poison and a defect\n")
    outcome = fixed(folder, mending, executor="processes", jobs=2)
    told = [finding for finding in outcome.report.findings if finding.code == "LNT008"]
    assert [finding.filename for finding in told] == [(folder / "03.txt").as_posix()]
    assert outcome.unreadable
    assert [name for name, text in tree(folder).items() if "defect" in text and not name.startswith(".")] == ["03.txt"]


def test_ranks_fix_each_file_once(mending: Settings, tmp_path: Path) -> None:
    one, other = corpus(tmp_path / "serial"), corpus(tmp_path / "other")
    fixed(one, mending, executor="serial")
    counts = [
        fixed(other, mending, executor="serial", rank=rank, world_size=3).report.summary.fixed for rank in range(3)
    ]
    assert tree(other) == tree(one)
    assert sum(count.get("TST001", 0) for count in counts) == 23


def test_a_work_folder_makes_no_sense(mending: Settings, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="--work is not for --fix"):
        fixed(corpus(tmp_path / "corpus"), mending, work=str(tmp_path / "work"))


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for a child there")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["interrupted", "killed"])
def test_a_run_that_ends_early_is_taken_up_by_the_same_command(
    mending: Settings, tmp_path: Path, how: signal.Signals
) -> None:
    one, other = corpus(tmp_path / "serial"), corpus(tmp_path / "other")
    fixed(one, mending, executor="serial")
    for number in range(14, 80):
        for folder in (one, other):
            (folder / f"{number:02d}.txt").write_text(f"a text with a defect {number}\n")
    fixed(one, mending, executor="serial")
    code = (
        "import sys; from corpuslint.api import *; from corpuslint.config.settings import Settings;"
        "from pathlib import Path; from corpuslint.model.levels import Applicability;"
        "from corpuslint.pipeline import fixing; fixing.SHARD_FILES = 2\n"
        f"fix([{str(other)!r}], Settings(packs=(Path({str(mending.packs[0])!r}),), select=('TST',)),"
        "Applicability.UNSAFE, execution=Execution(executor='processes', jobs=2),"
        "each=lambda p: print(p.shards, flush=True))"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as run:
        assert run.stdout is not None
        run.stdout.readline()
        os.kill(run.pid, how)
        run.wait(timeout=30)
    fixed(other, mending, executor="serial")
    assert {name: text for name, text in tree(other).items() if not name.startswith(".")} == {
        name: text for name, text in tree(one).items() if not name.startswith(".")
    }
