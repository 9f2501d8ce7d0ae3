"""Where a document says when it was published."""

from __future__ import annotations

import pytest

from corpuslint import Anatomy, Document, DocumentId


def _anatomy(text: str, **metadata: str) -> Anatomy:
    return Anatomy(Document(DocumentId("a"), text, metadata))


PROSE = "وصل الوفد إلى المدينة بعد رحلة طويلة.\n"


@pytest.mark.parametrize(
    ("text", "published", "origin"),
    [
        ("تاريخ النشر: 3 مايو 2021\n" + PROSE, "2021-05-03", "label"),
        ("تاريخ النشر :\n3 مايو 2021\n" + PROSE, "2021-05-03", "label"),
        ("2021-05-03 :تاريخ النشر\n" + PROSE, "2021-05-03", "label"),
        ("نُشر في المساء يوم 3 - 5 - 2021\n" + PROSE, "2021-05-03", "label"),
        ("Last updated: May 3, 2021\n" + PROSE, "2021-05-03", "label"),
        ("آخر تحديث: 9 مايو 2021\nتاريخ النشر: 3 مايو 2021\n", "2021-05-03", "label"),
        (PROSE + "الاثنين 3 مايو 2021", "", ""),
        (PROSE + "الاثنين 3 مايو 2021 - 10:15", "2021-05-03T10:15", "line"),
        ("آخر تحديث: 22 رمضان 1442 هـ - 3 مايو 2021 م\n" + PROSE, "2021-05-03", "label"),
        ("نشر في: 22 رمضان 1442هـ / 3 مايو 2021\n" + PROSE, "2021-05-03", "label"),
        ("القاهرة 3 مايو 2021 (رويترز) - " + PROSE, "2021-05-03", "dateline"),
        ("الرياض - سمير حداد | 3 مايو 2021 - 10:15\n" + PROSE, "2021-05-03T10:15", "line"),
        ("المسرح البلدي | 3 مايو 2021\n" + PROSE, "", ""),
        ("الرياض 3 مايو 2021 - " + PROSE, "", ""),
        ("۳ خرداد ۱۴۰۰ | کد خبر: ۱۲۳۴\n" + "او به شهر رسید و از مردم تشکر کرد.\n", "2021-05-24", "line"),
        ("الساحل اليومنشر في الساحل اليوم يوم 3 - 5 - 2021\n" + PROSE, "2021-05-03", "line"),
        ("سامي ناصرنشر في الساحل يوم 03 - 05 - 2021\n" + PROSE, "2021-05-03", "line"),
        ("5/23/2021 10:15:11 PM أخر تحديث للصفحة في\n" + PROSE, "2021-05-23T22:15:11", "label"),
        ("السبت 8 مايو 2021 آخر تحديث 01:40:21\n" + PROSE, "2021-05-08", "label"),
        ("السبت 8 مايو 2021 الساعة 01:40:21\n" + PROSE, "2021-05-08T01:40:21", "line"),
        ("الأربعاء, 5 مايو, 2021, 09:20 بتوقيت القدس\n" + PROSE, "2021-05-05T09:20", "line"),
        (
            "الاثنين 21/9/1442 هـ - الموافق 3/5/2021 م (آخر تحديث) الساعة 16:25 (مكة المكرمة)\n" + PROSE,
            "2021-05-03T16:25",
            "line",
        ),
        ("• دوشنبه / ۳ خرداد ۱۴۰۰ / ۱۰:۳۹\n" + "او به شهر رسید و از مردم تشکر کرد.\n", "2021-05-24T10:39", "line"),
        ("۳ خرداد ۱۴۰۰ | ۱۰:۳۹ | کد خبر ۱۲۳۴\n" + "او به شهر رسید و از مردم تشکر کرد.\n", "2021-05-24T10:39", "line"),
        ("معركة 3 مايو 2021 - شهادات\n" + PROSE, "", ""),
        ("آخر تحديث: 1970-01-01\n" + PROSE, "", ""),
        (": آخر تحديث\n" + PROSE, "", ""),
        ("3 مايو 2021\n" + PROSE + "4 مايو 2021\n" + PROSE, "", ""),
        ("حدث في 3 مايو 2021\n" + PROSE, "", ""),
        ("حُدّث في 3 مايو 2021\n" + PROSE, "2021-05-03", "label"),
        (PROSE + "المكان: قاعة البلدية\nالتاريخ: 3 مايو 2021\n", "", ""),
        (PROSE + "مکان: تالار شهر\nتاریخ: ۱۲ بهمن ۱۴۰۲\nقیمت: رایگان\n", "", ""),
        (PROSE + "مقام: لاہور\nتاریخ: 3 مئی 2021\n", "", ""),
        (PROSE + "مكان الحفل: قاعة البلدية\nالتاريخ: 3 مايو 2021\n", "", ""),
        (PROSE + "التاريخ 3 مايو 2021\nالمكان قاعة البلدية\n", "", ""),
        (PROSE + "العنوان: جسر جديد\nالكاتب: سامي ناصر\nالتاريخ: 3 مايو 2021\n", "2021-05-03", "label"),
        (PROSE + "التاريخ: 3 مايو 1921\n", "", ""),
        (PROSE + "التاريخ: 3 مايو 2021\n" + PROSE + "التاريخ: 9 مايو 2021\n", "", ""),
        (PROSE + "- متى نشرت الرواية؟\n- نشرت في 3 مايو 2021.\n- شكرا.\n", "", ""),
        (PROSE + "تاريخ النشر: 3 مايو 2021 - 9 مايو 2021\n", "", ""),
        (PROSE + "التاريخ: من 3 إلى 9 مايو 2021\n", "", ""),
        (PROSE + "وقد\nنشر في\n3 مايو 2021\nفي الجريدة الرسمية.\n", "", ""),
        (PROSE + "الشاشة: 6 بوصة\nتاريخ التحديث: 3 مايو 2021\n", "", ""),
        (PROSE + "نشر في: جريدة الأهرام 3 مايو 2021\n", "", ""),
        (PROSE + "- أدرج في 3 مايو 2021 -\n", "2021-05-03", "label"),
        ("وقع الحادث في 3 مايو 2021 قرب المدينة.\n", "", ""),
    ],
)
def test_publication_date_is_found(text: str, published: str, origin: str) -> None:
    known = _anatomy(text).publication
    assert (known.published, known.origin) == (published, origin)


