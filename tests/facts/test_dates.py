"""The date solver reads every calendar and month set of Arabic-script news, and nothing that is no date."""

from __future__ import annotations

import pytest

from benchmarks.resolving import resolve
from corpuslint.facts.dates import find_dates, parse_date

WRITTEN = [
    # Gulf and Egypt, Levant, Maghreb, Morocco
    ("3 مارس 2021", "ar", "2021-03-03", "gregorian"),
    ("٣ مارس ٢٠٢١", "ar", "2021-03-03", "gregorian"),
    ("اكتوبر 7, 2019", "ar", "2019-10-07", "gregorian"),
    ("7 تشرين الثاني 2019", "ar", "2019-11-07", "gregorian"),
    ("12 آب 2024", "ar", "2024-08-12", "gregorian"),
    ("8 شباط/فبراير 2020", "ar", "2020-02-08", "gregorian"),
    ("8 فبراير / شباط 2020 م", "ar", "2020-02-08", "gregorian"),
    ("4 جويلية 2018", "ar", "2018-07-04", "gregorian"),
    ("19غشت 2022", "ar", "2022-08-19", "gregorian"),
    ("الأول من أيار 2020", "ar", "2020-05-01", "gregorian"),
    # Hijri
    ("٥ ربيع الآخر ١٤٤٥ هـ", "ar", "2023-10-20", "hijri"),
    ("6 / 10 / 1436هـ", "ar", "2015-07-22", "hijri"),
    ("1445/04/05", "ar", "2023-10-20", "hijri"),
    ("15 شوال 1436 هـ الموافق 31 يوليو 2015 م", "ar", "2015-07-31", "gregorian"),
    # Persian: solar, Gregorian, two-digit years, ordinals
    ("۲۸ مهر ۱۴۰۲", "fa", "2023-10-20", "jalali"),
    ("جمعه 28 مهرماه 1402", "fa", "2023-10-20", "jalali"),
    ("15 مهر 94", "fa", "2015-10-07", "jalali"),
    ("سوم خرداد ۱۴۰۱", "fa", "2022-05-24", "jalali"),
    ("۱۴۰۲/۰۷/۲۸", "fa", "2023-10-20", "jalali"),
    ("94/7/15", "fa", "2015-10-07", "jalali"),
    ("20 اکتبر 2023", "fa", "2023-10-20", "gregorian"),
    ("۲۸ میزان ۱۴۰۲", "fa-AF", "2023-10-20", "jalali"),
    # Urdu, Sorani, Pashto, Uyghur
    ("۲۰ اکتوبر ۲۰۲۳ء", "ur", "2023-10-20", "gregorian"),
    ("20 فروری 2019", "ur", "2019-02-20", "gregorian"),
    ("20ی تشرینی یەکەمی 2023", "ckb", "2023-10-20", "gregorian"),
    ("۱۲ی ئازاری ۲۰۲۰", "ckb", "2020-03-12", "gregorian"),
    ("د ۲۰۲۳ کال د اکتوبر ۲۰مه", "ps", "2023-10-20", "gregorian"),
    ("د ۱۴۰۲ کال د وري ۱۶", "ps", "2023-04-05", "jalali"),
    ("2010-يىلى 5-ئاينىڭ 3-كۈنى", "ug", "2010-05-03", "gregorian"),
    # machines
    ("20th, October 2023 GMT", "ar", "2023-10-20", "gregorian"),
    ("Fri, 20 Oct 2023 14:30:00 +0300", "", "2023-10-20T14:30:00+03:00", "gregorian"),
    ("2023-10-20T14:30:05Z", "", "2023-10-20T14:30:05Z", "gregorian"),
    ("10/20/2023", "", "2023-10-20", "gregorian"),
    ("20231020", "", "2023-10-20", "gregorian"),
    ("20/10/2023 02:05 مساء", "ar", "2023-10-20T14:05", "gregorian"),
    ("۱۴:۳۰ - ۱۴۰۲/۰۷/۲۸", "fa", "2023-10-20T14:30", "jalali"),
]


