"""Zero width non-joiner: noise in Arabic, needed in Persian, and what programs put in its place."""

import re
from collections.abc import Iterator
from pathlib import Path

from corpuslint import Anatomy, Applicability, DeclarativeRule, Diagnostic, Edit, Fix, Span, compile_re, non_joiners

_ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
_LETTER = "\u0621-\u063a\u0641-\u064a\u0671-\u06d3\u06d5"
_MARK = "\u064b-\u0655\u0670"
_WORD = f"[{_LETTER}{_MARK}]"
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


def _listed(name: str) -> list[str]:
    lines = (Path(__file__).parent / "data" / name).read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


_ENDINGS = ("", "م", "ی", "د", "یم", "ید", "ند")
_VERBS = frozenset(stem + ending for stem in _listed("persian-verb-stems.txt") for ending in _ENDINGS)


def is_verb(_: Anatomy, match: re.Match[str]) -> float:
    """1.0 for a form of one of the commoner verbs, and behind a non-joiner; 0.0 for any other word."""
    return float(match["verb"] in _VERBS or _ZWNJ in match["span"])


def lost_non_joiners(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A Persian text without one non-joiner, and its words glued."""
    text = anatomy.text
    if _ZWNJ in text:
        return
    words, lost = non_joiners.count_glued(text)
    fewest = max(_FEWEST, words / _ONE_IN)
    if lost < fewest:
        return
    edits: list[Edit] = []
    glued = 0
    for match in non_joiners.WORD.finditer(text):
        parts = non_joiners.with_non_joiner(match[0])
        if parts == match[0] or anatomy.is_protected(Span(*match.span())):
            continue
        glued += 1
        at = match.start()
        for part in parts.split(_ZWNJ)[:-1]:
            at += len(part)
            edits.append(Edit(Span(at, at), _ZWNJ))
    if glued >= fewest:
        fix = rule.fix(tuple(edits), "Put the non-joiners back")
        evidence = {"glued": glued, "words": words}
        yield rule.report(anatomy, fix=fix, confidence=0.95, evidence=evidence, count=glued)


_FEWEST = 3
"""Glued words that a text must have; one or two are slips."""
_ONE_IN = 50
"""One glued word in so many words is enough; a text with its non-joiners has four such places."""
