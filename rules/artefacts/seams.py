"""Seams: boilerplate glued to a sentence, tags glued to the end, sentences that lost the space between them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpuslint import (
    Anatomy,
    Applicability,
    Diagnostic,
    Docs,
    Edit,
    Example,
    FieldChange,
    Fix,
    RuleCode,
    RuleSpec,
    Severity,
    Span,
    Triggers,
    compile_re,
    furniture,
    openers,
)

_BODY = "افتتحت البلدية صباح اليوم حديقة عامة جديدة في الحي الشمالي بحضور عدد كبير من السكان.\n"
_BODY_FA = "شهرداری صبح امروز پارک تازه‌ای را در محله شمالی شهر با حضور شمار زیادی از مردم گشود.\n"


@dataclass(frozen=True)
class GluedButtons:
    """Buttons glued to the first or the last sentence."""

    spec: RuleSpec

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        """At most one finding at each end."""
        return self._both_ends(anatomy) if anatomy.openers & openers.GLUED else ()

    def _both_ends(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        lines = anatomy.filled
        opened = anatomy.line_openers
        for index, line in enumerate(lines):
            opens = index < _REACH and opened[line.number - 1] & (openers.BUTTON | openers.GLUED)
            end = furniture.glued_opening(line.text) if opens else 0
            if end:
                yield self._report(anatomy, Span(line.body.start, line.body.start + end))
            start = furniture.glued_closing(line.text) if len(lines) - index <= _REACH else 0
            if start > end:
                yield self._report(anatomy, Span(line.body.start + start, line.body.end))

    def _report(self, anatomy: Anatomy, span: Span) -> Diagnostic:
        text = anatomy.text
        start, end = span
        while end < len(text) and text[end] in " \t\N{NO-BREAK SPACE}":
            end += 1
        if end == len(text) or text[end] in "\r\n":
            end = span.end
            while start > 0 and text[start - 1] in " \t\N{NO-BREAK SPACE}":
                start -= 1
        fix = Fix("Delete the buttons", Applicability.UNSAFE, (Edit(Span(start, end), ""),))
        return self.spec.report(anatomy.document, span, fix=fix)


_REACH = 3
"""Filled lines at either end whose first or last sentence buttons get glued to."""

GLUED = GluedButtons(
    RuleSpec(
        code=RuleCode("ART050"),
        name="glued-buttons",
        summary="Buttons of the page are glued to the text",
        message="buttons of the page glued to the text",
        severity=Severity.ERROR,
        triggers=Triggers(lines=openers.GLUED),
        docs=Docs(
            finds="A run of interface words before the first sentence, or after the last one: three or more, with "
            "names of "
            "two sites among them, or “Next Previous”.",
            why="Tags stripped without a space glue the share bar to the lead, where no line-based filter sees it.",
            fix_safety="Only the run goes. A sentence that itself begins with the names of two sites is left when "
            "other "
            "words stand between them.",
        ),
        invalid=(
            Example("شارك عبر تويتر فيسبوك واتساب " + _BODY, spans=("شارك عبر تويتر فيسبوك واتساب",), fixed=_BODY),
            Example("Next Previous " + _BODY, fixed=_BODY),
            Example(_BODY_FA[:-1] + " اشتراک گذاری تلگرام توییتر\n", fixed=_BODY_FA),
        ),
        valid=(
            Example(
                "تويتر وفيسبوك يتنافسان على سوق الإعلانات في المنطقة منذ أعوام طويلة كما يقول الخبراء.\n",
                why="the subject",
            ),
            Example(_BODY, why="no button"),
        ),
    )
)

_TAG_LABELS = (
    "كلمات دلالية|الكلمات الدلالية|كلمات مفتاحية|الكلمات المفتاحية|الوسوم|وسوم|سمات|برچسب[\u200c "
    "]?ها|کلیدواژه[\u200c ]?ها|"
    "کلید واژه[\u200c ]?ها|کلمات کلیدی|ٹیگز|تاگەکان|Tags|TAGS"
)


_LONGEST_TAGS = 600
"""Characters at the end of a line in which glued tags begin."""


@dataclass(frozen=True)
class GluedTags:
    """A list of tags glued to the last sentence."""

    spec: RuleSpec
    _tail = compile_re(rf"(?<=[.!؟?۔»”\"…)])\s*(?P<tags>(?:{_TAG_LABELS})\s*[:：]?\s+(?P<value>[^.!؟?۔:\n]{{3,300}}))$")

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        """At most one finding."""
        lines = anatomy.filled
        match = self._tail.search(lines[-1].text, max(0, len(lines[-1].text) - _LONGEST_TAGS)) if lines else None
        if match is None:
            return ()
        start = lines[-1].body.start
        span = Span(start + match.start("tags"), lines[-1].body.end)
        fields: tuple[FieldChange, ...] = ()
        if not anatomy.metadata.get("keywords_raw") and not anatomy.metadata.get("keywords"):
            fields = (FieldChange("keywords_raw", match["value"].strip()),)
        edit = Edit(Span(start + match.start(), span.end), "")
        fix = Fix("Lift the tags into `keywords_raw`", Applicability.UNSAFE, (edit,), fields)
        return (self.spec.report(anatomy.document, span, fix=fix),)


TAGS = GluedTags(
    RuleSpec(
        code=RuleCode("ART051"),
        name="glued-tags",
        summary="The tags of the page are glued to the last sentence",
        message="tags of the page glued to the text",
        severity=Severity.ERROR,
        triggers=Triggers(
            literals=(
                "كلمات دلالية",
                "الكلمات الدلالية",
                "كلمات مفتاحية",
                "الكلمات المفتاحية",
                "الوسوم",
                "وسوم",
                "سمات ",
                "برچسب‌ها",
                "کلیدواژه‌ها",
                "کلید واژه‌ها",
                "کلمات کلیدی",
                "ٹیگز",
                "تاگەکان",
                "Tags",
                "TAGS",
            )
        ),
        docs=Docs(
            finds="A label of tags after the last full stop, and words without a full stop behind it.",
            why="The tags read as a sentence without a verb, in the last place a model looks at.",
            fix_safety="The tail goes and becomes `keywords_raw`.",
        ),
        invalid=(
            Example(
                _BODY[:-1] + " سمات البلدية حديقة الحي الشمالي\n",
                spans=("سمات البلدية حديقة الحي الشمالي",),
                fixed=_BODY,
                fields={"keywords_raw": "البلدية حديقة الحي الشمالي"},
            ),
        ),
        valid=(Example(_BODY + "ومن سمات الحديقة أنها مفتوحة للجميع.\n", why="features, in prose"),),
    )
)

_LETTER = "[\u0621-\u063a\u0641-\u064a\u0671-\u06d3\u06d5]"
_JOINED = f"[{_LETTER[1:-1]}\u064b-\u0652\u200c]"
_DOMAINS = "نت|كوم|کام|کوم|أورغ|اورج|اورغ|تي|دوت|آی|ای|آر|أنفو|انفو|إنفو|تيفي"
_SHORT_WORDS = "في|من|ما|لا|به|از|وی|در|او|تا|هم|کہ|یہ|وہ|لە|بە"
# The names of Latin letters, which Urdu parts by its full stop in abbreviations.
_LETTER_NAMES = "اے|بی|سی|ڈی|ای|ایف|جی|ایچ|آئی|جے|کے|ایل|ایم|این|او|پی|کیو|آر|ایس|ٹی|یو|وی|ڈبلیو|ایکس|وائی|زیڈ"


@dataclass(frozen=True)
class LostBreak:
    """A full stop with a word glued behind it."""

    spec: RuleSpec
    _seam = compile_re(
        rf"(?P<stop>[.؟!])(?:(?<={_LETTER}{_JOINED}{{2}}.)|(?<={_LETTER}{_JOINED}{{2}}[»”\")].))"
        rf"(?P<after>[«“]?(?!(?:{_DOMAINS})\b)(?:{_LETTER}{{3,}}|(?:{_SHORT_WORDS})\b))"
        rf"|(?P<urdu>۔)(?<={_LETTER}{_JOINED}.|{_JOINED}[»”\"’'].)(?P<behind>[«“‘]?{_LETTER}{{2}}{_JOINED}*)"
    )
    _abbreviated = compile_re(rf"(?<!{_JOINED})(?:{_LETTER_NAMES})۔(?:{_LETTER_NAMES})(?!{_JOINED})")

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """One finding a seam."""
        text = anatomy.text
        for match in self._seam.finditer(text):
            at = match.end("stop") if match["stop"] else match.end("urdu")
            if match["urdu"] and self._abbreviated.search(text, max(0, at - 8), match.end()):
                continue
            if match["stop"] == "." and self._is_name(text, at, match.end()):
                continue
            fix = Fix("Insert a space", Applicability.SAFE, (Edit(Span(at, at), " "),))
            yield self.spec.report(anatomy.document, Span(at - 1, match.end()), fix=fix)

    @staticmethod
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

LOST_BREAK = LostBreak(
    RuleSpec(
        code=RuleCode("ART052"),
        name="lost-break",
        summary="A sentence or a paragraph is glued to the full stop before it",
        message="no space after the full stop: a break was lost here",
        severity=Severity.WARNING,
        triggers=Triggers(patterns=(r"[.!][\u0621-\u06d5«“]", r"[؟۔][\u0621-\u06d5«“]")),
        docs=Docs(
            finds="A full stop, question or exclamation mark with a word of three letters or more before it and a word "
            "behind it, without a space; the full stop of Urdu with a word on either side. Initials, titles, "
            "abbreviations and names of sites are left.",
            why="Tags stripped without a space glue paragraphs together; word and sentence splitters then see one "
            "word.",
            fix_safety="Inserts one space. Whether a paragraph ended there cannot be told any more.",
        ),
        invalid=(
            Example("انتهى العمل أمس.وبدأ اليوم.", spans=(".وبدأ",), fixed="انتهى العمل أمس. وبدأ اليوم."),
            Example("کار پایان یافت.وی افزود", fixed="کار پایان یافت. وی افزود"),
            Example("بازار بند ہے۔اس کی مرمت ہو گی", spans=("۔اس",), fixed="بازار بند ہے۔ اس کی مرمت ہو گی"),
        ),
        valid=(
            Example("نقلت أ.ف.ب عن د.سامي قوله", why="initials and a title"),
            Example("نشر موقع برلمان.كوم الخبر", why="the name of a site"),
            Example("نقلت «حقول.الشمال» الخبر عن موقع حقول.الجنوب", why="names with a dot inside"),
            Example("پی۔ٹی۔آئی کے رکن نے کہا", why="names of letters"),
        ),
    )
)

RULES = (GLUED, TAGS, LOST_BREAK)
