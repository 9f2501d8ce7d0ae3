"""Web applications of this machine, served by uvicorn to its own pages and programs only."""

from __future__ import annotations

import asyncio
import socket
from threading import Event, Thread
from urllib.parse import urlsplit

import uvicorn
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_MOST_CONNECTIONS = 256
_IDLE_SECONDS = 5
_ASKING_SECONDS = 30
"""How long somebody who connects may take to say what is wanted, and then to send a body that is read whole."""


class LocalServer:
    """An application at one address. It listens as soon as it is made: `server_address` is its host and port.

    Raises OSError where the address cannot be listened on.
    """

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        self._socket = socket.create_server((host, port))
        self.server_address: tuple[str, int] = self._socket.getsockname()[:2]
        config = uvicorn.Config(
            OwnPagesOnly(app, self.server_address),
            http=_Impatient,
            ws="none",
            lifespan="off",
            log_config=None,  # nothing is logged: addresses and headers hold tokens
            log_level="critical",
            access_log=False,
            server_header=False,
            limit_concurrency=_MOST_CONNECTIONS,
            timeout_keep_alive=_IDLE_SECONDS,
            timeout_graceful_shutdown=1,
        )
        self._uvicorn = uvicorn.Server(config)
        self._ended = Event()

    def serve_forever(self) -> None:
        """Serve until `shutdown` or Ctrl-C."""
        try:
            self._uvicorn.run(sockets=[self._socket])
        finally:
            self._ended.set()

    def start(self) -> None:
        """Serve in a thread of its own until `shutdown`."""
        Thread(target=self.serve_forever, daemon=True).start()

    def shutdown(self) -> None:
        """End serving, begun in another thread, and wait for its end."""
        self._uvicorn.should_exit = True
        self._ended.wait()

    def server_close(self) -> None:
        """Listen no more."""
        self._socket.close()

    def __enter__(self) -> LocalServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.server_close()


class _Impatient(H11Protocol):
    """Hangs up on a client that connects, or has been answered, and takes too long to ask."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._look(transport, self)

    def _look(self, transport: asyncio.Transport, before: object) -> None:
        if self.cycle is before and (self.cycle is None or self.cycle.response_complete):
            transport.close()
        elif not transport.is_closing():
            self.loop.call_later(_ASKING_SECONDS, self._look, transport, self.cycle)


class OwnPagesOnly:
    """Refuses what a stranger's page could send: another name that was made to point here, another page's request.

    A request that gives its length in two ways is refused too: two readers could see two ends of it.
    """

    def __init__(self, app: ASGIApp, address: tuple[str, int]) -> None:
        host, port = address
        self.app, self.is_local = app, host in LOOPBACK
        self.names = {f"{name}:{port}" for name in (host, "localhost")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        headers = Request(scope).headers
        reason, status = "", 403
        if self.is_local and headers.getlist("host") not in [[name] for name in self.names]:
            reason = "that is not the name of this server"
        elif {_place(origin) for origin in headers.getlist("origin")} - self.names:
            reason = "the request comes from a page of somebody else"
        elif "transfer-encoding" in headers and "content-length" in headers:
            reason, status = "the length of the request is given twice", 400
        if reason:
            await PlainTextResponse(reason, status, {"Connection": "close"})(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _place(origin: str) -> str:
    """Host and port of an address; none of one that is no address."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


async def body_of(request: Request, most: int) -> bytes:
    """The body of a request.

    Raises HTTPException 413 where it has, or announces, more than `most` bytes, which are not read; TimeoutError where
    it takes half a minute to come.
    """
    too_long = HTTPException(413, f"a request here has {most:,} bytes at most", {"Connection": "close"})
    if int(request.headers.get("content-length", 0)) > most:
        raise too_long
    parts: list[bytes] = []
    size = 0
    async with asyncio.timeout(_ASKING_SECONDS):
        async for piece in request.stream():
            size += len(piece)
            if size > most:
                raise too_long
            parts.append(piece)
    return b"".join(parts)
