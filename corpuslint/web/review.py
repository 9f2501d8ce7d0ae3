"""The review app: the report's page with buttons, and a server on this machine that writes each decision down.

It serves one person's browser. It listens on the loopback interface only; every request must carry the token of the
address it was opened with, and must be meant for this host: another page in the same browser can neither read nor
write anything here (DNS rebinding included).
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import ParseResult, parse_qs, urlparse

from corpuslint.engine.decisions import Decision, Verdict
from corpuslint.errors import SourceError
from corpuslint.text.patterns import compile_re

MOST_BYTES = 1 << 20
"""A request larger than this is refused; the page sends many decisions as several requests."""

HOST = "127.0.0.1"
_LENGTH = compile_re(r"[0-9]{1,18}")


@dataclass(slots=True)
class DecisionsFile:
    """The file that decisions are appended to, one whole line at a time."""

    path: Path
    lock: Lock

    def append(self, decisions: Sequence[Decision]) -> None:
        """Write a line for each decision, all of them at once, and see them on the disk.

        Raises SourceError where they cannot be written.
        """
        line = "".join(f"{decision.written()}\n" for decision in decisions).encode("utf-8", "backslashreplace")
        try:
            with self.lock:
                descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
                try:
                    size = os.fstat(descriptor).st_size
                    if size and os.pread(descriptor, 1, size - 1) != b"\n":
                        line = b"\n" + line  # a hand-made last line without an end stays a line of its own
                    os.write(descriptor, line)
                    os.fsync(descriptor)
                finally:
                    os.close(descriptor)
        except OSError as error:
            raise SourceError(f"cannot be written: {error.strerror}", origin=str(self.path)) from error


class ReviewServer(ThreadingHTTPServer):
    """Serves `render()` at `/` and takes decisions at `/decisions`."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int, file: DecisionsFile, reviewer: str, render: Callable[[], str]) -> None:
        self.token = secrets.token_urlsafe(24)
        self.file, self.reviewer, self.render = file, reviewer, render
        try:
            super().__init__((HOST, port), _Handler)
        except OSError as error:
            raise SourceError(
                f"port {port} cannot be listened on: {error.strerror}",
                origin=HOST,
                remedy="another review may be open; choose a port with --port, or 0 for any",
            ) from None

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing of a client that hung up; anything else is said."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)

    @property
    def address(self) -> str:
        """What to open in the browser; whoever has it may decide."""
        return f"http://{HOST}:{self.server_address[1]}/?token={self.token}"

    def is_own_host(self, host: str) -> bool:
        """Whether a Host header means this server and no name that was made to point at it."""
        return host in (f"{HOST}:{self.server_address[1]}", f"localhost:{self.server_address[1]}")


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        asked = _parsed(self.path)
        if asked.path != "/":
            return self._refuse(HTTPStatus.NOT_FOUND, "there is nothing here")
        if not self._is_allowed(parse_qs(asked.query).get("token", [""])[0]):
            return None
        return self._send(HTTPStatus.OK, "text/html; charset=utf-8", self.server.render().encode("utf-8", "replace"))

    def do_POST(self) -> None:
        if self.path != "/decisions":
            return self._refuse(HTTPStatus.NOT_FOUND, "there is nothing here")
        if not self._is_allowed(self.headers.get("X-Corpuslint-Token", "")):
            return None
        origin = self.headers.get("Origin", "")
        if origin and not self.server.is_own_host(_parsed(origin).netloc):
            return self._refuse(HTTPStatus.FORBIDDEN, "the request comes from another page")
        lengths = self.headers.get_all("Content-Length", [])
        if len(lengths) != 1 or not _LENGTH.fullmatch(lengths[0]) or "Transfer-Encoding" in self.headers:
            return self._refuse(HTTPStatus.BAD_REQUEST, "a decision says once how long it is")
        if int(lengths[0]) > MOST_BYTES:
            return self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "a decision is smaller than that")
        try:
            decisions = decisions_of(json.loads(self.rfile.read(int(lengths[0]))), self.server.reviewer)
        except (ValueError, TypeError, RecursionError) as error:
            return self._refuse(HTTPStatus.BAD_REQUEST, str(error))
        try:
            self.server.file.append(decisions)
        except SourceError as error:
            return self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
        return self._send(HTTPStatus.OK, "application/json", b"{}")

    def _is_allowed(self, token: str) -> bool:
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not self.server.is_own_host(hosts[0]):
            self._refuse(HTTPStatus.FORBIDDEN, "not this host")
            return False
        if not hmac.compare_digest(token.encode("utf-8", "replace"), self.server.token.encode()):
            self._refuse(HTTPStatus.FORBIDDEN, "open the address that `corpuslint review` printed")
            return False
        return True

    def _refuse(self, status: HTTPStatus, reason: str) -> None:
        self.close_connection = True
        self._send(status, "text/plain; charset=utf-8", reason.encode("utf-8", "replace"))

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Frame-Options", "DENY")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the address holds the token, and logs are kept."""


def _parsed(address: str) -> ParseResult:
    """The parts of an address; one that is none has no parts."""
    try:
        return urlparse(address)
    except ValueError:
        return urlparse("")


def decisions_of(plain: Any, reviewer: str) -> tuple[Decision, ...]:
    """The decisions in a request: one object, or a list of them.

    Raises ValueError or TypeError for one that is not as it must be; then none of them is written.
    """
    given = plain if isinstance(plain, list) else [plain]
    if not given:
        raise ValueError("there is no decision in the list")
    return tuple(_decision_of(one, reviewer) for one in given)


def _decision_of(plain: Any, reviewer: str) -> Decision:
    if not isinstance(plain, dict) or not all(isinstance(value, str) for value in plain.values()):
        raise TypeError("a decision is an object of strings")
    verdict = Verdict(plain.get("verdict", ""))
    if verdict is Verdict.SPLIT and not plain.get("paragraph"):
        raise ValueError("a split needs a paragraph")
    on_paragraph = verdict in (Verdict.SPLIT, Verdict.UNDECIDED) and plain.get("paragraph")
    if not on_paragraph and not (plain.get("code") and plain.get("fingerprint")):
        raise ValueError("a decision needs a code and a fingerprint")
    return Decision(
        verdict=verdict,
        code=plain.get("code", ""),
        fingerprint=plain.get("fingerprint", ""),
        file=plain.get("file", ""),
        by=reviewer,
        content=plain.get("content", ""),
        paragraph=plain.get("paragraph", ""),
    )
