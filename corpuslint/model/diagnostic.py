"""What a rule reports: which defect, exactly where, on what evidence, and how it could be mended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from corpuslint.model.document import DocumentId
from corpuslint.model.levels import Applicability, Scope, Severity
from corpuslint.text.positions import WHOLE, Span


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


EvidenceValue = str | int | float | bool | tuple[str, ...]


class Related(NamedTuple):
    """Another place that explains a finding: the kept copy of a duplicate, the headline of a second story."""

    document: DocumentId
    span: Span
    message: str = ""


class Diagnostic(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One finding. For scopes `document` and `corpus` the span is (0, 0).

    `field` names what the span counts in: "text", or a metadata key such as "title".
    `confidence` is the probability that the finding is right; 1.0 for rules that state a fact.
    """

    code: str
    name: str
    message: str
    severity: Severity
    document: DocumentId
    span: Span = WHOLE
    scope: Scope = Scope.SPAN
    field: str = "text"
    language: str = ""
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    evidence: Mapping[str, EvidenceValue] = msgspec.field(default_factory=dict)
    confidence: float = 1.0

    @property
    def applicability(self) -> Applicability | None:
        """Who may apply its fix; None where it has none."""
        return None if self.fix is None else self.fix.applicability
