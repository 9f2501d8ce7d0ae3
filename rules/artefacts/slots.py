"""Lines of a template with values in them: "posted on DATE in SECTION by NAME", "SPAN ago", "3 comments on “TITLE”"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpuslint import (
    Anatomy,
    DeclarativeRule,
    Diagnostic,
    Edit,
    FieldChange,
    Line,
    Severity,
    Span,
    compile_re,
    labels,
    name_lines,
    phrasebook,
)
from corpuslint.text.folding import is_placeholder

_LISTS = ("posted", "by", "all", "within", "between", "remark", "ago", "pen")
POSTED, BY, ALL, IN, BETWEEN, COMMENTS, AGO, PEN = (1 << bit for bit in range(len(_LISTS)))
_DAY, _TITLE = 1 << 8, 1 << 9


def slot_line(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """Lines at an edge that words of a template and values of their kinds cover wholly."""
    weighed = anatomy.page_lines
    edge = [number for number in weighed.lines if weighed.at_an_edge(number)]
    if not edge or len(anatomy.filled) < 2:
        return
    headline = 0 if anatomy.stated("title") else weighed.headline()
    for number in edge:
        line = anatomy.lines[number - 1]
        if not (_DIGIT.search(line.text) or weighed.lines[number] >= _WORTH_A_LOOK):
            continue
        slots = _slots(anatomy, line)
        if slots and (number != headline or slots.sure > _SURE) and number not in anatomy.fact(_quoted):
            if anatomy.only_page:
                return
            fix = rule.fix(
                (Edit(line.full, ""),), "Lift the values" if slots.fields else "Delete the line", slots.fields
            )
            severity = Severity.ERROR if slots.sure > _SURE else Severity.WARNING
            yield rule.report(anatomy, line.body, fix=fix, severity=severity, confidence=slots.sure)


def _quoted(anatomy: Anatomy) -> frozenset[int]:
    """The numbers of the lines that state a day that can be that of an event, a letter or a thing."""
    doubtful = (line for line in anatomy.publication.lines if line.doubtful)
    return frozenset(anatomy.index.position(line.body.start).row for line in doubtful)


_SURE = 0.9
"""How sure a line is that a headline may be, too: it is not reported where it is one, and stays in the text."""
_WORTH_A_LOOK = 0.008
"""How likely a line without a number must be the page's by its words to be taken apart."""


class _Slots(NamedTuple):
    """The values in a line, as fields of metadata, and how sure it is that the line is a template's."""

    fields: tuple[FieldChange, ...]
    sure: float


class _Piece(NamedTuple):
    """A piece of a line: an anchor by its classes, a day, a title; 0 for words that must be a value."""

    bits: int
    text: str
    value: str = ""


def _slots(anatomy: Anatomy, line: Line) -> _Slots | None:
    pieces = _pieces(_vocabulary(), anatomy, line)
    told = 0
    for piece in pieces:
        told |= piece.bits
    if not told & ~BETWEEN:
        return None
    found: dict[str, str] = {}
    counted = spanned = False
    for at, piece in enumerate(pieces):
        if piece.bits:
            if piece.value:
                found.setdefault("published", piece.value)
            continue
        beside = _anchor(pieces[:at][::-1]) | _anchor(pieces[at + 1 :])
        if beside & BY and is_placeholder(piece.text):
            found.setdefault("author", "")  # "by admin"
            continue
        kind = name_lines.kind_of(piece.text)
        if beside & IN and kind == name_lines.Kind.CITY:
            continue  # where it was written
        if beside & AGO and (piece.text.isdecimal() or _SPAN.fullmatch(piece.text)):
            spanned = True
        elif piece.text.isdecimal() and told & COMMENTS:
            counted = True
        elif kind == name_lines.Kind.SECTION or (told & POSTED and beside & IN and _FEW.fullmatch(piece.text)):
            found.setdefault("section", piece.text)
        elif "author" not in found and beside & (BY | ALL | PEN) and _is_name(kind, piece.text):
            found["author"] = piece.text
        else:
            return None
    sure = _sure(told, found, counted, spanned)
    return _Slots(_fields(anatomy, found), sure) if sure else None


