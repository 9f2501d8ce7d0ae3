"""A user's rule packs on their way to workers that do not see the driver's disk."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpuslint.config.settings import Settings


@dataclass(frozen=True, slots=True)
class Pack:
    """The files of one pack folder, by their paths in it."""

    name: str
    files: tuple[tuple[str, bytes], ...]

    @property
    def digest(self) -> str:
        """What the pack holds, as a name."""
        digest = hashlib.sha256()
        for path, content in self.files:
            digest.update(f"{path}\0{len(content)}\0".encode())
            digest.update(content)
        return digest.hexdigest()[:24]


def packed(folders: Iterable[Path]) -> tuple[Pack, ...]:
    """The packs in `folders`, whole, without caches and hidden files."""
    return tuple(
        Pack(
            folder.resolve().name,
            tuple(
                (path.relative_to(folder).as_posix(), path.read_bytes())
                for path in sorted(folder.rglob("*"))
                if path.is_file() and not any(part.startswith((".", "__")) for part in path.relative_to(folder).parts)
            ),
        )
        for folder in folders
    )


def unpacked(settings: Settings, packs: tuple[Pack, ...]) -> Settings:
    """`settings` with the packs unpacked on this machine; unchanged where none travelled."""
    if not packs:
        return settings
    return dataclasses.replace(settings, packs=tuple(_unpack(pack) for pack in packs))


def _unpack(pack: Pack) -> Path:
    target = Path(tempfile.gettempdir()) / f"corpuslint-packs-{os.getuid() if hasattr(os, 'getuid') else 0}"
    target.mkdir(mode=0o700, exist_ok=True)
    if hasattr(os, "getuid") and target.stat().st_uid != os.getuid():
        raise PermissionError(f"{target} belongs to somebody else")
    folder = target / pack.digest / pack.name
    if folder.is_dir():
        return folder
    with tempfile.TemporaryDirectory(dir=target) as scratch:
        inner = Path(scratch) / "pack"
        for path, content in pack.files:
            file = inner / pack.name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        try:
            inner.rename(target / pack.digest)
        except OSError:
            if not folder.is_dir():  # not just another worker that was first
                raise
    return folder
