"""Descriptions of shipped rules are kept between runs; whatever is kept, the findings are those of the rules."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corpuslint.config.settings import Settings
from corpuslint.engine.rules import packs
from corpuslint.packs.loader import load_pack

TEXT = "قال الوزير إن كوریا وقعت الاتفاق.\nشارك على فيسبوك\n"
_COUNTED = """
import sys
from corpuslint.cli.app import main
try: main(sys.argv[1:])
except SystemExit: pass
print(sum(name.startswith("corpuslint_pack_") for name in sys.modules))
"""


def _checked(folder: Path, cache: Path) -> tuple[str, int]:
    """What `check` prints for a small file, and how many files of rules it runs for that."""
    file = folder / "small.txt"
    file.write_text(TEXT, "utf-8")
    command = [sys.executable, "-c", _COUNTED, "check", "--isolated", "--output-format", "concise", str(file)]
    environment = {**os.environ, "CORPUSLINT_CACHE_DIR": str(cache)}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    *report, files = ended.stdout.splitlines()
    return "\n".join(report), int(files)


def test_a_second_run_reads_only_the_rules_that_judge(tmp_path: Path) -> None:
    first, second = _checked(tmp_path, tmp_path / "cache"), _checked(tmp_path, tmp_path / "cache")
    assert "LET001" in first[0]
    assert second[0] == first[0]
    assert second[1] < first[1] * 2 / 3


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _changed(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"LET001", b"LET999"))


@pytest.mark.parametrize("spoil", [_cut, _emptied, _changed, Path.unlink], ids=["cut", "empty", "changed", "gone"])
def test_a_cache_that_is_spoiled_is_made_anew(spoil: Callable[[Path], None], tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first, _ = _checked(tmp_path, cache)
    (kept,) = (cache / "tables").glob("rules-*")
    whole = kept.read_bytes()
    spoil(kept)
    assert _checked(tmp_path, cache)[0] == first
    assert kept.read_bytes() == whole


def test_a_cache_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    nowhere = tmp_path / "file"
    nowhere.write_text("no folder", "utf-8")
    assert "LET001" in _checked(tmp_path, nowhere / "cache")[0]


def test_what_is_known_of_a_waiting_rule_is_what_the_rule_says() -> None:
    for pack in packs(Settings()):
        loaded = load_pack(pack.folder)
        assert [rule.spec for rule in pack.all_rules] == [rule.spec for rule in loaded.all_rules]
        assert [rule.spec.code for rule in pack.corpus_rules] == [rule.spec.code for rule in loaded.corpus_rules]
