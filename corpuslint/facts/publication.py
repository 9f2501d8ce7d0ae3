"""When a story was published: by its metadata, by a labelled line, by a line that is only a date, by its dateline.

Page templates leave their date lines in scraped text ("تاريخ النشر: …", often with the colon on the wrong side, often
with the value lost). The labels are a list that packs may go on with, `dates/labels`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec import structs

from corpuslint.facts.absolute_dates import DateExpression, DateKind, Trouble, iso_day, parse_date, read_absolute
from corpuslint.facts.calendars import alternation, fold, squeeze
from corpuslint.facts.declared_dates import DeclaredDate, Evidence, decided, declared_date
from corpuslint.facts.label_words import date_labels, meaning_of_label
from corpuslint.facts.language import OTHER
from corpuslint.facts.name_lines import Kind, cells_of, kind_of
from corpuslint.facts.phrasebook import derived, folded, folded_phrase
from corpuslint.facts.relative_dates import find_relative
from corpuslint.facts.sources import SourceRole, sources_of
from corpuslint.text.patterns import compile_re
from corpuslint.text.phrases import levelled, levelled_pattern
from corpuslint.text.positions import WHOLE, Span
from corpuslint.words.phrases import Phrases
from corpuslint.words.reading import ARABIC, DIGITS, END, LINE_FIELDS, WORD, Reading
from corpuslint.words.reading import OTHER as OTHER_SCRIPTS

if TYPE_CHECKING:
    from corpuslint.facts.page import Page


class DateLine(msgspec.Struct, frozen=True):
    """A line that a page template set, not the author.

    `label` and `line` are spans of the text (`line` takes in the line end, and the next line where the value stands
    there); `meaning` is "published", "updated", "date" or "" for a date without a label. `expression` is of kind
    "none" where the label has no value; then `expression.trouble` is "" for an empty label, "malformed" for a value
    that is no date. `part` is what to cut where other things share the line, `line` where nothing does. `listed` is
    whether the label's wording is a known one.
    """

    line: Span
    body: Span
    label: Span
    meaning: str
    expression: DateExpression
    part: Span
    left: Span = WHOLE
    listed: bool = True

    @property
    def empty(self) -> bool:
        """Whether the label has no value."""
        return self.expression.kind == DateKind.NONE and not self.expression.trouble

    @property
    def trusted(self) -> bool:
        """Whether the line names a day that can be believed."""
        expression = self.expression
        return expression.kind is DateKind.ABSOLUTE and bool(expression.value) and not expression.trouble


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


@derived
def _labels() -> dict[str, tuple[str, bool]]:
    """Each folded label, with its meaning and whether it is strong."""
    return {_key(label.words): (label.meaning, label.strong) for label in date_labels()}


def _key(label: str) -> str:
    return squeeze(re.sub(r"[\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}]", "", fold(label)))


_PUBLISHING = ("نشر", "نشرت", "تحديث", "تعديل", "إضافة", "انتشار", "اشاعت", "نشره", "نشرها", "روزرسانی")
_JOINED_TO = ("ال", "لل", "وال", "ب", "و", "")
# A label that no list knows: at most four words, one of which speaks of publishing or updating, and a colon. The
# triggers in rules/dates/labelled.py look for the same word and colon.
_UNLISTED = (
    # books, laws and studies are published, too: theirs is another day
    r"(?![^:：\n]{0,30}(?:كتاب|رواي|ديوان|قانون|مجل[ةه]|دراس|بحث|فيلم|ألبوم|البوم|مجموع|قصيد|كتب|مرسوم|قرار|رسال))"
    rf"(?:[^\W\d_]{{1,12}}[ ]){{0,2}}(?:{'|'.join(_JOINED_TO)})(?:نُشرت?|{'|'.join(_PUBLISHING)})"
    r"(?:[ ][^\W\d_]{1,12}){0,2}(?=[ ]{0,3}[:：])"
)


@derived
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A label at the start of a line (to be matched there), inside a line, and at its end."""
    wordings = sorted(
        (
            f"(?i:{levelled_pattern(label.words)})" if label.words[0].isascii() else levelled_pattern(label.words)
            for label in date_labels()
        ),
        key=lambda wording: (-len(wording), wording),
    )
    label = "|".join(wordings)
    named = rf"(?P<label>{levelled(_UNLISTED)}|{label})(?!{_L})(?P<gap>[ ]{{0,3}}[:：|\-–]{{0,2}}[ ]{{0,3}})"
    opening = compile_re(rf"(?P<bar>)[^\w\n]{{0,6}}{named}")
    # Behind a bar, or behind the number of another cell ("کد خبر: 123 تاریخ انتشار: …").
    inside = compile_re(
        r"(?P<bar>[ |•·](?:(?<=[|•·])|(?<=[0-9٠-٩۰-۹)][ ])|(?<=[0-9٠-٩۰-۹ ][صمه][ ])|(?<=[ /،\-][ ])|(?<=[.][ش][ ])))"
        rf"[ ]{{0,3}}{named}"
    )
    # Bidi display turned the line around, or the label stands between day and hour.
    behind, hour = r"(?:[:：]|(?<=[0-9٠-٩۰-۹mMصم])(?=[ ]))", r"(?P<hour>[ ]\d\d?:\d\d(?::\d\d)?)?"
    closing = compile_re(rf"{behind}[ ]{{0,3}}(?P<label>{label}){hour}[ .]{{0,3}}$", re.M)
    return opening, inside, closing


