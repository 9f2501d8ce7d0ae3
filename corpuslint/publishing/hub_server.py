"""A Hub of one's own: enough of the Hugging Face Hub, in the standard library, for its real clients to work with.

For laboratories without internet access, and for tests: `faults` make the next requests of a kind fail. Repositories
lie in a folder, every file once by its sha256. Reading is free; writing needs one of the tokens.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import os
import re
import secrets
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, quote, unquote, urlsplit

_REPO = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*")
_LFS_SUFFIXES = (".parquet", ".zst", ".gz", ".png", ".jpg", ".zip", ".arrow", ".bin")
_REGULAR_BYTES = 10 << 20
"""A file of more than this goes by LFS whatever its name, as on the Hub."""

_MOST_SAID = 16 << 20
"""Bytes of a request that is read whole."""

_MOST_COMMITTED = 1 << 30
"""Bytes of a commit, which carries its small files with it; large ones are uploaded, and never held whole."""

_MOST_PASSED_OVER = 1 << 20
"""Bytes of a refused request that are taken off the line, so that its sender hears the answer."""

_LONGEST_CHUNK_HEAD = 1024
_PAGE = 1000
FAULTS = (
    "batch:429",
    "commit:409",
    "commit:412",
    "commit:429",
    "commit:500",
    "read:500",
    "tag:409",
    "tag:500",
    "upload:500",
    "upload:cut",
    "upload:wrong-sha",
)
"""What can be made to fail: a step, and how."""


class Reply(Exception):
    """An answer that ends a request early."""

    def __init__(self, status: HTTPStatus, code: str = "", message: str = "") -> None:
        super().__init__(message or code)
        self.status, self.code, self.message = status, code, message or status.phrase


class Stored(NamedTuple):
    """One file of a commit. `oid` is git's sha1 of it, or of its LFS pointer."""

    size: int
    sha256: str
    oid: str
    lfs: bool


@dataclass(slots=True)
class Commit:
    """One commit: its files wholly, its parent, and what was said."""

    oid: str
    parent: str
    title: str
    body: str
    files: dict[str, Stored]


@dataclass(slots=True)
class Repo:
    """One dataset repository."""

    name: str
    private: bool = False
    commits: dict[str, Commit] = field(default_factory=dict)
    branches: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """The repository as it lies on disk."""
        commits = {
            oid: {
                "parent": commit.parent,
                "title": commit.title,
                "body": commit.body,
                "files": {path: list(stored) for path, stored in commit.files.items()},
            }
            for oid, commit in self.commits.items()
        }
        plain = {"private": self.private, "commits": commits, "branches": self.branches, "tags": self.tags}
        return json.dumps(plain, ensure_ascii=False)

    @classmethod
    def from_json(cls, name: str, text: str) -> Repo:
        """The repository that `to_json` wrote."""
        plain = json.loads(text)
        commits = {
            oid: Commit(oid, c["parent"], c["title"], c["body"], {p: Stored(*s) for p, s in c["files"].items()})
            for oid, c in plain["commits"].items()
        }
        return cls(name, plain["private"], commits, plain["branches"], plain["tags"])


