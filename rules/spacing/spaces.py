"""Runs of spaces, tabs, and spaces of another kind or width."""

from collections.abc import Iterator

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
    compile_re,
    edits_by_line,
    invisible,
)

_BLANKS = invisible.BLANKS
_NBSP = "\N{NO-BREAK SPACE}"


def _line_around(text: str, start: int, end: int) -> Span:
    """The line that holds the range."""
    stop = text.find("\n", end)
    return Span(text.rfind("\n", 0, start) + 1, stop if stop >= 0 else len(text))


_GAP = compile_re(f"(?<=[^\\s])[{_BLANKS}]{{4,}}(?=[^\\s])|\t")
"""White space so wide that it was set on purpose: between the halves of a verse, the columns of a table."""


_HALVES = compile_re(f"[{_BLANKS}]*(?P<first>[^{_BLANKS}].*?)(?P<gap>[{_BLANKS}]{{2,}})(?P<second>.*[^{_BLANKS}])")
_NO_VERSE = compile_re(r"[0-9A-Za-z٠-٩۰-۹:=+/(]")
_VERSE = 110
"""Characters of the longest line that may be a verse."""


def _verse_gap(line: str) -> int:
    """How wide the one gap is between the two halves of a verse, which are about as long; 0 where `line` is none."""
    halves = _HALVES.match(line) if len(line) <= _VERSE else None
    if halves is None or _NO_VERSE.search(line):
        return 0
    if any(not 3 <= len(half.split()) <= 9 or "  " in half for half in halves.group("first", "second")):
        return 0
    short, long = sorted(map(len, halves.group("first", "second")))
    return len(halves["gap"]) if 3 * short >= 2 * long else 0