@pytest.mark.parametrize(("text", "language", "value", "calendar"), WRITTEN, ids=[row[0] for row in WRITTEN])
def test_written_date_is_read(text: str, language: str, value: str, calendar: str) -> None:
    expression = parse_date(text, language)
    assert (expression.value, expression.calendar, expression.trouble) == (value, calendar, "")


@pytest.mark.parametrize(
    ("text", "language", "trouble"),
    [
        ("31 نيسان 2020", "ar", "impossible"),
        ("2023-13-40", "", "impossible"),
        ("31 شوال 1436 هـ", "ar", "impossible"),
        ("30 اسفند 1402", "fa", "impossible"),
        ("29 فبراير 2023", "ar", "impossible"),
        ("1970-01-01", "", "placeholder"),
        ("01/01/1900", "", "placeholder"),
        ("2017-01-22T185600", "", "malformed"),
        ("93.0.4577", "", "malformed"),
        ("9" * 400, "", "malformed"),
        ("قريبا", "ar", "malformed"),
        ("السبت 20 أكتوبر 2023", "ar", "weekday-contradicts"),
        ("الجمعة 52/5/2102م", "ar", "digits-reversed"),
    ],
)
def test_trouble_is_named(text: str, language: str, trouble: str) -> None:
    assert parse_date(text, language).trouble == trouble


def test_hijri_weekday_may_be_two_days_off() -> None:
    assert [parse_date(f"{day} 5 ربيع الآخر 1445 هـ", "ar").trouble for day in ("الأربعاء", "الأحد", "الثلاثاء")] == [
        "",
        "",
        "weekday-contradicts",
    ]


NO_DATES = [
    ("صدرت النسخة 93.0.4577 من المتصفح", "ar"),
    ("فاز الفريق بنتيجة 2-1 بعد تأخره", "ar"),
    ("من 10-13 طالبا في كل صف", "ar"),
    ("السعر 1,250.50 دولار للأونصة", "ar"),
    ("اتصل على 055-123-4567 للحجز", "ar"),
    ("مارس المدرب عمله وأوت القرية لاجئين", "ar"),
    ("أدى صلاة الجمعة في الجامع", "ar"),
    ("وصل في اليوم التالي إلى اليوم الوطني", "ar"),
    ("قبل أسبوع من الانتخابات وبعد عام من التفاوض", "ar"),
    ("آب سرد می‌نوشد و تیر می‌اندازد", "fa"),
    ("مهر مادر و ماه دی", "fa"),
    ("نماز جمعه این شهر", "fa"),
    ("المادة 12/3/7 من القانون", "ar"),
    ("العنوان 192.168.1.10 على الشبكة", "ar"),
]


@pytest.mark.parametrize(("text", "language"), NO_DATES, ids=[row[0] for row in NO_DATES])
def test_what_only_looks_like_a_date_is_left_alone(text: str, language: str) -> None:
    assert [one.span.of(text) for one in find_dates(text, language) if one.kind != "yearless"] == []


RELATIVE = [
    ("أمس الخميس", "ar", "2023-10-19"),
    ("أول أمس", "ar", "2023-10-18"),
    ("يوم الأربعاء الماضي", "ar", "2023-10-18"),
    ("ليلة الثلاثاء", "ar", "2023-10-17"),
    ("الجمعة المقبل", "ar", "2023-10-27"),
    ("الشهر الماضي", "ar", "2023-09"),
    ("العام المقبل", "ar", "2024"),
    ("خلال الأسبوع الجاري", "ar", "2023-W42"),
    ("من 3-5 من الشهر الجاري", "ar", "2023-10-03"),
    ("أواخر فبراير من العام الماضي", "ar", "2022-02"),
    ("في أيلول/سبتمبر", "ar", "2023-09"),
    ("20 ديسمبر الماضي", "ar", "2022-12-20"),
    ("قبل ثلاثة أيام", "ar", "2023-10-17"),
    ("دیروز", "fa", "2023-10-19"),
    ("پریروز", "fa", "2023-10-18"),
    ("هفته گذشته", "fa", "2023-W41"),
    ("سه‌شنبه گذشته", "fa", "2023-10-17"),
    ("سال گذشته", "fa", "2022-03-21/2023-03-20"),
    ("۲۲ بهمن", "fa", "2024-02-11"),
    ("دو روز پیش", "fa", "2023-10-18"),
    ("گزشتہ روز", "ur", "2023-10-19"),
    ("بدھ کے روز", "ur", "2023-10-18"),
    ("دوێنێ", "ckb", "2023-10-19"),
    ("مانگی ڕابردوو", "ckb", "2023-09"),
]