class HubStore:
    """Repositories in a folder. Every change is one rename, under one lock."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lock = threading.RLock()
        (root / "blobs").mkdir(parents=True, exist_ok=True)
        self.repos: dict[str, Repo] = {}
        for path in sorted((root / "repos").glob("*/*.json")):
            name = f"{path.parent.name}/{path.stem}"
            self.repos[name] = Repo.from_json(name, path.read_text("utf-8"))

    def blob(self, sha256: str) -> Path:
        """Where the file of this hash lies."""
        return self.root / "blobs" / sha256

    def put(self, data: bytes) -> str:
        """Keep some bytes; their sha256."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.blob(sha256)
        if not path.exists():
            beside = path.with_name(f".{sha256}.{threading.get_ident()}")
            beside.write_bytes(data)
            beside.replace(path)
        return sha256

    def receive(self, pieces: Iterable[bytes]) -> str:
        """Keep bytes as they come in; their sha256. Nothing is kept where they do not come to their end."""
        digest = hashlib.sha256()
        beside = self.root / "blobs" / f".received.{threading.get_ident()}"
        try:
            with beside.open("wb") as stream:
                for piece in pieces:
                    digest.update(piece)
                    stream.write(piece)
            beside.replace(self.blob(digest.hexdigest()))
        finally:
            beside.unlink(missing_ok=True)
        return digest.hexdigest()

    def save(self, repo: Repo) -> None:
        """Write a repository down."""
        path = self.root / "repos" / f"{repo.name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".writing")
        beside.write_text(repo.to_json(), "utf-8")
        beside.replace(path)
        self.repos[repo.name] = repo

    def create(self, name: str, private: bool) -> bool:
        """Make a repository with one empty commit; False when it is there already."""
        if name in self.repos:
            return False
        repo = Repo(name, private)
        self.commit(repo, "main", "initial commit", "", {})
        return True

    def commit(self, repo: Repo, branch: str, title: str, body: str, files: dict[str, Stored]) -> Commit:
        """Add a commit to a branch. Its id follows from what it says, so a rerun gives the same one."""
        parent = repo.branches.get(branch, "")
        said = json.dumps([repo.name, parent, title, body, sorted((p, list(s)) for p, s in files.items())])
        oid = hashlib.sha1(said.encode()).hexdigest()
        made = Commit(oid, parent, title, body, files)
        repo.commits[oid] = made
        repo.branches[branch] = oid
        self.save(repo)
        return made


class HubServer(ThreadingHTTPServer):
    """The server. `tokens` may write (None: any token may); `faults` are the failures still to come, in order."""

    daemon_threads = True

    def __init__(
        self, root: Path, *, host: str = "127.0.0.1", port: int = 0, tokens: frozenset[str] | None = None
    ) -> None:
        self.store = HubStore(root)
        self.tokens = tokens
        self.faults: list[str] = []
        self.swapped: dict[str, str] = {}
        self.requests: list[tuple[str, str]] = []
        self.secret = secrets.token_bytes(16)
        super().__init__((host, port), _Answers)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing of a client that hung up; anything else is said."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)

    @property
    def endpoint(self) -> str:
        """The address that `HF_ENDPOINT` names."""
        host, port = self.server_address[:2]
        return f"http://{host!s}:{port}"

    def fault(self, step: str) -> str:
        """How the next `step` is to fail, "" if it is not; each fault happens once."""
        with self.store.lock:
            for number, fault in enumerate(self.faults):
                if fault.split(":")[0] == step:
                    del self.faults[number]
                    return fault.split(":")[1]
        return ""

    def start(self) -> threading.Thread:
        """Serve in a thread of its own until `shutdown`."""
        thread = threading.Thread(target=self.serve_forever, daemon=True)
        thread.start()
        return thread

    def seal(self, sha256: str) -> str:
        """What makes an upload address ours: LFS uploads come without a token."""
        return hmac.new(self.secret, sha256.encode(), "sha256").hexdigest()


