"""Who published or supplied a story, as the page says it: outlets, agencies and credits, each with its place and role.

A source is named in a handful of shapes, whatever the language: a label line ("المصدر: …", "منبع: …"), a desk line
("متابعة / …"), a byline ("NAME – OUTLET"), a dateline ("CITY (AGENCY) -"), a signature at the end ("(رويترز)"), an
inline attribution that Persian agencies open with ("به گزارش …"), or a disclaimer. The same words are prose elsewhere
("وقال المصدر"), so the shape and the edge of the document count first, and the table of outlets second.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from enum import Enum
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec import structs

from corpuslint.facts import outlets
from corpuslint.facts.calendars import fold as fold_date
from corpuslint.facts.calendars import month_of
from corpuslint.facts.furniture import facts_of, furniture_of
from corpuslint.facts.labels import Label, label_on, reads_as_clause
from corpuslint.facts.name_lines import DAY_IN, GAP, HOST, Cell, Kind, before_name, cells_of, kind_of, says_something
from corpuslint.facts.name_lines import opens_with_picture_credit as credits_picture
from corpuslint.facts.openers import LABEL, SOURCE, holds_closing_label, openers_of
from corpuslint.facts.phrasebook import derived, derived_and_kept, entries, folded, folded_phrase, words_of
from corpuslint.facts.wordings import lines_with_disclaimer
from corpuslint.languages import LANGUAGES
from corpuslint.text.patterns import compile_re
from corpuslint.text.phrases import phrase_pattern
from corpuslint.text.positions import Span
from corpuslint.words.phrases import Phrases
from corpuslint.words.reading import BLANK, LINE_FIELDS, WORD, Reading

if TYPE_CHECKING:
    from corpuslint.facts.layout import Line
    from corpuslint.facts.page import Page


class SourceRole(Enum):
    """How a source is named."""

    LABEL = "label"
    DESK = "desk line"
    BYLINE = "byline"
    AUTHOR = "author"
    SIGNATURE = "signature"
    DATELINE = "dateline"
    INLINE = "inline"
    DISCLAIMER = "disclaimer"
    CREDIT = "credit"
    PICTURE = "picture credit"
    EMPTY = "empty label"


class Mention(msgspec.Struct, frozen=True):
    """A source named in the text. `span` is the name; `whole` is what goes when the mention is lifted out.

    `outlet` is its canonical name where the table knows it, "" otherwise. `author` is the person a byline names,
    `credit` the agency beside an outlet that printed its copy. `guessed` is whether only a noun ("agency", "network")
    tells that a line is the name of an outlet.
    """

    role: SourceRole
    span: Span
    whole: Span
    line: Line
    name: str
    outlet: str = ""
    agency: bool = False
    author: str = ""
    credit: str = ""
    guessed: bool = False

    @property
    def owns_line(self) -> bool:
        """Whether nothing but the mention stands on its line."""
        return self.whole == self.line.body

    @property
    def lone_outlet(self) -> bool:
        """Whether a line is nothing but the name of an outlet, in letters and without brackets around it."""
        alone = self.role is SourceRole.SIGNATURE and self.line.text.strip(" *_:-") == self.name
        return alone and bool(self.outlet) and not self.agency and HOST.fullmatch(self.name) is None

    @property
    def sure(self) -> float:
        """How often such lines were right where they were read (54 of 55), at most; behind a star or before a colon
        a name heads a list, or its part of a press review."""
        heads = self.role is SourceRole.SIGNATURE and self.line.text[-1] in ":："
        heads = heads or (self.lone_outlet and self.line.text[0] in "*•-")
        return 0.8 if self.guessed or heads else 0.97

    @property
    def names_author(self) -> bool:
        """Whether all that is named is the author."""
        return bool(self.author) and self.author == self.name

    @property
    def line_of_name(self) -> Line | None:
        """The line, where it ends with the name; None where it says more."""
        return self.line if self.span.end == self.whole.end else None


def sources_of(anatomy: Page) -> tuple[Mention, ...]:
    """Every mention of a source in `anatomy`'s text, in the order of the text.

    A line that is nothing but a credit, a button or a counter takes no room at an edge: when it goes, the next one
    stands in its place.
    """
    lines, reader = anatomy.filled, _Lines.of(anatomy)
    alone = {index: reader.mention(index, head=True, tail=True) for index in reader.candidates}
    goes = {index for index, mention in alone.items() if mention is not None and mention.owns_line}
    of_page = {piece.span for piece in anatomy.fact(furniture_of)}
    goes.update(index for index, line in enumerate(lines) if line.body in of_page)
    text_ends, disclaiming = _last_paragraph(lines), lines_with_disclaimer(anatomy)
    reports = any(word in anatomy.text for word in _REPORTS)
    found: list[Mention] = []
    above, below = 0, len(lines) - len(goes)
    for index, line in enumerate(lines):
        below -= index not in goes
        head, end, near_end = above < _HEAD, below < _TAIL, below < _DISCLAIMER_REACH
        above += index not in goes
        if not (head or near_end or index in reader.candidates):
            continue
        tail = end or (text_ends < index and near_end) or reader.precedes_other_pieces(index)
        known = head and tail and index in alone
        mentions: Iterable[Mention | None] = [alone[index] if known else reader.mention(index, head=head, tail=tail)]
        if mentions == [None]:
            mentions = (
                _opening(line, anatomy.words, reports=reports) if head else None,
                _closing(line) if end else None,
                _disclaimer(line) if line.number in disclaiming and (head or near_end) else None,
            )
        found.extend(filter(None, mentions))
    if not found:
        return ()
    indexes = {line.number: index for index, line in enumerate(lines)}
    prose = {
        index
        for index, line in enumerate(lines)
        if index not in goes and line.number not in disclaiming and _is_prose(line.text)
    }
    kept = [(indexes[one.line.number], one) for one in found]
    listed = _listed(kept, reader, prose)
    kept = [(at, one) for at, one in kept if at not in listed and not _is_on_card(anatomy, one, at)]
    papers = {one.outlet for _, one in kept if one.lone_outlet}  # a press review names what it reads
    quoted = {
        at
        for at, one in kept
        if at and at + 1 in prose and lines[at - 1].text[-1] in _ENDS and one.name in lines[at + 1].text
    }
    kept = [(at, one) for at, one in kept if not one.lone_outlet or (len(papers) < 2 and at not in quoted)]
    told = (structs.replace(one, guessed=True) if _is_doubtful(one, at, prose) else one for at, one in kept)
    return tuple(sorted(told, key=lambda mention: mention.span))


_ENDS = '.؟!»”"'


def _is_prose(text: str) -> bool:
    """Whether a line is a paragraph, or a sentence that ends."""
    return len(text) >= 160 or (len(text) >= 30 and text[-1] in ".؟!۔")


def _is_doubtful(one: Mention, at: int, prose: set[int]) -> bool:
    """Whether the bare name of an agency stands between two paragraphs, where the story may speak of it, or a publisher
    of books is named."""
    bare = one.role is SourceRole.SIGNATURE and one.agency and one.line.text == one.name
    return (bare and {at - 1, at + 1} <= prose) or (one.role is SourceRole.LABEL and _names_house(one.line))


def _listed(found: list[tuple[int, Mention]], reader: _Lines, prose: set[int]) -> set[int]:
    """Where "CITY: NAME" is one of many winners, players or voices, or stands amid the body: that is no writer."""
    lines = reader.lines
    bylines = {
        at
        for at, one in found
        if one.role is SourceRole.BYLINE and one.names_author and _PLACED.fullmatch(one.line.text)
    }
    if not bylines:
        return bylines
    placed = {index for index, line in enumerate(lines) if _PLACED.fullmatch(line.text)} - reader.labels.keys()
    if sum(kind_of(lines[index].text.partition(":")[0]) == Kind.CITY for index in placed) > 1:
        return bylines
    begins = min((index for index in prose if index or lines[0].text[-1] in ".۔"), default=len(lines))
    return {at for at in bylines if {at - 1, at + 1} & placed or begins < at < max(prose, default=0)}


_PLACED = compile_re(rf"[^:\n]{{2,20}}:{GAP}*[^\W\d][^\s:]*(?:{GAP}+[^\W\d][^\s:]*){{0,3}}")


def _is_on_card(anatomy: Page, one: Mention, at: int) -> bool:
    """Whether a label stands on a card of a book, a film or a thing: among short lines with labels, two of which are
    facts, or one beside the publisher. Only a publisher of books may be the last of them."""
    if one.role not in (SourceRole.LABEL, SourceRole.AUTHOR) or not one.owns_line:
        return False
    lines = anatomy.filled
    above = takewhile(_is_cell_or_rule, reversed(lines[max(at - _CARD, 0) : at]))
    below = list(takewhile(_is_cell_or_rule, lines[at + 1 : at + _CARD]))
    cells = [line for line in (*above, lines[at], *below) if _is_cell(line)]
    house = any(map(_names_house, cells))
    facts = sum(line.number in anatomy.fact(facts_of) for line in cells)
    facts += any(_PUBLISHER.match(line.text) for line in cells)
    if one.role is SourceRole.LABEL and not _PUBLISHER.match(one.line.text):
        label = one.line.text.partition(":")[0]
        if sum(line.text.partition(":")[0] == label for line in cells) < 2:
            return False  # what heads a page names its source once
    return len(cells) > 1 and (house or (bool(below) and facts > 1))


def _names_house(line: Line) -> bool:
    """Whether a line names a publisher that is no outlet: one of books."""
    label = _PUBLISHER.match(line.text)
    name = line.text[label.end() :].strip(outlets.AROUND) if label else ""
    return bool(name) and outlets.known_outlet(name) is None and not outlets.sounds_like_outlet(name)


def _is_cell(line: Line) -> bool:
    return len(line.text) <= 60 and bool(_CELL.match(line.text))


def _is_cell_or_rule(line: Line) -> bool:
    return _is_cell(line) or not any(map(str.isalnum, line.text))


_CARD = 12  # lines on either side that are read of one
_CELL = compile_re(r"[^:\n]{2,30}:\s*\w")
_PUBLISHER = compile_re(r"[^\w\n]{0,4}(?:(?:ال)?ناشر|بڵاوکەرەوە|publisher)\s?:", re.IGNORECASE)


_LONGEST_LINE = 90
_LONGEST_DISCLAIMER = 420
_DISCLAIMER_REACH = 14  # comment boxes stand between the text's end and the page's
_HEAD, _TAIL = 4, 5
"""Filled lines at either end where a line of names alone can be a desk line or a signature."""


def _last_paragraph(lines: tuple[Line, ...]) -> int:
    """The index of the last line that is a paragraph: long, or a sentence that ends."""
    for index in range(len(lines) - 1, -1, -1):
        text = lines[index].text
        if len(text) >= 160 or (len(text) >= 60 and text[-1] in ".؟!۔"):
            return index
    return len(lines)


class _Lines(msgspec.Struct, frozen=True):
    """The filled lines of a text, those that open with a label, and short ones that hold a name of the lists."""

    lines: tuple[Line, ...]
    labels: dict[int, Label]
    named: frozenset[int]
    candidates: frozenset[int]
    """The lines that may be nothing but a source."""

    @classmethod
    def of(cls, anatomy: Page) -> _Lines:
        lines, opened = anatomy.filled, anatomy.fact(openers_of)[1]
        short = [index for index, line in enumerate(lines) if len(line.text) <= _LONGEST_LINE]
        may_open = [index for index in short if opened[lines[index].number - 1] & (LABEL | SOURCE)]
        labels = {index: label for index in may_open if (label := label_on(lines[index]))}
        firsts = anatomy.words.lines[WORD::LINE_FIELDS]
        told = {bisect_right(firsts, found.first) for found in _names_scan().find(anatomy.words)} if short else ()
        named = {index for index in short if lines[index].number in told}
        named.update(index for index in short if _UNLISTED_NAME.match(lines[index].text))
        return cls(lines, labels, frozenset(named), frozenset(named | labels.keys()))

    def mention(self, index: int, *, head: bool, tail: bool) -> Mention | None:
        """The source that a short line names as a label, or at the `head` or `tail` as a line of names."""
        mention = _label(self.lines, index, self.labels[index]) if index in self.labels else None
        if mention is None and index in self.named and (head or tail):
            mention = _edge_line(self.lines[index], head, tail)
        if mention is None and head and index - 1 in self.named and len(self.lines[index].text) <= _LONGEST_LINE:
            mention = _named_below(self.lines, index)
        return mention

    def precedes_other_pieces(self, index: int) -> bool:
        """Whether the next line announces other pieces ("read also"): the story, and its signature, end before it."""
        label = self.labels.get(index + 1)
        return (
            label is not None
            and label.kind == "related"
            and all(len(line.text) <= _BEFORE_MARKER for line in self.lines[index : index + 2])
        )


_BEFORE_MARKER = 40
_UNLISTED_NAME = compile_re(rf"{HOST.pattern}|(?:[أاد]\s?\.\s?){{1,2}}[^\W\d]|\W*[^\W\d]+ذریعہ")


@derived
def _names_scan() -> Phrases:
    return Phrases(dict.fromkeys(_names(), 1), name="names", over_signs=True)


@derived_and_kept
def _names() -> list[str]:
    """Names, and the words that can make a name one of an outlet, a desk, an author or a credit."""
    lists = ("agencies", "outlets", "desk-words", "cities", "outlet-nouns", "outlet-heads", "credit-heads")
    names = {spelling for name in lists for _, entry in entries("sources", name) for spelling in entry.split(" = ")}
    names |= {"و" + phrase for _, phrase in entries("sources", "credit-heads")}
    names |= {phrase for kind in ("author", "photo") for _, phrase in entries("artefacts", f"labels-{kind}")}
    names |= {label for language in LANGUAGES.values() for labels in language.names_behind.values() for label in labels}
    return sorted({*names, *(name.replace(" ", "").replace(".", "") for name in names), *_SIGNING})


_SIGNING = ("نقلا عن", "بالاتفاق مع", "خاص ب", "خاص بـ", "خدمة", "بشکریہ", "نقل از")


_JOINED = GAP[1:-1] + "\N{ZERO WIDTH NON-JOINER}"
_COLON = "[:：﹕]"


def _label(lines: tuple[Line, ...], index: int, label: Label) -> Mention | None:
    """`المصدر: X`, `المصدر X` split over two lines, or the label with nothing after it."""
    line = lines[index]
    if label.kind != "source":
        return None
    written = _ISSUE.sub("", label.value)
    value = written.strip(outlets.AROUND)
    if any((opens in value) != (closes in value) for opens, closes in ("«»", "“”", "()", "<>")):
        value = written.strip(_MARKS)  # a part of the name stands in quotation marks
    if value:
        at = label.span.start - line.body.start + label.value.index(value)
        several = _of_several(line, at, value)
        if not (several or _is_name(value) or _is_long_name(value)) or _IMPRINT.search(value):
            return None
        if outlets.is_credit(value):
            return _mention(SourceRole.CREDIT, line, value, at)
        if outlets.names_nobody(value):
            return Mention(SourceRole.EMPTY, line.body, line.body, line, value)
        if outlets.known_outlet(value) is None and (_NO_OUTLET.match(value) or reads_as_clause(value)):
            return None
        return several or _mention(SourceRole.LABEL, line, value, at)
    last = lines[index + 1] if index + 1 < len(lines) else None
    if last is not None and label.marked and _may_be_value(last, is_last=index + 2 == len(lines)):
        below = _mention(SourceRole.LABEL, last, last.text.strip(outlets.AROUND))
        return structs.replace(below, line=line, whole=Span(line.body.start, last.body.end))
    if last is not None and (_ADDRESS.search(last.text) or (label.marked and len(words_of(last.text)) == 1)):
        return None  # the value is the address or the word below
    repeated = any(lines[near].text == line.text for near in (index - 1, index + 1) if 0 <= near < len(lines))
    edge = repeated or index < _HEAD or len(lines) - index <= _TAIL
    alone = folded_phrase(line.text) in folded("sources", "labels-source") - _NEVER_ALONE
    if alone and (label.marked or edge) and len(words_of(line.text)) <= 3:
        return Mention(SourceRole.EMPTY, line.body, line.body, line, "")
    return None


_MARKS = " \t\N{NO-BREAK SPACE}:.،,؛*•-–—"
_ISSUE = compile_re(  # "… ژۇرنىلى 2010-يىل 1-سان", "… 2013, 4"
    r"[\s،,]*(?<!\d)(?:1[34]|19|20)\d\d[\s–-]*(?:يىل\w*|م|ء|ش)?[\s،,–-]+(?:شماره|العدد|عدد|شمارہ)?\s*\d[\d\s–-]*(?:سان\w*)?\W*$"
    r"|[\s،,]+(?:شماره|العدد|شمارہ)\s*\d[\d\sو–-]*\W*$"
    r"|^\d{4}[\s-]*يىل\w*\s+(?=\D+\d)|[\s،,]+\d{1,2}[\s-]*سان\W*$"  # "2010-يىللىق … ژۇرنىلى 1-سان"
    r"|(?:\s*(?:د[ېى]گەن|نامى?لىق)\s+كىتاب)?[دت]ىن\s+ئ[ېى]لىن(?:دى|غان)\W*$"  # "taken from (the book called) …"
)
_NO_OUTLET = compile_re(  # an answer ("I cannot say"), or what a figure is taken from
    r"(?:لا|لم|لن|ليس|لست|ليست|لسنا|أنا|نحن|كلا|نعم|نمی\w*|نہیں|میں|ہم|دراس[ةه]|دراسات|بحث|استطلاع|إحصاء\w*|كتاب|ورق[ةه]"
    r"|پژوهش|مطالعه|تحقیق|نظرسنجی|سروے|study|survey)\s"
)
_IMPRINT = compile_re(r"\s(?:19|20)\d\d$")  # of the book that is reviewed
_ADDRESS = compile_re(r"https?:?//|www\.|^\.{0,2}/\w")


def _may_be_value(line: Line, *, is_last: bool) -> bool:
    """Whether the line below a label can be its value: an outlet, or, where the text ends with it, a short name."""
    name = line.text.strip(outlets.AROUND)
    if not _is_name(name) or outlets.names_nobody(name) or label_on(line) is not None:
        return False
    if outlets.known_outlet(name) or outlets.sounds_like_outlet(name):
        return True
    return is_last and len(name.split()) <= 3 and not re.search(r"\d", name) and _STOP.search(line.text) is None


def _of_several(line: Line, at: int, value: str) -> Mention | None:
    """`المصدر: الجزيرة + وكالات`, `منبع: ایسنا / همشهری`: the outlet is the source, the agencies are the credit."""
    parts = [part.strip(outlets.AROUND) for part in _BESIDE.split(value) if part.strip(outlets.AROUND)]
    named = [part for part in parts if outlets.known_outlet(part) or outlets.sounds_like_outlet(part)]
    if len(parts) < 2 or not named or any(part not in named and not outlets.is_general_credit(part) for part in parts):
        return None
    name = next((part for part in named if not (outlets.known_outlet(part) or outlets.NO_OUTLET).agency), named[0])
    mention = _mention(SourceRole.LABEL, line, name, at + value.index(name))
    return structs.replace(mention, credit="، ".join(part for part in parts if part != name))


_BESIDE = compile_re(rf"{GAP}*(?:[+&/|،,]|{GAP}[-–—]{GAP}){GAP}*")


_NEVER_ALONE = frozenset(
    map(folded_phrase, ("لە", "via", "رسانه", "مصادر", "المصادر", "مصدر", "منابع", "ذرائع ابلاغ", "الصحيفة"))
)
"""Label words that are too common as text to mean anything without a colon and a value."""


def _is_name(value: str) -> bool:
    """Whether `value` can be an outlet's name: a few words, no sentence."""
    words = words_of(value)
    if not words or len(value) > 60:
        return False
    if outlets.known_outlet(value):
        return True
    return len(words) <= 5 and not _SENTENCE_INSIDE.search(value)