@pytest.mark.parametrize(("text", "language", "value"), RELATIVE, ids=[row[0] for row in RELATIVE])
def test_relative_date_is_found_whole_and_resolved(text: str, language: str, value: str) -> None:
    (expression,) = find_dates(f"({text})", language)
    assert expression.span.of(f"({text})") == text
    assert expression.relative
    assert resolve(expression, "2023-10-20", language) == value


def test_relative_date_has_no_value_without_a_publication_date() -> None:
    (expression,) = find_dates("الشهر الماضي", "ar")
    assert resolve(expression, "") == ""


def test_dates_do_not_overlap_and_are_in_order() -> None:
    text = "غادر أمس الجمعة، بعد لقاء الثلاثاء 17 أكتوبر 2023 في المدينة، ويعود في مايو المقبل"
    assert [one.span.of(text) for one in find_dates(text, "ar")] == [
        "أمس الجمعة",
        "الثلاثاء 17 أكتوبر 2023",
        "في مايو المقبل",
    ]


def test_a_month_pair_that_differs_is_no_date_in_text() -> None:
    assert [one for one in find_dates("عدد 5 سبتمبر/نوفمبر 2020", "ar") if one.kind == "absolute"] == []


@pytest.mark.parametrize(
    ("text", "language", "trouble"),
    [
        ("٣ مايو 2021 و ۴ مايو", "ar", ""),
        ("٣/5/۲۰۲۱", "ar", ""),
        ("30/2/1445 هـ", "ar", ""),
        ("31/2/1445 هـ", "ar", "impossible"),
        ("29 فبراير 1900", "ar", "impossible"),
        ("0/5/2021", "ar", "malformed"),
        ("0000-00-00", "ar", "placeholder"),
        ("https://news.example/2021/05/03/bridge", "ar", "malformed"),
        ("فاز 3-5 على ضيفه", "ar", "malformed"),
        ("v3.5.2021-beta", "ar", "malformed"),
        ("3.250,75 دينار", "ar", "malformed"),
        ("10/20/30", "ar", "impossible"),
        ("15/10/1401 ه\N{ZERO WIDTH JOINER}.ش", "ar", ""),
    ],
)
def test_bad_input_is_named_and_no_day(text: str, language: str, trouble: str) -> None:
    assert parse_date(text, language).trouble == trouble


def test_three_digit_systems_in_one_date_are_one_day() -> None:
    assert parse_date("٣/5/۲۰۲۱", "ar").value == "2021-05-03"


def test_the_solar_era_with_its_joiner_is_solar() -> None:
    assert parse_date("15/10/1401 ه\N{ZERO WIDTH JOINER}.ش", "ar").value == "2023-01-05"


def test_ten_thousand_dates_are_ten_thousand() -> None:
    assert len(find_dates("في 3 مايو 2021 ثم " * 10_000, "ar")) == 10_000


def test_goals_and_nil_are_no_day_of_the_month_safar() -> None:
    text = "فاز الفريق اليوم الجمعة، 6-صفر على ضيفه"
    assert [one.span.of(text) for one in find_dates(text, "ar")] == ["اليوم الجمعة"]
