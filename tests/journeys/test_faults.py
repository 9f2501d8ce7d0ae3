"""What goes wrong around a run (disks, folders, other writers, the user) costs one file at most, and is said."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from corpuslint.reporting import FORMATS
from tests.conftest import Corpuslint, Run

REPOSITORY = Path(__file__).parents[2]
STORY = (
    "عنوان الخبر رقم {0} عن القرار\nالمصدر: رويترز\n2024-03-05\n"
    "قال الوزير {0} إن القرار {0} نهائي ولن تتراجع الحكومة عنه في العاصمة هذا العام، وفق مصدر مطلع.\n"
)
DIRTY = "وزير خارجه گفت كه اين تصميم نهايي است و دولت از آن برنمي‌گردد.\n" * 3
CLEAN = DIRTY.replace("ي", "ی").replace("ك", "ک")
FIX = ("--fix", "--isolated", "--language", "fa", "--select", "LET", "--output-format", "json")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three files with the same to mend in each; what happens to b.txt must not touch its neighbours."""
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(DIRTY, "utf-8")
    return tmp_path


def not_written(run: Run) -> dict[str, str]:
    """File -> why its fixes were not written."""
    found: list[dict[str, Any]] = json.loads(run.out)
    return {Path(each["filename"]).name: each["message"] for each in found if each["code"] == "LNT009"}


def _code_page(folder: Path) -> None:
    (folder / "b.txt").write_bytes(DIRTY.encode("cp1256"))


def _damaged_ledger(folder: Path) -> None:
    (folder / ".corpuslint").mkdir()
    (folder / ".corpuslint/b.txt.ledger.jsonl").write_text("{broken\n")


def _ledger_is_a_folder(folder: Path) -> None:
    (folder / ".corpuslint/b.txt.ledger.jsonl").mkdir(parents=True)


def _ledger_of_later(folder: Path) -> None:
    (folder / ".corpuslint").mkdir()
    (folder / ".corpuslint/b.txt.ledger.jsonl").write_text('{"version": 9}\n')


@pytest.mark.parametrize(
    ("break_it", "reason"),
    [
        (_code_page, r"U\+06CC, which windows-1256 cannot write \(.*convert it to UTF-8"),
        (_damaged_ledger, r"b\.txt\.ledger\.jsonl: line 1 of the ledger is damaged.*\(move it away"),
        (_ledger_is_a_folder, r"b\.txt\.ledger\.jsonl: cannot be read: it is a folder"),
        (_ledger_of_later, r"version 9 is not known to this corpuslint"),
    ],
    ids=["code-page", "damaged-ledger", "ledger-is-a-folder", "ledger-of-a-later-version"],
)
def test_a_file_that_cannot_be_written_is_a_finding_and_the_others_are_fixed(
    corpuslint: Corpuslint, folder: Path, break_it: Callable[[Path], None], reason: str
) -> None:
    break_it(folder)
    before = (folder / "b.txt").read_bytes()
    run = corpuslint("check", folder, *FIX)
    assert run.status == 2
    assert list(not_written(run)) == ["b.txt"]
    assert re.search(reason, not_written(run)["b.txt"])
    assert (folder / "b.txt").read_bytes() == before
    assert [(folder / f"{name}.txt").read_text("utf-8") for name in "ac"] == [CLEAN, CLEAN]
    left = {Path(each["filename"]).name for each in json.loads(run.out) if each["code"].startswith("LET")}
    assert left == {"b.txt"}, "what was not mended is reported"


@pytest.mark.parametrize("declared", ["{", "[1]"], ids=["json", "object"])
def test_broken_metadata_keeps_its_own_file_only(corpuslint: Corpuslint, tmp_path: Path, declared: str) -> None:
    text = "عنوان الخبر الأول\nالمصدر: رويترز\nقال الوزير إن القرار نهائي ولن تتراجع الحكومة عنه هذا العام.\n"
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    (tmp_path / "b.meta.json").write_text(declared)
    run = corpuslint("check", tmp_path, "--fix", "--unsafe-fixes", "--isolated", "--output-format", "json")
    assert run.status == 2
    assert re.search(r"b\.meta\.json: it cannot take .*: not .*repair it and run again", not_written(run)["b.txt"])
    assert (tmp_path / "b.txt").read_text("utf-8") == text
    assert (tmp_path / "b.meta.json").read_text() == declared
    assert all((tmp_path / f"{name}.meta.json").exists() for name in "ac")


