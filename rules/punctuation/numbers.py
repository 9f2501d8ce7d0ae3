"""Marks inside numbers, and digits of the wrong kind."""

import re
from collections.abc import Iterator

from corpuslint import LANGUAGES, Anatomy, Applicability, DeclarativeRule, Diagnostic, Edit, Fix, Span, compile_re

_ASCII = "0123456789"
_ARABIC_INDIC, _EXTENDED = LANGUAGES["ar"].digits, LANGUAGES["fa"].digits
_SYSTEMS = (_ASCII, _ARABIC_INDIC, _EXTENDED)
_DIGITS = "".join(_SYSTEMS)
_D = f"[{_DIGITS}]"
_COMMA = "،"


def _converted(number: str, system: str) -> str:
    """The number with all its digits in one system."""
    for digits in _SYSTEMS:
        if digits != system:
            for value, digit in enumerate(digits):
                number = number.replace(digit, system[value])
    return number


def _systems(number: str) -> list[str]:
    """The digit systems of the number, the one with most digits first."""
    counts = [(sum(number.count(digit) for digit in digits), -place) for place, digits in enumerate(_SYSTEMS)]
    return [_SYSTEMS[-place] for count, place in sorted(counts, reverse=True) if count]


_WITH_COMMAS = compile_re(
    f"(?<![{_DIGITS}.,٫٬،])(?P<lead>{_D}{{1,3}})(?P<groups>(?:{_COMMA}{_D}{{2}})*(?:{_COMMA}{_D}{{3}})+)"
    f"(?![{_DIGITS}]|{_COMMA}{_D})"
)
_THOUSANDTHS = {word for language in LANGUAGES.values() for word in language.thousandths}
_IN_THOUSANDTHS = compile_re(f" ?(?:{'|'.join(map(re.escape, sorted(_THOUSANDTHS)))})(?!\\w| (?:جزائري|عراقي))")
# Outlets at home where money has three decimals (ISO 4217): a price of theirs needs no currency behind it. The Iraqi
# dinar has three too, and no coins; its prices are thousands.
_OF_THOUSANDTHS = compile_re(
    r"""(?xi) (?:https?://)? (?:[^/]+\.)?
    (?: [^/.]+\.(?:bh|jo|kw|ly|om|tn)
      | (?:babnet|jawharafm|mosaiquefm|shemsfm|ammonnews)\.net
      | (?:alanba|alayam|alghad|alqabas|alraimedia|addustour|akhbar-alkhaleej|sarayanews|shabiba)\.com
    ) (?=[/:]|$)"""
)
_COUNTED = compile_re(" (?:دولار|يورو|درهم|جنيه|ليرة|شخص|مواطن|نسمة|طالب|تلميذ|عامل|لاجئ|سائح|زائر|مسافر|ناخب)")
_NO_THOUSANDS_BEFORE = compile_re(
    "(?:المواد|المادتين|المادتان|الصفحات|الفقرات|البنود|الآيات|الأعوام|الأرقام|المجموعات|صفحات|مواد|ماده‌های) $"
)
_RANGE = compile_re(f"[-–/]{_D}")


