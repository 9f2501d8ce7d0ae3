"""The same bytes from every way of doing the work, and what each way costs.

    python benchmarks/scale.py CORPUS.jsonl[.gz] [--megabytes N] [--only engines,cache,memory,kill,ray,s3]
        [--factors 1,10,40]

The corpus is repeated, with unique ids and titles, to the size wanted. Every run is a whole process of the command
line; its report (JSON lines) is compared by SHA-256 with that of the serial run. Memory is the peak of the largest
process. `ray` starts two nodes on the loopback address, `s3` a moto server; both are left out where not installed.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib.util
import json
import logging
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpuslint.formats.streams import open_unpacked

SELECTION = "ENC,LET,PUN,SPC"
_RUN = """
import os, resource
from corpuslint.cli.app import main
try:
    main()
finally:
    used, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    # What rusage tells of a process counts the one that started it, too.
    own = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
    with open(os.environ["CORPUSLINT_BENCH_OWN"], "w") as stream:
        stream.write(f"{used.ru_utime + used.ru_stime} {own[0]} {workers.ru_maxrss}")
"""
"""The command line, saying what the driver alone used, its peak of memory, and that of its largest worker."""


@dataclass(frozen=True)
class Done:
    """A finished run."""

    seconds: float
    cpu: float
    megabytes: float
    sha: str
    status: int
    driver: float = 0.0
    driver_megabytes: float = 0.0
    worker_megabytes: float = 0.0
    findings: int = 0


def main() -> None:
    """Do what `--only` names, all of it by default."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("--megabytes", type=int, default=40)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--only", default="engines,cache,memory,kill,ray,s3")
    parser.add_argument("--factors", default="1,5", help="of --megabytes, for memory")
    parser.add_argument("--select", default=SELECTION, help="rules to run; DEFAULT is those that run by default")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="corpuslint-scale-") as folder:
        bench = _Bench(Path(folder), arguments.corpus, arguments.megabytes, arguments.select, arguments.factors)
        for name in arguments.only.split(","):
            print(f"\n{name}")
            if name == "cache":
                bench.cache(arguments.files)
            else:
                getattr(bench, name)()


