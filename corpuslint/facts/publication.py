"""When a story was published: by its metadata, by a labelled line, by a line that is only a date, by its dateline.

Page templates leave their date lines in scraped text ("تاريخ النشر: …", often with the colon on the wrong side, often
with the value lost). The labels are a list that packs may go on with, `dates/labels`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING

import msgspec
from msgspec import structs

from corpuslint.facts import outlets
from corpuslint.facts.absolute_dates import (
    FIRST_NEWS,
    DateExpression,
    DateKind,
    Trouble,
    iso_day,
    parse_date,
    read_absolute,
)
from corpuslint.facts.calendars import alternation, fold, squeeze
from corpuslint.facts.declared_dates import DeclaredDate, Evidence, decided, declared_date
from corpuslint.facts.label_words import date_labels, meaning_of_label
from corpuslint.facts.language import OTHER
from corpuslint.facts.layout import Line
from corpuslint.facts.name_lines import Kind, cells_of, kind_of
from corpuslint.facts.page_lines import page_lines_of
from corpuslint.facts.phrasebook import derived, folded, folded_phrase
from corpuslint.facts.relative_dates import find_relative
from corpuslint.facts.sources import SourceRole, sources_of
from corpuslint.text.folding import is_placeholder
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import WHOLE, Span
from corpuslint.words.phrases import Phrases
from corpuslint.words.reading import LINE_FIELDS, WORD

if TYPE_CHECKING:
    from corpuslint.facts.page import Page


class DateLine(msgspec.Struct, frozen=True):
    """A line that a page template set, not the author.

    `label` and `line` are spans of the text (`line` takes in the line end, and the next line where the value stands
    there); `meaning` is "published", "updated", "date" or "" for a date without a label. `expression` is of kind
    "none" where the label has no value; then `expression.trouble` is "" for an empty label, "malformed" for a value
    that is no date. `part` is what to cut where other things share the line, `line` where nothing does. `listed` is
    whether the label's wording is a known one, `doubtful` whether the day can be that of an event, a letter or a thing.
    """

    line: Span
    body: Span
    label: Span
    meaning: str
    expression: DateExpression
    part: Span
    left: Span = WHOLE
    listed: bool = True
    doubtful: bool = False

    @property
    def empty(self) -> bool:
        """Whether the label has no value."""
        return self.expression.kind == DateKind.NONE and not self.expression.trouble

    @property
    def dated(self) -> bool:
        """Whether the line names a day, whatever it is of."""
        expression = self.expression
        return expression.kind is DateKind.ABSOLUTE and bool(expression.value) and not expression.trouble

    @property
    def trusted(self) -> bool:
        """Whether the line names a day that can be believed to be the page's."""
        return self.dated and not self.doubtful


class Publication(msgspec.Struct, frozen=True):
    """What is known of the day of publication.

    `published` is its ISO value ("" for none), `origin` says whose word that is: "metadata", "label", "line",
    "dateline" or "". `lines` are all of the template's date lines, `line` the one that is believed.
    """

    published: str
    origin: str
    lines: tuple[DateLine, ...]
    line: DateLine | None = None

    def agrees(self, line: DateLine) -> bool:
        """Whether `line` names the day of publication, or a neighbour (time zones and midnight set them apart)."""
        return abs(self.precedes_by(line)) <= 1

    def precedes_by(self, line: DateLine) -> int:
        """How many days after the publication the day of `line` is; 0 where either is not known."""
        first, second = iso_day(self.published), line.expression.date
        return 0 if first is None or second is None else (second - first).days


_L = r"[^\W\d_]"
_HEAD, _TAIL = 8, 4


def publication(anatomy: Page) -> Publication:
    """Publication date of the document, with the lines that state it.

    Metadata is believed first, then labels, then the stamp of a page, then an agency's dateline. A day alone on a line
    is as likely the day of a match or of a letter.
    """
    lines = anatomy.fact(date_lines)
    declared = anatomy.fact(declared_publication)
    if declared is not None and (day := iso_day(declared.value)):
        days = Evidence(days=(day,))
        lines = tuple(structs.replace(line, expression=decided(line.expression, days)) for line in lines)
        known = Publication(declared.value, "metadata", lines)
        stamps = (line for line in lines if not line.meaning and line.trusted and known.agrees(line))
        return structs.replace(known, line=next((line for line in stamps if _is_stamp(anatomy.text, line)), None))
    for meaning in ("published", "date", "updated", ""):
        for line in lines:
            if line.meaning == meaning and line.trusted and (meaning or _is_stamp(anatomy.text, line)):
                return Publication(line.expression.value, "label" if meaning else "line", lines, line)
    language = anatomy_language(anatomy)
    value = _dateline(anatomy, language)
    return Publication(value, "dateline" if value else "", lines)


