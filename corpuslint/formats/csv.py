"""`.csv`: one record a row under a header line; separated by commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import count

from corpuslint.formats.jsonl import document_of_record, no_column
from corpuslint.formats.reading import ReadOptions, Trouble, TroubleKind
from corpuslint.formats.streams import LONGEST_LINE, open_bytes
from corpuslint.model.document import Document, Origin
from corpuslint.text.decoding import decode

_HEAD = 1 << 16
_SEPARATORS = ",;\t"


def read(filename: str, options: ReadOptions) -> Iterator[Document | Trouble]:
    """The documents of `filename` in order. A row with too few or too many fields is reported in its place."""
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
        rows = csv.reader(
            io.TextIOWrapper(buffered, encoding, errors="replace", newline=""),
            delimiter=max(_SEPARATORS, key=(decoded.text.splitlines() or [""])[0].count),  # headers hold no prose
        )
        header = next(rows, [])
        if options.text_field not in header:
            yield no_column(filename, header, options)
            return
        for index in count():
            try:
                row = next(rows, None)
            except csv.Error as error:
                yield Trouble(TroubleKind.BROKEN, f"not valid CSV: {error}", Origin(filename, index))
                continue
            if row is None:
                return
            if len(row) == len(header):
                yield document_of_record(dict(zip(header, row, strict=True)), filename, index, options, encoding)
            elif row:
                reason = f"the row has {len(row)} fields, the header {len(header)}"
                yield Trouble(TroubleKind.BROKEN, reason, Origin(filename, index))
