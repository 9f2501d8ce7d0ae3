"""The templates of declarative rules. A pack's TOML names a kind and fills it in.

Keys every rule has: `code name kind severity message docs invalid valid` and, optional, `summary languages status
default before budget triggers scope version`. `docs` holds `finds`, `why`, `fix-safety`, `references`. Keys by kind:

find     `pattern` (regular expression) or `phrases` / `phrases-file`. A group `(?P<span>…)` narrows what is reported.
replace  `map`: a table of literal text to its replacement.
line     `pattern` or `phrases`, matched against a whole line without its edges (`match = "whole"`, the default), or
         its `"start"`; `where = "any" | "head" | "tail"` with `reach` lines (default 3) narrows the place.
block    a line like `line`'s `pattern`, and what follows it `through = "blank" | "end"`, or up to a line matching
         `until`.
label    `labels` or `labels-file`: label words at a line's start (or, mirrored by a broken page, at its end), a
         colon, and `value = "empty" | "present"`. With `lift = "source"` the value becomes that metadata field.
forbid   `metadata`: a field that must not be there; or `pattern`: text that must not be.
require  `metadata`: a field that must be there; or `pattern`: text that must be.
limit    `measure = "characters" | "words" | "lines"` with `min` and/or `max`.
lexicon  `words-file`: lines of `wrong TAB right`; whole words only.

`fix`: `{ delete = "match" | "line" | "block", applicability = "safe" | "unsafe" | "display", title = "…" }` or
`{ replace = "…" }`, in which `\\1` stands for a group. A safe fix removes no word: without `applicability` only a `map`
and a `lexicon` that change no letter, folded, and the deletion of phrases without letters are safe. Phrase files hold
one entry a line, `language TAB phrase`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import regex

from corpuslint.facts.anatomy import Anatomy
from corpuslint.facts.layout import Line
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.fix import Edit, FieldChange, Fix
from corpuslint.model.levels import Applicability
from corpuslint.model.rule import RuleSpec
from corpuslint.text.positions import WHOLE, Span

RULE_SECONDS = 2.0
"""Processor time that a rule's pattern may take for each million characters of a document, and at least; a rule beyond
that is reported as LNT003 for that document, and what it has found there is not."""

KINDS = ("find", "replace", "line", "block", "label", "forbid", "require", "limit", "lexicon")
_COLON = "[:：﹕]"


class _Clock:
    """The time one rule has for one document, whatever the number of its lines."""

    __slots__ = ("_end",)

    def __init__(self, text: str) -> None:
        self._end = time.process_time() + RULE_SECONDS * (1 + len(text) // 1_000_000)

    @property
    def left(self) -> float:
        """Seconds; `regex` takes them for its own `timeout`, which counts processor time as well."""
        left = self._end - time.process_time()
        if left <= 0:
            raise TimeoutError
        return left


@dataclass(frozen=True, slots=True)
class FixTemplate:
    """The `fix` table of a declarative rule."""

    delete: str = ""
    replace: str = ""
    replaces: bool = False
    title: str = ""
    applicability: Applicability = Applicability.UNSAFE

    @property
    def present(self) -> bool:
        """Whether the rule offers a fix at all."""
        return bool(self.delete) or self.replaces


@dataclass(frozen=True, slots=True)
class DeclarativeRule:
    """A rule whose behaviour is one of the kinds."""

    spec: RuleSpec
    run: Callable[[RuleSpec, Anatomy], Iterator[Diagnostic]]

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """The findings of this rule, in the order of the text."""
        return self.run(self.spec, anatomy)


@dataclass(frozen=True, slots=True)
class Find:
    """Kind `find`: every match of a pattern."""

    pattern: regex.Pattern[str]
    fix: FixTemplate = FixTemplate()

    def __call__(self, spec: RuleSpec, anatomy: Anatomy) -> Iterator[Diagnostic]:
        narrowed = "span" in self.pattern.groupindex
        for match in self.pattern.finditer(anatomy.text, timeout=_Clock(anatomy.text).left):
            span = Span(*match.span("span" if narrowed else 0))
            if span.start == span.end:
                continue
            fix = None
            if self.fix.replaces:
                fix = _fix(self.fix, (Edit(span, match.expand(self.fix.replace)),), "Replace it")
            elif self.fix.delete == "line":
                fix = _fix(self.fix, (Edit(_whole_lines(anatomy, span), ""),), "Delete the line")
            elif self.fix.delete:
                fix = _fix(self.fix, (Edit(span, ""),), "Delete it")
            yield _report(spec, anatomy, span, fix)


@dataclass(frozen=True, slots=True)
class Replace:
    """Kind `replace`: literal texts and what they should be."""

    replacements: tuple[tuple[str, str], ...]
    pattern: regex.Pattern[str]
    fix: FixTemplate = FixTemplate()

    def __call__(self, spec: RuleSpec, anatomy: Anatomy) -> Iterator[Diagnostic]:
        table = dict(self.replacements)
        for match in self.pattern.finditer(anatomy.text, timeout=_Clock(anatomy.text).left):
            span = Span(*match.span())
            content = table[match[0]]
            yield _report(spec, anatomy, span, _fix(self.fix, (Edit(span, content),), f"Replace with “{content}”"))


@dataclass(frozen=True, slots=True)
class MatchLine:
    """Kind `line`: whole lines, or lines that start with a pattern, where they may stand."""

    pattern: regex.Pattern[str]
    whole: bool = True
    where: str = "any"
    reach: int = 3
    fix: FixTemplate = FixTemplate()

    def __call__(self, spec: RuleSpec, anatomy: Anatomy) -> Iterator[Diagnostic]:
        clock = _Clock(anatomy.text)
        matches = self.pattern.fullmatch if self.whole else self.pattern.match
        for line in lines_where(anatomy, self.where, self.reach):
            if matches(line.text, timeout=clock.left):
                fix = _fix(self.fix, (Edit(line.full, ""),), "Delete the line") if self.fix.delete else None
                yield _report(spec, anatomy, line.body, fix)


@dataclass(frozen=True, slots=True)
class Block:
    """Kind `block`: a line and what belongs to it below."""

    pattern: regex.Pattern[str]
    whole: bool = True
    through: str = "blank"
    until: regex.Pattern[str] | None = None
    fix: FixTemplate = FixTemplate()

    def __call__(self, spec: RuleSpec, anatomy: Anatomy) -> Iterator[Diagnostic]:
        lines = anatomy.lines
        clock = _Clock(anatomy.text)
        matches = self.pattern.fullmatch if self.whole else self.pattern.match
        number = 0
        while number < len(lines):
            line = lines[number]
            if not line.text or not matches(line.text, timeout=clock.left):
                number += 1
                continue
            last = number
            while last + 1 < len(lines) and not self._ends(lines[last + 1], clock):
                last += 1
            while last > number and not lines[last].text:
                last -= 1
            span = Span(line.body.start, lines[last].body.end)
            edits = (Edit(Span(line.span.start, lines[last].full.end), ""),)
            yield _report(spec, anatomy, span, _fix(self.fix, edits, "Delete the block") if self.fix.delete else None)
            number = last + 1

    def _ends(self, line: Line, clock: _Clock) -> bool:
        if self.until is not None:
            return bool(line.text and self.until.match(line.text, timeout=clock.left))
        return self.through == "blank" and not line.text


@dataclass(frozen=True, slots=True)
class Label:
    """Kind `label`: a label word, a colon, and a value or none."""

    labels: str
    value: str = "present"
    lift: str = ""
    fix: FixTemplate = FixTemplate()
    with_value: regex.Pattern[str] = field(init=False)
    empty: regex.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        labels = f"(?:{self.labels})"
        with_value = regex.compile(rf"{labels}\s*{_COLON}\s*(?P<value>\S.*)", regex.VERSION1)
        empty = regex.compile(rf"{labels}\s*{_COLON}|{_COLON}\s*{labels}", regex.VERSION1)
        object.__setattr__(self, "with_value", with_value)
        object.__setattr__(self, "empty", empty)

    def __call__(self, spec: RuleSpec, anatomy: Anatomy) -> Iterator[Diagnostic]:
        clock = _Clock(anatomy.text)
        for line in anatomy.filled:
            if self.value == "empty":
                if self.empty.fullmatch(line.text, timeout=clock.left):
                    fix = _fix(self.fix, (Edit(line.full, ""),), "Delete the line") if self.fix.delete else None
                    yield _report(spec, anatomy, line.body, fix)
                continue
            match = self.with_value.fullmatch(line.text, timeout=clock.left)
            if match is None:
                continue
            fix = None
            if self.lift:
                fields = (FieldChange(self.lift, match["value"].strip()),)
                fix = _fix(self.fix, (Edit(line.full, ""),), f"Lift the line into `{self.lift}`", fields)
            elif self.fix.delete:
                fix = _fix(self.fix, (Edit(line.full, ""),), "Delete the line")
            yield _report(spec, anatomy, line.body, fix)


@dataclass(frozen=True, slots=True)
class Presence:
    """Kinds `forbid` and `require`: a metadata field or a text that must not, or must, be there."""

    wanted: bool
    metadata: str = ""
    pattern: regex.Pattern[str] | None = None

    def __call__(self, spec: RuleSpec, anatomy: Anatomy) -> Iterator[Diagnostic]:
        if self.pattern is not None:
            present = bool(self.pattern.search(anatomy.text, timeout=_Clock(anatomy.text).left))
        else:
            present = bool(anatomy.document.declared(self.metadata))
        if present != self.wanted:
            yield spec.report(anatomy.document, WHOLE)


@dataclass(frozen=True, slots=True)
class Limit:
    """Kind `limit`: a size that must lie between two numbers."""

    measure: str
    least: int = 0
    most: int = -1

    def __call__(self, spec: RuleSpec, anatomy: Anatomy) -> Iterator[Diagnostic]:
        size = MEASURES[self.measure](anatomy)
        if size < self.least or 0 <= self.most < size:
            yield spec.report(anatomy.document, WHOLE, evidence={self.measure: size})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Kind `lexicon`: words that are always wrong, and the right ones."""

    words: tuple[tuple[str, str], ...]
    pattern: regex.Pattern[str]
    fix: FixTemplate = FixTemplate()

    def __call__(self, spec: RuleSpec, anatomy: Anatomy) -> Iterator[Diagnostic]:
        table = dict(self.words)
        for match in self.pattern.finditer(anatomy.text, timeout=_Clock(anatomy.text).left):
            right = table[match[0]]
            span = Span(*match.span())
            yield _report(spec, anatomy, span, _fix(self.fix, (Edit(span, right),), f"Replace with “{right}”"))


