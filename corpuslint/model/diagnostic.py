"""What a rule reports: which defect, exactly where, on what evidence, and how it could be mended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from corpuslint.model.document import DocumentId
from corpuslint.model.fix import Fix
from corpuslint.model.levels import Applicability, Scope, Severity
from corpuslint.text.positions import WHOLE, Span

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
