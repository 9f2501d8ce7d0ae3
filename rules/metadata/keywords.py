"""Keywords: the same tag twice."""

from collections.abc import Iterator

from corpuslint import Anatomy, DeclarativeRule, Diagnostic, phrasebook


def duplicate_keyword(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A declared keyword that is there already, in other letters."""
    keywords = anatomy.metadata.get("keywords")
    if not keywords or isinstance(keywords, str):
        return
    kept: dict[str, str] = {}
    twice = ""
    for word in keywords:
        folded = phrasebook.folded_phrase(word)
        if folded in kept:
            twice = twice or word
        else:
            kept[folded] = word
    if not twice:
        return
    yield rule.report(anatomy, word=twice, evidence={"keywords": tuple(kept.values())})
