"""A proposed change as data: edits on the text, fields lifted into metadata, stories split off."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from corpuslint.model.levels import Applicability
from corpuslint.text.positions import Span


class Edit(NamedTuple):
    """Replace what `span` covers by `content` ("" deletes, an empty span inserts)."""

    span: Span
    content: str


class FieldChange(NamedTuple):
    """A metadata value that a fix lifts out of the text; `values` is used for keyword lists."""

    name: str
    value: str
    values: tuple[str, ...] = ()


class Split(NamedTuple):
    """A story that leaves the document: the part of the text that becomes a document of its own.

    `teaser` marks a part too short to stand alone: `build` quarantines it instead of publishing it.
    """

    story: Span
    teaser: bool = False


class Fix(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A titled set of changes that are made together or not at all. The title is an imperative.

    `encoding` is the encoding the file should be written in; "" leaves it as it is.
    """

    title: str
    applicability: Applicability
    edits: tuple[Edit, ...] = ()
    fields: tuple[FieldChange, ...] = ()
    splits: tuple[Split, ...] = ()
    encoding: str = ""

    @classmethod
    def replace(cls, title: str, span: Span, content: str, applicability: Applicability = Applicability.SAFE) -> Fix:
        """A fix of one edit."""
        return cls(title, applicability, (Edit(span, content),))

    @classmethod
    def delete(cls, title: str, span: Span, applicability: Applicability = Applicability.SAFE) -> Fix:
        """A fix that takes one span out."""
        return cls(title, applicability, (Edit(span, ""),))
