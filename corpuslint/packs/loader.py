"""The one door through which rules come in: a folder becomes a `RulePack`.

`pack.toml` names the pack and lists its files; nothing is imported or read that it does not list. A pack that does
not load stops the run: a rule that is silently missing looks just like a clean corpus.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
import sys
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import regex

from corpuslint.errors import PackError
from corpuslint.facts import phrasebook
from corpuslint.model.levels import Applicability, Scope, Severity, Status
from corpuslint.model.rule import CorpusRule, Docs, EditBudget, Example, Rule, RuleCode, RuleSpec, Triggers
from corpuslint.packs.backtracking import complaint_about as hangs_on
from corpuslint.packs.kinds import (
    KINDS,
    MEASURES,
    Block,
    DeclarativeRule,
    Find,
    FixTemplate,
    Label,
    Lexicon,
    Limit,
    MatchLine,
    Presence,
    Replace,
    whole_words,
)
from corpuslint.packs.pack import AnyRule, RulePack
from corpuslint.packs.tables import PackFile, Table
from corpuslint.packs.triggers import complaints_about
from corpuslint.text.patterns import compile_re
from corpuslint.text.phrases import phrase_pattern

CODE = compile_re(r"[A-Z]{3}\d{3}\Z")
_NAME = compile_re(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


def load_packs(folders: Iterable[Path], *, foreign: Iterable[Path] = ()) -> tuple[RulePack, ...]:
    """Every pack of `folders`, in order, then those of `foreign`, which may not run Python.

    A code that two packs claim is an error.
    """
    folders, foreign = tuple(folders), tuple(foreign)
    phrasebook.extend(_extensions((*folders, *foreign)))
    packs = (*(load_pack(folder) for folder in folders), *(load_pack(folder, python=False) for folder in foreign))
    owner: dict[str, RulePack] = {}
    for pack in packs:
        for rule in pack.all_rules:
            first = owner.setdefault(rule.spec.code, pack)
            if first is not pack:
                raise PackError(
                    f"{rule.spec.code} is already a rule of the pack '{first.name}'",
                    pack=str(pack.folder),
                    remedy="give the rule a code of its own",
                )
    return packs


def load_pack(folder: Path, *, python: bool = True) -> RulePack:
    """The pack in `folder`; without `python`, only if it is all data, since Python in a pack runs as you.

    Raises PackError, with file and line, where anything in it is not as it must be.
    """
    return _loaded(folder, _signature(folder), python)


def _signature(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """What tells whether a pack has changed since it was loaded in this process."""
    files = ((path, path.stat()) for path in sorted(folder.rglob("*")) if path.suffix != ".pyc" and path.exists())
    return tuple((path.as_posix(), status.st_mtime_ns, status.st_size) for path, status in files)


@lru_cache(maxsize=256)
def _loaded(folder: Path, _signature: tuple[tuple[str, int, int], ...], python: bool) -> RulePack:
    manifest_path = folder / "pack.toml"
    if not manifest_path.is_file():
        raise PackError(
            "there is no pack.toml", pack=str(folder), remedy="a rule pack is a folder with a pack.toml in it"
        )
    manifest = PackFile(manifest_path)
    top = Table(manifest, manifest.data, line=1)
    head = top.table("pack")
    name, summary, version = head.text("name"), head.text("summary"), head.text("version", "1")
    declarative, modules = head.texts("declarative"), head.texts("python")
    for listed in head.texts("extends"):
        _extension(folder, listed, manifest)
    head.finish()
    top.finish()
    if modules and not python:
        raise PackError(
            "holds Python, and the configuration that names it lies in another folder than you are in",
            pack=str(folder),
            remedy="read the pack; if you trust it, change to that folder, or name its configuration with --config",
        )
    rules: list[AnyRule] = []
    for listed in declarative:
        rules += _declarative_rules(PackFile(_inside(folder, listed, manifest)), folder)
    for listed in modules:
        rules += _python_rules(_inside(folder, listed, manifest), name)
    seen: set[str] = set()
    for rule in rules:
        check_spec(rule.spec, str(folder))
        if rule.spec.code in seen:
            raise PackError(f"{rule.spec.code} is there twice", pack=str(folder))
        seen.add(rule.spec.code)
    _check_triggers(rules, str(folder))
    ordered = sorted(rules, key=lambda rule: rule.spec.code)
    return RulePack(
        name=name,
        summary=summary,
        version=version,
        folder=folder,
        rules=tuple(rule for rule in ordered if isinstance(rule, Rule)),
        corpus_rules=tuple(rule for rule in ordered if isinstance(rule, CorpusRule)),
    )


def _extensions(folders: Iterable[Path]) -> dict[tuple[str, str], list[Path]]:
    """The lists of shipped packs that `extends` of these packs adds to, with the files that go on with them."""
    found: dict[tuple[str, str], list[Path]] = {}
    for folder in folders:
        if (folder / "pack.toml").is_file():
            manifest = PackFile(folder / "pack.toml")
            head = manifest.data.get("pack")
            for listed in Table(manifest, head if isinstance(head, dict) else {}, line=1).texts("extends"):
                key, path = _extension(folder, listed, manifest)
                found.setdefault(key, []).append(path)
    return found


def _extension(folder: Path, listed: str, manifest: PackFile) -> tuple[tuple[str, str], Path]:
    """What `extends = ["sources/outlets"]` names: a list of a shipped pack, and this pack's file of the same name."""
    pack, _, name = listed.partition("/")
    if not phrasebook.is_extensible(pack, name):
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
        return PackError(f"{spec.code or 'a rule'}: {message}", pack=place, remedy=remedy)

    if not CODE.match(spec.code):
        raise error("a code is three capital letters and three digits")
    if not _NAME.match(spec.name):
        raise error(f"the name {spec.name!r} is not in kebab-case")
    if not spec.invalid or not spec.valid:
        raise error("needs both `invalid` and `valid` examples", "a rule without proof does not load")


