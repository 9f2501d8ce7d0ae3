"""Mixed stories made from single ones: the material that `fit_stories.py` fits on and `stories.py` measures on.

Everything is drawn with a seed; outlets (or, where a corpus has one outlet only, articles) are parted once into those
to fit on and those to report on. The corpora are third-party text and no part of this repository: pass their folder.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from corpuslint.facts.cohesion import Paragraphs
from corpuslint.facts.openings import dateline_of
from corpuslint.text.positions import Span
from corpuslint.words.levels import TERM, folded
from corpuslint.words.reading import read

FIT_OUTLETS = frozenset(
    {
        *("alriyadh", "aawsat", "aleqtisadiya", "alwatan", "3alyoum", "sabq", "was", "arreyadi", "hespress"),
        *("skynews", "alarabia", "isna", "bend-the-truth-real", "bend-the-truth-fake", "bend-the-truth-fire2020"),
        *("jang", "express", "geo", "samaa"),
    }
)
"""The others (those of `REPORTED`, jazeera, Jawhara FM, bbc-urdu; CNN) are reported on."""

REPORTED = frozenset({"aljazirah", "alyaum", "okaz", "almadina", "alweeam", "arriyadiyah"})
"""Outlets of which further single articles are reported on too, and none is fitted on."""

HALVED = frozenset({"asriran", "ant-bbc", "ant-france24", "varzesh3"})
"""Of these outlets the articles whose number in a checksum is odd are reported on, the others are to fit on."""

SOURCES = {
    "ar-saudinewsnet": 1.0,
    "ar-hespress-jazeera": 1.0,
    "fa-asriran-2015": 1.0,
    "ar-skynews-alarabiya": 0.08,
    "fa-isna-2019": 0.25,
    "ur-fire-2020": 1.0,
    "ur-bbc-2016": 1.0,
}
"""Corpora of whole articles, and the share of each that is read: no outlet shall outweigh the others."""

_SHARE_BAR = re.compile(r".{0,20}شیئر کر")
"""A page's share bar, glued to the first paragraph of some articles: another defect than the one that is measured."""

_SENTENCE_END = re.compile(r"(?<=[.!؟?۔])\s+")
_DATELINE = re.compile(r"^[^\n]{0,60}\([^()\n]{2,20}\)\s*[-–—ـ:]*\s*|^[^\n.،]{2,35}\s[-–—]+\s")


@dataclass(frozen=True)
class Article:
    """A single story as paragraphs."""

    id: str
    outlet: str
    language: str
    title: str
    day: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)

    @property
    def fits(self) -> bool:
        """Whether the article is one to fit on."""
        if self.outlet in HALVED:
            return zlib.crc32(self.id.encode()) % 2 == 0
        return self.outlet in FIT_OUTLETS


@dataclass(frozen=True)
class Case:
    """A document to judge. `boundary` is the offset where foreign text begins, -1 for a single story.

    `end` is where it ends, -1 where it goes on to the end of the document.
    """

    id: str
    kind: str
    title: str
    text: str
    boundary: int = -1
    teasers: int = 0
    foreign: tuple[str, ...] = field(default=())
    end: int = -1

    @property
    def foreign_end(self) -> int:
        """The offset behind the foreign text."""
        return len(self.text) if self.end < 0 else self.end


