"""What `benchmarks/fuzz.py` reads strange files with, and how such files are made.

Files of text are bent as bytes. Files of values (JSON, TOML) are also taken apart, given other values, and written
anew: such a file gets past its parser, to the code that believes in it.
"""

from __future__ import annotations

import gzip
import io
import json
import shutil
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
from backports import zstd
from hypothesis import reject
from hypothesis import strategies as st

from benchmarks.fuzz_servers import (
    HUB_REQUESTS,
    REVIEW_REQUESTS,
    Hub,
    Lsp,
    Review,
    lsp_messages,
    requests,
)
from corpuslint.config.load import load_options
from corpuslint.config.options import Options
from corpuslint.config.settings import Settings, settle
from corpuslint.engine import baseline, decisions, suppressions
from corpuslint.engine.check import check_document
from corpuslint.engine.record_schema import RecordFitsSchema
from corpuslint.engine.rules import rules_for
from corpuslint.engine.ruleset import RuleSet
from corpuslint.errors import CorpuslintError
from corpuslint.facts.anatomy import Anatomy
from corpuslint.formats import read
from corpuslint.formats.ledger import ledger_path, read_ledger, sha256
from corpuslint.formats.reading import ReadOptions
from corpuslint.formats.rewriting import undo_file
from corpuslint.model.document import Document, DocumentId, Origin
from corpuslint.model.levels import Applicability
from corpuslint.packs.loader import load_pack
from corpuslint.pipeline.run import Run
from corpuslint.publishing.manifest import Manifest
from corpuslint.reporting.drift import Rates
from corpuslint.text.decoding import decode, encode

ODD = (
    "\0", "\N{ZERO WIDTH NO-BREAK SPACE}", "\r", "\n", "\x85", "\N{LINE SEPARATOR}", '"', "'", "\\", ",", ";", "\t",
    "{", "}", "[", "]", "=", ":", "null", "true", "-1", "1e999", "NaN", "[]", "{}", "[[", "]]", '""', "[" * 3000,
    '{"a":' * 3000, "a=" + "[" * 3000, "9" * 5000, "\\ud800", "\\u0000", "(?", "(a+)+$", "*", "..", "../../x",
    "2024-13-40", "كلمة", "\N{ARABIC LETTER REH}\N{COMBINING ACUTE ACCENT}",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """Something that reads: files of its kind and others, and the reading of one."""

    inputs: st.SearchStrategy[bytes]
    read: Callable[[bytes, Path], object]


# How strange files are made


def bent(wholes: Iterable[bytes]) -> st.SearchStrategy[bytes]:
    """Bytes with pieces taken out, doubled, swapped and flipped."""
    given = list(wholes)

    @st.composite
    def build(draw: st.DrawFn) -> bytes:
        data = bytearray(draw(st.sampled_from(given)))
        for _ in range(draw(st.integers(1, 4))):
            at = draw(st.integers(0, max(len(data) - 1, 0)))
            match draw(st.integers(0, 4)):
                case 0 if data:
                    data[at] ^= 1 << draw(st.integers(0, 7))
                case 1:
                    del data[at:]
                case 2:
                    data[at:at] = draw(st.binary(max_size=6))
                case 3:
                    del data[at : at + draw(st.integers(1, 40))]
                case _:
                    data += draw(st.sampled_from(given))
        return bytes(data)

    return build()


def strange(like: Iterable[str]) -> st.SearchStrategy[bytes]:
    """Files of a kind with pieces taken out, doubled, swapped and put in, in any encoding; and any bytes at all."""
    wholes = list(like)
    pieces = sorted({piece for whole in wholes for line in whole.splitlines(True) for piece in (line, *line.split())})

    @st.composite
    def bent(draw: st.DrawFn) -> bytes:
        text = draw(st.sampled_from(wholes))
        for _ in range(draw(st.integers(0, 4))):
            start = draw(st.integers(0, len(text)))
            end = min(len(text), start + draw(st.integers(0, 12)))
            new = draw(st.one_of(st.sampled_from(ODD), st.sampled_from(pieces), st.text(max_size=3), st.just("")))
            text = text[:start] + new + text[end:]
        data = text.encode(draw(st.sampled_from(["utf-8"] * 6 + ["utf-16", "utf-8-sig", "cp1256"])), "replace")
        if draw(st.integers(0, 5)) == 0:
            at = draw(st.integers(0, len(data)))
            data = data[:at] + draw(st.binary(max_size=4)) + data[at + draw(st.integers(0, 3)) :]
        return data

    soup = st.lists(st.one_of(st.sampled_from(pieces), st.sampled_from(ODD)), max_size=12)
    return st.one_of(bent(), bent(), bent(), soup.map(lambda parts: "".join(parts).encode()), st.binary(max_size=80))


_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.sampled_from([-1, 0, 1, 2**31, 2**63, 1e308, float("nan"), float("inf"), -0.0]),
    st.sampled_from([piece for piece in ODD if len(piece) < 100] + ["", "utf-8", "utf-16", "\ud800", "a" * 5000]),
    st.text(max_size=4),
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner)),
    max_leaves=4,
)


