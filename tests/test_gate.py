"""What people say of findings, applied to whole runs: suppressions, baseline, limits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Corpuslint

LOST = "قال الناطق الرسمي إن الاجتماع \N{REPLACEMENT CHARACTER} سيعقد في موعده المقرر دون تأخير.\n"
ENTITY = "ذكر المصدر أن اللجنة&nbsp;ستعقد اجتماعها المقبل في العاصمة نهاية الشهر.\n"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")  # 2026-11-18
    (tmp_path / "corpuslint.toml").write_text('select = ["ENC", "LNT"]\ntrust = ["seeds"]\n', "utf-8")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/a.txt").write_text(LOST + ENTITY, "utf-8")
    return tmp_path


def codes(run_out: str) -> list[str]:
    return [finding["code"] for finding in json.loads(run_out)]


def declare(corpus: Path, *entries: dict[str, str]) -> None:
    (corpus / "seeds/a.meta.json").write_text(json.dumps({"corpuslint": {"suppress": entries}}), "utf-8")


def test_a_suppression_beside_the_text_silences_it(corpus: Path, corpuslint: Corpuslint) -> None:
    declare(corpus, {"code": "ENC010", "reason": "as printed"})
    run = corpuslint("check", "seeds", "--output-format", "json")
    assert codes(run.out) == ["ENC021"]


def test_fixing_leaves_what_is_suppressed(corpus: Path, corpuslint: Corpuslint) -> None:
    declare(corpus, {"code": "ENC021", "reason": "an article about HTML"})
    corpuslint("check", "seeds", "--fix")
    assert "&nbsp;" in (corpus / "seeds/a.txt").read_text("utf-8")


def test_fixing_keeps_the_suppressions_declared(corpus: Path, corpuslint: Corpuslint) -> None:
    declare(corpus, {"code": "ENC010", "reason": "as printed"})
    assert corpuslint("check", "seeds", "--fix").status == 0
    assert "as printed" in (corpus / "seeds/a.meta.json").read_text("utf-8")


def test_a_record_declares_its_own_suppressions(corpus: Path, corpuslint: Corpuslint) -> None:
    record = {"text": LOST, "corpuslint": {"suppress": [{"code": "ENC", "reason": "as printed"}]}}
    lines = [json.dumps(record), json.dumps({"text": LOST})]
    (corpus / "seeds/b.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    found = json.loads(corpuslint("check", "seeds/b.jsonl", "--output-format", "json").out)
    assert [finding["record"]["index"] for finding in found] == [1]


def test_a_suppression_that_silences_nothing_is_reported(corpus: Path, corpuslint: Corpuslint) -> None:
    declare(corpus, {"code": "ENC021", "reason": "r"}, {"code": "ENC001", "reason": "was so once"})
    run = corpuslint("check", "seeds", "--output-format", "json")
    assert codes(run.out) == ["LNT010", "ENC010"]
    assert corpuslint("check", "seeds", "--output-format", "json", "--select", "ENC").out.count("LNT010") == 0


def test_a_broken_suppression_is_a_finding_of_its_document(corpus: Path, corpuslint: Corpuslint) -> None:
    declare(corpus, {"code": "ENC010"})
    run = corpuslint("check", "seeds", "--output-format", "json")
    assert codes(run.out) == ["LNT013", "ENC010", "ENC021"]


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        pytest.param('code = "ENC021"\nreason = "r"', ["ENC010"], id="everywhere"),
        pytest.param('code = "ENC021"\nreason = "r"\nfile = "seeds/*"', ["ENC010"], id="a folder"),
        pytest.param('code = "ENC021"\nreason = "r"\nexpires = 2026-11-18', ["ENC010"], id="last day"),
        pytest.param(
            'code = "ENC021"\nreason = "r"\nexpires = 2026-11-17', ["LNT012", "ENC010", "ENC021"], id="day after"
        ),
        pytest.param('code = "ENC001"\nreason = "r"', ["LNT010", "ENC010", "ENC021"], id="unused"),
    ],
)
def test_suppressions_of_the_root(corpus: Path, corpuslint: Corpuslint, entry: str, found: list[str]) -> None:
    (corpus / "corpuslint.suppress.toml").write_text(f"[[suppress]]\n{entry}\n", "utf-8")
    assert codes(corpuslint("check", ".", "--output-format", "json").out) == found


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param('[[suppress]]\ncode = "ENX"\nreason = "r"\n', "unknown rule 'ENX'", id="unknown rule"),
        pytest.param('[[suppress]]\ncode = "ENC"\n', "corpuslint.suppress.toml:1", id="no reason"),
    ],
)
def test_wrong_suppressions_end_the_run(corpus: Path, corpuslint: Corpuslint, content: str, said: str) -> None:
    (corpus / "corpuslint.suppress.toml").write_text(content, "utf-8")
    run = corpuslint("check", "seeds")
    assert run.status == 2
    assert said in run.err


def test_a_baseline_that_is_not_there_or_broken_ends_the_run(corpus: Path, corpuslint: Corpuslint) -> None:
    assert corpuslint("check", "seeds", "--baseline", "none.json").status == 2
    (corpus / "b.json").write_text('{"corpuslint-baseline": 7}', "utf-8")
    run = corpuslint("check", "seeds", "--baseline", "b.json")
    assert (run.status, "b.json: is a baseline of version 7" in run.err) == (2, True)


def test_a_baseline_holds_after_letter_and_entity_fixes_around_it(corpus: Path, corpuslint: Corpuslint) -> None:
    assert corpuslint("baseline", "seeds").status == 0
    assert corpuslint("check", "seeds", "--baseline", "corpuslint.baseline.json").status == 0
    corpuslint("check", "seeds", "--fix")
    run = corpuslint("check", "seeds", "--baseline", "corpuslint.baseline.json", "--output-format", "json")
    assert (run.status, codes(run.out)) == (0, ["LNT011"])
    assert "1 gone" in corpuslint("baseline", "seeds", "--prune").err


def test_a_run_on_one_file_says_nothing_of_entries_for_others(corpus: Path, corpuslint: Corpuslint) -> None:
    (corpus / "seeds/b.txt").write_text(LOST, "utf-8")
    corpuslint("baseline", "seeds")
    (corpus / "seeds/b.txt").write_text("نص\n", "utf-8")
    run = corpuslint("check", "seeds/a.txt", "--baseline", "corpuslint.baseline.json", "--output-format", "json")
    assert (run.status, codes(run.out)) == (0, [])


def test_a_baseline_is_the_same_from_any_folder(
    corpus: Path, corpuslint: Corpuslint, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpuslint("baseline", ".")
    (corpus / "corpuslint.toml").write_text('select = ["ENC"]\nbaseline = "corpuslint.baseline.json"\n', "utf-8")
    monkeypatch.chdir(corpus / "seeds")
    assert corpuslint("check", "a.txt").status == 0


@pytest.mark.parametrize(
    ("conditions", "status"),
    [("error", 1), ("never", 0), ("ENC010>1", 0), ("ENC>1", 1), ("error,ENC>100%", 0), ("ENC>99%", 1), ("ENX>1", 2)],
)
def test_fail_on(corpus: Path, corpuslint: Corpuslint, conditions: str, status: int) -> None:
    assert corpuslint("check", "seeds", "--fail-on", conditions).status == status


def test_a_share_of_each_source_names_the_source(corpus: Path, corpuslint: Corpuslint) -> None:
    lines = [{"text": LOST if n < 2 else "نص", "source": "Small" if n < 10 else "Large"} for n in range(400)]
    (corpus / "seeds/b.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    run = corpuslint("check", "seeds/b.jsonl", "--fail-on", "error,ENC>1%/source")
    assert run.status == 1
    assert "ENC>1%/source: 20.00 % (2 of 10 documents of Small)" in run.out
    assert corpuslint("check", "seeds/b.jsonl", "--fail-on", "error,ENC>1%").status == 0


def test_several_reports_from_one_run(corpus: Path, corpuslint: Corpuslint) -> None:
    run = corpuslint("check", "seeds", "--report", "json-lines=out.jsonl", "--report", "junit=out.xml")
    assert run.status == 1
    assert len((corpus / "out.jsonl").read_text("utf-8").splitlines()) == 2
    assert (corpus / "out.xml").read_text("utf-8").startswith("<?xml")


def test_the_html_page_shows_only_what_counts(corpus: Path, corpuslint: Corpuslint) -> None:
    declare(corpus, {"code": "ENC010", "reason": "as printed"})
    page = corpuslint("check", "seeds", "--output-format", "html").out
    assert page.startswith("<!")
    assert '"ENC021"' in page
    assert '"ENC010"' not in page
    corpuslint("check", "seeds", "--report", "html=out.html")
    assert (corpus / "out.html").read_text("utf-8") == page


@pytest.mark.parametrize("wrong", ["--report=xml=a", "--report=json", "--output-format=xml"])
def test_a_mistyped_format_costs_no_run(corpus: Path, corpuslint: Corpuslint, wrong: str) -> None:
    assert corpuslint("check", "nothing-is-read", wrong).status == 2


def test_rules_are_switched_off_by_file_from_any_folder(
    corpus: Path, corpuslint: Corpuslint, monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus / "corpuslint.toml").write_text(
        'select = ["ENC"]\n[per-file-ignores]\n"seeds/a*" = ["ENC021", "LET"]\n', "utf-8"
    )
    assert codes(corpuslint("check", "seeds", "--output-format", "json").out) == ["ENC010"]
    monkeypatch.chdir(corpus / "seeds")
    assert codes(corpuslint("check", "a.txt", "--output-format", "json").out) == ["ENC010"]
    assert codes(corpuslint("check", corpus, "--output-format", "json").out) == ["ENC010"]


def test_rules_are_switched_off_by_source(corpus: Path, corpuslint: Corpuslint) -> None:
    (corpus / "corpuslint.toml").write_text('select = ["ENC"]\n[per-source-ignores]\n"BBC*" = ["ENC"]\n', "utf-8")
    records = [{"text": ENTITY, "source": "BBC Persian"}, {"text": ENTITY, "url": "https://www.cnn.example/1"}]
    (corpus / "b.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    found = json.loads(corpuslint("check", "b.jsonl", "--output-format", "json").out)
    assert [finding["record"]["index"] for finding in found] == [1]
    corpuslint("check", "b.jsonl", "--fix")
    assert [json.loads(line)["text"].count("&nbsp;") for line in (corpus / "b.jsonl").read_text().splitlines()] == [
        *(1, 0)
    ]


@pytest.fixture
def layered(corpus: Path) -> Path:
    """A folder with a configuration of its own, one that extends the upper one, and one without."""
    for name, content in (
        ("own", 'select = ["ENC010"]\n'),
        ("more", 'extend = "../../corpuslint.toml"\nignore = ["ENC010"]\n'),
        ("none", ""),
    ):
        folder = corpus / "seeds" / name
        folder.mkdir()
        (folder / "x.txt").write_text(LOST + ENTITY, "utf-8")
        if content:
            (folder / "corpuslint.toml").write_text(content, "utf-8")
    return corpus


LAYERED = [
    *(("seeds/a.txt", code) for code in ("ENC010", "ENC021")),
    ("seeds/more/x.txt", "ENC021"),
    *(("seeds/none/x.txt", code) for code in ("ENC010", "ENC021")),
    ("seeds/own/x.txt", "ENC010"),
]


def found_in(out: str) -> list[tuple[str, str]]:
    return [(finding["filename"], finding["code"]) for finding in json.loads(out)]


@pytest.mark.parametrize(
    "paths",
    [["seeds"], ["."], ["seeds/own/x.txt", "seeds/more/x.txt", "seeds/none/x.txt", "seeds/a.txt"]],
    ids=["folder", "root", "files as a hook names them"],
)
def test_each_file_obeys_its_nearest_configuration(layered: Path, corpuslint: Corpuslint, paths: list[str]) -> None:
    assert found_in(corpuslint("check", *paths, "--output-format", "json").out) == LAYERED


def test_the_command_line_wins_in_every_folder(layered: Path, corpuslint: Corpuslint) -> None:
    run = corpuslint("check", "seeds", "--select", "ENC021", "--output-format", "json")
    assert {code for _, code in found_in(run.out)} == {"ENC021"}
    assert found_in(corpuslint("check", "seeds", "--isolated", "--select", "LNT", "--output-format", "json").out) == []


def test_fixing_obeys_the_nearest_configuration(layered: Path, corpuslint: Corpuslint) -> None:
    corpuslint("check", "seeds", "--fix")
    left = {path.parent.name for path in layered.rglob("*.txt") if "&nbsp;" in path.read_text("utf-8")}
    assert left == {"own"}
