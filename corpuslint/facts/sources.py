"""Who published or supplied a story, as the page says it: outlets, agencies and credits, each with its place and role.

A source is named in a handful of shapes, whatever the language: a label line ("المصدر: …", "منبع: …"), a desk line
("متابعة / …"), a byline ("NAME – OUTLET"), a dateline ("CITY (AGENCY) -"), a signature at the end ("(رويترز)"), an
inline attribution that Persian agencies open with ("به گزارش …"), or a disclaimer. The same words are prose elsewhere
("وقال المصدر"), so the shape and the edge of the document count first, and the table of outlets second. Names are data
in `rules/sources/data`; one outlet's spellings ("أ ف ب", "فرانس برس", "AFP") are one outlet here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec import structs

from corpuslint.facts.addresses import AddressKind, address_kind
from corpuslint.facts.calendars import fold as fold_date
from corpuslint.facts.calendars import month_of, weekdays
from corpuslint.facts.labels import label_on
from corpuslint.facts.layout import Line, lines_of
from corpuslint.facts.openers import holds_closing_label
from corpuslint.facts.phrasebook import (
    derived,
    derived_and_kept,
    entries,
    fold,
    folded,
    folded_phrase,
    remembered,
    words_of,
)  # fmt: skip
from corpuslint.languages import LANGUAGES
from corpuslint.text.patterns import compile_re
from corpuslint.text.phrases import phrase_pattern
from corpuslint.text.placeholders import is_placeholder
from corpuslint.text.positions import Span
from corpuslint.words.phrases import Phrases
from corpuslint.words.reading import read

if TYPE_CHECKING:
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


class Outlet(NamedTuple):
    """A known outlet: its canonical name, and whether it is an agency, whose copy others print."""

    name: str
    agency: bool


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
    def sure(self) -> float:
        """How often such lines were right where they were read (54 of 55), at most."""
        return 0.8 if self.guessed else 0.97

    @property
    def names_author(self) -> bool:
        """Whether all that is named is the author."""
        return bool(self.author) and self.author == self.name

    @property
    def line_of_name(self) -> Line | None:
        """The line, where it ends with the name; None where it says more."""
        return self.line if self.span.end == self.whole.end else None


@remembered
def known_outlet(name: str) -> Outlet | None:
    """The outlet that `name` is a spelling of.

    >>> known_outlet("أ ف ب"), known_outlet("فرانس برس") == known_outlet("AFP")
    (Outlet(name='AFP', agency=True), True)
    """
    return _outlets().get(_compact(name)) or _outlets().get(_bare_name(name))


def may_name_source(text: str) -> bool:
    """Whether a line at either end names a source by its shape: a look at some lines in place of `sources_of`.

    Of labels, datelines and disclaimers it knows nothing.

    >>> may_name_source("رويترز - القاهرة\\nنص"), may_name_source("حديقة في القاهرة\\nنص")
    (True, False)
    """
    lines = [stripped for line in text.splitlines() if (stripped := line.strip(_BLANKS))]
    last = len(lines)
    brackets = [line[-_CLOSING:] for line in lines[-_TAIL:] if line.rstrip(". ").endswith((")", "]"))]
    if any(holds_closing_label(line[-_CLOSING:]) for line in lines[-_TAIL:]):
        return True
    middle = max(_HEAD, last - _DISCLAIMER_REACH)
    edges = [line for line in (*lines[:_HEAD], *lines[middle:]) if len(line) <= _LONGEST_LINE]
    edges += [line for line in lines[_HEAD:middle] if len(line) <= _BEFORE_MARKER]
    site = any(map(_HOST.match, edges))
    if not (edges or brackets) or not (site or _names_scan().woken(read("\n".join((*brackets, *edges))))):
        return False
    if brackets:
        return True
    found = (_edge_line(lines_of("\n" + line)[1], head=True, tail=True) for line in edges)
    return site or any(mention is not None and not mention.guessed for mention in found)


@derived
def _names_scan() -> Phrases:
    """Names, and the words that can make a name one of an outlet, a desk or a credit."""
    names = {
        spelling
        for name in ("agencies", "outlets")
        for _, entry in entries("sources", name)
        for spelling in entry.split(" = ")
    }
    for name in ("desk-words", "cities", "outlet-nouns", "credit-heads"):
        names.update(phrase for _, phrase in entries("sources", name))
    names.update("و" + phrase for _, phrase in entries("sources", "credit-heads"))
    names.update(entry.partition("\t")[2] for _, entry in entries("sources", "labels-before-name"))
    names.update(phrase for _, phrase in entries("artefacts", "labels-author"))
    spelled = {*names, *(name.replace(" ", "").replace(".", "") for name in names), *_SIGNING}
    return Phrases(dict.fromkeys(sorted(spelled), 1), name="names", over_signs=True)


_SIGNING = ("نقلا عن", "بالاتفاق مع", "خاص ب", "خاص بـ", "خدمة", "بشکریہ", "نقل از")


def same_name(left: str, right: str) -> bool:
    """Whether two names are one once the noun before them and the letters are folded.

    >>> same_name("صحيفة المنارة", "المنارة")
    True
    """
    return _bare_name(left) == _bare_name(right)


def outlet_key(name: str) -> str:
    """What the spellings of one outlet share: the name the table has for it, else the words with their letters folded.

    >>> outlet_key("صحيفة عكاظ") == outlet_key("عكاظ"), outlet_key("المنارة") == outlet_key("المناره")
    (True, True)
    """
    outlet = known_outlet(name)
    return outlet.name if outlet is not None else folded_phrase(name)


def one_spelling(spellings: Mapping[str, int], before: Iterable[str] = ()) -> dict[str, str]:
    """Each spelling of an outlet that is not its usual one -> the usual one: that of `before`, else the most frequent.

    >>> one_spelling({"عكاظ": 5, "صحيفة عكاظ": 2, "رويترز": 1})
    {'صحيفة عكاظ': 'عكاظ'}
    """
    usual = {outlet_key(name): name for name in before if name in spellings}
    for name in sorted(spellings, key=lambda name: (-spellings[name], name)):
        usual.setdefault(outlet_key(name), name)
    return {name: usual[outlet_key(name)] for name in sorted(spellings) if usual[outlet_key(name)] != name}


@remembered
def names_nobody(name: str) -> bool:
    """Whether what stands for a source names no one: a word for nothing, a label, a desk, agencies in general.

    >>> [names_nobody(name) for name in ("غير معروف", "المصدر", "عن وكالات", "رويترز")]
    [True, True, True, False]
    """
    value = name.strip(_EDGES)
    unknown = known_outlet(value) is None
    labelled = folded_phrase(value) in folded("sources", "labels-source")
    return is_placeholder(value) or (unknown and (labelled or is_general_credit(value)))


def is_general_credit(name: str) -> bool:
    """Whether `name` credits agencies, papers or a desk in general: "عن وكالات", "ویب ڈیسک"."""
    value = name.strip(_EDGES)
    return known_outlet(value) is None and (kind_of(value) == DESK or _is_credit(value))


def sources_of(anatomy: Page) -> tuple[Mention, ...]:
    """Every mention of a source in `anatomy`'s text, in the order of the text.

    A line that is nothing but a credit takes no room at an edge: when it goes, the next one stands in its place.
    """
    lines = anatomy.filled
    text_ends = _last_paragraph(lines)
    disclaims = bool(_disclaimer_scan().woken(anatomy.words))
    known: dict[tuple[int, bool, int], tuple[Mention, ...]] = {}

    def at(index: int, head: bool, from_end: int) -> tuple[Mention, ...]:
        where = index, head, min(from_end, _DISCLAIMER_REACH + 1)
        if where not in known:
            after = text_ends < index and from_end <= _DISCLAIMER_REACH
            known[where] = tuple(_mentions(lines, index, head, from_end, after=after, disclaims=disclaims))
        return known[where]

    from_ends: dict[int, int] = {}
    rank = 1
    for index in range(len(lines) - 1, -1, -1):
        if rank > _DISCLAIMER_REACH:
            break
        from_ends[index] = rank
        rank += not _goes(at(index, index < _HEAD, rank))
    found: list[Mention] = []
    rank = 0
    for index in range(len(lines)):
        mentions = at(index, rank < _HEAD, from_ends.get(index, _DISCLAIMER_REACH + 1))
        rank += not _goes(mentions)
        found += mentions
    return tuple(sorted(found, key=lambda mention: mention.span))


def _goes(mentions: Sequence[Mention]) -> bool:
    """Whether a line with these mentions goes when they do."""
    return any(mention.owns_line for mention in mentions)


def _mentions(
    lines: tuple[Line, ...], index: int, head: bool, from_end: int, *, after: bool, disclaims: bool
) -> Iterator[Mention]:
    """The mentions in a line at the `head` of the text, `from_end` lines from its end, `after` its last paragraph."""
    line, end = lines[index], from_end <= _TAIL
    if len(line.text) <= _LONGEST_LINE:
        mention = _label(lines, index)
        tail = end or after or (len(line.text) <= _BEFORE_MARKER and _other_pieces_follow(lines, index))
        if mention is None and (head or tail):
            mention = _edge_line(line, head, tail) or _named_below(lines, index, head)
        if mention is not None:
            yield mention
            return
    if head:
        yield from _opening(line)
    if end:
        yield from _closing(line)
    if disclaims and (head or from_end <= _DISCLAIMER_REACH):
        yield from _disclaimer(line)


_LONGEST_LINE = 90
_LONGEST_DISCLAIMER = 420


def _last_paragraph(lines: tuple[Line, ...]) -> int:
    """The index of the last line that is a paragraph: long, or a sentence that ends."""
    for index in range(len(lines) - 1, -1, -1):
        text = lines[index].text
        if len(text) >= 160 or (len(text) >= 60 and text[-1] in ".؟!۔"):
            return index
    return len(lines)


_BEFORE_MARKER = 40


def _other_pieces_follow(lines: tuple[Line, ...], index: int) -> bool:
    """Whether the next line announces other pieces ("read also"): the story, and its signature, end before it."""
    if index + 1 == len(lines) or len(lines[index + 1].text) > _BEFORE_MARKER:
        return False
    label = label_on(lines[index + 1])
    return label is not None and label.kind == "related"


_DISCLAIMER_REACH = 14  # comment boxes stand between the text's end and the page's
_HEAD, _TAIL = 4, 5
"""Filled lines at either end where a line of names alone can be a desk line or a signature."""

_BLANKS = " \t\N{NO-BREAK SPACE}"
_JOINED = _BLANKS + "\N{ZERO WIDTH NON-JOINER}"
_GAP = f"[{_BLANKS}]"
_COLON = "[:：﹕]"
_EDGES = (
    " \t\N{NO-BREAK SPACE}\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT EMBEDDING}"
    "\N{POP DIRECTIONAL FORMATTING}*•·-–—ـ_/\\|()[]{}«»\"“”'.,،؛:>›<‹#=~©"
)


def _label(lines: tuple[Line, ...], index: int) -> Mention | None:
    """`المصدر: X`, `المصدر X` split over two lines, or the label with nothing after it."""
    line = lines[index]
    label = label_on(line)
    if label is None or label.kind != "source":
        return None
    if value := label.value.strip(_EDGES):
        if not _is_name(value):
            return None
        at = label.span.start - line.body.start + label.value.index(value)
        if _is_credit(value):
            return _mention(SourceRole.CREDIT, line, value, at)
        if names_nobody(value):
            return Mention(SourceRole.EMPTY, line.body, line.body, line, value)
        return _of_several(line, at, value) or _mention(SourceRole.LABEL, line, value, at)
    last = lines[index + 1] if index + 1 < len(lines) else None
    if last is not None and _ADDRESS.search(last.text):
        return None  # the value is the address below
    if last is not None and label.marked and _may_be_value(last, is_last=index + 2 == len(lines)):
        below = _mention(SourceRole.LABEL, last, last.text.strip(_EDGES))
        return structs.replace(below, line=line, whole=Span(line.body.start, last.body.end))
    repeated = any(lines[near].text == line.text for near in (index - 1, index + 1) if 0 <= near < len(lines))
    edge = repeated or index < _HEAD or len(lines) - index <= _TAIL
    if (label.marked or edge) and len(words_of(line.text)) <= 3 and _label_alone(line.text):
        return Mention(SourceRole.EMPTY, line.body, line.body, line, "")
    return None


_ADDRESS = compile_re(r"https?:?//|www\.|^\.{0,2}/\w")


def _may_be_value(line: Line, *, is_last: bool) -> bool:
    """Whether the line below a label can be its value: an outlet, or, where the text ends with it, a short name."""
    name = line.text.strip(_EDGES)
    if not _is_name(name) or names_nobody(name) or label_on(line) is not None:
        return False
    if known_outlet(name) or _sounds_like_outlet(name):
        return True
    return is_last and len(name.split()) <= 3 and not re.search(r"\d", name) and _STOP.search(line.text) is None


def _of_several(line: Line, at: int, value: str) -> Mention | None:
    """`المصدر: الجزيرة + وكالات`, `منبع: ایسنا / همشهری`: the outlet is the source, the agencies are the credit."""
    parts = [part.strip(_EDGES) for part in _BESIDE.split(value) if part.strip(_EDGES)]
    named = [part for part in parts if known_outlet(part)]
    if len(parts) < 2 or not named or any(part not in named and not is_general_credit(part) for part in parts):
        return None
    name = next((part for part in named if not (known_outlet(part) or _NO_OUTLET).agency), named[0])
    mention = _mention(SourceRole.LABEL, line, name, at + value.index(name))
    return structs.replace(mention, credit="، ".join(part for part in parts if part != name))


_BESIDE = compile_re(rf"{_GAP}*(?:[+&/|،,]|{_GAP}[-–—]{_GAP}){_GAP}*")


def outlet_of_address(url: str) -> str:
    """The outlet that an address names by its host: its name where the table knows it, else the host; "" for none.

    >>> outlet_of_address("https://www.alarabiya.net/politics/1"), outlet_of_address("https://manara.example/1")
    ('Al Arabiya', 'manara.example')
    """
    if address_kind(url) not in (AddressKind.PAGE, AddressKind.HOME, AddressKind.SECTION):
        return ""
    host = url.partition("://")[2].partition("/")[0].rpartition("@")[2].partition(":")[0].lower().removeprefix("www.")
    known = known_outlet(host) or known_outlet(host.rsplit(".", 1)[0].rpartition(".")[2])
    return known.name if known is not None and not known.agency else host


def _label_alone(text: str) -> bool:
    return folded_phrase(text) in folded("sources", "labels-source") - _NEVER_ALONE


_NEVER_ALONE = frozenset(
    map(folded_phrase, ("لە", "via", "رسانه", "مصادر", "المصادر", "مصدر", "منابع", "ذرائع ابلاغ", "الصحيفة"))
)
"""Label words that are too common as text to mean anything without a colon and a value."""


def _is_name(value: str) -> bool:
    """Whether `value` can be an outlet's name: a few words, no sentence."""
    words = words_of(value)
    if not words or len(value) > 60:
        return False
    if known_outlet(value):
        return True
    return len(words) <= 5 and not _SENTENCE_INSIDE.search(value)


