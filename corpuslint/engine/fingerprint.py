"""The identity of a finding: the same defect keeps it while the text around it is edited, another defect has another.

Line numbers drift and counts hide swaps, so a fingerprint is made of content: the rule, the letters found, and the
letters that follow. Only letters and digits count, folded as everywhere (kaf and keheh, the yehs, digits, ZWNJ,
harakat, white space), so applying letter fixes or wrapping lines anew changes nothing. What stands *before* a finding
does not count, and repeats are numbered from the end: a paragraph inserted above leaves every fingerprint below it
alone. The path does not count either, so a file may move; who compares two runs compares multisets.

A finding about a document as a whole has no letters; it is known by its rule and the document's own name: its URL,
else its record id, else its file name without folder and extension.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import PurePosixPath

from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import Document
from corpuslint.model.levels import Scope

SCHEME = "corpuslintFinding/v1"
"""Name and version of the scheme; a change of what counts is another version."""

_MATCH_LETTERS = 64
_NEXT_LETTERS = 32
_BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)")
_NOT_LETTERS = re.compile(r"[\W_]+")


def fingerprints(document: Document, texts: Mapping[str, str], diagnostics: Sequence[Diagnostic]) -> tuple[str, ...]:
    """One fingerprint a diagnostic, in the same order; all different within the document.

    `texts` holds the text of each field that the diagnostics name; `diagnostics` are in the order of their spans.
    """
    bodies = [_body(document, texts, diagnostic) for diagnostic in diagnostics]
    seen: dict[str, int] = {}
    marks = []
    for diagnostic, body in zip(reversed(diagnostics), reversed(bodies), strict=True):
        key = f"{diagnostic.code}\0{diagnostic.field}\0{body}"
        repeat = seen.get(key, 0)
        seen[key] = repeat + 1
        material = f"{SCHEME}\0{key}\0{repeat}"
        marks.append(blake2b(material.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest())
    marks.reverse()
    return tuple(marks)


def document_key(document: Document) -> str:
    """What a document is known by when its text cannot tell: URL, record id, or file name without its folder.

    >>> from corpuslint.model.document import DocumentId, Origin
    >>> document_key(Document(DocumentId("x"), "", origin=Origin("scrapes/2024/a17.txt")))
    'file:a17'
    """
    if url := document.declared("url"):
        return f"url:{url}"
    if name := document.origin.record_id or document.declared("id"):
        return f"id:{name}"
    stem = PurePosixPath(document.origin.filename).name.split(".")[0]
    return f"file:{stem}#{document.origin.index}" if document.origin.is_record else f"file:{stem}"


def _body(document: Document, texts: Mapping[str, str], diagnostic: Diagnostic) -> str:
    if diagnostic.scope is not Scope.SPAN:
        return f"whole\0{document_key(document)}"
    text = texts[diagnostic.field]
    start, end = diagnostic.span
    found = _letters(text[start : min(end, start + 4 * _MATCH_LETTERS)])[:_MATCH_LETTERS]
    # Nothing but marks or white space was found: those are the match, as they stand.
    match = found or text[start : min(end, start + _MATCH_LETTERS)]
    return f"{match}\0{_following(text, end)}"


def _following(text: str, end: int) -> str:
    """The first letters after a finding; a blank line ends them, so a paragraph inserted below it changes nothing."""
    width = 4 * _NEXT_LETTERS
    window = text[end : end + width]
    if blank := _BLANK_LINE.search(window):
        return _letters(window[: blank.start()])[:_NEXT_LETTERS]
    return _letters(window)[:_NEXT_LETTERS]


# Stands in until the shared folding is there.
_FOLDS: dict[int, int | str] = dict(
    str.maketrans("كىيٱأإآةۀەھہ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "کییااااههههه01234567890123456789").items()
)
_FOLDS[ord("ـ")] = ""


def fold(text: str) -> str:
    return text.translate(_FOLDS)


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", fold(text))
