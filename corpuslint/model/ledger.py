"""What was changed, as data: enough to do it again and to take it back, character for character."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from corpuslint.model.diagnostic import FieldChange
from corpuslint.model.document import MetadataValue
from corpuslint.text.positions import WHOLE, Span


class AppliedEdit(NamedTuple):
    """One edit as it was made. Edits are a sequence: each counts in the text that the edits before it left.

    `start` is a code point offset, `before` the text that stood there, `after` the text that stands there now.
    """

    code: str
    rule_version: int
    start: int
    before: str
    after: str
    fields: tuple[FieldChange, ...] = ()


class Rewrite(msgspec.Struct, frozen=True):
    """A text as fixing leaves it: the edits that lead to it, the metadata lifted out of it, and the encoding that it is
    written in from now on, "" for the one that it came in."""

    text: str
    applied: tuple[AppliedEdit, ...] = ()
    lifted: Mapping[str, MetadataValue] = {}
    encoding: str = ""


class SplitStory(msgspec.Struct, frozen=True):
    """A story that left its document: its text as it stood when it left, and how it could be told to be one.

    `origin` is where it stood in the original text; `edits` lead from the original text of the whole document to
    `text`.
    """

    text: str
    origin: Span
    edits: tuple[AppliedEdit, ...]
    code: str
    confidence: float = 1.0
    teaser: bool = False


def replay(text: str, edits: Iterable[AppliedEdit]) -> str:
    """`text` with every edit made, in order.

    Raises ValueError where the text is not what the edits were made on.
    """
    return _changed(text, ((edit.start, edit.before, edit.after, edit.code) for edit in edits), "changed")


def undo(text: str, edits: Sequence[AppliedEdit]) -> str:
    """`text` with every edit taken back, the last one first.

    Raises ValueError where the text is not what the edits left.

    >>> undo("ab", [AppliedEdit("SPC001", 1, 1, " ", "")])
    'a b'
    """
    return _changed(text, ((edit.start, edit.after, edit.before, edit.code) for edit in reversed(edits)), "left")


def place_after(span: Span, edits: Iterable[AppliedEdit]) -> Span | None:
    """Where a place of a text is after edits; None where they touched it.

    >>> place_after(Span(3, 5), [AppliedEdit("SPC001", 1, 1, " ", "")])
    Span(start=2, end=4)
    """
    for edit in edits:
        if span == WHOLE:
            break
        if edit.start + len(edit.before) <= span.start:
            by = len(edit.after) - len(edit.before)
            span = Span(span.start + by, span.end + by)
        elif edit.start < span.end:
            return None
    return span


def _changed(text: str, changes: Iterable[tuple[int, str, str, str]], verb: str) -> str:
    """`text` with changes (place, what stands there, what shall stand there, whose) made one after the other.

    Nothing is copied before the end: the text is pieces (of a string, from, to) on both sides of a place that moves.
    """
    before, after = list[_Piece](), [(text, 0, len(text))]
    at = 0
    for start, old, new, code in changes:
        while at > start >= 0:
            piece = before.pop()
            after.append(piece)
            at -= piece[2] - piece[1]
        while at < start and after:
            at += _pass(after, before, start - at)
        stands = list[_Piece]()
        missing = len(old)
        while missing and after:
            missing -= _pass(after, stands, missing)
        if at != start or _joined(stands) != old:
            raise ValueError(f"the text at {start} is not what {code} {verb}")
        if new:
            after.append((new, 0, len(new)))
    return _joined(before) + _joined(reversed(after))


_Piece = tuple[str, int, int]


def _pass(source: list[_Piece], target: list[_Piece], most: int) -> int:
    """Hand on the next piece, or the first `most` characters of it; how many characters that were."""
    whole, start, end = source.pop()
    stop = min(end, start + most)
    if stop < end:
        source.append((whole, stop, end))
    target.append((whole, start, stop))
    return stop - start


def _joined(pieces: Iterable[_Piece]) -> str:
    return "".join([whole[start:end] for whole, start, end in pieces])