_SENTENCE_INSIDE = compile_re(r"[.!?؟۔:](?:\s|$)|[؛;]|https?://")


DESK, CITY, OUTLET, AGENCY, SECTION, DAY, PERSON = "desk", "city", "outlet", "agency", "section", "day", "person"


@remembered
def kind_of(part: str) -> str:
    """What a few words name: an outlet, a city, a desk …; "" where nothing is known of them.

    >>> kind_of("رويترز"), kind_of("القاهرة"), kind_of("متابعة"), kind_of("شيء آخر تماما من الكلام")
    ('agency', 'city', 'desk', '')
    """
    words = folded_phrase(part)
    outlet = known_outlet(part)
    if words in folded("sources", "desk-words"):
        return DESK
    if words in folded("sources", "cities"):
        return CITY
    if outlet is not None:
        return AGENCY if outlet.agency else OUTLET
    if words in folded("artefacts", "words-section"):
        return SECTION
    if _DAY.search(part) or words in _weekdays():
        return DAY
    return PERSON if _may_be_person(part) else ""


_DAY = compile_re(r"(?<![a-zA-Z\d])\d{1,4}(?!\d)")


@derived
def _weekdays() -> frozenset[str]:
    return frozenset(folded_phrase(name) for name in weekdays(LANGUAGES))


