"""Fixing files in place: no story is lost on the way, and what is left is reported where it then lies."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpuslint import (
    Anatomy,
    Applicability,
    Diagnostic,
    Edit,
    Fix,
    Span,
    Split,
)
from corpuslint.config.settings import Settings
from corpuslint.engine.ruleset import ruleset
from corpuslint.formats.reading import Defaults
from corpuslint.formats.rewriting import undo_file
from corpuslint.model.document import Document, DocumentId, Origin
from corpuslint.model.ledger import replay
from corpuslint.pipeline.run import Run
from corpuslint.pipeline.session import Session
from tests.conftest import Corpuslint
from tests.specs import spec


class SecondStory:
    """Splits at the first line that is `--`; what follows may hold another one."""

    spec = spec("MIX901")

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        at = anatomy.text.find("--\n")
        if at >= 0:
            below = Span(at, len(anatomy.text))
            splits = (Split(Span(at + 3, len(anatomy.text))),)
            fix = Fix("Split it off", Applicability.UNSAFE, (Edit(below, ""),), splits=splits)
            yield self.spec.report(anatomy.document, below, fix=fix)


class Bad:
    """Reports `bad`, and mends nothing."""

    spec = spec("ART901")

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        if "bad" in anatomy.text:
            yield self.spec.report(anatomy.document, Span(0, 3))


def fixed(path: Path) -> list[tuple[str, str, int]]:
    run = Run(Settings(), ruleset((SecondStory(), Bad())))
    run.fix_file(str(path), Applicability.UNSAFE, dry=False)
    return [
        (finding.code, Path(finding.filename).name, finding.record.index if finding.record else -1)
        for finding in run.outcome(unsafe=True).report.findings
    ]


def test_a_story_inside_a_story_gets_a_file_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one\n--\ntwo bad\n--\nthree bad\n", "utf-8")
    left = fixed(path)
    texts = {file.name: file.read_text() for file in tmp_path.glob("*.txt")}
    assert texts == {"a.txt": "one\n", "a.story-2.txt": "two bad\n", "a.story-3.txt": "three bad\n"}
    assert left == [("ART901", "a.story-2.txt", -1), ("ART901", "a.story-3.txt", -1)]
    undo_file(str(path))
    assert {file.name: file.read_text() for file in tmp_path.glob("*.txt")} == {
        "a.txt": "one\n--\ntwo bad\n--\nthree bad\n"
    }


@pytest.mark.parametrize("last", ["last bad", "last\n--\nbad"], ids=["whole", "split"])
def test_findings_left_in_records_name_the_places_they_have_now(tmp_path: Path, last: str) -> None:
    path = tmp_path / "a.jsonl"
    texts = ["one\n--\ntwo bad\n--\nthree", "four", last]
    path.write_text("".join(json.dumps({"id": f"r{n}", "text": text}) + "\n" for n, text in enumerate(texts)), "utf-8")
    left = fixed(path)
    records = [json.loads(line) for line in path.read_text().splitlines()]
    assert [record["id"] for record in records][:4] == ["r0", "r0.story-2", "r0.story-3", "r1"]
    assert [index for _, _, index in left] == [n for n, record in enumerate(records) if "bad" in record["text"]]


def test_a_story_has_what_holds_for_its_folder_and_nothing_of_its_document() -> None:
    """As it has where it lies in a file of its own: so a dataset of a folder is that of the folder when it is fixed."""
    settings = Settings(defaults=(Defaults(("*",), {"source": "okaz"}),))
    document = Document(DocumentId("a.txt"), "one\n--\ntwo\n", {"title": "One"}, Origin("a.txt"))
    session = Session(settings, ruleset((SecondStory(),)))
    own, story = session.mended(document, Applicability.UNSAFE)
    assert (own.document.text, own.document.metadata) == ("one\n", {"title": "One"})
    assert (story.document.text, story.document.metadata) == ("two\n", {"source": "okaz"})
    assert replay(document.text, story.edits) == "two\n"


def test_a_folder_in_which_nothing_was_begun_is_looked_through_once(
    tmp_path: Path, corpuslint: Corpuslint, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news/a.txt").write_text("صدر البيان&nbsp;أمس\n", "utf-8")
    looked: list[object] = []
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path=".": [looked.append(path), scandir(path)][1])
    assert corpuslint("check", tmp_path / "news", "--select", "ENC021", "--fix").status == 0
    assert [str(path) for path in looked if str(path).endswith("news/")] == [f"{tmp_path.as_posix()}/news/"]
