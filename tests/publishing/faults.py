"""A Hub that fails: an application around it that breaks the next requests of a kind."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STEPS = {
    "batch": ("POST", re.compile(r".*/info/lfs/objects/batch")),
    "commit": ("POST", re.compile(r"/api/datasets/.*/commit/[^/]+")),
    "tag": ("POST", re.compile(r"/api/datasets/.*/tag/[^/]+")),
    "upload": ("PUT", re.compile(r"/_lfs/(?P<oid>[0-9a-f]{64})")),
}
"""The requests that can be made to fail."""


class Faults:
    """The failures still to come, in order, as `step:how`: a status, "cut" or "wrong-sha". Each happens once."""

    def __init__(self, blobs: Path) -> None:
        self.blobs = blobs
        self.coming: list[str] = []
        self._spoilt: dict[bytes, bytes] = {}  # hashes that were announced, and those of what is held instead

    def around(self, app: ASGIApp) -> ASGIApp:
        """The application, failing as it is told to."""

        async def failing(scope: Scope, receive: Receive, send: Send) -> None:
            how = self._next(scope)
            if how == "cut":
                await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"9")]})
                raise ConnectionError("cut off in the middle of an answer")
            if how == "wrong-sha":
                data = await Request(scope, receive).body()
                data = data[:-1] + bytes([data[-1] ^ 1])
                held = hashlib.sha256(data).hexdigest()
                (self.blobs / held).write_bytes(data)
                self._spoilt[scope["path"].rsplit("/", 1)[1].encode()] = held.encode()
                await JSONResponse({})(scope, receive, send)
            elif how:
                headers = {"RateLimit": '"api";r=0;t=1', "Retry-After": "1"} if how == "429" else {}
                await JSONResponse({"error": "the repository changed"}, int(how), headers)(scope, receive, send)
            elif self._spoilt and scope["method"] == "POST":
                body = await Request(scope, receive).body()
                for announced, held in self._spoilt.items():
                    body = body.replace(announced, held)
                    scope["raw_path"] = scope["raw_path"].replace(announced, held)

                async def spoilt() -> Message:
                    return {"type": "http.request", "body": body}

                await app(scope, spoilt, send)
            else:
                await app(scope, receive, send)

        return failing

    def _next(self, scope: Scope) -> str:
        for number, fault in enumerate(self.coming):
            step, how = fault.split(":")
            method, path = STEPS[step]
            if scope["method"] == method and path.fullmatch(scope["path"]):
                del self.coming[number]
                return how
        return ""

    def end(self) -> None:
        """No more failures."""
        self.coming.clear()
        self._spoilt.clear()
