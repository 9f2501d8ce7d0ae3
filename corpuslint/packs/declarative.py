"""Rules written as data: a `[[rule]]` of a pack becomes a rule of one of the kinds that `packs.kinds` knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import structs

from corpuslint.errors import PackError
from corpuslint.facts import openers
from corpuslint.facts.layout import EDGE
from corpuslint.facts.phrasebook import folded_phrase
from corpuslint.languages import LANGUAGES
from corpuslint.model.levels import Applicability, Scope
from corpuslint.model.rule import AnyRule, RuleSpec, Triggers
from corpuslint.packs import kinds, page_kinds
from corpuslint.packs.kinds import DeclarativeRule, Kind, Limit, Pairs, Pattern, Prepared
from corpuslint.packs.lists import is_shipped_list, module_of, pairs_in, phrases_in
from corpuslint.packs.tables import PackFile
from corpuslint.resources import rules_folder
from corpuslint.text import broken, invisible
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span
from corpuslint.text.strict import Texts, as_texts
from corpuslint.text.wording import keeps_words

if TYPE_CHECKING:
    from corpuslint.packs.guarded import Clock, GuardedPattern

KINDS: Mapping[str, type[Kind]] = {
    str(kind.__struct_config__.tag): kind
    for kind in (
        kinds.Find,
        kinds.MatchLine,
        kinds.Ending,
        kinds.Limit,
        page_kinds.Page,
        page_kinds.Fact,
        page_kinds.Letter,
        page_kinds.Alphabet,
        kinds.Python,
    )
}
"""Every kind of rule by its name."""

PARTS: Mapping[str, str] = {
    "letter": invisible.LETTERS,
    "mark": invisible.MARKS,
    "digit": "0-9٠-٩۰-۹",
    "blank": invisible.BLANKS,
    "no-break": invisible.NO_BREAK_SPACES,
    "unseen": invisible.UNSEEN,
    "edge": EDGE,
    "line-separator": invisible.LINE_SEPARATORS,
    "odd-space": invisible.ODD_SPACES,
    "zero-width": invisible.ZERO_WIDTH_SPACES,
    "direction-mark": invisible.DIRECTION_MARKS,
    "invisible": invisible.OTHER_INVISIBLES,
    "escaped": f"(?x:{broken.ESCAPED.pattern})",
    **{f"{tag}-marks": language.marks for tag, language in LANGUAGES.items() if language.marks},
}
"""Sets of characters that patterns name: `[{letter}{mark}]`, or `[{ps-marks}]` for letters that mark one language."""

NOW: Mapping[str, str] = {
    "code": 'kind = "find" with markup or pattern, and fix = { delete = "piece" }',
    "replace": 'kind = "find" with map',
    "lexicon": 'kind = "find" with words-file',
    "block": 'kind = "line" with through = "blank" or "end", or until',
    "label": 'kind = "line" with labels',
    "forbid": 'kind = "limit" with max = 0',
    "require": 'kind = "limit" with min = 1',
}
"""What to write for a kind that there was."""

_PART = compile_re(r"(?<!\\)(?<!\\[pPN])\{([a-z][a-z-]*)\}")


def sources_in(file: PackFile) -> list[RuleSource]:
    """The rules of one file of a pack, on their way.

    Raises PackError, with file and line, where one is not as it must be.
    """
    if unknown := sorted(set(file.data) - {"rule", "parts", "texts"}):
        raise file.error(f"unknown key '{unknown[0]}'", line=1, key=unknown[0], remedy="known keys: rule, parts, texts")
    entries = file.data.get("rule", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise file.error("rules are written as [[rule]]", line=1, key="rule")
    parts = dict(PARTS)
    for name, part in _named(file, "parts").items():
        parts[name] = _filled(part, parts, lambda name: file.error(f"unknown part '{{{name}}}'", line=1, key="parts"))
    texts = _named(file, "texts")
    trusted = file.path.parent.resolve().parent == rules_folder().resolve()
    return [RuleSource(file, number, entry, parts, texts, trusted) for number, entry in enumerate(entries)]


def known_source(path: Path, number: int, said: Mapping[str, Any], known: RuleSpec) -> RuleSource:
    """A shipped rule on its way, of what an earlier run has made of it: what `RuleSource.said` was, and `known`."""
    source = RuleSource(PackFile(path), number, said["entry"], {**PARTS, **said["parts"]}, {}, True)
    source.known = known
    return source


def _named(file: PackFile, key: str) -> dict[str, str]:
    """The table `parts` or `texts` of a file: names and what they stand for."""
    named = file.data.get(key, {})
    if not isinstance(named, dict) or not all(isinstance(value, str) for value in named.values()):
        raise file.error(f"'{key}' is a table of texts", line=1, key=key)
    return named


def _filled(pattern: str, parts: Mapping[str, str], unknown: Callable[[str], PackError]) -> str:
    """`pattern` with its `{parts}` written out."""

    def part(match: re.Match[str]) -> str:
        if match[1] not in parts:
            raise unknown(match[1])
        return parts[match[1]]

    return _PART.sub(part, pattern)


class RuleSource:
    """One `[[rule]]` on its way to a rule: what its kind asks for, and where a complaint points.

    `known` is what an earlier run has made of the description.
    """

    known: RuleSpec | None = None

    def __init__(
        self,
        file: PackFile,
        number: int,
        entry: Mapping[str, Any],
        parts: Mapping[str, str],
        texts: Mapping[str, str],
        trusted: bool,
    ) -> None:
        self.file, self.number, self._entry = file, number, entry
        self._parts, self._texts = parts, texts
        self._trusted = trusted

    @cached_property
    def _clock(self) -> Clock:
        from corpuslint.packs.guarded import Clock  # brings `regex`, which shipped rules do without

        return Clock()

    def error(self, message: str, key: str = "", remedy: str = "") -> PackError:
        """A complaint about this rule, or about one of its keys."""
        return self.file.rule_error(self.number, self.code, message, key=key, remedy=remedy)

    @property
    def said(self) -> dict[str, Any]:
        """What the rule is made of beside its description, as plain data."""
        entry = {key: one for key, one in self._entry.items() if key not in ("invalid", "valid")}
        own = {name: part for name, part in self._parts.items() if PARTS.get(name) != part}
        return {"entry": {**entry, "docs": {"finds": "", "why": ""}}, "parts": own}

    @property
    def code(self) -> str:
        """The rule's code as it is written; "" where it is no text."""
        code = self._entry.get("code", "")
        return code if isinstance(code, str) else ""

    @cached_property
    def table(self) -> Kind:
        """The table as a value of its kind."""
        wanted, fix = self._entry.get("kind"), self._entry.get("fix")
        if isinstance(wanted, str) and wanted in NOW:
            raise self.error(f'kind "{wanted}" is now {NOW[wanted]}', "kind")
        if isinstance(fix, dict) and fix.get("delete") == "block":
            raise self.error('delete = "block" is now delete = "line"', "fix")
        if not isinstance(wanted, str) or wanted not in KINDS:
            said = f"'kind' must be one of {', '.join(KINDS)}, not {wanted!r}" if wanted else "needs the key 'kind'"
            raise self.error(said, "kind")
        examples = () if self.known else ("invalid", "valid")  # they are in the description
        entry = {key: one for key, one in self._entry.items() if key not in ("invalid", "valid")}
        entry |= {key: self._filled(self._entry[key]) for key in examples if key in self._entry}
        return self.file.read(entry, KINDS[wanted], self.code, rule=self.number)

    @cached_property
    def prepared(self) -> Prepared:
        """What the kind makes of the table."""
        for key in ("words", "unless"):
            if not all(map(folded_phrase, as_texts(getattr(self.table.doubt, key)))):
                raise self.error(f"each of {key!r} of 'doubt' needs a letter or a digit", "doubt")
        return self.table.prepare(self)

    @property
    def lists(self) -> tuple[str, ...]:
        """The shipped lists that the rule's facts look words up in, as PACK/LIST."""
        return as_texts(self.table.lists) or self.table.lists_read()

    @cached_property
    def rule(self) -> AnyRule:
        """The rule; where its kind is a class of a Python file, that class with what the table says."""
        table, prepared = self.table, self.prepared
        spec = self.known or self._spec(table, prepared.triggers)
        if isinstance(prepared.function, type):
            made: AnyRule = prepared.function(spec)
            return made
        for listed in () if self._trusted else as_texts(table.lists):
            if listed != "facts/story-markers" and not is_shipped_list(listed):
                remedy = "name one as PACK/LIST, for instance artefacts/words-share; your own go under `words`"
                raise self.error(f"'lists' names '{listed}', which is no list of a shipped pack", "lists", remedy)
        applicability = self._applicability(table, prepared)
        start = self._clock.start if not self._trusted else None
        return DeclarativeRule(spec, table, prepared, applicability, self.file, self.number, start)

    def _spec(self, table: Kind, derived: Triggers) -> RuleSpec:
        said = {key: getattr(table, key) for key in RuleSpec.__struct_fields__}
        said |= {key: as_texts(said[key]) for key in ("languages", "before", "yields")}
        whole = Scope.DOCUMENT if isinstance(table, Limit) else Scope.SPAN
        said["scope"] = table.scope or whole
        said["summary"] = table.summary or table.docs.finds.split(". ")[0].rstrip(".")
        said["triggers"] = self._triggers(table, derived)
        said["budget"] = structs.replace(table.budget, characters=self.whole(table.budget.characters))
        return RuleSpec(**said)

    def _triggers(self, table: Kind, derived: Triggers) -> Triggers:
        """What the table says of its triggers, or else what its kind makes of its keys."""
        if table.wakes:
            wakes = self.named(table.wakes)
            return wakes if isinstance(wakes, Triggers) else Triggers(patterns=as_texts(wakes))
        written = table.triggers
        bits = sum(getattr(openers, one.upper()) for one in as_texts(written.lines))
        triggers = Triggers(as_texts(written.literals), tuple(map(self.whole, as_texts(written.patterns))), bits)
        return derived if triggers.always else triggers

    def _filled(self, value: Any) -> Any:
        """What the table says of its examples, with the named texts of the file filled in."""
        if isinstance(value, list):
            return list(map(self._filled, value))
        if isinstance(value, dict):
            return {key: self._filled(one) for key, one in value.items()}
        for name, text in self._texts.items() if isinstance(value, str) else ():
            value = value.replace(f"{{{name}}}", text)
        return value

    def _applicability(self, table: Kind, prepared: Prepared) -> Applicability:
        """Who may apply the fix: what is not known to keep every word is unsafe, and may not be called safe where it is
        known to take one."""
        given = table.fix.applicability
        if given is not None and (given is not Applicability.SAFE or self._trusted):
            return given
        keeps = [keeps_words(wrong, Span(0, len(wrong)), right) for wrong, right in prepared.replaces]
        takes = prepared.takes or not all(keeps)
        if given is None:
            return Applicability.UNSAFE if takes or not keeps else Applicability.SAFE
        if takes:
            wrong = next((pair[0] for pair, kept in zip(prepared.replaces, keeps, strict=True) if not kept), "")
            what = f"it changes the letters of '{wrong}'" if wrong else "it takes whole lines with their words"
            raise self.error(
                f"a safe fix removes no word of the text, and {what}",
                "fix",
                remedy='write applicability = "unsafe"',
            )
        return given

    def whole(self, pattern: str) -> str:
        """A written pattern with its parts filled in."""

        def unknown(name: str) -> PackError:
            known = f"known parts: {', '.join(sorted(self._parts))}"
            return self.error(f"a pattern names the part {{{name}}}, which is unknown", "pattern", known)

        return _filled(pattern, self._parts, unknown)

    def written(self, key: str, pattern: str) -> Pattern:
        """The compiled pattern of a key; what is not ours may be hostile, and no text may be able to hang it."""
        pattern = self.whole(pattern)
        if self._trusted:
            return compile_re(pattern, re.MULTILINE)
        from corpuslint.packs.guarded import complaint_about as hangs_on

        guarded = self._guarded(key, pattern)
        if complaint := hangs_on(guarded.pattern):
            raise self.error(
                f"the pattern {pattern[:80]!r} of '{key}' backtracks without bound: {complaint}",
                key,
                remedy="let repeats that follow or hold each other begin with different characters, or make them "
                "possessive (`a++`) or atomic (`(?>…)`)",
            )
        return guarded

    def derived(self, pattern: str) -> Pattern:
        """The compiled pattern of phrases and words, which cannot hang."""
        return compile_re(pattern, re.MULTILINE) if self._trusted else self._guarded("pattern", pattern)

    def _guarded(self, key: str, pattern: str) -> GuardedPattern:
        import regex

        from corpuslint.packs.guarded import GuardedPattern

        try:
            return GuardedPattern(regex.compile(pattern, regex.VERSION1 | regex.MULTILINE), self._clock)
        except regex.error as error:
            raise self.error(f"'{key}' is not a regular expression: {error}", key) from None
        except RecursionError:
            raise self.error(f"'{key}' is nested too deeply", key) from None

    def phrases(self, key: str, phrases: Texts, files: Texts) -> tuple[str, ...]:
        """The phrases of a key, and of the files that the key beside it names."""
        listed = [one for name in as_texts(files) for one in phrases_in(self._inside(name, f"{key}-file"))]
        every = (*as_texts(phrases), *listed)
        if not all(map(folded_phrase, every)):
            remedy = "take out what is empty; signs alone are looked for with 'pattern'"
            raise self.error(f"each of {key!r} needs a letter or a digit", key, remedy)
        return every

    def pairs(self, name: str) -> Pairs:
        """The entries `wrong TAB right` of a file of the pack."""
        return pairs_in(self._inside(name, "words-file"))

    def named(self, name: str) -> Any:
        """What the Python file beside this one calls `name`; the pack must list that file."""
        path = self.file.path.with_suffix(".py")
        manifest = self.file.path.parent / "pack.toml"
        if not path.is_file() or (
            not self._trusted and path.name not in as_texts(PackFile(manifest).data["pack"].get("python", ()))
        ):
            raise self.error(f"'{path.name}' beside this file, which holds '{name}', is not listed", "kind")
        if not hasattr(module_of(path), name):
            raise self.error(f"'{path.name}' has no '{name}'", "kind", f"write `def {name}(rule, anatomy)` there")
        return getattr(module_of(path), name)

    def _inside(self, name: str, key: str) -> Path:
        path = self.file.path.parent / name
        if not path.is_file() or not path.resolve().is_relative_to(self.file.path.parent.resolve()):
            raise self.error(f"'{key}' names '{name}', which is not in the pack", key)
        return path