def other_values(like: Any, write: Callable[[Any], str]) -> st.SearchStrategy[bytes]:
    """Files of the same shape with values put in the place of others, keys taken out and put in."""

    @st.composite
    def build(draw: st.DrawFn) -> bytes:
        places = list(_places(like, ()))
        changes = {draw(st.sampled_from(places)): draw(st.integers(0, 5)) for _ in range(draw(st.integers(1, 3)))}

        def made(value: Any, place: tuple[Any, ...]) -> Any:
            change = changes.get(place)
            if change in (0, 1, 2):
                return draw(_VALUES)
            if isinstance(value, dict):
                inner = {key: made(each, (*place, key)) for key, each in value.items()}
                if change == 3 and inner:
                    inner.pop(draw(st.sampled_from(sorted(inner))))
                if change == 4:
                    inner[draw(st.one_of(st.text(max_size=4), st.sampled_from(sorted(value) or ["a"])))] = draw(_VALUES)
                return inner
            if isinstance(value, list):
                inner_list = [made(each, (*place, number)) for number, each in enumerate(value)]
                return inner_list * 2 if change == 3 else inner_list[1:] if change == 4 else inner_list
            return [value] if change == 3 else str(value) if change == 4 else value

        return write(made(like, ())).encode("utf-8", "backslashreplace")

    return build()


def _places(value: Any, place: tuple[Any, ...]) -> Iterable[tuple[Any, ...]]:
    yield place
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _places(each, (*place, key))
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from _places(each, (*place, number))


def as_json(value: Any) -> str:
    """JSON on one line."""
    return json.dumps(value, ensure_ascii=False)


def as_toml(value: Any) -> str:
    """TOML: a key a line, everything below inline; what TOML cannot say is left to its parser."""
    if not isinstance(value, dict):
        return f"a = {_inline(value)}\n"
    return "".join(f"{json.dumps(key)} = {_inline(each)}\n" for key, each in value.items())


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_inline(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    if isinstance(value, str) and value.isprintable() and "\\" not in value and '"' not in value:
        return f'"{value}"'
    if value is None:
        return '""'
    return json.dumps(value).replace("NaN", "nan").replace("Infinity", "inf")


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    """Parquet with columns of any type under any name, some of them twice."""
    rows = draw(st.integers(0, 3))
    columns, names = [], []
    for number in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(_TYPES))
        given = [draw(st.one_of(st.none(), _of(kind))) for _ in range(rows)]
        columns.append(pyarrow.array(given, kind))
        fresh = f"c{number}"
        names.append(
            draw(st.sampled_from(["text", "text", "id", "date", "language", "keywords", "corpuslint", "", fresh]))
        )
    made = pyarrow.Table.from_arrays(columns, names=names)
    stream = io.BytesIO()
    packing = draw(st.sampled_from(["none", "zstd"]))
    try:
        pyarrow.parquet.write_table(made, stream, row_group_size=2, compression=packing)
    except pyarrow.ArrowInvalid:  # a time that Parquet has no number for
        reject()
    return stream.getvalue()


_TYPES = [
    pyarrow.string(), pyarrow.string(), pyarrow.large_string(), pyarrow.binary(), pyarrow.int64(), pyarrow.float64(),
    pyarrow.bool_(), pyarrow.timestamp("s"), pyarrow.timestamp("ns", "UTC"), pyarrow.date32(), pyarrow.date64(),
    pyarrow.time64("us"), pyarrow.duration("s"), pyarrow.decimal128(5, 2), pyarrow.list_(pyarrow.string()),
    pyarrow.struct([("a", pyarrow.string())]), pyarrow.map_(pyarrow.string(), pyarrow.int8()),
    pyarrow.dictionary(pyarrow.int8(), pyarrow.string()), pyarrow.null(), pyarrow.uint64(),
]  # fmt: skip


