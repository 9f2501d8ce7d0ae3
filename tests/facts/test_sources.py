"""Outlets, agencies and credits are told by shape and place first, by the table second."""

from __future__ import annotations

import pytest

from corpuslint import Anatomy, Document, DocumentId, check_text
from corpuslint.facts.outlets import known_outlet
from corpuslint.facts.sources import SourceRole

BODY = (
    "بدأت الشركة أمس بناء ميناء جديد على الساحل الشرقي يتسع لعشر سفن كبيرة في وقت واحد وفق ما أعلنته في بيان مفصل.\n"
    "وينتهي العمل في المرحلة الأولى من المشروع قبل نهاية العام المقبل بحسب الشركة المنفذة التي تعمل في خمس دول.\n"
)
BODY_FA = "ساخت بندر تازه در کرانه شرقی دیروز آغاز شد و به گفته شرکت سازنده گنجایش ده کشتی بزرگ را همزمان خواهد داشت.\n"


def mentions(text: str) -> list[tuple[SourceRole, str, str]]:
    anatomy = Anatomy(Document(DocumentId("d"), text))
    for mention in anatomy.sources:
        assert mention.span.of(text) == mention.name
    return [(mention.role, mention.name, mention.outlet) for mention in anatomy.sources]


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("أ ف ب", "AFP"),
        ("أ.ف.ب", "AFP"),
        ("وكالة فرانس برس", "AFP"),
        ("afp", "AFP"),
        ("صحيفة عكاظ", "Okaz"),
        ("خبرگزاری ايسنا", "ISNA"),
        ("بی‌بی‌سی", "BBC"),
        ("فرانس ٢٤", "France 24"),
        ("ڕووداو", "Rudaw"),
    ],
)
def test_spellings_of_an_outlet_are_one(spelling: str, name: str) -> None:
    outlet = known_outlet(spelling)
    assert outlet is not None
    assert outlet.name == name


@pytest.mark.parametrize(
    ("line", "found"),
    [
        pytest.param("المصدر: الساحل نيوز", (SourceRole.LABEL, "الساحل نيوز", ""), id="label"),
        pytest.param("المصدر: وكالات", (SourceRole.CREDIT, "وكالات", ""), id="label-of-nobody"),
        pytest.param("المصدر", (SourceRole.EMPTY, "", ""), id="lone-label"),
        pytest.param("نقلاً عن: هسبريس", (SourceRole.LABEL, "هسبريس", "Hespress"), id="quoting"),
        pytest.param("(رويترز)", (SourceRole.SIGNATURE, "رويترز", "Reuters"), id="brackets"),
        pytest.param("* خدمة «واشنطن بوست»", (SourceRole.SIGNATURE, "واشنطن بوست", "Washington Post"), id="service"),
        pytest.param(
            "مەنبە: باغ ئاياللىرى 2008-يىل 5-سان", (SourceRole.LABEL, "باغ ئاياللىرى", ""), id="issue-of-a-journal"
        ),
        pytest.param(
            "مەنبە: 2011-يىللىق باغ ژۇرنىلى 3-سان", (SourceRole.LABEL, "باغ ژۇرنىلى", ""), id="year-of-a-journal"
        ),
        pytest.param("مەنبە: باغ گېزىتىدىن ئېلىندى.", (SourceRole.LABEL, "باغ گېزىتى", ""), id="taken-from-a-paper"),
        pytest.param(
            "مەنبە: «باغدىكى كۈنلەر» دېگەن كىتابتىن ئېلىندى",
            (SourceRole.LABEL, "باغدىكى كۈنلەر", ""),
            id="taken-from-a-book",
        ),
        pytest.param(
            "منبع: فصلنامه کشتزار، شماره ۷", (SourceRole.LABEL, "فصلنامه کشتزار", ""), id="number-of-a-journal"
        ),
        pytest.param(
            "مەنبە: باغ «كىتاپ مۇنبىرى»2001-يىللىق 1-سان", (SourceRole.LABEL, "باغ «كىتاپ مۇنبىرى»", ""), id="quoted"
        ),
        pytest.param("المصدر: وكالات خارجية", (SourceRole.CREDIT, "وكالات خارجية", ""), id="label-of-foreign-agencies"),
        pytest.param("– وكالات –", (SourceRole.CREDIT, "وكالات", ""), id="credit-between-dashes"),
        pytest.param("بقلم: سامي ناصر ووكالات", (SourceRole.AUTHOR, "سامي ناصر", ""), id="author-and-agencies"),
        pytest.param("Next Previous عكاظ – جدة", (SourceRole.DESK, "عكاظ", "Okaz"), id="behind-a-pager"),
        pytest.param("Next Previous سامي ناصر – جدة", (SourceRole.BYLINE, "سامي ناصر", ""), id="author-behind-a-pager"),
        pytest.param("عكاظ - جدة", (SourceRole.DESK, "عكاظ", "Okaz"), id="outlet-and-city"),
        pytest.param("سامي ناصر – عين اليوم", (SourceRole.BYLINE, "عين اليوم", "Ain Alyoum"), id="author-and-outlet"),
        pytest.param("سامي ناصر – جدة", (SourceRole.BYLINE, "سامي ناصر", ""), id="author-and-city"),
        pytest.param("وكالات وصحف", (SourceRole.CREDIT, "وكالات وصحف", ""), id="credit"),
        pytest.param("نیوز ڈیسک", (SourceRole.CREDIT, "نیوز ڈیسک", ""), id="urdu-desk"),
        pytest.param("سەرچاوە: ڕووداو", (SourceRole.LABEL, "ڕووداو", "Rudaw"), id="sorani"),
    ],
)
def test_last_line_names_the_source(line: str, found: tuple[SourceRole, str, str]) -> None:
    text = BODY + line + "\n"
    anatomy = Anatomy(Document(DocumentId("d"), text))
    assert [(m.role, m.name, m.outlet) for m in anatomy.sources] == [found]
    assert anatomy.sources[0].owns_line


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("وقال المصدر إن العمل مستمر.", id="a-witness"),
        pytest.param("الوسط", id="an-everyday-word"),
        pytest.param("بواسطة: رياضة وشباب", id="a-section"),
        pytest.param("الناشر: دار الساحل، بيروت 2012", id="a-book's-publisher"),
        pytest.param("مخاوف وآمال", id="a-subhead"),
        pytest.param("وأضاف لوكالة رويترز أن العمل مستمر.", id="an-agency-in-the-story"),
        pytest.param("وفي مقابلة على قناة (الساحل) اعتبر المدير أن العمل يسير كما يجب.", id="a-channel-in-the-story"),
        pytest.param(
            "وذكرت وكالة الأنباء القطرية (قنا) أن العمل في الميناء لم ينته.", id="an-agency-with-its-initials"
        ),
        pytest.param("نقل ذلك عن وكالة الأنباء (وام).", id="an-agency-in-brackets-in-its-sentence"),
    ],
)
def test_prose_names_nobody(line: str) -> None:
    assert mentions(BODY + line + "\n") == []


