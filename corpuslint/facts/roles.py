"""What each line of a document is for: headline, text, or one of the things that pages put around a text."""

from __future__ import annotations

from enum import Enum

from corpuslint.facts.furniture import Furniture, furniture_of, page_cues_in
from corpuslint.facts.labels import Label, labels_of
from corpuslint.facts.layout import Line
from corpuslint.facts.openers import HEADLINE, SHORT, STAMP, openers_of
from corpuslint.facts.page import Page
from corpuslint.facts.sources import SourceRole, sources_of
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span
from corpuslint.words.reading import END, LINE_FIELDS, START


class Role(Enum):
    """The role of a line."""

    BLANK = "blank"
    HEADLINE = "headline"
    KICKER = "kicker"
    BYLINE = "byline"
    DATELINE = "dateline"
    DATE = "date"
    SOURCE = "source"
    CREDIT = "credit"
    BODY = "body"
    SUBHEAD = "subhead"
    QUOTE = "quote"
    KEYWORDS = "keywords"
    COUNTER = "counter"
    SHARE = "share"
    COMMENT_POLICY = "comment policy"
    RELATED = "related headline"
    TEASER = "teaser"
    LABEL = "label"
    CODE = "code"
    FURNITURE = "furniture"


def roles_of(anatomy: Page) -> tuple[Role, ...]:
    """The role of every line, in the order of `anatomy.lines`."""
    taken: dict[int, Role] = {}
    for piece in anatomy.fact(furniture_of):
        if piece.span == piece.line.body:
            taken[piece.line.number] = _FURNITURE.get(piece.kind, Role.FURNITURE)
    for mention in anatomy.fact(sources_of):
        if mention.owns_line:
            taken[mention.line.number] = _SOURCES.get(mention.role, Role.SOURCE)
    labels = {found.line.number: found.label for found in anatomy.fact(labels_of)}
    roles = []
    for line in anatomy.lines:
        if line.blank:
            roles.append(Role.BLANK)
        else:
            roles.append(taken.get(line.number) or _own_role(line, labels.get(line.number)))
    _name_headlines(anatomy.lines, roles)
    _name_lists(anatomy.lines, roles, labels)
    return tuple(roles)


def is_only_page(anatomy: Page) -> bool:
    """Whether the document holds furniture, labels and code, and no line of an article.

    A long line in a document whose lines open like text decides without a closer look.
    """
    text, places = anatomy.text, anatomy.words.lines
    if len(text) > _PAGE or (not anatomy.fact(openers_of)[0] & ~_OF_ARTICLES and "\n" not in text.strip()):
        return False
    for row in range(0, len(places), LINE_FIELDS):
        start, end = places[row + START], places[row + END]
        long = end - start >= (_LONG_SENTENCE if text[end - 1 : end] in (".", "۔") else _LONG)
        if long and (end - start > _LONGEST_SENTENCE or not page_cues_in(anatomy, Span(start, end))):
            return False
    taken = len(anatomy.fact(furniture_of)) + len(anatomy.fact(labels_of)) + len(anatomy.fact(sources_of))
    if taken == 0 or (2 * taken < len(anatomy.filled) and "[" not in text and "<" not in text):
        return False
    roles = set(anatomy.fact(roles_of)) - {Role.BLANK}
    return bool(roles) and not roles & _ARTICLE


_PAGE = 3000
_OF_ARTICLES = SHORT | STAMP | HEADLINE  # kinds of lines that articles have, too
_LONGEST_SENTENCE = 420
_LONG, _LONG_SENTENCE = 130, 100
_ARTICLE = {Role.HEADLINE, Role.KICKER, Role.BODY, Role.SUBHEAD, Role.QUOTE, Role.DATELINE}

_FURNITURE = {
    Furniture.COUNTER: Role.COUNTER,
    Furniture.NUMBER: Role.COUNTER,
    Furniture.SHARE: Role.SHARE,
    Furniture.POLICY: Role.COMMENT_POLICY,
    Furniture.COMMENT: Role.COMMENT_POLICY,
}
_SOURCES = {
    SourceRole.BYLINE: Role.BYLINE,
    SourceRole.AUTHOR: Role.BYLINE,
    SourceRole.CREDIT: Role.CREDIT,
    SourceRole.PICTURE: Role.CREDIT,
    SourceRole.EMPTY: Role.LABEL,
}

_CODE = compile_re(r"[\[{<]/?[a-zA-Z!][^\u0600-\u06ff]*[\]}>]|[^\u0600-\u06ff]*[{};=][^\u0600-\u06ff]*")
_STOP = compile_re(r"[.!?؟۔…:؛،][\s»”\"')\]]*$")
_BULLET = compile_re(r"[•●▪■◾*►▶»›>+✓-]\s|\d{1,2}[-.)]\s")
_ELLIPSIS = compile_re(r"(?:\.{3}|…)[\s»”\"')\]]*$")
_HEADLINE = 160  # code points; headlines of agencies rarely pass 120
_SUBHEAD = 60


def _own_role(line: Line, label: Label | None) -> Role:
    text = line.text
    if label is not None:
        return _LABELS.get(label.kind, Role.LABEL) if label.value else Role.LABEL
    if _CODE.fullmatch(text):
        return Role.CODE
    if text[0] in '«"“' and text[-1] in '»"”':
        return Role.QUOTE
    return Role.BODY


_LABELS = {"keywords": Role.KEYWORDS, "date": Role.DATE, "author": Role.BYLINE, "related": Role.LABEL}


def _name_headlines(lines: tuple[Line, ...], roles: list[Role]) -> None:
    """The short lines before the first paragraph are headline and kicker; short ones between paragraphs subheads."""
    texts = [index for index, role in enumerate(roles) if role in (Role.BODY, Role.QUOTE)]
    paragraphs = [index for index in texts if len(lines[index].text) > _HEADLINE or _STOP.search(lines[index].text)]
    if not paragraphs:
        return
    first, last = paragraphs[0], paragraphs[-1]
    above = [index for index in texts if index < first]
    for index in above[-2:]:
        roles[index] = Role.HEADLINE
    if len(above) >= 2 and roles[above[-2]] is Role.HEADLINE:
        roles[above[-2]] = Role.KICKER
    for index in texts:
        if first < index < last and len(lines[index].text) <= _SUBHEAD and not _STOP.search(lines[index].text):
            roles[index] = Role.SUBHEAD


def _name_lists(lines: tuple[Line, ...], roles: list[Role], labels: dict[int, Label]) -> None:
    """Below a label of related pieces, lines without a full stop are their headlines."""
    inside = False
    for index, line in enumerate(lines):
        if roles[index] is Role.LABEL:
            label = labels.get(line.number)
            inside = label is not None and label.kind == "related"
        elif inside and roles[index] in (Role.BODY, Role.QUOTE, Role.SUBHEAD, Role.HEADLINE):
            bulleted = bool(_BULLET.match(line.text))
            if _ELLIPSIS.search(line.text):
                roles[index] = Role.TEASER
            elif bulleted or (len(line.text) <= _HEADLINE and not _STOP.search(line.text)):
                roles[index] = Role.RELATED
            else:
                inside = False
