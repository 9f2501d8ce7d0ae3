"""The packs of artefacts, sources, metadata and quality on whole pages and on bad input."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from msgspec import structs

from corpuslint import Applicability, Document, DocumentId, check_text, fix_text
from corpuslint.engine.check import check_document
from corpuslint.engine.fix import fix_document
from corpuslint.engine.ruleset import RuleSet, ruleset
from corpuslint.model.ledger import replay, undo
from corpuslint.packs.loader import load_packs
from corpuslint.resources import rules_folder
from tests.conftest import Corpuslint

HEADLINE = "ميناء جديد على الساحل الشرقي\n"
ARTICLE = (
    "بدأت الشركة أمس بناء ميناء جديد على الساحل الشرقي يتسع لعشر سفن كبيرة في وقت واحد.\n"
    "آمال الصيادين\n"
    "وينتهي العمل في المرحلة الأولى من المشروع قبل نهاية العام المقبل بحسب الشركة المنفذة.\n"
)
PAGE = (
    "الرئيسية / اقتصاد / نقل\n"
    + HEADLINE
    + "31\n"
    + "4\n"
    + "هسبريس - طنجة\n"
    + "[ad_1]\n"
    + ARTICLE
    + "عن وكالات\n"
    + "كلمات دلالية: ميناء، ساحل، سفن، ميناء\n"
    + "شارك عبر واتساب وتلغرام\n"
    + "عدد التعليقات 0\n"
    + "التعليقات المنشورة لا تعبر بالضرورة عن رأي الموقع\n"
    + "مقالات مشابهة\n"
    + "• سفينة أولى ترسو في الميناء\n"
    + "• أسعار السمك ترتفع بعد أن...\n"
)


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    folders = [rules_folder() / name for name in ("artefacts", "sources", "metadata", "quality")]
    return ruleset([rule for pack in load_packs(folders) for rule in pack.rules])


def document(text: str, **metadata: str) -> Document:
    return Document(DocumentId("d"), text, metadata)


def codes(text: str, rules: RuleSet, **metadata: str) -> list[str]:
    return [finding.code for finding in check_document(document(text, **metadata), rules)]


def test_page_becomes_its_article_and_its_metadata(rules: RuleSet) -> None:
    result = fix_document(document(PAGE), rules, Applicability.UNSAFE)
    assert result.text == HEADLINE + ARTICLE
    assert dict(result.lifted) == {
        "source": "هسبريس",
        "credit": "عن وكالات",
        "keywords_raw": "ميناء، ساحل، سفن، ميناء",
        "keywords": ("ميناء", "ساحل", "سفن"),
    }
    assert result.remaining == ()
    assert replay(PAGE, result.applied) == result.text
    assert undo(result.text, result.applied) == PAGE


def test_safe_fixes_keep_what_moves_text(rules: RuleSet) -> None:
    result = fix_document(document(PAGE), rules, Applicability.SAFE)
    kept = result.text.splitlines()
    assert "هسبريس - طنجة" in kept
    assert "عن وكالات" in kept
    assert "كلمات دلالية: ميناء، ساحل، سفن، ميناء" in kept
    assert "[ad_1]" not in kept
    assert "شارك عبر واتساب وتلغرام" in kept


def test_windows_line_ends_change_nothing(rules: RuleSet) -> None:
    page = PAGE.replace("\n", "\r\n")
    result = fix_document(document(page), rules, Applicability.UNSAFE)
    assert result.text == (HEADLINE + ARTICLE).replace("\n", "\r\n")
    assert codes(page, rules) == codes(PAGE, rules)


def test_outlet_of_a_disclaimer_is_kept_before_its_line_goes(rules: RuleSet) -> None:
    text = HEADLINE + ARTICLE + "التعليقات المنشورة لا تعبر بالضرورة عن رأي صحيفة الساحل\n"
    assert codes(text, rules) == ["SRC003", "ART020"]
    bold = structs.replace(rules, min_confidence=0.5)
    result = fix_document(document(text), bold, Applicability.UNSAFE)
    assert result.text == HEADLINE + ARTICLE
    assert dict(result.lifted) == {"source_evidence": "الساحل"}
    assert [finding.code for finding in result.remaining] == ["SRC003"]


def test_declared_metadata_are_never_replaced(rules: RuleSet) -> None:
    text = HEADLINE + ARTICLE + "المصدر: عكاظ\n"
    assert codes(text, rules, source="هسبريس") == ["SRC010", "SRC005"]
    result = fix_document(document(text, source="هسبريس"), rules, Applicability.UNSAFE)
    assert result.text == text
    assert dict(result.lifted) == {}


_OWN = "أصدر المجلس صباح اليوم أمرا جديدا بتنظيم عمل الحدائق العامة في المدينة كلها."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[ad_1]\nشارك عبر واتساب\nعدد التعليقات 0\n", id="code-and-buttons"),
        pytest.param("جميع الحقوق محفوظة\nاشترك في النشرة البريدية\n", id="sentences"),
        pytest.param("منبع: ایسنا\nنظر شما\n", id="label-and-button"),
    ],
)
def test_document_of_boilerplate_is_named_once_and_never_emptied(text: str, rules: RuleSet) -> None:
    spoken = codes(text, rules, title="x", url="https://example.org")
    assert "QLT002" in spoken
    assert not [code for code in spoken if code.startswith("ART0") and code > "ART009"]


def test_label_ten_thousand_times_is_cut_in_one_sweep(rules: RuleSet) -> None:
    text = HEADLINE + ARTICLE + "المصدر\n" * 10_000
    result = fix_document(document(text, url="https://example.org"), rules, Applicability.UNSAFE)
    assert result.text == HEADLINE + ARTICLE


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * 20_000, id="brackets"),
        pytest.param("<a " * 10_000, id="tags"),
        pytest.param("ا" * 50_000, id="one-word"),
        pytest.param("9" * 400 + "\n" + ARTICLE, id="four-hundred-digits"),
        pytest.param("كلمة.كلمة" * 5_000, id="glued"),
        pytest.param("شارك فيسبوك " * 5_000, id="buttons"),
        pytest.param("الوسوم: " + "كلمة، " * 10_000, id="tags-of-a-line"),
        pytest.param("أخبار ذات صلة\n• عنوان طويل لخبر آخر\n" * 1_000, id="lists"),
        pytest.param("\n" * 50_000, id="blank-lines"),
        pytest.param("ارسل رسالة SMS 12345 - " * 2_000, id="sms"),
    ],
)
def test_time_grows_with_the_text_only(text: str, rules: RuleSet) -> None:
    check_document(document(ARTICLE), rules)  # compiles what is compiled once
    began = time.process_time()
    check_document(document(text), rules)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "metadata",
    [
        pytest.param({"source": "الساحل"}, id="source"),
        pytest.param({"url": "https://example.org/1"}, id="url"),
    ],
)
def test_declared_source_is_enough(metadata: dict[str, str], rules: RuleSet) -> None:
    assert codes(HEADLINE + ARTICLE, rules) == ["SRC001"]
    assert codes(HEADLINE + ARTICLE, rules, **metadata) == []


def test_addresses_name_their_outlet_once_a_corpus(corpuslint: Corpuslint, tmp_path: Path) -> None:
    records = [{"id": str(at), "text": ARTICLE, "url": f"https://example.org/{at}"} for at in range(3)]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    run = corpuslint("check", tmp_path, "--isolated", "--select", "SRC006", "--output-format", "json")
    assert [one["message"] for one in json.loads(run.out)] == [
        "no source, but the address names example.org (in 3 documents)"
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HEADLINE + ARTICLE, id="article-with-a-subhead"),
        pytest.param("لافتة: " + HEADLINE + ARTICLE, id="headline-with-a-colon"),
        pytest.param(HEADLINE + "طنجة: " + ARTICLE, id="city-before-the-text"),
        pytest.param(HEADLINE + ARTICLE + "***\n" + ARTICLE.splitlines()[2] + " ثم يبدأ التشغيل.\n", id="stars"),
        pytest.param(HEADLINE + ARTICLE + "ويضم الميناء:\n- رصيفين\n- مخزنا\n- سوقا للسمك\n", id="list-of-the-article"),
    ],
)
def test_articles_are_left_alone(text: str, rules: RuleSet) -> None:
    assert codes(text, rules, source="الساحل") == []


FA = "شهرداری صبح امروز پارک تازه‌ای را در محله شمالی شهر با حضور شمار زیادی از مردم گشود.\n"
CKB = "شارەوانی ئەمڕۆ باخچەیەکی نوێی لە گەڕەکی باکوور بە ئامادەبوونی ژمارەیەکی زۆر لە هاووڵاتیان کردەوە.\n"
PS = "ښاروالۍ نن سهار په شمالي سیمه کې یو نوی پارک پرانیست او ګڼ شمېر خلک د پرانیستې په مراسمو کې حاضر وو.\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(FA * 2 + "این کانال تلویزیونی سه سال پیش در ایتالیا راه افتاد.\n", id="fa-channel-in-italy"),
        pytest.param(FA * 2 + "این طرح فقط برای مشترکان تلفن ثابت اجرا می‌شود.\n", id="fa-subscribers-of-a-telephone"),
        pytest.param(FA * 2 + "برنامه‌های جاوااسکریپت در هر مرورگر تازه‌ای اجرا می‌شوند.\n", id="fa-javascript"),
        pytest.param(CKB * 2 + "ئەم بەرنامەیە بە زمانی جاڤاسکریپت نووسراوە.\n", id="ckb-javascript"),
        pytest.param(CKB * 2 + "سەرۆکی شارەوانی لە کەناڵی خۆی لە تێلیگرام باسی باخچەکەی کرد.\n", id="ckb-channel"),
        pytest.param(PS * 2 + "دغه ځوان په یوټیوب کې یو چینل لري او ویډیوګانې خپروي.\n", id="ps-channel"),
        pytest.param(HEADLINE + ARTICLE + "وساهمت الشركة في دعم الصحافة المستقلة عشرين عاما.\n", id="ar-support"),
    ],
)
def test_closing_paragraph_about_a_channel_or_a_subscription_is_no_prompt(text: str, rules: RuleSet) -> None:
    assert "ART024" not in codes(text, rules)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(FA * 2 + "کانال ما را در ایتا ببینید\n", id="fa-channel"),
        pytest.param(FA * 2 + "ادامه این مطلب ویژه مشترکان است\n", id="fa-subscribers"),
        pytest.param(CKB * 2 + "سەردانی کەناڵەکەمان بکەن لە تێلیگرام\n", id="ckb-channel"),
        pytest.param(PS * 2 + "زموږ د ټېلېګرام چینل تعقیب کړئ\n", id="ps-channel"),
    ],
)
def test_prompt_for_the_pages_own_channel_is_found(text: str, rules: RuleSet) -> None:
    assert "ART024" in codes(text, rules)


def test_headline_of_a_review_names_no_author(rules: RuleSet) -> None:
    assert "SRC012" not in codes("مراجعة: رواية المدينة البعيدة\n" + ARTICLE, rules)


def test_a_table_of_numbers_is_not_cut(corpuslint: Corpuslint, tmp_path: Path) -> None:
    body = "نشرت البلدية أرقام هواتف مراكز الخدمة في أحياء المدينة ليتصل بها السكان عند الحاجة في كل يوم من الأسبوع.\n"
    rows = "".join(f"مركز الحي رقم {number}\n{22440 + 37 * number}\n" for number in range(1, 11))
    path = tmp_path / "a.txt"
    path.write_text(body + rows, "utf-8")
    corpuslint("check", path, "--isolated", "--fix", "--unsafe-fixes", "--select", "ART")
    assert path.read_text("utf-8") == body + rows


def test_a_name_and_a_day_beside_lines_of_the_page_are_shown_and_not_deleted() -> None:
    text = HEADLINE + ARTICLE + "البريد الإلكتروني\nسامي ناصر\n26/06/2012\nاترك تعليقا\n"
    assert fix_text(text, select=["ART060", "ART013"], unsafe=True).endswith("سامي ناصر\n26/06/2012\n")


def test_values_of_a_line_are_lifted_only_where_nothing_states_them(rules: RuleSet) -> None:
    text = "نشر في 3 مايو 2022 في قسم محليات بواسطة سامي ناصر\n" + HEADLINE + ARTICLE
    declared = {"author": "ليلى حداد", "published": "2022-05-03"}
    found = [
        {change.name: change.value for change in one.fix.fields}
        for metadata in ({}, declared)
        for one in check_document(Document(DocumentId("a"), text, metadata), rules)
        if one.code == "ART063" and one.fix
    ]
    assert found == [{"published": "2022-05-03", "section": "محليات", "author": "سامي ناصر"}, {"section": "محليات"}]


@pytest.mark.parametrize(
    "line",
    ["نشر في 3 مايو 2022 بواسطة سامي ناصر", "3 تعليقات على القرار الجديد", "كتب سامي ناصر عن الحديقة"],
    ids=["between-paragraphs", "a-count", "a-sentence"],
)
def test_words_of_a_template_inside_the_text_are_no_slots(line: str, rules: RuleSet) -> None:
    paragraphs = [one for one in ARTICLE.splitlines(keepends=True) if len(one) > 40]
    assert "ART063" not in codes(paragraphs[0] + line + "\n" + paragraphs[1], rules)


def test_an_item_of_a_numbered_list_is_shown_and_not_deleted() -> None:
    text = (
        "افتتحت البلدية صباح اليوم حديقة عامة جديدة في الحي الشمالي بحضور عدد كبير من السكان والمسؤولين في المدينة.\n"
        "1. كيف أشترك في النادي؟\n2. ما هي رسوم الاشتراك؟\n3. ما هي شروط البحث؟\n"
    )
    assert all(found.confidence <= 0.8 for found in check_text(text, select=["ART060"]))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{_OWN}\nالرقم: أ / 12\nالتاريخ: 11 / 7 / 1441هـ\n{_OWN}\n{_OWN}\n", id="day-of-a-decree"),
        pytest.param(f"{_OWN}\n{_OWN}\nهمشهری:\n", id="heading-in-a-press-review"),
        pytest.param(f"* همشهری\n{_OWN}\n{_OWN}\n", id="paper-behind-a-star"),
        pytest.param(f"{_OWN}\nهمشهری\nوفي صحيفة همشهری نقرأ: {_OWN}\n", id="paper-named-below"),
        pytest.param(f'حكاية الـ "دوت كوم"\n{_OWN}\n{_OWN}\n', id="headline-with-a-name"),
        pytest.param(f"{_OWN}\nعکس: خرس و ماهی\n{_OWN}\n", id="heading-of-an-item"),
        pytest.param(f"{_OWN}\n{_OWN}\nوسوم - الصفحة الشخصية للكاتب سامي ناصر\nمدونة البحر\n", id="name-of-a-site"),
    ],
)
def test_what_a_label_inside_the_text_may_mean_is_not_cut(text: str) -> None:
    assert fix_text(text, select=["DAT030", "SRC010", "ART030", "ART031"], unsafe=True) == text


_MENU = ("الرئيسية", "تسجيل الدخول", "اشترك الآن", "البحث")
_FOOT = ("شاركها", "سياسة الخصوصية", "اتصل بنا", "من نحن", "جميع الحقوق محفوظة")


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (("مدينة بلا ماء", "سامي ناصر", "روائي من الجنوب"), ()),
        ((), ("الاسم: سامي ناصر", "النادي: الأهلي", "تاريخ التعاقد: 1/7/2022")),
        ((), ("السابق: تعادل مع النصر 1-1", "التالي: مباراة الوحدة")),
        ((), ("20:00", "قناة المنارة", "21:30", "قناة البحر")),
        (("هذا المعرض يضم 40 صورة",), ()),
        ((), ("وقرأ الطلاب على الشاشة «عفوا، كلمات البحث غير مطابقة»",)),
    ],
    ids=["headline", "card", "matches", "programme", "exhibition", "message told"],
)
def test_what_an_article_may_hold_stays_on_a_page_with_menus(above: tuple[str, ...], below: tuple[str, ...]) -> None:
    text = "\n".join((*_MENU, *above, ARTICLE.rstrip(), *below, *_FOOT)) + "\n"

    assert fix_text(text, unsafe=True) == "\n".join((*above, ARTICLE.rstrip(), *below)) + "\n"


_OPENED = "افتتحت البلدية صباح اليوم حديقة عامة جديدة في الحي الشمالي بحضور عدد كبير من السكان والمسؤولين في المدينة.\n"
_SAID = "وقال رئيس البلدية إن الحديقة ستفتح أبوابها كل يوم من الصباح إلى المساء وإن الدخول إليها مجاني للجميع.\n"


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param("متحف البحر يستقبل زواره\n", id="headline-above-buttons"),
        pytest.param("السعر: 25 ريالا\nتاريخ النشر: 2014\nعدد الصفحات: 184\n", id="facts-of-a-book"),
        pytest.param("فيلم: قصة قمح\nإخراج: سامي حداد\nتصوير: هاني ناصر\n", id="makers-of-a-film"),
    ],
)
def test_lines_of_an_article_between_paragraphs_and_buttons_are_not_cut(kept: str) -> None:
    fixed = fix_text(f"{_OPENED}{kept}شارك\nاطبع\nأرسل إلى صديق\n{_SAID}{_OPENED}", unsafe=True)
    assert fixed == f"{_OPENED}{kept}{_SAID}{_OPENED}"


def test_cards_of_many_lines_stay_on_a_page_with_menus() -> None:
    menu = (
        "\n".join(
            (
                *_MENU,
                *_FOOT,
                "أرشيف",
                "أعلن معنا",
                "خريطة الموقع",
                "إنشاء حساب",
                "وظائف شاغرة",
                "شروط الاستخدام",
                "اطبع",
            )
        )
        + "\n"
    )
    firms = "".join(
        f"الشركة: {name}\nالهاتف: 1234{number}\nالبريد الإلكتروني: {number}@firm.example\n"
        f"العنوان: شارع {number}\nالموقع: الحي الشمالي\n"
        for number, name in enumerate(("المنارة", "البحر", "القمح", "الجسر", "النخيل", "المرفأ", "الوادي"))
    )
    assert firms in fix_text(menu + _OPENED + firms + _SAID + menu, unsafe=True)


def test_a_list_of_other_pieces_goes_whole_where_a_headline_opens_as_a_label_does() -> None:
    heading = "روابط ذات علاقة\nافتتاح متحف البحر الجديد في الميناء\n"
    listed = heading + "تقرير: عدد زوار الحدائق العامة يقارب المليون هذا العام\nجسر جديد يربط ضفتي المدينة القديمة\n"
    assert fix_text(f"{_OPENED}{listed}{_SAID}{_OPENED}", unsafe=True) == f"{_OPENED}{_SAID}{_OPENED}"


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param("النسخة السابقة: مقعدان وسقف من قماش\nالنسخة التالية: أربعة مقاعد ومحرك\n", id="versions"),
        pytest.param("السابق: قارب من خشب الأرز\nالتالي: قارب من حديد\n", id="before-and-after"),
        pytest.param("وظهرت على شاشة المكتبة عبارة قديمة:\nتسجيل الدخول\nاتصل بنا\n", id="announced-by-a-colon"),
        pytest.param("وعلى الباب لافتة كتبت فيها كلمة واحدة.\nيتبع\n", id="called-a-word"),
        pytest.param("صفحة 9\nفي هذه الصفحة من الدفتر رسم الصياد قاربه الأول.\n", id="called-a-page"),
        pytest.param("صورة: الصياد على القارب\nصورة: البحر في الشتاء\nصورة: شباك من قطن\n", id="pictures-shown"),
        pytest.param("مشاركة: 40 شخصا\nإعجاب: 300 شخص\nتعليق: 21\n", id="numbers-of-a-post"),
        pytest.param("وسوم: هكذا يسمي الصيادون علامات قواربهم.\n", id="label-of-a-sentence"),
    ],
)
def test_what_an_article_tells_between_its_sentences_is_only_shown(kept: str) -> None:
    text = f"{HEADLINE}{_OPENED}{kept}{_SAID}"
    assert fix_text(text, unsafe=True) == text


def test_minutes_among_the_facts_of_a_film_are_only_shown() -> None:
    text = f"{HEADLINE}{_OPENED}{_SAID}بطولة: سامي حداد\nالأزياء: منى ناصر\nالمدة: 104 دقائق\n"
    assert fix_text(text, unsafe=True) == text


def test_a_bulletin_of_headlines_keeps_them() -> None:
    text = "أهم الأخبار\nجسر جديد فوق النهر الكبير\nمتحف البحر يستقبل زواره\nمدرسة ثانية في الحي الشرقي\n"
    assert fix_text(text, unsafe=True) == text


def test_the_only_title_of_a_letter_page_stays() -> None:
    text = f"بريد القراء\nالسيد المحرر\n{_OPENED}{_SAID}"
    assert fix_text(text, unsafe=True) == text


def test_page_words_under_a_request_of_the_page_are_still_cut() -> None:
    asked = "تابعونا على مواقع التواصل الاجتماعي:\nفيسبوك\nتويتر\n"
    assert fix_text(f"{_OPENED}{_SAID}{asked}", unsafe=True) == f"{_OPENED}{_SAID}"


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("المصدر: وكالة أنباء الساحل الشرقي وصحف محلية", id="source"),
        pytest.param("منبع: خبرگزاری ساحل شرقی به نقل از منابع محلی", id="persian"),
        pytest.param("ماخذ: ساحلی شہر کی خبر ایجنسی اور دیگر اخبارات", id="urdu"),
        pytest.param("سەرچاوە: ئاژانسی هەواڵی کەناری ڕۆژهەڵات و ڕۆژنامەکان", id="sorani"),
        pytest.param("كتب: سامي ناصر موفد المنارة إلى الساحل الشرقي", id="writer"),
        pytest.param("تقرير: مراسلنا في الساحل الشرقي سامي ناصر", id="report"),
    ],
)
@pytest.mark.parametrize("below", ["", _SAID], ids=["end", "amid"])
def test_a_list_of_other_pieces_leaves_the_storys_own_source_and_writer_below_it(line: str, below: str) -> None:
    text = (
        f"{_OPENED}{_SAID}اقرأ أيضا\nافتتاح متحف البحر الجديد في الميناء\nجسر جديد يربط ضفتي المدينة\n{line}\n{below}"
    )
    found = [one for one in check_text(text) if one.code in ("ART034", "MIX004")]
    assert found
    assert not [one for one in found if one.span.end > text.index(line)]