def _is_long_name(value: str) -> bool:
    """Whether `value` is more than a name: an outlet's noun, its name, and whom it quotes."""
    words = words_of(value)
    return len(words) <= 9 and words[0].text in outlets.outlet_nouns() and not _SENTENCE_INSIDE.search(value)


_SENTENCE_INSIDE = compile_re(r"[.!?؟۔:](?:\s|$)|[؛;]|https?://")


def _edge_line(line: Line, head: bool, tail: bool) -> Mention | None:
    """A line of names only, at an edge: desk line, byline, signature, or credit."""
    text = line.text
    bare = text.rstrip(")»”\"' ")
    ends = bool(_STOP.search(bare) and not _INITIALS.search(text)) or text[-1] in "،,؛"
    longest = _LONGEST_STOPPED if ends else _LONGEST_NAMES
    cells = cells_of(text, first=line.number == 1) if len(text) <= longest else []
    if not cells:
        return None
    if cells[0].label == "author" and (len(cells) == 1 or _MARK.search(text, 0, cells[0].start)):
        return _author(line, cells[0]) if not any(":" in cell.text for cell in cells[1:]) else None
    if cells[0].label == "photo" or credits_picture(text):
        return _picture(line, cells)
    if line.number > 1 and _TITLE.match(text) and _PERSON.fullmatch(cells[0].text):
        return _mention(SourceRole.BYLINE, line, cells[0], author=cells[0].text, guessed=True)
    words = words_of(" ".join(cell.text for cell in cells if cell.kind != Kind.DAY))
    if ends or not 0 < len(words) <= _MOST_WORDS or (_SENTENCES.search(text) and not _INITIALS.search(text)):
        return None
    if not {word.text for word in words}.isdisjoint(_credit_heads_first()) and outlets.is_credit(text):
        return _mention(SourceRole.CREDIT, line, text.strip(outlets.AROUND))
    if len(cells) > 1:
        return _of_cells(line, cells, head)
    return _signature(line, cells[0], head=head, tail=tail)


