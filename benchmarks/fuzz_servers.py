"""What listens, and strange requests to it: the language server, the local Hub, the review of findings.

A server may refuse a request in words. It may not raise what it does not answer for, say 500, or fall silent.
"""

from __future__ import annotations

import json
import logging
import re
import socket
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from hypothesis import strategies as st
from pygls.lsp.server import LanguageServer

from corpuslint.engine.decisions import parse_decisions
from corpuslint.errors import CorpuslintError
from corpuslint.publishing.hub_server import HubServer, Repo
from corpuslint.web.review import ReviewServer

_SECONDS = 5.0


# The language server


_ODD_TEXTS = st.one_of(
    st.sampled_from(
        [
            "خبر 😀 قصير [ad_1] هنا.\nبلغ العدد 1،000 نسخة في كوریا هذا العام.\n",
            "\ud83d\n[ad_1] \udc00",
            "a\r\nb\rc\x85d\u2028[ad_1]\u2029e\x0b\x0c",
            "",
            "[ad_1]" * 50,
        ]
    ),
    st.text(max_size=30),
)
_NUMBERS = st.one_of(st.integers(0, 30), st.integers(-5, 2**31), st.just(2**31 - 1))
_URIS = st.one_of(
    st.sampled_from(
        [
            "file:///a.txt",
            "file:///a.txt",
            "untitled:Untitled-1",
            "file:///%ff%00.txt",
            "file://h/a.txt",
            "",
            "::",
            "a b",
        ]
    ),
    st.text(max_size=6),
)
_POSITIONS = st.fixed_dictionaries({"line": _NUMBERS, "character": _NUMBERS})
_RANGES = st.fixed_dictionaries({"start": _POSITIONS, "end": _POSITIONS})
_METHODS = {
    "textDocument/didOpen": st.fixed_dictionaries(
        {
            "textDocument": st.fixed_dictionaries(
                {"uri": _URIS, "languageId": st.just("plaintext"), "version": st.integers(-1, 3), "text": _ODD_TEXTS}
            )
        }
    ),
    "textDocument/didChange": st.fixed_dictionaries(
        {
            "textDocument": st.fixed_dictionaries({"uri": _URIS, "version": st.integers(-1, 3)}),
            "contentChanges": st.lists(
                st.one_of(
                    st.fixed_dictionaries({"text": _ODD_TEXTS}),
                    st.fixed_dictionaries({"text": _ODD_TEXTS, "range": _RANGES}),
                ),
                max_size=3,
            ),
        }
    ),
    "textDocument/codeAction": st.fixed_dictionaries(
        {
            "textDocument": st.fixed_dictionaries({"uri": _URIS}),
            "range": _RANGES,
            "context": st.fixed_dictionaries(
                {"diagnostics": st.just([])},
                optional={"only": st.lists(st.sampled_from(["quickfix", "source", "source.fixAll.corpuslint", "x"]))},
            ),
        }
    ),
    "textDocument/hover": st.fixed_dictionaries(
        {"textDocument": st.fixed_dictionaries({"uri": _URIS}), "position": _POSITIONS}
    ),
    "textDocument/didSave": st.fixed_dictionaries({"textDocument": st.fixed_dictionaries({"uri": _URIS})}),
    "textDocument/didClose": st.fixed_dictionaries({"textDocument": st.fixed_dictionaries({"uri": _URIS})}),
    "workspace/didChangeWatchedFiles": st.just({"changes": []}),
}
_REQUESTS = ("textDocument/codeAction", "textDocument/hover")