def publication(anatomy: Page) -> Publication:
    """Publication date of the document, with the lines that state it.

    Metadata is believed first, then labels, then the stamp of a page, then an agency's dateline. A day alone on a line
    is as likely the day of a match or of a letter.
    """
    lines = anatomy.fact(_lines)
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
    sure = (line for line in anatomy.fact(_lines) if line.trusted and not line.expression.others)
    return [day for line in sure if (day := line.expression.date) is not None]


def _lines(anatomy: Page) -> tuple[DateLine, ...]:
    return tuple(date_lines(anatomy.words, anatomy_language(anatomy)))


def anatomy_language(anatomy: Page) -> str:
    """The language whose calendar and words to expect: the document's, else the likeliest one."""
    language = anatomy.language or anatomy.reading.language
    return language if language not in ("", OTHER) else "ar"


def date_lines(reading: Reading, language: str) -> list[DateLine]:
    """The template's date lines of a text, in order."""
    found = _labelled_lines(reading, language) or _stamps(reading, language)
    return sorted(found, key=lambda line: (line.line, line.label))


def _labelled_lines(reading: Reading, language: str) -> list[DateLine]:
    text, lines = reading.text, _labels_in(reading)
    if not lines:
        return []
    raw = levelled(_SPACES.sub(" ", text.replace("\r", "\n")))
    folded = fold(raw).replace("：", ":")
    opening, inside, closing = _patterns()
    matches = [match for line, _ in lines if (match := opening.match(raw, line.start))]
    closed: list[re.Match[str]] = []
    for line, labels in lines:
        start = max(line.start, labels.start - _BESIDE_LABEL)
        matches += inside.finditer(raw, start, min(line.end, labels.end + 2 * _BESIDE_LABEL))
        if folded.find(":", *line) >= 0 and labels.end + _BESIDE_LABEL >= line.end:
            closed += closing.finditer(raw, start, line.end)
    matches.sort(key=lambda match: match.start("label"))
    found = []
    for match, following in zip(matches, [*matches[1:], None], strict=False):
        if dated := _labelled_line(_Labelled.of(match, following, text, folded, language)):
            found.append(dated)
    taken = {dated.line.start for dated in found}
    for match in closed:
        dated = _closing_line(match, text, folded, language)
        if dated and dated.line.start not in taken:
            found.append(dated)
    return found


_BESIDE_LABEL = 48
"""Characters around a listed word that an expression of labels takes in: two words more, a bar, an hour."""


def _labels_in(reading: Reading) -> list[tuple[Span, Span]]:
    """The lines that open with a label, or hold one beside a colon, and from the first to the last label of each."""
    numbers: dict[int, tuple[Span, Span]] = {}
    firsts = reading.lines[WORD::LINE_FIELDS]
    for found in _label_phrases().find(reading):
        number = bisect_right(firsts, found.first) - 1
        start, end = reading.lines[LINE_FIELDS * number : LINE_FIELDS * number + 2]
        if (
            (firsts[number] == found.first and found.value)
            or number in numbers
            or reading.text.find(":", start, end) >= 0
            or reading.text.find("：", start, end) >= 0
        ):
            labels = reading.span(found.first, found.last)
            _, before = numbers.get(number, (labels, labels))
            numbers[number] = Span(start, end), Span(before.start, max(before.end, labels.end))
    return list(numbers.values())


