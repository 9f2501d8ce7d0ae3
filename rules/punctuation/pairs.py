"""Quotation marks and brackets without their partner.

What newsrooms do is never reported: a quotation over several paragraphs, opened again at each of them or closed in a
later one; inches and minutes; `1)` in a list; smileys; ”these“ and “these“ quotation marks, as long as they are even.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpuslint import Anatomy, DeclarativeRule, Diagnostic, Edit, Span, compile_re, invisible

_L = invisible.LETTERS
_DOUBLE = compile_re('["“”„‟″]')
_GUILLEMET = compile_re("[«»]{3,}|[«»]")
_REACH = 4
"""Paragraphs within which a quotation that one of them leaves open may be closed."""


class Loose(NamedTuple):
    """A mark without a partner in its paragraph; `number` is the paragraph's place among the filled lines."""

    at: int
    opens: bool
    number: int


def unbalanced_quote(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A quotation that is never closed, or never opened."""
    text = anatomy.text
    loose: list[Loose] = []
    if not anatomy.characters.isdisjoint("«»") and text.count("«") != text.count("»"):
        loose += _settled(_loose_guillemets(anatomy), anatomy)
    if _may_be_odd(text, anatomy.characters):
        loose += _settled(_loose_doubles(anatomy), anatomy)
    if len(loose) == 2 and loose[0].number == loose[1].number:
        # « on one side and ” on the other.
        return
    for one in sorted(loose):
        yield rule.report(anatomy, Span(one.at, one.at + 1), mark=text[one.at], confidence=0.9)


def _may_be_odd(text: str, characters: frozenset[str]) -> bool:
    """Whether a line may hold an odd number of double quotation marks; “ and ” as often as each other are even."""
    marks = [mark for mark in '"“”„‟″' if mark in characters]
    if not marks or (marks == ["“", "”"] and text.count("“") == text.count("”")):
        return False
    if len(marks) == 1:
        return any(line.count(marks[0]) & 1 for line in text.split("\n"))
    return any(sum(map(line.count, marks)) & 1 for line in text.split("\n"))


def _loose_guillemets(anatomy: Anatomy) -> list[Loose]:
    loose: list[Loose] = []
    for number, line in enumerate(anatomy.filled):
        if number < _PATH_LINES and len(line.text) <= 80 and _PATH.fullmatch(line.text):
            continue
        opened: list[int] = []
        for match in _GUILLEMET.finditer(anatomy.text, line.span.start, line.span.end):
            if len(match[0]) > 1:
                continue  # a ruler
            if match[0] == "«":
                opened.append(match.start())
            elif opened:
                opened.pop()
            else:
                loose.append(Loose(match.start(), False, number))
        loose += (Loose(at, True, number) for at in opened)
    return sorted(loose)


# "Home » Local news": the path of the page points from section to section.
_PATH = compile_re(r"[^«»]{2,30}(?:\s[«»]\s[^«»]{2,40}){1,4}")
_PATH_LINES = 3
_MEASURE = compile_re('(?<=[0-9٠-٩۰-۹])["″]')


def _loose_doubles(anatomy: Anatomy) -> list[Loose]:
    """One mark for each paragraph with an odd number of them: the one that most likely has no partner."""
    text = anatomy.text
    loose: list[Loose] = []
    for number, line in enumerate(anatomy.filled):
        marks = [match.start() for match in _DOUBLE.finditer(text, line.span.start, line.span.end)]
        if len(marks) & 1 == 0 or _MOJIBAKE.search(line.text):
            continue
        measures = [at for at in marks if _MEASURE.match(text, at)]
        if len(measures) & 1 and any(not _closes_here(marks, at) for at in measures):
            continue  # an inch mark, not a quotation mark
        at, opens = _odd_one(text, marks)
        loose.append(Loose(at, opens, number))
    return loose


# UTF-8 read as a Latin code page: „ and ” are then halves of a letter.
_MOJIBAKE = compile_re("[\u00c2\u00c3\u00d8-\u00db][\u0080-\u00bf\u0152-\u2122]")


def _closes_here(marks: list[int], at: int) -> bool:
    """Whether a mark behind a number is the second of a pair."""
    return bool(marks.index(at) & 1)


def _odd_one(text: str, marks: list[int]) -> tuple[int, bool]:
    """The mark that pairs with none when the others are paired in order, and whether it opens a quotation."""
    opened = -1
    for at in marks:
        opens = _is_opening(text, at)
        if opened < 0:
            if not opens:
                return at, False
            opened = at
        elif opens and not _is_closing(text, at):
            return opened, True
        else:
            opened = -1
    return (opened, True) if opened >= 0 else (marks[-1], False)


def _is_opening(text: str, at: int) -> bool:
    """Whether a quotation can begin here: text follows at once, and a space or a short prefix goes before."""
    following = text[at + 1 : at + 2]
    return bool(following and not following.isspace() and following not in ".،؛:!؟?)»]")


def _is_closing(text: str, at: int) -> bool:
    """Whether a quotation can end here: text goes before at once, and no letter follows."""
    before, following = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(at and not before.isspace() and not following.isalnum())


def _settled(loose: list[Loose], anatomy: Anatomy) -> list[Loose]:
    """What is left of loose marks when quotations of several paragraphs are taken out."""
    filled, text = anatomy.filled, anatomy.text
    left: list[Loose] = []
    pending: list[Loose] = []
    for one in loose:
        if one.opens:
            following = filled[one.number + 1].body.start if one.number + 1 < len(filled) else -1
            if following >= 0 and text[following] == text[one.at]:
                continue  # the next paragraph opens it again
            pending.append(one)
        elif pending and one.number - pending[-1].number <= _REACH:
            pending.pop()
        else:
            left.append(one)
    return sorted(left + pending)


_OPENING = {"(": ")", "[": "]", "{": "}", "\N{ORNATE LEFT PARENTHESIS}": "\N{ORNATE RIGHT PARENTHESIS}"}
_CLOSING = {closing: opening for opening, closing in _OPENING.items()}
_BRACKET = compile_re("[" + re.escape("".join(_OPENING) + "".join(_CLOSING)) + "]")
# `1)`, `a)`, `أ)`, and smileys.
_NUMBERING = compile_re(f"(?:^|(?<=[\\s.،؛:]))(?:[0-9٠-٩۰-۹]{{1,3}}|[A-Za-z{_L}]|الف)[ ]?\\)")
_SMILEY = compile_re(r"[:;=8][-'^o]?[()\[\]]")


def unbalanced_bracket(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A bracket that is never closed, or never opened."""
    text = anatomy.text
    pairs = (pair for pair in _OPENING.items() if not anatomy.characters.isdisjoint(pair))
    if all(text.count(opening) == text.count(closing) for opening, closing in pairs):
        return
    for one in _loose_brackets(anatomy):
        yield rule.report(anatomy, Span(one.at, one.at + 1), mark=text[one.at], confidence=0.9)


def _loose_brackets(anatomy: Anatomy) -> list[Loose]:
    text = anatomy.text
    skipped = {match.end() - 1 for pattern in (_NUMBERING, _SMILEY) for match in pattern.finditer(text)}
    left: list[Loose] = []
    opened: dict[str, list[Loose]] = {opening: [] for opening in _OPENING}
    for number, line in enumerate(anatomy.filled):
        for match in _BRACKET.finditer(text, line.span.start, line.span.end):
            at, mark = match.start(), match[0]
            if mark in _OPENING:
                if at not in skipped:
                    opened[mark].append(Loose(at, True, number))
                continue
            open_ones = opened[_CLOSING[mark]]
            if open_ones and number - open_ones[-1].number <= _REACH:
                open_ones.pop()
            elif at not in skipped:
                left.append(Loose(at, False, number))
    return sorted([*left, *(one for open_ones in opened.values() for one in open_ones)])


_MIRRORED = compile_re(f"(?:(?<=\\s)|^)»(?=[{_L}])[^«»\n]*(?<=[{_L}.،])«(?=[\\s.،؛:]|$)", re.MULTILINE)


def mirrored_quote(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """»Quotation marks« that look outward, in a language that has them look inward."""
    text = anatomy.text
    for match in _MIRRORED.finditer(text):
        start, end = match.start(), match.end() - 1
        line_start = text.rfind("\n", 0, start) + 1
        before = text[line_start:start]
        if before.count("«") > before.count("»"):
            continue
        edits = (Edit(Span(start, start + 1), "«"), Edit(Span(end, end + 1), "»"))
        fix = rule.fix(edits, "Exchange the marks")
        yield rule.report(anatomy, Span(start, end + 1), fix=fix)