def test_line_of_nothing_but_direction_marks_stops_no_rule() -> None:
    text = "\N{RIGHT-TO-LEFT MARK}\nرويترز - جدة\n" + BODY
    assert [finding.code for finding in check_text(text, select=["SRC010", "LNT"])] == ["SRC010"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("دبي (CNN)-- " + BODY, (SourceRole.DATELINE, "CNN", "CNN"), id="agency-in-brackets"),
        pytest.param("سبق- أبها: " + BODY, (SourceRole.DATELINE, "سبق", "Sabq"), id="outlet-city"),
        pytest.param("به گزارش ایسنا، " + BODY_FA, (SourceRole.INLINE, "ایسنا", "ISNA"), id="persian-inline"),
        pytest.param(BODY_FA[:-1] + " منبع: تسنیم", (SourceRole.LABEL, "تسنیم", "Tasnim"), id="glued-label"),
        pytest.param(
            BODY + "التعليقات لا تعبر بالضرورة عن رأي موقع الساحل\n",
            (SourceRole.DISCLAIMER, "الساحل", ""),
            id="disclaimer",
        ),
    ],
)
def test_text_names_the_source(text: str, found: tuple[SourceRole, str, str]) -> None:
    assert mentions(text) == [found]


LEADS = {
    "fa": "شهرداری صبح امروز پل تازه شهر را با حضور مردم گشود و گفت که کارهای بعدی تا پایان سال ادامه دارد.\n",
    "ur": "شہر کی انتظامیہ نے آج صبح نئے پل کا افتتاح کیا اور کہا کہ باقی کام سال کے آخر تک مکمل کر لیا جائے گا۔\n",
    "ps": "ښاروالۍ نن سهار د ښار نوی پل پرانیست او ویې ویل چې پاتې کارونه به د کال تر پایه پورې بشپړ کړي.\n",
    "ckb": "شارەوانی ئەمڕۆ بەیانی پردە نوێیەکەی شاری کردەوە و گوتی کارەکانی دیکە تا کۆتایی ساڵ بەردەوام دەبن.\n",
    "ar": BODY,
}


