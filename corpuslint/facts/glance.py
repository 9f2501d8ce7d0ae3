"""A cheap look at the end of a document: could it be foreign to the rest?

Measuring how paragraphs hang together costs about a millisecond; most documents can be let go after some microseconds.
The last paragraph of a story nearly always names again what the story is about, and a foreign paragraph rarely does.
Where it does, the subject being the same, another sign remains: one of the last paragraphs opens with a word that opens
stories.
"""

from __future__ import annotations

from corpuslint.facts.cohesion import SHORTEST
from corpuslint.facts.openings import story_openers

ENOUGH = 3
"""So many words of the last paragraph, found before it, show that it goes on with the story."""

_LAST = 6
_WINDOW = 4000
_LONG = 5


def may_hold_a_tail(text: str) -> bool:
    """Whether the text after some paragraph of `text` could belong to another story.

    >>> may_hold_a_tail("a single line")
    False
    """
    if "\n" not in text:
        return False
    paragraphs = [line for line in text.split("\n") if len(line) >= SHORTEST]
    if len(paragraphs) < 2:
        return False
    openers = story_openers()
    for paragraph in paragraphs[1:][-_LAST:]:
        words = paragraph[:60].split(None, 2)
        if words and words[0] in openers:
            return True
    last = paragraphs[-1]
    before = text[: text.rfind(last)][-_WINDOW:]
    known = 0
    for word in last[:600].split():
        if len(word) > _LONG and word[2:] in before:
            known += 1
            if known == ENOUGH:
                return False
    return True