def _is_stamp(text: str, line: DateLine) -> bool:
    """Whether a date without a label is a page's: with its hour, in two calendars, or beside the number of an issue."""
    value = line.expression
    around = text[line.body.start : value.span.start] + text[value.span.end : line.body.end]
    numbered = bool(_DIGIT.search(around) or _ZONE_NAME.search(fold(around)) or _REPUBLISHED.match(around))
    return "T" in value.value or len(_YEAR.findall(value.span.of(text))) > 1 or numbered


def declared_publication(anatomy: Page) -> DeclaredDate | None:
    """The publication date that the metadata declare, None where they declare none."""
    return declared_date(anatomy.document, anatomy_language(anatomy), lambda: _days_stated(anatomy))


def _days_stated(anatomy: Page) -> list[date]:
    """The days that the text's own date lines name without doubt."""
    sure = (line for line in anatomy.fact(date_lines) if line.trusted and not line.expression.others)
    return [day for line in sure if (day := line.expression.date) is not None]


def anatomy_language(anatomy: Page) -> str:
    """The language whose calendar and words to expect: the document's, else the likeliest one."""
    language = anatomy.language or anatomy.reading.language
    return language if language not in ("", OTHER) else "ar"


def date_lines(anatomy: Page) -> tuple[DateLine, ...]:
    """The template's date lines of a text, in order."""
    language = anatomy_language(anatomy)
    found = _doubted(anatomy, _labelled_lines(anatomy, language)) or _stamps(anatomy, language)
    return tuple(sorted(found, key=lambda line: (line.line, line.label)))


def _doubted(anatomy: Page, lines: list[DateLine]) -> list[DateLine]:
    """The labelled lines, doubtful those whose day can be that of an event, a letter or a thing."""
    days = {line.expression.value[:10] for line in lines if line.meaning == "date" and line.dated}
    return [
        structs.replace(line, doubtful=True)
        if line.dated
        and (
            (line.meaning == "date" and (len(days) > 1 or _is_between(anatomy, line))) or _is_of_a_thing(anatomy, line)
        )
        else line
        for line in lines
    ]


def _is_between(anatomy: Page, line: DateLine) -> bool:
    """Whether paragraphs stand above a line and below it: "date: …" there is the day of a meeting or a letter."""
    return not anatomy.fact(page_lines_of).at_an_edge(anatomy.index.position(line.body.start).row)


def _is_of_a_thing(anatomy: Page, line: DateLine) -> bool:
    if line.meaning == "date" and int(line.expression.value[:4]) < FIRST_NEWS:
        return True
    first = anatomy.index.position(line.body.start).row - 1
    last = anatomy.index.position(line.body.end).row
    below = _beside(anatomy, range(last, len(anatomy.lines)))
    if line.meaning == "date" and below and _GREETS.match(below.text):
        return True
    if ":" not in (fold(anatomy.text[line.label.start - 1 : line.label.end + 3]) if line.label.end else ":"):
        above, below = _beside(anatomy, range(first - 1, -1, -1)), _beside(anatomy, range(last, len(anatomy.lines)))
        if (
            above
            and above.text[-1] not in _ENDS
            and (_HANGS.search(above.text) or (below and _GOES_ON.match(below.text)))
        ):
            return True  # "… and was\npublished on\n14 December 2022\nin the gazette"
    before, after = anatomy.lines[max(0, first - _CARD) : first], anatomy.lines[last : last + _CARD]
    beside = "\n".join((*(each.text for each in (*before, *after)), line.line.of(anatomy.text).replace("|", "\n")))
    return bool((_OF_A_CARD if line.meaning == "date" else _OF_A_THING).search(fold(beside)))


