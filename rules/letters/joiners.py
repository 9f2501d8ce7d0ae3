"""Zero width non-joiner: noise in Arabic, needed in Persian, and what programs put in its place."""

import re
from collections.abc import Iterator
from pathlib import Path

from corpuslint import Anatomy, Applicability, DeclarativeRule, Diagnostic, Edit, Fix, Span, compile_re, non_joiners

_ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
_LETTER = "\u0621-\u063a\u0641-\u064a\u0671-\u06d3\u06d5"
_MARK = "\u064b-\u0655\u0670"
_WORD = f"[{_LETTER}{_MARK}]"
_DASH = "\N{ARABIC TATWEEL}"  # as some write it between two words
_NOT_JOINING = "اأإآدذرزژوؤةءڈڑە"
_BETWEEN = compile_re(rf"(?<!{_WORD})({_WORD}+)({_ZWNJ}+)({_WORD}+)")


def non_joiner_in_arabic(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A ZWNJ between two Arabic letters."""
    if anatomy.language != "ar" and "ة" not in anatomy.text:
        return
    for line in anatomy.filled:
        if _ZWNJ not in line.text or anatomy.language_of(line) != "ar" or not anatomy.may_rewrite("ar"):
            continue
        for match in _BETWEEN.finditer(anatomy.text, *line.body):
            span = Span(*match.span(2))
            if anatomy.is_protected(span):
                continue
            left, _, right = match.groups()
            yield rule.report(anatomy, span, fix=_fix(span, left, right), word=f"{left}|{right}")


def _fix(span: Span, left: str, right: str) -> Fix:
    if right.startswith(("ال", "وال")) and len(right) > 4 and len(left) > 1:
        return Fix.replace("Replace it with a space", span, " ", Applicability.UNSAFE)
    if left[-1] in _NOT_JOINING and min(len(left), len(right)) < 4:
        return Fix.delete("Delete it", span)
    return Fix.replace("Replace it with a space, or delete it", span, " ", Applicability.DISPLAY)


_IDLE = compile_re(
    rf"""
    (?<![{_LETTER}{_MARK}{_ZWNJ}{_DASH}\d]) {_ZWNJ}+ (?!های?\b)     # no letter before it, no plural ending behind
  | (?<=\d) {_ZWNJ}+ (?![{_LETTER}{_ZWNJ}])                          # no letter behind it, as the unit of a number is
  | (?<=[{_LETTER}{_MARK}]) {_ZWNJ}{{2,}} (?=[{_LETTER}])            # more than one between two letters
  | (?<=[{_LETTER}{_MARK}]) (?<![هھ]) {_ZWNJ}+ (?![{_LETTER}{_MARK}{_ZWNJ}{_DASH}.])   # no letter behind it
    """,
    re.VERBOSE,
)

# Cheaper, and true of every one of them: something else than letters stands beside it.
_MAYBE_IDLE = compile_re(rf"{_ZWNJ}(?:(?<![{_LETTER}{_MARK}{_ZWNJ}]{_ZWNJ})|(?![{_LETTER}]))")


def idle_non_joiner(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A ZWNJ beside a space, a sign or another ZWNJ."""
    behind = 0
    for candidate in _MAYBE_IDLE.finditer(anatomy.text):
        at = candidate.start()
        match = _IDLE.match(anatomy.text, at) if at >= behind else None
        if not match:
            continue
        span = Span(*match.span())
        behind = span.end
        if match.start() and match.end() < len(anatomy.text) and _joins(anatomy.text, span):
            fix = Fix.replace("Keep one", span, _ZWNJ)
        else:
            fix = Fix.delete("Delete it", span)
        yield rule.report(anatomy, span, fix=fix)


def _joins(text: str, span: Span) -> bool:
    return bool(re.match(_WORD, text[span.start - 1]) and re.match(f"[{_LETTER}]", text[span.end]))


def _places(text: str, needle: str) -> Iterator[int]:
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)


def _listed(name: str) -> list[str]:
    lines = (Path(__file__).parent / "data" / name).read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


_ENDINGS = ("", "م", "ی", "د", "یم", "ید", "ند")
_VERBS = frozenset(stem + ending for stem in _listed("persian-verb-stems.txt") for ending in _ENDINGS)
_PARTED = compile_re(rf"(?<![{_LETTER}{_ZWNJ}])(ن?می) ([{_LETTER}]++)(?!{_ZWNJ})")


def parted_verb_prefix(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """می رود with a space between."""
    text = anatomy.text
    for at in _places(text, "می "):
        match = _PARTED.match(text, at - (text[at - 1 : at] == "ن"))
        if match is None or match[2] not in _VERBS:
            continue
        span = Span(match.end(1), match.start(2))
        if anatomy.language_at(at) == "fa" and not anatomy.is_protected(span):
            fix = Fix.replace("Write a zero width non-joiner", span, _ZWNJ, Applicability.UNSAFE)
            yield rule.report(anatomy, span, fix=fix, word=f"{match[1]} {match[2]}")


def lost_non_joiners(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A Persian text without one non-joiner, and its words glued."""
    text = anatomy.text
    if _ZWNJ in text:
        return
    edits: list[Edit] = []
    glued = words = 0
    for match in _WHOLE_WORD.finditer(text):
        words += 1
        parted = non_joiners.with_non_joiner(match[0])
        if parted == match[0] or anatomy.is_protected(Span(*match.span())):
            continue
        glued += 1
        at = match.start()
        for part in parted.split(_ZWNJ)[:-1]:
            at += len(part)
            edits.append(Edit(Span(at, at), _ZWNJ))
    if glued >= _FEWEST and glued * _ONE_IN >= words:
        fix = rule.fix(tuple(edits), "Put the non-joiners back")
        evidence = {"glued": glued, "words": words}
        yield rule.report(anatomy, fix=fix, confidence=0.95, evidence=evidence, count=glued)


_WHOLE_WORD = compile_re(f"[{_LETTER}{_MARK}]++")
_FEWEST = 3
"""Glued words that a text must have; one or two are slips."""
_ONE_IN = 50
"""One glued word in so many words is enough; a text with its non-joiners has four such places."""
