"""Commands killed with SIGKILL at random moments, hundreds of times, and what is on the disk afterwards.

    python -m benchmarks.faults [--kills 100] [--seed 0] [--limit 600] [--only fix,undo,build,publish]

A run that is let be is timed first, with what it compiles already kept; the signal then comes at a random moment
between a run's first change on the disk and its end. `between` counts the kills that found some files
old and others new (or a version under way).

After each kill every file is read: it must be as it was or as a run that was let be leaves it, and a version of a
dataset whole or absent. The command is then run again and must end in the very bytes of the run that was let be; for
`fix`, `undo` must lead from there to the first bytes. Ends with status 1 where any byte was lost.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
BODY = "قال الوزير إن القرار نهائي ولن تتراجع الحكومة عنه في العاصمة هذا العام، وفق مصدر مطلع. " * 4
Tree = dict[str, bytes]


@dataclass(slots=True)
class Count:
    """What came of the kills of one command."""

    kills: int = 0
    ended: int = 0  # runs that were faster than the signal
    between: int = 0  # kills after the first change and before the last
    files: int = 0
    lost: int = 0
    reruns: int = 0
    complaints: list[str] = field(default_factory=list)


def corpus(folder: Path) -> None:
    """Documents with something to mend, to lift and to split in each."""
    folder.mkdir(parents=True)
    for number in range(12):
        text = f"عنوان الخبر رقم {number}\nالمصدر: رويترز\n{BODY}\n{BODY}\u200b  \u2028\n[ad_1]\nللخبر {number} بقية.\n"
        (folder / f"{number}.txt").write_text(text, "utf-8")
    (folder / "records.jsonl").write_text(
        "".join(f'{{"id": "{n}", "text": "عنوان {n}\\n{BODY}\\n[ad_1]\\n"}}\n' for n in range(20)), "utf-8"
    )


def tree(folder: Path) -> Tree:
    """Every file below a folder but locks, ledgers, caches and leavings under names that no reader takes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "corpuslint", *map(str, arguments)]


def started(arguments: list[str], place: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "CORPUSLINT_CACHE_DIR": str(place.parent / "cache")}
    return subprocess.Popen(arguments, cwd=place, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def run(arguments: list[str], place: Path) -> None:
    """Run to the end."""
    started(arguments, place).wait()


def _wait_for_a_change(process: subprocess.Popen[bytes], place: Path, before: set[tuple[str, int]]) -> None:
    while process.poll() is None and _state(place) == before:
        time.sleep(0.002)


def _state(place: Path) -> set[tuple[str, int]]:
    found = set()
    for folder, _, names in os.walk(place):
        for name in (".", *names):
            with contextlib.suppress(OSError):
                found.add((f"{folder}/{name}", os.stat(f"{folder}/{name}").st_mtime_ns))  # noqa: PTH116
    return found


def work_of(arguments: list[str], place: Path) -> float:
    """How many seconds pass between the first change on the disk and the end of a run that is let be."""
    state = _state(place)
    process = started(arguments, place)
    _wait_for_a_change(process, place, state)
    since = time.monotonic()
    process.wait()
    return time.monotonic() - since


def killed(arguments: list[str], place: Path, after: float) -> bool:
    """Kill a run so many seconds after its first change on the disk; whether it had not ended by then."""
    state = _state(place)
    process = started(arguments, place)
    _wait_for_a_change(process, place, state)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False


def _under_way(place: Path) -> bool:
    return any(path.name.startswith((".building-", ".publishing-")) for path in place.rglob(".*"))


def torture(
    name: str,
    prepare: Callable[[Path], None],
    arguments: list[str],
    kills: int,
    chance: random.Random,
    *,
    whole: str,
    limit: float,
) -> Count:
    """Kill a command again and again until `limit` seconds are over; `whole` names the folder that is there as a whole
    or not at all ("" for none)."""
    count = Count()
    scratch = Path(tempfile.mkdtemp(prefix="corpuslint-faults-"))
    try:
        first, wanted = scratch / "first", scratch / "wanted"
        prepare(first)
        shutil.copytree(first, wanted)
        run(arguments, wanted)  # compiles what is kept between runs
        shutil.rmtree(wanted)
        shutil.copytree(first, wanted)
        before = tree(first)
        seconds = work_of(arguments, wanted)
        after = tree(wanted)
        if after == before:
            count.complaints.append("the command changes nothing, so nothing was tried")
        place = scratch / "place"
        until = time.monotonic() + limit
        while count.kills < kills and time.monotonic() < until:
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(first, place)
            if not killed(arguments, place, chance.uniform(0, seconds)):
                count.ended += 1
                seconds *= 0.9  # the machine was busier when it was timed
                continue
            count.kills += 1
            now = tree(place)
            count.files += len(now)
            count.between += now not in (before, after) or _under_way(place)
            for path in before.keys() | now.keys():
                if now.get(path) not in (before.get(path), after.get(path)) and not (whole and path.startswith(whole)):
                    count.lost += len(before.get(path, b"")) or 1
                    count.complaints.append(f"{path} is neither old nor new")
            if (
                whole
                and (place / whole).exists()
                and any(now.get(path) != after[path] for path in after if path.startswith(whole))
            ):
                count.complaints.append(f"{whole} is there and not whole")
                count.lost += 1
            run(arguments, place)
            count.reruns += 1
            if tree(place) != after:
                differing = sorted(
                    path for path in tree(place).keys() | after.keys() if tree(place).get(path) != after.get(path)
                )
                count.complaints.append(f"the rerun ends in other bytes: {differing[:3]}")
                count.lost += 1
            if name == "fix":
                run(command("undo", "."), place)
                if tree(place) != before:
                    count.complaints.append("undo does not lead back")
                    count.lost += 1
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return count


def _fixed(place: Path) -> None:
    corpus(place)
    run(command("check", ".", "--fix", "--unsafe-fixes", "--isolated"), place)


def _built(place: Path) -> None:
    corpus(place / "in")
    run(BUILD, place)


FIX = command("check", ".", "--fix", "--unsafe-fixes", "--isolated")
BUILD = command("build", "in", "--name", "news", "--version", "1.0.0", "--out", "dist")
PUBLISH = command("publish", "dist/news/1.0.0", "--to", "out")
CASES: dict[str, tuple[Callable[[Path], None], list[str], str]] = {
    "fix": (corpus, FIX, ""),
    "undo": (_fixed, command("undo", "."), ""),
    "build": (lambda place: corpus(place / "in"), BUILD, "dist/news/1.0.0"),
    "publish": (_built, PUBLISH, "out/1.0.0"),
}


def main() -> int:
    """Torture each command and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--limit", type=float, default=600, help="seconds for each command")
    parser.add_argument("--only", default=",".join(CASES))
    given = parser.parse_args()
    print(
        f"{'command':10}{'kills':>7}{'between':>9}{'ended':>7}{'files read':>12}{'reruns':>8}{'bytes lost':>12}",
        flush=True,
    )
    bad = 0
    for name in given.only.split(","):
        prepare, arguments, whole = CASES[name]
        count = torture(
            name, prepare, arguments, given.kills, random.Random(given.seed), whole=whole, limit=given.limit
        )
        print(
            f"{name:10}{count.kills:>7}{count.between:>9}{count.ended:>7}{count.files:>12,}{count.reruns:>8}{count.lost:>12}",
            flush=True,
        )
        for complaint in sorted(set(count.complaints))[:5]:
            print(f"    {complaint}")
        bad += bool(count.complaints)
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
