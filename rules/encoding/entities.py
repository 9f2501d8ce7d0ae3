"""HTML character references that were never decoded."""

import html
import re
from collections.abc import Iterator

from corpuslint import Anatomy, Applicability, DeclarativeRule, Diagnostic, Edit, Fix, Span, compile_re, edits_by_line

# `&amp;` before a name is a second layer of escaping. Without its semicolon a reference is taken only where it is one
# of the few that scrapers leave so, and where no letter or `=` follows, as one would in the query of a URL.
_REFERENCE = compile_re(
    r"""
    &(?:amp;){0,4}
    (?:
        (?: [A-Za-z][A-Za-z0-9]{1,30} | \#[0-9]{1,7} | \#[xX][0-9A-Fa-f]{1,6} ) ;
      | (?: nbsp | quot | laquo | raquo | ldquo | rdquo | hellip | \#0?39 ) (?![A-Za-z0-9=;])
    )
    """,
    re.VERBOSE,
)


def html_entity(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """`&quot;`, `&nbsp;`, `&#1603;`, and `&amp;quot;`."""
    text = anatomy.text
    edits = (
        Edit(Span(*match.span()), character)
        for match in _REFERENCE.finditer(text)
        if (character := _character(match[0]))
    )
    for group in edits_by_line(text, edits):
        span = Span(group[0].span.start, group[-1].span.end)
        fix = Fix("Replace the entities with their characters", Applicability.SAFE, group)
        yield rule.report(anatomy, span, fix=fix, entity=group[0].span.of(text))


def _character(reference: str) -> str:
    """What a browser shows for `reference`, layer by layer; "" where it shows nothing, or the reference itself."""
    shown = closed = reference if reference.endswith(";") else f"{reference};"
    while (once := html.unescape(shown)) != shown:
        shown = once
    if shown == closed or any(_LOST.match(character) for character in shown):
        return ""
    return shown.replace("\N{NO-BREAK SPACE}", " ")


_LOST = compile_re("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\N{REPLACEMENT CHARACTER}]")
