"""Sources: missing, named by nobody in particular, contradicting, without value, or left as a line in the text."""

from collections.abc import Iterable, Iterator

from corpuslint import (
    Anatomy,
    Applicability,
    Diagnostic,
    Docs,
    DocumentId,
    Edit,
    Example,
    FieldChange,
    Fix,
    RuleCode,
    RuleSpec,
    Scope,
    Severity,
    Span,
    Triggers,
    openers,
    sources,
)

SourceRole = sources.SourceRole
Mention = sources.Mention

_DECLARES = ("source", "url", "author", "publisher", "outlet", "domain", "byline")
"""Metadata that names who published a text; `url` does so by its host."""

_MAY_NAME_SOURCE = openers.SOURCE | openers.EDGE

_NAMES = (
    SourceRole.LABEL,
    SourceRole.DESK,
    SourceRole.BYLINE,
    SourceRole.AUTHOR,
    SourceRole.SIGNATURE,
    SourceRole.DATELINE,
    SourceRole.INLINE,
)
_BODY = (
    "افتتحت البلدية صباح اليوم حديقة عامة جديدة في الحي الشمالي بحضور عدد كبير من سكان المدينة والقرى المجاورة لها.\n"
)
_BODY_FA = "شهرداری صبح امروز پارک تازه‌ای را در محله شمالی شهر با حضور شمار زیادی از مردم شهر و روستاهای نزدیک گشود.\n"


def declares_source(anatomy: Anatomy) -> bool:
    """Whether the metadata name a source."""
    return any(map(anatomy.stated, _DECLARES))