def test_a_label_with_the_hour_alone_names_no_day() -> None:
    (line,) = _anatomy("آخر تحديث GMT08:39:07\n" + PROSE).publication.lines
    assert line.expression.trouble == "malformed"


def test_metadata_is_believed_first() -> None:
    known = _anatomy("تاريخ النشر: 3 مايو 2021\n", published="2020-01-02").publication
    assert (known.published, known.origin) == ("2020-01-02", "metadata")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_the_line_takes_in_its_line_end(line_end: str) -> None:
    text = f"عنوان{line_end}تاريخ النشر: 3 مايو 2021{line_end}نص{line_end}"
    (line,) = _anatomy(text).publication.lines
    assert text[: line.line.start] + text[line.line.end :] == f"عنوان{line_end}نص{line_end}"


def test_a_label_repeated_ten_thousand_times_is_found_ten_thousand_times() -> None:
    assert len(_anatomy("آخر تحديث:\n" * 10_000).publication.lines) == 10_000


@pytest.mark.parametrize(
    "line",
    [
        "نُشرت: 12/5/2020",
        "نشر الخبر بتاريخ 12/5/2020",
        "تاريخ ووقت النشر : 12/5/2020",
        "التاريخ 12/5/2020",
        "12-05-2020 :تاريخ النشر",
        "* بتاريخ : 2020-05-12",
        "Last updated on 12 May 2020",
        "تاریخ: ۱۳۹۹/۰۲/۲۳",
        "کد خبر: ۱۲۳ تاریخ انتشار: ۱۳۹۹/۰۲/۲۳",
        "اشاعت: 12 مئی 2020",
        "بەروار: 12/5/2020",
    ],
)
def test_label_and_date_are_read_together(line: str) -> None:
    language = "fa" if "تاریخ" in line else ""
    assert _anatomy(f"عنوان\n{line}\n{PROSE}", language=language).publication.published == "2020-05-12"


