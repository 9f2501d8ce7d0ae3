"""Buttons, counters and boxes of the page: lines made of interface words, and numbers where no number belongs.

What wakes these rules is how the lines open and close (`anatomy.openers`): no byte scan finds a word at the start of a
line among a thousand.
"""

from collections.abc import Iterable
from dataclasses import dataclass

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
    Triggers,
    furniture,
    openers,
    page_lines,
)

Furniture = furniture.Furniture

_WORTH_A_LOOK = openers.BUTTON | openers.NUMBER


@dataclass(frozen=True)
class PageLine:
    """Lines of one kind of furniture."""

    spec: RuleSpec
    kind: Furniture
    title: str

    def check(self, anatomy: Anatomy) -> Iterable[Diagnostic]:
        """One finding a line."""
        if not anatomy.openers & _WORTH_A_LOOK:
            return ()
        pieces = [piece for piece in anatomy.furniture if piece.kind is self.kind]
        if not pieces or anatomy.only_page:
            return ()
        headings = _headings(anatomy)
        return [self._report(anatomy, piece) for piece in pieces if piece.line.number not in headings]

    def _report(self, anatomy: Anatomy, piece: furniture.Piece) -> Diagnostic:
        fix = Fix(self.title, Applicability.UNSAFE, (Edit(piece.line.full, ""),))
        sure, severity, evidence = page_lines.verdict(anatomy, piece.line)
        if self.kind is Furniture.NUMBER and severity is None:
            sure = _together(anatomy, piece.line.number)
        if self.kind is Furniture.NUMBER and furniture.holds_table(anatomy):
            sure, severity = min(sure, _DOUBTFUL), Severity.INFO
        return self.spec.report(
            anatomy.document, piece.span, fix=fix, severity=severity, confidence=sure, evidence=evidence
        )


_DOUBTFUL = 0.5


def _together(anatomy: Anatomy, number: int) -> float:
    """How sure a number alone on a line is: numbers that stand together are one block, and share their average."""
    run = [piece.line.number for piece in anatomy.furniture if piece.kind is Furniture.NUMBER]
    at = run.index(number)
    filled = {line.number for line in anatomy.filled}
    first = last = at
    while first and not filled.intersection(range(run[first - 1] + 1, run[first])):
        first -= 1
    while last + 1 < len(run) and not filled.intersection(range(run[last] + 1, run[last + 1])):
        last += 1
    sures = [anatomy.page_lines.probability(one) or 0.0 for one in run[first : last + 1]]
    return round(sum(sures) / len(sures), 4)


def _headings(anatomy: Anatomy) -> frozenset[int]:
    """The lines that head a list of other pieces: cut alone, they would leave its headlines behind as text."""
    lines = anatomy.filled
    furnished = {piece.line.number for piece in anatomy.furniture}
    found = set()
    for one in anatomy.labels:
        if one.label.kind != "related" or one.label.value or one.index + 1 == len(lines):
            continue
        below = lines[one.index + 1]
        if below.number not in furnished and 15 <= len(below.text) <= 160 and below.text[-1] not in ".!۔":
            found.add(one.line.number)
    return frozenset(found)


def _spec(
    code: str,
    name: str,
    summary: str,
    message: str,
    finds: str,
    why: str,
    fix_safety: str,
    invalid: tuple[Example, ...],
    valid: tuple[Example, ...],
    severity: Severity = Severity.ERROR,
) -> RuleSpec:
    return RuleSpec(
        code=RuleCode(code),
        name=name,
        summary=summary,
        message=message,
        severity=severity,
        triggers=Triggers(lines=_WORTH_A_LOOK),
        budget=EditBudget(whole_lines=True),
        docs=Docs(finds=finds, why=why, fix_safety=fix_safety),
        invalid=invalid,
        valid=valid,
    )


_WHOLE = "Whole lines go, and only lines in which every word is an interface word or a number."
_BODY = "افتتحت البلدية صباح اليوم حديقة عامة جديدة في الحي الشمالي بحضور عدد كبير من السكان.\n"
_BODY_FA = "شهرداری صبح امروز پارک تازه‌ای را در محله شمالی شهر با حضور شمار زیادی از مردم گشود.\n"

