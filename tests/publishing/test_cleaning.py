"""A dataset does not depend on who cleaned its documents, and corpus rules have their say."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from corpuslint.pipeline import cleaning
from corpuslint.publishing.folder import DatasetFolder
from corpuslint.publishing.verify import verify
from tests.conftest import Corpuslint
from tests.publishing.corpus import text_of
from tests.publishing.test_building import tree

_FOOTER = "زوروا مكتبنا في شارع النهر"
_PACK = """
[pack]
name = "repeated"
summary = "Lines that many documents end with"
python = ["repeated.py"]
"""
_RULE = '''
"""Last lines that three documents share."""
from corpuslint import Applicability, Docs, Edit, Example, Fix, RuleCode, RuleSpec, Scope, Severity, Span


class RepeatedLastLine:
    spec = RuleSpec(
        code=RuleCode("ART951"),
        name="repeated-last-line",
        summary="A last line that documents share",
        message="last line of {count} documents",
        severity=Severity.ERROR,
        scope=Scope.CORPUS,
        docs=Docs(finds="Shared last lines.", why="Nobody wrote them for this article."),
        invalid=(Example("x", why="needs a corpus"),),
        valid=(Example("x", why="needs a corpus"),),
    )

    def empty(self):
        return {}

    def collect(self, state, anatomy):
        body = anatomy.text.rstrip("\\n")
        line = body.rpartition("\\n")[2]
        where = (anatomy.document.id, len(body) - len(line) - 1, len(body))
        return {**state, line: (*state.get(line, ()), where)}

    def judge(self, states):
        from corpuslint import Document

        found = {}
        for state in states:
            for line, places in state.items():
                found.setdefault(line, []).extend(places)
        for line, places in sorted(found.items()):
            for name, start, end in sorted(places) if len(places) > 2 else ():
                fix = Fix("Remove the line", Applicability.UNSAFE, (Edit(Span(start, end), ""),))
                yield self.spec.report(Document(name, ""), Span(start, end), fix=fix, count=len(places))


RULES = (RepeatedLastLine(),)
'''


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with a JSONL file and texts; eight documents end with the same line. Its pack knows such lines."""
    pack = tmp_path / "corpus/rules/repeated"
    pack.mkdir(parents=True)
    (pack / "pack.toml").write_text(_PACK, "utf-8")
    (pack / "repeated.py").write_text(_RULE, "utf-8")
    (tmp_path / "corpus/corpuslint.toml").write_text(
        'packs = ["rules/repeated"]\nselect = ["SPC", "ART951"]\ntrust = ["seeds"]\n', "utf-8"
    )
    seeds = tmp_path / "corpus/seeds"
    seeds.mkdir()
    lines = [
        {"id": f"r{n}", "text": f"{text_of(n)}\n" + (f"{_FOOTER}\n" if n < 5 else ""), "language": "ar"}
        for n in range(30)
    ]
    lines[7]["text"] = 7  # type: ignore[assignment]
    (seeds / "a.jsonl").write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    for n in range(40, 46):
        (seeds / f"{n}.txt").write_text(f"{text_of(n)}  \n" + (f"{_FOOTER}\n" if n < 43 else ""), "utf-8")
    return tmp_path / "corpus"


def built(corpuslint: Corpuslint, corpus: Path, out: str, *more: str) -> DatasetFolder:
    """Version 1.0.0 of the corpus."""
    arguments = ["build", corpus / "seeds", "--name", "news", "--version", "1.0.0", "--out", corpus.parent / out]
    run = corpuslint(*arguments, "--config", corpus / "corpuslint.toml", *more)
    assert run.status == 0, run.err
    return DatasetFolder.open(corpus.parent / out / "news")


