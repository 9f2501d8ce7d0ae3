"""What a text says of its own day and source, beside what its metadata declare, and how many such lines are named.

    python -m benchmarks.agreement [--list] [FILE.jsonl …]

Without files, the measuring sets. First table: the day of publication that a text states, by the way it states it (a
label, a line that is only a date, a dateline, "today, Thursday", "yesterday, 3 May"), against the declared day. Second
table: lines at the head and the tail that look like a template's by patterns that know none of our lists, and how many
of them are named; an agency in brackets opens a paragraph at the head, a date has a number or a name of CLDR for its
month, and an address is none of a list. Texts are read without their metadata. `--list` prints what disagrees or is not
named.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import orjson

from benchmarks.corpora import FOLDER, records_of
from benchmarks.resolving import resolve
from corpuslint import Anatomy, Document, DocumentId, Line
from corpuslint.config.settings import Settings
from corpuslint.engine.check import check_document
from corpuslint.engine.rules import rules_for
from corpuslint.facts.absolute_dates import DateKind, iso_day
from corpuslint.facts.calendars import fold
from corpuslint.facts.dates import find_dates
from corpuslint.facts.declared_dates import Orders, collected, declared_date, read_by_outlet
from corpuslint.resources import fact_data

Record = dict[str, object]

_OPENING = 700
"""Characters in which a story says when it happened."""
_HEAD_AND_TAIL = 3


def stated_days(anatomy: Anatomy, declared: date, language: str) -> Iterator[tuple[str, str, int]]:
    """The ways in which a text states its day: the way, the words, and how many days off the declared day they are."""
    known = anatomy.publication
    if known.published and (day := iso_day(known.published)):
        words = known.line.body.of(anatomy.text) if known.line else anatomy.text[:90]
        yield known.origin, words, (day - declared).days
    for line in () if known.published else known.lines:
        if line.trusted and (day := line.expression.date):
            yield "line not believed", line.body.of(anatomy.text), (day - declared).days
    opening = anatomy.text[:_OPENING]
    found = find_dates(opening, language)
    for number, one in enumerate(found):
        if one.kind is DateKind.WEEKDAY and one.unit == "day":
            yield "today, weekday", one.span.of(opening), _weekdays_apart(one.weekday, declared, one.offset)
        following = found[number + 1] if number + 1 < len(found) else None
        if one.kind is not DateKind.RELATIVE or one.unit != "day" or following is None:
            continue
        if re.fullmatch(r"[\s()،,]{0,3}(?:يوم\s)?", opening[one.span.end : following.span.start]) is None:
            continue
        words = opening[one.span.start : following.span.end]
        if following.kind is DateKind.WEEKDAY and not following.unit:
            yield "today, weekday", words, _weekdays_apart(following.weekday, declared, one.offset)
        elif following.kind in (DateKind.ABSOLUTE, DateKind.YEARLESS):
            day = iso_day(following.value or resolve(following, declared.isoformat(), language))
            if day is not None:
                yield "today, day", words, (day - declared - timedelta(one.offset)).days
    for one in found:
        before = fold(opening[max(0, one.span.start - 8) : one.span.start])
        named = one.kind in (DateKind.ABSOLUTE, DateKind.YEARLESS) and one.weekday >= 0
        if named and re.search(r"اليوم[ (،]+$", before):
            day = iso_day(one.value or resolve(one, declared.isoformat(), language))
            if day is not None:
                yield "today, day", before + one.span.of(opening), (day - declared).days


def _weekdays_apart(weekday: int, declared: date, offset: int) -> int:
    return (weekday - (declared + timedelta(offset)).weekday() + 3) % 7 - 3


_NAME = r"[^\W\d_]+(?:[ .\N{ZERO WIDTH NON-JOINER}-]{1,2}[^\W\d_]+){0,3}"
_LABELLED = {
    "label of a source": r"(?:ال)?مصدر|منبع|منابع|م[اآ]خذ|سەرچاوە\w*|سرچین[هې]|مەنبە\w*|بشکریہ|source|نقل[اً]* عن",
    "label of an author": r"بقلم|كتبت?|إعداد|اعداد|بواسطة|نویسنده|نوشته|به قلم|تحریر|نووسینی|ئامادەکردنی|مۇئەللىپ\w*",
    "label of a picture": r"تصوير|عدسة|مصدر الصورة|عکس|عکاس|تصویر کا ذریعہ|فوٹو|وێنە|photos?",
    "label of a date": r"تاريخ النشر|نشر في|آخر تحديث|تاریخ انتشار|تاریخ اشاعت|بەروار\w*|ۋاقتى|ئاپتور ۋاقتى",
}
_NUMBER = r"[0-9٠-٩۰-۹]"
_PRINTED = [line.split("\t")[2] for line in fact_data("months.tsv").splitlines() if not line.startswith("#")]
_MONTH = "|".join(sorted({*_PRINTED, *map(fold, _PRINTED)}, key=lambda name: (-len(name), name)))
_PATTERNS = {
    **{name: rf"^\W*(?:{words})\s*[:：/]\s*\S.{{1,50}}$" for name, words in _LABELLED.items()},
    "agency in brackets": rf"^{_NAME}\s?[(\[](?!\s*(?:\w+\s+){{3}})\s*{_NAME}\s*[)\]]\s*[-–—ـ]\s*[^\W\d].{{60}}",
    "site": r"^(?:https?://|www\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:com|net|org|info|ir|ma|sa|pk|tv|iq|ae)\b[^/]{0,40}$",
    "lone date": (
        rf"^(?:{_NAME}[،, ]{{1,3}}){{0,1}}(?:{_NUMBER}{{1,2}}[ ./-]{{1,3}}(?:{_NUMBER}{{1,2}}|{_MONTH})[ ./،-]{{1,3}}"
        rf"{_NUMBER}{{4}}|{_NUMBER}{{4}}\W{{0,3}}(?:يىل\w*)?\W{{1,3}}{_NUMBER}{{1,2}}\W{{1,3}}(?:{_NUMBER}{{1,2}}|{_MONTH}))"
        rf"(?:[ .،,]{{1,3}}[^\W\d_]+)?"
        rf"\W*(?:{_NUMBER}{{1,2}}:{_NUMBER}{{2}}\W*)?$"
    ),
    "names and a dash": rf"^{_NAME}(?:\s+[-–—ـ]\s+|\s*[–—/|]\s*|[-–]\s+){_NAME}(?:\s*[-–—/|]\s*{_NAME})?$",
}


def edge_lines(anatomy: Anatomy) -> Iterator[tuple[str, Line, bool]]:
    """The lines at the head and the tail that a pattern takes: its name, the line, and whether a finding names it."""
    filled = anatomy.filled
    edges = [*filled[:_HEAD_AND_TAIL], *filled[_HEAD_AND_TAIL:][-_HEAD_AND_TAIL:]] if len(filled) > 2 else []
    taken = [(name, line) for line in edges if (name := _shape(line.text))]
    if taken:
        named = [mention.whole for mention in anatomy.sources] + [line.body for line in anatomy.publication.lines]
        named += [finding.span for finding in check_document(anatomy.document, _RULES)]
        listed = sum(bool(re.match(r"(?:https?://|www\.)", line.text)) for line in filled) > 2
        for name, line in taken:
            if (listed and name == "site") or (name == "agency in brackets" and line not in filled[:_HEAD_AND_TAIL]):
                continue
            yield name, line, any(span.overlaps(line.body) for span in named if span.end > span.start)


def _shape(text: str) -> str:
    for name, pattern in _PATTERNS.items():
        if (len(text) <= _LONGEST or name == "agency in brackets") and re.search(pattern, text):
            return name
    return ""


_LONGEST = 90
_RULES = rules_for(Settings())


def documents(name: str, records: list[Record]) -> Iterator[tuple[Document, Record]]:
    """The documents of a set with their declared dates; an id that ends in a day declares it, where nothing does."""
    for number, record in enumerate(records):
        lines, text = record.get("lines"), str(record.get("text", ""))
        if isinstance(lines, list):
            text = "\n".join(str(line["text"]) for line in lines)
        written = str(record.get("date") or record.get("published") or "")
        if not written and (day := re.search(r"-((?:19|20)\d{6})$", str(record.get("id", "")))):
            written = day[1]
        metadata = {"published": written, "language": str(record.get("lang") or record.get("language") or "")}
        metadata["source"] = str(record.get("source") or name)
        yield Document(DocumentId(f"{name}:{number}"), text, {k: v for k, v in metadata.items() if v}), record


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    sets = {path.stem: path for path in options.files}
    names = sets or {path.name.removesuffix(".jsonl.gz"): None for path in sorted(FOLDER.glob("*.jsonl.gz"))}
    agreement: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    shapes: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    for name, path in names.items():
        records = [orjson.loads(line) for line in path.open("rb")] if path else records_of(name)
        state: Orders = {}
        read = []
        for document, _ in documents(name, records):
            language = document.declared("language")
            declared = declared_date(document, language, lambda: ())
            state = collected(state, document, declared)
            read.append((document, language, declared.value if declared else ""))
        order = {one.document: one.value for one in read_by_outlet([state])}
        for document, language, value in read:
            anatomy = Anatomy(Document(document.id, document.text, {"language": language} if language else {}))
            if day := iso_day(value or order.get(document.id, "")):
                agreement[name, "declared"][""] += 1
                for way, words, off in stated_days(anatomy, day, language):
                    agreement[name, way][_how(off)] += 1
                    if options.list and off:
                        print(name, document.id, way, off, day, words.strip(), sep="\t")
            for shape, line, known in edge_lines(anatomy):
                shapes[name, shape][known] += 1
                if options.list and not known:
                    print(name, document.id, "not named", shape, line.text[:_LONGEST], sep="\t")
    _print_tables(agreement, shapes)


def _how(off: int) -> str:
    return "same day" if not off else "a day off" if abs(off) == 1 else "other day"


def _print_tables(agreement: dict[tuple[str, str], Counter[str]], shapes: dict[tuple[str, str], Counter[bool]]) -> None:
    ways = ("same day", "a day off", "other day")
    print("| set | stated by | " + " | ".join(ways) + " |\n|---|---|" + "---|" * len(ways))
    totals: Counter[tuple[str, str]] = Counter()
    for (name, way), counts in sorted(agreement.items()):
        if way == "declared":
            print(f"| {name} | declared: {counts['']} | | | |")
            continue
        print(f"| {name} | {way} | " + " | ".join(str(counts[how]) for how in ways) + " |")
        totals.update({(way, how): counts[how] for how in ways})
    for way in sorted({way for way, _ in totals}):
        print(f"| all | {way} | " + " | ".join(str(totals[way, how]) for how in ways) + " |")
    print("\n| pattern | lines | named | share |\n|---|---|---|---|")
    for shape in _PATTERNS:
        found = [counts for (_, one), counts in shapes.items() if one == shape]
        named, others = sum(one[True] for one in found), sum(one[False] for one in found)
        print(f"| {shape} | {named + others} | {named} | {named / max(named + others, 1):.2f} |")


if __name__ == "__main__":
    main()