class _Bench:
    def __init__(self, folder: Path, corpus: str, megabytes: int, select: str, factors: str) -> None:
        self.folder, self.corpus, self.select, self.factors = folder, corpus, select, factors.split(",")
        self.megabytes = megabytes
        self.data = self._repeated(folder / "corpus.jsonl", megabytes)
        self.expected = ""

    def engines(self) -> None:
        """Serial, one process, two."""
        one = self._told("serial", self.run("--executor", "serial"))
        self.expected = one.sha
        two = self._told("2 processes", self.run("--executor", "processes", "--jobs", "2"))
        print(f"  two processes are {one.seconds / two.seconds:.2f} times as fast as one by the clock")
        # What else runs on the machine takes cores away from two processes, but hardly adds to what they use.
        alone = two.driver + (two.cpu - two.driver) / 2
        print(
            f"  the driver used {two.driver:.2f} of {two.cpu:.2f} CPU s ({two.driver / two.cpu:.1%}); "
            f"the driver and then half of the workers: {one.cpu / alone:.2f} times as fast as one"
        )

    def cache(self, files: int) -> None:
        """Twenty thousand small files, cold and warm."""
        folder = self.folder / "files"
        folder.mkdir()
        with self.data.open("rb") as stream:
            for number, line in zip(range(files), stream, strict=False):
                (folder / f"{number:06d}.txt").write_text(json.loads(line)["text"], "utf-8")
        time.sleep(2.5)  # a file is taken to be at rest after two seconds
        cold = self._told("cold", self.run("--executor", "serial", paths=(folder,), cached=True), same=False)
        warm = self._told("warm", self.run("--executor", "serial", paths=(folder,), cached=True), same=False)
        print(
            f"  warm is {cold.seconds / warm.seconds:.1f} times as fast as cold by the clock, "
            f"{cold.cpu / warm.cpu:.1f} times by CPU time; same report: {cold.sha == warm.sha}"
        )

    def memory(self) -> None:
        """The peak as the corpus grows."""
        self.run(
            "--executor", "serial", paths=(self._repeated(self.folder / "small.jsonl", 1),)
        )  # compiles what is kept
        for factor in map(int, self.factors):
            path = self._repeated(self.folder / "grown.jsonl", self.megabytes * factor, shuffled=True)
            more = ("--report", f"sarif={self.folder / 'sarif'}")
            done = self.run("--executor", "processes", "--jobs", "2", *more, paths=(path,))
            print(
                f"  {self.megabytes * factor:>6} MB of input: driver {done.driver_megabytes:,.0f} MB, largest worker "
                f"{done.worker_megabytes:,.0f} MB, {done.findings:,} findings, {done.seconds:.1f} s",
                flush=True,
            )

    def kill(self) -> None:
        """A worker killed with -9 at work; a driver killed between shards, and the run taken up by another executor."""
        self._expect()
        started = time.monotonic()
        work = self.folder / "work-of-killed-worker"
        process = self._start("--executor", "processes", "--jobs", "2", "--work", str(work))
        _until(lambda: _shards_in(work) >= 1)
        victims = _children(process.pid)[:1]
        for child in victims:
            os.kill(child, signal.SIGKILL)
        self._told(f"{len(victims)} worker killed after {_shards_in(work)} shards", self._finish(process, started))
        work = self.folder / "work-of-killed-driver"
        process = self._start("--executor", "processes", "--jobs", "2", "--work", str(work))
        _until(lambda: _shards_in(work) >= 2)
        process.kill()
        process.wait()
        done = {path: path.stat().st_mtime_ns for path in (work / "done").iterdir()}
        again = self.run("--executor", "serial", "--work", str(work))
        kept = sum(path.stat().st_mtime_ns == when for path, when in done.items())
        self._told(f"driver killed; {kept} of {len(done)} shards not redone", again)

    def ray(self) -> None:
        """A cluster of this machine, then two nodes of which one dies."""
        if importlib.util.find_spec("ray") is None:
            print("  absent: the extra `ray` is not installed")
            return
        self._expect()
        self._told("ray, local", self.run("--executor", "ray", "--jobs", "2"))
        with _two_nodes() as (address, second):
            self._told("ray, two nodes", self.run("--address", address))
            started, process = time.monotonic(), self._start("--address", address)
            _until(lambda: bool(_own_workers("ray::_perform")))
            victims = _own_workers("ray::_perform")[:1]
            for victim in victims:
                os.kill(victim, signal.SIGKILL)
            self._told(f"ray, {len(victims)} worker killed at work", self._finish(process, started))
            started, process = time.monotonic(), self._start("--address", address)
            _until(lambda: bool(_own_workers("ray::_perform")))
            running = process.poll() is None
            second()
            self._told(f"ray, node killed, run {'still going' if running else 'OVER'}", self._finish(process, started))

    def s3(self) -> None:
        """Read from and kept in a local S3 server."""
        if importlib.util.find_spec("moto") is None or importlib.util.find_spec("s3fs") is None:
            print("  absent: moto[server] and s3fs are not installed")
            return
        self._expect()
        with _s3_server() as endpoint:
            import fsspec

            options = {"key": "x", "secret": "x", "endpoint_url": endpoint}
            store = fsspec.filesystem("s3", **options)
            store.mkdir("corpus")
            store.put(str(self.data), "corpus/corpus.jsonl")
            environment = {
                "AWS_ACCESS_KEY_ID": "x",
                "AWS_SECRET_ACCESS_KEY": "x",
                "AWS_ENDPOINT_URL": endpoint,
                "FSSPEC_S3_ENDPOINT_URL": endpoint,
            }
            name = "s3://corpus/corpus.jsonl"
            how = ("--executor", "processes", "--jobs", "2", "--work", "s3://corpus/work")
            done = self.run(*how, paths=(name,), environment=environment)
            found = done.sha == hashlib.sha256(self._renamed(name)).hexdigest()
            print(f"  S3 to S3: {done.seconds:.1f} s, same report but for the name: {found}")
            again = self.run(*how, paths=(name,), environment=environment)
            print(f"  again: {again.seconds:.1f} s, same report: {again.sha == done.sha}")

    def run(
        self,
        *options: str,
        paths: Sequence[Path | str] = (),
        cached: bool = False,
        environment: dict[str, str] | None = None,
    ) -> Done:
        started = time.monotonic()
        process = self._start(*options, paths=paths, cached=cached, environment=environment)
        return self._finish(process, started)

    def _start(
        self,
        *options: str,
        paths: Sequence[Path | str] = (),
        cached: bool = False,
        environment: dict[str, str] | None = None,
    ) -> subprocess.Popen[bytes]:
        self.out = self.folder / "report"
        self.out.unlink(missing_ok=True)
        return subprocess.Popen(
            [
                sys.executable,
                "-c",
                _RUN,
                "check",
                "--isolated",
                "--exit-zero",
                "--output-format",
                "json-lines",
                "-o",
                str(self.out),
                *(() if self.select == "DEFAULT" else ("--select", self.select)),
                *(() if cached else ("--no-cache",)),
                *options,
                *(str(path) for path in paths or (self.data,)),
            ],
            env={
                **os.environ,
                "CORPUSLINT_CACHE_DIR": str(self.folder / "cache"),
                "CORPUSLINT_BENCH_OWN": str(self.folder / "own"),
                "PYTHONPATH": str(Path(__file__).resolve().parent.parent),
                "RAY_USAGE_STATS_ENABLED": "0",
                **(environment or {}),
            },
        )

    def _finish(self, process: subprocess.Popen[bytes], started: float) -> Done:
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - started
        if status:
            sys.exit(f"the run ended with status {os.waitstatus_to_exitcode(status)}")
        report = self.out.read_bytes() if self.out.exists() else b""
        sha, findings = hashlib.sha256(report).hexdigest(), report.count(b"\n")
        driver, own, workers = map(float, (self.folder / "own").read_text().split())
        cpu, largest = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
        return Done(seconds, cpu, largest, sha, status, driver, own / 1024, workers / 1024, findings)

    def _told(self, label: str, done: Done, *, same: bool = True) -> Done:
        size = self.data.stat().st_size / 1e6
        verdict = ""
        if same and self.expected:
            verdict = "same bytes" if done.sha == self.expected else "OTHER BYTES"
        rate = f"{size / done.seconds:>7.1f} MB/s" if same else ""
        print(
            f"  {label:<44}{done.seconds:>7.1f} s {done.cpu:>7.1f} CPU s {rate} {done.megabytes:>6,.0f} MB  {verdict}"
        )
        return done

    def _expect(self) -> None:
        if not self.expected:
            self.expected = self.run("--executor", "serial").sha

    def _renamed(self, name: str) -> bytes:
        self.run("--executor", "serial")
        return self.out.read_bytes().replace(str(self.data).encode(), name.encode())

    def _repeated(self, path: Path, megabytes: int, *, shuffled: bool = False) -> Path:
        """The corpus as often as it takes; with `shuffled` no document is like another: from the second time on the
        words of long lines stand in another order."""
        with open_unpacked(self.corpus) as stream:
            records = [json.loads(line) for line in stream]
        written = number = 0
        with path.open("wb") as target:
            while written < megabytes << 20:
                for record in records:
                    text = _shuffled(record["text"], number) if shuffled and number >= len(records) else record["text"]
                    own = {**record, "id": f"{record['id']}-{number}", "text": f"{text}\n{number}."}
                    written += target.write(json.dumps(own, ensure_ascii=False).encode() + b"\n")
                    number += 1
                    if written >= megabytes << 20:
                        break
        return path