_CARD = 4
"""Lines on either side where a card of an event, a match or a thing has its other labels."""
_GREETS = compile_re(  # a letter's first words
    r"[^.:،\n]{0,40}(?<!\w)(?:گرامی|محترم|المحترم|المحترمين|المحترمون|بەڕێز)(?!\w)"
    r"|(?:عزيز[يت]|أخي|صديقي|حضرة|تحية|ھۆرمەتلىك)(?!\w)"
)
_HANGS = compile_re(r"(?:^|[ ])[وف]?(?:قد|الذي|التي|لقد|كان|كانت|که|جو)$")
_GOES_ON = compile_re(r"(?:في|من|على|عن|بعد|قبل|ضمن|در|از|به|که|میں|سے)[ ]")
_THINGS = (
    *("الإصدار", "النسخة", "الحجم", "الشاشة", "المعالج", "الذاكرة", "البطارية", "الكاميرا", "نظام التشغيل", "المطور"),
    *("الوزن", "الأبعاد", "السعر", "الناشر", "الطبعة", "عدد الصفحات", "المؤلف", "نسخه", "حجم", "پردازنده", "باتری"),
    *("قیمت", "ناشر", "سائز", "ورژن", "بیٹری"),
)
_CARDS = (
    *("المكان", "الموقع", "مكان", "المقر", "القاعة", "الساعة", "الوقت", "الزمان", "التوقيت", "المدة"),
    *("الاسم", "اسم", "النادي", "الفريق", "الملعب", "الحكم", "البطولة", "المباراة", "النتيجة", "القناة", "المعلق"),
    *("المادة", "الصف", "المرحلة", "الدرجة", "التذاكر", "التذكرة", "الدخول", "التسجيل", "المدرب", "المحاضر", "الضيف"),
    *("الفعالية", "الحدث", "المناسبة", "المخرج", "مکان", "محل", "ساعت", "زمان", "نشانی"),
    *("آدرس", "نام", "باشگاه", "تیم", "ورزشگاه", "داور", "بلیت", "ورودی", "سخنران", "مدت", "درس"),
    *("مقام", "جگہ", "وقت", "پتہ", "کلب", "ٹیم", "میدان", "اسٹیڈیم", "ٹکٹ", "داخلہ", "مہمان", "پرچہ", "شوێن"),
    *("کات", "کاتژمێر", "ناونیشان", "ناو", "ځای", "ساعت"),
)
_LABEL_OF = r"(?m:^)[^\w\n]{{0,4}}(?:{})[ ]{{0,2}}[:：]"
_OF_A_THING = compile_re(_LABEL_OF.format(alternation(_THINGS)))
_OF_A_CARD = compile_re(
    _LABEL_OF.format(alternation(_THINGS + _CARDS))
    + r"|(?m:^)[^\w\n]{0,4}(?:مكان|موقع|مقر|سعر|محل|مکان)(?:[ ]\w+){1,2}[ ]{0,2}[:：]"  # "place of the party:"
    + r"|(?m:^[^\w\n]{0,4}(?:المكان|القاعه|الملعب|الساعه|مکان|مقام)[ ][^:.\n]{1,40}$)"
)


# Labels ----------------------------------------------------------------------------------------------------------


@derived
def _labels() -> dict[str, tuple[str, bool]]:
    """Each folded label, with its meaning and whether it is strong."""
    return {_key(label.words): (label.meaning, label.strong) for label in date_labels()}


@derived
def _only_vowelled() -> frozenset[str]:
    """The keys of labels that are other words without their vowels: "updated in", "happened in"."""
    bare = {_key(label.words) for label in date_labels() if not _VOWEL.search(fold(label.words))}
    return frozenset(_labels().keys() - bare)


def _key(label: str) -> str:
    return squeeze(_VOWEL.sub("", fold(label)))


_VOWEL = compile_re(r"[\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}]")
_PUBLISHING = ("نشر", "نشرت", "تحديث", "تعديل", "إضافة", "انتشار", "اشاعت", "نشره", "نشرها", "روزرسانی")
_JOINED_TO = ("ال", "لل", "وال", "ب", "و", "")
# A label that no list knows: at most four words, one of which speaks of publishing or updating, and a colon. The
# triggers in rules/dates/labelled.py look for the same word and colon.
_UNLISTED = compile_re(
    # books, laws and studies are published, too: theirs is another day
    r"(?![^:]{0,30}(?:كتاب|رواي|ديوان|قانون|مجله|دراس|بحث|فيلم|البوم|مجموع|قصيد|كتب|مرسوم|قرار|رسال))"
    rf"(?:{_L}{{1,12}}[ ]){{0,2}}(?:{'|'.join(_JOINED_TO)})(?:نُشرت?|{'|'.join(map(fold, _PUBLISHING))})"
    rf"(?:[ ]{_L}{{1,12}}){{0,2}}(?=[ ]{{0,3}}:)"
)
_PLACE_OF_LABEL = compile_re(
    r"^[^\w]{0,6}"
    # behind a bar, or behind the number of another cell ("کد خبر: 123 تاریخ انتشار: …")
    r"|(?P<bar>[ |•·](?:(?<=[|•·])|(?<=[0-9)][ ])|(?<=[0-9 ][صمه][ ])|(?<=[ /،\-][ ])|(?<=[.][ش][ ])))[ ]{0,3}"
)
_GAP = compile_re(r"[ ]{0,3}[:|\-]{0,2}[ ]{0,3}")
# Bidi display turned the line around, or the label stands between day and hour.
_BEFORE_LAST_LABEL = compile_re(r"(?::|(?<=[0-9mصم])(?=[ ]))[ ]{0,3}$")
_BEHIND_LAST_LABEL = compile_re(r"(?P<hour>[ ]\d\d?:\d\d(?::\d\d)?)?[ .]{0,3}$")


