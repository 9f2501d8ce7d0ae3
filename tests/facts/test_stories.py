"""Second stories: found where they begin, not invented where one story goes on, in bounded time."""

from __future__ import annotations

import time

import pytest

from corpuslint import Anatomy, Document, DocumentId
from corpuslint.facts.stories import StoryKind

OWN = (
    "افتتح وزير النقل صباح اليوم جسر المشاة الجديد في حي الزهور بعد عامين من العمل المتواصل فيه.\n"
    "وقال الوزير إن الجسر يربط حي الزهور بمحطة القطار ويخدم عشرين ألفا من سكان الحي كل يوم تقريبا.\n"
    "وأضاف أن كلفة الجسر بلغت أربعة ملايين دينار، وأن صيانة جسر المشاة تتولاها بلدية المدينة وحدها."
)
HEADLINE = "فريق الشباب يحرز كأس الناشئين للمرة الثالثة"
STORY = (
    "أحرز فريق الشباب لكرة السلة كأس الناشئين للمرة الثالثة في تاريخه بفوزه على نادي الميناء 71-64 مساء الجمعة.\n"
    "وتقدم الميناء في الشوط الأول بفضل رميات هدافه سامر الحلبي، قبل أن يقلب الشباب النتيجة في الدقائق الأخيرة.\n"
    "وقال مدرب الشباب إن اللاعبين استحقوا الكأس بعد موسم لم يخسر فيه الفريق سوى مباراتين اثنتين."
)
LIST = "مقالات مشابهة\n• جسر ثان في حي النخيل\n• محطة القطار تغلق أسبوعا\n• بلدية المدينة تزرع ألف شجرة"


def anatomy_of(text: str, **metadata: str) -> Anatomy:
    return Anatomy(Document(DocumentId("a"), text, metadata))


def test_line_ups_are_no_openings_of_other_stories() -> None:
    teams = (
        "رضا کاویانی، پدرام نیک‌پور، سینا شفیعی، آرش مرادی، بهنام صفایی، کیوان راد، ماریو کوستا، نوید امین، "
        "بهروز سالاری، امیرحسین گنجی و شهاب رستگار",
        "یاشار تقوی، کامران ذوالفقاری، مازیار خسروی، ایمان فلاح، پویا دهقان، سروش مقدم، حامد نظری، میلاد پارسا، "
        "دانیال ارجمند، سهراب قلی‌زاده و نیما صادق",
    )
    assert anatomy_of("\n".join((OWN, *teams))).tail is None


def test_story_after_marker_begins_at_its_headline() -> None:
    text = f"{OWN}\nإقرأ أيضاً:\n\n{HEADLINE}\n\n{STORY}\n"
    own, second = anatomy_of(text).stories
    assert own.kind is StoryKind.OWN
    assert text[own.span.start : own.span.end] == f"{OWN}\n"
    assert second.kind is StoryKind.MARKED
    assert second.span.of(text) == f"{HEADLINE}\n\n{STORY}"
    assert second.headline.of(text) == HEADLINE
    assert second.cut.of(text) == text[len(OWN) + 1 :]


def test_headline_on_the_markers_line_begins_the_story() -> None:
    text = f"{OWN}\nالمصدر: وكالات\nاقرأ أيضا: {HEADLINE}\n{STORY}"
    assert [story.span.of(text) for story in anatomy_of(text).markers.stories] == [f"{HEADLINE}\n{STORY}"]


def test_related_list_after_the_second_story_is_no_part_of_it() -> None:
    text = f"{OWN}\nإقرأ أيضاً:\n{HEADLINE}\n{STORY}\n{LIST}"
    anatomy = anatomy_of(text)
    (story,) = anatomy.markers.stories
    assert story.span.of(text) == f"{HEADLINE}\n{STORY}"
    (block,) = anatomy.markers.related
    assert block.span.of(text) == LIST
    assert len(block.headlines) == 3


