"""Lines broken in mid-sentence are one text, whatever a half of a sentence looks like."""

from __future__ import annotations

import pytest

from corpuslint.facts.anatomy import Anatomy
from corpuslint.model.document import Document, DocumentId

BROKEN = (
    "أعلنت البلدية أن العمل في الحديقة الجديدة سيبدأ في الأسبوع\n"
    "المقبل بعد أن وصلت المواد من الميناء. وقال رئيسها إن السكان\n"
    "سيدخلون مجانا وإن المدارس ستزورها كل يوم من أيام الأسبوع\n"
    "بحسب جدول معلن.\n"
)


def wrapped(text: str) -> list[int]:
    return sorted(Anatomy(Document(DocumentId("a"), text)).wrapped)


def test_lines_of_one_width_that_go_on_are_one_text() -> None:
    assert wrapped(f"{BROKEN}وانتهى الاجتماع مساء.\n") == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "text",
    [
        BROKEN.replace("\n", "\n\n"),
        BROKEN.replace("\n", ".\n"),
        "افتتاح حديقة عامة جديدة في الحي الشمالي من المدينة القديمة\n"
        "إغلاق الجسر الشمالي أسبوعين للصيانة بعد العيد مباشرة\n"
        "وصول أول قطار إلى المحطة الجديدة بعد عامين من العمل\n",
        "افتتاح حديقة عامة جديدة في الحي الشمالي من المدينة القديمة\n"
        "إغلاق الجسر الشمالي أسبوعين للصيانة بعد العيد مباشرة\n"
        "وصول أول قطار إلى المحطة الجديدة بعد عامين من العمل\n"
        "وقالت البلدية إن الحديقة مفتوحة كل يوم.\n",
        "الأحمر - الأبيض\nالأخضر - الأزرق\nالأصفر - الأسود.\n",
    ],
    ids=["paragraphs", "sentences", "headlines", "headlines-and-a-sentence", "fixtures"],
)
def test_other_short_lines_are_not(text: str) -> None:
    assert wrapped(text) == []