_MARK = compile_re(r"[:：/\-–—]")
_LONGEST_NAMES, _LONGEST_STOPPED, _MOST_WORDS = 80, 50, 10
_SENTENCES = compile_re(r"[.!?؟۔]\s|[؛;]|https?://")
_TITLE = compile_re(r"(?:[أاد]\s?\.\s?){1,2}")  # "د. NAME"
_BETWEEN_NAMES = "[ \N{ZERO WIDTH NON-JOINER}-]"
_LETTER = "(?:[^\\W\\d]\N{ARABIC SHADDA}?)"
_PERSON = compile_re(
    rf"(?:{_LETTER}{{1,2}}\s?[./:]\s*){{0,2}}{_LETTER}{{2,}}"
    rf"(?:{_BETWEEN_NAMES}(?:(?:بن|ابن|ولد|عبد|أبو|آل|الشيخ)[ ])*{_LETTER}{{2,}}){{1,4}}"
)


def _author(line: Line, cell: Cell) -> Mention | None:
    """`بقلم: NAME`, `كتب: NAME | DATE`, `نویسنده NAME`: a person whom a label calls the writer."""
    marked = _MARK.search(line.text, 0, cell.start)
    named = _PERSON.fullmatch(cell.text) and cell.kind != Kind.SECTION and not says_something(cell.text)
    if not named or not (marked or line.number > 1):
        return None
    return _mention(SourceRole.AUTHOR, line, cell, author=cell.text)


