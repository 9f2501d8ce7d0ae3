"""How long commands take that do next to nothing: what a pre-commit hook or an editor pays each time.

    python benchmarks/startup.py [--runs 10]

Each command runs in a process of its own, in turn with the others, so that a busy moment of the machine hits all of
them; what is printed are the quickest run and the median by the clock, and the least processor time. The first,
unmeasured run of each leaves the caches warm (compiled Python, automata, tables), as a user's second run finds them.
`ruff check` of one small Python file is there for comparison, where ruff is installed.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CLEAN = """\
افتتح رئيس البلدية صباح اليوم مركزا ثقافيا يضم مكتبة عامة وقاعة للعروض ومرسما للأطفال. وحضر الحفل عدد من الكتاب.

وأوضح مدير المركز أن المكتبة تضم عشرين ألف كتاب، وأن أبوابها مفتوحة طوال أيام الأسبوع. وأضاف أن الدخول مجاني للطلاب.
"""
METADATA = '{"title": "افتتاح مركز ثقافي جديد في المدينة", "source": "صحيفة الساحل", "published": "2024-05-12"}\n'
DIRTY = """\
[ad_1]
افتتح رئيس البلدیة صباح اليوم مركزا ثقافيا&nbsp;يضم مكتبة عامة , وقاعة للعروض.
المصدر: وكالة الساحل
شارك على فيسبوك
اقرأ أيضا: أمطار غزيرة في الشمال
"""
PYTHON = '"""A small module."""\n\n\ndef double(number: int) -> int:\n    return 2 * number\n'


def main() -> None:
    """Run every command in turn and print a line for each."""
    parser = argparse.ArgumentParser(description="Time commands that do next to nothing.")
    parser.add_argument("--runs", type=int, default=10)
    runs = parser.parse_args().runs
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "clean.txt").write_text(CLEAN, "utf-8")
        (folder / "clean.meta.json").write_text(METADATA, "utf-8")
        (folder / "dirty.txt").write_text(DIRTY, "utf-8")
        (folder / "small.py").write_text(PYTHON, "utf-8")
        taken = _times(_commands(folder), environment, runs)
    bare = min(processor for _, processor in taken["python -c pass"])
    print(f"{'':28}{'min':>8}{'median':>9}{'cpu min':>10}{'starts':>8}   of {runs} runs, in ms")
    for command, times in taken.items():
        clock, processor = zip(*times, strict=True)
        least, median, least_cpu = (1e3 * value for value in (min(clock), statistics.median(clock), min(processor)))
        print(f"{command:28}{least:8.0f}{median:9.0f}{least_cpu:10.0f}{least_cpu / bare / 1e3:8.1f}")


def _commands(folder: Path) -> dict[str, list[str]]:
    corpuslint = [sys.executable, "-m", "corpuslint"]
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "corpuslint --help": [*corpuslint, "--help"],
        "corpuslint rule ART001": [*corpuslint, "rule", "--isolated", "ART001"],
        "corpuslint check clean.txt": [*corpuslint, "check", "--isolated", str(folder / "clean.txt")],
        "corpuslint check dirty.txt": [*corpuslint, "check", "--isolated", str(folder / "dirty.txt")],
    }
    ruff = shutil.which("ruff", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
    if ruff is not None:
        commands["ruff check small.py"] = [ruff, "check", "--isolated", "--no-cache", str(folder / "small.py")]
    return commands


def _times(
    commands: dict[str, list[str]], environment: dict[str, str], runs: int
) -> dict[str, list[tuple[float, float]]]:
    """Of every run, the time by the clock and the processor time."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for run in range(runs + 1):
        for name, command in commands.items():
            started, before = time.perf_counter(), _processor_time()
            subprocess.run(command, env=environment, capture_output=True, check=False)
            if run:
                taken[name].append((time.perf_counter() - started, _processor_time() - before))
    return taken


def _processor_time() -> float:
    """What all processes that have ended took."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
