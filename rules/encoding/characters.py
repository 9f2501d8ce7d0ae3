"""Characters that no text has: what is left of lost bytes, and controls."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from corpuslint import (
    Anatomy,
    Applicability,
    DeclarativeRule,
    Diagnostic,
    Document,
    Edit,
    Fix,
    Span,
    broken,
    compile_re,
    edits_by_line,
    invisible,
)

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# HTML and every browser read the C1 controls as Windows-1252, for that is what the bytes always were. These are the
# codes at which Windows-1256 has the same character, so that it does not matter which of the two it was.
# https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state
_MEANT = {chr(code): bytes([code]).decode("cp1252") for code in (0x80, 0x82, 0x84, *range(0x86, 0x88), 0x89, 0x8B)}
_MEANT |= {chr(code): bytes([code]).decode("cp1252") for code in (*range(0x91, 0x98), 0x99, 0x9B, 0x85)}

# Vertical tab and form feed are what word processors leave for a line break and a page break.
_BREAKS = "\x0b\x0c"
_CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_CONTROL_RUN = compile_re(f"[{_CONTROLS}]+")
_LOST_RUN = compile_re(f"{_REPLACEMENT}+|[\ud800-\udfff]+")
_HALVES = compile_re("[\ud800-\udfff]+")


def _by_line(text: str, pattern: re.Pattern[str], write: Callable[[re.Match[str]], str]) -> Iterator[tuple[Edit, ...]]:
    """The matches of `pattern` with what belongs in their place, those of one line together."""
    return edits_by_line(text, (Edit(Span(*match.span()), write(match)) for match in pattern.finditer(text)))


def replacement_character(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """U+FFFD, or half a surrogate pair, where a byte or a character was lost."""
    yield from _lost(rule, anatomy.document, anatomy.text, _LOST_RUN)
    for key in anatomy.document.metadata:
        yield from _lost(rule, anatomy.document, anatomy.document.declared(key), _HALVES, key)


def _lost(
    rule: DeclarativeRule, document: Document, text: str, pattern: re.Pattern[str], field: str = "text"
) -> Iterator[Diagnostic]:
    for group in _by_line(text, pattern, lambda _: ""):
        lost = "".join(edit.span.of(text) for edit in group)
        span = Span(group[0].span.start, group[-1].span.end)
        names = ", ".join(f"U+{ord(character):04X}" for character in sorted(set(lost)))
        yield rule.spec.report(document, span, field=field, count=len(lost), names=names, evidence={"count": len(lost)})


def control_character(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """C0 and C1 controls, NUL, U+001A."""
    for edits in _by_line(anatomy.text, _CONTROL_RUN, _without_controls):
        places = [edit.span for edit in edits]
        if _in_pollution(anatomy, places):
            continue
        visible = any(edit.content.strip("\n\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}") for edit in edits)
        applicability = Applicability.UNSAFE if visible else Applicability.SAFE
        fix = Fix("Restore what they stood for" if visible else "Delete the control characters", applicability, edits)
        yield rule.report(anatomy, Span(places[0].start, places[-1].end), fix, places)


def _without_controls(run: re.Match[str]) -> str:
    """What a run of controls stands for."""
    if any(character in _BREAKS for character in run[0]):
        return "\n"
    if _IN_WORD.match(run.string, run.start() - 1) and _LETTER.match(run.string, run.end()):
        return "".join(_MEANT_IN_WORD.get(character, _MEANT.get(character, "")) for character in run[0])
    return "".join(_MEANT.get(character, "") for character in run[0])


_LETTER = compile_re(f"[{invisible.LETTERS}]")
_IN_WORD = compile_re(f"[{invisible.LETTERS}{invisible.MARKS}]")
# Between two letters stood a letter or a joiner, which Windows-1256 has where Windows-1252 has none, if not a sign.
_MEANT_IN_WORD = {chr(code): bytes([code]).decode("cp1256") for code in range(0x80, 0xA0)}
_MEANT_IN_WORD = {
    control: letter for control, letter in _MEANT_IN_WORD.items() if _LETTER.match(letter) or letter in "\u200c\u200d"
}


def _in_pollution(anatomy: Anatomy, places: list[Span]) -> bool:
    """Whether the controls belong to mojibake; UTF-8 read as Latin-1 is full of them."""
    if not any("\x80" <= anatomy.text[place.start] <= "\x9f" for place in places):
        return False
    starts = anatomy.fact(_pollution_starts)
    return any(
        (at := bisect_right(starts, place.start)) and anatomy.pollution[at - 1].span.end >= place.end
        for place in places
    )


def _pollution_starts(anatomy: Anatomy) -> list[int]:
    return [one.span.start for one in anatomy.pollution]


def lost_letters(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """`???? ??`: letters that a code page did not have."""
    text = anatomy.text
    lost = broken.lost_letters(text)
    if not lost:
        return
    gone = sum(len(span.of(text).replace(" ", "")) for span in lost)
    share = gone / (gone + sum(map(str.isalpha, text)))
    for span in lost:
        if not anatomy.is_protected(span):
            count = len(span.of(text).replace(" ", ""))
            evidence = {"count": count, "share": round(share, 3)}
            yield rule.report(anatomy, span, count=count, share=share, evidence=evidence)