@derived
def _label_phrases() -> Phrases:
    """Where a label may stand: those listed, and with the value 0 the words that unlisted ones have."""
    phrases = dict.fromkeys((before + word for before in _JOINED_TO for word in _PUBLISHING), 0)
    return Phrases(phrases | {label.words: 1 for label in date_labels()}, name="date-labels")


def _labelled_lines(anatomy: Page, language: str) -> list[DateLine]:
    """The lines that open with a label, or hold one beside a colon."""
    words, said = anatomy.words, dict[int, dict[int, int]]()
    firsts = words.lines[WORD::LINE_FIELDS]
    for found in _label_phrases().find(words):
        number = bisect_right(firsts, found.first) - 1
        line = anatomy.lines[number]
        if (firsts[number] == found.first and found.value) or number in said or _COLON.search(line.text):
            ends, (start, end) = said.setdefault(number, {}), words.span(found.first, found.last)
            if found.value:  # of several, the longest comes last
                ends[start - line.span.start] = end - line.span.start
            else:
                ends.setdefault(start - line.span.start, 0)
    dated: list[DateLine] = []
    for number, ends in said.items():
        line = anatomy.lines[number]
        text = fold(line.span.of(anatomy.text)).replace("：", ":")
        labels = list(_labels_on(text, ends))
        of_line = [
            read
            for label, following in zip_longest(labels, labels[1:])
            if (read := _labelled_line(_Labelled.of(anatomy, line, text, language, label, following)))
        ]
        dated += of_line or _closing_line(anatomy, line, text, language, ends)
    return dated


_COLON = compile_re("[:：]")


class _Label(msgspec.Struct, frozen=True):
    """A label on a line: where its sign before, its words, and what parts them from the value begin and end."""

    place: int
    start: int
    end: int
    past: int
    barred: bool
    colon: bool
    meaning: str
    strong: bool
    listed: bool


def _labels_on(text: str, ends: dict[int, int]) -> Iterator[_Label]:
    at = -1
    for word in sorted(ends):
        for before in _PLACE_OF_LABEL.finditer(text, max(at, word - _LONGEST_BEFORE, 0), word):
            start = before.end()
            if start <= at:
                continue
            at = start
            unlisted = _UNLISTED.match(text, start)
            end = unlisted.end() if unlisted else ends.get(start, 0)
            gap = _GAP.match(text, end)
            if end and gap:
                words = text[start:end]
                key = _key(words)
                if key in _only_vowelled() and not _VOWEL.search(words):
                    continue
                known = _labels().get(key)
                meaning, strong = known or (meaning_of_label(words), False)
                colon, barred = ":" in gap[0] or ":" in text[:start], bool(before["bar"])
                if barred and meaning == "date" and _HOUR.match(text, gap.end()):
                    continue  # "… 05/03/2023 hour: 10:02": the day's
                yield _Label(before.start(), start, end, gap.end(), barred, colon, meaning, strong, known is not None)


_HOUR = compile_re(r"\d\d?:\d\d(?!\d)")
_LONGEST_BEFORE = 40
"""How far before a word of publishing an unlisted label may begin, with the sign before it."""


class _Labelled(msgspec.Struct, frozen=True):
    """A label and what stands behind it: `rest` is folded and ends at the next label of the line."""

    anatomy: Page
    line: Line
    text: str
    language: str
    label: _Label
    rest: str
    shares: bool  # another label follows on the line

    @classmethod
    def of(
        cls, anatomy: Page, line: Line, text: str, language: str, label: _Label, following: _Label | None
    ) -> _Labelled:
        end = len(text)
        if following and (":" in text[following.end : following.past] or following.meaning != "date"):
            end = max(following.place, label.past)
        return cls(anatomy, line, text, language, label, text[label.past : end], end < len(text))

    def dated(
        self, value: DateExpression, part: Span | None = None, seen: Span | None = None, left: Span = WHOLE
    ) -> DateLine:
        """The date line with this value; all of it goes but for `part`, and is seen but for `seen`.

        Places are given as those of the line.
        """
        line, by = self.line, self.line.span.start
        part = _with_end(self.anatomy.text, line) if part is None else _moved(part, by) if part.end else WHOLE
        return DateLine(
            _with_end(self.anatomy.text, line),
            _moved(seen, by) if seen else line.body,
            _moved(Span(self.label.start, self.label.end), by),
            self.label.meaning,
            _placed(value, by),
            part,
            _moved(left, by) if left.end else WHOLE,
            self.label.listed,
        )


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _placed(expression: DateExpression, by: int) -> DateExpression:
    return structs.replace(expression, span=_moved(expression.span, by))


def _with_end(text: str, line: Line) -> Span:
    """The line with its line end; the last line takes the line end before it."""
    if line.full != line.span or not line.span.start:
        return line.full
    return Span(line.span.start - (2 if text[: line.span.start].endswith("\r\n") else 1), line.span.end)


