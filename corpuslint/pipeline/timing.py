"""How long each rule takes: the rules of a run wrapped in a clock, for `check --timing`."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping

import msgspec
from msgspec import structs

from corpuslint.engine.ruleset import RuleSet
from corpuslint.facts.anatomy import Anatomy
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.rule import Rule, RuleSpec

Timings = dict[str, tuple[int, float]]
"""Code of a rule -> how many documents woke it, and the seconds it took."""


class _Timed(msgspec.Struct, frozen=True):
    """A rule that keeps its time. A fact that several rules share is charged to the first that asks for it."""

    rule: Rule
    timings: Timings

    @property
    def spec(self) -> RuleSpec:
        return self.rule.spec

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        started = time.perf_counter()
        try:
            return list(self.rule.check(anatomy))
        finally:
            woken, seconds = self.timings.get(self.rule.spec.code, (0, 0.0))
            self.timings[self.rule.spec.code] = (woken + 1, seconds + time.perf_counter() - started)


def timed(rules: RuleSet, timings: Timings) -> RuleSet:
    """The same rules, each adding to `timings` what it takes."""
    return structs.replace(rules, rules=tuple(_Timed(rule, timings) for rule in rules.rules))


def added(left: Timings, right: Mapping[str, tuple[int, float]]) -> Timings:
    """The sum of two measurements."""
    total = dict(left)
    for code, (woken, seconds) in right.items():
        before = total.get(code, (0, 0.0))
        total[code] = (before[0] + woken, before[1] + seconds)
    return total


def table(timings: Timings, documents: int, names: Mapping[str, str]) -> str:
    """The measurements as lines of text, the dearest rule first."""
    total = sum(seconds for _, seconds in timings.values()) or 1.0
    lines = [f"{'rule':<44} {'woken':>9} {'seconds':>9} {'share':>6} {'µs a document':>14}"]
    for code, (woken, seconds) in sorted(timings.items(), key=lambda entry: (-entry[1][1], entry[0])):
        label = f"{code} {names.get(code, '')}"
        share = f"{seconds / total:.0%}"
        lines.append(f"{label:<44} {woken:>9,} {seconds:>9.3f} {share:>6} {seconds * 1e6 / max(documents, 1):>14.2f}")
    return "\n".join(lines) + "\n"
