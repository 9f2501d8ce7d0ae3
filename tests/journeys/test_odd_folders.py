"""Folders as they are found: files deleted after they were fixed, edited by hand, or no files at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpuslint.cli.app import main

DIRTY = "اجتمع المجلس في المدینة صباحا.\n"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        main([*arguments])
    captured = capsys.readouterr()
    return int(ended.value.code or 0), captured.out + captured.err


def test_undo_of_a_folder_restores_all_that_it_can(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(DIRTY, "utf-8")
    run(capsys, "check", str(tmp_path), "--fix", "--isolated", "--select", "LET001", "--language", "ar")
    (tmp_path / "a.txt").unlink()
    (tmp_path / "b.txt").write_text("by hand", "utf-8")
    status, said = run(capsys, "undo", str(tmp_path))
    assert status == 2
    assert "b.txt: the file was changed after it was fixed" in said
    assert (tmp_path / "c.txt").read_text() == DIRTY
    assert (tmp_path / "b.txt").read_text() == "by hand"
    assert not (tmp_path / "a.txt").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.jsonl.gz", "a.csv", "a.parquet"])
@pytest.mark.parametrize("command", [["check"], ["check", "--fix"]], ids=["check", "fix"])
def test_a_pipe_is_not_waited_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, command: list[str]
) -> None:
    os.mkfifo(tmp_path / name)
    status, said = run(capsys, *command, str(tmp_path), "--isolated", "--output-format", "concise")
    assert status == 2
    assert "LNT001 the file cannot be read: it is a named pipe, not a regular file" in said


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.parquet"])
def test_a_link_that_leads_nowhere_is_called_that(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / name).symlink_to("gone")
    status, said = run(capsys, "check", str(tmp_path / name), "--isolated", "--output-format", "concise")
    assert (status, said.count("LNT001 the file cannot be read: it is gone, or a link that leads nowhere")) == (2, 1)


@pytest.mark.parametrize("named", [".", "closed"])
def test_a_folder_that_may_not_be_listed_is_not_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.txt").write_text(DIRTY, "utf-8")
    listed = os.scandir

    def scandir(path: str) -> object:  # root may list everything
        if path == "closed/":
            raise PermissionError(13, "Permission denied", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    for more in ([], ["--fix"]):
        status, said = run(capsys, "check", named, *more, "--isolated", "--output-format", "concise")
        assert status == 2
        assert "closed:1:1: error LNT001 the file cannot be read: it is a folder that cannot be listed" in said
