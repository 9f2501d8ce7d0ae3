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

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import PurePosixPath

from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import Document
from corpuslint.model.levels import Scope
from corpuslint.packs.life import lasting_code
from corpuslint.text.characters import PRESENTATION_FORMS
from corpuslint.text.folding import fold, fold_characters
from corpuslint.text.patterns import compile_re

SCHEME = "corpuslintFinding/v2"
"""Name and version of the scheme; a change of what counts is another version."""

_MATCH_LETTERS = 64
_NEXT_LETTERS = 32
_FIRST_LETTERS = 128
_LINE_END = r"(?:\r\n|\r(?!\n)|\n)"
_BLANK_LINE = compile_re(rf"{_LINE_END}[^\S\r\n]*{_LINE_END}")
_EDGE = "\ufdd0"  # a noncharacter, which no text is supposed to hold
_SEVERAL_LETTERS = compile_re(f"[{PRESENTATION_FORMS}]")  # one of these can stand for two letters
_LETTERS = compile_re(rf"[\w{_EDGE}]+")


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
            name = names[named] = f"{lasting_code(diagnostic.code)}\0{diagnostic.field}\0"
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
    if letters := _letters([document.text[: 4 * _FIRST_LETTERS]])[0][:_FIRST_LETTERS]:
        return f"text:{blake2b(letters.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"
    return f"file:{PurePosixPath(document.origin.filename).name.split('.')[0]}"


def _bodies(document: Document, texts: Mapping[str, str], diagnostics: Sequence[Diagnostic]) -> list[str]:
    """What each finding is made of: the letters found and the letters that follow, or the document's name."""
    shadow = _shadow(texts) if len(diagnostics) > _FEW else ""
    windows: list[str] = []
    for diagnostic in diagnostics:
        if diagnostic.scope is Scope.SPAN:
            text, (start, end) = texts[diagnostic.field], diagnostic.span
            after = _following(text, end, _LIKELY)
            if shadow:
                text, after = shadow, shadow[end : end + len(after)]
            windows += (text[start : min(end, start + 4 * _MATCH_LETTERS)], after)
    letters = iter(zip(windows, _letters(windows, folded=bool(shadow)), strict=True))
    bodies = []
    for diagnostic in diagnostics:
        if diagnostic.scope is not Scope.SPAN:
            bodies.append(f"whole\0{document_key(document)}")
            continue
        _, found = next(letters)
        window, following = next(letters)
        if len(following) < _NEXT_LETTERS and len(window) == _LIKELY:
            following = _letters([_following(texts[diagnostic.field], diagnostic.span.end, 4 * _NEXT_LETTERS)])[0]
        # Nothing but marks or white space was found: those are the match, as they stand.
        match = found[:_MATCH_LETTERS] or diagnostic.span.of(texts[diagnostic.field])[:_MATCH_LETTERS]
        bodies.append(f"{match}\0{following[:_NEXT_LETTERS]}")
    return bodies


_LIKELY = 44  # characters among which there are nearly always as many letters as count


def _following(text: str, end: int, size: int) -> str:
    """What stands after a finding; a blank line ends it, so a paragraph inserted below it changes nothing."""
    window = text[end : end + size]
    if "\n" not in window and "\r" not in window:
        return window
    blank = _BLANK_LINE.search(window)
    return window[: blank.start()] if blank else window


_FEW = 8
"""With more findings than these their windows overlap so much that the text is folded as a whole."""


def _shadow(texts: Mapping[str, str]) -> str:
    """The folded text where it counts as the text does, else ""; for findings in the text alone."""
    text = texts["text"]
    if any(value for name, value in texts.items() if name != "text") or _SEVERAL_LETTERS.search(text):
        return ""
    folded = fold_characters(text)
    return folded if len(folded) == len(text) else ""


def _letters(windows: Sequence[str], *, folded: bool = False) -> list[str]:
    """The folded letters and digits of each piece of text; folding costs by the call, so all are folded in one."""
    joined = _EDGE.join(windows)
    pieces = _only_letters(joined if folded else fold(joined)).split(_EDGE)
    if len(pieces) == len(windows):
        return pieces
    return [_only_letters(fold(window.replace(_EDGE, ""))) for window in windows]


def _only_letters(folded: str) -> str:
    # Blanks are most of what is left out, and cost least so; the underscore counts among the letters of `re`.
    return "".join(_LETTERS.findall(folded.replace(" ", "").replace("_", "")))
