"""What only the corpus teaches is mended in place, too, and taken back like every other fix."""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import signal
import sys
from collections import Counter
from pathlib import Path

import pytest

from corpuslint.api import Execution, check, fix
from corpuslint.config.settings import Settings
from corpuslint.formats.rewriting import Undone, undo_paths
from corpuslint.model.ledger import undo
from corpuslint.model.levels import Applicability
from corpuslint.packs.loader import load_pack
from corpuslint.resources import rules_folder

LINE = "منصة الميناء للأخبار اليومية"
WORDS = [f"{a}{b}{c}" for a in "بتجحدر" for b in "ايو" for c in "سشعفقل"]


def story(seed: int) -> str:
    chosen = random.Random(seed)
    return "\n".join(" ".join(chosen.choices(WORDS, k=30)) + "." for _ in range(5))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Forty texts and forty records of one outlet, each with the outlet's line below, and others without it."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.txt").write_text(f"{story(number)}\n{LINE}\n", "utf-8")
        (folder / f"{number:02}.meta.json").write_text('{"source": "الميناء"}', "utf-8")
    records = [{"text": f"{story(100 + number)}\n{LINE}", "source": "الميناء"} for number in range(40)]
    records += [{"text": story(200 + number), "source": "الصباح"} for number in range(40)]
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    (folder / "r.jsonl").write_text("".join(lines), "utf-8")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(select=("ART960", "SPC"), root=tmp_path)


@pytest.fixture
def repetitive(corpus: Path) -> Path:
    """Texts that open and close with several lines which only some share: with one gone, the next stands out."""
    for number in range(40):
        chosen = random.Random(number)
        above = ["صحيفة الميناء", chosen.choice(("نشرة الصباح الاقتصادية", "نشرة المساء الرياضية"))]
        title = f"حركة السفن في المرفأ {chosen.choice(WORDS)} {chosen.choice(WORDS)}"
        below = [f"تابعوا نشراتنا {chosen.choice(('صباحا', 'مساء'))} على الموقع", LINE]
        text = "\n".join([*above, title, f"{story(number)} ", *below])
        (corpus / f"{number:02}.txt").write_text(f"{text}\n", "utf-8")
    return corpus


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("way", [Execution(executor="serial"), Execution(executor="processes", jobs=2)], ids=str)
def test_findings_of_the_corpus_keep_their_places_where_they_lie_on_disk(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: Execution
) -> None:
    settings = Settings(select=("ART960", "ART961"), root=tmp_path)
    held = [*check([str(corpus)], settings, execution=way).report.findings]
    monkeypatch.setattr("corpuslint.resources.MOST_BYTES", 1_000)
    away = [*check([str(corpus)], settings, execution=way).report.findings]
    below = len(story(0)) + 1  # every story is as long
    places = {(found.code, found.start.row, found.start.column, found.offset, found.end_offset) for found in away}
    assert places == {(code, 6, 1, below, below + len(LINE)) for code in ("ART960", "ART961")}
    assert (Counter(found.code for found in away), away) == ({"ART960": 80, "ART961": 1}, held)


@pytest.mark.parametrize("way", [Execution(executor="serial"), Execution(executor="processes", jobs=2)], ids=str)
def test_a_learned_line_goes_and_comes_back_to_the_byte(corpus: Path, settings: Settings, way: Execution) -> None:
    before = contents(corpus)
    outcome = fix([str(corpus)], settings, Applicability.UNSAFE, execution=way)
    after = contents(corpus)
    assert (outcome.report.summary.fixed["ART960"], len(outcome.report.findings)) == (80, 0)
    assert [name for name, data in after.items() if LINE.encode() in data] == []
    assert not fix([str(corpus)], settings, Applicability.UNSAFE, execution=way).report.summary.fixed
    assert contents(corpus) == after
    assert all(isinstance(undone, Undone) for _, undone in undo_paths([str(corpus)], last_only=False))
    assert contents(corpus) == before


def test_what_is_left_is_not_learned_anew(repetitive: Path, settings: Settings) -> None:
    fix([str(repetitive)], settings, Applicability.UNSAFE)
    after = contents(repetitive)
    assert LINE.encode() not in after["00.txt"]
    assert "حركة السفن في المرفأ".encode() in after["00.txt"]
    assert not fix([str(repetitive)], settings, Applicability.UNSAFE).report.summary.fixed
    assert contents(repetitive) == after
    assert list(check([str(repetitive)], settings).report.findings) == []


