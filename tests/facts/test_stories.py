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
    assert anatomy_of("\n".join((OWN, *teams))).unmarked == ()


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


def test_short_last_sentence_belongs_to_the_marked_story() -> None:
    text = f"{OWN}\nإقرأ أيضاً:\n{HEADLINE}\n{STORY}\nولم يصب أحد بأذى.\nاتصل بنا"
    assert [story.span.of(text) for story in anatomy_of(text).markers.stories] == [
        f"{HEADLINE}\n{STORY}\nولم يصب أحد بأذى."
    ]


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


def test_links_in_the_words_of_the_article_announce_no_story() -> None:
    text = (
        "أعلن وزير الري أن السد الجديد في وادي النخيل سيبدأ بتخزين المياه مطلع الشهر المقبل، بعد أعمال الصيانة.\n"
        "اقرأ أيضا: أول تعليق من المزارعين على تأخر تخزين المياه في سد وادي النخيل\n"
        "وقال رئيس اتحاد المزارعين، الأحد، إنه ينتظر تخزين المياه منذ عامين، وتعهد بنشر تعليق المزارعين على التأخر.\n"
        "اقرأ أيضا: لجنة برلمانية تطالب بتحقيق في كلفة السد\n"
        "وكانت لجنة برلمانية قد طالبت بتحقيق في كلفة السد، لكن الحكومة أكدت أن الحسابات سليمة."
    )
    anatomy = anatomy_of(text, title="وزير الري: السد الجديد يبدأ بتخزين المياه")
    assert anatomy.markers.stories == ()
    assert [block.goes_on for block in anatomy.markers.related] == [True, True]


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
    assert anatomy_of(f"{OWN}\n{added}", title="افتتاح جسر المشاة في حي الزهور").unmarked == ()


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
    assert anatomy.unmarked == ()
    anatomy.markers  # noqa: B018
    anatomy.bare_headlines  # noqa: B018
    assert time.process_time() - started < 3.0


def test_marker_without_its_link_does_not_end_the_story() -> None:
    more = "وتابع الوزير أن العمل في الجسر تأخر بسبب السيول، وأن حي الزهور سيحصل على محطة قطار جديدة."
    assert anatomy_of(f"{OWN}\nاقرأ أيضا:\n{more}").markers.stories == ()


MORE = (
    "وتابع الوزير أن العمل في الجسر تأخر بسبب السيول، وأن حي الزهور سيحصل على محطة قطار جديدة.\n"
    "وحضر افتتاح الجسر رئيس البلدية وعدد من سكان حي الزهور، وعبروه مشيا إلى محطة القطار."
)
TITLE = "افتتاح جسر المشاة في حي الزهور"


@pytest.mark.parametrize(
    "above",
    [
        pytest.param(HEADLINE, id="headline"),
        pytest.param(f"{HEADLINE}\nبقلم: ليلى عمران\nالسبت 12 مارس 2022", id="headline-writer-day"),
        pytest.param(f"12/3/2022 - 10:30\n{HEADLINE}", id="day-headline"),
    ],
)
def test_cut_lies_before_the_lines_above_the_second_story(above: str) -> None:
    text = f"{TITLE}\n{OWN}\n\n{above}\n{STORY}\n"
    (story,) = anatomy_of(text, title=TITLE).unmarked
    assert story.span.of(text) == f"{above}\n{STORY}"
    assert story.headline.of(text) == HEADLINE
    assert story.cut.of(text) == f"{above}\n{STORY}\n"


def test_end_mark_stays_with_the_story_it_closes() -> None:
    text = f"{OWN}\nالمصدر: وكالات\n{HEADLINE}\n{STORY}"
    (story,) = anatomy_of(text, title=TITLE).unmarked
    assert story.span.of(text) == f"{HEADLINE}\n{STORY}"


def test_story_inside_another_is_found_with_both_its_ends() -> None:
    text = f"{OWN}\n{HEADLINE}\n{STORY}\n{MORE}"
    own, story = anatomy_of(text, title=TITLE).stories
    assert story.span.of(text) == f"{HEADLINE}\n{STORY}"
    assert own.span.of(text) == f"{OWN}\n"


def test_own_story_is_the_one_that_the_title_names() -> None:
    text = f"{STORY}\n{TITLE}\n{OWN}\n{MORE}"
    own, story = anatomy_of(text, title=TITLE).stories
    assert story.span.of(text) == STORY
    assert own.span.of(text) == f"{TITLE}\n{OWN}\n{MORE}"


