"""Pieces of an outlet's pages that no list knows: learned from how many of its documents have them, and where.

Both rules share what `corpuslint.repetition` collects; `corpuslint mine` writes the same pieces down as a rule pack.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpuslint import Anatomy, Applicability, Diagnostic, Fix, RuleSpec, Severity, Span, repetition

Index = repetition.Index
_WHAT = {
    repetition.Kind.LINE: "this line",
    repetition.Kind.HEAD: "this beginning",
    repetition.Kind.TAIL: "this end",
    repetition.Kind.LEAD: "a last sentence that begins like this",
}


class _OfIndex:
    """What the rules of this file share: one index, collected once for both."""

    state = repetition.STATE
    fewest = repetition.FEWEST_DOCUMENTS

    def empty(self) -> Index:
        """The index of no document."""
        return {}

    def collect(self, state: Index, anatomy: Anatomy) -> Index:
        """The index with one document more."""
        return repetition.collected(state, anatomy)


@dataclass(frozen=True)
class LearnedBoilerplate(_OfIndex):
    """A piece that an outlet's documents have in common."""

    spec: RuleSpec

    def judge(self, states: Iterable[Index]) -> Iterator[Diagnostic]:
        """A finding at every place of a learned piece."""
        for place in repetition.repetitions(states).appearances():
            learned = place.learned
            span = Span(place.start, place.end)
            sure = learned.share >= repetition.OVERWHELMING and learned.place != "anywhere"
            yield self.spec.report(
                place.document,
                span,
                severity=Severity.ERROR if sure else None,
                message=self.spec.message.format(what=_WHAT[learned.kind], share=learned.share, site=learned.site),
                fix=Fix.delete("Delete it", place.whole, Applicability.UNSAFE),
                evidence=_evidence(learned),
                confidence=0.99 if sure else 0.94 if place.is_part or learned.place == "anywhere" else 0.95,
            )


@dataclass(frozen=True)
class ScraperLeavesBoilerplate(_OfIndex):
    """The same, once an outlet and piece, for whoever mends the scraper."""

    spec: RuleSpec

    def judge(self, states: Iterable[Index]) -> Iterator[Diagnostic]:
        """A finding a piece, at its first place."""
        for learned in repetition.repetitions(states).learned:
            yield self.spec.report(
                learned.example,
                Span(learned.start, learned.end),
                message=self.spec.message.format(
                    site=learned.site,
                    what=_WHAT[learned.kind],
                    share=learned.share,
                    holders=learned.holders,
                    documents=learned.documents,
                ),
                evidence=_evidence(learned),
            )


def _evidence(learned: repetition.Learned) -> dict[str, str | int | float]:
    return {
        "outlet": learned.site,
        "kind": learned.kind.name.lower(),
        "place": learned.place,
        "documents": learned.documents,
        "holders": learned.holders,
        "share": round(learned.share, 4),
    }
