"""A version to the Hugging Face Hub: one commit, read back and compared, loaded, and then the tag."""

from __future__ import annotations

import hashlib
import logging
import os
import re
from collections.abc import Mapping
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any

from corpuslint.errors import PublishError
from corpuslint.publishing.folder import HUB_PREFIX, DatasetFolder, Published, files_of
from corpuslint.publishing.loading import load_trouble
from corpuslint.publishing.manifest import file_sha256

_REPO = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*")
_KEPT = ".gitattributes"
"""The Hub puts this file into every repository; it is no part of a version."""

_ODD_ANSWERS = (LookupError, TypeError, AttributeError)
"""What comes of JSON that no Hub would send: the library takes its parts without looking."""
BROKEN = (OSError, RuntimeError, ValueError, *_ODD_ANSWERS)
"""What the library raises where a Hub, or the way to it, is not as it should be."""
_MOST_FILES = 100_000
"""Of a repository: a list can go on for ever."""


def publish_to_hub(folder: DatasetFolder, repo: str, *, private: bool = False, load: bool = True) -> Published:
    """Publish to the dataset repository `ORG/NAME`, which is made if need be; the tag is the version, as `1.0.0`.

    `HF_ENDPOINT` names another Hub. The token comes from `HF_TOKEN` or the Hub's own login, and is kept nowhere.
    """
    if not _REPO.fullmatch(repo):
        raise PublishError(f"{repo!r} is no dataset repository", remedy=f"Write {HUB_PREFIX}ORG/NAME.")
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError
    from huggingface_hub.utils.tqdm import disable_progress_bars

    disable_progress_bars()
    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)
    # The base class of the transport's errors has changed its library twice: requests, httpx, httpx2.
    expected: tuple[type[Exception], ...] = BROKEN
    expected += tuple(kind for kind in HfHubHTTPError.__mro__ if kind.__name__ == "HTTPError")
    api = HfApi(endpoint=os.environ.get("HF_ENDPOINT") or None, library_name="corpuslint")
    try:
        return _Upload(api, folder, repo).run(private=private, load=load)
    except expected as trouble:
        raise explained(trouble, repo) from trouble


