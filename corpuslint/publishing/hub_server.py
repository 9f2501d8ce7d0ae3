"""A Hub of one's own: enough of the Hugging Face Hub for its real clients to work with, for laboratories without
internet access and for tests. Reading is free; writing needs one of the tokens.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from corpuslint.formats.atomic import replace_file
from corpuslint.serving import LocalServer, body_of

_REPO = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LFS_SUFFIXES = (".parquet", ".zst", ".gz", ".png", ".jpg", ".zip", ".arrow", ".bin")
_REGULAR_BYTES = 10 << 20
"""A file of more than this goes by LFS whatever its name, as on the Hub."""

_MOST_SAID = 16 << 20
"""Bytes of a request that is read whole."""

_MOST_COMMITTED = 1 << 30
"""Bytes of a commit, which carries its small files with it; large ones are uploaded, and never held whole."""


class Stored(NamedTuple):
    """One file of a commit. `oid` is git's sha1 of it, or of its LFS pointer."""

    size: int
    sha256: str
    oid: str
    lfs: bool


class Commit(msgspec.Struct):
    """One commit: its id, and its files wholly."""

    oid: str
    files: dict[str, Stored]


class Repo(msgspec.Struct):
    """One dataset repository."""

    name: str
    private: bool = False
    commits: dict[str, Commit] = {}
    branches: dict[str, str] = {}
    tags: dict[str, str] = {}