def _beside(anatomy: Page, numbers: range) -> Line | None:
    """The first of some lines that is not blank."""
    return next((anatomy.lines[number] for number in numbers if anatomy.lines[number].text), None)


_FILLER = compile_re(rf"[^\w\n]{{0,4}}(?:{_L}{{1,12}}[ .،]{{1,3}}){{0,3}}[(\[]?[ ]?")
_MIDNIGHT = compile_re(r"^[ ]?0{1,2}(?::00){1,2}(?!\d)")  # behind a placeholder: 0000-00-00 00:00:00
_SEPARATED = compile_re(r"\s{0,3}(?:[|\-،,/•·؛;(\])]|$)")
_BARRED = compile_re(r"[ ]{0,3}(?:[|•·(]|[.)\]\-–—]?[ ]{0,3}$)")
_EMPTY = compile_re(r"[\s:|\-.،,()\[\]]*")
_MOST_LEFT = 6
"""Words beside a labelled date that a template may print; more of them are a sentence."""


def _labelled_line(found: _Labelled) -> DateLine | None:
    label, rest, language = found.label, found.rest, found.language
    told = label.colon or label.strong
    if len(rest) > 160 or (label.barred and not told):
        return None
    if not told and not rest[:1].isdigit() and not _is_relative(rest, language):
        return None
    if not label.colon and rest.rstrip()[-1:] in _ENDS and _goes_on(found.anatomy, found.line):
        return None  # "… was signed\non 24 April 1994.", broken in mid-sentence
    if _is_answer(found.anatomy, found.line):
        return None
    if not label.listed or label.barred or found.shares:
        return _unlisted_line(found)
    if _EMPTY.fullmatch(rest):
        return _label_alone(found)
    value = _first_date(rest, language)
    if value is None:
        if label.meaning == "date" and not (rest.isascii() and not _CLOCK.fullmatch(rest)):
            return None  # "date: yesterday", "hour: 20:30": a card, or a talk
        alone = label.colon or _CLOCK.fullmatch(rest)
        broken = alone and (_looks_broken(rest) or (label.strong and _names_no_day(rest, language)))
        itemised = not label.colon and _DASHED.match(found.line.text)
        if itemised or not (broken or _is_relative(rest, language)):
            return None
        return found.dated(_no_date(Span(label.past, label.past + len(rest.rstrip())), Trouble.MALFORMED))
    if not told and _whole_date(rest, language) is None:
        return None
    before, after = rest[: value.span.start], _MIDNIGHT.sub("", rest[value.span.end :])
    if _is_range(value, before, after, language):
        return None
    value = _placed(value, label.past)
    sure = not after.strip(" .)]،") or bool(_NOISE.fullmatch(after))
    named = bool(before.strip(" :-|([")) and not _NOISE.fullmatch(before)
    paper = before.strip(_BESIDE) if named else ""
    if paper and (outlets.known_outlet(paper) or outlets.sounds_like_outlet(paper)):
        return structs.replace(found.dated(value), doubtful=True)  # the day of the paper that is quoted
    if _FILLER.fullmatch(before) and not (named and not (label.strong and sure)):
        if len(after) <= 60 and (_SEPARATED if label.colon else _BARRED).match(after):
            shared = bool(after.strip(" .|-،,()[]"))
            end = value.span.end + len(after) - len(after.lstrip(" |-،,/"))
            return found.dated(value, Span(label.start, end) if shared else None)
        if label.colon and sure:
            return found.dated(value)
    return _partly(found, value, before, after) if label.colon else None


_DASHED = compile_re(r"[-–—*•●▪]")
_CLOCK = compile_re(r"[^\w]*(?:gmt)?\d{1,2}:\d\d(?::\d\d)?[^\w]*(?:gmt)?")


def _is_answer(anatomy: Page, line: Line) -> bool:
    """Whether the line above a line with a dash asks: a talk, in which books and laws are published."""
    above = _beside(anatomy, range(line.number - 2, -1, -1)) if _DASHED.match(line.text) else None
    return above is not None and above.text.rstrip('»" ')[-1:] in ("؟", "?")


def _is_range(value: DateExpression, before: str, after: str, language: str) -> bool:
    """Whether a day begins or ends a stretch of days: that of a fair, of an offer, of a course."""
    if _FROM.search(before):
        return True
    to = _TO.match(after)
    last = _first_date(after[to.end() :], language) if to else None
    starts = last is not None and not last.span.start and last.value[:10] != value.value[:10]
    return starts and last is not None and last.calendar == value.calendar


_TO = compile_re(r"[ ]{0,3}(?:[-–—]|(?:و?حتي|الي|تا|سے|to|until)[ ])[ ]{0,3}")
_FROM = compile_re(r"\d[ ]{0,3}(?:[-–—]|[ ](?:و?حتي|الي|تا|سے|to))[ ]{0,3}$")


