"""What metadata state of a document, without what only looks like a value."""

from __future__ import annotations

from corpuslint.facts.addresses import OWN, address_kind
from corpuslint.facts.sources import names_nobody
from corpuslint.model.document import Document


def stated(document: Document, key: str) -> str:
    """The value that a document's metadata state under `key`, "" where they state none.

    A source that names nobody ("وكالات", a label) is none, and neither is the address of a channel, a picture or a
    shortener the `url` of a document.

    >>> from corpuslint.model.document import DocumentId
    >>> document = Document(DocumentId("a"), "", {"source": "المصدر", "url": "https://t.me/manara"})
    >>> stated(document, "source"), stated(document, "url")
    ('', '')
    """
    return "" if is_no_value(key, value := document.declared(key)) else value


def is_no_value(key: str, value: str) -> bool:
    """Whether a value under `key` says nothing of the document it stands beside."""
    if key == "source":
        return names_nobody(value)
    if key == "url":
        return bool(value) and "://" in value and address_kind(value) not in OWN
    return not value