def _picture(line: Line, cells: list[Cell]) -> Mention | None:
    """`عکس از NAME`, `عدسة NAME`: who made a picture that is gone, and for whom."""
    known = before_name().match(line.text) and len(cells[0].text.split()) <= 3
    whole = len(cells) == 1 or all(cell.kind for cell in cells)
    return _mention(SourceRole.PICTURE, line, cells[0]) if known and whole else None


def _named_below(lines: tuple[Line, ...], index: int) -> Mention | None:
    """A person's name below a line that is only names, one of them an outlet's or a desk's: very likely the author."""
    line, name = lines[index], Cell.of(lines[index].text, 0)
    leads = index + 1 < len(lines) and len(lines[index + 1].text) >= _SHORTEST_LEAD
    if not (leads and name.kind == Kind.PERSON):
        return None
    kinds = [cell.kind for cell in cells_of(lines[index - 1].text)]
    if not all(kinds) or not {Kind.OUTLET, Kind.AGENCY, Kind.DESK}.intersection(kinds):
        return None
    return _mention(SourceRole.AUTHOR, line, name, author=name.text, guessed=True)


def _of_cells(line: Line, cells: list[Cell], head: bool) -> Mention | None:
    """The source that the names on a line state, with the author beside it."""
    cells = [cell for cell in cells if cell.label != "photo"]
    letters = "".join(map(_letter, cells))
    for shape, role, named, author, whole in _SHAPES if head else _SHAPES[:-2]:
        if shape.fullmatch(letters) is None:
            continue
        name, writer = _first(cells, letters, named), _first(cells, letters, author)
        if name is None or (role is SourceRole.BYLINE and name is writer and line.text[0] in "-*•"):
            return None
        guessed = named == "N" and {"D", "d", "C", "c"}.isdisjoint(letters)
        return _mention(role, line, name, author=writer.text if writer else "", whole=whole, guessed=guessed)
    return None