# The disk


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """Within it no file can grow beyond 100 bytes: what a full disk does, and can be had without one."""
    resource = pytest.importorskip("resource")

    @contextmanager
    def full() -> Iterator[None]:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        # Python 3.11 takes a write that was cut short for a whole one, and would leave half of a module's bytecode.
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
        monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    yield full


Full = Callable[[], AbstractContextManager[None]]


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_fixing_on_a_full_disk_changes_nothing_and_leaves_nothing(
    corpuslint: Corpuslint, folder: Path, full_disk: Full
) -> None:
    with full_disk():
        run = corpuslint("check", folder, *FIX)
    assert run.status == 2
    assert set(not_written(run)) == {"a.txt", "b.txt", "c.txt"}
    assert {(folder / f"{name}.txt").read_text("utf-8") for name in "abc"} == {DIRTY}
    assert set(names(folder)) <= {"a.txt", "b.txt", "c.txt", ".corpuslint/.gitignore", ".corpuslint/lock"}
    assert corpuslint("check", folder, *FIX).status == 0
    assert {(folder / f"{name}.txt").read_text("utf-8") for name in "abc"} == {CLEAN}


def test_undo_on_a_full_disk_takes_nothing_back(corpuslint: Corpuslint, tmp_path: Path, full_disk: Full) -> None:
    path = tmp_path / "a.txt"
    path.write_text(STORY.format(1), "utf-8")
    corpuslint("check", path, "--fix", "--unsafe-fixes", "--isolated", "--select", "SRC")
    fixed = {name: (tmp_path / name).read_bytes() for name in ("a.txt", "a.meta.json")}
    with full_disk():
        run = corpuslint("undo", tmp_path)
    assert (run.status, "a.txt: cannot be written: File too large" in run.err) == (2, True)
    assert {name: (tmp_path / name).read_bytes() for name in fixed} == fixed
    assert corpuslint("undo", tmp_path).status == 0
    assert (path.read_text("utf-8"), (tmp_path / "a.meta.json").exists()) == (STORY.format(1), False)


