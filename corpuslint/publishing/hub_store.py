"""Dataset repositories of a local Hub, in a folder: every file once by its sha256, every change one rename."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, NamedTuple

import msgspec


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
        beside.write_bytes(msgspec.json.encode(repo))
        beside.replace(path)
        self.repos[repo.name] = repo

    def create(self, name: str, private: bool) -> bool:
        """Make a repository with one empty commit; False when it is there already."""
        if name in self.repos:
            return False
        repo = Repo(private, name=name)
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
        made = Commit(parent, title, body, files, oid)
        repo.commits[oid] = made
        repo.branches[branch] = oid
        self.save(repo)
        return made
