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
        (PROSE + "الاثنين 3 مايو 2021", "2021-05-03", "line"),
        ("آخر تحديث: 22 رمضان 1442 هـ - 3 مايو 2021 م\n" + PROSE, "2021-05-03", "label"),
        ("نشر في: 22 رمضان 1442هـ / 3 مايو 2021\n" + PROSE, "2021-05-03", "label"),
        ("القاهرة 3 مايو 2021 (رويترز) - " + PROSE, "2021-05-03", "dateline"),
        ("الرياض - سمير حداد | 3 مايو 2021\n" + PROSE, "2021-05-03", "line"),
        ("۳ خرداد ۱۴۰۰ | کد خبر: ۱۲۳۴\n" + "او به شهر رسید و از مردم تشکر کرد.\n", "2021-05-24", "dateline"),
        ("معركة 3 مايو 2021 - شهادات\n" + PROSE, "", ""),
        ("آخر تحديث: 1970-01-01\n" + PROSE, "", ""),
        (": آخر تحديث\n" + PROSE, "", ""),
        ("3 مايو 2021\n" + PROSE + "4 مايو 2021\n" + PROSE, "", ""),
        ("وقع الحادث في 3 مايو 2021 قرب المدينة.\n", "", ""),
    ],
)
def test_publication_date_is_found(text: str, published: str, origin: str) -> None:
    known = _anatomy(text).publication
    assert (known.published, known.origin) == (published, origin)


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
