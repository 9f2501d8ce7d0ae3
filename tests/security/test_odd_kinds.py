"""Pipes, devices, sockets and folders where a file of ours should lie: refused in words and never opened."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from corpuslint.formats.ledger import ledger_path
from tests.conftest import Corpuslint

SOURCED = "مدرسة جديدة في القرية\n\nافتتحت البلدية مدرسة في القرية صباح اليوم.\n\nالمصدر: صحيفة البلدية\n"
FIX = ("--isolated", "--select", "SRC,LNT", "--fix", "--unsafe-fixes", "--output-format", "json")

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")


def _socket(path: Path) -> None:
    before = Path.cwd()
    os.chdir(path.parent)  # the name of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(path.name)
    finally:
        os.chdir(before)


def _device(path: Path) -> None:
    try:
        os.mknod(path, 0o600 | 0o020000, os.makedev(1, 5))  # as /dev/zero: it never ends
    except PermissionError:
        pytest.skip("no devices can be made here")


KINDS: dict[str, Callable[[Path], None]] = {
    "a named pipe": os.mkfifo,
    "a socket": _socket,
    "a device": _device,
    "a folder": Path.mkdir,
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["a.meta.json", ".corpuslint/a.txt.ledger.jsonl", ".corpuslint/lock"])
def test_fixing_refuses_what_is_no_file(corpuslint: Corpuslint, tmp_path: Path, name: str, kind: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SOURCED, "utf-8")
    (tmp_path / ".corpuslint").mkdir()
    KINDS[kind](tmp_path / name)
    run = corpuslint("check", path, *FIX)
    (told,) = (each["message"] for each in json.loads(run.out) if each["code"] == "LNT009")
    assert (run.status, Path(name).name in told, f"it is {kind}, not a regular file" in told) == (2, True, True), told
    assert path.read_text("utf-8") == SOURCED


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["a.meta.json", ".corpuslint/a.txt.ledger.jsonl", ".corpuslint/lock"])
def test_undo_refuses_what_is_no_file(corpuslint: Corpuslint, tmp_path: Path, name: str, kind: str) -> None:
    path, odd = tmp_path / "a.txt", tmp_path / name
    path.write_text(SOURCED, "utf-8")
    corpuslint("check", path, *FIX)
    assert path.read_text("utf-8") != SOURCED
    kept = odd.read_bytes()
    odd.unlink()
    KINDS[kind](odd)
    run = corpuslint("undo", tmp_path)
    assert (run.status, f"it is {kind}, not a regular file" in run.err) == (2, True), run.err
    odd.rmdir() if kind == "a folder" else odd.unlink()
    odd.write_bytes(kept)
    assert corpuslint("undo", tmp_path).status == 0
    assert (path.read_text("utf-8"), (tmp_path / "a.meta.json").exists()) == (SOURCED, False)


@pytest.mark.parametrize("name", [".gitignore", "lock"])
def test_links_among_ledgers_are_not_written_through(corpuslint: Corpuslint, tmp_path: Path, name: str) -> None:
    outside, path = tmp_path / "outside", tmp_path / "scraped/a.txt"
    ledger_path(path).parent.mkdir(parents=True)
    path.write_text(SOURCED, "utf-8")
    (ledger_path(path).parent / name).symlink_to(outside)
    corpuslint("check", path, *FIX)
    assert not outside.exists()


@pytest.mark.parametrize("command", [("check", *FIX), ("undo",)], ids=lambda command: command[0])
def test_a_lock_that_is_held_for_ever_is_not_waited_for_so_long(
    corpuslint: Corpuslint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    fcntl = pytest.importorskip("fcntl")
    monkeypatch.setattr("corpuslint.formats.atomic.LOCK_TRIES", 2)
    path = tmp_path / "a.txt"
    path.write_text(SOURCED, "utf-8")
    corpuslint("check", path, *FIX)
    path.write_text(SOURCED, "utf-8")
    with (tmp_path / ".corpuslint/lock").open("r+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run = corpuslint(command[0], path, *command[1:])
    assert (run.status, "another program holds it" in run.out + run.err) == (2, True)
    assert path.read_text("utf-8") == SOURCED


@pytest.mark.parametrize("command", [("check", *FIX), ("undo",), ("check", "--isolated")], ids=" ".join)
def test_a_ledger_larger_than_memory_is_not_read(
    corpuslint: Corpuslint, tmp_path: Path, command: tuple[str, ...]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SOURCED, "utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": SOURCED}))
    ledger_path(path).parent.mkdir()
    with ledger_path(path).open("wb") as stream:
        stream.truncate(1 << 40)
    run = corpuslint(command[0], tmp_path, *command[1:])
    said = "it is larger than the fixes of that file can be" in run.out + run.err
    assert (said, run.status < 2) == ((False, True) if command[-1] == "--isolated" else (True, False))
    assert path.read_text("utf-8") == SOURCED


@pytest.mark.parametrize("kind", ["a link", *KINDS])
def test_the_lock_of_a_dataset_is_a_file(corpuslint: Corpuslint, tmp_path: Path, kind: str) -> None:
    own, lock = tmp_path / "own", tmp_path / "dist/news/.lock"
    own.write_text("mine")
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "قال الناطق إن الاجتماع سيعقد.", "source": "الميناء"}))
    lock.parent.mkdir(parents=True)
    lock.symlink_to(own) if kind == "a link" else KINDS[kind](lock)
    run = corpuslint("build", tmp_path / "a.jsonl", "--name", "news", "--version", "1.0.0", "--out", tmp_path / "dist")
    assert (run.status, ".lock cannot be held" in run.err) == (2, True), run.err
    assert (own.read_text(), [path.name for path in lock.parent.iterdir()]) == ("mine", [".lock"])


def test_metadata_beyond_the_limit_is_not_read_and_not_written(corpuslint: Corpuslint, tmp_path: Path) -> None:
    path, beside = tmp_path / "a.txt", tmp_path / "a.meta.json"
    path.write_text(SOURCED, "utf-8")
    with beside.open("wb") as stream:
        stream.truncate(3 << 30)
    (tmp_path / "corpuslint.toml").write_text("max-bytes = 100_000\n")
    run = corpuslint("check", path, "--config", tmp_path / "corpuslint.toml", *FIX[1:])
    told = {each["code"]: each["message"] for each in json.loads(run.out)}
    assert run.status == 2
    assert {"LNT006", "LNT009"} <= set(told)
    assert "3,221,225,472 bytes are more than the limit of 100,000" in told["LNT009"]
    assert (path.read_text("utf-8"), beside.stat().st_size) == (SOURCED, 3 << 30)


def test_a_link_to_a_file_of_the_folder_is_that_file(corpuslint: Corpuslint, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(SOURCED, "utf-8")
    (tmp_path / "a.txt").symlink_to("b.txt")
    corpuslint("check", tmp_path, *FIX)
    assert not (tmp_path / "a.meta.json").exists()
    assert json.loads((tmp_path / "b.meta.json").read_text("utf-8"))["source"] == "صحيفة البلدية"
    assert corpuslint("undo", tmp_path).status == 0
    assert (tmp_path / "b.txt").read_text("utf-8") == SOURCED


def test_what_is_written_beside_a_private_text_is_as_private(corpuslint: Corpuslint, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SOURCED, "utf-8")
    path.chmod(0o600)
    corpuslint("check", path, *FIX)
    made = [path, tmp_path / "a.meta.json", ledger_path(path)]
    assert [name.stat().st_mode & 0o777 for name in made] == [0o600, 0o600, 0o600]
