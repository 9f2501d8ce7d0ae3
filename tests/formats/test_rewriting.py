"""Files come back byte for byte, keep what is theirs, and are never half written."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from corpuslint.errors import SourceError
from corpuslint.formats.atomic import replace_file, write_output
from corpuslint.formats.ledger import ledger_path, read_ledger
from corpuslint.formats.rewriting import NewStory, Rewrite, rewrite_lines, rewrite_text, sweep, undo_file
from corpuslint.model.ledger import AppliedEdit
from corpuslint.text.decoding import decode


def fix_first(path: Path, old: str, new: str, **more: object) -> Rewrite:
    text = decode(path.read_bytes()).text
    at = text.index(old)
    edits = (AppliedEdit("AAA001", 1, at, old, new),)
    return Rewrite(text.replace(old, new, 1), edits, **{"lifted": {}, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "data",
    [
        "سطر x y\nسطر\n".encode(),
        "سطر x y\r\nسطر\r\n".encode(),
        "\ufeffسطر x y\rسطر".encode(),
        "سطر x قال الرئيس إن بلاده\n".encode("utf-16"),
        "قال الرئيس إن بلاده x ستفعل\n".encode("windows-1256"),
        "سطر x \n".encode() + b"\xff\xfe\n",
    ],
    ids=["lf", "crlf", "bom-cr", "utf-16", "windows-1256", "undecodable"],
)
def test_fix_and_undo_give_back_the_bytes(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    rewrite_text(str(path), data, fix_first(path, "x ", ""))
    assert decode(path.read_bytes()).text == decode(data).text.replace("x ", "", 1)
    assert path.read_bytes()[:2] == data[:2]
    assert undo_file(str(path)) == 1
    assert path.read_bytes() == data
    assert not ledger_path(path).exists()


def test_two_runs_are_taken_back_together_or_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a b c", "utf-8")
    for old in ("a ", "b "):
        rewrite_text(str(path), path.read_bytes(), fix_first(path, old, ""))
    assert path.read_text() == "c"
    assert undo_file(str(path), last_only=True) == 1
    assert path.read_text() == "b c"
    assert undo_file(str(path)) == 1
    assert path.read_text() == "a b c"


def test_runs_before_an_edit_by_hand_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a b c", "utf-8")
    rewrite_text(str(path), b"a b c", fix_first(path, "a ", ""))
    path.write_text("b c by hand", "utf-8")
    rewrite_text(str(path), b"b c by hand", fix_first(path, "b ", ""))
    assert undo_file(str(path)) == 1
    assert path.read_text() == "b c by hand"
    with pytest.raises(SourceError, match="was changed after"):
        undo_file(str(path))


def test_lifted_fields_and_stories_lie_beside_and_go_with_undo(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one two", "utf-8")
    (tmp_path / "a.meta.json").write_text('{"url": "u", "source": "declared"}', "utf-8")
    story = NewStory("two", {"title": "T"})
    rewrite = fix_first(path, " two", "", lifted={"source": "found", "keywords": ("k", "l")}, stories=(story,))
    written = rewrite_text(str(path), path.read_bytes(), rewrite)
    assert [Path(name).name for name in written] == ["a.meta.json", "a.story-2.txt", "a.story-2.meta.json", "a.txt"]
    assert json.loads((tmp_path / "a.meta.json").read_text()) == {
        "url": "u",
        "source": "declared",
        "keywords": ["k", "l"],
    }
    assert (tmp_path / "a.story-2.txt").read_text() == "two"
    undo_file(str(path))
    assert sorted(item.name for item in tmp_path.iterdir() if item.is_file()) == ["a.meta.json", "a.txt"]
    assert (tmp_path / "a.meta.json").read_text() == '{"url": "u", "source": "declared"}'


def test_a_story_file_of_somebody_elses_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one two", "utf-8")
    (tmp_path / "a.story-2.txt").write_text("mine", "utf-8")
    rewrite_text(str(path), path.read_bytes(), fix_first(path, " two", "", stories=(NewStory("two", {}),)))
    assert (tmp_path / "a.story-2.txt").read_text() == "mine"
    assert (tmp_path / "a.story-3.txt").read_text() == "two"


def test_the_mode_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x y", "utf-8")
    path.chmod(0o640)
    rewrite_text(str(path), path.read_bytes(), fix_first(path, "x ", ""))
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("y", 0o640)


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "a.txt", tmp_path / "link.txt"
    path.write_text("x y", "utf-8")
    link.symlink_to(path)
    with pytest.raises(SourceError, match="is a symbolic link"):
        rewrite_text(str(link), path.read_bytes(), fix_first(path, "x ", ""))
    assert (path.read_text(), link.is_symlink()) == ("x y", True)


def test_a_file_changed_while_it_was_fixed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x y", "utf-8")
    rewrite = fix_first(path, "x ", "")
    path.write_text("x y z", "utf-8")
    with pytest.raises(SourceError, match="changed while it was being fixed"):
        rewrite_text(str(path), b"x y", rewrite)
    assert path.read_text() == "x y z"
    assert read_ledger(path) == []


def test_undo_refuses_a_file_edited_since(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x y", "utf-8")
    rewrite_text(str(path), path.read_bytes(), fix_first(path, "x ", ""))
    path.write_text("edited", "utf-8")
    with pytest.raises(SourceError, match="changed after it was fixed"):
        undo_file(str(path))
    assert path.read_text() == "edited"


def test_a_run_that_died_before_the_file_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x y", "utf-8")
    rewrite_text(str(path), path.read_bytes(), fix_first(path, "x ", ""))
    path.write_text("x y", "utf-8")  # as if the last step had never happened
    assert undo_file(str(path)) == 0
    assert (path.read_text(), read_ledger(path)) == ("x y", [])


@pytest.mark.parametrize(
    "style",
    [{"ensure_ascii": True}, {"ensure_ascii": False}, {"ensure_ascii": False, "separators": (",", ":")}],
    ids=["escaped", "plain", "tight"],
)
def test_records_keep_their_style_and_the_others_their_bytes(tmp_path: Path, style: dict[str, object]) -> None:
    path = tmp_path / "a.jsonl"
    record = {"id": "r1", "text": "خبر x ثان", "n": 3}
    odd = b'{ "text" :  "odd"}\r\n\n'
    data = odd + json.dumps(record, **style).encode() + b"\n" + odd  # type: ignore[arg-type]
    path.write_bytes(data)
    edits = (AppliedEdit("AAA001", 1, 4, "x ", ""),)
    rewrite = Rewrite("خبر ثان", edits, {"source": "s"}, (NewStory("x", {}),), index=2)
    rewrite_lines(str(path), data, [rewrite])
    now = path.read_bytes()
    assert now.startswith(odd) and now.endswith(odd)
    first = json.dumps({"id": "r1", "text": "خبر ثان", "n": 3, "source": "s"}, **style)  # type: ignore[arg-type]
    second = json.dumps({"id": "r1.story-2", "text": "x"}, **style)  # type: ignore[arg-type]
    assert now[len(odd) : -len(odd)].decode() == f"{first}\n{second}\n"
    undo_file(str(path))
    assert path.read_bytes() == data


def test_fields_that_no_fix_is_about_keep_their_characters(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    head = '\ufeff{"n": 0.12345678901234567890, "n": 1.50, "u": "http:\\/\\/a", "pub": "", '
    data = (head + '"text": "x b", "big": ' + "9" * 5000 + "}\r\n").encode()
    path.write_bytes(data)
    rewrite = Rewrite(
        "b", (AppliedEdit("AAA001", 1, 0, "x ", ""),), {"published": "2023-10-20", "source": "s"}, index=0
    )
    rewrite_lines(str(path), data, [rewrite], {"published": "pub"})
    after = head.replace('"pub": ""', '"pub": "2023-10-20"') + '"text": "b", "big": ' + "9" * 5000
    assert path.read_bytes().decode() == after + ', "source": "s"}\r\n'
    undo_file(str(path))
    assert path.read_bytes() == data


def test_metadata_that_is_no_object_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x b", "utf-8")
    (tmp_path / "a.meta.json").write_text("[1]", "utf-8")
    with pytest.raises(SourceError, match="not a JSON object"):
        rewrite_text(str(path), b"x b", fix_first(path, "x ", "", lifted={"source": "s"}))
    assert (tmp_path / "a.meta.json").read_text() == "[1]"
    assert path.read_text() == "x b"


def test_a_file_that_becomes_too_short_to_tell_its_code_page_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    data = "قال الرئيس إن بلاده ستفعل".encode("windows-1256")
    path.write_bytes(data)
    rewrite_text(str(path), data, fix_first(path, "قال الرئيس إن بلاده ستفع", ""))
    assert decode(path.read_bytes()).encoding == "utf-8"
    assert undo_file(str(path)) == 1
    assert path.read_bytes() == data


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x y", "utf-8")
    tmp_path.chmod(0o500)
    with pytest.raises(SourceError, match="cannot be"):
        rewrite_text(str(path), b"x y", fix_first(path, "x ", ""))
    assert path.read_text() == "x y"


def test_what_a_dead_run_was_writing_is_swept_and_nothing_else(tmp_path: Path) -> None:
    ledgers = tmp_path / ".corpuslint"
    ledgers.mkdir()
    strays = [tmp_path / ".a.txt.k3_9xa0b.tmp", tmp_path / ".a.meta.json.abcdefgh.tmp"]
    strays.append(ledgers / ".a.txt.ledger.jsonl.01234567.tmp")
    own = [tmp_path / name for name in ("a.txt", ".a.tmp", ".a.png.abcdefgh.tmp", "a.txt.abcdefgh.tmp")]
    own.append(ledgers / "a.txt.ledger.jsonl")
    for path in (*strays, *own):
        path.write_text("x")
    sweep([str(tmp_path / "a.txt"), "s3://bucket/a.txt"])
    assert [path for path in strays if path.exists()] == []
    assert [path for path in own if not path.exists()] == []


def test_what_a_living_run_is_writing_is_not_swept(tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    (tmp_path / ".corpuslint").mkdir()
    dead, living = tmp_path / ".a.json.11111111.tmp", tmp_path / ".a.json.22222222.tmp"
    for path in (dead, living):
        path.write_text("x")
    with living.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        sweep([str(tmp_path / "a.txt")])
    assert (dead.exists(), living.exists()) == (False, True)


@pytest.mark.parametrize("write", [replace_file, write_output])
def test_a_link_to_itself_is_not_written_to(tmp_path: Path, write: Callable[[Path, bytes], None]) -> None:
    (tmp_path / "a.json").symlink_to("a.json")
    with pytest.raises(SourceError, match="cannot be written"):
        write(tmp_path / "a.json", b"x")


def test_an_output_takes_away_what_dead_runs_left_of_it_and_not_what_a_living_one_writes(tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    dead, living, other = (tmp_path / f".{name}.tmp" for name in ("a.json.11111111", "a.json.22222222", "b.json.1"))
    for path in (dead, living, other):
        path.write_text("x")
    with living.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        write_output(tmp_path / "a.json", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == [living.name, other.name, "a.json"]
