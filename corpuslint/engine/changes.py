"""What changed since a revision of git: which files, and what they held then.

Only documents that are new or different are judged, and within them only findings that were not there before; for
that the old content is linted too, under today's name. Git is asked, never guessed: renames are its own, links are
followed to the file they name, and a submodule answers for itself.

The repository that the run is started in is its owner's. Any other (a clone among scrapes, whose `.git` may have come
with it) is only read: no program that its configuration names runs, and no object is fetched for it.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from corpuslint.errors import ConfigError
from corpuslint.formats.endings import is_text, sidecar_name
from corpuslint.text.patterns import compile_re

_LINK = "120000"
_SUBMODULE = "160000"


class Before(msgspec.Struct, frozen=True):
    """The content that a file had: its bytes, and those of the metadata beside it (None where there were none)."""

    content: bytes
    metadata: bytes | None = None


class Changes(msgspec.Struct, frozen=True):
    """The files that are new or changed, in the order given, and what each was before; a new one was nothing."""

    files: tuple[str, ...]
    before: Mapping[str, Before] = {}


def changes_since(files: Sequence[str], revision: str) -> Changes:
    """Which of `files` differ from `revision`, or from where the current branch left it.

    Raises ConfigError where git cannot tell: no repository, no such revision, a clone too shallow to hold it.
    """
    repositories: dict[Path, _Repository] = {}
    changed: list[str] = []
    before: dict[str, Before] = {}
    wanted: dict[_Repository, dict[str, _Old]] = {}
    for name in files:
        if "://" in name:
            changed.append(name)
            continue
        path = Path(os.path.realpath(name))  # `resolve` raises where a link leads back to itself
        repository = _repository_of(path.parent, revision, repositories)
        place = path.relative_to(repository.root).as_posix()
        old = repository.old(place)
        if old is not None and not repository.is_changed(place):
            continue
        changed.append(name)
        if old is not None:
            wanted.setdefault(repository, {})[name] = old
    for repository, olds in wanted.items():
        contents = repository.contents(olds.values())
        before |= {name: Before(contents[old], contents.get(beside)) for name, (old, beside) in olds.items()}
    return Changes(tuple(changed), before)


_Old = tuple[str, str]
"""The object names of a file and of the metadata beside it, "" where there was none."""


class _Repository:
    def __init__(self, root: Path, base: str) -> None:
        self.root = root
        self._silent = () if _is_ours(root) else _programs(root)
        self._tree = dict(_tree(root, base, self._silent))
        self._was: dict[str, str] = {}
        self._changed: set[str] = set()
        for status, old, new in _differences(root, base, self._silent):
            self._changed.add(new)
            if status == "R":
                self._was[new] = old

    def is_changed(self, place: str) -> bool:
        """Whether a file, or the metadata beside it, is another than it was."""
        return place in self._changed or _beside(place) in self._changed

    def old(self, place: str) -> _Old | None:
        """What a file was, under whatever name; None for a new one."""
        was = self._was.get(place, place)
        if was not in self._tree:
            return None
        beside = self._was.get(_beside(place), _beside(was))
        return self._tree[was], self._tree.get(beside, "")

    def contents(self, olds: Iterable[_Old]) -> dict[str, bytes]:
        """The bytes of every object named, by its name."""
        return _objects(self.root, sorted({name for old in olds for name in old if name}), self._silent)


def _beside(place: str) -> str:
    return sidecar_name(place) if is_text(place) else ""


def _repository_of(folder: Path, revision: str, known: dict[Path, _Repository]) -> _Repository:
    for root, repository in known.items():
        if folder == root or (folder.is_relative_to(root) and not _has_own(folder, root)):
            return repository
    root = _root_of(folder)
    if root not in known:
        known[root] = _Repository(root, _base(root, revision))
    return known[root]


def _has_own(folder: Path, root: Path) -> bool:
    """Whether a work tree of its own (a submodule, a nested clone) lies between `root` and `folder`."""
    while folder != root:
        if (folder / ".git").exists():
            return True
        folder = folder.parent
    return False


def _root_of(folder: Path) -> Path:
    found = _git(folder, "rev-parse", "--show-toplevel")
    if found.returncode:
        raise ConfigError(
            "is not in a git repository, so nothing can be said about what changed",
            path=str(folder),
            remedy="run inside the repository, or compare with a published version: --against dist/NAME/X.Y.Z",
        )
    root = Path(os.fsdecode(found.stdout.rstrip(b"\n"))).resolve()
    if not (folder.is_relative_to(root) and (root / ".git").exists() and not _has_own(folder, root)):
        raise ConfigError(
            f"its repository says that its work tree is {root}", path=str(folder), remedy="leave that folder out"
        )
    return root


def _base(root: Path, revision: str) -> str:
    """The commit to compare with: where HEAD and `revision` part, so that what others did meanwhile is not ours."""
    above = _git(root, "rev-parse", "--show-superproject-working-tree").stdout.rstrip(b"\n")
    if above:
        outer = Path(os.fsdecode(above)).resolve()
        place = root.relative_to(outer).as_posix()
        entry = _git(outer, "ls-tree", _base(outer, revision), "--", place).stdout.split()
        known = len(entry) > 2 and entry[0].decode() == _SUBMODULE
        return (entry[2] if known else _git(root, "hash-object", "-t", "tree", "--stdin").stdout.strip()).decode()
    found = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if found.returncode:
        shallow = _git(root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
        raise ConfigError(
            f"there is no revision '{revision}' here" + (": the clone is shallow" if shallow else ""),
            path=str(root),
            key="since",
            remedy=(
                f"fetch it: `git fetch --depth=1 origin {revision}`, or clone with full history (`fetch-depth: 0`)"
                if shallow
                else "name a commit, a branch or a tag; `git fetch` may be needed first"
            ),
        )
    commit = found.stdout.decode().strip()
    merged = _git(root, "merge-base", commit, "HEAD")
    return merged.stdout.decode().split()[0] if not merged.returncode and merged.stdout.strip() else commit


def _tree(root: Path, base: str, silent: Sequence[str]) -> Iterator[tuple[str, str]]:
    listed = _checked(root, "ls-tree", "-r", "-z", "--full-tree", base, silent=silent)
    for entry in listed.split(b"\0"):
        head, _, place = entry.partition(b"\t")
        if place:
            mode, _, name = os.fsdecode(head).split(" ")
            if mode not in (_LINK, _SUBMODULE):
                yield os.fsdecode(place), name


def _differences(root: Path, base: str, silent: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Status, old name and new name of every file of the work tree that differs."""
    listed = _checked(root, "diff", "--name-status", "-z", "--find-renames", *_LOOK_ONLY, base, silent=silent)
    fields = iter(os.fsdecode(listed).split("\0"))
    for status in fields:
        if not status:
            return
        old = next(fields)
        yield status[0], old, next(fields) if status[0] in "RC" else old