def _of(kind: pyarrow.DataType) -> st.SearchStrategy[Any]:
    """Values of a column's type; times as numbers, so that they may lie where no calendar reaches."""
    types = pyarrow.types
    words = st.one_of(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), st.just(_NEWS))
    if types.is_string(kind) or types.is_large_string(kind) or types.is_dictionary(kind):
        return words
    if types.is_binary(kind):
        return st.binary(max_size=8)
    if types.is_boolean(kind):
        return st.booleans()
    if types.is_floating(kind):
        return st.floats()
    if types.is_decimal(kind):
        return st.decimals(-99, 99, places=2)
    if types.is_list(kind):
        return st.lists(st.one_of(st.none(), words), max_size=2)
    if types.is_struct(kind):
        return st.fixed_dictionaries({"a": words})
    if types.is_map(kind):
        return st.lists(st.tuples(words, st.integers(-3, 3)), max_size=2)
    if types.is_null(kind):
        return st.none()
    if types.is_date32(kind):
        return st.integers(-(2**31), 2**31 - 1)
    if types.is_time(kind):
        return st.integers(0, 86_399_999_999)
    if kind == pyarrow.uint64():
        return st.integers(0, 2**64 - 1)
    return st.integers(-(2**63), 2**63 - 1)


# What reads them


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def _decoded(data: bytes, _: Path) -> None:
    decoded = decode(data)
    if not decoded.is_binary:
        assert encode(decoded.text, decoded) == data, "the bytes do not come back"


@cache
def _rules(language: str = "") -> tuple[Settings, RuleSet]:
    settings = settle(Options(language=language or None), start=Path("/"), isolated=True)
    return settings, rules_for(settings)


def _fixed(name: str) -> Callable[[bytes, Path], None]:
    """Fixing a file in place, and undoing it: the bytes come back, or were never touched."""

    def read(data: bytes, folder: Path) -> None:
        path = _written(folder / "fixed", name, data)
        settings, rules = _rules()
        run = Run(settings, rules)
        run.fix_file(str(path), Applicability.UNSAFE, dry=False)
        run.outcome()
        refused = any(finding.code == "LNT009" for finding in run.findings)
        undo_file(str(path))
        assert path.read_bytes() == data, "the bytes do not come back"
        shutil.rmtree(path.parent)
        if refused:
            raise CorpuslintError("not written")

    return read


def _sidecar(data: bytes, folder: Path) -> None:
    """The metadata beside a text that has something to lift: read, added to or refused, put back."""
    beside = _written(folder / "sidecar", "a.meta.json", data)
    _fixed_text(_NEWS.encode(), folder / "sidecar")
    assert beside.read_bytes() == data, "the metadata do not come back"


def _fixed_text(data: bytes, folder: Path) -> None:
    path = _written(folder, "a.txt", data)
    settings, rules = _rules()
    run = Run(settings, rules)
    run.fix_file(str(path), Applicability.UNSAFE, dry=False)
    undo_file(str(path))
    assert path.read_bytes() == data, "the bytes do not come back"


def _checked(name: str) -> Callable[[bytes, Path], None]:
    """Reading a file, and showing what is read to every rule."""

    def judge(data: bytes, folder: Path) -> None:
        settings, rules = _rules()
        run = Run(settings, rules)
        path = str(_written(folder, name, data))
        run.file(path, read(path, ReadOptions()))
        run.outcome()
        crashed = [finding.message for finding in run.findings if finding.code == "LNT003"]
        assert not crashed, crashed[0]
        if any(finding.code in ("LNT001", "LNT002", "LNT006") for finding in run.findings):
            raise CorpuslintError("not all could be read")

    return judge


def _ledger(data: bytes, folder: Path) -> None:
    """Reading a ledger, and undoing what it says: the file stays as it is, or becomes what it was."""
    path = _written(folder / "ledger", "a.txt", b"b")
    _written(ledger_path(path).parent, ledger_path(path).name, data)
    read_ledger(path)
    try:
        undo_file(str(path))
    finally:
        assert path.read_bytes() in (b"a", b"b"), "the file is neither old nor new"
        left = {each.name for each in path.parent.iterdir()} - {"a.txt", "a.meta.json", ".corpuslint"}
        assert not left, f"{left} are left"
        shutil.rmtree(path.parent)


def _schema(data: bytes, folder: Path) -> None:
    """Loading a schema and holding a record against it."""
    rule = RecordFitsSchema(_written(folder, "record.schema.json", data))
    list(rule.check(Anatomy(Document(DocumentId("a"), _NEWS, {"title": "t", "keywords": ("a",)}, Origin("a")))))


