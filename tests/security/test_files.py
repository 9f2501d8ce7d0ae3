"""Files made to fill memories, to reach other files, or to hang are refused or reported: docs/security.md."""

from __future__ import annotations

import gzip
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from backports import zstd

from corpuslint.engine.check import check_document
from corpuslint.engine.record_schema import RecordFitsSchema
from corpuslint.engine.ruleset import ruleset
from corpuslint.errors import ConfigError, PackError, PublishError, SourceError
from corpuslint.formats import jsonl, read, streams
from corpuslint.formats.parts import Part, read_part
from corpuslint.formats.reading import ReadOptions, Trouble
from corpuslint.formats.streams import filesystem_of
from corpuslint.model.document import Document, DocumentId
from corpuslint.packs.loader import load_pack
from corpuslint.publishing.fetching import opened
from corpuslint.publishing.folder import DatasetFolder
from corpuslint.publishing.manifest import MANIFEST_NAME
from tests.conftest import Corpuslint

RECORD = json.dumps({"text": "خبر قصير."}).encode() + b"\n"


def reasons(path: Path) -> list[str]:
    return [found.reason if isinstance(found, Trouble) else "document" for found in read(str(path), ReadOptions())]


@pytest.mark.parametrize("suffix", ["gz", "zst"])
def test_a_bomb_is_put_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    """Four million zeros in some kilobytes; the limits are scaled down with them."""
    monkeypatch.setattr(streams, "_HARMLESS", 1 << 20)
    monkeypatch.setattr(streams, "MOST_UNPACKED", 100)
    pack = gzip.compress if suffix == "gz" else zstd.compress
    path = tmp_path / f"a.jsonl.{suffix}"
    path.write_bytes(pack(RECORD + b"\n" * (4 << 20)))
    assert reasons(path) == ["document", "it unpacks to more than 100 times its size"]
    path.write_bytes(pack(RECORD * 3))
    assert reasons(path) == ["document"] * 3


def test_one_value_in_very_many_rows_is_put_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "_HARMLESS", 1 << 20)
    monkeypatch.setattr(streams, "MOST_UNPACKED", 100)
    path = tmp_path / "a.parquet"
    texts = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 500, pyarrow.int32()), ["كلمة " * 1000])
    pyarrow.parquet.write_table(pyarrow.table({"text": texts}), path)
    found = reasons(path)
    assert found[-1] == "it unpacks to more than 100 times its size"
    assert 0 < found.count("document") == len(found) - 1 < 500


@pytest.mark.parametrize("suffix", ["gz", "zst"])
def test_what_is_packed_twice_is_unpacked_once(tmp_path: Path, suffix: str) -> None:
    pack = gzip.compress if suffix == "gz" else zstd.compress
    path = tmp_path / f"a.jsonl.{suffix}"
    path.write_bytes(pack(pack(RECORD * 1000)))
    assert {reason.split(":")[0] for reason in reasons(path)} <= {"not valid JSON", "not written in UTF-8"}


@pytest.fixture
def short_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "LONGEST_LINE", 1000)
    monkeypatch.setattr(jsonl, "LONGEST_LINE", 1000)


@pytest.mark.usefixtures("short_lines")
@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_a_line_without_end_costs_itself_alone(tmp_path: Path, name: str) -> None:
    data = RECORD + b'{"text": "' + b"a" * 3000 + b'"}\n' + RECORD
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    assert reasons(tmp_path / name) == ["document", "the line is longer than 0 MB", "document"]


@pytest.mark.usefixtures("short_lines")
def test_a_line_without_end_is_never_held_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"a" * 5000 + b"\n" + RECORD)
    with path.open("rb") as stream:
        assert [len(line) for line in streams.lines_of(stream)] == [1001, len(RECORD)]
    with path.open("rb") as stream:
        assert [len(line) for line in streams.lines_of(stream, 0, 9000)] == [1001, len(RECORD)]


@pytest.mark.usefixtures("short_lines")
def test_a_line_without_end_is_in_one_part(tmp_path: Path) -> None:
    data = RECORD + b'{"text": "' + b"a" * 3000 + b'"}\n' + RECORD * 2
    path = tmp_path / "a.jsonl"
    path.write_bytes(data)
    found = [
        "trouble" if isinstance(each, Trouble) else "document"
        for start in range(0, len(data), 500)
        for each in read_part(Part(str(path), start, min(start + 500, len(data))), ReadOptions())
    ]
    assert found == ["document", "trouble", "document", "document"]


def test_deep_json_costs_its_record_alone(tmp_path: Path) -> None:
    deep = b'{"text": "a", "tags": ' + b"[" * 200_000 + b"]" * 200_000 + b"}\n"
    (tmp_path / "a.jsonl").write_bytes(RECORD + deep + RECORD)
    first, second, third = reasons(tmp_path / "a.jsonl")
    assert (first, third) == ("document", "document")
    assert second.startswith("not valid JSON")


@pytest.mark.parametrize("url", ["zip://*.jsonl::a.zip", "tar://a.jsonl::https://e.example/a.tar"])
def test_members_of_archives_are_not_read(url: str) -> None:
    with pytest.raises(SourceError, match="archives are not read"):
        filesystem_of(url)


class _Listening(BaseHTTPRequestHandler):
    asked = 0

    def do_GET(self) -> None:
        type(self).asked += 1
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        """Nothing."""


