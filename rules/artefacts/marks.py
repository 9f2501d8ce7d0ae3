"""Marks that newsrooms and feeds put at the ends of a text: end marks, initials, rulers, SMS blocks, addresses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpuslint import (
    Anatomy,
    Applicability,
    Diagnostic,
    Docs,
    Edit,
    EditBudget,
    Example,
    FieldChange,
    Fix,
    Line,
    RuleCode,
    RuleSpec,
    Severity,
    Span,
    Triggers,
    compile_re,
    cut,
    sources,
)

_BODY = "افتتحت البلدية صباح اليوم حديقة عامة جديدة في الحي الشمالي بحضور عدد كبير من السكان.\n"
_BODY_FA = "شهرداری صبح امروز پارک تازه‌ای را در محله شمالی شهر با حضور شمار زیادی از مردم گشود.\n"


@dataclass(frozen=True)
class MarkAtEnd:
    """A pattern in the last lines: the group `mark` is what is reported and cut."""

    spec: RuleSpec
    pattern: re.Pattern[str]
    title: str
    applicability: Applicability = Applicability.UNSAFE
    reach: int = 5
    after: int = 0
    alone: bool = False  # whether a line that is the mark is one wherever it stands, with the page's boxes below it

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """One finding a mark."""
        last = len(anatomy.filled) - self.reach
        for index, line in enumerate(anatomy.filled):
            if index < last and not (self.alone and index and len(line.text) <= _LONGEST_MARK):
                continue
            match = self.pattern.search(line.text)
            if (
                match is None
                or (index < last and match.start("mark"))
                or match.start("mark") < self.after
                or (len(anatomy.filled) == 1 and not match.start("mark"))
            ):
                continue
            span = Span(line.body.start + match.start("mark"), line.body.start + match.end("mark"))
            fix = Fix(self.title, self.applicability, (cut(anatomy.text, span),))
            yield self.spec.report(anatomy.document, span, fix=fix, found=span.of(anatomy.text))


_LONGEST_MARK = 40

END_MARK = MarkAtEnd(
    RuleSpec(
        code=RuleCode("ART040"),
        name="end-mark",
        summary="An agency's end mark stands under the text",
        message="end mark of the agency: {found}",
        severity=Severity.ERROR,
        triggers=Triggers(
            literals=(
                "انتهى //",
                "انتهى//",
                "//انتهى",
                "// انتهى",
                "(انتهى)",
                "(النهاية)",
                "انتهای پیام",
                "پایان پیام",
                "انتهای خبر",
                "پایان خبر",
                "پایان گزارش",
            ),
            patterns=(r"^[^\n]{0,12}(?:انتهى|انتهی|انتهي)[^\n]{0,12}$",),
        ),
        docs=Docs(
            finds="`// انتهى //`, `(انتهى)`, `انتهای پیام/4024`, `پایان خبر` as a line, or after the last sentence.",
            why="It tells a telex operator that the message is over.",
            fix_safety="Only the mark goes, with the codes behind it.",
        ),
        invalid=(
            Example(_BODY + "// انتهى //\n", spans=("// انتهى //",), fixed=_BODY),
            Example(_BODY + "(النهاية) س م / ع ك\n", spans=("(النهاية) س م / ع ك",), fixed=_BODY),
            Example(_BODY_FA[:-1] + " انتهای پیام/3021\n", spans=("انتهای پیام/3021",), fixed=_BODY_FA),
            Example(
                _BODY_FA + "انتهای پیام/\n" + 6 * "دیدگاه خوانندگان این خبر\n",
                spans=("انتهای پیام/",),
                fixed=_BODY_FA + 6 * "دیدگاه خوانندگان این خبر\n",
                why="the page's boxes stand below it",
            ),
        ),
        valid=(
            Example(_BODY + "وانتهى الحفل في العاشرة مساء.\n", why="a verb"),
            Example(
                _BODY_FA + "پایان پیام رئیس‌جمهور با شعری از حافظ همراه بود.\n", why="the end of a message, in prose"
            ),
        ),
    ),
    compile_re(
        r"""(?:^|(?<=[.!?؟»"”)])\s*)
        (?P<mark>
            [(\[/*\\ـ=-]{1,3}\s*انته[ىيی]\s*[)\]/*\\ـ=-]{1,3} [\w\s:/.]{0,12}   # // انتهى // 12:04
          | \(النهاية\) (?:\s*[^\W\d]{1,2}){0,4}(?:\s*/\s*[^\W\d]{1,2}(?:\s[^\W\d]{1,2})*)? # (النهاية) ك م / ع ب
          | (?<!\S)انته[ىيی]\s*[./]?                                               # انتهى
          | [(\[/*-]{0,3}\s*(?:انتهای|پایان)\s+(?:پیام|خبر|گزارش)\s*[)\]]?
            (?:\s*[/\\*.-]\s*[\w\u200c]{0,14}){0,4} [/\\*.]?                         # انتهای پیام/4024/ح
        )\s*$""",
        re.VERBOSE,
    ),
    "Delete the end mark",
    alone=True,
)


@dataclass(frozen=True)
class ReporterInitials:
    """The reporter's and the editor's initials, the last thing of the text."""

    spec: RuleSpec
    _line = compile_re(
        r"""[(\[]?\s*
        (?P<initials> [^\W\d]{1,3} (?: \s?[./\\-]\s?[^\W\d]{1,3} ){1,6} [.]?
          | [^\W\d](?:\s[^\W\d]){1,2} \s?[/\\]\s? [^\W\d](?:\s[^\W\d]){1,2}
          | (?:[^\W\d][.]){1,3}\s?[/\\-]\s?(?:[^\W\d][.]?){1,3} )
        (?: \s*[(\[](?P<agencies>[^()\[\]]{2,40})[)\]] )?
        \s*[)\]]?""",
        re.VERBOSE,
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """At most one finding."""
        lines = anatomy.filled
        if len(lines) < 2 or len(lines[-1].text) > 70:
            return
        line: Line = lines[-1]
        match = self._line.fullmatch(line.text)
        if match is None or sources.known_outlet(match["initials"]) or not _are_initials(match["initials"]):
            return
        credit = match["agencies"] or ""
        names = [name.strip() for name in re.split(r"[،,/]", credit) if name.strip()]
        fields: tuple[FieldChange, ...] = ()
        if names and all(sources.known_outlet(name) for name in names) and not anatomy.document.declared("credit"):
            fields = (FieldChange("credit", credit),)
        fix = Fix("Delete the initials", Applicability.UNSAFE, (Edit(line.full, ""),), fields)
        yield self.spec.report(anatomy.document, line.body, fix=fix, found=line.text)


def _are_initials(text: str) -> bool:
    parts = [part for part in re.split(r"[\s./\\-]+", text) if part]
    return (
        len(parts) >= 2 and all(len(part) <= 2 or part.isascii() for part in parts) and any(c in text for c in "./\\")
    )


INITIALS = ReporterInitials(
    RuleSpec(
        code=RuleCode("ART041"),
        name="reporter-initials",
        summary="The initials of reporter and editor stand under the text",
        message="initials of the newsroom: {found}",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=(r"^[(\[ ]{0,2}[^\n]{1,4}[./\\][^\n]{1,50}\s*\z",)),
        budget=EditBudget(whole_lines=True),
        docs=Docs(
            finds="A last line of letters with points and strokes between them: `س.م/ ع.ك`, `ع.خ/ط.أ (أ ف ب)`.",
            why="They name people to their newsroom only.",
            fix_safety="The line goes. Agencies in brackets behind the initials become `credit` where none is "
            "declared.",
        ),
        invalid=(
            Example(_BODY + "س.م/ ع.ك\n", spans=("س.م/ ع.ك",), fixed=_BODY),
            Example(_BODY + "س م / ع ك\n", spans=("س م / ع ك",), fixed=_BODY),
            Example(_BODY + "ط.أ / ز.ن (رويترز، أ ف ب)\n", fixed=_BODY, fields={"credit": "رويترز، أ ف ب"}),
        ),
        valid=(
            Example(_BODY + "أ. ف. ب.\n", why="an agency's initials are a source"),
            Example(_BODY + "د.سامي ناصر\n", why="a doctor's name"),
        ),
    )
)


@dataclass(frozen=True)
class WholeLine:
    """Lines that a pattern matches from end to end, at an edge or anywhere."""

    spec: RuleSpec
    pattern: re.Pattern[str]
    title: str
    applicability: Applicability
    reach: int = 0
    certain: re.Pattern[str] | None = None  # lines that are one wherever they stand

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """One finding a line."""
        lines = anatomy.filled
        for index, line in enumerate(lines):
            if len(line.text) > 120 or len(lines) < 2:
                continue
            inner = self.reach and self.reach <= index < len(lines) - self.reach
            certain = self.certain is not None and self.certain.fullmatch(line.text)
            if certain or (not inner and self.pattern.fullmatch(line.text)):
                fix = Fix(self.title, self.applicability, (Edit(line.full, ""),))
                yield self.spec.report(anatomy.document, line.body, fix=fix, found=line.text)


RULER = WholeLine(
    RuleSpec(
        code=RuleCode("ART042"),
        name="ruler",
        summary="A line is drawn with characters",
        message="ruler drawn with characters",
        severity=Severity.ERROR,
        triggers=Triggers(
            patterns=(
                r"(?:-----|_____|=====|\*\*\*\*\*|ـــــ|—————|–––––|~~~~~|\.{7}|(?:[-*_=~] ){4}|"
                r"#####|─────|━━━━━|═════|•••••|\+\+\+\+\+)",
            )
        ),
        budget=EditBudget(whole_lines=True),
        docs=Docs(
            finds="Lines of five or more strokes, underscores, stars, equal signs or tatweels and nothing else.",
            why="It draws the edge of a box that the text does not have.",
            fix_safety="Only the line goes. Three stars between the parts of a column are no ruler.",
        ),
        invalid=(
            Example(_BODY + "----------\n" + _BODY, spans=("----------",), fixed=_BODY + _BODY),
            Example(_BODY + "ــــــــــــ\n", fixed=_BODY),
        ),
        valid=(Example(_BODY + "***\n" + _BODY, why="a break between parts"),),
    ),
    compile_re(r"(?:(?P<sign>[-_=*ـ—–~.#─━═•+])\s?)(?:(?P=sign)\s?){4,}"),
    "Delete the ruler",
    Applicability.SAFE,
)

CONTINUED = MarkAtEnd(
    RuleSpec(
        code=RuleCode("ART043"),
        name="continuation-mark",
        summary="The text ends with “to be continued”",
        message="continuation mark: {found}",
        severity=Severity.ERROR,
        triggers=Triggers(
            literals=("يتبع", "ادامه دارد", "جاری ہے", "بەردەوامە"), patterns=(r"\((?:more|MORE|continued)\)",)
        ),
        docs=Docs(
            finds="“يتبع”, “ادامه دارد”, “(جاری ہے)”, “(more)” as a line or in brackets at the end.",
            why="What continues is another message of the wire, or page two.",
            fix_safety="Only the mark goes; that the text goes on elsewhere is then no longer visible in it.",
        ),
        invalid=(
            Example(_BODY + "(يتبع)\n", spans=("(يتبع)",), fixed=_BODY),
            Example(_BODY_FA + "ادامه دارد...\n", fixed=_BODY_FA),
        ),
        valid=(Example(_BODY + "وقال إن المشروع يتبع وزارة النقل مباشرة.\n", why="a verb"),),
    ),
    compile_re(
        r"(?:^|(?<=[.!?؟۔»\"”])\s*)(?P<mark>[(\[]?\s*(?:يتبع|یتبع|ادامه دارد|جاری ہے|بەردەوامە|more|MORE|continued)"
        r"\s*[.…]*\s*[)\]]?\s*[.…]*)$"
    ),
    "Delete the mark",
    Applicability.UNSAFE,
)

_ZONE = (
    r"ت\s?[.]?[مغ]\.?|GMT(?:\s?[+-]\d{1,2})?|UTC(?:\s?[+-]\d{1,2})?|KSA|جمت|(?:ب?توقيت)\s+\w+(?:\s\w+){0,2}|به وقت \w+"
)

TIME_STAMP = WholeLine(
    RuleSpec(
        code=RuleCode("ART044"),
        name="time-stamp-line",
        summary="A time of day stands alone on a line",
        message="time of day alone on a line: {found}",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=(r"^[^\n]{0,12}[0-9٠-٩۰-۹]{1,2}:[0-9٠-٩۰-۹]{2}[^\n]{0,24}$",)),
        budget=EditBudget(whole_lines=True),
        docs=Docs(
            finds="A clock time, with or without a zone or “a.m.”, as a whole line among the first or last lines; "
            "with a zone (“بتوقيت غرينتش”, “ت غ”) anywhere.",
            why="It is the feed's stamp; without a date it dates nothing.",
            fix_safety="Only the line goes, with the time.",
        ),
        invalid=(
            Example(_BODY + "20:26 ت م\n", spans=("20:26 ت م",), fixed=_BODY),
            Example("ساعت ۱۲:۳۰\n" + _BODY_FA, fixed=_BODY_FA),
            Example(_BODY * 5 + "18:05 (ت غ)\n" + _BODY * 5, fixed=_BODY * 10, why="a zone makes it a stamp anywhere"),
        ),
        valid=(Example(_BODY + "10:30 افتتاح المعرض\n", why="an entry of a programme"),),
    ),
    compile_re(
        r"[(\[|–-]*\s*(?:الساعة|ساعت|وقت النشر|زمان انتشار|کاتژمێر|وقت)?\s*:?\s*\d{1,2}:\d{2}(?::\d{2})?\s*"
        rf"(?:[صم]\.?|صباحا|صباحاً|مساء|مساءً|ظهرا|am|pm|AM|PM|[ap]\.m\.|بعدازظهر|صبح)?\s*\(?(?:{_ZONE})?\s*[)\]|–-]*"
    ),
    "Delete the line",
    Applicability.UNSAFE,
    reach=4,
    certain=compile_re(
        rf"[(\[|–-]*\s*(?:الساعة)?\s*:?\s*\d{{1,2}}:\d{{2}}\s*(?:[صم]\.?|am|pm|AM|PM)?\s*\(?(?:{_ZONE})\s*[)\]|–-]*"
        r"|\d{1,2}:\d{2}\s*(?:[صم]|AM|PM|ب\.ظ|ق\.ظ)\s*[·•]\s*[^\n]{4,20}\d{4}"
    ),
)

CONTACT = WholeLine(
    RuleSpec(
        code=RuleCode("ART045"),
        name="author-address-line",
        summary="The author's e-mail address stands alone on a line",
        message="e-mail address alone on a line",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=(r"[A-Za-z0-9._%+-]@[A-Za-z0-9-]",)),
        budget=EditBudget(whole_lines=True),
        docs=Docs(
            finds="A line among the first or last ones that holds an e-mail address, with or without “to contact”.",
            why="It belongs to the column's head, and to a person.",
            fix_safety="The line goes, with the address.",
        ),
        invalid=(
            Example(_BODY + "writer@example.org\n", spans=("writer@example.org",), fixed=_BODY),
            Example(_BODY + "للتواصل: writer@example.org\n", fixed=_BODY),
        ),
        valid=(
            Example(
                _BODY + "ويمكن إرسال الطلبات إلى بريد المشروع jobs@example.org حتى نهاية الشهر.\n", why="in a sentence"
            ),
        ),
    ),
    compile_re(
        r"[^\w\n]*(?:[^\W\d]+(?:\s[^\W\d]+){0,3}\s*[:：/-]\s*)?[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,10}"
        r"(?:\s*[/|،,-]?\s*(?:@[A-Za-z0-9_]+|[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,10}))*[^\w\n]*"
    ),
    "Delete the line",
    Applicability.UNSAFE,
    reach=4,
)

READ_MORE = MarkAtEnd(
    RuleSpec(
        code=RuleCode("ART046"),
        name="read-more-cut",
        summary="A text ends with an ellipsis and “read more”",
        message="the text was cut here: {found}",
        severity=Severity.ERROR,
        triggers=Triggers(
            patterns=(
                r"(?:\.\.|…)[ \])(»\[-]{0,4}(?:المزيد|اقرأ|إقرأ|قراءة|للمزيد|تابع|أكمل|ادامه|بیشتر|مزید|زیاتر|درێژە|"
                r"[Rr]ead|[Cc]ontinue|[Mm]ore|READ|MORE)",
                r"[.!؟۔] {1,2}[\[(»]{0,2}(?:اقرأ المزيد|إقرأ المزيد|اقرأ أكثر|قراءة المزيد|تابع القراءة|أكمل القراءة"
                r"|ادامه مطلب|ادامه خبر|بیشتر بخوانید|مزید پڑھیں|مزید پڑھیے|زیاتر بخوێنەوە|[Rr]ead [Mm]ore"
                r"|[Cc]ontinue [Rr]eading)",
            )
        ),
        docs=Docs(
            finds="An ellipsis or a full stop and a link's words at the end of a line: `… اقرأ المزيد`, `... ادامه "
            "مطلب`.",
            why="It is a teaser, not the text; and the words are the page's.",
            fix_safety="Only the words go. That the text is cut stays visible: the ellipsis stays.",
        ),
        invalid=(
            Example(_BODY + "وقال رئيس البلدية إن العمل سيبدأ قريبا... اقرأ المزيد\n", spans=("اقرأ المزيد",)),
            Example(_BODY[:-1] + " اقرأ المزيد\n" + _BODY, spans=("اقرأ المزيد",), fixed=_BODY + _BODY),
            Example(_BODY_FA[:-2] + "… [ادامه مطلب]\n", spans=("[ادامه مطلب]",), fixed=_BODY_FA[:-2] + "…\n"),
        ),
        valid=(Example(_BODY + "قال: أنا... أكمل عملي بصمت.\n", why="a pause in speech"),),
    ),
    compile_re(
        r"(?<=\.\.|.…|[.!؟۔] )\s*(?P<mark>[\[(»]*\s*"
        r"(?:ال?مزيد|للمزيد|(?:إقرأ|اقرأ|أقرأ) (?:المزيد|أكثر|بقية \w+)|قراءة المزيد|"
        r"تابع القراءة|أكمل القراءة|ادامه(?: مطلب| خبر)?|بیشتر(?: بخوانید)?|مزید پڑھیں|مزید پڑھیے|زیاتر(?: "
        r"بخوێنەوە)?|درێژە|"
        r"[Rr]ead [Mm]ore|READ MORE|[Cc]ontinue [Rr]eading|[Mm]ore)\s*[\])»>→←]*)$"
    ),
    "Delete the link's words",
    Applicability.UNSAFE,
    reach=1000,
    after=10,
)


@dataclass(frozen=True)
class SmsBlock:
    """An invitation to write to the author by SMS, with codes and carriers, over one line or five."""

    spec: RuleSpec
    _block = compile_re(
        r"""
        (?:^|(?<=[.!؟»\w])\s*)
        (?P<block>
          (?: (?:للتواصل|للتعليق|للمشاركة|لإرسال|لمراسلة|للاشتراك)[^\n.]{0,60}?\s )?      # to contact the author
          (?:[أاإ]رسل|[أاإ]رسال|[إا]?بعث) [^\n.]{0,40}? \b(?:SMS|sms|رسالة|رساله)\b       # send an SMS
          (?: [\s\S]{0,180}? (?:^|(?<=\s)) \d{4,6} \s*[-–]?\s*                          # to 80001 - Carrier
              (?:[A-Za-z]{2,10}|الاتصالات|موبايلي|زين)\b (?:[،,]|\sأو)? ){1,4}
          (?: [\s\S]{0,40}?(?:الرسالة|الرساله) )?                                      # … then the message
        )""",
        re.VERBOSE | re.MULTILINE,
    )
    _asks = compile_re(r"(?:[أاإ]رسل|[أاإ]رسال|بعث)[^\n.]{0,40}?\b(?:SMS|sms|رسالة|رساله)\b")
    _persian = compile_re(
        r"(?:^|(?<=[.؟!]))(?P<block>[^\n.؟!]{0,120}"
        r"(?:به\s+(?:شماره|سامانه|سرشماره)\s+[\d۰-۹]{4,14}\s+(?:پیامک|اس\s?ام\s?اس|ارسال)[^\n.]{0,30}))",
        re.MULTILINE,
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """One finding a block."""
        text = anatomy.text
        asked = self._asks.search(text)  # the block itself may begin some words before, on the same line
        matches = list(self._block.finditer(text, text.rfind("\n", 0, asked.start()) + 1)) if asked else []
        if "به " in text:
            matches += self._persian.finditer(text)
        for match in matches:
            start, end = match.span("block")
            if len(text[start:end].strip()) == len(text.strip()):
                continue
            while start < end and text[start].isspace():
                start += 1
            span = Span(start, end)
            fix = Fix("Delete the block", Applicability.UNSAFE, (cut(text, span),))
            sure = 0.8 if match.re is self._persian else 0.98  # "one must text … to 1000" is advice in the news, too
            yield self.spec.report(anatomy.document, span, fix=fix, confidence=sure)


SMS = SmsBlock(
    RuleSpec(
        code=RuleCode("ART047"),
        name="sms-block",
        summary="An invitation to send an SMS stands in the text",
        message="invitation to send an SMS, with codes and numbers",
        severity=Severity.ERROR,
        triggers=Triggers(
            literals=("SMS", "sms", "رسالة نصية", "ارسل رسالة", "ارسال رسالة", "بعث رسالة"),
            patterns=(r"به (?:شماره|سامانه|سرشماره) [0-9۰-۹]{4,14} (?:پیامک|اس|ارسال)",),
        ),
        docs=Docs(
            finds="“To contact the author send SMS …, then the text, to 80… - Carrier”, on five lines or one.",
            why="A service of its decade, repeated under every column.",
            fix_safety="The block goes, from the invitation to the last number.",
        ),
        invalid=(
            Example(
                _BODY + "للتواصل مع الكاتب ارسل رسالة SMS\nتبدأ بالرمز (12) إلى\n80001 - Alpha\n600002 - Beta\n",
                fixed=_BODY,
            ),
            Example(_BODY_FA + "عدد یک را به شماره 30001234 پیامک کنید\n", fixed=_BODY_FA),
        ),
        valid=(
            Example(_BODY + "أرسل رسالة إلى الوزير يطلب فيها 50000 ريال لبناء المدرسة.\n", why="a letter and a sum"),
        ),
    )
)

RULES = (END_MARK, INITIALS, RULER, CONTINUED, TIME_STAMP, CONTACT, READ_MORE, SMS)
