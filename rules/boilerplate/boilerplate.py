"""Pieces of an outlet's pages that no list knows: learned from how many of its documents have them, and where.

Both rules share what `corpuslint.repetition` collects; `corpuslint mine` writes the same pieces down as a rule pack.
"""

from collections.abc import Iterator, Sequence

from corpuslint import (
    Anatomy,
    Applicability,
    Diagnostic,
    Docs,
    Example,
    Fix,
    RuleCode,
    RuleSpec,
    Scope,
    Severity,
    Span,
    repetition,
)

Index = repetition.Index

_STORY = "افتتح رئيس البلدية صباح اليوم مكتبة عامة في الحي القديم بحضور عدد من الكتاب والتلاميذ.\n"
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

    def prepare(self, anatomies: Sequence[Anatomy]) -> None:
        """Find the pieces of many documents at once."""
        repetition.prepare(anatomies)

    def collect(self, state: Index, anatomy: Anatomy) -> Index:
        """The index with one document more."""
        return repetition.collected(state, anatomy)

    def merge(self, left: Index, right: Index) -> Index:
        """The index of both."""
        return repetition.merged(left, right)


class LearnedBoilerplate(_OfIndex):
    """A piece that an outlet's documents have in common."""

    spec = RuleSpec(
        code=RuleCode("ART960"),
        name="outlet-boilerplate",
        summary="A piece of the outlet's page, learned from its other documents",
        message="{what} stands in {share:.0%} of the articles of {site}",
        severity=Severity.WARNING,
        docs=Docs(
            finds="Lines, beginnings, ends and last sentences that documents of one outlet have in common, at one end "
            f"of the text. An outlet teaches from {repetition.FEWEST_DOCUMENTS} documents on; a piece counts from "
            f"{repetition.FEWEST_HOLDERS} documents and {repetition.LEAST_SHARE:.1%} of the outlet's, a short "
            f"beginning or end from {repetition.SHORT_SHARE:.0%}, a label before varying words from "
            f"{repetition.LEAD_SHARE:.0%}. Numbers and spelling habits make no difference. From "
            f"{repetition.OVERWHELMING:.0%} on it is an error.",
            why="Every outlet has its own prompts, buttons and signatures, and they stand in no list. A model learns "
            "them best of all.",
            fix_safety="Unsafe: it deletes the piece, and what an outlet repeats is now and then text. Credits and "
            "datelines are not touched.",
        ),
        invalid=(Example(_STORY + "تابعونا على قناتنا\n"),),
        valid=(Example(_STORY, why="no other document of the outlet has this line"),),
    )

    def judge(self, state: Index) -> Iterator[Diagnostic]:
        """A finding at every place of a learned piece."""
        for place in repetition.repetitions(state).appearances():
            learned = place.learned
            span = Span(place.start, place.end)
            yield self.spec.report_on(
                place.document,
                span,
                severity=Severity.ERROR if learned.share >= repetition.OVERWHELMING else None,
                message=self.spec.message.format(what=_WHAT[learned.kind], share=learned.share, site=learned.site),
                fix=Fix.delete("Delete it", place.whole, Applicability.UNSAFE),
                evidence=_evidence(learned),
                confidence=0.99 if learned.share >= repetition.OVERWHELMING else 0.95,
            )


class ScraperLeavesBoilerplate(_OfIndex):
    """The same, once an outlet and piece, for whoever mends the scraper."""

    spec = RuleSpec(
        code=RuleCode("ART961"),
        name="scraper-leaves-boilerplate",
        summary="The scraper of an outlet takes a piece of the page with the article",
        message="the scraper of {site} leaves {what} in {share:.0%} of its articles ({holders} of {documents})",
        severity=Severity.INFO,
        scope=Scope.CORPUS,
        docs=Docs(
            finds="What outlet-boilerplate (ART960) finds, once for each outlet and piece: the first document that has "
            "it, in how many of the outlet's documents it stands, and where.",
            why="One line in the scraper removes the piece from all documents, past and future.",
            fix_safety="There is no fix here. `corpuslint mine` writes a rule for each piece.",
        ),
        invalid=(Example(_STORY + "تابعونا على قناتنا\n"),),
        valid=(Example(_STORY, why="no other document of the outlet has this line"),),
    )

    def judge(self, state: Index) -> Iterator[Diagnostic]:
        """A finding a piece, at its first place."""
        for learned in repetition.repetitions(state).learned:
            yield self.spec.report_on(
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
        "place": "top" if learned.at_top else "end",
        "documents": learned.documents,
        "holders": learned.holders,
        "share": round(learned.share, 4),
    }


RULES = (LearnedBoilerplate(), ScraperLeavesBoilerplate())
