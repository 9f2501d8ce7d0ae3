"""A version from wherever it lies: a folder is opened, a URL or a Hub's tag is fetched into a folder that goes away."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from corpuslint.errors import PublishError
from corpuslint.formats.streams import filesystem_of, of_driver
from corpuslint.publishing.folder import HUB_PREFIX, LATEST, DatasetFolder, named_latest
from corpuslint.publishing.hub import asking, endpoint


@contextlib.contextmanager
def opened(where: str) -> Iterator[DatasetFolder]:
    """The version at `where`: a folder, an fsspec URL, or `hf://datasets/ORG/NAME@X.Y.Z`."""
    if "://" not in where:
        yield DatasetFolder.open(Path(where))
        return
    with tempfile.TemporaryDirectory(prefix="corpuslint-") as folder:
        fetch = _from_hub if where.startswith(HUB_PREFIX) else _from_filesystem
        fetch(where, Path(folder))
        try:
            version = DatasetFolder.open(Path(folder))
        except PublishError as trouble:
            trouble.path = where  # not the folder that goes away
            raise
        yield version


def _from_hub(where: str, folder: Path) -> None:
    from huggingface_hub import snapshot_download

    repo, _, revision = where.removeprefix(HUB_PREFIX).partition("@")
    with asking(repo, "it was not read"):
        snapshot_download(
            repo,
            repo_type="dataset",
            revision=revision or None,
            local_dir=folder,
            endpoint=endpoint(),
            ignore_patterns=[".gitattributes"],
        )
    # What the client notes of its downloads is no part of the version.
    shutil.rmtree(folder / ".cache", ignore_errors=True)


def _from_filesystem(where: str, folder: Path) -> None:
    fs, root = filesystem_of(where.rstrip("/"))
    try:
        with of_driver():
            fs.invalidate_cache()
            if fs.exists(f"{root}/{LATEST}"):
                root = f"{root}/{named_latest(fs.cat_file(f'{root}/{LATEST}').decode(), where)}"
            for name in fs.find(root):
                inner = str(name).removeprefix(root).lstrip("/")
                if ".." in inner.split("/"):  # what a store calls its files is the store's word
                    raise PublishError(f"the store has a file outside the version: {inner}", path=where)
                (folder / inner).parent.mkdir(parents=True, exist_ok=True)
                fs.get_file(name, str(folder / inner))
    except OSError as trouble:
        raise PublishError(f"the version cannot be read: {trouble}", path=where) from trouble