SHARE_BAR = PageLine(
    _spec(
        "ART010",
        "share-bar",
        "A share bar stands in the text",
        "share bar of the page",
        "Lines of names of sites and of words for sharing, sending, copying and saving, in any order and language.",
        "Share buttons stand on every page of an outlet: the commonest words of a corpus that keeps them.",
        _WHOLE,
        (
            Example(_BODY + "شارك الخبر عبر فيسبوك وواتساب\n", spans=("شارك الخبر عبر فيسبوك وواتساب",), fixed=_BODY),
            Example("Share\nTweet\n" + _BODY, spans=("Share", "Tweet"), fixed=_BODY),
            Example(_BODY_FA + "اشتراک‌گذاری در تلگرام | توییتر\n", fixed=_BODY_FA),
            Example(_BODY + "فیس بک | ٹوئٹر | واٹس ایپ\n", fixed=_BODY),
        ),
        (
            Example("شارك الوزير في افتتاح المعرض\n" + _BODY, why="the same verb in a headline, with words of its own"),
            Example(_BODY + "تويتر\n" + _BODY, why="one name alone between paragraphs is a subhead"),
        ),
    ),
    Furniture.SHARE,
    "Delete the line",
)

COUNTER = PageLine(
    _spec(
        "ART011",
        "counter",
        "A counter of views, readers or reading time stands in the text",
        "counter of the page",
        "A number and a word for what pages count: views, visits, readers, likes, votes, minutes of reading.",
        "The number belongs to the day of the scrape, not to the article.",
        _WHOLE,
        (
            Example(_BODY + "1,204 مشاهدة\n", spans=("1,204 مشاهدة",), fixed=_BODY),
            Example("تعداد بازدید: ۳۴۱\n" + _BODY_FA, fixed=_BODY_FA),
            Example("مدة القراءة: 3 دقائق\n" + _BODY, fixed=_BODY),
        ),
        (
            Example("120 مشاهدة سجلها العلماء للطائر\n" + _BODY, why="a headline with words of its own"),
            Example("زيارة\n" + _BODY, why="the word without a number"),
        ),
    ),
    Furniture.COUNTER,
    "Delete the line",
)

BARE_NUMBER = PageLine(
    _spec(
        "ART012",
        "bare-number-line",
        "A number stands alone on a line between headline and text, or under the text",
        "number alone on a line, where a page counts something",
        "Up to six lines of a number and nothing else before the first paragraph, after the last one, or beside other "
        "furniture. A lone year and numbers between paragraphs, which may be a table, are left.",
        "Share and comment counters lose their icons in scraping; the bare numbers stay.",
        "Whole lines go. A number that a list at the end of an article needs would go too.",
        (
            Example(
                "حديقة جديدة في الحي الشمالي\n\n31\n7\n\n" + _BODY,
                spans=("31", "7"),
                fixed="حديقة جديدة في الحي الشمالي\n\n\n" + _BODY,
            ),
            Example(_BODY_FA + "۱۲۴\n", fixed=_BODY_FA),
        ),
        (
            Example(_BODY + "12\n" + _BODY, why="between paragraphs"),
            Example("2023\n" + _BODY, why="a year alone"),
            Example("5\n7\n9\n", why="a document without text is a table"),
        ),
    ),
    Furniture.NUMBER,
    "Delete the line",
)

COMMENT_BOX = PageLine(
    _spec(
        "ART013",
        "comment-box",
        "A piece of the comment box stands in the text",
        "piece of the comment box",
        "Headings, counters and buttons of comment boxes: a comment word with a number, a verb, or other furniture.",
        "It is the form under the article, not the article.",
        _WHOLE,
        (
            Example(_BODY + "عدد التعليقات 4\n", spans=("عدد التعليقات 4",), fixed=_BODY),
            Example(_BODY_FA + "ارسال نظر\n", fixed=_BODY_FA),
            Example(_BODY + "0 تبصرے\n", fixed=_BODY),
        ),
        (Example("تعليق الدراسة في ثلاث مدن\n" + _BODY, why="the word means suspension"),),
    ),
    Furniture.COMMENT,
    "Delete the line",
)