@pytest.mark.parametrize(
    "command",
    [
        ("build", "in", "--name", "news", "--version", "1.0.0", "--out", "out"),
        ("baseline", "in", "-o", "out/base.json", "--isolated"),
        ("check", "in", "--isolated", "-o", "out/report.json", "--output-format", "json"),
        ("report", "in", "--isolated", "-o", "out/report.html"),
    ],
    ids=lambda command: command[0],
)
def test_writing_to_a_full_disk_is_refused_in_words_and_works_when_there_is_room(
    corpuslint: Corpuslint, folder: Path, full_disk: Full, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    (folder / "in").mkdir()
    (folder / "out").mkdir()
    (folder / "in/a.txt").write_text(STORY.format(1), "utf-8")
    monkeypatch.chdir(folder)
    with full_disk():
        run = corpuslint(*command)
    assert run.status == 2
    assert re.search(r"^error: \S+: .*File too large", run.err, re.M)  # a slow machine is told how far, before
    assert [name for name in names(folder / "out") if not name.endswith(".lock")] == []
    assert corpuslint(*command).status in (0, 1)
    assert names(folder / "out") != []


def test_a_cache_without_room_costs_nothing_but_time(
    corpuslint: Corpuslint, tmp_path: Path, full_disk: Full, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        (tmp_path / f"{number}.txt").write_text(DIRTY, "utf-8")
    monkeypatch.chdir(tmp_path)
    wanted = corpuslint("check", ".", "--isolated", "--no-cache", "--output-format", "json")
    with full_disk():
        assert corpuslint("check", ".", "--isolated", "--output-format", "json")[:2] == wanted[:2]
    assert corpuslint("check", ".", "--isolated", "--output-format", "json")[:2] == wanted[:2]


@pytest.fixture
def read_only(folder: Path) -> Iterator[Path]:
    """The folder, which may be read and not be written to: for root, on a disk that is locked."""
    if os.name != "posix":
        pytest.skip("no such modes here")
    mounted = os.geteuid() == 0
    if mounted:
        if subprocess.run(["mount", "-t", "tmpfs", "none", folder], check=False, capture_output=True).returncode:
            pytest.skip("nothing can be mounted here")
        for name in "abc":
            (folder / f"{name}.txt").write_text(DIRTY, "utf-8")
    subprocess.run(["mount", "-o", "remount,ro", folder] if mounted else ["chmod", "555", folder], check=True)
    yield folder
    subprocess.run(["umount", folder] if mounted else ["chmod", "755", folder], check=True)


def test_a_folder_that_cannot_be_written_to(
    corpuslint: Corpuslint, read_only: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(read_only)
    run = corpuslint("check", ".", *FIX)
    assert run.status == 2
    assert set(not_written(run)) == {"a.txt", "b.txt", "c.txt"}
    assert re.search("Permission denied|Read-only file system", not_written(run)["a.txt"])
    assert {(read_only / f"{name}.txt").read_text("utf-8") for name in "abc"} == {DIRTY}
    assert names(read_only) == ["a.txt", "b.txt", "c.txt"]
    assert corpuslint("check", ".", "--isolated").status == 1, "looking is still possible"
    for command in (("baseline", ".", "-o", "base.json"), ("build", ".", "--name", "n", "--version", "1.0.0")):
        run = corpuslint(*command)
        assert run.status == 2
        assert re.search(r"error: (dist\S*|base\.json): .*(Permission denied|Read-only file system)", run.err)


# Others at work at the same time


RULE = """
from pathlib import Path
from corpuslint import Docs, Example, RuleSpec, Severity, Triggers
import os, time


class Meddler:
    spec = RuleSpec(
        code="XYZ001", name="meddler", message="m", severity=Severity.INFO, summary="It meddles.",
        docs=Docs(finds="f", why="w"), triggers=Triggers(literals=("وزير", "وزیر")),
        invalid=(Example("وزير", why="w"),), valid=(Example("غ", why="w"),),
    )

    def check(self, anatomy):
        name = Path(anatomy.document.origin.filename)
        {act}
        return ()


RULES = (Meddler(),)
"""


def meddling(folder: Path, act: str) -> list[str | Path]:
    """A rule that does something to files while they are looked at; the options that switch it on."""
    pack = folder / "meddling"
    pack.mkdir()
    (pack / "pack.toml").write_text('[pack]\nname = "m"\nsummary = "s"\nversion = "1"\npython = ["m.py"]\n')
    (pack / "m.py").write_text(RULE.replace("{act}", act), "utf-8")
    (folder / "corpuslint.toml").write_text('packs = ["meddling"]\nselect = ["LET", "XYZ"]\nlanguage = "fa"\n')
    return ["--config", folder / "corpuslint.toml", "--output-format", "json"]


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        ('name.name == "b.txt" and name.write_text("by hand")', "the file was changed meanwhile"),
        ('name.name == "b.txt" and name.unlink(missing_ok=True)', "the file was deleted meanwhile"),
    ],
    ids=["changed", "deleted"],
)
def test_a_file_that_somebody_else_works_on_is_left_to_them(
    corpuslint: Corpuslint, folder: Path, act: str, reason: str
) -> None:
    options = meddling(folder, act)
    run = corpuslint("check", folder, "--fix", *options)
    assert run.status == 2, run.err
    assert list(not_written(run)) == ["b.txt"]
    assert reason in not_written(run)["b.txt"]
    assert not (folder / "b.txt").exists() or (folder / "b.txt").read_text() == "by hand"
    assert [(folder / f"{name}.txt").read_text("utf-8") for name in "ac"] == [CLEAN, CLEAN]
    assert names(folder / ".corpuslint") == [".gitignore", "a.txt.ledger.jsonl", "c.txt.ledger.jsonl", "lock"]


@pytest.mark.parametrize("options", [(), ("--fix",)], ids=["check", "fix"])
def test_a_file_that_vanishes_before_its_turn(corpuslint: Corpuslint, folder: Path, options: tuple[str, ...]) -> None:
    (folder / "between.jsonl").write_text('{"text": "-"}\n' * 1000)  # documents are read some time before their turn
    act = 'name.name == "a.txt" and name.with_name("c.txt").unlink(missing_ok=True)'
    run = corpuslint("check", folder, *options, *meddling(folder, act))
    assert run.status == 2, run.err
    found = {(Path(each["filename"]).name, each["code"]) for each in json.loads(run.out)}
    assert ("c.txt", "LNT001") in found
    assert not any(name != "c.txt" and code.startswith("LNT") for name, code in found)


def started(*arguments: str | Path, **options: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "corpuslint", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    return subprocess.Popen(command, env=environment, text=True, **pipes)


def test_two_runs_of_fixes_at_once(corpuslint: Corpuslint, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.txt" for number in range(20)]
    for file in files:
        file.write_text(DIRTY, "utf-8")
    runs = [started("check", tmp_path, *FIX) for _ in range(2)]
    for run in runs:
        out, err = run.communicate(timeout=120)
        assert err == ""
        codes = {each["code"] for each in json.loads(out)}
        assert {code for code in codes if code.startswith("LNT")} <= {"LNT009"}, "one may meet the other at work"
    assert {file.read_text("utf-8") for file in files} == {CLEAN}
    assert corpuslint("undo", tmp_path).status == 0
    assert {file.read_text("utf-8") for file in files} == {DIRTY}
    assert [name for name in names(tmp_path) if name.endswith(".new")] == []


def test_two_builds_of_one_version_at_once(corpuslint: Corpuslint, folder: Path) -> None:
    for name in "abc":
        (folder / f"{name}.txt").write_text(STORY.format(name), "utf-8")
    command = ("build", folder, "--name", "news", "--version", "1.0.0", "--out", folder / "dist")
    runs = [started(*command) for _ in range(2)]
    for run in runs:
        _, err = run.communicate(timeout=120)
        assert run.returncode == 0 or "somebody else is writing to this dataset" in err
    assert 0 in {run.returncode for run in runs}
    assert corpuslint("verify", folder / "dist/news").status == 0
    assert not any(name.startswith("news/.building") for name in names(folder / "dist"))


def test_two_runs_that_keep_their_results_in_one_cache(corpuslint: Corpuslint, tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number}.txt").write_text(DIRTY, "utf-8")
    wanted = corpuslint("check", tmp_path, "--isolated", "--no-cache", "--output-format", "json").out
    runs = [started("check", tmp_path, "--isolated", "--output-format", "json") for _ in range(2)]
    assert [run.communicate(timeout=120)[0] for run in runs] == [wanted, wanted]
    assert corpuslint("check", tmp_path, "--isolated", "--output-format", "json").out == wanted


@pytest.mark.parametrize("time", [0, 4_000_000_000], ids=["1970", "2096"])
def test_a_clock_that_jumps_does_not_bring_old_findings_back(corpuslint: Corpuslint, tmp_path: Path, time: int) -> None:
    files = [tmp_path / f"{number}.txt" for number in range(20)]
    for file in files:
        file.write_text(CLEAN, "utf-8")
        os.utime(file, (time, time))
    options = ("--isolated", "--language", "fa", "--select", "LET", "--output-format", "json")
    assert json.loads(corpuslint("check", tmp_path, *options).out) == []
    files[3].write_text(DIRTY, "utf-8")  # as many bytes as before
    os.utime(files[3], (time, time))
    found = {each["filename"] for each in json.loads(corpuslint("check", tmp_path, *options).out)}
    assert {Path(name).name for name in found} == {"3.txt"}


# The user


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
@pytest.mark.parametrize(
    "command",
    [("check",), ("check", "--fix"), ("check", "--executor", "processes", "-j", "2"), ("build", "--version", "1.0.0")],
    ids=["check", "fix", "processes", "build"],
)
def test_ctrl_c_ends_at_once_and_leaves_nothing_half_done(folder: Path, command: tuple[str, ...]) -> None:
    here, slept = str(folder / "looking"), str(folder / "slept")
    rule = f"if name.name == 'b.txt': Path({here!r}).touch(); time.sleep(60); Path({slept!r}).touch()"
    options = meddling(folder, rule)
    if command[0] == "build":
        options = [*options[:2], "--name", "news", "--out", folder / "dist"]
    run = started(*command, folder, *options)
    while not Path(here).exists() and run.poll() is None:
        sleep(0.01)
    run.send_signal(signal.SIGINT)
    out, err = run.communicate()
    assert (run.returncode, out) == (130, "")
    assert err.splitlines()[-1].startswith("interrupted")
    assert not Path(slept).exists(), "the rule was waited for"
    texts = {(folder / f"{name}.txt").read_text("utf-8") for name in "abc"}
    assert texts <= {DIRTY, CLEAN}
    assert not [name for name in names(folder) if name.endswith(".new") or "/.building" in name or "/1.0.0/" in name]


def test_a_reader_that_goes_away(folder: Path) -> None:
    (folder / "many.txt").write_text(DIRTY * 500, "utf-8")
    run = started("check", folder, "--isolated", "--language", "fa")
    assert run.stdout is not None and run.stderr is not None
    run.stdout.close()
    said = [line for line in run.stderr.read().splitlines() if "s left" not in line]  # a slow machine is told how far
    assert (said, run.wait(60)) == ([], 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
@pytest.mark.parametrize("command", [("check", "--isolated"), ("rules", "--isolated"), ("--version",)])
def test_standard_output_on_a_full_disk(folder: Path, command: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        run = started(*command, *([folder] if command[0] == "check" else []), stdout=full)
        _, err = run.communicate(timeout=60)
    assert (run.returncode, err) == (2, "error: No space left on device\n")


@pytest.mark.parametrize("closed", [1, 2], ids=["output", "errors"])
def test_a_stream_that_is_closed_from_the_start(folder: Path, closed: int) -> None:
    command = (
        f"exec {shlex.quote(sys.executable)} -m corpuslint check {shlex.quote(str(folder))} --isolated {closed}>&-"
    )
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    run = subprocess.run(["sh", "-c", command], env=environment, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (1, "")


# Names


LONGEST = b"x" * 251 + b".txt"
ODD_NAMES = [
    b"\xff\xfe.txt",
    "ك".encode("cp1256") + b".txt",
    b"a\nb.txt",
    b"-x.txt",
    b" .txt",
    b"%2e%2e.txt",
    b"a#1.txt",
    LONGEST,
]


@pytest.fixture
def odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Files of odd names in a folder that is the working directory."""
    monkeypatch.chdir(tmp_path)
    files = []
    for number, name in enumerate(ODD_NAMES):
        path = Path(os.fsdecode(name))
        try:
            path.write_text(STORY.format(number) + DIRTY, "utf-8")
        except OSError:
            continue  # the file system takes no such name
        files.append(path)
    return files


@pytest.mark.parametrize("output", [*FORMATS, "html"])
def test_every_report_of_files_with_odd_names(corpuslint: Corpuslint, odd: list[Path], output: str) -> None:
    run = corpuslint("check", ".", "--isolated", "--output-format", output)
    assert (run.status, run.err) == (1, "")
    assert corpuslint("check", ".", "--isolated", "--output-format", output, "-o", "report").status == 1


def test_files_with_odd_names_are_fixed_and_brought_back(corpuslint: Corpuslint, odd: list[Path]) -> None:
    before = {path: path.read_bytes() for path in odd}
    run = corpuslint("check", ".", *FIX)
    assert run.err == ""
    assert set(not_written(run)) == {LONGEST.decode()}, "its ledger would have too long a name"
    assert [path for path in odd if path.read_bytes() == before[path]] == [Path(LONGEST.decode())]
    assert corpuslint("undo", ".").status == 0
    assert {path: path.read_bytes() for path in odd} == before


def test_other_commands_take_files_with_odd_names(corpuslint: Corpuslint, odd: list[Path]) -> None:
    assert corpuslint("baseline", ".", "-o", "base.json", "--isolated").status == 0
    assert corpuslint("check", ".", "--isolated", "--baseline", "base.json").status == 0
    build = corpuslint("build", ".", "--name", "news", "--version", "1.0.0", "--out", "dist")
    assert build.status == 0 and "unreadable" not in build.err
    assert corpuslint("verify", "dist/news").status == 0
