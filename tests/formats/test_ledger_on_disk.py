"""A ledger takes any text, and a run that died is cleared up after."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpuslint.errors import SourceError
from corpuslint.formats import rewriting
from corpuslint.formats.atomic import change_file
from corpuslint.formats.ledger import ledger_path
from corpuslint.formats.rewriting import recover, undo_file
from corpuslint.model.ledger import AppliedEdit, Rewrite
from tests.formats.writing import rewrite_lines, rewrite_text


@pytest.mark.parametrize(
    "odd",
    ["\N{LINE SEPARATOR}", "\x85", "\x1c", "\r", "\udcff", "\N{GRINNING FACE}"],
    ids=lambda odd: f"{ord(odd):04x}",
)
def test_any_character_comes_back(tmp_path: Path, odd: str) -> None:
    path = tmp_path / "a.txt"
    read = f"a{odd}b".encode("utf-8", "surrogateescape")
    path.write_bytes(read)
    from corpuslint.text.decoding import decode

    text = decode(read).text
    rewrite_text(str(path), read, Rewrite(text[0] + text[2:], (AppliedEdit("AAA001", 1, 1, text[1], ""),), {}))
    assert undo_file(str(path)).runs == 1
    assert path.read_bytes() == read


def test_a_record_with_bytes_that_are_no_text_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    read = '{"text": "a b", "note": "\\ud800 \u2028"}\n'.encode()
    path.write_bytes(read)
    rewrite_lines(str(path), read, 0, Rewrite("b", (AppliedEdit("AAA001", 1, 0, "a ", ""),)))
    assert undo_file(str(path)).runs == 1
    assert path.read_bytes() == read


class Killed(BaseException):
    pass


def test_what_a_dead_run_left_beside_the_file_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a b")
    rewrite = Rewrite("b", (AppliedEdit("AAA001", 1, 0, "a ", ""),), {"source": "s"})

    def dies(target: Path, read: bytes | None, data: bytes | None, *like: Path) -> None:
        if target == path:
            raise Killed
        change_file(target, read, data, *like)

    monkeypatch.setattr(rewriting, "change_file", dies)
    with pytest.raises(Killed):
        rewrite_text(str(path), b"a b", rewrite)
    monkeypatch.undo()
    assert (tmp_path / "a.meta.json").exists()
    assert recover([str(path)])
    assert not (tmp_path / "a.meta.json").exists()
    assert not ledger_path(path).exists()
    rewrite_text(str(path), b"a b", rewrite)
    assert undo_file(str(path)).runs == 1
    assert sorted(name.name for name in tmp_path.iterdir()) == [".corpuslint", "a.txt"]
    assert path.read_bytes() == b"a b"


def test_a_file_that_changed_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"somebody's own")
    with pytest.raises(SourceError, match="changed meanwhile"):
        rewrite_text(str(path), b"a b", Rewrite("b", (AppliedEdit("AAA001", 1, 0, "a ", ""),), {"source": "s"}))
    assert path.read_bytes() == b"somebody's own"
    assert not (tmp_path / "a.meta.json").exists()


def test_one_flipped_bit_of_a_ledger_is_refused(tmp_path: Path) -> None:
    path, beside = tmp_path / "a.txt", tmp_path / "a.meta.json"
    path.write_text("a b c", "utf-8")
    beside.write_text('{"note": "written by hand"}')
    for old in ("a ", "b "):
        now = path.read_text("utf-8")
        edits = (AppliedEdit("AAA001", 1, 0, old, ""),)
        rewrite_text(str(path), now.encode(), Rewrite(now.removeprefix(old), edits, {old.strip(): "lifted"}))
    fixed = (path.read_bytes(), beside.read_bytes())
    ledger = ledger_path(path)
    sound = ledger.read_bytes()
    for at in range(len(sound)):
        path.write_bytes(fixed[0])
        beside.write_bytes(fixed[1])
        ledger.write_bytes(sound[:at] + bytes([sound[at] ^ 1 << at % 8]) + sound[at + 1 :])
        with pytest.raises(SourceError):
            undo_file(str(path))
        assert (path.read_bytes(), beside.read_bytes()) == fixed


def test_a_blank_line_in_a_ledger_is_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a b")
    rewrite_text(str(path), b"a b", Rewrite("b", (AppliedEdit("AAA001", 1, 0, "a ", ""),), {"source": "s"}))
    with ledger_path(path).open("a") as stream:
        stream.write("\n")
    assert undo_file(str(path)).runs == 1


def test_a_ledger_without_checksums_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a b")
    rewrite_text(str(path), b"a b", Rewrite("b", (AppliedEdit("AAA001", 1, 0, "a ", ""),), {"source": "s"}))
    ledger = ledger_path(path)
    entry = json.loads(ledger.read_text("utf-8"))
    assert entry.pop("checksum")
    ledger.write_text(json.dumps(entry | {"version": 1}) + "\n", "utf-8")
    assert undo_file(str(path)).runs == 1
    assert sorted(name.name for name in tmp_path.iterdir()) == [".corpuslint", "a.txt"]
