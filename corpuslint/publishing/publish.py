"""A version to where others find it: a folder, any fsspec URL, or the Hugging Face Hub.

Everywhere the same order: the files, read back and compared, and last the one thing that makes them a version (a
rename, the manifest, a tag). Whatever breaks before that leaves no version, and running it again ends the work.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from pathlib import Path

from corpuslint.errors import PublishError
from corpuslint.formats.atomic import replace_file
from corpuslint.formats.streams import filesystem_of, of_driver
from corpuslint.publishing.folder import (
    HUB_PREFIX,
    LATEST,
    DatasetFolder,
    Published,
    alone,
    hashes_in,
    point_to_latest,
)
from corpuslint.publishing.manifest import MANIFEST_NAME, Version, file_sha256
from corpuslint.publishing.verify import verified

RELEASES_NAME = "releases.json"


def publish(folder: DatasetFolder, to: str, *, private: bool = False, load: bool = True) -> Published:
    """Publish a version that `verify` finds sound.

    `to` is a folder or URL that holds, or will hold, the versions of this one dataset, or `hf://datasets/ORG/NAME`.
    The same version with the same content is no error. Raises PublishError when there is another one under its name,
    and when anything breaks on the way, SourceError for an address that cannot be used; then nothing is published.
    """
    verified(folder)
    if to.startswith(HUB_PREFIX):
        from corpuslint.publishing.hub import publish_to_hub

        done = publish_to_hub(folder, to.removeprefix(HUB_PREFIX), private=private, load=load)
    else:
        done = _to_store(folder, to.removeprefix("file://").rstrip("/"))
    _remember(folder, done)
    return done


def _to_store(folder: DatasetFolder, to: str) -> Published:
    try:
        if "://" in to:
            with of_driver():
                unchanged = _Store(to, folder).publish()
        else:
            unchanged = _to_folder(folder, Path(to))
    except (OSError, ValueError) as trouble:
        raise PublishError(
            f"the version could not be written: {trouble}; nothing was published",
            path=to,
            remedy="Run the same command again.",
        ) from trouble
    return Published(to, folder.manifest.version, unchanged=unchanged)


def _to_folder(folder: DatasetFolder, to: Path) -> bool:
    """Copy beside, compare, rename; what a killed publisher left goes. True where the version was there."""
    final, beside = to / folder.manifest.version, to / f".publishing-{folder.manifest.version}"
    if final.resolve() == folder.path.resolve():
        raise PublishError("the version lies there already: this is where it was built", path=str(to))
    to.mkdir(parents=True, exist_ok=True)
    with alone(to):
        for leftover in to.glob(".publishing-*"):
            shutil.rmtree(leftover)
        wanted = hashes_in(folder.path)
        if unchanged := final.exists():
            if not wanted.items() <= hashes_in(final).items():
                raise _other_content(str(final))
        else:
            for name in wanted:
                (beside / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(folder.path / name, beside / name)
            if hashes_in(beside) != wanted:
                raise PublishError("the files do not read back as they were written", path=str(beside))
            beside.rename(final)
        point_to_latest(to)
    return unchanged


class _Store:
    """A version on its way into a file system of fsspec that knows no rename: a claim keeps publishers of other content
    away, and the manifest, which is written last, makes the version."""

    def __init__(self, url: str, folder: DatasetFolder) -> None:
        self._fs, root = filesystem_of(url)
        self._url, self._root, self._version = url, root.rstrip("/"), folder.version
        self._base = f"{self._root}/{folder.version}"
        self._folder, self._hashes = folder.path, hashes_in(folder.path)

    def publish(self) -> bool:
        """Upload, compare, and only then make it a version; True where it was there."""
        self._fs.invalidate_cache()
        claim, mine = f"{self._root}/.publishing-{self._version}", self._hashes[MANIFEST_NAME].encode()
        if not self._create(claim, mine) and self._read(claim) != mine:
            raise PublishError(
                f"another version {self._version} is being published there",
                path=self._url,
                remedy=f"Wait for it; when that publisher was killed, delete {claim} and run again.",
            )
        try:
            unchanged = self._read(f"{self._base}/{MANIFEST_NAME}") is not None
            if not unchanged:
                self._upload()
            elif self._differing():
                raise _other_content(f"{self._url}/{self._version}")
            self._point_to_latest()
        finally:
            self._fs.rm_file(claim)
        return unchanged

    def _upload(self) -> None:
        self._remove_strangers()
        for name in self._differing()[:-1]:  # the manifest is the last
            self._fs.makedirs(f"{self._base}/{name}".rpartition("/")[0], exist_ok=True)
            self._fs.put_file(str(self._folder / name), f"{self._base}/{name}")
        if (differing := self._differing()) != [MANIFEST_NAME]:
            said = f"{differing[0]} does not read back as it was written; nothing was published"
            raise PublishError(said, path=self._url)
        self._create(f"{self._base}/{MANIFEST_NAME}", (self._folder / MANIFEST_NAME).read_bytes())
        if self._differing():
            raise PublishError("the manifest does not read back as it was written", path=self._url)

    def _remove_strangers(self) -> None:
        """What a killed publisher of other content may have left."""
        wanted = {f"{self._base}/{name}".lstrip("/") for name in self._hashes}
        with contextlib.suppress(FileNotFoundError):
            for path in self._fs.find(self._base):
                if str(path).lstrip("/") not in wanted:
                    self._fs.rm_file(path)

    def _create(self, path: str, data: bytes) -> bool:
        """Write a file that is not there; False when it is. Stores that cannot do this in one step do it in two."""
        try:
            self._fs.pipe_file(path, data, mode="create")
        except FileExistsError:
            return False
        except (TypeError, NotImplementedError):
            if self._fs.exists(path):
                return False
            self._fs.pipe_file(path, data)
        except OSError as trouble:
            if "Precondition" not in str(trouble) and "At least one of the pre-conditions" not in str(trouble):
                raise
            return False
        return True

    def _differing(self) -> list[str]:
        """The files that are missing there or other ones, the manifest last."""
        return [name for name, sha256 in self._hashes.items() if self._sha256(f"{self._base}/{name}") != sha256]

    def _sha256(self, path: str) -> str:
        digest = hashlib.sha256()
        try:
            with self._fs.open(path, "rb") as stream:
                while chunk := stream.read(1 << 20):
                    digest.update(chunk)
        except FileNotFoundError:
            return ""
        return digest.hexdigest()

    def _read(self, path: str) -> bytes | None:
        try:
            return bytes(self._fs.cat_file(path))
        except FileNotFoundError:
            return None

    def _point_to_latest(self) -> None:
        now = (self._read(f"{self._root}/{LATEST}") or b"").decode("utf-8", "replace").strip()
        try:
            behind = not now or Version.parse(now) < self._version
        except PublishError:
            behind = True
        if behind:
            self._fs.pipe_file(f"{self._root}/{LATEST}", f"{self._version}\n".encode())


def _other_content(place: str) -> PublishError:
    return PublishError(
        "the version is published there with other content; nothing was changed",
        path=place,
        remedy="A published version never changes: build and publish the next one.",
    )


def _remember(folder: DatasetFolder, done: Published) -> None:
    """Note the release beside the versions, outside the version itself."""
    path = folder.path.parent / RELEASES_NAME
    try:
        known = json.loads(path.read_text("utf-8")) if path.is_file() else []
    except ValueError:
        known = []
    sha256 = file_sha256(folder.path / MANIFEST_NAME)
    entry = {"version": done.version, "target": done.target, "revision": done.revision, "manifest_sha256": sha256}
    if entry not in known:
        known = sorted([*known, entry], key=lambda one: (str(one.get("version")), str(one.get("target"))))
        replace_file(path, (json.dumps(known, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode())