_LOOK_ONLY = ("--no-ext-diff", "--no-textconv", "--ignore-submodules=all")  # a submodule is asked itself


def _objects(root: Path, names: Sequence[str], silent: Sequence[str]) -> dict[str, bytes]:
    if not names:
        return {}
    asked = "".join(f"{name}\n" for name in names).encode()
    answer = _checked(root, "cat-file", "--batch", stdin=asked, silent=silent)
    found: dict[str, bytes] = {}
    at = 0
    for name in names:
        end = answer.index(b"\n", at)
        head = answer[at:end].split(b" ")
        at = end + 1
        if head[1] == b"missing":
            raise ConfigError(
                "the old content is not in this clone",
                path=str(root),
                key="since",
                remedy="it is a partial clone: run `git fetch --refetch` or clone with full history",
            )
        size = int(head[2])
        found[name] = answer[at : at + size]
        at += size + 1
    return found


def _checked(root: Path, *arguments: str, stdin: bytes = b"", silent: Sequence[str]) -> bytes:
    done = _git(root, *arguments, stdin=stdin, silent=silent)
    if done.returncode:
        complaint = done.stderr.decode("utf-8", "replace").strip() or f"git {arguments[0]} failed"
        raise ConfigError(complaint, path=str(root), key="since")
    return done.stdout


def _git(
    folder: Path, *arguments: str, stdin: bytes = b"", silent: Sequence[str] = ("core.sshCommand",)
) -> subprocess.CompletedProcess[bytes]:
    """What git answers. No hook runs, and nothing that the keys `silent` of its configuration name; where there are
    any, nothing is fetched either."""
    # A hook runs with variables that name one repository and its index; the answer must be about `folder`.
    environment = {key: value for key, value in os.environ.items() if key not in _FOREIGN}
    environment |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    settled = [*_SETTLED, *((key, "false" if key.endswith(".required") else "") for key in silent)]
    if silent:
        environment |= {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": ""}
    at = int(environment.get("GIT_CONFIG_COUNT") or 0)
    for number, (key, value) in enumerate(settled, start=at):
        environment |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    environment["GIT_CONFIG_COUNT"] = str(at + len(settled))
    try:
        return subprocess.run(
            ["git", "--no-pager", "-C", str(folder), *arguments],
            input=stdin,
            capture_output=True,
            env=environment,
            check=False,
        )
    except FileNotFoundError:
        raise ConfigError("git is not installed", key="since", remedy="install git, or use --against") from None


_FOREIGN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR")
_SETTLED = (
    ("core.quotePath", "off"),
    ("core.fsmonitor", ""),
    ("core.hooksPath", os.devnull),
    ("safe.bareRepository", "explicit"),  # a folder that looks like a repository is none
)
_FILTER = compile_re(r"filter\..*\.(?:clean|smudge|process|required)", re.DOTALL)


def _is_ours(root: Path) -> bool:
    """Whether `root` is the work tree of the repository that the run was started in."""
    found, here = (_git(folder, "rev-parse", "--absolute-git-dir").stdout for folder in (root, Path()))
    return bool(found) and found == here


def _programs(root: Path) -> tuple[str, ...]:
    """The keys of a repository's own configuration that name programs which reading it could start."""
    listed = _git(root, "config", "--list", "--show-scope", "--includes", "--name-only", "-z").stdout
    entries = iter(os.fsdecode(listed).split("\0"))
    own = {key for scope, key in zip(entries, entries, strict=False) if scope in ("local", "worktree")}
    return ("core.sshCommand", *sorted(key for key in own if _FILTER.fullmatch(key)))
