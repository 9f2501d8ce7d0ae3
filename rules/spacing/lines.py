"""Blank lines, line ends, and white space at the end of a line."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpuslint import (
    Anatomy,
    Applicability,
    Diagnostic,
    Docs,
    Edit,
    EditBudget,
    Example,
    Fix,
    RuleCode,
    RuleSpec,
    Severity,
    Span,
    Triggers,
    invisible,
    openers,
    wrapped_runs,
)

_BLANKS = invisible.BLANKS
_NEWLINES = "\r\n"
_UNSEEN = invisible.UNSEEN
_NBSP = "\N{NO-BREAK SPACE}"


def _newline(text: str) -> str:
    """The line end that the text uses."""
    at = text.find("\n")
    if at < 0:
        return "\r" if "\r" in text else "\n"
    return "\r\n" if at and text[at - 1] == "\r" else "\n"


class MissingFinalNewline:
    """A file whose last line has no line end."""

    spec = RuleSpec(
        code=RuleCode("SPC001"),
        name="missing-final-newline",
        summary="The file does not end with a line end",
        message="no line end after the last line",
        severity=Severity.INFO,
        triggers=Triggers(patterns=(r"[^\n]\Z",)),
        budget=EditBudget(characters=_NEWLINES),
        docs=Docs(
            finds="A text file whose last character is not a line end. Records of a dataset need none.",
            why="Files joined one after the other grow together there: the last word of one and the first of the next.",
            fix_safety="Adds one line end, of the kind the file uses.",
        ),
        invalid=(
            Example("انتهى الخبر.", fixed="انتهى الخبر.\n"),
            Example("بدأ\r\nانتهى", fixed="بدأ\r\nانتهى\r\n"),
        ),
        valid=(Example("انتهى الخبر.\n", why="ends with a line end"),),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        text = anatomy.text
        if text and text[-1] not in _NEWLINES and not anatomy.document.origin.is_record:
            end = Span(len(text), len(text))
            fix = Fix.replace("Add a line end", end, _newline(text))
            yield self.spec.report(anatomy.document, end, fix=fix)


class BlankLineRun:
    """Two or more blank lines between two lines of text."""

    spec = RuleSpec(
        code=RuleCode("SPC004"),
        name="blank-line-run",
        summary="Several blank lines stand in a row",
        message="{count} blank lines in a row",
        severity=Severity.INFO,
        triggers=Triggers(patterns=(f"\\n[{_UNSEEN}]*\\n[{_UNSEEN}]*\\n",)),
        budget=EditBudget(characters=_UNSEEN + _NEWLINES),
        docs=Docs(
            finds="Two or more blank lines in a row inside the text; lines of white space only are blank too.",
            why="They are where an advertisement or a picture stood. Programs that split text at blank lines find "
            "empty paragraphs, or a break where there is none.",
            fix_safety="Leaves what the text around does between paragraphs: one blank line, or none where the "
            "paragraphs before and after follow each other without.",
        ),
        invalid=(
            Example("الأول.\n\nالثاني.\n\n\nالثالث.\n", fixed="الأول.\n\nالثاني.\n\nالثالث.\n"),
            Example(f"الأول.\n{_NBSP}\n\nالثاني.\n", spans=(f"{_NBSP}\n\n",), fixed="الأول.\n\nالثاني.\n"),
            Example("١.\n٢.\n\n\n٣.\n٤.\n٥.\n", fixed="١.\n٢.\n٣.\n٤.\n٥.\n"),
        ),
        valid=(Example("الأول.\n\nالثاني.\n", why="one blank line between paragraphs"),),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        text, lines = anatomy.text, anatomy.lines
        filled = [number for number, line in enumerate(lines) if line.text]
        for place, (above, below) in enumerate(pairwise(filled)):
            blank = lines[above + 1 : below]
            if len(blank) < 2:
                continue
            span = Span(blank[0].span.start, blank[-1].full.end)
            if _has_other(span.of(text)):
                continue
            if _follow_closely(filled, place):
                edit = Edit(span, "")
            elif not len(blank[0].span.of(text)):
                edit = Edit(Span(blank[1].span.start, span.end), "")
            else:
                edit = Edit(span, _newline(text))
            fix = Fix("Leave what other paragraphs have between them", Applicability.SAFE, (edit,))
            yield self.spec.report(anatomy.document, span, fix=fix, count=len(blank))


_REACH = 4
"""Paragraph breaks on each side that show how this part of the text is set."""


def _follow_closely(filled: Sequence[int], place: int) -> bool:
    """Whether the lines around break number `place` all follow each other without a blank line."""
    above = range(max(0, place - _REACH), place)
    below = range(place + 1, min(place + 1 + _REACH, len(filled) - 1))
    if not above or not below or len(above) + len(below) < 3:
        return False
    return all(filled[number + 1] == filled[number] + 1 for number in (*above, *below))


class TrailingSpace:
    """White space at the end of lines of text."""

    spec = RuleSpec(
        code=RuleCode("SPC005"),
        name="trailing-space",
        summary="A line ends with white space",
        message="white space at the end of {count} line(s)",
        severity=Severity.INFO,
        # a character before the blank: without it, Hyperscan 5.4 misses the end of some texts
        triggers=Triggers(patterns=(f"[{_BLANKS}]\\n", f".[{_BLANKS}]\\Z")),
        budget=EditBudget(characters=_BLANKS),
        docs=Docs(
            finds="Spaces, tabs and no-break spaces between the last word of a line and its end. Lines that follow "
            "each other and all end so are one finding.",
            why="Two equal lines are no longer equal, for duplicates and for checksums.",
            fix_safety="Removes white space only.",
        ),
        invalid=(
            Example(f"السطر الأول. {_NBSP}\nالثاني.\n", spans=(f" {_NBSP}",), fixed="السطر الأول.\nالثاني.\n"),
            Example("الأول. \r\nالثاني. \r\nالثالث.", spans=(" \r\nالثاني. ",), fixed="الأول.\r\nالثاني.\r\nالثالث."),
        ),
        valid=(Example("السطر الأول.\n\nالثاني.\n", why="nothing at the line ends"),),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        text = anatomy.text
        group: list[Edit] = []
        start, last = 0, len(text)
        while start < last:
            end = text.find("\n", start)
            stop = end if end >= 0 else last
            while stop > start and text[stop - 1] == "\r":
                stop -= 1
            if stop > start and text[stop - 1] in _BLANKS:
                tail = start + len(text[start:stop].rstrip(_BLANKS))
                if tail > start and text[tail - 1] != "\r":
                    group.append(Edit(Span(tail, stop), ""))
            elif group and stop > start:
                yield self._report(anatomy, group)
                group = []
            start = end + 1 if end >= 0 else last
        if group:
            yield self._report(anatomy, group)

    def _report(self, anatomy: Anatomy, group: Sequence[Edit]) -> Diagnostic:
        span = Span(group[0].span.start, group[-1].span.end)
        fix = Fix("Delete the white space", Applicability.SAFE, tuple(group))
        return self.spec.report(anatomy.document, span, fix=fix, count=len(group))


def _has_other(content: str) -> bool:
    """Whether blank lines hold anything that this pack does not remove, such as a ZWNJ or an embedding."""
    return bool(content.strip(_UNSEEN + _NEWLINES))


class BrokenLine:
    """Lines that were broken in mid-sentence."""

    spec = RuleSpec(
        code=RuleCode("SPC007"),
        name="line-broken-in-sentence",
        summary="Lines are broken in mid-sentence",
        message="{count} lines broken in mid-sentence",
        severity=Severity.INFO,
        triggers=Triggers(lines=openers.BROKEN),
        docs=Docs(
            finds="Lines of about one width that follow each other without a blank line, do not end a sentence and go "
            "on in the next line, until one does. No rule takes such a line for a headline or a line of the page.",
            why="Programs that read a line as a paragraph see halves of sentences, and a half looks like a headline.",
            fix_safety="Unsafe: the lines become one paragraph. Verses of one width, the last of them with a full "
            "stop, would be joined too.",
        ),
        invalid=(
            Example(
                "أعلنت البلدية أن العمل في الحديقة الجديدة سيبدأ في الأسبوع\n"
                "المقبل بعد أن وصلت المواد من الميناء. وقال رئيسها إن السكان\n"
                "سيدخلون مجانا.\n",
                fixed="أعلنت البلدية أن العمل في الحديقة الجديدة سيبدأ في الأسبوع "
                "المقبل بعد أن وصلت المواد من الميناء. وقال رئيسها إن السكان "
                "سيدخلون مجانا.\n",
            ),
        ),
        valid=(
            Example(
                "البلدية تفتح حديقة عامة جديدة في الحي الشمالي من المدينة\n"
                "رئيس البلدية يعد السكان بحديقة أخرى في العام المقبل\n"
                "افتتحت البلدية صباح اليوم حديقة عامة جديدة في الحي الشمالي بحضور عدد كبير من السكان الذين انتظروا "
                "افتتاحها منذ سنوات.\n",
                why="a headline, a second one and a paragraph",
            ),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        for run in wrapped_runs(anatomy.lines):
            edits = tuple(Edit(Span(left.body.end, right.body.start), " ") for left, right in pairwise(run))
            fix = Fix("Join the lines", Applicability.UNSAFE, edits)
            span = Span(run[0].body.start, run[-1].body.end)
            yield self.spec.report(anatomy.document, span, fix=fix, confidence=0.9, count=len(run) - 1)


RULES = (MissingFinalNewline(), BlankLineRun(), TrailingSpace(), BrokenLine())