@derived
def _label_phrases() -> Phrases:
    """Where a label may stand: those listed, and with the value 0 the words that unlisted ones have."""
    phrases = dict.fromkeys((before + word for before in _JOINED_TO for word in _PUBLISHING), 0)
    return Phrases(phrases | {label.words: 1 for label in date_labels()}, name="date-labels")


class _Labelled(NamedTuple):
    """A label and what stands behind it: `rest` is folded, begins at `at` and ends at the next label of the line."""

    text: str
    folded: str
    language: str
    line: Span
    label: Span
    meaning: str
    strong: bool
    listed: bool
    inside: bool  # behind a bar or the value of another label
    shares: bool  # another label follows on the line
    colon: bool
    at: int
    rest: str

    @classmethod
    def of(
        cls, match: re.Match[str], following: re.Match[str] | None, text: str, folded: str, language: str
    ) -> _Labelled:
        line = _line_around(match.string, match.start("label"))
        label = Span(match.start("label"), match.end("label"))
        known = _labels().get(_key(match["label"]))
        meaning, strong = known or (meaning_of_label(match["label"]), False)
        colon = ":" in folded[label.end : match.end()] or ":" in folded[line.start : label.start]
        end = line.end
        if following is not None and (
            ":" in folded[following.end("label") : following.end()]
            or _labels().get(_key(following["label"]), ("date", False))[0] != "date"
        ):
            end = min(end, max(following.start(), match.end()))
        return cls(
            text, folded, language, line, label, meaning, strong, known is not None, bool(match["bar"]), end < line.end,
            colon, match.end(), folded[match.end() : end],
        )  # fmt: skip

    def dated(
        self, value: DateExpression, part: Span | None = None, seen: Span | None = None, left: Span = WHOLE
    ) -> DateLine:
        """The date line with this value; all of it goes but for `part`, and is seen but for `seen`."""
        full, body = _full(self.text, self.line), _body_of(self.text, self.line)
        part = full if part is None else part
        return DateLine(full, seen or body, self.label, self.meaning, value, part, left, self.listed)


def _line_around(raw: str, start: int) -> Span:
    """The line that holds `start`, in a text whose line ends are all line feeds."""
    end = raw.find("\n", start)
    return Span(raw.rfind("\n", 0, start) + 1, end if end >= 0 else len(raw))


def _full(text: str, line: Span) -> Span:
    """The line with its line end; the last line takes the line end before it."""
    end = line.end
    if text[end : end + 2] == "\r\n":
        end += 2
    elif end < len(text):
        end += 1
    elif line.start and end == len(text):
        return Span(line.start - (2 if text[max(0, line.start - 2) : line.start] == "\r\n" else 1), end)
    return Span(line.start, end)


_SPACES = compile_re("[\N{NO-BREAK SPACE}\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT MARK}]")
_FILLER = compile_re(rf"[^\w\n]{{0,4}}(?:{_L}{{1,12}}[ .،]{{1,3}}){{0,3}}[(\[]?[ ]?")
_MIDNIGHT = compile_re(r"^[ ]?0{1,2}(?::00){1,2}(?!\d)")  # behind a placeholder: 0000-00-00 00:00:00
_SEPARATED = compile_re(r"\s{0,3}(?:[|\-،,/•·؛;(\])]|$)")
_BARRED = compile_re(r"[ ]{0,3}(?:[|•·(]|[.)\]]?[ ]{0,3}$)")
_EMPTY = compile_re(r"[\s:|\-.،,()\[\]]*")
_MOST_LEFT = 6
"""Words beside a labelled date that a template may print; more of them are a sentence."""


