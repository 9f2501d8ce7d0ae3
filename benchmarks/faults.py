"""Commands killed with SIGKILL at random moments, hundreds of times, or run on a full disk; and what is there after.

    python -m benchmarks.faults [--kills 100] [--seed 0] [--limit 600] [--only fix,build,…]

A run that is let be is timed first; the signal then comes at a random moment between a run's start and its end. Runs
are forked from a process that has read the program already, so that the moments fall into the work and not into
starting up. `between` counts the kills that found some files old and others new, or something under way.

For `fix` and `undo` every other kill comes before a random one of the calls that change a name below the folder
(create, rename, link, delete), and only those kills count that found neither the first state of the folder nor the last
one, ledgers and unfinished files included; `ended` counts the others. After each, *both* commands are tried as the
rerun, each on a copy of what the kill left: `check --fix` must end in the bytes of a run that was let be, and `undo` in
the first ones.

After each kill every file is read: it must be as it was or as a run that was let be leaves it, and a version of a
dataset whole or absent. The command is then run again and must end in the very bytes of the run that was let be, with
nothing left lying about; for `fix`, `undo` must lead from there to the first bytes. Where a worker is killed, the run
itself must end in those bytes; where the driver of workers is killed, they must be gone within five seconds; a review
must have every decision that it has said it took. `full-…` are runs on a disk with room for a random part of what they
write (Linux, as root). Ends with status 1 where any byte was lost.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import http.client
import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from corpuslint.cli.app import main as program
from corpuslint.engine.decisions import parse_decisions

REPOSITORY = Path(__file__).resolve().parents[1]
BODY = "قال الوزير إن القرار نهائي ولن تتراجع الحكومة عنه في العاصمة هذا العام، وفق مصدر مطلع. " * 4
OTHER = "أغلقت بلدية المدينة طريق الميناء بعد أمطار غزيرة، وطلبت من السكان البقاء في بيوتهم حتى المساء. " * 3
TEXTS, RECORDS = 24, 40
SECONDS_TO_DIE = 5.0
ROOM = 1 << 14  # bytes; `undo` leaves more room than it finds
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
    remark: str = ""

    def complain(self, said: str, lost: int = 1) -> None:
        """Something was lost."""
        self.complaints.append(said)
        self.lost += lost


@dataclass(frozen=True, slots=True)
class Case:
    """A command, what it is run on, and what must hold: `whole` names a folder that is there wholly or not at all."""

    prepare: Callable[[Path], None]
    arguments: tuple[str, ...]
    whole: str = ""
    undoes: bool = False


# What commands are run on


def texts(folder: Path) -> None:
    """Documents with something to mend, to lift and to split in each."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(TEXTS):
        (folder / f"{number}.txt").write_text(_dirty(number), "utf-8")
        if number % 3 == 0:
            (folder / f"{number}.meta.json").write_text(f'{{"n": {number}.00, "url": ""}}', "utf-8")


def records(folder: Path) -> None:
    """The same as records of one file."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [{"id": f"{number}", "text": _dirty(number)} for number in range(RECORDS)]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "records.jsonl").write_text(lines, "utf-8")


def corpus(folder: Path) -> None:
    """Texts and records."""
    texts(folder)
    records(folder)


def outlet(folder: Path) -> None:
    """Records, and thirty texts of an outlet that repeats one line below all and one above a third of them."""
    records(folder)
    for number in range(30):
        story = "\n".join(f"{_dirty(number)}{word}" for word in ("أولا", "ثانيا")[: 1 + number % 2])
        repeated = ("نشرة الميناء الصباحية\n" * (number % 3 == 0)) + f"{story}\nمنصة الميناء للأخبار اليومية\n"
        (folder / f"o{number}.txt").write_text(repeated, "utf-8")
        (folder / f"o{number}.meta.json").write_text('{"source": "الميناء"}', "utf-8")


def shards(folder: Path) -> None:
    """Enough for several shards: three files, larger than the parts that files are cut into."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in "abc":
        with (folder / f"{name}.jsonl").open("w", encoding="utf-8") as file:
            for number in range(1_000):
                row = {
                    "id": f"{name}{number}",
                    "text": f"{name} {number} {BODY * 8}\n{'[ad_1]' * (number % 50 == 0)}\n",
                }
                file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _dirty(number: int) -> str:
    story = f"عنوان الخبر رقم {number}\nالمصدر: رويترز\n{BODY}\n{BODY}\u200b  \u2028\n[ad_1]\nللخبر {number} بقية.\n"
    other = f"\nاقرأ أيضا\n\nأمطار غزيرة تغلق طريق الميناء رقم {number}\n{OTHER}\n{OTHER}\n"
    return story + other * (number % 2)


