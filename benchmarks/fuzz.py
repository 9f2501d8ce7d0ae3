"""Strange bytes for everything that reads a file or listens: only our own errors, or findings, may come of them.

    python -m benchmarks.fuzz [--executions 2000] [--seed 0] [--only jsonl,csv]

Each target gets its own valid files, cut, joined and bent by Hypothesis under a fixed seed, bytes of any kind, and,
where a file is made of values, the same file with values put in the place of others, so that what lies behind the
parser is reached. What a target raises other than `CorpuslintError` is a crash, and so are twenty seconds without an
end and the death of the process. The smallest input is shown, to be kept among the cases of
`tests/security/test_strange_files.py`. Ends with status 1 where anything crashed.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from benchmarks.fuzz_targets import TARGETS, Target
from corpuslint.errors import CorpuslintError

SECONDS = 20.0
"""What takes longer hangs."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one target: how often it read, how often it refused, and what crashed it ("" for nothing)."""

    executions: int
    refused: int
    crash: str = ""


@contextmanager
def in_time() -> Iterator[None]:
    """Raises TimeoutError where what is done within does not end."""

    def late(*_: object) -> None:
        raise TimeoutError(f"no end after {SECONDS:.0f} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def fuzz(target: Target, executions: int, number: int, folder: Path) -> Tried:
    """Read that many strange files; a crash ends it, with the smallest input that makes one."""
    done = refused = 0

    @seed(number)
    @settings(
        max_examples=executions,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        print_blob=False,
    )
    @given(target.inputs)
    def reads(data: bytes) -> None:
        nonlocal done, refused, last
        done += 1
        try:
            with in_time():
                target.read(data, folder)
        except CorpuslintError:
            refused += 1
        except BaseException:
            last = data
            raise

    last = b""
    try:
        reads()
    except Exception as error:
        return Tried(
            done, refused, f"{type(error).__name__}: {str(error)[:120]}\n    on {last[:160]!r} ({len(last)} B)"
        )
    return Tried(done, refused)


def main() -> int:
    """Fuzz each target and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--executions", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default=",".join(TARGETS))
    options = parser.parse_args()
    print(f"{'target':26}{'executions':>11}{'refused':>9}{'crashes':>9}{'seconds':>9}", flush=True)
    bad = 0
    for name in options.only.split(","):
        with tempfile.TemporaryDirectory(prefix="corpuslint-fuzz-") as folder:
            started = time.monotonic()
            tried = fuzz(TARGETS[name], options.executions, options.seed, Path(folder))
            seconds = time.monotonic() - started
        crashes = int(bool(tried.crash))
        print(f"{name:26}{tried.executions:>11,}{tried.refused:>9,}{crashes:>9}{seconds:>9.1f}", flush=True)
        if tried.crash:
            print(f"    {tried.crash}", flush=True)
        bad += crashes
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
