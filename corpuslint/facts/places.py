"""Where a document stands in the corpus: its file, and its number there."""

from __future__ import annotations

from typing import Final

from corpuslint.model.document import DocumentId

_LARGEST: Final = (1 << 32) - 1


def place_of(document: str) -> tuple[str, int]:
    """The file of a document, with a `#` where it is one of many there, and its number.

    >>> place_of("a.jsonl#12"), place_of("a.txt")
    (('a.jsonl#', 12), ('a.txt', 0))
    """
    name, mark, number = document.rpartition("#")
    if mark and number.isascii() and number.isdigit() and str(int(number)) == number and int(number) <= _LARGEST:
        return name + mark, int(number)
    # An id that only looks like a file of many is told apart by a sign that no file's name ends in.
    return document + "\0" if document.endswith("#") else document, 0


def name_of(file: str, number: int) -> DocumentId:
    """The document that `place_of` took apart.

    >>> name_of(*place_of("a.jsonl#12"))
    'a.jsonl#12'
    """
    return DocumentId(f"{file}{number}" if file.endswith("#") else file.removesuffix("\0"))
