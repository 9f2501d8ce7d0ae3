"""One report, however the work is done."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from msgspec import structs

from corpuslint.config.settings import Settings
from corpuslint.errors import ConfigError
from corpuslint.model.document import Document
from corpuslint.pipeline import run
from corpuslint.pipeline.kept import Folder
from corpuslint.reporting.report import Report
from tests.pipeline.conftest import Lint, lines_of

pytestmark = pytest.mark.usefixtures("small_shards")

HAS_RAY = importlib.util.find_spec("ray") is not None


def counts(report: Report) -> dict[str, int]:
    """Findings by code."""
    return dict(report.findings.by_code())


def test_everything_is_found_once(lint: Lint, corpus: Path) -> None:
    outcome = lint(corpus, executor="serial")
    assert counts(outcome.report) == {"TST001": 330, "TST003": 32}
    assert (outcome.coverage.documents, len(outcome.coverage.files)) == (330, 32)
    assert [finding.record.index for finding in outcome.report.findings if finding.filename.endswith("l")][:4] == [
        0,
        0,
        0,
        3,
    ]


@pytest.mark.parametrize(
    "how",
    [
        {"executor": "processes", "jobs": 1},
        {"executor": "processes", "jobs": 3},
        {"executor": "serial", "timing": True},
        pytest.param(
            {"executor": "ray", "jobs": 2},
            marks=[pytest.mark.ray, pytest.mark.skipif(not HAS_RAY, reason="the extra `ray` is not installed")],
        ),
    ],
    ids=str,
)
def test_every_way_gives_the_same_report(lint: Lint, corpus: Path, how: dict[str, object]) -> None:
    assert lines_of(lint(corpus, **how)) == lines_of(lint(corpus, executor="serial"))


def test_what_a_terminal_or_a_runner_obeys_is_escaped_however_the_work_is_done(lint: Lint, corpus: Path) -> None:
    obeyed = ("##[error]", "##vso[", "\x85", "\x9b", "\N{RIGHT-TO-LEFT OVERRIDE}", "\N{LINE SEPARATOR}")
    hostile = {"id": " ".join(obeyed), "text": "a defect here"}
    (corpus / "hostile.jsonl").write_text(json.dumps(hostile) + "\n", "utf-8")
    serial = lines_of(lint(corpus, executor="serial"))
    assert any(json.loads(line)["record"] == {"index": 0, "id": hostile["id"]} for line in serial)
    assert [word for word in obeyed if any(word in line for line in serial)] == []
    for how in ({"executor": "processes", "jobs": 2}, {"cache": True}, {"cache": True}):
        assert lines_of(lint(corpus, **how)) == serial


def test_a_second_run_knows_the_first(lint: Lint, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cold = lint(corpus, executor="serial", cache=True)
    monkeypatch.setattr("corpuslint.pipeline.run.Run.contents", None)  # nothing may be linted now
    warm = lint(corpus, executor="serial", cache=True)
    assert lines_of(warm) == lines_of(cold)
    assert warm.coverage.documents == 330


def test_one_large_file_is_worth_the_cache(lint: Lint, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpuslint.pipeline.lint._WORTH_CACHE", 1_000)
    monkeypatch.setattr("corpuslint.pipeline.lint._WORTH_CACHE_BYTES", 10_000)
    cold = lint(corpus / "a.jsonl", executor="serial", cache=True)
    monkeypatch.setattr("corpuslint.pipeline.run.Run.contents", None)  # nothing may be linted now
    assert lines_of(lint(corpus / "a.jsonl", executor="serial", cache=True)) == lines_of(cold)


def test_records_appended_to_a_file_cost_what_they_are(
    lint: Lint, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = corpus / "a.jsonl"
    lint(path, executor="serial", cache=True)
    last = path.stat().st_size // 2000 * 2000
    with path.open("a") as stream:
        stream.write(json.dumps({"id": "new", "text": "a defect here", "title": "same"}) + "\n")
    anew: list[int] = []
    lint_contents = run.Run.contents

    def noting(self: run.Run, contents: Iterable[Document]) -> None:
        documents = list(contents)
        anew.extend(document.origin.index for document in documents)
        lint_contents(self, documents)

    monkeypatch.setattr(run.Run, "contents", noting)
    warm = lint(path, executor="serial", cache=True)
    assert min(anew) >= path.read_bytes()[:last].count(b"\n")
    monkeypatch.undo()
    assert lines_of(warm) == lines_of(lint(path, executor="serial"))


def test_a_changed_file_is_linted_again(lint: Lint, corpus: Path) -> None:
    lint(corpus, executor="serial", cache=True)
    (corpus / "c301.txt").write_text("a defect now\n")
    changed = lint(corpus, executor="serial", cache=True)
    assert counts(changed.report)["TST001"] == 331
    assert lines_of(changed) == lines_of(lint(corpus, executor="serial"))


def test_changed_metadata_is_seen(lint: Lint, corpus: Path) -> None:
    lint(corpus, executor="serial", cache=True)
    (corpus / "c301.meta.json").write_text('{"title": "same"}')
    assert counts(lint(corpus, executor="serial", cache=True).report)["TST003"] == 33


def test_old_content_under_an_old_time_is_seen(lint: Lint, tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"n{number}.txt").write_text("nothing\n")
    status = (tmp_path / "n3.txt").stat()
    lint(*tmp_path.glob("*.txt"), executor="serial", cache=True)
    (tmp_path / "n3.txt").write_text("defect!\n")
    os.utime(tmp_path / "n3.txt", ns=(status.st_atime_ns, status.st_mtime_ns))
    outcome = lint(*tmp_path.glob("*.txt"), executor="serial", cache=True)
    assert counts(outcome.report) == {"TST001": 1}


def test_other_settings_have_results_of_their_own(corpus: Path, settings: Settings, lint: Lint) -> None:

    from corpuslint.api import Execution, check

    lint(corpus, executor="serial", cache=True)
    fewer = structs.replace(settings, ignore=("TST003",))
    report = check([str(corpus)], fewer, execution=Execution(executor="serial")).report
    assert counts(report) == {"TST001": 330}


@pytest.mark.parametrize("damage", [b"", b"\x80\x05N.", b"no pickle", b"cos\nsystem\n(S'true'\ntR."])
def test_a_damaged_cache_is_an_empty_one(
    lint: Lint, corpus: Path, damage: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORPUSLINT_CACHE_DIR", str(tmp_path / "cache"))
    expected = lines_of(lint(corpus, executor="serial", cache=True))
    kept = [path for path in (tmp_path / "cache").rglob("findings-*/*/done/*") if path.is_file()]
    for path in kept:
        path.write_bytes(damage)
    assert kept
    assert lines_of(lint(corpus, executor="serial", cache=True)) == expected


@pytest.mark.parametrize("poison", ["exit", "hang", pytest.param("segfault", marks=pytest.mark.slow)])
def test_one_document_that_kills_is_named_and_the_rest_is_linted(
    lint: Lint, corpus: Path, poison: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpuslint.pipeline.lint._SECONDS_A_SHARD", 2.0)
    monkeypatch.setattr("corpuslint.pipeline.lint._DOCUMENT_SECONDS", 1.0)
    with (corpus / "a.jsonl").open("a") as stream:
        stream.write(json.dumps({"text": f"poison-{poison}", "title": "same"}) + "\n")
    outcome = lint(corpus, executor="processes", jobs=2)
    found = [finding for finding in outcome.report.findings if finding.code == "LNT007"]
    assert [(finding.filename, finding.record.index if finding.record else -1) for finding in found] == [
        ((corpus / "a.jsonl").as_posix(), 200)
    ]
    assert counts(outcome.report) == {"TST001": 330, "TST003": 32, "LNT007": 1}
    assert not outcome.unreadable


def test_a_rule_that_raises_costs_that_rule_on_that_document(lint: Lint, corpus: Path) -> None:
    (corpus / "c300.txt").write_text("poison-raise and a defect\n")
    outcome = lint(corpus, executor="serial")
    assert [finding.code for finding in outcome.report.findings if finding.filename.endswith("c300.txt")] == [
        "LNT003",
        "TST003",
        "TST001",
    ]


def test_a_work_folder_holds_a_run(lint: Lint, corpus: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    expected = lines_of(lint(corpus, executor="serial"))
    assert lines_of(lint(corpus, executor="serial", work=str(work))) == expected
    before = {path: path.stat().st_mtime_ns for path in work.rglob("*") if path.is_file() and path.name != "plan.json"}
    assert lines_of(lint(corpus, executor="processes", jobs=2, work=str(work))) == expected
    after = {path: path.stat().st_mtime_ns for path in work.rglob("*") if path.is_file() and path.name != "plan.json"}
    assert after == before


@pytest.mark.parametrize("harm", ["gone", "end-cut", "beginning-cut", "another", "content-changed"])
def test_a_harmed_work_folder_is_mended(lint: Lint, corpus: Path, tmp_path: Path, harm: str) -> None:
    work = tmp_path / "work"
    lint(corpus, executor="serial", work=str(work))
    shard, other = sorted((work / "done").iterdir())[:2]
    match harm:
        case "gone":
            shard.unlink()
        case "end-cut":
            shard.write_bytes(shard.read_bytes()[:-9])
        case "beginning-cut":
            shard.write_bytes(shard.read_bytes()[9:])
        case "another":
            shard.write_bytes(shard.read_bytes().split(b"\n", 1)[0] + b"\n" + other.read_bytes().split(b"\n", 1)[1])
        case "content-changed":
            (corpus / "c302.txt").write_text("defect\n")
    assert lines_of(lint(corpus, executor="serial", work=str(work))) == lines_of(lint(corpus, executor="serial"))


def test_ranks_share_the_work(lint: Lint, corpus: Path, tmp_path: Path) -> None:
    work = str(tmp_path / "work")
    for rank in range(3):
        part = lint(corpus, executor="serial", work=work, rank=rank, world_size=3)
        assert not part.report.findings
    done = sorted(marker.key for marker in Folder(work).markers())
    assert done == sorted(Folder(work).plan().shards)
    assert lines_of(lint(corpus, executor="serial", work=work)) == lines_of(lint(corpus, executor="serial"))


def test_a_rank_needs_a_folder(lint: Lint, corpus: Path) -> None:
    with pytest.raises(ConfigError, match="--world-size needs --work"):
        lint(corpus, world_size=2)


def test_a_work_folder_may_be_a_url(lint: Lint, corpus: Path) -> None:
    import fsspec

    try:
        first = lines_of(lint(corpus, executor="serial", work="memory://run"))
        assert lines_of(lint(corpus, executor="serial", work="memory://run")) == first
    finally:
        fsspec.filesystem("memory").rm("/run", recursive=True)


def test_a_file_that_vanishes_is_unreadable(lint: Lint, corpus: Path, tmp_path: Path) -> None:
    copy = tmp_path / "gone.jsonl"
    shutil.copy(corpus / "a.jsonl", copy)
    from corpuslint.formats.parts import cut

    parts = cut(str(copy), lambda _: 2000)
    copy.unlink()
    from corpuslint.formats.parts import read_part
    from corpuslint.formats.reading import ReadOptions, Trouble

    entries = [entry for part in parts for entry in read_part(part, ReadOptions())]
    assert entries and all(isinstance(entry, Trouble) for entry in entries)


def test_progress_is_told(corpus: Path, settings: Settings) -> None:
    from corpuslint.api import Execution, check
    from corpuslint.pipeline.drive import Progress

    told: list[Progress] = []
    check([str(corpus)], settings, execution=Execution(executor="serial", cache=False), each=told.append)
    assert told[-1].size == told[-1].total > 0
    assert told[-1].documents == 330


def test_what_corpus_rules_found_is_known_too(lint: Lint, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cold = lint(corpus, executor="serial", cache=True)
    monkeypatch.setattr("corpuslint.pipeline.run.Run.judge", None)  # nothing may be judged now
    assert lines_of(lint(corpus, executor="serial", cache=True)) == lines_of(cold)


def test_a_changed_file_is_judged_beside_all_others(lint: Lint, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lint(corpus, executor="serial", cache=True)
    (corpus / "c301.meta.json").write_text('{"title": "title 302"}')
    linted: list[str] = []
    before = run.Run.contents

    def spy(self: run.Run, contents: Iterable[Document]) -> None:
        documents = list(contents)
        linted.extend(document.origin.filename for document in documents)
        before(self, documents)

    monkeypatch.setattr(run.Run, "contents", spy)
    warm = lint(corpus, executor="serial", cache=True)
    assert (corpus / "c301.txt").as_posix() in linted
    assert (corpus / "a.jsonl").as_posix() not in linted
    assert counts(warm.report) == {"TST001": 330, "TST003": 33}
    assert lines_of(warm) == lines_of(lint(corpus, executor="serial"))


def test_a_file_that_goes_takes_its_findings_along(lint: Lint, corpus: Path) -> None:
    lint(corpus, executor="serial", cache=True)
    (corpus / "c310.txt").unlink()
    assert lines_of(lint(corpus, executor="serial", cache=True)) == lines_of(lint(corpus, executor="serial"))


def test_a_shard_that_failed_lets_nothing_be_believed(
    lint: Lint, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = lines_of(lint(corpus, executor="serial", cache=True))
    (corpus / "c301.txt").write_text((corpus / "c301.txt").read_text() + "defect\n")
    with monkeypatch.context() as broken:
        broken.setattr("corpuslint.pipeline.lint.read_part", None)  # every shard that is done fails
        assert counts(lint(corpus, executor="serial", cache=True).report)["LNT008"] > 0
    (corpus / "c301.txt").write_text((corpus / "c301.txt").read_text().removesuffix("defect\n"))
    assert lines_of(lint(corpus, executor="serial", cache=True)) == expected


@pytest.mark.parametrize("executor", ["serial", "processes"])
def test_a_file_that_changes_while_it_is_read_is_told(corpus: Path, settings: Settings, executor: str) -> None:
    from corpuslint.api import Execution, check

    def grow(progress: object) -> None:
        with (corpus / "a.jsonl").open("a") as stream:
            stream.write(json.dumps({"text": "more"}) + "\n")

    outcome = check([str(corpus)], settings, execution=Execution(executor=executor, jobs=2, cache=False), each=grow)
    told = [(finding.filename, finding.message) for finding in outcome.report.findings if finding.code[:3] == "LNT"]
    assert [filename for filename, _ in told] == [(corpus / "a.jsonl").as_posix()]
    assert "changed while it was read" in told[0][1]
    assert outcome.unreadable