@pytest.mark.parametrize(
    ("language", "opening", "found"),
    [
        pytest.param("fa", "سنندج- ایسنا- ", (SourceRole.DATELINE, "ایسنا"), id="city-agency"),
        pytest.param("fa", "کابل/ ۱۲ میزان/ باختر ", (SourceRole.DATELINE, "باختر"), id="city-day-agency"),
        pytest.param("ur", "لاہور (اے پی پی) ", (SourceRole.DATELINE, "اے پی پی"), id="agency-in-brackets-no-dash"),
        pytest.param("ur", "پشاور(ایجنسیاں)", (SourceRole.CREDIT, "ایجنسیاں"), id="agencies-in-brackets"),
        pytest.param("ur", "حیدرآباد۔12 مئی (منصف نیوز)", (SourceRole.DATELINE, "منصف نیوز"), id="city-day-outlet"),
        pytest.param("ur", "کراچی ( سلیم احمد )", (SourceRole.BYLINE, "سلیم احمد"), id="reporter-in-brackets"),
        pytest.param("ps", "کابل (پژواک، ۱۲ لړم ۱۴۰۱): ", (SourceRole.DATELINE, "پژواک"), id="agency-and-day"),
        pytest.param("ps", "د باختر اژانس خبریال وايي چې ", (SourceRole.INLINE, "باختر"), id="pashto-inline"),
        pytest.param("ckb", "(خەندان): ", (SourceRole.DATELINE, "خەندان"), id="opens-with-brackets"),
        pytest.param("ar", "صعدة - سبأ : ", (SourceRole.DATELINE, "سبأ"), id="city-agency-colon"),
        pytest.param("ar", "أبوظبي/ منارة- ", (SourceRole.DATELINE, "منارة"), id="what-stands-between-city-and-dash"),
        pytest.param("ar", "رام الله 12-5-2021 وفا- ", (SourceRole.DATELINE, "وفا"), id="city-day-agency-in-one"),
        pytest.param("ur", "لکھنؤ(منصف نیوز 24/اپریل 2017) ", (SourceRole.DATELINE, "منصف نیوز"), id="outlet-and-day"),
        pytest.param("ar", "مدار الساعة - ", (SourceRole.DATELINE, "مدار الساعة"), id="outlet-dash"),
        pytest.param("ar", "الخرطوم ـ سونا ", (SourceRole.DATELINE, "سونا"), id="agency-behind-the-dash"),
    ],
)
def test_lead_opens_with_its_source(language: str, opening: str, found: tuple[SourceRole, str]) -> None:
    assert [mention[:2] for mention in mentions(opening + LEADS[language])] == [found]


@pytest.mark.parametrize(
    ("language", "opening"),
    [
        pytest.param("fa", "سنندج- استاندار کردستان گفت: ", id="city-and-official"),
        pytest.param("ur", "سرینگر// ", id="city"),
        pytest.param("ar", "أبوظبي، الإمارات – ", id="city-and-country"),
        pytest.param("ar", "السياسة: ", id="an-everyday-word"),
        pytest.param("ar", "قال مدير الشركة (سامي ناصر) إن ", id="a-name-in-brackets"),
    ],
)
def test_other_openings_name_nobody(language: str, opening: str) -> None:
    assert mentions(opening + LEADS[language]) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        pytest.param("صنعاء- دبي- وكالات", (SourceRole.CREDIT, "وكالات"), id="cities-and-agencies"),
        pytest.param("امت نیوز ڈیسک //", (SourceRole.DESK, "امت"), id="desk-of-an-outlet"),
        pytest.param("بەغدا / INA", (SourceRole.DESK, "INA"), id="city-and-agency"),
        pytest.param("کابل باختر 16 قوس", (SourceRole.DATELINE, "باختر"), id="city-agency-day"),
        pytest.param("الخرطوم: سامي ناصر", (SourceRole.BYLINE, "سامي ناصر"), id="city-colon-author"),
        pytest.param("هەولێر، ئازاد کەریم:", (SourceRole.BYLINE, "ئازاد کەریم"), id="city-comma-author"),
        pytest.param("ئامادەکردنی ئازاد کەریم", (SourceRole.AUTHOR, "ئازاد کەریم"), id="label-without-a-mark"),
        pytest.param("- تحریر سلیم احمد", (SourceRole.AUTHOR, "سلیم احمد"), id="urdu-label-without-a-mark"),
        pytest.param("راپۆرتی/ ئازاد کەریم", (SourceRole.AUTHOR, "ئازاد کەریم"), id="label-and-stroke"),
        pytest.param(
            "وكالة الساحل الإخبارية", (SourceRole.SIGNATURE, "وكالة الساحل الإخبارية"), id="noun-of-an-outlet"
        ),
        pytest.param("د. سامي بن ناصر", (SourceRole.BYLINE, "د. سامي بن ناصر"), id="title-of-a-doctor"),
    ],
)
def test_line_below_the_headline_names_the_source(line: str, found: tuple[SourceRole, str]) -> None:
    text = f"افتتاح الميناء الجديد\n{line}\n{BODY}"
    assert [mention[:2] for mention in mentions(text)] == [found]


