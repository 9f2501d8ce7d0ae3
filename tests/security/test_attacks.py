"""What a stranger's folder, file or page may try, and what comes of it. docs/security.md names each guard."""

from __future__ import annotations

import http.client
import json
from pathlib import Path

import pytest

from corpuslint.errors import PackError, SourceError
from corpuslint.formats.files import look
from corpuslint.formats.ledger import ledger_path, sha256
from corpuslint.formats.rewriting import undo_file
from corpuslint.model.ledger import AppliedEdit, Rewrite
from corpuslint.packs.loader import load_pack
from corpuslint.publishing.hub_server import HubServer
from tests.conftest import Corpuslint
from tests.formats.writing import rewrite_text

EVIL = "from pathlib import Path\nPath({mark!r}).write_text('run')\nRULES = ()\n"


@pytest.mark.parametrize("listed", ["../outside.py", "link.py"])
def test_a_pack_reads_nothing_outside_itself(tmp_path: Path, listed: str) -> None:
    (tmp_path / "outside.py").write_text(EVIL.format(mark=str(tmp_path / "mark")))
    pack = tmp_path / "p"
    pack.mkdir()
    (pack / "link.py").symlink_to(tmp_path / "outside.py")
    (pack / "pack.toml").write_text(f'[pack]\nname = "p"\nsummary = "s"\npython = ["{listed}"]\n')
    with pytest.raises(PackError, match="outside the pack"):
        load_pack(pack)
    assert not (tmp_path / "mark").exists()


def test_a_link_out_of_the_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "scraped"
    folder.mkdir()
    (folder / "a.txt").write_text("a")
    (folder / "b.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "c.data").write_text("c")
    (folder / "c.txt").symlink_to(folder / "c.data")
    assert [Path(name).name for name in list(look([str(folder)]).files)] == ["a.txt", "c.txt"]


def test_a_link_to_itself_is_reported_and_costs_no_other_file(corpuslint: Corpuslint, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("قال [ad_1]\n", "utf-8")
    (tmp_path / "b.txt").symlink_to("b.txt")
    (tmp_path / "c").symlink_to("c")
    run = corpuslint("check", tmp_path, "--isolated", "--select", "ART001", "--output-format", "json")
    found = {(Path(each["filename"]).name, each["code"]) for each in json.loads(run.out)}
    assert (run.status, found) == (2, {("a.txt", "ART001"), ("b.txt", "LNT001")})


def fixed(path: Path) -> Rewrite:
    return Rewrite("b", (AppliedEdit("AAA001", 1, 0, "a ", ""),), {"source": "s"})


@pytest.mark.parametrize("link", ["a.meta.json", ".corpuslint"])
def test_fixing_writes_through_no_link(tmp_path: Path, link: str) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "scraped"
    folder.mkdir()
    if link == ".corpuslint":
        outside.mkdir()
    else:
        outside.write_text("{}")
    (folder / link).symlink_to(outside)
    path = folder / "a.txt"
    path.write_bytes(b"a b")
    with pytest.raises(SourceError, match="symbolic link"):
        rewrite_text(str(path), b"a b", fixed(path))
    assert path.read_bytes() == b"a b"
    assert list(outside.iterdir()) == [] if outside.is_dir() else outside.read_text() == "{}"


def test_a_ledger_touches_only_what_lies_beside_its_file(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    folder = tmp_path / "scraped"
    folder.mkdir()
    path = folder / "a.txt"
    path.write_bytes(b"a b")
    rewrite_text(str(path), b"a b", fixed(path))
    ledger = ledger_path(path)
    entry = json.loads(ledger.read_text("utf-8"))
    entry["version"] = 1  # without a checksum
    entry["beside"] = [{"name": "../victim", "before": "theirs", "after_sha256": sha256(b"mine")}]
    ledger.write_text(json.dumps(entry) + "\n", "utf-8")
    with pytest.raises(SourceError, match="does not lie beside"):
        undo_file(str(path))
    assert victim.read_text() == "mine"


def answer(port: int, host: str, path: str = "/api/whoami-v2", body: str | None = None, **more: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    headers = {"Host": host, "Authorization": "Bearer hf_x", **more}
    connection.request("POST" if body is not None else "GET", path, body, headers)
    return connection.getresponse().status


def test_the_local_hub_answers_to_its_own_name_only(tmp_path: Path) -> None:
    server = HubServer(tmp_path)
    server.start()
    try:
        port = server.server_address[1]
        assert server.server_address[0] == "127.0.0.1"
        assert answer(port, f"127.0.0.1:{port}") == 200
        assert answer(port, f"evil.example:{port}") == 403
        assert answer(port, f"127.0.0.1:{port}", Origin="http://evil.example") == 403
        assert answer(port, f"127.0.0.1:{port}", Origin=f"http://127.0.0.1:{port}") == 200
        assert answer(port, f"127.0.0.1:{port}", "/api/repos/create", "[[[") == 400
    finally:
        server.shutdown()
        server.server_close()