def whole_words(words: Sequence[str]) -> str:
    """A pattern for any of `words` that has no letter, mark or tatweel on either side."""
    alternatives = "|".join(sorted(map(regex.escape, words), key=lambda word: (-len(word), word)))
    return rf"(?<![\p{{L}}\p{{M}}\u0640])(?:{alternatives})(?![\p{{L}}\p{{M}}\u0640])"


def lines_where(anatomy: Anatomy, where: str, reach: int) -> Sequence[Line]:
    """The filled lines at the head, at the tail, or all of them."""
    if where == "head":
        return anatomy.filled[:reach]
    if where == "tail":
        return anatomy.filled[-reach:]
    return anatomy.filled


MEASURES: dict[str, Callable[[Anatomy], int]] = {
    "characters": lambda anatomy: len(anatomy.text.strip()),
    "words": lambda anatomy: len(anatomy.text.split()),
    "lines": lambda anatomy: len(anatomy.filled),
}


def _whole_lines(anatomy: Anatomy, span: Span) -> Span:
    touched = [line for line in anatomy.lines if line.full.start < span.end and span.start < line.full.end]
    return Span(touched[0].full.start, touched[-1].full.end) if touched else span


def _fix(
    template: FixTemplate, edits: tuple[Edit, ...], title: str, fields: tuple[FieldChange, ...] = ()
) -> Fix | None:
    return Fix(template.title or title, template.applicability, edits, fields)


def _report(spec: RuleSpec, anatomy: Anatomy, span: Span, fix: Fix | None) -> Diagnostic:
    named: dict[str, Any] = {"text": anatomy.text[span.start : span.end]} if "{text}" in spec.message else {}
    return spec.report(anatomy.document, span, fix=fix, **named)
