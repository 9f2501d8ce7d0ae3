"""HTML character references that were never decoded."""

import html
import re

from corpuslint import compile_re


def character(match: re.Match[str]) -> str:
    """What a browser shows for a reference, layer by layer; "" where it shows nothing, or the reference itself."""
    reference = match[0]
    shown = closed = reference if reference.endswith(";") else f"{reference};"
    while (once := html.unescape(shown)) != shown:
        shown = once
    if shown == closed or any(_LOST.match(character) for character in shown):
        return ""
    return shown.replace("\N{NO-BREAK SPACE}", " ")


_LOST = compile_re("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\N{REPLACEMENT CHARACTER}]")