ROSTER = (
    "سامر الحلبي، مازن الكردي، وائل الديري، نزار الشامي، هاني الحموي، فادي اللاذقاني، باسل الحمصي، رامي الدرعاوي.\n"
    "أيمن الجزراوي، طلال السويدي، عمار التدمري، زياد الرقاوي، أنس القلموني، غسان الجبلي، حسام البانياسي.\n"
    "كريم الأطرش، لؤي الصفدي، مروان النابلسي، شادي الخليلي، بشار الغزاوي، نبيل اليافاوي، وسيم العكاوي."
)
TABLE = (
    "السبت 12 مارس: الشباب - الميناء، الساعة السابعة مساء، ملعب المدينة، الحكم نزار الشامي، الجولة الأولى.\n"
    "الأحد 13 مارس: النصر - الاتحاد، الساعة الخامسة مساء، ملعب الميناء، الحكم فادي الحموي، الجولة الأولى.\n"
    "الاثنين 14 مارس: الفجر - الكرمة، الساعة السابعة مساء، ملعب الوادي، الحكم رامي الحمصي، الجولة الثانية."
)
PRICES = (
    "طماطم 120 دينارا، خيار 95 دينارا، بطاطا 60 دينارا، بصل 45 دينارا، ثوم 300 دينار، جزر 70 دينارا للكيلو.\n"
    "تفاح 210 دنانير، موز 180 دينارا، برتقال 90 دينارا، عنب 250 دينارا، تمر 400 دينار، رمان 160 دينارا للكيلو."
)
MEASURES = (
    "1- تقليم الأشجار المجاورة لأسلاك الكهرباء في الأحياء القديمة قبل حلول فصل الأمطار من كل عام.\n"
    "2- تنظيف مجاري السيول من الأتربة والمخلفات، وتركيب شبكات تمنع سقوط الأكياس فيها عند المداخل.\n"
    "3- منع وقوف الشاحنات فوق أغطية الصرف، وتغريم المخالفين بحسب اللائحة التي أقرها المجلس سابقا."
)

SQUAD = (
    "رامي حداد (الوفاق السوري)، وائل قاسم (النهضة العماني)، طارق عمران (نجوم الساحل التونسي).\n"
    "زياد منصور (الميناء العراقي) وسمير درويش (فولهام الإنجليزي) ونبيل صباغ (غنت البلجيكي) وفادي خوري (نانت الفرنسي) "
    "وجهاد معلوف (بازل السويسري) وأيمن شاهين (أدانا التركي).\n"
    "كريم نصار (هانوفر الألماني) وماجد عبود (براغا البرتغالي) وحسام زيدان (العربي القطري) وأنس سالم (ليدز الإنجليزي)."
)


@pytest.mark.parametrize(
    "added",
    [
        pytest.param(f"وضمت قائمة اللاعبين المدعوين إلى معسكر حي الزهور:\n{ROSTER}", id="roster"),
        pytest.param(f"وفيما يلي مباريات الدورة التي تقام احتفالا بافتتاح الجسر:\n{TABLE}", id="fixtures"),
        pytest.param(f"وجاءت أسعار سوق الحي يوم الافتتاح كما يلي:\n{PRICES}", id="prices"),
        pytest.param(f"وأقر المجلس في الجلسة نفسها إجراءات أخرى هي:\n{MEASURES}", id="numbered"),
        pytest.param(f"وجاءت تشكيلة فريق الحي على النحو التالي:\n{SQUAD}", id="squad"),
    ],
)
def test_lists_are_no_second_story(added: str) -> None:
    assert [story for story in anatomy_of(f"{OWN}\n{added}", title=TITLE).unmarked if story.is_sure] == []


