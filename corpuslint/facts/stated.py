"""What metadata state of a document, without what only looks like a value."""

from __future__ import annotations

from corpuslint.facts.addresses import OWN, AddressKind, address_kind
from corpuslint.facts.declared_dates import declared_date
from corpuslint.facts.outlets import names_nobody
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
        return bool(value) and _kind(value) not in OWN
    return not value


def _kind(url: str) -> AddressKind:
    """What stands at an address that may lack its scheme ("manara.example/1"); a path on somebody's disk is none."""
    return address_kind(url if "://" in url else f"https://{url}")


def odd_values(document: Document) -> tuple[tuple[str, str, str], ...]:
    """The metadata values that a dataset leaves out or null: their key, the value as declared, and why.

    >>> from corpuslint.model.document import DocumentId
    >>> odd_values(Document(DocumentId("a"), "", {"source": "N/A", "published": "2019-08"}))
    (('source', 'N/A', 'no name'), ('published', '2019-08', 'no day'))
    """
    odd = []
    for key in ("source", "title", "author", "credit", "url"):
        value = document.metadata.get(key)
        if isinstance(value, str) and value.strip() and not stated(document, key):
            odd.append((key, value.strip(), _kind(value.strip()).value if key == "url" else "no name"))
    declared = declared_date(document, document.declared("language"), lambda: ())
    if declared is not None and declared.unusable is not None:
        odd.append(("published", declared.written, declared.unusable.value))
    return tuple(odd)