class _Answers(BaseHTTPRequestHandler):
    """One request."""

    server: HubServer
    protocol_version = "HTTP/1.1"
    timeout = 60  # for each piece of a request: who says no more is not waited for
    server_version = "corpuslint-hub"

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged: headers carry tokens."""

    def do_GET(self) -> None:
        self._answer("GET")

    def do_HEAD(self) -> None:
        self._answer("HEAD")

    def do_POST(self) -> None:
        self._answer("POST")

    def do_PUT(self) -> None:
        self._answer("PUT")

    def do_DELETE(self) -> None:
        self._answer("DELETE")

    def _answer(self, method: str) -> None:
        self.body_read = False
        try:
            self.length = self._announced()
            split = urlsplit(self.path)
            self.query = parse_qs(split.query)
            self.server.requests.append((method, split.path))
            self._is_own_host()
            for verb, pattern, name in _ROUTES:
                if method in verb.split("|") and (found := pattern.fullmatch(split.path)):
                    parts = {key: unquote(value) for key, value in found.groupdict().items() if value is not None}
                    step: Callable[..., None] = getattr(self, name)
                    step(**parts)
                    self._drain()
                    return
            raise Reply(HTTPStatus.NOT_FOUND, "", "no such endpoint")
        except Reply as reply:
            self._drain()
            said = " ".join(reply.message.encode("ascii", "replace").decode().split())  # a header is one line
            headers = {"X-Error-Message": said}
            if reply.code:
                headers["X-Error-Code"] = reply.code
            if reply.status == HTTPStatus.TOO_MANY_REQUESTS:
                headers |= {"RateLimit": '"api";r=0;t=1', "Retry-After": "1"}
            self._send(reply.status, {"error": reply.message}, headers)
            self._linger()
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, StopIteration) as error:
            self._drain()
            self._send(400, {"error": f"the request is not what this endpoint takes: {type(error).__name__}"})
            self._linger()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _is_own_host(self) -> None:
        """A page of a stranger can make its own name point here; its Host header still names it."""
        host, port = self.server.server_address[:2]
        names = {str(host), "localhost"}
        if host in ("127.0.0.1", "localhost", "::1") and self.headers.get("Host", "") not in {
            f"{name}:{port}" for name in names
        }:
            raise Reply(HTTPStatus.FORBIDDEN, "", "that is not the name of this Hub")
        origin = self.headers.get("Origin", "")  # only browsers send one, and no page of theirs has business here
        if origin and urlsplit(origin).netloc not in {f"{name}:{port}" for name in names}:
            raise Reply(HTTPStatus.FORBIDDEN, "", "the request comes from a page of somebody else")

    # Reading

    def whoami(self) -> None:
        self._may_write()
        access = {"accessToken": {"role": "write", "displayName": "local"}}
        self._send(200, {"type": "user", "name": "local", "fullname": "Local Hub", "orgs": [], "auth": access})

    def info(self, repo: str, revision: str = "main") -> None:
        found, commit = self._revision(repo, revision)
        siblings = [
            {"rfilename": path, "size": stored.size, "blobId": stored.oid, **_lfs(stored, "sha256")}
            for path, stored in sorted(commit.files.items())
        ]
        plain = {
            "_id": hashlib.sha1(repo.encode()).hexdigest()[:24],
            "id": repo,
            "author": repo.split("/")[0],
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
        self._send(200, plain)

    def refs(self, repo: str) -> None:
        found = self._repo(repo)
        plain: dict[str, Any] = {"converts": []}
        for kind, refs in (("branches", found.branches), ("tags", found.tags)):
            where = "heads" if kind == "branches" else "tags"
            plain[kind] = [
                {"name": name, "ref": f"refs/{where}/{name}", "targetCommit": oid} for name, oid in sorted(refs.items())
            ]
        if "include_prs" in self.query:
            plain["pullRequests"] = []
        self._send(200, plain)

    def tree(self, repo: str, revision: str, path: str = "") -> None:
        _, commit = self._revision(repo, revision)
        under = f"{path.strip('/')}/" if path.strip("/") else ""
        inside = {name: stored for name, stored in commit.files.items() if name.startswith(under)}
        if under and not inside:
            raise Reply(HTTPStatus.NOT_FOUND, "EntryNotFound", f"{path} does not exist on {revision}")
        entries = list(_entries(inside, under, self.query.get("recursive", [""])[0] in ("1", "true", "True")))
        start = int(self.query.get("cursor", ["0"])[0] or 0)
        headers = {}
        if start + _PAGE < len(entries):
            kept = "&".join(f"{key}={quote(value[0])}" for key, value in self.query.items() if key != "cursor")
            url = f"{self.server.endpoint}{urlsplit(self.path).path}?{kept}&cursor={start + _PAGE}"
            headers["Link"] = f'<{url}>; rel="next"'
        self._send(200, entries[start : start + _PAGE], headers)

    def paths_info(self, repo: str, revision: str) -> None:
        _, commit = self._revision(repo, revision)
        sent = self._body()
        is_json = "json" in self.headers.get("Content-Type", "")
        paths = json.loads(sent).get("paths", []) if is_json else parse_qs(sent.decode()).get("paths", [])
        entries = []
        for path in [paths] if isinstance(paths, str) else paths:
            if path in commit.files:
                entries.append(_file(path, commit.files[path]))
            elif any(name.startswith(f"{path}/") for name in commit.files):
                entries.append(_directory(path))
        self._send(200, entries)

    def commits(self, repo: str, revision: str) -> None:
        found, commit = self._revision(repo, revision)
        plain = []
        while True:
            about = {"id": commit.oid, "title": commit.title, "message": commit.body}
            plain.append({**about, "authors": [{"user": "local"}], "date": "2000-01-01T00:00:00.000Z"})
            if commit.parent not in found.commits:
                break
            commit = found.commits[commit.parent]
        self._send(200, plain)

    def resolve(self, repo: str, revision: str, path: str) -> None:
        _, commit = self._revision(repo, revision)
        if self.server.fault("read"):
            raise Reply(HTTPStatus.INTERNAL_SERVER_ERROR)
        stored = commit.files.get(path)
        if stored is None:
            self._drain()
            headers = {"X-Error-Code": "EntryNotFound", "X-Repo-Commit": commit.oid, "X-Error-Message": "no such file"}
            self._send(404, {"error": "no such file"}, headers)
            return
        etag = stored.sha256 if stored.lfs else stored.oid
        headers = {
            "X-Repo-Commit": commit.oid,
            "ETag": f'"{etag}"',
            "X-Linked-Etag": f'"{etag}"',
            "X-Linked-Size": str(stored.size),
            "Accept-Ranges": "bytes",
            "Content-Type": "application/octet-stream",
        }
        first, last = _range(self.headers.get("Range", ""), stored.size)
        status = 206 if "Range" in self.headers and stored.size else 200
        if status == 206:
            headers["Content-Range"] = f"bytes {first}-{last}/{stored.size}"
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(max(0, last - first + 1)))
        self.end_headers()
        if self.command == "HEAD":
            return
        with self.server.store.blob(stored.sha256).open("rb") as stream:
            stream.seek(first)
            left = last - first + 1
            while left > 0 and (chunk := stream.read(min(left, 1 << 20))):
                self.wfile.write(chunk)
                left -= len(chunk)

    # Writing

    def create(self) -> None:
        self._may_write()
        sent = json.loads(self._body())
        name = f"{sent.get('organization') or 'local'}/{sent['name'].split('/')[-1]}"
        if sent.get("type") not in ("dataset", None) or not _REPO.fullmatch(name):
            raise Reply(HTTPStatus.BAD_REQUEST, "", "this Hub holds datasets")
        with self.server.store.lock:
            private = bool(sent.get("private")) or sent.get("visibility") == "private"
            made = self.server.store.create(name, private)
        url = f"{self.server.endpoint}/datasets/{name}"
        plain = {"url": url, "id": name, "name": name}
        self._send(200 if made else 409, plain if made else {**plain, "error": "You already created this dataset repo"})

    def delete(self) -> None:
        self._may_write()
        sent = json.loads(self._body())
        name = f"{sent.get('organization') or 'local'}/{sent['name'].split('/')[-1]}"
        with self.server.store.lock:
            self._repo(name)
            (self.server.store.root / "repos" / f"{name}.json").unlink()
            del self.server.store.repos[name]
        self._send(200, {})

    def validate_yaml(self) -> None:
        self._body()
        self._send(200, {"errors": [], "warnings": []})

    def preupload(self, repo: str, revision: str) -> None:
        self._may_write()
        _, commit = self._revision(repo, revision)
        plain = []
        for sent in json.loads(self._body())["files"]:
            path, size = sent["path"], int(sent["size"])
            lfs = size > _REGULAR_BYTES or path.endswith(_LFS_SUFFIXES)
            entry = {"path": path, "uploadMode": "lfs" if lfs else "regular", "shouldIgnore": False}
            if (now := commit.files.get(path)) is not None and now.lfs == lfs:
                entry["oid"] = now.sha256 if lfs else now.oid
            plain.append(entry)
        self._send(200, {"files": plain})

    def batch(self, repo: str) -> None:
        self._may_write()
        self._repo(repo)
        if self.server.fault("batch"):
            raise Reply(HTTPStatus.TOO_MANY_REQUESTS)
        sent = json.loads(self._body())
        objects = []
        for item in sent["objects"]:
            oid, size = item["oid"], item["size"]
            if not re.fullmatch(r"[0-9a-f]{64}", oid):
                raise Reply(HTTPStatus.UNPROCESSABLE_ENTITY, "", "not a sha256")
            made = {"oid": oid, "size": size}
            if not self.server.store.blob(oid).exists():
                href = f"{self.server.endpoint}/_lfs/{oid}?seal={self.server.seal(oid)}"
                verify = f"{self.server.endpoint}/_lfs/{oid}/verify"
                made["actions"] = {"upload": {"href": href, "header": {}}, "verify": {"href": verify, "header": {}}}
            objects.append(made)
        self._send(200, {"transfer": "basic", "objects": objects}, {"Content-Type": "application/vnd.git-lfs+json"})

    def upload(self, oid: str) -> None:
        if not hmac.compare_digest(self.query.get("seal", [""])[0], self.server.seal(oid)):
            raise Reply(HTTPStatus.FORBIDDEN, "", "this upload was not announced")
        fault = self.server.fault("upload")
        if fault == "cut":
            self.close_connection = True
            self.connection.close()
            return
        if fault == "500":
            raise Reply(HTTPStatus.INTERNAL_SERVER_ERROR)
        if fault == "wrong-sha":
            data = self._body(_MOST_COMMITTED)
            self.server.swapped[oid] = self.server.store.put(data[:-1] + bytes([data[-1] ^ 1]) if data else b"x")
        elif self.server.store.receive(self._pieces()) != oid:
            raise Reply(HTTPStatus.BAD_REQUEST, "", "the bytes are not those of the announced sha256")
        self._send(200, {})

    def verify(self, oid: str) -> None:
        self._body()
        if not self._blob(oid).exists():
            raise Reply(HTTPStatus.NOT_FOUND, "", "that object was not uploaded")
        self._send(200, {})

    def commit(self, repo: str, revision: str) -> None:
        self._may_write()
        fault = self.server.fault("commit")
        if fault:
            raise Reply(HTTPStatus(int(fault)), "", "the repository changed while you were at it")
        lines = [json.loads(line) for line in self._body(_MOST_COMMITTED).splitlines() if line.strip()]
        header = next(line["value"] for line in lines if line["key"] == "header")
        with self.server.store.lock:
            found = self._repo(repo)
            head = found.branches.get(revision)
            if head is None:
                raise Reply(HTTPStatus.NOT_FOUND, "RevisionNotFound", f"no branch {revision}")
            if header.get("parentCommit") and header["parentCommit"] != head:
                raise Reply(HTTPStatus.PRECONDITION_FAILED, "", "a commit has happened since; expected another parent")
            files = dict(found.commits[head].files)
            for line in lines:
                self._change(files, line["key"], line["value"])
            made = self.server.store.commit(
                found, revision, header.get("summary", ""), header.get("description", ""), files
            )
        url = f"{self.server.endpoint}/datasets/{repo}/commit/{made.oid}"
        self._send(200, {"success": True, "commitOid": made.oid, "commitUrl": url, "hookOutput": ""})

    def tag(self, repo: str, revision: str) -> None:
        self._may_write()
        if fault := self.server.fault("tag"):
            raise Reply(HTTPStatus(int(fault)), "", "the tag exists")
        sent = json.loads(self._body())
        with self.server.store.lock:
            found, commit = self._revision(repo, revision)
            if sent["tag"] in found.tags:
                raise Reply(HTTPStatus.CONFLICT, "", f"Tag reference exists already: {sent['tag']}")
            found.tags[sent["tag"]] = commit.oid
            self.server.store.save(found)
        self._send(200, {})

    def untag(self, repo: str, revision: str) -> None:
        self._unref(repo, revision, "tags")

    def branch(self, repo: str, revision: str) -> None:
        self._may_write()
        sent = json.loads(self._body() or b"{}")
        with self.server.store.lock:
            found, commit = self._revision(repo, sent.get("startingPoint") or "main")
            if revision in found.branches:
                raise Reply(HTTPStatus.CONFLICT, "", f"Reference already exists: {revision}")
            found.branches[revision] = commit.oid
            self.server.store.save(found)
        self._send(200, {})

    def unbranch(self, repo: str, revision: str) -> None:
        self._unref(repo, revision, "branches")

    def add_fault(self) -> None:
        """The knob for tests in another process."""
        self._may_write()
        self.server.faults.append(json.loads(self._body())["fault"])
        self._send(200, {})

    # What they share

    def _unref(self, repo: str, revision: str, kind: str) -> None:
        self._may_write()
        with self.server.store.lock:
            found = self._repo(repo)
            refs: dict[str, str] = getattr(found, kind)
            if revision not in refs:
                raise Reply(HTTPStatus.NOT_FOUND, "RevisionNotFound", f"no {revision}")
            del refs[revision]
            self.server.store.save(found)
        self._send(200, {})

    def _change(self, files: dict[str, Stored], key: str, value: Mapping[str, Any]) -> None:
        path = value.get("path", "")
        if key in ("file", "lfsFile") and (not path or path.startswith("/") or ".." in path.split("/")):
            raise Reply(HTTPStatus.BAD_REQUEST, "", f"not a path: {path}")
        if key == "file":
            data = base64.b64decode(value["content"])
            oid = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
            files[path] = Stored(len(data), self.server.store.put(data), oid, False)
        elif key == "lfsFile":
            blob = self._blob(value["oid"])
            if not blob.exists():
                raise Reply(HTTPStatus.BAD_REQUEST, "", f"{path} was not uploaded")
            size = blob.stat().st_size
            pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{blob.name}\nsize {size}\n".encode()
            oid = hashlib.sha1(b"blob %d\0" % len(pointer) + pointer).hexdigest()
            files[path] = Stored(size, blob.name, oid, True)
        elif key == "deletedFile":
            files.pop(path, None)
        elif key == "deletedFolder":
            for name in [name for name in files if name.startswith(path.rstrip("/") + "/")]:
                del files[name]

    def _blob(self, oid: str) -> Path:
        """Where an uploaded file lies; under another hash when a fault swapped it."""
        return self.server.store.blob(self.server.swapped.get(oid, oid))

    def _repo(self, name: str) -> Repo:
        found = self.server.store.repos.get(name)
        if found is None or (found.private and not self._token_is_good()):
            raise Reply(HTTPStatus.NOT_FOUND, "RepoNotFound", "Repository not found")
        return found

    def _revision(self, name: str, revision: str) -> tuple[Repo, Commit]:
        found = self._repo(name)
        oid = found.branches.get(revision) or found.tags.get(revision) or revision
        for ref in (revision.removeprefix("refs/heads/"), revision.removeprefix("refs/tags/")):
            oid = found.branches.get(ref, found.tags.get(ref, oid)) if revision.startswith("refs/") else oid
        if oid not in found.commits:
            raise Reply(HTTPStatus.NOT_FOUND, "RevisionNotFound", f"Invalid rev id: {revision}")
        return found, found.commits[oid]

    def _token_is_good(self) -> bool:
        given = self.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        tokens = self.server.tokens
        return bool(given) if tokens is None else any(hmac.compare_digest(given, token) for token in tokens)

    def _may_write(self) -> None:
        if not self._token_is_good():
            raise Reply(HTTPStatus.UNAUTHORIZED, "", "Invalid username or password.")

    def _announced(self) -> int | None:
        """The bytes of the request's body, None where it comes in chunks.

        Two readers who see two ends of one request can be played off against each other: every doubt ends it.
        """
        codings, lengths = (self.headers.get_all(name, []) for name in ("Transfer-Encoding", "Content-Length"))
        if [coding.strip().lower() for coding in codings] == ["chunked"] and not lengths:
            return None
        if not codings and not lengths:
            return 0
        if codings or len(lengths) > 1 or not re.fullmatch(r"[0-9]{1,18}", lengths[0]):
            raise self._misread()
        return int(lengths[0])

    def _misread(self) -> Reply:
        self.body_read = self.close_connection = True  # nobody knows where the next request begins
        return Reply(HTTPStatus.BAD_REQUEST, "", "the length of the request is not what it says")

    def _body(self, most: int = _MOST_SAID) -> bytes:
        """The body of the request."""
        parts: list[bytes] = []
        size = 0
        for piece in self._pieces():
            size += len(piece)
            if size > most:
                self.close_connection = True
                raise Reply(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "", f"a request here has {most:,} bytes at most")
            parts.append(piece)
        return b"".join(parts)

    def _pieces(self) -> Iterator[bytes]:
        """The body as it comes in."""
        self.body_read = True
        if self.length is not None:
            yield from self._read(self.length)
            return
        while size := self._chunk_size():
            yield from self._read(size)
            if self.rfile.readline(3).strip():
                raise self._misread()
        while self.rfile.readline(_LONGEST_CHUNK_HEAD).strip():
            """A trailer says nothing here."""

    def _chunk_size(self) -> int:
        line = self.rfile.readline(_LONGEST_CHUNK_HEAD)
        found = re.fullmatch(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n", line)
        if found is None:
            raise self._misread()
        return int(found[1], 16)

    def _read(self, size: int) -> Iterator[bytes]:
        """So many bytes, in pieces: a length that is only claimed takes no memory."""
        while size and (part := self.rfile.read(min(size, 1 << 20))):
            yield part
            size -= len(part)
        if size:
            raise self._misread()

    def _drain(self) -> None:
        """Take an unread body off the line, or the next request on this connection would begin in its middle; hang up
        instead where it is long."""
        if self.body_read:
            return
        if self.length is None or self.length > _MOST_PASSED_OVER:
            self.close_connection = True
            return
        with contextlib.suppress(Reply):
            for _ in self._pieces():
                """Nobody wants it."""

    def _linger(self) -> None:
        """Before hanging up on somebody who is still sending, take some of it off the line: else the answer is lost."""
        left = _MOST_PASSED_OVER
        with contextlib.suppress(Reply, OSError):
            for piece in () if self.body_read else self._pieces():
                left -= len(piece)
                if left <= 0:
                    return

    def _send(self, status: int, plain: object, headers: Mapping[str, str] | None = None) -> None:
        data = json.dumps(plain).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


def _route(verb: str, pattern: str, name: str) -> tuple[str, re.Pattern[str], str]:
    repo = r"(?P<repo>[^/]+/[^/]+)"
    return verb, re.compile(pattern.replace("REPO", repo).replace("REV", r"(?P<revision>[^/]+)")), name


_ROUTES = (
    _route("GET", "/api/whoami-v2", "whoami"),
    _route("POST", "/api/repos/create", "create"),
    _route("DELETE", "/api/repos/delete", "delete"),
    _route("POST", "/api/validate-yaml", "validate_yaml"),
    _route("POST", "/api/datasets/REPO/preupload/REV", "preupload"),
    _route("POST", "/api/datasets/REPO/commit/REV", "commit"),
    _route("POST", "/api/datasets/REPO/tag/REV", "tag"),
    _route("DELETE", "/api/datasets/REPO/tag/REV", "untag"),
    _route("POST", "/api/datasets/REPO/branch/REV", "branch"),
    _route("DELETE", "/api/datasets/REPO/branch/REV", "unbranch"),
    _route("POST", "/api/datasets/REPO/paths-info/REV", "paths_info"),
    _route("GET", "/api/datasets/REPO/refs", "refs"),
    _route("GET", "/api/datasets/REPO/tree/REV(/(?P<path>.*))?", "tree"),
    _route("GET", "/api/datasets/REPO/commits/REV", "commits"),
    _route("GET", "/api/datasets/REPO/revision/REV", "info"),
    _route("GET", "/api/datasets/REPO", "info"),
    _route("POST", r"/datasets/REPO\.git/info/lfs/objects/batch", "batch"),
    _route("PUT", "/_lfs/(?P<oid>[0-9a-f]{64})", "upload"),
    _route("POST", "/_lfs/(?P<oid>[0-9a-f]{64})/verify", "verify"),
    _route("POST", "/_faults", "add_fault"),
    _route("GET|HEAD", "/datasets/REPO/resolve/REV/(?P<path>.+)", "resolve"),
)


def client_environment(endpoint: str, token: str, home: Path) -> dict[str, str]:
    """The environment in which Hub clients talk to this Hub and to nobody else. They read it when they start."""
    return {
        **os.environ,
        "HF_ENDPOINT": endpoint,
        "HF_TOKEN": token,
        "HF_HOME": str(home),
        "HF_HUB_DISABLE_XET": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_UPDATE_DOWNLOAD_COUNTS": "0",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
        "HF_HUB_DISABLE_UPDATE_CHECK": "1",
        "NO_PROXY": "127.0.0.1",
    }


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


def _range(header: str, size: int) -> tuple[int, int]:
    found = re.fullmatch(r"bytes=(\d*)-(\d*)", header.strip())
    if not found or not size:
        return 0, size - 1
    first, last = found.groups()
    if not first:
        return max(0, size - int(last or 0)), size - 1
    return min(int(first), size - 1), min(int(last), size - 1) if last else size - 1