class Cell(NamedTuple):
    """A piece of a line of names: its text, where that begins, what it is, and what the label before it says it is."""

    text: str
    start: int
    kind: str
    label: str = ""

    @classmethod
    def of(cls, text: str, start: int, label: str = "") -> Cell:
        """The cell that `text` at `start` is, without what is drawn around it."""
        bare = text.strip(_EDGES)
        return cls(bare, start + text.index(bare), kind_of(bare), label)


def cells_of(text: str, *, first: bool = False) -> list[Cell]:
    """The names that a line is made of: what parts them is a stroke, a dash, a colon behind a label, a place or a desk,
    or what they are. `first` is whether nothing stands above the line: a place and a colon may open a headline.

    >>> [(cell.text, cell.kind) for cell in cells_of("القاهرة 10 أغسطس 2015 رويترز")]
    [('القاهرة', 'city'), ('10 أغسطس 2015', 'day'), ('رويترز', 'agency')]
    >>> [(cell.text, cell.label) for cell in cells_of("متابعة - بقلم: سامي ناصر/ عدسة مريم ناصر")]
    [('متابعة', ''), ('سامي ناصر', 'author'), ('مريم ناصر', 'photo')]
    """
    if _PATH.search(text):
        return []
    pieces = _pieces(_SIDES, text)
    if len(pieces) == 1 and text.endswith(":"):  # "CITY، NAME:"
        pieces = _pieces(_COMMAS, text)
    found = [cell for piece in pieces for cell in _cells_in(*piece, first and len(pieces) == 1) if cell.text]
    if len(found) > 1 and (label := _labels().get(folded_phrase(found[0].text))) in ("author", "photo"):
        return [found[1]._replace(label=label), *found[2:]]  # "كتب - NAME"
    return found