@pytest.mark.parametrize(
    ("line", "outlet", "author"),
    [
        pytest.param("MANARA.EXAMPLE- خاص - بقلم: سامي ناصر", "MANARA.EXAMPLE", "سامي ناصر", id="site-desk-label"),
        pytest.param("MANARA.EXAMPLE- القاهرة: سامي ناصر", "MANARA.EXAMPLE", "سامي ناصر", id="site-city-colon"),
        pytest.param("عكاظ - مكتب الرياض - متابعة", "عكاظ", "", id="outlet-bureau-desk"),
        pytest.param("عكاظ / صور: مريم ناصر", "عكاظ", "", id="outlet-and-photographer"),
        pytest.param("عكاظ - بقلم سامي ناصر، خبير الملاحة", "عكاظ", "سامي ناصر", id="what-follows-the-name"),
    ],
)
def test_line_of_names_of_several_kinds_is_one_whole(line: str, outlet: str, author: str) -> None:
    anatomy = Anatomy(Document(DocumentId("d"), f"{line}\n{BODY}"))
    assert [(m.name, m.author, m.owns_line) for m in anatomy.sources] == [(outlet, author, True)]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("عکس از مریم کریمی", id="persian"),
        pytest.param("تصویر کے کاپی رائٹ Reuters", id="urdu"),
        pytest.param("عدسة سامي ناصر", id="arabic"),
        pytest.param("عکس مریم کریمی - ایرنا", id="agency-of-the-picture"),
    ],
)
def test_picture_credit_is_no_source(line: str) -> None:
    assert not {role for role, _, _ in mentions(BODY + line + "\n")} - {SourceRole.PICTURE}


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("غدا: افتتاح الميناء", id="a-word-and-a-colon"),
        pytest.param("- اتحاد الساحل - الجزائر", id="an-entry-of-a-list"),
        pytest.param("قناة الساحل 4.5 مليون في مارس", id="a-number-and-a-month"),
        pytest.param("المرفق: https://manara.example/ports/reuters.html", id="an-address"),
    ],
)
def test_lines_with_signs_of_their_own_name_nobody(line: str) -> None:
    assert mentions(BODY + line + "\n") == []


def test_name_below_the_line_of_the_site_is_a_likely_author() -> None:
    anatomy = Anatomy(Document(DocumentId("d"), f"عكاظ - خاص\nسامي ناصر\n{BODY}"))
    assert [(m.author, m.sure) for m in anatomy.sources] == [("", 0.97), ("سامي ناصر", 0.8)]


def test_city_alone_is_no_source() -> None:
    assert mentions("سيول: " + BODY) == []


def test_disclaimer_of_the_site_names_nobody() -> None:
    assert mentions(BODY + "التعليقات لا تعبر بالضرورة عن رأي الموقع\n") == []


def test_place_behind_an_outlet_is_no_author() -> None:
    anatomy = Anatomy(Document(DocumentId("d"), "عين اليوم – لاس بالماس\n" + BODY))
    assert [(m.name, m.author) for m in anatomy.sources] == [("عين اليوم", "")]


def test_papers_of_a_press_review_are_not_its_source() -> None:
    assert mentions("جولة الصحف اليوم\n" + BODY + "*كيهان\n" + BODY[:70] + "\nعكاظ\n" + BODY) == []
    assert mentions(BODY + "عكاظ\n") == [(SourceRole.SIGNATURE, "عكاظ", "Okaz")]


@pytest.mark.parametrize("name", ["د. سامي البرّ", "محمد عبد الرحمن ولد الشيخ محمد يحي"])
def test_writers_names_have_titles_connections_and_vowel_signs(name: str) -> None:
    assert mentions(f"بقلم: {name}\n{BODY}")[0][:2] == (SourceRole.AUTHOR, name)


def test_headline_behind_a_label_of_writers_is_no_name() -> None:
    assert mentions("الكاتب: رجل لا ينام\n" + BODY) == []