def _no_date(span: Span, trouble: Trouble = Trouble.NONE) -> DateExpression:
    return DateExpression(span, DateKind.NONE, trouble=trouble)


def _partly(found: _Labelled, value: DateExpression, before: str, after: str) -> DateLine | None:
    """A date line with words on it that no grammar knows: what is understood counts, the rest is to be looked at."""
    words, label = _WORDS.findall(before) + _WORDS.findall(after), found.label
    ends = found.rest.rstrip()[-1:]
    if not label.strong or not 0 < len(words) <= _MOST_LEFT or ends in _ENDS or not value.value:
        return None
    left = Span(value.span.end, len(found.text)) if after.strip() else Span(label.past, value.span.start)
    part = Span(label.start, value.span.end) if not before.strip() else WHOLE
    return found.dated(value, part, left=_stripped(found.text, left))


_WORDS = compile_re(r"\w+")
_ENDS = frozenset(".؟!۔")


def _stripped(text: str, span: Span) -> Span:
    raw = span.of(text)
    start = span.start + len(raw) - len(raw.lstrip())
    return Span(start, max(start, span.start + len(raw.rstrip())))


def _goes_on(anatomy: Page, line: Line) -> bool:
    """Whether the line before is a text without an end."""
    above = _beside(anatomy, range(line.number - 2, -1, -1))
    return above is not None and len(above.text) >= _TEXT and above.text[-1] not in _ENDS | {":", "…", "»", "”", '"'}


_TEXT = 30
"""Characters from which a line can be text of the story."""


def _unlisted_line(found: _Labelled) -> DateLine | None:
    """A label that no list knows, or that shares its line: believed where a full date is all that it has."""
    label, rest = found.label, found.rest
    bar = rest.find("|")
    value = _whole_date(rest[: bar if bar >= 0 else len(rest)], found.language)
    if value is None or not value.value:
        return None
    value = _placed(value, label.past)
    if label.barred:
        start = len(found.text[: label.start].rstrip(" |•·"))
        return found.dated(value, Span(start, value.span.end), Span(label.start, value.span.end))
    end = label.past + (len(rest) if found.shares else bar + 1)
    seen = Span(found.line.body.start - found.line.span.start, value.span.end)
    return found.dated(value, Span(label.start, end) if found.shares or bar >= 0 else None, seen)


def _closing_line(anatomy: Page, line: Line, text: str, language: str, ends: dict[int, int]) -> list[DateLine]:
    """The date line that ends with its label."""
    for start, end in sorted(ends.items()) if ":" in text else ():
        if not end:
            continue
        before, behind = _BEFORE_LAST_LABEL.search(text, max(0, start - 5), start), _BEHIND_LAST_LABEL.match(text, end)
        if before is None or behind is None:
            continue
        meaning, strong = _labels().get(_key(text[start:end]), ("date", False))
        rest = text[: before.start()]
        if len(rest) > 80 or (behind["hour"] and meaning == "date"):  # "3 مايو 2021 الساعة 10:15"
            return []
        label = _Label(before.start(), start, end, 0, False, True, meaning, strong, True)
        found = _Labelled(anatomy, line, text, language, label, rest, False)
        if _EMPTY.fullmatch(rest):
            return [alone] if (alone := _label_alone(found)) else []
        value = _first_date(rest, language)
        if value is None or rest[: value.span.start].strip() or rest[value.span.end :].strip():
            return []
        return [found.dated(value)]
    return []


def _label_alone(found: _Labelled) -> DateLine | None:
    """A label with nothing behind it: its value may stand on the next line."""
    alone = found.dated(_no_date(Span(found.label.end, found.label.end)))
    below = _beside(found.anatomy, range(found.line.number, len(found.anatomy.lines)))
    value = _whole_date(below.text[:60], found.language) if below else None
    if below is None or value is None:
        opens = _first_date(fold(below.text[:60]), found.language) if below else None
        if (
            below
            and opens
            and _is_range(
                opens, fold(below.text[: opens.span.start]), fold(below.text[opens.span.end :]), found.language
            )
        ):
            return None
        return alone
    both = Span(found.line.span.start, _with_end(found.anatomy.text, below).end)
    body, value = Span(found.line.body.start, below.body.end), _placed(value, below.body.start)
    return structs.replace(alone, line=both, part=both, body=body, expression=value)


# Dates -----------------------------------------------------------------------------------------------------------


def _first_date(rest: str, language: str) -> DateExpression | None:
    """The date that opens `rest`; of a pair of calendars for about one day the Gregorian one, over both."""
    for expression in read_absolute(rest[:120], language, bold=True):
        if expression.kind is DateKind.ABSOLUTE:
            checked = parse_date(rest[expression.span.start : expression.span.end], language)
            placeholder = checked.trouble is Trouble.PLACEHOLDER and not expression.trouble
            return structs.replace(expression, trouble=Trouble.PLACEHOLDER) if placeholder else expression
        return expression if expression.trouble else None
    return None


