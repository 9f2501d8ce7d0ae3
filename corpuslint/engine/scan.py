"""One scan of a document's bytes, and one look at its lines, decide which rules can possibly fire.

Every rule states its triggers. The `literals` of all selected rules are one trie of words, their `patterns` one
Hyperscan database over the UTF-8 as it is, but for those that one character matches, which are looked for among the
characters of the text, and `lines` are the kinds of lines that `Anatomy.openers` tells in one pass. The answer is the
tuple of rules worth running. A trigger says whether, never where.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Generic, Protocol, TypeVar

import hyperscan

from corpuslint.errors import PackError
from corpuslint.facts.anatomy import Anatomy
from corpuslint.model.rule import RuleSpec
from corpuslint.packs.triggers import Automaton, complaints_about, hyperscan_pattern, pattern_flags
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


_MOST_COMMON = 1 << 16
"""Characters that are remembered to wake no rule: no script has more."""

_LETTER = compile_re(r"[^\W_\N{ARABIC TATWEEL}]")
"""Most literals have a letter or a digit, which is cheaper seen than read."""

_ONE_CHARACTER = compile_re(
    r"\w|\[(?:[^\\\]]|\\(?:[^\w\s]|[wdsntvf]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2}))+\]"
)
"""A pattern that is a letter, or a set of characters in brackets."""


class Scanner(Generic[R]):
    """The rules of one selection, and which of them a document can wake."""

    def __init__(self, rules: Sequence[R]) -> None:
        self.rules = tuple(rules)
        self._always = 0
        literals: dict[str, int] = {}
        patterns: dict[bytes, int] = {}
        sets: dict[str, int] = {}
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
                if _ONE_CHARACTER.fullmatch(pattern):
                    sets[pattern] = sets.get(pattern, 0) | bit
                    continue
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
        self._sets = compile_re("".join(f"(?:(?=({pattern}))|)" for pattern in sets))  # one, for each costs a start
        self._by_set = tuple(sets.values())
        self._by_character: dict[str, int] = {}
        self._common: set[str] = set()
        self._by_openers: dict[int, int] = {}
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
        for character in anatomy.characters - self._common:
            woken |= self._by_character.get(character) or self._woken_by(character)
        openers = anatomy.openers
        if openers not in self._by_openers:
            bits = [bits for wanted, bits in self._by_kind.items() if wanted & openers]
            self._by_openers[openers] = reduce(or_, bits, 0)
        woken |= self._by_openers[openers]
        rules = self._awake.get(woken)
        if rules is None:
            if len(self._awake) >= _MOST_KEPT:
                self._awake.clear()
            rules = tuple(rule for number, rule in enumerate(self.rules) if woken >> number & 1)
            self._awake[woken] = rules
        return rules

    def _woken_by(self, character: str) -> int:
        """The bits of the patterns that match a character; one that wakes no rule is left out from now on."""
        seen = "\n" if character == "\r" else character
        groups = self._sets.match(seen).groups()  # type: ignore[union-attr]  # it matches the empty text, too
        found = reduce(or_, [bits for group, bits in zip(groups, self._by_set, strict=True) if group is not None], 0)
        if found:
            self._by_character[character] = found
        elif len(self._common) < _MOST_COMMON:
            self._common.add(character)
        return found