def _check_triggers(rules: Iterable[AnyRule], place: str) -> None:
    """Refuse triggers that cannot be scanned for."""
    complaints = complaints_about(pattern for rule in rules for pattern in rule.spec.triggers.patterns)
    for rule in rules:
        for pattern in rule.spec.triggers.patterns:
            if pattern in complaints:
                raise PackError(
                    f"{rule.spec.code}: the trigger {pattern!r} cannot be scanned for ({complaints[pattern]})",
                    pack=place,
                    remedy="give `triggers` of its own: a literal or a simpler pattern that every match contains",
                )


def _inside(folder: Path, listed: str, manifest: PackFile) -> Path:
    """The path of a listed file, which must exist and may not leave the pack."""
    path = folder / listed
    if not path.is_file():
        raise manifest.error(f"lists '{listed}', which is not there", line=1, key="pack")
    if not path.resolve().is_relative_to(folder.resolve()):
        raise manifest.error(f"lists '{listed}', which lies outside the pack", line=1, key="pack")
    return path


def _python_rules(path: Path, pack: str) -> list[AnyRule]:
    digest = hashlib.blake2b(str(path.resolve()).encode(), digest_size=6).hexdigest()
    module_name = f"corpuslint_pack_{re.sub(r'[^A-Za-z0-9]', '_', pack)}_{digest}_{path.stem}"
    if module_name in sys.modules:
        module = sys.modules[module_name]
    else:
        specification = importlib.util.spec_from_file_location(module_name, path)
        if specification is None or specification.loader is None:
            raise PackError("is not a Python file", file=str(path))
        module = importlib.util.module_from_spec(specification)
        sys.modules[module_name] = module
        try:
            specification.loader.exec_module(module)
        except Exception as error:
            del sys.modules[module_name]
            line = error.lineno or 0 if isinstance(error, SyntaxError) else _line_of(error, path)
            raise PackError(f"{type(error).__name__}: {error}", file=str(path), line=line) from error
    rules = getattr(module, "RULES", None)
    if not isinstance(rules, tuple):
        raise PackError("does not end with `RULES = (…,)`", file=str(path))
    for rule in rules:
        if not isinstance(rule, Rule | CorpusRule) or not isinstance(rule.spec, RuleSpec):
            raise PackError(
                f"{rule!r} in RULES is no rule",
                file=str(path),
                remedy="a rule has a `spec` and `check(anatomy)`, or `spec`, `empty`, `collect`, `merge`, `judge`",
            )
    return list(rules)


