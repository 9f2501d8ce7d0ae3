"""Dataset repositories of a local Hub, in a folder: every file once by its sha256, every change one rename."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import NamedTuple

import msgspec

from corpuslint.formats.atomic import replace_file


class Stored(NamedTuple):
    """One file of a commit. `oid` is git's sha1 of it, or of its LFS pointer."""

    size: int
    sha256: str
    oid: str
    lfs: bool


class Commit(msgspec.Struct):
    """One commit: its files wholly, its parent, and what was said."""

    parent: str
    title: str
    body: str
    files: dict[str, Stored]
    oid: str = ""


class Repo(msgspec.Struct):
    """One dataset repository."""

    private: bool = False
    commits: dict[str, Commit] = {}
    branches: dict[str, str] = {}
    tags: dict[str, str] = {}
    name: str = ""


class HubStore:
    """Repositories in a folder. Every change is one rename."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "blobs").mkdir(parents=True, exist_ok=True)
        self.repos: dict[str, Repo] = {}
        for path in sorted((root / "repos").glob("*/*.json")):
            repo = msgspec.json.decode(path.read_bytes(), type=Repo)
            repo.name = f"{path.parent.name}/{path.stem}"
            for oid, commit in repo.commits.items():
                commit.oid = oid
            self.repos[repo.name] = repo

    def blob(self, sha256: str) -> Path:
        """Where the file of this hash lies."""
        return self.root / "blobs" / sha256

    def put(self, data: bytes) -> str:
        """Keep some bytes; their sha256."""
        sha256 = hashlib.sha256(data).hexdigest()
        replace_file(self.blob(sha256), data)
        return sha256

    def save(self, repo: Repo) -> None:
        """Write a repository down."""
        path = self.root / "repos" / f"{repo.name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, msgspec.json.encode(repo))
        self.repos[repo.name] = repo

    def create(self, name: str, private: bool) -> bool:
        """Make a repository with one empty commit; False when it is there already."""
        if name in self.repos:
            return False
        repo = Repo(private, name=name)
        self.commit(repo, "main", "initial commit", "", {})
        return True

    def commit(self, repo: Repo, branch: str, title: str, body: str, files: dict[str, Stored]) -> Commit:
        """Add a commit to a branch. Its id follows from what it says, so a rerun gives the same one."""
        parent = repo.branches.get(branch, "")
        said = json.dumps([repo.name, parent, title, body, sorted((p, list(s)) for p, s in files.items())])
        oid = hashlib.sha1(said.encode()).hexdigest()
        made = Commit(parent, title, body, files, oid)
        repo.commits[oid] = made
        repo.branches[branch] = oid
        self.save(repo)
        return made
