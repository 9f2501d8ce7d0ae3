"""Titles: missing, repeated as the first line of the text, or in letters of another alphabet."""

from collections.abc import Iterable

from corpuslint import (
    Anatomy,
    Applicability,
    Diagnostic,
    Docs,
    Document,
    Edit,
    EditBudget,
    Example,
    FieldChange,
    Fix,
    Line,
    Role,
    RuleCode,
    RuleSpec,
    Scope,
    Severity,
    compile_re,
    phrasebook,
)

_BODY = "افتتحت البلدية صباح اليوم حديقة عامة جديدة في الحي الشمالي بحضور عدد كبير من السكان.\n"
_NO_HEADLINE = compile_re(r"^[\[<{•*\d(]|\s[-–—/|ـ]\s|[/|]")
"""Signs of code, lists and desk lines, which ask for a closer look."""

_STOPS = frozenset('.!؟?۔»”"')
_HEADLINE = 160
"""Code points: headlines of agencies rarely pass 120."""


class MissingTitle:
    """No declared title, and no headline above the text."""

    spec = RuleSpec(
        code=RuleCode("MET001"),
        name="missing-title",
        summary="The document has no title",
        message="no title: none is declared, and the text opens without a headline",
        severity=Severity.WARNING,
        scope=Scope.DOCUMENT,
        docs=Docs(
            finds="Documents without a `title` whose first line of their own is a paragraph: longer than a "
            "headline, or "
            "ending with a full stop.",
            why="A lead without its headline often leans on it (“Its visit comes amid …”).",
            fix_safety="There is no fix: a person has to say.",
        ),
        invalid=(
            Example(_BODY),
            Example("[ad_1]\n" + _BODY, why="code is no headline"),
            Example("متابعة / هسبريس\n" + _BODY, why="a desk line is no headline"),
        ),
        valid=(
            Example(_BODY, metadata={"title": "حديقة جديدة"}, why="declared"),
            Example("حديقة جديدة في الحي الشمالي\n" + _BODY, why="the first line is a headline"),
            Example("هل تكفي حديقة واحدة؟\n" + _BODY, why="a headline can be a question"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        """At most one finding."""
        if anatomy.metadata.get("title"):
            return ()
        head = anatomy.text[: _HEADLINE + 40].lstrip()
        first, newline, _ = head.partition("\n")
        first = first.strip()
        if newline and 2 <= first.count(" ") <= 24 and first[-1] not in ".:؛،" and not _NO_HEADLINE.search(first):
            return ()
        if not newline and "\n" not in anatomy.text.strip():
            alone = len(anatomy.text) > _HEADLINE or head.rstrip()[-1:] in _STOPS
            return (self.spec.report(anatomy.document),) if alone else ()
        roles = anatomy.roles
        for line, role in zip(anatomy.lines, roles, strict=True):
            if role in (Role.HEADLINE, Role.KICKER):
                return ()
            if role in (Role.BODY, Role.QUOTE) and (len(line.text) > _HEADLINE or line.text[-1] in '.!؟?۔»”"'):
                break
        else:
            if Role.BODY not in roles:
                return ()
        return (self.spec.report(anatomy.document),)


class RepeatedTitle:
    """The first line of the text is the declared title."""

    spec = RuleSpec(
        code=RuleCode("MET002"),
        name="title-repeated-in-text",
        summary="The first line of the text repeats the declared title",
        message="first line repeats the declared title",
        severity=Severity.INFO,
        budget=EditBudget(whole_lines=True),
        docs=Docs(
            finds="A first line that says the same words as the declared `title`, whatever letters and marks they "
            "are in.",
            why="The headline counts twice, and every text begins with it.",
            fix_safety="The line goes; the title stays in the metadata. Where title and line differ in spelling, the "
            "line's spelling goes.",
        ),
        invalid=(
            Example(
                "حديقة جديدة في الحي\n" + _BODY,
                metadata={"title": "حديقة جديدة في الحي"},
                spans=("حديقة جديدة في الحي",),
                fixed=_BODY,
            ),
        ),
        valid=(
            Example("حديقة ثانية في الحي\n" + _BODY, metadata={"title": "حديقة جديدة في الحي"}, why="another headline"),
            Example(
                "حديقة جديدة في الحي\n", metadata={"title": "حديقة جديدة في الحي"}, why="there is no text but the title"
            ),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        """At most one finding."""
        title = anatomy.metadata.get("title")
        if not title or not isinstance(title, str):
            return ()
        head = anatomy.text[: len(title) + 40].lstrip()
        if head[:1] != title.lstrip()[:1] and phrasebook.fold(head[:1]) != phrasebook.fold(title.lstrip()[:1]):
            return ()
        first, newline, _ = head.partition("\n")
        if not newline or phrasebook.folded_phrase(first) != phrasebook.folded_phrase(title):
            return ()
        line: Line = anatomy.filled[0]
        if len(anatomy.filled) < 2:
            return ()
        fix = Fix("Delete the line", Applicability.UNSAFE, (Edit(line.full, ""),))
        return (self.spec.report(anatomy.document, line.body, fix=fix),)


class ForeignLettersInTitle:
    """A declared title that is written in letters of another alphabet than the text's."""

    spec = RuleSpec(
        code=RuleCode("MET006"),
        name="foreign-letters-in-title",
        summary="The declared title has letters of another alphabet",
        message="title has letters of another alphabet: {word} for {right}",
        severity=Severity.WARNING,
        scope=Scope.DOCUMENT,
        fields=("title",),
        docs=Docs(
            finds="A `title` with words that rules LET001 to LET004 would report in the text: Farsi yeh and kaf in an "
            "Arabic title, Arabic ones in a Persian, Urdu or Sorani one. The language is the text's.",
            why="Titles are searched, counted and trained on like the text, and nothing else mends them.",
            fix_safety="The fix is only shown: declared metadata are yours.",
        ),
        invalid=(
            Example(_BODY, metadata={"title": "البلدیة تفتح حدیقة جدیدة"}),
            Example(
                "شهرداری پارک تازه‌ای را در محله شمالی شهر گشود و مردم از آن استقبال کردند.\n",
                metadata={"title": "پارك تازه در شهر", "language": "fa"},
            ),
        ),
        valid=(
            Example(_BODY, metadata={"title": "البلدية تفتح حديقة جديدة"}),
            Example(_BODY, metadata={"title": "BBC Arabic"}, why="another script"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        """At most one finding."""
        title = anatomy.document.declared("title")
        if not _CONFUSED.search(title):
            return ()
        written = Document(anatomy.document.id, title, {"language": anatomy.language})
        wrong = [one for one in Anatomy(written).respellings if one.right != one.word]
        if not wrong:
            return ()
        right = title
        for one in reversed(wrong):
            right = right[: one.span.start] + one.right + right[one.span.end :]
        fix = Fix("Write the title in the text's letters", Applicability.DISPLAY, (), (FieldChange("title", right),))
        first = wrong[0]
        return (self.spec.report(anatomy.document, field="title", fix=fix, word=first.word, right=first.right),)


_CONFUSED = compile_re("[يكىیکةہھەےڪ]")

RULES = (MissingTitle(), RepeatedTitle(), ForeignLettersInTitle())
