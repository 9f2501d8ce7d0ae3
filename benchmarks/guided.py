"""Strange bytes again, led by coverage: what reaches new lines of ours is kept and bent further.

    python -m benchmarks.guided TARGET[,TARGET…] [--seconds 60] [--kept FOLDER] [--made]

The targets are those of `benchmarks.fuzz`, which makes the first inputs, and `kernel`: the source of the compiled loops
run as Python, so that its lines are seen, whose answers have to be those of the compiled ones. What a target raises
other than `CorpuslintError` is a crash, and so are twenty seconds without an end. With `--made` the bytes are the
choices of what makes files for `benchmarks.fuzz`: slower, and past the front doors (JSON, TOML) of readers of values.
Needs `pip install atheris`; each target runs in a process of its own, which `atheris` ends. Ends with status 1 where
anything crashed.
"""

from __future__ import annotations

import argparse
import contextlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

KERNEL = "kernel"
_FIRST = 200  # inputs that are made before the coverage leads


def main() -> int:
    """Fuzz each target and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("targets")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--kept", type=Path, help="where inputs are kept that reach new lines, or crash")
    parser.add_argument("--made", action="store_true", help="bend how files are made, not files")
    options = parser.parse_args()
    bad = 0
    print(f"{'target':26}{'executions':>11}{'lines and turns':>17}{'inputs':>8}{'crashes':>9}", flush=True)
    for name in options.targets.split(","):
        with tempfile.TemporaryDirectory(prefix="corpuslint-guided-") as folder:
            kept = (options.kept or Path(folder, "kept")) / name.replace(" ", "-")
            kept.mkdir(parents=True, exist_ok=True)
            command = [sys.executable, "-c", _RUN, name, str(kept), str(options.seconds), folder, "made" * options.made]
            done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
            inputs = len(list(kept.iterdir()))
        executions = re.findall(r"^#(\d+)", done.stderr, re.MULTILINE) or ["0"]
        covered = re.findall(r"cov: (\d+)", done.stderr) or ["0"]
        print(f"{name:26}{int(executions[-1]):>11,}{int(covered[-1]):>17,}{inputs:>8,}{int(done.returncode != 0):>9}")
        if done.returncode:
            bad += 1
            print(done.stdout[-2000:], done.stderr[-600:], sep="\n", flush=True)
    return int(bad > 0)


_RUN = "import sys; from benchmarks.guided import run; run(*sys.argv[1:])"


def run(name: str, kept: str, seconds: str, folder: str, made: str) -> None:
    """Fuzz one target; the process ends here."""
    import atheris

    with atheris.instrument_imports(
        include=["corpuslint"], enable_loader_override=False
    ):  # to the end: rules come late
        from benchmarks.fuzz import in_time
        from benchmarks.fuzz_targets import TARGETS, Target
        from corpuslint.errors import CorpuslintError

        target = Target(TARGETS["decode"].inputs, _kernel()) if name == KERNEL else TARGETS[name]

        def read(data: bytes) -> None:
            with contextlib.suppress(CorpuslintError), in_time():
                target.read(data, Path(folder))

        if made:
            read = _drawn(target.inputs, read).hypothesis.fuzz_one_input
        else:
            _keep_first(target.inputs, Path(kept))

        limits = ["-max_len=20000", "-rss_limit_mb=4096", f"-max_total_time={seconds}"]
        limits += [f"-artifact_prefix={Path(kept).parent}/"]
        atheris.Setup([sys.argv[0], kept, *limits], read)
        atheris.Fuzz()


def _drawn(inputs: Any, use: Callable[[bytes], None]) -> Any:
    """A test that uses what `inputs` draws, as Hypothesis runs it."""
    quiet = settings(
        max_examples=_FIRST,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    return seed(0)(quiet(given(inputs)(use)))


def _keep_first(inputs: Any, kept: Path) -> None:
    made: list[bytes] = []
    _drawn(inputs, lambda data: made.append(data))()
    for number, data in enumerate(made):
        (kept / f"first-{number:03}").write_bytes(data)


def _kernel() -> object:
    """Reads bytes as text with the kernel as Python runs it, and as it was compiled: both have to see the same."""
    import types

    import atheris

    from corpuslint.words import kernel, reading
    from corpuslint.words.levels import SPELLING, TERM

    source = Path(kernel.__file__).parent / "kernel.py"
    as_source = types.ModuleType("kernel_as_source")
    exec(atheris.patch_code(compile(source.read_text("utf-8"), str(source), "exec"), True, True), as_source.__dict__)

    def read(data: bytes, _: Path) -> None:
        pairs = len(data) // 2 * 2  # halves of surrogate pairs, too
        text = data[:pairs].decode("utf-16-le", "surrogatepass") if len(data) % 2 else data.decode("utf-8", "replace")
        seen = []
        for module in (as_source, kernel):
            reading.kernel = module
            found = reading.read(text)
            keys = [[module.key_of(word, level.table) for level in (SPELLING, TERM)] for word in found.words()]
            seen.append((found.starts, found.ends, found.keys, found.gaps, found.lines, keys))
        if seen[0] != seen[1]:
            raise AssertionError(f"the compiled kernel reads something else in {text[:200]!r}")

    return read


if __name__ == "__main__":
    sys.exit(main())