def _first(cells: list[Cell], letters: str, kinds: str) -> Cell | None:
    """The first cell of `kinds`; an agency only where there is no other."""
    found = [cell for cell, letter in zip(cells, letters, strict=True) if letter in kinds]
    return next((cell for cell in found if cell.kind != Kind.AGENCY), found[0] if found else None)


def _letter(cell: Cell) -> str:
    """What a cell is, as `_SHAPES` spell it."""
    if cell.label == "author":
        return "W"
    if cell.kind == Kind.OUTLET and HOST.fullmatch(cell.text):
        return "H"
    if cell.kind == Kind.CITY and outlets.known_outlet(cell.text):
        return "c"
    if cell.kind == Kind.DESK and outlets.is_credit(cell.text):
        return "d"
    size = len(cell.text.split())
    unknown = "uvUU"[size - 1] if size <= 4 else "T"
    return cell.kind.value or ("N" if size <= 4 and outlets.sounds_like_outlet(cell.text) else unknown)


_SHAPES = tuple(
    (compile_re(shape), role, named, author, whole)
    for shape, role, named, author, whole in (
        # D desk (d: one that is a general credit), C city (c: one that an outlet is named after), O outlet (H: by its
        # host), A agency, Y day, P person (W: behind a label for writers), S section, N sounds like an outlet;
        # unknown: u a word, v two, U up to four, T more. The first shape that fits says which cell is the source.
        ("(?=.*Y)(?:[YDdCc]*A|[Cc]A[YDdCcA]*)", SourceRole.DATELINE, "A", "", False),  # the day stays in its line
        ("(?=.*W)(?=.*[OHA])[OHADdCcWPuv]*", SourceRole.BYLINE, "OHA", "W", True),
        ("[DdCc]*P[DdCc]*[OHA][OHADdCc]*", SourceRole.BYLINE, "OHA", "P", True),
        ("[DdCc]*H[OHADdCc]*P[OHADdCc]*", SourceRole.BYLINE, "H", "P", True),
        ("(?=.*[OHA])[OHADdCc]*", SourceRole.DESK, "OHA", "", True),
        ("[OHA][PNSUuv]|[NSUuv][OHA]", SourceRole.DESK, "OHA", "", True),  # what follows an outlet is a place
        ("(?=.*[Dd])[Dd]*c[Dd]*", SourceRole.DESK, "c", "", True),
        ("[DdCc]*W[DdCcW]*", SourceRole.AUTHOR, "W", "W", True),
        ("[DdCc]*d[DdCc]*", SourceRole.CREDIT, "d", "", True),
        ("(?=.*[DdCc])(?!.*[YOHA]).*N.*", SourceRole.DESK, "N", "", True),
        ("[Dd]u", SourceRole.DESK, "u", "", True),
        ("P[DdCc]|[DdCc]P", SourceRole.BYLINE, "P", "P", True),
        # above the story only
        ("(?!.*[YOHA]).*N.*", SourceRole.DESK, "N", "", True),
        ("H.*", SourceRole.INLINE, "H", "", False),  # the title of a page
    )
)


