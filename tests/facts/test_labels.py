"""A label is a word at the start of a line and a mark after it, or nothing."""

from __future__ import annotations

import pytest

from corpuslint.facts.labels import label_on
from corpuslint.facts.layout import lines_of


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        pytest.param("الوسوم: ماء، هواء", "keywords", "ماء، هواء", id="arabic"),
        pytest.param("برچسب ها : آب", "keywords", "آب", id="space-for-zwnj"),
        pytest.param("برچسب‌ها | آب", "keywords", "آب", id="bar"),
        pytest.param("ٹیگز: پانی", "keywords", "پانی", id="urdu"),
        pytest.param("تاگەکان: ئاو", "keywords", "ئاو", id="sorani"),
        pytest.param("• تصوير / سامي", "photo", "سامي", id="bullet-and-stroke"),
        pytest.param("كلمات مفتاحية", "keywords", "", id="alone"),
        pytest.param(": المصدر", "source", "", id="colon-flipped-by-bidi"),
        pytest.param("کد خبر: 12", "section", "12", id="persian-kaf"),
        pytest.param("كد خبر: 12", "section", "12", id="arabic-kaf"),
        pytest.param("شاهد كذلك: عنوان", "related", "عنوان", id="verb-and-adverb"),
    ],
)
def test_label_is_read(text: str, kind: str, value: str) -> None:
    label = label_on(lines_of(text)[0])
    assert label is not None
    assert (label.kind, label.value) == (kind, value)
    assert label.span.of(text) == value


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("وقال المصدر: لا", id="not-at-the-start"),
        pytest.param("كتب الوزير رسالة", id="verb"),
        pytest.param("صورة قاتمة للاقتصاد", id="noun-of-a-headline"),
        pytest.param("مصدرون: ثلاثة", id="another-word"),
        pytest.param("", id="empty"),
    ],
)
def test_prose_is_no_label(text: str) -> None:
    lines = lines_of(text)
    assert not lines or label_on(lines[0]) is None


@pytest.mark.parametrize("line", ["،تصویر کا ذریعہReuters", "تصویر کا ذریعہGetty Images", "،تصویر کا ذریعہ، Reuters"])
def test_the_label_of_a_picture_may_touch_the_name_behind_it(line: str) -> None:
    label = label_on(lines_of(line)[0])
    assert label is not None
    assert (label.kind, label.words.of(line)) == ("photo", "تصویر کا ذریعہ")
    assert label.value == line.replace("،", "").split("ذریعہ")[1].strip()
