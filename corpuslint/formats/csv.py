"""`.csv`: one record a row under a header line; separated by commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from corpuslint.formats.jsonl import document_of_record, wrong_header
from corpuslint.formats.reading import ReadOptions, Trouble, TroubleKind
from corpuslint.formats.streams import LONGEST_LINE, open_bytes
from corpuslint.model.document import Document, Origin
from corpuslint.text.decoding import decode

_HEAD = 1 << 16
_SEPARATORS = ",;\t"


def read(filename: str, options: ReadOptions) -> Iterator[Document | Trouble]:
    """The documents of `filename` in order. A row with too few or too many fields, or with quotes in it that are not
    doubled, is reported in its place; where a quote is never closed, all that follows is one field, and not read."""
    csv.field_size_limit(LONGEST_LINE)
    with open_bytes(filename) as stream:
        buffered = io.BufferedReader(stream, _HEAD) if isinstance(stream, io.RawIOBase) else stream
        head = buffered.read(_HEAD)
        decoded = decode(head[: head.rfind(b"\n") + 1] or head)
        if decoded.is_binary:
            yield Trouble(TroubleKind.SKIPPED, "it is a binary file, not text", Origin(filename))
            return
        encoding = decoded.encoding
        buffered.seek(len("\N{ZERO WIDTH NO-BREAK SPACE}".encode(encoding)) if decoded.bom else 0)
        rows = _rows(
            csv.reader(
                io.TextIOWrapper(buffered, encoding, errors="replace", newline=""),
                delimiter=max(_SEPARATORS, key=(decoded.text.splitlines() or [""])[0].count),  # headers hold no prose
                strict=True,
            )
        )
        header = next(rows, [])
        if isinstance(header, str):
            raise OSError(header)
        if troubles := [*wrong_header(filename, header, options)]:
            yield from troubles
            return
        for index, row in enumerate(rows):
            if isinstance(row, str):
                yield Trouble(TroubleKind.BROKEN, row, Origin(filename, index))
            elif len(row) == len(header):
                yield document_of_record(dict(zip(header, row, strict=True)), filename, index, options, encoding)
            elif row:
                reason = f"the row has {len(row)} fields, the header {len(header)}"
                yield Trouble(TroubleKind.BROKEN, reason, Origin(filename, index))


def _rows(reader: Any) -> Iterator[list[str] | str]:
    """The rows of a table, and what is wrong in the place of one that cannot be read; OSError where a quote is never
    closed, for all that follows it would be one field."""
    while True:
        line = reader.line_num + 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            place = f"line {line:,}" if line == reader.line_num else f"lines {line:,} to {reader.line_num:,}"
            if "unexpected end" in str(error):
                raise OSError(f"{place}: a quote is opened and never closed: close it, or double it") from error
            undoubled = "expected after" in str(error)
            yield f"not valid CSV in {place}: {'a quote inside a field is not doubled' if undoubled else error}"