# Running


def forked(
    arguments: tuple[str, ...], place: Path, said: Path, prepared: Callable[[Path], None] = lambda place: None
) -> int:
    """Start a command in a process of its own, where `prepared` is called first; what it says goes into the file
    `said`."""
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    status = 70
    try:
        os.setsid()
        os.chdir(place)
        os.dup2(os.open(os.devnull, os.O_RDWR), 0)
        os.dup2(os.open(os.devnull, os.O_RDWR), 1)
        os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), 2)
        prepared(place)
        program(arguments)
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def waited(pid: int, seconds: float | None = None) -> int | None:
    """The status of a process that ends by then; None for one that lives on."""
    if seconds is not None:
        handle = os.pidfd_open(pid)
        try:
            poll = select.poll()
            poll.register(handle, select.POLLIN)
            if not poll.poll(seconds * 1000):
                return None
        finally:
            os.close(handle)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def run(arguments: tuple[str, ...], place: Path) -> int:
    """Run to the end; the status."""
    status = waited(forked(arguments, place, place.parent / "said"))
    assert status is not None
    return status


def killed(arguments: tuple[str, ...], place: Path, moment: float) -> bool:
    """Kill a run so many seconds after it started; whether it had not ended by then."""
    pid = forked(arguments, place, place.parent / "said")
    if waited(pid, moment) is not None:
        return False
    os.kill(pid, signal.SIGKILL)
    waited(pid)
    return True


