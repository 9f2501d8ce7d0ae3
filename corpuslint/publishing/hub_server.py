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
from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from corpuslint.publishing.hub_store import Commit, HubStore, Repo, Stored
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

_PAGE = 1000


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
        self.hub = Hub(HubStore(root), tokens)
        super().__init__(around(self.hub), host, port)
        self.hub.endpoint = self.endpoint

    @property
    def store(self) -> HubStore:
        """The repositories."""
        return self.hub.store

    @property
    def endpoint(self) -> str:
        """The address that `HF_ENDPOINT` names."""
        host, port = self.server_address
        return f"http://{host}:{port}"

    def seal(self, sha256: str) -> str:
        """What makes the address of an upload one that this Hub gave."""
        return self.hub.seal(sha256)


class Hub:
    """The endpoints of the Hub, as an ASGI application."""

    def __init__(self, store: HubStore, tokens: frozenset[str] | None) -> None:
        self.store, self.tokens, self.endpoint = store, tokens, ""
        self._secret = secrets.token_bytes(16)
        malformed = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
        self._app = Starlette(
            routes=[_route(verbs, path, getattr(self, name)) for verbs, path, name in _ROUTES],
            exception_handlers={HTTPException: _refused, **dict.fromkeys(malformed, _malformed)},
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. A part of a path may hold an encoded slash (refs%2Fconvert%2Fparquet)."""
        await self._app({**scope, "path": scope["raw_path"].decode("ascii", "replace")}, receive, send)

    def seal(self, sha256: str) -> str:
        """What makes an upload address ours: LFS uploads come without a token."""
        return hmac.new(self._secret, sha256.encode(), "sha256").hexdigest()

    # Reading

    async def whoami(self, request: Request) -> Response:
        self._may_write(request)
        access = {"accessToken": {"role": "write", "displayName": "local"}}
        return JSONResponse({"type": "user", "name": "local", "fullname": "Local Hub", "orgs": [], "auth": access})

    async def info(self, request: Request) -> Response:
        found, commit = self._revision(request)
        siblings = [
            {"rfilename": path, "size": stored.size, "blobId": stored.oid, **_lfs(stored, "sha256")}
            for path, stored in sorted(commit.files.items())
        ]
        plain = {
            "_id": hashlib.sha1(found.name.encode()).hexdigest()[:24],
            "id": found.name,
            "author": found.name.split("/")[0],
            "sha": commit.oid,
            "private": found.private,
            "disabled": False,
            "gated": False,
            "lastModified": "2000-01-01T00:00:00.000Z",
            "createdAt": "2000-01-01T00:00:00.000Z",
            "downloads": 0,
            "likes": 0,
            "tags": [],
            "siblings": siblings,
        }
        return JSONResponse(plain)

    async def refs(self, request: Request) -> Response:
        found = self._repo(request)
        plain: dict[str, Any] = {"converts": []}
        for kind, where, refs in (("branches", "heads", found.branches), ("tags", "tags", found.tags)):
            plain[kind] = [
                {"name": name, "ref": f"refs/{where}/{name}", "targetCommit": oid} for name, oid in sorted(refs.items())
            ]
        if "include_prs" in request.query_params:
            plain["pullRequests"] = []
        return JSONResponse(plain)

    async def tree(self, request: Request) -> Response:
        _, commit = self._revision(request)
        path = unquote(request.path_params.get("path", "")).strip("/")
        under = f"{path}/" if path else ""
        inside = {name: stored for name, stored in commit.files.items() if name.startswith(under)}
        if under and not inside:
            raise _error(404, f"{path} does not exist there", "EntryNotFound")
        entries = list(_entries(inside, under, request.query_params.get("recursive") in ("1", "true", "True")))
        start = int(request.query_params.get("cursor", 0))
        headers = {}
        if start + _PAGE < len(entries):
            headers["Link"] = f'<{request.url.include_query_params(cursor=start + _PAGE)}>; rel="next"'
        return JSONResponse(entries[start : start + _PAGE], headers=headers)

    async def paths_info(self, request: Request) -> Response:
        _, commit = self._revision(request)
        sent = await body_of(request, _MOST_SAID)
        is_json = "json" in request.headers.get("content-type", "")
        paths = json.loads(sent).get("paths", []) if is_json else parse_qs(sent.decode()).get("paths", [])
        entries = []
        for path in [paths] if isinstance(paths, str) else paths:
            if path in commit.files:
                entries.append(_file(path, commit.files[path]))
            elif any(name.startswith(f"{path}/") for name in commit.files):
                entries.append(_directory(path))
        return JSONResponse(entries)

    async def commits(self, request: Request) -> Response:
        found, commit = self._revision(request)
        plain = []
        while True:
            about = {"id": commit.oid, "title": commit.title, "message": commit.body}
            plain.append({**about, "authors": [{"user": "local"}], "date": "2000-01-01T00:00:00.000Z"})
            if commit.parent not in found.commits:
                return JSONResponse(plain)
            commit = found.commits[commit.parent]

    async def resolve(self, request: Request) -> Response:
        _, commit = self._revision(request)
        stored = commit.files.get(unquote(request.path_params["path"]))
        if stored is None:
            raise _error(404, "no such file", "EntryNotFound", {"X-Repo-Commit": commit.oid})
        etag = f'"{stored.sha256 if stored.lfs else stored.oid}"'
        linked = {"X-Repo-Commit": commit.oid, "X-Linked-Etag": etag, "X-Linked-Size": str(stored.size)}
        blob = self.store.blob(stored.sha256)
        return FileResponse(blob, headers={"ETag": etag, **linked}, media_type="application/octet-stream")

    # Writing

    async def create(self, request: Request) -> Response:
        self._may_write(request)
        sent, name = await _named(request)
        if sent.get("type") not in ("dataset", None) or not _REPO.fullmatch(name):
            raise _error(400, "this Hub holds datasets")
        made = self.store.create(name, bool(sent.get("private")) or sent.get("visibility") == "private")
        plain = {"url": f"{self.endpoint}/datasets/{name}", "id": name, "name": name}
        said = {} if made else {"error": "You already created this dataset repo"}
        return JSONResponse({**plain, **said}, 200 if made else 409)

    async def delete(self, request: Request) -> Response:
        self._may_write(request)
        _, name = await _named(request)
        self.store.delete(self._known(name, request))
        return JSONResponse({})

    async def validate_yaml(self, request: Request) -> Response:
        await body_of(request, _MOST_SAID)
        return JSONResponse({"errors": [], "warnings": []})

    async def preupload(self, request: Request) -> Response:
        self._may_write(request)
        _, commit = self._revision(request)
        plain = []
        for sent in json.loads(await body_of(request, _MOST_SAID))["files"]:
            path, size = sent["path"], int(sent["size"])
            lfs = size > _REGULAR_BYTES or path.endswith(_LFS_SUFFIXES)
            entry = {"path": path, "uploadMode": "lfs" if lfs else "regular", "shouldIgnore": False}
            if (now := commit.files.get(path)) is not None and now.lfs == lfs:
                entry["oid"] = now.sha256 if lfs else now.oid
            plain.append(entry)
        return JSONResponse({"files": plain})

    async def batch(self, request: Request) -> Response:
        self._may_write(request)
        self._repo(request)
        objects = []
        for item in json.loads(await body_of(request, _MOST_SAID))["objects"]:
            oid = item["oid"]
            if not _SHA256.fullmatch(oid):
                raise _error(422, "not a sha256")
            made = {"oid": oid, "size": item["size"]}
            if not self.store.blob(oid).exists():
                upload = {"href": f"{self.endpoint}/_lfs/{oid}?seal={self.seal(oid)}", "header": {}}
                verify = {"href": f"{self.endpoint}/_lfs/{oid}/verify", "header": {}}
                made["actions"] = {"upload": upload, "verify": verify}
            objects.append(made)
        plain = {"transfer": "basic", "objects": objects}
        return JSONResponse(plain, media_type="application/vnd.git-lfs+json")

    async def upload(self, request: Request) -> Response:
        oid = request.path_params["oid"]
        if not hmac.compare_digest(request.query_params.get("seal", "").encode(), self.seal(oid).encode()):
            raise _error(403, "this upload was not announced")
        with self.store.receiving() as incoming:
            async for piece in request.stream():
                incoming.write(piece)
            if incoming.digest.hexdigest() != oid:
                raise _error(400, "the bytes are not those of the announced sha256")
        return JSONResponse({})

    async def verify(self, request: Request) -> Response:
        await body_of(request, _MOST_SAID)
        if not self.store.blob(request.path_params["oid"]).exists():
            raise _error(404, "that object was not uploaded")
        return JSONResponse({})

    async def commit(self, request: Request) -> Response:
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

    async def tag(self, request: Request) -> Response:
        self._may_write(request)
        name = json.loads(await body_of(request, _MOST_SAID))["tag"]
        found, commit = self._revision(request)
        return self._refer(found, found.tags, name, commit)

    async def branch(self, request: Request) -> Response:
        self._may_write(request)
        sent = json.loads(await body_of(request, _MOST_SAID) or b"{}")
        found, commit = self._revision(request, sent.get("startingPoint") or "main")
        return self._refer(found, found.branches, unquote(request.path_params["revision"]), commit)

    async def untag(self, request: Request) -> Response:
        return self._unrefer(request, self._repo(request).tags)

    async def unbranch(self, request: Request) -> Response:
        return self._unrefer(request, self._repo(request).branches)

    # What they share

    def _refer(self, found: Repo, refs: dict[str, str], name: str, commit: Commit) -> Response:
        if name in refs:
            raise _error(409, f"Reference exists already: {name}")
        refs[name] = commit.oid
        self.store.save(found)
        return JSONResponse({})

    def _unrefer(self, request: Request, refs: dict[str, str]) -> Response:
        self._may_write(request)
        name = unquote(request.path_params["revision"])
        if refs.pop(name, None) is None:
            raise _error(404, f"no {name}", "RevisionNotFound")
        self.store.save(self._repo(request))
        return JSONResponse({})

    def _change(self, files: dict[str, Stored], key: str, value: Mapping[str, Any]) -> None:
        path = value.get("path", "")
        if key in ("file", "lfsFile") and (not path or path.startswith("/") or ".." in path.split("/")):
            raise _error(400, f"not a path: {path}")
        if key == "file":
            data = base64.b64decode(value["content"])
            oid = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
            files[path] = Stored(len(data), self.store.put(data), oid, False)
        elif key == "lfsFile":
            blob = self.store.blob(_SHA256.fullmatch(value["oid"])[0])  # type: ignore[index]  # None: not a request
            if not blob.exists():
                raise _error(400, f"{path} was not uploaded")
            size = blob.stat().st_size
            pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{blob.name}\nsize {size}\n".encode()
            oid = hashlib.sha1(b"blob %d\0" % len(pointer) + pointer).hexdigest()
            files[path] = Stored(size, blob.name, oid, True)
        elif key == "deletedFile":
            files.pop(path, None)
        elif key == "deletedFolder":
            for name in [name for name in files if name.startswith(path.rstrip("/") + "/")]:
                del files[name]

    def _repo(self, request: Request) -> Repo:
        return self._known(unquote(f"{request.path_params['owner']}/{request.path_params['name']}"), request)

    def _known(self, name: str, request: Request) -> Repo:
        found = self.store.repos.get(name)
        if found is None or (found.private and not self._token_is_good(request)):
            raise _error(404, "Repository not found", "RepoNotFound")
        return found

    def _revision(self, request: Request, revision: str = "") -> tuple[Repo, Commit]:
        found = self._repo(request)
        revision = revision or unquote(request.path_params.get("revision", "main"))
        name = revision.removeprefix("refs/heads/").removeprefix("refs/tags/")
        commit = found.commits.get(found.branches.get(name) or found.tags.get(name) or revision)
        if commit is None:
            raise _error(404, f"Invalid rev id: {revision}", "RevisionNotFound")
        return found, commit

    def _token_is_good(self, request: Request) -> bool:
        given = request.headers.get("authorization", "").removeprefix("Bearer ").strip().encode()
        if self.tokens is None:
            return bool(given)
        return any(hmac.compare_digest(given, token.encode()) for token in self.tokens)

    def _may_write(self, request: Request) -> None:
        if not self._token_is_good(request):
            raise _error(401, "Invalid username or password.")


_DATASET = "/api/datasets/{owner}/{name}"
_ROUTES = (
    ("GET", "/api/whoami-v2", "whoami"),
    ("POST", "/api/repos/create", "create"),
    ("DELETE", "/api/repos/delete", "delete"),
    ("POST", "/api/validate-yaml", "validate_yaml"),
    ("POST", _DATASET + "/preupload/{revision}", "preupload"),
    ("POST", _DATASET + "/commit/{revision}", "commit"),
    ("POST", _DATASET + "/tag/{revision}", "tag"),
    ("DELETE", _DATASET + "/tag/{revision}", "untag"),
    ("POST", _DATASET + "/branch/{revision}", "branch"),
    ("DELETE", _DATASET + "/branch/{revision}", "unbranch"),
    ("POST", _DATASET + "/paths-info/{revision}", "paths_info"),
    ("GET", _DATASET + "/refs", "refs"),
    ("GET", _DATASET + "/tree/{revision}", "tree"),
    ("GET", _DATASET + "/tree/{revision}/{path:path}", "tree"),
    ("GET", _DATASET + "/commits/{revision}", "commits"),
    ("GET", _DATASET + "/revision/{revision}", "info"),
    ("GET", _DATASET, "info"),
    ("POST", "/datasets/{owner}/{name}.git/info/lfs/objects/batch", "batch"),
    ("PUT", "/_lfs/{oid}", "upload"),
    ("POST", "/_lfs/{oid}/verify", "verify"),
    ("GET", "/datasets/{owner}/{name}/resolve/{revision}/{path:path}", "resolve"),
)


def _route(verb: str, path: str, endpoint: Callable[[Request], Awaitable[Response]]) -> Route:
    return Route(path, endpoint, methods=[verb])


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


async def _named(request: Request) -> tuple[dict[str, Any], str]:
    """What a request about a repository says, and the repository's name."""
    sent = json.loads(await body_of(request, _MOST_SAID))
    return sent, f"{sent.get('organization') or 'local'}/{sent['name'].split('/')[-1]}"


def _lfs(stored: Stored, name: str) -> dict[str, Any]:
    return {"lfs": {name: stored.sha256, "size": stored.size, "pointerSize": 134}} if stored.lfs else {}


def _file(path: str, stored: Stored) -> dict[str, Any]:
    return {"type": "file", "path": path, "size": stored.size, "oid": stored.oid, **_lfs(stored, "oid")}


def _directory(path: str) -> dict[str, Any]:
    return {"type": "directory", "path": path, "oid": hashlib.sha1(path.encode()).hexdigest(), "size": 0}


def _entries(files: Mapping[str, Stored], under: str, recursive: bool) -> Iterator[dict[str, Any]]:
    folders: set[str] = set()
    for path, stored in sorted(files.items()):
        parts = path.removeprefix(under).split("/")
        for depth in range(1, len(parts)):
            folder = under + "/".join(parts[:depth])
            if folder not in folders and (recursive or depth == 1):
                folders.add(folder)
                yield _directory(folder)
        if recursive or len(parts) == 1:
            yield _file(path, stored)
