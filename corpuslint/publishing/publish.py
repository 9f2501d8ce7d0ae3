"""A version to where others find it: a folder, any fsspec URL, or the Hugging Face Hub.

Everywhere the same order: the files, read back and compared, and last the one thing that makes them a version (a
rename, the manifest, a tag). Whatever breaks before that leaves no version, and running it again ends the work.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from corpuslint.errors import PublishError
from corpuslint.formats.atomic import replace_file
from corpuslint.formats.streams import refusal_of
from corpuslint.publishing.folder import (
    HUB_PREFIX,
    LATEST,
    DatasetFolder,
    Published,
    alone,
    files_of,
    point_to_latest,
)
from corpuslint.publishing.manifest import MANIFEST_NAME, file_sha256
from corpuslint.publishing.verify import verified
from corpuslint.publishing.version import Version
from corpuslint.text.secrets import without_secrets

RELEASES_NAME = "releases.json"


def publish(folder: DatasetFolder, to: str, *, private: bool = False, load: bool = True) -> Published:
    """Publish a version that `verify` finds sound.

    `to` is a folder or URL that holds, or will hold, the versions of this one dataset, or `hf://datasets/ORG/NAME`.
    The same version with the same content is no error. Raises PublishError when there is another one under its name,
    and when anything breaks on the way; then nothing is published.
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
    import fsspec

    refused, remedy = refusal_of(to)
    if refused:
        raise PublishError(refused, repo=without_secrets(to), remedy=remedy)
    try:
        fs, root = fsspec.core.url_to_fs(to)
        return _Store(fs, str(root).rstrip("/"), to, folder).publish()
    except ImportError as trouble:
        raise PublishError(
            f"{to.split('://')[0]}:// needs a package that is not installed ({trouble})",
            repo=to,
            remedy="For S3: install the extra `s3`.",
        ) from trouble
    except (OSError, ValueError) as trouble:
        raise PublishError(
            f"the version could not be written: {trouble}; nothing was published",
            repo=to,
            remedy="Run the same command again.",
        ) from trouble


class _Store:
    """A version on its way into a folder or another file system of fsspec.

    A folder has a lock, and a rename makes the version; elsewhere a claim stands for the lock, and the manifest, which
    is written last, makes it one.
    """

    def __init__(self, fs: Any, root: str, url: str, folder: DatasetFolder) -> None:
        self._fs, self._root, self._url, self._folder = fs, root, url, folder
        self._local = Path(root) if "://" not in url else None
        self._version = folder.manifest.version
        self._final = f"{root}/{self._version}"
        self._claim = f"{root}/.publishing-{self._version}"
        self._base = self._claim if self._local else self._final
        self._mine = file_sha256(folder.path / MANIFEST_NAME)

    def publish(self) -> Published:
        """Upload, compare, and only then make it a version."""
        self._fs.invalidate_cache()
        if self._local and Path(self._final).resolve() == self._folder.path.resolve():
            raise PublishError("the version lies there already: this is where it was built", repo=self._url)
        with self._alone():
            there = self._read(f"{self._final}/{MANIFEST_NAME}")
            unchanged = there is not None
            if unchanged or (self._local and Path(self._final).exists()):
                if hashlib.sha256(there or b"").hexdigest() != self._mine or self._differing(self._final):
                    raise PublishError(
                        f"version {self._version} is published there with other content; nothing was changed",
                        repo=f"{self._url}/{self._version}",
                        remedy="A published version never changes: build and publish the next one.",
                    )
            else:
                self._upload()
            self._point_to_latest()
        return Published(self._url, self._version, unchanged=unchanged)

    def _upload(self) -> None:
        files = files_of(self._folder)
        for name, path in files.items():
            if name != MANIFEST_NAME and self._sha256(f"{self._base}/{name}") != file_sha256(path):
                self._fs.makedirs(f"{self._base}/{name}".rpartition("/")[0], exist_ok=True)
                self._fs.put_file(str(path), f"{self._base}/{name}")
        self._remove_strangers(files)
        if differing := [name for name in self._differing(self._base) if name != MANIFEST_NAME]:
            raise PublishError(
                f"{differing[0]} does not read back as it was written; nothing was published", repo=self._url
            )
        self._create(f"{self._base}/{MANIFEST_NAME}", files[MANIFEST_NAME].read_bytes())
        if self._differing(self._base):
            raise PublishError("the manifest does not read back as it was written", repo=self._url)
        if self._local:
            Path(self._base).rename(self._final)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other publishers of this version away; what a killed one left in a folder goes."""
        if self._local:
            self._local.mkdir(parents=True, exist_ok=True)
            with alone(self._local):
                for leftover in self._local.glob(".publishing-*"):
                    shutil.rmtree(leftover)
                yield
            return
        self._take_claim()
        try:
            yield
        finally:
            self._fs.rm_file(self._claim)

    def _take_claim(self) -> None:
        """Two publishers of different content must not mix their files. The same content may: it is the same."""
        if self._create(self._claim, self._mine.encode()):
            return
        if self._read(self._claim) != self._mine.encode():
            raise PublishError(
                f"another version {self._version} is being published there",
                repo=self._url,
                remedy=f"Wait for it; when that publisher was killed, delete {self._claim} and run again.",
            )

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

    def _differing(self, base: str) -> list[str]:
        return [
            name for name, path in files_of(self._folder).items() if self._sha256(f"{base}/{name}") != file_sha256(path)
        ]

    def _sha256(self, path: str) -> str:
        try:
            with self._fs.open(path, "rb") as stream:
                digest = hashlib.sha256()
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

    def _remove_strangers(self, files: Mapping[str, Path]) -> None:
        """What a killed publisher of other content may have left."""
        self._fs.invalidate_cache()
        try:
            found = self._fs.find(self._base)
        except FileNotFoundError:
            found = []
        wanted = {f"{self._base}/{name}".lstrip("/") for name in files}
        for path in found:
            if str(path).lstrip("/") not in wanted:
                self._fs.rm_file(path)

    def _point_to_latest(self) -> None:
        if self._local:
            point_to_latest(self._local)
            return
        now = (self._read(f"{self._root}/{LATEST}") or b"").decode("utf-8", "replace").strip()
        try:
            behind = not now or Version.parse(now) < self._folder.version
        except PublishError:
            behind = True
        if behind:
            self._fs.pipe_file(f"{self._root}/{LATEST}", f"{self._version}\n".encode())


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
