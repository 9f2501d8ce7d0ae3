"""What newsrooms put under a text: initials of its writers, invitations to send an SMS."""

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

RULES = (INITIALS, SMS)
