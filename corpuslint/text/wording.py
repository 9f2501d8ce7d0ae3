"""The law of safe fixes: an edit that anyone may make keeps every word.

Letters and digits are compared after folding, so a letter may become the right letter of its language. What only looks
like letters counts for what it says: entities and escapes for their characters, text read in a wrong code page for the
text it was. ASCII letters of markup are an instruction to a machine; letters of any other kind are kept even there.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from corpuslint.text.broken import ESCAPED, unescape
from corpuslint.text.folding import fold_characters
from corpuslint.text.markup import markup_spans
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span


def keeps_words(text: str, span: Span, content: str) -> bool:
    """Whether replacing `span` of `text` by `content` leaves the letters and digits of the text, folded, as they are.

    >>> keeps_words("كتاب", Span(0, 1), "ک"), keeps_words("قال نعم", Span(0, 4), "")
    (True, False)
    >>> keeps_words("[ad_1] نعم", Span(0, 7), ""), keeps_words("قالت [BBC] نعم", Span(5, 11), "")
    (True, False)
    """
    start, end = span
    before = text[start:end]
    say_the_same = _say_the_same_again if end - start + len(content) <= _SHORT else _say_the_same
    if say_the_same(before, content) or _signs(_unescaped(_unmarked(text, span))) == _signs(_unescaped(content)):
        return True
    from corpuslint.text.mojibake import is_pollution_of  # its tables take long to make

    return is_pollution_of(before, content)


def _signs(text: str) -> str:
    return "".join(_SIGN.findall(fold_characters(text))) if _SIGN.search(text) else ""


def _say_the_same(left: str, right: str) -> bool:
    return _signs(left) == _signs(right)


_say_the_same_again = lru_cache(maxsize=1 << 12)(_say_the_same)


def _unescaped(text: str) -> str:
    """`text` with its entities and escapes as the characters they stand for, whatever the number of layers."""
    from html import unescape as entities_read  # brings all names of entities

    while (once := entities_read(text)) != text:
        text = once
    return ESCAPED.sub(lambda run: unescape(run[0]) or run[0], text)


def _unmarked(text: str, span: Span) -> str:
    """What `span` holds, without the ASCII letters of markup."""
    covered = [one for one in markup_spans(text) if one.overlaps(span)]
    return "".join(
        text[at]
        for at in range(span.start, span.end)
        if not (text[at].isascii() and any(one.start <= at < one.end for one in covered))
    )


_SHORT: Final = 100
"""A longer edit is hardly made twice."""

_SIGN: Final = compile_re(r"[^\W_]")