def _shuffled(text: str, number: int) -> str:
    """A text whose lines of eight words and more have them in another order."""
    chance, lines = random.Random(number), [line.split() for line in text.split("\n")]
    return "\n".join(" ".join(chance.sample(words, len(words)) if len(words) >= 8 else words) for words in lines)


def _until(condition: Callable[[], bool], seconds: float = 180.0) -> None:
    """Wait for the moment to do harm. A harm that could not be done would prove nothing, so it ends the benchmark."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            sys.exit("there was nothing to kill")
        time.sleep(0.05)


def _shards_in(work: Path) -> int:
    return len(list((work / "done").glob("[!.]*"))) if (work / "done").is_dir() else 0


def _children(parent: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=,comm=", "--ppid", str(parent)], capture_output=True, text=True).stdout
    return [int(line.split()[0]) for line in listed.splitlines() if line.split()[1] != "ps"]


def _own_workers(title: str) -> list[int]:
    """Processes below this one whose title begins with `title`: never those of another run on the machine."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()]
    below = {os.getpid()}
    while more := {int(row[0]) for row in rows if int(row[1]) in below} - below:
        below |= more
    return [int(row[0]) for row in rows if int(row[0]) in below and len(row) > 2 and row[2].startswith(title)]


@contextlib.contextmanager
def _two_nodes() -> Iterator[tuple[str, Callable[[], None]]]:
    """A head and a second node on the loopback address, one core each; the second can be killed."""
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    node = cluster.add_node(num_cpus=1)
    cluster.wait_for_nodes()
    try:
        yield cluster.address, lambda: cluster.remove_node(node, allow_graceful=False)
    finally:
        cluster.shutdown()


@contextlib.contextmanager
def _s3_server() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.stop()


if __name__ == "__main__":
    main()