class MissingSource:
    """Nothing names the source: no metadata, no line, no dateline, no disclaimer."""

    spec = RuleSpec(
        code=RuleCode("SRC001"),
        name="missing-source",
        summary="Nothing names the source of the document",
        message="no source: neither metadata nor text name an outlet, an agency or an author",
        severity=Severity.ERROR,
        scope=Scope.DOCUMENT,
        docs=Docs(
            finds="Documents whose metadata have no `source` or `url` and whose text names no outlet in a label, a "
            "desk "
            "line, a byline, a dateline, a signature, an inline “به گزارش …” or a disclaimer. An agency quoted "
            "inside the "
            "story is its witness, not its source.",
            why="Without a source a text can be neither credited, nor licensed, nor checked.",
            fix_safety="There is no fix: a person has to say.",
            options="Declare the source in the record or in `NAME.meta.json`.",
        ),
        invalid=(
            Example(_BODY, why="a text and nothing else"),
            Example(_BODY, metadata={"source": "غير معروف"}, why="a word for nothing is no value"),
            Example(_BODY, metadata={"source": "وكالات"}, why="agencies in general name nobody"),
            Example(_BODY, metadata={"url": "https://t.me/manara"}, why="a channel is not where the text was scraped"),
            Example(_BODY + "المصدر\n", why="a label alone names nobody"),
            Example(
                _BODY + "وقال مصدر مطلع لوكالة رويترز إن الحديقة ستفتح أبوابها ليلا أيضا.\n",
                why="an agency quoted in the story",
            ),
        ),
        valid=(
            Example(_BODY, metadata={"source": "المنارة"}, why="declared"),
            Example(_BODY, metadata={"url": "https://manara.example/1"}, why="the address names the site"),
            Example("عمان - بترا: " + _BODY, why="a dateline with an agency"),
            Example(_BODY + "(رويترز)\n", why="a signature"),
            Example("سامي ناصر – عمّان\n" + _BODY, why="an author's line"),
            Example("بقلم: سامي ناصر\n" + _BODY, why="an author behind a label"),
            Example("عمان ـ «القدس العربي» ـ وكالات: " + _BODY, why="a dateline with a paper in quotation marks"),
            Example("به گزارش ایسنا، " + _BODY_FA, why="an inline attribution"),
            Example("MANARA.EXAMPLE\n" + _BODY, why="the site's name above the story"),
            Example("MANARA.EXAMPLE- سامي ناصر\n" + _BODY, why="the site's name before an author's"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        """At most one finding."""
        if declares_source(anatomy) or not anatomy.filled:
            return ()
        roles = {mention.role for mention in anatomy.sources}
        if roles.intersection(_NAMES) or SourceRole.CREDIT in roles or SourceRole.DISCLAIMER in roles:
            return ()
        if anatomy.document.declared("source_evidence"):
            return ()
        declared = anatomy.document.declared("source")
        names = f"no source: “{declared}”, which is declared, names nobody" if declared else ""
        return (self.spec.report(anatomy.document, message=names),)


class CreditOnly:
    """A credit that names nobody is all there is."""

    spec = RuleSpec(
        code=RuleCode("SRC002"),
        name="credit-names-nobody",
        summary="The only credit names nobody in particular",
        message="the only credit, “{credit}”, names nobody",
        severity=Severity.ERROR,
        triggers=Triggers(lines=_MAY_NAME_SOURCE),
        scope=Scope.DOCUMENT,
        docs=Docs(
            finds="Documents whose only attribution is “from agencies”, “world press”, “web desk”, or the like.",
            why="It looks like a source and cannot be credited, licensed or checked.",
            fix_safety="There is no fix: a person has to say.",
        ),
        invalid=(
            Example(_BODY + "عن وكالات\n"),
            Example(_BODY + "(وكالات)\n"),
        ),
        valid=(
            Example("متابعة / المنارة نيوز\n" + _BODY + "عن وكالات\n", why="an outlet is named too"),
            Example(_BODY + "عن وكالات\n", metadata={"source": "المنارة"}, why="declared"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        """At most one finding."""
        if declares_source(anatomy) or not anatomy.may_name_source:
            return ()
        roles = {mention.role for mention in anatomy.sources}
        if SourceRole.CREDIT not in roles or roles.intersection(_NAMES) or SourceRole.DISCLAIMER in roles:
            return ()
        credit = next(mention.name for mention in anatomy.sources if mention.role is SourceRole.CREDIT)
        return (self.spec.report(anatomy.document, credit=credit),)


class OnlyInDisclaimer:
    """Only a disclaimer, a rights line or a permalink names the outlet."""

    spec = RuleSpec(
        code=RuleCode("SRC003"),
        name="source-only-in-disclaimer",
        summary="Only a disclaimer of the page names the outlet",
        message="no source, but a disclaimer of the page names {name}",
        severity=Severity.WARNING,
        scope=Scope.DOCUMENT,
        docs=Docs(
            finds="Documents without a source whose comment policy, rights line or permalink names an outlet, or whose "
            "metadata keep what such a line named (`source_evidence`).",
            why="It is very likely the source; a person should confirm it, and the line must be read before it is cut.",
            fix_safety="There is no fix; the rules that cut the line lift the name into `source_evidence`.",
        ),
        invalid=(
            Example(_BODY + "التعليقات المنشورة لا تعبر بالضرورة عن رأي صحيفة المنارة\n"),
            Example(_BODY, metadata={"source_evidence": "المنارة"}),
        ),
        valid=(
            Example(_BODY, metadata={"source": "المنارة", "source_evidence": "المنارة"}, why="confirmed"),
            Example(_BODY + "التعليقات المنشورة لا تعبر بالضرورة عن رأي الموقع\n", why="“the site” names nobody"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        """At most one finding."""
        if declares_source(anatomy):
            return ()
        kept = anatomy.document.declared("source_evidence")
        mentions = anatomy.sources
        if any(mention.role in _NAMES for mention in mentions):
            return ()
        named = [mention for mention in mentions if mention.role is SourceRole.DISCLAIMER]
        name = named[0].name if named else kept
        if not name:
            return ()
        return (self.spec.report(anatomy.document, name=name, evidence={"source": name}),)


Hosts = dict[str, tuple[int, str]]
"""By the outlet that an address names: how many documents without a source have it, and the first of them."""


class OnlyInAddress:
    """Outlets that only the addresses of documents name."""

    spec = RuleSpec(
        code=RuleCode("SRC006"),
        name="source-only-in-address",
        summary="Only the addresses of the pages name the outlet",
        message="no source, but the address names {name}",
        severity=Severity.INFO,
        scope=Scope.DOCUMENT,
        docs=Docs(
            finds="Documents without a `source` of their own whose `url` names an outlet by its host: one finding an "
            "outlet, on its first document.",
            why="A dataset has no `source` for them; the outlet of the site is very likely it.",
            fix_safety="It is only shown: `source_evidence` is what the host says, and for a person to confirm. "
            "`[[defaults]]` in the configuration declares the source of a whole folder.",
        ),
        invalid=(Example(_BODY, metadata={"url": "https://manara.example/1"}),),
        valid=(
            Example(_BODY, metadata={"url": "https://manara.example/1", "source": "المنارة"}, why="declared"),
            Example(_BODY + "المصدر: رويترز\n", metadata={"url": "https://manara.example/1"}, why="the text names one"),
            Example(_BODY, metadata={"url": "https://t.me/manara/5"}, why="a post on a messenger"),
        ),
    )

    def empty(self) -> Hosts:
        """What no document shows."""
        return {}

    def collect(self, state: Hosts, anatomy: Anatomy) -> Hosts:
        """The state with one document more."""
        if anatomy.stated("source") or anatomy.document.declared("source_evidence") or not anatomy.stated("url"):
            return state
        name = sources.outlet_of_address(anatomy.stated("url"))
        if not name or any(mention.role in _NAMES and mention.outlet for mention in anatomy.sources):
            return state
        return self.merge(state, {name: (1, anatomy.document.id)})

    def merge(self, left: Hosts, right: Hosts) -> Hosts:
        """The state of both."""
        both = dict(left)
        for name, (count, first) in right.items():
            known, earliest = both.get(name, (0, first))
            both[name] = (known + count, min(earliest, first))
        return both

    def judge(self, state: Hosts) -> Iterator[Diagnostic]:
        """A finding an outlet."""
        for name, (count, first) in sorted(state.items()):
            message = self.spec.message.format(name=name) + (f" (in {count} documents)" if count > 1 else "")
            fix = Fix(
                "Note the outlet of the address", Applicability.DISPLAY, (), (FieldChange("source_evidence", name),)
            )
            yield self.spec.report_on(DocumentId(first), message=message, fix=fix, evidence={"source": name})


class EmptySourceLabel:
    """A source label with nothing after it."""

    spec = RuleSpec(
        code=RuleCode("SRC004"),
        name="source-label-without-value",
        summary="A source label has lost its value",
        message="source label without a value",
        severity=Severity.ERROR,
        triggers=Triggers(lines=openers.SOURCE),
        docs=Docs(
            finds="A line that holds a source label and nothing else, at an edge of the text or with a colon.",
            why="The value was a link or a picture, which the scraper dropped.",
            fix_safety="The label goes; it names nobody.",
        ),
        invalid=(
            Example(_BODY + "المصدر\n", spans=("المصدر",), fixed=_BODY),
            Example(_BODY_FA + "منبع:\n", fixed=_BODY_FA),
            Example(": المصدر\n" + _BODY, fixed=_BODY),
            Example(_BODY + "المصدر: غير معروف\n", fixed=_BODY, why="a word for nothing is no value"),
        ),
        valid=(
            Example(_BODY + "المصدر: رويترز\n", why="it has a value"),
            Example(_BODY + "وقال المصدر\n" + _BODY, why="a witness in the story"),
            Example(_BODY + "المصدر:\nhttps://manara.example/2024/05/bridge\n", why="the value stands below it"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        """One finding a label."""
        if not anatomy.openers & openers.SOURCE:
            return ()
        return [
            self.spec.report(
                anatomy.document,
                mention.whole,
                fix=Fix("Delete the label", Applicability.UNSAFE, (Edit(mention.line.full, ""),)),
                confidence=_READ,
            )
            for mention in anatomy.sources
            if mention.role is SourceRole.EMPTY
        ]


def _outlets_in_lines(anatomy: Anatomy) -> list[Mention]:
    """Outlets, not agencies, that lines of their own name as the source."""
    return [
        mention
        for mention in anatomy.sources
        if mention.role in (SourceRole.LABEL, SourceRole.DESK)
        and mention.owns_line
        and mention.outlet
        and not mention.agency
    ]


class ContradictingSources:
    """Two outlets claim one document."""

    spec = RuleSpec(
        code=RuleCode("SRC005"),
        name="contradicting-sources",
        summary="Two outlets are named as the source",
        message="“{other}” is named as the source beside “{first}”",
        severity=Severity.WARNING,
        triggers=Triggers(lines=_MAY_NAME_SOURCE),
        docs=Docs(
            finds="Two source lines, or a source line and the declared `source`, that name two known outlets. "
            "Agencies do "
            "not count: outlets print their copy. Spellings of one outlet are one outlet.",
            why="One of them is wrong, or two stories stand in one document.",
            fix_safety="There is no fix: a person has to say.",
        ),
        invalid=(
            Example(_BODY + "المصدر: عكاظ\n" + "المصدر: هسبريس\n", spans=("هسبريس",)),
            Example(_BODY + "المصدر: عكاظ\n", metadata={"source": "هسبريس"}, spans=("عكاظ",)),
        ),
        valid=(
            Example(_BODY + "المصدر: عكاظ\n", metadata={"source": "صحيفة عكاظ"}, why="one outlet in two spellings"),
            Example("عكاظ - الرياض\n" + _BODY + "المصدر: رويترز\n", why="an outlet and an agency"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        """One finding a source that differs from the first."""
        if not anatomy.may_name_source:
            return ()
        return list(self._report(anatomy))

    def _report(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        mentions = _outlets_in_lines(anatomy)
        declared = anatomy.stated("source")
        known = sources.known_outlet(declared) if declared else None
        first = known.name if known and not known.agency else mentions[0].outlet if mentions else ""
        shown = declared if known and not known.agency else mentions[0].name if mentions else ""
        for mention in mentions:
            if first and mention.outlet != first:
                yield self.spec.report(anatomy.document, mention.span, other=mention.name, first=shown)


class SourceInBody:
    """A line that names the source stands in the text."""

    spec = RuleSpec(
        code=RuleCode("SRC010"),
        name="source-line-in-body",
        summary="A line that names the source stands in the text",
        message="source line in the text: {name}",
        severity=Severity.WARNING,
        triggers=Triggers(lines=_MAY_NAME_SOURCE),
        docs=Docs(
            finds="Label lines (“المصدر: …”, “منبع: …”), desk lines (“متابعة / …”), bylines with an outlet, "
            "signatures of "
            "outlets and agencies, on lines of their own at an edge of the text or glued to its end.",
            why="The source is metadata; in the text it is a line that a thousand articles share.",
            fix_safety="The line goes and its value becomes `source` (an author beside it, `author`), unless a "
            "source is "
            "declared: then a line that names the same outlet goes, an agency becomes `credit`, and anything else "
            "is left.",
        ),
        invalid=(
            Example(
                _BODY + "المصدر: المنارة نيوز\n",
                spans=("المصدر: المنارة نيوز",),
                fixed=_BODY,
                fields={"source": "المنارة نيوز"},
            ),
            Example("القاهرة: «الشرق الأوسط»\n" + _BODY, fixed=_BODY, fields={"source": "الشرق الأوسط"}),
            Example("متابعة / هسبريس\n" + _BODY, fixed=_BODY, fields={"source": "هسبريس"}),
            Example(
                _BODY + "المصدر: هسبريس + رويترز\n",
                fixed=_BODY,
                fields={"source": "هسبريس", "credit": "رويترز"},
                why="an outlet that prints an agency's copy",
            ),
            Example(_BODY + "المصدر:\nالمنارة نيوز\n", fixed=_BODY, fields={"source": "المنارة نيوز"}),
            Example(
                "سامي ناصر – عين اليوم\n" + _BODY, fixed=_BODY, fields={"source": "عين اليوم", "author": "سامي ناصر"}
            ),
            Example("Next Previous - عكاظ\n" + _BODY, fixed=_BODY, fields={"source": "عكاظ"}, why="no author's name"),
            Example(
                _BODY_FA[:-1] + " منبع: ایسنا", spans=("منبع: ایسنا",), fixed=_BODY_FA[:-1], fields={"source": "ایسنا"}
            ),
            Example(_BODY + "(أ ف ب)\n", fixed=_BODY, fields={"source": "أ ف ب"}),
            Example(_BODY + "رويترز\n", fixed=_BODY, fields={"source": "رويترز"}),
            Example(
                _BODY + "متابعات/ بغداد اليوم\nاقرأ أيضا:\n" + 6 * _BODY,
                spans=("متابعات/ بغداد اليوم",),
                why="the story ends where other pieces are announced",
            ),
            Example(_BODY + "(أ ف ب)\n", metadata={"source": "عكاظ"}, fixed=_BODY, fields={"credit": "أ ف ب"}),
        ),
        valid=(
            Example("سيول: " + _BODY, why="a city opens the text"),
            Example(_BODY + "المصدر لم يكشف عن هويته.\n", why="prose"),
            Example("عكاظ: حديقة جديدة في الحي الشمالي\n" + _BODY, why="a headline that quotes a paper"),
            Example(_BODY + "الوسط\n" + _BODY, why="an everyday word as a subhead"),
            Example("الجزيرة نت - العالم - حديقة جديدة في المدينة\n" + _BODY, why="the title of the page"),
            Example("،تصویر کا ذریعہGetty Images/BBC\n" + _BODY, why="the credit of a picture"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        """One finding a line."""
        if not anatomy.may_name_source:
            return ()
        return list(self._report(anatomy))

    def _report(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        declared = anatomy.stated("source")
        lifted = ""
        for mention in anatomy.sources:
            if mention.role not in (SourceRole.LABEL, SourceRole.DESK, SourceRole.BYLINE, SourceRole.SIGNATURE):
                continue
            if mention.role is SourceRole.BYLINE and mention.name == mention.author:
                continue  # an author and a city: no outlet to lift
            if mention.span == mention.whole and not mention.owns_line:
                continue
            fix = _lift(anatomy, mention, declared or lifted)
            if fix is not None and not declared and not lifted:
                lifted = mention.name
            alone = mention.owns_line and len(anatomy.filled) == 1  # nothing would be left
            fix = None if alone else fix
            yield self.spec.report(anatomy.document, mention.whole, fix=fix, confidence=_READ, name=mention.name)


_READ = 0.97
"""How often source, credit and author lines were right where they were read (54 of 55), at most."""


def _lift(anatomy: Anatomy, mention: Mention, source: str) -> Fix | None:
    """Take the line out and keep what it says; None where it contradicts what is known."""
    if mention.owns_line:
        edit = Edit(mention.line.full, "")
    else:
        start, text = mention.whole.start, anatomy.text
        while start > 0 and text[start - 1] in " \t\N{NO-BREAK SPACE}":
            start -= 1
        edit = Edit(Span(start, mention.whole.end), "")
        if mention.whole.end > mention.line.body.end:  # label and value on two lines
            end = mention.whole.end
            end += 2 if text[end : end + 2] == "\r\n" else text[end : end + 1] in ("\r", "\n")
            edit = Edit(Span(mention.line.span.start, end), "")
    fields: tuple[FieldChange, ...] = ()
    if not source:
        fields = (FieldChange("source", mention.name),)
    elif not _same(mention, source):
        if not mention.agency or anatomy.document.declared("credit"):
            return None
        fields = (FieldChange("credit", mention.name),)
    if mention.credit and not anatomy.document.declared("credit"):
        fields += (FieldChange("credit", mention.credit),)
    if mention.author and mention.author != mention.name and not anatomy.document.declared("author"):
        fields += (FieldChange("author", mention.author),)
    return Fix("Lift the source out of the text", Applicability.UNSAFE, (edit,), fields)


def _same(mention: Mention, source: str) -> bool:
    known = sources.known_outlet(source)
    if known is not None and mention.outlet:
        return known.name == mention.outlet
    return sources.same_name(mention.name, source)


class CreditInBody:
    """A credit line that names nobody stands in the text."""

    spec = RuleSpec(
        code=RuleCode("SRC011"),
        name="credit-line-in-body",
        summary="A general credit stands in the text as a line",
        message="credit line in the text: {name}",
        severity=Severity.WARNING,
        triggers=Triggers(lines=openers.EDGE),
        docs=Docs(
            finds="“From agencies”, “agencies and world press”, “web desk” on a line of its own at an edge.",
            why="It is a credit, not a sentence, and no source.",
            fix_safety="The line goes and becomes `credit`.",
        ),
        invalid=(
            Example(
                _BODY + "عن وكالات وصحف عالمية\n",
                spans=("عن وكالات وصحف عالمية",),
                fixed=_BODY,
                fields={"credit": "عن وكالات وصحف عالمية"},
            ),
            Example("ویب ڈیسک\n" + _BODY, fixed=_BODY, fields={"credit": "ویب ڈیسک"}),
        ),
        valid=(
            Example(_BODY + "وكالات السفر ترفع أسعارها\n" + _BODY, why="travel agencies"),
            Example("عن ذلك قال الوزير إن العمل بدأ.\n" + _BODY, why="the preposition opens a sentence"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        """One finding a line."""
        if not anatomy.openers & openers.EDGE or not anatomy.may_name_source:
            return ()
        return list(self._report(anatomy))

    def _report(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        lifts = not anatomy.document.declared("credit")
        for mention in anatomy.sources:
            if mention.role is SourceRole.CREDIT and mention.owns_line:
                fields = (FieldChange("credit", mention.name),) if lifts else ()
                lifts = False
                fix = Fix(
                    "Lift the credit out of the text", Applicability.UNSAFE, (Edit(mention.line.full, ""),), fields
                )
                yield self.spec.report(
                    anatomy.document, mention.line.body, fix=fix, confidence=_READ, name=mention.name
                )


class AuthorInBody:
    """A labelled author line stands in the text."""

    spec = RuleSpec(
        code=RuleCode("SRC012"),
        name="author-line-in-body",
        summary="A line that names the author stands in the text",
        message="author line in the text: {name}",
        severity=Severity.INFO,
        triggers=Triggers(lines=openers.LABEL),
        docs=Docs(
            finds="A label for the writer (“بقلم: …”, “كتب: …”, “نویسنده: …”) and a name, on a line of their own at an "
            "edge.",
            why="It is a credit of the page, not a sentence.",
            fix_safety="The line goes and the name becomes `author`, unless one is declared. A line that holds more "
            "than the name is only reported.",
        ),
        invalid=(
            Example(
                "بقلم: سامي ناصر\n" + _BODY,
                spans=("بقلم: سامي ناصر",),
                fixed=_BODY,
                fields={"author": "سامي ناصر"},
            ),
            Example("نویسنده: مریم کریمی\n" + _BODY_FA, fixed=_BODY_FA, fields={"author": "مریم کریمی"}),
            Example("كتب: سامي ناصر | القسم الثقافي\n" + _BODY, why="the line holds more than the name"),
        ),
        valid=(
            Example("تقرير: حرائق الغابات تهدد الساحل\n" + _BODY, why="a headline behind the word report"),
            Example("كتب سامي ناصر عن الحديقة\n" + _BODY, why="a verb"),
            Example("تصوير: سامي ناصر\n" + _BODY, why="a photographer's credit"),
            Example("تأليف: سامي ناصر\n" + _BODY, why="who wrote the book that is reviewed"),
            Example("ویب ڈیسک | 12 اگست 2023\n" + _BODY, why="a desk and a date"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        """One finding a line."""
        if not anatomy.openers & openers.LABEL:
            return ()
        return list(self._report(anatomy))

    def _report(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        lifts = not anatomy.document.declared("author")
        for mention in anatomy.sources:
            if mention.role is not SourceRole.AUTHOR:
                continue
            fix = None
            if mention.span.end == mention.whole.end:
                fields = (FieldChange("author", mention.name),) if lifts else ()
                lifts = False
                fix = Fix(
                    "Lift the author out of the text", Applicability.UNSAFE, (Edit(mention.line.full, ""),), fields
                )
            yield self.spec.report(anatomy.document, mention.whole, fix=fix, confidence=_READ, name=mention.name)


RULES = (
    MissingSource(),
    CreditOnly(),
    OnlyInDisclaimer(),
    EmptySourceLabel(),
    ContradictingSources(),
    OnlyInAddress(),
    SourceInBody(),
    CreditInBody(),
    AuthorInBody(),
)
