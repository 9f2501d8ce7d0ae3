"""The kinds of declarative rules. A pack's TOML names a kind and fills in its keys.

Each class is one kind: its fields are its keys (`docs/packs.md` explains them), `prepare` compiles what is written,
`run` reports. `tables.RuleTable` holds the keys of every kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, Protocol, TypeAlias
from unicodedata import name

from msgspec import Meta, Struct, structs

from corpuslint.errors import PackError
from corpuslint.facts import furniture
from corpuslint.facts.anatomy import Anatomy
from corpuslint.facts.layout import Line, cut, edits_by_line
from corpuslint.facts.phrasebook import folded_phrase
from corpuslint.facts.protected import is_in_address
from corpuslint.model.diagnostic import Diagnostic, Edit, FieldChange, Fix
from corpuslint.model.levels import Applicability, Severity
from corpuslint.model.rule import RuleSpec, Triggers
from corpuslint.packs.tables import PackFile, RuleTable
from corpuslint.text import invisible, markup
from corpuslint.text.patterns import compile_re
from corpuslint.text.phrases import phrase_pattern
from corpuslint.text.positions import WHOLE, Span
from corpuslint.text.strict import Texts, as_texts
from corpuslint.text.visible import flat

if TYPE_CHECKING:
    from corpuslint.packs.guarded import GuardedPattern

Pairs = tuple[tuple[str, str], ...]
Pattern: TypeAlias = "re.Pattern[str] | GuardedPattern"
"""A compiled pattern: `re`'s of a shipped rule, a guarded one of anybody else's."""


Sure = Callable[[Anatomy, Any], float]
"""How sure a match is, 0.0 for no finding."""


class RuleSource(Protocol):
    """What a kind may ask of the table it is made from."""

    def error(self, message: str, key: str = "", remedy: str = "") -> PackError: ...

    def whole(self, pattern: str) -> str: ...

    def written(self, key: str, pattern: str) -> Pattern: ...

    def derived(self, pattern: str) -> Pattern: ...

    def phrases(self, key: str, phrases: Texts, files: Texts) -> tuple[str, ...]: ...

    def pairs(self, name: str) -> Pairs: ...

    def named(self, name: str) -> Any: ...


class Prepared(Struct, frozen=True):
    """What a kind makes of its keys: compiled patterns, what wakes the rule, and words with the right ones.

    `replaces` are the texts that a fix is known to replace, `takes` says that it takes words along.
    """

    patterns: tuple[Pattern, ...] = ()
    triggers: Triggers = Triggers()
    words: Mapping[str, str] = {}
    replaces: Pairs = ()
    takes: bool = False
    function: Callable[[DeclarativeRule, Anatomy], Iterator[Diagnostic]] | None = None
    sure: Sure | None = None
    write: Callable[[Any], str] | None = None
    lists: Mapping[str, frozenset[str]] = {}


class DeclarativeRule(Struct, frozen=True):
    """A rule whose behaviour is one of the kinds: the `number`-th of its file."""

    spec: RuleSpec
    kind: Kind
    prepared: Prepared
    applicability: Applicability
    file: PackFile
    number: int
    start: Callable[[str], None] | None = None

    @property
    def written(self) -> str:
        """The table as it lies in the file, up to its examples and docs; "" where a function does the work."""
        return "" if isinstance(self.kind, Python) else self.file.rule_text(self.number)

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """The findings of this rule, in the order of the text."""
        if self.kind.source and not any(fnmatchcase(anatomy.document.site, one) for one in as_texts(self.kind.source)):
            return iter(())
        if self.start is not None:
            self.start(anatomy.text)
        return self.kind.run(self, anatomy)

    def fix(
        self,
        edits: Iterable[Edit],
        title: str = "",
        fields: tuple[FieldChange, ...] = (),
        applicability: Applicability | None = None,
    ) -> Fix:
        """The fix that makes `edits`: a title of the table goes before `title`, `applicability` before the table's."""
        return Fix(self.kind.fix.title or title, applicability or self.applicability, tuple(edits), fields)

    def report(
        self, anatomy: Anatomy, span: Span = WHOLE, fix: Fix | None = None, places: Sequence[Span] = (), **told: Any
    ) -> Diagnostic:
        """A finding at `span`; `told` is what `RuleSpec.report` takes, and fills the braces of the message, as the
        `places` do that the finding is about."""
        for key, make in _named_in(self.spec.message):
            if key not in told:
                told[key] = make(anatomy.text, places or (span,))
        sure = told.setdefault("confidence", self.kind.confidence)
        if self.kind.doubt.words and self._is_doubted(span.of(anatomy.text)):
            told["confidence"] = min(sure, _DOUBTED)
        if fix and sure > _DOUBTED and fix.applicability is Applicability.UNSAFE and _is_told(anatomy, span):
            told["confidence"] = _DOUBTED
            told["severity"] = min(told.get("severity") or self.spec.severity, Severity.WARNING)
        return self.spec.report(anatomy.document, span, fix=fix, **told)

    def _is_doubted(self, text: str) -> bool:
        """Whether an article may say it: it has a word of the table's doubt, and none that lifts it, or quotes."""
        words, unless = (map(folded_phrase, as_texts(one)) for one in (self.kind.doubt.words, self.kind.doubt.unless))
        said = f" {folded_phrase(text)}"
        return any(word in said for word in words) and (
            bool(_QUOTE.search(text)) or not any(f" {word}" in said for word in unless)
        )

    def by_line(
        self, anatomy: Anatomy, edits: Iterable[Edit], title: str = "", applicability: Applicability | None = None
    ) -> Iterator[Diagnostic]:
        """One finding for the edits of each line, in the order of the text."""
        for group in edits_by_line(anatomy.text, edits):
            places = [edit.span for edit in group]
            fix = self.fix(group, title, applicability=applicability)
            yield self.report(anatomy, Span(places[0].start, places[-1].end), fix, places)

    def lists(self, name: str, phrase: str) -> bool:
        """Whether the words that the table lists under `name` have `phrase`, in whatever spelling."""
        return folded_phrase(phrase) in self.prepared.lists[name]

    def line(self, anatomy: Anatomy, line: Line, fields: tuple[FieldChange, ...] = (), **told: Any) -> Diagnostic:
        """A finding at a line, which the fix takes out and lifts `fields` from; `told` is what `report` takes."""
        fix = self.fix((Edit(line.full, ""),), "Delete the line", fields) if self.kind.fix.delete else None
        return self.report(anatomy, line.body, fix, **told)


