"""The one door through which rules come in: a folder becomes a `RulePack`.

`pack.toml` names the pack and lists its files; nothing is imported or read that it does not list. A pack that does
not load stops the run: a rule that is silently missing looks just like a clean corpus.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

import msgspec

from corpuslint.errors import PackError
from corpuslint.facts import phrasebook
from corpuslint.model.rule import AnyRule, CorpusRule, Rule, RuleSpec, judges_corpus, judges_documents
from corpuslint.packs.lists import is_shipped_list, module_of, phrases_in
from corpuslint.packs.tables import ManifestTable, PackFile
from corpuslint.packs.triggers import complaints_about
from corpuslint.resources import state_of_files
from corpuslint.text.patterns import compile_re
from corpuslint.text.strict import as_texts

CODE = compile_re(r"[A-Z]{3}\d{3}\Z")
_NAME = compile_re(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


def load_packs(folders: Iterable[Path], shipped: Callable[[], tuple[RulePack, ...]] = tuple) -> tuple[RulePack, ...]:
    """Those that `shipped` gives, then every pack of `folders`, in order. A code that two packs claim is an error."""
    folders = tuple(folders)
    phrasebook.extend(_extensions(folders))
    packs = (*shipped(), *(load_pack(folder) for folder in folders))
    owner: dict[str, RulePack] = {}
    for pack in packs:
        for rule in pack.all_rules:
            first = owner.setdefault(rule.spec.code, pack)
            if first is not pack:
                raise PackError(
                    f"{rule.spec.code} is already a rule of the pack '{first.name}'",
                    path=str(pack.folder),
                    remedy="give the rule a code of its own",
                )
    return packs


def load_pack(folder: Path) -> RulePack:
    """The pack in `folder`. Python in it runs as you.

    Raises PackError, with file and line, where anything in it is not as it must be.
    """
    return _loaded(folder, state_of_files([folder]) if folder.is_dir() else ())


def runs_python(folder: Path) -> bool:
    """Whether the pack in `folder` lists Python; False where there is no pack.

    Raises PackError for a `pack.toml` that cannot be read.
    """
    if not (folder / "pack.toml").is_file():
        return False
    return bool(_listed(_manifest(folder), "python"))


def _listed(manifest: PackFile, key: str) -> tuple[str, ...]:
    """What a list of `[pack]` names, before anything else in the manifest is looked at."""
    head = manifest.data.get("pack")
    values = head.get(key) if isinstance(head, dict) else None
    return tuple(one for one in (values if isinstance(values, list) else [values]) if isinstance(one, str))


def _manifest(folder: Path) -> PackFile:
    manifest_path = folder / "pack.toml"
    if not manifest_path.is_file():
        raise PackError(
            "there is no pack.toml", path=str(folder), remedy="a rule pack is a folder with a pack.toml in it"
        )
    return PackFile(manifest_path)


@lru_cache(maxsize=256)
def _loaded(folder: Path, _state: tuple[tuple[str, int, int], ...]) -> RulePack:
    manifest = _manifest(folder)
    if unknown := sorted(set(manifest.data) - {"pack"}):
        raise manifest.error(f"unknown key '{unknown[0]}'", line=1, key=unknown[0], remedy="known keys: pack")
    head = manifest.read(manifest.data.get("pack", {}), ManifestTable, "pack")
    declarative, modules = as_texts(head.declarative), as_texts(head.python)
    for path in sorted(folder.glob("*.toml")):
        if path.name not in (*declarative, "pack.toml"):
            raise manifest.error(
                f"'{path.name}' lies in the pack, but is not listed", line=1, remedy="list it under `declarative`"
            )
    for listed in as_texts(head.extends):
        _extension(folder, listed, manifest)
    rules: list[AnyRule] = []
    described = {f"{listed.removesuffix('.toml')}.py" for listed in declarative}
    for listed in (*declarative, *modules):
        path = _inside(folder, listed, manifest)
        rules += () if listed in described else rules_of(path)
    seen: set[str] = set()
    for rule in rules:
        check_spec(rule.spec, str(folder))
        if rule.spec.code in seen:
            raise PackError(f"{rule.spec.code} is there twice", path=str(folder))
        seen.add(rule.spec.code)
    _check_triggers(rules, str(folder))
    return RulePack.of(head.name, head.summary, head.version, folder, rules)


def rules_of(path: Path) -> tuple[AnyRule, ...]:
    """The rules that a file of a pack holds, in the order in which it lists them."""
    return _rules_of(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _rules_of(path: Path, _state: int) -> tuple[AnyRule, ...]:
    if path.suffix == ".py":
        return _python_rules(path)
    from corpuslint.packs.declarative import sources_in  # brings what shipped rules do without that do not judge

    return tuple(source.rule for source in sources_in(PackFile(path)))


def _extensions(folders: Iterable[Path]) -> dict[tuple[str, str], list[Path]]:
    """The lists of shipped packs that `extends` of these packs adds to, with the files that go on with them."""
    found: dict[tuple[str, str], list[Path]] = {}
    for folder in folders:
        if (folder / "pack.toml").is_file():
            manifest = _manifest(folder)
            for listed in _listed(manifest, "extends"):
                key, path = _extension(folder, listed, manifest)
                found.setdefault(key, []).append(path)
    return found


def _extension(folder: Path, listed: str, manifest: PackFile) -> tuple[tuple[str, str], Path]:
    """What `extends = ["sources/outlets"]` names: a list of a shipped pack, and this pack's file of the same name."""
    pack, _, name = listed.partition("/")
    if not (is_shipped_list(listed) and phrasebook.is_extensible(pack, name)):
        raise manifest.error(
            f"extends '{listed}', which is no list that can go on",
            line=1,
            key="extends",
            remedy="name a list as PACK/LIST, for instance sources/outlets or artefacts/labels-keywords",
        )
    path = _inside(folder, f"data/{name}.txt", manifest)
    phrases_in(path)
    return (pack, name), path


