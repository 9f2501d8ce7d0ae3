"""One scan of a document's bytes, and one look at its lines, decide which rules can possibly fire.

Every rule states its triggers. The `literals` of all selected rules are one trie of words, their `patterns` one
Hyperscan database over the UTF-8 as it is, and `lines` are the kinds of lines that `Anatomy.openers` tells in one
pass. The answer is the tuple of rules worth running. A trigger says whether, never where.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

import hyperscan

from corpuslint.errors import PackError
from corpuslint.facts.anatomy import Anatomy
from corpuslint.model.rule import RuleSpec
from corpuslint.packs.triggers import complaints_about, hyperscan_pattern, pattern_flags
from corpuslint.text.automata import Automaton
from corpuslint.text.patterns import compile_re
from corpuslint.words.phrases import Phrases
from corpuslint.words.reading import read


class HasSpec(Protocol):
    """Anything that carries a rule's description."""

    @property
    def spec(self) -> RuleSpec: ...


R = TypeVar("R", bound=HasSpec)

_MOST_KEPT = 1 << 12
"""Sets of woken rules that are remembered: a corpus meets a few hundred, a hostile one could go on for ever."""


_LETTER = compile_re(r"[^\W_\N{ARABIC TATWEEL}]")
"""Most literals have a letter or a digit, which is cheaper seen than read."""


class Scanner(Generic[R]):
    """The rules of one selection, and which of them a document can wake."""

    def __init__(self, rules: Sequence[R]) -> None:
        self.rules = tuple(rules)
        self._always = 0
        literals: dict[str, int] = {}
        patterns: dict[bytes, int] = {}
        self._by_kind: dict[int, int] = {}
        for number, rule in enumerate(self.rules):
            bit = 1 << number
            triggers = rule.spec.triggers
            if triggers.always:
                self._always |= bit
            if triggers.lines:
                self._by_kind[triggers.lines] = self._by_kind.get(triggers.lines, 0) | bit
            for literal in triggers.literals:
                literals[literal] = literals.get(literal, 0) | bit
            for pattern in triggers.patterns:
                expression = hyperscan_pattern(pattern).encode("utf-8")
                patterns[expression] = patterns.get(expression, 0) | bit
        for literal in [
            literal
            for literal in literals
            if not (literal[:1].isalnum() or _LETTER.search(literal) or read(literal).keys)
        ]:
            # signs alone are no words
            expression = hyperscan_pattern(re.escape(literal)).encode("utf-8")
            patterns[expression] = patterns.get(expression, 0) | literals.pop(literal)
        self._literals = Phrases(literals, name="literals")
        try:
            self._patterns = Automaton(patterns, lambda expression: pattern_flags(expression.decode("utf-8")))
        except hyperscan.HyperscanError:
            bad = complaints_about(expression.decode("utf-8") for expression in patterns)
            first = next((f"the trigger {one!r} cannot be scanned for: {why}" for one, why in bad.items()), "")
            raise PackError(first or "the triggers are too many or too large to be compiled together") from None
        self._awake: dict[int, tuple[R, ...]] = {}

    def awake(self, anatomy: Anatomy) -> tuple[R, ...]:
        """The rules that could fire in a document, in their own order."""
        text = anatomy.text
        try:
            data = text.encode("utf-8")
            for value in anatomy.document.metadata.values():
                (value if isinstance(value, str) else "".join(value)).encode("utf-8")
        except UnicodeEncodeError:  # half a surrogate pair, which no automaton sees
            return self.rules
        if b"\r" in data:
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        woken = self._always | self._patterns.woken(data) | self._literals.woken(anatomy.words)
        for wanted, bits in self._by_kind.items():
            if wanted & anatomy.openers:
                woken |= bits
        rules = self._awake.get(woken)
        if rules is None:
            if len(self._awake) >= _MOST_KEPT:
                self._awake.clear()
            rules = tuple(rule for number, rule in enumerate(self.rules) if woken >> number & 1)
            self._awake[woken] = rules
        return rules
