"""Decisions of reviewers hold for check, fix and build; they merge line by line, and disagreement changes nothing."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from corpuslint.engine.decisions import Decision, Verdict, holding, paragraph_key, parse_decisions, precision_by_rule
from corpuslint.errors import ConfigError
from tests.conftest import Corpuslint

TEXT = (
    "أعلنت البلدية بدء أعمال توسعة الحديقة العامة في وسط المدينة القديمة.\n"
    "[ad_1]\n"
    "بلغ عدد الزوار 1،000 زائر في اليوم الأول من الافتتاح بحسب المنظمين.\n"
    "فاز فريق الميناء بكأس الدوري بعد مباراة مثيرة انتهت بركلات الترجيح.\n"
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The configuration that holds is that of the folder in which a run is started."""
    monkeypatch.chdir(tmp_path)


def corpus(folder: Path) -> Path:
    (folder / "corpuslint.toml").write_text("select = ['ART001', 'PUN020']\n")
    path = folder / "a.txt"
    path.write_text(TEXT, "utf-8")
    return path


def decide(folder: Path, *decisions: Decision) -> None:
    lines = "".join(decision.written() + "\n" for decision in decisions)
    (folder / "corpuslint.decisions.jsonl").write_text(lines, "utf-8")


def fingerprint(corpuslint: Corpuslint, path: Path, code: str) -> str:
    found = json.loads(corpuslint("check", path, "--output-format", "json").out)
    return next(finding["fingerprint"] for finding in found if finding["code"] == code)


def test_a_rejected_finding_is_silenced_and_its_text_stays(corpuslint: Corpuslint, tmp_path: Path) -> None:
    path = corpus(tmp_path)
    mark = fingerprint(corpuslint, path, "PUN020")
    decide(tmp_path, Decision(Verdict.REJECT, "PUN020", mark, "a.txt", by="n"))
    run = corpuslint("check", path, "--output-format", "json")
    assert [finding["code"] for finding in json.loads(run.out)] == ["ART001"]
    corpuslint("check", path, "--fix")
    assert path.read_text("utf-8") == TEXT.replace("[ad_1]\n", "")


def test_an_edited_fix_is_made_the_reviewers_way(corpuslint: Corpuslint, tmp_path: Path) -> None:
    path = corpus(tmp_path)
    mark = fingerprint(corpuslint, path, "PUN020")
    decide(tmp_path, Decision(Verdict.EDIT, "PUN020", mark, "a.txt", by="n", content="ألف"))
    corpuslint("check", path, "--fix")
    assert path.read_text("utf-8") == TEXT.replace("[ad_1]\n", "").replace("1،000", "ألف")


def test_a_split_makes_a_story_of_its_own_and_undo_takes_it_back(corpuslint: Corpuslint, tmp_path: Path) -> None:
    path = corpus(tmp_path)
    lines = TEXT.splitlines(keepends=True)
    decide(tmp_path, Decision(Verdict.SPLIT, "", "", "a.txt", by="n", paragraph=paragraph_key(lines[3])))
    corpuslint("check", path, "--fix")
    assert (tmp_path / "a.story-2.txt").read_text("utf-8") == lines[3].rstrip("\n")
    assert path.read_text("utf-8").rstrip("\n") == (lines[0] + lines[2].replace("1،000", "1,000")).rstrip("\n")
    before = {item: item.read_bytes() for item in tmp_path.glob("*.txt")}
    corpuslint("check", tmp_path, "--fix")
    assert {item: item.read_bytes() for item in tmp_path.glob("*.txt")} == before
    corpuslint("undo", tmp_path)
    assert path.read_text("utf-8") == TEXT
    assert not (tmp_path / "a.story-2.txt").exists()


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
def test_lines_of_two_people_merge_in_any_order(order: tuple[int, ...]) -> None:
    lines = [
        Decision(Verdict.ACCEPT, "ART001", "f1", "a.txt", by="n"),
        Decision(Verdict.REJECT, "ART001", "f1", "a.txt", by="m"),
        Decision(Verdict.ACCEPT, "ART001", "f2", "a.txt", by="m"),
    ]
    held = holding(lines[number] for number in order)
    assert set(held) == {("a.txt", "f2")}


def test_the_last_word_of_one_person_holds() -> None:
    lines = [Decision(verdict, "ART001", "f1", "a.txt", by="n") for verdict in (Verdict.ACCEPT, Verdict.FALSE_ALARM)]
    assert precision_by_rule(holding(lines)) == {"ART001": (0, 1)}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not a decision"),
        ("[]", "it must be an object"),
        (
            '{"verdict": "maybe"}',
            "'verdict' must be one of accept, edit, false-alarm, reject",
        ),
        ('{"verdict": "accept", "code": "ART001"}', "needs 'code' and 'fingerprint'"),
        ('{"verdict": "split"}', "needs 'paragraph'"),
        ('{"verdict": "accept", "code": "A", "fingerprint": "f", "note": "x"}', "unknown key 'note'"),
    ],
    ids=["json", "object", "verdict", "fingerprint", "paragraph", "key"],
)
def test_a_file_broken_by_hand_names_the_line(line: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_decisions(f"\n{line}\n", "d.jsonl")
    assert said in str(caught.value)
    assert "d.jsonl:2" in str(caught.value)


def test_written_decisions_are_read_back() -> None:
    decision = Decision(Verdict.EDIT, "PUN020", "f", "أ.txt", by="n", content="1,000\n")
    (back,) = parse_decisions(decision.written(), "d")
    assert back.written() == decision.written()


def test_what_is_taken_back_holds_no_more() -> None:
    lines = [
        Decision(Verdict.REJECT, "ART001", "f1", "a.txt", by="n"),
        Decision(Verdict.SPLIT, "", "", "a.txt", by="n", paragraph="p1"),
        Decision(Verdict.UNDECIDED, "ART001", "f1", "a.txt", by="n"),
        Decision(Verdict.UNDECIDED, "", "", "a.txt", by="n", paragraph="p1"),
    ]
    assert holding(lines) == {}
    written = "".join(decision.written() + "\n" for decision in lines)
    assert [decision.verdict for decision in parse_decisions(written, "d")] == [line.verdict for line in lines]


def test_one_person_takes_back_only_what_that_person_said() -> None:
    lines = [
        Decision(Verdict.REJECT, "ART001", "f1", "a.txt", by="n"),
        Decision(Verdict.UNDECIDED, "ART001", "f1", "a.txt", by="m"),
    ]
    assert [decision.verdict for decision in holding(lines).values()] == [Verdict.REJECT]