def arabic_comma_in_number(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """The Arabic comma as a thousands separator."""
    text = anatomy.text
    url, source = (anatomy.document.declared(key) for key in ("url", "source"))
    at_home = _OF_THOUSANDTHS.match(url) or _OF_THOUSANDTHS.match(source)
    for match in _WITH_COMMAS.finditer(text):
        span = Span(*match.span())
        if _NO_THOUSANDS_BEFORE.search(text, max(0, span.start - 12), span.start):
            continue
        # A list of three-digit numbers looks the same, unless a group is 000; so does half of a range.
        round_sum = f"{_COMMA}000" in _converted(match["groups"], _ASCII)
        certain = round_sum or (
            len(match["lead"]) < 3
            and not _RANGE.match(text, span.end)
            and text[span.start - 1 : span.start] not in "-–/"
        )
        mark = "," if match[0][0] in _ASCII else "\N{ARABIC THOUSANDS SEPARATOR}"
        edits = tuple(Edit(Span(at, at + 1), mark) for at in range(span.start, span.end) if text[at] == _COMMA)
        applicability = Applicability.SAFE if certain else Applicability.UNSAFE
        title = "Replace with the separator that numbers have"
        priced = at_home and not round_sum and not _COUNTED.match(text, span.end)
        if len(edits) == 1 and (priced or _IN_THOUSANDTHS.match(text, span.end)):
            certain, applicability = False, Applicability.DISPLAY
            title = f"{title}, or with a decimal mark"
        fix = Fix(title, applicability, edits)
        yield rule.report(
            anatomy,
            span,
            fix=fix,
            confidence=1.0 if certain else 0.9,
            number=match[0],
        )


_NUMBER = compile_re(f"{_D}{{2,}}(?:٫{_D}+)?|{_D}٫{_D}+")  # ٣٫5 is one number: only a decimal has that mark
_MIXED = compile_re(
    f"[{_ASCII}]٫?[{_ARABIC_INDIC}{_EXTENDED}]|[{_ARABIC_INDIC}]٫?[{_ASCII}{_EXTENDED}]"
    f"|[{_EXTENDED}]٫?[{_ASCII}{_ARABIC_INDIC}]"
)

_DIGIT = compile_re(_D)


def _mixes_systems(anatomy: Anatomy) -> bool:
    """Whether the text has digits of more than one system at all."""
    return len({ord(digit) >> 4 for digit in set(_DIGIT.findall(anatomy.text))}) > 1


def mixed_digits_in_number(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """One number written in two digit systems."""
    if not anatomy.fact(_mixes_systems):
        return
    for match in _NUMBER.finditer(anatomy.text):
        if match[0].isascii() or not _MIXED.search(match[0]):
            continue
        systems = _systems(match[0])
        wanted = systems[0]
        if _ASCII not in systems:
            language = LANGUAGES.get(anatomy.language_at(match.start()))
            wanted = language.digits if language and language.digits else wanted
        safety = Applicability.UNSAFE if _ASCII in systems else Applicability.SAFE
        span = Span(*match.span())
        fix = Fix.replace("Write it in one system", span, _converted(match[0], wanted), safety)
        yield rule.report(anatomy, span, fix=fix, number=match[0])


def foreign_digits(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """Persian digits in Arabic, Arabic-Indic digits in Persian and Urdu."""
    wanted = LANGUAGES[anatomy.language].digits
    foreign, kind = (_ARABIC_INDIC, "Arabic-Indic") if wanted == _EXTENDED else (_EXTENDED, "Persian")
    pattern = re.compile(f"[{foreign}]+(?:[.,٫٬/:-][{foreign}]+)*")
    if not pattern.search(anatomy.text):
        return
    for line in anatomy.filled:
        matches = [
            match
            for match in pattern.finditer(anatomy.text, line.span.start, line.span.end)
            if not _MIXED.search(anatomy.text, max(0, match.start() - 1), match.end() + 1)
        ]
        if not matches or anatomy.language_of(line) != anatomy.language:
            continue
        edits = tuple(Edit(Span(*match.span()), _converted(match[0], wanted)) for match in matches)
        edits = tuple(edit for edit in edits if not _is_guarded(anatomy, edit.span))
        if edits:
            fix = Fix(f"Write them in the digits of the language ({anatomy.language})", Applicability.SAFE, edits)
            span = Span(edits[0].span.start, edits[-1].span.end)
            yield rule.report(anatomy, span, fix=fix, count=len(edits), kind=kind)


def _is_guarded(anatomy: Anatomy, span: Span) -> bool:
    """Whether the number stands in an address or a quotation in another language."""
    return any(part.start < span.end and span.start < part.end for part in anatomy.protected)


_MANY = 3


def mixed_digit_systems(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A document that writes some numbers in one system and some in another."""
    if not anatomy.fact(_mixes_systems):
        return
    text = anatomy.text
    native = len(re.findall(f"[{_ARABIC_INDIC}{_EXTENDED}]+", text))
    if native < _MANY:
        return
    ascii_numbers = len(re.findall(r"(?<![0-9A-Za-z/._-])[0-9]+(?![0-9A-Za-z/_-])", text))
    if ascii_numbers >= _MANY:
        yield rule.report(anatomy, ascii=ascii_numbers, native=native)