def _signature(line: Line, cell: Cell, *, head: bool, tail: bool) -> Mention | None:
    """`(رويترز)`, `* خدمة «…»`, `خاص بـ«…»`, `أ ف ب`, `site.example`: an outlet's name with nothing beside it."""
    text, decorated = cell.text, cell.text != line.text
    match = _SIGNED.match(text)
    name = text[match.end() :].strip(outlets.AROUND) if match else text
    outlet = outlets.known_outlet(name)
    if outlet is not None:
        sure = bool(match or HOST.fullmatch(name)) or decorated
        if (not sure and not outlet.agency and not tail) or (name in outlets.everyday_names() and not sure):
            return None
        return _mention(SourceRole.SIGNATURE, line, name)
    if match and match["strong"] and name and _is_name(name):
        return _mention(SourceRole.SIGNATURE, line, name)
    words = text.split()
    named = folded_phrase(words[0]) in outlets.outlet_nouns() and cell.kind != Kind.SECTION
    noun = named and 2 <= len(words) <= 5 and line.number > 1 and ":" not in text.rstrip(": ")  # what a paper says
    if noun or (head and cell.kind == Kind.OUTLET):  # a host that the table does not know
        return _mention(SourceRole.SIGNATURE, line, text, guessed=True)
    if head and (desk := _OF_ITS_DESK.fullmatch(text)) and kind_of(desk["desk"]) == Kind.DESK:
        return _mention(SourceRole.DESK, line, desk["name"])
    return None


_OF_ITS_DESK = compile_re(r"(?P<name>\S+)\s+(?P<desk>\S+\s+\S+)")
"""The desk of an outlet: "OUTLET نیوز ڈیسک"."""
_SIGNED = compile_re(
    r"""(?:
        (?P<strong> نقلا[ًا]?\s+عن | بالاتفاق\s+مع | خاص\s+بـ?\s*(?=[«"“]) | خدمة\s*(?=[«"“])
          | (?:به|بە)\s*نقل\s*از | بشکریہ )
      | عن | خدمة | خاص\s+بـ? | خاص\s+لـ? | خاص | المصدر | لە
      )\s*[:：]?\s*""",
    re.VERBOSE,
)


def _opening(line: Line, words: Reading, *, reports: bool) -> Mention | None:
    """Sources at the start of the text: `CITY (AGENCY) --`, `سبق- الرياض:`, `X – …`, and `به گزارش X` further in."""
    if len(line.text) < _SHORTEST_LEAD and not _STOP.search(line.text):
        return None  # a headline that begins with an outlet's name cites it
    if not _opens_plainly(line, words) and (found := _dateline(line)):
        return found
    reports = reports and any(word in line.text for word in _REPORTS)
    for reported in _REPORTED.finditer(line.text, 0, _INLINE_REACH) if reports else ():
        group = reported.lastgroup or ""
        if name := reported[group].strip(outlets.AROUND):
            return _mention(SourceRole.INLINE, line, name, reported.start(group) + reported[group].index(name))
    return None


def _opens_plainly(line: Line, words: Reading) -> bool:
    """Whether a line opens with more words than a name has, and nothing but blanks between them: with no dateline."""
    first = words.lines[LINE_FIELDS * (line.number - 1) + WORD]
    blanks = words.gaps[first + 1 : first + 1 + _LONGEST_NAME] == _BLANKS
    return blanks and words.starts[first] == line.body.start and "\N{ARABIC TATWEEL}" not in line.text[:_OPENING]


_SHORTEST_LEAD = 100
_INLINE_REACH = 900


