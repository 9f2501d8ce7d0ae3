"""Latin marks between Arabic letters, and marks with the space on the wrong side."""

import re
from collections.abc import Iterator

from corpuslint import (
    Anatomy,
    Applicability,
    DeclarativeRule,
    Diagnostic,
    Edit,
    Span,
    broken,
    compile_re,
    invisible,
    is_in_address,
)

_L = invisible.LETTERS
_M = invisible.MARKS
_D = "0-9٠-٩۰-۹"
_CLOSE = '»”")\\]'
_GAP = " \N{NO-BREAK SPACE}"


def _after_word(mark: str) -> str:
    """A pattern for `mark` right behind an Arabic word, or with a closing mark or a space in between.

    The mark comes first and looks back: a search for one character is fast, a look back from every one is not.
    """
    return f"{mark}(?:(?<=[{_L}{_M}].)|(?<=[{_L}{_M}][{_CLOSE}].)|(?<=[{_L}{_M}][{_GAP}].))"


_ASKS = compile_re(
    r"(?<!\w)(?:[وف]?(?:هل|أهل|ماذا|لماذا|ولماذا|متى|أين|كيف|كم|أي|أية|أليس|ألم|ألا|ألن|أما|أفلا|أولم)"
    "|آیا|چرا|چگونه|چطور|چه|کجا|کدام|چند|مگر|کیست|چیست|"  # Persian
    "کیا|کیوں|کہاں|کب|کون|کیسے|کیسی|کتنے|کتنی|کس|"  # Urdu
    "ئایا|بۆچی|چی|کەی|کوێ|چۆن|کێ|"  # Sorani
    r"ولې|څه|څوک|چېرته|څنګه|قانداق|نېمە|نىمە|قاچان|قەيەر)(?!\w)"
)
"""Words that ask."""
_SENTENCE_END = ".؟!?؛\n"


def latin_question_mark(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """`?` behind an Arabic word."""
    text = anatomy.text
    found = (Span(*match.span()) for match in _AFTER_WORD.finditer(text))
    marks = [mark for mark in found if not is_in_address(text, mark)]
    if not marks or broken.lost_letters(text):
        return
    asked = [Edit(mark, "؟") for mark in marks if _is_question(text, mark)]
    doubtful = [Edit(mark, "؟") for mark in marks if not _is_question(text, mark)]
    yield from rule.by_line(anatomy, asked)
    yield from rule.by_line(anatomy, doubtful, applicability=Applicability.DISPLAY)


_AFTER_WORD = compile_re(f"{_after_word('[?]')}(?![?\\w=&/%])")
_LAST_ON_LINE = compile_re(f"[?!{_CLOSE}{_GAP}]*(?:[\r\n]|\\Z)|[{_CLOSE}]")
_REACH = 300
"""Characters before a mark in which its sentence is looked for."""


def _is_question(text: str, mark: Span) -> bool:
    """Whether the mark ends its line or a quotation, or its sentence has a word that asks."""
    if _LAST_ON_LINE.match(text, mark.end):
        return True
    reach = max(0, mark.start - _REACH)
    start = max(reach, *(text.rfind(end, reach, mark.start) + 1 for end in _SENTENCE_END))
    return _ASKS.search(text, start, mark.start) is not None


_STOP = "[.،؛۔]"
# Between initials, as in the names of parties, ۔ stands with a space before it too; it ends no sentence there.
_URDU_STOP = f"(?<=۔)(?<!۔[{_L}]{{2}}[{_GAP}]۔)(?<!۔[{_L}]{{3}}[{_GAP}]۔)(?=[{_L}])(?![{_L}]{{1,3}}[{_GAP}]?۔)"
_SPACED_STOP = compile_re(
    f"(?P<stop>{_STOP})(?<=[{_GAP}].)(?:(?P<free>(?=[\\s{_CLOSE}]|\\Z))|(?<=[،؛])(?=[{_L}])|{_URDU_STOP})"
)


def space_before_stop(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A space between a word and the stop that ends it."""
    text = anatomy.text
    return rule.by_line(anatomy, (edit for edit in _edits(text) if not is_in_address(text, edit.span)))


def _edits(text: str) -> Iterator[Edit]:
    for match in _SPACED_STOP.finditer(text):
        start, stop = match.start(), match["stop"]
        while start and text[start - 1] in _GAP:
            start -= 1
        before = text[start - 1 : start]
        if not (before.isalnum() or before in '»”")]%٪' or _MARK_SIGN.match(before)) or not before:
            continue
        if stop == "." and (_is_spaced_ellipsis(text, match.end("stop")) or _is_numbering(text, start)):
            continue
        yield Edit(Span(start, match.end("stop")), stop if match["free"] is not None else f"{stop} ")


_MARK_SIGN = compile_re(f"[{_M}]")


def _is_spaced_ellipsis(text: str, at: int) -> bool:
    """Whether another dot follows behind a space, as in `. . .`."""
    return text[at : at + 4].lstrip(_GAP).startswith((".", "…"))


def _is_numbering(text: str, at: int) -> bool:
    """Whether nothing but a short number stands before `at` on its line."""
    head = text[max(0, at - 8) : at].rpartition("\n")
    return bool((head[1] or at <= 8) and _SHORT_NUMBER.fullmatch(head[2]))


_SHORT_NUMBER = compile_re(f"[ \\t]*[{_D}]{{1,2}}")


def no_quotation_mark(anatomy: Anatomy, match: re.Match[str]) -> float:
    """0.0 for commas in a text that opens its quotations with two of them, 1.0 for any other mark."""
    return float(match[0][0] not in "،؛" or not anatomy.fact(_quotes_with_commas))


def _quotes_with_commas(anatomy: Anatomy) -> bool:
    return bool(_OPENING_COMMAS.search(anatomy.text))


_OPENING_COMMAS = compile_re(f"(?:^|[\\s(])[،؛]{{2}}[{_L}]", re.MULTILINE)
