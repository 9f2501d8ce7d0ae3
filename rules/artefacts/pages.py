"""Lines of the page that stand alone: what a server says, badges, section paths, each of words of a list in `data`."""

import re
from collections.abc import Iterator

from corpuslint import (
    Anatomy,
    DeclarativeRule,
    Diagnostic,
    Triggers,
    compile_re,
    phrase_pattern,
    phrasebook,
)

_SIGN = r"[^\w\u0600-\u06ff\n]"
"""A character that is no letter or digit: bullets, dashes, brackets, pictures."""


def _phrases(name: str) -> tuple[str, ...]:
    return tuple(phrase for _, phrase in phrasebook.entries("artefacts", name))


def _literals(name: str) -> tuple[str, ...]:
    found = (literal for phrase in _phrases(name) for literal in phrasebook.cue_literals(phrase))
    return tuple(dict.fromkeys(found))


def _any_of(name: str) -> str:
    """A pattern for the phrases of a list, in any spelling; longer ones first."""
    return "|".join(phrase_pattern(phrase) for phrase in sorted(_phrases(name), key=len, reverse=True))


# Each sign is read in one way only, so that no line is read twice.
_OPENING = compile_re(
    r"(?:[^\w\n]|[4۴٤][0۰٠][34۳۴٣٤]|5\d\d|error|http|oops|sorry|code|خطأ|خطای?|عذرا|عفوا|نعتذر|نأسف|متاسفانه"
    r"|متأسفانه|معذرت|ببخشید|ببورە|رقم|رمز)*"
    rf"(?:{_any_of('lines-error')})",
    re.IGNORECASE,
)


def error_page_line(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """What a server or a shield says in place of an article."""
    lines = anatomy.filled
    alone = len(lines) <= _FEW and not any(len(line.text) > _LONG for line in lines)
    for line in lines:
        if len(line.text) > _LONG:
            continue
        match = _OPENING.match(line.text)
        if match is None or (match.end() < len(line.text) and line.text[match.end()].isalnum()):
            continue
        whole = not any(map(str.isalnum, line.text[match.end() :]))
        if not alone and not (whole and len(line.text) <= _BUTTON):
            continue
        yield rule.report(anatomy, line.body) if alone else rule.line(anatomy, line)


_FEW = 12  # an error page has its message, a way home and a menu
_LONG = 170
_BUTTON = 70

_SPELLED = str.maketrans({"ي": "[يی]", "ی": "[يی]", "ك": "[كک]", "ک": "[كک]", "أ": "[أا]", "إ": "[إا]", "ة": "[ةه]"})
_BADGES = "|".join(phrase.translate(_SPELLED) for phrase in _phrases("lines-kicker"))
_BADGE_ALONE = compile_re(rf"^{_SIGN}{{0,4}}(?i:{_BADGES}){_SIGN}{{0,6}}$")
_TICKER = compile_re(r"[^\w\n]*عاجل\s*[|:/•·*].{5,}[|•·*]\s*عاجل\s*[|:/•·*].*")


def badge_or_ticker_line(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A badge above the headline or the text, and the line of a news ticker."""
    lines = anatomy.filled
    if len(lines) < 3:
        return
    for index, line in enumerate(lines):
        is_badge = index < _ABOVE and len(line.text) <= _BADGE and _BADGE_ALONE.fullmatch(line.text)
        if not is_badge and not (len(line.text) <= 600 and _TICKER.fullmatch(line.text)):
            continue
        if is_badge and not any(len(below.text) >= _PARAGRAPH for below in lines[index + 1 : index + 9]):
            continue  # verses, lists and dialogues have short lines
        yield rule.line(anatomy, line)


_ABOVE = 3
_BADGE = 30
_PARAGRAPH = 60

_TOP = 400
_SECTION_PATH = compile_re(r"\s*(?:[/\\»›>→←«‹<|]|::|&gt;)\s*")
_POINTED = compile_re(r"[^«»›>\n]{2,30}(?:\s[»›>]\s[^«»›>:،.؟!\n]{2,30}){1,3}")


def section_path(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A path of the page's sections that does not begin at home."""
    if not _SECTION_PATH.search(anatomy.text[:_TOP]):
        return
    sections = phrasebook.folded("artefacts", "words-section")
    lines = anatomy.filled
    for line in lines[:_ABOVE] if len(lines) > 1 else ():
        if len(line.text) > 80:
            continue
        sides = [phrasebook.folded_phrase(side) for side in _SECTION_PATH.split(line.text) if side.strip()]
        if not 2 <= len(sides) <= 5 or any(side.count(" ") > 2 for side in sides):
            continue
        known = sum(1 for side in sides if side in sections)
        ends = sides[0] in sections or sides[-1] in sections
        if (known >= 2 and ends) or (sides[0] in sections and _POINTED.fullmatch(line.text)):
            yield rule.line(anatomy, line)
            return


ERRORS = Triggers(literals=_literals("lines-error"))
BADGES = (rf"^[^\n]{{0,4}}(?i:{_BADGES})[^\n]{{0,6}}$", r"عاجل[^\n]*عاجل")