class _Opened(NamedTuple):
    """The names that a text opens with, whether the last stands in brackets, and where the sentence begins."""

    parts: list[Cell]
    mark: str
    bracketed: bool
    past: int


def _opened(text: str) -> _Opened:
    """The names before the last dash, colon, stroke or bracket of the opening."""
    ended, parts, at, opened = _Opened([], "", False, 0), list[Cell](), 0, False
    if _STRONG_MARK.search(text, 0, _OPENING) is None:
        return ended
    for mark in _OPENING_MARK.finditer(text, 0, _OPENING):
        piece, strong = text[at : mark.start()], _STRONG_MARK.search(mark[0])
        if piece.strip(outlets.AROUND):
            if len(piece.split()) > _LONGEST_NAME or len(parts) == _MOST_NAMES:
                break
            parts.append(Cell.of(piece, at))
        elif at:
            break
        at = mark.end()
        if _QUOTES.fullmatch(mark[0]):
            break
        if strong and not _OPENS_BRACKET.search(mark[0]):
            ended = _Opened(parts[:], mark[0], opened and ")" in mark[0], at)
        opened = "(" in mark[0]
    return ended


_OPENING = 110
_LONGEST_NAME, _MOST_NAMES = 5, 5
_BLANKS = array("B", (BLANK,) * _LONGEST_NAME)
_OPENING_MARK = compile_re(
    rf"(?:{GAP}*(?:[/\\|:：؛()\[\]«»\"“”]|[-–—]{{1,3}}(?={GAP}|[^\W\d])|(?<=\s)ـ+(?=\s)|ـ(?=\s)|[،,۔](?!\d)))+{GAP}*"
)
_STRONG_MARK = compile_re(r"[-–—ـ:：/\\|؛()\[\]]")
_OPENS_BRACKET = compile_re(r"[(\[]\s*$")
_QUOTES = compile_re(r"[\s«»\"“”]*")


def _dateline(line: Line) -> Mention | None:
    """The outlet, agency or author that the names before the first sentence state."""
    parts, mark, bracketed, past = _opened(line.text)
    if not parts or len(line.text) - past < _SHORTEST_SENTENCE:
        return None
    kinds = [part.kind for part in parts]
    placed = Kind.CITY in kinds or Kind.DAY in kinds
    loose = bracketed and not mark.strip(" )]")  # no dash or colon behind the bracket
    first, last = parts[0], parts[-1]
    for part in parts:
        if part.kind == Kind.DAY and (name := _beside_day(part.text)):
            return _mention(SourceRole.DATELINE, line, name)
        known = part.kind in (Kind.OUTLET, Kind.AGENCY) or outlets.sounds_like_outlet(part.text)
        within = bracketed and part is last
        if part.text in outlets.everyday_names() and len(parts) == 1 and not re.search("[-–—ـ)]", mark):
            return None  # "السياسة: …"
        if (known or (within and part.text.isascii() and part.kind != Kind.DAY)) and (placed or not (loose and within)):
            return _mention(SourceRole.DATELINE, line, part)
    behind = line.text[past:].split()[:_LONGEST_NAME] if placed else []
    for size in range(len(behind), 0, -1):  # "CITY/ DAY/ AGENCY …", "CITY / متابعة OUTLET …"
        name = " ".join(behind[1:size] if kind_of(behind[0]) == Kind.DESK else behind[:size])
        if name and kind_of(name) in (Kind.OUTLET, Kind.AGENCY) and name not in outlets.everyday_names():
            return _mention(SourceRole.DATELINE, line, name)
    if bracketed and last.kind == Kind.DESK and placed:
        return _mention(SourceRole.CREDIT, line, last, whole=False)
    if bracketed and last.kind in (Kind.DESK, Kind.SECTION) and len(parts) == 2 and len(first.text.split()) <= 3:
        return _mention(SourceRole.DATELINE, line, first)  # "OUTLET (خصوصی رپورٹ) …"
    if (kinds == [Kind.PERSON, Kind.CITY] and not bracketed) or (bracketed and placed and last.kind == Kind.PERSON):
        author = last if last.kind == Kind.PERSON else first
        return _mention(SourceRole.BYLINE, line, author, author=author.text, whole=False)
    between = line.text[first.start + len(first.text) : last.start]
    if kinds == [Kind.CITY, ""] and " " not in last.text and _STRONG_MARK.search(between):  # "CITY - AGENCY -"
        return _mention(SourceRole.DATELINE, line, last)
    return None


def _beside_day(part: str) -> str:
    """The outlet that shares a part of a dateline with the day: "CITY 12-5-2021 AGENCY", "OUTLET 24"."""
    words = [word for word in part.split() if not (DAY_IN.search(word) or month_of(fold_date(word), "fa"))]
    names = [" ".join(words), *words[-1:]]
    known = (name for name in names if outlets.known_outlet(name) or outlets.sounds_like_outlet(name))
    return next((name for name in known if name in part), "")


