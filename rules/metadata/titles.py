"""Titles: missing, repeated as the first line of the text, or in letters of another alphabet."""

from collections.abc import Iterator
from functools import cache

from corpuslint import (
    LANGUAGES,
    Anatomy,
    Applicability,
    DeclarativeRule,
    Diagnostic,
    Document,
    Edit,
    FieldChange,
    Fix,
    Line,
    Role,
    compile_re,
    furniture,
    phrasebook,
)

_NO_HEADLINE = compile_re(r"^[\[<{•*\d(]|\s[-–—/|ـ]\s|[/|]")
"""Signs of code, lists and desk lines, which ask for a closer look."""
_STOPS = frozenset('.!؟?۔»”"')
_HEADLINE = 160
"""Code points: headlines of agencies rarely pass 120."""


def missing_title(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """No declared title, and no headline above the text."""
    if anatomy.metadata.get("title"):
        return
    head = anatomy.text[: _HEADLINE + 40].lstrip()
    first, newline, _ = head.partition("\n")
    first = first.strip()
    if newline and 2 <= first.count(" ") <= 24 and first[-1] not in ".:؛،" and not _NO_HEADLINE.search(first):
        return
    if not newline and "\n" not in anatomy.text.strip():
        alone = len(anatomy.text) > _HEADLINE or head.rstrip()[-1:] in _STOPS
        if alone:
            yield rule.report(anatomy)
        return
    roles = anatomy.roles
    for line, role in zip(anatomy.lines, roles, strict=True):
        if role in (Role.HEADLINE, Role.KICKER):
            return
        if role in (Role.BODY, Role.QUOTE) and (len(line.text) > _HEADLINE or line.text[-1] in '.!؟?۔»”"'):
            break
    else:
        if Role.BODY not in roles:
            return
    yield rule.report(anatomy)


def title_repeated_in_text(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """The first line of the text is the declared title."""
    title = anatomy.metadata.get("title")
    if not title or not isinstance(title, str):
        return
    head = anatomy.text[: len(title) + 40].lstrip()
    if head[:1] != title.lstrip()[:1] and phrasebook.fold(head[:1]) != phrasebook.fold(title.lstrip()[:1]):
        return
    first, newline, _ = head.partition("\n")
    if not newline or phrasebook.folded_phrase(first) != phrasebook.folded_phrase(title):
        return
    line: Line = anatomy.filled[0]
    if len(anatomy.filled) < 2 or furniture.is_poem(anatomy):
        return
    fix = rule.fix((Edit(line.full, ""),), "Delete the line")
    yield rule.report(anatomy, line.body, fix=fix)


def foreign_letters_in_title(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A declared title that is written in letters of another alphabet than the text's."""
    title = anatomy.document.declared("title")
    own = LANGUAGES.get(anatomy.language)
    if not _CONFUSED.search(title) or (
        own and own.instead_of and not own.shared and _misplaced(anatomy.language).isdisjoint(title)
    ):
        return
    written = Document(anatomy.document.id, title, {"language": anatomy.language})
    wrong = [one for one in Anatomy(written).respellings if one.right != one.word]
    if not wrong:
        return
    right = title
    for one in reversed(wrong):
        right = right[: one.span.start] + one.right + right[one.span.end :]
    fix = Fix("Write the title in the text's letters", Applicability.DISPLAY, (), (FieldChange("title", right),))
    first = wrong[0]
    yield rule.report(anatomy, field="title", fix=fix, word=first.word, right=first.right)


@cache
def _misplaced(language: str) -> frozenset[str]:
    """The letters that stand for others in words of a language, or may."""
    own = LANGUAGES[language]
    return frozenset((*own.instead_of, *own.undecided))


_CONFUSED = compile_re("[يكىیکةہھەےڪ]")
