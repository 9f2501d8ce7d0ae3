"""The shipped packs, kept between runs as what is known of their rules before they judge.

Reading and running fifty files of rules takes longer than linting a small document, which wakes the rules of a third of
them. So the descriptions are kept, and the tables that rules are made of; each is made when it first judges.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, cast

import msgspec

from corpuslint.facts import phrasebook
from corpuslint.model.rule import Rule, RuleSpec, judges_corpus, state_of
from corpuslint.packs.loader import RulePack, load_pack, rules_of
from corpuslint.packs.tables import PackFile
from corpuslint.resources import keep_table, kept_table, package_state, rules_folder

_JUDGING = ("check", "empty", "collect", "judge")


class _Kept(msgspec.Struct, array_like=True):
    """One rule: its description, the file of its pack that it is the n-th rule of, what it can do, and what it is made
    of: read when it first judges."""

    spec: RuleSpec
    file: str
    number: int
    judging: tuple[str, ...]
    state: str
    fewest: int
    said: msgspec.Raw


class _KeptPack(msgspec.Struct, array_like=True):
    name: str
    summary: str
    version: str
    folder: str
    rules: tuple[_Kept, ...]


class WaitingRule:
    """A rule whose description is known, and which is made when it first judges."""

    def __init__(self, kept: _Kept, folder: Path) -> None:
        self.spec, self.state, self.fewest = kept.spec, kept.state, kept.fewest
        self._kept, self._folder = kept, folder

    def _first(self, name: str) -> Any:
        from corpuslint.packs.declarative import known_source

        kept = self._kept
        rule = known_source(self._folder / kept.file, kept.number, msgspec.msgpack.decode(kept.said), kept.spec).rule
        for judging in self._kept.judging:
            setattr(self, judging, getattr(rule, judging))
        return getattr(rule, name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or (name in _JUDGING and name not in self._kept.judging):
            raise AttributeError(name)
        return (lambda *given: self._first(name)(*given)) if name in _JUDGING else self._first(name)


def shipped_packs() -> tuple[RulePack, ...]:
    """The shipped packs, in the order of their names; their rules are made when they first judge.

    Where a pack of the user's goes on with a list of ours, what wakes our rules depends on it, and they are loaded.
    """
    return _loaded() if phrasebook.is_extended() else _kept()


def _loaded() -> tuple[RulePack, ...]:
    return tuple(load_pack(path.parent) for path in sorted(rules_folder().glob("*/pack.toml")))


@cache
def _kept() -> tuple[RulePack, ...]:
    state = package_state()
    data: bytes | None = kept_table("rules", state)
    try:
        packs = msgspec.msgpack.decode(data or b"", type=tuple[_KeptPack, ...])
    except msgspec.DecodeError:
        loaded = _loaded()
        keep_table("rules", state, msgspec.msgpack.encode([_described(pack) for pack in loaded]))
        return loaded
    return tuple(_waiting(pack) for pack in packs)


def _described(pack: RulePack) -> _KeptPack:
    from corpuslint.packs.declarative import sources_in

    places = {
        id(rule): (path.name, number, source)
        for path in sorted(pack.folder.glob("*.toml"))
        if path.name != "pack.toml"
        for number, (rule, source) in enumerate(zip(rules_of(path), sources_in(PackFile(path)), strict=True))
    }
    rules = tuple(
        _Kept(
            rule.spec,
            *places[id(rule)][:2],
            tuple(name for name in _JUDGING if callable(getattr(rule, name, None))),
            state_of(rule) if judges_corpus(rule) else "",
            getattr(rule, "fewest", 1),
            msgspec.Raw(msgspec.msgpack.encode(places[id(rule)][2].said)),
        )
        for rule in pack.all_rules
    )
    return _KeptPack(pack.name, pack.summary, pack.version, pack.folder.name, rules)


def _waiting(pack: _KeptPack) -> RulePack:
    folder = rules_folder() / pack.folder
    rules = [cast(Rule, WaitingRule(kept, folder)) for kept in pack.rules]
    return RulePack.of(pack.name, pack.summary, pack.version, folder, rules)
