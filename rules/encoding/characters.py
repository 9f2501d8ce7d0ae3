"""Characters that no text has: what is left of lost bytes, and controls."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from corpuslint import (
    Anatomy,
    Applicability,
    Diagnostic,
    Docs,
    Document,
    Edit,
    Example,
    Fix,
    RuleCode,
    RuleSpec,
    Severity,
    Span,
    Triggers,
    broken,
    compile_re,
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


def _by_line(text: str, pattern: re.Pattern[str]) -> Iterator[list[re.Match[str]]]:
    """The matches of `pattern`, those of one line together."""
    group: list[re.Match[str]] = []
    for match in pattern.finditer(text):
        if group and text.find("\n", group[-1].end(), match.start()) >= 0:
            yield group
            group = []
        group.append(match)
    if group:
        yield group


def _names(group: list[re.Match[str]]) -> str:
    """The characters of all matches by code point, each once."""
    return ", ".join(f"U+{ord(character):04X}" for character in sorted({c for match in group for c in match[0]}))


class ReplacementCharacter:
    """U+FFFD, or half a surrogate pair, where a byte or a character was lost."""

    spec = RuleSpec(
        code=RuleCode("ENC010"),
        name="replacement-character",
        summary="A character was lost in decoding",
        message="{count} lost character(s), {names}",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=("\\uFFFD",)),
        docs=Docs(
            finds="U+FFFD, the mark a decoder leaves where bytes made no sense: in the file already, or left by "
            "corpuslint for bytes of this file that are not valid in its encoding. Half a surrogate pair, which JSON "
            "can hold and UTF-8 cannot: in the text or in the metadata of a record.",
            why="A letter is gone. The word is wrong, and every model and every search sees another word. A record "
            "with half a pair cannot be written as UTF-8 at all.",
            fix_safety="There is no fix: what stood there is not known. Bytes that corpuslint itself could not read "
            "are written back unchanged.",
        ),
        invalid=(Example(f"وصل ال{_REPLACEMENT * 2}فد إلى المطار.", spans=(_REPLACEMENT * 2,)),),
        valid=(Example("هل وصل؟ نعم.", why="a question mark is no lost character"),),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        document = anatomy.document
        for group in _by_line(anatomy.text, _LOST_RUN):
            yield self._report(document, group)
        for key in document.metadata:
            if group := list(_HALVES.finditer(document.declared(key))):
                yield self._report(document, group, key)

    def _report(self, document: Document, group: list[re.Match[str]], field: str = "text") -> Diagnostic:
        span = Span(group[0].start(), group[-1].end())
        count = sum(len(match[0]) for match in group)
        evidence = {"count": count}
        return self.spec.report(document, span, field=field, count=count, names=_names(group), evidence=evidence)


class ControlCharacter:
    """C0 and C1 controls, NUL, U+001A."""

    spec = RuleSpec(
        code=RuleCode("ENC011"),
        name="control-character",
        summary="A control character stands in the text",
        message="control character(s) {names}",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=(f"[{_CONTROLS}]",)),
        docs=Docs(
            finds="NUL, U+001A, the other C0 and C1 controls (all but tab and line ends), and DEL.",
            why="They end strings, break XML and databases, and are never read. C1 controls between words are "
            "Windows quotes and dashes that lost their code page.",
            fix_safety="Controls are deleted, vertical tab and form feed become a line end, and the C1 controls "
            "that Windows-1252 and Windows-1256 agree on become the quotes and dashes they were (that one is "
            "unsafe: they become visible). Inside a word of Arabic script they become the letter or joiner that "
            "Windows-1256 has there, and U+009D, its non-joiner, is a safe fix. Controls inside mojibake are left to "
            "`mojibake`.",
            references=("https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state",),
        ),
        invalid=(
            Example("انتهى الخبر\x1a\n", spans=("\x1a",), fixed="انتهى الخبر\n"),
            Example("قال \x93نعم\x94 ثم غادر\n", fixed="قال “نعم” ثم غادر\n"),
            Example("السطر الأول\x0bالسطر الثاني\n", fixed="السطر الأول\nالسطر الثاني\n"),
            Example("او هر روز می\x9dرود\n", fixed="او هر روز می\N{ZERO WIDTH NON-JOINER}رود\n"),
            Example("این کتاب از ک\x8dا خریده شد\n", fixed="این کتاب از کچا خریده شد\n"),
        ),
        valid=(Example("عمود\tثان\r\nسطر\r\n", why="tabs and line ends are white space"),),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        text = anatomy.text
        for group in _by_line(text, _CONTROL_RUN):
            span = Span(group[0].start(), group[-1].end())
            if _in_pollution(anatomy, group):
                continue
            edits = tuple(Edit(Span(*match.span()), _without_controls(match)) for match in group)
            visible = any(edit.content.strip("\n\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}") for edit in edits)
            applicability = Applicability.UNSAFE if visible else Applicability.SAFE
            title = "Restore what they stood for" if visible else "Delete the control characters"
            yield self.spec.report(anatomy.document, span, fix=Fix(title, applicability, edits), names=_names(group))


def _without_controls(run: re.Match[str]) -> str:
    """What a run of controls stands for."""
    if any(character in _BREAKS for character in run[0]):
        return "\n"
    if _IN_WORD.match(run.string, run.start() - 1) and _LETTER.match(run.string, run.end()):
        return "".join(_MEANT_IN_WORD.get(character, "") for character in run[0])
    return "".join(_MEANT.get(character, "") for character in run[0])


_LETTER = compile_re(f"[{invisible.LETTERS}]")
_IN_WORD = compile_re(f"[{invisible.LETTERS}{invisible.MARKS}]")
# Between two letters of a word stood a letter or a joiner, which Windows-1256 has where Windows-1252 has none.
_MEANT_IN_WORD = {chr(code): bytes([code]).decode("cp1256") for code in range(0x80, 0xA0)}
_MEANT_IN_WORD = {
    control: letter for control, letter in _MEANT_IN_WORD.items() if _LETTER.match(letter) or letter in "\u200c\u200d"
}


def _in_pollution(anatomy: Anatomy, group: list[re.Match[str]]) -> bool:
    """Whether the controls belong to mojibake; UTF-8 read as Latin-1 is full of them."""
    if not any("\x80" <= match[0][0] <= "\x9f" for match in group):
        return False
    starts = anatomy.fact(_pollution_starts)
    return any(
        (place := bisect_right(starts, match.start())) and anatomy.pollution[place - 1].span.end >= match.end()
        for match in group
    )


def _pollution_starts(anatomy: Anatomy) -> list[int]:
    return [one.span.start for one in anatomy.pollution]


class LostLetters:
    """`???? ??`: letters that a code page did not have."""

    spec = RuleSpec(
        code=RuleCode("ENC014"),
        name="lost-letters",
        summary="Letters were lost and replaced by question marks or boxes",
        message="{count} lost letter(s), {share:.0%} of the letters of this text: fetch the text again",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=broken.LOST),
        before=("ART", "SPC", "PUN", "LET"),
        docs=Docs(
            finds="Words of question marks, question marks and boxes inside words or before their first letter, in the "
            "place where a program wrote `?` for what its code page did not have. Question marks behind a sentence, "
            "however many, are none.",
            why="The words are gone. A model learns that sentences end where a letter is missing.",
            fix_safety="There is no fix: what stood there is not known. The share tells whether the rest is worth "
            "keeping.",
        ),
        invalid=(
            Example("??? ??????? ???? ?? ??????", spans=("??? ??????? ???? ?? ??????",)),
            Example("وصل ?لوفد إلى ا?مطار", spans=("?", "?")),
            Example("فاز □□□ أمس", spans=("□□□",)),
            Example("وصل ال????? إلى ????? أمس", spans=("ال?????", "?????")),
        ),
        valid=(
            Example("هل وصل الوفد??? نعم وصل.", why="three question marks ask loudly"),
            Example("متى?قال غدا", why="a space that was forgotten"),
            Example("□ نعم □ لا", why="boxes to tick"),
            Example("هل وصل الوفد ???? نعم وصل ولم يقل ??? شيئا", why="a writer who asks loudly, twice"),
            Example("هل وصل ؟؟ لا أعلم", why="a space before the marks"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
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
                yield self.spec.report(anatomy.document, span, count=count, share=share, evidence=evidence)


RULES = (ReplacementCharacter(), ControlCharacter(), LostLetters())