class _Upload:
    """One version on its way to one repository."""

    def __init__(self, api: Any, folder: DatasetFolder, repo: str) -> None:
        self._api, self._folder, self._repo = api, folder, repo
        self._tag = folder.manifest.version
        self._files = files_of(folder)

    def run(self, *, private: bool, load: bool) -> Published:
        self._api.create_repo(self._repo, repo_type="dataset", private=private, exist_ok=True)
        head, tags = self._refs()
        if self._tag in tags:
            if self._differing(tags[self._tag]):
                raise PublishError(
                    f"the tag {self._tag} is there with other content; nothing was published",
                    repo=HUB_PREFIX + self._repo,
                    remedy="A published version never changes: build and publish the next one.",
                )
            return self._done(tags[self._tag], unchanged=True)
        oid = self._commit(head) if self._differing(head) else head
        if differing := self._differing(oid):
            raise PublishError(
                f"{differing[0]} does not read back from the Hub as it was sent; no tag was set",
                repo=HUB_PREFIX + self._repo,
                remedy="Run the same command again.",
            )
        if load and (said := load_trouble(self._repo, self._folder.manifest, revision=oid)):
            raise PublishError(f"{said}; no tag was set", repo=HUB_PREFIX + self._repo)
        self._set_tag(oid)
        return self._done(oid)

    def _done(self, oid: str, unchanged: bool = False) -> Published:
        return Published(HUB_PREFIX + self._repo, self._tag, oid, unchanged)

    def _refs(self) -> tuple[str, dict[str, str]]:
        refs = self._api.list_repo_refs(self._repo, repo_type="dataset")
        heads = {branch.name: branch.target_commit for branch in refs.branches}
        return heads["main"], {tag.name: tag.target_commit for tag in refs.tags}

    def _tree(self, revision: str) -> dict[str, Any]:
        tree = self._api.list_repo_tree(self._repo, repo_type="dataset", revision=revision, recursive=True)
        files = {entry.path: entry for entry in islice(tree, _MOST_FILES) if hasattr(entry, "blob_id")}
        if next(tree, None) is not None:
            raise ValueError(f"more than {_MOST_FILES:,} files")
        return files

    def _differing(self, revision: str) -> list[str]:
        """The files that are missing, too many or other ones at a revision."""
        there = self._tree(revision)
        there.pop(_KEPT, None)
        other = [name for name, path in self._files.items() if not _is_same(there.get(name), path)]
        return sorted({*other, *(there.keys() - self._files.keys())})

    def _commit(self, head: str) -> str:
        """One commit on top of `head`; the Hub refuses it when somebody else has committed since."""
        from huggingface_hub import CommitOperationAdd, CommitOperationDelete

        there = self._tree(head)
        gone = sorted(there.keys() - self._files.keys() - {_KEPT})
        with ExitStack() as stack:
            # Open files, not paths: a path would go by Xet, which no Hub but the one has.
            operations: list[CommitOperationAdd | CommitOperationDelete] = [
                CommitOperationAdd(path_in_repo=name, path_or_fileobj=stack.enter_context(path.open("rb")))
                for name, path in self._files.items()
                if not _is_same(there.get(name), path)
            ]
            operations += [CommitOperationDelete(path_in_repo=name, is_folder=False) for name in gone]
            done = self._api.create_commit(
                self._repo,
                operations,
                commit_message=f"{self._folder.manifest.name} {self._tag}",
                repo_type="dataset",
                revision="main",
                parent_commit=head,
            )
        return str(done.oid)

    def _set_tag(self, oid: str) -> None:
        self._api.create_tag(self._repo, repo_type="dataset", tag=self._tag, revision=oid)
        _, tags = self._refs()
        if tags.get(self._tag) != oid:
            raise PublishError(
                f"the tag {self._tag} points to another commit than ours ({oid})", repo=HUB_PREFIX + self._repo
            )


def _is_same(entry: Any, path: Path) -> bool:
    """Whether a file on the Hub has these bytes: by sha256 for LFS, else by the sha1 that git gives it."""
    if entry is None or entry.size != path.stat().st_size:
        return False
    lfs: Mapping[str, str] | None = entry.lfs
    if lfs is not None:
        return str(lfs["sha256"]) == file_sha256(path)
    data = path.read_bytes()
    return str(entry.blob_id) == hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def explained(trouble: BaseException, repo: str, outcome: str = "nothing was published") -> PublishError:
    """What went wrong in the words of the reader's situation; never with the request, whose headers hold the token."""
    status = getattr(getattr(trouble, "response", None), "status_code", 0)
    remedy = "Run the same command again: what is there already is not sent twice."
    if status == 412:
        said = "somebody else committed to the repository at the same time"
    elif status == 409:
        said = "the Hub refused it because of a conflict"
    elif status in (401, 403):
        said = "the Hub did not accept the token"
        remedy = "Set HF_TOKEN, or log in with `hf auth login`, with a token that may write there."
    elif status == 404:
        said, remedy = "the Hub has no such repository or revision", "Check its name, and the version after the @."
    elif isinstance(trouble, _ODD_ANSWERS):
        said, remedy = f"what answered is no Hub ({type(trouble).__name__}: {trouble})", "Look at HF_ENDPOINT."
    elif status == 429:
        said = "the Hub asks to wait (429)"
    else:
        lines = str(trouble).splitlines() or [""]
        reason = f"HTTP {status}" if status else f"{type(trouble).__name__}: {lines[0][:200]}"
        said = f"the transfer broke off ({reason})"
    return PublishError(f"{said}; {outcome}", repo=HUB_PREFIX + repo, remedy=remedy)
