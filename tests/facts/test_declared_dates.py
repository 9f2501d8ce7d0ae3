"""What a declared publication date means, and when it means nothing."""

from __future__ import annotations

import pytest

from corpuslint import Anatomy, Document, DocumentId
from corpuslint.facts.declared_dates import DeclaredDate, Unusable

PROSE = "وصل الوفد إلى المدينة بعد رحلة طويلة.\n"


def _declared(written: str, text: str = PROSE, **metadata: str) -> DeclaredDate:
    declared = Anatomy(Document(DocumentId("a"), text, {"published": written, **metadata})).declared_date
    assert declared is not None
    return declared


@pytest.mark.parametrize(
    ("written", "language", "value"),
    [
        ("2023-08-08", "", "2023-08-08"),
        ("2023-08-08 03:03:00", "", "2023-08-08T03:03:00"),
        ("2023-08-08T03:03:00.000Z", "", "2023-08-08T03:03:00Z"),
        ("2023-08-08 03:03:00+0330", "fa", "2023-08-08T03:03:00+03:30"),
        ("2023.08.08", "", "2023-08-08"),
        ("2023/08/08 03:03", "", "2023-08-08T03:03"),
        ("2023:08:08 03:03:00", "", "2023-08-08T03:03:00"),
        ("2023_08_08", "", "2023-08-08"),
        ("20230808", "", "2023-08-08"),
        ("20230808030300", "", "2023-08-08T03:03:00"),
        ("20230808T030300Z", "", "2023-08-08T03:03:00Z"),
        ("Tue Aug 08 2023 03:03:00 GMT+0300 (Arabian Standard Time)", "ar", "2023-08-08T03:03:00+03:00"),
        ("Tue, 08 Aug 2023 03:03:00 GMT", "ar", "2023-08-08T03:03:00Z"),
        ("Tue, 8 Aug 2023 03:03:00 +0300", "ar", "2023-08-08T03:03:00+03:00"),
        ("Timestamp('2023-08-08 03:03:00')", "", "2023-08-08T03:03:00"),
        ("1691452980", "", "2023-08-08T00:03:00Z"),
        ("1691452980000", "", "2023-08-08T00:03:00Z"),
        ("/Date(1691452980000)/", "", "2023-08-08T00:03:00Z"),
        ("٢٠٢٣-٠٨-٠٨", "ar", "2023-08-08"),
        ("1402-05-12", "fa", "2023-08-03"),
        ("۱۴۰۲/۰۵/۱۲ ۱۴:۲۵", "fa", "2023-08-03T14:25"),
        ("1404-04-21 11:30:16+0330", "ar", "2025-07-12T11:30:16+03:30"),
        ("1404-04-21T11:30:16+04:30", "ar", "2025-07-12T11:30:16+04:30"),
        ("1402-05-12", "ps", "2023-08-03"),
        ("1445-01-20", "ar", "2023-08-07"),
        ("1445-01-20", "fa", "2023-08-07"),
        ("1445/01/20 هـ", "ar", "2023-08-07"),
        ("2724-01-05", "ckb", "2024-03-24"),
        ("08/08/2023", "ar", "2023-08-08"),
        ("25/08/2023", "ar", "2023-08-25"),
        ("08/25/2023", "ar", "2023-08-25"),
        ("08.07.2023", "ar", "2023-07-08"),
        ("Saturday 08/07/2023", "ar", "2023-07-08"),
        ("الاثنين 08/07/2023", "ar", "2023-08-07"),
        ("السبت 22 يوليو 2023 14:25 بتوقيت مكة المكرمة", "ar", "2023-07-22T14:25+03:00"),
        ("22 يوليو 2023 - 14:25 بتوقيت القاهرة", "ar", "2023-07-22T14:25"),
        ("mercredi 22 février 2023 à 14h25", "ar", "2023-02-22T14:25"),
        ("7 Août 2023", "ug", "2023-08-07"),
        ("Aug 07, 2023 | 10:15:am", "ur", "2023-08-07T10:15"),
        ("٧ی ئابی ٢٠٢٣", "ckb", "2023-08-07"),
        ("2023-يىلى 8-ئاينىڭ 7-كۈنى", "ug", "2023-08-07"),
    ],
)
def test_the_day_that_is_meant(written: str, language: str, value: str) -> None:
    declared = _declared(written, language=language)
    assert (declared.value, declared.unusable) == (value, None)


