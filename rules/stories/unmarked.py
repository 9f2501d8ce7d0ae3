"""Foreign text that nothing announces: a whole second story, or the openings of several."""

from collections.abc import Iterator

from corpuslint import (
    Anatomy,
    Applicability,
    DeclarativeRule,
    Diagnostic,
    Edit,
    Fix,
    Related,
    RuleSpec,
    Severity,
    Span,
    Split,
)


def _report(spec: RuleSpec, anatomy: Anatomy, kind: str, title: str) -> Iterator[Diagnostic]:
    for story in anatomy.unmarked:
        if story.kind.value != kind:
            continue
        sure = story.is_sure
        shown = Severity.WARNING if story.is_likely else Severity.INFO
        yield spec.report(
            anatomy.document,
            Span(story.span.start, story.parts[0].end),
            severity=Severity.ERROR if sure else shown,
            fix=Fix(
                title,
                Applicability.UNSAFE if sure else Applicability.DISPLAY,
                (Edit(story.cut, ""),),
                splits=tuple(Split(part, teaser=kind == "teasers") for part in story.parts),
            ),
            confidence=story.confidence,
            evidence={"because": story.evidence},
            related=(Related(anatomy.document.id, story.span, "the foreign text"),),
            count=len(story.parts),
        )


def unmarked_second_story(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A second story glued to the first."""
    return _report(rule.spec, anatomy, "unmarked", "Split the second story off")


def foreign_teasers(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """The opening paragraphs of other stories."""
    return _report(rule.spec, anatomy, "teasers", "Move the teasers out of the story")
