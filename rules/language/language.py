"""Which language a document is in, against what is declared and what its parts say."""

from collections.abc import Iterator

from corpuslint import LANGUAGES, Anatomy, DeclarativeRule, Diagnostic, Span, compile_re


def _bears_hallmarks(text: str, language: str) -> bool:
    marks = LANGUAGES[language].hallmarks
    return bool(marks) and all(mark in text for mark in marks)


def _name(language: str) -> str:
    return LANGUAGES[language].name if language in LANGUAGES else "no Arabic-script language"


def declared_language_contradicted(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """`language: fa` on an Arabic text."""
    if "language" not in anatomy.metadata:
        return
    declared = anatomy.declared_language
    if not declared or _bears_hallmarks(anatomy.text, declared):
        return
    reading = anatomy.reading
    foreign = reading.language == "other" and len(anatomy.text) >= _LETTERS
    another = reading.language not in (declared, "other", "") and reading.margin >= _MARGIN
    if foreign or (another and reading.letters >= _LETTERS):
        yield rule.report(
            anatomy,
            language=reading.language,
            evidence={"declared": declared, "found": reading.language, "margin": round(reading.margin, 1)},
            declared=_name(declared),
            found=_name(reading.language),
        )


_LETTERS = 40
_MARGIN = 10.0  # logits: what is declared is evidence too


_FOREIGN = "[A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u052f]"
_IDEOGRAPHIC = r"(?:[\u0590-\u05FF\u3040-\u30FF\u4E00-\u9FFF]\s?){60}"
_WORDS = rf"(?:{_FOREIGN}{{2,20}}[ ,.;:'’\"()0-9%-]{{1,4}}){{25}}"
# What wakes the rule is shorter than what it looks for: long counted repeats cost the one scan a quarter of its time.
_SOME_IDEOGRAPHIC = r"[\u0590-\u05FF\u3040-\u30FF\u4E00-\u9FFF]"
_PERSIAN_LINE = r"[پچژگ][^\n]*[پچژگ][^\n]*[پچژگ]"
_OTHER_SCRIPT = compile_re(rf"{_IDEOGRAPHIC}.*|{_WORDS}.*")
_OTHER_LETTER = compile_re(f"{_FOREIGN}|{_SOME_IDEOGRAPHIC}".replace("]|[", ""))
_BLOCK = 50  # letters: 25 words have two each, and 60 ideographs are more
_OTHER_LANGUAGE = compile_re(_PERSIAN_LINE)
_BLOCK_LETTERS = 100


def foreign_script_block(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A passage in another script."""
    if len(_OTHER_LETTER.findall(anatomy.text)) < _BLOCK:
        return
    for match in _OTHER_SCRIPT.finditer(anatomy.text):
        span = Span(*match.span())
        if 2 * (span.end - span.start) < len(anatomy.text):
            yield rule.report(anatomy, span, language="other")


def foreign_block(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A paragraph in another language."""
    own = anatomy.language
    if own not in ("ar", "ur", "ckb", "ps", "sd", "ug") and not (own == "fa" and _bears_hallmarks(anatomy.text, "ar")):
        return
    if not _OTHER_LANGUAGE.search(anatomy.text):
        return
    for line in anatomy.filled:
        if len(line.text) < _BLOCK_LETTERS:
            continue
        reading = anatomy.read_piece(line.body)
        if reading.language not in (own, "", "other") and reading.sure and reading.letters >= _BLOCK_LETTERS:
            yield rule.report(anatomy, line.body, language=reading.language, name=_name(reading.language))