def strokes(counted: Path, deadly: int = 0) -> Callable[[Path], None]:
    """Have a process write a byte into `counted` for every call that changes a name below its folder, and be killed
    before the `deadly`th of them."""

    def prepared(place: Path) -> None:
        tally = os.open(counted, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        made = 0

        def hook(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal made
            if event not in _CHANGING and not (event == "open" and arguments[2] & os.O_CREAT):
                return
            if isinstance(arguments[0], int) or not (place / os.fsdecode(arguments[0])).is_relative_to(place):
                return
            made += 1
            if made == deadly:
                os.kill(os.getpid(), signal.SIGKILL)
            os.write(tally, b".")

        sys.addaudithook(hook)

    return prepared


_CHANGING = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir"}


def descendants(pid: int) -> set[int]:
    """The living processes that a process has started, and those that they have."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            if state != "Z":
                parents[int(entry.name)] = int(parent)
    found: set[int] = set()
    more = {pid}
    while more:
        more = {child for child, parent in parents.items() if parent in more} - found
        found |= more
    return found


# What is there


def tree(folder: Path) -> Tree:
    """Every file below a folder but locks, ledgers, caches and leavings under names that no reader takes."""
    return {
        name: data
        for name, data in _everything(folder).items()
        if not any(part.startswith(".") for part in name.split("/"))
    }


def leavings(folder: Path) -> set[str]:
    """The names of the files that `tree` does not count."""
    return {name for name in _everything(folder) if any(part.startswith(".") for part in name.split("/"))}


def _everything(folder: Path) -> Tree:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def judge(case: Case, now: Tree, whole: Undisturbed, count: Count) -> None:
    """Complain of every file that is neither old nor new, and of a version that is there in part."""
    before, after = whole.before, whole.after
    count.files += len(now)
    for path in before.keys() | now.keys():
        inside = case.whole and path.startswith(f"{case.whole}/")
        if now.get(path) not in (before.get(path), after.get(path), whole.middle.get(path)) and not inside:
            count.complain(f"{path} is neither old nor new", len(before.get(path, b"")) or 1)
    version = {path: data for path, data in now.items() if case.whole and path.startswith(f"{case.whole}/")}
    if version and version != {path: data for path, data in after.items() if path.startswith(f"{case.whole}/")}:
        count.complain(f"{case.whole} is there and not whole")


def again(case: Case, place: Path, before: Tree, after: Tree, left: set[str], count: Count) -> None:
    """Run once more, to the end: the bytes of the run that was let be, and nothing else lying about."""
    run(case.arguments, place)
    count.reruns += 1
    ends_in(place, after, left, "the rerun", count)
    if case.undoes:
        run(UNDO, place)
        ends_in(place, before, left, "undo after the rerun", count)


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """A run that was let be: what there was before and after, and when all was mended but what an outlet repeats, which
    goes last; what else lay about, and how long it took."""

    first: Path
    before: Tree
    after: Tree
    middle: Tree
    left: set[str]
    seconds: float


def undisturbed(case: Case, scratch: Path, count: Count) -> Undisturbed:
    """Prepare the case, run it twice, and time the second run, for which what is compiled is kept already."""
    first, wanted = scratch / "first", scratch / "wanted"
    case.prepare(first)
    run(case.arguments, _copied(first, wanted))
    _copied(first, wanted)
    since = time.monotonic()
    run(case.arguments, wanted)
    seconds = time.monotonic() - since
    after, left, middle = tree(wanted), leavings(wanted), tree(wanted)
    if case.arguments == FIX:
        run((*FIX, "--ignore", "ART960"), _copied(first, wanted))
        middle = tree(wanted)
    whole = Undisturbed(first, tree(first), after, middle, left, seconds)
    if whole.after == whole.before:
        count.complain("the command changes nothing, so nothing was tried", 0)
    return whole


def _copied(source: Path, place: Path) -> Path:
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(source, place)
    return place


# The tortures


Torture = Callable[[Case, Path, int, random.Random, float], Count]


def kill(case: Case, scratch: Path, kills: int, chance: random.Random, until: float) -> Count:
    """Kill the command again and again."""
    count = Count()
    whole = undisturbed(case, scratch, count)
    seconds = whole.seconds
    place = scratch / "place"
    while count.kills < kills and time.monotonic() < until:
        _copied(whole.first, place)
        if not killed(case.arguments, place, chance.uniform(0, seconds)):
            count.ended += 1
            seconds *= 0.95  # the machine was busier when it was timed
            continue
        seconds *= 1.005
        count.kills += 1
        now = tree(place)
        count.between += now not in (whole.before, whole.after) or bool(leavings(place) - whole.left)
        judge(case, now, whole, count)
        again(case, place, whole.before, whole.after, whole.left, count)
    return count


def kill_a_change(case: Case, scratch: Path, kills: int, chance: random.Random, until: float) -> Count:
    """Kill `check --fix` or `undo` between its first change and its last; then run each of them on what is left."""
    count = Count()
    original, fixed, place = scratch / "original", scratch / "fixed", scratch / "place"
    case.prepare(original)
    run(FIX, _copied(original, fixed))
    before, after, left = tree(original), tree(fixed), leavings(fixed)
    run((*FIX, "--ignore", "ART960"), _copied(original, place))
    middle = tree(place)  # what an outlet repeats goes when all else is mended
    run(UNDO, _copied(fixed, place))
    states = [_state(original), _state(fixed), _state(place)]
    start = original if case.arguments == FIX else fixed
    since = time.monotonic()
    waited(forked(case.arguments, _copied(start, place), scratch / "said", strokes(scratch / "strokes")))
    seconds = time.monotonic() - since
    calls = (scratch / "strokes").stat().st_size
    at_a_call = 0
    while count.kills < kills and time.monotonic() < until:
        _copied(start, place)
        if at_random := (count.kills + count.ended) % 2:
            killed(case.arguments, place, chance.uniform(0, seconds))
        else:
            deadly = strokes(scratch / "strokes", chance.randint(2, calls))
            waited(forked(case.arguments, place, scratch / "said", deadly))
        if _state(place) in states:
            count.ended += 1
            continue
        count.kills += 1
        count.between += 1
        at_a_call += not at_random
        now = tree(place)
        judge(case, now, Undisturbed(original, before, after, middle, left, seconds), count)
        for path in now:
            beside = [name for name in after if name.startswith(path.removesuffix("txt")) and name != path]
            if now[path] != before.get(path) and any(
                now.get(name) not in (after[name], middle.get(name)) for name in beside
            ):
                count.complain(f"{path} was cut, and what was cut lies nowhere")
        for command, wanted in ((FIX, after), (UNDO, before)):
            run(command, _copied(place, scratch / "again"))
            count.reruns += 1
            ends_in(scratch / "again", wanted, left, f"{command[0]} as the rerun", count)
            if command == FIX:
                run(UNDO, scratch / "again")
                ends_in(scratch / "again", before, left, "undo after the rerun", count)
    count.remark = f"{at_a_call} before one of {calls} calls, {count.kills - at_a_call} at a random moment"
    return count


def _state(place: Path) -> Tree:
    """Every file but what is the same for all: locks and what git passes over."""
    return {name: data for name, data in _everything(place).items() if not name.endswith(("/lock", "/.gitignore"))}


def ends_in(place: Path, wanted: Tree, left: set[str], said: str, count: Count) -> None:
    """Complain of other bytes than those wanted, and of what lies about."""
    now = tree(place)
    differing = sorted(path for path in now.keys() | wanted.keys() if now.get(path) != wanted.get(path))
    if differing:
        count.complain(f"{said} ends in other bytes: {differing[:3]}")
    if strays := leavings(place) - left:
        count.complain(f"{said} leaves lying about: {sorted(strays)[:3]}", 0)


def kill_a_worker(case: Case, scratch: Path, kills: int, chance: random.Random, until: float) -> Count:
    """Kill a worker: the run goes on and ends as if nothing had been. A task may fail for good at the third kill."""
    count = Count()
    whole = undisturbed(case, scratch, count)
    place = scratch / "place"
    while count.kills < kills and time.monotonic() < until:
        _copied(whole.first, place)
        pid = forked(case.arguments, place, scratch / "said")
        if waited(pid, chance.uniform(0, whole.seconds)) is not None:
            count.ended += 1
            continue
        workers = sorted(descendants(pid))
        if not workers:
            waited(pid)
            continue
        with contextlib.suppress(ProcessLookupError):
            os.kill(chance.choice(workers), signal.SIGKILL)
        count.kills += 1
        count.between += 1
        waited(pid)
        count.reruns += 1
        now = tree(place)
        count.files += len(now)
        if now != whole.after:
            count.complain("the run without that worker ends in other bytes")
        if alive := descendants(pid):
            count.complain(f"{len(alive)} workers live on", 0)
    return count


def kill_the_driver(case: Case, scratch: Path, kills: int, chance: random.Random, until: float) -> Count:
    """Kill the process that workers work for: they die too, and the next run goes on from what they left."""
    count = Count()
    whole = undisturbed(case, scratch, count)
    place = scratch / "place"
    longest = 0.0
    while count.kills < kills and time.monotonic() < until:
        _copied(whole.first, place)
        pid = forked(case.arguments, place, scratch / "said")
        if waited(pid, chance.uniform(0, whole.seconds)) is not None:
            count.ended += 1
            continue
        workers = descendants(pid)
        os.kill(pid, signal.SIGKILL)
        since = time.monotonic()
        waited(pid)
        count.kills += 1
        count.between += bool(workers)
        while (alive := {worker for worker in workers if _is_alive(worker)}) and time.monotonic() < since + 10:
            time.sleep(0.01)
        seconds = time.monotonic() - since
        longest = max(longest, seconds if workers else 0.0)
        if seconds > SECONDS_TO_DIE:
            count.complain(f"{len(alive)} workers were alive after {seconds:.1f} s", 0)
        judge(case, tree(place), whole, count)
        again(case, place, whole.before, whole.after, whole.left, count)
    count.remark = f"the last worker died {longest:.2f} s after its driver"
    return count


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def kill_a_review(case: Case, scratch: Path, kills: int, chance: random.Random, until: float) -> Count:
    """Kill a review while decisions are sent to it: every one that it has answered is in the file, each line whole."""
    count = Count()
    place = scratch / "place"
    case.prepare(place)
    file = place / "corpuslint.decisions.jsonl"
    sent = 0
    taken: list[str] = []
    while count.kills < kills and time.monotonic() < until:
        with _reviewing(case, place, scratch / "said") as (pid, ask):
            last = time.monotonic() + chance.uniform(0, 0.15)
            os.set_blocking(0, True)
            killer = _kill_at(pid, last)
            with contextlib.suppress(OSError, http.client.HTTPException):
                while True:
                    sent += 1
                    if ask(f"{sent}"):
                        taken.append(f"{sent}")
            killer()
        count.kills += 1
        text = file.read_text("utf-8") if file.exists() else ""
        written = [json.loads(line)["fingerprint"] for line in text.splitlines()]
        parse_decisions(text, str(file))
        count.files += 1
        count.between += written[-1:] == [f"{sent}"]  # written down, and not yet answered
        missing = set(taken) - set(written)
        if missing:
            count.complain(f"{len(missing)} decisions that were taken are not written down", len(missing))
        if len(written) != len(set(written)) or not set(written) <= {f"{n}" for n in range(1, sent + 1)}:
            count.complain("decisions are written down that nobody made")
        if leavings(place):
            count.complain(f"left lying about: {sorted(leavings(place))[:3]}", 0)
        taken = written  # what was written and not answered stays
        count.reruns += 1
    return count


@contextlib.contextmanager
def _reviewing(case: Case, place: Path, said: Path) -> Iterator[tuple[int, Callable[[str], bool]]]:
    said.unlink(missing_ok=True)
    pid = forked(case.arguments, place, said)
    while not (said.exists() and "Ctrl-C" in said.read_text()):
        time.sleep(0.005)
    address = urlsplit(said.read_text().split()[2])
    connection = http.client.HTTPConnection("127.0.0.1", address.port or 0, timeout=5)
    headers = {"X-Corpuslint-Token": address.query.removeprefix("token=")}

    def ask(fingerprint: str) -> bool:
        body = {"verdict": "accept", "code": "ART001", "fingerprint": fingerprint, "file": "1.txt", "content": BODY}
        connection.request("POST", "/decisions", json.dumps(body).encode(), headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status == 200

    try:
        yield pid, ask
    finally:
        connection.close()
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(pid, signal.SIGKILL)
            waited(pid)


def _kill_at(pid: int, moment: float) -> Callable[[], object]:
    """A process that kills another one at a moment, so that nothing here has to; call what it gives to collect it."""
    killer = os.fork()
    if not killer:
        time.sleep(max(0.0, moment - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os._exit(0)
    return lambda: os.waitpid(killer, 0)


def kill_a_publication_to_a_hub(case: Case, scratch: Path, kills: int, chance: random.Random, until: float) -> Count:
    """Kill a publication to a Hub: its tag is there with every file behind it, or not at all."""
    count = Count()
    first = scratch / "first"
    case.prepare(first)
    root = scratch / "hub"
    with _hub(root) as port:
        _empty_hub(port, root)
        run(case.arguments, _copied(first, scratch / "place"))
        _empty_hub(port, root)
        since = time.monotonic()
        run(case.arguments, _copied(first, scratch / "place"))
        seconds = time.monotonic() - since
        wanted = _tagged(port, root, count)
        if not wanted:
            count.complain("nothing was published, so nothing was tried", 0)
            return count
        while count.kills < kills and time.monotonic() < until:
            _empty_hub(port, root)
            _copied(first, scratch / "place")
            if not killed(case.arguments, scratch / "place", chance.uniform(0, seconds)):
                count.ended += 1
                seconds *= 0.95
                continue
            seconds *= 1.005
            count.kills += 1
            found = _tagged(port, root, count)
            count.between += not found and any((root / "blobs").iterdir())
            count.files += len(wanted)
            if found and found != wanted:
                count.complain("the tag is there, and not all files are")
            if tree(scratch / "place") != tree(first) and not found:
                count.complain("the version that was published has changed")
            run(case.arguments, scratch / "place")
            count.reruns += 1
            if _tagged(port, root, count) != wanted:
                count.complain("the rerun does not end in the same version")
    return count


_REPO = "local/news"


@contextlib.contextmanager
def _hub(root: Path) -> Iterator[int]:
    """A Hub in a process of its own, and this process set up to know no other."""
    from benchmarks.hub_clients import client_environment

    command = [sys.executable, "-m", "corpuslint", "hub", "serve", "--root", str(root), "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    hub = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert hub.stdout is not None
        endpoint = hub.stdout.readline().split()[1].removeprefix("HF_ENDPOINT=")
        os.environ.update(client_environment(endpoint, "token", root.parent / "home"))
        import huggingface_hub  # noqa: F401 (so that its loading is no part of a run)

        yield urlsplit(endpoint).port or 0
    finally:
        hub.kill()
        hub.wait()


def _asked(port: int, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, json.dumps(body) if body else None, {"Authorization": "Bearer token"})
    answer = connection.getresponse()
    content = json.loads(answer.read() or b"null")
    connection.close()
    return answer.status, content


def _empty_hub(port: int, root: Path) -> None:
    _asked(port, "DELETE", "/api/repos/delete", {"organization": "local", "name": "news", "type": "dataset"})
    for blob in (root / "blobs").iterdir():
        blob.unlink()


def _tagged(port: int, root: Path, count: Count) -> dict[str, str]:
    """File -> hash of what the version's tag names, {} where there is no tag. Reads every blob."""
    status, refs = _asked(port, "GET", f"/api/datasets/{_REPO}/refs")
    if status != 200 or "1.0.0" not in {tag["name"] for tag in refs["tags"]}:
        return {}
    _, entries = _asked(port, "GET", f"/api/datasets/{_REPO}/tree/1.0.0?recursive=true")
    for blob in (root / "blobs").iterdir():
        if not blob.name.startswith(".") and hashlib.sha256(blob.read_bytes()).hexdigest() != blob.name:
            count.complain(f"the blob {blob.name[:8]} is not what its name says")
    return {entry["path"]: entry["oid"] for entry in entries if entry["type"] == "file"}


def fill(case: Case, scratch: Path, kills: int, chance: random.Random, until: float) -> Count:
    """Run on a disk with room for a random part of what the run writes; then with room enough."""
    count = Count()
    whole = undisturbed(case, scratch, count)
    disk = scratch / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "none", str(disk)], check=False)
    if mounted.returncode:
        count.remark = "no disk could be mounted, so nothing was tried"
        return count
    try:
        place = disk / "place"
        _copied(whole.first, place)
        at_first = _used(disk)
        run(case.arguments, place)
        written = _used(disk) - at_first
        while count.kills < kills and time.monotonic() < until:
            _copied(whole.first, place)
            filler = disk / "filler"
            room = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize - chance.randrange(
                0, max(written, ROOM) + 8192
            )
            with filler.open("wb") as stream:
                os.posix_fallocate(stream.fileno(), 0, max(room, 1))
            status = waited(forked(case.arguments, place, scratch / "said"))
            said = (scratch / "said").read_text("utf-8", "replace")
            if "Traceback" in said or status not in (0, 1, 2):
                count.complain(f"status {status}: {said.strip().splitlines()[-1:]}", 0)
            now = tree(place)
            count.kills += 1
            count.ended += now == whole.after
            count.between += now not in (whole.before, whole.after)
            judge(case, now, whole, count)
            filler.unlink()
            again(case, place, whole.before, whole.after, whole.left, count)
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    return count


