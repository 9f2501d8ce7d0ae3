"""What was changed, as data: enough to do it again and to take it back, character for character."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corpuslint.model.fix import FieldChange
from corpuslint.text.positions import Span


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


@dataclass(frozen=True, slots=True)
class SplitStory:
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
    for edit in edits:
        end = edit.start + len(edit.before)
        if text[edit.start : end] != edit.before:
            raise ValueError(f"the text at {edit.start} is not what {edit.code} changed")
        text = text[: edit.start] + edit.after + text[end:]
    return text


def undo(text: str, edits: Sequence[AppliedEdit]) -> str:
    """`text` with every edit taken back, the last one first.

    >>> undo("ab", [AppliedEdit("SPC001", 1, 1, " ", "")])
    'a b'
    """
    for edit in reversed(edits):
        end = edit.start + len(edit.after)
        if text[edit.start : end] != edit.after:
            raise ValueError(f"the text at {edit.start} is not what {edit.code} left")
        text = text[: edit.start] + edit.before + text[end:]
    return text