_SHORTEST_SENTENCE = 20
_REPORTS = ("گزارش", "نقل از", "ژانس")
_REPORTED = compile_re(
    rf"""
    (?: (?: ب[هە]{GAP}*گزارش | ب[هە]{GAP}*نقل{GAP}*از | گزارش{GAP}*می[{_JOINED}]*دهد{GAP}*ک[هە] ){GAP}+
        (?! (?:این|آن|خود|روز|وی|گزارش){GAP} )
        (?:(?:خبرنگار|سرویس|گروه){GAP}+(?:[^\W\d]+{GAP}+)?)?
        (?:[آا]ژانس{GAP}+)?
        (?P<name>[«"“]?[^\W\d]+(?:[{_JOINED}]+[^\W\d]+){{0,2}})
    )
    # Pashto: "د باختر اژانس خبریال", "… خبري اژانس ته وویل"
  | (?<!\w)د{GAP}+(?P<pashto>(?!د{GAP})[^\W\d]+(?:{GAP}+[^\W\d]+)?){GAP}+(?:خبر[يی]{GAP}+)?[اآ]ژانس
    """,
    re.VERBOSE,
)


def _closing(line: Line) -> Mention | None:
    """A signature glued to the end of a paragraph: `… (رويترز)`, `… *نقلاً عن X`, `… منبع: X`."""
    start = max(0, len(line.text) - _CLOSING)
    bracket = _LAST_BRACKET.search(line.text, start) if line.text[-1] in ")]." else None
    labelled = bracket is None and holds_closing_label(line.text[start:])
    match = _LAST_LABEL.search(line.text, start) if labelled else bracket
    name = match["name"].strip(outlets.AROUND) if match else ""
    if match is None or not (outlets.known_outlet(name) or (bracket is None and _is_name(name))):
        return None
    before = line.text[: match.start()].rstrip()
    if bracket and (before[-1:] not in _SENTENCE_ENDS or line.text.endswith(".")):
        return None  # "… وكالة الأنباء (وام)." is an agency quoted in its sentence
    role = SourceRole.SIGNATURE if bracket else SourceRole.LABEL
    mention = _mention(role, line, name, match.start("name") + match["name"].index(name))
    return structs.replace(mention, whole=Span(line.body.start + match.start(), line.body.end))


_CLOSING = 90
_SENTENCE_ENDS = frozenset('.!؟?۔»”"')
_LAST_BRACKET = compile_re(r"[(\[](?P<name>[^()\[\]\n]{2,40})[)\]]\s*[.]?$")
_LAST_LABEL = compile_re(
    rf"""(?<=[.!؟?۔»"”)\s])
    (?: [*]{{0,2}} (?:المصدر|منبع|ماخذ|مأخذ|سەرچاوە|بشکریہ) {GAP}*{_COLON}
      | [*]{{1,2}} {GAP}* (?:نقلا[ًا]?|نقلاً) {GAP}+ عن {GAP}
    )
    {GAP}* (?P<name>[^\n:.؛]{{2,40}}?)\s*[.]?$""",
    re.VERBOSE,
)


def _disclaimer(line: Line) -> Mention | None:
    """The outlet that a disclaimer, a rights line or a permalink names; "the site" names nobody."""
    found = _disclaimer_pattern().search(line.text, max(len(line.text) - _LONGEST_DISCLAIMER, 0))
    match = _DISCLAIMED.match(line.text, found.end()) if found else None
    name = match["name"].strip(outlets.AROUND) if match else ""
    first = words_of(name)
    if match is None or not first or first[0].text in folded("sources", "names-nobody") or len(name) > 40:
        return None
    at = match.start("name") + match["name"].index(name)
    return _mention(SourceRole.DISCLAIMER, line, name, at, whole=False)


_DISCLAIMED = compile_re(
    rf"{GAP}*[\"«“]?(?:(?:صحيفة|موقع|شبكة|قناة|جريدة|وكالة|مجلة|بوابة|لدى|سایت|روزنامه|خبرگزاری){GAP}+)?"
    rf"[\"«“]?(?P<name>[^\W\d_][^\n:.،؛,|/()«»\"“”©\d-]{{1,40}})"
)


def _mention(
    role: SourceRole, line: Line, name: str | Cell, at: int = -1, *, author: str = "", whole: bool = True,
    guessed: bool = False,
) -> Mention:  # fmt: skip
    """The mention of a cell of a line, or of a `name` that begins `at` a place in it, else where it stands first."""
    if isinstance(name, Cell):
        return _mention(role, line, name.text, name.start, author=author, whole=whole, guessed=guessed)
    start = line.body.start + (at if at >= 0 else line.text.index(name))
    outlet, span = outlets.known_outlet(name) or outlets.NO_OUTLET, Span(start, start + len(name))
    takes = line.body if whole and role not in (SourceRole.DATELINE, SourceRole.INLINE) else span
    return Mention(role, span, takes, line, name, outlet.name, outlet.agency, author, guessed=guessed)


_STOP = compile_re(r"[.!?؟۔…]$")
_INITIALS = compile_re(r"[.](?:[^\W\d]{1,2}[.])+|(?:[^\W\d][.]\s?){2,}")


@derived
def _credit_heads_first() -> frozenset[str]:
    heads = folded("sources", "credit-heads")
    return frozenset(word for phrase in heads for word in (*phrase.split(" "), "و" + phrase))


@derived
def _disclaimer_pattern() -> re.Pattern[str]:
    phrases = sorted(
        (phrase for _, phrase in entries("sources", "disclaimers")), key=lambda phrase: (-len(phrase), phrase)
    )
    spelled = (phrase_pattern(phrase) + ("" if phrase.endswith(" ل") else r"(?!\w)") for phrase in phrases)
    return compile_re(rf"(?<!\w)(?:و|ف)?(?:{'|'.join(spelled)})")
