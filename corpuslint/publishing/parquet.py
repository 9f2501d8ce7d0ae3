"""Rows to Parquet and back, so that the same rows always give the same bytes.

Parquet bytes depend on how the Arrow table is chunked, on row order and on a dozen options, so all of them are fixed
here: rows sorted by key, one chunk a row group, no pandas path, no clock.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

_BATCH = 512  # rows that are read at a time
ROW_GROUP_BYTES = 16 << 20
"""Rows of about this much text share a row group; the Hub's viewer refuses groups above 286 MiB."""

WRITE_OPTIONS: Mapping[str, Any] = {
    "compression": "zstd",
    "compression_level": 3,
    "version": "2.6",
    "data_page_version": "1.0",
    "use_dictionary": True,
    "write_statistics": True,
    "write_page_index": True,
    "use_content_defined_chunking": True,
    "store_schema": False,
}

Plain: TypeAlias = dict[str, Any]
"""A row as Parquet has it: column -> value, structs as dicts, lists as lists."""

_STRING = "string"
_OF_A_STORY: tuple[tuple[str, Any, bool], ...] = (
    ("title", _STRING, True),
    ("language", _STRING, False),
    ("published", _STRING, True),
    ("source", _STRING, True),
    ("credit", _STRING, True),
    ("url", _STRING, True),
    ("keywords", [_STRING], False),
    ("story_index", "int32", False),
    ("story_count", "int32", False),
    ("file", _STRING, False),
    ("raw_sha256", _STRING, False),
    ("text_sha256", _STRING, False),
)
COLUMNS: Mapping[str, tuple[tuple[str, Any, bool], ...]] = {
    # name, type, may be null; a one-element list is a list column, a dict a struct
    "default": (
        ("id", _STRING, False),
        ("text", _STRING, False),
        *_OF_A_STORY,
        ("findings", [{"code": _STRING, "severity": _STRING, "count": "int32"}], False),
    ),
    "edits": (
        ("id", _STRING, False),
        ("seq", "int32", False),
        ("code", _STRING, False),
        ("rule_version", "int32", False),
        ("start", "int32", False),
        ("removed", _STRING, True),
        ("removed_length", "int32", False),
        ("removed_sha256", _STRING, True),
        ("inserted", _STRING, False),
        ("fields", [{"name": _STRING, "value": _STRING, "values": [_STRING]}], False),
        ("file", _STRING, False),
    ),
    "quarantine": (
        ("id", _STRING, False),
        ("reason", _STRING, False),
        ("codes", [_STRING], False),
        ("messages", [_STRING], False),
        ("text", _STRING, True),
        *_OF_A_STORY,
    ),
    "index": (
        ("id", _STRING, False),
        ("split", _STRING, False),
        ("cluster", _STRING, False),
        ("shard", "int32", False),
        ("present", "bool", False),
        ("row_sha256", _STRING, False),
        ("raw_sha256", _STRING, False),
        ("file_sha256", _STRING, False),
    ),
    "diff": (
        ("id", _STRING, False),
        ("change", _STRING, False),
        ("file", _STRING, False),
        ("reason", _STRING, False),
        ("columns", [_STRING], False),
        ("codes", [_STRING], False),
        ("old_split", _STRING, True),
        ("new_split", _STRING, True),
        ("old_text_sha256", _STRING, True),
        ("new_text_sha256", _STRING, True),
    ),
}
"""The columns of every kind of Parquet file in a dataset."""


class OwnKind(StrEnum):
    """The type of a column that holds a field of the user's own."""

    STRING = "string"
    INTEGER = "int64"
    NUMBER = "double"
    BOOL = "bool"
    STRINGS = "list<string>"
    JSON = "json"  # values of several types, each as JSON text


OwnColumns = Mapping[str, OwnKind]
"""The columns that a dataset has for the user's own fields, by name."""

COMPUTED = frozenset(name for config in ("default", "quarantine") for name, _, _ in COLUMNS[config]) | {"split"}
"""Names that a field of the user's own cannot have."""


def own_columns(kinds: Mapping[str, str]) -> OwnColumns:
    """The columns of the user's own fields, as a manifest names their types."""
    return {name: OwnKind(kind) for name, kind in kinds.items()}


def own_kind(value: str) -> OwnKind | None:
    """The column type that one value (as JSON text) asks for, None where it asks for none.

    >>> [own_kind(value).value for value in ('"x"', "12", "1.5", "true", '["a"]', "[1]", "{}")]
    ['string', 'int64', 'double', 'bool', 'list<string>', 'json', 'json']
    """
    match json.loads(value):
        case None:
            return None
        case str():
            return OwnKind.STRING
        case bool():
            return OwnKind.BOOL
        case int() as whole:
            return OwnKind.INTEGER if -(1 << 63) <= whole < 1 << 63 else OwnKind.JSON
        case float():
            return OwnKind.NUMBER
        case list() as items if all(isinstance(item, str) for item in items):
            return OwnKind.STRINGS
    return OwnKind.JSON


def joint_kind(left: OwnKind | None, right: OwnKind | None) -> OwnKind | None:
    """The column type that holds the values of both."""
    if left is None or right is None or left is right:
        return left or right
    return OwnKind.NUMBER if {left, right} == {OwnKind.INTEGER, OwnKind.NUMBER} else OwnKind.JSON


