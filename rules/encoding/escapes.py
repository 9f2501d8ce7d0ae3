"""Characters written as escapes of a programming language, and never read back."""

from collections.abc import Iterator

from corpuslint import Anatomy, Applicability, DeclarativeRule, Diagnostic, Edit, Fix, Span, broken, edits_by_line


def escaped_characters(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """`\u0646\u0639\u0645`, `%D9%86`, `\xd9\x86`."""
    text = anatomy.text
    edits = (
        Edit(Span(*match.span()), content)
        for match in broken.ESCAPED.finditer(text)
        if (content := broken.unescape(match[0])) and not anatomy.is_protected(Span(*match.span()))
    )
    for group in edits_by_line(text, edits):
        span = Span(group[0].span.start, group[-1].span.end)
        fix = Fix("Write the characters themselves", Applicability.SAFE, group)
        yield rule.report(anatomy, span, fix=fix, escape=group[0].span.of(text)[:24])
