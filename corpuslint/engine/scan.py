"""One scan of a document's bytes decides which rules can possibly fire.

Every rule states its triggers; all triggers of the selected rules are compiled into at most two Hyperscan databases:
`literals` are matched on bytes folded by `text.phrases.BYTE_FOLD`, `patterns` on the UTF-8 as it is. The answer is
the tuple of rules worth running. Hyperscan says whether, never where.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

import hyperscan

from corpuslint.errors import PackError
from corpuslint.model.rule import RuleSpec
from corpuslint.packs.triggers import hyperscan_pattern, pattern_flags
from corpuslint.text.automata import compiled
from corpuslint.text.phrases import BYTE_FOLD, phrase_bytes


class HasSpec(Protocol):
    """Anything that carries a rule's description."""

    @property
    def spec(self) -> RuleSpec: ...


R = TypeVar("R", bound=HasSpec)

_LITERAL_FLAGS = hyperscan.HS_FLAG_SINGLEMATCH


class Scanner(Generic[R]):
    """The rules of one selection, and which of them a text can wake."""

    def __init__(self, rules: Sequence[R]) -> None:
        self.rules = tuple(rules)
        self._always = 0
        literals: dict[bytes, int] = {}
        patterns: dict[bytes, int] = {}
        for number, rule in enumerate(self.rules):
            bit = 1 << number
            triggers = rule.spec.triggers
            if triggers.always:
                self._always |= bit
            for literal in triggers.literals:
                expression = phrase_bytes(literal)
                literals[expression] = literals.get(expression, 0) | bit
            for pattern in triggers.patterns:
                expression = hyperscan_pattern(pattern).encode("utf-8")
                patterns[expression] = patterns.get(expression, 0) | bit
        self._folded = _Automaton(literals, lambda _: _LITERAL_FLAGS)
        self._plain = _Automaton(patterns, lambda expression: pattern_flags(expression.decode("utf-8")))
        self._awake: dict[int, tuple[R, ...]] = {}

    def awake(self, text: str) -> tuple[R, ...]:
        """The rules that `text` could make fire, in their own order."""
        try:
            data = text.encode("utf-8")
        except UnicodeEncodeError:  # lone surrogates stand for undecodable bytes; no automaton sees them
            return self.rules
        if b"\r" in data:
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        woken = self._always | self._plain.woken(data) | self._folded.woken(data.translate(BYTE_FOLD))
        rules = self._awake.get(woken)
        if rules is None:
            rules = tuple(rule for number, rule in enumerate(self.rules) if woken >> number & 1)
            self._awake[woken] = rules
        return rules


class _Automaton:
    """Expressions compiled together; each carries the set of rules it wakes as bits of an integer."""

    def __init__(self, expressions: dict[bytes, int], flags: Callable[[bytes], int]) -> None:
        self._masks = list(expressions.values())
        if not expressions:
            return
        wanted = sorted(expressions)
        self._masks = [expressions[expression] for expression in wanted]
        self._database = _compiled(wanted, [flags(expression) for expression in wanted])
        self._scratch = hyperscan.Scratch(self._database)
        self._found: list[int] = []
        found = self._found

        def report(number: int, _from: int, _to: int, _flags: int, _context: object) -> None:
            found.append(number)

        self._report: Callable[[int, int, int, int, object], None] = report

    def woken(self, data: bytes) -> int:
        if not self._masks:
            return 0
        found = self._found
        found.clear()
        self._database.scan(data, match_event_handler=self._report, scratch=self._scratch)
        woken = 0
        for number in found:
            woken |= self._masks[number]
        return woken


def _compiled(expressions: list[bytes], flags: list[int]) -> hyperscan.Database:
    try:
        return compiled(expressions, flags)
    except hyperscan.HyperscanError:
        raise PackError(_first_bad(expressions, flags)) from None


def _first_bad(expressions: list[bytes], flags: list[int]) -> str:
    for expression, flag in zip(expressions, flags, strict=True):
        try:
            hyperscan.Database().compile(expressions=[expression], flags=[flag])
        except hyperscan.HyperscanError as error:
            return f"the trigger {expression.decode('utf-8', 'replace')!r} cannot be scanned for: {error}"
    return "the triggers are too many or too large to be compiled together"
