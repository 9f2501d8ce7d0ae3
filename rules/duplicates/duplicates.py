"""Documents that say what another document of the corpus says: the whole of it, most of it, or from some place on.

The four rules share one index of the corpus (`corpuslint.duplicates`), collected once.
"""

from collections.abc import Iterable, Iterator, Sequence

from corpuslint import (
    Anatomy,
    Diagnostic,
    Docs,
    Example,
    Related,
    RuleCode,
    RuleSpec,
    Scope,
    Severity,
    Span,
    duplicates,
)

Index = duplicates.Index

_STORY = (
    "افتتح رئيس البلدية صباح اليوم مكتبة عامة في الحي القديم بحضور عدد من الكتاب والتلاميذ وأهالي الحي. "
    "وتضم المكتبة قاعة للأطفال وأخرى للمخطوطات، وتفتح أبوابها كل يوم عدا الجمعة.\n"
)
_OTHER = "أعلنت جامعة المدينة فتح باب القبول في كلية الزراعة للعام المقبل، على أن تبدأ الدراسة في الخريف.\n"


class _OfIndex:
    """What the rules of this file share: one index, collected once for all of them."""

    state = duplicates.STATE
    fewest = 2

    def empty(self) -> Index:
        """The index of no document."""
        return {}

    def prepare(self, anatomies: Sequence[Anatomy]) -> None:
        """Compute what is collected for many documents at once."""
        duplicates.prepare(anatomies)

    def collect(self, state: Index, anatomy: Anatomy) -> Index:
        """The index with one document more."""
        return duplicates.collected(state, anatomy)

    def merge(self, left: Index, right: Index) -> Index:
        """The index of both."""
        return duplicates.merged(left, right)


class ExactDuplicate(_OfIndex):
    """A document whose words all stand in another."""

    spec = RuleSpec(
        code=RuleCode("DUP001"),
        name="exact-duplicate",
        summary="The same text stands in the corpus twice",
        message="the same text as {kept}",
        severity=Severity.ERROR,
        scope=Scope.DOCUMENT,
        docs=Docs(
            finds="Documents with the same words in the same order as an earlier one. Spelling habits (kaf, yeh, heh "
            "and alef seats, vowel signs, tatweel), invisible characters, blanks and punctuation make no difference. "
            "The first is kept, by file name and then by its number in the file; every other one is reported.",
            why="A model learns a text that is there twice by heart, and a copy in the test set is a leak.",
            fix_safety="There is no fix: deleting a document is for a person to do. `build` withholds the copies, "
            "because the severity is error, and says which document each is a copy of.",
        ),
        invalid=(Example(_STORY),),
        valid=(Example(_OTHER, why="no other document says this"),),
    )

    def judge(self, state: Index) -> Iterator[Diagnostic]:
        """A finding in every copy."""
        for copy in duplicates.likenesses(state).copies():
            yield self.spec.report_on(
                copy.document,
                message=self.spec.message.format(kept=copy.kept),
                related=(Related(copy.kept, Span(0, 0), "the copy that is kept"),),
                evidence={"kept": copy.kept},
            )


class NearDuplicate(_OfIndex):
    """A document of which most stands in another."""

    spec = RuleSpec(
        code=RuleCode("DUP002"),
        name="near-duplicate",
        summary="Most of the text stands in another document",
        message="near-duplicate of {kept}: {share:.0%} of their two-word runs are the same",
        severity=Severity.WARNING,
        scope=Scope.DOCUMENT,
        docs=Docs(
            finds=f"Documents of at least {duplicates.FEWEST_WORDS} words whose runs of two folded words agree with "
            f"an earlier document's to {duplicates.NEAR:.0%} or more (Jaccard, estimated from {duplicates.BINS} "
            "hashes, so give or take 4 points). The most similar earlier document is named.",
            why="An updated or re-typed copy weighs twice in training and leaks from a training set into a test set.",
            fix_safety="There is no fix: which edition is the better one is for a person to say.",
        ),
        invalid=(Example(_STORY),),
        valid=(Example(_OTHER, why="no other document says this"),),
    )

    def judge(self, state: Index) -> Iterator[Diagnostic]:
        """A finding in every document that is close to an earlier one, exact copies aside."""
        for copy in duplicates.likenesses(state).near():
            yield self.spec.report_on(
                copy.document,
                message=self.spec.message.format(kept=copy.kept, share=copy.share),
                related=(Related(copy.kept, Span(0, 0), "the earlier document"),),
                evidence={"kept": copy.kept, "share": round(copy.share, 3)},
                confidence=round(copy.share, 3),
            )


class SameStory(_OfIndex):
    """A story of which the corpus has several editions."""

    spec = RuleSpec(
        code=RuleCode("DUP003"),
        name="same-story",
        summary="The story was published again and again",
        message="{documents} documents carry this story",
        severity=Severity.INFO,
        scope=Scope.CORPUS,
        docs=Docs(
            finds="Stories that stand in at least three documents, or in documents of two outlets: exact copies, and "
            f"texts that share {duplicates.SAME_STORY:.0%} of their two-word runs, directly or by way of a third. "
            "One finding a story, on its first document.",
            why="A story that several outlets carried is better than average; one that stands there two hundred "
            "times is boilerplate. Editions of a story must not be divided between training and test.",
            fix_safety="There is no fix. `build` keeps all editions of a story in one split.",
        ),
        invalid=(Example(_STORY),),
        valid=(Example(_OTHER, why="no other document says this"),),
    )

    def judge(self, state: Index) -> Iterator[Diagnostic]:
        """A finding a story."""
        for edition in duplicates.likenesses(state).editions():
            message = self.spec.message.format(documents=edition.documents)
            yield self.spec.report_on(
                edition.first,
                message=message + (f", of {edition.outlets} outlets" if edition.outlets > 1 else ""),
                evidence={
                    "documents": edition.documents,
                    "outlets": edition.outlets,
                    "exact-copies": edition.exact,
                },
            )


class GoesOnAsAnother(_OfIndex):
    """A document from some place of which another document begins."""

    spec = RuleSpec(
        code=RuleCode("DUP004"),
        name="continues-as-another-document",
        summary="From some line on, the text is another document's",
        message="from here on the text is that of {other}",
        severity=Severity.WARNING,
        docs=Docs(
            finds="A paragraph, well inside a document, whose first twelve words another document begins with, where "
            "the two have nothing in common before. A paragraph that stands in more than "
            f"{duplicates.MOST_HOLDERS} documents is an outlet's standing text and not meant.",
            why="Two articles were pasted together: the page was scraped with the next article on it.",
            fix_safety="There is no fix: where the second story ends, and which of the two documents should keep it, "
            "is for a person to say. Family MIX splits what is certain.",
        ),
        invalid=(Example(_STORY + _OTHER),),
        valid=(Example(_OTHER, why="no other document begins like one of its later paragraphs"),),
    )

    def judge(self, state: Index) -> Iterable[Diagnostic]:
        """A finding at each place."""
        for place in duplicates.likenesses(state).continuations():
            yield self.spec.report_on(
                place.document,
                Span(place.offset, place.offset),
                message=self.spec.message.format(other=place.other),
                related=(Related(place.other, Span(0, 0), "begins with these words"),),
                evidence={"other": place.other, "paragraphs": place.paragraphs},
            )


RULES = (ExactDuplicate(), NearDuplicate(), SameStory(), GoesOnAsAnother())
