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
    origin: str = "",
    opting_in: bool = True,
) -> frozenset[str]:
    """The codes that are on.

    Without `select`, every rule that is on by default. A selector is `ALL`, a code, the beginning of a code, or a
    rule's name; where `select` and `ignore` both match, the longer selector wins, and `ignore` wins a tie. A rule that
    is off by default is only switched on by its own code or name, or by `ALL` (while `opting_in`).

    Raises ConfigError for a selector that matches no rule, with the nearest ones.
    """
    known: dict[str, RuleSpec] = {spec.code: spec for spec in specs}
    names = {spec.name: spec.code for spec in known.values()}
    chosen: dict[str, int] = {}
    if not select:
        chosen = {code: 0 for code, spec in known.items() if spec.default}
    for selector in (*select, *extend_select):
        for code, weight in _matches(selector, known, names, origin, opting_in=opting_in).items():
            chosen[code] = max(chosen.get(code, 0), weight)
    dropped: dict[str, int] = {}
    for selector in ignore:
        for code, weight in _matches(selector, known, names, origin, opting_in=False).items():
            dropped[code] = max(dropped.get(code, 0), weight)
    return frozenset(code for code, weight in chosen.items() if dropped.get(code, -1) < weight)


def matching(selectors: Iterable[str], specs: Iterable[RuleSpec], *, origin: str = "") -> frozenset[str]:
    """The codes that any of `selectors` stands for, rules that are off by default among them."""
    known: dict[str, RuleSpec] = {spec.code: spec for spec in specs}
    names = {spec.name: spec.code for spec in known.values()}
    return frozenset(
        code for selector in selectors for code in _matches(selector, known, names, origin, opting_in=False)
    )


def _matches(
    selector: str, known: Mapping[str, RuleSpec], names: Mapping[str, str], origin: str, *, opting_in: bool
) -> dict[str, int]:
    selector = selector.strip()
    if selector == ALL:
        return dict.fromkeys(known, 1)
    exact = selector if selector in known else names.get(selector, "")
    if exact:
        return {exact: 9}
    found = [code for code in known if selector and code.startswith(selector)]
    if not found:
        every = (*known, *names, *{code[:3] for code in known})
        remedy = nearest(selector, every, otherwise="`corpuslint rules` lists every rule", most=3)
        raise ConfigError(f"unknown rule '{selector}'", path=origin, remedy=remedy)
    return {code: 1 + len(selector) for code in found if not opting_in or known[code].default}
