"""The documentation builds without a warning, links lead somewhere, and its search finds words of Arabic script."""

from __future__ import annotations

import contextlib
import functools
import http.server
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    return folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@contextlib.contextmanager
def chromium() -> Iterator[Any]:
    """A browser; the test is skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api")
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("needs Chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
        )
        yield browser
        browser.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def test_every_rule_has_a_page(site: Path) -> None:
    rules = {path.stem for path in (ROOT / "docs" / "rules").glob("[A-Z][A-Z][A-Z][0-9]*.md")}
    assert {path.parent.name for path in (site / "rules").glob("*/index.html")} >= rules


def test_every_name_for_programs_is_described(site: Path) -> None:
    page = (site / "api" / "index.html").read_text("utf-8")
    names = (
        *("linter.check_text", "linter.fix_text", "linter.Linter", "linter.Linter.check_dataset", "linter.Findings"),
        *("api.check", "api.fix", "pipeline.dataset.build", "linter.load_rules", "reporting.report.Finding"),
    )
    assert [name for name in names if f'id="corpuslint.{name}"' not in page] == []


def test_search_finds_arabic_words_and_nothing_is_fetched_from_elsewhere(address: str) -> None:
    strangers: list[str] = []
    found: dict[str, list[str]] = {}
    with chromium() as browser:
        page = browser.new_page()
        page.on("request", lambda request: request.url.startswith((address, "data:")) or strangers.append(request.url))
        for word in ("مصدر", "المصدر", "خبر", "ZWNJ", "LET001", "check_dataset"):
            page.goto(address)
            page.wait_for_load_state("networkidle")
            page.locator(".md-search__input").click()
            page.keyboard.insert_text(word)
            page.keyboard.press("Shift")  # the page listens for keys, which pasted text sends none of
            page.wait_for_selector(".md-search-result__link")
            links = page.locator(".md-search-result__link").all()
            found[word] = [link.get_attribute("href").removeprefix(address).partition("?")[0] for link in links]
    assert strangers == []
    assert found["مصدر"] and found["المصدر"] and found["خبر"]
    assert found["LET001"][0] == "rules/LET001/"
    assert "rules/SPC020/" in found["ZWNJ"]
    assert "api/" in found["check_dataset"]


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_pages_can_be_used_by_everybody(address: str, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = []
    with chromium() as browser:
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        for path in ("", "rules/LET001/", "api/", "commands/", "getting-started.fa/"):
            page.goto(address + path)
            page.wait_for_load_state("networkidle")
            wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
            found += [(path, "wider than the screen")] * wide
            for violation in axe.run(page).response["violations"]:
                if violation["impact"] in ("serious", "critical"):
                    found.append((path, violation["id"], violation["nodes"][0]["html"]))
    assert found == []
