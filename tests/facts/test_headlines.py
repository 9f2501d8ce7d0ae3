"""Bare headlines of other articles, subheads of the story's own, and round-ups."""

from __future__ import annotations

import pytest

from corpuslint import Anatomy, Document, DocumentId

LEAD = "افتتح وزير النقل صباح اليوم جسر المشاة الجديد في حي الزهور بعد عامين من العمل المتواصل فيه."
SECOND = "وقال الوزير إن الجسر يربط حي الزهور بمحطة القطار ويخدم عشرين ألفا من سكان الحي كل يوم تقريبا."
THIRD = "وأضاف أن كلفة الجسر بلغت أربعة ملايين دينار، وأن صيانة جسر المشاة تتولاها بلدية المدينة وحدها."
FOREIGN = ("فريق الشباب يحرز كأس الناشئين للمرة الثالثة", "الأرصاد تحذر من سيول وأمطار غزيرة على الساحل")
LINE_UP = (
    "تشكيلة الميناء الأساسية أمام الشباب: حراسة المرمى: سامر الحلبي",
    "الدفاع: نادر قاسم، بدر عمران، وليد شاهين، عادل منصور",
    "الوسط: رامي العلي، جورج سعادة، فؤاد بركات",
)
ITEMS = (
    "انقطاع المياه عن أحياء شرق المدينة ليومين",
    "تنقطع مياه الشرب عن خمسة أحياء شرق المدينة يومي الثلاثاء والأربعاء بسبب تبديل الأنابيب الرئيسة.",
    "معرض الكتاب يستقبل زواره في قاعة الشرف",
    "فتح معرض الكتاب السنوي أبوابه أمس في قاعة الشرف بمشاركة ستين ناشرا من عشر دول عربية وأوروبية.",
    "القبض على لص سرق دراجات من محطة القطار",
    "ألقت الشرطة القبض على شاب سرق سبع دراجات هوائية من أمام محطة القطار خلال أسبوع واحد فقط.",
    "منتخب السباحة يحصد ثلاث ميداليات ذهبية",
    "حصد منتخب السباحة للناشئات ثلاث ميداليات ذهبية وفضية في البطولة الإقليمية التي اختتمت في عمان.",
)


def anatomy_of(*lines: str) -> Anatomy:
    return Anatomy(Document(DocumentId("a"), "\n".join(lines)))


def test_foreign_headlines_between_paragraphs_are_named() -> None:
    anatomy = anatomy_of(LEAD, SECOND, *FOREIGN, THIRD)
    assert tuple(headline.span.of(anatomy.text) for headline in anatomy.bare_headlines) == FOREIGN


MENU = (
    *FOREIGN,
    "بلدية الساحل توقع اتفاقية مع بنك المدن",
    "وفاة شاعرة كبيرة في مستشفى العاصمة",
    "منتخب السلة يبدأ معسكرا خارجيا في الشمال",
    "اختطاف قط شهير من قلب منزله في عملية غامضة",
)


def test_headlines_of_a_menu_above_the_text_are_one_piece_without_the_own() -> None:
    anatomy = anatomy_of(*MENU, "جسر المشاة في حي الزهور يفتح أبوابه للناس", LEAD, SECOND, THIRD)
    assert [headline.span.of(anatomy.text) for headline in anatomy.bare_headlines] == ["\n".join(MENU)]


def test_points_of_the_own_story_above_it_stay() -> None:
    points = [f"{part.rstrip('.')[:60]} {number} نقطة" for number, part in enumerate((LEAD, SECOND, THIRD) * 2)]
    assert anatomy_of(*points, LEAD, SECOND, THIRD).bare_headlines == ()


def test_the_credit_of_a_picture_is_no_headline() -> None:
    anatomy = anatomy_of(LEAD, SECOND, "اقرأ أيضا!", *FOREIGN, "مصدر الصورة وكالة الساحل للأنباء المصورة", THIRD)
    (found,) = anatomy.bare_headlines
    assert found.span.of(anatomy.text) == "\n".join(("اقرأ أيضا!", *FOREIGN))


def test_headlines_below_a_marker_are_one_with_it_where_the_story_goes_on() -> None:
    anatomy = anatomy_of(LEAD, SECOND, "اقرأ أيضا:", *FOREIGN, THIRD)
    (block,) = anatomy.bare_headlines
    assert block.span.of(anatomy.text) == "\n".join(("اقرأ أيضا:", *FOREIGN))
    assert block.cut.of(anatomy.text) == "\n".join(("اقرأ أيضا:", *FOREIGN, ""))


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((LEAD, "كلفة الجسر وصيانة مصاعده كلها", THIRD), id="subhead"),
        pytest.param((FOREIGN[0], LEAD, SECOND, THIRD), id="own-headline"),
        pytest.param((LEAD, SECOND, THIRD), id="no-short-line"),
        pytest.param((LEAD, SECOND, "• " + FOREIGN[0], THIRD), id="list-item"),
        pytest.param(ITEMS, id="round-up"),
        pytest.param((LEAD, f"{SECOND} {THIRD}"[:-1], *FOREIGN, THIRD), id="inside-a-sentence"),
        pytest.param(
            (f"{LEAD} {SECOND}"[:-1], f"{SECOND} {THIRD}"[:-1], LEAD, *FOREIGN, f"{THIRD} {LEAD}"[:-1]),
            id="text-without-sentence-ends",
        ),
        pytest.param((LEAD, SECOND, *LINE_UP, THIRD), id="line-up"),
    ],
)
def test_own_lines_are_left_alone(lines: tuple[str, ...]) -> None:
    assert anatomy_of(*lines).bare_headlines == ()


def test_long_titles_under_a_menu_are_no_round_up() -> None:
    assert anatomy_of(*(line.rstrip(".") for line in ITEMS)).roundup == ()


def test_roundup_is_known_and_never_split() -> None:
    anatomy = anatomy_of(*ITEMS)
    assert [item.of(anatomy.text).split("\n")[0] for item in anatomy.roundup] == list(ITEMS[::2])
    assert anatomy.unmarked == ()
