"""What the page around an article is told by: interface words, lone numbers, words that meet in a sentence."""

from __future__ import annotations

import pytest

from corpuslint import Anatomy, Document, DocumentId
from corpuslint.facts.furniture import Furniture, glued_closing, glued_opening, told_of

HEADLINE = "ميناء جديد على الساحل الشرقي\n"
LEAD = "بدأت الشركة أمس بناء ميناء جديد على الساحل الشرقي يتسع لعشر سفن كبيرة في وقت واحد.\n"
LAST = "وينتهي العمل في المرحلة الأولى من المشروع قبل نهاية العام المقبل بحسب الشركة المنفذة.\n"


def kinds_in(text: str) -> list[tuple[str, Furniture]]:
    anatomy = Anatomy(Document(DocumentId("d"), text))
    return [(piece.span.of(text), piece.kind) for piece in anatomy.furniture]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        pytest.param("فيسبوك تويتر واتساب", Furniture.SHARE, id="names-of-sites"),
        pytest.param("WhatsApp | Telegram | Copy link", Furniture.SHARE, id="latin"),
        pytest.param("واتساپ، تلگرام، کپی لینک", Furniture.SHARE, id="persian"),
        pytest.param("فیس بک پر شیئر کریں", Furniture.SHARE, id="urdu"),
        pytest.param("شـارك عبر تويتر وفيسبوك", Furniture.SHARE, id="drawn-out-by-tatweel"),
        pytest.param("٣٤٥ مشاهدة", Furniture.COUNTER, id="arabic-indic-digits"),
        pytest.param("تعداد بازدید : ۱۲۳", Furniture.COUNTER, id="persian-digits"),
        pytest.param("3 تعليقات", Furniture.COMMENT, id="comment-count"),
        pytest.param("A- A+", Furniture.PRINT, id="font-size"),
        pytest.param("« السابق    التالي »", Furniture.NAVIGATION, id="previous-next"),
        pytest.param("اضغط هنا للاشتراك في القناة", Furniture.FOLLOW, id="request-for-a-service"),
        pytest.param("عذرا، لم نجد أي نتائج", Furniture.FORM, id="nothing-found"),
        pytest.param("©: جميع الحقوق محفوظة", Furniture.RIGHTS, id="rights"),
    ],
)
def test_line_below_the_text_is_known(line: str, kind: Furniture) -> None:
    assert kinds_in(HEADLINE + LEAD + LAST + line + "\n") == [(line, kind)]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("مخاوف السكان", id="subhead"),
        pytest.param("التطبيق الجديد", id="subhead-of-interface-words"),
        pytest.param("شارك الوزير في افتتاح المعرض", id="verb-of-sharing-with-other-words"),
        pytest.param("2019", id="year"),
        pytest.param("تويتر", id="one-name"),
        pytest.param("وقال: «التعليقات لا تعبر عن رأينا».", id="someone-says-it"),
    ],
)
def test_line_between_paragraphs_is_left(line: str) -> None:
    assert kinds_in(HEADLINE + LEAD + line + "\n" + LAST) == []


@pytest.mark.parametrize("count", [1, 3, 6])
def test_numbers_under_the_headline_are_counters(count: int) -> None:
    text = HEADLINE + "17\n" * count + LEAD + LAST
    assert kinds_in(text) == [("17", Furniture.NUMBER)] * count


def test_numbers_between_paragraphs_may_be_a_table() -> None:
    assert kinds_in(HEADLINE + LEAD + "17\n18\n19\n" + LAST) == []


def test_two_buttons_vouch_for_each_other_between_paragraphs() -> None:
    assert [kind for _, kind in kinds_in(HEADLINE + LEAD + "مشاركة\nطباعة\n" + LAST)] == [
        Furniture.SHARE,
        Furniture.PRINT,
    ]


def test_sentence_glued_to_a_paragraph_is_told_apart() -> None:
    glued = "رابط الخبر في موقع الساحل: ميناء جديد"
    assert kinds_in(HEADLINE + LEAD + LAST[:-1] + " " + glued + "\n") == [(glued, Furniture.MORE)]


def test_long_paragraph_below_the_text_with_a_speaker_is_text() -> None:
    said = (
        "وقال المتحدث إن التعليقات المسيئة التي نشرت على صفحة الشركة لا تعبر بالضرورة عن رأي الموظفين، وإن الإدارة "
        "ستحذف ما يتضمن شتائم.\n"
    )
    assert kinds_in(HEADLINE + LEAD + said) == []


@pytest.mark.parametrize(
    ("text", "buttons"),
    [
        pytest.param("Next Previous " + LEAD, "Next Previous", id="latin-before-arabic"),
        pytest.param("شارك فيسبوك تويتر واتساب " + LEAD, "شارك فيسبوك تويتر واتساب", id="share-bar"),
        pytest.param("فيسبوك وتويتر تتنافسان " + LEAD, "", id="two-sites-as-subject"),
        pytest.param(LEAD, "", id="text"),
    ],
)
def test_glued_opening(text: str, buttons: str) -> None:
    assert text[: glued_opening(text)] == buttons


def test_glued_closing() -> None:
    text = LEAD[:-1] + " شارك على تلغرام"
    assert text[glued_closing(text) :] == "شارك على تلغرام"
    assert glued_closing(LEAD[:-1]) == 0


def test_document_without_lines_has_no_furniture() -> None:
    assert kinds_in("") == []
    assert kinds_in("\n\n") == []


def test_lines_between_sentences_that_begin_with_an_own_one_are_told_unless_they_are_a_menu() -> None:
    signs = "خبز الأفران القديمة\nشارك على فيسبوك\nقماش الأشرعة البيضاء\n"
    menu = signs + "".join(f"قوارب الصيد في الميناء {number}\n" for number in range(10))
    told = [Anatomy(Document(DocumentId("d"), LEAD + block + LAST)).fact(told_of) for block in (signs, menu)]
    assert told == [{2, 3, 4}, set()]


def test_a_first_line_that_refers_back_refers_to_no_line() -> None:
    text = "هذا ما قاله رئيس الشركة أمس عن الميناء الجديد على الساحل الشرقي.\n" + LEAD + LAST + "شارك الخبر\n"
    assert Anatomy(Document(DocumentId("d"), text)).fact(told_of) == set()
