"""Files that once brought a reader down, as found by `benchmarks/fuzz.py` or beside what it found: they are refused."""

from __future__ import annotations

import io
import json
import socket
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from benchmarks.fuzz import fuzz
from benchmarks.fuzz_targets import TARGETS
from corpuslint.config.load import load_options
from corpuslint.engine import baseline, decisions, suppressions
from corpuslint.engine.record_schema import RecordFitsSchema
from corpuslint.errors import ConfigError, PackError, PublishError, SourceError
from corpuslint.formats.ledger import ledger_path
from corpuslint.formats.rewriting import undo_file
from corpuslint.packs.loader import load_pack
from corpuslint.publishing.hub_server import HubServer
from corpuslint.publishing.manifest import Manifest
from corpuslint.reporting.drift import Rates
from tests.conftest import Corpuslint

DEEP = "[" * 100_000
ENDLESS = "9" * 5_000

BROKEN_TOML = pytest.mark.parametrize("text", [f"a={DEEP}", f"a={ENDLESS}"], ids=["deep", "endless-number"])
BROKEN_JSON = pytest.mark.parametrize("text", [DEEP, ENDLESS], ids=["deep", "endless-number"])


@BROKEN_TOML
def test_a_configuration(tmp_path: Path, text: str) -> None:
    path = tmp_path / "corpuslint.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match="not valid TOML"):
        load_options(path)


@BROKEN_TOML
def test_suppressions(text: str) -> None:
    with pytest.raises(ConfigError, match="not valid TOML"):
        suppressions.parse_file(text, "corpuslint.suppress.toml")


@BROKEN_TOML
def test_a_pack(tmp_path: Path, text: str) -> None:
    (tmp_path / "pack.toml").write_text(text, "utf-8")
    with pytest.raises(PackError, match="not valid TOML"):
        load_pack(tmp_path)