FA_OWN = (
    "پل عابر پیاده محله لاله صبح امروز با حضور شهردار تبریز و جمعی از ساکنان این محله افتتاح شد.\n"
    "به گزارش خبرگزاری شهر، شهردار تبریز گفت: ساخت این پل دو سال طول کشید و هزینه آن چهار میلیارد تومان بود.\n"
    "وی افزود: ساکنان محله لاله سال‌ها برای رسیدن به ایستگاه مترو از عرض بزرگراه عبور می‌کردند.\n"
    "شهردار تبریز همچنین از ساخت سه پل عابر پیاده دیگر در سال آینده خبر داد."
)
FA_STORY = (
    "تیم والیبال نوجوانان گیلان با پیروزی سه بر یک برابر مازندران قهرمان مسابقات کشوری شد.\n"
    "به گزارش خبرگزاری شهر، در دیدار پایانی این مسابقات که در سالن شهدای رشت برگزار شد، گیلان ست نخست را باخت.\n"
    "سرمربی تیم گیلان پس از بازی گفت: بازیکنان ما در ست‌های دوم تا چهارم والیبال زیبایی به نمایش گذاشتند."
)
UR_OWN = (
    "لاہور میں شہر کے مصروف ترین چوراہے پر پیدل چلنے والوں کے لیے نیا پل عوام کے لیے کھول دیا گیا ہے۔\n"
    "بلدیہ کے مطابق پل کی تعمیر پر چار کروڑ روپے لاگت آئی اور یہ منصوبہ دو سال میں مکمل ہوا۔\n"
    "بلدیہ کے سربراہ نے کہا کہ پل کے ذریعے روزانہ بیس ہزار پیدل چلنے والے چوراہا محفوظ طریقے سے عبور کر سکیں گے۔"
)
UR_STORY = (
    "پاکستان کی خواتین ہاکی ٹیم نے ایشیائی مقابلوں کے سیمی فائنل میں ملائیشیا کو تین ایک سے شکست دے دی ہے۔\n"
    "میچ کے پہلے ہاف میں ملائیشیا کی ٹیم نے ایک گول کی برتری حاصل کی لیکن پاکستانی کھلاڑیوں نے ہمت نہیں ہاری۔\n"
    "ٹیم کی کپتان نے میچ کے بعد کہا کہ فائنل میں بھی ہاکی ٹیم اسی جذبے کے ساتھ میدان میں اترے گی۔"
)


@pytest.mark.parametrize(
    ("own", "other"), [pytest.param(FA_OWN, FA_STORY, id="fa"), pytest.param(UR_OWN, UR_STORY, id="ur")]
)
def test_unmarked_stories_are_found_in_other_languages(own: str, other: str) -> None:
    text = f"{own}\n{other}"
    assert [story.span.of(text) for story in anatomy_of(text).unmarked] == [other]


@pytest.mark.parametrize(
    "above",
    [
        pytest.param("تبریز صاحب سیرک شد؟\nکد خبر: ۱۲۳۴۵ | ۱۴/۶/۱۴۰۱", id="headline-code"),
        pytest.param("کد خبر: ۱۲۳۴۵ | ۱۴/۶/۱۴۰۱\nقهرمانی نوجوانان والیبال گیلان در کشور", id="code-headline"),
    ],
)
def test_code_of_the_news_belongs_to_the_story_below_it(above: str) -> None:
    text = f"{FA_OWN}\n{above}\n{FA_STORY}"
    assert [story.span.of(text) for story in anatomy_of(text).unmarked] == [f"{above}\n{FA_STORY}"]


MENU = "الرئيسية\nتسجيل الدخول\nاتصل بنا\nخريطة الموقع\nالبحث\nمن نحن\nسياسة الخصوصية\nشارك على فيسبوك\nتويتر\nواتساب"


def test_foreign_text_on_a_page_as_saved_is_never_an_error() -> None:
    article = f"{TITLE}\n{OWN}\n\n{HEADLINE}\nبقلم: ليلى عمران\n{STORY}"
    (story,) = anatomy_of(article, title=TITLE).unmarked
    assert story.is_sure
    (story,) = anatomy_of(f"{MENU}\n{article}", title=TITLE).unmarked
    assert story.confidence == 0.8


def test_what_stands_above_is_no_error_without_the_own_headline() -> None:
    (story,) = anatomy_of(f"{STORY}\n{OWN}\n{MORE}", title=TITLE).unmarked
    assert (story.span.start, story.confidence) == (0, 0.8)


@pytest.mark.parametrize(
    "title",
    [
        "أقوال الصحف: جسر جديد وكأس ثالثة",
        "موقع الميناء - صحف: جسر جديد وكأس ثالثة",
        "اهتمت الصحف بجسر وكأس",
        "موجز الأخبار المحلية",
        "أخبار قصيرة",
        "مناسبات",
        "عيادة القلب",
        "آج کا نیوز بلیٹن",
    ],
)
def test_a_review_of_the_press_or_news_in_brief_is_never_an_error(title: str) -> None:
    article = f"{OWN}\n\n{HEADLINE}\nبقلم: ليلى عمران\n{STORY}"
    (story,) = anatomy_of(article, title=title).unmarked
    assert story.confidence == 0.8


