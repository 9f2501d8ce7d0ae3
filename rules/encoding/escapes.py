"""Characters written as escapes of a programming language, and never read back."""

from collections.abc import Iterator

from corpuslint import (
    Anatomy,
    Applicability,
    Diagnostic,
    Docs,
    Edit,
    Example,
    Fix,
    RuleCode,
    RuleSpec,
    Severity,
    Span,
    Triggers,
    broken,
    edits_by_line,
)


class EscapedCharacters:
    r"""`\u0646\u0639\u0645`, `%D9%86`, `\xd9\x86`."""

    spec = RuleSpec(
        code=RuleCode("ENC022"),
        name="escaped-characters",
        summary="Characters are written as escapes of a programming language",
        message="escaped characters {escape}",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=broken.ESCAPES),
        before=("ART", "SPC", "PUN", "LET"),
        docs=Docs(
            finds=r"`\u0646` of JSON, JavaScript and Python, once or twice escaped, with its backslash or without; "
            r"`%u0646`; percent-encoded UTF-8 outside addresses; bytes printed as `\xd9\x86`.",
            why="A letter is six signs that no reader, search or tokeniser takes for a letter.",
            fix_safety="The escape becomes the character that it stands for. Escapes of controls, halves of a "
            "surrogate pair and bytes that are no UTF-8 are left.",
            references=("https://www.rfc-editor.org/rfc/rfc8259#section-7",),
        ),
        invalid=(
            Example(
                r"\u0648\u0635\u0644 \u0627\u0644\u0648\u0641\u062f أمس",
                spans=(r"\u0648\u0635\u0644 \u0627\u0644\u0648\u0641\u062f",),
                fixed="وصل الوفد أمس",
            ),
            Example(r"قال \\u0646\u0639\u0645 ثم غادر", fixed="قال نعم ثم غادر"),
            Example("افتتح %D9%85%D8%B9%D8%B1%D8%B6 أمس", fixed="افتتح معرض أمس"),
            Example(r"افتتح \xd9\x85\xd8\xb9\xd8\xb1\xd8\xb6 أمس", fixed="افتتح معرض أمس"),
            Example("افتتح u0645u0639u0631u0636 أمس", fixed="افتتح معرض أمس"),
        ),
        valid=(
            Example("المزيد على https://example.org/%D9%85%D8%B9%D8%B1%D8%B6 اليوم", why="an address"),
            Example("ارتفع 20%50% ثم هبط 5%", why="percentages"),
            Example(r"المجلد C:\users\u06 على القرص", why="a path"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        text = anatomy.text
        edits = (
            Edit(Span(*match.span()), content)
            for match in broken.ESCAPED.finditer(text)
            if (content := broken.unescape(match[0])) and not anatomy.is_protected(Span(*match.span()))
        )
        for group in edits_by_line(text, edits):
            span = Span(group[0].span.start, group[-1].span.end)
            fix = Fix("Write the characters themselves", Applicability.SAFE, group)
            yield self.spec.report(anatomy.document, span, fix=fix, escape=group[0].span.of(text)[:24])


RULES = (EscapedCharacters(),)