def _is_told(anatomy: Anatomy, span: Span) -> bool:
    """Whether a place is a whole line that the article itself may speak of."""
    line = anatomy.lines[anatomy.index.position(span.start).row - 1]
    return span == line.body and line.number in anatomy.fact(furniture.told_of)


_DOUBTED = 0.8
_QUOTE = compile_re('[«»"“”„]')


def _code_points(text: str, places: Sequence[Span]) -> str:
    return ", ".join(f"U+{ord(one):04X}" for one in sorted({one for place in places for one in place.of(text)}))


def _lines_in(content: str) -> int:
    ends = content.count("\n") + content.count("\r") - content.count("\r\n")
    return ends + (content[-1:] not in ("\r", "\n"))


_NAMED: Mapping[str, Callable[[str, Sequence[Span]], Any]] = {
    "text": lambda text, places: places[0].of(text),
    "found": lambda text, places: flat(places[0].of(text)),
    "count": lambda _, places: len(places),
    "characters": lambda text, places: sum(len(place.of(text)) for place in places),
    "names": _code_points,
    "lines": lambda text, places: _lines_in(places[0].of(text)),
}
"""What the braces of a message stand for."""


@cache
def _named_in(message: str) -> tuple[tuple[str, Callable[[str, Sequence[Span]], Any]], ...]:
    return tuple((key, make) for key, make in _NAMED.items() if f"{{{key}}}" in message)


