"""Lines of names: the outlets, cities, people, days … that a line at an edge is made of, and what parts them."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from corpuslint.facts.calendars import weekdays
from corpuslint.facts.outlets import AROUND, everyday_names, known_outlet, outlet_of_address, sounds_like_outlet
from corpuslint.facts.phrasebook import derived, entries, fold, folded, folded_phrase
from corpuslint.languages import LANGUAGES
from corpuslint.text.patterns import compile_re


class Kind(StrEnum):
    """What a few words name, as the letter that shapes of lines are spelled with."""

    DESK = "D"
    CITY = "C"
    OUTLET = "O"
    AGENCY = "A"
    SECTION = "S"
    DAY = "Y"
    PERSON = "P"
    UNKNOWN = ""


GAP = "[ \t\N{NO-BREAK SPACE}]"


@derived
def kind_of(part: str) -> Kind:
    """What a few words name: an outlet, a city, a desk …

    >>> [kind_of(name).name for name in ("رويترز", "القاهرة", "متابعة", "شيء آخر تماما من الكلام")]
    ['AGENCY', 'CITY', 'DESK', 'UNKNOWN']
    """
    words = folded_phrase(part)
    outlet = known_outlet(part)
    if words in folded("sources", "desk-words"):
        return Kind.DESK
    if words in folded("sources", "cities"):
        return Kind.CITY
    if outlet is not None:
        return Kind.AGENCY if outlet.agency else Kind.OUTLET
    sections = folded("artefacts", "words-section")
    if words in sections or (words.partition(" و")[1] and words.split(" ")[0] in sections):
        return Kind.SECTION
    if DAY_IN.search(part) or words in _weekdays():
        return Kind.DAY
    return Kind.PERSON if _may_be_person(part) else Kind.UNKNOWN


DAY_IN = compile_re(r"(?<![a-zA-Z\d])\d{1,4}(?!\d)")


@derived
def _weekdays() -> frozenset[str]:
    return frozenset(folded_phrase(name) for name in weekdays(LANGUAGES))


_NO_PERSON = compile_re(r"[\d:،؛(«\"]")


def _may_be_person(name: str) -> bool:
    """Whether two to four words can be a name: no outlet, no button of a pager, no Latin letters beside others."""
    words = name.split()
    latin = {word.isascii() for word in words}
    if not 2 <= len(words) <= 4 or len(latin) != 1 or _NO_PERSON.search(name) or sounds_like_outlet(name):
        return False
    if says_something(name):
        return False
    folds = [folded_phrase(word) for word in words]
    others = folded("artefacts", "words-navigation") | folded("sources", "outlet-heads")
    return folds[0] not in folded("sources", "desk-words") and others.isdisjoint(folds)


def says_something(name: str) -> bool:
    """Whether a word of sentences stands among those of a name: "رجل لا ينام" is a headline."""
    return not _little_words().isdisjoint(name.split())


@derived
def _little_words() -> frozenset[str]:
    words = (word for tag in ("ar", "fa", "ur", "ckb") for word in LANGUAGES[tag].words)
    return frozenset(words) - {"و", "على", "کرد", "آن"}  # two writers; Ali, as Egypt spells him; a Kurd; Anne


class Cell(NamedTuple):
    """A piece of a line of names: its text, where that begins, what it is, and what the label before it says it is."""

    text: str
    start: int
    kind: Kind
    label: str = ""

    @classmethod
    def of(cls, text: str, start: int, label: str = "") -> Cell:
        """The cell that `text` at `start` is, without what is drawn around it."""
        bare = text.strip(AROUND)
        return cls(bare, start + text.index(bare), kind_of(bare), label)


def cells_of(text: str, *, first: bool = False) -> list[Cell]:
    """The names that a line is made of: what parts them is a stroke, a dash, a colon behind a label, a place or a desk,
    or what they are. `first` is whether nothing stands above the line: a place and a colon may open a headline.

    >>> [(cell.text, cell.kind.name) for cell in cells_of("القاهرة 10 أغسطس 2015 رويترز")]
    [('القاهرة', 'CITY'), ('10 أغسطس 2015', 'DAY'), ('رويترز', 'AGENCY')]
    >>> [(cell.text, cell.label) for cell in cells_of("متابعة - بقلم: سامي ناصر/ عدسة مريم ناصر")]
    [('متابعة', ''), ('سامي ناصر', 'author'), ('مريم ناصر', 'photo')]
    """
    if _PATH.search(text):
        return []
    pager = _PAGER.match(text)
    pieces = _pieces(_SIDES, " " * pager.end() + text[pager.end() :] if pager else text)
    if len(pieces) == 1 and text.endswith(":"):  # "CITY، NAME:"
        pieces = _pieces(_COMMAS, text)
    found = [cell for piece in pieces for cell in _cells_in(*piece, first and len(pieces) == 1) if cell.text]
    if len(found) > 1 and (label := _labels().get(folded_phrase(found[0].text))) in ("author", "photo"):
        return [found[1]._replace(label=label), *found[2:]]  # "كتب - NAME"
    return found


_PAGER = compile_re(r"(?:(?:next|previous|prev)[\s–|-]+)+", re.IGNORECASE)
"""A pager's buttons, glued before the line below them."""
_SIDES = compile_re(rf"{GAP}*(?:[/\\|•·_]|[-–—]{{1,3}}|(?<=\s)ـ+(?=\s)|ـ(?=\s))+{GAP}*")
_COMMAS = compile_re(rf"{GAP}*[،,]{GAP}*")
_PATH = compile_re(r"https?:?//|www\.|[/=?][\w.%-]*[A-Za-z0-9]\.[A-Za-z]{2}|[A-Za-z]\.[A-Za-z]{2,8}/\S")
_WITHIN = compile_re(r"\d(?=\D)[^\w]*\d|[A-Za-z]-[A-Za-z]")