def own_values(fields: Iterable[tuple[str, str]], own: OwnColumns) -> Plain:
    """A value for each of the `own` columns, from the user's own fields as JSON text."""
    texts = dict(fields)
    values: Plain = {}
    for name, kind in own.items():
        value = json.loads(texts.get(name, "null"))
        if kind is OwnKind.JSON and value is not None:
            value = texts[name]
        values[name] = float(value) if kind is OwnKind.NUMBER and value is not None else value
    return values


def own_fields(row: Plain, own: OwnColumns) -> tuple[tuple[str, str], ...]:
    """The user's own fields as JSON text, from the `own` columns of a row."""
    given = ((name, kind, row[name]) for name, kind in own.items() if row[name] is not None)
    return tuple(
        (name, value if kind is OwnKind.JSON else json.dumps(value, ensure_ascii=False)) for name, kind, value in given
    )


def row_key(row: Plain) -> str:
    """What sorts a row in its file: its id, then its place in the ledger, so that text order is ledger order."""
    seq = row.get("seq")
    return str(row["id"]) if seq is None else f"{row['id']}\0{seq:010d}"


def row_sha256(row: Plain) -> str:
    """A hash of the row's values that no encoding, writer or column order can change."""
    return hashlib.sha256(canonical_json(row)).hexdigest()


def content_sha256(hashes: Iterable[tuple[str, str]]) -> str:
    """One hash for many rows, given as (key, row hash): the rows in key order, whatever files they lie in."""
    digest = hashlib.sha256()
    for key, row_hash in sorted(hashes):
        digest.update(f"{key}\0{row_hash}\n".encode())
    return digest.hexdigest()


def canonical_json(value: Any) -> bytes:
    """Compact UTF-8 JSON with sorted keys."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def arrow_schema(config: str, own: OwnColumns = MappingProxyType({})) -> Any:
    """The Arrow schema of one kind of file; `own` are the columns of the user's own fields.

    Every column may be null in the file, because readers that concatenate shards (DuckDB, `datasets`) expect so;
    `verify` checks that only the nullable ones are.
    """
    import pyarrow as pa

    return pa.schema([(name, _arrow_type(kind)) for name, kind, _ in columns_of(config, own)])


def columns_of(config: str, own: OwnColumns = MappingProxyType({})) -> tuple[tuple[str, Any, bool], ...]:
    """Name, type and nullability of the columns of one kind of file."""
    more = own.items() if config in ("default", "quarantine") else ()
    return COLUMNS[config] + tuple((name, _OWN_TYPES[kind], True) for name, kind in more)


_OWN_TYPES: Mapping[OwnKind, Any] = {
    OwnKind.STRING: _STRING,
    OwnKind.INTEGER: "int64",
    OwnKind.NUMBER: "double",
    OwnKind.BOOL: "bool",
    OwnKind.STRINGS: [_STRING],
    OwnKind.JSON: _STRING,
}


def write_rows(path: Path, config: str, rows: Sequence[Plain], own: OwnColumns = MappingProxyType({})) -> None:
    """Write `rows`, sorted by key, to `path`. The same rows give the same bytes with the same pyarrow."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not rows:
        raise ValueError("an empty Parquet shard cannot be loaded by `datasets`")
    schema = arrow_schema(config, own)
    path.parent.mkdir(parents=True, exist_ok=True)
    with pq.ParquetWriter(path, schema, **WRITE_OPTIONS) as writer:
        for group in _groups(sorted(rows, key=row_key)):
            table = pa.Table.from_pylist(group, schema=schema).combine_chunks()
            writer.write_table(table, row_group_size=len(group))


def read_rows(path: Path) -> list[Plain]:
    """Every row of a Parquet file."""
    return list(rows_in(path))


def rows_in(path: Path, columns: Sequence[str] | None = None) -> Iterator[Plain]:
    """The rows of a Parquet file in their order, some of them in memory at a time; `columns` narrows them."""
    import pyarrow.parquet as pq

    # A path alone would be read as a dataset, and hive-style folder names become columns.
    with path.open("rb") as stream:
        for batch in pq.ParquetFile(stream).iter_batches(batch_size=_BATCH, columns=columns):
            yield from batch.to_pylist()


def created_by(path: Path) -> str:
    """Which writer, in which version, made the file."""
    import pyarrow.parquet as pq

    with path.open("rb") as stream:
        return str(pq.ParquetFile(stream).metadata.created_by)


def _groups(rows: Sequence[Plain]) -> Iterator[list[Plain]]:
    group: list[Plain] = []
    size = 0
    for row in rows:
        group.append(row)
        size += sum(len(value) for value in row.values() if isinstance(value, str))
        if size >= ROW_GROUP_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def _arrow_type(kind: Any) -> Any:
    import pyarrow as pa

    if isinstance(kind, list):
        return pa.list_(_arrow_type(kind[0]))
    if isinstance(kind, dict):
        return pa.struct([(name, _arrow_type(part)) for name, part in kind.items()])
    return pa.type_for_alias(kind)