def test_paper_that_no_list_knows_is_the_source_beside_an_agency() -> None:
    anatomy = Anatomy(Document(DocumentId("d"), BODY + "المصدر: صحيفة المنارة الجديدة + رويترز\n"))
    assert [(m.name, m.credit) for m in anatomy.sources] == [("صحيفة المنارة الجديدة", "رويترز")]


@pytest.mark.parametrize(
    ("value", "name", "credit"),
    [
        pytest.param("رويترز + أ ف ب + د ب أ", "رويترز", "أ ف ب، د ب أ", id="three-agencies"),
        pytest.param("وكالة أنباء الساحل الشرقي المستقلة ووكالات", "", "", id="a-long-name"),
        pytest.param("خبرگزاری ساحل شرقی کشور به نقل از رویترز", "", "", id="whom-it-quotes"),
    ],
)
def test_label_names_a_source_of_many_words(value: str, name: str, credit: str) -> None:
    anatomy = Anatomy(Document(DocumentId("d"), f"{BODY}المصدر: {value}\n"))
    assert [(m.role, m.name, m.credit) for m in anatomy.sources] == [(SourceRole.LABEL, name or value, credit)]


def test_signature_above_the_rights_line_of_the_outlet_is_the_source() -> None:
    signed = BODY + "عكاظ\nجميع الحقوق محفوظة لصحيفة عكاظ\n"
    assert (SourceRole.SIGNATURE, "عكاظ", "Okaz") in mentions(signed)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param("القاهرة: مريم ناصر\nبيروت: سامي كريم\nبغداد: ليلى حداد\n", id="winners"),
        pytest.param("عمان: سامي ناصر\nنادي الساحل: وليد كريم\n", id="a-club"),
        pytest.param("القاهرة: مريم ناصر\n", id="one"),
        pytest.param("لاہور: کامیاب سلیم احمد\nپشاور: کامیاب ندیم خان\n", id="urdu"),
        pytest.param("دمشق: سامي ناصر\nأبيع الخبز على الدراجة كل يوم.\nحلب: وليد كريم\n", id="voices"),
    ],
)
def test_cities_and_people_amid_the_body_are_no_writers(lines: str) -> None:
    first, second = BODY.splitlines()
    assert mentions(f"افتتاح الميناء الجديد\n{first}\n{lines}{second}\n") == []


def test_winners_right_below_the_headline_are_no_writers() -> None:
    assert mentions(f"افتتاح الميناء الجديد\nالقاهرة: مريم ناصر\nبيروت: سامي كريم\n{BODY}") == []
    writer = (SourceRole.BYLINE, "مريم ناصر", "")
    assert mentions(f"افتتاح الميناء الجديد\nالقاهرة: مريم ناصر\n{BODY}") == [writer]


@pytest.mark.parametrize(
    "card",
    [
        pytest.param("المؤلف: سامي ناصر\nالناشر: دار الساحل\nعدد الصفحات: 180\nالسعر: 9 دنانير\n", id="book"),
        pytest.param("نویسنده: مریم کریمی\nناشر: نشر ساحل\nتعداد صفحه: ۱۸۰\nقیمت: ۸۰ هزار تومان\n", id="persian"),
        pytest.param("دەرهێنەر: ئازاد کەریم\nنووسەر: سیروان عەلی\nماوە: ٩٠ خولەک\nزمان: کوردی\n", id="film"),
        pytest.param("منبع: سد ساحل\nسهم: ۴۰ درصد\nمنبع: سد شمال\nسهم: ۶۰ درصد\n", id="facts"),
    ],
)
def test_card_of_a_book_or_a_film_names_nobody(card: str) -> None:
    first, second = BODY.splitlines()
    assert mentions(f"افتتاح الميناء الجديد\n{first}\n{card}{second}\n") == []


def test_source_below_a_list_of_facts_stays_the_source() -> None:
    facts = "الطول: 900 متر\nالعمق: 14 مترا\nالكلفة: 40 مليون دينار\n"
    source = (SourceRole.LABEL, "الساحل نيوز", "")
    assert mentions(f"{BODY}{facts}المصدر: الساحل نيوز\n") == [source]
    assert mentions(f"افتتاح الميناء الجديد\nالمصدر: الساحل نيوز\n{facts}{BODY}") == [source]


@pytest.mark.parametrize("agency", ["رويترز", "أ ف ب"])
def test_agency_between_two_paragraphs_is_a_likely_source_only(agency: str) -> None:
    first, second = BODY.splitlines()
    text = f"افتتاح الميناء الجديد\n{first}\n{agency}\nونقلت رويترز عن مصدر في الشركة أن {second}\n"
    assert [(m.name, m.sure) for m in Anatomy(Document(DocumentId("d"), text)).sources] == [(agency, 0.8)]