def test_tools_of_a_project_that_are_no_tables(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text("[tool]\ncorpuslint = 1\n", "utf-8")
    with pytest.raises(ConfigError, match="must be a table") as refused:
        load_options(path)
    assert refused.value.line == 2


def test_a_project_whose_tool_is_a_number_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text("tool = 1\n", "utf-8")
    assert load_options(path)[0][1].select is None


@BROKEN_JSON
def test_decisions(text: str) -> None:
    with pytest.raises(ConfigError, match="not a decision"):
        decisions.parse_decisions(text, "decisions.jsonl")


@BROKEN_JSON
def test_a_baseline(text: str) -> None:
    with pytest.raises(ConfigError, match="not valid JSON"):
        baseline.parse(text, "baseline.json")


@pytest.mark.parametrize("text", [DEEP, '{"corpuslint-rates": 1, "documents": {"a": 1e999}}'], ids=["deep", "infinite"])
def test_rates(text: str) -> None:
    with pytest.raises(ConfigError, match="no rates"):
        Rates.parse(text, "rates.json")


@BROKEN_JSON
def test_a_manifest(text: str) -> None:
    with pytest.raises(PublishError, match="cannot be read"):
        Manifest.from_json(text, "manifest.json")


@BROKEN_JSON
def test_suppressions_in_the_metadata_of_a_stranger(corpuslint: Corpuslint, tmp_path: Path, text: str) -> None:
    assert suppressions.parse_metadata(text, "a", "a.meta.json")[1].startswith("not valid JSON")
    record = {"text": "خبر قصير.", "corpuslint": text}
    (tmp_path / "a.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    run = corpuslint("check", tmp_path / "a.jsonl", "--isolated")
    assert run.status in (0, 1)
    assert "Traceback" not in run.err


def parquet(**columns: pyarrow.Array) -> bytes:
    stream = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "column",
    [
        pyarrow.array([-(2**31)], pyarrow.date32()),
        pyarrow.array([2**50], pyarrow.timestamp("s")),
        pyarrow.array([2**62], pyarrow.duration("s")),
        pyarrow.array([[2**50]], pyarrow.list_(pyarrow.timestamp("s"))),
    ],
    ids=["date", "timestamp", "duration", "nested"],
)
def test_parquet_with_times_that_no_calendar_reaches(corpuslint: Corpuslint, tmp_path: Path, column: Any) -> None:
    (tmp_path / "a.parquet").write_bytes(parquet(text=pyarrow.array(["خبر [ad_1] قصير."]), date=column))
    run = corpuslint("check", tmp_path, "--isolated", "--select", "ART001,LNT", "--output-format", "json")
    assert (run.status, [each["code"] for each in json.loads(run.out)]) == (1, ["ART001"])


@pytest.mark.parametrize("bent", [b"\xb8x", b"x\xff"])
def test_parquet_with_a_column_whose_name_is_no_text(corpuslint: Corpuslint, tmp_path: Path, bent: bytes) -> None:
    whole = parquet(text=pyarrow.array(["خبر قصير."]), qq=pyarrow.array(["1"]))
    (tmp_path / "a.parquet").write_bytes(whole.replace(b"qq", bent))
    run = corpuslint("check", tmp_path, "--isolated", "--output-format", "json")
    assert (run.status, [each["code"] for each in json.loads(run.out)]) == (2, ["LNT001"])


def test_a_record_in_utf_16_is_left_alone(corpuslint: Corpuslint, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    record = json.dumps({"text": "خبر [ad_1] قصير."}, ensure_ascii=False)
    path.write_bytes(b'{"text": ""}\n' + record.encode("utf-16"))
    before = path.read_bytes()
    run = corpuslint("check", path, "--fix", "--unsafe-fixes", "--isolated", "--output-format", "json")
    (refused,) = (each["message"] for each in json.loads(run.out) if each["code"] == "LNT009")
    assert "a record is not written in UTF-8 (convert the file to UTF-8 first)" in refused
    assert path.read_bytes() == before


ENTRY = {
    "version": 1, "before_sha256": "a", "after_sha256": "b", "encoding": "utf-8", "bom": False, "raw": "", "beside": [],
    "documents": [{"index": -1, "edits": [
        {"rule": "A", "rule_version": 1, "offset": 0, "before": "a", "after": "b", "fields": {}}
    ]}],
    "lines": [{"index": 0, "count": 1, "before": "a"}],
}  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"lines": [{"index": [], "count": 1, "before": "a"}]},
        {"lines": [{"index": -1, "count": 1, "before": "a"}]},
        {"documents": [{"index": -1, "edits": [{**ENTRY["documents"][0]["edits"][0], "offset": "0"}]}]},
        {"encoding": 1},
        {"raw": []},
        {"beside": [{"name": 1, "before": None, "after_sha256": ""}]},
    ],
    ids=["line-place", "line-before-the-first", "offset", "encoding", "raw", "beside"],
)
def test_a_ledger_with_values_of_other_types(tmp_path: Path, change: dict[str, Any]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("b")
    ledger_path(path).parent.mkdir()
    ledger_path(path).write_text(json.dumps(ENTRY | change))
    with pytest.raises(SourceError, match="line 1 of the ledger is damaged"):
        undo_file(str(path))
    assert path.read_text() == "b"


def test_a_pack_whose_rules_are_no_tables(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text('[pack]\nname = "p"\nsummary = "s"\nversion = "1"\ndeclarative = ["r.toml"]\n')
    (tmp_path / "r.toml").write_text('rule = [""]\n')
    with pytest.raises(PackError, match=r"rules are written as \[\[rule\]\]"):
        load_pack(tmp_path)


@pytest.mark.parametrize("schema", ["null", "[]", DEEP, '{"type": 1}'], ids=["null", "list", "deep", "type"])
def test_a_record_schema_that_is_none(tmp_path: Path, schema: str) -> None:
    (tmp_path / "a.json").write_text(schema)
    with pytest.raises(ConfigError, match="is no usable JSON Schema"):
        RecordFitsSchema(tmp_path / "a.json")


@pytest.mark.parametrize(
    "schema",
    ['{"$ref": "#/$defs/nowhere"}', '{"$ref": "#"}'],
    ids=["nowhere", "itself"],
)
def test_a_record_schema_that_refers_to_nothing_is_said(corpuslint: Corpuslint, tmp_path: Path, schema: str) -> None:
    (tmp_path / "a.json").write_text(schema)
    (tmp_path / "corpuslint.toml").write_text('record-schema = "a.json"\nselect = ["MET900", "LNT"]\n')
    (tmp_path / "a.txt").write_text("خبر قصير.\n", "utf-8")
    run = corpuslint("check", tmp_path, "--config", tmp_path / "corpuslint.toml", "--output-format", "json")
    assert run.status == 1
    assert [(each["code"], "is no usable JSON Schema" in each["message"]) for each in json.loads(run.out)] == [
        ("LNT003", True)
    ]


@pytest.mark.parametrize("uri", ["", ":", "http://[", "file:///%00.txt", "file:///", "\uddc0.txt"])
def test_names_of_documents_in_an_editor(uri: str) -> None:
    pytest.importorskip("pygls")
    from corpuslint.server.lsp import path_of

    assert path_of(uri).name
    assert not path_of(uri).exists(), "the system can be asked for it"


@pytest.mark.parametrize(
    "length",
    ["Transfer-Encoding: chunked", "Content-Length: -1", "Content-Length: x", "Content-Length: 99999999999999999999"],
    ids=["chunks-that-end", "negative", "letters", "endless"],
)
def test_a_request_to_the_hub_that_is_not_as_long_as_it_says(tmp_path: Path, length: str) -> None:
    with HubServer(tmp_path, tokens=frozenset({"token"})) as hub:
        hub.start()
        port = hub.server_address[1]
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            head = f"POST /api/repos/create HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer token\r\n"
            connection.sendall(f"{head}{length}\r\n\r\n".encode())
            connection.shutdown(socket.SHUT_WR)
            assert connection.recv(64)[:13] in (b"", b"HTTP/1.1 400 ", b"HTTP/1.1 413 ")
        hub.shutdown()


@pytest.mark.parametrize("name", TARGETS)
def test_strange_files_and_requests_are_refused_or_reported(tmp_path: Path, name: str) -> None:
    """A few seconds of `python -m benchmarks.fuzz`, the same ones every time."""
    assert fuzz(TARGETS[name], 25, 0, tmp_path).crash == ""
