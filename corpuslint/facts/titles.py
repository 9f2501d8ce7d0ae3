"""The title of a document that declares none: its headline, where one stands above the text."""

from __future__ import annotations

import re
from itertools import zip_longest

from corpuslint.facts.calendars import fold
from corpuslint.facts.furniture import is_poem
from corpuslint.facts.layout import Line
from corpuslint.facts.name_lines import HOST, Kind, cells_of, kind_of, opens_with_picture_credit
from corpuslint.facts.outlets import known_outlet, names_nobody
from corpuslint.facts.page import Page
from corpuslint.facts.page_lines import page_lines_of
from corpuslint.facts.phrasebook import folded, folded_phrase
from corpuslint.facts.publication import publication
from corpuslint.facts.relative_dates import find_relative
from corpuslint.facts.roles import Role, roles_of
from corpuslint.facts.wrapping import wrapped_lines
from corpuslint.text.patterns import compile_re


def title_of(anatomy: Page) -> str:
    """The headline above the text, "" where none stands there; a kicker, a section, a ticker or a verse is none.

    It is one of the first lines: what a page without a paragraph has farther down are items of its lists and tables.
    """
    if is_poem(anatomy):
        return ""
    dated = {line.line.start for line in anatomy.fact(publication).lines}
    lines = anatomy.filled[: _HEAD + 1]
    head = [
        line
        for line, below in zip_longest(lines[:_HEAD], lines[1:])
        if line is not None
        and _may_be_text(anatomy, line)
        and line.full.start not in dated
        and is_title(line.text)
        and not (below and _CONTINUES.match(below.text))
    ]
    roles = anatomy.fact(roles_of)
    found = {roles[line.number - 1]: line.text for line in reversed(head)}
    title, kicker = found.get(Role.HEADLINE, ""), found.get(Role.KICKER, "")
    # between a headline and its text stands the writer's name
    return kicker if _size(kicker) > _LONGEST_SECTION >= _size(title) else title or kicker


def _may_be_text(anatomy: Page, line: Line) -> bool:
    return (
        line.number not in anatomy.fact(wrapped_lines)
        and (anatomy.fact(page_lines_of).probability(line.number) or 0.0) < _LIKELY
    )


_HEAD = 4
# What no text begins with: the line above it was broken at a link, in mid-sentence.
_CONTINUES = compile_re(
    r"[،,.:؛)»”]|(?:إلى|التي|الذي|الذين|ب?أن|ب?أنه|ب?أنها|حيث|عن|أي|وذلك|وقد|مما|که|را|کہ|کے|کی|کا|نے|کو)\s"
)
_LIKELY = 0.8


def is_title(line: str) -> bool:
    """Whether a line can be a headline: three words or more, no path of sections, no ticker, no name of an outlet.

    >>> [is_title(line) for line in ("حديقة جديدة في الحي الشمالي", "أخبار » محلية » المدينة", "أخبار محلية", "عاجل")]
    [True, False, False, False]
    """
    words = folded_phrase(line)
    if _size(line) < _FEWEST_WORDS or words in _no_titles():
        return False
    caption = _CREDITED.search(line)
    if (caption and known_outlet(caption[0].strip("()[] "))) or not _ARABIC.search(line):
        return False
    if len(line) > _LONGEST or _NO_HEADLINE.search(line) or opens_with_picture_credit(line):
        return False
    if known_outlet(line) or names_nobody(line):
        return False
    before, *after = _AFTER_NAME.split(line, 1)
    if after and (kind_of(before), after[0]) == (Kind.CITY, "/"):
        return False  # "CITY/ NAME, our envoy"
    if after and (kind_of(before), kind_of(after[1])) == (Kind.DESK, Kind.PERSON):
        return False  # "تغطية/ NAME"
    if _size(line) <= _SHORT and (
        _NUMERIC_DAY.search(line) or (line[-1] in "-–—" and kind_of(line.rstrip(" -–—")) == Kind.PERSON)
    ):
        return False
    names = cells_of(line)
    credited = _size(line) <= _SHORT and any(name.kind == Kind.DESK or HOST.fullmatch(name.text) for name in names)
    if len(names) > 1 and (credited or all(name.kind for name in names)):
        return False  # "CITY: NAME", "OUTLET - خاص - …"
    if len(line) > _LONGEST_UNDATED and find_relative(fold(line), ""):
        return False  # a lead says when
    pieces = [piece for piece in _PATH.split(line) if piece.strip()]
    return len(pieces) < 2 or any(len(piece.split()) > _LONGEST_SECTION for piece in pieces)


def _size(line: str) -> int:
    """The words of a line, initials left out."""
    return sum(len(word) > 1 for word in folded_phrase(line).split(" "))


_FEWEST_WORDS = 3
_SHORT = 5
_LONGEST_UNDATED = 75
_LONGEST = 110  # four in a thousand declared titles are longer, and one in three leads that lack their full stop
_LONGEST_SECTION = 3
_ARABIC = compile_re("[\u0621-\u06d3]")
_CREDITED = compile_re(r"[(\[][^()\[\]]{2,14}[)\]]$")  # "… (رويترز)": a caption
_AFTER_NAME = compile_re(r"\s*([:/])\s*")
_NUMERIC_DAY = compile_re(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
_NO_HEADLINE = compile_re(
    r"""
    ^(?:\W*\d{1,4}\s*[.)–-]|[•●▪■◾*►▶✓])                               # an item of a list
  | [.۔…][»”\"’‘']+$                                                   # words of somebody, quoted above the text
  | ^موفدا?\s|\sبقلم\s|هذا?\s(?:المقال|التحليل)\s                     # "this article was published with …"
  | \sو?(?:في|من|على|إلى|عن|أن|إن|التي|الذي|مع|بين|عند|منذ|در|به|از|که|با|برای|این|کے|کہ|نے|اور|لە|بۆ)$
  | (?:\*{2,}|\s\|\s|\s•\s)[^|•*]{12,}(?:\*{2,}|\s\|\s|\s•\s)        # headlines one after another, as a ticker has them
    """,
    re.VERBOSE,
)
_PATH = compile_re(r"\s*[»›>|\\•]\s*|\s+[/]\s+|\s*::\s*")


def _no_titles() -> frozenset[str]:
    return folded("artefacts", "words-section") | folded("artefacts", "lines-kicker")
