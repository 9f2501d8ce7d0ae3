"""Which files a run reads: paths as given, folders walked in a fixed order, what is not a corpus left out."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from corpuslint.errors import SourceError
from corpuslint.formats.streams import files_below, is_url

SUFFIXES = (".txt", ".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet", ".csv")
"""File names that are read when a folder is given."""

DEFAULT_EXCLUDE = (
    ".*",
    "__pycache__",
    "node_modules",
    "venv",
    "dist",
    "rules",
    "schemas",
    "requirements*.txt",
    "constraints*.txt",
    "LICENSE*",
    "robots.txt",
)


def discover(
    paths: Sequence[str], *, exclude: Iterable[str] = DEFAULT_EXCLUDE, force_exclude: bool = False
) -> list[str]:
    """The files that `paths` name, folders walked, in the order given and each folder by name; each file once, under
    its own name where it also has links.

    `exclude` holds patterns for a name or a path below the folder given; a file given by name is read all the same
    unless `force_exclude` says that patterns hold for it too (as for hooks, which name every file they touch).

    Raises SourceError for a path that is not there.
    """
    patterns = tuple(exclude)
    found: dict[str, None] = {}
    links: dict[str, str] = {}
    for given in paths:
        if is_url(given):
            for file in files_below(given, SUFFIXES):
                found[file] = None
            continue
        path = Path(given)
        if path.is_dir():
            for file, target in _walk(path, patterns):
                found[file] = None
                if target:
                    links[file] = target
        elif path.exists() or path.is_symlink():
            name = PurePosixPath(Path(given).as_posix())
            if not (force_exclude and any(_excluded(part, str(name), patterns) for part in name.parts if part != "..")):
                found[name.as_posix()] = None
        else:
            raise SourceError("there is no such file or folder", origin=given, remedy=_near(path))
    return [file for file in found if links.get(file) in links or links.get(file) not in found]


def _walk(folder: Path, patterns: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Files below a folder, and the file below it that one is a link to ("" for no link).

    A link that leads out of the folder is not followed: what a stranger's folder names need not be in it.
    """
    excluded = _matching(patterns)
    inside = folder.resolve()
    start = folder.as_posix()
    prefix = "" if start == "." else start if start.endswith("/") else f"{start}/"
    waiting = [(prefix, "")]
    while waiting:
        root, below = waiting.pop()
        files: list[tuple[str, str]] = []
        folders: list[str] = []
        try:
            entries = os.scandir(root or ".")
        except OSError:
            continue
        with entries:
            for entry in entries:
                name = entry.name
                if _is_folder(entry):
                    if not entry.is_symlink() and not excluded(name) and not (below and excluded(below + name)):
                        folders.append(name)
                elif name.endswith(SUFFIXES) and not excluded(name) and not (below and excluded(below + name)):
                    target = ""
                    if entry.is_symlink():
                        # `resolve` raises where a link leads back to itself
                        real = Path(os.path.realpath(root + name))
                        if not real.is_relative_to(inside):
                            continue
                        target = prefix + real.relative_to(inside).as_posix()
                    files.append((root + name, target))
        yield from sorted(files)
        folders.sort(reverse=True)
        waiting += ((f"{root}{name}/", f"{below}{name}/") for name in folders)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _matching(patterns: Iterable[str]) -> Callable[[str], object]:
    """Whether one of the patterns matches a name or path; all of them are one expression."""
    translated = [fnmatch.translate(pattern.rstrip("/")) for pattern in patterns]
    return re.compile("|".join(translated)).match if translated else lambda name: None


def _excluded(name: str, path: str, patterns: tuple[str, ...]) -> bool:
    matches = _matching(patterns)
    return bool(matches(name) or matches(path))


def _near(path: Path) -> str:
    import difflib

    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return "check the path"
    near = difflib.get_close_matches(path.name, names, n=1)
    return f"did you mean '{(path.parent / near[0]).as_posix()}'?" if near else "check the path"