def _pieces(separators: re.Pattern[str], text: str) -> list[tuple[str, int]]:
    """What stands between separators, and where each piece begins; a dash in a date or a Latin name is none."""
    ends = [match.span() for match in separators.finditer(text) if not _WITHIN.match(text, match.start() - 1)]
    starts = [0, *(end for _, end in ends)]
    return [(text[start:end], start) for start, end in zip(starts, [*(at for at, _ in ends), len(text)], strict=True)]


def _cells_in(piece: str, start: int, first: bool) -> list[Cell]:
    if label := _before_name().match(piece):
        name = _COMMAS.split(piece[label.end() :], maxsplit=1)[0]
        return [Cell.of(name, start + label.end(), label.lastgroup or "")]
    before, colon, after = piece.partition(":")
    if colon and after.strip(_EDGES):
        at = start + len(before) + 1
        if labelled := _labels().get(folded_phrase(before)):
            return [Cell.of(_COMMAS.split(after, maxsplit=1)[0], at, labelled)]
        names = [Cell.of(before, start), Cell.of(after, at)]
        if names[0].text and _names_behind_colon(*names, quoted=piece.rstrip()[-1] in '»”"', first=first):
            return names
    cell = Cell.of(piece, start)
    if not cell.kind and _HOST.fullmatch(cell.text) and outlet_of_address(f"https://{cell.text}/"):
        return [cell._replace(kind=OUTLET)]
    if cell.kind in ("", DAY, PERSON):
        opening, _, rest = cell.text.partition(" ")
        if _labels().get(folded_phrase(opening)) == "photo" and kind_of(rest) == PERSON:
            return [Cell.of(rest, cell.start + len(opening) + 1, "photo")]
        return _peeled(cell)
    return [cell]


def _names_behind_colon(before: Cell, after: Cell, *, quoted: bool, first: bool) -> bool:
    """Whether a colon parts two names: "خاص: OUTLET", "CITY: «OUTLET»", "CITY: NAME" below the headline."""
    outlet = after.kind in (OUTLET, AGENCY)
    if before.kind == DESK:
        return outlet or _sounds_like_outlet(after.text)
    return before.kind == CITY and ((outlet and quoted) or (after.kind == PERSON and not first))


def _peeled(cell: Cell) -> list[Cell]:
    """The names in a cell that no sign parts: "CITY 25 … 2015 AGENCY", "مكتب CITY"; the cell where it is none such."""
    words = [match.span() for match in _WORD.finditer(cell.text)]
    first, last = 0, len(words)
    if not 1 < last <= _MOST_STAMPED:
        return [cell]

    def named(start: int, end: int) -> Cell:
        return Cell.of(cell.text[words[start][0] : words[end - 1][1]], cell.start + words[start][0])

    def surely(start: int, end: int) -> bool:
        name = named(start, end)
        return first <= start and end <= last and name.kind in _SURE and name.text not in _everyday_names()

    front, back = list[Cell](), list[Cell]()
    while size := next((size for size in (3, 2, 1) if first + size <= last and surely(first, first + size)), 0):
        front.append(named(first, first + size))
        first += size
    while size := next((size for size in (3, 2, 1) if last - size >= first and surely(last - size, last)), 0):
        back.insert(0, named(last - size, last))
        last -= size
    middle = [named(first, last)] if first < last else []
    return [*front, *middle, *back] if all(one.kind == DAY for one in middle) else [cell]


_WORD = compile_re(r"\S+")
_MOST_STAMPED = 12
_SURE = (DESK, CITY, AGENCY)
_PATH = compile_re(r"https?:?//|www\.|[/=?][\w.%-]*[A-Za-z0-9]\.[A-Za-z]{2}|[A-Za-z]\.[A-Za-z]{2,8}/\S")
_WITHIN = compile_re(r"\d(?=\D)[^\w]*\d|[A-Za-z]-[A-Za-z]")


@derived
def _before_name() -> re.Pattern[str]:
    """The labels behind which a name stands without a mark, a group a kind: "بقلم NAME", "عکس از NAME"."""
    of: dict[str, list[str]] = {}
    for _, entry in entries("sources", "labels-before-name"):
        kind, _, phrase = entry.partition("\t")
        of.setdefault(kind, []).append(phrase.replace(" ", r"\s+"))  # letters as they are: «تحرير» is no «تحریر»
    kinds = "|".join(f"(?P<{kind}>{'|'.join(sorted(phrases, key=len, reverse=True))})" for kind, phrases in of.items())
    no_noun = "(?!ال(?!دكتور|أستاذ|استاذ|كاتب|صحفي|زميل|مهندس|سيد))"  # "by means of the aeroplanes"
    return compile_re(rf"[^\w«\"“]*(?:{kinds})(?:\s*[:：/]\s*|\s+{no_noun})(?=\w)", re.IGNORECASE)


