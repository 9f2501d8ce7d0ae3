"""Sorani typed on a keyboard that lacks its letters."""

import re
from collections.abc import Iterator

from corpuslint import (
    Anatomy,
    Applicability,
    DeclarativeRule,
    Diagnostic,
    Edit,
    Fix,
    Span,
    compile_re,
    invisible,
    sorani,
)

_WORD = compile_re(f"[{invisible.LETTERS}]+")
_SURE = 0.5
"""How sure the least sure letter of a word must be; below it the word stays as it is."""
_LINE_MARGIN = 12.0
"""How surely a line must read as Sorani by itself where the other lines have its letters."""
_TYPED_FOR_AE = "هھةە"
_FEWEST_AE = 2
"""A text with fewer is a name, whose ی و ر ل stay: ە is the most frequent letter, whatever it was typed as."""
_SHARE = 25
"""One letter of the alphabet's own in so many is none: Sorani has one in five."""


def sorani_on_other_keyboard(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """ههولیر for هەولێر."""
    if anatomy.declared_language != "ckb" and (anatomy.language != "ckb" or not anatomy.reading.sure):
        return
    text = anatomy.text
    doubtful = sorani.AMBIGUOUS if sum(map(text.count, _TYPED_FOR_AE)) >= _FEWEST_AE else ""
    written = len(sorani.OWN_LETTERS.findall(text)) * _SHARE > len(text)
    for line in anatomy.filled:
        own = len(sorani.OWN_LETTERS.findall(line.text)) * _SHARE > len(line.text)
        if (own and not sorani.lacks_ae(line.text)) or anatomy.language_of(line) != "ckb":
            continue
        if not own and written and anatomy.read_piece(line.body).margin < _LINE_MARGIN:
            continue  # names, or words of another language, in a text that has the letters
        edits = []
        words = list(_WORD.finditer(text, *line.body))
        for match, quoted in zip(words, sorani.in_arabic([match[0] for match in words]), strict=True):
            right, sureness = sorani.restore_sorani(match[0], "ه" if own else doubtful)
            span = Span(*match.span())
            if right != match[0] and sureness >= _SURE and not quoted and not anatomy.is_protected(span):
                edits.append(Edit(span, right))
        if edits:
            fix = rule.fix(tuple(edits), "Write the Kurdish letters")
            yield rule.report(
                anatomy,
                Span(edits[0].span.start, edits[-1].span.end),
                fix=fix,
                language="ckb",
                confidence=0.95,
                evidence={"count": len(edits)},
                count=len(edits),
            )


def sorani_of_old_font(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """طوتى for گوتی."""
    typed = [line for line in anatomy.filled if sorani.may_be_typed(line.text)]
    # A text was typed for one font; a short line can look like one of another, or of none.
    font = sorani.font_of("\n".join(line.text for line in typed))
    for line in typed if font else ():
        right = sorani.from_font(line.text, font)
        fix = Fix.replace("Write the letters that the font drew", line.body, right, Applicability.UNSAFE)
        yield rule.report(anatomy, line.body, fix=fix, language="ckb", confidence=0.95, font=font)


def typed_for_zarnegar(anatomy: Anatomy, match: re.Match[str]) -> float:
    """1.0 for tanwin inside a word, where Arabic has none, and for any in a text that has enough of those."""
    inside = _LETTER.match(anatomy.text, match.end()) is not None
    return float(inside or len(_INNER_TANWIN.findall(anatomy.text)) >= _ENOUGH_INSIDE)


_LETTER = compile_re(f"[{invisible.LETTERS}]")
_INNER_TANWIN = compile_re(f"[وليیى]\N{ARABIC DAMMATAN}[{invisible.LETTERS}]|ر\N{ARABIC KASRATAN}[{invisible.LETTERS}]")
_ENOUGH_INSIDE = 3
