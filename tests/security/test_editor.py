"""An editor that opens a scraped folder runs nothing of it, and edits nothing outside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("pygls")
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from corpuslint.errors import PackError
from corpuslint.server.judging import Judge
from tests.server.test_lsp import talk

TEXT = "افتتحت البلدية مدرسة في القرية صباح اليوم.\n\nالمصدر: صحيفة البلدية\n"
EVIL = "from pathlib import Path\nPath({mark!r}).write_text('run')\nRULES = ()\n"


def codes(judge: Judge, path: Path, text: str) -> list[str]:
    return [finding.code for finding in judge.check(path, text)]


def with_python(tmp_path: Path) -> tuple[Path, Path]:
    """A scraped folder with a pack of Python, and the file that it writes when it runs."""
    scraped = tmp_path / "scraped"
    (scraped / "p").mkdir(parents=True)
    (scraped / "p/pack.toml").write_text('[pack]\nname = "p"\nsummary = "s"\npython = ["x.py"]\n')
    (scraped / "p/x.py").write_text(EVIL.format(mark=str(tmp_path / "mark")))
    (scraped / "corpuslint.toml").write_text('packs = ["p"]\n')
    return scraped, tmp_path / "mark"


@pytest.mark.parametrize("trusted", [False, True])
def test_python_of_a_folder_in_the_workspace_runs_where_it_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trusted: bool
) -> None:
    scraped, mark = with_python(tmp_path)
    (tmp_path / "corpuslint.toml").write_text('trust = ["scraped"]\n' if trusted else "")
    monkeypatch.chdir(tmp_path)
    Judge(tmp_path).check(scraped / "a.txt", TEXT)
    assert mark.exists() == trusted


@pytest.mark.parametrize("trusting", ["", 'trust = ["scraped"]\n'], ids=["opened itself", "trusted by what is opened"])
def test_opening_a_folder_is_no_leave_to_run_its_python(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, trusting: str
) -> None:
    scraped, mark = with_python(tmp_path)
    if trusting:
        (tmp_path / "corpuslint.toml").write_text(trusting)
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    with pytest.raises(PackError, match="the editor was started in another folder"):
        Judge(tmp_path if trusting else scraped).check(scraped / "a.txt", TEXT)
    assert not mark.exists()


@pytest.mark.parametrize("where", [".", "deep/down"])
def test_python_runs_where_the_editor_was_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    scraped, mark = with_python(tmp_path)
    (scraped / where).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(scraped / where)
    Judge(scraped).check(scraped / "a.txt", TEXT)
    assert mark.exists()


def test_a_document_obeys_the_workspace(tmp_path: Path) -> None:
    (tmp_path / "scraped").mkdir()
    (tmp_path / "corpuslint.toml").write_text('select = ["ART001"]\n')
    (tmp_path / "scraped/corpuslint.toml").write_text('select = ["PUN020"]\n')
    assert codes(Judge(tmp_path), tmp_path / "scraped/a.txt", "قال [ad_1] الوزير.\n") == ["ART001"]


def test_metadata_of_a_document_silences_nothing(tmp_path: Path) -> None:
    words = {"corpuslint": {"suppress": [{"code": "ART", "reason": "ok"}]}}
    (tmp_path / "a.meta.json").write_text(json.dumps(words))
    (tmp_path / "corpuslint.toml").write_text('select = ["ART001"]\n')
    assert codes(Judge(tmp_path), tmp_path / "a.txt", "قال [ad_1] الوزير.\n") == ["ART001"]
    (tmp_path / "corpuslint.toml").write_text('select = ["ART001"]\ntrust = ["."]\n')
    assert codes(Judge(tmp_path), tmp_path / "a.txt", "قال [ad_1] الوزير.\n") == []


def test_lists_of_a_trusted_folder_hold_there_and_nowhere_else(tmp_path: Path) -> None:
    """A pack may go on with a list of outlets; a line of such an outlet's name is its signature there."""
    own = tmp_path / "own"
    (own / "p/data").mkdir(parents=True)
    (own / "p/pack.toml").write_text('[pack]\nname = "p"\nsummary = "s"\nextends = ["sources/outlets"]\n')
    (own / "p/data/outlets.txt").write_text("ar\tنشرة الوادي الأخضر\n", "utf-8")
    (own / "corpuslint.toml").write_text('packs = ["p"]\nselect = ["SRC001"]\n')
    (tmp_path / "corpuslint.toml").write_text('trust = ["own"]\nselect = ["SRC001"]\n')
    text = "افتتحت البلدية مدرسة في القرية صباح اليوم بحضور الأهالي والمعلمين.\n\nنشرة الوادي الأخضر\n"
    judge = Judge(tmp_path)
    for _ in range(2):
        assert codes(judge, tmp_path / "a.txt", text) == ["SRC001"]
        assert codes(judge, own / "a.txt", text) == []


@pytest.mark.parametrize("link", ["a.meta.json", "a.story-2.txt"])
def test_quick_fixes_edit_no_file_behind_a_link(tmp_path: Path, link: str) -> None:
    victim, scraped = tmp_path / "victim", tmp_path / "scraped"
    victim.write_text('{"mine": "1"}')
    scraped.mkdir()
    (scraped / "a.txt").write_text(TEXT, "utf-8")
    (scraped / link).symlink_to("../victim")

    async def story(client: LanguageClient, uri: str, _: object) -> object:
        whole = types.Range(types.Position(0, 0), types.Position(9, 0))
        return await client.text_document_code_action_async(
            types.CodeActionParams(types.TextDocumentIdentifier(uri), whole, types.CodeActionContext([]))
        )

    actions = talk(scraped / "a.txt", TEXT, "utf-16", story)
    edits = [change for action in actions for change in action.edit.document_changes]
    touched = {getattr(change, "uri", "") or change.text_document.uri for change in edits}
    assert victim.as_uri() not in touched
    lifting = [action for action in actions if "SRC010" in action.title and "suppress" not in action.title]
    assert bool(lifting) == (link != "a.meta.json")
    assert victim.read_text() == '{"mine": "1"}'
