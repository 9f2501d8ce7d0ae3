"""The identity of a finding: the same defect keeps it while the text around it is edited, another defect has another.

Line numbers drift and counts hide swaps, so a fingerprint is made of content: the rule, the letters found, and the
letters that follow. Only letters and digits count, folded as everywhere (kaf and keheh, the yehs, digits, ZWNJ,
harakat, white space), so applying letter fixes or wrapping lines anew changes nothing. What stands *before* a finding
does not count, and repeats are numbered from the end: a paragraph inserted above leaves every fingerprint below it
alone. The path does not count either, so a file may move; who compares two runs compares multisets.

A finding about a document as a whole has no letters; it is known by its rule and the document's own name: its URL,
else its record id, else the first letters of its text, which a file keeps under another name.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import blake2b
from itertools import chain, pairwise
from pathlib import PurePosixPath

from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import Document
from corpuslint.model.levels import Scope
from corpuslint.text.characters import PLAIN_FORMS
from corpuslint.text.folding import FOLDS
from corpuslint.text.positions import Span
from corpuslint.words import kernel
from corpuslint.words.levels import TABLED

SCHEME = "corpuslintFinding/v2"
"""Name and version of the scheme; a change of what counts is another version."""

_SPAN = Scope.SPAN  # a member costs more to look up than a name
_MATCH_LETTERS = 64
_NEXT_LETTERS = 32
_FIRST_LETTERS = 128


def fingerprints(document: Document, text: str, diagnostics: Sequence[Diagnostic]) -> tuple[str, ...]:
    """One fingerprint a diagnostic, in the same order; all different within the document.

    `diagnostics` are in the order of their spans, which all count in `text`.
    """
    seen: dict[bytes, int] = {}
    names: dict[tuple[str, str], bytes] = {}
    whole = b""
    marks = []
    found = [*_letters(text, [one.span for one in diagnostics], _MATCH_LETTERS, _NEXT_LETTERS)]
    for diagnostic, letters in zip(reversed(diagnostics), reversed(found), strict=True):
        if diagnostic.scope is not _SPAN:
            whole = letters = whole or _encoded(f"whole\0{document_key(document)}")
        elif letters[0] == 0:  # nothing but marks or white space was found: those are the match, as they stand
            start, end = diagnostic.span
            letters = _encoded(text[start:end][:_MATCH_LETTERS]) + letters
        named = diagnostic.code, diagnostic.field
        key = (names.get(named) or names.setdefault(named, _encoded("\0".join((SCHEME, *named, ""))))) + letters
        repeat = seen[key] = seen.get(key, -1) + 1
        marks.append(blake2b(b"%b\0%d" % (key, repeat), digest_size=16).hexdigest())
    marks.reverse()
    return tuple(marks)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def document_key(document: Document) -> str:
    """What a document is known by when no place in its text is meant: URL, record id, or the first letters of its text;
    where there are none, its file name without folder and ending.

    >>> from corpuslint.model.document import DocumentId, Origin
    >>> document_key(Document(DocumentId("x"), "", origin=Origin("scrapes/2024/a17.txt")))
    'file:a17'
    """
    if url := document.declared("url"):
        return f"url:{url}"
    if name := document.origin.record_id or document.declared("id"):
        return f"id:{name}"
    if letters := next(_letters(document.text, [Span(0, len(document.text))], _FIRST_LETTERS, 0))[:-1]:
        return f"text:{blake2b(letters, digest_size=8).hexdigest()}"
    return f"file:{PurePosixPath(document.origin.filename).name.split('.')[0]}"


def _letters(text: str, spans: Sequence[Span], most: int, behind: int) -> Iterator[bytes]:
    """Of each span the first folded letters, a NUL, and the first behind, in UTF-8; a blank line ends what follows, so
    a paragraph inserted below it changes nothing."""
    for first in range(0, len(spans), _TOGETHER):
        some = spans[first : first + _TOGETHER]
        room, ends = bytearray(len(some) * (4 * (most + behind) + 1)), array("i", bytes(4 * len(some)))
        kernel.letters_found(text, array("i", chain.from_iterable(some)), most, behind, *_tables(), room, ends)
        found = bytes(room)
        yield from [found[start:end] for start, end in pairwise((0, *ends))]


_TOGETHER = 256


def _folded(character: str) -> str:
    return "".join(filter(str.isalnum, FOLDS.get(character, character)))


@cache
def _tables() -> tuple[array[int], dict[int, str]]:
    """What each character of the table folds to, and what presentation forms do."""
    folds = array("H", (ord(_folded(chr(code)) or "\0") for code in range(TABLED)))
    return folds, {ord(form): _folded(form) for form in PLAIN_FORMS}