@pytest.mark.parametrize("deadly", [3, 60, 90, 120, 150])
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes can be forked here")
def test_a_run_after_a_kill_learns_what_the_first_one_did(
    repetitive: Path, settings: Settings, tmp_path: Path, deadly: int
) -> None:
    whole = tmp_path / "whole"
    shutil.copytree(repetitive, whole)
    assert fix([str(whole)], settings, Applicability.UNSAFE).report.summary.fixed["ART960"] > 40
    if not (child := os.fork()):
        calls = itertools.count(1)
        sys.addaudithook(
            lambda event, _: (
                os.kill(os.getpid(), signal.SIGKILL) if event == "os.rename" and next(calls) == deadly else None
            )
        )
        fix([str(repetitive)], settings, Applicability.UNSAFE)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert contents(repetitive) != contents(whole)
    fix([str(repetitive)], settings, Applicability.UNSAFE)
    assert contents(repetitive) == contents(whole)


def test_a_text_edited_since_is_read_as_it_is(corpus: Path, settings: Settings) -> None:
    fix([str(corpus)], settings, Applicability.UNSAFE)
    for number in range(12):
        path = corpus / f"{number:02}.txt"
        path.write_text(path.read_text("utf-8") + "نشرة جديدة من الميناء\n", "utf-8")
    outcome = fix([str(corpus)], settings, Applicability.UNSAFE)
    assert outcome.report.summary.fixed == {"ART960": 12}


def test_records_that_moved_are_known(corpus: Path, settings: Settings) -> None:
    """What was split off a record in the run before moves those below it, and their edits with them."""
    from corpuslint.formats.ledger import edits_since

    fix([str(corpus)], settings, Applicability.UNSAFE)
    edits = edits_since(corpus / "r.jsonl", {"ART960"})
    assert sorted(edits) == list(range(40))
    texts = [json.loads(line)["text"] for line in (corpus / "r.jsonl").read_text("utf-8").splitlines()]
    assert {undo(texts[index], own).rpartition("\n")[2] for index, own in edits.items()} == {LINE}


@pytest.mark.parametrize("place", ["above", "below"])
def test_records_below_one_that_is_split_are_mended_too(tmp_path: Path, place: str) -> None:
    rules = load_pack(rules_folder() / "stories").all_rules
    (two,) = (rule.spec.invalid[1].text for rule in rules if rule.spec.code == "MIX001")
    bodies = [two if number in (5, 9) else story(number) for number in range(40)]
    texts = [f"{LINE}\n{body}" if place == "above" else f"{body}\n{LINE}" for body in bodies]
    lines = (json.dumps({"text": text, "source": "الميناء"}, ensure_ascii=False) + "\n" for text in texts)
    (tmp_path / "r.jsonl").write_text("".join(lines), "utf-8")
    before, settings = contents(tmp_path), Settings(select=("ART960", "MIX001"), root=tmp_path)
    assert fix([str(tmp_path)], settings, Applicability.UNSAFE).report.summary.fixed == {"MIX001": 2, "ART960": 40}
    after = contents(tmp_path)
    records = [json.loads(line) for line in after["r.jsonl"].splitlines()]
    assert [number for number, record in enumerate(records) if "source" not in record] == [6, 11]
    assert [number for number, record in enumerate(records) if LINE in record["text"]] == []
    assert not fix([str(tmp_path)], settings, Applicability.UNSAFE).report.summary.fixed
    assert contents(tmp_path) == after
    assert all(isinstance(undone, Undone) for _, undone in undo_paths([str(tmp_path)], last_only=False))
    assert contents(tmp_path) == before


def test_a_ledger_that_is_gone_is_noticed_by_a_run_with_a_cache(repetitive: Path, settings: Settings) -> None:
    fix([str(repetitive)], settings, Applicability.UNSAFE)
    assert list(check([str(repetitive)], settings, execution=Execution()).report.findings) == []
    shutil.rmtree(repetitive / ".corpuslint")
    anew = check([str(repetitive)], settings, execution=Execution(cache=False)).report.findings
    assert list(check([str(repetitive)], settings, execution=Execution()).report.findings) == list(anew) != []


def test_safe_fixes_leave_it_and_a_dry_run_only_says_so(corpus: Path, settings: Settings) -> None:
    before = contents(corpus)
    assert "ART960" not in fix([str(corpus)], settings, Applicability.SAFE).report.summary.fixed
    assert contents(corpus) == before
    changes = fix([str(corpus)], settings, Applicability.UNSAFE, dry=True).changed
    assert contents(corpus) == before
    fix([str(corpus)], settings, Applicability.UNSAFE)
    assert {Path(change.filename).name: change.after for change in changes} == {
        name: data for name, data in contents(corpus).items() if data != before[name]
    }


def test_what_the_configuration_does_not_dare_stays(corpus: Path, settings: Settings) -> None:
    import msgspec

    careful = msgspec.structs.replace(settings, min_confidence=0.999)
    assert not fix([str(corpus)], careful, Applicability.UNSAFE).report.summary.fixed
    (applicability,) = {finding.applicability for finding in check([str(corpus)], careful).report.findings}
    assert applicability is Applicability.DISPLAY