@pytest.mark.parametrize("answer", ["ردا على ذلك", "وردا على ذلك"])
def test_what_answers_the_text_above_is_no_error(answer: str) -> None:
    said = f"{answer}، " + STORY.replace("أحرز فريق الشباب", "قال فريق الشباب إنه أحرز", 1)
    article = f"{OWN}\n\n{HEADLINE}\nبقلم: ليلى عمران\n{said}"
    assert all(story.confidence <= 0.8 for story in anatomy_of(article, title=TITLE).unmarked)


def test_a_story_in_words_that_nothing_is_known_of_is_never_likely() -> None:
    lines = f"{OWN}\n\n{HEADLINE}\n{STORY}".splitlines()
    strange = [
        " ".join(f"{word[:2]}ڼڅ{word[2:]}" if at % 3 == 1 else word for at, word in enumerate(line.split()))
        for line in lines
    ]
    known, unknown = (anatomy_of("\n".join(text)).unmarked for text in (lines, strange))
    assert [story.is_sure for story in known] == [True]
    assert [story.is_likely for story in unknown] == [False]


def test_a_paragraph_that_comes_again_tells_nothing() -> None:
    once, again = (anatomy_of(f"{own}\n{STORY}").unmarked for own in (OWN, f"{OWN.splitlines()[0]}\n{OWN}"))
    assert [story.confidence for story in once] == [story.confidence for story in again] != []


def test_words_cut_apart_by_a_program_are_never_an_error() -> None:
    article = f"{OWN}\n\n{HEADLINE}\nبقلم: ليلى عمران\n{STORY}"
    for stop in ".،":
        article = article.replace(stop, f"#{stop}")
    (story,) = anatomy_of(article.replace(" ", "#")).unmarked
    assert not story.is_sure


REPEATED = "{0}\n" + OWN + "\n{0}\n\n" + HEADLINE + "\nبقلم: ليلى عمران\n" + STORY + "\n{0}\n{0}"


def test_posts_of_a_thread_are_never_an_error() -> None:
    (story,) = anatomy_of(REPEATED.format("رد: ماذا قرأتم اليوم؟")).unmarked
    assert story.confidence == 0.8


@pytest.mark.parametrize("line", ["إعلان", "شاهد الصور", "تبلیغات", "الصور:", "بقلم: سامي حداد", "سامي حداد"])
def test_a_button_or_a_writer_again_and_again_makes_no_thread(line: str) -> None:
    (story,) = anatomy_of(REPEATED.format(line)).unmarked
    assert story.is_sure


@pytest.mark.parametrize("line", ["معرض الصحافة", "تونس - صحف", "المصدر: صحف تونسية"])
def test_a_word_for_papers_alone_makes_no_review_of_the_press(line: str) -> None:
    (story,) = anatomy_of(f"{line}\n{OWN}\n\n{HEADLINE}\nبقلم: ليلى عمران\n{STORY}").unmarked
    assert story.is_sure


def test_no_story_begins_inside_a_sentence() -> None:
    assert anatomy_of(f"{OWN}\nوقال المتحدث باسم النادي إن\n{STORY}", title=TITLE).unmarked == ()


def test_lines_that_close_a_story_break_off_no_sentence() -> None:
    closing = "للتواصل مع الكاتب ارسل رسالة\nتبدأ بالرمز (7) ثم مسافة ثم نص الرسالة إلى"
    text = f"{OWN}\n{closing}\n{STORY}"
    (story,) = anatomy_of(text, title=TITLE).unmarked
    assert (story.span.of(text), story.is_sure) == (STORY, True)


def test_words_of_the_page_behind_a_paragraph_make_it_no_line_of_the_page() -> None:
    glued = STORY + " رابط الخبر بصحيفة النهر: فريق الشباب يحرز كأس الناشئين"
    text = f"{OWN}\n{glued}"
    (story,) = anatomy_of(text, title=TITLE).unmarked
    assert story.span.of(text) == glued


