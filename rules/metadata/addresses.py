"""Addresses: a declared `url` that leads to something else than the page."""

from collections.abc import Iterable

from corpuslint import (
    Anatomy,
    Diagnostic,
    Docs,
    Example,
    RuleCode,
    RuleSpec,
    Scope,
    Severity,
    addresses,
)


class ForeignAddress:
    """A declared `url` of a channel, an app, a picture, a share link or a short link."""

    spec = RuleSpec(
        code=RuleCode("MET005"),
        name="foreign-address",
        summary="The declared address is not that of the page",
        message="declared `url` leads to {kind}: {value}",
        severity=Severity.WARNING,
        scope=Scope.DOCUMENT,
        fields=("url",),
        docs=Docs(
            finds="A `url` that is no address of the web, or leads to a channel on a messenger, an app in a shop, a "
            "picture or another file, a share link, or through a shortener.",
            why="Nobody finds the text there again. A dataset has no `url` for such a document.",
            fix_safety="There is no fix: declare where the text was scraped.",
        ),
        invalid=(
            Example("نص", metadata={"url": "https://t.me/manara"}),
            Example("نص", metadata={"url": "https://manara.example/a.jpg"}),
            Example("نص", metadata={"url": "pages/1203.html"}, why="a path on a disk"),
        ),
        valid=(
            Example("نص", metadata={"url": "https://manara.example/2024/05/bridge"}),
            Example("نص", metadata={"url": "https://t.me/manara/1203"}, why="one post: it can be where the text stood"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        """At most one finding."""
        value = anatomy.document.declared("url")
        if not value or anatomy.stated("url"):
            return ()
        kind = addresses.address_kind(value if "://" in value else f"https://{value}").value
        return (self.spec.report(anatomy.document, field="url", kind=kind, value=value[:80]),)


RULES = (ForeignAddress(),)
