"""The review server takes decisions from its own page only, and a real browser can make them."""

from __future__ import annotations

import contextlib
import http.client
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest

from corpuslint.api import fix
from corpuslint.config.options import Options
from corpuslint.config.settings import settle
from corpuslint.errors import SourceError
from corpuslint.model.levels import Applicability
from corpuslint.pipeline.pages import review_server
from corpuslint.web.review import ReviewServer

HOSTILE = "</script><script>document.title='owned'</script> {{7*7}} ${7*7} \x1b[31m \u202eabc"
TEXT = (
    "أعلنت البلدية بدء أعمال توسعة الحديقة العامة في وسط المدينة القديمة.\n"
    "خبر [ad_1] في السطر.\n"
    "بلغ عدد الزوار 1،000 زائر في اليوم الأول من الافتتاح بحسب المنظمين.\n"
    f"{HOSTILE}\n"
    "فاز فريق الميناء بكأس الدوري بعد مباراة مثيرة انتهت بركلات الترجيح.\n"
)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ReviewServer]:
    (tmp_path / "corpuslint.toml").write_text("select = ['ART001', 'PUN020']\n")
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    settings = settle(Options(), start=tmp_path)
    server = review_server([str(tmp_path / "a.txt")], settings, port=0, reviewer="tester")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def decisions(server: ReviewServer) -> list[dict[str, str]]:
    if not server.file.exists():
        return []
    return [json.loads(line) for line in server.file.read_text("utf-8").splitlines()]


def ask(server: ReviewServer, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    connection.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    if body:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body or None)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


GOOD = json.dumps({"verdict": "accept", "code": "ART001", "fingerprint": "f", "file": "a.txt"}).encode()


def test_listens_on_loopback_only(server: ReviewServer) -> None:
    assert server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X_Corpuslint_Token": "TOKEN"}, 200),
        ({}, 403),
        ({"X_Corpuslint_Token": "wrong"}, 403),
        ({"X_Corpuslint_Token": "TOKEN", "Host": "evil.example"}, 403),
        ({"X_Corpuslint_Token": "TOKEN", "Origin": "http://evil.example"}, 403),
        ({"X_Corpuslint_Token": "TOKEN", "Origin": "http://["}, 403),
    ],
    ids=["own-page", "no-token", "wrong-token", "rebound-name", "other-page", "no-address"],
)
def test_only_its_own_page_may_decide(server: ReviewServer, headers: dict[str, str], status: int) -> None:
    sent = {name: server.token if value == "TOKEN" else value for name, value in headers.items()}
    assert ask(server, "POST", "/decisions", GOOD, **sent)[0] == status
    assert len(decisions(server)) == (status == 200)


def test_the_page_needs_the_token(server: ReviewServer) -> None:
    assert ask(server, "GET", "/")[0] == 403
    status, content = ask(server, "GET", f"/?token={server.token}")
    assert status == 200
    assert b"connect-src 'self'" in content


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b"[" + GOOD + b', {"verdict": "maybe"}]', 400),
        (b'{"verdict": "maybe"}', 400),
        (b'{"verdict": "accept"}', 400),
        (b"x" * 2_000_000, 413),
    ],
    ids=["json", "empty list", "one of two", "verdict", "incomplete", "huge"],
)
def test_bad_requests_write_nothing(server: ReviewServer, body: bytes, status: int) -> None:
    try:
        assert ask(server, "POST", "/decisions", body, X_Corpuslint_Token=server.token)[0] == status
    except (BrokenPipeError, ConnectionResetError):
        assert status == 413  # hung up on before all of it was sent
    assert decisions(server) == []


def test_a_taken_port_is_said(server: ReviewServer) -> None:
    with pytest.raises(SourceError, match="cannot be listened on"):
        ReviewServer(server.server_address[1], server.file, "x", lambda: "")


