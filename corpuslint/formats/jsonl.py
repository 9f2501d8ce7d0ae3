"""`.jsonl`, also packed (`.gz`, `.zst`): one record a line.

A line that cannot be read is reported; the rest of the file is read all the same.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

import orjson

from corpuslint.formats.reading import ReadOptions, Trouble, TroubleKind
from corpuslint.formats.streams import LONGEST_LINE, lines_of, open_unpacked
from corpuslint.formats.text import metadata_of, own_fields, why_no_json
from corpuslint.model.document import Document, DocumentId, Origin


def read(
    filename: str, options: ReadOptions, start: int = 0, stop: int = sys.maxsize, first: int = 0
) -> Iterator[Document | Trouble]:
    """The documents in the lines that begin in the bytes `start` to `stop`, in order, and trouble in their place where
    there is any; `first` is the index of the first line. What holds no lines of JSON is reported once, by its
    first part."""
    with open_unpacked(filename) as stream:
        if start and stream.read(2) in _NO_LINES:
            return
        yield from documents(lines_of(stream, start, stop), filename, options, first)


_NO_LINES = {
    **dict.fromkeys(
        (b"\xff\xfe", b"\xfe\xff", b"{\0", b"\0{"),
        "it is written in UTF-16, and lines of JSON are in UTF-8: convert it with `iconv -f UTF-16 -t UTF-8`",
    ),
    **dict.fromkeys(
        (b"[\n", b"[\r", b"{\n", b"{\r"),
        "it is one JSON value over several lines, and here each line is a record: convert it with `jq -c`, a list with "
        "`jq -c '.[]'`",
    ),
}
"""How files begin that do not hold a record a line, and what to say of them."""


def documents(
    lines: Iterable[bytes], filename: str, options: ReadOptions, first: int = 0
) -> Iterator[Document | Trouble]:
    """The documents in `lines`; `first` is the index of the first line. Blank lines keep their index and hold none."""
    for index, line in enumerate(lines, start=first):
        if not index and line[:2] in _NO_LINES:
            yield Trouble(TroubleKind.UNREADABLE, _NO_LINES[line[:2]], Origin(filename))
            return
        if len(line) > LONGEST_LINE:
            reason = f"the line is longer than {LONGEST_LINE >> 20} MB"
            yield Trouble(TroubleKind.BROKEN, reason, Origin(filename, index))
        elif line and not line.isspace():
            yield document_of(line, filename, index, options)


def document_of(line: bytes, filename: str, index: int, options: ReadOptions) -> Document | Trouble:
    """The document in one line of JSON."""
    try:
        record: Any = orjson.loads(line)
    except orjson.JSONDecodeError:
        # orjson refuses what Python's json takes (NaN, lone surrogates); only what both refuse is broken
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            return Trouble(TroubleKind.BROKEN, why_no_json(error), Origin(filename, index))
    if not isinstance(record, dict):
        reason = "not a JSON object" + (": write each one of the list on a line" if isinstance(record, list) else "")
        return Trouble(TroubleKind.BROKEN, reason, Origin(filename, index))
    if _has_twice(line, options.text_field):
        reason = f"it has the field '{options.text_field}' twice, so it is not clear which one holds: leave out one"
        return Trouble(TroubleKind.BROKEN, reason, Origin(filename, index))
    return document_of_record(record, filename, index, options)


def _has_twice(line: bytes, field: str) -> bool:
    """Whether an object has a key twice; few lines have it in its quotation marks again: a text sets a backslash before
    them."""
    if line.count(f'"{field}"'.encode()) < 2:
        return False
    with suppress(RecursionError):
        return [key for key, _ in json.loads(line, object_pairs_hook=list)].count(field) > 1
    return False


def document_of_record(
    record: dict[str, Any], filename: str, index: int, options: ReadOptions, encoding: str = "utf-8"
) -> Document | Trouble:
    """The document that one record holds."""
    text = record.pop(options.text_field, None)
    metadata = metadata_of(record, options.fields)
    record_id = metadata.get("id", "")
    origin = Origin(filename, index, record_id if isinstance(record_id, str) else "", encoding)
    if not isinstance(text, str):
        reason = f"it has no text in the field '{options.text_field}' (`[fields]` names yours)"
        return Trouble(TroubleKind.BROKEN, reason, origin)
    return Document(DocumentId(f"{filename}#{index}"), text, metadata, origin, own_fields(record, options.fields))


def wrong_header(filename: str, columns: Iterable[str], options: ReadOptions) -> Iterator[Trouble]:
    """That a table has no column for the text, or two columns of one name; nothing where all is well."""
    known = list(columns)
    twice = next((name for name in known if name and known.count(name) > 1), "")
    if twice:
        reason = f"{known.count(twice)} columns are called '{twice}', so it is not clear which one holds: rename one"
    elif options.text_field not in known:
        shown = ", ".join(known[:_SHOWN]) + (f" and {len(known) - _SHOWN:,} more" if len(known) > _SHOWN else "")
        reason = f"it has no column '{options.text_field}', only {shown} (`[fields]` names yours)"
        reason = reason if known else "it is empty"
    else:
        return
    yield Trouble(TroubleKind.UNREADABLE, reason, Origin(filename))


_SHOWN = 20
"""Columns that a message names."""
