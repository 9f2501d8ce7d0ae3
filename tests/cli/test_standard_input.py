"""Standard input is read, named and written as a file would be."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from corpuslint.cli.app import main

DIRTY = "اجتمع المجلس في المدینة صباحا .\n"


class _Stream:
    """Standard input or output with bytes below it."""

    def __init__(self, data: bytes = b"") -> None:
        self.buffer = io.BytesIO(data)

    def write(self, text: str) -> int:
        return self.buffer.write(text.encode("utf-8"))

    def isatty(self) -> bool:
        return False

    def flush(self) -> None:
        pass


def run(monkeypatch: pytest.MonkeyPatch, data: bytes, *arguments: str) -> tuple[int, bytes]:
    output = _Stream()
    monkeypatch.setattr(sys, "stdin", _Stream(data))
    monkeypatch.setattr(sys, "stdout", output)
    with pytest.raises(SystemExit) as ended:
        main(["check", "-", "--isolated", "--select", "LET001,PUN010", *arguments])
    return int(ended.value.code or 0), output.buffer.getvalue()


def test_findings_are_named_by_the_name_given(monkeypatch: pytest.MonkeyPatch) -> None:
    status, output = run(
        monkeypatch, DIRTY.encode(), "--stdin-filename", "in/a.txt", "--output-format", "concise", "--language", "ar"
    )
    assert status == 1
    assert output.decode().startswith("in/a.txt:1:17: error LET001")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1256"])
def test_a_fixed_text_keeps_its_encoding(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    text = "قال الرئيس إن بلاده ستفعل .\r\n"
    status, output = run(monkeypatch, text.encode(encoding), "--fix", "--language", "ar")
    assert status == 0
    assert output == text.replace(" .", ".").encode(encoding)


def test_diff_of_standard_input_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    status, output = run(
        monkeypatch, b"a\n" + DIRTY.encode(), "--diff", "--stdin-filename", "a.txt", "--language", "ar"
    )
    assert status == 1
    assert output.decode().splitlines()[1:3] == ["--- a/a.txt", "+++ b/a.txt"]


def test_a_message_about_a_file_shows_escapes_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        main(["check", "a\x1b[31m.txt", "--isolated"])
    assert capsys.readouterr().err.startswith("error: a<U+001B>[31m.txt: ")


def test_formats_that_are_not_rewritten_are_checked_and_do_not_end_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text(f"text,source\n{DIRTY.strip()},s\n", "utf-8")
    (tmp_path / "b.txt").write_text(DIRTY, "utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["check", str(tmp_path), "--fix", "--isolated", "--select", "LET001", "--language", "ar"])
    assert ended.value.code == 1
    assert (tmp_path / "b.txt").read_text() == DIRTY.replace("ی", "ي")
    output = capsys.readouterr().out
    assert "a.csv" in output
    assert "note: fixes are written into local .txt, .jsonl and .ndjson only" in output