def _pieces(separators: re.Pattern[str], text: str) -> list[tuple[str, int]]:
    """What stands between separators, and where each piece begins; a dash in a date or a Latin name is none."""
    ends = [match.span() for match in separators.finditer(text) if not _WITHIN.match(text, match.start() - 1)]
    starts = [0, *(end for _, end in ends)]
    return [(text[start:end], start) for start, end in zip(starts, [*(at for at, _ in ends), len(text)], strict=True)]


def _cells_in(piece: str, start: int, first: bool) -> list[Cell]:
    if label := before_name().match(piece):
        name = _COMMAS.split(piece[label.end() :], maxsplit=1)[0]
        before, _, last = name.rpartition(" ")
        if before and Kind.DESK in (kind_of(last), kind_of(last.removeprefix("و"))):
            name = before  # "بقلم NAME ترجمة", "NAME ووكالات"
        return [Cell.of(name, start + label.end(), label.lastgroup or "")]
    before, colon, after = piece.partition(":")
    if colon and after.strip(AROUND):
        at = start + len(before) + 1
        if labelled := _labels().get(folded_phrase(before)):
            return [Cell.of(_COMMAS.split(after, maxsplit=1)[0], at, labelled)]
        names = [Cell.of(before, start), Cell.of(after, at)]
        if names[0].text and _names_behind_colon(*names, quoted=piece.rstrip()[-1] in '»”"', first=first):
            return names
    cell = Cell.of(piece, start)
    if not cell.kind and HOST.fullmatch(cell.text) and outlet_of_address(f"https://{cell.text}/"):
        return [cell._replace(kind=Kind.OUTLET)]
    if cell.kind in (Kind.UNKNOWN, Kind.DAY, Kind.PERSON):
        opening, _, rest = cell.text.partition(" ")
        if _labels().get(folded_phrase(opening)) == "photo" and kind_of(rest) == Kind.PERSON:
            return [Cell.of(rest, cell.start + len(opening) + 1, "photo")]
        return _peeled(cell)
    return [cell]


HOST = compile_re(r"(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,8}")


def _names_behind_colon(before: Cell, after: Cell, *, quoted: bool, first: bool) -> bool:
    """Whether a colon parts two names: "خاص: OUTLET", "CITY: «OUTLET»", "CITY: NAME" below the headline."""
    outlet = after.kind in (Kind.OUTLET, Kind.AGENCY)
    if before.kind == Kind.DESK:
        return outlet or sounds_like_outlet(after.text)
    return before.kind == Kind.CITY and ((outlet and quoted) or (after.kind == Kind.PERSON and not first))


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
        return first <= start and end <= last and name.kind in _SURE and name.text not in everyday_names()

    front, back = list[Cell](), list[Cell]()
    while size := next((size for size in (3, 2, 1) if first + size <= last and surely(first, first + size)), 0):
        front.append(named(first, first + size))
        first += size
    while size := next((size for size in (3, 2, 1) if last - size >= first and surely(last - size, last)), 0):
        back.insert(0, named(last - size, last))
        last -= size
    middle = [named(first, last)] if first < last else []
    return [*front, *middle, *back] if all(one.kind == Kind.DAY for one in middle) else [cell]


_WORD = compile_re(r"\S+")
_MOST_STAMPED = 12
_SURE = (Kind.DESK, Kind.CITY, Kind.AGENCY)


@derived
def before_name() -> re.Pattern[str]:
    """The labels behind which a name stands without a mark, a group a kind: "بقلم NAME", "عکس از NAME"."""
    of: dict[str, list[str]] = {}
    for language in LANGUAGES.values():
        for kind in ("author", "photo"):
            spelled = (phrase.replace(" ", r"\s+") for phrase in language.names_behind.get(kind, ()))
            of.setdefault(kind, []).extend(spelled)  # letters as they are: «تحرير» is no «تحریر»
    kinds = "|".join(f"(?P<{kind}>{'|'.join(sorted(phrases, key=len, reverse=True))})" for kind, phrases in of.items())
    no_noun = "(?!ال(?!دكتور|أستاذ|استاذ|كاتب|صحفي|زميل|مهندس|سيد))"  # "by means of the aeroplanes"
    return compile_re(rf"[^\w«\"“]*(?:{kinds})(?:\s*[:：/]\s*|\s+{no_noun})(?=\w)", re.IGNORECASE)


@derived
def _labels() -> dict[str, str]:
    """What a label and a colon say of the name behind them: that it is the author's, an editor's, a photographer's."""
    found = dict.fromkeys(folded("artefacts", "labels-photo"), "photo")
    found.update(dict.fromkeys(folded("artefacts", "labels-author"), "author"))
    for language in LANGUAGES.values():
        found.update(dict.fromkeys(map(folded_phrase, language.names_behind.get("editor", ())), "editor"))
    return found


def opens_with_picture_credit(text: str) -> bool:
    """Whether a line credits a picture; templates set the name right behind the label ("…ذریعہGetty Images")."""
    return fold(text).lstrip(AROUND + "،,").startswith(_picture_labels())


@derived
def _picture_labels() -> tuple[str, ...]:
    return tuple(sorted(fold(phrase) for _, phrase in entries("artefacts", "labels-photo") if " " in phrase))