LONG = OWN + (
    "\nوقال رئيس بلدية المدينة إن مقاول الجسر أنهى الأعمدة في الربيع، وإن مهندس الوزارة فحص الأعمدة والمصاعد مرتين.\n"
    "وذكر مهندس الوزارة أن المقاول استعمل فولاذا محليا، وأن المصاعد وصلت من ميناء العاصمة في صيف العام الماضي.\n"
    "وشكر سكان الحي المقاول والمهندس، وطالبوا بمظلة فوق الأعمدة وبمصباح عند كل مصعد من المصاعد الأربعة.\n"
    "وتعهدت البلدية بأن تركب المظلة قبل الخريف، وأن تدفع الوزارة ثمن المصابيح وصيانة المصاعد."
)
LONG_STORY = STORY + (
    "\nوأشاد هداف الميناء سامر الحلبي بجمهور الشباب، وتمنى أن تعود الكأس إلى ناديه في الموسم القادم.\n"
    "ويستعد الشباب لبطولة الأندية العربية التي تنطلق في تونس الشهر القادم، ويخوض قبلها مباراتين وديتين مع {0}.\n"
    "وضم النادي لاعبين أجنبيين قبل البطولة، أحدهما من صربيا سجل مع فريقه السابق ثلاثين نقطة في مباراة واحدة."
)


@pytest.mark.parametrize(
    ("foreign", "confidence"),
    [
        pytest.param(LONG_STORY.format("الأهلي"), 1.0, id="another-subject"),
        pytest.param(
            LONG_STORY.format("فريق المقاول").replace("نادي الميناء", "نادي المهندسين"), 0.8, id="the-same-subject"
        ),
    ],
)
def test_what_goes_on_about_the_subject_is_no_error(foreign: str, confidence: float) -> None:
    (story,) = anatomy_of(f"{LONG}\n\n{HEADLINE}\n{foreign}", title=TITLE).unmarked
    assert story.confidence == pytest.approx(confidence, abs=0.05)


def test_a_subhead_in_the_words_of_the_article_is_no_beginning() -> None:
    heads = HEADLINE, "جسر المشاة ومحطة القطار في كأس الناشئين"
    stories = [anatomy_of(f"{OWN}\n\n{head}\n{STORY}\n{MORE}", title=TITLE).unmarked[0] for head in heads]
    assert [story.sure_from for story in stories] == [0.85, 0.9]


def test_inside_a_story_what_has_no_beginning_must_be_surer() -> None:
    (bare,) = anatomy_of(f"{OWN}\n{STORY}\n{MORE}", title=TITLE).unmarked
    (begun,) = anatomy_of(f"{OWN}\n\n{HEADLINE}\nبقلم: ليلى عمران\n{STORY}\n{MORE}", title=TITLE).unmarked
    (at_the_end,) = anatomy_of(f"{OWN}\n{STORY}", title=TITLE).unmarked
    assert (bare.sure_from, begun.sure_from, at_the_end.sure_from) == (0.9, 0.85, 0.85)


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    words = f"{OWN} {MORE}".replace("\n", " ").split()
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > 68:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    assert anatomy_of("\n".join([*lines, line])).unmarked == ()


def test_text_without_sentence_ends_is_no_story() -> None:
    own = "تستأنف بطولة الدوري الممتاز لكرة القدم نشاطها اليوم بإجراء مباريات الجولة السادسة."
    headlines = (
        "قرار بغلق المعبر الحدودي مدة أسبوع وزير الداخلية يؤدي زيارة إلى الجنوب القضاء على عنصرين إرهابيين في الجبل "
        "تمديد حالة الطوارئ شهرا البرلمان يصادق على قانون حماية المبلغين عن الفساد انتداب خمسمائة قاض رئيس الحكومة "
        "يأمر بفتح تحقيق في الحادثة توقيع اتفاق الزيادة في الأجور وفاة ممثلة معروفة"
    )
    assert anatomy_of(f"{own}\n{headlines}").unmarked == ()


@pytest.mark.parametrize("declared", [True, False])
def test_what_stands_below_a_long_headline_is_its_story(declared: bool) -> None:
    title = "بعد فوز لم يتوقعه أحد من المتابعين.. من أين جاء هؤلاء الصغار وكيف وصلوا إلى منصة التتويج في العاصمة؟"
    assert anatomy_of(f"{title}\n\n{STORY}", title=title if declared else "").unmarked == ()
