"""Which rules run: codes, prefixes and names, the more specific word winning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from corpuslint.errors import ConfigError, nearest
from corpuslint.model.rule import RuleSpec

ALL = "ALL"


def select(
    specs: Iterable[RuleSpec],
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    extend_select: Sequence[str] = (),
    opting_in: bool = True,
) -> frozenset[str]:
    """The codes that are on.

    Without `select`, every rule that is on by default. A selector is `ALL`, a code, the beginning of a code, or a
    rule's name; where `select` and `ignore` both match, the longer selector wins, and `ignore` wins a tie. A rule that
    is off by default is only switched on by its own code or name, or by `ALL` (while `opting_in`).

    Raises ConfigError for a selector that matches no rule, with the nearest ones.
    """
    known: dict[str, RuleSpec] = {spec.code: spec for spec in specs}
    chosen = {} if select else {code: 0 for code, spec in known.items() if spec.default}
    chosen |= _weights((*select, *extend_select), known, opting_in=opting_in)
    dropped = _weights(ignore, known, opting_in=False)
    return frozenset(code for code, weight in chosen.items() if dropped.get(code, -1) < weight)


def matching(selectors: Iterable[str], specs: Iterable[RuleSpec]) -> frozenset[str]:
    """The codes that any of `selectors` stands for, rules that are off by default among them.

    Raises ConfigError for a selector that matches no rule.
    """
    return frozenset(_weights(selectors, {spec.code: spec for spec in specs}, opting_in=False))


def _weights(selectors: Iterable[str], known: Mapping[str, RuleSpec], *, opting_in: bool) -> dict[str, int]:
    """The codes that `selectors` stand for, and how specific the most specific of them is."""
    names = {spec.name: code for code, spec in known.items()}
    weights: dict[str, int] = {}
    for selector in map(str.strip, selectors):
        exact = selector if selector in known else names.get(selector, "")
        begun = [code for code in known if selector and code.startswith(selector)]
        if selector == ALL:
            found = dict.fromkeys(known, 1)
        elif exact:
            found = {exact: 9}
        elif begun:
            found = {code: 1 + len(selector) for code in begun if not opting_in or known[code].default}
        else:
            every = (*known, *names, *{code[:3] for code in known})
            remedy = nearest(selector, every, otherwise="`corpuslint rules` lists every rule", most=3)
            raise ConfigError(f"unknown rule '{selector}'", remedy=remedy)
        for code, weight in found.items():
            weights[code] = max(weights.get(code, 0), weight)
    return weights