def test_a_browser_accepts_edits_rejects_and_splits(server: ReviewServer, tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("needs Chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
        )
        page = browser.new_page()
        requested: list[str] = []
        problems: list[str] = []
        page.on("request", lambda request: requested.append(request.url))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(server.address)
        page.wait_for_selector("ol.findings li")
        assert page.title() == "corpuslint review"
        assert page.locator("mark").all_inner_texts() == ["[ad_1]", "1،000"]
        assert "⟨RLO⟩" in page.locator(".text").first.inner_text()
        page.locator('button[data-verdict="reject"][data-finding="0"]').click()
        page.wait_for_selector('[data-decided="reject"]')
        page.locator('button[data-verdict="edit"][data-finding="1"]').click()
        page.locator("#edited").fill("ألف")
        page.locator("#save-edit").click()
        page.wait_for_selector('[data-decided="edit"]')
        page.locator("details.split summary").click()
        page.locator("details.split button").last.click()
        page.wait_for_selector('details.split button[aria-pressed="true"]', state="attached")
        page.wait_for_function("() => true")
        page.select_option("#interface", "fa")
        assert page.locator("html").get_attribute("dir") == "rtl"
        page.fill("#search", "لا يوجد نص كهذا")
        page.locator("#search").press("Enter")
        assert page.locator("nav.list li").count() == 0
        page.reload()
        page.wait_for_selector("ol.findings li")
        shown = page.locator("[data-decided]").evaluate_all("nodes => nodes.map((node) => node.dataset.decided)")
        browser.close()
    assert problems == []
    own = {parse_qs(urlparse(url).query).get("token", [""])[0] or urlparse(url).path for url in requested}
    assert all(urlparse(url).netloc == f"127.0.0.1:{server.server_address[1]}" for url in requested)
    assert own == {server.token, "/decisions"}
    assert [entry["verdict"] for entry in decisions(server)] == ["reject", "edit", "split"]
    assert decisions(server)[1]["content"] == "ألف"
    assert {entry["by"] for entry in decisions(server)} == {"tester"}
    assert "edit" in shown
    fix([str(tmp_path / "a.txt")], settle(Options(), start=tmp_path), Applicability.SAFE)
    text = (tmp_path / "a.txt").read_text("utf-8")
    assert "[ad_1]" in text and "ألف زائر" in text and "فاز فريق الميناء" not in text
    assert (tmp_path / "a.story-2.txt").read_text("utf-8").startswith("فاز فريق الميناء")


@contextlib.contextmanager
def browser_at(address: str) -> Iterator[Any]:
    """A page of a real browser at an address; the test is skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("needs Chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
        )
        page = browser.new_page()
        page.goto(address)
        page.wait_for_selector("ol.findings li")
        yield page
        browser.close()


@pytest.fixture
def page(server: ReviewServer) -> Iterator[Any]:
    with browser_at(server.address) as opened:
        yield opened


def test_a_review_is_worked_by_keys_and_taken_back(server: ReviewServer, page: Any) -> None:
    page.keyboard.press("n")
    page.keyboard.press("a")  # accepts, and goes on to the next finding
    page.wait_for_selector('[data-decided="accept"]')
    assert "(accepted)" in page.locator("#finding-0 .fix").inner_text()
    page.keyboard.press("r")
    page.wait_for_selector('[data-decided="reject"]')
    page.keyboard.press("u")
    page.wait_for_selector('[data-decided="reject"]', state="detached")
    page.wait_for_selector('[role="alert"]')
    assert [entry["verdict"] for entry in decisions(server)] == ["accept", "reject", "undecided"]


def test_a_fix_is_edited_by_keys_and_focus_comes_back(server: ReviewServer, page: Any) -> None:
    page.keyboard.press("n")
    page.keyboard.press("n")
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.id") == "edited"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "edit-1"
    assert decisions(server) == []


def test_focus_stays_on_the_button_that_was_pressed(server: ReviewServer, page: Any) -> None:
    page.locator("#reject-0").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector('[data-decided="reject"]')
    assert page.evaluate("document.activeElement.id") == "reject-0"


def test_twenty_documents_are_reviewed_with_keys_alone(tmp_path: Path) -> None:
    (tmp_path / "corpuslint.toml").write_text("select = ['ART001']\n")
    for number in range(20):
        (tmp_path / f"{number:02}.txt").write_text(f"خبر {number} [ad_1] ثم [ad_2] في السطر.\n", "utf-8")
    server = review_server([str(tmp_path)], settle(Options(), start=tmp_path), port=0, reviewer="tester")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with browser_at(server.address) as page:
        page.keyboard.press("n")
        for _ in range(20):
            page.keyboard.press("a")  # goes on to the next finding, and past the last one to the next document
            page.keyboard.press("r")
        page.wait_for_timeout(300)
    server.shutdown()
    server.server_close()
    made = decisions(server)
    assert len({(entry["file"], entry["fingerprint"]) for entry in made}) == 40
    assert sorted(entry["verdict"] for entry in made) == ["accept"] * 20 + ["reject"] * 20


def test_one_key_decides_on_all_that_read_the_same(tmp_path: Path) -> None:
    (tmp_path / "corpuslint.toml").write_text("select = ['ART001']\n")
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(f"خبر {number} [ad_{number // 3}] في السطر.\n", "utf-8")
    server = review_server([str(tmp_path)], settle(Options(), start=tmp_path), port=0, reviewer="tester")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with browser_at(server.address) as page:
        page.keyboard.press("n")
        page.wait_for_selector('[data-reach="words"]')
        page.keyboard.press("Shift+R")
        page.wait_for_selector('nav.list [aria-current="true"]')
        page.wait_for_function("() => !document.querySelector('[role=alert]')")
        page.keyboard.press("k")
        page.wait_for_selector('[data-decided="reject"]')
    server.shutdown()
    server.server_close()
    assert [(entry["file"], entry["verdict"]) for entry in decisions(server)] == [
        (f"{number}.txt", "reject") for number in range(3)
    ]
