"""Whether the kernel compiled, uncompiled, and as `CC=false pip install` leaves it find, mend and build the same bytes.

    python -m benchmarks.compiled CORPUS.jsonl[.gz] … [--documents N]

Each way is a program of its own: this checkout with its compiled module, the same files without it, and a wheel that
pip built without a C compiler. Each reports, mends and builds the same articles; what differs is named, and ends the
program with status 1. Prints the CPU time of each.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from corpuslint.formats.streams import open_unpacked

ROOT = Path(__file__).resolve().parent.parent
_KERNEL = ("-c", "from corpuslint.words.kernel import COMPILED; print(COMPILED)")


def main() -> int:
    """Make the ways, run each, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+")
    parser.add_argument("--documents", type=int, default=1000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        given = folder / "given.jsonl"
        with given.open("wb") as file:
            for corpus in arguments.corpora:
                with open_unpacked(corpus) as stream:
                    for _, line in zip(range(arguments.documents), stream, strict=False):
                        file.write(line)
        made = {way: _results(way, home, given, folder / way) for way, home in _ways(folder).items()}
    reference = made["compiled"]
    different = [f"{way}: {what}" for way, found in made.items() for what in found if found[what] != reference[what]]
    for line in different:
        print(f"differs: {line}")
    if not different:
        print(f"the same {', '.join(reference)} all {len(made)} ways")
    return int(bool(different))


def _ways(folder: Path) -> Mapping[str, Path]:
    """Where the package lies, by how its kernel runs."""
    source = folder / "source"
    for part in ("corpuslint", "rules", "schemas"):
        shutil.copytree(ROOT / part, source / part, ignore=shutil.ignore_patterns("__pycache__", "*.so", "*.pyd"))
    shutil.copyfile(ROOT / "pyproject.toml", source / "pyproject.toml")  # tells a checkout from an installed package
    installed = folder / "installed"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(installed), str(ROOT)]
    subprocess.run(pip, env={**os.environ, "CC": "false"}, check=True)
    ways = {"compiled": ROOT, "uncompiled": source, "without a C compiler": installed}
    for way, home in ways.items():
        said = _said(home, folder, *_KERNEL)
        if said.strip() != str(way == "compiled"):
            sys.exit(f"{way}: the kernel says that compiled is {said.strip()}; python hatch_build.py compiles it")
    return ways


def _results(way: str, home: Path, given: Path, folder: Path) -> Mapping[str, str]:
    """Digests of what one way reports, mends and builds."""
    folder.mkdir()
    shutil.copyfile(given, folder / "a.jsonl")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = ("-m", "corpuslint")
    last = ("--isolated", "-j", "1")
    found = _said(home, folder, *run, "check", "a.jsonl", "--no-cache", "--output-format", "json-lines", *last)
    named = ("--name", "same", "--version", "1.0.0", "--out", "built")
    _said(home, folder, *run, "build", "a.jsonl", *named, *last)
    _said(home, folder, *run, "check", "a.jsonl", "--fix", "--no-cache", *last)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    built = sorted(path for path in (folder / "built").rglob("*") if path.is_file())
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{way}: {found.count(chr(10)):,} findings, {len(built)} files built, {seconds:.1f} s of CPU", flush=True)
    return {
        "findings": _digest([found.encode()]),
        "mended file": _digest([(folder / "a.jsonl").read_bytes()]),
        "built bytes": _digest([f"{path.relative_to(folder)}".encode() + path.read_bytes() for path in built]),
    }


def _said(home: Path, folder: Path, *arguments: str) -> str:
    """What Python says where the package is the one in `home`."""
    environment = {**os.environ, "PYTHONPATH": str(home), "CORPUSLINT_CACHE_DIR": str(folder / "cache")}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(arguments)} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


def _digest(parts: Sequence[bytes]) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
