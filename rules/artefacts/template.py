"""Lines that page templates print around an article, weighed rather than listed (`facts.page_lines`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpuslint import (
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
    Severity,
    Span,
    Triggers,
    compile_re,
    furniture,
)

_LIKELY = 0.8
_SURE = 0.95
_BODY = (
    "افتتحت البلدية صباح اليوم حديقة عامة جديدة في الحي الشمالي بحضور عدد كبير من السكان والمسؤولين في المدينة.\n"
    "وقال رئيس البلدية إن الحديقة ستفتح أبوابها كل يوم من الصباح إلى المساء وإن الدخول إليها مجاني للجميع.\n"
)


@dataclass(frozen=True)
class TemplateLine:
    """Short lines that a fitted model takes for lines of the page; the rules that know more of a line go first."""

    spec: RuleSpec

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """One finding a line."""
        weighed = anatomy.page_lines
        table = furniture.holds_table(anatomy)  # short lines beside its numbers are its cells
        found = [one for one in weighed.lines.values() if one.probability >= _LIKELY]
        if not found or len(anatomy.filled) == 1 or anatomy.only_page:
            return
        headline = 0 if anatomy.stated("title") else weighed.headline()
        doubted = _about_addresses(anatomy) | _items(anatomy)
        alone = len(found) == len(anatomy.filled)
        for one in found:
            line = anatomy.lines[one.line]
            if line.number in anatomy.wrapped or line.number == headline:
                continue
            fix = None if alone else Fix("Delete the line", Applicability.UNSAFE, (Edit(line.full, ""),))
            doubtful = table or line.number in doubted
            yield self.spec.report(
                anatomy.document,
                line.body,
                fix=fix,
                severity=Severity.ERROR if one.probability >= _SURE and not doubtful else Severity.WARNING,
                confidence=min(one.probability, _LIKELY) if doubtful else one.probability,
                evidence={"kind": one.kind, "signs": weighed.reasons(line.number)},
                kind=one.kind,
            )


def _about_addresses(anatomy: Anatomy) -> frozenset[int]:
    """The lines that are an address, and what stands above one without a label of the page: a rule of its own judges
    the address, and its title stays as long as it does."""
    found = set[int]()
    labelled = {one.line.number for one in anatomy.labels if one.label.kind == "section"}  # "short link:"
    for above, line in pairwise(anatomy.filled):
        if _ADDRESS.match(line.text):
            found.update({line.number, above.number} - labelled)
    return frozenset(found)


def _items(anatomy: Anatomy) -> set[int]:
    """The lines that continue a numbered list of the article: the number before theirs, or after it, opens another."""
    numbers: dict[tuple[int, str], set[int]] = {}
    for line in anatomy.filled:
        if found := _ITEM.match(line.text):
            numbers.setdefault((int(found["number"]), found["mark"]), set()).add(line.number)
    return {
        number
        for (value, mark), lines in numbers.items()
        if (value - 1, mark) in numbers or (value + 1, mark) in numbers
        for number in lines
    }


_ITEM = compile_re(r"\s*(?P<number>\d{1,3})\s?(?P<mark>[.)\-–—/])\s*[^\W\d_]")
_ADDRESS = compile_re(r"\W*(?:https?:?//|www\.)", re.IGNORECASE)

TEMPLATE = TemplateLine(
    RuleSpec(
        code=RuleCode("ART060"),
        name="template-line",
        summary="A line of the page's template stands in the text",
        message="line of the page's template ({kind})",
        severity=Severity.ERROR,
        budget=EditBudget(whole_lines=True),
        yields=("ART", "SRC", "DAT", "MET", "MIX"),
        docs=Docs(
            finds="Lines of at most 14 words that read like what page templates print: buttons, prompts, forms, "
            "pagers, counters, bylines, legal lines. A model weighs the words and pairs of words of a line, its shape, "
            "its place and its neighbours. An error from 0.95 on, a warning from 0.8 on; `evidence` names the signs "
            "that weigh most. A line that another rule reports is left to that rule.",
            why="Wordings of templates change faster than any list of them.",
            fix_safety="Unsafe: the line goes. Below `--min-confidence` the fix is only shown. A short line of the "
            "article that reads like a button would go; `confidence` says how likely that is on sites that the model "
            "never saw.",
            references=("https://github.com/corpuslint/corpuslint-arabic/blob/main/benchmarks/fit_page_lines.py",),
        ),
        invalid=(Example(_BODY + "أرسل إلى صديق\nاترك تعليقا\nاشترك الآن\n", fixed=_BODY),),
        valid=(
            Example("البلدية تفتح حديقة جديدة\n" + _BODY, why="a headline"),
            Example(_BODY + "رد عليهم: لا تعليق لدي اليوم.\n" + _BODY, why="somebody speaks"),
            Example(_BODY + "حديقة لكل حي\n" + _BODY, why="a sub-heading"),
        ),
    )
)

_D = "[0-9٠-٩۰-۹]"
_STAMP = f"{_D}[./-]{_D}{{1,2}}[./-]{_D}{{2,4}}[^\\n]{{1,3}}{_D}{{1,2}}:{_D}{{2}}[^\\n]{{1,60}}: "
_CHAT = compile_re(
    r"\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4}[,،]? \d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp]\.?[Mm]\.?| ?[صم])?\]? ?[-–]? ?"
    r"[^:\n]{1,40}: (?=\S)"
)


class ChatPrefix:
    """Day, time and sender before each message of an exported chat."""

    spec = RuleSpec(
        code=RuleCode("ART061"),
        name="chat-export-prefix",
        summary="Lines begin with day, time and sender, as exported chats do",
        message="day, time and sender of a chat message: {found}",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=(_STAMP,)),
        docs=Docs(
            finds="Lines that begin with a day, a clock time and a name, with the signs that WhatsApp and Telegram put "
            "between them. Lines of bare times, as in live tickers and programmes, are not.",
            why="The text went through a chat group on its way; its members are nobody's business.",
            fix_safety="Unsafe: the prefix goes, with the name in it, and what the message says stays. Where one line "
            "alone has a prefix the fix is only shown.",
        ),
        invalid=(
            Example(
                "07/08/2023, 11:20 - سامي: افتتحت البلدية حديقة عامة.\n07/08/2023, 11:22 - سامي: والدخول مجاني.\n",
                spans=("07/08/2023, 11:20 - سامي: ", "07/08/2023, 11:22 - سامي: "),
                fixed="افتتحت البلدية حديقة عامة.\nوالدخول مجاني.\n",
            ),
        ),
        valid=(
            Example("11:20 افتتاح الحديقة\n11:40 كلمة رئيس البلدية: شكرا لكم\n", why="a programme"),
            Example("في 07/08/2023 قال سامي: شكرا.\n", why="a sentence"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """One finding a message."""
        found = [(line, match) for line in anatomy.filled if (match := _CHAT.match(line.text))]
        for line, match in found:
            span = Span(line.body.start, line.body.start + match.end())
            fix = Fix("Delete the prefix", Applicability.UNSAFE, (Edit(span, ""),))
            yield self.spec.report(
                anatomy.document, span, fix=fix, confidence=0.97 if len(found) > 1 else 0.8, found=match[0].strip()
            )


_BACK = "السابقة?|قبلی|پچھل[ایے]|گزشتہ|پێشوو|پێشتر|مخکین[یيۍئ]|پخوان[یيۍئ]|ئالدىنقى|[Pp]revious(?: [Pp]ost)?|[Oo]lder"
_ON = "التالية?|بعدی|اگل[ایے]|دواتر|داهاتوو|راتلونک[یيېې]|بل|كېيىنكى|[Nn]ext(?: [Pp]ost)?|[Nn]ewer"
_LINK = r"\W{{0,3}}(?:[^\W\d]{{2,12}} )?(?:{words})\s*[:：]\s*(?P<title>\S.{{3,150}})"


class PagerLinks:
    """“Previous: TITLE” and “next: TITLE” on two lines, one below the other."""

    _back = compile_re(_LINK.format(words=_BACK))
    _on = compile_re(_LINK.format(words=_ON))
    spec = RuleSpec(
        code=RuleCode("ART062"),
        name="pager-links",
        summary="Links to the piece before and the piece after stand in the text",
        message="link to another piece: {found}",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=(rf"(?:{_BACK})[ \t]*[:：]",)),
        budget=EditBudget(whole_lines=True),
        docs=Docs(
            finds="Two lines one below the other, in either order: a word for “previous”, a colon and a headline, and "
            "a word for “next”, a colon and a headline. One of them alone may be a sentence and is left.",
            why="Both headlines are other stories'.",
            fix_safety="Unsafe: both lines go.",
        ),
        invalid=(
            Example(_BODY + "السابق: جسر جديد في المدينة\nالتالي: متحف البحر يستقبل زواره\n", fixed=_BODY),
            Example(_BODY + "مطلب بعدی: پل تازه شهر\nمطلب قبلی: موزه دریا باز شد\n", fixed=_BODY),
        ),
        valid=(
            Example(_BODY + "السابق: كان رئيس البلدية السابق حاضرا.\n" + _BODY, why="one line alone"),
            Example(_BODY + "كان القرار السابق: لا حديقة بلا ماء.\n", why="inside a sentence"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """One finding a line."""
        for left, right in pairwise(anatomy.filled):
            if (self._back.fullmatch(left.text) and self._on.fullmatch(right.text)) or (
                self._on.fullmatch(left.text) and self._back.fullmatch(right.text)
            ):
                for line in (left, right):
                    fix = Fix("Delete the line", Applicability.UNSAFE, (Edit(line.full, ""),))
                    yield self.spec.report(
                        anatomy.document, line.body, fix=fix, confidence=0.97, found=line.text.split(":")[0]
                    )


RULES = (TEMPLATE, ChatPrefix(), PagerLinks())