@pytest.mark.parametrize(
    "line",
    [
        "تاريخ الوفاة: 12 مايو 2020",
        "تاريخ المباراة: 12/5/2020",
        "نشر الجيش: 5000 جندي",
        "تحديث: ارتفاع عدد القتلى إلى 12",
        "التاريخ: من 1990 إلى 2020",
        "نشر في 12 مايو 2020 كتابا جديدا عن المدينة.",
        "نشرت في 20 مايو 2012، وهي رواية عن المدينة.",
        "تاريخ النشر: 2012",
    ],
)
def test_other_lines_are_left_alone(line: str) -> None:
    assert _anatomy(f"عنوان\n{line}\n{PROSE}").publication.lines == ()


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("نشر في: 3 تشرين2 2019", "2019-11-03"),
        ("نشر في: 5 كانون 2 2019", "2019-01-05"),
        ("العدد 5123 - الاثنين 7 أغسطس 2023م الموافق 20 محرم 1445هـ", "2023-08-07"),
        ("العدد 812 الصادر في 4 فبراير 2018", "2018-02-04"),
        ("أضيفت بتاريخ : 2019-11-03 الساعة 10:00 ص", "2019-11-03T10:00"),
        ("شنبه ۲۱ تیر ۱۴۰۴ ساعت ۱۴:۲۵ کد خبر: ۱۲۳۴۵", "2025-07-12T14:25"),
        ("الموعد: 5 فبراير 2018 الساعة: 10:30", ""),
        ("شماره ۵۱۲۳ - شنبه ۲۱ تیر ۱۴۰۴", "2025-07-12"),
        ("شنبه ۲۱ تیر ۱۴۰۴ / ۱۷ محرم ۱۴۴۷ / ۱۲ جولای ۲۰۲۵", "2025-07-12"),
        ("تاريخ النشر: Tue Aug 08 2023 03:03:00 GMT+0300", "2023-08-08T03:03:00+03:00"),
        ("تاريخ النشر: 8 أغسطس 2023 الساعة 12 و 30 دقيقة", "2023-08-08T12:30"),
        ("تاريخ النشر: 8 أغسطس 2023 - الساعة 4 مساء", "2023-08-08T16:00"),
        ("آخر تحديث: 14:25 (توقيت مكة) الجمعة 20 أكتوبر 2023", "2023-10-20T14:25+03:00"),
        ("شائع شدہ: ۵ جنوری، ۲۰۲۴ کو 03:15pm", "2024-01-05T15:15"),
        ("تاريخ النشر: 8 أغسطس 2023 النشرة المسائية", "2023-08-08"),
        ("تاريخ النشر: 20 محرم 1445 هـ - 7 أغسطس 2023 م", "2023-08-07"),
        ("تاريخ النشر: السبت 20 محرم 1445 هـ - 7 أغسطس 2023 م", ""),
        ("تاريخ النشر: 20 محرم 1445 هـ - 7 سبتمبر 2023 م", ""),
        ("تاريخ النشر: السبت 20 أكتوبر 2023", ""),
        ("تاريخ النشر: 1402/05/12", ""),
        ("تاريخ النشر: 31/04/2021", ""),
        ("تاريخ النشر: أكتوبر 2023", ""),
        ("نُشر منذ ٣ ساعات", ""),
        ("2025-12-15 - الإثنين 10:20", "2025-12-15T10:20"),
        ("2025-11-03@14:56:31 GMT", "2025-11-03T14:56:31Z"),
        ("اقتصاد 9-12-2022, 22:11 | --", "2022-12-09T22:11"),
        ("سامي ناصر31/05/2006, 11:59 AM", "2006-05-31T11:59"),
        ("الجمعة 03 ماي 2024 ميلادي, الموافق لـ 24 شوال 1445 هجري", "2024-05-03"),
        ("26 يونيو 2019 10:00آخر تحديث :", "2019-06-26T10:00"),
        ("شائع ہوا: ہفتہ 22 جولائی 2023", "2023-07-22"),
        ("Publié le 22 février 2023 à 14h25", "2023-02-22T14:25"),
        ("Feb 22, 2023 | 10:15:am", "2023-02-22T10:15"),
    ],
)
def test_a_date_line_is_read_with_what_stands_around_the_date(line: str, published: str) -> None:
    language = "fa" if "شنبه" in line else "ur" if "شائع" in line else "ar"
    assert _anatomy(f"عنوان\n{line}\n{PROSE}", language=language).publication.published == published


