"""Date lines that page templates leave in the text: empty, broken, contradicting, or sound and to be lifted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

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
    label_words,
    openers,
)


def _label_triggers() -> Triggers:
    """Every labelled date line opens with a label, or holds one that is sure of itself, or another beside a colon."""
    sure = tuple(label.words for label in label_words.date_labels() if not label.everyday)
    return Triggers(lines=openers.LABEL | openers.DATED, literals=sure, patterns=(_UNLISTED,))


# A label that the list lacks: a word of publishing or updating with at most two more, and a colon.
_UNLISTED = (
    "(?:نُ?شر(?:ت|ها?)?|تحديث|تعديل|ضاف[ةه]|انتشار|اشاعت|روزرسانی)"
    "(?:[ \N{NO-BREAK SPACE}][^:：\\n]{1,25})?"
    "[ \N{NO-BREAK SPACE}\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT MARK}]{0,3}[:：]"
)
# An English month beside its day; the year follows.
_ENGLISH = (
    "[0-9](?:st|nd|rd|th)?,? ?-?(?:of )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z.]{0,7}[ ,-]{1,2}[0-9]"
    "|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z.]{0,7} ?[0-9]{1,2}(?:st|nd|rd|th)?,? "
)
_ENGLISH_IN_PROSE = compile_re(_ENGLISH)
_ARABIC_END = compile_re(r"[\u0621-\u064a\u0671-\u06d3][ ،]{1,3}\Z")
_ARABIC_START = compile_re(r"[ ،]{1,3}[\u0621-\u064a\u0671-\u06d3]")
_LABELS = _label_triggers()
_PROSE = "وصل الوزير إلى العاصمة في زيارة تستمر يومين.\n"


class LabelWithoutValue:
    """A date label whose value the scraper lost."""

    spec = RuleSpec(
        code=RuleCode("DAT010"),
        name="date-label-without-value",
        summary="A date label without a date",
        message="date label '{label}' has no value",
        severity=Severity.ERROR,
        triggers=_LABELS,
        docs=Docs(
            finds="A line that is only a date label of a page template ('last updated', 'published on'), with its "
            "colon on either side, and no date on the line below.",
            why="The label is never part of the story, and its lost value means that the date was lost too.",
            fix_safety="Unsafe: the line goes, which holds nothing but the label.",
        ),
        invalid=(
            Example(": آخر تحديث\n" + _PROSE, spans=(": آخر تحديث",), fixed=_PROSE),
            Example("تاريخ النشر:\n" + _PROSE, spans=("تاريخ النشر:",), fixed=_PROSE),
            Example("تاریخ انتشار :\nوزیر وارد پایتخت شد.\n", spans=("تاریخ انتشار :",)),
            Example("تاریخ اشاعت:\nوزیر دارالحکومت پہنچ گئے۔\n", spans=("تاریخ اشاعت:",)),
        ),
        valid=(
            Example("تاريخ النشر: 20 أكتوبر 2023\n" + _PROSE, why="has its value"),
            Example("تاريخ النشر:\n20 أكتوبر 2023\n" + _PROSE, why="the value stands on the next line"),
            Example("تاريخ\n" + _PROSE, why="a heading: history"),
            Example("آخر تحديث: انسحاب القوات من المدينة\n" + _PROSE, why="introduces news"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        for line in anatomy.publication.lines:
            if line.empty:
                fix = Fix.delete("Delete the empty label", line.line, Applicability.UNSAFE)
                yield self.spec.report(anatomy.document, line.body, fix=fix, label=line.label.of(anatomy.text))


class MalformedDate:
    """A date label with something behind it that is no date."""

    spec = RuleSpec(
        code=RuleCode("DAT020"),
        name="malformed-date",
        summary="A labelled date that cannot be read",
        message="'{value}' cannot be read as a date",
        severity=Severity.ERROR,
        triggers=_LABELS,
        docs=Docs(
            finds="Numbers behind a date label that make no date in any order or calendar, such as 31/04/2021, "
            "dates whose digits were reversed by right-to-left handling, told by their weekday, and a month or 'two "
            "hours ago' where a day should stand; as a warning, words beside a labelled date that no grammar knows, "
            "and a day of two calendars.",
            why="The publication date is there but lost to every program.",
            fix_safety="There is no fix: what was meant is a guess.",
        ),
        invalid=(
            Example("تاريخ النشر: 2023-10/44-7\n" + _PROSE, spans=("2023-10/44-7",)),
            Example("تاريخ النشر: 2017-01-22T185600\n" + _PROSE, spans=("2017-01-22T185600",)),
            Example("آخر تحديث: منذ ساعتين\n" + _PROSE, why="two hours before what?"),
            Example("نُشر منذ ٣ ساعات\n" + _PROSE, spans=("منذ ٣ ساعات",)),
            Example("تاريخ النشر: أكتوبر 2023\n" + _PROSE, why="a month names no day"),
            Example("تاريخ النشر: 1402/05/12\n" + _PROSE, spans=("1402/05/12",), why="solar, or Hijri?"),
            Example(
                "تاريخ النشر: 20 أكتوبر 2023 النشرة المسائية\n" + _PROSE,
                spans=("النشرة المسائية",),
                why="the date counts, the rest is to be looked at",
            ),
            Example("تاريخ النشر: Invalid Date\n" + _PROSE, spans=("Invalid Date",)),
            Example("تاريخ النشر: غير محدد\n" + _PROSE, spans=("غير محدد",)),
            Example("تاریخ انتشار: نامشخص\nوزیر وارد پایتخت شد.\n", spans=("نامشخص",)),
            Example("تاريخ النشر: 31/04/2021\n" + _PROSE, spans=("31/04/2021",)),
            Example("تاريخ النشر: الجمعة 52/5/2102م\n" + _PROSE, why="25/5/2012, each number turned round"),
        ),
        valid=(
            Example("تاريخ النشر: 6 / 10 / 1436هـ\n" + _PROSE, why="Hijri, with spaces"),
            Example("آخر تحديث: مقتل 12 شخصا في حادث\n" + _PROSE, why="introduces news"),
            Example("التاريخ: من 1990 إلى 2020\n" + _PROSE, why="a span of years"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        for line in anatomy.publication.lines:
            named = line.expression.named and 29 <= line.expression.day <= 31  # DAT021 reports these everywhere
            # a line that is only numbers, under no label, promises no date
            if line.meaning and line.expression.trouble == "undecided":
                span = line.expression.span
                days = " or ".join([line.expression.value[:10], *(other.value for other in line.expression.others)])
                message = f"'{span.of(anatomy.text)[:40]}' can be {days}"
                yield self.spec.report(anatomy.document, span, severity=Severity.WARNING, message=message)
            elif line.meaning and line.expression.trouble in _UNREADABLE and not named:
                span = line.expression.span
                yield self.spec.report(anatomy.document, span, value=span.of(anatomy.text)[:40])
            elif line.left.end and line.trusted:
                left = line.left.of(anatomy.text)
                message = f"'{left[:40]}' beside the date is not understood"
                yield self.spec.report(anatomy.document, line.left, severity=Severity.WARNING, message=message)


_UNREADABLE = ("malformed", "digits-reversed", "impossible")


class PlaceholderDate:
    """A labelled date that a system wrote where it had none."""

    spec = RuleSpec(
        code=RuleCode("DAT022"),
        name="placeholder-date",
        summary="A labelled date that stands for no date",
        message="'{value}' is what systems write where they have no date",
        severity=Severity.ERROR,
        triggers=_LABELS,
        docs=Docs(
            finds="The zero days of computers behind a date label: 1900-01-01, 1970-01-01, 0001-01-01 and their like.",
            why="Taken for a date, it sorts the story before all others.",
            fix_safety="Unsafe, because the line is removed; nothing is lifted.",
        ),
        invalid=(
            Example("آخر تحديث: 1970-01-01\n" + _PROSE, spans=("1970-01-01",), fixed=_PROSE),
            Example("تاريخ الإضافة: 0000-00-00 00:00:00\n" + _PROSE, spans=("0000-00-00",), fixed=_PROSE),
            Example("تاريخ النشر: 01/01/1900\n" + _PROSE, spans=("01/01/1900",), fixed=_PROSE),
        ),
        valid=(
            Example("تاريخ النشر: 2 يناير 1970\n" + _PROSE),
            Example("ولد الشاعر في 1 يناير 1900 في بغداد.\n", why="a day of history in prose"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        for line in anatomy.publication.lines:
            if line.meaning and line.expression.trouble == "placeholder":
                span = line.expression.span
                fix = Fix.delete("Delete the line of the placeholder", line.part, Applicability.UNSAFE)
                yield self.spec.report(anatomy.document, span, fix=fix, value=span.of(anatomy.text))


class EnglishDate:
    """An English date behind a label in Arabic script."""

    spec = RuleSpec(
        code=RuleCode("DAT025"),
        name="english-date-in-arabic-line",
        summary="An English date in an Arabic-script date line",
        message="English date '{value}' in an Arabic-script line",
        severity=Severity.ERROR,
        triggers=Triggers(literals=_LABELS.literals, patterns=(*_LABELS.patterns, _ENGLISH)),
        docs=Docs(
            finds="A labelled date in English words ('20th, October 2023 GMT') where the label is in Arabic script; "
            "as a warning, a full English date between Arabic words.",
            why="The template mixed two languages: readers of the corpus' language do not expect it and parsers for "
            "that language do not read it.",
            fix_safety="Unsafe, because the line is moved: the date becomes the document's `published` in ISO 8601.",
        ),
        invalid=(
            Example(
                "تاريخ النشر: 3rd, May 2021 GMT\n" + _PROSE,
                spans=("3rd, May 2021 GMT",),
                fixed=_PROSE,
                fields={"published": "2021-05-03"},
            ),
            Example("افتتح المعرض في May 3, 2021 بحضور الوزير.\n", spans=("May 3, 2021",)),
        ),
        valid=(
            Example("Published on: May 3, 2021\n" + _PROSE, why="label and date are both English"),
            Example("قال: «Born on May 3, 1971 in Paris» ثم سكت.\n", why="part of an English quotation"),
            Example("ألبومه (May 3, 2021) حقق نجاحا.\n", why="in brackets: a name or a caption"),
            Example("تاريخ النشر: 3 مايو 2021\n" + _PROSE),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        for number, line in enumerate(anatomy.publication.lines):
            label = line.label.of(anatomy.text)
            if line.expression.english and line.trusted and label and not label.isascii():
                span = line.expression.span
                yield self.spec.report(anatomy.document, span, fix=_lift(anatomy, number), value=span.of(anatomy.text))
        text = anatomy.text
        last = -1
        for match in _ENGLISH_IN_PROSE.finditer(text):
            for one in anatomy.dates_within(Span(max(0, match.start() - 4), min(len(text), match.end() + 24))):
                before = text[max(0, one.span.start - 5) : one.span.start]
                between = _ARABIC_END.search(before) and _ARABIC_START.match(text, one.span.end)
                if one.english and one.kind == "absolute" and between and one.span.start > last:
                    last = one.span.end
                    written = one.span.of(text)
                    yield self.spec.report(anatomy.document, one.span, severity=Severity.WARNING, value=written)


class DateLineInBody:
    """A labelled date among the story's lines."""

    spec = RuleSpec(
        code=RuleCode("DAT030"),
        name="date-line-in-body",
        summary="A labelled date line left in the text",
        message="date line of the page's template: {value}",
        severity=Severity.ERROR,
        triggers=_LABELS,
        docs=Docs(
            finds="A line with a date label and its date, in any calendar and with the colon on either side; the date "
            "may stand on the line below its label.",
            why="It is metadata, not text of the story, and belongs in `published`.",
            fix_safety="Unsafe, because the line is moved: the date becomes `published` in ISO 8601, `updated` behind "
            "a 'last updated' label, and both where the page gives no other day. Nothing is removed where it "
            "contradicts the date that is already known, or a declared one that cannot be decided. Behind a label that "
            "no list has, a day without an hour is only shown.",
        ),
        invalid=(
            Example(
                "تاريخ النشر: الجمعة 20 أكتوبر 2023\n" + _PROSE,
                spans=("تاريخ النشر: الجمعة 20 أكتوبر 2023",),
                fixed=_PROSE,
                fields={"published": "2023-10-20"},
            ),
            Example(
                "تاریخ انتشار: ۲۸ مهر ۱۴۰۲ - ۱۴:۳۰\nوزیر وارد پایتخت شد.\n",
                fixed="وزیر وارد پایتخت شد.\n",
                fields={"published": "2023-10-20T14:30"},
            ),
            Example(
                "وقت وتاريخ النشر بالموقع: 20/10/2023 14:30\n" + _PROSE,
                fixed=_PROSE,
                fields={"published": "2023-10-20T14:30"},
                why="a label that no list has",
            ),
            Example(
                "تاريخ النشر: 13 يوليو 2024 02:30 KSA\n" + _PROSE,
                fixed=_PROSE,
                fields={"published": "2024-07-13T02:30+03:00"},
            ),
            Example(
                "الكاتب: سمير حداد | تاريخ النشر: 20/10/2023\n" + _PROSE,
                fixed="الكاتب: سمير حداد\n" + _PROSE,
                fields={"published": "2023-10-20"},
            ),
            Example(
                "نُشر: 20/10/2023 - 14:25 آخر تحديث: 21/10/2023 - 09:00\n" + _PROSE,
                spans=("نُشر: 20/10/2023 - 14:25 آخر تحديث: 21/10/2023 - 09:00",),
                fixed=_PROSE,
                fields={"published": "2023-10-20T14:25", "updated": "2023-10-21T09:00"},
                why="two labels on one line",
            ),
            Example(
                "آخر تحديث: 14:25 (بتوقيت مكة) الجمعة 20 أكتوبر 2023\n" + _PROSE,
                fixed=_PROSE,
                fields={"published": "2023-10-20T14:25+03:00", "updated": "2023-10-20T14:25+03:00"},
                why="the page gives no other day",
            ),
            Example(_PROSE + "2023-10-20 :تاريخ النشر", fixed=_PROSE.rstrip("\n"), fields={"published": "2023-10-20"}),
        ),
        valid=(
            Example("آخر تحديث:\n" + _PROSE, why="has no value: another rule's finding"),
            Example("نشر في الصحيفة مقال عن أحداث 20 مايو 2012 وما تلاها.\n", why="prose"),
            Example("نشرت في 20 مايو 2012، وهي رواية عن المدينة القديمة.\n", why="prose"),
            Example("تاريخ النشر: 2012\n" + _PROSE, why="the year of a book"),
            Example("تاريخ الميلاد: 20 مايو 1970\n" + _PROSE, why="another kind of date"),
            Example("موعد المباراة: الجمعة 20 أكتوبر 2023\n" + _PROSE, why="the day of an event"),
            Example("تاريخ 20 مايو 2012 لا ينساه أحد من أهل المدينة.\n", why="prose"),
            Example("نشر الكتاب: 5 مايو 2005\n" + _PROSE, why="the day of a book"),
            Example(
                "وكان المجلس قد قرر إنشاء الحديقة في جلسة عقدت\nبتاريخ 24 أبريل 1994.\n" + _PROSE,
                why="a line broken in mid-sentence",
            ),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        numbered = [(number, line) for number, line in enumerate(anatomy.publication.lines) if line.meaning]
        for _, group in groupby(numbered, key=lambda each: each[1].line):
            sharing = [(line, _lift(anatomy, number)) for number, line in group if line.trusted]
            whole = _lift_together(anatomy, sharing)
            for line, fix in sharing[:1] if whole else sharing:
                expression = line.expression
                yield self.spec.report(
                    anatomy.document,
                    Span(line.body.start, sharing[-1][0].body.end) if whole else line.body,
                    fix=whole or fix,
                    evidence={"calendar": expression.calendar, "value": expression.value},
                    confidence=0.98 if line.listed or "T" in expression.value else 0.9,
                    value=expression.value,
                )


class TwoPublicationDates:
    """Two sources of the publication date that name different days."""

    spec = RuleSpec(
        code=RuleCode("DAT031"),
        name="two-publication-dates",
        summary="Two publication dates in one document",
        message="publication date {value} contradicts {known}",
        severity=Severity.WARNING,
        triggers=_LABELS,
        docs=Docs(
            finds="A labelled publication date more than a day away from the declared one, or from the first labelled "
            "one. 'Last updated' lines may differ: an update has a day of its own.",
            why="One of them belongs to another story, or was read wrongly.",
            fix_safety="There is no fix: which of them is right is a question for a person.",
        ),
        invalid=(
            Example("تاريخ النشر: 20 أكتوبر 2023\n" + _PROSE, metadata={"published": "2021-03-01"}),
            Example("تاريخ النشر: 20 أكتوبر 2023\n" + _PROSE + "تاريخ النشر: 3 مايو 2021\n"),
        ),
        valid=(
            Example("تاريخ النشر: 20 أكتوبر 2023\nآخر تحديث: 25 أكتوبر 2023\n" + _PROSE, why="updated later"),
            Example("تاريخ النشر: 20 أكتوبر 2023\n" + _PROSE, metadata={"published": "2023-10-19"}, why="time zones"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        known = anatomy.publication
        for line in known.lines:
            if line.meaning in ("published", "date") and line.trusted and not known.agrees(line):
                yield self.spec.report(
                    anatomy.document, line.body, value=line.expression.value[:10], known=known.published[:10]
                )


class UpdatedBeforePublished:
    """An update that is older than the publication."""

    spec = RuleSpec(
        code=RuleCode("DAT033"),
        name="updated-before-published",
        summary="The update is older than the publication",
        message="updated {updated}, before its publication on {published}",
        severity=Severity.WARNING,
        triggers=_LABELS,
        docs=Docs(
            finds="A 'last updated' line more than a day before the publication date, declared or labelled.",
            why="One of the two was misread, or they are in two calendars or two orders of day and month.",
            fix_safety="There is no fix: which of them is wrong is a question for a person.",
        ),
        invalid=(
            Example(
                "تاريخ النشر: 20 أكتوبر 2023\nآخر تحديث: 3 أكتوبر 2023\n" + _PROSE, spans=("آخر تحديث: 3 أكتوبر 2023",)
            ),
            Example("آخر تحديث: 3 أكتوبر 2023\n" + _PROSE, metadata={"published": "2023-10-20"}),
        ),
        valid=(
            Example("تاريخ النشر: 20 أكتوبر 2023\nآخر تحديث: 3 نوفمبر 2023\n" + _PROSE),
            Example("آخر تحديث: 19 أكتوبر 2023\n" + _PROSE, metadata={"published": "2023-10-20"}, why="time zones"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        known = anatomy.publication
        for line in known.lines:
            if line.meaning == "updated" and line.trusted and known.precedes_by(line) < -1:
                updated, published = line.expression.value[:10], known.published[:10]
                yield self.spec.report(anatomy.document, line.body, updated=updated, published=published)


class BareDateLine:
    """A line near the head or the tail that is a date and nothing else."""

    spec = RuleSpec(
        code=RuleCode("DAT032"),
        name="bare-date-line",
        summary="A line that is only a date, in a document without a declared one",
        message="line that is only a date: {value}",
        severity=Severity.INFO,
        docs=Docs(
            finds="In a document without declared `published` and without a labelled date: the one full date that "
            "stands alone on a line within the first eight or the last four lines, or beside a name, a desk or a "
            "section in the first four.",
            why="With an hour it is nearly always the stamp of the page, and belongs in `published`. Without one it "
            "can as well be the day of a match or of a comment: where two corpora tell the day, 3 of 19 were right.",
            fix_safety="Unsafe, because the line is moved: the date becomes `published` in ISO 8601. Without an hour "
            "it is only shown, unless `--min-confidence` is lowered to 0.6.",
        ),
        invalid=(
            Example("عنوان الخبر\nالجمعة 20 أكتوبر 2023\n" + _PROSE, spans=("الجمعة 20 أكتوبر 2023",)),
            Example(
                "عنوان الخبر\nالجمعة 20 أكتوبر 2023 - 10:15\n" + _PROSE,
                spans=("الجمعة 20 أكتوبر 2023 - 10:15",),
                fixed="عنوان الخبر\n" + _PROSE,
                fields={"published": "2023-10-20T10:15"},
            ),
            Example(
                "عنوان الخبر\nكتب: سامي ناصر | الجمعة 20 أكتوبر 2023 - 10:15 ص\n" + _PROSE,
                spans=("الجمعة 20 أكتوبر 2023 - 10:15 ص",),
                fixed="عنوان الخبر\nكتب: سامي ناصر\n" + _PROSE,
                fields={"published": "2023-10-20T10:15"},
                why="the author stands beside it",
            ),
            Example(
                "عنوان الخبر\nهيئة التحرير 09 مايو 2024 - 18:40\n" + _PROSE,
                spans=("09 مايو 2024 - 18:40",),
                fixed="عنوان الخبر\nهيئة التحرير\n" + _PROSE,
                fields={"published": "2024-05-09T18:40"},
            ),
        ),
        valid=(
            Example("مكان وتاريخ الوفاة: حمص | 3 مايو 2021\nبدأت الأعمال.\n", why="another date, behind its label"),
            Example("3 مايو 2021\nبدأت الأعمال.\n4 مايو 2021\nتوقفت الأعمال.\n", why="a chronicle"),
            Example("بدأت الأعمال في 3 مايو 2021.\n", why="a date in prose"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        return () if anatomy.declared_date else self._bare(anatomy)

    def _bare(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        known = anatomy.publication
        if known.origin in ("line", ""):
            for number, line in enumerate(known.lines):
                if not line.meaning:
                    yield self.spec.report(
                        anatomy.document,
                        line.body,
                        fix=_lift(anatomy, number),
                        evidence={"calendar": line.expression.calendar},
                        confidence=0.95 if known.line == line else 0.6,
                        value=line.expression.value,
                    )


def _lift(anatomy: Anatomy, number: int) -> Fix | None:
    """The fix that moves a date line into the metadata; None where that would hide a contradiction."""
    known = anatomy.publication
    line = known.lines[number]
    if not line.part.end:
        return None  # words stand between label and date
    edit = (Edit(line.part, ""),)
    value = line.expression.value
    declared = anatomy.declared_date
    if declared is not None and not declared.value and declared.readings:
        return None  # another day than those that the declared one can be; near one of them it would have decided
    if line.meaning == "updated" and known.line != line:
        return Fix(
            "Move the date of the update into the metadata", Applicability.UNSAFE, edit, _field("updated", value)
        )
    if not known.agrees(line):
        return None
    if known.published and (known.origin == "metadata" or known.line != line):
        return Fix("Delete the date line: the date is known", Applicability.UNSAFE, edit)
    fields = _field("published", value)
    if line.meaning == "updated":  # the page gives no other day
        fields += _field("updated", value)
    return Fix("Move the date into the metadata", Applicability.UNSAFE, edit, fields)


def _lift_together(anatomy: Anatomy, sharing: list[tuple[Any, Fix | None]]) -> Fix | None:
    """One fix for a line of several dates with nothing else on it; None for any other line."""
    fixes = [fix for _, fix in sharing if fix is not None]
    if len(sharing) < 2 or len(fixes) < len(sharing):
        return None
    line = sharing[0][0].line
    kept = list(line.of(anatomy.text))
    for fix in fixes:
        for edit in fix.edits:
            for at in range(edit.span.start - line.start, edit.span.end - line.start):
                kept[at] = " "
    if "".join(kept).strip(" \t\r\n|-•·،"):
        return None
    fields = tuple(change for fix in fixes for change in fix.fields)
    return Fix("Move the dates into the metadata", Applicability.UNSAFE, (Edit(line, ""),), fields)


def _field(name: str, value: str) -> tuple[FieldChange, ...]:
    return (FieldChange(name, value),)


RULES = (
    LabelWithoutValue(),
    MalformedDate(),
    PlaceholderDate(),
    EnglishDate(),
    DateLineInBody(),
    TwoPublicationDates(),
    UpdatedBeforePublished(),
    BareDateLine(),
)