@derived
def _labels() -> dict[str, str]:
    """What a label and a colon say of the name behind them: that it is the author's, an editor's, a photographer's."""
    found = dict.fromkeys(folded("artefacts", "labels-photo"), "photo")
    found.update(dict.fromkeys(folded("artefacts", "labels-author"), "author"))
    found.update(dict.fromkeys(map(folded_phrase, _NOT_THE_WRITER), "editor"))
    return found


_NOT_THE_WRITER = (
    "تقرير", "حوار", "ترجمة", "ترجمه", "مترجم", "ترجمہ", "تحرير", "تحریر", "رپورٹ", "ڕاپۆرت", "تأليف", "وەرگێڕان",
    "وەرگێڕانی", "تەرجىمە قىلغۇچى",
)  # fmt: skip
"""Author labels that headlines open with ("report: …", "interview: …"), and reviews of books."""


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
    if cells[0].label == "photo" or opens_with_picture_credit(text):
        return _picture(line, cells)
    if line.number > 1 and _TITLE.match(text) and _PERSON.fullmatch(cells[0].text):
        return _mention(SourceRole.BYLINE, line, cells[0], author=cells[0].text, guessed=True)
    words = words_of(" ".join(cell.text for cell in cells if cell.kind != DAY))
    if ends or not 0 < len(words) <= _MOST_WORDS or (_SENTENCES.search(text) and not _INITIALS.search(text)):
        return None
    if not {word.text for word in words}.isdisjoint(_credit_heads_first()) and _is_credit(text):
        return _mention(SourceRole.CREDIT, line, text)
    if len(cells) > 1:
        return _of_cells(line, cells, head)
    return _signature(line, cells[0], head=head, tail=tail)


_MARK = compile_re(r"[:：/\-–—]")
_LONGEST_NAMES, _LONGEST_STOPPED, _MOST_WORDS = 80, 50, 10
_SENTENCES = compile_re(r"[.!?؟۔]\s|[؛;]|https?://")
_TITLE = compile_re(r"(?:[أاد]\s?\.\s?){1,2}")  # "د. NAME"
_PERSON = compile_re(r"(?:[^\W\d]{1,2}\s?[./]\s*){0,2}[^\W\d]{2,}(?:[ \N{ZERO WIDTH NON-JOINER}-][^\W\d]{2,}){1,4}")


def _author(line: Line, cell: Cell) -> Mention | None:
    """`بقلم: NAME`, `كتب: NAME | DATE`, `نویسنده NAME`: a person whom a label calls the writer."""
    marked = _MARK.search(line.text, 0, cell.start)
    if not _PERSON.fullmatch(cell.text) or not (marked or line.number > 1):
        return None
    return _mention(SourceRole.AUTHOR, line, cell, author=cell.text)


def _picture(line: Line, cells: list[Cell]) -> Mention | None:
    """`عکس از NAME`, `عدسة NAME`: who made a picture that is gone, and for whom."""
    known = _before_name().match(line.text) and len(cells[0].text.split()) <= 3
    whole = len(cells) == 1 or all(cell.kind for cell in cells)
    return _mention(SourceRole.PICTURE, line, cells[0]) if known and whole else None


def _named_below(lines: tuple[Line, ...], index: int, head: bool) -> Mention | None:
    """A person's name below a line that is only names, one of them an outlet's or a desk's: very likely the author."""
    line, name = lines[index], Cell.of(lines[index].text, 0)
    leads = index + 1 < len(lines) and len(lines[index + 1].text) >= _SHORTEST_LEAD
    if not (head and index and leads and name.kind == PERSON):
        return None
    kinds = [cell.kind for cell in cells_of(lines[index - 1].text)]
    if not all(kinds) or not {OUTLET, AGENCY, DESK}.intersection(kinds):
        return None
    return _mention(SourceRole.AUTHOR, line, name, author=name.text, guessed=True)


def _of_cells(line: Line, cells: list[Cell], head: bool) -> Mention | None:
    """The source that names on a line state, with the author beside it."""
    plain = [cell for cell in cells if cell.label in ("", "editor")]
    of = {kind: [cell for cell in plain if cell.kind == kind] for kind in (DESK, CITY, OUTLET, AGENCY)}
    named = of[OUTLET] + of[AGENCY]
    if not named and of[DESK] and len(of[DESK]) + 1 == len(cells):
        named = [cell for cell in of[CITY] if known_outlet(cell.text)]
    others = [cell for cell in plain if cell not in named and cell.kind not in (DESK, CITY)]
    written = [cell for cell in cells if cell.label == "author"]
    days = [cell for cell in others if cell.kind == DAY]
    if named:
        name = named[0]
        # "NAME – OUTLET", "SITE - CITY: NAME" have an author; what follows another outlet is a place
        people = [cell for cell in others if _may_be_person(cell.text)]
        people = [one for one in people if one.start < name.start or _HOST.fullmatch(name.text)]
        author = next((cell for cell in written or (people if len(others) == 1 else ())), None)
        rest = [cell for cell in others if cell not in days and cell is not author]
        rest = [cell for cell in rest if not written or len(cell.text.split()) > 2]  # beside a label, a place
        if rest and (len(rest[0].text.split()) > 4 or len(cells) > 2):  # the title of a page: "OUTLET - … - HEADLINE"
            site = head and name is cells[0] and _HOST.fullmatch(name.text)
            return _mention(SourceRole.INLINE, line, name, whole=False) if site else None
        if days and not (name.kind == AGENCY and (name is cells[-1] or (name is cells[1] and cells[0].kind == CITY))):
            return None
        role = SourceRole.DATELINE if days else SourceRole.BYLINE if author else SourceRole.DESK
        return _mention(
            role, line, name, author=author.text if author else "", whole=not days
        )  # the day stays in its line
    if written and not others:
        return _mention(SourceRole.AUTHOR, line, written[0], author=written[0].text)
    if not others:
        credit = next((cell for cell in of[DESK] if _is_credit(cell.text)), None)
        return _mention(SourceRole.CREDIT, line, credit) if credit else None
    outlets = [cell for cell in others if _sounds_like_outlet(cell.text)]
    if outlets and not days and (of[DESK] or of[CITY] or head):
        return _mention(SourceRole.DESK, line, outlets[0])
    if len(cells) != 2 or len(others) != 1 or others[0].kind in (SECTION, DAY):  # the path of a page
        return None
    if of[DESK] and " " not in others[0].text and cells[0].kind == DESK:
        return _mention(SourceRole.DESK, line, others[0])
    if others[0].kind == PERSON and (of[CITY] or of[DESK]) and line.text[0] not in "-*•":
        return _mention(SourceRole.BYLINE, line, others[0], author=others[0].text)
    return None


