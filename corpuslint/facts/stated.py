"""What metadata state of a document, without what only looks like a value."""

from __future__ import annotations

import re

from corpuslint.facts.addresses import OWN, AddressKind, address_kind
from corpuslint.facts.declared_dates import declared_date
from corpuslint.facts.name_lines import DAY_IN, Kind, cells_of
from corpuslint.facts.outlets import names_nobody
from corpuslint.facts.phrasebook import derived
from corpuslint.model.document import Document
from corpuslint.text.patterns import compile_re


def stated(document: Document, key: str) -> str:
    """The value that a document's metadata state under `key`, "" where they state none.

    A source that names nobody ("وكالات", a label) is none, neither is a dateline an `author`, nor the address of a
    channel, a picture or a shortener the `url` of a document.

    >>> from corpuslint.model.document import DocumentId
    >>> declared = {"source": "المصدر", "url": "https://t.me/manara", "author": "واس - الرياض"}
    >>> [stated(Document(DocumentId("a"), "", declared), key) for key in declared]
    ['', '', '']
    """
    return "" if is_no_value(key, value := document.declared(key)) else value


def is_no_value(key: str, value: str) -> bool:
    """Whether a value under `key` says nothing of the document it stands beside."""
    if key == "source":
        return names_nobody(value)
    if key == "author":
        return names_nobody(value) or dateline_outlet(value) is not None
    if key == "url":
        return bool(value) and url_kind(value) not in OWN
    return not value


@derived
def dateline_outlet(author: str) -> str | None:
    """The agency or outlet of a dateline that stands for an author ("واس - الرياض": a place, a desk or a day, alone or
    beside an outlet), "" where it names none; None where it is no dateline."""
    cells = cells_of(_BRACKETS.sub("/", author))
    outlets = [cell.text for cell in cells if cell.kind in (Kind.AGENCY, Kind.OUTLET)]
    # a day of the week alone is a given name: جمعة, خميس; not with the article
    days = Kind.DAY if len(cells) > 1 or DAY_IN.search(author) or author.strip().startswith("ال") else Kind.DESK
    placed = [cell for cell in cells if cell.kind in (Kind.CITY, Kind.DESK, days)]
    return (outlets or [""])[0] if placed and len(placed) + len(outlets) == len(cells) else None


_BRACKETS = compile_re(r"[()\[\]]")


def url_kind(url: str) -> AddressKind:
    """What stands at an address that may lack its scheme ("manara.example/1"); a path on somebody's disk is none."""
    return address_kind(url if "://" in url or _NO_PAGE.match(url) else f"https://{url}")


_NO_PAGE = compile_re(r"(?:mailto|tel|data|javascript|about|blob|file):", re.IGNORECASE)


def odd_values(document: Document) -> tuple[tuple[str, str, str], ...]:
    """The metadata values that say nothing of the document: their key, the value as declared, and why.

    >>> from corpuslint.model.document import DocumentId
    >>> odd_values(Document(DocumentId("a"), "", {"source": "N/A", "published": "2019-08"}))
    (('source', 'N/A', 'no name'), ('published', '2019-08', 'no day'))
    """
    odd = []
    for key in ("source", "title", "author", "credit", "url"):
        value = document.metadata.get(key)
        if isinstance(value, str) and value.strip() and not stated(document, key):
            odd.append((key, value.strip(), url_kind(value.strip()).value if key == "url" else "no name"))
    declared = declared_date(document, document.declared("language"), lambda: ())
    if declared is not None and declared.unusable is not None:
        odd.append(("published", declared.written, declared.unusable.value))
    return tuple(odd)
