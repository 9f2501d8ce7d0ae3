"""What `.gitignore` files leave out of a folder, as git reads them: the nearest file that says something wins.

A folder of scrapes may have come with a `.gitignore`, so its patterns run on an engine that no name can hang, a link is
not followed (git follows none either), and a walk counts what they left out.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import msgspec

from corpuslint.errors import ConfigError

IGNORE_FILE = ".gitignore"

_LARGEST = 1 << 18


class Ignored(msgspec.Struct, frozen=True):
    """The patterns that hold in a folder: each with the folder that it counts from, the farthest first."""

    specs: tuple[tuple[str, Any], ...] = ()

    def with_file(self, folder: str) -> Ignored:
        """The patterns of the `.gitignore` in `folder` ("" or ending in a slash) beside these."""
        spec = _read(Path(folder or ".") / IGNORE_FILE)
        return self if spec is None else Ignored((*self.specs, (_absolute(folder), spec)))

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


def above(folder: Path) -> Ignored:
    """What the repository that `folder` is in says of it, from its top down; nothing where it is in none, and nothing
    where the folder itself is ignored: it was asked for by name."""
    whole = Path(os.path.abspath(folder))  # noqa: PTH100
    parents: list[Path] = []
    at = whole
    while not (at / ".git").exists():
        if at.parent == at:
            return Ignored()
        at = at.parent
        parents.append(at)
    ignored = Ignored()
    for parent in reversed(parents):
        if (parent / IGNORE_FILE).exists():
            ignored = ignored.with_file(f"{parent.as_posix()}/")
    return Ignored() if parents and ignored.holds(whole.as_posix(), is_folder=True) else ignored


def _absolute(folder: str) -> str:
    return os.path.join(os.path.abspath(folder or "."), "")  # noqa: PTH100, PTH118


def _read(path: Path) -> Any:
    """The patterns of one file; None where it is a link or no regular file."""
    try:
        look = path.lstat()
        if not stat.S_ISREG(look.st_mode):
            return None
        if look.st_size > _LARGEST:
            raise ConfigError(f"holds more than {_LARGEST >> 10} kB", path=str(path), remedy=_TURN_OFF)
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
