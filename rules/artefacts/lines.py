"""Lines of the page's template: labels with and without a value, tag lines, captions, lists of other pieces.

A label is a word at the start of a line with a mark after it or nothing at all; the lists of label words are data.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from corpuslint import (
    Anatomy,
    Applicability,
    Diagnostic,
    Docs,
    Edit,
    Example,
    FieldChange,
    Fix,
    Line,
    Role,
    RuleCode,
    RuleSpec,
    Severity,
    Span,
    Triggers,
    compile_re,
    labels,
    openers,
    page_lines,
    phrasebook,
)

_BODY = "افتتحت البلدية صباح اليوم حديقة عامة جديدة في الحي الشمالي بحضور عدد كبير من السكان.\n"
_BODY_FA = "شهرداری صبح امروز پارک تازه‌ای را در محله شمالی شهر با حضور شمار زیادی از مردم گشود.\n"
_STOP = compile_re(r"[.!?؟۔][\s»”\"')\]]*$")
_SEPARATORS = compile_re(
    r"\s*(?:[،,؛;|/•·#\t\n]|\s[-–—]\s|\N{NO-BREAK SPACE}{2,}| {2,})\s*".replace("\\N{NO-BREAK SPACE}", "\u00a0")
)


def labelled(anatomy: Anatomy, *kinds: str) -> Iterator[tuple[int, Line, labels.Label]]:
    """The label lines of `kinds`, each with its number among the filled lines."""
    return ((found.index, found.line, found.label) for found in anatomy.labels if found.label.kind in kinds)


def _is_item(line: Line) -> bool:
    """Whether a line is short enough, and unfinished enough, to be an entry of a list of tags."""
    return len(line.text) <= 40 and len(line.text.split()) <= 6 and not _STOP.search(line.text)


@dataclass(frozen=True)
class KeywordLine:
    """A label of tags, and the tags behind it or below it."""

    spec: RuleSpec

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        """One finding a list of tags."""
        if not anatomy.openers & openers.LABEL:
            return ()
        findings = list(self._report(anatomy))
        return findings if findings and not anatomy.only_page else ()

    def _report(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        lines = anatomy.filled
        tagged = list(labelled(anatomy, "keywords"))
        furnished = {piece.line.number for piece in anatomy.furniture} if tagged else ()
        for index, line, label in tagged:
            last, raw = index, label.value
            if not raw:
                while last + 1 < len(lines) and _follows(lines[last], lines[last + 1]) and _is_item(lines[last + 1]):
                    last += 1
                while last > index + 1 and lines[last].number in furnished:
                    last -= 1  # buttons below the tags
                ends = last + 1 == len(lines) or lines[last + 1].number in furnished
                tags = tuple(item.text.strip("#•-*· ") for item in lines[index + 1 : last + 1])
                if not tags or not (label.marked or ends):
                    continue
                raw = "، ".join(tags)
            elif _is_prose(raw) or (label.words.of(anatomy.text) in _COMMON and not _SEPARATORS.search(raw)):
                continue
            span = Span(line.body.start, lines[last].body.end)
            edit = Edit(Span(line.span.start, lines[last].full.end), "")
            fix = _lift(edit, _keywords(anatomy, raw, span))
            yield self.spec.report(anatomy.document, span, fix=fix, confidence=0.97)


_COMMON = frozenset(
    (
        "مواضيع",
        "المواضيع",
        "علامات",
        "العلامات",
        "دلالات",
        "موضوعات",
        "عنوانات",
        "بابەتەکان",
        "topics",
        "labels",
        "Topics",
    )
)
"""Tag labels that are everyday words: a value without a separator may be prose."""


def _is_prose(value: str) -> bool:
    return labels.reads_as_clause(value) or (bool(_STOP.search(value)) and len(value) > 60) or len(value) > 700


def _follows(above: Line, below: Line) -> bool:
    return below.number == above.number + 1


def _lift(edit: Edit, fields: tuple[FieldChange, ...]) -> Fix:
    """Take a line of tags out of the text and into the field that the title names."""
    return Fix(
        f"Lift the tags into `{fields[-1].name if fields else 'keywords'}`", Applicability.UNSAFE, (edit,), fields
    )


def _keywords(anatomy: Anatomy, raw: str, span: Span) -> tuple[FieldChange, ...]:
    """The tags in the letters of the article itself, each once; as a list where the text separates them."""
    if anatomy.metadata.get("keywords_raw") or anatomy.metadata.get("keywords"):
        return ()
    article = _Article(anatomy.text, span)
    raw = _WORD.sub(lambda match: article.spelling_of(match[0]), raw)
    if not _SEPARATORS.search(raw.strip(" ،,|#")):
        return (FieldChange("keywords_raw", _without_repeated_tail(article, raw)),)
    tags: dict[str, str] = {}
    for tag in _SEPARATORS.split(raw):
        if tag.strip("# .:"):
            tags.setdefault(phrasebook.folded_phrase(tag), tag.strip("# .:"))
    values = tuple(tags.values())
    return (FieldChange("keywords_raw", raw), FieldChange("keywords", "، ".join(values), values))


@dataclass(frozen=True)
class _Article:
    """A text without the line at `span`, and how it spells its words."""

    text: str
    span: Span

    def __contains__(self, words: str) -> bool:
        """Whether the article says `words`, not too far from the line: a text may have as many lines of tags as it
        has lines."""
        start, end = self.span
        return words in self.text[max(0, start - _NEAR) : start] or words in self.text[end : end + _NEAR]

    def spelling_of(self, word: str) -> str:
        """`word` as the article first spells it, where it has the same word in other letters only."""
        places = _spellings(self.text).get(phrasebook.fold(word), ())
        outside = next((at for at in places if not self.span.start <= at.start < self.span.end), None)
        return word if outside is None or word in self else outside.of(self.text)


_NEAR = 20_000
"""Characters on either side of a line of tags in which its words are looked for."""


@lru_cache(maxsize=1)  # each line of tags of a document asks
def _spellings(text: str) -> Mapping[str, Sequence[Span]]:
    """Folded word -> where the text has it, in order."""
    places: dict[str, list[Span]] = {}
    for match in _WORD.finditer(text):
        places.setdefault(phrasebook.fold(match[0]), []).append(Span(*match.span()))
    return places


_WORD = compile_re(r"[^\W\d_]+")


def _without_repeated_tail(article: _Article, raw: str) -> str:
    """Tags without separators: drop a last tag that is there already, standing for itself.

    Two or more words at the end that stand earlier too are a repeated tag, unless the word before the earlier ones
    belongs to them, as the article shows by using all of them together.
    """
    words = raw.split()
    for length in range(len(words) // 2, 1, -1):
        tail = [phrasebook.fold(word) for word in words[-length:]]
        for at in range(len(words) - 2 * length, -1, -1):
            if [phrasebook.fold(word) for word in words[at : at + length]] != tail:
                continue
            longer = " ".join(words[at - 1 : at + length]) if at else ""
            if longer and longer in article:
                return raw
            return " ".join(words[:-length])
    return raw


KEYWORDS = KeywordLine(
    RuleSpec(
        code=RuleCode("ART030"),
        name="keyword-line",
        summary="The tags of the page stand in the text",
        message="tag line of the page",
        severity=Severity.ERROR,
        triggers=Triggers(lines=openers.LABEL),
        docs=Docs(
            finds="A label for tags at the start of a line with tags behind it, or alone with short lines below it.",
            why="Tags are metadata. In the text they read as a sentence without a verb, and repeat the story's names.",
            fix_safety="The line goes; the tags become `keywords_raw`, and `keywords` where the text separates them. "
            "Each tag is kept once, in the letters that the article uses.",
        ),
        invalid=(
            Example(
                _BODY + "الوسوم: حدائق، بلدية، حدائق\n",
                spans=("الوسوم: حدائق، بلدية، حدائق",),
                fixed=_BODY,
                fields={"keywords_raw": "حدائق، بلدية، حدائق", "keywords": ("حدائق", "بلدية")},
            ),
            Example(
                _BODY + "كلمات دلالية: حديقة عامة البلدية حدیقة عامة\n",
                fixed=_BODY,
                fields={"keywords_raw": "حديقة عامة البلدية"},
            ),
            Example(
                _BODY_FA + "برچسب‌ها:\nپارک\nشهرداری\n",
                fixed=_BODY_FA,
                fields={"keywords_raw": "پارک، شهرداری", "keywords": ("پارک", "شهرداری")},
            ),
            Example(
                _BODY + "الكلمات الدلالية\nالبلدية\nالحدائق\nمشاركة\nطباعة\n",
                fixed=_BODY + "مشاركة\nطباعة\n",
                fields={"keywords_raw": "البلدية، الحدائق", "keywords": ("البلدية", "الحدائق")},
                why="buttons stand below the tags",
            ),
        ),
        valid=(
            Example("كلمات مفتاحية في خطاب الوزير تكررت خمس مرات.\n" + _BODY, why="the words open a sentence"),
            Example("مواضيع كثيرة ناقشها المجلس\n" + _BODY, why="an everyday word in a headline"),
            Example(_BODY_FA + "برچسب‌ها: روی کالاها باید نام سازنده نوشته شود\n" + _BODY_FA, why="a sentence"),
            Example(_BODY + "ٹیگز: ہر گاڑی پر لگائے جائیں گے\n" + _BODY, why="a sentence"),
        ),
    )
)


@dataclass(frozen=True)
class LabelLine:
    """A label of one kind with a value, on a line of its own."""

    spec: RuleSpec
    kind: str
    title: str

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        """One finding a line."""
        if not anatomy.openers & openers.LABEL:
            return ()
        findings = list(self._report(anatomy))
        return findings if findings and not anatomy.only_page else ()

    def _report(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        for index, line, label in labelled(anatomy, self.kind):
            # at the end a label alone is a dangling one
            caption = phrasebook.folded_phrase(label.words.of(anatomy.text)) in _CAPTIONS and index + 1 < len(
                anatomy.filled
            )
            template = bool(label.value) and len(line.text) <= 140 and self._is_template(anatomy, line, label)
            if template or (caption and not label.value):
                fix = Fix(self.title, Applicability.UNSAFE, (Edit(line.full, ""),))
                named = caption or self._names(anatomy, label)
                yield self.spec.report(
                    anatomy.document,
                    line.body,
                    fix=fix,
                    confidence=_NAMED if named else _TOLD,
                )

    def _names(self, anatomy: Anatomy, label: labels.Label) -> bool:
        """Whether the value is a name, a code or a link, behind a label that no list of facts in an article has."""
        if self.kind == "section" and phrasebook.folded_phrase(label.words.of(anatomy.text)) in _OF_FACTS:
            return False
        return len(label.value.split()) <= 4 and not labels.reads_as_clause(label.value)

    def _is_template(self, anatomy: Anatomy, line: Line, label: labels.Label) -> bool:
        words = label.value.split()
        if self.kind == "section":
            return bool(re.fullmatch(r"[\w/.:#-]{1,60}", label.value)) or (
                len(words) <= 3 and not _STOP.search(label.value) and _at_edge(anatomy, line)
            )
        return len(words) <= 18 and (not _STOP.search(label.value) or len(words) <= 6) and "؟" not in label.value


_NAMED, _TOLD = 0.97, 0.85
"""How often labelled lines were right where they were read: with a name behind the label, and with words that tell."""

_OF_FACTS = frozenset(
    map(phrasebook.folded_phrase, ("القضية", "الملف", "الدولة", "المدينة", "البلد", "اللغة", "گروه", "بخش", "جۆر"))
)
"""Labels of sections that lists of facts have, too ("city: …" in the portrait of a man)."""

_CAPTIONS = frozenset(
    phrasebook.folded_phrase(phrase)
    for phrase in (
        "صورة أرشيفية",
        "الصورة أرشيفية",
        "صورة من الأرشيف",
        "صورة تعبيرية",
        "الصورة تعبيرية",
        "عکس آرشیو",
        "عکس آرشیوی",
        "عکس آرشیوی است",
        "عکس از آرشیو",
        "عکس تزئینی",
        "عکس تزئینی است",
        "تصویر تزئینی است",
        "فائل فوٹو",
        "وێنە ئەرشیف",
    )
)
"""Captions that are one whole: "file photo"."""


def _at_edge(anatomy: Anatomy, line: Line) -> bool:
    """Whether no paragraph stands before the line, or none after it."""
    first, last = anatomy.fact(_paragraphs)
    return first == 0 or line.number < first or line.number > last


def _paragraphs(anatomy: Anatomy) -> tuple[int, int]:
    """The numbers of the first and the last line that is a paragraph; 0 where there is none."""
    texts = [
        line.number
        for line, role in zip(anatomy.lines, anatomy.roles, strict=True)
        if role is Role.BODY and (len(line.text) > 80 or _STOP.search(line.text))
    ]
    return (texts[0], texts[-1]) if texts else (0, 0)


PHOTO = LabelLine(
    RuleSpec(
        code=RuleCode("ART031"),
        name="photo-caption-line",
        summary="A caption or the credit of a picture stands in the text",
        message="caption or credit of a picture",
        severity=Severity.ERROR,
        triggers=Triggers(lines=openers.LABEL),
        docs=Docs(
            finds="A label for pictures, photographers, or videos at the start of a line, and a short value behind it.",
            why="It speaks of something that is not there.",
            fix_safety="The line goes. A caption can hold a fact that the text lacks.",
        ),
        invalid=(
            Example(_BODY + "تصوير: سامي ناصر\n", spans=("تصوير: سامي ناصر",), fixed=_BODY),
            Example(_BODY + "صدر الصورة، Reuters\n" + _BODY, spans=("صدر الصورة، Reuters",), fixed=_BODY + _BODY),
            Example("صورة أرشيفية\n" + _BODY, spans=("صورة أرشيفية",), fixed=_BODY),
            Example("عکس: مهدی کریمی\n" + _BODY_FA, fixed=_BODY_FA),
            Example("Image source: Getty Images\n" + _BODY, fixed=_BODY),
        ),
        valid=(
            Example("صورة قاتمة يرسمها التقرير للاقتصاد\n" + _BODY, why="the word opens a headline"),
            Example("تصوير: هل يجوز تصوير المارة في الشارع دون إذن منهم؟\n" + _BODY, why="a question follows"),
        ),
    ),
    "photo",
    "Delete the line",
)

SECTION = LabelLine(
    RuleSpec(
        code=RuleCode("ART032"),
        name="section-or-number-line",
        summary="The section or the number of the piece stands in the text",
        message="section, number or short link of the page",
        severity=Severity.ERROR,
        triggers=Triggers(lines=openers.LABEL),
        docs=Docs(
            finds="Labels such as “section”, “news code”, “short link” with a code or a few words behind them, at "
            "an edge.",
            why="They belong to the outlet's database.",
            fix_safety="The line goes, with the name of the section.",
        ),
        invalid=(
            Example("کد خبر: 482913\n" + _BODY_FA, spans=("کد خبر: 482913",), fixed=_BODY_FA),
            Example(_BODY + "القسم: محليات\n", fixed=_BODY),
        ),
        valid=(Example("الملف: بداية النهاية أم نهاية البداية لهذا العام الطويل\n" + _BODY, why="a headline"),),
    ),
    "section",
    "Delete the line",
)


@dataclass(frozen=True)
class DanglingLabel:
    """A label whose value the scraper lost."""

    spec: RuleSpec
    kinds = ("keywords", "photo", "author", "section", "related")

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        """One finding a label."""
        if not anatomy.openers & openers.LABEL:
            return ()
        findings = list(self._report(anatomy))
        return findings if findings and not anatomy.only_page else ()

    def _report(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        lines = anatomy.filled
        labelled_lines = {found.line.number for found in anatomy.labels}
        for index, line, label in labelled(anatomy, *self.kinds):
            if label.value or len(line.text) > 60:
                continue
            below = lines[index + 1] if index + 1 < len(lines) else None
            edge = below is None or (_at_edge(anatomy, line) and self._is_page(anatomy, below))
            colon_at_end = label.marked and below is not None and below.number in labelled_lines
            single = len(label.words.of(anatomy.text).split()) == 1
            if (
                below is None
                and index
                and (
                    label.marked
                    or label.kind == "related"
                    or not single
                    or label.words.of(anatomy.text) in _TEMPLATE_WORDS
                )
            ):
                pass
            elif not (index and (edge or colon_at_end) and (label.marked or not single)):
                continue
            fix = Fix("Delete the line", Applicability.UNSAFE, (Edit(line.full, ""),))
            sure, severity, evidence = page_lines.verdict(anatomy, line)
            if severity is None:
                sure = round(
                    1 - (1 - sure) / 2, 4
                )  # what stands around the label, asked for above, the weights know not
            yield self.spec.report(
                anatomy.document,
                line.body,
                fix=fix,
                severity=severity,
                confidence=sure,
                evidence=evidence,
                label=label.words.of(anatomy.text),
            )

    def _is_page(self, anatomy: Anatomy, line: Line) -> bool:
        """Whether the line below is no value of the label: furniture, a label, code."""
        role = anatomy.roles[line.number - 1]
        return role not in (Role.BODY, Role.SUBHEAD, Role.QUOTE, Role.HEADLINE, Role.KICKER, Role.RELATED, Role.TEASER)


_TEMPLATE_WORDS = frozenset(
    (
        "الوسوم",
        "وسوم",
        "التصنيفات",
        "الأقسام",
        "برچسب",
        "کلیدواژه",
        "ٹیگز",
        "تاگەکان",
        "Tags",
        "tags",
        "Related",
        "بقلم",
    )
)

DANGLING = DanglingLabel(
    RuleSpec(
        code=RuleCode("ART033"),
        name="dangling-label",
        summary="A label of the page has lost its value",
        message="label without a value: {label}",
        severity=Severity.ERROR,
        triggers=Triggers(lines=openers.LABEL),
        docs=Docs(
            finds="A label of the template (author, section, tags, “related stories”, “in the news”) that ends the "
            "document, or is followed by another piece of the page. Labels of sources and dates have rules of their "
            "own.",
            why="The scraper kept the word and lost the link or the list behind it.",
            fix_safety="Only a label with nothing behind it goes.",
        ),
        invalid=(
            Example(_BODY + "أخبار ذات صلة\n", spans=("أخبار ذات صلة",), fixed=_BODY),
            Example(_BODY_FA + "برچسب‌ها:\n", fixed=_BODY_FA),
            Example(_BODY + "الكاتب:\nالقسم:\n", fixed=_BODY),
        ),
        valid=(
            Example("تقرير\n" + _BODY, why="a kicker above the text"),
            Example(_BODY + "أخبار أخرى:\n" + _BODY, why="a text follows"),
        ),
    )
)


@dataclass(frozen=True)
class RelatedList:
    """A heading of other pieces and the headlines below it."""

    spec: RuleSpec

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        """One finding a list."""
        if not anatomy.openers & openers.LABEL:
            return ()
        findings = list(self._report(anatomy))
        return findings if findings and not anatomy.only_page else ()

    def _report(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        lines = anatomy.filled
        known = {found.index for found in anatomy.labels if found.label.kind == "related" and not found.label.value}
        headings = [
            index
            for index, line in enumerate(lines)
            if len(line.text) <= 60 and (index in known or _heads_a_list(lines, index))
        ]
        if not headings:
            return
        roles = anatomy.roles
        # "Video: …" names the kind of a piece in a list.
        media = {found.index for found in anatomy.labels if found.label.kind == "photo" and found.label.value}
        _, last_paragraph = anatomy.fact(_paragraphs)
        taken = -1
        for index in headings:
            if index <= taken:
                continue
            line = lines[index]
            last, bulleted = index, 0
            while last + 1 < len(lines) and (
                _is_entry(lines[last + 1], roles[lines[last + 1].number - 1]) or (last > index and last + 1 in media)
            ):
                last += 1
                bulleted += bool(_BULLET.match(lines[last].text))
            items = last - index
            ends = last + 1 == len(lines) or roles[lines[last + 1].number - 1] not in (Role.BODY, Role.QUOTE)
            under = index in known and 0 < last_paragraph < line.number
            while not ends and last > index + 2 and _GOES_ON.match(lines[last].text):
                last -= 1  # a sentence that goes on with the story, whose stop was lost
            items = last - index
            between = index in known and index > 0 and not ends and _is_box(lines[index : last + 1])
            if items == 0 or not (
                between or (bulleted == items and index in known) or ((items >= 2 or under) and ends)
            ):
                continue
            taken = last
            span = Span(line.body.start, lines[last].body.end)
            edit = Edit(Span(line.span.start, lines[last].full.end), "")
            fix = Fix("Cut the list", Applicability.UNSAFE, (edit,))
            yield self.spec.report(anatomy.document, span, fix=fix, count=items)


def _is_box(lines: Sequence[Line]) -> bool:
    """Whether a heading that points away and two to six short headlines stand between paragraphs, as a box did."""
    heading, *items = lines
    return (
        2 <= len(items) <= 6
        and bool(_POINTS_AWAY.search(phrasebook.folded_phrase(heading.text)))
        and all(len(item.text) <= 90 and not _STOP.search(item.text) for item in items)
    )


_GOES_ON = compile_re(
    r"و(?:قد|لم|لن|لا|ما|في|من|على|عن|إن|هو|هي|كانت?|يقول|تقول|قالت?|أضافت?|أكدت?|أوضحت?|ذكرت?|أشارت?|جاء|يأتي|تأتي|تم)\s"
)

_AWAY = (
    "أيضا",
    "كذلك",
    "صلة",
    "متعلقة",
    "مشابهة",
    "يهمك",
    "يفوتك",
    "مرتبط",
    "بخوانید",
    "ببینید",
    "پیشنهادی",
    "پڑھیں",
    "پڑھیے",
    "متعلقہ",
    "بخوێنەوە",
    "پەیوەندیدار",
    "ولولئ",
    "also",
    "related",
)
_POINTS_AWAY = compile_re("|".join(map(phrasebook.fold, _AWAY)))


def _is_entry(line: Line, role: Role) -> bool:
    """Whether a line below a heading is a headline of another piece: bulleted, or without a full stop."""
    if role in (Role.RELATED, Role.TEASER):
        return True
    if role not in (Role.BODY, Role.SUBHEAD, Role.QUOTE, Role.HEADLINE, Role.KICKER):
        return False
    if _BULLET.match(line.text):
        return True
    # headlines ask, and a list cuts long ones short
    return 15 <= len(line.text) <= 160 and (not _STOP.search(line.text) or line.text.endswith(("؟", "...", "…")))


def _heads_a_list(lines: tuple[Line, ...], index: int) -> bool:
    """Whether a short line without a stop, in no known wording, heads a list: its words name collections of pieces."""
    text = lines[index].text
    if index == 0 or len(text) > 40 or text[-1] in ".!؟?۔،":
        return False
    words = phrasebook.folded_phrase(text).split(" ")
    return len(words) <= 6 and not _collections().isdisjoint(words)


@cache
def _collections() -> frozenset[str]:
    return phrasebook.folded("artefacts", "words-collection")


_BULLET = compile_re(r"[•●▪■◾*►▶»›>+✓-]\s|\d{1,2}[-.)]\s")

RELATED = RelatedList(
    RuleSpec(
        code=RuleCode("ART034"),
        name="related-headlines",
        summary="A list of headlines of other pieces stands in the text",
        message="list of {count} headlines of other pieces",
        severity=Severity.ERROR,
        triggers=Triggers(lines=openers.LABEL),
        docs=Docs(
            finds="A heading such as “similar articles”, “most read”, “از دست ندهید”, and the lines below it that are "
            "bulleted, cut with an ellipsis, or end without a full stop. A single headline with a text below it is a "
            "second story, which the MIX rules judge.",
            why="Sentences without context, of other days, that repeat over thousands of pages.",
            fix_safety="The heading and the headlines go. A list of an article's own points under such a heading "
            "would go too.",
        ),
        invalid=(
            Example(
                _BODY + "مقالات مشابهة\n• جسر جديد في المدينة\n• متحف البحر يستقبل زواره\n",
                spans=("مقالات مشابهة\n• جسر جديد في المدينة\n• متحف البحر يستقبل زواره",),
                fixed=_BODY,
            ),
            Example(
                _BODY + "اقرأ أيضا:\nجسر جديد في المدينة\n",
                fixed=_BODY,
                why="a single headline, and nothing below it",
            ),
            Example(_BODY_FA + "مطالب پیشنهادی\nپل تازه شهر باز شد\nویدئو/ موزه دریا آماده بازدید\n", fixed=_BODY_FA),
            Example(
                _BODY + "موضوعات قد تهمك\nمتى يفتح جسر المدينة الجديد؟\nمتحف البحر يستقبل مليون زائر في...\n",
                fixed=_BODY,
                why="headlines ask, and are cut short",
            ),
            Example(_BODY_FA + "از دست ندهید\nپل تازه شهر باز شد\nموزه دریا آماده بازدید\n", fixed=_BODY_FA),
            Example(
                _BODY + "شاهد أيضا\nجسر جديد في المدينة\nمتحف البحر يستقبل زواره\n" + _BODY,
                fixed=_BODY + _BODY,
                why="a box between paragraphs",
            ),
        ),
        valid=(Example(_BODY + "آخر الأخبار:\nحديقة ثالثة\n" + _BODY, why="one headline with a text below it"),),
    )
)


@dataclass(frozen=True)
class ReadAlsoLine:
    """“Read also: HEADLINE” on one line."""

    spec: RuleSpec

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        """One finding a line."""
        if not anatomy.openers & openers.LABEL:
            return ()
        findings = list(self._report(anatomy))
        return findings if findings and not anatomy.only_page else ()

    def _report(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        for index, line, label in labelled(anatomy, "related"):
            if index and label.value and label.marked and len(line.text) <= 220 and "." not in label.value[:-1]:
                if any(cut.covers(line.body) for cut in anatomy.marked_cuts):
                    continue  # a story or more headlines follow, and the line leaves with them (MIX001, MIX004)
                fix = Fix("Delete the line", Applicability.UNSAFE, (Edit(line.full, ""),))
                told = _STOP.search(label.value) and not label.value.endswith(("؟", "?", "!"))
                told = told or labels.reads_as_clause(label.value.split()[0])
                yield self.spec.report(
                    anatomy.document,
                    line.body,
                    fix=fix,
                    severity=Severity.WARNING if told else None,
                    confidence=_TOLD if told else 0.98,
                )


READ_ALSO = ReadAlsoLine(
    RuleSpec(
        code=RuleCode("ART035"),
        name="read-also-line",
        summary="A line sends the reader to another piece",
        message="line that sends the reader to another piece",
        severity=Severity.ERROR,
        triggers=Triggers(lines=openers.LABEL),
        docs=Docs(
            finds="“Read also: …”, “بیشتر بخوانید: …”, “یہ بھی پڑھیں: …” with one headline on the same line.",
            why="The headline is another story's, in the middle of this one.",
            fix_safety="The line goes, marker and headline; the paragraphs around it stay. Where a sentence that ends "
            "or a verb of telling follows the marker, somebody may say it: the fix is only shown.",
        ),
        invalid=(
            Example(
                _BODY + "اقرأ أيضا: جسر جديد في المدينة\n" + _BODY,
                spans=("اقرأ أيضا: جسر جديد في المدينة",),
                fixed=_BODY + _BODY,
            ),
            Example(_BODY_FA + "بیشتر بخوانید: پل تازه شهر باز شد\n" + _BODY_FA, fixed=_BODY_FA + _BODY_FA),
        ),
        valid=(Example(_BODY + "اقرأ أيضا ما كتبه الجاحظ في هذا الباب.\n" + _BODY, why="no mark after the words"),),
    )
)


@dataclass(frozen=True)
class TagBar:
    """Tags without a label, under the text, with bars or bullets between them."""

    spec: RuleSpec

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """One finding a line."""
        lines = anatomy.filled
        for index in range(max(2, len(lines) - _TAGS_REACH), len(lines)):
            line = lines[index]
            tags = [tag.strip("#: ") for tag in _BAR.split(line.text) if tag.strip()]
            if not 3 <= len(tags) <= 15 or len(line.text) > 300 or _STOP.search(line.text):
                continue
            if any(len(tag) > 32 or tag.count(" ") > 3 or _DIGIT_OR_COLON.search(tag) for tag in tags):
                continue
            near = anatomy.text[max(0, line.span.start - _NEAR) : line.span.start].split("\n")
            article = phrasebook.folded_phrase(" ".join(above for above in near if len(above) > _PARAGRAPH))
            told = sum(1 for tag in tags if f" {phrasebook.folded_phrase(tag)} " in f" {article} ")
            if told < 2 or 3 * told < len(tags) or any(piece.line.number == line.number for piece in anatomy.furniture):
                continue
            fix = _lift(Edit(line.full, ""), _keywords(anatomy, " | ".join(tags), line.body))
            yield self.spec.report(anatomy.document, line.body, fix=fix, confidence=0.95)


_TAGS_REACH = 6
_PARAGRAPH = 60
"""Characters from which a line is text: what only menus name is no tag."""
_BAR = compile_re(r"\s*[|•·]\s*")
_DIGIT_OR_COLON = compile_re(r"[\d:?!؟،,]")

TAG_BAR = TagBar(
    RuleSpec(
        code=RuleCode("ART039"),
        name="tag-bar",
        summary="The tags of the page stand under the text, without a label",
        message="tags of the page",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=(r"\|[^|\n]{1,40}\|", r"•[^•\n]{1,40}•", r"·[^·\n]{1,40}·")),
        docs=Docs(
            finds="One of the last lines, with three or more short pieces between bars or bullets, at least two of "
            "which the article itself names.",
            why="Tags are metadata; they repeat the story's names without saying anything of them.",
            fix_safety="The line goes; the tags become `keywords` where none are declared.",
        ),
        invalid=(
            Example(
                _BODY + _BODY + "البلدية | حديقة عامة | الحي الشمالي\n",
                spans=("البلدية | حديقة عامة | الحي الشمالي",),
                fixed=_BODY + _BODY,
            ),
            Example(_BODY_FA * 2 + "پارک • شهرداری • مردم • شهر\n", fixed=_BODY_FA * 2),
        ),
        valid=(
            Example(_BODY + _BODY + "جزر | بطاطا | كوسا\n", why="the article does not speak of them"),
            Example(_BODY + _BODY + "البلدية | 12 | 14 | السكان\n", why="a row of a table"),
        ),
    )
)


RULES = (TAG_BAR, KEYWORDS, PHOTO, SECTION, DANGLING, RELATED, READ_ALSO)
