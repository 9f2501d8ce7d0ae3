"""Standard input is read, named and written as a file would be."""

from __future__ import annotations

import io
import json
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


def test_records_are_read_as_the_name_says(monkeypatch: pytest.MonkeyPatch) -> None:
    data = json.dumps({"text": DIRTY}).encode() + b"\n{\n"
    told = ("--language", "ar", "--output-format", "json", "--select", "LET001,PUN010,LNT")
    status, output = run(monkeypatch, data, "--stdin-filename", "in/a.jsonl", *told)
    assert status == 1
    assert [
        (found["code"], found["filename"], found["record"]["index"], found["offset"]) for found in json.loads(output)
    ] == [("LET001", "in/a.jsonl", 0, 16), ("PUN010", "in/a.jsonl", 0, 29), ("LNT006", "in/a.jsonl", 1, 0)]
    status, output = run(monkeypatch, b"text\n" + DIRTY.encode(), "--stdin-filename", "a.csv", *told)
    assert [found["record"]["index"] for found in json.loads(output)] == [0, 0]


def test_records_are_not_fixed_as_if_they_were_a_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, output = run(monkeypatch, b'{"text": "a&quot;b"}', "--stdin-filename", "a.jsonl", "--fix")
    assert (status, output) == (2, b"")
    assert capsys.readouterr().err == (
        "error: a.jsonl: only a text is fixed on standard input\n  name the file that holds it\n"
    )


def test_what_is_declared_beside_the_named_text_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def found() -> list[str]:
        named = ("--stdin-filename", str(tmp_path / "a.txt"), "--output-format", "json", "--select", "SRC001,LNT")
        return [finding["code"] for finding in json.loads(run(monkeypatch, "نص\n".encode(), *named)[1])]

    assert found() == ["SRC001"]
    (tmp_path / "a.meta.json").write_text('{"source": "صحيفة الضفتين"}', "utf-8")
    assert found() == []
    (tmp_path / "a.meta.json").write_text("{", "utf-8")
    assert found() == ["LNT006", "SRC001"]


def test_no_file_is_passed_over_beside_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, b"", "a.txt")[0] == 2
    assert "standard input is looked at alone" in capsys.readouterr().err


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
