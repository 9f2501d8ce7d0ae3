"""Rules written as data: a `[[rule]]` of a pack becomes a rule of one of the kinds that `packs.kinds` knows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import regex

from corpuslint.errors import PackError
from corpuslint.model.levels import Applicability, Scope, Severity, Status
from corpuslint.model.rule import Docs, EditBudget, Example, RuleCode, RuleSpec, Triggers
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
from corpuslint.packs.lists import phrases_in
from corpuslint.packs.pack import AnyRule
from corpuslint.packs.tables import PackFile, Table
from corpuslint.text.phrases import phrase_pattern
from corpuslint.text.positions import Span
from corpuslint.text.wording import keeps_words


def declarative_rules(file: PackFile, folder: Path) -> list[AnyRule]:
    """The rules of one file of a pack.

    Raises PackError, with file and line, where one is not as it must be.
    """
    unknown = sorted(set(file.data) - {"rule"})
    if unknown:
        raise file.error(f"unknown key '{unknown[0]}'", line=1, key=unknown[0], remedy="known keys: rule")
    entries = file.data.get("rule", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
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
    run, derived = _KIND_READERS[kind](table, folder)
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


def _fix_template(table: Table, pairs: Sequence[tuple[str, str]] = (), *, lifts: bool = False) -> FixTemplate:
    """The `fix` of a rule; `pairs` are the texts it is known to replace, `lifts` says that the value's line goes.

    What is not known to keep every word is unsafe, and may not be called safe where it is known to take one.
    """
    fix = table.table("fix")
    delete = fix.choice("delete", ("match", "line", "block"), "")
    keeps = [keeps_words(wrong, Span(0, len(wrong)), right) for wrong, right in pairs]
    takes = lifts or delete in ("line", "block") or not all(keeps)
    applicability = Applicability(
        fix.choice(
            "applicability", tuple(value.value for value in Applicability), "unsafe" if takes or not keeps else "safe"
        )
    )
    if takes and applicability is Applicability.SAFE:
        wrong = next((pair[0] for pair, kept in zip(pairs, keeps, strict=True) if not kept), "")
        what = (
            f"it changes the letters of '{wrong}'" if wrong and not lifts else "it takes whole lines with their words"
        )
        raise table.error(
            f"a safe fix removes no word of the text, and {what}",
            "fix",
            remedy='write applicability = "unsafe"',
        )
    template = FixTemplate(
        delete=delete,
        replace=fix.text("replace", ""),
        replaces="replace" in fix,
        title=fix.text("title", ""),
        applicability=applicability,
    )
    fix.finish()
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


def _phrases(table: Table, folder: Path, key: str) -> tuple[str, ...]:
    phrases = list(table.texts(key))
    for listed in table.texts(f"{key}-file"):
        path = folder / listed
        if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
            raise table.error(f"'{key}-file' names '{listed}', which is not in the pack", f"{key}-file")
        phrases += phrases_in(path)
    return tuple(phrases)


def _pattern_or_phrases(table: Table, folder: Path, *, starts: bool = False) -> tuple[regex.Pattern[str], Triggers]:
    pattern = table.text("pattern", "")
    phrases = _phrases(table, folder, "phrases")
    if bool(pattern) == bool(phrases):
        raise table.error("needs either 'pattern' or 'phrases'")
    if pattern:
        stripped = pattern.removeprefix("^")
        stripped = stripped.removesuffix("$") if not stripped.endswith("\\$") else stripped
        return _written(table, "pattern", pattern), Triggers(patterns=(stripped,))
    joined = "|".join(_unsplit(phrase) for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))
    before = "" if starts else r"(?<![\p{L}\p{M}])"
    joined = rf"{before}(?:{joined})(?![\p{{L}}\p{{M}}])"
    return _compiled(table, "phrases", joined), Triggers(literals=phrases)


def _unsplit(phrase: str) -> str:
    """The pattern of a phrase; a number at its edge is no part of a longer one."""
    before, after = r"(?<!\d)" * phrase[:1].isdigit(), r"(?!\d)" * phrase[-1:].isdigit()
    return f"{before}{phrase_pattern(phrase)}{after}"


_Reading = tuple[Any, Triggers]


def _find(table: Table, folder: Path) -> _Reading:
    pattern, triggers = _pattern_or_phrases(table, folder)
    pairs = [(phrase, "") for phrase in triggers.literals] if table.table("fix").text("delete", "") else []
    return Find(pattern, _fix_template(table, pairs)), triggers


def _replace(table: Table, folder: Path) -> _Reading:
    pairs = tuple(sorted((str(wrong), str(right)) for wrong, right in table.mapping("map").items()))
    if not pairs:
        raise table.error("needs 'map'")
    longest_first = sorted((wrong for wrong, _ in pairs), key=lambda wrong: (-len(wrong), wrong))
    pattern = _compiled(table, "map", "|".join(map(regex.escape, longest_first)))
    return Replace(pairs, pattern, _fix_template(table, pairs)), Triggers(
        patterns=tuple(re.escape(wrong) for wrong, _ in pairs)
    )


def _line(table: Table, folder: Path) -> _Reading:
    whole = table.choice("match", ("whole", "start"), "whole") == "whole"
    where, reach = table.choice("where", ("any", "head", "tail"), "any"), table.number("reach", 3)
    pattern, triggers = _pattern_or_phrases(table, folder, starts=True)
    return MatchLine(pattern, whole, where, reach, _fix_template(table)), triggers


def _block(table: Table, folder: Path) -> _Reading:
    whole = table.choice("match", ("whole", "start"), "whole") == "whole"
    through = table.choice("through", ("blank", "end"), "blank")
    until = table.text("until", "")
    pattern, triggers = _pattern_or_phrases(table, folder, starts=True)
    until_pattern = _written(table, "until", until) if until else None
    return Block(pattern, whole, through, until_pattern, _fix_template(table)), triggers


def _label(table: Table, folder: Path) -> _Reading:
    labels = _phrases(table, folder, "labels")
    if not labels:
        raise table.error("needs 'labels'")
    value = table.choice("value", ("present", "empty"), "present")
    pattern = "|".join(phrase_pattern(label) for label in sorted(labels, key=lambda label: (-len(label), label)))
    lift = table.text("lift", "")
    return Label(pattern, value, lift, _fix_template(table, lifts=bool(lift))), Triggers(literals=labels)


def _presence(wanted: bool) -> Any:
    def read(table: Table, _folder: Path) -> _Reading:
        metadata, pattern = table.text("metadata", ""), table.text("pattern", "")
        if bool(metadata) == bool(pattern):
            raise table.error("needs either 'metadata' or 'pattern'")
        if metadata:
            return Presence(wanted, metadata=metadata), Triggers()
        triggers = Triggers() if wanted else Triggers(patterns=(pattern,))
        return Presence(wanted, pattern=_written(table, "pattern", pattern)), triggers

    return read


def _limit(table: Table, _folder: Path) -> _Reading:
    measure = table.choice("measure", tuple(MEASURES))
    return Limit(measure, table.number("min", 0), table.number("max", -1)), Triggers()


def _lexicon(table: Table, folder: Path) -> _Reading:
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
    return Lexicon(tuple(pairs), pattern, _fix_template(table, pairs)), Triggers(
        patterns=tuple(re.escape(word) for word in words)
    )


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
