"""Paragraphs that were decoded with a wrong code page."""

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
)


def _characters(codec: str, first: int, last: int) -> str:
    """The characters of `codec` from byte `first` to `last`, as a class; undefined bytes are C1 controls."""
    characters = (bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in range(first, last + 1))
    return "[" + "".join(f"\\u{ord(character):04x}" for character in characters) + "]"


_TRIGGERS = (
    # UTF-8 of the Arabic block: every letter is one of four leads and a continuation.
    *(
        f"(?:{_characters(codec, 0xD8, 0xDB)}{_characters(codec, 0x80, 0xBF)}){{2}}"
        for codec in ("cp1252", "latin-1", "mac-roman", "cp1256", "cp1251")
    ),
    # The same polluted twice: Ø is Ã˜ and Ù is Ã™.
    f"(?:[\\u00c2\\u00c3]{_characters('cp1252', 0x80, 0xBF)}){{3}}",
    # Arabic code pages seen as Latin and as Cyrillic: words that hardly any language writes.
    "[\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u00ff]{3}",
    "[\\u0400-\\u045f]{3}",
)


class Mojibake:
    """Text whose bytes were taken for another encoding."""

    spec = RuleSpec(
        code=RuleCode("ENC020"),
        name="mojibake",
        summary="Text was decoded with the wrong code page",
        message="{written} text that was read as {read}",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=_TRIGGERS),
        before=("ENC011", "SPC", "PUN", "LET"),
        docs=Docs(
            finds="Paragraphs, or parts of one, whose bytes were read in a wrong encoding: UTF-8 taken for "
            "Windows-1252, Latin-1, MacRoman, Windows-1251 or Windows-1256, and Windows-1256 or ISO-8859-6 taken "
            "for Windows-1252, Latin-1 or Windows-1251.",
            why="Not one word of it is a word, and it is in the vocabulary of every model trained on it.",
            fix_safety="Safe only with a proof: the repaired text, polluted again in the same way, is what stands "
            "there, character for character, and it reads like a language while what stands there does not. "
            "Where characters were lost on the way the fix is unsafe.",
            references=("https://ftfy.readthedocs.io/en/latest/heuristic.html",),
        ),
        invalid=(
            Example("Ø§Ù„Ø¹Ø±Ø§Ù‚ ÙˆØ³ÙˆØ±ÙŠØ§", fixed="العراق وسوريا"),
            Example("ط§ظ„ط¹ط±ط§ظ‚ ظˆط³ظˆط±ظٹط§", fixed="العراق وسوريا"),
            Example("ЗбЪСЗЮ жУжСнЗ", spans=("ЗбЪСЗЮ жУжСнЗ",), fixed="العراق وسوريا"),
            Example(
                "وصل الوفد مساء أمس.\nÇÌÊãÚ ÇáæÒÑÇÁ Ýí ÈÛÏÇÏ\nثم غادر الجميع.",
                spans=("ÇÌÊãÚ ÇáæÒÑÇÁ Ýí ÈÛÏÇÏ",),
                fixed="وصل الوفد مساء أمس.\nاجتمع الوزراء في بغداد\nثم غادر الجميع.",
            ),
        ),
        valid=(
            Example("العراق وسوريا", why="Arabic as it should be"),
            Example("Россия и Китай подписали договор", why="Russian"),
            Example("L'ÉVÉNEMENT À GENÈVE, à l'été, naïveté", why="French"),
            Example("قال (À BIENTÔT) ثم ضحك، «شكرا»؛ وانصرف", why="French capitals, and marks after Arabic letters"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        text = anatomy.text
        group: list[tuple[Span, Edit, bool]] = []
        kind = ("", "")
        for one in anatomy.pollution:
            # One accident over neighbouring lines is one finding.
            if group and (kind != (one.written, one.read) or text[group[-1][0].end : one.span.start].strip()):
                yield self._report(anatomy, group, kind)
                group = []
            kind = (one.written, one.read)
            group.append((one.span, Edit(one.span, one.repaired), one.proven))
        if group:
            yield self._report(anatomy, group, kind)

    def _report(self, anatomy: Anatomy, group: list[tuple[Span, Edit, bool]], kind: tuple[str, str]) -> Diagnostic:
        written, read = kind
        proven = all(proven for _, _, proven in group)
        fix = Fix(
            f"Read it as {written}",
            Applicability.SAFE if proven else Applicability.UNSAFE,
            tuple(edit for _, edit, _ in group),
        )
        return self.spec.report(
            anatomy.document,
            Span(group[0][0].start, group[-1][0].end),
            fix=fix,
            confidence=1.0 if proven else 0.9,
            evidence={"written": written, "read": read, "proven": proven},
            written=_NAMES.get(written, written),
            read=_NAMES.get(read, read),
        )


_NAMES = {
    "utf-8": "UTF-8",
    "windows-1252": "Windows-1252",
    "windows-1251": "Windows-1251",
    "windows-1256": "Windows-1256",
    "iso-8859-6": "ISO-8859-6",
    "latin-1": "Latin-1",
    "mac-roman": "MacRoman",
}

RULES = (Mojibake(),)