def read_rows(corpora: Path, name: str) -> list[dict]:
    with gzip.open(corpora / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def paragraphs_of(text: str) -> tuple[str, ...]:
    """The paragraphs of a text; a body given on one line is cut into paragraphs of about three sentences."""
    paragraphs: list[str] = []
    for line in text.split("\n"):
        line = line.strip(" \t\r\N{NO-BREAK SPACE}")
        if not line:
            continue
        if len(line) < 700:
            paragraphs.append(line)
            continue
        block = ""
        for sentence in _SENTENCE_END.split(line):
            block = f"{block} {sentence}" if block else sentence
            if len(block) >= 250:
                paragraphs.append(block)
                block = ""
        if block:
            paragraphs.append(block)
    return tuple(paragraphs)


def read_articles(corpora: Path, names: Iterable[str] = tuple(SOURCES), spare: bool = False) -> list[Article]:
    """The single articles of corpora of whole articles, deduplicated by their text; `spare`: those beyond the share."""
    articles: list[Article] = []
    seen: set[str] = set()
    for name in names:
        for row in read_rows(corpora, name):
            if (zlib.crc32(row["id"].encode() + b"s") % 1000 >= 1000 * SOURCES.get(name, 1.0)) != spare:
                continue
            title = row.get("title", "").strip()
            body = row["text"].replace("\r\n", "\n").strip()
            if title and body.startswith(title):
                body = body[len(title) :].strip()
            paragraphs = list(paragraphs_of(body))
            while paragraphs and len(paragraphs[-1]) < 25:  # an agency's mark of the end
                del paragraphs[-1]
            if sum(map(len, paragraphs)) < 300 or body[:200] in seen or _SHARE_BAR.match(body):
                continue
            seen.add(body[:200])
            day = row.get("date", row.get("cat", ""))[:10]
            articles.append(Article(row["id"], row.get("source") or name, row["lang"], title, day, tuple(paragraphs)))
    return articles


PAGES = ("pages-lines", "pages-lines-bbc-2009", "pages-lines-urdu-bbc")


def read_more(more: Path | None) -> list[Article]:
    """The rows of `more`: articles of outlets to fit on, and texts of other shapes."""
    if more is None:
        return []
    with gzip.open(more, "rt", encoding="utf-8") as lines:
        return [
            Article(row["id"], row["source"], row["lang"], row["title"], "", paragraphs_of(row["text"]))
            for row in map(json.loads, lines)
        ]


def read_shaped(corpora: Path, more: Path | None, fits: bool) -> list[Article]:
    """Single texts of other shapes than news: what stands inside the articles of whole pages, and the rows of `more`.

    One half is to fit on, the other is reported on.
    """
    articles = [article for article in read_more(more) if article.outlet not in FIT_OUTLETS | HALVED | REPORTED]
    for name in PAGES:
        for number, row in enumerate(read_rows(corpora, name)):
            inside = (line["text"].strip() for line in row["lines"] if line["label"] == "inside-article")
            paragraphs = tuple(filter(None, inside))
            if len(paragraphs) > 2 and sum(map(len, paragraphs)) >= 400:
                articles.append(Article(f"{name}-{number}", name, row["lang"], "", "", paragraphs))
    shaped = [article for article in articles if (zlib.crc32(article.id.encode()) >> 7 & 1 == 0) == fits]
    news = [article for article in read_more(more) if article.outlet in HALVED | REPORTED and not article.fits]
    return shaped if fits else shaped + news


def teaser_of(article: Article, rng: random.Random) -> str:
    """What a site shows of an article below another: its opening, without the dateline."""
    lead = _DATELINE.sub("", article.paragraphs[0])
    if len(lead) > 260:
        sentences = _SENTENCE_END.split(lead)
        lead = sentences[0]
        for sentence in sentences[1:]:
            if len(lead) >= 120:
                break
            lead = f"{lead} {sentence}"
        if len(lead) > 330:
            lead = lead[: lead.rfind(" ", 0, rng.randint(160, 300))]
    return lead


_QUOTES = '"«“”»'


def features_of(text: str) -> list[str]:
    """All named features of a paragraph's opening, for the program that fits their weights."""
    span = Span(0, len(text))
    opening = Paragraphs(read(text), (span,), ((),)).opening(0)
    dateline = dateline_of(text, *span) if opening.dateline else 0
    words = [word[0] for word in re.finditer(r"[^\W_]+", folded(text, TERM)) if word.end() > dateline]
    ending = "stop" if text[-1:] in ".!?؟۔" else "colon" if text[-1:] == ":" else "no stop"
    features = ["bias", f"length {min(len(text) // 80, 7)}", ending]
    features += ["goes on"] * opening.goes_on + ["day"] * opening.day
    if any(mark in text for mark in _QUOTES):
        features.append("quote first" if text[0] in _QUOTES else "quotes")
    for word in words[:1]:
        features += (f"1 {word}", f"1 {word[:1]}*", f"1 {word[:2]}*")
        if word.isdecimal():
            features.append("number first")
    for word in words[1:2]:
        features += (f"2 {word}", f"2 {word[:2]}*")
    features += (f"3 {word}" for word in dict.fromkeys(words[2:12]))
    features += (f"4 {word}" for word in dict.fromkeys(words[12:60]))
    return features


def _likeness(left: Article, right: Article) -> int:
    return len(_words(left) & _words(right))


def _words(article: Article) -> frozenset[str]:
    return frozenset(word for word in (article.title + " " + article.paragraphs[0]).split() if len(word) > 4)


def joined(articles: list[Article], kind: str, count: int, seed: int) -> Iterator[Case]:
    """`count` pairs. `random`: any two; `hard`: same outlet and day or section, likest of a handful of candidates."""
    rng = random.Random(seed)
    near: dict[tuple[str, str], list[Article]] = defaultdict(list)
    by_language: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        near[article.outlet, article.day if article.outlet != "asriran" else article.day[:7]].append(article)
        by_language[article.language].append(article)
    made = 0
    while made < count:
        own = rng.choice(articles)
        pool = by_language[own.language]
        if kind == "hard":
            pool = near[own.outlet, own.day if own.outlet != "asriran" else own.day[:7]]
        others = [other for other in rng.sample(pool, min(len(pool), 6 if kind == "hard" else 2)) if other is not own]
        if not others:
            continue
        other = max(others, key=lambda candidate: _likeness(own, candidate)) if kind == "hard" else others[0]
        made += 1
        yield Case(
            f"{own.id}+{other.id}", kind, own.title, own.text + "\n" + other.text, len(own.text) + 1, 0, (other.title,)
        )


def with_teasers(articles: list[Article], count: int, seed: int) -> Iterator[Case]:
    """`count` articles with one to six openings of others of the same outlet at the end, some of the same topic."""
    rng = random.Random(seed)
    by_outlet: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        by_outlet[article.outlet].append(article)
    outlets = sorted(outlet for outlet, own in by_outlet.items() if len(own) > 20)
    made = 0
    while made < count:
        own = rng.choice(by_outlet[rng.choice(outlets)])
        pool = [other for other in by_outlet[own.outlet] if other is not own and len(other.paragraphs[0]) > 90]
        if len(pool) < 20 or len(own.paragraphs) < 2:
            continue
        number = rng.choice((1, 2, 2, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6))
        sample = rng.sample(pool, min(len(pool), 150))
        sample.sort(key=lambda other: -_likeness(own, other))
        # Sites show what is near: a block is partly of the same topic.
        likest = rng.randint(0, number)
        others = sample[:likest] + rng.sample(sample[likest:], number - likest)
        rng.shuffle(others)
        teasers = [teaser_of(other, rng) for other in others]
        made += 1
        yield Case(
            f"{own.id}+{number}t",
            "teasers",
            own.title,
            own.text + "\n" + "\n".join(teasers),
            len(own.text) + 1,
            number,
            tuple(other.title for other in others),
        )


def singles(articles: list[Article]) -> Iterator[Case]:
    for article in articles:
        yield Case(article.id, "single", article.title, article.text)


class Imprints(NamedTuple):
    """How pages name the writer, the day and the end of an article, by language."""

    writers: dict[str, tuple[str, ...]]
    days: dict[str, tuple[str, ...]]
    ends: dict[str, tuple[str, ...]]


IMPRINTS = Imprints(
    {
        "ar": ("بقلم: {n}", "كتب: {n}", "{n} - الرياض", "كتب {n}", "متابعة: {n}", "تقرير {n}", "{n}"),
        "fa": ("نویسنده: {n}", "خبرنگار: {n}", "گزارش: {n}", "{n}"),
        "ur": ("رپورٹ: {n}", "نمائندہ خصوصی", "{n}، لاہور"),
    },
    {
        "ar": ("{d}/{m}/2019", "الثلاثاء {d} مارس 2019", "نشر في {d} مايو 2018 - 10:{m}0", "{d}-{m}-2017"),
        "fa": ("۱۳۹۸/۰{m}/{d}", "تاریخ انتشار: {d} تیر ۱۳۹۷", "شنبه {d} مهر ۱۳۹۶ - ۱۲:{d}"),
        "ur": ("{d} اپریل 2018", "پير {d} مئی 2017", "شائع {d} جون 2019"),
    },
    {
        "ar": ("انتهى", "المصدر: وكالات", "///", "* نقلا عن وكالات"),
        "fa": ("انتهای پیام", "منبع: خبرگزاری", "انتهای پیام/"),
        "ur": ("بشکریہ: روزنامہ",),
    },
)  # fmt: skip
UNSEEN_IMPRINTS = Imprints(
    {
        "ar": ("إعداد: {n}", "{n} (جدة)", "حوار: {n}", "{n} - واشنطن", "خاص - {n}"),
        "fa": ("به قلم {n}", "{n} - تهران", "تهیه‌کننده: {n}"),
        "ur": ("تحریر: {n}", "{n}، نامہ نگار"),
    },
    {
        "ar": ("الخميس، {d} أيلول 2021", "آخر تحديث {d}.{m}.2020 الساعة 09:15", "{d} رجب 1440 هـ"),
        "fa": ("{d} آبان ۱۴۰۰ ساعت ۱۴:{d}", "کد خبر: ۱۲۳{d} | {d}/{m}/۱۴۰۱"),
        "ur": ("اپ ڈیٹ {d} اگست 2021", "{d}-{m}-2020"),
    },
    {
        "ar": ("(انتهى)", "المصدر : صحف", "#محليات"),
        "fa": ("پایان پیام", "منبع : ایرنا"),
        "ur": ("ماخذ: اے پی پی",),
    },
)  # fmt: skip
_NAMES = (
    "سامر الحلبي", "أحمد منصور العابدي", "نورة السالم", "محمد رضا كريمي", "عائشة خالد", "يوسف درويش", "مريم جعفري",
)  # fmt: skip


def _head(article: Article, imprints: Imprints, rng: random.Random) -> list[str]:
    """The lines above an article's first paragraph."""
    lines = [article.title] if article.title else []
    imprint = []
    for kind, share in ((imprints.writers, 0.35), (imprints.days, 0.4)):
        if rng.random() < share:
            wording = rng.choice(kind[article.language])
            imprint.append(wording.format(n=rng.choice(_NAMES), d=rng.randint(10, 28), m=rng.randint(1, 9)))
    rng.shuffle(imprint)
    return lines + imprint if rng.random() < 0.8 else imprint + lines


def headed(articles: list[Article], seed: int, imprints: Imprints = IMPRINTS) -> Iterator[Case]:
    """Single articles with headline, writer and day as lines of their own, and a mark of the end."""
    rng = random.Random(seed)
    for article in articles:
        lines = [*_head(article, imprints, rng), *article.paragraphs]
        if rng.random() < 0.3:
            lines.append(rng.choice(imprints.ends[article.language]))
        yield Case(article.id, "single", article.title, "\n".join(lines))


_NUMBERED = "{n} {w}", "{n}- {w}"
_BARE = "• {w}", "- {w}", "{h} {w}."
ITEMS = {
    "ar": (*_NUMBERED, "{n}. {w}", "{n} كجم: {w}", "{n} صباحا: {w}", "عام {n}: {w}", *_BARE),
    "fa": (*_NUMBERED, "{n}) {w}", "{n} کیلوگرم: {w}", "ساعت {n}: {w}", "* {w}", *_BARE[1:]),
    "ur": ("{n} {w}", "{n}۔ {w}", "{n}- {w}", "{n} کلو: {w}", "• {w}", "{h} {w}۔"),
}
"""How items are written: with a number, with a bullet, each beginning with one word ("bill to … / bill to …")."""


def listed(articles: list[Article], seed: int) -> Iterator[Case]:
    """Single articles with a list of their own: classes of weight, places, items, each a number or a bullet and names.

    What the items name is in words of other articles: a list is one with its article whatever it names.
    """
    rng = random.Random(seed)
    groups = _groups(articles)
    for article in articles:
        words = rng.choice(groups[article.language]).text.split()
        form, head = rng.choice(ITEMS[article.language]), rng.choice(article.text.split())
        between = rng.choice((" ", " ", " – ", "، "))
        items, number = [], rng.choice((0, rng.randint(40, 60), 2000))
        for _ in range(rng.randint(4, 11)):
            number += rng.choice((1, 1, rng.randint(1, 9)))
            start, names = rng.randrange(len(words)), []
            for at in range(rng.randint(3, 9 if "{n}" in form else 16)):
                names.append(" ".join(words[start + 2 * at : start + 2 * at + 2]))
            items.append(form.format(n=number, h=head, w=between.join(filter(None, names))))
        at = rng.choice((len(article.paragraphs), rng.randint(1, len(article.paragraphs))))
        lines = [*article.paragraphs[:at], *items, *article.paragraphs[at:]]
        yield Case(article.id, "single", article.title, "\n".join(lines))


def _pair(
    articles: list[Article], groups: dict[str, list[Article]], near: float, rng: random.Random
) -> tuple[Article, Article]:
    """Two articles of one language; with a probability of `near` of one outlet, the likest of a handful."""
    while True:
        own = rng.choice(articles)
        hard = rng.random() < near
        pool = groups[own.outlet if hard else own.language]
        others = [other for other in rng.sample(pool, min(len(pool), 6 if hard else 2)) if other is not own]
        if others:
            return own, max(others, key=lambda other: _likeness(own, other)) if hard else others[0]


def _groups(articles: list[Article]) -> dict[str, list[Article]]:
    """Articles by their outlet and by their language."""
    groups: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        groups[article.outlet].append(article)
        groups[article.language].append(article)
    return groups


def newspaper(articles: list[Article], count: int, seed: int, imprints: Imprints = IMPRINTS) -> Iterator[Case]:
    """`count` pairs with the lines that pages print above an article and below it, half of them of one outlet."""
    rng = random.Random(seed)
    groups = _groups(articles)
    made = 0
    while made < count:
        own, other = _pair(articles, groups, 0.5, rng)
        head = _head(other, imprints, rng)
        if not head:
            continue
        first = "\n".join([*_head(own, imprints, rng), *own.paragraphs])
        if rng.random() < 0.25:
            first += "\n" + rng.choice(imprints.ends[own.language])
        first += "\n\n" if rng.random() < 0.3 else "\n"
        made += 1
        yield Case(
            f"{own.id}+{other.id}n", "newspaper", own.title, first + "\n".join([*head, *other.paragraphs]), len(first)
        )


def inside(articles: list[Article], count: int, seed: int, imprints: Imprints = IMPRINTS) -> Iterator[Case]:
    """`count` articles with something foreign between their paragraphs: a story, or openings before the last one."""
    rng = random.Random(seed)
    groups = _groups(articles)
    long = [article for article in articles if len(article.paragraphs) >= 4]
    made = 0
    while made < count:
        own, other = _pair(long, groups, 0.4, rng)
        at = rng.randint(2, len(own.paragraphs) - 1)
        shape = rng.random()
        if shape < 0.4:
            foreign = [*_head(other, imprints, rng), *other.paragraphs[: rng.randint(2, 5)]]
        elif shape < 0.7:
            foreign = list(other.paragraphs[: rng.randint(1, 5)])
        else:
            at = len(own.paragraphs) - 1
            foreign = _teasers(own, groups[own.outlet], rng.randint(2, 5), rng)
        if not foreign:
            continue
        before = "\n".join(own.paragraphs[:at]) + "\n"
        box = "\n".join(foreign)
        text = before + box + "\n" + "\n".join(own.paragraphs[at:])
        made += 1
        yield Case(
            f"{own.id}+{other.id}i", "inside", own.title, text, len(before), len(foreign), (), len(before) + len(box)
        )


def _teasers(own: Article, pool: list[Article], count: int, rng: random.Random) -> list[str]:
    others = [other for other in pool if other is not own and len(other.paragraphs[0]) > 90]
    return [teaser_of(other, rng) for other in rng.sample(others, count)] if len(others) >= count else []


def before(articles: list[Article], count: int, seed: int, imprints: Imprints = IMPRINTS) -> Iterator[Case]:
    """`count` articles below the openings of others, or below another story; the declared title is the article's."""
    rng = random.Random(seed)
    groups = _groups(articles)
    titled = [article for article in articles if article.title and len(article.paragraphs) > 1]
    made = 0
    while made < count:
        own, other = _pair(titled, groups, 0.4, rng)
        foreign = (
            [*_head(other, imprints, rng), *other.paragraphs]
            if rng.random() < 0.4
            else _teasers(own, groups[own.outlet], rng.randint(2, 6), rng)
        )
        if not foreign:
            continue
        box = "\n".join(foreign)
        made += 1
        text = box + "\n" + "\n".join([*_head(own, imprints, rng), *own.paragraphs])
        yield Case(f"{own.id}+{other.id}b", "before", own.title, text, 0, len(foreign), (), len(box))


MARKERS = (
    "إقرأ أيضاً:", "اقرأ أيضا:", "اقرأ أيضًا", "اقرأ المزيد:", "شاهد أيضا:", "طالع أيضاً:", "قد يهمك أيضا:", "قد يهمك:",
    "للمزيد:",
)  # fmt: skip
UNSEEN_MARKERS = (
    "أقرا ايضآ :", "اقـــرأ أيضــاً", "إقراء ايضا..", "«اقرؤوا أيضًا»", "[ شاهِد أيضاً ]", "▪ طالعوا أيضا |",
    "ربما يعجبك أيضاً:",
    "يمكنك قراءة المزيد:", "لا يفوتك:", "اقرأ كذلك:", "خبر ذو صلة:", "◄ اقرأ أيضا من الموقع:",
)  # fmt: skip
MARKERS_FA = ("بیشتر بخوانید:", "همچنین بخوانید:", "این مطلب را هم بخوانید:")
ENDINGS = ("المصدر: وكالات", "كلمات دلالية: السياسة الاقتصاد", "المصدر: متابعات", "#أخبار #محليات", "عن وكالات")


def with_marker(articles: list[Article], count: int, seed: int, markers: tuple[str, ...] = MARKERS) -> Iterator[Case]:
    """`count` articles with a marker: half with a whole story after it, half with headlines between own paragraphs.

    Of some headlines in the middle the link is lost with its words: the story goes on below the marker.
    """
    rng = random.Random(seed)
    near: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        near[article.outlet].append(article)
    made = 0
    while made < count:
        own = rng.choice(articles)
        pool = near[own.outlet]
        sample = [other for other in rng.sample(pool, min(len(pool), 40)) if other is not own and other.title]
        if not sample or len(own.paragraphs) < 3:
            continue
        sample.sort(key=lambda other: -_likeness(own, other))
        other = sample[0] if rng.random() < 0.6 else rng.choice(sample)
        marker = rng.choice(markers if own.language == "ar" else MARKERS_FA)
        break_ = rng.choice((" ", "\n", "\n\n")) if marker[-1] in ":|" else "\n"
        made += 1
        if made % 2:
            ending = "\n" + rng.choice(ENDINGS) if rng.random() < 0.35 else ""
            titled = rng.random() < 0.9
            head = own.text + ending + "\n"
            text = head + marker + (break_ + other.title if titled else "") + "\n" + other.text
            if rng.random() < 0.2:
                text += "\nمقالات مشابهة\n" + "\n".join(f"• {more.title}" for more in sample[1:5])
            start = len(head) + len(marker) + (len(break_) if titled else 1)
            yield Case(f"{own.id}+m", "marked", own.title, text, start, 0, (other.title,))
        else:
            at = rng.randint(1, len(own.paragraphs) - 1)
            headlines = [more.title for more in sample[: rng.choice((0, 1, 1, 1, 1, 2, 3))]]
            if headlines and rng.random() < 0.5:  # most links are to the story's own subject, in its words
                headlines[0] = teaser_of(replace(own, paragraphs=own.paragraphs[rng.randint(0, at) :]), rng)[:90]
            block = marker + break_ + "\n".join(headlines)
            parts = [*own.paragraphs[:at], block, *own.paragraphs[at:]]
            if rng.random() < 0.3 and len(parts) - at > 3:
                parts.insert(rng.randint(at + 2, len(parts) - 1), marker + break_ + sample[-1].title)
            text = "\n".join(parts)
            yield Case(f"{own.id}+l", "inline", own.title, text)
