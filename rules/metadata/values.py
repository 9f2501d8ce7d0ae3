"""Declared values that say nothing of the document: an address of something else, an author that is a dateline."""

from collections.abc import Iterator

from corpuslint import Anatomy, DeclarativeRule, Diagnostic, stated


def foreign_address(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A declared `url` of a channel, an app, a picture, a share link or a short link."""
    value = anatomy.document.declared("url")
    if not value or anatomy.stated("url"):
        return
    yield rule.report(anatomy, field="url", kind=stated.url_kind(value).value, value=value[:80])


def author_names_nobody(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A declared `author` that is a place, a desk, a dateline or a label."""
    value = anatomy.document.declared("author")
    if value and not anatomy.stated("author"):
        yield rule.report(anatomy, field="author", value=value[:80])