def _labelled_line(found: _Labelled) -> DateLine | None:
    rest, language = found.rest, found.language
    if len(rest) > 160 or (found.inside and not (found.colon or found.strong)):
        return None
    if not (found.colon or found.strong) and not rest[:1].isdigit() and not _is_relative(rest, language):
        return None
    text, line, label = found.text, found.line, found.label
    if not found.colon and rest.rstrip()[-1:] in _ENDS and _goes_on(text, line):
        return None  # "… was signed\non 24 April 1994.", broken in mid-sentence
    if not found.listed or found.inside or found.shares:
        return _unlisted_line(found)
    if _EMPTY.fullmatch(rest):
        return _label_alone(found)
    value = _first_date(rest, language)
    if value is None:
        broken = found.colon and (_looks_broken(rest) or (found.strong and _names_no_day(rest, language)))
        if not (broken or _is_relative(rest, language)):
            return None
        span = Span(found.at, found.at + len(rest.rstrip()))
        return found.dated(_no_date(span, label, Trouble.MALFORMED))
    if not (found.colon or found.strong) and _whole_date(rest, language) is None:
        return None
    before, after = rest[: value.span.start], _MIDNIGHT.sub("", rest[value.span.end :])
    moved = _moved(value, found.at, label)
    sure = not after.strip(" .)]،") or bool(_NOISE.fullmatch(after))
    named = bool(before.strip(" :-|([")) and not _NOISE.fullmatch(before)
    if _FILLER.fullmatch(before) and not (named and not (found.strong and sure)):
        if len(after) <= 60 and (_SEPARATED if found.colon else _BARRED).match(after):
            shared = bool(after.strip(" .|-،,()[]"))
            cut = moved.span.end + len(after) - len(after.lstrip(" |-،,/"))
            return found.dated(moved, Span(label.start, cut) if shared else None)
        if found.colon and sure:
            return found.dated(moved)
    return _partly(found, moved, before, after) if found.colon else None


def _no_date(span: Span, label: Span, trouble: Trouble = Trouble.NONE) -> DateExpression:
    return DateExpression(span, DateKind.NONE, trouble=trouble, label=label, role="publication")


def _partly(found: _Labelled, value: DateExpression, before: str, after: str) -> DateLine | None:
    """A date line with words on it that no grammar knows: what is understood counts, the rest is to be looked at."""
    words = _WORDS.findall(before) + _WORDS.findall(after)
    ends = found.rest.rstrip()[-1:]
    if not found.strong or not 0 < len(words) <= _MOST_LEFT or ends in _ENDS or not value.value:
        return None
    behind = Span(value.span.end, found.line.start + len(found.line.of(found.text).rstrip()))
    left = behind if after.strip() else Span(found.at, value.span.start)
    part = Span(found.label.start, value.span.end) if not before.strip() else WHOLE
    return found.dated(value, part, left=_body_of(found.text, left))


_WORDS = compile_re(r"\w+")
_ENDS = frozenset(".؟!۔")


def _goes_on(text: str, line: Span) -> bool:
    """Whether the line before is a text without an end."""
    before = text[: line.start].rstrip().rpartition("\n")[2].rstrip()
    return len(before) >= _TEXT and before[-1] not in _ENDS | {":", "…", "»", "”", '"'}


_TEXT = 30
"""Characters from which a line can be text of the story."""


def _unlisted_line(found: _Labelled) -> DateLine | None:
    """A label that no list knows, or that shares its line: believed where a full date is all that it has."""
    text, label, rest = found.text, found.label, found.rest
    bar = rest.find("|")
    cell = rest[: bar if bar >= 0 else len(rest)]
    value = _whole_date(cell, found.language)
    if value is None or not value.value:
        return None
    moved = _moved(value, found.at, label)
    if found.inside:
        cut = len(text[found.line.start : label.start].rstrip(" |•·\N{NO-BREAK SPACE}")) + found.line.start
        return found.dated(moved, Span(cut, moved.span.end), Span(label.start, moved.span.end))
    end = found.at + (len(rest) if found.shares else bar + 1)
    seen = Span(_body_of(text, found.line).start, moved.span.end)
    return found.dated(moved, Span(label.start, end) if found.shares or bar >= 0 else None, seen)


def _closing_line(match: re.Match[str], text: str, folded: str, language: str) -> DateLine | None:
    line = _line_around(match.string, match.start("label"))
    before = folded[line.start : match.start()]
    if len(before) > 80:
        return None
    meaning, strong = _labels().get(_key(match["label"]), ("date", False))
    if match["hour"] and meaning == "date":
        return None  # "3 مايو 2021 الساعة 10:15"
    label = Span(match.start("label"), match.end("label"))
    found = _Labelled(
        text, folded, language, line, label, meaning, strong, True, False, False, True, line.start, before
    )
    if _EMPTY.fullmatch(before):
        return _label_alone(found)
    value = _first_date(before, language)
    if value is None or before[: value.span.start].strip() or before[value.span.end :].strip():
        return None
    return found.dated(_moved(value, line.start, label))


