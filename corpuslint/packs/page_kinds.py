"""Kinds of declarative rules that report what the facts know of a document: pieces of the page, letters of a language.

Their lists and models are shared by all rules; a rule chooses from them, and says what it is called and what becomes
of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any, Literal

from msgspec import structs

from corpuslint.facts import furniture, openers, page_lines, phrasebook
from corpuslint.facts.anatomy import Anatomy
from corpuslint.facts.furniture import Furniture, Piece
from corpuslint.facts.layout import Line
from corpuslint.facts.sources import SourceRole
from corpuslint.languages import LANGUAGES, same_letters
from corpuslint.model.diagnostic import Diagnostic, Edit, EvidenceValue, FieldChange, Fix
from corpuslint.model.levels import Applicability, Severity
from corpuslint.model.rule import Triggers
from corpuslint.packs.kinds import DeclarativeRule, Kind, Prepared, RuleSource
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span
from corpuslint.text.strict import Texts, as_texts


class Page(Kind, frozen=True, kw_only=True, tag="page"):
    """Buttons, boxes and sentences of the page around an article, by what they are for."""

    piece: Literal[
        "share",
        "counter",
        "number",
        "comment-box",
        "print",
        "navigation",
        "follow",
        "form",
        "breadcrumb",
        "comment-policy",
        "opinion",
        "rights",
        "permalink",
        "prompt",
    ]
    lift: str = ""

    def prepare(self, source: RuleSource) -> Prepared:
        lists = _SENTENCES.get(self.piece)
        if lists is None:
            return Prepared(triggers=Triggers(lines=openers.BUTTON | openers.NUMBER), takes=True)
        cues, *words = (tuple(phrase for _, phrase in phrasebook.entries("artefacts", name)) for name in lists)
        literals = [literal for cue in cues for literal in phrasebook.cue_literals(cue)]
        return Prepared(triggers=Triggers(literals=tuple(dict.fromkeys((*literals, *sum(words, ()))))), takes=True)

    def lists_read(self) -> tuple[str, ...]:
        names = _SENTENCES.get(self.piece) or furniture.BUTTON_LISTS
        return tuple(f"artefacts/{name}" for name in names)

    def run(self, rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
        kind = _NAMED_OTHERWISE.get(self.piece) or Furniture[self.piece.upper()]
        pieces = [piece for piece in anatomy.furniture if piece.kind is kind]
        if not pieces or anatomy.only_page:
            return
        headings = () if self.piece in _SENTENCES else _headings(anatomy)
        for piece in pieces:
            if piece.line.number in headings:
                continue
            whole = self.piece not in _SENTENCES or piece.span == piece.line.body
            edit = Edit(piece.line.full if whole else _with_blanks(anatomy.text, piece.span), "")
            fix = rule.fix((edit,), "Delete the line", self._fields(anatomy, piece.span))
            told = not 0 < piece.clues < _TELLING or kind not in _SAID_IN_THE_NEWS
            sure, severity, evidence = page_lines.verdict(anatomy, piece.line, told=told, clues=piece.clues)
            if kind is Furniture.NUMBER:  # those that stand together are one block, and share their average
                sure = anatomy.fact(_number_blocks)[piece.line.number] if severity is None else sure
                if anatomy.fact(furniture.holds_table):
                    sure, severity = min(sure, _DOUBTFUL), Severity.INFO
            of_a_work = kind is Furniture.COUNTER and piece.line.number in anatomy.fact(furniture.with_facts)
            if of_a_work or _is_title(anatomy, piece):
                sure = min(sure, _SHOWN)
            yield rule.report(anatomy, piece.span, fix, severity=severity, confidence=sure, evidence=evidence)

    def _fields(self, anatomy: Anatomy, span: Span) -> tuple[FieldChange, ...]:
        """The outlet that the piece names, where nothing else does yet: evidence goes before erasure."""
        if not self.lift or anatomy.stated("source") or anatomy.document.declared(self.lift):
            return ()
        for mention in anatomy.sources:
            if mention.role is SourceRole.DISCLAIMER and span.covers(mention.span):
                return (FieldChange(self.lift, mention.name),)
        return ()


_NAMED_OTHERWISE = {
    "comment-box": Furniture.COMMENT,
    "comment-policy": Furniture.POLICY,
    "permalink": Furniture.MORE,
}
_SENTENCES = {
    "comment-policy": ("sentences-comment", "words-commented"),
    "opinion": ("sentences-opinion",),
    "rights": ("sentences-rights",),
    "permalink": ("sentences-more",),
    "prompt": ("sentences-prompt",),
}
"""The pieces that are sentences, with the lists of words that meet in them (so a reworded policy is still one)."""

_SAID_IN_THE_NEWS = (Furniture.POLICY, Furniture.PROMPT)
"""Kinds whose words stand in stories about comments and programs, too: there two of them say little."""
_TELLING = 3

_DOUBTFUL = 0.5
_SHOWN = 0.8


def _is_title(anatomy: Anatomy, piece: Piece) -> bool:
    """Whether a piece is the title that is declared, or could be one: words that ask for nothing, with no line of the
    page below them, which open the document or head its text."""
    text = piece.line.text
    if title := anatomy.stated("title"):
        return text == title
    weighed, lines = anatomy.page_lines, anatomy.filled
    if piece.kind is not Furniture.SHARE or " " not in text or not weighed.is_above(piece.line.number):
        return False
    told = dict(zip(furniture.COVERED, furniture.coverage(text), strict=True))
    mixed = any(told[name] for name in ("comment", "count", "navigation", "form"))
    if not mixed or told["asks"] or told["share"] or (piece.line is lines[0] and weighed.headline()):
        return False
    below = lines[bisect_right(lines, piece.line.number, key=_number)]
    return all(below.number != one.line.number for one in anatomy.furniture)


_number = attrgetter("number")


def _number_blocks(anatomy: Anatomy) -> dict[int, float]:
    """By line, how sure the numbers are on average that stand together there."""
    numbers = {piece.line.number for piece in anatomy.furniture if piece.kind is Furniture.NUMBER}
    sures: dict[int, float] = {}
    for isolated, block in groupby(anatomy.filled, lambda line: line.number not in numbers):
        together = [] if isolated else [line.number for line in block]
        sure = sum(anatomy.page_lines.probability(one) or 0.0 for one in together) / max(len(together), 1)
        sures.update(dict.fromkeys(together, round(sure, 4)))
    return sures


def _headings(anatomy: Anatomy) -> frozenset[int]:
    """The lines that head a list of other pieces: cut alone, they would leave its headlines behind as text."""
    lines = anatomy.filled
    furnished = {piece.line.number for piece in anatomy.furniture}
    found = set()
    for one in anatomy.labels:
        if one.label.kind != "related" or one.label.value or one.index + 1 == len(lines):
            continue
        below = lines[one.index + 1]
        if below.number not in furnished and 15 <= len(below.text) <= 160 and below.text[-1] not in ".!۔":
            found.add(one.line.number)
    return frozenset(found)


def _with_blanks(text: str, span: Span) -> Span:
    start = span.start
    while start > 0 and text[start - 1] in " \t\N{NO-BREAK SPACE}":
        start -= 1
    return Span(start, span.end)


class Fact(Kind, frozen=True, kw_only=True, tag="fact"):
    """Things that the facts know of a document, chosen by their attributes; the document itself where none is named."""

    fact: str = ""
    when: Texts = ()
    unless: Texts = ()
    where: Mapping[str, bool | Texts] = {}
    matching: Mapping[str, str] = {}
    group: Literal["each", "text"] = "each"
    span: str = ""
    cut: str = ""
    write: str = ""
    lift: Mapping[str, str] = {}
    evidence: Mapping[str, str] = {}
    sure: str = ""
    language: str = ""

    def prepare(self, source: RuleSource) -> Prepared:
        paths = [self.fact, *as_texts(self.when), *as_texts(self.unless)]
        for first in {path.partition(".")[0] for path in paths if path}:
            if first.startswith("_") or not hasattr(Anatomy, first):
                raise source.error(f"'{first}' is no fact of a document", "fact")
        return Prepared(tuple(source.written("matching", one) for one in self.matching.values()), takes=True)

    def run(self, rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
        for one in as_texts(self.unless):
            if _at(one, anatomy):
                return
        for one in as_texts(self.when):
            if not _at(one, anatomy):
                return
        things = [one for one in (_at(self.fact, anatomy) if self.fact else (anatomy,)) if self._fits(rule, one)]
        if not things:
            return
        if not self.fact:
            yield from (rule.report(anatomy, evidence=self._evidence(anatomy)) for _ in things)
        elif self.group == "text":
            places = [_span(self.span, one) for one in things]
            yield rule.report(anatomy, Span(places[0].start, places[-1].end), None, places)
        else:
            known = {field for field in self.lift if anatomy.document.declared(field)}
            for thing in things:
                finding = self._finding(rule, anatomy, thing, known)
                known.update(change.name for change in (finding.fix.fields if finding.fix else ()))
                yield finding

    def _fits(self, rule: DeclarativeRule, thing: Any) -> bool:
        for path, wanted in self.where.items():
            value = _at(path, thing)
            if (bool(value) is not wanted) if isinstance(wanted, bool) else (_plain(value) not in as_texts(wanted)):
                return False
        texts = zip(rule.prepared.patterns, self.matching, strict=True)
        return all(pattern.search(_at(path, thing)) for pattern, path in texts)

    def _finding(self, rule: DeclarativeRule, anatomy: Anatomy, thing: Any, known: set[str]) -> Diagnostic:
        """The finding at a thing; its fix lifts the fields that are not `known`."""
        span, text, fix = _span(self.span, thing), anatomy.text, None
        named: dict[str, Any] = {}
        for name in _BRACES.findall(rule.spec.message + self.fix.title):
            value = getattr(thing, name, None)
            if value is not None:
                named[name] = value.of(text) if isinstance(value, Span) else value
        if self.write or (self.cut and _at(self.cut, thing) is not None):
            place = _span(self.cut, thing, whole=True) if self.cut else span
            fields = tuple(FieldChange(key, _at(path, thing)) for key, path in self.lift.items() if key not in known)
            fix = rule.fix((Edit(place, _at(self.write, thing) if self.write else ""),), "", fields)
            fix = structs.replace(fix, title=fix.title.format(**named))
        sure = _at(self.sure, thing) if self.sure else self.confidence
        evidence = self._evidence(thing)
        return rule.report(anatomy, span, fix, confidence=sure, language=self.language, evidence=evidence, **named)

    def _evidence(self, thing: Any) -> dict[str, EvidenceValue]:
        return {name: _plain(_at(path, thing)) for name, path in self.evidence.items()}


_BRACES = compile_re(r"\{(\w+)\}")


def _at(path: str, thing: Any) -> Any:
    """What a path of attributes, such as `expression.trouble`, leads to."""
    return _getter(path)(thing)


_getter = cache(attrgetter)


def _plain(value: Any) -> Any:
    return getattr(value, "value", value)


def _span(path: str, thing: Any, *, whole: bool = False) -> Span:
    """The span at the end of a path; of a line its words, or the `whole` of it."""
    found = _at(path, thing) if path else getattr(thing, "span", thing)
    if isinstance(found, Line):
        return found.full if whole else found.body
    return Span(*found)


class Letter(Kind, frozen=True, kw_only=True, tag="letter"):
    """Letters that are wrong in the lines of one language; a document may change its language between paragraphs."""

    language: str
    pattern: Texts
    in_line: str = ""
    foreign: str = ""

    def prepare(self, source: RuleSource) -> Prepared:
        patterns = as_texts(self.pattern)
        if not patterns:
            raise source.error("needs a 'pattern'")
        joined = "|".join(f"(?:{one})" for one in patterns) if len(patterns) > 1 else patterns[0]
        written = (("pattern", joined), ("in-line", self.in_line), ("foreign", self.foreign))
        compiled = tuple(source.written(key, pattern or "(?!)") for key, pattern in written)
        return Prepared(compiled, Triggers(patterns=(source.whole(joined),)))

    def run(self, rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
        if same_letters(anatomy.language) != self.language and anatomy.characters.isdisjoint(
            LANGUAGES[self.language].marks
        ):
            return
        pattern, in_line, foreign = rule.prepared.patterns
        text = anatomy.text

        def lies_in_foreign(at: int) -> bool:
            near = foreign.finditer(text, max(0, at - 30), at + 30) if self.foreign else ()
            return any(word.start() <= at < word.end() for word in near)

        for line in anatomy.filled:
            if self.in_line and not in_line.search(line.text):
                continue
            if not pattern.search(line.span.of(text)):
                continue
            language = anatomy.language_of(line)
            if same_letters(language) != self.language:
                continue
            places = [
                span
                for match in pattern.finditer(text, *line.span)
                if not anatomy.is_protected(span := Span(*match.span())) and not lies_in_foreign(span.start)
            ]
            if places:
                right = self.fix.replace
                edits = [Edit(span, right) for span in places] if isinstance(right, str) else []
                span = Span(places[0].start, places[-1].end)
                fix = rule.fix(edits, f"Write {right}") if edits else None
                evidence = {"count": len(places)}
                yield rule.report(anatomy, span, fix, places, language=language, evidence=evidence)


# A headline can lack every sign of its language; its declared language is evidence then.
_ONE_LINE = r"\A[^\r\n]{1,80}[\r\n]*\Z"
_SHORT = compile_re(_ONE_LINE)

_TWO_WORDS = 12
"""Letters below which a text of no declared language is hardly read."""


class Alphabet(Kind, frozen=True, kw_only=True, tag="alphabet"):
    """Words of one language written with letters of a neighbouring alphabet."""

    language: str
    needs: str

    def prepare(self, source: RuleSource) -> Prepared:
        return Prepared(
            (source.written("needs", self.needs),), Triggers(patterns=(source.whole(self.needs), _ONE_LINE))
        )

    def run(self, rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
        alike = _written_like(self.language)
        wrong = [one for one in anatomy.respellings if one.language in alike]
        if not wrong or not (
            rule.prepared.patterns[0].search(anatomy.text)
            or (anatomy.language == self.language and _SHORT.match(anatomy.text))
        ):
            return
        # A word or two of no declared language may be told by one of them, and that may be a name.
        told = anatomy.declared_language or anatomy.reading.letters >= _TWO_WORDS
        title = self.fix.title or "Write the word in its own letters"
        for span, language, word, right, candidates in wrong:
            if right == word:
                fix = Fix(f"Write {' or '.join(candidates)}", Applicability.DISPLAY, (Edit(span, candidates[0]),))
            else:
                sure = rule.applicability if told and right not in candidates else Applicability.UNSAFE
                fix = Fix(title, sure, (_new(Edit, (span, right)),))
            evidence = {"candidates": candidates} if candidates else None
            message = _message(rule.spec.message, word, right or word)
            yield rule.spec.report(
                anatomy.document, span, fix=fix, language=language, evidence=evidence, message=message
            )


_new = tuple.__new__


@cache
def _written_like(language: str) -> frozenset[str]:
    """The languages that have the letters of one."""
    return frozenset(tag for tag in LANGUAGES if same_letters(tag) == language)


@lru_cache(maxsize=1 << 14)
def _message(template: str, word: str, right: str) -> str:
    return template.format(word=word, letters=_letters(word, right))


def _letters(word: str, right: str) -> str:
    """The code points that are wrong in `word`, or that nothing decides where it is left as it is."""
    wrong = [letter for letter in dict.fromkeys(word) if letter not in right] or [
        letter for letter in dict.fromkeys(word) if letter in "یےهؠ"
    ]
    return ", ".join(f"U+{ord(letter):04X}" for letter in wrong)
