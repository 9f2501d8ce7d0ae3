"""Which files a run reads: paths as given, folders walked in a fixed order, what is not a corpus left out."""

from __future__ import annotations

import fnmatch
import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from corpuslint.errors import ConfigError, SourceError, nearest
from corpuslint.formats.endings import ENDINGS, described_by, is_read, is_sidecar
from corpuslint.formats.streams import files_below, is_url

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
    "corpuslint.*",
)

_NOT_NAMED = frozenset(("__pycache__", "node_modules", "venv"))
_OURS = frozenset(("corpuslint.toml", "pyproject.toml"))
_MOST_ENDINGS = 6
_IGNORE_FILE = ".gitignore"
_LONGEST_IGNORE_FILE = 1 << 18


class Found(msgspec.Struct):
    """The files of a run, and what of the folders named was passed over: files by ending, and what patterns left out.

    Folders called `rules` or `dist` beside a configuration are the repository's own and are not counted.
    """

    files: dict[str, None] = {}
    endings: Counter[str] = msgspec.field(default_factory=Counter)
    folders: list[str] = []
    ignored: int = 0

    @property
    def passed_over(self) -> str:
        """What was passed over, in words; "" where nothing was.

        >>> Found(endings=Counter({".pdf": 12, ".docx": 3}), folders=["news/dist"], ignored=2).passed_over
        '12 .pdf, 3 .docx, the folder news/dist, 2 by .gitignore'
        """
        ranked = sorted(self.endings.items(), key=lambda item: (-item[1], item[0]))
        parts = [f"{count:,} {ending}" for ending, count in ranked[:_MOST_ENDINGS]]
        if len(ranked) > _MOST_ENDINGS:
            parts.append(f"{sum(count for _, count in ranked[_MOST_ENDINGS:]):,} of other kinds")
        parts += [f"the folder {folder}" for folder in sorted(self.folders)[:_MOST_ENDINGS]]
        if self.ignored:
            parts.append(f"{self.ignored:,} by .gitignore")
        return ", ".join(parts)


def nothing_in(paths: Sequence[str], passed_over: str, *, told: bool = False, remedy: str = "") -> SourceError:
    """What to say where there is no document in any of the paths; `told` where findings say so of each file."""
    where = ", ".join(paths[:3]) + (", …" if len(paths) > 3 else "")
    over = f"; passed over: {passed_over}" if passed_over else ""
    read = "the findings say why" if told else f"files are read whose names end in {', '.join(ENDINGS)}"
    return SourceError(f"no document to look at{over}", path=where, remedy=f"{read}{remedy}")


def not_there(given: str) -> SourceError:
    """What to say of a path that is not there, with the nearest one that is.

    An empty one, such as "$FOLDER" where there is no such variable, is never the folder where one is.
    """
    if not given:
        return SourceError("a path is empty", remedy="name a file or a folder; . is the folder where you are")
    path = Path(given)
    names: list[str] = []
    with suppress(OSError):
        names = os.listdir(path.parent)  # noqa: PTH208
    folder = given.rstrip("/").removesuffix(path.name)
    remedy = nearest(path.name, names, otherwise="check the path", within=folder)
    return SourceError("there is no such file or folder", path=given, remedy=remedy)


Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
"""What a program may name: one path, or several."""


def as_paths(paths: Paths) -> tuple[str, ...]:
    """The paths that are named; one string is a path, and no sequence of its letters.

    >>> as_paths("./a"), as_paths([Path("a"), "b"])
    (('./a',), ('a', 'b'))
    """
    named = (paths,) if isinstance(paths, (str, os.PathLike)) else paths
    try:
        return tuple(os.fspath(path) for path in named)
    except TypeError:
        raise TypeError(
            f"a path is a str or an os.PathLike, and paths are several of them, not {paths!r:.200}"
        ) from None


def look(
    paths: Sequence[str],
    *,
    exclude: Iterable[str] = DEFAULT_EXCLUDE,
    force_exclude: bool = False,
    gitignore: bool = True,
    packs: Iterable[Path] = (),
) -> Found:
    """The files that `paths` name, folders walked, in the order given and each folder by name; each file once, under
    its own name where it also has links.

    `exclude` holds patterns for a name or a path below the folder given, and with `gitignore` what git ignores there is
    left out, too; a file given by name is read all the same unless `force_exclude` says that `exclude` holds for it (as
    for hooks, which name every file they touch). The metadata of a text stands for that text. What lies in a folder of
    `packs` is no corpus.

    Raises SourceError for a path that is not there.
    """
    patterns = tuple(exclude)
    found = Found()
    links: dict[str, str] = {}
    for given in paths:
        if is_url(given):
            for file in files_below(given, ENDINGS):
                found.files[file] = None
            continue
        path = Path(given)
        if given and path.is_dir():
            _walk(path, patterns, found, links, gitignore=gitignore)
        elif given and (path.exists() or path.is_symlink()):
            excluded = _matching(patterns) if force_exclude else lambda name: None
            for document in _documents_of(path):
                if not any(map(excluded, {document.as_posix(), *document.parts} - {".."})):
                    found.files[document.as_posix()] = None
        else:
            raise not_there(given)
    for file, target in links.items():
        if target in found.files and target not in links:
            del found.files[file]
    if own := tuple(os.path.join(os.path.abspath(pack), "") for pack in packs):  # noqa: PTH100, PTH118
        for file in [file for file in found.files if os.path.abspath(file).startswith(own)]:  # noqa: PTH100
            del found.files[file]
    return found


def _documents_of(path: Path) -> Iterable[Path]:
    """What a file named stands for: itself, or the text whose metadata it holds, as hooks name it."""
    if not is_sidecar(path.name):
        return (path,)
    return filter(os.path.lexists, map(Path, described_by(str(path))))


