"""Which of a thousand phrases stand in a text, in whatever spelling: one pass over its folded bytes.

As literals, the phrases cost a microsecond or two a kilobyte, however many they are; as patterns that know every
spelling they would cost twenty.
"""

from __future__ import annotations

from collections.abc import Mapping

import hyperscan

from corpuslint.text.automata import Automaton
from corpuslint.text.phrases import fold_bytes, folded_spellings, single_spaced


class PhraseScan:
    """Phrases, each with bits of its own choosing; `woken` gives the bits of those that may stand in a text.

    It may name a phrase in vain (folding knows single bytes), and never passes over one that `phrase_pattern` finds.
    """

    def __init__(self, phrases: Mapping[str, int]) -> None:
        self._always = 0  # of phrases that folding leaves nothing of
        expressions: dict[bytes, int] = {}
        for phrase, bits in phrases.items():
            for spelling in folded_spellings(phrase):
                if spelling:
                    expressions[_literal(spelling)] = expressions.get(_literal(spelling), 0) | bits
                else:
                    self._always |= bits
        self._two_spaces = 1 << max((bits.bit_length() for bits in phrases.values()), default=0)
        if expressions:
            expressions[_literal(b"  ")] = self._two_spaces
        self._automaton = Automaton(expressions, lambda _: hyperscan.HS_FLAG_SINGLEMATCH)

    def woken(self, text: str) -> int:
        """The bits of the phrases that may stand in `text`."""
        folded = fold_bytes(text)
        woken = self._automaton.woken(folded)
        if woken & self._two_spaces:
            woken = (woken | self._automaton.woken(single_spaced(folded))) & ~self._two_spaces
        return woken | self._always


def _literal(data: bytes) -> bytes:
    return ("\\x" + data.hex(":").replace(":", "\\x")).encode()