def _used(disk: Path) -> int:
    status = os.statvfs(disk)
    return (status.f_blocks - status.f_bfree) * status.f_frsize


# The table


def _done(prepare: Callable[[Path], None], arguments: tuple[str, ...], below: str = "") -> Callable[[Path], None]:
    def prepared(place: Path) -> None:
        prepare(place / below)
        run(arguments, place)

    return prepared


FIX = ("check", ".", "--fix", "--unsafe-fixes", "--isolated")
UNDO = ("undo", ".")
BUILD = ("build", "in", "--name", "news", "--version", "1.0.0", "--out", "dist")
BASELINE = ("baseline", ".", "--isolated", "-o", "base.json", "--owner", "o", "--reason", "r")
CHECK = ("check", ".", "--isolated", "--output-format", "json", "-o", "report.json")
WORKERS = (*CHECK, "--select", "ART,LET,PUN", "--executor", "processes", "-j", "2")
_BUILT = _done(corpus, BUILD, "in")


def _grown(place: Path) -> None:
    """A folder with a baseline, and twice as much as was in it then."""
    _done(texts, BASELINE)(place)
    records(place)


def _sharded(place: Path) -> None:
    """Several shards to build from, under few rules."""
    shards(place / "in")
    (place / "corpuslint.toml").write_text('select = ["ART", "LET", "PUN"]\n')


