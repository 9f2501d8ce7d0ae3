"""One record of a corpus: its text, its metadata, and where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NewType

import msgspec

from corpuslint.text.folding import is_placeholder

DocumentId = NewType("DocumentId", str)

MetadataValue = str | tuple[str, ...]
Metadata = Mapping[str, MetadataValue]

METADATA_KEYS = ("id", "title", "source", "published", "url", "language", "credit", "keywords", "keywords_raw")
"""The keys that mean the same in every format; any other key is carried along untouched."""

_NAMING: Final = frozenset(
    (
        "title", "source", "published", "date", "updated", "url", "language", "credit", "author", "publisher", "outlet",
        "domain", "byline",
    )
)  # fmt: skip
"""Keys whose value says something of a document, and where a word for nothing is no value."""


def file_of(document: str) -> tuple[str, int]:
    """The file that a document is in, by its id, and its index there, -1 in a file of one document.

    >>> file_of("a.jsonl#12"), file_of("a.txt")
    (('a.jsonl', 12), ('a.txt', -1))
    """
    name, mark, index = document.rpartition("#")
    return (name, int(index)) if mark and index.isdigit() else (document, -1)


class Origin(msgspec.Struct, frozen=True):
    """Where a document was read: a file, and the record's place in it where a file holds many.

    `index` is -1 for a file of one document; `record_id` is the id the record itself gives, or "". `encoding` is the
    Python codec the bytes were decoded with, `bom` whether they began with a byte order mark.
    """

    filename: str
    index: int = -1
    record_id: str = ""
    encoding: str = "utf-8"
    bom: bool = False

    @property
    def is_record(self) -> bool:
        """Whether the document is one record among others in its file."""
        return self.index >= 0


class Document(msgspec.Struct, frozen=True):
    """A text and what is known of it. `id` is unique in a run: the file name, with `#index` for a record.

    `own` holds the fields that are the user's and mean nothing to us, with their values as they were read.
    """

    id: DocumentId
    text: str
    metadata: Metadata = {}
    origin: Origin = Origin("-")
    own: Mapping[str, object] = {}

    def declared(self, key: str) -> str:
        """The metadata value of `key` as one stripped string, "" where nothing is declared, or only that there is none.

        >>> Document(DocumentId("a"), "", {"source": " Reuters ", "title": "N/A"}).declared("source")
        'Reuters'
        >>> Document(DocumentId("a"), "", {"source": " Reuters ", "title": "N/A"}).declared("title")
        ''
        """
        value = self.metadata.get(key)
        if not value:
            return ""
        said = value.strip() if isinstance(value, str) else ", ".join(value)
        return "" if key in _NAMING and is_placeholder(said) else said

    @property
    def site(self) -> str:
        """The outlet a document is from: its declared source, else the host of its URL, else "".

        >>> Document(DocumentId("a"), "", {"url": "https://www.example.com/2024/1.html"}).site
        'example.com'
        """
        if source := self.declared("source"):
            return source
        host = self.declared("url").partition("://")[2].partition("/")[0]
        return host.rpartition("@")[2].partition(":")[0].lower().removeprefix("www.")