def test_headline_list_is_no_story() -> None:
    anatomy = anatomy_of(f"{OWN}\n{LIST}")
    assert anatomy.markers.stories == ()
    (block,) = anatomy.markers.related
    assert not block.goes_on


def test_story_goes_on_after_a_linked_headline() -> None:
    more = (
        "وتابع الوزير أن العمل في الجسر تأخر بسبب السيول، وأن حي الزهور سيحصل على محطة قطار جديدة.\n"
        "وحضر افتتاح الجسر رئيس البلدية وعدد من سكان حي الزهور، وعبروه مشيا إلى محطة القطار."
    )
    anatomy = anatomy_of(f"{OWN}\nاقرأ أيضا: افتتاح نفق جديد في العاصمة\n{more}")
    assert anatomy.markers.stories == ()
    (block,) = anatomy.markers.related
    assert block.goes_on
    assert block.span.of(anatomy.text) == "اقرأ أيضا: افتتاح نفق جديد في العاصمة"


def test_unmarked_story_is_found_where_it_begins() -> None:
    text = f"{OWN}\n{STORY}"
    own, second = anatomy_of(text, title="افتتاح جسر المشاة في حي الزهور").stories
    assert second.span.of(text) == STORY
    assert second.evidence
    assert 0.5 <= second.confidence <= 1.0
    assert own.span.end == len(OWN) + 1


@pytest.mark.parametrize(
    "added",
    [
        pytest.param(
            "وفي سياق متصل، أعلنت الوزارة خطة لبناء تسعة جسور للمشاة في ثلاث مدن قبل نهاية العام المقبل.", id="round-up"
        ),
        pytest.param(
            "يذكر أن حي الزهور يضم محطة القطار الوحيدة في المدينة، وأن سكان الحي طالبوا بجسر منذ سنوات.",
            id="background",
        ),
        pytest.param(
            "من جهته، قال رئيس البلدية إن الجسر سيضاء ليلا، وإن سكان الحي شاركوا في اختيار ألوانه كلها.",
            id="other-voice",
        ),
        pytest.param(
            "تحديث: أعلنت وزارة النقل أن جسر المشاة سيغلق أمام سكان حي الزهور يوم السبت لفحص المصاعد.", id="update"
        ),
        pytest.param(
            "«لن ننسى هذا اليوم، فقد كنا نعبر السكة مشيا»، هكذا وصفت أم سعيد، من سكان الحي، شعورها بالجسر.",
            id="quotation",
        ),
    ],
)
def test_one_story_stays_one(added: str) -> None:
    assert anatomy_of(f"{OWN}\n{added}", title="افتتاح جسر المشاة في حي الزهور").tail is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("كلمة " * 40_000, id="one-paragraph-of-200-kB"),
        pytest.param("كلمة\n" * 5_000, id="5000-one-word-paragraphs"),
        pytest.param("123 456 !!! " * 30 + "\n" + "…" * 500 + "\n" + "777 " * 100, id="no-letters"),
        pytest.param((OWN + "\n") * 400, id="1200-paragraphs"),
        pytest.param("اقرأ أيضا:\n" * 5_000, id="5000-markers"),
        pytest.param(("اقرأ أيضا:\n" + HEADLINE + "\n" + STORY + "\n") * 300, id="300-marked-stories"),
    ],
)
def test_bad_input_costs_little_and_invents_nothing(text: str) -> None:
    started = time.process_time()
    anatomy = anatomy_of(text)
    assert anatomy.tail is None
    anatomy.markers  # noqa: B018
    anatomy.bare_headlines  # noqa: B018
    assert time.process_time() - started < 3.0


def test_marker_without_its_link_does_not_end_the_story() -> None:
    more = "وتابع الوزير أن العمل في الجسر تأخر بسبب السيول، وأن حي الزهور سيحصل على محطة قطار جديدة."
    assert anatomy_of(f"{OWN}\nاقرأ أيضا:\n{more}").markers.stories == ()