_HOST = compile_re(r"(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,8}")


def opens_with_picture_credit(text: str) -> bool:
    """Whether a line credits a picture; templates set the name right behind the label ("…ذریعہGetty Images")."""
    return fold(text).lstrip(_EDGES + "،,").startswith(_picture_labels())


@derived
def _picture_labels() -> tuple[str, ...]:
    return tuple(sorted(fold(phrase) for _, phrase in entries("artefacts", "labels-photo") if " " in phrase))


_NO_PERSON = compile_re(r"[\d:،؛(«\"]")


def _may_be_person(name: str) -> bool:
    """Whether two to four words can be a name: no outlet, no buttons of a pager, no Latin letters beside others."""
    words = name.split()
    latin = {word.isascii() for word in words}
    buttons = folded("artefacts", "words-navigation")
    if not 2 <= len(words) <= 4 or len(latin) != 1 or _NO_PERSON.search(name) or _sounds_like_outlet(name):
        return False
    desk = folded_phrase(words[0]) in folded("sources", "desk-words")
    return not desk and not any(folded_phrase(word) in buttons for word in words)


def _signature(line: Line, cell: Cell, *, head: bool, tail: bool) -> Mention | None:
    """`(رويترز)`, `* خدمة «…»`, `خاص بـ«…»`, `أ ف ب`, `site.example`: an outlet's name with nothing beside it."""
    text, decorated = cell.text, cell.text != line.text
    match = _SIGNED.match(text)
    name = text[match.end() :].strip(_EDGES) if match else text
    outlet = known_outlet(name)
    if outlet is not None:
        sure = bool(match or _HOST.fullmatch(name)) or decorated
        if (not sure and not outlet.agency and not tail) or (name in _everyday_names() and not sure):
            return None
        return _mention(SourceRole.SIGNATURE, line, name)
    if match and match["strong"] and name and _is_name(name):
        return _mention(SourceRole.SIGNATURE, line, name)
    nouns = folded("sources", "outlet-nouns")
    words = text.split()
    noun = line.number > 1 and (head or tail) and 2 <= len(words) <= 5 and folded_phrase(words[0]) in nouns
    if noun or (head and cell.kind == OUTLET):  # a host that the table does not know
        return _mention(SourceRole.SIGNATURE, line, text, guessed=True)
    if head and (desk := _OF_ITS_DESK.fullmatch(text)) and kind_of(desk["desk"]) == DESK:
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


@derived
def _everyday_names() -> frozenset[str]:
    """Outlets named by an everyday word: alone on a line they may be a subhead."""
    return frozenset(name for _, name in entries("sources", "everyday-names"))


def _opening(line: Line) -> list[Mention]:
    """Sources at the start of the text: `CITY (AGENCY) --`, `سبق- الرياض:`, `X – …`, and `به گزارش X` further in."""
    if len(line.text) < _SHORTEST_LEAD and not _STOP.search(line.text):
        return []  # a headline that begins with an outlet's name cites it
    if found := _dateline(line):
        return [found]
    for reported in _REPORTED.finditer(line.text, 0, _INLINE_REACH) if _REPORTS.search(line.text) else ():
        group = reported.lastgroup or ""
        if name := reported[group].strip(_EDGES):
            return [_mention(SourceRole.INLINE, line, name, reported.start(group) + reported[group].index(name))]
    return []


_SHORTEST_LEAD = 100
_INLINE_REACH = 900


class _Opened(NamedTuple):
    """The names that a text opens with, whether the last stands in brackets, and where the sentence begins."""

    parts: list[Cell]
    mark: str
    bracketed: bool
    past: int

    @classmethod
    def of(cls, text: str) -> _Opened:
        """The names before the last dash, colon, stroke or bracket of the opening."""
        parts: list[Cell] = []
        ended = cls([], "", False, 0)
        at = 0
        opened = False
        for mark in _OPENING_MARK.finditer(text, 0, _OPENING):
            piece = text[at : mark.start()]
            if piece.strip(_EDGES):
                if len(piece.split()) > _LONGEST_NAME or len(parts) == _MOST_NAMES:
                    break
                parts.append(Cell.of(piece, at))
            elif at:
                break
            at = mark.end()
            if _STRONG_MARK.search(mark[0]) and not (_OPENS_BRACKET.search(mark[0]) or _QUOTES.fullmatch(mark[0])):
                ended = cls(parts[:], mark[0], opened and ")" in mark[0], at)
            elif not _STRONG_MARK.search(mark[0]) and not _WEAK_MARK.search(mark[0]):
                break
            opened = "(" in mark[0]
        return ended