def _label_alone(found: _Labelled) -> DateLine:
    """A label with nothing behind it: its value may stand on the next line."""
    following = _FOLLOWING.match(found.text, found.line.end)
    value = _whole_date(following[1], found.language) if following else None
    if following is None or value is None:
        return found.dated(_no_date(Span(found.label.end, found.label.end), found.label))
    below = _line_around(found.folded, following.start(1))
    both = Span(found.line.start, _full(found.text, below).end)
    seen = Span(_body_of(found.text, found.line).start, _body_of(found.text, below).end)
    line = found.dated(_moved(value, following.start(1), found.label), both, seen)
    return structs.replace(line, line=both)


_FOLLOWING = compile_re(r"\s*([^\r\n]{1,60})")


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
    return not bare or _key(bare) in _labels() or (len(place) <= 2 and Kind.CITY in (kind_of(bare), kind_of(place[0])))


_PLACE = compile_re(rf"[ ]?[.،,][ ]?{_L}{{3,15}}[ .]?")  # where it was written, a village that no list knows
_ZONE_NAME = compile_re(r"(?:africa|america|asia|europe)/\w+")


def _names_no_day(rest: str, language: str) -> bool:
    """Whether a month, or a month and a year, stands where a date should."""
    found = list(read_absolute(rest[:60], language, bold=True))
    alone = bool(found) and not _WORDS.search(rest[: found[0].span.start] + rest[found[0].span.end :])
    return alone and found[0].kind is DateKind.MONTH


def _moved(expression: DateExpression, by: int, label: Span) -> DateExpression:
    span = Span(expression.span.start + by, expression.span.end + by)
    return structs.replace(expression, span=span, label=label, role="publication")


# What scripts print for a date they could not read.
_UNREAD = compile_re(
    r"invalid date|nan(?:[ /.:-]nan)*|undefined|null|none|n/a|(?:"
    + "|".join(
        map(fold, ("غير محدد", "غير معروف", "غير متوفر", "غير متاح", "لا يوجد", "نامشخص", "نامعلوم", "موجود نہیں"))
    )
    + ")"
)
_JOINED_NUMBERS = compile_re(r"\d[ ]*[/.:\\-][ ]*\d|\d{5,}")


def _looks_broken(rest: str) -> bool:
    """Whether a broken date stands where a date should: numbers joined as in dates, or a script's word for none."""
    rest = rest.strip(" .)]")
    if _UNREAD.fullmatch(rest):
        return True
    return bool(_JOINED_NUMBERS.search(rest)) and len(re.findall(rf"{_L}{{2,}}", rest)) <= 2


def _is_relative(rest: str, language: str) -> bool:
    """Whether "two hours ago" stands where a date should."""
    found = find_relative(rest[:80], language)
    return bool(found) and not re.search(rf"{_L}", rest[: found[0].span.start] + rest[found[-1].span.end :])


def _stamps(reading: Reading, language: str) -> list[DateLine]:
    """Lines near the head or the tail that are a full date and nothing else; none where the text has several days.

    Where there is none, the first line of the head on which a date stands among cells of a template.
    """
    whole: list[DateLine] = []
    shared: list[DateLine] = []
    text, places = reading.text, reading.lines
    for number, row in enumerate(_edge_rows(reading)):
        line = Span(places[row], places[row + END])
        if line.end - line.start > _LONGEST_STAMP or not (places[row + DIGITS] or places[row + OTHER_SCRIPTS]):
            continue
        raw = line.of(text)
        if not _DIGIT.search(raw):
            continue
        value = _whole_date(raw, language) if len(raw) <= _LONGEST_DATE else None
        seen = Span(0, len(raw))
        part: Span | None = _full(text, line)
        if value is None:
            if number >= _SHARED or shared or not _YEAR.search(raw):
                continue
            value, seen, part = _beside_others(raw, language, first=number == 0)
            part = part and Span(line.start + part.start, line.start + part.end)
        if value is None or not value.value or part is None or (raw.rstrip()[-1:] in _ENDS and _goes_on(text, line)):
            continue
        moved = structs.replace(_moved(value, line.start, WHOLE), role="dateline")
        body = _body_of(text, Span(line.start + seen.start, line.start + seen.end))
        (whole if seen.end == len(raw) and not seen.start else shared).append(
            DateLine(_full(text, line), body, WHOLE, "", moved, part)
        )
    # A chronicle sets each day on a line of its own.
    days = [day.toordinal() for line in whole if (day := line.expression.date) is not None]
    apart = max(days, default=0) - min(days, default=0)  # a page that was set at night has two days, one with its hour
    one_page = not apart or (apart == 1 and any("T" in line.expression.value for line in whole))
    return (whole if one_page else []) if whole else shared


