"""What an output option names is written into where it is a device or a pipe; only regular files are replaced."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.conftest import Corpuslint

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="devices and FIFOs are files on POSIX only")

TEXT = "العنوان\nانتهى الاجتماع مساء ,\n"
OUTPUTS = {
    "check -o": ("check", "{text}", "--isolated", "--output-format", "json", "-o", "{to}"),
    "check --report": ("check", "{text}", "--isolated", "--report", "json={to}"),
    "report -o": ("report", "{text}", "--isolated", "-o", "{to}"),
    "baseline -o": ("baseline", "{text}", "--isolated", "-o", "{to}"),
}
of_each = pytest.mark.parametrize("arguments", OUTPUTS.values(), ids=OUTPUTS.keys())


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    return path


def filled(arguments: tuple[str, ...], text: Path, to: object) -> list[str]:
    return [argument.format(text=text, to=to) for argument in arguments]


@of_each
def test_a_device_stays_a_device(
    arguments: tuple[str, ...], text: Path, tmp_path: Path, corpuslint: Corpuslint
) -> None:
    device, link = tmp_path / "null", tmp_path / "link"
    try:  # one of our own: whoever may replace devices must not lose the system's when this fails
        os.mknod(device, stat.S_IFCHR | 0o666, os.makedev(1, 3))
        device.write_bytes(b"x")
    except OSError:
        pytest.skip("needs the right to make a device")
    link.symlink_to(device)
    for to in (device, link):
        assert corpuslint(*filled(arguments, text, to)).status in (0, 1)
    assert (stat.S_ISCHR(device.stat().st_mode), link.is_symlink()) == (True, True)


@of_each
def test_a_pipe_with_a_name_gets_the_report(
    arguments: tuple[str, ...], text: Path, tmp_path: Path, corpuslint: Corpuslint
) -> None:
    fifo, file = tmp_path / "pipe", tmp_path / "file"
    os.mkfifo(fifo)
    got: list[bytes] = []
    reading = threading.Thread(target=lambda: got.append(fifo.read_bytes()), daemon=True)
    reading.start()
    corpuslint(*filled(arguments, text, fifo))
    reading.join(30)
    corpuslint(*filled(arguments, text, file))
    assert got == [file.read_bytes()]
    assert stat.S_ISFIFO(fifo.stat().st_mode)


def run(command: str, text: Path) -> subprocess.CompletedProcess[str]:
    program = f'"{sys.executable}" -m corpuslint'
    return subprocess.run(
        ["bash", "-c", command.replace("corpuslint", program).replace("TEXT", f'"{text}"')],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=text.parent,
        check=False,
    )


def test_dev_stdout_is_standard_output_even_where_that_is_a_file_with_something_in_it(text: Path) -> None:
    log = text.with_name("log")
    log.write_text("before\n")
    run("corpuslint check TEXT --isolated --output-format json-lines -o /dev/stdout >> log; echo after >> log", text)
    first, *findings, last = log.read_text("utf-8").splitlines()
    assert (first, last) == ("before", "after")
    assert {json.loads(line)["filename"] for line in findings} == {str(text)}


def test_process_substitution_gets_the_report(text: Path) -> None:
    run("corpuslint check TEXT --isolated --report json=>(cat > copy); sleep 1", text)
    assert json.loads(text.with_name("copy").read_text("utf-8"))


def test_a_report_into_a_folder_is_refused_and_named(text: Path, corpuslint: Corpuslint) -> None:
    said = corpuslint("check", text, "--isolated", "-o", text.parent)
    assert said.status == 2
    assert f"{text.parent}: cannot be written: Is a directory" in said.err