_OPENING = 110
_LONGEST_NAME, _MOST_NAMES = 5, 5
_OPENING_MARK = compile_re(
    rf"(?:{_GAP}*(?:[/\\|:：؛()\[\]«»\"“”]|[-–—]{{1,3}}(?={_GAP}|[^\W\d])|(?<=\s)ـ+(?=\s)|ـ(?=\s)|[،,۔](?!\d)))+{_GAP}*"
)
_STRONG_MARK = compile_re(r"[-–—ـ:：/\\|؛()\[\]]")
_WEAK_MARK = compile_re(r"[،,۔]")
_OPENS_BRACKET = compile_re(r"[(\[]\s*$")
_QUOTES = compile_re(r"[\s«»\"“”]*")


def _dateline(line: Line) -> Mention | None:
    """The outlet, agency or author that the names before the first sentence state."""
    parts, mark, bracketed, past = _Opened.of(line.text)
    kinds = [part.kind for part in parts]
    placed = CITY in kinds or DAY in kinds
    loose = bracketed and not mark.strip(" )]")  # no dash or colon behind the bracket
    if not parts or len(line.text) - past < _SHORTEST_SENTENCE:
        return None
    first, last = parts[0], parts[-1]
    for part in parts:
        if part.kind == DAY and (name := _beside_day(part.text)):
            return _mention(SourceRole.DATELINE, line, name)
        known = part.kind in (OUTLET, AGENCY) or _sounds_like_outlet(part.text)
        within = bracketed and part is last
        if part.text in _everyday_names() and len(parts) == 1 and not re.search("[-–—ـ)]", mark):
            return None  # "السياسة: …"
        if (known or (within and part.text.isascii() and part.kind != DAY)) and (placed or not (loose and within)):
            return _mention(SourceRole.DATELINE, line, part)
    if placed:
        for size in range(_LONGEST_NAME, 0, -1):  # "CITY/ DAY/ AGENCY …", "CITY / متابعة OUTLET …"
            words = line.text[past:].split()[:size]
            words = words[1:] if words and kind_of(words[0]) == DESK else words
            if words and kind_of(name := " ".join(words)) in (OUTLET, AGENCY) and name not in _everyday_names():
                return _mention(SourceRole.DATELINE, line, name)
    if bracketed and last.kind == DESK and placed:
        return _mention(SourceRole.CREDIT, line, last, whole=False)
    if bracketed and last.kind in (DESK, SECTION) and len(parts) == 2 and len(first.text.split()) <= 3:
        return _mention(SourceRole.DATELINE, line, first)  # "OUTLET (خصوصی رپورٹ) …"
    if kinds == [PERSON, CITY] or (bracketed and placed and last.kind == PERSON):
        author = last if last.kind == PERSON else first
        return _mention(SourceRole.BYLINE, line, author, author=author.text, whole=False)
    between = line.text[first.start + len(first.text) : last.start]
    if kinds == [CITY, ""] and " " not in last.text and _STRONG_MARK.search(between):  # "CITY - AGENCY -"
        return _mention(SourceRole.DATELINE, line, last)
    return None


def _beside_day(part: str) -> str:
    """The outlet that shares a part of a dateline with the day: "CITY 12-5-2021 AGENCY", "OUTLET 24"."""
    words = [word for word in part.split() if not (_DAY.search(word) or month_of(fold_date(word), "fa"))]
    names = [" ".join(words), *words[-1:]]
    return next(
        (name for name in names if name and name in part and (known_outlet(name) or _sounds_like_outlet(name))), ""
    )


_SHORTEST_SENTENCE = 20
_REPORTS = compile_re("گزارش|نقل از|ژانس")
_REPORTED = compile_re(
    rf"""
    (?: (?: ب[هە]{_GAP}*گزارش | ب[هە]{_GAP}*نقل{_GAP}*از | گزارش{_GAP}*می[{_JOINED}]*دهد{_GAP}*ک[هە] ){_GAP}+
        (?! (?:این|آن|خود|روز|وی|گزارش){_GAP} )
        (?:(?:خبرنگار|سرویس|گروه){_GAP}+(?:[^\W\d]+{_GAP}+)?)?
        (?:[آا]ژانس{_GAP}+)?
        (?P<name>[«"“]?[^\W\d]+(?:[{_JOINED}]+[^\W\d]+){{0,2}})
    )
    # Pashto: "د باختر اژانس خبریال", "… خبري اژانس ته وویل"
  | (?<!\w)د{_GAP}+(?P<pashto>(?!د{_GAP})[^\W\d]+(?:{_GAP}+[^\W\d]+)?){_GAP}+(?:خبر[يی]{_GAP}+)?[اآ]ژانس
    """,
    re.VERBOSE,
)


def _closing(line: Line) -> list[Mention]:
    """A signature glued to the end of a paragraph: `… (رويترز)`, `… *نقلاً عن X`, `… منبع: X`."""
    text = line.text
    tail = text[-_CLOSING:]
    bracket = _LAST_BRACKET.search(tail)
    match = bracket or _LAST_LABEL.search(tail)
    if match is None:
        return []
    name = match["name"].strip(_EDGES)
    labelled = bracket is None
    before = tail[: match.start("whole")].rstrip()
    if not labelled and (before[-1:] not in _SENTENCE_ENDS or tail.rstrip().endswith(".")):
        return []  # "… وكالة الأنباء (وام)." is an agency quoted in its sentence
    if not name or not (known_outlet(name) or (labelled and _is_name(name))):
        return []
    offset = len(text) - len(tail)
    whole = Span(line.body.start + offset + match.start("whole"), line.body.end)
    role = SourceRole.LABEL if labelled else SourceRole.SIGNATURE
    mention = _mention(role, line, name, offset + match.start("name") + match["name"].index(name))
    return [structs.replace(mention, whole=whole)]


