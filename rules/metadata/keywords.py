"""Keywords: the same tag twice."""

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
    phrasebook,
)


class DuplicateKeyword:
    """A declared keyword that is there already, in other letters."""

    spec = RuleSpec(
        code=RuleCode("MET004"),
        name="duplicate-keyword",
        summary="A keyword is declared twice",
        message="keyword declared twice: {word}",
        severity=Severity.INFO,
        scope=Scope.DOCUMENT,
        fields=("keywords",),
        docs=Docs(
            finds="Entries of `keywords` that are one once letters are folded: Arabic and Farsi yeh and kaf, hamza, "
            "vowel signs, a hash sign.",
            why="Sites list both spellings as two tags; counting tags then counts a story twice.",
            fix_safety="There is no fix: declared metadata are the user's. The evidence holds each keyword once.",
        ),
        invalid=(
            Example(
                "نص",
                metadata={"keywords": ("كوريا", "بحر", "کوریا")},
            ),
        ),
        valid=(Example("نص", metadata={"keywords": ("كوريا", "كوريون")}, why="two words"),),
    )

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        """At most one finding."""
        keywords = anatomy.metadata.get("keywords")
        if not keywords or isinstance(keywords, str):
            return ()
        kept: dict[str, str] = {}
        twice = ""
        for word in keywords:
            folded = phrasebook.folded_phrase(word)
            if folded in kept:
                twice = twice or word
            else:
                kept[folded] = word
        if not twice:
            return ()
        return (self.spec.report(anatomy.document, word=twice, evidence={"keywords": tuple(kept.values())}),)


RULES = (DuplicateKeyword(),)