def _line_of(error: BaseException, path: Path) -> int:
    """The last line of `path` that the traceback of `error` passes through; 0 when it does not."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _declarative_rules(file: PackFile, folder: Path) -> list[AnyRule]:
    unknown = sorted(set(file.data) - {"rule"})
    if unknown:
        raise file.error(f"unknown key '{unknown[0]}'", line=1, key=unknown[0], remedy="known keys: rule")
    entries = file.data.get("rule", [])
    if not isinstance(entries, list):
        raise file.error("rules are written as [[rule]]", line=1, key="rule")
    return [
        _declarative_rule(Table(file, entry, line=file.line_of_rule(number)), folder)
        for number, entry in enumerate(entries)
    ]


def _declarative_rule(table: Table, folder: Path) -> DeclarativeRule:
    code = table.text("code")
    table.name = code
    kind = table.choice("kind", KINDS)
    docs_table = table.table("docs")
    docs = Docs(
        finds=docs_table.text("finds"),
        why=docs_table.text("why"),
        fix_safety=docs_table.text("fix-safety", ""),
        options=docs_table.text("options", ""),
        references=docs_table.texts("references"),
    )
    docs_table.finish()
    fix = _fix_template(table.table("fix"))
    run, derived = _KIND_READERS[kind](table, folder, fix)
    given = table.table("triggers")
    triggers = Triggers(literals=given.texts("literals"), patterns=given.texts("patterns"))
    given.finish()
    budget = table.table("budget")
    default_scope = "document" if kind in ("require", "limit", "forbid") else "span"
    spec = RuleSpec(
        code=RuleCode(code),
        name=table.text("name"),
        summary=table.text("summary", docs.finds.split(". ")[0].rstrip(".")),
        message=table.text("message"),
        severity=Severity(table.choice("severity", tuple(level.value for level in Severity))),
        docs=docs,
        invalid=tuple(_example(example) for example in table.tables("invalid")),
        valid=tuple(_example(example) for example in table.tables("valid")),
        scope=Scope(table.choice("scope", ("span", "document"), default_scope)),
        languages=table.texts("languages"),
        triggers=derived if triggers.always else triggers,
        status=Status(table.choice("status", tuple(status.value for status in Status), "stable")),
        default=table.flag("default", True),
        before=table.texts("before"),
        budget=EditBudget(
            characters=budget.text("characters", ""),
            whole_lines=budget.flag("whole-lines", False),
            share=budget.fraction("share", 1.0),
        ),
        version=table.number("version", 1),
    )
    budget.finish()
    table.finish()
    return DeclarativeRule(spec, run)


def _example(table: Table) -> Example:
    fixed = table.text("fixed", "\0")
    example = Example(
        text=table.text("text"),
        metadata=_metadata(table.mapping("metadata")),
        fixed=None if fixed == "\0" else fixed,
        spans=table.texts("spans"),
        fields=_metadata(table.mapping("fields")),
        why=table.text("why", ""),
    )
    table.finish()
    return example


def _metadata(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}


def _fix_template(table: Table) -> FixTemplate:
    template = FixTemplate(
        delete=table.choice("delete", ("match", "line", "block"), ""),
        replace=table.text("replace", ""),
        replaces="replace" in table,
        title=table.text("title", ""),
        applicability=Applicability(
            table.choice("applicability", tuple(value.value for value in Applicability), "safe")
        ),
    )
    table.finish()
    return template


def _compiled(table: Table, key: str, pattern: str) -> regex.Pattern[str]:
    try:
        return regex.compile(pattern, regex.VERSION1 | regex.MULTILINE)
    except regex.error as error:
        raise table.error(f"'{key}' is not a regular expression: {error}", key) from None
    except RecursionError:
        raise table.error(f"'{key}' is nested too deeply", key) from None


def _written(table: Table, key: str, pattern: str) -> regex.Pattern[str]:
    """A pattern that its pack's author wrote, which no text may be able to hang."""
    compiled = _compiled(table, key, pattern)
    if complaint := hangs_on(compiled):
        raise table.error(
            f"the pattern {pattern[:80]!r} of '{key}' backtracks without bound: {complaint}",
            key,
            remedy="let repeats that follow or hold each other begin with different characters, or make them possessive"
            " (`a++`) or atomic (`(?>…)`)",
        )
    return compiled


def phrases_in(path: Path) -> tuple[str, ...]:
    """The phrases of a list file: one entry a line, `language TAB phrase`; `#` starts a comment line."""
    phrases = []
    for row, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        language, tab, phrase = line.partition("\t")
        if not tab or not phrase.strip() or not re.fullmatch(r"[a-z]{2,3}|\*", language.strip()):
            raise PackError("an entry is written `language TAB phrase`", file=str(path), line=row)
        phrases.append(phrase.strip())
    return tuple(phrases)


def _phrases(table: Table, folder: Path, key: str) -> tuple[str, ...]:
    phrases = list(table.texts(key))
    for listed in table.texts(f"{key}-file"):
        path = folder / listed
        if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
            raise table.error(f"'{key}-file' names '{listed}', which is not in the pack", f"{key}-file")
        phrases += phrases_in(path)
    return tuple(phrases)


