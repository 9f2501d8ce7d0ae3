"""A version to the Hugging Face Hub: one commit, read back and compared, loaded, and then the tag."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from corpuslint.errors import PublishError
from corpuslint.publishing.folder import HUB_PREFIX, DatasetFolder, Published, hashes_in
from corpuslint.publishing.loading import load_trouble

_REPO = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*")
_KEPT = ".gitattributes"
"""The Hub puts this file into every repository; it is no part of a version."""

_ODD_ANSWERS = (LookupError, TypeError, AttributeError)
"""What comes of JSON that no Hub would send: the library takes its parts without looking."""
_MOST_FILES = 100_000
"""Of a repository: a list can go on for ever."""

_AGAIN = "Run the same command again: what is there already is not sent twice."
_LOOK = "Look at HF_ENDPOINT and the network, then run the same command again."
_LOG_IN = "Set HF_TOKEN, or log in with `hf auth login`, with a token that may write there."
_STATUS = {
    401: ("the Hub did not accept the token", _LOG_IN),
    403: ("the Hub did not accept the token", _LOG_IN),
    404: ("the Hub has no such repository or revision", "Check its name, and the version after the @."),
    409: ("the Hub refused it because of a conflict", _AGAIN),
    412: ("somebody else committed to the repository at the same time", _AGAIN),
    429: ("the Hub asks to wait (429)", _AGAIN),
}


def publish_to_hub(folder: DatasetFolder, repo: str, *, private: bool = False, load: bool = True) -> Published:
    """Publish to the dataset repository `ORG/NAME`, which is made if need be; the tag is the version, as `1.0.0`.

    `HF_ENDPOINT` names another Hub. The token comes from `HF_TOKEN` or the Hub's own login, and is kept nowhere.
    """
    if not _REPO.fullmatch(repo):
        raise PublishError(f"{repo!r} is no dataset repository", remedy=f"Write {HUB_PREFIX}ORG/NAME.")
    from huggingface_hub import HfApi

    api, there, tag = HfApi(library_name="corpuslint", endpoint=endpoint()), HUB_PREFIX + repo, folder.manifest.version
    upload = _Upload(api, repo, folder)
    upload.ask(api.create_repo, private=private, exist_ok=True)
    heads, tags = upload.refs()
    if tag in tags:
        if upload.differing(tags[tag]):
            raise PublishError(
                f"the tag {tag} is there with other content; nothing was published",
                path=there,
                remedy="A published version never changes: build and publish the next one.",
            )
        return Published(there, tag, tags[tag], unchanged=True)
    if "main" not in heads:
        raise PublishError("what answered is no Hub (a repository without a branch main)", path=there)
    oid = upload.commit(heads["main"]) if upload.differing(heads["main"]) else heads["main"]
    if differing := upload.differing(oid):
        raise PublishError(
            f"{differing[0]} does not read back from the Hub as it was sent; no tag was set",
            path=there,
            remedy="Run the same command again.",
        )
    if load and (said := load_trouble(repo, folder.manifest, revision=oid)):
        raise PublishError(f"{said}; no tag was set", path=there)
    upload.ask(api.create_tag, tag=tag, revision=oid)
    if upload.refs()[1].get(tag) != oid:
        raise PublishError(f"the tag {tag} points to another commit than ours ({oid})", path=there)
    return Published(there, tag, oid)


class _Upload:
    """One version on its way to one repository."""

    def __init__(self, api: Any, repo: str, folder: DatasetFolder) -> None:
        self._api, self._repo = api, repo
        self._message = f"{folder.manifest.name} {folder.manifest.version}"
        self._folder, self._hashes = folder.path, hashes_in(folder.path)

    def ask(self, call: Callable[..., Any], **arguments: Any) -> Any:
        """What the Hub answers; a list where the library asks for more and more of it."""
        with asking(self._repo):
            answer = call(self._repo, repo_type="dataset", **arguments)
            return [*islice(answer, _MOST_FILES + 1)] if isinstance(answer, Iterator) else answer

    def refs(self) -> tuple[dict[str, str], dict[str, str]]:
        """The commits of branches and of tags, by name."""
        found = self.ask(self._api.list_repo_refs)
        heads, tags = ({ref.name: ref.target_commit for ref in refs} for refs in (found.branches, found.tags))
        return heads, tags

    def differing(self, revision: str) -> list[str]:
        """The files that are missing, too many or other ones at a revision."""
        there = self._tree(revision)
        other = [name for name, sha256 in self._hashes.items() if not self._is_same(there.get(name), name, sha256)]
        return sorted({*other, *(there.keys() - self._hashes.keys())})

    def commit(self, head: str) -> str:
        """One commit on top of `head`; the Hub refuses it when somebody else has committed since."""
        from huggingface_hub import CommitOperationAdd, CommitOperationDelete

        with contextlib.ExitStack() as stack:
            # Open files, not paths: a path would go by Xet, which no Hub but the one has.
            operations = [
                CommitOperationAdd(name, stack.enter_context((self._folder / name).open("rb")))
                if name in self._hashes
                else CommitOperationDelete(name, is_folder=False)
                for name in self.differing(head)
            ]
            done = self.ask(
                self._api.create_commit,
                operations=operations,
                commit_message=self._message,
                revision="main",
                parent_commit=head,
            )
        return str(done.oid)

    def _tree(self, revision: str) -> dict[str, Any]:
        entries = self.ask(self._api.list_repo_tree, revision=revision, recursive=True)
        if len(entries) > _MOST_FILES:
            raise PublishError(f"the repository has more than {_MOST_FILES:,} files", path=HUB_PREFIX + self._repo)
        return {entry.path: entry for entry in entries if hasattr(entry, "blob_id") and entry.path != _KEPT}

    def _is_same(self, entry: Any, name: str, sha256: str) -> bool:
        """Whether a file on the Hub has these bytes: by sha256 for LFS, else by the sha1 that git gives it."""
        if entry is None or entry.lfs is not None:
            return entry is not None and str(entry.lfs["sha256"]) == sha256
        data = (self._folder / name).read_bytes()
        return str(entry.blob_id) == hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def endpoint() -> str | None:
    """The address of the Hub that `HF_ENDPOINT` names; None for the one."""
    return os.environ.get("HF_ENDPOINT") or None


@contextlib.contextmanager
def asking(repo: str, outcome: str = "nothing was published") -> Iterator[None]:
    """Around one call of the library: what it raises where a Hub, or the way to it, is not as it should be, is a
    PublishError."""
    from huggingface_hub.errors import HfHubHTTPError
    from huggingface_hub.utils.tqdm import disable_progress_bars

    disable_progress_bars()
    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)
    # The base class of the transport's errors has changed its library twice: requests, httpx, httpx2.
    broken: tuple[type[Exception], ...] = (OSError, RuntimeError, ValueError, *_ODD_ANSWERS)
    broken += tuple(kind for kind in HfHubHTTPError.__mro__ if kind.__name__ == "HTTPError")
    try:
        yield
    except broken as trouble:
        raise explained(trouble, repo, outcome) from trouble


def explained(trouble: BaseException, repo: str, outcome: str = "nothing was published") -> PublishError:
    """What went wrong in the words of the reader's situation; never with the request, whose headers hold the token."""
    status = getattr(getattr(trouble, "response", None), "status_code", 0)
    first = str(trouble).partition("\n")[0][:200]
    reason = f"HTTP {status}" if status else f"{type(trouble).__name__}: {first}"
    said, remedy = _STATUS.get(status, (f"the transfer broke off ({reason})", _AGAIN if status else _LOOK))
    if isinstance(trouble, _ODD_ANSWERS):
        said = f"what answered is no Hub ({reason})"
    return PublishError(f"{said}; {outcome}", path=HUB_PREFIX + repo, remedy=remedy)
