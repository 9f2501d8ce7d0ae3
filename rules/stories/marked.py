"""A second story that a "read also" line announces."""

from collections.abc import Iterator

from corpuslint import (
    STORY_MARKERS,
    Anatomy,
    Applicability,
    DeclarativeRule,
    Diagnostic,
    Edit,
    Fix,
    Related,
    Severity,
    Span,
    Split,
)

WAKES = STORY_MARKERS


def marked_second_story(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A headline and its paragraphs after "read also"."""
    for story in anatomy.markers.stories:
        start = story.cut.start
        sure = story.is_sure
        yield rule.report(
            anatomy,
            Span(start, max(story.headline.end, start + 1)),
            severity=Severity.ERROR if sure else Severity.WARNING,
            fix=Fix(
                "Split the second story off",
                Applicability.UNSAFE if sure else Applicability.DISPLAY,
                (Edit(story.cut, ""),),
                splits=(Split(story.span),),
            ),
            confidence=story.confidence,
            evidence={"because": story.evidence},
            related=(Related(anatomy.document.id, story.span, "the second story"),),
            marker=story.marker,
        )