# What stands around a date: an issue, a word for the day or the hour, the zone, a labelled number ("کد خبر: 123").
_NUMBERED = alternation(
    ("العدد", "عدد", "السنة", "المجلد", "شماره", "دوره", "سال", "شمارہ", "جلد", "ژمارە", "ساڵ", "گڼه", "سان")
)
_NOISE = compile_re(
    rf"(?:[^\w]|(?:{_NUMBERED})(?:[ ]رقم)?[ :.#]{{0,3}}\d{{1,6}}(?!\d)"
    rf"|(?:{_L}{{1,12}}[ ]){{0,2}}{_L}{{1,12}}[ ]?[:：][ ]?\d{{1,9}}(?![\d:])"
    r"|(?:كد|شناسه|شماره)[ ](?:خبر|مطلب)[ ]\d{1,9}(?!\d)"
    rf"|(?:الصادره?|صادر|يوم|ليوم|بتاريخ|بيوم|في|الموافق|مورخ|مورخه|روز|تاريخ|بوقت|الساعه|ساعت|توقيت|at|on)(?!{_L}))*"
)


def _whole_date(raw: str, language: str) -> DateExpression | None:
    """The date that a line is, with nothing beside it but punctuation and what print sets around a date."""
    folded = fold(raw)
    value = _first_date(folded, language)
    if value is None or value.kind is not DateKind.ABSOLUTE:
        return None
    around = (folded[: value.span.start], folded[value.span.end :])
    return value if all(map(_is_noise, around)) else None


def _is_noise(part: str) -> bool:
    """Whether what stands beside a date is punctuation, a clock word, a label, a city or its time zone."""
    if _NOISE.fullmatch(part) or _PLACE.fullmatch(part):
        return True
    bare = _ZONE_NAME.sub("", part).strip(_BESIDE).removeprefix("بتوقيت ")
    place = bare.split(" ")
    labelled = _key(bare) in _labels().keys() - _only_vowelled()
    return not bare or labelled or (len(place) <= 2 and Kind.CITY in (kind_of(bare), kind_of(place[0])))


_PLACE = compile_re(rf"[ ]?[.،,][ ]?{_L}{{3,15}}[ .]?")  # where it was written, a village that no list knows
_ZONE_NAME = compile_re(r"(?:africa|america|asia|europe)/\w+")


def _names_no_day(rest: str, language: str) -> bool:
    """Whether a month, or a month and a year, stands where a date should."""
    found = read_absolute(rest[:60], language, bold=True)
    alone = bool(found) and not _WORDS.search(rest[: found[0].span.start] + rest[found[0].span.end :])
    return alone and found[0].kind is DateKind.MONTH


_JOINED_NUMBERS = compile_re(r"\d[ ]*[/.:\\-][ ]*\d|\d{5,}")


def _looks_broken(rest: str) -> bool:
    """Whether a broken date stands where a date should: numbers joined as in dates, or a script's word for none."""
    words = _WORDS.findall(rest)
    if words and (is_placeholder(rest) or {*words} == {"nan"}):
        return True
    return bool(_JOINED_NUMBERS.search(rest)) and len(re.findall(rf"{_L}{{2,}}", rest)) <= 2


def _is_relative(rest: str, language: str) -> bool:
    """Whether "two hours ago" stands where a date should."""
    found = find_relative(rest[:80], language)
    return bool(found) and not re.search(rf"{_L}", rest[: found[0].span.start] + rest[found[-1].span.end :])


def _stamps(anatomy: Page, language: str) -> list[DateLine]:
    """Lines near the head or the tail that are a full date and nothing else; none where the text has several days.

    Where there is none, the first line of the head on which a date stands among cells of a template.
    """
    whole: list[DateLine] = []
    shared: list[DateLine] = []
    text, filled = anatomy.text, anatomy.filled
    tail = filled[max(_HEAD, len(filled) - _TAIL) :]
    for number, line in enumerate((*filled[:_HEAD], *reversed(tail))):
        raw, start = line.text, line.body.start
        if len(raw) > _LONGEST_STAMP or not _DIGIT.search(raw) or _is_answer(anatomy, line):
            continue
        value = _whole_date(raw, language) if len(raw) <= _LONGEST_DATE else None
        seen, part = Span(0, len(raw)), _with_end(text, line)
        if value is None:
            others = number < _SHARED and not shared and _YEAR.search(raw)
            beside = _beside_others(raw, language, first=number == 0) if others else None
            if beside is None:
                continue
            value, seen, part = beside
            part = _moved(part, start)
        if not value.value or (raw[-1] in _ENDS and _goes_on(anatomy, line)):
            continue
        body = _stripped(text, _moved(seen, start))
        dated = DateLine(_with_end(text, line), body, WHOLE, "", _placed(value, start), part)
        (whole if seen == (0, len(raw)) else shared).append(dated)
    # A chronicle sets each day on a line of its own.
    days = [day.toordinal() for line in whole if (day := line.expression.date) is not None]
    apart = max(days, default=0) - min(days, default=0)  # a page that was set at night has two days, one with its hour
    one_page = not apart or (apart == 1 and any("T" in line.expression.value for line in whole))
    return (whole if one_page else []) if whole else shared