@st.composite
def lsp_messages(draw: st.DrawFn) -> bytes:
    """A few messages, one a line: an opening, then anything, some of it not even a message."""
    lines = []
    for number in range(draw(st.integers(1, 5))):
        method = "textDocument/didOpen" if not number else draw(st.sampled_from(sorted(_METHODS)))
        message: dict[str, Any] = {"jsonrpc": "2.0", "method": method, "params": draw(_METHODS[method])}
        if method in _REQUESTS:
            message["id"] = number
        if draw(st.integers(0, 9)) == 0:
            key = draw(st.sampled_from(["jsonrpc", "method", "params", "id"]))
            message[key] = draw(st.one_of(st.none(), st.integers(), st.text(max_size=3), st.just([]), st.just({})))
        line = json.dumps(message)
        if draw(st.integers(0, 19)) == 0:
            at = draw(st.integers(0, len(line)))
            line = line[:at] + draw(st.text(max_size=3)) + line[at + draw(st.integers(0, 5)) :]
        lines.append(line.replace("\n", " "))
    return "\n".join(lines).encode("utf-8", "backslashreplace")


class _Errors(logging.Handler):
    """Keeps what a server logs of its own code's errors."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[BaseException] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and isinstance(record.exc_info[1], BaseException):
            self.found.append(record.exc_info[1])


def _is_ours(error: BaseException) -> bool:
    """Whether an error was raised by our code, or by what it called, and is none of those that it answers with."""
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        if f"corpuslint{Path('/')}server" in trace.tb_frame.f_code.co_filename.replace("\\", "/"):
            return not isinstance(error, CorpuslintError)
        trace = trace.tb_next
    return False


class Lsp:
    """A language server that is spoken to in this process."""

    def __init__(self) -> None:
        self._server: LanguageServer | None = None
        self._errors = _Errors()
        self._written: list[bytes] = []

    def __call__(self, data: bytes, _: Path) -> None:
        """Send messages; a crash in one of our handlers is raised here."""
        server = self._server or self._started()
        self._errors.found.clear()
        protocol = server.protocol
        refused = False
        for line in data.split(b"\n"):
            try:
                protocol.handle_message(json.loads(line, object_hook=protocol.structure_message))
            except Exception as error:  # what its loop would log, and go on
                self._errors.found.append(error)
                refused = True
        ours = [error for error in self._errors.found if _is_ours(error)]
        if ours:
            raise ours[0]
        if refused:
            raise CorpuslintError("not a message")

    def _started(self) -> LanguageServer:
        from corpuslint.server.lsp import create

        for name in ("concurrent.futures", "pygls", "pygls.protocol", "pygls.protocol.json_rpc", "pygls.server"):
            logger = logging.getLogger(name)
            logger.addHandler(self._errors)
            logger.propagate = False
        server = self._server = create()
        server.protocol.set_writer(self)
        parameters = {
            "capabilities": {"general": {"positionEncodings": ["utf-16"]}},
            "processId": None,
            "rootUri": None,
        }
        for message in (
            {"jsonrpc": "2.0", "id": "i", "method": "initialize", "params": parameters},
            {"jsonrpc": "2.0", "method": "initialized", "params": {}},
        ):
            protocol = server.protocol
            protocol.handle_message(json.loads(json.dumps(message), object_hook=protocol.structure_message))
        return server

    def write(self, data: bytes) -> None:
        """What the server says; it must be fit to be sent."""
        self._written = [data]

    def close(self) -> None:
        """Nothing to close."""


# Servers of HTTP


_HEADERS = {
    "Host": ["127.0.0.1:PORT", "127.0.0.1:PORT", "localhost:PORT", "evil.example", ""],
    "Content-Length": ["SIZE", "SIZE", "0", "-1", "x", "99999999999999999999", "1", "٣"],
    "Transfer-Encoding": ["chunked", "gzip", "x"],
    "Range": ["bytes=0-", "bytes=-5", "bytes=5-2", "bytes=-", "bytes=99999999999-", "bytes=0-0,2-3", "x", "bytes=-0"],
    "Authorization": ["Bearer token", "Bearer token", "Bearer x", "Basic x", ""],
    "X-Corpuslint-Token": ["TOKEN", "TOKEN", "x", "\xff"],
    "Origin": ["http://127.0.0.1:PORT", "http://evil.example", "http://[", "null"],
    "Content-Type": ["application/json", "application/x-www-form-urlencoded", "\xff"],
    "Connection": ["close"],
}


_USUAL = ("Host", "Content-Length", "Authorization", "X-Corpuslint-Token", "Connection")


@st.composite
def requests(draw: st.DrawFn, usual: list[tuple[str, str, str]]) -> bytes:
    """A request, more or less: a line, headers, a body."""
    method, path, body = draw(st.sampled_from(usual))
    for _ in range(max(0, draw(st.integers(-4, 2)))):
        at = draw(st.integers(0, len(path)))
        new = draw(st.sampled_from(["/", "..", "%2e%2e%2f", "%00", "%ff", "?", "#", "a", "//", "&cursor=-1", ":", "%"]))
        path = path[:at] + new + path[at + draw(st.integers(0, 4)) :]
    if draw(st.integers(0, 2)) == 0:
        at = draw(st.integers(0, len(body)))
        new = draw(st.sampled_from(["null", "[]", "1e999", '"', "{", "[" * 2000, "\\ud800", "-1", "../../x", "\0", ""]))
        body = body[:at] + new + body[at + draw(st.integers(0, 6)) :]
    if draw(st.integers(0, 7)) == 0:
        method = draw(st.sampled_from(["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "x", ""]))
    odd = draw(st.lists(st.sampled_from(sorted(_HEADERS)), unique=True, max_size=2))
    given = [name for name in _USUAL if draw(st.integers(0, 15))]
    headers = {name: _HEADERS[name][0] for name in given} | {
        name: draw(st.sampled_from(_HEADERS[name])) for name in odd
    }
    lines = [f"{method} {path} HTTP/1.1"] + [f"{name}: {value}" for name, value in headers.items()]
    if draw(st.integers(0, 15)) == 0:
        lines.insert(draw(st.integers(0, len(lines))), draw(st.text(max_size=10)))
    return "\r\n".join(lines).encode("utf-8", "replace") + b"\r\n\r\n" + body.encode("utf-8", "replace")


class _Http:
    """A server of HTTP in a thread, sent one request a connection."""

    def __init__(self, start: Callable[[Path], Any], token: Callable[[Any], str], sound: bytes) -> None:
        self._start, self._token, self._sound = start, token, sound
        self.server: Any = None
        self._folder: Path | None = None

    def __call__(self, data: bytes, folder: Path) -> None:
        """Send a request, and then one that must be answered."""
        if self._folder != folder:
            self._begin(folder)
        status = self._sent(data)
        assert status < 500 or status in (501, 505), f"status {status}"
        assert self._sent(self._sound, whole=True) == 200, "a sound request is not answered any more"
        if status >= 400:
            raise CorpuslintError(f"status {status}")

    def _begin(self, folder: Path) -> None:
        self._folder = folder
        self.server = self._start(folder)
        self.server.start()

    def _sent(self, data: bytes, *, whole: bool = False) -> int:
        """The status of the answer; 400 where the server hangs up instead, as it may unless the request is whole."""
        port = self.server.server_address[1]
        data = data.replace(b"PORT", str(port).encode()).replace(b"TOKEN", self._token(self.server).encode())
        size = len(data.partition(b"\r\n\r\n")[2])
        data = data.replace(b"Content-Length: SIZE", f"Content-Length: {size}".encode())
        with socket.create_connection(("127.0.0.1", port), timeout=_SECONDS) as connection:
            try:
                connection.sendall(data)
                if not whole:
                    connection.shutdown(socket.SHUT_WR)
                answer = b""
                while b"\r\n" not in answer and (piece := connection.recv(1 << 16)):
                    answer += piece
            except ConnectionError:
                return 400
        found = re.match(rb"HTTP/1\.[01] (\d{3})", answer)
        return int(found[1]) if found else 400


_FILE = '{"key": "header", "value": {"summary": "s"}}\n{"key": "file", "value": {"path": "a", "content": "YWJj"}}\n'
_POINTER = '{"key": "header", "value": {"summary": "s"}}\n{"key": "lfsFile", "value": {"path": "a", "oid": "../x"}}\n'
_DELETION = '{"key": "header", "value": {}}\n{"key": "deletedFolder", "value": {"path": "/"}}\n'
_BATCH = '{"operation": "upload", "objects": [{"oid": "' + "0" * 64 + '", "size": 1}]}'
HUB_REQUESTS = [
    ("GET", "/api/whoami-v2", ""),
    ("POST", "/api/repos/create", '{"name": "b", "organization": "a", "type": "dataset"}'),
    ("DELETE", "/api/repos/delete", '{"name": "c", "organization": "a"}'),
    ("POST", "/api/validate-yaml", "{}"),
    ("GET", "/api/datasets/a/b", ""),
    ("GET", "/api/datasets/a/b/refs", ""),
    ("GET", "/api/datasets/a/b/tree/main?recursive=true&cursor=0", ""),
    ("GET", "/api/datasets/a/b/commits/main", ""),
    ("GET", "/api/datasets/a/b/revision/main", ""),
    ("POST", "/api/datasets/a/b/paths-info/main", '{"paths": ["a"], "expand": true}'),
    ("POST", "/api/datasets/a/b/preupload/main", '{"files": [{"path": "a", "size": 3, "sample": "YWJj"}]}'),
    ("POST", "/api/datasets/a/b/commit/main", _FILE),
    ("POST", "/api/datasets/a/b/commit/main", _POINTER),
    ("POST", "/api/datasets/a/b/commit/main", _DELETION),
    ("POST", "/api/datasets/a/b/tag/main", '{"tag": "1.0.0"}'),
    ("DELETE", "/api/datasets/a/b/tag/1.0.0", ""),
    ("POST", "/api/datasets/a/b/branch/x", "{}"),
    ("DELETE", "/api/datasets/a/b/branch/x", ""),
    ("POST", "/datasets/a/b.git/info/lfs/objects/batch", _BATCH),
    ("GET", "/datasets/a/b/resolve/main/a", ""),
    ("HEAD", "/datasets/a/b/resolve/main/a", ""),
    ("PUT", "/_lfs/" + "0" * 64 + "?seal=x", "abc"),
    ("POST", "/_lfs/" + "0" * 64 + "/verify", "5\r\nabcde\r\n0\r\n\r\n"),
]
REVIEW_REQUESTS = [
    ("GET", "/?token=TOKEN", ""),
    ("GET", "/", ""),
    ("POST", "/decisions", '{"verdict": "accept", "code": "ART001", "fingerprint": "f", "file": "a.txt"}'),
    ("POST", "/decisions", '{"verdict": "split", "paragraph": "p", "file": "a.txt"}'),
    ("POST", "/decisions", '{"verdict": "edit", "code": "ART001", "fingerprint": "f", "content": "c"}'),
]


def _hub(folder: Path) -> HubServer:
    server = HubServer(folder / "hub", tokens=frozenset({"token"}))
    server.store.commit(Repo("a/b"), "main", "initial commit", {})
    return server


def _review(folder: Path) -> ReviewServer:
    return ReviewServer(0, folder / "decisions.jsonl", "me", lambda: "page")


def Hub() -> _Http:
    """The local Hub."""
    return _Http(_hub, lambda _: "token", b"GET /api/whoami-v2 HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n"
                 b"Authorization: Bearer token\r\nConnection: close\r\n\r\n")  # fmt: skip


class Review(_Http):
    """The review of findings; its file of decisions can be read after every request."""

    def __init__(self) -> None:
        sound = b"GET /?token=TOKEN HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n"
        super().__init__(_review, lambda server: str(server.token), sound)

    def __call__(self, data: bytes, folder: Path) -> None:
        """Send a request, and read what was decided."""
        try:
            super().__call__(data, folder)
        finally:
            file = folder / "decisions.jsonl"
            if file.exists():
                parse_decisions(file.read_text("utf-8"), str(file))
                file.unlink()