def _pack(data: bytes, folder: Path) -> None:
    """Half of the bytes as the manifest, or a sound manifest and the bytes as its rules; what loads must run."""
    if data.startswith((b"[pack]", b'"pack"')):
        _written(folder, "pack.toml", data)
    else:
        _written(folder, "pack.toml", b'[pack]\nname = "p"\nsummary = "s"\nversion = "1"\ndeclarative = ["r.toml"]\n')
        _written(folder, "r.toml", data)
    pack = load_pack(folder)
    rules = RuleSet(pack.rules, pack.corpus_rules)
    found = check_document(Document(DocumentId("a"), _NEWS, {}, Origin("a")), rules)
    crashed = [each.message for each in found if each.code == "LNT003"]
    assert not crashed, crashed[0]


def _settled(data: bytes, folder: Path) -> None:
    """Loading a configuration, and everything it names."""
    _written(folder, "corpuslint.toml", data)
    settings = settle(Options(), start=folder)
    rules_for(settings)


_NEWS = (
    "عنوان الخبر الأول\nالمصدر: رويترز\nقال الوزير إن القرار نهائي ولن تتراجع الحكومة عنه.\u200b\n[ad_1]\nكوریا 1،000\n"
)

_RULE = """[[rule]]
code = "XYZ001"
name = "a-name"
kind = "find"
severity = "warning"
message = "a word"
summary = "A word stands there."
pattern = "كلمة"
languages = ["ar"]
docs = {finds = "f", why = "w", fix-safety = "s"}
invalid = [{text = "كلمة", why = "w"}]
valid = [{text = "غير", why = "w"}]
fix = {title = "Delete it", applicability = "unsafe"}
"""
_ENTRY = (
    '{"file": "a.txt", "code": "ART001", "fingerprint": "abc", "owner": "o", "reason": "r", "expires": "2027-01-01"}'
)
_LEDGER = {
    "version": 1, "before_sha256": sha256(b"a"), "after_sha256": sha256(b"b"), "encoding": "utf-8", "bom": False,
    "documents": [{"index": -1, "edits": [
        {"rule": "A", "rule_version": 1, "offset": 0, "before": "a", "after": "b", "fields": {"title": "t", "k": ["a"]}}
    ]}],
    "beside": [{"name": "a.meta.json", "before": None, "after_sha256": sha256(b"{}")}],
    "lines": [{"index": 0, "count": 1, "before": "a"}], "raw": "",
}  # fmt: skip
_MANIFEST = {
    "manifest_version": 1, "name": "n", "version": "1.0.0",
    "recipe": {"tool": "1", "config_sha256": "a", "packs": {"p": "1"}, "rules": {"A": "a/1"}, "removed_text": "full"},
    "shards": 1, "splits": {"train": 1}, "salt": "", "content": {"default": "a"}, "files": [
        {"path": "data/train/part-000.parquet", "sha256": "a", "bytes": 1, "rows": 1, "config": "default",
         "split": "train", "shard": 0}
    ],
    "tombstones": [], "previous": None,
}  # fmt: skip
_CONFIGURATION = {
    "select": ["ART"], "ignore": ["LET001"], "language": "ar", "splits": "train=1", "fail-on": "error", "jobs": 1,
    "fields": {"text": "body"}, "per-file-ignores": {"*.txt": ["ART001"]}, "per-source-ignores": {"a.com": ["ART"]},
    "exclude": ["a*"], "packs": [], "max-bytes": 1, "severity": {"ART001": "info"}, "output-format": "full",
    "baseline": "b.json", "dataset": {"license": "mit"},
}  # fmt: skip
_DECISION = {
    "verdict": "edit", "code": "ART001", "fingerprint": "abc", "file": "a", "by": "me", "content": "c", "paragraph": "",
}  # fmt: skip
_BASELINE = json.loads(baseline.dump(baseline.Baseline()).replace('"entries": []', f'"entries": [{_ENTRY}]'))
_SUPPRESSED = {"code": "ART001", "reason": "r", "file": "a", "expires": "2027-01-01", "fingerprint": "abc"}
_RATES = {"corpuslint-rates": 1, "documents": {"a": 2}, "reported": {"a": {"ART001": 1}}}
_SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "required": ["title"],
    "properties": {"title": {"type": "string", "pattern": "^t"}, "keywords": {"type": "array", "minItems": 1},
                   "text": {"$ref": "#/$defs/a"}}, "$defs": {"a": {"type": "string", "maxLength": 9}},
}  # fmt: skip
_RECORDS = '{"id": "1", "text": "خبر [ad_1]\\u200b", "keywords": ["a", 1]}\n{"text": null}\n{"text": "\\ud800"}\n'
_RECORD = {"id": "1", "title": "t", "text": _NEWS, "date": "2024-01-02", "keywords": ["a"], "url": "http://a.com/b"}
_META = {"title": "t", "keywords": ["a"], "language": "ar", "corpuslint": {"suppress": [_SUPPRESSED]}}