def _is_name(kind: name_lines.Kind, words: str) -> bool:
    return kind == name_lines.Kind.PERSON and not labels.reads_as_clause(words)


def _sure(told: int, found: dict[str, str], counted: bool, spanned: bool) -> float:
    """How sure a line is that is covered by these anchors and values: surer than `_SURE` only of a day beside another
    value and of "posted SPAN ago", for headlines are made of the others ("all about NAME", "5 opinions on “TITLE”")."""
    if told & COMMENTS:
        return _SURE if told & _TITLE and counted else 0.0
    if told & _DAY:
        several = "section" in found or "author" in found
        return 0.97 if several else _SURE if told & POSTED else 0.0
    if "author" in found:
        return _SURE if told & (ALL | POSTED | PEN) else 0.85
    return (0.96 if told & POSTED else _SURE) if spanned else 0.0


def _anchor(pieces: list[_Piece]) -> int:
    """The classes of the next anchor; little words between are passed over."""
    return next((piece.bits for piece in pieces if piece.bits != BETWEEN), 0)


def _fields(anatomy: Anatomy, found: dict[str, str]) -> tuple[FieldChange, ...]:
    """The values that nothing else states; a day only where the text states no other."""
    known = anatomy.publication.published
    return tuple(
        FieldChange(name, value)
        for name, value in found.items()
        if value and not (anatomy.declared_date or known if name == "published" else anatomy.stated(name))
    )


def _pieces(vocabulary: phrasebook.Vocabulary, anatomy: Anatomy, line: Line) -> list[_Piece]:
    text, start = line.text, line.body.start
    marks = [(match.span(), _Piece(_TITLE, match[0])) for match in _QUOTED.finditer(text)]
    title = anatomy.stated("title")
    if len(title) > _SHORTEST_TITLE and (at := text.find(title)) >= 0:
        marks.append(((at, at + len(title)), _Piece(_TITLE, title)))
    for one in anatomy.dates_within(line.body) if _DIGIT.search(text) else ():
        value = "" if one.trouble or one.relative else one.value
        marks.append(((one.span.start - start, one.span.end - start), _Piece(_DAY, "", value)))
    marks += [(match.span(), _Piece(BETWEEN, "")) for match in _CLOCK.finditer(text)]
    pieces: list[_Piece] = []
    at = 0
    for (first, end), piece in [*sorted(marks), ((len(text), len(text)), _Piece(BETWEEN, ""))]:
        if first >= at:
            for part in _SIGNS.split(text[at:first]):
                pieces += _covered(vocabulary, part)
            pieces.append(piece)
            at = end
    return pieces


def _covered(vocabulary: phrasebook.Vocabulary, part: str) -> Iterator[_Piece]:
    run = Span(0, 0)
    for bits, start, end in [*vocabulary.cover(part), (BETWEEN, len(part), len(part))]:
        if not bits:
            run = Span(run.start if run.end else start, end)
            continue
        if run.end:
            yield _Piece(0, run.of(part))
            run = Span(0, 0)
        if start < end:
            yield _Piece(bits % phrasebook.BARED, "")


_DIGIT = re.compile(r"\d")
_SPAN = compile_re(r"\d{1,3}\s\S+(?:\s\S+)?")
_FEW = compile_re(r"[^\W\d]+(?:\s[^\W\d]+){0,2}")
_SHORTEST_TITLE = 8
_QUOTED = compile_re(r"[«“”\"][^«»“”\"]{9,}[»“”\"]")
_CLOCK = compile_re(r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?(?:[صم]|[AaPp]\.?[Mm]\.?))?(?!\w)")
_SIGNS = compile_re(r"\s*(?:[|•·/:،,.←→»›*()\[\]]|\s[-–—]\s|-(?=\s)|(?<=\s)-)\s*")


@phrasebook.derived
def _vocabulary() -> phrasebook.Vocabulary:
    return phrasebook.Vocabulary(
        phrasebook.vocabulary_table(
            (1 << bit, [phrase for _, phrase in phrasebook.entries("artefacts", f"words-{name}")])
            for bit, name in enumerate(_LISTS)
        )
    )