CASES: dict[str, tuple[Torture, Case]] = {
    "fix": (kill_a_change, Case(corpus, FIX)),
    "fix-jsonl": (kill, Case(records, FIX, undoes=True)),
    "undo": (kill_a_change, Case(corpus, UNDO)),
    "fix-learned": (kill_a_change, Case(outlet, FIX)),
    "undo-learned": (kill_a_change, Case(outlet, UNDO)),
    "build": (kill, Case(lambda place: corpus(place / "in"), BUILD, whole="dist/news/1.0.0")),
    "publish": (kill, Case(_BUILT, ("publish", "dist/news/1.0.0", "--to", "out"), whole="out/1.0.0")),
    "publish-hub": (
        kill_a_publication_to_a_hub,
        Case(_BUILT, ("publish", "dist/news/1.0.0", "--to", f"hf://datasets/{_REPO}", "--no-load")),
    ),
    "baseline": (kill, Case(_grown, BASELINE)),
    "review": (kill_a_review, Case(texts, ("review", ".", "--no-open", "--port", "0", "--as", "me", "--isolated"))),
    "check-cache": (kill, Case(texts, CHECK)),
    "worker": (kill_a_worker, Case(shards, (*WORKERS, "--no-cache"))),
    "worker-build": (kill_a_worker, Case(_sharded, (*BUILD, "--executor", "processes", "-j", "2"))),
    "driver": (kill_the_driver, Case(shards, (*WORKERS, "--no-cache"))),
    "driver-work": (
        kill_the_driver,
        Case(shards, (*WORKERS, "--work", ".work")),
    ),
    "full-fix": (fill, Case(corpus, FIX, undoes=True)),
    "full-undo": (fill, Case(_done(corpus, FIX), UNDO)),
    "full-build": (fill, Case(lambda place: corpus(place / "in"), BUILD, whole="dist/news/1.0.0")),
    "full-publish": (fill, Case(_BUILT, ("publish", "dist/news/1.0.0", "--to", "out"), whole="out/1.0.0")),
    "full-baseline": (fill, Case(_grown, BASELINE)),
}