def _walk(folder: Path, patterns: tuple[str, ...], found: Found, links: dict[str, str], *, gitignore: bool) -> None:
    """Add the files below a folder, and for each that is a link the file below it that it leads to.

    A link that leads out of the folder is not followed: what a stranger's folder names need not be in it.
    """
    excluded = _matching(patterns)
    inside = folder.resolve()
    start = folder.as_posix()
    prefix = "" if start == "." else start if start.endswith("/") else f"{start}/"
    waiting = [(prefix, "", _ignored_above(folder) if gitignore else None)]
    while waiting:
        root, below, ignored = waiting.pop()
        files: list[str] = []
        folders: list[str] = []
        try:
            with os.scandir(root or ".") as listing:
                entries = list(listing)
        except FileNotFoundError:
            continue
        except OSError:
            found.files[root.rstrip("/") or "/"] = None  # whoever reads it says that it cannot be listed
            continue
        names = {entry.name for entry in entries}
        if ignored is not None and _IGNORE_FILE in names:
            ignored = ignored.with_file(root)
        for entry in entries:
            name, is_folder = entry.name, _is_folder(entry)
            if is_folder and entry.is_symlink():
                continue
            if excluded(name) or (below and excluded(below + name)):
                if is_folder and name[:1] != "." and name not in _NOT_NAMED and not names & _OURS:
                    found.folders.append(root + name)
            elif not (is_folder or is_read(name)):
                if not is_sidecar(name):
                    found.endings[PurePosixPath(name).suffix.lower() or "without an ending"] += 1
            elif ignored is not None and ignored.holds(root + name, is_folder=is_folder):
                found.ignored += 1
            elif is_folder:
                folders.append(name)
            elif not entry.is_symlink():
                files.append(name)
            else:
                # `resolve` raises where a link leads back to itself
                real = Path(os.path.realpath(root + name))
                if real.is_relative_to(inside):
                    files.append(name)
                    links[root + name] = prefix + real.relative_to(inside).as_posix()
        found.files.update((root + name, None) for name in sorted(files))
        folders.sort(reverse=True)
        waiting += ((f"{root}{name}/", f"{below}{name}/", ignored) for name in folders)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _matching(patterns: Iterable[str]) -> Callable[[str], object]:
    """Whether one of the patterns matches a name or path; all of them are one expression."""
    translated = [fnmatch.translate(pattern.rstrip("/")) for pattern in patterns]
    return re.compile("|".join(translated)).match if translated else lambda name: None


class Ignored(msgspec.Struct, frozen=True):
    """What `.gitignore` files leave out of a folder, as git reads them: patterns, each with the folder that it counts
    from, the farthest first. The nearest that says something wins.

    A folder of scrapes may have come with one, so its patterns run on an engine that no name can hang, a link
    is not followed (git follows none either), and a walk counts what they left out.
    """

    specs: tuple[tuple[str, Any], ...] = ()

    def with_file(self, folder: str) -> Ignored:
        """The patterns of the `.gitignore` in `folder` ("" or ending in a slash) beside these."""
        spec = _ignore_file(Path(folder or ".") / _IGNORE_FILE)
        whole = os.path.join(os.path.abspath(folder or "."), "")  # noqa: PTH100, PTH118
        return self if spec is None else Ignored((*self.specs, (whole, spec)))

    def holds(self, path: str, *, is_folder: bool = False) -> bool:
        """Whether git would ignore `path`."""
        if not self.specs:
            return False
        whole = os.path.abspath(path) + ("/" if is_folder else "")  # noqa: PTH100 - links stay as they were named
        for folder, spec in reversed(self.specs):
            said = spec.check_file(whole[len(folder) :]).include
            if said is not None:
                return bool(said)
        return False


def _ignored_above(folder: Path) -> Ignored:
    """What the repository that `folder` is in says of it, from its top down; nothing where it is in none, and nothing
    where the folder itself is ignored: it was asked for by name."""
    whole = Path(os.path.abspath(folder))  # noqa: PTH100
    above = [whole, *whole.parents]  # any of them may be closed, and Path.exists raises an error then
    top = next((number for number, parent in enumerate(above) if os.path.exists(parent / ".git")), -1)  # noqa: PTH110
    ignored = Ignored()
    for parent in reversed(above[1 : top + 1]):
        if os.path.exists(parent / _IGNORE_FILE):  # noqa: PTH110
            ignored = ignored.with_file(f"{parent.as_posix()}/")
    return Ignored() if ignored.holds(whole.as_posix(), is_folder=True) else ignored


def _ignore_file(path: Path) -> Any:
    """The patterns of one file; None where it is a link or no regular file."""
    try:
        look = path.lstat()
        if not stat.S_ISREG(look.st_mode):
            return None
        if look.st_size > _LONGEST_IGNORE_FILE:
            raise ConfigError(f"holds more than {_LONGEST_IGNORE_FILE >> 10} kB", path=str(path), remedy=_TURN_OFF)
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", path=str(path), remedy=_TURN_OFF) from error
    from pathspec import GitIgnoreSpec  # only where there is such a file

    try:
        # Of its engines this one does not backtrack: a*a*a*a*b of a stranger's file costs what any pattern does.
        return GitIgnoreSpec.from_lines(lines, backend="hyperscan")
    except Exception as error:  # the library's own errors and those of its engine have no common ground
        raise ConfigError(f"cannot be used: {error}", path=str(path), remedy=_TURN_OFF) from error


_TURN_OFF = "mend it, or write `respect-gitignore = false` into the configuration"
