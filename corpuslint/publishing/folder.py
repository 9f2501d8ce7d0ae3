"""A version on disk, read: its manifest, its index, its rows. And the folder that holds a dataset's versions."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpuslint.errors import PublishError
from corpuslint.formats.atomic import locked, replace_file, sweep_folder
from corpuslint.publishing.manifest import MANIFEST_NAME, Manifest, Version, file_sha256
from corpuslint.publishing.parquet import Plain, read_rows, rows_in

LATEST = "LATEST"
HUB_PREFIX = "hf://datasets/"
INDEX_PATH = "index/records.parquet"


@dataclass(frozen=True, slots=True)
class DatasetFolder:
    """One version of a dataset in a folder."""

    path: Path
    manifest: Manifest

    @classmethod
    def open(cls, path: Path) -> DatasetFolder:
        """The version in `path`: the folder of a version, or the folder of a dataset, which means its latest one."""
        if not path.is_dir():
            raise PublishError("there is no such folder", path=str(path))
        if not (path / MANIFEST_NAME).is_file() and (path / LATEST).is_file():
            path = path / named_latest((path / LATEST).read_text("utf-8", "replace"), str(path))
        if not (path / MANIFEST_NAME).is_file():
            raise PublishError(
                f"this is not a dataset version: it has no {MANIFEST_NAME}",
                path=str(path),
                remedy="Give the folder that `corpuslint build` wrote, as dist/NAME/1.0.0 or dist/NAME.",
            )
        try:
            text = (path / MANIFEST_NAME).read_text("utf-8")
        except UnicodeDecodeError as trouble:
            raise PublishError(f"the manifest cannot be read ({trouble})", path=str(path)) from trouble
        return cls(path, Manifest.from_json(text, str(path / MANIFEST_NAME)))

    @property
    def version(self) -> Version:
        """The version it is of."""
        return Version.parse(self.manifest.version)

    def index(self) -> list[Plain]:
        """Where every record is, and was: rows with `present` false left the dataset and keep their split."""
        path = self.path / INDEX_PATH
        return read_rows(path) if path.is_file() else []

    def rows(
        self, config: str, shards: Collection[int] | None = None, columns: Sequence[str] | None = None
    ) -> Iterator[Plain]:
        """The rows of a config, file by file, a batch in memory at a time; `shards` and `columns` narrow them."""
        for entry in self.manifest.of(config):
            if shards is None or entry.shard in shards:
                yield from rows_in(self.file(entry.path), columns)

    def edits(self, wanted: Collection[str], shards: Collection[int] | None = None) -> dict[str, list[Plain]]:
        """The edits of some records, by id, in the order they were made; none for one that has none."""
        found: dict[str, list[Plain]] = {identity: [] for identity in wanted}
        for row in self.rows("edits", shards) if found else ():
            if row["id"] in found:
                found[row["id"]].append(row)
        return {identity: sorted(made, key=lambda row: int(row["seq"])) for identity, made in found.items()}

    def file(self, name: str) -> Path:
        """A file that the manifest lists. PublishError where it lies outside: manifests come from others."""
        path = self.path / name
        inside = not Path(name).is_absolute() and ".." not in Path(name).parts
        if not inside or not Path(os.path.realpath(path)).is_relative_to(self.path.resolve()):
            raise PublishError(f"the manifest points outside the version: {name}", path=str(self.path))
        return path


def named_latest(text: str, where: str) -> str:
    """The version that a file LATEST names. PublishError where it names no version: such files come from others."""
    try:
        return str(Version.parse(text.strip()))
    except PublishError:
        raise PublishError(f"{LATEST} names no version: {text.strip()[:40]!r}", path=where) from None


def versions_in(dataset: Path) -> dict[Version, Path]:
    """The versions in a dataset's folder, oldest first."""
    found = {}
    for path in dataset.iterdir() if dataset.is_dir() else ():
        try:
            version = Version.parse(path.name)
        except PublishError:
            continue
        if (path / MANIFEST_NAME).is_file():
            found[version] = path
    return dict(sorted(found.items()))


@contextlib.contextmanager
def alone(dataset: Path) -> Iterator[None]:
    """Hold a dataset's folder for one writer, and take away what one that died was writing; the lock ends with the
    process, however that ends."""
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(locked(dataset / ".lock", wait=False))
            sweep_folder(dataset)
        except BlockingIOError:
            raise PublishError(
                "somebody else is writing to this dataset", path=str(dataset), remedy="Wait for it to end."
            ) from None
        except OSError as error:
            raise PublishError(
                f".lock cannot be held: {error.strerror or error}", path=str(dataset), remedy="Remove it."
            ) from error
        yield


def point_to_latest(dataset: Path) -> None:
    """Write which version is the latest, if that is not what stands there."""
    if versions := versions_in(dataset):
        replace_file(dataset / LATEST, f"{max(versions)}\n".encode())


@dataclass(frozen=True, slots=True)
class Published:
    """Where a version is now. `revision` is the commit on the Hub, "" elsewhere; `unchanged` says it was there."""

    target: str
    version: str
    revision: str = ""
    unchanged: bool = False


def hashes_in(folder: Path) -> dict[str, str]:
    """The sha256 of every file below a folder, by its path there; the manifest of a version is the last."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return {name: file_sha256(folder / name) for name in sorted(names, key=lambda name: (name == MANIFEST_NAME, name))}
