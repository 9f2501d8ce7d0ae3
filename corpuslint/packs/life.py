"""The life of a rule: preview, stable, deprecated, removed; and the codes it had before.

A rule in preview runs only where it is named. A removed rule stays known, so that a configuration that names it still
loads. A rule that gets another code keeps its old one as a redirect: selectors, suppressions and baselines that use
the old code go on holding.
"""

from __future__ import annotations

from collections.abc import Iterable

from corpuslint.model.levels import Status
from corpuslint.model.rule import RuleSpec

REDIRECTS: dict[str, str] = {}
"""Old code -> the code a rule has now. Codes are never given to another rule."""


def current_code(code: str) -> str:
    """The code a rule has now, whatever code of it is given."""
    for _ in range(len(REDIRECTS)):
        if code not in REDIRECTS:
            break
        code = REDIRECTS[code]
    return code


def former_codes(code: str) -> tuple[str, ...]:
    """The codes that a rule had before, sorted."""
    return tuple(sorted(old for old in REDIRECTS if current_code(old) == code))


def lasting_code(code: str) -> str:
    """The code by which a rule is remembered, the same before and after it is renamed: the first of all its codes."""
    now = current_code(code)
    chain = [old for old in REDIRECTS if current_code(old) == now]
    first = [old for old in chain if old not in REDIRECTS.values()]
    return min(first, default=now)


def is_on(spec: RuleSpec) -> bool:
    """Whether a rule runs without being named."""
    return spec.default and spec.status in (Status.STABLE, Status.DEPRECATED)


def notes_on(selectors: Iterable[str], specs: Iterable[RuleSpec]) -> tuple[str, ...]:
    """What a user should know of the rules that a configuration names: renamed, deprecated or removed ones."""
    known = {name: spec for spec in specs for name in (str(spec.code), spec.name)}
    notes = []
    for selector in dict.fromkeys(selectors):
        now = current_code(selector)
        if now != selector:
            notes.append(f"{selector} is now {now}")
        spec = known.get(now)
        if spec is not None and spec.status in (Status.DEPRECATED, Status.REMOVED):
            notes.append(f"{selector} is {spec.status.value}" + (f": {spec.summary}" if spec.summary else ""))
    return tuple(notes)