def _pattern_or_phrases(table: Table, folder: Path, *, words: bool) -> tuple[regex.Pattern[str], Triggers]:
    pattern = table.text("pattern", "")
    phrases = _phrases(table, folder, "phrases")
    if bool(pattern) == bool(phrases):
        raise table.error("needs either 'pattern' or 'phrases'")
    if pattern:
        stripped = pattern.removeprefix("^")
        stripped = stripped.removesuffix("$") if not stripped.endswith("\\$") else stripped
        return _written(table, "pattern", pattern), Triggers(patterns=(stripped,))
    joined = "|".join(phrase_pattern(phrase) for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))
    if words:
        joined = rf"(?<![\p{{L}}\p{{M}}])(?:{joined})(?![\p{{L}}\p{{M}}])"
    return _compiled(table, "phrases", joined), Triggers(literals=phrases)


_Reading = tuple[Any, Triggers]


def _find(table: Table, folder: Path, fix: FixTemplate) -> _Reading:
    pattern, triggers = _pattern_or_phrases(table, folder, words=True)
    return Find(pattern, fix), triggers


def _replace(table: Table, folder: Path, fix: FixTemplate) -> _Reading:
    pairs = tuple(sorted((str(wrong), str(right)) for wrong, right in table.mapping("map").items()))
    if not pairs:
        raise table.error("needs 'map'")
    longest_first = sorted((wrong for wrong, _ in pairs), key=lambda wrong: (-len(wrong), wrong))
    pattern = _compiled(table, "map", "|".join(map(regex.escape, longest_first)))
    return Replace(pairs, pattern, fix), Triggers(patterns=tuple(re.escape(wrong) for wrong, _ in pairs))


def _line(table: Table, folder: Path, fix: FixTemplate) -> _Reading:
    whole = table.choice("match", ("whole", "start"), "whole") == "whole"
    where, reach = table.choice("where", ("any", "head", "tail"), "any"), table.number("reach", 3)
    pattern, triggers = _pattern_or_phrases(table, folder, words=not whole)
    return MatchLine(pattern, whole, where, reach, fix), triggers


def _block(table: Table, folder: Path, fix: FixTemplate) -> _Reading:
    whole = table.choice("match", ("whole", "start"), "whole") == "whole"
    through = table.choice("through", ("blank", "end"), "blank")
    until = table.text("until", "")
    pattern, triggers = _pattern_or_phrases(table, folder, words=not whole)
    return Block(pattern, whole, through, _written(table, "until", until) if until else None, fix), triggers


def _label(table: Table, folder: Path, fix: FixTemplate) -> _Reading:
    labels = _phrases(table, folder, "labels")
    if not labels:
        raise table.error("needs 'labels'")
    value = table.choice("value", ("present", "empty"), "present")
    pattern = "|".join(phrase_pattern(label) for label in sorted(labels, key=lambda label: (-len(label), label)))
    return Label(pattern, value, table.text("lift", ""), fix), Triggers(literals=labels)


def _presence(wanted: bool) -> Any:
    def read(table: Table, _folder: Path, _fix: FixTemplate) -> _Reading:
        metadata, pattern = table.text("metadata", ""), table.text("pattern", "")
        if bool(metadata) == bool(pattern):
            raise table.error("needs either 'metadata' or 'pattern'")
        if metadata:
            return Presence(wanted, metadata=metadata), Triggers()
        triggers = Triggers() if wanted else Triggers(patterns=(pattern,))
        return Presence(wanted, pattern=_written(table, "pattern", pattern)), triggers

    return read


def _limit(table: Table, _folder: Path, _fix: FixTemplate) -> _Reading:
    measure = table.choice("measure", tuple(MEASURES))
    return Limit(measure, table.number("min", 0), table.number("max", -1)), Triggers()


def _lexicon(table: Table, folder: Path, fix: FixTemplate) -> _Reading:
    listed = table.text("words-file")
    path = folder / listed
    if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
        raise table.error(f"'words-file' names '{listed}', which is not in the pack", "words-file")
    pairs = []
    for row, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            wrong, tab, right = line.partition("\t")
            if not tab or not wrong.strip() or not right.strip():
                raise PackError("an entry is written `wrong TAB right`", file=str(path), line=row)
            pairs.append((wrong.strip(), right.strip()))
    words = tuple(wrong for wrong, _ in pairs)
    if not words:
        raise PackError("holds no entry", file=str(path))
    pattern = _compiled(table, "words-file", whole_words(words))
    return Lexicon(tuple(pairs), pattern, fix), Triggers(patterns=tuple(re.escape(word) for word in words))


_KIND_READERS = {
    "find": _find,
    "replace": _replace,
    "line": _line,
    "block": _block,
    "label": _label,
    "forbid": _presence(False),
    "require": _presence(True),
    "limit": _limit,
    "lexicon": _lexicon,
}