class HubStore:
    """Repositories in a folder. Every change is one rename."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "blobs").mkdir(parents=True, exist_ok=True)
        found = (msgspec.json.decode(path.read_bytes(), type=Repo) for path in sorted(root.glob("repos/*/*.json")))
        self.repos = {repo.name: repo for repo in found}

    def blob(self, sha256: str) -> Path:
        """Where the file of this hash lies."""
        return self.root / "blobs" / sha256

    def save(self, repo: Repo) -> None:
        """Write a repository down."""
        path = self.root / "repos" / f"{repo.name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, msgspec.json.encode(repo))
        self.repos[repo.name] = repo

    def commit(self, repo: Repo, branch: str, message: str, files: dict[str, Stored]) -> str:
        """Add a commit to a branch: its id, which follows from what it says, so a rerun gives the same one."""
        said = [repo.name, repo.branches.get(branch, ""), message, sorted(files.items())]
        oid = hashlib.sha1(msgspec.json.encode(said)).hexdigest()
        repo.commits[oid] = Commit(oid, files)
        repo.branches[branch] = oid
        self.save(repo)
        return oid


class HubServer(LocalServer):
    """A Hub that keeps its repositories in a folder. `tokens` may write (None: any token may).

    Raises OSError where the address cannot be listened on.
    """

    def __init__(
        self,
        root: Path,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        tokens: frozenset[str] | None = None,
        around: Callable[[ASGIApp], ASGIApp] = lambda app: app,
    ) -> None:
        self.store, self._tokens, self._secret = HubStore(root), tokens, secrets.token_bytes(16)
        malformed = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
        dataset, git = "/api/datasets/{owner}/{name}", "/datasets/{owner}/{name}.git"
        app = Starlette(
            routes=[
                self._route("/api/whoami-v2", _whoami, writes=True),
                self._route("/api/repos/create", self._create, "POST", writes=True),
                self._route("/api/validate-yaml", lambda *_: {"errors": [], "warnings": []}, "POST"),
                self._route(dataset, self._info),
                self._route(dataset + "/revision/{revision}", self._info),
                self._route(dataset + "/refs", self._refs),
                self._route(dataset + "/tree/{revision}", self._tree),
                self._route(dataset + "/tree/{revision}/{path:path}", self._tree),
                self._route(dataset + "/paths-info/{revision}", self._paths_info, "POST"),
                self._route(dataset + "/preupload/{revision}", self._preupload, "POST", writes=True),
                self._route(dataset + "/commit/{revision}", self._commit, "POST", writes=True, most=_MOST_COMMITTED),
                self._route(dataset + "/tag/{revision}", self._tag, "POST", writes=True),
                self._route(dataset + "/tag/{revision}", self._untag, "DELETE", writes=True),
                self._route(git + "/info/lfs/objects/batch", self._batch, "POST", writes=True),
                Route("/_lfs/{oid}", self._upload, methods=["PUT"]),
                self._route("/datasets/{owner}/{name}/resolve/{revision}/{path:path}", self._resolve),
            ],
            exception_handlers={HTTPException: _refused, **dict.fromkeys(malformed, _malformed)},
        )

        async def encoded(scope: Scope, receive: Receive, send: Send) -> None:
            """A part of a path may hold an encoded slash (refs%2Fconvert%2Fparquet)."""
            await app({**scope, "path": scope["raw_path"].decode("ascii", "replace")}, receive, send)

        super().__init__(around(encoded), host, port)

    @property
    def endpoint(self) -> str:
        """The address that `HF_ENDPOINT` names."""
        host, port = self.server_address
        return f"http://{host}:{port}"

    def seal(self, sha256: str) -> str:
        """What makes an upload address ours: LFS uploads come without a token."""
        return hmac.new(self._secret, sha256.encode(), "sha256").hexdigest()

    def _route(
        self,
        path: str,
        answer: Callable[[Request, bytes], Any],
        method: str = "GET",
        *,
        writes: bool = False,
        most: int = _MOST_SAID,
    ) -> Route:
        """An endpoint that gives what `answer` makes of a request and its body: JSON, or a response as it is."""

        async def answered(request: Request) -> Response:
            if writes and not self._token_is_good(request):
                raise _error(401, "Invalid username or password.")
            made = answer(request, await body_of(request, most) if method == "POST" else b"")
            return made if isinstance(made, Response) else JSONResponse(made)

        return Route(path, answered, methods=[method])

    # Reading

    def _info(self, request: Request, _sent: bytes) -> Any:
        found, commit = self._revision(request)
        files = [entry for entry in _entries(commit) if entry["type"] == "file"]
        siblings = [{"rfilename": entry["path"], "size": entry["size"], "blobId": entry["oid"]} for entry in files]
        return {"id": found.name, "sha": commit.oid, "private": found.private, "tags": [], "siblings": siblings}

    def _refs(self, request: Request, _sent: bytes) -> Any:
        found = self._repo(request)

        def listed(folder: str, refs: Mapping[str, str]) -> list[dict[str, str]]:
            return [{"name": n, "ref": f"refs/{folder}/{n}", "targetCommit": oid} for n, oid in sorted(refs.items())]

        heads, tags = listed("heads", found.branches), listed("tags", found.tags)
        return {"branches": heads, "tags": tags, "converts": [], "pullRequests": []}

    def _tree(self, request: Request, _sent: bytes) -> Any:
        _, commit = self._revision(request)
        path = unquote(request.path_params.get("path", "")).strip("/")
        under = f"{path}/" if path else ""
        inside = [entry for entry in _entries(commit) if entry["path"].startswith(under)]
        if under and not inside:
            raise _error(404, f"{path} does not exist there", "EntryNotFound")
        deep = request.query_params.get("recursive") in ("1", "true", "True")
        return [entry for entry in inside if deep or "/" not in entry["path"].removeprefix(under)]

    def _paths_info(self, request: Request, sent: bytes) -> Any:
        _, commit = self._revision(request)
        is_json = "json" in request.headers.get("content-type", "")
        said = json.loads(sent).get("paths", []) if is_json else parse_qs(sent.decode()).get("paths", [])
        paths = [said] if isinstance(said, str) else said
        entries = {entry["path"]: entry for entry in _entries(commit)}
        return [entries[path] for path in paths if path in entries]

    def _resolve(self, request: Request, _sent: bytes) -> Any:
        _, commit = self._revision(request)
        stored = commit.files.get(unquote(request.path_params["path"]))
        if stored is None:
            raise _error(404, "no such file", "EntryNotFound", {"X-Repo-Commit": commit.oid})
        etag = f'"{stored.sha256 if stored.lfs else stored.oid}"'
        linked = {"X-Repo-Commit": commit.oid, "X-Linked-Etag": etag, "X-Linked-Size": str(stored.size)}
        blob = self.store.blob(stored.sha256)
        return FileResponse(blob, headers={"ETag": etag, **linked}, media_type="application/octet-stream")

    # Writing

    def _create(self, _: Request, sent: bytes) -> Any:
        asked = json.loads(sent)
        name = f"{asked.get('organization') or 'local'}/{asked['name'].split('/')[-1]}"
        if asked.get("type") not in ("dataset", None) or not _REPO.fullmatch(name):
            raise _error(400, "this Hub holds datasets")
        plain = {"url": f"{self.endpoint}/datasets/{name}", "id": name, "name": name}
        if name in self.store.repos:
            return JSONResponse({**plain, "error": "You already created this dataset repo"}, 409)
        is_private = bool(asked.get("private")) or asked.get("visibility") == "private"
        self.store.commit(Repo(name, is_private), "main", "initial commit", {})
        return plain

    def _preupload(self, request: Request, sent: bytes) -> Any:
        self._revision(request)
        plain = []
        for file in json.loads(sent)["files"]:
            lfs = int(file["size"]) > _REGULAR_BYTES or file["path"].endswith(_LFS_SUFFIXES)
            plain.append({"path": file["path"], "uploadMode": "lfs" if lfs else "regular", "shouldIgnore": False})
        return {"files": plain}

    def _batch(self, request: Request, sent: bytes) -> Any:
        self._repo(request)
        objects = []
        for item in json.loads(sent)["objects"]:
            oid = item["oid"]
            if not _SHA256.fullmatch(oid):
                raise _error(422, "not a sha256")
            made = {"oid": oid, "size": item["size"]}
            if not self.store.blob(oid).exists():
                href = f"{self.endpoint}/_lfs/{oid}?seal={self.seal(oid)}"
                made["actions"] = {"upload": {"href": href, "header": {}}}
            objects.append(made)
        return {"transfer": "basic", "objects": objects}

    async def _upload(self, request: Request) -> Response:
        oid = request.path_params["oid"]
        if not hmac.compare_digest(request.query_params.get("seal", "").encode(), self.seal(oid).encode()):
            raise _error(403, "this upload was not announced")
        digest, beside = hashlib.sha256(), self.store.blob(f".{secrets.token_hex(8)}")
        try:
            with beside.open("wb") as incoming:
                async for piece in request.stream():
                    digest.update(piece)
                    incoming.write(piece)
            if digest.hexdigest() != oid:
                raise _error(400, "the bytes are not those of the announced sha256")
            beside.replace(self.store.blob(oid))
        finally:
            beside.unlink(missing_ok=True)
        return JSONResponse({})

    def _commit(self, request: Request, sent: bytes) -> Any:
        branch = unquote(request.path_params["revision"])
        lines = [json.loads(line) for line in sent.splitlines() if line.strip()]
        [header] = [line["value"] for line in lines if line["key"] == "header"]
        found = self._repo(request)
        head = found.branches.get(branch)
        if head is None:
            raise _error(404, f"no branch {branch}", "RevisionNotFound")
        if header.get("parentCommit") and header["parentCommit"] != head:
            raise _error(412, "a commit has happened since; expected another parent")
        files = dict(found.commits[head].files)
        for line in lines:
            self._change(files, line["key"], line["value"])
        oid = self.store.commit(found, branch, f"{header.get('summary', '')}\n{header.get('description', '')}", files)
        url = f"{self.endpoint}/datasets/{found.name}/commit/{oid}"
        return {"success": True, "commitOid": oid, "commitUrl": url, "hookOutput": ""}

    def _change(self, files: dict[str, Stored], key: str, value: Mapping[str, Any]) -> None:
        path = value.get("path", "")
        if key in ("file", "lfsFile") and (not path or path.startswith("/") or ".." in path.split("/")):
            raise _error(400, f"not a path: {path}")
        if key == "file":
            data = base64.b64decode(value["content"])
            sha256 = hashlib.sha256(data).hexdigest()
            replace_file(self.store.blob(sha256), data)
            files[path] = Stored(len(data), sha256, _git_sha1(data), False)
        elif key == "lfsFile":
            blob = self.store.blob(_SHA256.fullmatch(value["oid"])[0])  # type: ignore[index]  # None: not a request
            if not blob.exists():
                raise _error(400, f"{path} was not uploaded")
            size = blob.stat().st_size
            pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{blob.name}\nsize {size}\n".encode()
            files[path] = Stored(size, blob.name, _git_sha1(pointer), True)
        elif key == "deletedFile":
            files.pop(path, None)
        elif key == "deletedFolder":
            for name in [name for name in files if name.startswith(path.rstrip("/") + "/")]:
                del files[name]

    def _tag(self, request: Request, sent: bytes) -> Any:
        name = json.loads(sent)["tag"]
        found, commit = self._revision(request)
        if name in found.tags:
            raise _error(409, f"Reference exists already: {name}")
        found.tags[name] = commit.oid
        self.store.save(found)
        return {}

    def _untag(self, request: Request, _sent: bytes) -> Any:
        found, name = self._repo(request), unquote(request.path_params["revision"])
        if found.tags.pop(name, None) is None:
            raise _error(404, f"no {name}", "RevisionNotFound")
        self.store.save(found)
        return {}

    # Who asks, and for what

    def _repo(self, request: Request) -> Repo:
        found = self.store.repos.get(unquote(f"{request.path_params['owner']}/{request.path_params['name']}"))
        if found is None or (found.private and not self._token_is_good(request)):
            raise _error(404, "Repository not found", "RepoNotFound")
        return found

    def _revision(self, request: Request) -> tuple[Repo, Commit]:
        found = self._repo(request)
        revision = unquote(request.path_params.get("revision", "main"))
        name = revision.removeprefix("refs/heads/").removeprefix("refs/tags/")
        commit = found.commits.get(found.branches.get(name) or found.tags.get(name) or revision)
        if commit is None:
            raise _error(404, f"Invalid rev id: {revision}", "RevisionNotFound")
        return found, commit

    def _token_is_good(self, request: Request) -> bool:
        given = request.headers.get("authorization", "").removeprefix("Bearer ").strip().encode()
        if self._tokens is None:
            return bool(given)
        return any(hmac.compare_digest(given, token.encode()) for token in self._tokens)


def _whoami(_request: Request, _sent: bytes) -> Any:
    access = {"accessToken": {"role": "write", "displayName": "local"}}
    return {"type": "user", "name": "local", "fullname": "Local Hub", "orgs": [], "auth": access}


def _error(status: int, message: str, code: str = "", headers: Mapping[str, str] | None = None) -> HTTPException:
    """A refusal as the Hub words it: its clients read the code in a header."""
    return HTTPException(status, message, {**({"X-Error-Code": code} if code else {}), **(headers or {})})


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    said = " ".join(error.detail.encode("ascii", "replace").decode().split())  # a header is one line
    headers = {"X-Error-Message": said, **(error.headers or {})}
    return JSONResponse({"error": error.detail}, error.status_code, headers)


async def _malformed(_request: Request, error: Exception) -> Response:
    return JSONResponse({"error": f"the request is not what this endpoint takes: {type(error).__name__}"}, 400)


def _git_sha1(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


def _entries(commit: Commit) -> Iterator[dict[str, Any]]:
    """Every folder and file of a commit, each folder before what is in it."""
    folders: set[str] = set()
    for path, stored in sorted(commit.files.items()):
        for folder in [path[:at] for at, letter in enumerate(path) if letter == "/"]:
            if folder not in folders:
                folders.add(folder)
                oid = hashlib.sha1(folder.encode()).hexdigest()
                yield {"type": "directory", "path": folder, "oid": oid, "size": 0}
        large = {"lfs": {"oid": stored.sha256, "size": stored.size, "pointerSize": 134}} if stored.lfs else {}
        yield {"type": "file", "path": path, "size": stored.size, "oid": stored.oid, **large}