class _Columns:
    """Tells gaps that were set: wide ones with another in the nearest line, as tables have, and those of verses.

    Asked from the start of a text to its end; each line is looked at once, however many gaps it has.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._line = Span(0, -1)
        self._table = self._verse = False

    def hold(self, start: int, end: int) -> bool:
        """Whether the white space from `start` to `end` was set on purpose."""
        text = self._text
        if not self._line.start <= start <= end <= self._line.end:
            line = self._line = _line_around(text, start, end)
            near = _neighbours(text, line)
            self._table = any(map(_GAP.search, near)) or _is_row(line.of(text))
            # A gap of two blanks is a slip as well, unless the verse before or behind has one too.
            gap = _verse_gap(line.of(text))
            self._verse = gap > 2 or (gap == 2 and any(map(_verse_gap, near)))
        return self._verse or (self._table and (end - start >= 4 or text[start:end] == "\t"))


def _is_row(line: str) -> bool:
    """Whether wide gaps part `line` into three phrases and more: headlines of a box that lost its line ends."""
    cells = _GAP.split(line)
    return len(cells) > 2 and all(len(cell.split()) > 2 for cell in cells)


def _neighbours(text: str, line: Span) -> list[str]:
    """The nearest lines before and behind one that are not blank."""
    found = []
    before, behind = line.start - 1, line.end
    while before >= 0 and text[before].isspace():
        before -= 1
    while behind < len(text) and text[behind].isspace():
        behind += 1
    for at in (before, behind):
        if 0 <= at < len(text):
            found.append(_line_around(text, at, at).of(text))
    return found


_SPACE_RUN = compile_re("  +")


class SpaceRun:
    """Two or more spaces between words."""

    spec = RuleSpec(
        code=RuleCode("SPC010"),
        name="space-run",
        summary="Several spaces stand between two words",
        message="{count} run(s) of spaces between words",
        severity=Severity.INFO,
        triggers=Triggers(patterns=("  ",)),
        budget=EditBudget(characters=" "),
        docs=Docs(
            finds="Two or more spaces between two words.",
            why="The same sentence with one space is another string for duplicates and for tokenizers.",
            fix_safety="One space is left. Wide gaps with others above or below, as the columns of tables have, "
            "those between three phrases and more, and those between the halves of a verse are left alone.",
        ),
        invalid=(Example("قال  الوزير   إن", spans=("  الوزير   ",), fixed="قال الوزير إن"),),
        valid=(
            Example("قال الوزير إن\n  • بند أول", why="indentation"),
            Example("على قدر أهل العزم      تأتي العزائم\nوتأتي على قدر الكرام      المكارم", why="verse"),
            Example("افتتاح سوق جديد    إصلاح طريق قديم    عودة طلاب المدرسة", why="three headlines of a box"),
            Example("يا طائرا في سماء الليل مرتحلا   خذ من فؤادي سلاما طاب مسراه", why="one verse"),
            Example(
                "سحر در باغ بودم مست و تنها  شنیدم بلبلی با گل سخن گفت\n\n"
                "که ای گل بی تو من آرام ندارم  به پاسخ گل تبسم کرد و بشکفت",
                why="verses with a blank line between them",
            ),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        text = anatomy.text
        columns = _Columns(text)
        edits = (
            Edit(Span(match.start() + 1, match.end()), "")
            for match in _SPACE_RUN.finditer(text)
            if _is_between_words(text, *match.span()) and not columns.hold(*match.span())
        )
        for group in edits_by_line(text, edits):
            span = Span(group[0].span.start - 1, group[-1].span.end)
            fix = Fix("Leave one space", Applicability.SAFE, group)
            yield self.spec.report(anatomy.document, span, fix=fix, count=len(group))


def _is_between_words(text: str, start: int, end: int) -> bool:
    """Whether something that is no white space stands on both sides."""
    return start > 0 and end < len(text) and not text[start - 1].isspace() and not text[end].isspace()


_TAB_RUN = compile_re(f"(?<=[^\\s])[{_BLANKS}]*\t[{_BLANKS}]*(?=[^\\s])")


class TabBetweenWords:
    """A tab between words."""

    spec = RuleSpec(
        code=RuleCode("SPC011"),
        name="tab-between-words",
        summary="A tab stands between two words",
        message="tab between words",
        severity=Severity.INFO,
        triggers=Triggers(patterns=("\\t",)),
        budget=EditBudget(characters=_BLANKS),
        docs=Docs(
            finds="A tab, with or without spaces around it, between two words.",
            why="A tab ends a field in every table format, and is shown at another width everywhere.",
            fix_safety="One space is left. Lines above or below with tabs or wide gaps of their own make it a table, "
            "and a table is left alone.",
        ),
        invalid=(Example("قال\tالوزير إن", spans=("\t",), fixed="قال الوزير إن"),),
        valid=(Example("الفريق\tالنقاط\nالهلال\t12\nالاتحاد\t9", why="a table"),),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        text = anatomy.text
        columns = _Columns(text)
        edits = (
            Edit(Span(*match.span()), " ")
            for match in _TAB_RUN.finditer(text)
            if not columns.hold(match[0].find("\t") + match.start(), match[0].find("\t") + match.start() + 1)
        )
        for group in edits_by_line(text, edits):
            span = Span(group[0].span.start, group[-1].span.end)
            yield self.spec.report(anatomy.document, span, fix=Fix("Replace with a space", Applicability.SAFE, group))


_NO_BREAK = invisible.NO_BREAK_SPACES
_NO_BREAK_RUN = compile_re(f"[{_NO_BREAK}][ {_NO_BREAK}]*")
_BETWEEN_DIGITS = compile_re(f"(?<=[0-9٠-٩۰-۹])[{_NO_BREAK}\N{THIN SPACE}](?=[0-9٠-٩۰-۹]{{3}}(?![0-9٠-٩۰-۹]))")


class NoBreakSpace:
    """No-break spaces where plain ones belong."""

    spec = RuleSpec(
        code=RuleCode("SPC012"),
        name="no-break-space",
        summary="A no-break space stands for a plain one",
        message="{count} no-break space(s)",
        severity=Severity.INFO,
        triggers=Triggers(patterns=(f"[{_NO_BREAK}]",)),
        budget=EditBudget(characters=_NO_BREAK + " "),
        docs=Docs(
            finds="U+00A0, U+202F and U+2007 between words, alone or in runs. Between the digit groups of a number "
            "they are right.",
            why="It looks like a space and is none: words on either side are one word for `split(' ')`, for most "
            "tokenizers and for search.",
            fix_safety="A plain space is left, none at the beginning of a line. Wide gaps of verses and tables stay.",
        ),
        invalid=(
            Example(f"قال{_NBSP}الوزير{_NBSP} {_NBSP}إن", fixed="قال الوزير إن"),
            Example(f"{_NBSP}{_NBSP}قال الوزير", fixed="قال الوزير"),
        ),
        valid=(Example(f"بلغ العدد 12{_NBSP}500 شخص", why="digit groups"),),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        text = anatomy.text
        for group in edits_by_line(text, self._edits(text)):
            span = Span(group[0].span.start, group[-1].span.end)
            fix = Fix("Replace with plain spaces", Applicability.SAFE, group)
            count = sum(character in _NO_BREAK for edit in group for character in edit.span.of(text))
            yield self.spec.report(anatomy.document, span, fix=fix, count=count)

    def _edits(self, text: str) -> Iterator[Edit]:
        last, columns = len(text), _Columns(text)
        for match in _NO_BREAK_RUN.finditer(text):
            start, end = match.span()
            while start and text[start - 1] == " ":
                start -= 1
            if end == last or text[end] in "\r\n\t":
                continue  # `trailing-space` and `white-space-line`
            if start == 0 or text[start - 1] in "\r\n":
                yield Edit(Span(start, end), "")
            elif end - start == 1:
                if not _BETWEEN_DIGITS.match(text, start):
                    yield Edit(Span(start, end), " ")
            elif not columns.hold(start, end):
                yield Edit(Span(start, end), " ")


_ODD = invisible.ODD_SPACES
_ODD_RUN = compile_re(f"(?<! ) *+[{_ODD}][ {_ODD}]*+")


class OddSpace:
    """Thin, hair, em and other spaces."""

    spec = RuleSpec(
        code=RuleCode("SPC013"),
        name="odd-space",
        summary="A space of another width stands for a plain one",
        message="{count} thin, em or other odd space(s)",
        severity=Severity.INFO,
        triggers=Triggers(patterns=(f"[{_ODD}]",)),
        budget=EditBudget(characters=_ODD + " "),
        docs=Docs(
            finds="Thin, hair, en, em, ideographic and the other spaces of typographers between words.",
            why="As with no-break spaces: they look like a space and split no words.",
            fix_safety="A plain space is left, none at the beginning of a line.",
        ),
        invalid=(Example("قال\N{THIN SPACE}الوزير\N{EM SPACE} إن", fixed="قال الوزير إن"),),
        valid=(
            Example("قال الوزير", why="plain spaces"),
            Example("بلغ العدد 12\N{THIN SPACE}500 شخص", why="digit groups"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        text = anatomy.text
        edits = (
            Edit(Span(*match.span()), "" if match.start() == 0 or text[match.start() - 1] in "\r\n" else " ")
            for match in _ODD_RUN.finditer(text)
            if match.end() < len(text)
            and text[match.end()] not in "\r\n\t" + _NO_BREAK
            and not _BETWEEN_DIGITS.match(text, match.start())
        )
        for group in edits_by_line(text, edits):
            span = Span(group[0].span.start, group[-1].span.end)
            fix = Fix("Replace with plain spaces", Applicability.SAFE, group)
            count = sum(character in _ODD for edit in group for character in edit.span.of(text))
            yield self.spec.report(anatomy.document, span, fix=fix, count=count)


RULES = (SpaceRun(), TabBetweenWords(), NoBreakSpace(), OddSpace())
