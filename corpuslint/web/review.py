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
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from msgspec import structs
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from corpuslint.engine.decisions import Decision, decision_of
from corpuslint.errors import SourceError
from corpuslint.serving import LocalServer, body_of

MOST_BYTES = 1 << 20
"""A request larger than this is refused; the page sends many decisions as several requests."""

HOST = "127.0.0.1"


def append(path: Path, decisions: Sequence[Decision]) -> None:
    """Write a line for each decision, all of them at once, and see them on the disk.

    Raises SourceError where they cannot be written.
    """
    line = "".join(f"{decision.written()}\n" for decision in decisions).encode("utf-8", "backslashreplace")
    try:
        with path.open("a+b", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            if size and os.pread(file.fileno(), 1, size - 1) != b"\n":
                line = b"\n" + line  # a hand-made last line without an end stays a line of its own
            file.write(line)
            os.fsync(file.fileno())
    except OSError as error:
        raise SourceError(f"cannot be written: {error.strerror}", path=str(path)) from error


class ReviewServer(LocalServer):
    """Serves `render()` at `/` and takes decisions at `/decisions`.

    Raises SourceError where the port is taken.
    """

    def __init__(self, port: int, file: Path, reviewer: str, render: Callable[[], str]) -> None:
        self.token = secrets.token_urlsafe(24)
        self.file, self.reviewer, self.render = file, reviewer, render
        routes = [Route("/", self._page, methods=["GET"]), Route("/decisions", self._decide, methods=["POST"])]
        try:
            super().__init__(Starlette(routes=routes), HOST, port)
        except OSError as error:
            raise SourceError(
                f"port {port} cannot be listened on: {error.strerror}",
                path=HOST,
                remedy="another review may be open; choose a port with --port, or 0 for any",
            ) from None

    @property
    def address(self) -> str:
        """What to open in the browser; whoever has it may decide."""
        return f"http://{HOST}:{self.server_address[1]}/?token={self.token}"

    def _page(self, request: Request) -> Response:
        self._check(request.query_params.get("token", ""))
        page = self.render().encode("utf-8", "replace")
        return Response(page, headers=_HEADERS, media_type="text/html; charset=utf-8")

    async def _decide(self, request: Request) -> Response:
        self._check(request.headers.get("x-corpuslint-token", ""))
        if "content-length" not in request.headers:
            raise HTTPException(400, "a decision says how long it is", {**_HEADERS, "Connection": "close"})
        try:
            decisions = decisions_of(json.loads(await body_of(request, MOST_BYTES)), self.reviewer)
            append(self.file, decisions)
        except (ValueError, TypeError, RecursionError) as error:
            raise HTTPException(400, str(error), _HEADERS) from error
        except SourceError as error:
            raise HTTPException(500, str(error), _HEADERS) from error
        return JSONResponse({}, headers=_HEADERS)

    def _check(self, token: str) -> None:
        if not hmac.compare_digest(token.encode("utf-8", "replace"), self.token.encode()):
            raise HTTPException(403, "open the address that `corpuslint review` printed", _HEADERS)


_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",
}


def decisions_of(plain: Any, reviewer: str) -> tuple[Decision, ...]:
    """The decisions in a request: one object, or a list of them.

    Raises ValueError or TypeError for one that is not as it must be; then none of them is written.
    """
    given = plain if isinstance(plain, list) else [plain]
    if not given:
        raise ValueError("there is no decision in the list")
    return tuple(structs.replace(decision_of(one), by=reviewer) for one in given)
