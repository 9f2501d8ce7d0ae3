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
        ("القاهرة 3 مايو 2021 (رويترز) - " + PROSE, "2021-05-03", "dateline"),
        ("الرياض - سمير حداد | 3 مايو 2021\n" + PROSE, "2021-05-03", "dateline"),
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
