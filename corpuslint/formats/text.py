"""`.txt`: one document a file, its metadata beside it in `NAME.meta.json`."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from corpuslint.formats.endings import sidecar_name
from corpuslint.formats.reading import ReadOptions, Trouble, TroubleKind
from corpuslint.formats.streams import is_url, open_bytes
from corpuslint.model.document import METADATA_KEYS, Document, DocumentId, MetadataValue, Origin
from corpuslint.text.decoding import decode


def read(filename: str, options: ReadOptions) -> Iterator[Document | Trouble]:
    """The document in `filename`, or why there is none."""
    with open_bytes(filename) as stream:
        if refused := _too_large(stream, options):
            yield Trouble(TroubleKind.SKIPPED, refused, Origin(filename))
            return
        decoded = decode(stream.read())
    metadata, own, trouble = read_sidecar(filename, options)
    if trouble:
        yield Trouble(TroubleKind.BROKEN, trouble, Origin(sidecar_name(filename)))
    origin = Origin(filename, encoding=decoded.encoding, bom=decoded.bom)
    if decoded.is_binary:
        yield Trouble(TroubleKind.SKIPPED, "it is a binary file, not text", origin)
    else:
        yield Document(DocumentId(filename), decoded.text, metadata, origin, own)


Declared = tuple[dict[str, MetadataValue], dict[str, object], str]
"""Metadata, the user's own fields, and what is wrong with the file that holds them ("" when nothing is)."""


def read_sidecar(filename: str, options: ReadOptions) -> Declared:
    """What is declared beside a file."""
    beside = sidecar_name(filename)
    # a name that is too long raises an error with `is_symlink`
    if os.path.islink(beside):  # noqa: PTH114
        folder = os.path.realpath(os.path.dirname(filename) or ".")  # noqa: PTH120
        if not Path(os.path.realpath(beside)).is_relative_to(folder):
            return {}, {}, "it is a link out of the folder"
    try:
        with open_bytes(beside) as stream:
            if refused := _too_large(stream, options):
                return {}, {}, refused
            raw = stream.read()
    except OSError as error:
        # where the name of a text is as long as names may be, there can be no file of a longer one beside it; a store
        # says in its own words that there is none
        if is_url(beside) or error.errno in (errno.ENOENT, errno.ENAMETOOLONG):
            return {}, {}, ""
        return {}, {}, error.strerror or str(error)
    try:
        declared = json.loads(raw)
    except (ValueError, RecursionError) as error:
        return {}, {}, why_no_json(error)
    if not isinstance(declared, dict):
        return {}, {}, "not a JSON object"
    return metadata_of(declared, options.fields), own_fields(declared, options.fields), ""


def why_no_json(error: Exception) -> str:
    """What to say of bytes that do not give a JSON value."""
    foreign = isinstance(error, UnicodeDecodeError)
    return "not written in UTF-8: convert the file first" if foreign else f"not valid JSON: {error}"


def _too_large(stream: IO[bytes], options: ReadOptions) -> str:
    if not options.max_bytes or not hasattr(stream, "fileno"):
        return ""
    try:
        size = os.fstat(stream.fileno()).st_size
    except OSError:  # not a file of this machine
        return ""
    return f"{size:,} bytes are more than the limit of {options.max_bytes:,}" if size > options.max_bytes else ""


def metadata_of(record: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, MetadataValue]:
    """The metadata in a record: known keys under our names, other strings under theirs."""
    ours = {name: key for key, name in fields.items()}
    metadata: dict[str, MetadataValue] = {}
    for name, value in record.items():
        key = ours.get(name, name)
        if key == "date" and "date" not in ours and "published" not in record:
            key = "published"
        # What a person says of the findings in this document (suppressions) is a table; it goes along as JSON.
        kept = json.dumps(value) if key == "corpuslint" and isinstance(value, dict) else _value(value)
        if kept is not None and (key in METADATA_KEYS or isinstance(kept, str)):
            metadata[key] = kept
    return metadata


def own_fields(record: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, object]:
    """The fields of a record that are the user's own, with their values as they are.

    >>> own_fields({"title": "t", "date": "2024-05-03", "category": "c", "views": 12}, {})
    {'category': 'c', 'views': 12}
    """
    named = {"text", "corpuslint", *METADATA_KEYS, *fields.values()}
    if "published" not in record:
        named.add("date")
    return {name: value for name, value in record.items() if name not in named and value is not None}


def _value(value: Any) -> MetadataValue | None:
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return tuple(str(item) for item in value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return None
