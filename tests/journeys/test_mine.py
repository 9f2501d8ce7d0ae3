"""A corpus is mined, the pack is used as it is, and it finds the pieces."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from corpuslint.api import check
from corpuslint.config.settings import Settings
from corpuslint.errors import ConfigError
from corpuslint.packs.loader import load_pack
from corpuslint.pipeline.drive import Execution
from corpuslint.pipeline.mining import mine
from corpuslint.testing import check_examples

WORDS = [f"{a}{b}{c}" for a in "بتجحدر" for b in "ايو" for c in "سشعفقل"]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three outlets: a last line with a number, a bar glued to the first sentence, a label before the title."""
    lines = []
    for seed in range(120):
        chosen = random.Random(seed)
        story = "\n".join(" ".join(chosen.choices(WORDS, k=30)) + "." for _ in range(4))
        site = ("المدى", "الصباح", "الميناء")[seed % 3]
        text = {
            "المدى": f"{story}\nارسل «{seed}» إلى 8080",
            "الصباح": f"شارك عبر المنصات كلها واكتب رأيك {story}",
            "الميناء": f"{story} عنوان الصفحة في جريدتنا: {' '.join(chosen.choices(WORDS, k=5))}",
        }[site]
        lines.append(json.dumps({"text": text, "source": site}, ensure_ascii=False) + "\n")
    path = tmp_path / "in.jsonl"
    path.write_text("".join(lines), "utf-8")
    return path


def test_the_pack_finds_what_was_learned(corpus: Path, tmp_path: Path) -> None:
    pack = tmp_path / "learned"
    assert mine([str(corpus)], Settings(), pack) == (3, ())
    settings = Settings(select=("MIN",), packs=(pack,))
    outcome = check([str(corpus)], settings, execution=Execution(executor="serial", cache=False))
    assert len(outcome.report.findings) == 120
    assert len({found.document for found in outcome.report.findings}) == 120


def test_the_pack_is_ready_to_review(corpus: Path, tmp_path: Path) -> None:
    pack = tmp_path / "learned"
    mine([str(corpus)], Settings(), pack)
    for rule in load_pack(pack).all_rules:
        check_examples(rule)
    written = (pack / "learned.toml").read_text("utf-8")
    assert "# المدى: 40 of 40 documents (100%)" in written
    texts = [json.loads(line)["text"] for line in corpus.read_text("utf-8").splitlines()]
    assert not [text for text in texts if text.split(".")[0][-60:] in written]


def test_the_same_corpus_gives_the_same_pack(corpus: Path, tmp_path: Path) -> None:
    for name in ("a/learned", "b/learned"):
        mine([str(corpus)], Settings(), tmp_path / name)
    first, second = ((tmp_path / name / "learned" / "learned.toml").read_bytes() for name in "ab")
    assert first == second


def test_nothing_is_written_where_nothing_was_learned(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("كلام", "utf-8")
    assert mine([str(tmp_path / "a.txt")], Settings(), tmp_path / "learned") == (0, ())
    assert not (tmp_path / "learned").exists()


def test_a_folder_of_something_else_is_left_alone(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "own.toml").write_text("", "utf-8")
    with pytest.raises(ConfigError):
        mine([str(corpus)], Settings(), tmp_path / "mine")
