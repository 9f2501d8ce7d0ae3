"""Marker lines: a place and a shape, in many spellings; the same words in a sentence are prose."""

from __future__ import annotations

import pytest

from corpuslint.facts.layout import lines_of
from corpuslint.facts.markers import Marker, marker_on

TATWEEL = "\N{ARABIC TATWEEL}"


def only_marker(text: str) -> Marker | None:
    found = [marker for line in lines_of(text) if (marker := marker_on(line, text)) is not None]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    ("line", "language"),
    [
        pytest.param("إقرأ أيضاً:", "ar", id="wrong-hamza-with-tanwin"),
        pytest.param("اقرأ ايضا", "ar", id="alone-on-its-line"),
        pytest.param("اقرا أيضا | جسر جديد", "ar", id="bar"),
        pytest.param(f"اقـ{TATWEEL}رأ أيضـ{TATWEEL}ـا :", "ar", id="tatweel"),
        pytest.param("[ شاهد أيضا ]", "ar", id="brackets"),
        pytest.param("▪ طالع أيضا: جسر", "ar", id="bullet"),
        pytest.param("اقرأ أيضا عن الجسور القديمة:", "ar", id="words-before-the-colon"),
        pytest.param("قد يهمك/ جسر جديد", "ar", id="slash"),
        pytest.param("اقرأ المزيد... جسر جديد", "ar", id="dots"),
        pytest.param("مقالات مشابهة", "ar", id="list-heading"),
        pytest.param("أخبار متعلقة:", "ar", id="related-news"),
        pytest.param("بیشتر بخوانید:", "fa", id="persian"),
        pytest.param("بيشتر بخوانيد:", "fa", id="persian-in-arabic-letters"),
        pytest.param("مطالب مرتبط", "fa", id="persian-list"),
        pytest.param("یہ بھی پڑھیں: پل", "ur", id="urdu"),
        pytest.param("پل کے بارے میں مزید پڑھیے", "ur", id="urdu-words-first"),
        pytest.param("هەروەها بخوێنەوە:", "ckb", id="sorani"),
    ],
)
def test_marker_is_seen(line: str, language: str) -> None:
    marker = only_marker(f"نص قبل العلامة.\n{line}\n")
    assert marker is not None
    assert marker.language == language


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("قال القراء أيضا إن الجسر ضيق.", id="readers-also"),
        pytest.param("وقرر أيضا: بناء جسر ثان.", id="decided-also"),
        pytest.param(
            "اقرأ أيضا ما كتبه المعماري الراحل في يومياته عن بناء الجسر الأول في المدينة القديمة.", id="sentence"
        ),
        pytest.param("شاهد عيان: سمعنا انفجارا", id="eyewitness"),
        pytest.param("وللمزيد من الجسور كلفة.", id="more-in-prose"),
        pytest.param("تابع أيضا: «لن نبني جسرا»", id="he-went-on"),
        pytest.param("بیشتر مردم از پل استفاده می‌کنند.", id="persian-most"),
        pytest.param("در این باره گفت: پل ساخته می‌شود", id="persian-on-this-he-said"),
        pytest.param("مزید فوج بھیج دی گئی۔", id="urdu-more"),
        pytest.param("", id="empty"),
    ],
)
def test_same_words_elsewhere_are_no_marker(line: str) -> None:
    assert only_marker(line) is None


def test_rest_of_the_line_is_the_headline() -> None:
    text = "اقرأ أيضا: « جسر جديد في العاصمة »"
    marker = only_marker(text)
    assert marker is not None
    assert marker.words.of(text) == "اقرأ أيضا"
    assert marker.rest.of(text) == "« جسر جديد في العاصمة »"


def test_list_heading_announces_no_story() -> None:
    marker = only_marker("مواضيع ذات صلة:")
    assert marker is not None
    assert not marker.announces_story