def schema_of(path: Path, schema: object) -> RecordFitsSchema:
    path.write_text(json.dumps(schema), "utf-8")
    return RecordFitsSchema(path)


@pytest.mark.parametrize("kind", ["http", "file", "relative"])
def test_a_schema_fetches_nothing(tmp_path: Path, kind: str) -> None:
    server = HTTPServer(("127.0.0.1", 0), _Listening)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (tmp_path / "secret.json").write_text('{"required": ["secret"]}')
    port = server.server_address[1]
    target = {
        "http": f"http://127.0.0.1:{port}/s.json",
        "file": (tmp_path / "secret.json").as_uri(),
        "relative": "secret.json",
    }[kind]
    try:
        rule = schema_of(tmp_path / "record.schema.json", {"properties": {"text": {"$ref": target}}})
        found = [finding.code for finding in check_document(Document(DocumentId("d"), "خبر"), ruleset((rule,)))]
        assert found == ["LNT003"]
    except ConfigError as error:
        assert "nothing is fetched" in error.message
    finally:
        server.shutdown()
        server.server_close()
    assert _Listening.asked == 0


def test_a_schema_may_refer_to_itself(tmp_path: Path) -> None:
    rule = schema_of(
        tmp_path / "record.schema.json",
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": "https://e.example/s",
            "$defs": {"short": {"maxLength": 2}},
            "properties": {"text": {"$ref": "https://e.example/s#/$defs/short"}},
        },
    )
    found = check_document(Document(DocumentId("d"), "خبر"), ruleset((rule,)))
    assert [finding.code for finding in found] == ["MET900"]


def test_a_pattern_of_a_schema_cannot_hang(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="backtracks without bound"):
        schema_of(tmp_path / "record.schema.json", {"properties": {"text": {"pattern": "(x+x+)+y"}}})
    started = time.process_time()
    rule = schema_of(tmp_path / "record.schema.json", {"properties": {"text": {"pattern": "a*a*b"}}})
    found = check_document(Document(DocumentId("d"), "a" * 20_000 + " b"), ruleset((rule,)))
    assert [finding.code for finding in found] == ["LNT003"]
    assert time.process_time() - started < 4


@pytest.mark.parametrize("key", ["phrases-file", "words-file"])
@pytest.mark.parametrize("listed", ["../secret.txt", "link.txt"])
def test_a_list_of_a_pack_lies_in_the_pack(tmp_path: Path, key: str, listed: str) -> None:
    (tmp_path / "secret.txt").write_text("ar\tسر\n", "utf-8")
    pack = tmp_path / "p"
    pack.mkdir()
    (pack / "link.txt").symlink_to(tmp_path / "secret.txt")
    (pack / "pack.toml").write_text('[pack]\nname = "p"\nsummary = "s"\ndeclarative = ["r.toml"]\n')
    (pack / "r.toml").write_text(
        f'[[rule]]\ncode = "ART950"\nname = "x"\nkind = "find"\n{key} = "{listed}"\n'
        'severity = "error"\nmessage = "m"\n'
        'docs = { finds = "f", why = "w" }\ninvalid = [ { text = "x" } ]\nvalid = [ { text = "y" } ]\n'
    )
    with pytest.raises(PackError, match="not in the pack"):
        load_pack(pack)


def test_ignoring_by_file_reaches_no_file(corpuslint: Corpuslint, tmp_path: Path) -> None:
    """A pattern is compared with names; nothing outside is listed, read or let through by it."""
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "a.txt").write_text("قال [ad_1]\n", "utf-8")
    (tmp_path / "corpuslint.toml").write_text('select = ["ART001"]\n[per-file-ignores]\n"../../**" = ["ALL"]\n')
    run = corpuslint("check", tmp_path / "c", "--config", tmp_path / "corpuslint.toml")
    assert run.status == 1
    assert "ART001" in run.out


def version(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True)
    plain = {"corpuslint-manifest": 1, "name": "n", "version": "1.0.0"}
    (folder / MANIFEST_NAME).write_text(json.dumps(plain), "utf-8")
    for name, content in files.items():
        (folder / name).write_text(content, "utf-8")
    return folder


@pytest.mark.parametrize("named", ["../../secret", "/etc", "1.0.0/../../secret"])
def test_a_dataset_points_to_no_folder_outside(tmp_path: Path, named: str) -> None:
    version(tmp_path / "secret")
    (tmp_path / "dist" / "n").mkdir(parents=True)
    (tmp_path / "dist" / "n" / "LATEST").write_text(named)
    with pytest.raises(PublishError, match="LATEST names no version"):
        DatasetFolder.open(tmp_path / "dist" / "n")


def test_a_link_in_a_version_is_not_followed_out_of_it(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s")
    (tmp_path / "v").mkdir()
    (tmp_path / "v" / "data.parquet").symlink_to(tmp_path / "secret")
    folder = DatasetFolder(tmp_path / "v", None)  # type: ignore[arg-type]
    with pytest.raises(PublishError, match="points outside"):
        folder.file("data.parquet")


def test_a_store_puts_no_file_outside_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    from fsspec.implementations.memory import MemoryFileSystem

    store = MemoryFileSystem()
    store.pipe("/hostile/v/manifest.json", b"{}")
    monkeypatch.setattr(MemoryFileSystem, "find", lambda self, root, **_: [f"{root}/manifest.json", f"{root}/../../x"])
    with pytest.raises(PublishError, match="outside the version"), opened("memory://hostile/v"):
        pass
