"""What a person suppressed is silent in every place that judges documents, and no fix touches it."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpuslint.config.options import Options
from corpuslint.config.settings import Settings, settle
from corpuslint.formats.reading import Trouble, TroubleKind
from corpuslint.model.document import Document, DocumentId, Origin
from corpuslint.model.levels import Applicability
from corpuslint.pipeline.pages import report_page
from corpuslint.pipeline.session import Session
from corpuslint.server.judging import Judge
from tests.conftest import Corpuslint

ENTITY = "ذكر المصدر أن اللجنة&nbsp;ستعقد اجتماعها المقبل في العاصمة نهاية الشهر.\n"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpuslint.toml").write_text('select = ["ENC"]\n', "utf-8")
    (tmp_path / "corpuslint.suppress.toml").write_text(
        '[[suppress]]\ncode = "ENC021"\nfile = "seeds/a.txt"\nreason = "an article about HTML"\n', "utf-8"
    )
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/a.txt").write_text(ENTITY, "utf-8")
    return tmp_path


def settings_of(corpus: Path) -> Settings:
    return settle(Options(), start=corpus)


def test_check_and_fix_of_a_session_leave_it_alone(corpus: Path) -> None:
    document = Document(DocumentId("seeds/a.txt"), ENTITY, {}, Origin("seeds/a.txt"))
    session = Session(settings_of(corpus))
    assert session.check(document) == ()
    assert session.fix(document, Applicability.UNSAFE).text == ENTITY


def test_the_report_page_does_not_show_it(corpus: Path) -> None:
    page, _ = report_page(["seeds"], settings_of(corpus), title="t")
    assert '"documents":1,"withFindings":0' in page.replace(": ", ":").replace(", ", ",")


def test_the_page_of_a_check_does_not_mend_it(corpus: Path, corpuslint: Corpuslint) -> None:
    (corpus / "seeds/a.txt").write_text("\N{REPLACEMENT CHARACTER} " + ENTITY, "utf-8")
    page = corpuslint("check", "seeds", "--output-format", "html").out
    assert "ENC021" not in page
    assert '"after"' not in page


def test_an_editor_neither_shows_nor_mends_it(corpus: Path) -> None:
    path = corpus / "seeds/a.txt"
    judge = Judge()
    assert judge.check(path, ENTITY) == ()
    assert judge.fix_all(path, ENTITY).text == ENTITY


def test_records_that_are_broken_fill_a_block_as_others_do(tmp_path: Path) -> None:
    broken = (Trouble(TroubleKind.BROKEN, "not valid JSON", Origin("a.jsonl", number)) for number in range(1000))
    sizes = [len(block) for _, block in Session(settings_of(tmp_path)).blocks(broken)]
    assert (sum(sizes), max(sizes)) == (1000, 256)