def check_spec(spec: RuleSpec, place: str) -> None:
    """Refuse a rule that is not what it says, or does not prove what it does."""

    def error(message: str, remedy: str = "") -> PackError:
        return PackError(f"{spec.code or 'a rule'}: {message}", path=place, remedy=remedy)

    if not CODE.match(spec.code):
        raise error("a code is three capital letters and three digits")
    if not _NAME.match(spec.name):
        raise error(f"the name {spec.name!r} is not in kebab-case")
    if not spec.invalid or not spec.valid:
        raise error("needs both `invalid` and `valid` examples", "a rule without proof does not load")


def _check_triggers(rules: Iterable[AnyRule], place: str) -> None:
    complaints = complaints_about(pattern for rule in rules for pattern in rule.spec.triggers.patterns)
    for rule in rules:
        for pattern in rule.spec.triggers.patterns:
            if pattern in complaints:
                raise PackError(
                    f"{rule.spec.code}: the trigger {pattern!r} cannot be scanned for ({complaints[pattern]})",
                    path=place,
                    remedy="give `triggers` of its own: a literal or a simpler pattern that every match contains",
                )


def _inside(folder: Path, listed: str, manifest: PackFile) -> Path:
    """The path of a listed file, which must exist and may not leave the pack."""
    path = folder / listed
    if not path.is_file():
        raise manifest.error(f"lists '{listed}', which is not there", line=1, key="pack")
    if not os.path.realpath(path).startswith(os.path.join(os.path.realpath(folder), "")):  # noqa: PTH118
        raise manifest.error(f"lists '{listed}', which lies outside the pack", line=1, key="pack")
    return path


def _python_rules(path: Path) -> tuple[AnyRule, ...]:
    rules = getattr(module_of(path), "RULES", None)
    if not isinstance(rules, tuple):
        raise PackError(
            "does not end with `RULES = (…,)`",
            path=str(path),
            remedy=f"or describe its rules in '{path.stem}.toml', and list that under `declarative`",
        )
    for rule in rules:
        if not (judges_documents(rule) or judges_corpus(rule)) or not isinstance(rule.spec, RuleSpec):
            raise PackError(
                f"{rule!r} in RULES is no rule",
                path=str(path),
                remedy="a rule has a `spec` and `check(anatomy)`, or `spec`, `empty`, `collect`, `merge`, `judge`",
            )
    return rules


class RulePack(msgspec.Struct, frozen=True):
    """A folder of rules. `rules` judge documents, `corpus_rules` the corpus; both are sorted by code."""

    name: str
    summary: str
    version: str
    folder: Path
    rules: tuple[Rule, ...]
    corpus_rules: tuple[CorpusRule, ...]

    @classmethod
    def of(cls, name: str, summary: str, version: str, folder: Path, rules: Iterable[AnyRule]) -> RulePack:
        """The pack of these rules."""
        ordered = sorted(rules, key=lambda rule: rule.spec.code)
        documents = tuple(rule for rule in ordered if judges_documents(rule))
        return cls(name, summary, version, folder, documents, tuple(rule for rule in ordered if judges_corpus(rule)))

    @property
    def all_rules(self) -> tuple[AnyRule, ...]:
        """Every rule of the pack, sorted by code."""
        every: list[AnyRule] = [*self.rules, *self.corpus_rules]
        by_code = {rule.spec.code: rule for rule in every}  # one rule can judge both
        return tuple(by_code[code] for code in sorted(by_code))
