"""Sentences of the page: comment policies, disclaimers, rights, permalinks, prompts.

They are known by words that meet in one line at an edge of the document (`data/sentences-*.txt`), so a reworded or
reordered policy is still one; what they say of the outlet is lifted before the line goes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

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
    furniture,
    page_lines,
    phrasebook,
    sources,
)

Furniture = furniture.Furniture


def _triggers(name: str, *more: str) -> Triggers:
    literals = [
        literal for _, entry in phrasebook.entries("artefacts", name) for literal in phrasebook.cue_literals(entry)
    ]
    return Triggers(literals=tuple(dict.fromkeys((*literals, *more))))


@dataclass(frozen=True)
class PageSentence:
    """Sentences of one kind; `lifts` is the metadata field that the outlet named in them goes to."""

    spec: RuleSpec
    kind: Furniture
    title: str
    lifts: str = "source_evidence"

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """One finding a line, or a tail of a line."""
        if anatomy.only_page:
            return
        for piece in anatomy.furniture:
            if piece.kind is not self.kind:
                continue
            whole = piece.span == piece.line.body
            edit = Edit(piece.line.full if whole else _with_blanks(anatomy.text, piece.span), "")
            fix = Fix(self.title, Applicability.UNSAFE, (edit,), self._fields(anatomy, piece.span))
            told = not 0 < piece.clues < _TELLING or self.kind not in _SAID_IN_THE_NEWS
            sure, severity, evidence = page_lines.verdict(anatomy, piece.line, told=told)
            yield self.spec.report(
                anatomy.document, piece.span, fix=fix, severity=severity, confidence=sure, evidence=evidence
            )

    def _fields(self, anatomy: Anatomy, span: Span) -> tuple[FieldChange, ...]:
        """The outlet that the sentence names, where nothing else does yet: evidence goes before erasure."""
        if anatomy.stated("source") or anatomy.document.declared(self.lifts):
            return ()
        for mention in anatomy.sources:
            if mention.role is sources.SourceRole.DISCLAIMER and span.covers(mention.span):
                return (FieldChange(self.lifts, mention.name),)
        return ()


_SAID_IN_THE_NEWS = (Furniture.POLICY, Furniture.PROMPT)
"""Kinds whose words stand in stories about comments and programs, too: there two of them say little."""
_TELLING = 3


def _with_blanks(text: str, span: Span) -> Span:
    start = span.start
    while start > 0 and text[start - 1] in " \t\N{NO-BREAK SPACE}":
        start -= 1
    return Span(start, span.end)


_BODY = "افتتحت البلدية صباح اليوم حديقة عامة جديدة في الحي الشمالي بحضور عدد كبير من السكان.\n"
_BODY_FA = "شهرداری صبح امروز پارک تازه‌ای را در محله شمالی شهر با حضور شمار زیادی از مردم گشود.\n"
_SAFETY = (
    "The line goes, or the end of a paragraph it is glued to. An outlet it names becomes `source_evidence` first, "
    "where "
    "no source is declared: it is evidence of a source, and for a person to confirm."
)

COMMENT_POLICY = PageSentence(
    RuleSpec(
        code=RuleCode("ART020"),
        name="comment-policy",
        summary="The rules of the comment section stand in the text",
        message="rules or notice of the comment section",
        severity=Severity.ERROR,
        triggers=_triggers(
            "sentences-comment", *(word for _, word in phrasebook.entries("artefacts", "words-commented"))
        ),
        docs=Docs(
            finds="Policies, notices and disclaimers of comment sections, at an edge of the text or in a short line.",
            why="They repeat on every page of an outlet, and are long enough to teach a model to write them.",
            fix_safety=_SAFETY,
        ),
        invalid=(
            Example(
                _BODY + "التعليقات أدناه تعبر عن أصحابها ولا تعبر بالضرورة عن رأي صحيفة المنارة\n",
                spans=("التعليقات أدناه تعبر عن أصحابها ولا تعبر بالضرورة عن رأي صحيفة المنارة",),
                fixed=_BODY,
                fields={"source_evidence": "المنارة"},
            ),
            Example(_BODY_FA + "نظرات حاوی توهین منتشر نخواهد شد.\n", fixed=_BODY_FA),
            Example(_BODY + "Your email address will not be published.\n", fixed=_BODY),
        ),
        valid=(
            Example(
                "قال المتحدث باسم الوزارة إن التعليقات التي نشرت أمس لا تعبر عن موقف الحكومة، وإن الوزارة ستصدر بيانا "
                "مفصلا في وقت لاحق من هذا الأسبوع.\n" + _BODY,
                why="someone says it in the story",
            ),
        ),
    ),
    Furniture.POLICY,
    "Delete the notice",
)

OPINION = PageSentence(
    RuleSpec(
        code=RuleCode("ART021"),
        name="opinion-disclaimer",
        summary="A disclaimer of the opinion page stands in the text",
        message="disclaimer of the page",
        severity=Severity.ERROR,
        triggers=_triggers("sentences-opinion"),
        docs=Docs(
            finds="“The views expressed are the author's”, “republication is no endorsement”, and their like.",
            why="Legal text of the outlet, word for word in every column.",
            fix_safety=_SAFETY + " Some name the author in the same sentence; that name goes too.",
        ),
        invalid=(
            Example(
                _BODY + "* المقالات المنشورة هنا رأي كتابها وحدهم.\n",
                spans=("* المقالات المنشورة هنا رأي كتابها وحدهم.",),
                fixed=_BODY,
            ),
            Example(_BODY_FA + "انتشار این یادداشت به معنی تایید همه محتوای آن نیست.\n", fixed=_BODY_FA),
        ),
        valid=(
            Example(
                _BODY + "وقال إن المقال لا يعبر عن رأيه اليوم كما كان قبل عامين، وإنه غير موقفه بعد ذلك.\n" + _BODY,
                why="prose",
            ),
        ),
    ),
    Furniture.OPINION,
    "Delete the disclaimer",
)

RIGHTS = PageSentence(
    RuleSpec(
        code=RuleCode("ART022"),
        name="rights-line",
        summary="A copyright line stands in the text",
        message="copyright line of the page",
        severity=Severity.ERROR,
        triggers=_triggers("sentences-rights"),
        docs=Docs(
            finds="“All rights reserved”, rules for quoting the outlet, “powered by …”.",
            why="It is the foot of the page.",
            fix_safety=_SAFETY,
        ),
        invalid=(
            Example(_BODY + "جميع الحقوق محفوظة © 2024\n", spans=("جميع الحقوق محفوظة © 2024",), fixed=_BODY),
            Example(_BODY_FA + "تمامی حقوق این سایت محفوظ است.\n", fixed=_BODY_FA),
            Example(_BODY + "جملہ حقوق بحق ادارہ محفوظ ہیں\n", fixed=_BODY),
        ),
        valid=(
            Example(_BODY + "ونظمت الندوة جلسة عن حقوق النشر في العصر الرقمي شارك فيها خبراء.\n" + _BODY, why="prose"),
        ),
    ),
    Furniture.RIGHTS,
    "Delete the line",
)

PERMALINK = PageSentence(
    RuleSpec(
        code=RuleCode("ART023"),
        name="permalink-line",
        summary="A line leads to the page the text was taken from",
        message="line that leads to the page of this text",
        severity=Severity.ERROR,
        triggers=_triggers("sentences-more"),
        docs=Docs(
            finds="“Link of this story in …: …”, “the post … appeared first on …”, “read the full text at …”.",
            why="A constant of the outlet's feed, glued to the last paragraph as often as not; it repeats the "
            "headline.",
            fix_safety="The line, or the end of the paragraph, goes. An outlet it names becomes `source` where none "
            "is declared.",
        ),
        invalid=(
            Example(
                _BODY[:-1] + " رابط الخبر بصحيفة المنارة: حديقة جديدة\n",
                spans=("رابط الخبر بصحيفة المنارة: حديقة جديدة",),
                fixed=_BODY,
                fields={"source": "المنارة"},
            ),
            Example(_BODY_FA + "برای خواندن سایر خبرهای شهری کلیک کنید\n", fixed=_BODY_FA),
        ),
        valid=(
            Example(_BODY + "وأرسل رابط البث إلى المشاركين قبل بدء اللقاء بساعة كاملة.\n" + _BODY, why="another link"),
        ),
    ),
    Furniture.MORE,
    "Delete the line",
    lifts="source",
)

PROMPT = PageSentence(
    RuleSpec(
        code=RuleCode("ART024"),
        name="page-prompt",
        summary="The page asks the reader to subscribe, follow, install, allow or vote",
        message="prompt of the page to its visitor",
        severity=Severity.ERROR,
        triggers=_triggers("sentences-prompt"),
        docs=Docs(
            finds="Newsletter, app, channel, cookie, notification and click-here sentences, short or at an edge.",
            why="They are the outlet's own promotion, and change with every campaign.",
            fix_safety="The sentence goes. Where a short article itself asks its readers to click, its last line goes.",
        ),
        invalid=(
            Example(_BODY + "اشترك الآن في نشرتنا الأسبوعية لتصلك كل المقالات\n", fixed=_BODY),
            Example(_BODY_FA + "برای عضویت در کانال پرتو در تلگرام اینجا را کلیک کنید\n", fixed=_BODY_FA),
            Example(_BODY + "روشنی نیوز کا واٹس ایپ چینل جوائن کریں\n", fixed=_BODY),
            Example(_BODY + "تابعوا آخر أخبارنا عبر Google News\n", fixed=_BODY),
            Example(_BODY + "This website uses cookies to improve your visit.\n", fixed=_BODY),
        ),
        valid=(
            Example(
                "وأعلنت الشركة أنها ستوقف ملفات تعريف الارتباط في متصفحها خلال العام المقبل، وهو ما أثار قلق "
                "المعلنين في أنحاء العالم كافة.\n" + _BODY,
                why="a story about cookies",
            ),
            Example(
                "ونفى المتحدث ما تناقلته صفحات على «فيسبوك»، قائلا: «تابعوا حسابات البلدية وحدها».\n" + _BODY,
                why="someone says it in the story",
            ),
        ),
    ),
    Furniture.PROMPT,
    "Delete the prompt",
)

RULES = (COMMENT_POLICY, OPINION, RIGHTS, PERMALINK, PROMPT)
