"""Seams: boilerplate glued to a sentence, tags glued to the end, sentences that lost the space between them."""

import re
from collections.abc import Iterator

from corpuslint import (
    Anatomy,
    DeclarativeRule,
    Diagnostic,
    Edit,
    FieldChange,
    Span,
    compile_re,
    furniture,
    openers,
)


def glued_buttons(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """Buttons glued to the first or the last sentence, and an English label glued to any line in Arabic letters."""
    for label in _ENGLISH_LABEL.finditer(anatomy.text):
        yield _report(rule, anatomy, Span(*label.span()))
    if not anatomy.openers & openers.GLUED:
        return
    lines = anatomy.filled
    opened = anatomy.line_openers
    for index, line in enumerate(lines):
        opens = index < _REACH and opened[line.number - 1] & (openers.BUTTON | openers.GLUED)
        end = furniture.glued_opening(line.text) if opens else 0
        if end:
            yield _report(rule, anatomy, Span(line.body.start, line.body.start + end))
        start = furniture.glued_closing(line.text) if len(lines) - index <= _REACH else 0
        if start > end:
            yield _report(rule, anatomy, Span(line.body.start + start, line.body.end))


def _report(rule: DeclarativeRule, anatomy: Anatomy, span: Span) -> Diagnostic:
    text = anatomy.text
    start, end = span
    while end < len(text) and text[end] in " \t\N{NO-BREAK SPACE}":
        end += 1
    if end == len(text) or text[end] in "\r\n":
        end = span.end
        while start > 0 and text[start - 1] in " \t\N{NO-BREAK SPACE}":
            start -= 1
    fix = rule.fix((Edit(Span(start, end), ""),), "Delete the buttons")
    return rule.report(anatomy, span, fix=fix)


_ENGLISH_LABEL = compile_re(r"(?m)^(?:Advertisements?|(?:Post )?Views?: ?\d+)(?=[ \t]+[\u0621-\u06d3])")
_REACH = 3
"""Filled lines at either end whose first or last sentence buttons get glued to."""
_TAG_LABELS = (
    "كلمات دلالية|الكلمات الدلالية|كلمات مفتاحية|الكلمات المفتاحية|الوسوم|وسوم|سمات|برچسب[\u200c "
    "]?ها|کلیدواژه[\u200c ]?ها|"
    "کلید واژه[\u200c ]?ها|کلمات کلیدی|ٹیگز|تاگەکان|Tags|TAGS"
)

_LONGEST_TAGS = 600
"""Characters at the end of a line in which glued tags begin."""
_TAIL = compile_re(rf"(?<=[.!؟?۔»”\"…)])\s*(?P<tags>(?:{_TAG_LABELS})\s*[:：]?\s+(?P<value>[^.!؟?۔:\n]{{3,300}}))$")


def glued_tags(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A list of tags glued to the last sentence."""
    lines = anatomy.filled
    match = _TAIL.search(lines[-1].text, max(0, len(lines[-1].text) - _LONGEST_TAGS)) if lines else None
    if match is None:
        return
    start = lines[-1].body.start
    span = Span(start + match.start("tags"), lines[-1].body.end)
    fields: tuple[FieldChange, ...] = ()
    if not anatomy.metadata.get("keywords_raw") and not anatomy.metadata.get("keywords"):
        fields = (FieldChange("keywords_raw", match["value"].strip()),)
    edit = Edit(Span(start + match.start(), span.end), "")
    fix = rule.fix((edit,), "Lift the tags into `keywords_raw`", fields)
    yield rule.report(anatomy, span, fix=fix)


_JOINED = "[\u0621-\u063a\u0641-\u064a\u0671-\u06d3\u06d5\u064b-\u0652\u200c]"
# The names of Latin letters, which Urdu parts by its full stop in abbreviations.
_LETTER_NAMES = "اے|بی|سی|ڈی|ای|ایف|جی|ایچ|آئی|جے|کے|ایل|ایم|این|او|پی|کیو|آر|ایس|ٹی|یو|وی|ڈبلیو|ایکس|وائی|زیڈ"
_ABBREVIATED = compile_re(rf"(?<!{_JOINED})(?:{_LETTER_NAMES})۔(?:{_LETTER_NAMES})(?!{_JOINED})")


def parts_sentences(anatomy: Anatomy, match: re.Match[str]) -> float:
    """0.0 for a stop inside an abbreviation or the name of a site, 1.0 for any other."""
    at = match.end("stop")
    abbreviated = match["stop"] == "۔" and _ABBREVIATED.search(anatomy.text, max(0, at - 8), match.end())
    return float(not abbreviated and not (match["stop"] == "." and _is_name(anatomy.text, at, match.end())))


def _is_name(text: str, dot: int, end: int) -> bool:
    """Whether one word with a dot inside is the name of a site: between quotes, or behind what sites are called."""
    start = max(text.rfind(blank, max(0, dot - _LONGEST_NAME), dot) for blank in " \n\t") + 1
    behind = _WORD_END.search(text, end)
    word = text[start : behind.start() if behind else len(text)].rstrip("،.؛:")
    return bool(_QUOTED_NAME.fullmatch(word) or _SITE_BEFORE.search(text, max(0, start - 20), start))


_LONGEST_NAME = 40
_WORD_END = compile_re(r"\s|$")
_QUOTED_NAME = compile_re(r"[«“\"'(][^\s«»“”\"'()]+[»”\"')]")
_SITE_BEFORE = compile_re("(?:موقع|موقعي|لموقع|بموقع|منصة|صحيفة|جريدة|بوابة|شبكة|سایت|پایگاه|خبرگزاری|سائٹ|ماڵپەڕی) $")
