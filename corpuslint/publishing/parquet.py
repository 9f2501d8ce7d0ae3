"""Rows to Parquet and back, so that the same rows always give the same bytes.

Parquet bytes depend on how the Arrow table is chunked, on row order and on a dozen options, so all of them are fixed
here: rows sorted by key, one chunk a row group, no pandas path, no clock.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from corpuslint.resources import package_data

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


class Column(NamedTuple):
    """A column of a Parquet file: its name, its type as Arrow spells it, and what it means."""

    name: str
    kind: str
    may_be_null: bool
    meaning: str


def _columns() -> Iterator[tuple[str, tuple[Column, ...]]]:
    tables = tomllib.loads(package_data("publishing/data/columns.toml"))
    story = tables.pop("story")
    for config, rows in tables.items():
        every = chain.from_iterable(story if row == "story" else [row] for row in rows)
        yield (
            config,
            tuple(
                Column(name, kind.rstrip("?"), kind.endswith("?"), "".join(meaning)) for name, kind, *meaning in every
            ),
        )


COLUMNS = dict(_columns())
"""The columns of every kind of Parquet file in a dataset."""

OwnColumns = Mapping[str, str]
"""The columns that a dataset has for the user's own fields: name -> type, `json` for values of several types."""

COMPUTED = frozenset(column.name for config in ("default", "quarantine") for column in COLUMNS[config]) | {"split"}
"""Names that a field of the user's own cannot have."""

_OWN_KINDS = {str: "string", bool: "bool", int: "int64", float: "double"}


def own_kind(value: str) -> str | None:
    """The column type that one value (as JSON text) asks for, None where it asks for none.

    >>> [own_kind(value) for value in ('"x"', "12", "1.5", "true", '["a"]', "[1]", "{}")]
    ['string', 'int64', 'double', 'bool', 'list<string>', 'json', 'json']
    """
    given = json.loads(value)
    if given is None:
        return None
    if isinstance(given, list) and all(isinstance(item, str) for item in given):
        return "list<string>"
    if type(given) is int and not -(1 << 63) <= given < 1 << 63:
        return "json"
    return _OWN_KINDS.get(type(given), "json")


def joint_kind(left: str | None, right: str | None) -> str | None:
    """The column type that holds the values of both."""
    if left is None or right is None or left == right:
        return left or right
    return "double" if {left, right} == {"int64", "double"} else "json"


def own_values(fields: Iterable[tuple[str, str]], own: OwnColumns) -> Plain:
    """A value for each of the `own` columns, from the user's own fields as JSON text."""
    values: Plain = dict.fromkeys(own)
    for name, text in fields:
        if kind := own.get(name):
            values[name] = (
                None
                if text == "null"
                else text
                if kind == "json"
                else float(text)
                if kind == "double"
                else json.loads(text)
            )
    return values


def own_fields(row: Plain, own: OwnColumns) -> tuple[tuple[str, str], ...]:
    """The user's own fields as JSON text, from the `own` columns of a row."""
    return tuple(
        (name, row[name] if kind == "json" else json.dumps(row[name], ensure_ascii=False))
        for name, kind in own.items()
        if row[name] is not None
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


def columns_of(config: str, own: OwnColumns = MappingProxyType({})) -> tuple[Column, ...]:
    """The columns of one kind of file; `own` are those of the user's own fields."""
    more = own.items() if config in ("default", "quarantine") else ()
    return COLUMNS[config] + tuple(
        Column(name, "string" if kind == "json" else kind, True, "as the scrape has it") for name, kind in more
    )


def arrow_schema(config: str, own: OwnColumns = MappingProxyType({})) -> Any:
    """The Arrow schema of one kind of file; `own` are the columns of the user's own fields.

    Every column may be null in the file, because readers that concatenate shards (DuckDB, `datasets`) expect so;
    `verify` checks that only the nullable ones are.
    """
    import pyarrow as pa

    return pa.schema([(column.name, _arrow_type(column.kind)) for column in columns_of(config, own)])


def _arrow_type(kind: str) -> Any:
    import pyarrow as pa

    outer, _, inner = kind.removesuffix(">").partition("<")
    if outer == "list":
        return pa.list_(_arrow_type(inner))
    if outer == "struct":
        parts = (part.split(": ") for part in inner.split(", "))
        return pa.struct([(name, _arrow_type(part)) for name, part in parts])
    return pa.type_for_alias(kind)


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
