"""git, asked what changed, runs no program that the configuration of a clone among scrapes names."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Corpuslint

TEXT = "افتتحت البلدية مدرسة في القرية صباح اليوم.\n"
ME = ("-c", "user.name=a", "-c", "user.email=a@example.org")


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *ME, *arguments], check=True, capture_output=True)


def repository(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q")
    (folder / "a.txt").write_text(TEXT, "utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "first")
    (folder / "a.txt").write_text(TEXT * 2, "utf-8")
    return folder


def fsmonitor(clone: Path, program: str) -> None:
    git(clone, "config", "core.fsmonitor", f"{program}; false #")


def hook(clone: Path, program: str) -> None:
    git(clone, "config", "core.hooksPath", str(clone))
    (clone / "post-index-change").write_text(f"#!/bin/sh\n{program}\n")
    (clone / "post-index-change").chmod(0o755)


def clean_filter(clone: Path, program: str) -> None:
    git(clone, "config", "filter.a=b.C.clean", f"{program}; cat")
    git(clone, "config", "filter.a=b.C.required", "true")
    (clone / ".gitattributes").write_text("*.txt filter=a=b.C\n")


def filter_of_an_included_file(clone: Path, program: str) -> None:
    git(clone, "config", "include.path", "more")
    (clone / ".git/more").write_text(f'[filter "x"]\n\tclean = "{program}; cat"\n')
    (clone / ".gitattributes").write_text("*.txt filter=x\n")


def long_running_filter(clone: Path, program: str) -> None:
    git(clone, "config", "filter.x.process", program)
    (clone / ".gitattributes").write_text("*.txt filter=x\n")


def external_diff(clone: Path, program: str) -> None:
    git(clone, "config", "diff.external", program)
    git(clone, "config", "diff.x.textconv", program)
    (clone / ".gitattributes").write_text("*.txt diff=x\n")


def fetch_of_what_is_missing(clone: Path, program: str) -> None:
    git(clone, "config", "core.repositoryFormatVersion", "1")
    git(clone, "config", "extensions.partialClone", "o")
    git(clone, "config", "remote.o.promisor", "true")
    git(clone, "config", "remote.o.url", "ssh://nobody.example/x")
    git(clone, "config", "core.sshCommand", program)
    git(clone, "config", "protocol.ssh.allow", "always")
    found = subprocess.run(["git", "-C", str(clone), "rev-parse", "HEAD:a.txt"], capture_output=True, text=True)
    name = found.stdout.strip()
    (clone / ".git/objects" / name[:2] / name[2:]).unlink()


@pytest.mark.parametrize(
    "lay",
    [fsmonitor, hook, clean_filter, filter_of_an_included_file, long_running_filter, external_diff,
     fetch_of_what_is_missing],
)  # fmt: skip
@pytest.mark.parametrize("added", [False, True], ids=["untracked", "a gitlink of ours"])
def test_a_nested_clone_runs_nothing(
    corpuslint: Corpuslint,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lay: Callable[[Path, str], None],
    added: bool,
) -> None:
    mine = repository(tmp_path / "mine")
    clone = repository(mine / "scraped")
    if added:
        git(mine, "add", "scraped")
        git(mine, "commit", "-qm", "scraped")
        (clone / "a.txt").write_text(TEXT * 3, "utf-8")
    mark = tmp_path / "ran"
    lay(clone, f"touch {mark}")
    monkeypatch.chdir(mine)
    run = corpuslint("check", "--since", "HEAD", "--isolated", ".")
    assert run.status in (0, 1, 2)
    assert not mark.exists()
    assert corpuslint("check", "--since", "HEAD", "--isolated", "a.txt").status in (0, 1)
    assert not mark.exists()


def test_what_changed_in_a_nested_clone_is_still_found(
    corpuslint: Corpuslint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = repository(tmp_path / "mine")
    clone = repository(mine / "scraped")
    clean_filter(clone, "true")
    (clone / "a.txt").write_text(TEXT + "قال [ad_1] الوزير.\n", "utf-8")
    monkeypatch.chdir(mine)
    run = corpuslint("check", "--since", "HEAD", "--isolated", "--select", "ART001", "--output-format", "concise", ".")
    assert (run.status, "scraped/a.txt:2:" in run.out) == (1, True)


def test_a_clone_that_claims_our_work_tree_is_refused(
    corpuslint: Corpuslint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = repository(tmp_path / "mine")
    clone = repository(mine / "scraped")
    git(clone, "config", "core.worktree", str(mine))
    monkeypatch.chdir(mine)
    run = corpuslint("check", "--since", "HEAD", "--isolated", "scraped/a.txt", "a.txt")
    assert (run.status, "says that its work tree is" in run.err) == (2, True)


def test_a_folder_that_looks_like_a_repository_is_none(
    corpuslint: Corpuslint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = repository(tmp_path / "mine")
    bare = mine / "scraped"
    subprocess.run(["git", "init", "-q", "--bare", str(bare)], check=True, capture_output=True)
    git(bare, "config", "core.bare", "false")
    git(bare, "config", "core.worktree", str(bare))
    git(bare, "config", "core.fsmonitor", f"touch {tmp_path / 'ran'}; false #")
    (bare / "b.txt").write_text(TEXT, "utf-8")
    monkeypatch.chdir(mine)
    assert corpuslint("check", "--since", "HEAD", "--isolated", "scraped/b.txt").status in (0, 1, 2)
    assert not (tmp_path / "ran").exists()


def test_filters_of_the_repository_one_works_in_hold(
    corpuslint: Corpuslint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A repository whose files are coded on disk would look changed throughout without them."""
    mine = repository(tmp_path / "mine")
    git(mine, "checkout", "-q", "a.txt")
    git(mine, "config", "filter.x.clean", "head -n 1")
    (mine / ".gitattributes").write_text("*.txt filter=x\n")
    (mine / "a.txt").write_text(TEXT + "قال [ad_1] الوزير.\n", "utf-8")
    monkeypatch.chdir(mine)
    run = corpuslint("check", "--since", "HEAD", "--isolated", "--select", "ART001", "--output-format", "concise", ".")
    assert run.status == 0