class Kind(RuleTable, frozen=True, kw_only=True):
    """What all kinds are."""

    def prepare(self, source: RuleSource) -> Prepared:
        """Compile what is written."""
        raise NotImplementedError

    def run(self, rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """The findings in one document."""
        raise NotImplementedError

    def lists_read(self) -> tuple[str, ...]:
        """The shipped lists that all rules of the kind look words up in."""
        return ()


class Python(Kind, frozen=True, kw_only=True, tag="python"):
    """What a function finds that stands in the Python file of the table's own name, or a class that judges a corpus."""

    check: str = ""
    words: Mapping[str, Texts] = {}

    def prepare(self, source: RuleSource) -> Prepared:
        function = source.named(self.check or self.name.replace("-", "_"))
        lists = {key: frozenset(map(folded_phrase, as_texts(words))) for key, words in self.words.items()}
        return Prepared(function=function, lists=lists)

    def run(self, rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
        assert rule.prepared.function is not None
        return rule.prepared.function(rule, anatomy)


class Words(Kind, frozen=True, kw_only=True):
    """What kinds share that look for a pattern, or for phrases in any spelling."""

    pattern: Texts = ""
    phrases: Texts = ()
    phrases_file: Texts = ()

    def looked_for(self, source: RuleSource, *, starts: bool = False) -> tuple[tuple[Pattern, ...], Triggers]:
        """The compiled patterns, and what wakes the rule."""
        phrases = source.phrases("phrases", self.phrases, self.phrases_file)
        if bool(self.pattern) == bool(phrases):
            raise source.error("needs either 'pattern' or 'phrases'")
        if self.pattern:
            patterns = as_texts(self.pattern)
            if starts:  # a line is looked at once, whatever the number of patterns
                patterns = ("|".join(f"(?:{one})" for one in patterns) if len(patterns) > 1 else patterns[0],)
            triggers = Triggers(patterns=tuple(_without_anchors(source.whole(one)) for one in patterns))
            return tuple(source.written("pattern", one) for one in patterns), triggers
        joined = "|".join(_unsplit(phrase) for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))
        before = "" if starts else _NO_LETTER_BEFORE
        return (source.derived(f"{before}(?:{joined}){_NO_LETTER_BEHIND}"),), Triggers(literals=phrases)


class Find(Words, frozen=True, kw_only=True, tag="find"):
    """Every match of a pattern, of phrases, of markup or of wrong words, each or those of a line together."""

    markup: Literal["", "shortcode", "tag", "comment", "placeholder"] = ""
    map: Mapping[str, str] = {}
    words_file: str = ""
    group: Literal["match", "line", "text"] = "match"
    outside: Literal["", "protected", "addresses"] = ""
    language: str = ""
    sure: str = ""
    write: str = ""

    def prepare(self, source: RuleSource) -> Prepared:
        given = (self.pattern, self.phrases or self.phrases_file, self.markup, self.map, self.words_file)
        if sum(map(bool, given)) != 1:
            raise source.error("needs one of 'pattern', 'phrases', 'markup', 'map' and 'words-file'")
        words = self.map or (dict(source.pairs(self.words_file)) if self.words_file else {})
        patterns: tuple[Pattern, ...]
        if self.markup:
            patterns, triggers = (getattr(markup, self.markup.upper()),), Triggers()
        elif words:
            patterns, triggers = _looked_up(source, words, whole=not self.map)
        else:
            patterns, triggers = self.looked_for(source)
        if (
            len(patterns) > 1
            and not isinstance(self.fix.replace, str | None)
            and len(self.fix.replace) != len(patterns)
        ):
            raise source.error("'replace' has one text, or one for each pattern", "fix")
        deleted = triggers.literals if self.fix.delete else ()
        replaces = (*words.items(), *((phrase, "") for phrase in deleted))
        sure, write = (source.named(name) if name else None for name in (self.sure, self.write))
        takes = self.fix.delete == "line" or bool(write)
        return Prepared(patterns, triggers, words, replaces=replaces, takes=takes, sure=sure, write=write)

    def run(self, rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
        every = [self._places(number, rule, anatomy) for number in range(len(rule.prepared.patterns))]
        found = every[0] if len(every) == 1 else _apart(sorted(chain(*every), key=itemgetter(0)))
        for group in _grouped(anatomy.text, found, self.group):
            edits = [one.edit for one in group if one.edit is not None]
            title = "Replace it" if self.fix.replace is not None else _DELETES.get(self.fix.delete, "")
            places = [one.span for one in group]
            span = Span(places[0].start, places[-1].end)
            fix, least = rule.fix(edits, title) if edits else None, min(one.sure for one in group)
            if fix and rule.prepared.words:
                title = self.fix.title or "Replace with “{right}”"
                fix = structs.replace(fix, title=title.replace("{right}", edits[0].content))
            elif (
                fix and self.markup and fix.applicability is Applicability.SAFE and _WORDS.search(span.of(anatomy.text))
            ):
                fix = structs.replace(fix, applicability=Applicability.UNSAFE)
            yield rule.report(anatomy, span, fix, places, confidence=least, **group[0].named)

    def _places(self, number: int, rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[_Found]:
        """What one of the patterns finds, with the edit that mends it."""
        pattern, sure, write = rule.prepared.patterns[number], rule.prepared.sure, rule.prepared.write
        reported, edited = (name if name in pattern.groupindex else 0 for name in ("span", "edit"))
        told = [name for name in pattern.groupindex if f"{{{name}}}" in rule.spec.message]
        for match in pattern.finditer(anatomy.text):
            span = Span(*match.span(reported))
            place = Span(*match.span(edited)) if edited else span
            if span.start == span.end or self._is_left(anatomy, place):
                continue
            sureness = self.confidence if sure is None else sure(anatomy, match)
            content = write(match) if write is not None else rule.prepared.words.get(match[0])
            if sureness and content != "":
                edit = self._edit(match, place, number, anatomy) if content is None else Edit(place, content)
                named = {key: match[key] for key in told}
                if rule.prepared.words and content:
                    named |= {"right": content, "name": ", ".join(name(one, f"U+{ord(one):04X}") for one in content)}
                yield _Found(span, edit, sureness, named)

    def _is_left(self, anatomy: Anatomy, span: Span) -> bool:
        if self.language and anatomy.language_at(span.start) != self.language:
            return True
        if self.outside == "protected":
            return anatomy.is_protected(span)
        return self.outside == "addresses" and is_in_address(anatomy.text, span)

    def _edit(self, match: Any, place: Span, number: int, anatomy: Anatomy) -> Edit | None:
        if self.fix.replace is not None:
            content = self.fix.replace if isinstance(self.fix.replace, str) else self.fix.replace[number]
            return Edit(place, match.expand(content) if "\\" in content else content)
        if self.fix.delete == "line":
            return Edit(_whole_lines(anatomy, place), "")
        if self.fix.delete == "piece":
            return cut(anatomy.text, place)
        return Edit(place, "") if self.fix.delete else None


def _looked_up(source: RuleSource, words: Mapping[str, str], *, whole: bool) -> tuple[tuple[Pattern, ...], Triggers]:
    """A pattern for any of `words`, the longest first, and what wakes its rule; `whole` words, or parts of them too."""
    any_word = "|".join(map(re.escape, words))
    longest_first = "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
    if not whole:
        return (source.derived(longest_first),), Triggers(patterns=tuple(map(re.escape, sorted(words))))
    apart = f"[^{invisible.LETTERS}]"
    pattern = source.derived(f"{_NO_LETTER_BEFORE}(?:{longest_first}){_NO_LETTER_BEHIND}")
    return (pattern,), Triggers(patterns=(f"(?:^|{apart})(?:{any_word})(?:$|{apart})",))


_WORDS = compile_re(r"(?![ -~])[^\W\d_]")
"""Letters beyond ASCII are words, in markup too."""
_DELETES = {"match": "Delete it", "piece": "Delete it", "line": "Delete the line"}


class _Found(NamedTuple):
    """A place, the edit that mends it, how sure it is, and the named groups that found it."""

    span: Span
    edit: Edit | None
    sure: float
    named: dict[str, str]


def _apart(found: Iterable[_Found]) -> Iterator[_Found]:
    """Of places that overlap, the first."""
    end = 0
    for one in found:
        if one.span.start >= end:
            end = one.span.end
            yield one


def _grouped(text: str, found: Iterable[_Found], group: str) -> Iterator[Sequence[_Found]]:
    """Places one by one, those of a line together, or all of them together."""
    if group == "match":
        yield from ((one,) for one in found)
        return
    together: list[_Found] = []
    for one in found:
        if together and group == "line" and text.find("\n", together[-1].span.end, one.span.start) >= 0:
            yield together
            together = []
        together.append(one)
    if together:
        yield together


class MatchLine(Words, frozen=True, kw_only=True, tag="line"):
    """Whole lines, lines that start with a pattern, or labels with a value or none, where they may stand; with what
    belongs to them below."""

    labels: Texts = ()
    labels_file: Texts = ()
    value: Literal["", "present", "empty"] = ""
    lift: str = ""
    match: Literal["whole", "start"] = "whole"
    where: Literal["any", "head", "tail", "edges"] = "any"
    reach: Annotated[int, Meta(ge=1)] | None = None
    anywhere: str = ""
    longest: int = 0
    fewest: int = 0
    through: Literal["", "blank", "end"] = ""
    until: str = ""
    sure: str = ""

    def prepare(self, source: RuleSource) -> Prepared:
        labels = self.labels or self.labels_file
        if sum(map(bool, (self.pattern, self.phrases or self.phrases_file, labels))) != 1:
            raise source.error("needs one of 'pattern', 'phrases' and 'labels'")
        if self.value and not labels:
            raise source.error("'value' needs 'labels'", "value")
        if self.reach and self.where == "any":
            raise source.error("'reach' needs 'where'", "reach", 'write where = "head", "tail" or "edges"')
        for one, other in (("through", "until"), ("lift", "through"), ("lift", "until")):
            if getattr(self, one) and getattr(self, other):
                raise source.error(f"'{one}' and '{other}' cannot stand together", other)
        patterns: tuple[Pattern, ...]
        if listed := source.phrases("labels", self.labels, self.labels_file):
            patterns, triggers = (source.derived(self._label(listed)),), Triggers(literals=listed)
        else:
            patterns, triggers = self.looked_for(source, starts=True)
        if self.lift and "value" not in patterns[0].groupindex:
            what = "'labels' that are not empty, or a pattern with a group (?P<value>…)"
            raise source.error(f"'lift' needs a value: {what}", "lift")
        for key, pattern in (("anywhere", self.anywhere), ("until", self.until)):
            patterns += (source.written(key, pattern),) if pattern else ()
        sure = source.named(self.sure) if self.sure else None
        takes = bool(self.lift or (self.fix.delete and not self.pattern))
        return Prepared(patterns, triggers, takes=takes, sure=sure)

    def _label(self, listed: Sequence[str]) -> str:
        labels = "|".join(phrase_pattern(label) for label in sorted(listed, key=lambda label: (-len(label), label)))
        if self.value == "empty":
            return rf"(?:{labels})\s*{_COLON}|{_COLON}\s*(?:{labels})"
        return rf"(?:{labels})\s*{_COLON}\s*(?P<value>\S.*)"

    def run(self, rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
        lines = anatomy.filled
        if len(lines) < self.fewest:
            return
        pattern, *rest = rule.prepared.patterns
        until = rest.pop() if self.until else None
        matches = pattern.fullmatch if self.match == "whole" else pattern.match
        inner = inner_lines(len(lines), self.where, self.reach or _REACH)
        last = -1
        for index, line in enumerate(lines):
            if line.number <= last or (self.longest and len(line.text) > self.longest):
                continue
            found = matches(line.text) if index not in inner else None
            if found or any(one.fullmatch(line.text) for one in rest):
                sure = rule.prepared.sure(anatomy, line) if rule.prepared.sure else self.confidence
                if self.lift and found and found["value"]:
                    fields = (FieldChange(self.lift, found["value"].strip()),)
                    fix = rule.fix((Edit(line.full, ""),), f"Lift the line into `{self.lift}`", fields)
                    yield rule.report(anatomy, line.body, fix, confidence=sure)
                elif self.through or until:
                    end = self._end(anatomy.lines, line, until)
                    edit = Edit(Span(line.span.start, end.full.end), "")
                    taken = rule.fix((edit,), "Delete the block") if self.fix.delete else None
                    yield rule.report(anatomy, Span(line.body.start, end.body.end), taken, confidence=sure)
                    last = end.number
                else:
                    yield rule.line(anatomy, line, confidence=sure)

    def _end(self, lines: Sequence[Line], first: Line, until: Pattern | None) -> Line:
        """The last line with text that belongs to `first`."""
        end = first
        for number in range(first.number, len(lines)):  # numbers begin with 1
            line = lines[number]
            if until.match(line.text) if until and line.text else self.through == "blank" and not line.text:
                break
            end = line if line.text else end
        return end


_COLON = "[:：﹕]"
_REACH = 3
"""Lines at an edge of the text, where a table does not say how many."""


def inner_lines(count: int, where: str, reach: int) -> range:
    """The lines, of so many filled ones, at which a rule does not look."""
    if where == "head":
        return range(reach, count)
    if where == "tail":
        return range(count - reach)
    return range(reach, count - reach) if where == "edges" else range(0)


class Ending(Kind, frozen=True, kw_only=True, tag="ending"):
    """A mark at the end of one of the last lines, or a line that is nothing else."""

    pattern: str
    reach: int = 5
    after: int = 0
    alone: int = 0

    def prepare(self, source: RuleSource) -> Prepared:
        pattern = source.written("pattern", self.pattern)
        if "mark" not in pattern.groupindex:
            raise source.error("the pattern of an ending has a group (?P<mark>…), which is reported", "pattern")
        return Prepared((pattern,), Triggers(patterns=(_without_anchors(source.whole(self.pattern)),)))

    def run(self, rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
        lines, pattern = anatomy.filled, rule.prepared.patterns[0]
        last = len(lines) - self.reach
        for index, line in enumerate(lines):
            if index < last and not (index and len(line.text) <= self.alone):
                continue
            match = pattern.search(line.text)
            if match is None:
                continue
            start, end = match.span("mark")
            if (index < last and start) or start < self.after or (len(lines) == 1 and not start):
                continue
            span = Span(line.body.start + start, line.body.start + end)
            yield rule.report(anatomy, span, rule.fix((cut(anatomy.text, span),), "Delete the mark"))


MEASURES: dict[str, Callable[[Anatomy], int]] = {
    "characters": lambda anatomy: len(anatomy.text.strip()),
    "words": lambda anatomy: len(anatomy.text.split()),
    "lines": lambda anatomy: len(anatomy.filled),
}


class Limit(Kind, frozen=True, kw_only=True, tag="limit"):
    """A number that must lie between two: the size of the text, the matches of a pattern, or a metadata field, 1 where
    it is declared."""

    measure: Literal["", "characters", "words", "lines"] = ""
    pattern: str = ""
    metadata: str = ""
    min: int = 0
    max: int | None = None

    def prepare(self, source: RuleSource) -> Prepared:
        if sum(map(bool, (self.measure, self.pattern, self.metadata))) != 1:
            raise source.error("needs one of 'measure', 'pattern' and 'metadata'")
        if self.max is None and self.min < 1:
            raise source.error("needs 'min' or 'max'")
        if self.max is not None and self.min > self.max:
            raise source.error(f"'min' must not be above 'max', which is {self.max}", "min" if self.min else "max")
        if not self.pattern:
            return Prepared()
        wakes = Triggers() if self.min else Triggers(patterns=(source.whole(self.pattern),))
        return Prepared((source.written("pattern", self.pattern),), wakes)

    def run(self, rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
        if self.metadata:
            size = int(bool(anatomy.document.declared(self.metadata)))
        elif self.pattern:
            size = sum(1 for _ in rule.prepared.patterns[0].finditer(anatomy.text))
        else:
            size = MEASURES[self.measure](anatomy)
        if size < self.min or (self.max is not None and size > self.max):
            yield rule.spec.report(anatomy.document, WHOLE, evidence={self.measure or "count": size})


_NO_LETTER_BEFORE = rf"(?<![^\W\d_])(?<![{invisible.MARKS}])"
_NO_LETTER_BEHIND = rf"(?![^\W\d_]|[{invisible.MARKS}])"


def _unsplit(phrase: str) -> str:
    """The pattern of a phrase; a number at its edge is no part of a longer one."""
    before, after = r"(?<!\d)" * phrase[:1].isdigit(), r"(?!\d)" * phrase[-1:].isdigit()
    return f"{before}{phrase_pattern(phrase)}{after}"


def _without_anchors(pattern: str) -> str:
    stripped = pattern.removeprefix("^")
    return stripped.removesuffix("$") if not stripped.endswith("\\$") else stripped


def _whole_lines(anatomy: Anatomy, span: Span) -> Span:
    touched = [line for line in anatomy.lines if line.full.start < span.end and span.start < line.full.end]
    return Span(touched[0].full.start, touched[-1].full.end) if touched else span
