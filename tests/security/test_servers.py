"""The local Hub and the review page refuse before they read, and read a request in one way only."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import json
import re
import socket
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from corpuslint.publishing.hub_server import HubServer
from corpuslint.web.review import ReviewServer


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubServer]:
    with HubServer(tmp_path / "hub", tokens=frozenset({"token"})) as server:
        server.start()
        yield server
        server.shutdown()


def asked(server: HubServer | ReviewServer, head: str, body: bytes = b"", *, megabytes: int = 0) -> bytes:
    """What comes back for a request; of `megabytes` more, as many are sent as are taken."""
    port = server.server_address[1]
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(head.replace("HOST", f"127.0.0.1:{port}").encode("latin-1") + body)
        answer = b""
        with contextlib.suppress(ConnectionError):
            for _ in range(megabytes):
                connection.sendall(b"1" * (1 << 20))
        with contextlib.suppress(ConnectionError, TimeoutError):
            while piece := connection.recv(1 << 16):
                answer += piece
        return answer


POST = "POST /api/repos/create HTTP/1.1\r\nHost: HOST\r\n"


def peak_of(server: HubServer, head: str, megabytes: int) -> tuple[bytes, int]:
    tracemalloc.start()
    try:
        answer = asked(server, head, megabytes=megabytes)
        return answer, tracemalloc.get_traced_memory()[1] >> 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (POST + "Content-Length: 67108864\r\n\r\n", b"401"),
        (POST.replace("HOST", "evil.example") + "Content-Length: 67108864\r\n\r\n", b"403"),
        (POST + "Transfer-Encoding: chunked\r\n\r\n4000000\r\n", b"401"),
        (POST + "Authorization: Bearer token\r\nContent-Length: 67108864\r\n\r\n", b"413"),
        ("POST /api/validate-yaml HTTP/1.1\r\nHost: HOST\r\nContent-Length: 67108864\r\n\r\n", b"413"),
        ("POST /nowhere HTTP/1.1\r\nHost: HOST\r\nContent-Length: 67108864\r\n\r\n", b"404"),
        (POST + "Authorization: Bearer token\r\nTransfer-Encoding: chunked\r\n\r\n", b"400"),
    ],
    ids=["no token", "another host", "chunks", "too long", "open to all", "nowhere", "a chunk head without end"],
)
def test_a_long_request_is_refused_and_never_held(hub: HubServer, head: str, status: bytes) -> None:
    answer, peak = peak_of(hub, head, 64)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 " + status), answer[:80]
    assert peak < 40, "the whole would be 64 MB, and twice that"


@pytest.mark.parametrize(
    "lengths",
    [
        "Content-Length: 1_0\r\n",
        "Content-Length: +10\r\n",
        "Content-Length: \xb2\r\n",
        "Content-Length: 0\r\nContent-Length: 40\r\n",
        "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: identity\r\n",
    ],
)
def test_a_request_of_doubtful_length_is_refused_and_ends_the_connection(hub: HubServer, lengths: str) -> None:
    head = f"POST /api/validate-yaml HTTP/1.1\r\nHost: HOST\r\n{lengths}\r\n"
    answer = asked(hub, head, b"0\r\n\r\nGET /api/whoami-v2 HTTP/1.1\r\nHost: x\r\n\r\n")
    assert re.findall(rb"HTTP/1\.1 (\d+)", answer) == [b"400"]
    assert b"connection: close" in answer.lower()


@pytest.mark.parametrize("size", ["1_0", "+5", "0x5", " 5", "", "f" * 30])
def test_a_doubtful_chunk_ends_the_connection(hub: HubServer, size: str) -> None:
    head = "POST /api/validate-yaml HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n"
    answer = asked(hub, head, f"{size}\r\nhello\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n".encode())
    assert re.findall(rb"HTTP/1\.1 (\d+)", answer) == [b"400"]


@pytest.mark.parametrize("body", [b"5\r\nhello\r\n0\r\n\r\n", b"5;x=y\r\nhello\r\n0\r\nTrailer: x\r\n\r\n"])
def test_chunks_are_read(hub: HubServer, body: bytes) -> None:
    head = "POST /api/validate-yaml HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n"
    following = b"GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert re.findall(rb"HTTP/1\.1 (\d+)", asked(hub, head, body + following)) == [b"200", b"403"]


def test_a_body_that_nobody_reads_is_no_request(hub: HubServer) -> None:
    inside = b"GET /api/whoami-v2 HTTP/1.1\r\nHost: x\r\n\r\n"
    head = f"GET /api/datasets/a/b HTTP/1.1\r\nHost: HOST\r\nContent-Length: {len(inside)}\r\n\r\n"
    following = b"GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert re.findall(rb"HTTP/1\.1 (\d+)", asked(hub, head, inside + following)) == [b"404", b"403"]


def test_uploads_are_written_as_they_come(hub: HubServer) -> None:
    data = b"x" * (48 << 20)
    oid = hashlib.sha256(data).hexdigest()
    port = hub.server_address[1]
    tracemalloc.start()
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("PUT", f"/_lfs/{oid}?seal={hub.seal(oid)}", iter([data]), {"Content-Length": str(len(data))})
        assert connection.getresponse().status == 200
        assert tracemalloc.get_traced_memory()[1] >> 20 < 40
    finally:
        tracemalloc.stop()
    assert hub.store.blob(oid).stat().st_size == len(data)


def test_an_upload_that_breaks_off_leaves_nothing(hub: HubServer) -> None:
    oid = "0" * 64
    head = f"PUT /_lfs/{oid}?seal={hub.seal(oid)} HTTP/1.1\r\nHost: HOST\r\nContent-Length: 100\r\n\r\n"
    port = hub.server_address[1]
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(head.replace("HOST", f"127.0.0.1:{port}").encode() + b"half")
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(64) == b"", "nobody is left to answer"
    hub.shutdown()
    assert list((hub.store.root / "blobs").iterdir()) == []


def test_the_limit_on_what_is_read_holds_for_chunks(hub: HubServer) -> None:
    head = POST + "Authorization: Bearer token\r\nTransfer-Encoding: chunked\r\n\r\n"
    piece = b"100000\r\n" + b"x" * (1 << 20) + b"\r\n"
    assert asked(hub, head, piece * 17 + b"0\r\n\r\n").startswith(b"HTTP/1.1 413")


@pytest.fixture
def review(tmp_path: Path) -> Iterator[ReviewServer]:
    with ReviewServer(0, tmp_path / "d.jsonl", "n", lambda: "") as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


DECISION = json.dumps({"verdict": "reject", "code": "ART001", "fingerprint": "f", "file": "a"}).encode()


@pytest.mark.parametrize(
    ("lengths", "status"),
    [
        (f"Content-Length: {len(DECISION)}\r\n", b"200"),
        ("Content-Length: \xb2\r\n", b"400"),
        ("Content-Length: -1\r\n", b"400"),
        ("Content-Length: 1_0\r\n", b"400"),
        ("", b"400"),
        (f"Content-Length: {len(DECISION)}\r\nContent-Length: 1\r\n", b"400"),
        (f"Content-Length: {len(DECISION)}\r\nTransfer-Encoding: chunked\r\n", b"400"),
        ("Transfer-Encoding: chunked\r\n", b"400"),
        ("Content-Length: 2000000\r\n", b"413"),
    ],
)
def test_a_decision_says_once_how_long_it_is(review: ReviewServer, lengths: str, status: bytes) -> None:
    head = f"POST /decisions HTTP/1.1\r\nHost: HOST\r\nX-Corpuslint-Token: {review.token}\r\nConnection: close\r\n"
    answer = asked(review, f"{head}{lengths}\r\n", DECISION)
    assert answer.startswith(b"HTTP/1.1 " + status)
    assert review.file.exists() == (status == b"200")


def test_a_request_with_two_names_for_this_host_is_refused(review: ReviewServer) -> None:
    head = f"POST /decisions HTTP/1.1\r\nHost: HOST\r\nHost: evil.example\r\nX-Corpuslint-Token: {review.token}\r\n"
    answer = asked(review, f"{head}Connection: close\r\nContent-Length: {len(DECISION)}\r\n\r\n", DECISION)
    assert answer.startswith(b"HTTP/1.1 400")
    assert not review.file.exists()


def test_a_second_origin_is_not_passed_over(hub: HubServer) -> None:
    port = hub.server_address[1]
    both = f"Origin: http://127.0.0.1:{port}\r\nOrigin: http://evil.example\r\n"
    assert asked(hub, f"{POST}{both}Content-Length: 0\r\n\r\n").startswith(b"HTTP/1.1 403")


@pytest.mark.parametrize(
    "first", ["", "GET /nowhere HTTP/1.1\r\nHost: HOST\r\n\r\n"], ids=["at once", "after an answer"]
)
def test_a_request_that_never_ends_is_hung_up_on(hub: HubServer, monkeypatch: pytest.MonkeyPatch, first: str) -> None:
    monkeypatch.setattr("corpuslint.serving._ASKING_SECONDS", 0.2)
    port = hub.server_address[1]
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(first.replace("HOST", f"127.0.0.1:{port}").encode())
        assert not first or b"404" in connection.recv(1 << 16)
        connection.sendall(b"GET / HT")
        with contextlib.suppress(ConnectionError):
            while connection.recv(1 << 16):
                pass  # the rest of the answer; TimeoutError where nobody hangs up