@pytest.mark.parametrize(
    ("language", "line", "day"),
    [
        ("fa", "عقرب 02, 1402 کابل Asia/Kabul", "2023-10-24"),
        ("ps", "دوشنبه ۵ لیندۍ ۱۴۰۳ کابل", "2024-11-25"),
        ("ps", "(Last Updated On: لړم ۲, ۱۴۰۱)", "2022-10-24"),
        ("ug", "ئۇيغۇر ئاگېنتلىقى 2023-يىلى 20-يانۋار", "2023-01-20"),
        ("ckb", "2025-12-30 سێشەممە", "2025-12-30"),
        ("ug", "2015-يىلى 2-ئاۋغۇست. بوستان.", "2015-08-02"),
    ],
)
def test_a_date_line_beside_places_and_outlets_is_seen(language: str, line: str, day: str) -> None:
    lines = _anatomy(f"عنوان الخبر\n{line}\n{PROSE}", language=language).publication.lines
    assert [one.expression.value[:10] for one in lines] == [day]


def test_a_date_in_the_last_cell_takes_its_bars_along() -> None:
    text = "عنوان الخبر\nسياسة | 12 مايو 2021 |\n" + PROSE
    (line,) = _anatomy(text).publication.lines
    assert text[: line.part.start] + text[line.part.end :] == "عنوان الخبر\nسياسة\n" + PROSE


def test_two_labels_on_a_line_are_two_dates() -> None:
    known = _anatomy("نُشر: 20/10/2023 - 14:25 آخر تحديث: 21/10/2023 - 09:00\n" + PROSE).publication
    assert [(line.meaning, line.expression.value) for line in known.lines] == [
        ("published", "2023-10-20T14:25"),
        ("updated", "2023-10-21T09:00"),
    ]
    assert known.published == "2023-10-20T14:25"


def test_two_date_lines_a_day_apart_are_of_one_page() -> None:
    known = _anatomy(f"الأربعاء 4 يوليو 2012\nعنوان الخبر\n03-07-2012 07:30\n{PROSE}").publication
    assert [line.expression.value[:10] for line in known.lines] == ["2012-07-04", "2012-07-03"]


def test_a_second_label_ends_the_date_of_the_first_without_a_colon() -> None:
    known = _anatomy("نشر بتاريخ 20 أكتوبر 2023، تم التحديث في 21 أكتوبر 2023\n" + PROSE).publication
    assert [line.expression.value for line in known.lines] == ["2023-10-20", "2023-10-21"]
    assert known.published == "2023-10-20"


def test_what_is_not_understood_is_named() -> None:
    text = "تاريخ النشر: 8 أغسطس 2023 النشرة المسائية\n" + PROSE
    (line,) = _anatomy(text).publication.lines
    assert (line.left.of(text), line.part.of(text)) == ("النشرة المسائية", "تاريخ النشر: 8 أغسطس 2023")


@pytest.mark.parametrize(
    ("line", "declared", "value"),
    [
        ("02-03-2012 09:08 PM", "", ""),
        ("09:08 p.m. 02/03/2012", "", ""),
        ("Published: 02-03-2012 09:08 PM", "", ""),
        ("02-03-2012 09:08 م", "", "2012-03-02T21:08"),
        ("02-13-2012 09:08 PM", "", "2012-02-13T21:08"),
        ("13-02-2012 09:08 PM", "", "2012-02-13T21:08"),
        ("02-03-2012 09:08 PM", "2012-02-03", "2012-02-03T21:08"),
    ],
)
def test_a_latin_clock_leaves_the_order_of_day_and_month_open(line: str, declared: str, value: str) -> None:
    metadata = {"published": declared} if declared else {}
    known = _anatomy(
        f"افتتاح الجسر الجديد\n{line}\nافتتح الوزير الجسر أمام السيارات بعد عامين من العمل.\n", **metadata
    ).publication
    assert (known.line.expression.value if known.line else known.published) == value
