"""HTML character references that were never decoded."""

import html
import re
from functools import lru_cache

from corpuslint import compile_re


def character(match: re.Match[str]) -> str | None:
    """What a browser shows for a reference, layer by layer; "" where it shows nothing, or the reference itself.

    None for the signs around the name of a tag that nothing opens or closes: the page speaks of the tag, and as a tag
    it would be taken for markup.
    """
    reference = match[0]
    shown = closed = reference if reference.endswith(";") else f"{reference};"
    while (once := html.unescape(shown)) != shown:
        shown = once
    if shown == closed or any(_LOST.match(character) for character in shown):
        return ""
    if shown in "<>" and _is_shown_tag(match.string, match.start()):
        return None
    return shown.replace("\N{NO-BREAK SPACE}", " ")


def _is_shown_tag(text: str, at: int) -> bool:
    """Whether the reference at a place belongs to an escaped tag without its other half."""
    for tag in _ESCAPED_TAG.finditer(text, max(0, at - _LONGEST), at + _LONGEST):
        if tag.start() <= at < tag.end():
            name = tag["name"].lower()
            return name not in _SINGLE and (not tag["closes"], name) not in _escaped_tags(text)
    return False


@lru_cache(maxsize=1)  # asked for every reference of a text
def _escaped_tags(text: str) -> frozenset[tuple[bool, str]]:
    """Of the escaped tags of a text, with attributes or not, whether each closes, and its name."""
    return frozenset((bool(tag["closes"]), tag["name"].lower()) for tag in _ESCAPED_NAME.finditer(text))


_LONGEST = 60
_ESCAPED_TAG = compile_re(r"&(?:amp;){0,4}lt;(?P<closes>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,12})\s*&(?:amp;){0,4}gt;")
_ESCAPED_NAME = compile_re(r"&(?:amp;){0,4}lt;(?P<closes>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,12})(?![A-Za-z0-9])")
_SINGLE = frozenset(("br", "hr", "img", "wbr", "p", "li", "td", "tr", "dd", "dt"))
"""Tags that stand without another half."""


_LOST = compile_re("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\N{REPLACEMENT CHARACTER}]")
