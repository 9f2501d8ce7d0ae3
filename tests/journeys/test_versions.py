"""The way of somebody who publishes: build, publish, change, publish again, and load both by their tags."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.hub_clients import client_environment
from corpuslint.publishing.hub_server import HubServer
from tests.conftest import Corpuslint
from tests.publishing.corpus import text_of
from tests.publishing.test_building import tree

REPOSITORY = Path(__file__).parents[2]

_LOAD = """
import sys
from datasets import load_dataset
for revision in sys.argv[2:]:
    for config in ("default", "edits"):
        rows = load_dataset(sys.argv[1], config, revision=revision, split="train")
        print(revision, config, len(rows), rows.info.version, sep="\\t")
"""


def write(folder: Path, number: int, text: str) -> None:
    """A scraped file, with trailing blanks to clean, and what is known of it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{number:03d}.txt").write_text(f"{text}   \n", "utf-8")
    known = {"title": f"عنوان {number}", "source": "وكالة الشرق", "published": "2024-02-03", "language": "ar"}
    (folder / f"{number:03d}.meta.json").write_text(json.dumps(known, ensure_ascii=False), "utf-8")


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Forty scrapes."""
    for number in range(40):
        write(tmp_path / "seeds", number, text_of(number))
    return tmp_path / "seeds"


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    """A running Hub that every client started from here talks to."""
    server = HubServer(tmp_path / "hub")
    server.start()
    for name, value in client_environment(server.endpoint, "hf_x", tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    yield server
    server.shutdown()
    server.server_close()


def build_arguments(seeds: Path, version: str, out: Path) -> list[str | Path]:
    """A build of the scrapes with the rules about white space and duplicates."""
    return ["build", seeds, "--isolated", "--select", "SPC,DUP", "--name", "news", "--version", version, "--out", out]


def test_two_versions_through_a_hub(
    corpuslint: Corpuslint, seeds: Path, hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("datasets")
    (tmp_path / "lab/news").mkdir(parents=True)  # `datasets` takes a folder here for the repository
    monkeypatch.chdir(tmp_path)
    dist = tmp_path / "dist"
    to = "hf://datasets/lab/news"
    assert corpuslint(*build_arguments(seeds, "1.0.0", dist)).status == 0
    assert corpuslint("publish", dist / "news", "--to", to).status == 0

    for number in range(10):
        write(seeds, number, text_of(number) + "\nوأضاف المصدر أن العمل مستمر.")
    for number in range(100, 105):
        write(seeds, number, text_of(number))
    assert corpuslint(*build_arguments(seeds, "1.1.0", dist)).status == 0
    assert corpuslint("publish", dist / "news/1.1.0", "--to", to, "--no-load").status == 0

    run = corpuslint("diff", dist / "news/1.0.0", dist / "news/1.1.0", "--output-format", "json")
    changes = [(change["change"], change["id"]) for change in json.loads(run.out)["changes"]]
    assert changes == [
        *(("changed", f"{number:03d}.txt") for number in range(10)),
        *(("added", f"{number:03d}.txt") for number in range(100, 105)),
    ]
    loaded = subprocess.run(
        [sys.executable, "-c", _LOAD, "lab/news", "1.0.0", "1.1.0"],
        cwd=dist,
        capture_output=True,
        text=True,
        check=False,
    )
    assert loaded.stdout.split("\n")[:-1] == [
        "1.0.0\tdefault\t40\t1.0.0",
        "1.0.0\tedits\t40\t1.0.0",
        "1.1.0\tdefault\t45\t1.1.0",
        "1.1.0\tedits\t45\t1.1.0",
    ], loaded.stderr

    (dist / "news/1.1.0/README.md").write_text("edited by hand")
    refused = corpuslint("publish", dist / "news/1.1.0", "--to", to)
    assert (refused.status, "README.md" in refused.err) == (2, True)


def test_the_same_bytes_wherever_and_however_it_is_built(corpuslint: Corpuslint, seeds: Path, tmp_path: Path) -> None:
    write(seeds, 99, text_of(3))
    run = corpuslint(*build_arguments(seeds, "1.0.0", tmp_path / "here"))
    assert run.err.startswith("withheld 1 of 41 stories: DUP001 1")
    elsewhere = tmp_path / "else where"
    seeds.rename(elsewhere)
    env = {**os.environ, "PYTHONHASHSEED": "77", "TZ": "Asia/Tehran", "LC_ALL": "C", "PYTHONPATH": str(REPOSITORY)}
    arguments = [str(part) for part in build_arguments(Path(), "1.0.0", tmp_path / "there")]
    subprocess.run([sys.executable, "-m", "corpuslint", *arguments], cwd=elsewhere, env=env, check=True)
    assert tree(tmp_path / "here/news/1.0.0") == tree(tmp_path / "there/news/1.0.0")