_CLOSING = 90
_SENTENCE_ENDS = frozenset('.!؟?۔»”"')
_LAST_BRACKET = compile_re(r"(?P<whole>[(\[](?P<name>[^()\[\]\n]{2,40})[)\]])\s*[.]?$")
_LAST_LABEL = compile_re(
    rf"""(?<=[.!؟?۔»"”)\s])
    (?P<whole>
        (?: [*]{{0,2}} (?:المصدر|منبع|ماخذ|مأخذ|سەرچاوە|بشکریہ) {_GAP}*{_COLON}
          | [*]{{1,2}} {_GAP}* (?:نقلا[ًا]?|نقلاً) {_GAP}+ عن {_GAP}
        )
        {_GAP}* (?P<name>[^\n:.؛]{{2,40}}?)
    )\s*[.]?$""",
    re.VERBOSE,
)


def _disclaimer(line: Line) -> list[Mention]:
    """The outlet that a disclaimer, a rights line or a permalink names; "the site" names nobody."""
    found = _disclaimer_pattern().search(line.text, max(len(line.text) - _LONGEST_DISCLAIMER, 0))
    match = _DISCLAIMED.match(line.text, found.end()) if found else None
    name = match["name"].strip(_EDGES) if match else ""
    first = words_of(name)
    if match is None or not first or first[0].text in folded("sources", "names-nobody") or len(name) > 40:
        return []
    at = match.start("name") + match["name"].index(name)
    return [_mention(SourceRole.DISCLAIMER, line, name, at, whole=False)]


_DISCLAIMED = compile_re(
    rf"{_GAP}*[\"«“]?(?:(?:صحيفة|موقع|شبكة|قناة|جريدة|وكالة|مجلة|بوابة|لدى|سایت|روزنامه|خبرگزاری){_GAP}+)?"
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
    outlet, span = known_outlet(name) or _NO_OUTLET, Span(start, start + len(name))
    takes = line.body if whole and role not in (SourceRole.DATELINE, SourceRole.INLINE) else span
    return Mention(role, span, takes, line, name, outlet.name, outlet.agency, author, guessed=guessed)


_NO_OUTLET = Outlet("", False)


_SIDES = compile_re(rf"{_GAP}*(?:[/\\|•·_]|[-–—]{{1,3}}|(?<=\s)ـ+(?=\s)|ـ(?=\s))+{_GAP}*")
_COMMAS = compile_re(rf"{_GAP}*[،,]{_GAP}*")
_STOP = compile_re(r"[.!?؟۔…]$")
_INITIALS = compile_re(r"[.](?:[^\W\d]{1,2}[.])+|(?:[^\W\d][.]\s?){2,}")


def _is_credit(text: str) -> bool:
    """Whether every word belongs to a credit that names nobody, and one of them makes it a credit."""
    joined = folded_phrase(text)
    if joined in folded("sources", "credit-heads"):
        return True
    words = joined.split(" ")
    vocabulary = _credit_words()
    return len(words) >= 2 and any(
        all(word in known or (word[1:] in known and word[0] == "و") for word in words) for known in vocabulary
    )


@derived
def _credit_words() -> tuple[frozenset[str], ...]:
    """The words of credits, by language: what is a word of one may be another word of the next."""
    found: dict[str, set[str]] = {}
    for language, phrase in entries("sources", "credit-words"):
        found.setdefault(language, set()).update(folded_phrase(phrase).split(" "))
    of_all = found.pop("mul")
    return tuple(frozenset(words | of_all) for words in found.values())


@derived
def _credit_heads_first() -> frozenset[str]:
    return frozenset(word for phrase in folded("sources", "credit-heads") for word in phrase.split(" ")) | frozenset(
        "و" + phrase for phrase in folded("sources", "credit-heads")
    )


def _sounds_like_outlet(part: str) -> bool:
    """Whether a name has an outlet's noun in it: "صحيفة …", "… نيوز"."""
    words = folded_phrase(part).split(" ")
    nouns = folded("sources", "outlet-nouns")
    return 2 <= len(words) <= 5 and not nouns.isdisjoint((words[0], words[-1], " ".join(words[-2:])))


def _compact(name: str) -> str:
    """`name` without anything but its letters and digits: "أ. ف. ب" and "أ ف ب" are one."""
    return "".join(word.text for word in words_of(name.replace(".", " "))).replace("-", "").replace("'", "")


def _bare_name(name: str) -> str:
    """`name` without the noun before it: "صحيفة عكاظ" is عكاظ."""
    words = [word.text for word in words_of(name.replace(".", " "))]
    if len(words) > 1 and words[0] in folded("sources", "outlet-nouns") | {"ال", "عن", "نقلا"}:
        words = words[1:]
    return "".join(words)


@derived
def _outlets() -> dict[str, Outlet]:
    return {compact: Outlet(*outlet) for compact, outlet in _listed_outlets().items()}


@derived_and_kept
def _listed_outlets() -> dict[str, tuple[str, bool]]:
    table: dict[str, tuple[str, bool]] = {}
    for name, agency in (("agencies", True), ("outlets", False)):
        for _, entry in entries("sources", name):
            spellings = [spelling.strip() for spelling in entry.split(" = ")]
            outlet = (spellings[0], agency)
            for spelling in spellings:
                table.setdefault(_compact(spelling), outlet)
    return table


@derived
def _disclaimer_scan() -> Phrases:
    return Phrases({phrase: 1 for _, phrase in entries("sources", "disclaimers")}, name="disclaimers")


@derived
def _disclaimer_pattern() -> re.Pattern[str]:
    phrases = sorted(
        (phrase for _, phrase in entries("sources", "disclaimers")), key=lambda phrase: (-len(phrase), phrase)
    )
    spelled = (phrase_pattern(phrase) + ("" if phrase.endswith(" ل") else r"(?!\w)") for phrase in phrases)
    return compile_re(rf"(?<!\w)(?:و|ف)?(?:{'|'.join(spelled)})")