def _packed(pack: Callable[[bytes], bytes]) -> list[bytes]:
    whole = pack(_RECORDS.encode())
    return [whole, whole + whole, pack(b""), pack(_RECORDS.encode() * 20)]


def _table() -> bytes:
    stream = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({"id": ["1", "2"], "text": [_NEWS, None], "n": [1, 2]}), stream)
    return stream.getvalue()


def _files(*like: str, values: Any = None, write: Callable[[Any], str] = as_json) -> st.SearchStrategy[bytes]:
    """Files bent as bytes, and the same number with other values."""
    if values is None:
        return strange(like)
    return st.one_of(strange([*like, write(values)]), other_values(values, write))


TARGETS: dict[str, Target] = {
    "decode": Target(_files("قال الوزير\r\nإن", "\x00a\x00b"), _decoded),
    "jsonl": Target(_files(_RECORDS, values=_RECORD), _checked("a.jsonl")),
    "csv": Target(_files("id,text\n1,خبر\n", 'text;title\n"a\nb";c\n', "id\ttext\n1\t2\n"), _checked("a.csv")),
    "gz": Target(bent(_packed(gzip.compress)), _checked("a.jsonl.gz")),
    "zst": Target(bent(_packed(zstd.compress)), _checked("a.jsonl.zst")),
    "parquet": Target(bent([_table()]), _checked("a.parquet")),
    "parquet values": Target(tables(), _checked("a.parquet")),
    "text": Target(_files(_NEWS, _NEWS * 2), _checked("a.txt")),
    "metadata": Target(_files(values=_META), _sidecar),
    "fix a text": Target(_files(_NEWS, _NEWS * 2), _fixed("a.txt")),
    "fix records": Target(_files(_RECORDS, values=_RECORD), _fixed("a.jsonl")),
    "ledger": Target(_files(values=_LEDGER), _ledger),
    "pack": Target(_files(_RULE, values={"rule": [tomllib.loads(_RULE)["rule"][0]]}, write=as_toml), _pack),
    "pack manifest": Target(
        _files(
            '[pack]\nname = "p"\nsummary = "s"\nversion = "1"\ndeclarative = []\npython = []\n',
            values={"pack": {"name": "p", "summary": "s", "version": "1", "declarative": []}},
            write=as_toml,
        ),
        _pack,
    ),
    "configuration": Target(_files(values=_CONFIGURATION, write=as_toml), _settled),
    "pyproject": Target(
        _files(
            "tool = 1\n",
            "[tool]\ncorpuslint = 1\n",
            values={"tool": {"corpuslint": {"select": ["ART"]}}},
            write=as_toml,
        ),
        lambda data, folder: load_options(_written(folder, "pyproject.toml", data)),
    ),
    "record schema": Target(_files(values=_SCHEMA), _schema),
    "decisions": Target(
        _files(values=_DECISION), lambda data, _: decisions.parse_decisions(_text(data), "decisions.jsonl")
    ),
    "baseline": Target(_files(values=_BASELINE), lambda data, _: baseline.parse(_text(data), "baseline.json")),
    "suppressions": Target(
        _files(values={"suppress": [_SUPPRESSED]}, write=as_toml),
        lambda data, _: suppressions.parse_file(_text(data), "corpuslint.suppress.toml"),
    ),
    "suppressions in metadata": Target(
        _files(values={"suppress": [_SUPPRESSED]}),
        lambda data, _: suppressions.parse_metadata(_text(data), "a", "a.meta.json"),
    ),
    "rates": Target(_files(values=_RATES), lambda data, _: Rates.parse(_text(data), "rates.json")),
    "manifest": Target(_files(values=_MANIFEST), lambda data, _: Manifest.from_json(_text(data), "manifest.json")),
    "language server": Target(lsp_messages(), Lsp()),
    "hub": Target(requests(HUB_REQUESTS), Hub()),
    "review": Target(requests(REVIEW_REQUESTS), Review()),
}
