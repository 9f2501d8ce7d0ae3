"""A user's pack goes on with the lists of the shipped ones: an outlet, a label, a button."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpuslint import Document, DocumentId
from corpuslint.engine.check import check_document
from corpuslint.engine.ruleset import ruleset
from corpuslint.errors import PackError
from corpuslint.facts import phrasebook
from corpuslint.packs.loader import load_packs
from corpuslint.resources import rules_folder

BODY = "بدأت الشركة أمس بناء ميناء جديد على الساحل الشرقي يتسع لعشر سفن كبيرة في وقت واحد.\n"


@pytest.fixture(autouse=True)
def shipped_lists_again() -> Iterator[None]:
    yield
    phrasebook.extend({})


def pack(folder: Path, extends: str, **lists: str) -> Path:
    (folder / "data").mkdir()
    (folder / "pack.toml").write_text(f'[pack]\nname = "mine"\nsummary = "mine"\nextends = ["{extends}"]\n', "utf-8")
    for name, text in lists.items():
        (folder / "data" / f"{name.replace('_', '-')}.txt").write_text(text, "utf-8")
    return folder


def codes(text: str, *folders: Path, shipped: tuple[str, ...] = ("artefacts", "sources")) -> list[str]:
    loaded = load_packs([*(rules_folder() / name for name in shipped), *folders])
    rules = ruleset([rule for found in loaded for rule in found.rules])
    return [finding.code for finding in check_document(Document(DocumentId("d"), text), rules)]


def test_outlet_of_a_users_pack_is_known(tmp_path: Path) -> None:
    text = BODY + "(زرقاء)\n"
    assert codes(text) == ["SRC001"]
    assert codes(text, pack(tmp_path, "sources/outlets", outlets="ar\tBlue = زرقاء = الزرقاء\n")) == ["SRC010"]
    assert codes(text) == ["SRC001"]


def test_button_of_a_users_pack_is_known(tmp_path: Path) -> None:
    text = BODY + "(رويترز)\nزرقاء بلس\n"
    assert "ART010" not in codes(text)
    mine = pack(tmp_path, "artefacts/words-platform", words_platform="ar\tزرقاء بلس\nar\tزرقاء لايت\n")
    assert codes(BODY + "(رويترز)\nزرقاء بلس زرقاء لايت\n", mine) == ["SRC010", "ART010"]


@pytest.mark.parametrize("entry", ["ar\tزمن الطرح", "ar\tpublished\tstrong\tزمن الطرح"], ids=["label", "all-columns"])
def test_date_label_of_a_users_pack_is_known(entry: str, tmp_path: Path) -> None:
    text = "زمن الطرح: 20 أكتوبر 2023\n" + BODY
    assert codes(text, shipped=("dates",)) == ["DAT001", "DAT040"]
    mine = pack(tmp_path, "dates/labels", labels=entry + "\n")
    assert codes(text, mine, shipped=("dates",)) == ["DAT030"]
    assert codes(text, shipped=("dates",)) == ["DAT001", "DAT040"]


@pytest.mark.parametrize(
    "listed", ["sources/nothing", "outlets", "artefacts/sentences-prompt", "artefacts/lines-error"]
)
def test_list_that_cannot_go_on_is_refused(listed: str, tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no list that can go on"):
        codes(BODY, pack(tmp_path, listed, outlets="ar\tBlue\n"))


def test_list_is_read_strictly(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="language TAB phrase"):
        codes(BODY, pack(tmp_path, "sources/outlets", outlets="Blue\n"))
