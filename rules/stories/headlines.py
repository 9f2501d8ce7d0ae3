"""Other articles' headlines between the paragraphs, and round-ups, which are no mixed stories."""

from collections.abc import Iterator

from corpuslint import Anatomy, Applicability, DeclarativeRule, Diagnostic, Fix, Span

SURE = 0.9


def bare_foreign_headline(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A headline of another article, standing bare between two paragraphs."""
    for span, cut, confidence in anatomy.bare_headlines:
        yield rule.report(
            anatomy,
            span,
            fix=Fix.delete(
                "Delete the headline",
                cut,
                Applicability.UNSAFE if confidence >= SURE else Applicability.DISPLAY,
            ),
            confidence=confidence,
        )


def round_up(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """Many short items under one title."""
    items = anatomy.roundup
    if items:
        yield rule.report(anatomy, Span(items[0].start, items[-1].end), count=len(items))
