"""Addresses: a declared `url` that leads to something else than the page."""

from collections.abc import Iterator

from corpuslint import Anatomy, DeclarativeRule, Diagnostic, addresses


def foreign_address(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A declared `url` of a channel, an app, a picture, a share link or a short link."""
    value = anatomy.document.declared("url")
    if not value or anatomy.stated("url"):
        return
    kind = addresses.address_kind(value if "://" in value else f"https://{value}").value
    yield rule.report(anatomy, field="url", kind=kind, value=value[:80])