_LONGEST_STAMP, _LONGEST_DATE = 110, 70
_DIGIT = compile_re(r"\d")


def _beside_others(raw: str, language: str, *, first: bool) -> tuple[DateExpression, Span, Span] | None:
    """The date on a line of cells, one of them a date ("كتب: NAME | 3 مايو 2021"), its cell, and what to cut."""
    cells = [Span(*match.span()) for match in _CELL.finditer(raw) if _WORDS.search(match[0])]
    if len(cells) == 1:
        value = _first_date(fold(raw), language)
        if value is None:
            return None
        start, end = value.span
        rest = raw[:start].strip(_BESIDE), raw[end:].strip(_BESIDE)
        if _REPUBLISHED.fullmatch(raw[:start]) and not rest[1] and not value.named:
            return value, Span(0, len(raw)), Span(0, len(raw))
        known = all(name.kind in _OF_PAGES for part in rest for name in cells_of(part))
        # with its hour it is the stamp of the page, whoever's name stands there
        stamp = "T" in value.value and not first and len(" ".join(rest).split()) <= _SHARED
        if not (known or stamp) or raw[-1] in _ENDS or ":" in raw[:start]:
            return None
        behind = 0 if all(rest) else len(raw[end:]) - len(raw[end:].lstrip(_BESIDE))  # one gap stays between two names
        return value, value.span, Span(len(raw[:start].rstrip(_BESIDE)), end + behind)
    values = [_whole_date(cell.of(raw), language) for cell in cells]
    dated = [number for number, value in enumerate(values) if value is not None and value.value]
    others = [cell.of(raw) for number, cell in enumerate(cells) if number not in dated]
    if len(dated) != 1 or not others or not all(map(_is_template_cell, others)):
        return None
    number = dated[0]
    seen, value = cells[number], values[number]
    before = cells[number - 1].end if number else seen.start
    after = cells[1].start if not number else seen.end if number + 1 < len(cells) else len(raw)
    return (_placed(value, seen.start), seen, Span(before, after)) if value else None


# as maghress.com and its sisters print it
_REPUBLISHED = compile_re(r"(?P<name>\S.{1,40}?)(?: ?نشر في (?P=name)|(?<=\w)نشر في \S.{1,30}) يوم ")
_OF_PAGES = (Kind.SECTION, Kind.DESK, Kind.OUTLET, Kind.AGENCY, Kind.CITY)
_BESIDE = " \t|،,-–—/:•·()"
_SHARED = 4
_YEAR = compile_re(r"(?:[12]\d|[١٢۱۲][٠-٩۰-۹])(?:\d\d|[٠-٩۰-۹]{2})")
_CELL = compile_re(r"[^|•·\s](?:[^|•·]*[^|•·\s])?")


def _is_template_cell(cell: str) -> bool:
    """Whether what stands beside a date is a name, a desk or a section: a few words, no sentence, no other label."""
    before, colon, after = cell.partition(":")
    if colon and folded_phrase(before) not in folded("artefacts", "labels-author"):
        return False
    words = (after if colon else cell).split()
    return 0 < len(words) <= 5 and cell.strip()[-1] not in ".؟!۔" and not _DIGIT.search(cell)


_FOUR_DIGITS = compile_re(r"\d{4}")
_NO_PLACE = compile_re(r"[:\d]|(?:^|[ ])(?:في|من|منذ|يوم|بتاريخ|حتي|الي|له|لە|در|از|تا)[ ]{0,3}$")


def _dateline(anatomy: Page, language: str) -> str:
    """The day in an agency's dateline ("القاهرة 20 أكتوبر 2023 (رويترز) - …") in the first lines."""
    for mention in anatomy.fact(sources_of):
        head = fold(anatomy.text[mention.line.body.start : mention.span.start])
        if mention.role is not SourceRole.DATELINE or not mention.agency or not _FOUR_DIGITS.search(head):
            continue
        expression = next(iter(read_absolute(head, language)), None)
        before = head[: expression.span.start] if expression else ""
        named = 1 <= len(before.split()) <= 4 and not _NO_PLACE.search(before)
        if expression and expression.kind is DateKind.ABSOLUTE and named:
            return expression.value[:10]
    return ""