@pytest.mark.parametrize(
    ("written", "unusable", "readings"),
    [
        ("08/07/2023", Unusable.ORDER, ["2023-07-08", "2023-08-07"]),
        ("8-7-2023 03:03", Unusable.ORDER, ["2023-07-08", "2023-08-07"]),
        ("02-03-2012 09:08 PM", Unusable.ORDER, ["2012-03-02", "2012-02-03"]),
        ("08/07/23", Unusable.ORDER, ["2023-07-08", "2008-07-23", "2023-08-07"]),
        ("1402-05-12", Unusable.CALENDAR, ["1982-03-07", "2023-08-03"]),
        ("45146", Unusable.SERIAL, ["2023-08-08"]),
        ("45146.5", Unusable.SERIAL, ["2023-08-08"]),
        ("2023", Unusable.PARTIAL, []),
        ("2023-08", Unusable.PARTIAL, []),
        ("Aug 2023", Unusable.PARTIAL, []),
        ("2023-02-29", Unusable.IMPOSSIBLE, []),
        ("31 شوال 1436 هـ", Unusable.IMPOSSIBLE, []),
        ("30 اسفند 1402", Unusable.IMPOSSIBLE, []),
        ("1970-01-01", Unusable.PLACEHOLDER, []),
        ("1901-12-14", Unusable.PLACEHOLDER, []),
        ("0000-00-00", Unusable.PLACEHOLDER, []),
        ("قريبا", Unusable.MALFORMED, []),
        ("999999999", Unusable.MALFORMED, []),
        ("3 مايو 0000", Unusable.MALFORMED, []),
        ("https://news.example/2021/05/03/bridge", Unusable.MALFORMED, []),
        ("السبت 20 أكتوبر 2023", Unusable.CONTRADICTS, []),
        ("20 محرم 1445 هـ - 7 سبتمبر 2023 م", Unusable.CONTRADICTS, []),
        ("0207-03-04", Unusable.OUT_OF_TIME, ["0207-03-04"]),
        ("3345-03-04", Unusable.OUT_OF_TIME, ["3345-03-04"]),
    ],
)
def test_what_names_no_day_or_several_has_no_value(written: str, unusable: Unusable, readings: list[str]) -> None:
    declared = _declared(written, language="ar")
    assert (declared.value, declared.unusable) == ("", unusable)
    assert [reading.value for reading in declared.readings] == readings


@pytest.mark.parametrize(
    ("written", "text", "metadata", "value"),
    [
        ("08/07/2023", "تاريخ النشر: 7 أغسطس 2023\n" + PROSE, {}, "2023-08-07"),
        ("08/07/2023", "عنوان\nالسبت 8 يوليو 2023\n" + PROSE, {}, "2023-07-08"),
        ("08/07/2023", PROSE, {"updated": "2023-07-09T10:00:00Z"}, "2023-07-08"),
        ("08/07/2023", PROSE, {"url": "https://news.example/2023/08/07/bridge"}, "2023-08-07"),
        ("1402-05-12", PROSE, {"url": "https://ar.news.example.ir/news/12"}, "2023-08-03"),
        ("1402-05-12", "تاريخ النشر: 3 أغسطس 2023\n" + PROSE, {}, "2023-08-03"),
    ],
)
def test_what_else_is_known_decides(written: str, text: str, metadata: dict[str, str], value: str) -> None:
    assert _declared(written, text, language="ar", **metadata).value == value


@pytest.mark.parametrize(
    "written", ["", " ", "-", "NaN", "NaT", "None", "null", "N/A", "غير معروف", "نامشخص", "نامعلوم"]
)
def test_a_word_for_nothing_is_no_date(written: str) -> None:
    assert Anatomy(Document(DocumentId("a"), PROSE, {"published": written})).declared_date is None
