"""Files come back byte for byte, keep what is theirs, and are never half written."""

from __future__ import annotations

import errno
import json
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpuslint.errors import SourceError
from corpuslint.formats.atomic import change_file, replace_file, write_output
from corpuslint.formats.ledger import ledger_path, read_ledger
from corpuslint.formats.rewriting import Undone, recover, sweep, undo_file
from corpuslint.model.ledger import AppliedEdit, Rewrite
from corpuslint.text.decoding import decode
from tests.formats.writing import rewrite_lines, rewrite_text


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
    assert undo_file(str(path)).runs == 1
    assert path.read_bytes() == data
    assert not ledger_path(path).exists()


def test_two_runs_are_taken_back_together_or_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a b c", "utf-8")
    for old in ("a ", "b "):
        rewrite_text(str(path), path.read_bytes(), fix_first(path, old, ""))
    assert path.read_text() == "c"
    assert undo_file(str(path), last_only=True).runs == 1
    assert path.read_text() == "b c"
    assert undo_file(str(path)).runs == 1
    assert path.read_text() == "a b c"


def test_runs_before_an_edit_by_hand_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a b c", "utf-8")
    rewrite_text(str(path), b"a b c", fix_first(path, "a ", ""))
    path.write_text("b c by hand", "utf-8")
    rewrite_text(str(path), b"b c by hand", fix_first(path, "b ", ""))
    assert undo_file(str(path)).runs == 1
    assert path.read_text() == "b c by hand"
    with pytest.raises(SourceError, match="was changed after"):
        undo_file(str(path))


