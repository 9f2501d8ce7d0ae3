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
    """One commit: its files wholly, its parent, and what was said."""

    parent: str
    title: str
    body: str
    files: dict[str, Stored]
    oid: str = ""


class Repo(msgspec.Struct):
    """One dataset repository."""

    private: bool = False
    commits: dict[str, Commit] = {}
    branches: dict[str, str] = {}
    tags: dict[str, str] = {}
    name: str = ""


class HubStore:
    """Repositories in a folder. Every change is one rename."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "blobs").mkdir(parents=True, exist_ok=True)
        self.repos: dict[str, Repo] = {}
        for path in sorted((root / "repos").glob("*/*.json")):
            repo = msgspec.json.decode(path.read_bytes(), type=Repo)
            repo.name = f"{path.parent.name}/{path.stem}"
            for oid, commit in repo.commits.items():
                commit.oid = oid
            self.repos[repo.name] = repo

    def blob(self, sha256: str) -> Path:
        """Where the file of this hash lies."""
        return self.root / "blobs" / sha256

    def put(self, data: bytes) -> str:
        """Keep some bytes; their sha256."""
        sha256 = hashlib.sha256(data).hexdigest()
        replace_file(self.blob(sha256), data)
        return sha256

    def save(self, repo: Repo) -> None:
        """Write a repository down."""
        path = self.root / "repos" / f"{repo.name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, msgspec.json.encode(repo))
        self.repos[repo.name] = repo

    def create(self, name: str, private: bool) -> bool:
        """Make a repository with one empty commit; False when it is there already."""
        if name in self.repos:
            return False
        repo = Repo(private, name=name)
        self.commit(repo, "main", "initial commit", "", {})
        return True

    def commit(self, repo: Repo, branch: str, title: str, body: str, files: dict[str, Stored]) -> Commit:
        """Add a commit to a branch. Its id follows from what it says, so a rerun gives the same one."""
        parent = repo.branches.get(branch, "")
        said = json.dumps([repo.name, parent, title, body, sorted((p, list(s)) for p, s in files.items())])
        oid = hashlib.sha1(said.encode()).hexdigest()
        made = Commit(parent, title, body, files, oid)
        repo.commits[oid] = made
        repo.branches[branch] = oid
        self.save(repo)
        return made


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
        dataset = "/api/datasets/{owner}/{name}"
        app = Starlette(
            routes=[
                Route("/api/whoami-v2", self._whoami),
                Route("/api/repos/create", self._create, methods=["POST"]),
                Route("/api/validate-yaml", self._validate_yaml, methods=["POST"]),
                Route(dataset, self._info),
                Route(dataset + "/revision/{revision}", self._info),
                Route(dataset + "/refs", self._refs),
                Route(dataset + "/tree/{revision}", self._tree),
                Route(dataset + "/tree/{revision}/{path:path}", self._tree),
                Route(dataset + "/paths-info/{revision}", self._paths_info, methods=["POST"]),
                Route(dataset + "/preupload/{revision}", self._preupload, methods=["POST"]),
                Route(dataset + "/commit/{revision}", self._commit, methods=["POST"]),
                Route(dataset + "/tag/{revision}", self._tag, methods=["POST"]),
                Route(dataset + "/tag/{revision}", self._untag, methods=["DELETE"]),
                Route("/datasets/{owner}/{name}.git/info/lfs/objects/batch", self._batch, methods=["POST"]),
                Route("/_lfs/{oid}", self._upload, methods=["PUT"]),
                Route("/datasets/{owner}/{name}/resolve/{revision}/{path:path}", self._resolve),
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

    # Reading

    async def _whoami(self, request: Request) -> Response:
        self._may_write(request)
        access = {"accessToken": {"role": "write", "displayName": "local"}}
        return JSONResponse({"type": "user", "name": "local", "fullname": "Local Hub", "orgs": [], "auth": access})

    async def _info(self, request: Request) -> Response:
        found, commit = self._revision(request)
        files = [entry for entry in _entries(commit) if entry["type"] == "file"]
        siblings = [{"rfilename": entry["path"], "size": entry["size"], "blobId": entry["oid"]} for entry in files]
        return JSONResponse(
            {"id": found.name, "sha": commit.oid, "private": found.private, "tags": [], "siblings": siblings}
        )

    async def _refs(self, request: Request) -> Response:
        found = self._repo(request)
        plain: dict[str, Any] = {"converts": [], "pullRequests": []}
        for kind, where, refs in (("branches", "heads", found.branches), ("tags", "tags", found.tags)):
            plain[kind] = [
                {"name": name, "ref": f"refs/{where}/{name}", "targetCommit": oid} for name, oid in sorted(refs.items())
            ]
        return JSONResponse(plain)

    async def _tree(self, request: Request) -> Response:
        _, commit = self._revision(request)
        path = unquote(request.path_params.get("path", "")).strip("/")
        under = f"{path}/" if path else ""
        inside = [entry for entry in _entries(commit) if entry["path"].startswith(under)]
        if under and not inside:
            raise _error(404, f"{path} does not exist there", "EntryNotFound")
        if request.query_params.get("recursive") not in ("1", "true", "True"):
            inside = [entry for entry in inside if "/" not in entry["path"].removeprefix(under)]
        return JSONResponse(inside)

    async def _paths_info(self, request: Request) -> Response:
        _, commit = self._revision(request)
        sent = await body_of(request, _MOST_SAID)
        is_json = "json" in request.headers.get("content-type", "")
        said = json.loads(sent).get("paths", []) if is_json else parse_qs(sent.decode()).get("paths", [])
        paths = [said] if isinstance(said, str) else said
        entries = {entry["path"]: entry for entry in _entries(commit)}
        return JSONResponse([entries[path] for path in paths if path in entries])

    async def _resolve(self, request: Request) -> Response:
        _, commit = self._revision(request)
        stored = commit.files.get(unquote(request.path_params["path"]))
        if stored is None:
            raise _error(404, "no such file", "EntryNotFound", {"X-Repo-Commit": commit.oid})
        etag = f'"{stored.sha256 if stored.lfs else stored.oid}"'
        linked = {"X-Repo-Commit": commit.oid, "X-Linked-Etag": etag, "X-Linked-Size": str(stored.size)}
        blob = self.store.blob(stored.sha256)
        return FileResponse(blob, headers={"ETag": etag, **linked}, media_type="application/octet-stream")

    # Writing

    async def _create(self, request: Request) -> Response:
        self._may_write(request)
        sent = json.loads(await body_of(request, _MOST_SAID))
        name = f"{sent.get('organization') or 'local'}/{sent['name'].split('/')[-1]}"
        if sent.get("type") not in ("dataset", None) or not _REPO.fullmatch(name):
            raise _error(400, "this Hub holds datasets")
        made = self.store.create(name, bool(sent.get("private")) or sent.get("visibility") == "private")
        plain = {"url": f"{self.endpoint}/datasets/{name}", "id": name, "name": name}
        said = {} if made else {"error": "You already created this dataset repo"}
        return JSONResponse({**plain, **said}, 200 if made else 409)

    async def _validate_yaml(self, request: Request) -> Response:
        await body_of(request, _MOST_SAID)
        return JSONResponse({"errors": [], "warnings": []})

    async def _preupload(self, request: Request) -> Response:
        self._may_write(request)
        self._revision(request)
        plain = []
        for sent in json.loads(await body_of(request, _MOST_SAID))["files"]:
            path, size = sent["path"], int(sent["size"])
            lfs = size > _REGULAR_BYTES or path.endswith(_LFS_SUFFIXES)
            plain.append({"path": path, "uploadMode": "lfs" if lfs else "regular", "shouldIgnore": False})
        return JSONResponse({"files": plain})

    async def _batch(self, request: Request) -> Response:
        self._may_write(request)
        self._repo(request)
        objects = []
        for item in json.loads(await body_of(request, _MOST_SAID))["objects"]:
            oid = item["oid"]
            if not _SHA256.fullmatch(oid):
                raise _error(422, "not a sha256")
            made = {"oid": oid, "size": item["size"]}
            if not self.store.blob(oid).exists():
                href = f"{self.endpoint}/_lfs/{oid}?seal={self.seal(oid)}"
                made["actions"] = {"upload": {"href": href, "header": {}}}
            objects.append(made)
        return JSONResponse({"transfer": "basic", "objects": objects}, media_type="application/vnd.git-lfs+json")

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

    async def _commit(self, request: Request) -> Response:
        self._may_write(request)
        branch = unquote(request.path_params["revision"])
        lines = [json.loads(line) for line in (await body_of(request, _MOST_COMMITTED)).splitlines() if line.strip()]
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
        made = self.store.commit(found, branch, header.get("summary", ""), header.get("description", ""), files)
        url = f"{self.endpoint}/datasets/{found.name}/commit/{made.oid}"
        return JSONResponse({"success": True, "commitOid": made.oid, "commitUrl": url, "hookOutput": ""})

    async def _tag(self, request: Request) -> Response:
        self._may_write(request)
        name = json.loads(await body_of(request, _MOST_SAID))["tag"]
        found, commit = self._revision(request)
        if name in found.tags:
            raise _error(409, f"Reference exists already: {name}")
        found.tags[name] = commit.oid
        self.store.save(found)
        return JSONResponse({})

    async def _untag(self, request: Request) -> Response:
        self._may_write(request)
        found, name = self._repo(request), unquote(request.path_params["revision"])
        if found.tags.pop(name, None) is None:
            raise _error(404, f"no {name}", "RevisionNotFound")
        self.store.save(found)
        return JSONResponse({})

    # What they share

    def _change(self, files: dict[str, Stored], key: str, value: Mapping[str, Any]) -> None:
        path = value.get("path", "")
        if key in ("file", "lfsFile") and (not path or path.startswith("/") or ".." in path.split("/")):
            raise _error(400, f"not a path: {path}")
        if key == "file":
            data = base64.b64decode(value["content"])
            files[path] = Stored(len(data), self.store.put(data), _git_sha1(data), False)
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

    def _may_write(self, request: Request) -> None:
        if not self._token_is_good(request):
            raise _error(401, "Invalid username or password.")


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
