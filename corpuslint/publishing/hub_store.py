"""Dataset repositories of a local Hub, in a folder: every file once by its sha256, every change one rename."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, NamedTuple


class Stored(NamedTuple):
    """One file of a commit. `oid` is git's sha1 of it, or of its LFS pointer."""

    size: int
    sha256: str
    oid: str
    lfs: bool


@dataclass(slots=True)
class Commit:
    """One commit: its files wholly, its parent, and what was said."""

    oid: str
    parent: str
    title: str
    body: str
    files: dict[str, Stored]


@dataclass(slots=True)
class Repo:
    """One dataset repository."""

    name: str
    private: bool = False
    commits: dict[str, Commit] = field(default_factory=dict)
    branches: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """The repository as it lies on disk."""
        commits = {
            oid: {
                "parent": commit.parent,
                "title": commit.title,
                "body": commit.body,
                "files": {path: list(stored) for path, stored in commit.files.items()},
            }
            for oid, commit in self.commits.items()
        }
        plain = {"private": self.private, "commits": commits, "branches": self.branches, "tags": self.tags}
        return json.dumps(plain, ensure_ascii=False)

    @classmethod
    def from_json(cls, name: str, text: str) -> Repo:
        """The repository that `to_json` wrote."""
        plain = json.loads(text)
        commits = {
            oid: Commit(oid, c["parent"], c["title"], c["body"], {p: Stored(*s) for p, s in c["files"].items()})
            for oid, c in plain["commits"].items()
        }
        return cls(name, plain["private"], commits, plain["branches"], plain["tags"])


class Incoming:
    """A file that counts its sha256 as it is written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def write(self, data: bytes) -> None:
        """Add some bytes."""
        self.digest.update(data)
        self._file.write(data)


class HubStore:
    """Repositories in a folder. Every change is one rename."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "blobs").mkdir(parents=True, exist_ok=True)
        self.repos: dict[str, Repo] = {}
        for path in sorted((root / "repos").glob("*/*.json")):
            name = f"{path.parent.name}/{path.stem}"
            self.repos[name] = Repo.from_json(name, path.read_text("utf-8"))

    def blob(self, sha256: str) -> Path:
        """Where the file of this hash lies."""
        return self.root / "blobs" / sha256

    def put(self, data: bytes) -> str:
        """Keep some bytes; their sha256."""
        with self.receiving() as stream:
            stream.write(data)
        return stream.digest.hexdigest()

    @contextmanager
    def receiving(self) -> Iterator[Incoming]:
        """A file that is written to as its bytes come in, and kept at the end; not where they do not come to it."""
        with NamedTemporaryFile(dir=self.root / "blobs", prefix=".", delete=False) as beside:
            stream = Incoming(beside)
            try:
                yield stream
                beside.close()
                Path(beside.name).replace(self.blob(stream.digest.hexdigest()))
            finally:
                Path(beside.name).unlink(missing_ok=True)

    def save(self, repo: Repo) -> None:
        """Write a repository down."""
        path = self.root / "repos" / f"{repo.name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".writing")
        beside.write_text(repo.to_json(), "utf-8")
        beside.replace(path)
        self.repos[repo.name] = repo

    def create(self, name: str, private: bool) -> bool:
        """Make a repository with one empty commit; False when it is there already."""
        if name in self.repos:
            return False
        repo = Repo(name, private)
        self.commit(repo, "main", "initial commit", "", {})
        return True

    def delete(self, repo: Repo) -> None:
        """Forget a repository; its files stay, for another may hold them too."""
        (self.root / "repos" / f"{repo.name}.json").unlink()
        del self.repos[repo.name]

    def commit(self, repo: Repo, branch: str, title: str, body: str, files: dict[str, Stored]) -> Commit:
        """Add a commit to a branch. Its id follows from what it says, so a rerun gives the same one."""
        parent = repo.branches.get(branch, "")
        said = json.dumps([repo.name, parent, title, body, sorted((p, list(s)) for p, s in files.items())])
        oid = hashlib.sha1(said.encode()).hexdigest()
        made = Commit(oid, parent, title, body, files)
        repo.commits[oid] = made
        repo.branches[branch] = oid
        self.save(repo)
        return made