def test_lifted_fields_and_stories_lie_beside_and_go_with_undo(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one two", "utf-8")
    (tmp_path / "a.meta.json").write_text('{"url": "u", "source": "declared"}', "utf-8")
    story = Rewrite("two", lifted={"title": "T"})
    own = fix_first(path, " two", "", lifted={"source": "found", "keywords": ("k", "l")})
    written = rewrite_text(str(path), path.read_bytes(), own, story)
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
    rewrite_text(str(path), path.read_bytes(), fix_first(path, " two", ""), Rewrite("two"))
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
    with pytest.raises(SourceError, match="changed meanwhile"):
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


def test_a_run_that_died_before_the_file_is_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x y", "utf-8")
    rewrite_text(str(path), path.read_bytes(), fix_first(path, "x ", ""))
    path.write_text("x y", "utf-8")  # as if the last step had never happened
    assert undo_file(str(path)).runs == 1
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
    rewrite_lines(str(path), data, 2, Rewrite("خبر ثان", edits, {"source": "s"}), Rewrite("x"))
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
    rewrite = Rewrite("b", (AppliedEdit("AAA001", 1, 0, "x ", ""),), {"published": "2023-10-20", "source": "s"})
    rewrite_lines(str(path), data, 0, rewrite, fields={"published": "pub"})
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
    assert undo_file(str(path)).runs == 1
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
    strays = [tmp_path / ".corpuslint-k3_9xa0b.new", tmp_path / ".corpuslint-0123abcd.old"]
    strays.append(ledgers / ".corpuslint-01234567.new")
    own = [
        tmp_path / name for name in (".draft.txt.20261129.tmp", ".notes.json.abcdefgh.tmp", "corpuslint-abcdefgh.new")
    ]
    own += [tmp_path / ".corpuslint-notes.new", ledgers / "a.txt.ledger.jsonl"]
    for path in (*strays, *own):
        path.write_text("x")
    sweep([str(tmp_path / "a.txt"), "s3://bucket/a.txt"])
    assert [path for path in strays if path.exists()] == []
    assert [path for path in own if not path.exists()] == []


def test_what_a_living_run_is_writing_is_not_swept(tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    (tmp_path / ".corpuslint").mkdir()
    dead, living = tmp_path / ".corpuslint-11111111.new", tmp_path / ".corpuslint-22222222.new"
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


def test_where_the_content_is_there_already_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"x")
    os.utime(tmp_path, (1, 1))
    replace_file(tmp_path / "a.json", b"x")
    assert tmp_path.stat().st_mtime == 1


def test_an_output_takes_away_what_dead_runs_left_and_not_what_a_living_one_writes(tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    dead, living = tmp_path / ".corpuslint-11111111.new", tmp_path / ".corpuslint-22222222.new"
    other = tmp_path / ".a.json.11111111.tmp"
    for path in (dead, living, other):
        path.write_text("x")
    with living.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        write_output(tmp_path / "a.json", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == [other.name, living.name, "a.json"]


SIDECAR = '\ufeff{\n  "n": 0.12345678901234567890,\n  "n": 10.00,\n  "big": 1e400,\n  "source": ""\n}'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_metadata_is_rewritten_member_by_member(tmp_path: Path, encoding: str) -> None:
    path, beside = tmp_path / "a.txt", tmp_path / "a.meta.json"
    path.write_text("x y", "utf-8")
    beside.write_bytes(SIDECAR.encode(encoding))
    rewrite_text(str(path), b"x y", fix_first(path, "x ", "", lifted={"source": "s", "keywords": ("k", "l")}))
    wanted = SIDECAR.replace('"source": ""\n', '"source": "s",\n  "keywords": ["k", "l"]\n')
    assert beside.read_bytes().decode(encoding) == wanted
    assert undo_file(str(path)).runs == 1
    assert beside.read_bytes().decode(encoding) == SIDECAR


@pytest.mark.parametrize("declared", ["{}", " { }\n"])
def test_metadata_of_nothing_takes_what_is_lifted(tmp_path: Path, declared: str) -> None:
    path, beside = tmp_path / "a.txt", tmp_path / "a.meta.json"
    path.write_text("x y", "utf-8")
    beside.write_text(declared)
    rewrite_text(str(path), b"x y", fix_first(path, "x ", "", lifted={"source": "s", "title": "t"}))
    assert json.loads(beside.read_text()) == {"source": "s", "title": "t"}


def split_and_lifted(folder: Path) -> tuple[Path, dict[str, bytes]]:
    """A text that was fixed, with metadata and a story beside it; and what was there before."""
    path = folder / "a.txt"
    path.write_text("one two", "utf-8")
    (folder / "a.meta.json").write_text('{"n": 1}', "utf-8")
    before = contents(folder)
    story = Rewrite("two", lifted={"title": "T"})
    rewrite_text(str(path), path.read_bytes(), fix_first(path, " two", "", lifted={"source": "s"}), story)
    return path, before


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def before_replacing(monkeypatch: pytest.MonkeyPatch, wanted: Path, act: Callable[[], object]) -> None:
    """Let somebody act in the last moment before the file `wanted` is replaced for the first time."""
    replace = Path.replace

    def replaced(new: Path, target: Path) -> Path:
        if target == wanted:
            monkeypatch.setattr(Path, "replace", replace)
            act()
        return replace(new, target)

    monkeypatch.setattr(Path, "replace", replaced)


def test_metadata_edited_in_the_moment_of_the_fix_is_kept_and_the_fix_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, beside = tmp_path / "a.txt", tmp_path / "a.meta.json"
    path.write_text("x y", "utf-8")
    beside.write_text('{"rev": 1}')
    # after it was read, before it is replaced
    before_replacing(monkeypatch, ledger_path(path), lambda: beside.write_text('{"rev": 2}'))
    with pytest.raises(SourceError, match=r"a\.meta\.json: the file was changed meanwhile"):
        rewrite_text(str(path), b"x y", fix_first(path, "x ", "", lifted={"source": "s"}))
    assert contents(tmp_path) == {"a.txt": b"x y", "a.meta.json": b'{"rev": 2}'}
    assert read_ledger(path) == []


@contextmanager
def immutable(path: Path) -> Iterator[None]:
    if subprocess.run(["chattr", "+i", str(path)], check=False, capture_output=True).returncode:
        pytest.skip("no file can be made immutable here")
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", str(path)], check=True)


def test_undo_that_cannot_write_the_text_takes_nothing_back(tmp_path: Path) -> None:
    path, before = split_and_lifted(tmp_path)
    fixed = contents(tmp_path)
    with immutable(path), pytest.raises(SourceError, match="cannot be written"):
        undo_file(str(path))
    assert contents(tmp_path) == fixed
    assert undo_file(str(path)).runs == 1
    assert contents(tmp_path) == before


@pytest.mark.parametrize("stuck", ["a.meta.json", "a.story-2.txt"])
@pytest.mark.parametrize("rerun", ["undo", "fix"])
def test_undo_that_cannot_take_back_something_beside_says_so_and_a_rerun_does_the_rest(
    tmp_path: Path, stuck: str, rerun: str
) -> None:
    path, before = split_and_lifted(tmp_path)
    with immutable(tmp_path / stuck):
        with pytest.raises(SourceError, match=f"the text is as it was before it was fixed, but .*{stuck}"):
            undo_file(str(path))
        assert path.read_text() == "one two"
        with pytest.raises(SourceError, match=f"a run that was interrupted left something .*{stuck}"):
            rewrite_text(str(path), path.read_bytes(), fix_first(path, " two", ""))
    assert undo_file(str(path)).runs == 1 if rerun == "undo" else recover([str(path)])
    assert contents(tmp_path) == before


def test_undo_leaves_what_was_edited_beside_the_text_and_names_it(tmp_path: Path) -> None:
    path, _ = split_and_lifted(tmp_path)
    (tmp_path / "a.story-2.txt").write_text("two, edited")
    undone = undo_file(str(path))
    assert undone == Undone(1, ("a.story-2.txt",))
    assert contents(tmp_path) == {"a.txt": b"one two", "a.meta.json": b'{"n": 1}', "a.story-2.txt": b"two, edited"}


def test_a_run_that_lifts_only_is_taken_back_after_a_later_one(tmp_path: Path) -> None:
    path, beside = tmp_path / "a.txt", tmp_path / "a.meta.json"
    path.write_text("x y", "utf-8")
    rewrite_text(str(path), b"x y", Rewrite("x y", (), {"source": "s"}))
    rewrite_text(str(path), b"x y", fix_first(path, "x ", "", lifted={"title": "t"}))
    assert json.loads(beside.read_text()) == {"source": "s", "title": "t"}
    assert undo_file(str(path)).runs == 2
    assert contents(tmp_path) == {"a.txt": b"x y"}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file open")
@pytest.mark.parametrize("taking_back", [False, True], ids=["fix", "undo"])
def test_a_file_that_a_program_has_open_for_writing_is_left_to_it(tmp_path: Path, taking_back: bool) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "x y"}\n')
    rewrite = Rewrite("y", (AppliedEdit("AAA001", 1, 0, "x ", ""),))
    if taking_back:
        rewrite_lines(str(path), path.read_bytes(), 0, rewrite)
    before = path.read_bytes()
    with path.open("ab") as scraper:
        with pytest.raises(SourceError, match="another program is writing to the file"):
            undo_file(str(path)) if taking_back else rewrite_lines(str(path), before, 0, rewrite)
        scraper.write(b'{"text": "more"}\n')
    assert path.read_bytes() == before + b'{"text": "more"}\n'
    assert len(read_ledger(path)) == taking_back


def test_what_is_appended_between_the_last_look_and_the_replacing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("old\n")
    was = path.stat().st_ino
    fcntl = pytest.importorskip("fcntl")

    def without_leases(*_: object) -> int:
        raise OSError(errno.EINVAL, "Invalid argument")  # as file systems do that know none

    monkeypatch.setattr(fcntl, "fcntl", without_leases)
    descriptor = os.open(path, os.O_WRONLY)
    before_replacing(monkeypatch, path, lambda: os.pwrite(descriptor, b"tail\n", 4))
    with pytest.raises(SourceError, match="another program is writing to the file"):
        change_file(path, b"old\n", b"new\n")
    os.pwrite(descriptor, b"and more\n", 9)
    os.close(descriptor)
    assert (path.read_bytes(), path.stat().st_ino) == (b"old\ntail\nand more\n", was)
    assert [each.name for each in tmp_path.iterdir()] == ["a.jsonl"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who opens a file")
def test_a_program_that_opens_the_file_while_it_is_replaced_gets_it_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("old\n")
    writers: list[subprocess.Popen[bytes]] = []

    def open_it() -> None:
        writers.append(subprocess.Popen(["sh", "-c", f"echo tail >> {shlex.quote(str(path))}"]))
        until = time.monotonic() + 10
        while not waits_for_a_lease(writers[0].pid) and time.monotonic() < until:
            time.sleep(0.01)

    before_replacing(monkeypatch, path, open_it)
    with pytest.raises(SourceError, match="another program is writing to the file"):
        change_file(path, b"old\n", b"new\n")
    assert writers[0].wait(60) == 0
    assert path.read_bytes() == b"old\ntail\n"


def waits_for_a_lease(pid: int) -> bool:
    return "break_lease" in Path(f"/proc/{pid}/wchan").read_text()


def test_a_file_that_came_to_be_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.story-2.txt"
    path.write_text("mine")
    with pytest.raises(SourceError, match="there is such a file by now"):
        change_file(path, None, b"theirs")
    assert contents(tmp_path) == {"a.story-2.txt": b"mine"}
