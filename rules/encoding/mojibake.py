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
    broken,
)


class Mojibake:
    """Text whose bytes were taken for another encoding."""

    spec = RuleSpec(
        code=RuleCode("ENC020"),
        name="mojibake",
        summary="Text was decoded with the wrong code page",
        message="{written} text that was read as {read}",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=broken.SIGNS),
        before=("ENC011", "ART", "SPC", "PUN", "LET"),
        docs=Docs(
            finds="Paragraphs, parts of one, or single quotes, commas and emoji whose bytes were read in a wrong "
            "encoding: UTF-8 taken for Windows-1252, Latin-1, MacRoman, Windows-1254, Windows-1251 or Windows-1256, "
            "Windows-1256 or ISO-8859-6 taken for one of the others, each once or twice. What is left of such text and "
            "cannot be read any more is named without a fix. Until it is settled, no rule of spacing, letters or "
            "punctuation touches the place.",
            why="Not one word of it is a word, and it is in the vocabulary of every model trained on it.",
            fix_safety="Safe only with a proof: the repaired text, polluted again in the same way, is what stands "
            "there, character for character, and it reads like a language while what stands there does not. "
            "Where characters were lost on the way the fix is unsafe, and a remnant that has no reading gets none.",
            references=("https://ftfy.readthedocs.io/en/latest/heuristic.html",),
        ),
        invalid=(
            Example("Ø§Ù„Ø¹Ø±Ø§Ù‚ ÙˆØ³ÙˆØ±ÙŠØ§", fixed="العراق وسوريا"),
            Example("ط§ظ„ط¹ط±ط§ظ‚ ظˆط³ظˆط±ظٹط§", fixed="العراق وسوريا"),
            Example(
                "قالت إن â€œالطريق مفتوحâ€\N{ZERO WIDTH NON-JOINER} منذ الصباحØŒ ثم غادرت",
                spans=("â€œ", "â€\N{ZERO WIDTH NON-JOINER}", "ØŒ"),
                fixed="قالت إن “الطريق مفتوح” منذ الصباح، ثم غادرت",
            ),
            Example("انتهى اللقاء â€ ثم غادر الجميع", spans=("â€",)),
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
            if not one.repaired:
                yield self.spec.report(anatomy.document, one.span, confidence=0.9, message=_REMNANT)
                continue
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
            severity=self.spec.severity,  # broken text is no less broken for a doubtful reading
            evidence={"written": written, "read": read, "proven": proven},
            written=_NAMES.get(written, written),
            read=_NAMES.get(read, read),
        )


_REMNANT = "what is left of text that was decoded with the wrong code page: restore it from its source"

_NAMES = {
    "utf-8": "UTF-8",
    "windows-1252": "Windows-1252",
    "windows-1254": "Windows-1254",
    "windows-1251": "Windows-1251",
    "windows-1256": "Windows-1256",
    "iso-8859-6": "ISO-8859-6",
    "latin-1": "Latin-1",
    "mac-roman": "MacRoman",
}

RULES = (Mojibake(),)
