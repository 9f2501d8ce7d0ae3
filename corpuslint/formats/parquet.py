"""`.parquet`: one record a row, read a batch at a time, whole or by row groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pyarrow
import pyarrow.parquet

from corpuslint.formats.jsonl import document_of_record, wrong_header
from corpuslint.formats.reading import ReadOptions, Trouble
from corpuslint.formats.streams import open_bytes, refuse_bomb, size_of
from corpuslint.model.document import Document

_ROWS = 64  # rows turned into Python objects at a time


def read(
    filename: str, options: ReadOptions, start: int = 0, stop: int = -1, first: int = 0
) -> Iterator[Document | Trouble]:
    """The documents of the row groups `start` to `stop` (-1: the last); `first` is the index of their first row."""
    with _opened(filename) as file:
        if troubles := [*wrong_header(filename, file.schema_arrow.names, options)]:
            yield from troubles
            return
        groups = range(start, file.num_row_groups if stop < 0 else stop)
        index, unpacked, packed = first, 0, size_of(filename)
        for batch in file.iter_batches(batch_size=_ROWS, row_groups=list(groups)):
            names = batch.schema.names
            for values in zip(*(_values(column) for column in batch.columns), strict=True):
                record = dict(zip(names, values, strict=True))
                unpacked += len(str(record[options.text_field]))  # one value may stand in a million rows
                refuse_bomb(unpacked, packed)
                yield document_of_record(record, filename, index, options)
                index += 1


def group_rows(filename: str) -> tuple[tuple[int, int], ...]:
    """Rows and bytes of every row group. OSError where the file cannot be read."""
    with _opened(filename) as file:
        groups = [file.metadata.row_group(number) for number in range(file.num_row_groups)]
        return tuple((group.num_rows, group.total_byte_size) for group in groups)


@contextmanager
def _opened(filename: str) -> Iterator[Any]:
    """A Parquet file; OSError, in one line, for whatever the library says against it."""
    try:
        with open_bytes(filename) as stream:
            yield pyarrow.parquet.ParquetFile(stream)
    except FileNotFoundError:
        raise
    except (OSError, pyarrow.ArrowException, UnicodeDecodeError) as error:  # names of columns may be no UTF-8
        raise OSError(" ".join(str(getattr(error, "strerror", "") or error).split())[:300]) from error


def _values(column: pyarrow.Array) -> Sequence[Any]:
    """A column as Python values; dates as ISO 8601, bytes that are no UTF-8 as U+FFFD."""
    kind = column.type
    try:
        values: list[Any] = column.to_pylist()
    except (OverflowError, ValueError) as error:
        if not isinstance(error, UnicodeDecodeError):
            return [_value(value) for value in column]  # times that no calendar of Python's reaches
        values = [
            value.as_buffer().to_pybytes().decode("utf-8", "replace") if value.is_valid else None for value in column
        ]
    if pyarrow.types.is_binary(kind) or pyarrow.types.is_large_binary(kind):
        return [None if value is None else value.decode("utf-8", "replace") for value in values]
    if pyarrow.types.is_timestamp(kind) or pyarrow.types.is_date(kind):
        return [None if value is None else value.isoformat() for value in values]
    return values


def _value(scalar: Any) -> Any:
    """One value; a time as ISO 8601, None where it cannot be said in Python."""
    try:
        value = scalar.as_py()
    except (OverflowError, ValueError):
        return None
    return value.isoformat() if hasattr(value, "isoformat") else value
