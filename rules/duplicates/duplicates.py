"""Documents that say what another document of the corpus says: the whole of it, most of it, or from some place on.

The rules share one index of the corpus (`corpuslint.duplicates`), collected once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpuslint import Anatomy, Applicability, Diagnostic, Fix, Related, RuleSpec, Span, duplicates

Index = duplicates.Index


class _OfIndex:
    """What the rules of this file share: one index, collected once for all of them."""

    state = duplicates.STATE
    fewest = 2

    def empty(self) -> Index:
        """The index of no document."""
        return {}

    def collect(self, state: Index, anatomy: Anatomy) -> Index:
        """The index with one document more."""
        return duplicates.collected(state, anatomy)


@dataclass(frozen=True)
class ExactDuplicate(_OfIndex):
    """A document whose words all stand in another."""

    spec: RuleSpec

    def judge(self, states: Iterable[Index]) -> Iterator[Diagnostic]:
        """A finding in every copy."""
        for copy in duplicates.likenesses(states).copies():
            yield self.spec.report(
                copy.document,
                message=self.spec.message.format(kept=copy.kept),
                related=(Related(copy.kept, Span(0, 0), "the copy that is kept"),),
                evidence={"kept": copy.kept},
            )


@dataclass(frozen=True)
class NearDuplicate(_OfIndex):
    """A document of which most stands in another."""

    spec: RuleSpec

    def judge(self, states: Iterable[Index]) -> Iterator[Diagnostic]:
        """A finding in every document that is close to an earlier one, exact copies aside."""
        for copy in duplicates.likenesses(states).near():
            yield self.spec.report(
                copy.document,
                message=self.spec.message.format(kept=copy.kept, share=copy.share),
                related=(Related(copy.kept, Span(0, 0), "the earlier document"),),
                evidence={"kept": copy.kept, "share": round(copy.share, 3)},
                confidence=round(copy.share, 3),
            )


@dataclass(frozen=True)
class SameStory(_OfIndex):
    """A story of which the corpus has several editions."""

    spec: RuleSpec

    def judge(self, states: Iterable[Index]) -> Iterator[Diagnostic]:
        """A finding a story."""
        for edition in duplicates.likenesses(states).editions():
            message = self.spec.message.format(documents=edition.documents)
            yield self.spec.report(
                edition.first,
                message=message + (f", of {edition.outlets} outlets" if edition.outlets > 1 else ""),
                evidence={
                    "documents": edition.documents,
                    "outlets": edition.outlets,
                    "exact-copies": edition.exact,
                },
            )


@dataclass(frozen=True)
class GoesOnAsAnother(_OfIndex):
    """A document from some place of which another document begins."""

    spec: RuleSpec
    proven = False

    def judge(self, states: Iterable[Index]) -> Iterable[Diagnostic]:
        """A finding at each place."""
        for place in duplicates.likenesses(states).continuations():
            if place.proven is not self.proven:
                continue
            span = Span(place.offset, place.end)
            yield self.spec.report(
                place.document,
                span if self.proven else Span(place.offset, place.offset),
                message=self.spec.message.format(other=place.others[0]),
                fix=Fix.delete("Delete it", span, Applicability.UNSAFE) if self.proven and place.at_end else None,
                related=tuple(Related(other, Span(0, 0), "begins with these words") for other in place.others),
                evidence={"other": place.others[0], "paragraphs": place.paragraphs},
            )


class ProvenStory(GoesOnAsAnother):
    """The text of other documents at the end of one, or inside it."""

    proven = True
