"""Marks inside numbers, and digits of the wrong kind."""

import re
from collections.abc import Iterator

from corpuslint import (
    LANGUAGES,
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
    Scope,
    Severity,
    Span,
    Triggers,
    compile_re,
)

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
_IN_THOUSANDTHS = compile_re(f" ?(?:{'|'.join(map(re.escape, sorted(_THOUSANDTHS)))})(?!\\w)")
_NO_THOUSANDS_BEFORE = compile_re(
    "(?:المواد|المادتين|المادتان|الصفحات|الفقرات|البنود|الآيات|الأعوام|الأرقام|المجموعات|صفحات|مواد|ماده‌های) $"
)
_RANGE = compile_re(f"[-–/]{_D}")


class ArabicCommaInNumber:
    """The Arabic comma as a thousands separator."""

    spec = RuleSpec(
        code=RuleCode("PUN020"),
        name="arabic-comma-in-number",
        summary="An Arabic comma separates the thousands of a number",
        message="Arabic comma inside the number {number}",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=(f"{_COMMA}{_D}",)),
        budget=EditBudget(characters=",،٬"),
        docs=Docs(
            finds="`1،000`: U+060C between the digit groups of a number. The comma of Arabic text separates words; no "
            "locale groups digits with it.",
            why="One number becomes two: 1 and 000.",
            fix_safety="The comma becomes `,` among the digits 0-9 and U+066C among others. Where all groups have "
            "three digits it could be a list typed without spaces (`100،200،300`), and beside a hyphen or slash a "
            "range or a date: unsafe there. Before dinars, Omani rials, millions and the like one group of three "
            "digits may be a decimal (`2،308 دينار` of 308 millimes): shown, not applied.",
            references=("https://cldr.unicode.org/translation/number-currency-formats/number-symbols",),
        ),
        invalid=(
            Example("أكثر من 1،000 شاحنة", spans=("1،000",), fixed="أكثر من 1,000 شاحنة"),
            Example("نحو ٢٠،٥٠٠ و120،000 شخص", fixed="نحو ٢٠٬٥٠٠ و120,000 شخص"),
            Example("قیمت 1،25،000 روپے ہے", spans=("1،25،000",), fixed="قیمت 1,25,000 روپے ہے"),
            Example("يبلغ ثمنه 2،308 دينار", spans=("2،308",), fixed="يبلغ ثمنه 2،308 دينار"),
            Example("يبلغ ثمنه 1،250 ريال عماني", spans=("1،250",), fixed="يبلغ ثمنه 1،250 ريال عماني"),
            Example("بلغ 1،250،000 دولار", spans=("1،250،000",), fixed="بلغ 1,250,000 دولار"),
        ),
        valid=(
            Example("بلغ 10,000 ثم 6٬000", why="the separators that numbers have"),
            Example("أعوام 2010،2011،2012", why="a list of years"),
            Example("في عام 2010، 250 شخصا", why="a comma between a number and the next word"),
            Example("المواد 12،130 من القانون", why="a list of articles"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        text = anatomy.text
        for match in _WITH_COMMAS.finditer(text):
            span = Span(*match.span())
            if _NO_THOUSANDS_BEFORE.search(text, max(0, span.start - 12), span.start):
                continue
            # A list of three-digit numbers looks the same, unless a group is 000; so does half of a range.
            certain = f"{_COMMA}000" in _converted(match["groups"], _ASCII) or (
                len(match["lead"]) < 3
                and not _RANGE.match(text, span.end)
                and text[span.start - 1 : span.start] not in "-–/"
            )
            mark = "," if match[0][0] in _ASCII else "\N{ARABIC THOUSANDS SEPARATOR}"
            edits = tuple(Edit(Span(at, at + 1), mark) for at in range(span.start, span.end) if text[at] == _COMMA)
            applicability = Applicability.SAFE if certain else Applicability.UNSAFE
            title = "Replace with the separator that numbers have"
            if len(edits) == 1 and _IN_THOUSANDTHS.match(text, span.end):
                certain, applicability = False, Applicability.DISPLAY
                title = f"{title}, or with a decimal mark"
            fix = Fix(title, applicability, edits)
            yield self.spec.report(
                anatomy.document,
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


class MixedDigitsInNumber:
    """One number written in two digit systems."""

    spec = RuleSpec(
        code=RuleCode("PUN022"),
        name="mixed-digits-in-number",
        summary="One number mixes two digit systems",
        message="digits of two systems in {number}",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=("[٠-٩۰-۹]",)),
        budget=EditBudget(characters=_DIGITS),
        docs=Docs(
            finds="Arabic-Indic, Persian and 0-9 digits side by side in one number.",
            why="Most of them look alike, and no program reads them as one number.",
            fix_safety="Arabic-Indic and Persian digits become those of the language, else those that most digits of "
            "the number have. Where 0-9 are mixed in it is unsafe: two numbers may have grown together.",
        ),
        invalid=(
            Example("في عام ٢٠۱٥ وصل", {"language": "ar"}, spans=("٢٠۱٥",), fixed="في عام ٢٠١٥ وصل"),
            Example("سال ۱۳٩۴", {"language": "fa"}, fixed="سال ۱۳۹۴"),
            Example("في عام 20١5", {"language": "ar"}, fixed="في عام 2015"),
            Example("په ١٣٩٨۶ کورنیو", {"language": "ps"}, fixed="په ۱۳۹۸۶ کورنیو"),
            Example("نحو ٣٫5 في المئة", {"language": "ar"}, spans=("٣٫5",)),
        ),
        valid=(Example("في عام ٢٠١٥ وصل 20 شخصا", {"language": "ar"}, why="each number in one system"),),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
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
            yield self.spec.report(anatomy.document, span, fix=fix, number=match[0])


class ForeignDigits:
    """Persian digits in Arabic, Arabic-Indic digits in Persian and Urdu."""

    spec = RuleSpec(
        code=RuleCode("PUN023"),
        name="foreign-digits",
        summary="A number has the digits of another language",
        message="{count} number(s) in {kind} digits",
        severity=Severity.WARNING,
        languages=("ar", "fa", "ur"),
        triggers=Triggers(patterns=("[٠-٩۰-۹]",)),
        budget=EditBudget(characters=_ARABIC_INDIC + _EXTENDED),
        docs=Docs(
            finds="Persian digits (U+06F0 to U+06F9) in Arabic text, Arabic-Indic digits (U+0660 to U+0669) in Persian "
            "and Urdu text. 0-9 are right in all of them.",
            why="Seven of the ten look the same, so nobody sees why a search for the number finds nothing.",
            fix_safety="The number stays the same; only 4, 5 and 6 change their shape. Lines in another language are "
            "left.",
        ),
        invalid=(
            Example("وقع الحادث عام ۲۰۲۴ وأصيب ۵۶ شخصا", {"language": "ar"}, fixed="وقع الحادث عام ٢٠٢٤ وأصيب ٥٦ شخصا"),
            Example("این حادثه در سال ١٣٩٤ رخ داد", {"language": "fa"}, fixed="این حادثه در سال ۱۳۹۴ رخ داد"),
        ),
        valid=(
            Example("عام ٢٠٢٤ و2025", {"language": "ar"}, why="Arabic-Indic and 0-9 in Arabic"),
            Example("سال ۱۳۹۴", {"language": "fa"}, why="Persian digits in Persian"),
            Example("ساڵی ٢٠٢٤", {"language": "ckb"}, why="Sorani has Arabic-Indic digits"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
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
                yield self.spec.report(anatomy.document, span, fix=fix, count=len(edits), kind=kind)


def _is_guarded(anatomy: Anatomy, span: Span) -> bool:
    """Whether the number stands in an address or a quotation in another language."""
    return any(part.start < span.end and span.start < part.end for part in anatomy.protected)


_MANY = 3


class MixedDigitSystems:
    """A document that writes some numbers in one system and some in another."""

    spec = RuleSpec(
        code=RuleCode("PUN024"),
        name="mixed-digit-systems",
        summary="The document mixes digit systems",
        message="{ascii} numbers in 0-9 and {native} in Arabic or Persian digits",
        severity=Severity.INFO,
        scope=Scope.DOCUMENT,
        triggers=Triggers(patterns=("[٠-٩۰-۹]",)),
        docs=Docs(
            finds="A document with three numbers or more in 0-9 and three or more in Arabic-Indic or Persian digits.",
            why="Often a sign that parts of it come from somewhere else: a table, a caption, a second story.",
            fix_safety="There is no fix: each number is right.",
        ),
        invalid=(Example("١٠ و٢٠ و٣٠ ثم 40 و50 و60"),),
        valid=(
            Example("١٠ و٢٠ و٣٠ ثم 40", why="one number in the other system"),
            Example("10 و20 و30", why="one system"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        if not anatomy.fact(_mixes_systems):
            return
        text = anatomy.text
        native = len(re.findall(f"[{_ARABIC_INDIC}{_EXTENDED}]+", text))
        if native < _MANY:
            return
        ascii_numbers = len(re.findall(r"(?<![0-9A-Za-z/._-])[0-9]+(?![0-9A-Za-z/_-])", text))
        if ascii_numbers >= _MANY:
            yield self.spec.report(anatomy.document, ascii=ascii_numbers, native=native)


RULES = (
    ArabicCommaInNumber(),
    MixedDigitsInNumber(),
    ForeignDigits(),
    MixedDigitSystems(),
)
