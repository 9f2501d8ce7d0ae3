"""A build that ended early goes on where it was, on any executor, to the same bytes."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec import structs

from corpuslint.config.settings import Settings
from corpuslint.errors import ConfigError
from corpuslint.pipeline import cleaning
from corpuslint.pipeline.dataset import build, build_share
from corpuslint.pipeline.drive import Execution
from corpuslint.pipeline.kept import Folder
from corpuslint.publishing.manifest import Version

HAS_RAY = importlib.util.find_spec("ray") is not None


@pytest.fixture(autouse=True)
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpuslint.pipeline.cleaning.SHARD_BYTES", 1500)


def built(corpus: Path, settings: Settings, out: Path, **how: object) -> dict[str, str]:
    """The digests of the files of a version."""
    build([str(corpus)], settings, name="n", version=Version.parse("1.0.0"), out=out, execution=Execution(**how))  # type: ignore[arg-type]
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def done(work: Path) -> dict[str, int]:
    """When each shard was finished."""
    return {path.name: path.stat().st_mtime_ns for path in (work / "done").iterdir()}


@pytest.mark.parametrize(
    "executor",
    [
        "serial",
        "processes",
        pytest.param(
            "ray", marks=[pytest.mark.ray, pytest.mark.skipif(not HAS_RAY, reason="the extra `ray` is not installed")]
        ),
    ],
)
def test_a_killed_build_goes_on_elsewhere(corpus: Path, settings: Settings, tmp_path: Path, executor: str) -> None:
    expected = built(corpus, settings, tmp_path / "serial", executor="serial")
    work = tmp_path / "work"
    code = (
        "from corpuslint.pipeline.dataset import *; from corpuslint.config.settings import Settings\n"
        "from corpuslint.pipeline import cleaning; from pathlib import Path; cleaning.SHARD_BYTES = 1500\n"
        "from corpuslint.publishing.manifest import Version\n"
        f"build([{str(corpus)!r}], Settings(packs=(Path({str(settings.packs[0])!r}),), select=('TST',)), name='n',"
        f"version=Version.parse('1.0.0'), out=Path({str(tmp_path / 'killed')!r}),"
        f"execution=Execution(executor='serial', work={str(work)!r}))"
    )
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL) as run:
        while run.poll() is None and not list((work / "done").glob("[!.]*")):
            pass
        os.kill(run.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    before = done(work)
    assert 0 < len(before) < len(Folder(str(work)).plan().shards)
    assert built(corpus, settings, tmp_path / "resumed", executor=executor, jobs=2, work=str(work)) == expected
    assert before.items() <= done(work).items()


def test_a_changed_file_is_cleaned_again(
    corpus: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = tmp_path / "work"
    built(corpus, settings, tmp_path / "one", executor="serial", work=str(work))
    before = done(work)
    text = (corpus / "c305.txt").read_text()
    (corpus / "c305.txt").write_text(text.replace("nothing", "defects"))
    again = built(corpus, settings, tmp_path / "two", executor="serial", work=str(work))
    assert again == built(corpus, settings, tmp_path / "three", executor="serial")
    assert len(before.items() - done(work).items()) == 1
    monkeypatch.setattr(cleaning, "_cleaned", None)  # nothing may be cleaned now
    assert built(corpus, settings, tmp_path / "four", executor="serial", work=str(work)) == again


def test_what_a_stranger_kept_is_not_run(corpus: Path, settings: Settings, tmp_path: Path) -> None:
    work = tmp_path / "work"
    expected = built(corpus, settings, tmp_path / "one", executor="serial", work=str(work))
    evil = b"cos\nsystem\n(S'true'\ntR."
    for marker in list(Folder(str(work)).markers()):
        Folder(str(work)).put(marker, evil, evil)
    assert built(corpus, settings, tmp_path / "two", executor="serial", work=str(work)) == expected


def test_ranks_share_a_build(corpus: Path, settings: Settings, tmp_path: Path) -> None:
    work = str(tmp_path / "work")
    for rank in (1, 0):
        build_share([str(corpus)], settings, Execution(executor="serial", work=work, rank=rank, world_size=2))
    before = done(Path(work))
    assert built(corpus, settings, tmp_path / "all", executor="serial", work=work) == built(
        corpus, settings, tmp_path / "serial", executor="serial"
    )
    assert done(Path(work)) == before


@pytest.mark.parametrize("codes", [("TST",), ("TST", "DUP")])
def test_what_corpus_rules_say_may_lie_on_disk(
    corpus: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, codes: tuple[str, ...]
) -> None:
    chosen = structs.replace(settings, select=codes)
    expected = built(corpus, chosen, tmp_path / "memory", executor="serial")
    monkeypatch.setattr("corpuslint.resources.MOST_BYTES", 1)
    assert built(corpus, chosen, tmp_path / "disk", executor="serial") == expected


def test_a_rank_needs_a_folder(corpus: Path, settings: Settings) -> None:
    with pytest.raises(ConfigError, match="--world-size needs --work"):
        build_share([str(corpus)], settings, Execution(world_size=2))