_LONGEST_STAMP, _LONGEST_DATE = 110, 70
_DIGIT = compile_re(r"\d")


def _beside_others(raw: str, language: str, *, first: bool) -> tuple[DateExpression | None, Span, Span | None]:
    """The date on a line of cells, one of them a date ("كتب: NAME | 3 مايو 2021"), its cell, and what to cut."""
    nothing = None, WHOLE, None
    cells = [match.span() for match in _CELL.finditer(raw) if _WORDS.search(match[0])]
    if len(cells) == 1:
        value = _first_date(fold(raw), language)
        if value is None:
            return nothing
        start, end = value.span
        rest = raw[:start].strip(_BESIDE), raw[end:].strip(_BESIDE)
        if _REPUBLISHED.fullmatch(raw[:start]) and not rest[1] and not value.named:
            return value, Span(0, len(raw)), Span(0, len(raw))
        known = all(name.kind in _OF_PAGES for part in rest for name in cells_of(part))
        # with its hour it is the stamp of the page, whoever's name stands there
        stamp = "T" in value.value and not first and len(" ".join(rest).split()) <= _SHARED
        if not (known or stamp) or raw.rstrip()[-1:] in _ENDS or ":" in raw[:start]:
            return nothing
        behind = 0 if all(rest) else len(raw[end:]) - len(raw[end:].lstrip(_BESIDE))  # one gap stays between two names
        return value, value.span, Span(len(raw[:start].rstrip(_BESIDE)), end + behind)
    values = [_whole_date(raw[start:end], language) for start, end in cells]
    dated = [number for number, value in enumerate(values) if value is not None and value.value]
    others = [raw[start:end] for number, (start, end) in enumerate(cells) if number not in dated]
    if len(dated) != 1 or not others or not all(map(_is_template_cell, others)):
        return nothing
    number = dated[0]
    seen = Span(*cells[number])
    value = values[number]
    before = cells[number - 1][1] if number else seen.start
    after = cells[1][0] if not number else seen.end if number + 1 < len(cells) else len(raw.rstrip())
    return value and _moved(value, seen.start, WHOLE), seen, Span(before, after)


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


def _body_of(text: str, span: Span) -> Span:
    raw = span.of(text)
    start = span.start + len(raw) - len(raw.lstrip())
    return Span(start, max(start, span.start + len(raw.rstrip())))


def _edge_rows(reading: Reading) -> list[int]:
    """Where in `reading.lines` the filled lines of the head are, and those of the tail from the last one up."""
    text, lines = reading.text, reading.lines
    rows = range(0, len(lines), LINE_FIELDS)

    def is_filled(row: int) -> bool:
        return any(lines[row + ARABIC : row + LINE_FIELDS]) or bool(text[lines[row] : lines[row + END]].strip())

    head = list(islice(filter(is_filled, rows), _HEAD))
    below = rows[head[-1] // LINE_FIELDS + 1 :] if head else ()
    return head + list(islice(filter(is_filled, reversed(below)), _TAIL))


_FOUR_DIGITS = compile_re(r"\d{4}")
_NO_PLACE = compile_re(r"[:\d]|(?:^|[ ])(?:في|من|منذ|يوم|بتاريخ|حتي|الي|له|لە|در|از|تا)[ ]{0,3}$")


def _dateline(anatomy: Page, language: str) -> str:
    """The day in an agency's dateline ("القاهرة 20 أكتوبر 2023 (رويترز) - …") in the first lines."""
    for mention in anatomy.fact(sources_of):
        head = fold(anatomy.text[mention.line.body.start : mention.span.start])
        if mention.role is not SourceRole.DATELINE or not mention.agency or not _FOUR_DIGITS.search(head):
            continue
        expression = next(read_absolute(head, language), None)
        before = head[: expression.span.start] if expression else ""
        named = 1 <= len(before.split()) <= 4 and not _NO_PLACE.search(before)
        if expression and expression.kind is DateKind.ABSOLUTE and named:
            return expression.value[:10]
    return ""