PRINT_CONTROL = PageLine(
    _spec(
        "ART014",
        "print-or-font-control",
        "A print, font-size or listening control stands in the text",
        "control for printing, font size or listening",
        "Lines of words for printing, larger and smaller type, listening and pausing.",
        "They are buttons around the article.",
        _WHOLE,
        (
            Example("حجم الخط A+ A-\n" + _BODY, spans=("حجم الخط A+ A-",), fixed=_BODY),
            Example("چاپ\n" + _BODY_FA, fixed=_BODY_FA),
        ),
        (Example("طباعة ثلاثية الأبعاد لجسر كامل\n" + _BODY, why="printing is the subject of the headline"),),
    ),
    Furniture.PRINT,
    "Delete the line",
)

NAVIGATION = PageLine(
    _spec(
        "ART015",
        "navigation-line",
        "A navigation button stands in the text",
        "navigation of the page",
        "Next and previous, home, menu, search, login, back to top, read more: at an edge of the text or beside other "
        "furniture.",
        "They lead about the site and say nothing.",
        _WHOLE,
        (
            Example("Next Previous\n" + _BODY, spans=("Next Previous",), fixed=_BODY),
            Example(_BODY + "...المزيد\n", fixed=_BODY),
            Example(_BODY_FA + "بازگشت به بالا\n", fixed=_BODY_FA),
        ),
        (
            Example("العودة إلى المدارس\n" + _BODY, why="a headline with words of its own"),
            Example(
                _BODY_FA + "بیشتر بخوانید:\nپل تازه شهر باز شد\nموزه دریا آماده بازدید است؟\n",
                why="the heading of a list goes with its headlines, or not at all",
            ),
        ),
    ),
    Furniture.NAVIGATION,
    "Delete the line",
)

FOLLOW = PageLine(
    _spec(
        "ART016",
        "follow-or-advertisement-line",
        "A line asks to follow, subscribe or install, or marks an advertisement",
        "follow, subscription, app or advertisement line of the page",
        "Lines of words for following, subscribing, installing, notifications, and the word for advertisement.",
        "They are the outlet's own promotion.",
        "Whole lines go. A line with the outlet's name in it goes with the name.",
        (
            Example(_BODY + "تابعنا على تويتر\n", spans=("تابعنا على تويتر",), fixed=_BODY),
            Example("إعلان\n" + _BODY, fixed=_BODY),
            Example(_BODY_FA + "آگهی\n", fixed=_BODY_FA),
        ),
        (
            Example("تطبيق جديد لحجز المواعيد\n" + _BODY, why="a headline about an app"),
            Example(_BODY + "إعلان دمشق\n" + _BODY, why="a subhead with a word of its own"),
        ),
    ),
    Furniture.FOLLOW,
    "Delete the line",
)

FORM = PageLine(
    _spec(
        "ART017",
        "form-or-search-line",
        "A form field or a message of the site's search stands in the text",
        "form field or message of the page",
        "Names of form fields, “no results found”, “loading”, “sent”.",
        "The page speaks to its visitor here, not the author to a reader.",
        _WHOLE,
        (
            Example(_BODY + "لا توجد نتائج\n", spans=("لا توجد نتائج",), fixed=_BODY),
            Example(_BODY_FA + "در حال بارگذاری\n", fixed=_BODY_FA),
        ),
        (Example("نتائج الثانوية العامة\n" + _BODY, why="a headline with words of its own"),),
    ),
    Furniture.FORM,
    "Delete the line",
)

BREADCRUMB = PageLine(
    _spec(
        "ART036",
        "breadcrumb",
        "The path of the page stands in the text",
        "breadcrumb of the page",
        "A line above the text that begins with a word for the home page and goes on with `/`, `»`, `>` or `|`.",
        "It is the site's tree.",
        "Only the line goes, with the name of the section.",
        (
            Example("الرئيسية / أخبار / محليات\n" + _BODY, spans=("الرئيسية / أخبار / محليات",), fixed=_BODY),
            Example("خانه » شهری » پارک‌ها\n" + _BODY_FA, fixed=_BODY_FA),
        ),
        (Example("عمّان / بترا\n" + _BODY, why="a desk line"),),
    ),
    Furniture.BREADCRUMB,
    "Delete the line",
)

RULES = (SHARE_BAR, COUNTER, BARE_NUMBER, COMMENT_BOX, PRINT_CONTROL, NAVIGATION, FOLLOW, FORM, BREADCRUMB)
