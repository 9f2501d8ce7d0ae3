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
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import PurePosixPath

from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import Document
from corpuslint.model.levels import Scope
from corpuslint.text.characters import PLAIN_FORMS, PRESENTATION_FORMS
from corpuslint.text.folding import FOLDS
from corpuslint.text.patterns import compile_re
from corpuslint.words import kernel
from corpuslint.words.levels import TABLED

SCHEME = "corpuslintFinding/v2"
"""Name and version of the scheme; a change of what counts is another version."""

_MATCH_LETTERS = 64
_NEXT_LETTERS = 32
_FIRST_LETTERS = 128
_LINE_END = r"(?:\r\n|\r(?!\n)|\n)"
_BLANK_LINE = compile_re(rf"{_LINE_END}[^\S\r\n]*{_LINE_END}")


def fingerprints(document: Document, texts: Mapping[str, str], diagnostics: Sequence[Diagnostic]) -> tuple[str, ...]:
    """One fingerprint a diagnostic, in the same order; all different within the document.

    `texts` holds the text of each field that the diagnostics name; `diagnostics` are in the order of their spans.
    """
    bodies = _bodies(document, texts, diagnostics)
    seen: dict[str, int] = {}
    names: dict[tuple[str, str], str] = {}
    marks = []
    for diagnostic, body in zip(reversed(diagnostics), reversed(bodies), strict=True):
        named = diagnostic.code, diagnostic.field
        name = names.get(named)
        if name is None:
            name = names[named] = f"{diagnostic.code}\0{diagnostic.field}\0"
        key = name + body
        repeat = seen.get(key, 0)
        seen[key] = repeat + 1
        material = f"{SCHEME}\0{key}\0{repeat}"
        marks.append(blake2b(material.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest())
    marks.reverse()
    return tuple(marks)


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
    size = min(len(document.text), 4 * _FIRST_LETTERS)
    if letters := _Letters(document.text, 0, size).between(0, size, _FIRST_LETTERS):
        return f"text:{blake2b(letters.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"
    return f"file:{PurePosixPath(document.origin.filename).name.split('.')[0]}"


def _bodies(document: Document, texts: Mapping[str, str], diagnostics: Sequence[Diagnostic]) -> list[str]:
    """What each finding is made of: the letters found and the letters that follow, or the document's name."""
    letters: dict[str, _Letters] = {}
    whole = ""
    bodies = []
    for diagnostic in diagnostics:
        if diagnostic.scope is not Scope.SPAN:
            whole = whole or f"whole\0{document_key(document)}"
            bodies.append(whole)
            continue
        text, (start, end) = texts[diagnostic.field], diagnostic.span
        # A blank line ends what follows, so a paragraph inserted below it changes nothing.
        behind = min(len(text), end + 4 * _NEXT_LETTERS)
        if text.find("\n", end, behind) >= 0 or text.find("\r", end, behind) >= 0:
            blank = _BLANK_LINE.search(text, end, behind)
            behind = blank.start() if blank else behind
        known = letters.get(diagnostic.field)
        if known is None or not known.holds(start, behind):
            most = len(text) if len(text) <= _READ_AT_ONCE * len(diagnostics) else behind
            known = letters[diagnostic.field] = _Letters(text, 0 if most == len(text) else start, most)
        # Nothing but marks or white space was found: those are the match, as they stand.
        found = known.between(start, min(end, start + 4 * _MATCH_LETTERS), _MATCH_LETTERS)
        match = found or text[start:end][:_MATCH_LETTERS]
        bodies.append(f"{match}\0{known.between(end, behind, _NEXT_LETTERS)}")
    return bodies


_READ_AT_ONCE = 4096
"""With so many characters to a finding or fewer, a text is read as a whole."""


class _Letters:
    """The folded letters and digits of a stretch of a text."""

    def __init__(self, text: str, start: int, end: int) -> None:
        text = text[start:end]
        self._start, self._end = start, end
        self._places = array("i", bytes(4 * (len(text) + 1)))
        room = len(text) * (_LONGEST_FORM if _FORM.search(text) else 1)
        letters = array("I", bytes(4 * room))
        count = kernel.fold_letters(text, _FOLDS, _FORMS, letters, self._places)
        self._letters = letters[:count].tobytes().decode("utf-32")

    def holds(self, start: int, end: int) -> bool:
        """Whether the stretch was read."""
        return self._start <= start and end <= self._end

    def between(self, start: int, end: int, most: int) -> str:
        """The first letters between two places of the text."""
        first = self._places[start - self._start]
        return self._letters[first : min(first + most, self._places[end - self._start])]


def _folded(character: str) -> str:
    return "".join(filter(str.isalnum, FOLDS.get(character, character)))


_FORM = compile_re(f"[{PRESENTATION_FORMS}]")  # one of these can stand for several letters
_FORMS = {ord(form): _folded(form) for form in PLAIN_FORMS}
_LONGEST_FORM = max(map(len, _FORMS.values()))
_FOLDS = array("H", (ord(_folded(chr(code)) or "\0") for code in range(TABLED)))
