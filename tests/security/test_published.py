"""What records say of themselves is text in cards, catalogues and pages; what a manifest says is checked."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Corpuslint
from tests.publishing.corpus import text_of

RUN = "document.documentElement.id='RAN'"
MARKUP = (
    f"</script><script>{RUN}</script>",
    f'<img src=x onerror="{RUN}">',
    f"<svg/onload={RUN}>",
    f"javascript:{RUN}",
    f'"><iframe srcdoc="<script>parent.{RUN}</script>">',
    "<!--<script>",
    "]]></script>",
    "\N{LINE SEPARATOR}</script>",
    "<style>*{background:url(http://127.0.0.1:9/x)}</style>",
    "<base href=http://127.0.0.1:9/>",
    "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9'>",
)
YAML = (
    "no", "null", "~", "1e3", "0x1F", "ar: x", "ar\n---\nlicense: mit\n---\n", "'ar", '"', "{a: b}", "[x]", "*ref",
    "&anc", "!!python/object/apply:os.system [id]", "ar # c", "- ar", "%YAML", "ar\N{LINE SEPARATOR}license: mit",
    "ar\N{NEXT LINE}license: mit", "ar\tx", "[x](javascript:alert(1))", "![x](http://127.0.0.1/t.png)", "|x|y|", "`x`",
    "../../x", "a" * 3000,
)  # fmt: skip
FIELDS = ("id", "title", "source", "url", "published", "language", "keywords", "credit")


def records(payloads: tuple[str, ...]) -> str:
    """A record for each payload in each field; nothing else is wrong with any of them."""
    lines = []
    for number, (payload, name) in enumerate((payload, name) for payload in payloads for name in FIELDS):
        record: dict[str, Any] = {"id": f"r{number}", "text": text_of(number), "source": "صحيفة", "language": "ar"}
        record[name] = [payload] if name == "keywords" else f"{payload}{number}" if name == "id" else payload
        lines.append(json.dumps(record))
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A version of records whose every field is hostile."""
    from corpuslint import build
    from corpuslint.config.settings import Settings

    folder = tmp_path_factory.mktemp("hostile")
    (folder / "in").mkdir()
    (folder / "in/a.jsonl").write_text(records(MARKUP + YAML), "utf-8")
    settings = Settings(select=("SPC010",))
    return build([str(folder / "in")], settings, name="n", version="1.0.0", out=folder / "dist").folder.path


def test_the_head_of_a_card_says_what_we_say(dist: Path) -> None:
    yaml = pytest.importorskip("yaml")

    class Strict(yaml.SafeLoader):  # type: ignore[misc,name-defined]
        """Refuses a key that stands twice, which YAML's readers take in different ways."""

    def mapping(loader: Any, node: Any) -> dict[str, Any]:
        keys = [loader.construct_object(key) for key, _ in node.value]
        assert len(keys) == len(set(keys)), keys
        return {
            key: loader.construct_object(value, deep=True) for key, (_, value) in zip(keys, node.value, strict=True)
        }

    Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping)
    text = (dist / "README.md").read_text("utf-8")
    found = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    assert found is not None
    head = yaml.load(found[1], Strict)
    assert (head["license"], head["pretty_name"]) == ("unknown", "n")
    assert all(isinstance(language, str) for language in head["language"])


def test_the_body_of_a_card_holds_no_markup_of_records(dist: Path) -> None:
    markdown = pytest.importorskip("markdown_it")
    text = (dist / "README.md").read_text("utf-8").split("\n---\n", 1)[1]
    page = markdown.MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    tags = set(re.findall(r"<([a-z!][a-z0-9-]*)", page))
    ours = "bdi code em h1 h2 li p pre table tbody td th thead tr ul"
    assert tags <= set(ours.split())
    assert re.findall(r'(?:href|src)="([^"]*)"', page) == []


def test_catalogues_are_json(dist: Path) -> None:
    for name in ("croissant.json", "manifest.json"):
        json.loads((dist / name).read_text("utf-8"))


def test_no_page_runs_what_records_say(corpuslint: Corpuslint, tmp_path: Path) -> None:
    """In a real browser: no script but ours runs, nothing is fetched, and no element comes of a text."""
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("needs Chromium")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_text(records(MARKUP), "utf-8")
    for number, payload in enumerate(MARKUP):
        text = f'{payload}\n\nافتتحت البلدية مدرسة {payload} [caption id="{payload}"]\n\nالمصدر: {payload}\n'
        (folder / f"{number}.txt").write_text(text, "utf-8")
    (folder / f"<img src=x onerror={RUN}>.txt").write_text("قال [ad_1] الوزير.\n", "utf-8")
    pages = [tmp_path / "report.html", tmp_path / "check.html"]
    assert corpuslint("report", folder, "--isolated", "-o", pages[0]).status == 0
    corpuslint("check", folder, "--isolated", "--output-format", "html", "-o", pages[1])
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for path in pages:
            page = browser.new_page()
            fetched: list[str] = []
            page.on("request", lambda request, fetched=fetched: fetched.append(request.url))
            page.goto(path.as_uri())
            page.wait_for_timeout(1000)
            assert page.evaluate("document.documentElement.id") == ""
            assert page.locator("img, iframe, svg[onload], base, meta[http-equiv=refresh]").count() == 0
            assert fetched == [path.as_uri()]
            page.close()
        browser.close()


@pytest.fixture
def version(tmp_path: Path, dist: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A version of one's own to change, beside a file that is no part of it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "victim.txt").write_text("mine")
    shutil.copytree(dist, tmp_path / "s/n/1.0.0")
    return tmp_path / "s/n/1.0.0"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("path", "../../../victim.txt"),
        ("path", "/etc/passwd"),
        ("path", "a\0b"),
        ("path", "\x1b]0;x\x07::error::x"),
        ("path", "fifo"),
        ("path", "/dev/zero"),
        ("version", "../../x"),
        ("name", "../../x"),
        ("shards", 10**400),
        ("more", "x"),
    ],
)
def test_a_manifest_that_lies_is_found_out_and_not_obeyed(
    corpuslint: Corpuslint, version: Path, key: str, value: object
) -> None:
    os.mkfifo(version / "fifo")
    manifest = json.loads((version / "manifest.json").read_text("utf-8"))
    if key == "path":
        manifest["files"][0]["path"] = value
    else:
        manifest[key] = value
    (version / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    verified = corpuslint("verify", version)
    assert verified.status in (1, 2)
    assert not re.search("\x1b|^::error", verified.out + verified.err, re.MULTILINE)
    assert corpuslint("publish", version, "--to", "out").status == 2
    assert (Path("victim.txt").read_text(), list(Path("out").rglob("*.parquet"))) == ("mine", [])
