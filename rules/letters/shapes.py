"""Letters stored as shapes, backwards, or stretched."""

import re
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
    compile_re,
    invisible,
)

_TATWEEL = "\N{ARABIC TATWEEL}"
_LETTER = "\u0621-\u063a\u0641-\u064a\u0671-\u06d3\u06d5"
_MARK = "\u064b-\u0652\u0670"


class PresentationForm:
    """ﺷﺮﻛﺔ: each letter a character for its shape on paper."""

    spec = RuleSpec(
        code=RuleCode("LET010"),
        name="presentation-form",
        summary="Letters are stored as presentation forms",
        message="presentation forms in {word}",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=(r"[\uFB50-\uFBB1\uFBD3-\uFD3D\uFD50-\uFDEF\uFE70-\uFEFC]",)),
        docs=Docs(
            finds=(
                "Characters of Arabic Presentation Forms A and B that stand for letters. ﷺ ﷻ ﷼ ﷽, the word ligatures "
                "and the ornate brackets are characters of their own."
            ),
            why="A PDF extractor or an old terminal stored shapes: no search finds the word.",
            fix_safety="Each form has exactly one reading. Spacing vowel signs lose the space they carry.",
            references=("https://www.unicode.org/charts/PDF/UFB50.pdf", "https://www.unicode.org/charts/PDF/UFE70.pdf"),
        ),
        invalid=(
            Example("أعلنت ﺷﺮﻛﺔ ﺍﻟﻨﻔﻂ أمس", spans=("ﺷﺮﻛﺔ ﺍﻟﻨﻔﻂ",), fixed="أعلنت شركة النفط أمس"),
            Example("ﻷن الوقت ضاق", fixed="لأن الوقت ضاق"),
            Example("در ﺗﺒﺮﯾﺰ باران بارید", fixed="در تبریز باران بارید"),
        ),
        valid=(
            Example("قال النبي ﷺ", why="a formula of honour"),
            Example("السعر 50 ﷼", why="a currency sign"),
            Example("قال تعالى ﴿وقل رب زدني علما﴾", why="ornate brackets"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        for found in anatomy.shaped:
            if not found.backwards:
                fix = Fix.replace("Write the letters themselves", found.span, found.plain)
                yield self.spec.report(anatomy.document, found.span, fix=fix, word=found.plain)


class BackwardsText:
    """ةيبرعلا: a line as it lies on paper, last letter first."""

    spec = RuleSpec(
        code=RuleCode("LET011"),
        name="backwards-text",
        summary="A line is stored last letter first",
        message="line stored backwards",
        severity=Severity.ERROR,
        triggers=Triggers(
            patterns=(
                r"[\uFB50-\uFBB1\uFBD3-\uFD3D\uFD50-\uFDEF\uFE70-\uFEFC]",
                r"(?:^|[^\u0620-\u06FF])[ةى][\u0621-\u064A]{2}",
            )
        ),
        docs=Docs(
            finds="Lines whose words begin with final letters and end with the article read from behind.",
            why="PDF extractors that do not know of writing directions store what they see from left to right.",
            fix_safety="The line read the other way is shown, not applied: numbers and names in it need an eye.",
        ),
        invalid=(
            Example("ﺔﻴﺑﺮﻌﻟﺍ ﺔﻐﻠﻟﺍ ﻊﻤﺠﻣ", spans=("ﺔﻴﺑﺮﻌﻟﺍ ﺔﻐﻠﻟﺍ ﻊﻤﺠﻣ",)),
            Example("ةيبرعلا ةغللا عمجم نلعأ", spans=("ةيبرعلا ةغللا عمجم نلعأ",)),
        ),
        valid=(
            Example("ﺍﻟﻠﻐﺔ ﺍﻟﻌﺮﺑﻴﺔ", why="forms in reading order"),
            Example("أعلن مجمع اللغة العربية", why="letters in reading order"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        for found in anatomy.shaped:
            if found.backwards:
                fix = Fix.replace("Read the line the other way", found.span, found.plain, Applicability.DISPLAY)
                yield self.spec.report(anatomy.document, found.span, fix=fix)


_STRETCHED = compile_re(
    rf"""
    [{_LETTER}][{_LETTER}{_MARK}]*
    (?:{_TATWEEL}+[{_LETTER}{_MARK}]+)+        # tatweel between the letters of a word
    (?:{_TATWEEL}{{2,}}(?![{_LETTER}]))?       # and a longer one behind them
    """,
    re.VERBOSE,
)
_STROKE = compile_re(
    rf"""
    (?<=[{_LETTER}])(?<![{invisible.NON_JOINING}])   # a letter that joins on
    [{_MARK}]*
    (?<!{_TATWEEL}[{_MARK}])(?<!{_TATWEEL}[{_MARK}]{{2}})
    ({_TATWEEL}++)
    (?![{_MARK}])                              # a vowel sign that sits on it, or between two
    """,
    re.VERBOSE,
)
# One tatweel behind a conjunction or preposition keeps it apart from a name: بـواشنطن.
_PARTICLE = compile_re(rf"[وف]?[بلك]{_TATWEEL}[^{_TATWEEL}]+")
_ERA = compile_re(rf"[0-9٠-٩۰-۹ ]ه{_TATWEEL}")


class DecorativeTatweel:
    """عـــاجل: a word stretched for looks."""

    spec = RuleSpec(
        code=RuleCode("LET020"),
        name="decorative-tatweel",
        summary="A word is stretched with tatweel",
        message="{word} is stretched with tatweel",
        severity=Severity.WARNING,
        triggers=Triggers(patterns=(rf"[{_LETTER}{_MARK}]\u0640+[{_LETTER}{_MARK}]",)),
        docs=Docs(
            finds=(
                "Tatweel between the letters of a word. Tatweel behind a clitic before a sign or number (بـ«، الـ20), "
                "in the era mark هـ, as a dash between words, under a vowel sign, and once behind a preposition "
                "(بـواشنطن) is right."
            ),
            why="The stretched word is another word to every search, vocabulary and tokeniser.",
            fix_safety="Tatweel has no sound; the word reads the same without it.",
            references=("https://www.unicode.org/charts/PDF/U0600.pdf",),
        ),
        invalid=(
            Example("عـــــاجل من العاصمة", spans=("عـــــاجل",), fixed="عاجل من العاصمة"),
            Example("الـعـراق اليوم", fixed="العراق اليوم"),
            Example("محمـد الأمـــين", fixed="محمد الأمين"),
        ),
        valid=(
            Example("وصفها بـ«المهمة» في الـ20 من الشهر", why="behind a clitic"),
            Example("سنة 1445هـ الموافق 2023م", why="era mark"),
            Example("اجتمع بـواشنطن مع نظيره", why="keeps the preposition apart from the name"),
            Example("بيروت ـ خاص", why="a dash"),
            Example("الرحمـٰن", why="carries a dagger alef"),
            Example("هو ٻـُوڏ مان ڀـَـڄي ويو ۽ ٻيهر موٽي نه آيو", why="carries a vowel sign, as Sindhi types it"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        text = anatomy.text
        at = 0
        while (at := text.find(_TATWEEL, at)) >= 0:
            match = _STRETCHED.match(text, _word_start(text, at))
            at = max(at + 1, match.end() if match else 0)
            if not match:
                continue
            word = match.group()
            if _PARTICLE.fullmatch(word) or _ERA.match(text, max(match.start() - 1, 0)):
                continue
            strokes = [Span(*stroke.span(1)) for stroke in _STROKE.finditer(text, match.start(), match.end())]
            span = Span(*match.span())
            if strokes and not anatomy.is_protected(span):
                edits = tuple(Edit(stroke, "") for stroke in strokes)
                fix = Fix("Delete the tatweel", Applicability.SAFE, edits)
                yield self.spec.report(anatomy.document, span, fix=fix, word=word.replace(_TATWEEL, ""))


def _word_start(text: str, at: int) -> int:
    start = _BEHIND.search(text, max(0, at - 40), at)
    return start.start() if start else at


_BEHIND = compile_re(rf"[{_LETTER}{_MARK}]*\Z")

RULES = (PresentationForm(), BackwardsText(), DecorativeTatweel())