def test_the_same_bytes_on_any_executor_with_any_workers(
    corpuslint: Corpuslint, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serial = built(corpuslint, corpus, "serial", "--executor", "serial")
    monkeypatch.setattr(cleaning, "SHARD_BYTES", 3000)
    pieces = built(corpuslint, corpus, "pieces", "--executor", "serial")
    two = built(corpuslint, corpus, "two", "--executor", "processes", "--jobs", "2")
    assert tree(serial.path) == tree(pieces.path) == tree(two.path)
    assert verify(two).troubles == ()


def test_fixes_of_corpus_rules_are_made_and_can_be_undone(corpuslint: Corpuslint, corpus: Path) -> None:
    folder = built(corpuslint, corpus, "dist")
    assert not [row["id"] for row in folder.rows("default") if _FOOTER in row["text"]]
    removed = [row for row in folder.rows("edits") if row["code"] == "ART951"]
    assert len(removed) == 8
    verdict = verify(folder, raw=corpus / "seeds")
    assert (verdict.troubles, verdict.records, verdict.reversible) == ((), 35, 35)


def test_a_record_without_text_is_told_in_quarantine(corpuslint: Corpuslint, corpus: Path) -> None:
    folder = built(corpuslint, corpus, "dist")
    assert [(row["id"], row["reason"], row["file"]) for row in folder.rows("quarantine")] == [
        ("a.jsonl#unreadable-7", "unreadable", "a.jsonl")
    ]


def test_what_a_person_suppressed_is_not_fixed_and_withholds_nothing(corpuslint: Corpuslint, corpus: Path) -> None:
    words = {"corpuslint": {"suppress": [{"code": code, "reason": "as printed"} for code in ("SPC", "ART951")]}}
    for number in (42, 44):
        (corpus / f"seeds/{number}.meta.json").write_text(json.dumps(words), "utf-8")
    texts = {row["id"]: row["text"] for row in built(corpuslint, corpus, "dist").rows("default")}
    assert texts["44.txt"] == f"{text_of(44)}  \n"
    assert texts["42.txt"] == f"{text_of(42)}  \n{_FOOTER}\n"


def test_lone_surrogates_are_withheld_and_nothing_breaks(corpuslint: Corpuslint, corpus: Path) -> None:
    broken = "\\ud800"
    line = f'{{"id": "x{broken}", "title": "t{broken}", "language": "ar", "text": "{text_of(50)[:40]}{broken}"}}\n'
    (corpus / "seeds/z.jsonl").write_text(line, "utf-8")
    held = [row for row in built(corpuslint, corpus, "dist").rows("quarantine") if row["file"] == "z.jsonl"]
    assert [(row["id"], row["reason"], row["text"], row["title"]) for row in held] == [("x?", "unreadable", None, "t?")]


def test_a_file_whose_name_is_no_text(corpuslint: Corpuslint, corpus: Path) -> None:
    name = os.fsdecode(b"\xff.txt")
    try:
        (corpus / "seeds" / name).write_text(text_of(51), "utf-8")
    except OSError:
        pytest.skip("this file system refuses such names")
    assert "?.txt" in {row["id"] for row in built(corpuslint, corpus, "dist").rows("default")}


@pytest.mark.parametrize(
    ("said", "published"),
    [("error", ["b"]), ("never", ["a", "b"]), ("warning", [])],
)
def test_the_configuration_says_what_withholds_a_record(
    corpuslint: Corpuslint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, published: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "أعلنت البلدية بدء أعمال توسعة الحديقة العامة في وسط المدينة القديمة مع نهاية الشهر المقبل.\n"
    records = [{"id": "a", "text": text}, {"id": "b", "text": text.replace("الحديقة", "المكتبة"), "source": "الضفة"}]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    (tmp_path / "corpuslint.toml").write_text(
        f'select = ["SRC001", "DAT001"]\n[dataset]\nwithhold = "{said}"\n', "utf-8"
    )
    run = corpuslint("build", "in.jsonl", "--name", "n", "--version", "1.0.0", "--out", "dist")
    assert run.status == (0 if published else 2)
    if published:
        assert [row["id"] for row in DatasetFolder.open(Path("dist/n")).rows("default")] == published


def test_an_unknown_word_for_withhold_is_named(corpuslint: Corpuslint, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("خبر\n", "utf-8")
    (tmp_path / "c.toml").write_text('[dataset]\nwithhold = "sometimes"\n', "utf-8")
    run = corpuslint("build", tmp_path / "a.txt", "--config", tmp_path / "c.toml", "--name", "n", "--version", "1.0.0")
    assert run.status == 2
    assert "c.toml:2: 'withhold' must be one of error, info, never, warning, not 'sometimes'" in run.err


def test_daily_notes_that_are_all_alike_are_not_emptied(corpuslint: Corpuslint, tmp_path: Path) -> None:
    for day in range(30):
        note = (
            f"بلغ سعر غرام الذهب من عيار 21 نحو {300 + day} دينارا.\nوبلغ سعر الأونصة {2000 + day} دولارا في السوق.\n"
        )
        (tmp_path / f"{day:02}.txt").write_text(note, "utf-8")
        (tmp_path / f"{day:02}.meta.json").write_text(json.dumps({"source": "الضفة", "title": f"الذهب {day}"}), "utf-8")
    corpuslint("build", tmp_path, "--isolated", "--name", "n", "--version", "1.0.0", "--out", tmp_path / "dist")
    texts = [row["text"] for row in DatasetFolder.open(tmp_path / "dist/n").rows("default")]
    assert len(texts) == 30
    assert all("سعر غرام الذهب" in text and "الأونصة" in text for text in texts)
    found = json.loads(corpuslint("check", tmp_path, "--isolated", "--select", "ART960", "--output-format", "json").out)
    assert {finding["fix"]["applicability"] for finding in found} == {"display"}


def test_check_deletes_what_an_outlet_repeats_and_undo_restores_it(corpuslint: Corpuslint, tmp_path: Path) -> None:
    for day in range(30):
        text = " ".join(f"كلمة{day}{word}" for word in range(40)) + ".\nتابعوا صفحة الضفة كل يوم\n"
        (tmp_path / f"{day:02}.txt").write_text(text, "utf-8")
        (tmp_path / f"{day:02}.meta.json").write_text(json.dumps({"source": "الضفة"}), "utf-8")
    before = (tmp_path / "00.txt").read_bytes()
    corpuslint("check", tmp_path, "--isolated", "--select", "ART960", "--fix", "--unsafe-fixes")
    assert "تابعوا صفحة الضفة" not in (tmp_path / "00.txt").read_text("utf-8")
    corpuslint("undo", tmp_path)
    assert (tmp_path / "00.txt").read_bytes() == before