KEPT = Path(tempfile.gettempdir()) / "corpuslint-faults-kept"
"""Compiled automata, which take longer to make than everything else here."""


def read_the_program() -> None:
    """Load what runs would load, rules and all, so that a run that is forked begins with its work."""
    import corpuslint.cli.baseline
    import corpuslint.cli.build
    import corpuslint.cli.runs
    import corpuslint.cli.versions
    import corpuslint.pipeline.dataset
    import corpuslint.publishing.publish  # noqa: F401

    os.environ["CORPUSLINT_CACHE_DIR"] = str(KEPT)
    with (
        tempfile.TemporaryDirectory() as folder,
        Path(os.devnull).open("w") as nothing,
        contextlib.redirect_stdout(nothing),
        contextlib.redirect_stderr(nothing),
    ):
        place = Path(folder)
        texts(place / "in")
        records(place / "records")
        before = Path.cwd()
        os.chdir(place)
        for arguments in (BUILD, WORKERS[:-4], FIX):  # the folders under which they lie do not matter
            with contextlib.suppress(SystemExit):
                program(arguments)
        os.chdir(before)


def tortured(name: str, kills: int, seed: int, limit: float) -> Count:
    """What came of one case."""
    torture, case = CASES[name]
    scratch = Path(tempfile.mkdtemp(prefix="corpuslint-faults-"))
    shutil.copytree(KEPT / "automata", scratch / "cache/automata")
    os.environ["CORPUSLINT_CACHE_DIR"] = str(scratch / "cache")
    try:
        return torture(case, scratch, kills, random.Random(seed), time.monotonic() + limit)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def main() -> int:
    """Torture each command and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--limit", type=float, default=600, help="seconds for each command")
    parser.add_argument("--only", default=",".join(CASES))
    given = parser.parse_args()
    read_the_program()
    print(
        f"{'command':14}{'kills':>7}{'between':>9}{'ended':>7}{'files read':>12}{'reruns':>8}{'bytes lost':>12}",
        flush=True,
    )
    bad = 0
    for name in given.only.split(","):
        count = tortured(name, given.kills, given.seed, given.limit)
        print(
            f"{name:14}{count.kills:>7}{count.between:>9}{count.ended:>7}{count.files:>12,}{count.reruns:>8}"
            f"{count.lost:>12}  {count.remark}",
            flush=True,
        )
        for complaint in sorted(set(count.complaints))[:8]:
            print(f"    {count.complaints.count(complaint)} × {complaint}", flush=True)
        bad += bool(count.complaints)
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
