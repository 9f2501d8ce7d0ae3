"""Text shown so that a reader sees what is in it: controls by name, excerpts cut between words.

A terminal obeys an escape character and hides a bidi override, and a CI log obeys `::error`; text from the web holds
all of them. ZWNJ and ZWJ between letters stay, because without them the word is another word.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from corpuslint.text.patterns import compile_re

# Joiners and the soft hyphen are format characters that belong to words; bidi marks and overrides move what is around
# them and do not.
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
_HIDDEN = compile_re(
    "["
    "\x00-\x1f\x7f-\x9f"  # C0 and C1: terminals obey ESC and CSI
    "\N{SOFT HYPHEN}\N{ARABIC LETTER MARK}\N{COMBINING GRAPHEME JOINER}\N{MONGOLIAN VOWEL SEPARATOR}"
    "\N{ZERO WIDTH SPACE}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}"
    "\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"
    "\N{LEFT-TO-RIGHT EMBEDDING}-\N{RIGHT-TO-LEFT OVERRIDE}"
    "\N{WORD JOINER}-\u206f"  # invisible operators, isolates, deprecated format characters
    "\N{ZERO WIDTH NO-BREAK SPACE}\ufff9-\ufffb"
    "\ud800-\udfff"  # halves of a pair, which no output encoding can hold
    "\ufdd0-\ufdef\ufffe\uffff"  # noncharacters
    "\U000e0000-\U000e007f"  # tags
    "]"
)
# What runners of CI take for an order in a log: GitHub's `::set-output` where a line begins, after white space too,
# and anywhere in a line its older `##[set-output]`, Azure's `##vso[…]` and TeamCity's `##teamcity[…]`.
_ORDER = compile_re(r"##\w*\[|\A\s*::")
_WHITE = compile_re(r"\s")


def name_of(character: str) -> str:
    """Code point and Unicode name of one character.

    >>> name_of("\\N{ARABIC LETTER KAF}")
    'U+0643 ARABIC LETTER KAF'
    >>> name_of("\\x1b")
    'U+001B ESCAPE'
    """
    name = unicodedata.name(character, "") or _CONTROL_NAMES.get(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()


_CONTROL_NAMES = {
    "\x00": "NULL",
    "\x07": "BELL",
    "\x08": "BACKSPACE",
    "\t": "TAB",
    "\n": "LINE FEED",
    "\x0b": "LINE TABULATION",
    "\x0c": "FORM FEED",
    "\r": "CARRIAGE RETURN",
    "\x1b": "ESCAPE",
    "\x7f": "DELETE",
    "\x85": "NEXT LINE",
    "\x9b": "CONTROL SEQUENCE INTRODUCER",
}


def shown(text: str) -> str:
    """`text` on one line, with what cannot be seen named, and what would be an order to a runner of CI broken.

    A line end is a return sign.

    >>> shown("a\\x1b[31m\\r\\nb"), shown("::error::b"), shown("a ##[error]b")
    ('a<U+001B>[31m⏎b', '<U+003A>:error::b', 'a ##<U+005B>error]b')
    """
    if _HIDDEN.search(text):
        text = _HIDDEN.sub(_mark, text.replace("\r\n", "\n"))
    return _ORDER.sub(_disarmed, text) if "##" in text or "::" in text else text


def _disarmed(match: re.Match[str]) -> str:
    order = match.group()
    return f"{order[:-2]}<U+003A>:" if order.endswith(":") else f"{order[:-1]}<U+005B>"


def _mark(match: re.Match[str]) -> str:
    character = match.group()
    return "⏎" if character in "\n\r" else f"<U+{ord(character):04X}>"


def flat(text: str) -> str:
    """`text` on one line, at most 40 characters of it."""
    joined = " ".join(text.split())
    return joined if len(joined) <= 40 else joined[:39] + "…"


def unseen(text: str) -> tuple[str, ...]:
    """The distinct characters of `text` that a reader cannot see or tell from a plain space, in order.

    >>> unseen("a\\N{NO-BREAK SPACE}b c")
    ('\\xa0',)
    """
    return tuple(
        dict.fromkeys(
            character
            for character in text
            if character not in " \n\r"
            and (_HIDDEN.match(character) or character in _JOINERS or _WHITE.match(character))
        )
    )


class Excerpt(NamedTuple):
    """A match and what stands around it on its line, short enough for a terminal. The parts are raw text."""

    before: str = ""
    match: str = ""
    after: str = ""

    @property
    def marked(self) -> str:
        """The excerpt on one line, the match between ⟦⟧, which no article is written with; all of it safe to print."""
        before, match, after = self.within(0)
        return f"{before}⟦{match}⟧{after}"

    def within(self, width: int) -> tuple[str, str, str]:
        """The three parts, safe to print, in at most `width` columns (0: any): first the match, then what is nearest.

        >>> Excerpt("one two three ", "MATCH", " four five six").within(22)
        ('…three ', 'MATCH', ' four…')
        """
        match = "".join(f"<{name_of(c)}>" for c in self.match) if _is_unseen(self.match) else shown(self.match)
        before, after = shown(self.before), shown(self.after)
        if not width or columns(before) + columns(match) + columns(after) <= width:
            return before, match, after
        if columns(match) > width:
            half = max(1, (width - 1) // 2)
            match = f"{_beginning(match, half)}…{_ending(match, half)}"
        left = max(0, width - columns(match))
        room = max(left // 2, left - columns(after))
        before = _ending(before, room, "…")
        return before, match, _beginning(after, left - columns(before), "…")


def columns(text: str) -> int:
    """How many columns of a terminal `text` takes: marks stand above their letters, and joiners nowhere.

    >>> columns("كِتَاب")
    4
    """
    return sum(not (unicodedata.combining(character) or character in _JOINERS) for character in text)


def _beginning(text: str, width: int, mark: str = "") -> str:
    """The first words of `text` in `width` columns, with `mark` where something is left out."""
    if columns(text) <= width:
        return text
    end = width - len(mark)
    if end <= 0:
        return ""
    blank = text.rfind(" ", 0, end + 1)
    return text[: blank if blank > 0 else end].rstrip() + mark


def _ending(text: str, width: int, mark: str = "") -> str:
    """The last words of `text` in `width` columns, with `mark` where something is left out."""
    return _beginning(text[::-1], width, mark)[::-1]


def _is_unseen(text: str) -> bool:
    return 0 < len(text) <= 4 and all(c.isspace() or c in _JOINERS or _HIDDEN.match(c) for c in text)
